"""A .json file: an article, a list of them, or an object that holds such a list at any depth; read as it streams."""

import json
from collections.abc import Iterator
from typing import Any

from flows.readers.columns import candidates, has_text, name_columns
from flows.readers.encodings import choose_encoding, encode_again, open_text
from flows.readers.records import Fault, Record, fault, first_line, read_row
from flows.readers.sources import Source

SUFFIXES = (".json",)
PIECE = 1 << 18
"""Characters read at a time; an article is shorter, so that few are tried before they are whole."""
DEEPEST = 8
"""Objects within objects that are looked into for a list."""


class NotJson(ValueError):
    """The text is no JSON from here on."""


class Cursor:
    """A place in a stream of JSON, from which values are taken one by one; only the one in hand is in memory."""

    def __init__(self, source: Source) -> None:
        """Start at the beginning of a source."""
        self.encoding = choose_encoding(source.head)
        self._stream = open_text(source, self.encoding)
        self._most = source.limits.record_bytes
        self._decoder = json.JSONDecoder(strict=False)
        self._text, self._at, self._is_over = "", 0, False

    def peek(self) -> str:
        """The next character that is not white space, without taking it; empty at the end."""
        while True:
            for place in range(self._at, len(self._text)):
                if self._text[place] not in " \t\r\n\ufeff":
                    self._at = place
                    return self._text[place]
            self._at = len(self._text)
            if not self._read_on(PIECE):
                return ""

    def take(self, *expected: str) -> str:
        """Take the next character. Errors: NotJson where it is none of those expected."""
        found = self.peek()
        if found not in expected or not found:
            raise NotJson(f"expected {' or '.join(expected)}, found {found or 'the end of the file'}")
        self._at += 1
        return found

    def value(self) -> tuple[Any, bytes]:
        """Take the next value: what it is, and its bytes. Errors: NotJson; RecursionError."""
        self.peek()
        piece = PIECE
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
                if end < len(self._text) or self._is_over:
                    raw = encode_again(self._text[self._at : end], self.encoding)
                    self._at = end
                    return found, raw
            except json.JSONDecodeError as error:
                if self._is_over:
                    raise NotJson(f"{error.msg} (the file may be cut short)") from None
            if len(self._text) - self._at > self._most:
                raise NotJson(f"a value is longer than {self._most:,} bytes (MARBRE_RECORD_BYTES)")
            self._read_on(piece)
            piece *= 2

    def try_value(self) -> tuple[Any, bytes] | None:
        """The next value as `value` gives it; null, and nothing is taken, where it cannot be had whole."""
        try:
            return self.value()
        except NotJson:
            return None

    def _read_on(self, piece: int) -> bool:
        more = self._stream.read(piece)
        self._is_over = not more
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the file value by value; what follows a fault in the JSON is lost, and said."""
    cursor, number = Cursor(source), 0
    try:
        while cursor.peek():
            for row, raw in _rows(cursor, 0):
                yield _read(source, number, row, raw)
                number += 1
    except (NotJson, RecursionError) as error:
        yield fault(source, number, "not JSON", f"{first_line(error)}; {number} records before were read")
        number += 1
    finally:
        cursor.close()
    if not number:
        yield fault(source, None, "no text column", "no object with a text, and no list of such objects")


def _rows(cursor: Cursor, depth: int) -> Iterator[tuple[Any, bytes]]:
    """The articles of the value that comes next, each with its bytes."""
    start = cursor.peek()
    if start == "[":
        yield from _items(cursor, depth)
    elif start != "{" or depth > DEEPEST:
        cursor.value()
    else:
        yield from _object(cursor, depth)


def _items(cursor: Cursor, depth: int) -> Iterator[tuple[Any, bytes]]:
    cursor.take("[")
    while cursor.peek() != "]":
        if cursor.peek() == "[":
            yield from _rows(cursor, depth + 1)
        else:
            row, raw = cursor.value()
            if isinstance(row, dict):
                yield row, raw
        if cursor.peek() != "]":
            cursor.take(",", "]")
            if cursor.peek() == "]":
                raise NotJson("a comma stands before the end of a list")
    cursor.take("]")


def _object(cursor: Cursor, depth: int) -> Iterator[tuple[Any, bytes]]:
    """An article, or what the object holds where it is none itself."""
    found = cursor.try_value()
    if found is not None:
        row, raw = found
        yield from [(row, raw)] if is_article(row, depth) else _held(row, depth + 1)
        return
    cursor.take("{")
    while cursor.peek() != "}":
        cursor.value()
        cursor.take(":")
        yield from _rows(cursor, depth + 1)
        if cursor.peek() != "}":
            cursor.take(",")
    cursor.take("}")


def _held(value: Any, depth: int) -> Iterator[tuple[Any, bytes]]:
    """The articles in a value that is in memory, each written as JSON anew."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        rows = [item for item in value if isinstance(item, dict)]
        if any(has_text(row) for row in rows):
            yield from ((row, json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")) for row in rows)
    elif isinstance(value, dict):
        for inner in value.values():
            if isinstance(inner, dict) and is_article(inner, depth):
                yield inner, json.dumps(inner, ensure_ascii=False).encode("utf-8", "replace")
            else:
                yield from _held(inner, depth + 1)


def is_article(row: dict[str, Any], depth: int) -> bool:
    """Whether an object is an article: it has a text; within another object also a title, date, author or address."""
    if name_columns(row)[0] is None:
        return False
    return not depth or bool({"title", "date", "authors", "url"} & candidates(tuple(map(str, row))).keys())


def _read(source: Source, number: int, row: Any, raw: bytes) -> Record | Fault:
    try:
        return read_row(source, number, row, raw)
    except Exception as error:
        return fault(source, number, "record cannot be read", f"{type(error).__name__}: {first_line(error)}", raw)
