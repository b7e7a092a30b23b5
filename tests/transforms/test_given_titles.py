"""Titles given beside a text are in the text, once."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.articles import lay_out
from transforms.documents import Decoded, make_record
from transforms.given_titles import find_printed_title, put_title_first, read_given_title
from transforms.records import RECORDS

TITLE = "Hautecombe : le bac rouvre, 120 passagers par heure"
BODY = (
    "Le bac de Hautecombe a repris ses traversées samedi, devant trois cents personnes venues des deux rives.\n\n"
    "Il est gratuit pour les riverains, a indiqué la mairie, qui a payé la moitié des travaux du quai."
)


def lay(text: str, **columns: str):
    record = make_record("a.jsonl", 0, text.encode(), Decoded(text, "utf-8"), columns)
    return lay_out(pl.DataFrame([record], schema=RECORDS), lambda texts: ["fr"] * len(texts))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (f"{TITLE}\n\n{BODY}", TITLE),
        (f"Transports\n\n{TITLE.upper()}\n\n{BODY}", TITLE.upper()),
        (f"# {TITLE}\n\n{BODY}", f"# {TITLE}"),
        (f"Hautecombe : le bac rouvre,\n120 passagers par heure\n\n{BODY}", TITLE.replace(", ", ",\n")),
        (f"{TITLE} | Le Phare du Lac\n\n{BODY}", f"{TITLE} | Le Phare du Lac"),
        (f"<h1>{TITLE}</h1>\n<p>{BODY}</p>", TITLE),
        (BODY, None),
        (f"{BODY}\n\nHautecombe : le bac", None),
    ],
)
def test_a_printed_title_is_found_among_the_first_lines(text, printed):
    span = find_printed_title(text, TITLE)
    assert (text[span.start : span.end] if span else None) == printed


def test_a_title_cut_short_is_that_of_the_line_that_goes_on():
    assert find_printed_title(f"{TITLE}\n\n{BODY}", "Hautecombe : le bac rouvre, 120…") == (0, len(TITLE))
    assert find_printed_title(BODY, "Le bac de Hautecombe a repris ses…") is None


def test_a_given_title_is_the_title_and_the_first_line_of_the_text():
    layout = lay(BODY, title=TITLE)
    (article,) = layout.articles.to_dicts()
    assert article["title"] == TITLE
    assert article["text"] == f"{TITLE}\n\n{BODY}"
    assert layout.blocks["role_rule"][0] == "given_title"
    (run,) = layout.alignments.filter(pl.col("start") == 0).to_dicts()
    assert layout.documents["text"][0][run["raw_start"] : run["raw_end"]] == TITLE


def test_a_title_that_the_text_prints_is_there_once():
    (article,) = lay(f"Transports\n\n{TITLE}\n\nPar Lise Amar\n\n{BODY}", title=TITLE).articles.to_dicts()
    assert article["text"] == f"{TITLE}\n\n{BODY}"
    assert article["authors"] == ["Lise Amar"]


def test_a_given_title_stands_before_a_heading_of_the_text():
    (article,) = lay(f"# En bref\n\n{BODY}", title=TITLE).articles.to_dicts()
    assert article["title"] == TITLE


@pytest.mark.parametrize("value", [None, 3, "", " — ", "x" * 600, ["a"]])
def test_what_is_no_title_is_none(value):
    assert read_given_title({"title": value}) is None


def test_an_empty_text_stays_empty():
    assert put_title_first(" \n", {"title": TITLE}) == " \n"


@given(st.text(max_size=300), st.text(max_size=60))
def test_a_title_is_never_put_twice(text, title):
    once = put_title_first(text, {"title": title})
    assert put_title_first(once, {"title": title}) == once
    assert once.endswith(text)


def test_identity_is_that_of_the_record_as_given():
    with_title = make_record("a", 0, b"", Decoded(BODY, "utf-8"), {"title": TITLE})
    assert with_title["document_id"] != make_record("a", 0, b"", Decoded(BODY, "utf-8"), {})["document_id"]
    assert json.loads(with_title["given"]) == {"title": TITLE}
