"""Pages of other projects’ tests: title, day, authors and text above trafilatura; floors are measured less .02."""

import json
from pathlib import Path

import polars as pl
import pytest

from flows.batches import extract_pages
from flows.languages import load_language_detector
from transforms.articles import lay_out
from transforms.documents import decode_markup, make_record
from transforms.pages.words import fold
from transforms.records import RECORDS

FLOORS = {"title": 0.98, "date": 0.98, "authors": 0.89, "with": 0.95, "without": 0.95}
"""Measured on 27 pages: 13 of 13, 23 of 23, 11 of 12, 35 of 36, 35 of 36."""


@pytest.fixture(scope="module")
def judged(shared: Path) -> dict[str, list[bool]]:
    """For each fact of the gold, whether it is met."""
    folder = shared / "corpus" / "pages"
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    records = []
    for page in gold:
        raw = (folder / "html" / page["file"]).read_bytes()
        records.append(make_record(page["file"], None, raw, decode_markup(raw), {}, is_page=True))
    documents, _ = extract_pages(pl.DataFrame(records, schema=RECORDS))
    articles = {a["source_path"]: a for a in lay_out(documents, load_language_detector()).articles.to_dicts()}
    found: dict[str, list[bool]] = {name: [] for name in FLOORS}
    for page in gold:
        article = articles[page["file"]]
        text, day = fold(article["text"]), article["published_at"] and article["published_at"].date().isoformat()
        found["title"] += [fold(article["title"] or "") == fold(page["title"])] if "title" in page else []
        found["date"] += [day == page["date"]] if "date" in page else []
        found["authors"] += (
            [{*map(fold, article["authors"])} == {*map(fold, page["authors"])}] if "authors" in page else []
        )
        found["with"] += [fold(s) in text for s in page.get("with", [])]
        found["without"] += [fold(s) not in text for s in page.get("without", [])]
    return found


@pytest.mark.parametrize("fact", FLOORS)
def test_pages_stay_above_their_floor(judged, fact):
    assert sum(judged[fact]) / len(judged[fact]) >= FLOORS[fact]
