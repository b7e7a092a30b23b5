"""What every reader gives: records and faults, and how they are made."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from flows.readers.columns import candidates, has_text, name_columns
from flows.readers.guard import suspect_articles
from flows.readers.sources import Source
from flows.readers.words import read_lexicon
from flows.settings import Limits
from transforms.documents import LONE_SURROGATE, Decoded, NotText, decode, make_record, tidy_line_breaks

PAYLOAD_BYTES = Limits().record_bytes
"""What a reject keeps of its record or row: all of it, so that it can be mended and tried again."""
SHOWN_BYTES = 1024
"""What is kept of a record that is too long to be kept."""
GIVEN_DEPTH = 32
"""Lists within lists that a given value may have; beyond, nothing of it is kept but in `raw`."""
Record = dict[str, Any]
Row = TypeVar("Row")


class Fault(NamedTuple):
    """Something that could not be taken in; becomes a row of rejects."""

    source_path: str
    record: int | None
    stage: str
    reason: str
    detail: str | None
    payload: bytes | None
    document_id: str | None = None


def fault(source: Source, record: int | None, reason: str, detail: str | None, raw: bytes | None = None) -> Fault:
    """A fault of one record, or of the whole file (record null), found while reading."""
    return Fault(source.source_path, record, "read", reason, detail, raw and raw[:PAYLOAD_BYTES])


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


def read_each(
    source: Source, rows: Iterable[Row], read: Callable[[int, Row], Record | Fault], raw_of: Callable[[Row], bytes]
) -> Iterator[Record | Fault]:
    """Number rows from 0 and read each; whatever goes wrong in one costs only that one."""
    for number, row in enumerate(rows):
        try:
            yield read(number, row)
        except Exception as error:
            detail = f"{type(error).__name__}: {first_line(error)}"
            yield fault(source, number, "record cannot be read", detail, raw_of(row))


def read_text_record(source: Source, record: int | None, raw: bytes, given: dict[str, Any]) -> Record | Fault:
    """A record whose bytes are its text. Errors: none; bytes that are no text, or too many, are a Fault."""
    if len(raw) > source.limits.record_bytes:
        return too_long(source, record, raw)
    try:
        return make_record(source.source_path, record, raw, decode(raw), tidy_given(given))
    except NotText as error:
        return not_text(source, record, error, raw)


def read_row(
    source: Source, record: int, row: dict[str, Any], raw: bytes | None, *, encoding: str = "utf-8"
) -> Record | Fault:
    """A record of named columns: the text is that of the column that holds it, the others are given beside it.

    In:  raw, the row's bytes as they stand in the file, and the encoding they are in; null where the format has none,
    then the text's.
    """
    text, given = name_columns(row)
    if text is None and not has_text(row):
        return fault(source, record, "no text column", describe_columns(row), raw)
    if text is None and (held := [type(v).__name__ for n, v in row.items() if has_text([n]) and v is not None]):
        return fault(source, record, "text is no string", held[0], raw)
    return make_text_record(source, record, raw, text or "", given, encoding=encoding)


def make_text_record(
    source: Source,
    record: int | None,
    raw: bytes | None,
    text: str | bytes,
    given: dict[str, Any],
    *,
    encoding: str = "utf-8",
) -> Record | Fault:
    """A record of a text that was taken out of its file, with what is given beside it.

    In:  raw, the record's bytes, and their encoding; null: those of the text.
    """
    try:
        decoded = decode(text) if isinstance(text, bytes) else Decoded(tidy_line_breaks(text), encoding)
    except NotText as error:
        return not_text(source, record, error, raw or b"")
    raw = raw if raw is not None else decoded.text.encode()
    if len(raw) > source.limits.record_bytes:
        return too_long(source, record, raw)
    return make_record(source.source_path, record, raw, decoded, tidy_given(given))


def row_bytes(row: dict[str, Any]) -> bytes:
    """A row as a line of JSON, the bytes of a record of a format that has none of its own for it."""
    return json.dumps(tidy_given(row), ensure_ascii=False).encode()


def say_columns(names: Iterable[str]) -> str:
    """What the columns of a file were taken for, in one line."""
    taken: dict[str, list[str]] = {}
    for meaning, found in candidates(tuple(names)).items():
        taken.setdefault(found[0], []).append(meaning)
    return ", ".join(f"{name} is {' or '.join(meant)}" for name, meant in taken.items())


def describe_columns(names: Iterable[str]) -> str:
    """What was looked for and what was there, for a file without a column of texts."""
    wanted = [row["column"] for row in read_lexicon("given_columns") if row["meaning"] == "text"]
    return f"looked for {', '.join(wanted[:6])} and {len(wanted) - 6} others; has {', '.join(map(str, names))[:200]}"


def warn_of_more(source: Source, text: str) -> Iterator[Fault]:
    """A fault where a text of which one article was made may hold more; it costs no record."""
    suspicion = suspect_articles(text)
    if suspicion is not None:
        detail = f"holds perhaps {suspicion.articles} articles; 1 was read (such a line repeats: {suspicion.line!r})"
        yield fault(source, None, "perhaps several articles", detail)


def not_text(source: Source, record: int | None, error: NotText, raw: bytes) -> Fault:
    """The fault of bytes that are no text."""
    return fault(source, record, "not a text", str(error), raw)._replace(stage="decode")


def too_long(source: Source, record: int | None, raw: bytes) -> Fault:
    """The fault of a record above the limit; its beginning shows which it is."""
    detail = f"at most {source.limits.record_bytes:,} bytes a record (MARBRE_RECORD_BYTES); split it"
    return fault(source, record, "record too long", detail, raw[:SHOWN_BYTES])


def tidy_given(given: dict[str, Any]) -> dict[str, Any]:
    """Given columns as JSON can hold them."""
    return {LONE_SURROGATE.sub("\ufffd", str(key)): as_json(value) for key, value in given.items()}


def as_json(value: Any, depth: int = 0) -> Any:
    """A value as JSON can hold it: dates in ISO format, half surrogates gone, what is no number or too deep null."""
    if isinstance(value, str):
        return tidy_line_breaks(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict | list | tuple):
        return _as_json_nested(value, depth)
    if isinstance(value, bytes):
        return tidy_line_breaks(value.decode("utf-8", "replace"))
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _as_json_nested(value: Any, depth: int) -> Any:
    if depth >= GIVEN_DEPTH:
        return None
    if isinstance(value, dict):
        return {LONE_SURROGATE.sub("\ufffd", str(k)): as_json(v, depth + 1) for k, v in value.items()}
    return [as_json(item, depth + 1) for item in value]
