"""The gold texts keep their own promises: spans slice, blocks cover.

The twelve texts are invented (CC0), one for each of twelve noise families: an interview, a live blog, a press release,
a list, a forum post, a PDF copy, a feed digest, a page with its cookie banner and login box, a Belgian, a Swiss and
a West African paper, a sports page. They were labelled by hand before any rule was run on them.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

TEXTS = Path(__file__).parent / "texts"
GOLD = [json.loads(p.read_text("utf-8")) for p in sorted(TEXTS.glob("*.gold.json"))]
each = pytest.mark.parametrize("gold", GOLD, ids=lambda g: g["file"])


def read(gold: dict[str, Any]) -> str:
    return (TEXTS / gold["file"]).read_bytes().decode(gold["encoding"])


def test_there_are_twelve_texts_each_with_its_labels():
    assert len(GOLD) == 12
    assert {p.name for p in TEXTS.glob("*.txt")} == {g["file"] for g in GOLD}


@each
def test_spans_slice_the_full_text(gold: dict[str, Any]):
    for item in gold["mentions"] + gold["figures"] + gold["quotations"]:
        assert gold["full_text"][item["start"] : item["end"]] == item["text"]


@each
def test_full_text_is_title_and_body_with_one_apostrophe_and_one_space(gold: dict[str, Any]):
    assert gold["full_text"] == f"{gold['article']['title']}\n\n{gold['body_text']}"
    assert not {"'", "\u00a0", "\u202f", "\r"} & set(gold["full_text"])


@each
def test_every_line_with_text_is_in_exactly_one_block(gold: dict[str, Any]):
    covered = [n for b in gold["blocks"] for n in range(b["start_line"], b["end_line"] + 1)]
    filled = [n for n, line in enumerate(read(gold).split("\n"), 1) if line.strip()]
    assert sorted(set(covered)) == sorted(covered)
    assert set(filled) <= set(covered)


@each
def test_dates_are_printed_in_the_text(gold: dict[str, Any]):
    article = gold["article"]
    for evidence in [article["published_evidence"], *(d["evidence"] for d in article["other_dates"])]:
        assert evidence in read(gold)


@each
def test_mentions_do_not_nest_and_speakers_are_mentioned(gold: dict[str, Any]):
    spans = [(m["start"], m["end"]) for m in gold["mentions"]]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert {q["speaker"] for q in gold["quotations"]} <= {m["canonical"] for m in gold["mentions"]}
