"""Documents laid out: roles, text, trace and metadata, on invented texts; and what holds for any text at all."""

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.blocks import ROLES
from transforms.alignments import add_raw_offsets
from transforms.articles import Layout, lay_out

SCHEMA = {
    "document_id": pl.String, "source_path": pl.String, "text": pl.String, "given": pl.String,
    "repairs": pl.List(pl.String),
}  # fmt: skip


def lay(*texts: str, given: dict[str, object] | None = None) -> Layout:
    rows = [(f"d{i}", f"d{i}.txt", text, json.dumps(given) if given else None, []) for i, text in enumerate(texts)]
    return lay_out(pl.DataFrame(rows, schema=SCHEMA, orient="row"), lambda t: ["fr"] * len(t))


def roles(text: str) -> list[tuple[str, str]]:
    return lay(text).blocks.select("role", "text").rows()


def article(text: str, **given: object) -> dict[str, object]:
    return lay(text, given=given).articles.row(0, named=True)


LEAD = "Le conseil de Vaudreuil-le-Haut a voté mardi soir la rénovation de sa halle, fermée au public depuis 2019."
BODY = (
    "Le chantier coûtera 1,3 million d’euros. Il doit durer dix-huit"
    " mois, et les commerçants du marché seront logés sous "
    "une tente chauffée, place des Tanneurs."
)
MORE = (
    "« Nous avons trop attendu », a reconnu la maire, Odette Pradier, devant une trentaine d’habitants venus l’écouter."
)
TITLE = "Vaudreuil-le-Haut : la halle sera rénovée"


def test_a_given_day_of_an_old_newspaper_is_its_date_and_an_old_year_in_a_header_is_none():
    assert str(article(f"{LEAD}\n\n{BODY}\n", date="1954-03-02T06:30:00")["published_at"]) == "1954-03-02 06:30:00"
    assert str(article(f"{LEAD}\n\n{BODY}\n", date="1881-07-30")["published_at"]) == "1881-07-30 00:00:00"
    assert article(f"{TITLE}\n\nPublié le 1954-03-02\n\n{LEAD}\n\n{BODY}\n")["published_at"] is None


def test_a_plain_article_has_title_byline_date_lead_heading_and_body():
    head = f"{TITLE}\n\nPar Lise Amar\n\nPublié le 3 mai 2023 à 9h05"
    text = f"{head}\n\n{LEAD}\n\n{BODY}\n\nUn prêt sur vingt ans\n\n{MORE}\n"
    assert [role for role, _ in roles(text)] == ["title", "byline", "date", "lead", "body", "heading", "body"]
    found = article(text)
    assert found["text"] == "\n\n".join([TITLE, LEAD, BODY, "Un prêt sur vingt ans", MORE])
    assert (found["title"], found["authors"], found["agencies"]) == (TITLE, ["Lise Amar"], [])
    assert str(found["published_at"]) == "2023-05-03 09:05:00"
    assert (found["published_precision"], found["published_evidence"]) == ("minute", "Publié le 3 mai 2023 à 9h05")


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("À lire aussi : La halle de Brissac tombe en ruine", "promo"),
        ("Je m’inscris à la newsletter du matin", "promo"),
        ("Lecture 4 min.", "counter"),
        ("Source : https://www.gazette.example/halle", "source"),
        ("(avec l’AFP)", "agency_credit"),
        ("Mots-clés : halle, marché, travaux", "tags"),
        ("La halle, vue de la place des Tanneurs. © P. Verne", "caption"),
        ("Combien de commerçants resteront ?", "heading"),
        ("«\u00a0Une verrue dans la ville\u00a0»", "heading"),
        ("Il en restait cent en 1950.", "body"),
    ],
)
def test_a_line_between_paragraphs_is_known_by_its_words_and_marks(line, role):
    text = f"{TITLE}\n\nPar Lise Amar\n\n{LEAD}\n\n{BODY}\n\n{line}\n\n{MORE}\n\n{BODY}"
    blocks = lay(text).blocks
    start = text.index(line)
    found = blocks.filter((pl.col("start") <= start) & (pl.col("end") > start))
    assert found["role"].to_list() == [role]


def test_a_caption_and_its_credit_are_two_blocks_and_printed_twice_both_go():
    caption = "La halle de Vaudreuil, en mai. (Photo Jeanne Roux)"
    text = f"{TITLE}\n\n{caption}\n\n{caption}\n\n{LEAD}\n\n{BODY}"
    assert [r for r, _ in roles(text)] == ["title", "caption", "credit", "caption", "credit", "lead", "body"]


def test_hard_wraps_are_joined_and_hyphenation_is_undone_but_not_a_spelled_hyphen():
    text = (
        "Le port d’Ambleteuse retrouve ses marées et ses\nbateaux\n\nLe"
        " chenal du petit port a été dragué pendant l’hiver par deux\n"
        "bateaux, et les plaisanciers y revien-\nnent depuis le mois"
        " dernier, raconte le porte-\nparole de la mairie, qui en\n"
        "espère une centaine avant la fin de la saison.\n"
    )
    found = article(text)
    assert found["title"] == "Le port d’Ambleteuse retrouve ses marées et ses bateaux"
    assert "y reviennent depuis" in found["text"]
    assert "le porte-parole de la mairie, qui en espère une centaine" in found["text"]
    assert set(lay(text).documents["repairs"][0]) == {"hard wraps", "hyphenation"}


def test_a_paragraph_broken_by_a_blank_line_is_one():
    broken = "Les ouvriers sont attendus le\n\n3 juin, selon la mairie, qui promet une halle plus claire."
    text = f"{TITLE}\n\n{LEAD}\n\n{broken}"
    assert "attendus le 3 juin, selon" in article(text)["text"]


def test_readers_below_a_counter_are_no_article():
    below = "3 commentaires\n\nMimi12 dit :\n4 mai 2023 à 8h00\nEncore des impôts !\n\nRépondre"
    text = f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{MORE}\n\n{below}"
    assert [r for r, _ in roles(text)][4:] == ["counter", "comment", "comment", "comment", "promo"]
    assert "impôts" not in article(text)["text"]
    assert article(text)["published_at"] is None


def test_a_document_of_comments_or_of_nothing_has_no_article():
    only = "2 commentaires\n\nMimi12 dit :\n4 mai 2023 à 8h00\nEncore !\n\nZoé dit :\n4 mai 2023 à 8h10\nEt alors ?"
    found = lay(only, "", " \n\n ")
    assert found.articles.is_empty()
    assert found.blocks["document_id"].unique().to_list() == ["d0"]


def test_dateline_agency_and_initials_of_a_wire_story():
    text = f"{TITLE}\n\nRouen, 3 mai 2023 (AFP) - {LEAD}\n\n{BODY}\n\nabc-mlc/rfg\n\n© Agence France-Presse"
    found = article(text)
    assert found["text"] == f"{TITLE}\n\n{LEAD}\n\n{BODY}"
    assert (str(found["published_at"])[:10], found["agencies"], found["authors"]) == ("2023-05-03", ["AFP"], [])


def test_the_signature_outweighs_who_posted_it_and_its_date_a_later_one():
    text = f"{TITLE}\n\nécrit par Zoé R | 5 mai 2023\n\nPAR [PAUL D'ARCY](#)\n\n4 mai 2023 18:30\n\n{LEAD}\n\n{BODY}"
    found = article(text)
    assert (found["authors"], str(found["published_at"])) == (["Paul d’Arcy"], "2023-05-04 18:30:00")


def test_what_is_given_stands_in_only_for_what_the_text_lacks():
    text = f"{TITLE}\n\n{LEAD}\n\n{BODY}"
    found = article(text, url="https://www.gazette.example/1", date="2023-05-03", author="Lise Amar", title="Autre")
    assert (found["url"], found["site"], found["authors"]) == (
        "https://www.gazette.example/1", "gazette.example", ["Lise Amar"],
    )  # fmt: skip
    assert (str(found["published_at"]), found["published_evidence"]) == ("2023-05-03 00:00:00", "2023-05-03")
    assert found["title"] == TITLE


def test_a_day_without_a_year_is_no_date_unless_the_header_tells_the_year():
    assert article(f"{TITLE}\n\nPublié le 3 mai\n\n{LEAD}\n\n{BODY}")["published_at"] is None
    both = article(f"{TITLE}\n\nPublié le 3 mai, mis à jour le 5 mai 2023 à 7h\n\n{LEAD}\n\n{BODY}")
    assert (str(both["published_at"])[:10], str(both["updated_at"])) == ("2023-05-03", "2023-05-05 07:00:00")


def test_spans_of_the_clean_text_lead_back_through_markup_entities_and_mojibake():
    markup = "<p>L&rsquo;&eacute;t&eacute; **dernier**,la [mairie](#)&nbsp;a ferm\u00c3\u00a9 la halle.</p>"
    raw = f"# {TITLE}\n\n{markup}\n\n{LEAD}\n\n{BODY}"
    layout = lay(raw)
    text = layout.articles["text"][0]
    assert "L’été dernier, la mairie a fermé la halle." in text
    words = ["L’été", "dernier", "la mairie", "mairie a", "fermé la"]
    spans = pl.DataFrame({"article_id": "d0", "start": [text.index(w) for w in words]}).with_columns(
        end=pl.col("start") + pl.Series([len(w) for w in words])
    )
    found = add_raw_offsets(spans, layout.alignments)
    assert [raw[s:e] for s, e in found.select("raw_start", "raw_end").iter_rows()] == [
        "L&rsquo;&eacute;t&eacute;", "dernier", "la [mairie", "mairie](#)&nbsp;a", "ferm\u00c3\u00a9 la",
    ]  # fmt: skip


LINES = st.one_of(
    st.sampled_from(
        [
            "", "", TITLE, LEAD, BODY, MORE, "Par Lise Amar", "Publié le 3 mai 2023 à 9h05",
            "<p>Un <b>mot</b>&nbsp;!</p><p>Deux</p>",
            "- un point", "PARIS (AFP) - " + LEAD, "Lire aussi : autre chose",
            "3 commentaires", "Mimi dit :", "| a | b |", "L’été -",
            "La halle. © P. Verne", "lâ€™Ã©tÃ©", "**gras** et [lien](#)",
            "a\u00adb  c\u00a0d", "\ufeff", "\x00", "À retenir",
        ]
    ),
    st.text(max_size=60),
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_character_of_any_text_is_in_one_block_and_every_slice_is_exact(texts):
    layout = lay(*texts)
    assert set(layout.blocks["role"]) <= set(ROLES)
    for i, text in enumerate(texts):
        covered = [0] * len(text)
        for start, end in layout.blocks.filter(pl.col("document_id") == f"d{i}").select("start", "end").iter_rows():
            assert start < end <= len(text)
            for place in range(start, end):
                covered[place] += 1
        assert max(covered, default=0) <= 1
        assert all(covered[place] for place, char in enumerate(text) if not char.isspace())
    full = dict(layout.articles.select("article_id", "text").iter_rows())
    for name, _, _, start, end, text in layout.paragraphs.drop("language").iter_rows():
        assert full[name][start:end] == text
    for name, start, end, raw_start, raw_end in layout.alignments.iter_rows():
        clean, raw = full[name][start:end], texts[int(name[1:])][raw_start:raw_end]
        assert len(clean) == len(raw) == end - start
        assert all(a == b or a in "’ " or "\x80" <= b <= "\x9f" for a, b in zip(clean, raw, strict=True))
    again = lay(*texts)
    assert all(a.equals(b) for a, b in zip(layout, again, strict=True))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"Le Messager de la Vaudre\n\n{TITLE}", ["source", "title"]),
        (f"gazette-vaudre.example\n{TITLE}", ["source", "title"]),
        (f"RUGBY – COUPE DES VALLÉES\n\n{TITLE}", ["tags", "title"]),
        (f"L’Écho de la Vaudre – édition du 3 mai 2023 – page 4\n\n{TITLE}", ["source", "title"]),
        (f"reposté par admin | 9 mai 2023\n{TITLE}", ["byline", "date", "title"]),
        (f"12\nPartages\n{TITLE}", ["counter", "counter", "title"]),
        (f"{TITLE}\nVaudreuil, le 3 mai 2023", ["title", "date"]),
        (f"{TITLE}\nLise Amar, le 3 mai 2023", ["title", "byline", "date"]),
        (f"{TITLE}\nDe Lise Amar\n3 mai 2023", ["title", "byline", "date"]),
        (f"{TITLE}\nVaudreuil (Suisse), 3 mai 2023 (AFP) -", ["title", "dateline"]),
    ],
)
def test_what_stands_above_the_title_and_below_it_is_not_the_title(head, expected):
    assert [role for role, _ in roles(f"{head}\n\n{LEAD}\n\n{BODY}\n\n{MORE}")] == [*expected, "lead", "body", "body"]


def test_a_name_that_only_furniture_repeats_below_is_that_of_the_site():
    head = f"Vaudre & Cie\n\n{TITLE}\n\nLise Amar\n3 mai 2023"
    text = f"{head}\n\n{LEAD}\n\n{BODY}\n\n© 2023 Vaudre & Cie. Tous droits réservés."
    assert roles(text)[0] == ("source", "Vaudre & Cie")
    assert article(text)["title"] == TITLE


def test_a_title_in_capitals_over_two_lines_is_one_title():
    text = f"FAITS DIVERS\nDEUX PÊCHEURS SAUVÉS\nDANS LA BAIE DE LORNEL\nLise Amar\n3 mai 2023\n\n{LEAD}\n\n{BODY}"
    assert article(text)["title"] == "Deux pêcheurs sauvés dans la baie de lornel"
    assert roles(text)[0] == ("tags", "FAITS DIVERS")


def test_a_short_line_above_a_credit_is_a_caption_but_not_the_last_sentence():
    caption = "La halle déserte, mardi matin."
    found = roles(f"{TITLE}\n\nLise Amar\n3 mai 2023\n\n{LEAD}\n\n{caption}\nPHOTO J. ROUX\n\n{BODY}\n\n{MORE}")
    assert ("caption", caption) in found
    assert ("credit", "PHOTO J. ROUX") in found
    assert roles(f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\nElle rouvrira au printemps.\nPhoto J. Roux")[3][0] == "body"


def test_titles_below_a_header_of_links_are_links_and_the_heading_after_text_is_none():
    links = "Articles liés\nLe marché déménage\nQui paiera ?"
    text = f"{TITLE}\nLise Amar\n3 mai 2023\n{LEAD}\n{links}\n{BODY}\nUn prêt\n{MORE}"
    found = {t: r for r, t in roles(text)}
    assert [found[t] for t in ("Le marché déménage", "Qui paiera ?", "Un prêt")] == ["promo", "promo", "heading"]


def test_key_points_without_bullets_end_where_the_text_begins():
    points = "L’essentiel\nLa halle ouvrira en 2025\nLe prêt court sur vingt ans"
    found = roles(f"{TITLE}\nLise Amar\n3 mai 2023\n{points}\n{LEAD}\n{BODY}")
    assert [r for r, _ in found] == ["title", "byline", "date", "keypoints", "keypoints", "keypoints", "lead", "body"]


def test_results_of_a_race_are_a_table_and_a_list_of_measures_is_text():
    results = "Classement\n1. Lise Amar (FRA) 29'51\n2. Jana Roux (SUI) 30'02\n3. Ida Verne (BEL) 30'40"
    assert [r for r, _ in roles(f"{TITLE}\n\n{LEAD}\n\n{results}\n\n{BODY}")] == [
        "title", "lead", "table", "table", "table", "table", "body",
    ]  # fmt: skip
    measures = "1. Une tente sera montée\n2. Le parking restera ouvert"
    assert [r for r, _ in roles(f"{TITLE}\n\n{LEAD}\n\n{measures}\n\n{BODY}")][2:4] == ["body", "body"]


def test_an_embargo_is_no_date_of_publication():
    text = f"{TITLE}\nVaudreuil, le 3 mai 2023\nSous embargo jusqu’au 4 mai 2023 à 8h\n\n{LEAD}\n\n{BODY}"
    assert str(article(text)["published_at"]) == "2023-05-03 00:00:00"


def test_initials_at_the_foot_are_those_of_the_author_above():
    text = f"{TITLE}\nLise Amar\n3 mai 2023\n\n{LEAD}\n\n{BODY}\n\nL. A."
    assert article(text)["authors"] == ["Lise Amar"]


def test_a_table_may_be_parted_by_semicolons():
    text = f"{TITLE}\n\n{LEAD}\n\nPrix par saison\nSaison ; 2025 ; 2026\nHiver ; 12 € ; 13 €\n\n{BODY}\n\n{MORE}"
    assert [role for role, _ in roles(text)][2:5] == ["table"] * 3


def test_readers_who_posted_at_an_hour_are_comments():
    text = "7 messages sur « La halle »\n\nPaulo, posté à 08:12\nEnfin !\n+ 4 | - 1\n\nLéa, posté à 09:30\nEt alors ?\n"
    assert lay(text).articles.is_empty()
    assert {role for role, _ in roles(text)} == {"counter", "comment"}


def test_a_date_put_online_is_of_publication_and_one_put_online_again_is_not():
    dated = article(f"{TITLE}\n\nLundi 9 févr. 2026 (remis en ligne le 12/02/2026)\n\n{LEAD}\n\n{BODY}")
    assert str(dated["published_at"]) == "2026-02-09 00:00:00"
    online = article(f"{TITLE}\n\nEn ligne depuis le mardi 3 février 2026, 8h\n\n{LEAD}\n\n{BODY}")
    assert str(online["published_at"]) == "2026-02-03 08:00:00"


def test_an_agency_and_the_date_it_published_are_a_byline_and_no_reader():
    found = article(f"{TITLE}\n\nAFP, publié le lundi 06 mai 2024 à 08h24\n\n{LEAD}\n\n{BODY}\n\n{MORE}\n")
    assert (str(found["published_at"]), found["agencies"]) == ("2024-05-06 08:24:00", ["AFP"])


def test_a_running_head_of_print_dates_the_article():
    head = "LE CLAIRON DE BRISSAC        Mardi 4 mars 2025        page 6"
    below = "LE CLAIRON DE BRISSAC        Mardi 4 mars 2025        page 7"
    found = article(f"{head}\n\n{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{below}\n\n{MORE}\n")
    assert (str(found["published_at"]), found["published_evidence"]) == ("2025-03-04 00:00:00", "Mardi 4 mars 2025")


def test_a_caption_that_names_somebody_before_a_picture_label_is_no_byline():
    caption = "Odette Pradier, reine de la soirée. PHOTO J. MARLIN"
    found = article(f"{TITLE}\n\nPar Lise Amar\n\n{LEAD}\n\n{BODY}\n\n{caption}\n\n{MORE}\n")
    assert found["authors"] == ["Lise Amar"]
