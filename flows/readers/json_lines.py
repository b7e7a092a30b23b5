"""Lines of JSON: one record a line that is not blank."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from flows.readers.records import Fault, Record, fault, first_line, read_each, read_row, too_long
from flows.readers.sources import BUFFER_BYTES, Source
from transforms.documents import NotText, decode

SUFFIXES = (".jsonl", ".ndjson")


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the file line by line."""
    with source.open() as stream:
        lines = _lines(stream, source.limits.record_bytes)
        yield from read_each(source, lines, lambda number, line: read_line(source, number, line), bytes)


def _lines(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """The lines that are not blank; of one above the limit as much as shows that it is."""
    while line := stream.readline(most + 2):
        if len(line) > most and not line.endswith(b"\n"):
            _skip_line(stream)
        if line.strip():
            yield line.rstrip(b"\r\n")


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(BUFFER_BYTES)) and not rest.endswith(b"\n"):
        pass


def read_line(source: Source, number: int, line: bytes) -> Record | Fault:
    """The record of one line."""
    if len(line) > source.limits.record_bytes:
        return too_long(source, number, line)
    try:
        row = json.loads(decode(line).text)
    except (NotText, ValueError, RecursionError) as error:
        return fault(source, number, "not JSON", first_line(error), line)
    if not isinstance(row, dict):
        return fault(source, number, "not a JSON object", f"a JSON {type(row).__name__}", line)
    return read_row(source, number, row, line)
