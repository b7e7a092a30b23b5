"""What is given beside a text: columns of a table, the front matter, the head of a page, the header of an archive."""

import json
from typing import Any

import polars as pl

from transforms.layout.bylines import read_byline
from transforms.layout.dates import read_dated_line

GIVEN_KEYS = {
    "given_url": ("url", "link", "canonical", "permalink"),
    "given_title": ("title", "titre", "headline"),
    "given_date": ("date", "published_at", "published_on", "published",
    "date_published", "datePublished", "pubdate", "pubDate"),
    "given_updated": ("updated",),
    "given_publication": ("publication",),
    "given_section": ("section", "rubrique", "category"),
    "given_page": ("page",),
    "declared_by": ("declared_by",),
    "signature": ("signature",),
}  # fmt: skip
"""Columns by meaning, and the names they may have; the readers give most of them their first one."""

GIVEN_AUTHORS = ("authors", "author", "auteur", "auteurs", "byline")
DECLARED_BY = ("head", "header")
"""Who declares what is given, where it is no column: the head of a page, the header that an archive prints."""


def read_given(documents: pl.DataFrame) -> pl.DataFrame:
    """The columns given beside a text, by meaning.

    Out: doc, the names of GIVEN_KEYS (String; null where nothing is given), given_authors, given_agencies (List).
    """
    given = documents.filter(pl.col("given").is_not_null()).select("doc", "given")
    # A JSON object per record, whose keys the sources choose: parsed one by one, 300,000 a second.
    rows = [{"doc": doc, **_read_row(json.loads(text))} for doc, text in given.iter_rows()]
    strings = [(name, pl.String()) for name in GIVEN_KEYS]
    names = pl.List(pl.String)
    columns: list[tuple[str, Any]] = [
        ("doc", pl.Int64()),
        *strings,
        ("given_authors", names),
        ("given_agencies", names),
    ]
    return pl.DataFrame(rows, schema=columns)


def _read_row(values: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, keys in GIVEN_KEYS.items():
        row[name] = next((str(values[k]) for k in keys if values.get(k)), None)
    named = next((values[k] for k in GIVEN_AUTHORS if values.get(k)), None)
    row["given_authors"] = [str(a) for a in named] if isinstance(named, list) else _split_authors(named)
    agencies = values.get("agencies")
    row["given_agencies"] = [str(a) for a in agencies] if isinstance(agencies, list) else None
    return row


def _split_authors(text: object) -> list[str] | None:
    if not text:
        return None
    line = read_dated_line(str(text))
    start = line.dates[0].start if line.dates else len(str(text))
    return read_byline(str(text)[:start].strip(" ,")).authors or None
