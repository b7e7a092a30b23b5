"""What every reader gives: records and faults, and how they are made."""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from flows.readers.sources import Source
from flows.settings import Limits
from transforms.documents import LONE_SURROGATE, Decoded, NotText, decode, make_record, tidy_line_breaks

PAYLOAD_BYTES = Limits().record_bytes
"""What a reject keeps of its record or row: all of it, so that it can be mended and tried again."""
SHOWN_BYTES = 1024
"""What is kept of a record that is too long to be kept."""
GIVEN_DEPTH = 32
"""Lists within lists that a given value may have; beyond, nothing of it is kept but in `raw`."""
TEXT_COLUMNS = ("text", "texte", "body", "content", "contenu", "article")
GIVEN_COLUMNS = {
    "url": ("url", "link", "lien", "permalink", "canonical_url"),
    "title": ("title", "titre", "headline"),
    "date": ("date", "published_at", "published_on", "published", "date_published", "publication_date", "pubdate"),
}
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
        return make_record(source.source_path, record, raw, decode(raw), given)
    except NotText as error:
        return not_text(source, record, error, raw)


def read_row(source: Source, record: int, row: dict[str, Any], raw: bytes | None) -> Record | Fault:
    """A record of named columns: the text is that of the column that holds it, the others are given beside it.

    In:  raw, the row's bytes as they stand in the file; null where the format has none, then the text's.
    """
    column = find_column(list(row), TEXT_COLUMNS)
    if column is None:
        return fault(source, record, "no text column", describe_columns(row), raw)
    text = row.pop(column)
    if text is not None and not isinstance(text, str | bytes):
        return fault(source, record, "text is no string", type(text).__name__, raw)
    try:
        decoded = decode(text) if isinstance(text, bytes) else Decoded(tidy_line_breaks(text or ""), "utf-8")
    except NotText as error:
        return not_text(source, record, error, raw or b"")
    raw = raw if raw is not None else decoded.text.encode()
    if len(raw) > source.limits.record_bytes:
        return too_long(source, record, raw)
    return make_record(source.source_path, record, raw, decoded, name_given(row))


def describe_columns(row: Iterable[str]) -> str:
    """What was looked for and what was there, for a file without a column of texts."""
    return f"looked for {', '.join(TEXT_COLUMNS)}; has {', '.join(map(str, row))[:200]}"


def not_text(source: Source, record: int | None, error: NotText, raw: bytes) -> Fault:
    """The fault of bytes that are no text."""
    return fault(source, record, "not a text", str(error), raw)._replace(stage="decode")


def too_long(source: Source, record: int | None, raw: bytes) -> Fault:
    """The fault of a record above the limit; its beginning shows which it is."""
    detail = f"at most {source.limits.record_bytes:,} bytes a record (MARBRE_RECORD_BYTES); split it"
    return fault(source, record, "record too long", detail, raw[:SHOWN_BYTES])


def find_column(names: list[str], wanted: tuple[str, ...]) -> str | None:
    """The first wanted name that is there, whatever its case."""
    lower = {str(name).lower(): name for name in names}
    return next((lower[w] for w in wanted if w in lower), None)


def name_given(row: dict[str, Any]) -> dict[str, Any]:
    """Given columns under one name each: url, title and date; others keep theirs; nulls are left out."""
    given = {str(k): v for k, v in row.items() if v is not None and v != ""}
    for name, spellings in GIVEN_COLUMNS.items():
        found = find_column(list(given), spellings)
        if found is not None:
            given[name] = given.pop(found)
    return {LONE_SURROGATE.sub("\ufffd", key): as_json(value) for key, value in given.items()}


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
