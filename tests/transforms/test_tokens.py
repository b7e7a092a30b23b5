"""Tokens: as the French treebanks count them, with slices that hold on any text."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.tokens import list_stems, split_tokens

SCHEMA = {"article_id": pl.String, "sentence_index": pl.Int64, "start": pl.Int64, "text": pl.String}


def lay(*sentences: str) -> pl.DataFrame:
    """Sentences of one article, a space between."""
    starts = [sum(len(s) + 1 for s in sentences[:i]) for i in range(len(sentences))]
    return pl.DataFrame(
        {"article_id": "a", "sentence_index": range(len(sentences)), "start": starts, "text": sentences}, schema=SCHEMA
    )


@pytest.mark.parametrize(
    "cut",  # a bar where two tokens touch, _ for a space inside a token
    [
        "Le lac a gelé|.",
        "l’|île d’|Yeu n’|est pas qu’|un rocher",
        "L'|île et l'|eau|, aujourd'hui lorsqu'|il pleut",
        "N’Djamena|, presqu’île|, prud’hommes|, O’Brien",
        "Vient|-il ? A|-t-elle dit : donne|-le|-moi|.",
        "ce jour|-là|, celui-ci|, au-delà|, rendez-vous|, Montigny-le-Vieux Paris-La|.",
        "12_500 arbres|, 1_250_000 feuilles et 2010 300 fois",
        "-3,5 °C|, 45|%|, 12|€|, 30.000|, +14 points",
        "21|h|46|, 20|h|, 5|km|, 1er|, 3e|, 4x4|, G20",
        "la 10_000e à 30|m2|, le 25/01/06|, 4-3|, 1971-72",
        "M. Blin|, J.-P. Roc|, av. J.-C.|, U.S.A|, etc.|, etc|...",
        "voir https://exemple.fr/a-b?c=1|, ecrire@exemple.fr|, exemple.fr|.",
        '« Oui ! » (|non|)|… -- "|quoi|"',
        "les élu·e·s|, le(s) lieu(x)|, mg|/|kg|, et|/|ou|, 90 km/h",
        "gelé|.|Le lac",
        "le plan B|.",
        "Ils sont sept|.",
    ],
)
def test_counts_tokens_as_the_treebanks_do(cut: str) -> None:
    text = cut.replace("|", "").replace("_", " ")
    assert split_tokens(lay(text))["text"].to_list() == [t.replace("_", " ") for t in cut.replace("|", " ").split()]


def test_places_and_numbers_run_through_article_and_sentence() -> None:
    out = split_tokens(lay("L’eau  gèle.", "Elle dort."))
    assert out.drop("stem").rows() == [
        ("a", 0, 0, 0, 2, "L’"),
        ("a", 0, 1, 2, 5, "eau"),
        ("a", 0, 2, 7, 11, "gèle"),
        ("a", 0, 3, 11, 12, "."),
        ("a", 1, 0, 13, 17, "Elle"),
        ("a", 1, 1, 18, 22, "dort"),
        ("a", 1, 2, 22, 23, "."),
    ]


def test_stems_bring_forms_of_a_word_together_whatever_its_accents_and_capitals() -> None:
    out = split_tokens(lay("Élections élection ELECTIONS œuvre Oeuvres"))
    assert out["stem"].n_unique() == 2
    stems = list_stems(out)
    assert stems["word"].to_list() == ["election", "elections", "oeuvre", "oeuvres"]
    assert stems.filter(pl.col("word") == "elections")["stem"].item() == out["stem"][0]


def test_marks_have_no_place_among_the_stems() -> None:
    assert list_stems(split_tokens(lay("Oui, « 12 » !")))["word"].to_list() == ["12", "oui"]


def test_no_sentence_gives_no_token_and_the_same_columns() -> None:
    out = split_tokens(pl.DataFrame(schema=SCHEMA))
    assert out.schema == split_tokens(lay("Oui.")).schema
    assert out.height == 0


PIECES = st.sampled_from(
    [
        "l’",
        "D'",
        "eau",
        "-t-il",
        "-",
        "12",
        "12 500",
        "0 000",
        "(",
        ".",
        "J.-C.",
        "(s)",
        "/",
        " ",
        "\n",
        "œ",
        "𝄞",
        "é",
        "@",
        "_",
    ]
)


@given(st.lists(st.one_of(st.text(max_size=12), st.lists(PIECES, max_size=12).map("".join)), min_size=1, max_size=4))
def test_slices_are_exact_and_every_character_is_in_one_token(sentences: list[str]) -> None:
    text = " ".join(sentences)
    out = split_tokens(lay(*sentences))
    assert [text[a:b] for a, b in out.select("start", "end").rows()] == out["text"].to_list()
    assert "".join("".join(out["text"]).split()) == "".join(text.split())
    assert (out["end"] <= out["start"].shift(-1, fill_value=len(text))).all()
