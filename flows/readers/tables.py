"""Tables as text (.csv, .tsv): one record a row; delimiter, quotes, encoding and decimal comma are found and said."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from flows.readers.columns import MEANINGS, candidates, has_text
from flows.readers.encodings import choose_encoding, encode_again, open_text, settle_cell
from flows.readers.records import PAYLOAD_BYTES, Fault, Record, describe_columns, fault, read_row, say_columns
from flows.readers.sources import Source

SUFFIXES = (".csv", ".tsv", ".tab")
DELIMITERS = (";", ",", "\t", "|")
DECIMAL_COMMA = re.compile(r"-?\d{1,12},\d{1,12}")
SNIFFED_ROWS = 20
LONGEST_ROW = 2 * 2**20
"""Characters after which a row that does not end is given up; the longest news text we know of has 0.4 million."""
TRIED_LINES = 10_000
"""Lines of a row that never ends at which the next one is looked for."""


class Dialect(NamedTuple):
    """How a table is written."""

    encoding: str
    delimiter: str
    escape: str | None
    """What stands before a quote within quotes, where it is not doubled."""
    has_separator_line: bool
    """Whether the first line is `sep=;`, as spreadsheets write it."""


class Row(NamedTuple):
    """One row: its cells (null: it could not be parsed), its text as it stands, and what is wrong with it."""

    cells: list[str] | None
    written: str
    wrong: str | None = None


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the file row by row."""
    dialect = sniff(source)
    csv.field_size_limit(min(source.limits.record_bytes, 2**31 - 1))
    with open_text(source, dialect.encoding) as stream:
        lines = islice(stream, int(dialect.has_separator_line), None)
        rows = parse_rows(lines, dialect, min(source.limits.record_bytes, LONGEST_ROW))
        head = next((row for row in rows if row.cells), Row([], ""))
        header = name_header(head.cells or [])
        if not has_text(header):
            yield fault(source, None, "no text column", describe_columns(header))
            return
        source.say(f"{describe(dialect)}; {say_columns(header)}")
        for number, row in enumerate(row for row in rows if row.cells is None or any(row.cells)):
            item = _read_row(source, number, header, row, dialect)
            yield item if isinstance(item, dict) else _keep_header(item, head, dialect)


def describe(dialect: Dialect) -> str:
    """A dialect in words."""
    names = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
    return f"a table with {names[dialect.delimiter]}, {dialect.encoding}" + (
        ", decimal commas" if dialect.delimiter != "," else ""
    )


def name_header(cells: list[str]) -> list[str]:
    """Names of columns: without marks and spaces around; those without one by their place."""
    return [cell.strip().lstrip("\ufeff") or f"column_{place + 1}" for place, cell in enumerate(cells)]


def sniff(source: Source) -> Dialect:
    """Find how a table is written, by its first rows: the dialect that gives most columns a meaning, in even rows."""
    encoding = choose_encoding(source.head)
    text = source.head.decode(encoding, "replace").lstrip("\ufeff")
    told = re.match(r"sep=(.)\r?\n", text)
    sample = text[told.end() :] if told else text
    is_escaped = sample.count('\\"') > 2 * sample.count('""')
    escape = "\\" if is_escaped else None
    if told and told[1] in DELIMITERS:
        return Dialect(encoding, told[1], escape, True)
    options = [Dialect(encoding, delimiter, escape, bool(told)) for delimiter in DELIMITERS]
    return max(options, key=lambda dialect: _fitness(sample, dialect))


def _fitness(sample: str, dialect: Dialect) -> tuple[int, int, int]:
    rows = list(islice(parse_rows(sample.splitlines(keepends=True), dialect, len(sample)), SNIFFED_ROWS + 1))
    header = name_header(rows[0].cells or []) if rows else []
    known = candidates(tuple(header))
    even = sum(len(row.cells or []) == len(header) for row in rows[1:-1])
    return sum(meaning in known for meaning in MEANINGS), even if len(header) > 1 else 0, len(header)


def parse_rows(lines: Iterable[str], dialect: Dialect, most: int) -> Iterator[Row]:
    """Rows of a table, each with the characters it was read from.

    A quote that is never closed would take the rest of the file for one cell: where a row does not end within `most`
    characters, or at the end of the file, it is given up at the next line that begins a row of the right width.
    """
    waiting: deque[str] = deque()
    width = 0
    source = iter(lines)
    while waiting or (line := next(source, None)) is not None:
        taken = [waiting.popleft() if waiting else line or ""]
        cells, wrong = _parse(taken, waiting, source, dialect, most)
        if cells is None and width > 1:
            kept = _next_row(taken, dialect, width)
            waiting.extendleft(reversed(taken[kept:]))
            del taken[kept:]
        width = width or len(cells or [])
        yield Row(cells, "".join(taken), wrong)


def _parse(
    taken: list[str], waiting: deque[str], source: Iterator[str], dialect: Dialect, most: int
) -> tuple[list[str] | None, str | None]:
    """Parse one row that begins with the line taken; the lines it goes on in are added to it."""

    def pull() -> Iterator[str]:
        yield taken[0]
        size = len(taken[0])
        while size <= most:
            line = waiting.popleft() if waiting else next(source, None)
            if line is None:
                return
            size += len(line)
            taken.append(line)
            yield line

    try:
        return next(_reader(pull(), dialect), []), None
    except csv.Error as error:
        return None, str(error)


def _reader(lines: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
        strict=dialect.escape is None,
    )


def _next_row(taken: list[str], dialect: Dialect, width: int) -> int:
    """Where a row that never ends is to be given up: at the first later line that is a row of the width, or nowhere."""
    for place in range(1, min(len(taken), TRIED_LINES)):
        if dialect.delimiter not in taken[place]:
            continue
        try:
            cells = next(_reader((taken[line] for line in range(place, len(taken))), dialect), [])
        except csv.Error:
            continue
        if len(cells) == width:
            return place
    return len(taken)


def _read_row(source: Source, number: int, header: list[str], row: Row, dialect: Dialect) -> Record | Fault:
    raw = encode_again(row.written.rstrip("\r\n"), dialect.encoding)
    try:
        if row.cells is None:
            return fault(source, number, "row is damaged", f"{row.wrong}; a quote may be missing", raw)
        if len(row.cells) > len(header) and any(row.cells[len(header) :]):
            detail = f"has {len(row.cells)} cells, the header {len(header)}"
            return fault(source, number, "row has too many cells", detail, raw)
        if len(row.cells) < len(header) and not row.written.endswith(("\n", "\r")):
            return fault(source, number, "row is cut short", f"has {len(row.cells)} of {len(header)} cells", raw)
        cells = (settle_cell(cell, dialect.encoding) for cell in row.cells)
        values = dict(zip(header, cells, strict=False))
        return read_row(source, number, _read_numbers(values, dialect), raw, encoding=dialect.encoding)
    except Exception as error:
        return fault(source, number, "record cannot be read", f"{type(error).__name__}: {error}", raw)


def _keep_header(fault: Fault, head: Row, dialect: Dialect) -> Fault:
    """The fault of a row with the header above what is kept of it: so it can be read again by itself."""
    if fault.payload is None or fault.reason == "record too long":
        return fault
    above = encode_again(head.written.rstrip("\r\n") + "\n", dialect.encoding)
    return fault._replace(payload=(above + fault.payload)[:PAYLOAD_BYTES])


def _read_numbers(row: dict[str, str], dialect: Dialect) -> dict[str, Any]:
    """A row whose numbers with a decimal comma are numbers; where commas part cells there are none."""
    if dialect.delimiter == ",":
        return dict(row)
    return {n: float(v.replace(",", ".")) if len(v) < 26 and DECIMAL_COMMA.fullmatch(v) else v for n, v in row.items()}
