"""The gold texts keep their own promises: spans slice, blocks cover.

All are invented (CC0) and were labelled by hand before any rule was run on them. `texts` holds twelve, one for each of
twelve noise families: an interview, a live blog, a press release, a list, a forum post, a PDF copy, a feed digest, a
page with its cookie banner and login box, a Belgian, a Swiss and a West African paper, a sports page. `news` holds
twelve press pages that name real countries and institutions and invented persons: among them a pair of near-duplicates,
a machine translation without a title, an English page and one that is nothing but comments. `held_out` holds twelve
more of the same kinds on other topics, labelled after the rules were written and without running them.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
FOLDERS = {"texts": 12, "news": 12, "held_out": 12}
GOLD = {p: json.loads(p.read_text("utf-8")) for folder in FOLDERS for p in sorted((HERE / folder).glob("*.gold.json"))}
each = pytest.mark.parametrize(("path", "gold"), GOLD.items(), ids=lambda x: x["file"] if isinstance(x, dict) else "")
each_folder = pytest.mark.parametrize(("folder", "count"), FOLDERS.items())


def read(path: Path, gold: dict[str, Any]) -> str:
    return (path.parent / str(gold["file"])).read_bytes().decode(str(gold["encoding"]))


@each_folder
def test_each_text_has_its_labels(folder: str, count: int) -> None:
    labelled = {gold["file"] for path, gold in GOLD.items() if path.parent.name == folder}
    assert len(labelled) == count
    assert {p.name for p in (HERE / folder).glob("*.txt")} == labelled


@each
def test_spans_slice_the_full_text(path: Path, gold: dict[str, Any]) -> None:
    for item in gold["mentions"] + gold["figures"] + gold["quotations"]:
        assert gold["full_text"][item["start"] : item["end"]] == item["text"]


@each
def test_full_text_is_title_and_body_with_one_apostrophe_and_one_space(path: Path, gold: dict[str, Any]) -> None:
    title = gold["article"]["title"]
    assert gold["full_text"] == (f"{title}\n\n{gold['body_text']}" if title else gold["body_text"])
    assert not {"'", "\u00a0", "\u202f", "\r"} & set(gold["full_text"])


@each
def test_every_line_with_text_is_in_exactly_one_block(path: Path, gold: dict[str, Any]) -> None:
    covered = [n for b in gold["blocks"] for n in range(b["start_line"], b["end_line"] + 1)]
    filled = [n for n, line in enumerate(read(path, gold).split("\n"), 1) if line.strip()]
    assert sorted(set(covered)) == sorted(covered)
    assert set(filled) <= set(covered)


@each
def test_dates_are_printed_in_the_text(path: Path, gold: dict[str, Any]) -> None:
    article = gold["article"]
    assert bool(article["published"]) == bool(article["published_evidence"])
    for evidence in [article["published_evidence"], *(d["evidence"] for d in article["other_dates"])]:
        assert evidence is None or evidence in read(path, gold)


@each
def test_mentions_do_not_nest_and_speakers_are_mentioned(path: Path, gold: dict[str, Any]) -> None:
    spans = [(m["start"], m["end"]) for m in gold["mentions"]]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    speakers = {q["speaker"] for q in gold["quotations"]} - {None}
    assert speakers <= {m["canonical"] for m in gold["mentions"]}


def test_duplicates_name_each_other() -> None:
    names = {gold["file"].removesuffix(".txt"): set(gold["duplicates"]) for gold in GOLD.values()}
    assert names["n03_gel"] == {"n04_gel_repris"}
    assert names["v06_urgences"] == {"v07_urgences_repris"}
    assert all(name in names[other] for name, others in names.items() for other in others)
