"""Named mentions: boundaries, types and full names."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.mentions import COLUMNS, find_mentions
from transforms.names.capitals import recase
from transforms.names.expansions import spell
from transforms.names.overlaps import keep_best
from transforms.names.patterns import shorten_lists
from transforms.names.words import fold, locate

SPANS = {
    "article_id": pl.String,
    "paragraph_index": pl.Int64,
    "start": pl.Int64,
    "end": pl.Int64,
    "label": pl.String,
}


def lay_out(*texts: str) -> pl.DataFrame:
    """Paragraphs of one article, a blank line between."""
    rows, start = [], 0
    for index, text in enumerate(texts):
        rows.append(("a", index, "body", start, start + len(text), text))
        start += len(text) + 2
    return pl.DataFrame(rows, schema=["article_id", "paragraph_index", "role", "start", "end", "text"], orient="row")


def spans_of(paragraphs: pl.DataFrame, *found: tuple[str, str]) -> pl.DataFrame:
    """What an engine would give: every place of a text, with its label."""
    rows = []
    for index, offset, text in paragraphs.select("paragraph_index", "start", "text").iter_rows():
        for name, label in found:
            place = text.find(name)
            while place >= 0:
                rows.append(("a", index, offset + place, offset + place + len(name), label))
                place = text.find(name, place + 1)
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def found(*texts: str, engine: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, str]]:
    paragraphs = lay_out(*texts)
    mentions = find_mentions(paragraphs, spans_of(paragraphs, *engine))
    return list(mentions.select("text", "entity_type").iter_rows())


@pytest.mark.parametrize(
    ("text", "span", "label", "expected"),
    [
        ("Hier, M. Duroc a parlé.", "M. Duroc", "PER", ("Duroc", "PER")),
        ("Le président Alvar Lindgren a parlé.", "président Alvar Lindgren", "PER", ("Alvar Lindgren", "PER")),
        ("Le Premier ministre Odon Vasarely.", "Premier ministre Odon Vasarely", "PER", ("Odon Vasarely", "PER")),
        ("Elle quitte L’Europe.", "L’Europe", "LOC", ("Europe", "LOC")),
        ("Un discours de Varsovie a suivi.", "Varsovie", "PER", ("Varsovie", "LOC")),
        ("Il rejoint la Coopé du Lac - Bilan de mai.", "Coopé du Lac - Bilan", "ORG", ("Coopé du Lac", "ORG")),
        ("Interrogée, la FCPX a réagi.", "FCPX", "MISC", ("FCPX", "ORG")),
        ("Sa fille, Sabrina Duroc, était là.", "Sabrina Duroc", "LOC", ("Sabrina Duroc", "PER")),
    ],
)
def test_span_of_the_engine_is_corrected(text, span, label, expected):
    assert found(text, engine=((span, label),)) == [expected]


def test_joined_persons_are_two():
    expected = [("Duroc", "PER"), ("Vasarely", "PER")]
    assert found("Ni Duroc et Vasarely, ni eux.", engine=(("Duroc et Vasarely", "PER"),)) == expected


@pytest.mark.parametrize("text", ["Les Ukrainiens sont là.", "Le Président parlera.", "Prochain rendez-vous en mai."])
def test_demonym_role_and_common_word_are_no_names(text):
    word = text.split()[1] if text.startswith("Le") else text.split()[0]
    assert found(text, engine=((word, "LOC"),)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le ministère de la Culture a réagi.", ("ministère de la Culture", "ORG")),
        ("Le ministère grec des Affaires étrangères a réagi.", ("ministère grec des Affaires étrangères", "ORG")),
        ("Le tribunal administratif de Vielmont a tranché.", ("tribunal administratif de Vielmont", "ORG")),
        ("Selon l’Agence régionale de santé, rien.", ("Agence régionale de santé", "ORG")),
        ("Le Comité national de lutte contre le bruit dit non.", ("Comité national de lutte contre le bruit", "ORG")),
        ("Il marche dans le massif du Vercorin depuis mai.", ("massif du Vercorin", "LOC")),
        ("Fermeture de la rue des Tanneurs-Réunis.", ("rue des Tanneurs-Réunis", "LOC")),
        ("L’accident a eu lieu sur l’A13, hier.", ("A13", "LOC")),
        ("Dans la région du Vercorin, il neige.", ("Vercorin", "LOC")),
        ("Le Festival du film de Vielmont ouvre.", ("Festival du film de Vielmont", "MISC")),
        ("La tempête Odile arrive.", ("tempête Odile", "MISC")),
        ("Elle joue dans « Le Pré aux ânes », sorti hier.", ("Le Pré aux ânes", "MISC")),
        ("Ils ont formé une « alliance des rivages ».", ("alliance des rivages", "MISC")),
        ("L’association Vielmont Nature proteste.", ("Vielmont Nature", "ORG")),
        ("Brunival, une entreprise de transport, recrute.", ("Brunival", "ORG")),
        ("La réunion se tient au bord de la mer Noire.", ("mer Noire", "LOC")),
        ("Une sonde tourne autour de Mars, selon lui.", ("Mars", "LOC")),
        ("Le maire de la ville, Odon Vasarely, refuse.", ("Odon Vasarely", "PER")),
    ],
)
def test_announced_name_is_found_without_the_engine(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre de la Défense est venu.",
        "La ministre déléguée à la Culture est venue.",
        "Il est venu en mars avec le préfet.",
        "« Nous refusons tout », a-t-elle dit.",
        "Le gymnase de la commune a fermé.",
    ],
)
def test_common_words_are_no_names(text):
    assert found(text) == []


def test_name_is_the_fullest_of_the_document():
    paragraphs = lay_out("Odon Vasarely est venu.", "M. Vasarely repart.", "La Société des amis du rail (SARA) reste.")
    names = dict(find_mentions(paragraphs, spans_of(paragraphs)).select("text", "name").iter_rows())
    assert names["Vasarely"] == "Vasarely"  # nothing said that Odon Vasarely is a person
    spans = spans_of(paragraphs, ("Odon Vasarely", "PER"))
    names = dict(find_mentions(paragraphs, spans).select("text", "name").iter_rows())
    assert names["Vasarely"] == "Odon Vasarely"
    assert names["SARA"] == "Société des amis du rail"


def test_two_persons_of_one_surname_keep_the_surname():
    paragraphs = lay_out("Jean Vasarely et Irma Vasarely.", "Puis Vasarely repart.")
    spans = spans_of(paragraphs, ("Jean Vasarely", "PER"), ("Irma Vasarely", "PER"))
    assert find_mentions(paragraphs, spans)["name"].to_list() == ["Jean Vasarely", "Irma Vasarely", "Vasarely"]


def test_civility_tells_two_persons_of_one_surname_apart():
    paragraphs = lay_out("Jean Vasarely et Irma Vasarely.", "Mme Vasarely repart, M. Vasarely reste.")
    spans = spans_of(paragraphs, ("Jean Vasarely", "PER"), ("Irma Vasarely", "PER"))
    names = find_mentions(paragraphs, spans)["name"].to_list()
    assert names == ["Jean Vasarely", "Irma Vasarely", "Irma Vasarely", "Jean Vasarely"]


def test_acronym_in_brackets_shows_where_its_name_begins():
    cases = {
        "La Société mutuelle des planteurs de Kersaint (SMPK)": "Société mutuelle des planteurs de Kersaint (SMPK)",
        "L’Institut breton des récifs artificiels (Ibra)": "Institut breton des récifs artificiels (Ibra)",
        "l’agence régionale de santé du Poitou (ARS)": "agence régionale de santé du Poitou (ARS)",
        "Le produit intérieur brut (PIB)": None,
        "avec Jean Dupont (PS)": None,
    }
    for run, name in cases.items():
        skip = spell(run)
        assert (None if skip is None else run[skip:]) == name, run


def test_words_around_a_name_type_it():
    paragraphs = lay_out("Le maire de Drouvel sort.", "Ils ont vendu trois Karvan.", "Ewo Adzi Tamba, médecin, parle.")
    spans = spans_of(paragraphs, ("Drouvel", "PER"), ("Karvan", "LOC"), ("Ewo Adzi Tamba", "ORG"))
    found = find_mentions(paragraphs, spans)
    assert found.select("text", "entity_type").rows() == [
        ("Drouvel", "LOC"), ("Karvan", "MISC"), ("Ewo Adzi Tamba", "PER"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle habite près d’une plage de Vercorin.", []),
        ("Un stade olympique de fortune.", []),
        ("Ils courent au stade olympique de Vercorin.", [("stade olympique de Vercorin", "LOC")]),
        ("Le feu a pris rue du 8-Mai-1945, hier.", [("rue du 8-Mai-1945", "LOC")]),
        ("La FCPX a réagi, la TVA aussi.", [("FCPX", "ORG")]),
        ("Selon La Gazette du soir, non.", [("La Gazette", "ORG")]),
        ("Dans l’État de Vercorin, il pleut.", [("Vercorin", "LOC")]),
        ("La direction centrale de la police judiciaire enquête.",
         [("direction centrale de la police judiciaire", "ORG")]),
        ("La police cantonale valaisanne enquête.", [("police cantonale valaisanne", "ORG")]),
        ("À Vercorin Métropole, rien.", [("Vercorin Métropole", "ORG")]),
        ("L’accusé, dit « El Rayo », se tait.", [("El Rayo", "PER")]),
        ("Le rappeur Zorvan chantera.", [("Zorvan", "PER")]),
        ("Le Département de la Justice a réagi.", [("Département de la Justice", "ORG")]),
        ("L’Agence régionale de transport (ART) dit non.",
         [("Agence régionale de transport", "ORG"), ("ART", "ORG")]),
    ],
)  # fmt: skip
def test_what_french_print_says_of_unknown_names(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "span", "label", "expected"),
    [
        ("Il a travaillé chez Zorvan Energy avant de partir.", "Zorvan Energy", "LOC", "ORG"),
    ],
)
def test_cues_around_a_name_outweigh_the_engine(text, span, label, expected):
    assert {kind for _, kind in found(text, engine=((span, label),))} == {expected}


@pytest.mark.parametrize(
    ("text", "span", "label", "expected"),
    [
        ("Hier, Samir al-Zorvan a parlé.", "Samir", "PER", ("Samir al-Zorvan", "PER")),
        ("Elle a vu la Zorvan et le maire hier.", "Zorvan et le maire", "ORG", ("Zorvan", "ORG")),
        ("Un livre de P.Z.L. Le public suit.", "P.Z.L. Le", "ORG", ("P.Z.L", "ORG")),
        ("Un film des Ateliers Zorvan, produit par Les Cinés Zorvan.", "Les Cinés Zorvan", "ORG",
         ("Les Cinés Zorvan", "ORG")),
    ],
)  # fmt: skip
def test_span_of_the_engine_ends_where_the_name_does(text, span, label, expected):
    assert expected in found(text, engine=((span, label),))


def test_common_surname_is_found_inside_a_sentence_only():
    paragraphs = lay_out("Jean Compagnon est élu.", "Compagnon de route. « Non », tonne Compagnon.")
    spans = spans_of(paragraphs, ("Jean Compagnon", "PER"))
    mentions = find_mentions(paragraphs, spans)
    assert mentions["text"].to_list() == ["Jean Compagnon", "Compagnon"]
    assert mentions["start"].to_list()[1] > paragraphs["start"][1]


def test_found_name_is_found_again():
    spans = (("Kerzadec", "PER"),)
    paragraphs = lay_out("M. Kerzadec parle.", "Puis Kerzadec sort.")
    once = spans_of(paragraphs.head(1), *spans)
    assert find_mentions(paragraphs, once)["text"].to_list() == ["Kerzadec", "Kerzadec"]


def test_recase_keeps_length_names_and_acronyms():
    texts = ["LE MAIRE DE NANTES REÇOIT L’OTAN", "Ni ONU ni UE.", "DÉJÀ TROP TARD"]
    recased = pl.DataFrame({"text": texts}).select(recase(pl.col("text"))).to_series().to_list()
    assert recased == ["le maire de Nantes reçoit l’OTAN", "Ni ONU ni UE.", "déjà trop tard"]


def test_longest_and_most_trusted_find_is_kept():
    finds = pl.DataFrame(
        {
            "article_id": ["a"] * 3,
            "start": [0, 4, 20],
            "end": [10, 16, 25],
            "type_rule": ["engine", "office", "engine"],
        }
    )
    assert sorted(keep_best(finds)["start"].to_list()) == [4, 20]


WORDS = st.sampled_from(
    ["Le", "CHU", "de", "Rennes", "M.", "Duroc", "« Le Pré »", "et", "L’Ukraine", "tribunal", "mai,", "œuf", "É."]
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4), st.data())
def test_mentions_slice_and_do_not_overlap(texts, data):
    paragraphs = lay_out(*texts)
    article = "\n\n".join(texts)
    starts = data.draw(st.lists(st.integers(0, len(texts[0]) - 1), max_size=3))
    rows = [
        ("a", 0, s, min(s + 9, len(texts[0])), label) for s, label in zip(starts, ("PER", "LOC", "MISC"), strict=False)
    ]
    mentions = find_mentions(paragraphs, pl.DataFrame(rows, schema=SPANS, orient="row"))
    assert mentions.columns == COLUMNS
    last = 0
    for start, end, text in mentions.select("start", "end", "text").iter_rows():
        assert article[start:end] == text
        assert start >= last
        last = end


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aé’œ€😀 Lx\u0301-", max_size=30))
def test_locate_measures_code_points(text):
    paragraphs = lay_out(text)
    for start, end, piece in locate(paragraphs, "(a)(é+|😀|L)()").select("start", "end", "text").iter_rows():
        assert text[start:end] == piece


def test_fold_maps_letters_that_unicode_keeps_whole():
    folded = pl.DataFrame({"n": ["Støre", "Łódź", "Cœur-d’Alène", "ÉTAT"]}).select(fold(pl.col("n"))).to_series()
    assert folded.to_list() == ["store", "lodz", "coeur d alene", "etat"]


def test_gold_texts_slice():
    lines = (Path(__file__).parents[1] / "gold" / "mentions.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line) for line in lines]
    assert len(texts) >= 12
    for text in texts:
        for mention in text["mentions"]:
            assert text["text"][mention["start"] : mention["end"]] == mention["text"]


def test_articles_do_not_influence_each_other():
    one = lay_out("Odon Vasarely parle.", "M. Vasarely repart.")
    other = lay_out("M. Vasarely est un autre.").with_columns(article_id=pl.lit("b"))
    spans = spans_of(one, ("Odon Vasarely", "PER"))
    both = find_mentions(pl.concat([one, other]), spans)
    assert both.filter(pl.col("article_id") == "b")["name"].to_list() == ["Vasarely"]
    assert both.filter(pl.col("article_id") == "a").equals(find_mentions(one, spans))


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("Le col a rouvert en 24 heures.", [("24 heures", "ORG")], []),
        ("Le tunnel rouvrira dans 48 heures, selon le quotidien 24 heures.", [], [("24 heures", "ORG")]),
        ("Les deux associés (Duvrac NDLR) ont signé.", [("Duvrac NDLR", "ORG")], [("Duvrac", "ORG")]),
        ("Dans ce comté, des Noirs et des Blancs ont manifesté.", [("Noirs", "LOC"), ("Blancs", "LOC")], []),
        (
            "Ils ont fêté le Nouvel An à Vielmont.",
            [("Nouvel An", "ORG"), ("Vielmont", "LOC")],
            [("Nouvel An", "MISC"), ("Vielmont", "LOC")],
        ),
        ("Le préfet promet un « plan massif de reboisement » cet été.", [], []),
        ("Les élus préparent la « marche nationale des silences ».", [], []),
        ("Hier, le Président a salué la foule.", [("le Président", "PER")], []),
        (
            "Le président du Conseil régional des Hauts-de-France Fernand Roussel a signé.",
            [("Conseil régional des Hauts-de-France Fernand Roussel", "ORG")],
            [("Conseil régional des Hauts-de-France", "ORG"), ("Fernand Roussel", "PER")],
        ),
        (
            "L’enquête paraît dans « Le Canard Enchaîné » mercredi.",
            [("Le Canard Enchaîné", "MISC")],
            [("Le Canard Enchaîné", "ORG")],
        ),
        ("L’étude paraît dans la revue médicale Nature lundi.", [("Nature", "MISC")], [("Nature", "ORG")]),
        ("Elle était l’invitée de l’émission C à vous hier.", [], [("C à vous", "MISC")]),
        (
            "Un feu a pris dans le XIXe arrondissement de Paris hier.",
            [("XIXe arrondissement de Paris", "ORG")],
            [("XIXe arrondissement de Paris", "LOC")],
        ),
        (
            "Les moteurs viennent de Sorvikta, une jeune société de drones.",
            [("Sorvikta", "PER")],
            [("Sorvikta", "ORG")],
        ),
        ("Le président de Sorvikta a ri.", [("Sorvikta", "PER")], [("Sorvikta", "ORG")]),
        ("Une usine ouvre à Sainte-Orvane.", [("Sainte-Orvane", "PER")], [("Sainte-Orvane", "LOC")]),
    ],
)
def test_fault_of_the_engine_is_mended(text, spans, expected):
    paragraphs = lay_out(text)
    mentions = find_mentions(paragraphs, spans_of(paragraphs, *spans))
    assert mentions.select("text", "entity_type").rows() == expected


def test_roman_numerals_and_small_words_keep_their_case():
    paragraphs = lay_out("Il cite Louis XVI et Gaston DE LORVAL.")
    mentions = find_mentions(paragraphs, spans_of(paragraphs, ("Louis XVI", "PER"), ("Gaston DE LORVAL", "PER")))
    assert mentions["name"].to_list() == ["Louis XVI", "Gaston de Lorval"]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["plan", "japonais", "Premier ministre", "européenne", "sculptrice"]), max_size=4))
def test_shortened_lists_hold_the_words_of_the_text(words):
    shorter = shorten_lists(lay_out(" ".join(words)))
    for long, short in shorter.items():
        for word in words:
            assert bool(re.search(long, word)) == bool(re.search(short, word))
