"""Invented passages by kind of speaker, near misses among them: who speaks, and what is no quotation."""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from transforms.quotations import find_quotations

ROWS = [json.loads(line) for line in (Path(__file__).parent / "speakers.jsonl").read_text("utf-8").splitlines()]
KINDS = {
    "label", "signature", "paragraph", "kin", "author", "scare", "saying", "incise", "participle", "apposition",
    "calls", "crowd", "glued", "twowords",
}  # fmt: skip


def find(row: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The quotations between marks of a passage, whose lines are paragraphs, with the names of their speakers."""
    text, rows, place = row["text"], [], 0
    for line in text.split("\n"):
        if line:
            rows.append(("a", place, place + len(line), line, "body"))
        place += len(line) + 1
    paragraphs = pl.DataFrame(rows, schema=["article_id", "start", "end", "text", "role"], orient="row")
    taken: list[tuple[str, int, int, str, str, str]] = []
    for surface, (kind, name) in sorted(row["mentions"].items(), key=lambda item: -len(item[0])):
        for match in re.finditer(rf"\b{re.escape(surface)}\b", text):
            if not any(start < match.end() and match.start() < end for _, start, end, *_ in taken):
                taken.append(("a", match.start(), match.end(), surface, kind, name))
    schema = {"article_id": pl.String, "start": pl.Int64, "end": pl.Int64}
    schema |= dict.fromkeys(("text", "entity_type", "name"), pl.String)
    mentions = pl.DataFrame(taken, schema=schema, orient="row").sort("start")
    who = dict(mentions.select("start", "name").iter_rows())
    found = find_quotations(paragraphs, mentions).filter(pl.col("kind") != "indirect")
    return [(text, who.get(start)) for text, start in found.select("text", "speaker_start").iter_rows()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']}: {row['text'][:40]}")
def test_speaker_of_each_kind(row):
    assert find(row) == [(quoted["text"], quoted["speaker"]) for quoted in row["quotations"]]


def test_every_kind_has_five_passages_but_glued_sentences():
    counts = {kind: sum(row["kind"] == kind for row in ROWS) for kind in KINDS}
    assert {row["kind"] for row in ROWS} == KINDS
    assert [kind for kind, count in counts.items() if count < 3] == ["glued"]
