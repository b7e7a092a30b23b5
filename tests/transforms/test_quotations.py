"""Quotations: whose words, from where to where; and what marks hold that is nobody's words."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.quotations import SPEAKER_RULES
from transforms.quotations import find_quotations
from transforms.speech.marks import pair_marks
from transforms.speech.verbs import conjugate_er, conjugate_ir, inflect, read_speech_forms

GOLD = Path(__file__).parents[1] / "gold" / "quotations.jsonl"
PARAGRAPHS = {"article_id": pl.String, "start": pl.Int64, "end": pl.Int64, "text": pl.String, "role": pl.String}
MENTIONS = {
    "article_id": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "text": pl.String,
    "entity_type": pl.String,
    "name": pl.String,
}


def lay(text: str, article_id: str = "a") -> pl.DataFrame:
    """One article's paragraphs, blank lines between them."""
    parts = text.split("\n\n")
    starts = [sum(len(p) + 2 for p in parts[:i]) for i in range(len(parts))]
    rows = [(article_id, start, start + len(part), part, "body") for start, part in zip(starts, parts, strict=True)]
    return pl.DataFrame(rows, schema=PARAGRAPHS, orient="row")


def mention(text: str, names: dict[str, tuple[str, str]], article_id: str = "a") -> pl.DataFrame:
    """The places of names in a text; longer names first, no overlap."""
    rows: list[tuple[str, int, int, str, str, str]] = []
    for surface in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(surface), text):
            if not any(start < match.end() and match.start() < end for _, start, end, *_ in rows):
                rows.append((article_id, match.start(), match.end(), surface, *names[surface]))
    return pl.DataFrame(rows, schema=MENTIONS, orient="row").sort("start")


def quote(text: str, **people: str) -> list[tuple[str, str | None]]:
    """The quotations between marks of a text, each with its speaker; people given by a word of their name."""
    text = text.replace("'", "’")
    names = {name: ("PER", name) for name in people.values()}
    mentions = mention(text, names)
    found = find_quotations(lay(text), mentions).filter(pl.col("kind") != "indirect")
    who = dict(mentions.select("start", "name").iter_rows())
    return [(row["text"], who.get(row["speaker_start"])) for row in found.iter_rows(named=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Il pleut », a dit Anna Roy.", [("Il pleut", "Anna Roy")]),
        ("« Il pleut », dit-elle. Anna Roy rit.", [("Il pleut", "Anna Roy")]),
        ("« Il pleut », dit-il. Anna Roy rit.", [("Il pleut", None)]),
        ("« Il pleut », a fait savoir Anna Roy.", [("Il pleut", "Anna Roy")]),
        ("« Il pleut », a tenu à rassurer Anna Roy.", [("Il pleut", "Anna Roy")]),
        ("« Il pleut. » C'est ce qu'a dit hier Anna Roy.", [("Il pleut.", "Anna Roy")]),
        ("Comme l'a dit Anna Roy, « il pleut ».", [("il pleut", "Anna Roy")]),
        ("Anna Roy sort. Et d'ajouter : « Il pleut. »", [("Il pleut.", "Anna Roy")]),
        ("Anna Roy s'est voulue « rassurante ».", [("rassurante", "Anna Roy")]),
        ("Anna Roy entre. « Il pleut », dit-elle.", [("Il pleut", "Anna Roy")]),
        ("Anna Roy a déclaré : « Il pleut. »", [("Il pleut.", "Anna Roy")]),
        ("Selon Anna Roy, la digue est « très fragile ».", [("très fragile", "Anna Roy")]),
        ("La digue est « très fragile », selon Anna Roy.", [("très fragile", "Anna Roy")]),
        ("À en croire Anna Roy, il « pleuvra bientôt ».", [("pleuvra bientôt", "Anna Roy")]),
        ("Anna Roy s'est dite « ravie ».", [("ravie", "Anna Roy")]),
        ("Anna Roy se dit « ravie ».", [("ravie", "Anna Roy")]),
        (
            "« Il pleut, dit Anna Roy, et c'est tant mieux. »",
            [("Il pleut, dit Anna Roy, et c’est tant mieux.", "Anna Roy")],
        ),
        ("« Il pleut », dit Anna Roy, « et tant mieux ».", [("Il pleut", "Anna Roy"), ("et tant mieux", "Anna Roy")]),
        ("Anna Roy arrive. « Il pleut. »", [("Il pleut.", "Anna Roy")]),
        ("« Il pleut », dit Anna Roy.\n\n« Et il vente. »", [("Il pleut", "Anna Roy"), ("Et il vente.", "Anna Roy")]),
        ("“Il pleut”, a noté Anna Roy.", [("Il pleut", "Anna Roy")]),
        ('"Il pleut", a noté Anna Roy.', [("Il pleut", "Anna Roy")]),
        ("«Il pleut», philosophe Anna Roy.", [("Il pleut", "Anna Roy")]),
        ("« Il pleut », rigolotte-t-il.", [("Il pleut", None)]),
        ("« Il pleut », raconte un berger.", [("Il pleut", None)]),
        ("Anna Roy a dit : « Il “pleuvine” encore. »", [("Il “pleuvine” encore.", "Anna Roy")]),
    ],
)
def test_words_between_marks_go_to_their_speaker(text, expected):
    assert quote(text, anna="Anna Roy") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Les « cabanes » de la plage ont brûlé.",
        "Le bateau baptisé « Vent debout » coule.",
        "Le mot « digue » vient du néerlandais.",
        "Elle a lu « Les Heures lentes » à Anna Roy.",
        "Les « gilets bleus » marchent. Anna Roy a vu les « gilets bleus ».",
        "La soi-disant « réforme » attend.",
        "Anna Roy a salué la Société des « Amis du lac ».",
    ],
)
def test_names_words_as_such_and_scare_quotes_are_left_out(text):
    assert quote(text, anna="Anna Roy") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Luc Foix et Anna Roy se taisent. Le premier veut « partir », la seconde « rester ».",
            ["Luc Foix", "Anna Roy"],
        ),
        ("Luc Foix veut « une trêve », Anna Roy « une paix ».", ["Luc Foix", "Anna Roy"]),
        ("Luc Foix et Anna Roy parlent. Elle veut « partir » ; lui, une « trêve ».", ["Anna Roy", "Luc Foix"]),
        ("Luc Foix, élu du Parti bleu, qui juge l'effort « bien maigre ».", ["Luc Foix"]),
        ("Anna Roy se tait. Réponse de Luc Foix : « On verra. »", ["Luc Foix"]),
        ("« On verra. » La formule est de Luc Foix.", ["Luc Foix"]),
        ("« On verra. » C'est par ces mots que Luc Foix a conclu.", ["Luc Foix"]),
        ("« On verra. » Luc Foix sourit. « C'est non », dit-il.", ["Luc Foix", "Luc Foix"]),
        ("Anna Roy sort. « C'est non », souffle la potière.", ["Anna Roy"]),
        ("Anna Roy sort. Et la potière d'ajouter : « C'est non. »", ["Anna Roy"]),
        ("Anna Roy parle. « C'est non », a réagi son avocat.", [None]),
        ("Son directeur, l'ingénieur Luc Foix, est venu. « C'est non », a-t-il dit.", ["Luc Foix"]),
        ("Luc Foix court. Un passant arrive. « J'ai peur », dit-il.", [None]),
        ("Luc Foix dort. L'idée, jugée « folle » par Anna Roy, court.", ["Anna Roy"]),
        ("Luc Foix ment. « Pourquoi ? », demande Anna Roy. « J'ai peur. »", ["Anna Roy", None]),
        ("« C'est non », a écrit Luc Foix sur X. Anna Roy veut « agir vite ».", ["Luc Foix", "Anna Roy"]),
        ("« C'est non », dit Luc Foix. Qui dit vouloir « agir vite ».", ["Luc Foix", "Luc Foix"]),
        ("« C'est non », se borne à dire Anna Roy.", ["Anna Roy"]),
        ("Luc Foix rit.\n\nA. R. : J'ai vu Luc Foix. Il m'a dit : « C'est non. »", ["Luc Foix"]),
        ("Anna Roy.\n\nA. R. : « C'est non. »", ["Anna Roy"]),
        ("« C'est non, dit Luc Foix. C'est fini. » L'octogénaire sort. « Adieu », dit-il.", ["Luc Foix", "Luc Foix"]),
    ],
)
def test_speaker_of_a_clause_without_its_verb_or_name(text, expected):
    assert [who for _, who in quote(text, a="Luc Foix", b="Anna Roy", c="A. R.")] == expected


def test_two_who_speak_together_are_both_in_the_text_and_the_first_is_the_speaker():
    text = "Anna Roy et Luc Foix ont dit : « C’est non. » « C’est oui », répondent Jo Bel et Al Noé."
    names = {name: ("PER", name) for name in ("Anna Roy", "Luc Foix", "Jo Bel", "Al Noé")}
    found = find_quotations(lay(text), mention(text, names))
    assert found["speaker_start"].to_list() == [0, text.index("Jo Bel")]
    assert found["speaker_text"].to_list() == ["Anna Roy et Luc Foix", "Jo Bel et Al Noé"]


def test_organisation_is_the_subject_that_a_pronoun_or_noun_stands_for():
    text = "Luc Foix rit. Orvane ferme son usine, selon Tassin. L’entreprise a perdu. « C’est dur », dit-elle."
    names = {"Luc Foix": ("PER", "Luc Foix"), "Orvane": ("ORG", "Orvane"), "Tassin": ("ORG", "Tassin")}
    found = find_quotations(lay(text), mention(text, names)).filter(pl.col("kind") != "indirect")
    assert found["speaker_start"].to_list() == [text.index("Orvane")]


def test_pronoun_takes_the_gender_that_civility_or_role_tells():
    text = "M. Foix a reçu Mme Roy. « C'est non », a-t-elle dit. « C'est oui », a-t-il répondu."
    assert quote(text, a="Foix", b="Roy") == [("C’est non", "Roy"), ("C’est oui", "Foix")]


def test_bare_role_stands_for_the_person_who_has_it():
    text = "La maire, Anna Roy, a reçu le préfet, Luc Foix. « C'est signé », dit la maire. « Enfin », dit le préfet."
    assert quote(text, a="Anna Roy", b="Luc Foix") == [("C’est signé", "Anna Roy"), ("Enfin", "Luc Foix")]


def test_kin_with_a_possessive_is_somebody_unnamed():
    text = "Anna Roy se tait. « On a eu peur », confie sa voisine."
    found = find_quotations(lay(text), mention(text, {"Anna Roy": ("PER", "Anna Roy")}))
    assert found["speaker_start"].to_list() == [None]
    assert found["speaker_text"].to_list() == ["sa voisine"]


def test_voice_of_somebody_is_the_speaker():
    text = "La mairie dénonce « un abandon », par la voix de son adjoint, Luc Foix."
    assert quote(text, a="Luc Foix") == [("un abandon", "Luc Foix")]


def test_quotation_over_paragraphs_waits_for_its_speaker():
    text = "« J'étais au village.\n\n« Il n'y avait plus rien », se souvient Luc Foix."
    assert quote(text, a="Luc Foix") == [("J’étais au village.", "Luc Foix"), ("Il n’y avait plus rien", "Luc Foix")]


def test_place_speaks_where_the_text_says_so():
    text = "Selon Dublin, un accord est « à portée de main »."
    found = find_quotations(lay(text), mention(text, {"Dublin": ("LOC", "Dublin")}))
    assert found["speaker_start"].to_list() == [text.index("Dublin")]


def test_reported_speech_is_indirect_and_ends_before_the_full_stop():
    text = "Luc Foix a affirmé que le pont serait fermé lundi. La pluie, a-t-il ajouté, ne cessera pas."
    found = find_quotations(lay(text), mention(text, {"Luc Foix": ("PER", "Luc Foix")}))
    assert found.row(0, named=True)["text"] == "le pont serait fermé lundi"
    assert found.row(0, named=True)["kind"] == "indirect"
    assert found.row(0, named=True)["verb"] == "affirmer"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Luc Foix a affirmé mardi à la presse que le pont tiendra.", "le pont tiendra"),
        ("Luc Foix assure vouloir rouvrir le pont.", "vouloir rouvrir le pont"),
        ("Luc Foix promet de rouvrir le pont.", "rouvrir le pont"),
        ("Luc Foix a informé les élus que le pont fermait.", "le pont fermait"),
        ("Selon Luc Foix, le pont tiendra.", "le pont tiendra"),
        ("Selon Luc Foix, ingénieur à Lure, le pont tiendra.", "le pont tiendra"),
        ("Le pont tiendra, selon Luc Foix.", "Le pont tiendra"),
        ("Le pont tiendra, assure Luc Foix.", "Le pont tiendra"),
        ("Luc Foix précise que le pont ferme, révèle Anna Roy.", "le pont ferme"),
        ("Luc Foix ne pense pas que le pont tienne.", "le pont tienne"),
        ("Luc Foix n'a pas précisé que le pont fermait.", None),
        ("Luc Foix a fait savoir que le pont fermait.", "le pont fermait"),
        ("Luc Foix fait entendre la voix que le village attend.", None),
        ("Luc Foix rit. Le pont s'use vite, selon la saison.", None),
        ("Luc Foix rit. C'est ce qui explique que le pont ferme.", None),
        ("Luc Foix rit. Abaisser le tablier suppose que le pont ferme.", None),
        ("Luc Foix rit. Comment expliquer que le pont fasse entendre ce bruit ?", None),
        ("Luc Foix a assuré que oui, mais le pont ferme.", None),
        ("Luc Foix, maire de Lure, a annoncé sa démission.", None),
        ("Le trafic, en baisse depuis Luc Foix, a confirmé son recul.", None),
        ("Deux ponts, dont celui de Luc Foix, avaient annoncé cette chute.", None),
        ("Luc Foix a critiqué ce pont que tout le village aime.", None),
        ("Il faut aider tant pour soutenir Luc Foix que le village entier.", None),
        ("Anna Roy voit les travaux que Luc Foix, qu'il dit vouloir finir, finit.", None),
    ],
)
def test_clause_that_is_reported_without_marks(text, reported):
    text = text.replace("'", "’")
    found = find_quotations(
        lay(text), mention(text, {"Luc Foix": ("PER", "Luc Foix"), "Anna Roy": ("PER", "Anna Roy")})
    )
    assert found["kind"].unique().to_list() == (["indirect"] if reported else [])
    assert found["text"].to_list() == ([reported] if reported else [])
    assert set(found["speaker_start"].drop_nulls()) <= {text.index("Luc Foix")}


FOIX, ROY, ORVANE = ("PER", "Luc Foix"), ("PER", "Anna Roy"), ("ORG", "Agence Orvane")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("name", "« Il pleut », dit Luc Foix."),
        ("pronoun", "Luc Foix sort. « Il pleut », dit-il."),
        ("role", "Le maire, Luc Foix, sort. « Il pleut », dit le maire."),
        ("noun", "Luc Foix sort. « Il pleut », dit le pêcheur."),
        ("institution", "Agence Orvane se tait. « Il pleut », dit l’agence."),
        ("organisation", "Agence Orvane se tait. « Il pleut », dit l’entreprise."),
        ("statement", "Agence Orvane écrit. « Il pleut », dit le communiqué."),
        ("subject", "Luc Foix sort le parapluie : « Il pleut. »"),
        ("continued", "« Il pleut », dit Luc Foix. « Il vente. »"),
        ("sentence before", "Luc Foix sort. « Il pleut. »"),
        ("paragraph", "Luc Foix sort. Il a son parapluie. « Il pleut. »"),
        ("author", "La lettre de Luc Foix est là. On y lit : « Il pleut. »"),
        ("later name", "« Il pleut », dit-il. Luc Foix sort."),
        ("unnamed", "« Il pleut », dit un berger."),
    ],
)
def test_each_rule_says_how_the_speaker_was_found(rule, text):
    mentions = mention(text, {"Luc Foix": FOIX, "Anna Roy": ROY, "Agence Orvane": ORVANE})
    found = find_quotations(lay(text), mentions).filter(pl.col("kind") != "indirect")
    assert found["speaker_rule"].to_list()[-1] == rule


def test_every_rule_has_a_test_but_the_one_of_corrections():
    marks = next(m for m in test_each_rule_says_how_the_speaker_was_found.pytestmark if m.name == "parametrize")
    assert {rule for rule, _ in marks.args[1]} == SPEAKER_RULES.keys() - {"correction"}


def test_texts_without_marks_speech_or_mentions_give_an_empty_table():
    text = "Le pont est fermé."
    assert find_quotations(lay(text), mention(text, {})).is_empty()


@pytest.mark.parametrize(
    ("text", "contents", "balanced"),
    [
        ("« a » et « b »", ["a", "b"], [True, True]),
        ('«a» “b” "c"', ["a", "b", "c"], [True, True, True]),
        ("« a “b” c »", ["a “b” c"], [True]),
        ("« a « b » c »", ["a « b » c"], [True]),
        ("« Il vient", ["Il vient"], [False]),
        ("Il vient »", [], []),
        ('dit "au port, lundi ou "au large", dit-il', ["au port", "au large"], [False, True]),
        ("l’« inaction » de l’“État”", ["inaction", "État"], [True, True]),
        ("« »", [], []),
    ],
)
def test_marks_pair_as_a_reader_pairs_them(text, contents, balanced):
    pairs = pair_marks(text)
    assert [text[p.start : p.end] for p in pairs] == contents
    assert [p.is_balanced for p in pairs] == balanced


@given(st.text(alphabet="«»“”\"'’ .,aB\n", max_size=60))
def test_pairs_are_slices_in_order_without_overlap(text):
    place = 0
    for pair in pair_marks(text):
        assert place <= pair.opening < pair.start < pair.end <= pair.closing <= len(text)
        assert text[pair.start : pair.end] == text[pair.start : pair.end].strip()
        place = pair.closing


WORDS = st.sampled_from(
    [
        "« ",
        " »",
        '"',
        "“",
        "”",
        "a déclaré ",
        "Anna Roy",
        ", ",
        ". ",
        "que ",
        "selon ",
        "il ",
        "-t-elle",
        "le maire ",
        "pluie ",
        "\n\n",
        " : ",
    ]
)


@settings(deadline=None)  # the first example reads the lexicons
@given(
    st.lists(WORDS, min_size=1, max_size=30)
    .map("".join)
    .filter(lambda text: all(p.strip() for p in text.split("\n\n")))
)
def test_every_quotation_is_a_slice_and_every_speaker_a_mention(text):
    mentions = mention(text, {"Anna Roy": ("PER", "Anna Roy")})
    found = find_quotations(lay(text), mentions)
    for row in found.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["text"] != ""
    assert set(found["speaker_start"].drop_nulls()) <= set(mentions["start"])
    assert found.select("article_id", "start", "end").is_unique().all()


@pytest.mark.parametrize(
    ("infinitive", "forms"),
    [
        ("annoncer", "annonce annoncent annonçait annonça annoncera annoncé annonçant"),
        ("juger", "juge jugeait jugea jugèrent jugera jugé jugeant"),
        ("suggérer", "suggère suggéra suggérera suggéré"),
        ("marteler", "martèle martela martèlera martelé"),
        ("appuyer", "appuie appuyait appuiera appuyé"),
    ],
)
def test_regular_verbs_take_their_spellings(infinitive, forms):
    assert set(forms.split()) <= inflect(infinitive, conjugate_er(infinitive)).keys()


def test_second_group_and_irregular_verbs():
    assert {"finit", "finissent", "finira", "fini", "finissant"} <= inflect("finir", conjugate_ir("finir")).keys()
    forms = read_speech_forms()
    assert forms["disait"].lemma == "dire"
    assert forms["soutiendra"].lemma == "soutenir"
    assert forms["affirmant"].tense == "gerund"
    assert forms["félicite"].lemma == "féliciter"


def score_gold() -> dict[str, float]:
    """F1 of the quotations between marks, and the share of them with the right speaker, on the invented passages."""
    found = right = wanted = speakers = predicted = 0
    for number, line in enumerate(GOLD.read_text("utf-8").splitlines()):
        passage = json.loads(line)
        text, names = passage["text"], {k: tuple(v) for k, v in passage["mentions"].items()}
        mentions = mention(text, names, str(number))
        who = dict(mentions.select("start", "name").iter_rows())
        rows = find_quotations(lay(text, str(number)), mentions).filter(pl.col("kind") != "indirect")
        by_span = {(row["start"], row["end"]): row for row in rows.iter_rows(named=True)}
        predicted += len(by_span)
        place = 0
        for gold in passage["quotations"]:
            start = text.index(gold["text"], place)
            place = start + len(gold["text"])
            if gold["kind"] == "indirect":
                continue
            wanted += 1
            row = by_span.get((start, place))
            found += row is not None
            if row is not None:
                speakers += 1
                right += who.get(row["speaker_start"]) in (gold["speaker"], *gold.get("speaker_accept", ()))
    return {"quotations": 2 * found / (wanted + predicted), "speaker": right / speakers}


def test_gold_stays_over_its_floors():
    scores = score_gold()
    # First runs of the last three thirties of passages, before any rule was changed for them (quotations, speaker):
    # 0.99 and 0.89, 0.99 and 0.88, 0.97 and 0.95.
    assert scores["quotations"] >= 0.98  # measured 0.99
    assert scores["speaker"] >= 0.97  # measured 0.99


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le spectacle s’ouvre avec un conte d’Anna Roy, dit à la lueur de trente bougies.", []),
        ("Dans le port, commence le 3 octobre et durera dix jours la foire aux huîtres.", []),
        ("L’action Orvane a poursuivi sa baisse mardi et a repris l’ascenseur.", []),
        ("À la Bourse, poursuit la tendance, Orvane a perdu 3 %.", []),
        ("Le pont rouvrira « mi-juin » pour les riverains.", []),
        ("Luc Foix réclame « une aide immédiate » pour l’hôpital.", ["Luc Foix"]),
        ("La digue est « très fragile », pour Anna Roy, et elle cédera.", ["Anna Roy"]),
        ("Le maire Luc Foix préside. L’ancienne maire demande que la digue soit refaite.", [None]),
        (
            "Anna Roy, ancienne maire de Lure, vient. Luc Foix se tait. « C’est non », dit l’ancienne maire.",
            ["Anna Roy"],
        ),
        (
            "Hubert Pin, ancien ministre, sort. Luc Foix le suit. « C’est non », lance l’ancien ministre.",
            ["Hubert Pin"],
        ),
        ("Orvane embauche. Le ministère du Plan attend. La compagnie dit qu’elle recrutera en mai.", ["Orvane"]),
        ("Le ministère du Plan attend. La compagnie dit qu’elle recrutera en mai.", [None]),
    ],
)
def test_only_who_can_speak_and_fits_the_words_is_a_speaker(text, expected):
    names = {name: ("PER", name) for name in ("Anna Roy", "Luc Foix", "Hubert Pin")}
    mentions = mention(text, names | {name: ("ORG", name) for name in ("Orvane", "ministère du Plan")})
    who = dict(mentions.select("start", "name").iter_rows())
    found = find_quotations(lay(text), mentions)
    assert [who.get(start) for start in found["speaker_start"]] == expected
