"""A .xlsx workbook: one record a row of each sheet that has a column of texts."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from flows.readers.columns import has_text
from flows.readers.records import Fault, Record, describe_columns, fault, read_each, read_row, row_bytes, say_columns
from flows.readers.sources import Source, open_seekable
from flows.readers.tables import name_header

SUFFIXES = (".xlsx", ".xlsm")
HEADER_WITHIN = 20
"""Rows above the header that a title or a logo may take."""


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the sheets row by row."""
    headers: list[list[str]] = []
    with open_seekable(source) as stream:
        rows = _rows(stream, headers)
        first = next(rows, None)
        if first is None:
            yield fault(source, None, "no text column", describe_columns(headers[0] if headers else []))
            return
        source.say(f"a workbook; {say_columns(first)}")
        every = chain([first], rows)
        yield from read_each(
            source, every, lambda number, row: read_row(source, number, row, row_bytes(row)), row_bytes
        )


def _rows(stream: Any, headers: list[list[str]]) -> Iterator[dict[str, Any]]:
    """Rows by column, of every sheet that has texts; the first rows of the others are added to `headers`."""
    from openpyxl import load_workbook  # noqa: PLC0415  # 0.3 s, for inboxes that hold a workbook

    book = load_workbook(stream, read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = (list(cells) for cells in sheet.iter_rows(values_only=True))
        header = _find_header(rows, headers)
        for cells in rows if header else []:
            if any(cell is not None for cell in cells):
                yield dict(zip(header, cells, strict=False))


def _find_header(rows: Iterator[list[Any]], headers: list[list[str]]) -> list[str]:
    """The first row that names a column of texts; empty where there is none."""
    for cells in islice(rows, HEADER_WITHIN):
        names = name_header(["" if cell is None else str(cell) for cell in cells])
        if has_text(names):
            return names
        if any(cell is not None for cell in cells):
            headers.append(names)
    return []
