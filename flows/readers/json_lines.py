"""Lines of JSON: one record a line that is not blank."""

import json
from collections.abc import Iterator

from flows.readers.encodings import utf8_lines
from flows.readers.records import Fault, Record, fault, first_line, read_each, read_row, too_long
from flows.readers.sources import Source
from transforms.documents import NotText, decode

SUFFIXES = (".jsonl", ".ndjson", ".jl")


def knows(source: Source) -> bool:
    """Whether a file named .json holds a JSON object a line, as Spark and data sets write them."""
    if source.suffix != ".json" or not source.head.startswith(b"{"):
        return False
    first, _, rest = source.head.partition(b"\n")
    return rest.lstrip().startswith(b"{") and first.rstrip().endswith(b"}") and _is_object(first)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the file line by line."""
    lines = (line for line in utf8_lines(source, source.limits.record_bytes) if line.strip())
    yield from read_each(source, lines, lambda number, line: read_line(source, number, line), bytes)


def read_line(source: Source, number: int, line: bytes) -> Record | Fault:
    """The record of one line. A separator of lines or paragraphs (U+2028, U+2029, U+0085) may stand in its strings."""
    if len(line) > source.limits.record_bytes:
        return too_long(source, number, line)
    try:
        row = json.loads(_decode_line(line), strict=False)
    except (NotText, ValueError, RecursionError) as error:
        return fault(source, number, "not JSON", first_line(error), line)
    if not isinstance(row, dict):
        return fault(source, number, "not a JSON object", f"a JSON {type(row).__name__}", line)
    return read_row(source, number, row, line)


def _decode_line(line: bytes) -> str:
    """A line as text, its separators as they stand: decode() would make line breaks of them."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(line).text
