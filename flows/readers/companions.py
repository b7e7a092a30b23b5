"""Folders of TXM: texts, and a table `metadata` beside them whose column `id` holds the names of their files."""

import csv
import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from flows.readers.columns import candidates, name_columns
from flows.readers.encodings import open_text, settle_cell
from flows.readers.records import Fault, Record, fault
from flows.readers.sources import Source, open_seekable
from flows.readers.tables import name_header, parse_rows, sniff

NAMES = ("metadata.csv", "metadata.tsv", "metadata.xlsx")
MOST_ROWS = 1_000_000


def is_companion(name: str) -> bool:
    """Whether a file by this name may describe the texts beside it."""
    return os.path.basename(name).lower() in NAMES


def knows(source: Source) -> bool:
    """Whether the file is such a table: by its name, where no column of it holds texts."""
    if not is_companion(source.source_path):
        return False
    names = next(iter(_rows(source)), {})
    return "id" in candidates(tuple(names)) and "text" not in candidates(tuple(names))


def read(source: Source) -> Iterator[Record | Fault]:
    """Give no record: its rows are given columns of the texts beside it. A row without its text is told."""
    number = 0
    for number, (name, row) in enumerate(_by_name(source).items(), 1):
        if not any(source.beside(name + suffix) for suffix in ("", ".txt", ".xml", ".md", ".html")):
            yield fault(
                source, number - 1, "no text beside it", f"no file {name}.txt in this folder", repr(row).encode()
            )
    source.say(f"describes the texts of its folder, {number} of them")


def given_beside(source: Source) -> dict[str, Any]:
    """What a table beside a text says of it, by meaning; empty where there is none."""
    for name in NAMES:
        table = source.beside(name)
        if table is not None:
            rows = _cached_rows(Described(table))
            stem = os.path.splitext(os.path.basename(source.source_path))[0]
            return dict(rows.get(stem) or rows.get(os.path.basename(source.source_path)) or {})
    return {}


class Described:
    """A table as a key of the cache: the same path and beginning is the same table within a run."""

    def __init__(self, source: Source) -> None:
        """Hold the source of the table."""
        self.source = source
        self._key = (source.source_path, source.head)

    def __hash__(self) -> int:
        """By path and head."""
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        """By path and head."""
        return isinstance(other, Described) and self._key == other._key


@lru_cache(maxsize=4)
def _cached_rows(table: Described) -> dict[str, dict[str, Any]]:
    try:
        return _by_name(table.source)
    except Exception:  # the table itself is told when its turn comes; its texts are read without it
        return {}


def _by_name(source: Source) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(source):
        given = name_columns(row)[1]
        if given.get("id") and len(found) < MOST_ROWS:
            found[os.path.splitext(str(given["id"]))[0] if "." in str(given["id"]) else str(given["id"])] = given
    return found


def _rows(source: Source) -> Iterator[dict[str, Any]]:
    if source.suffix == ".xlsx":
        yield from _workbook_rows(source)
        return
    dialect = sniff(source)
    csv.field_size_limit(min(source.limits.record_bytes, 2**31 - 1))
    with open_text(source, dialect.encoding) as stream:
        rows = parse_rows(stream, dialect, source.limits.record_bytes)
        header = name_header(next(rows).cells or [])
        for row in rows:
            cells = (settle_cell(cell, dialect.encoding) for cell in row.cells or [])
            yield dict(zip(header, cells, strict=False))


def _workbook_rows(source: Source) -> Iterator[dict[str, Any]]:
    from openpyxl import load_workbook  # noqa: PLC0415

    with open_seekable(source) as stream:
        rows = load_workbook(stream, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True)
        header = name_header(["" if cell is None else str(cell) for cell in next(rows, ())])
        for cells in rows:
            yield dict(zip(header, cells, strict=False))
