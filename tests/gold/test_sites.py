"""Roles on texts of sites that no rule was written for: each line labelled by hand before the first run.

All are invented (CC0): a page of a regional daily, a Swiss broadcaster, an Ivorian and a Québec paper, a machine
translation, a PDF copy, a forum, a wire page, a magazine, remnants of HTML, comments alone, and more of such, every one
with its own furniture. Only blocks, title and text are labelled.
"""

import difflib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from schemas.blocks import KEPT_ROLES
from transforms.articles import Layout, lay_out

GOLD = Path(__file__).parent
FLOORS: dict[str, float] = json.loads((GOLD / "floors.json").read_text("utf-8"))["sites"]
LABELS: list[dict[str, Any]] = [json.loads(p.read_text("utf-8")) for p in sorted(GOLD.glob("sites/*.gold.json"))]


def read(gold: dict[str, Any]) -> str:
    return (GOLD / "sites" / gold["file"]).read_bytes().decode(gold["encoding"])


@pytest.fixture(scope="module")
def layout() -> Layout:
    names = [gold["file"] for gold in LABELS]
    given = pl.lit(None, pl.String)
    texts = pl.DataFrame({"document_id": names, "source_path": names, "text": [read(g) for g in LABELS]})
    return lay_out(texts.with_columns(given=given), lambda texts: ["fr"] * len(texts))


def list_lines(gold: dict[str, Any], blocks: pl.DataFrame) -> list[tuple[str | None, set[str]]]:
    """The role that most of each line was given, and those that are right."""
    lines = read(gold).split("\n")
    ends = [sum(len(line) + 1 for line in lines[: i + 1]) - 1 for i in range(len(lines))]
    found = []
    for block in gold["blocks"]:
        right = {block["role"], *block.get("alt_roles", []), *(p["role"] for p in block.get("parts", []))}
        for i in range(block["start_line"] - 1, block["end_line"]):
            if block["role"] == "markup" or not lines[i].strip():
                continue
            cover: Counter[str] = Counter()
            for role, start, end in blocks.select("role", "start", "end").iter_rows():
                cover[role] += max(0, min(end, ends[i]) - max(start, ends[i] - len(lines[i])))
            found.append((cover.most_common(1)[0][0] if cover else None, right))
    return found


def test_roles_stay_above_their_floors(layout: Layout) -> None:
    blocks = {name[0]: group for name, group in layout.blocks.group_by("document_id")}
    lines = [line for gold in LABELS for line in list_lines(gold, blocks[gold["file"]])]
    role = sum(role in right for role, right in lines) / len(lines)
    kept = sum(role in right or (role in KEPT_ROLES) == bool(right & set(KEPT_ROLES)) for role, right in lines)
    assert role >= FLOORS["block_role"]
    assert kept / len(lines) >= FLOORS["block_kept"]


def test_the_text_kept_stays_above_its_floor(layout: Layout) -> None:
    texts = dict(layout.articles.select("document_id", "text").iter_rows())
    same = size = 0
    for gold in LABELS:
        right, found = (re.findall(r"\w+|[^\w\s]", t or "") for t in (gold["full_text"], texts.get(gold["file"])))
        blocks = difflib.SequenceMatcher(None, right, found, autojunk=False).get_matching_blocks()
        same, size = same + 2 * sum(b.size for b in blocks), size + len(right) + len(found)
    assert same / size >= FLOORS["text_tokens"]


@pytest.mark.parametrize("gold", LABELS, ids=lambda gold: gold["file"])
def test_every_line_with_text_is_labelled_once(gold: dict[str, Any]) -> None:
    covered = [n for b in gold["blocks"] for n in range(b["start_line"], b["end_line"] + 1)]
    filled = {n for n, line in enumerate(read(gold).split("\n"), 1) if line.strip()}
    assert len(set(covered)) == len(covered)
    assert filled <= set(covered)
    assert gold["full_text"].endswith(gold["body_text"])
