"""Files to records: one reader a format. A fault costs only its record."""

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

import pyarrow as arrow
import pyarrow.parquet
import yaml

from flows.inbox import PAYLOAD_BYTES, Fault, InboxFile
from transforms.documents import Decoded, NotText, decode, make_record, tidy_line_breaks

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""A longer record is set aside: the longest news text we know of has 0.4 MB, and one line of 100 MB is a dump."""
PARQUET_ROWS = 2_000
TEXT_COLUMNS = ("text", "texte", "body", "content", "contenu", "article")
GIVEN_COLUMNS = {
    "url": ("url", "link", "lien", "permalink", "canonical_url"),
    "title": ("title", "titre", "headline"),
    "date": ("date", "published_at", "published_on", "published", "date_published", "publication_date", "pubdate"),
}
Record = dict[str, Any]


def read_records(file: InboxFile) -> Iterator[Record | Fault]:
    """Read one file.

    Out: its records as rows of transforms.documents.RECORDS, and a Fault for each that cannot be read; where the
    file itself fails midway, the records before stand and one Fault says so.
    """
    try:
        yield from READERS[file.suffix](file)
    except OSError as error:
        yield Fault(file.source_path, None, "read", "file cannot be read", error.strerror or str(error), None)
    except (arrow.ArrowException, EOFError, zlib.error) as error:
        yield Fault(file.source_path, None, "read", "file is damaged", first_line(error), None)


def first_line(error: Exception) -> str:
    """What an error says, in one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


def read_text_file(file: InboxFile) -> Iterator[Record | Fault]:
    """A .txt or .md file: one record; front matter of .md becomes given columns."""
    raw = _read_whole(file)
    if isinstance(raw, Fault):
        yield raw
        return
    try:
        decoded = decode(raw)
    except NotText as error:
        yield Fault(file.source_path, None, "decode", "not a text", str(error), raw[:PAYLOAD_BYTES])
        return
    given: dict[str, Any] = {}
    if file.suffix == ".md":
        given, text = split_front_matter(decoded.text)
        decoded = Decoded(text, decoded.encoding)
    yield make_record(file.source_path, None, raw, decoded, given)


def read_page(file: InboxFile) -> Iterator[Record | Fault]:
    """An .html file: one record, whose text is extracted where it is processed."""
    raw = _read_whole(file)
    if isinstance(raw, Fault):
        yield raw
        return
    try:
        yield make_record(file.source_path, None, raw, decode(raw), {}, is_page=bool(raw.strip()))
    except NotText as error:
        yield Fault(file.source_path, None, "decode", "not a text", str(error), raw[:PAYLOAD_BYTES])


def read_json_lines(file: InboxFile) -> Iterator[Record | Fault]:
    """A .jsonl file, gzipped or not: one record a line that is not blank."""
    opener = gzip.open if file.suffix.endswith(".gz") else open
    with cast(BinaryIO, opener(file.path, "rb")) as stream:
        number = 0
        while line := stream.readline(MAX_RECORD_BYTES + 1):
            if len(line) > MAX_RECORD_BYTES:
                _skip_line(stream)
                yield _too_long(file, number, line)
            elif not line.strip():
                continue
            else:
                yield _read_json_line(file, number, line)
            number += 1


def read_parquet(file: InboxFile) -> Iterator[Record | Fault]:
    """A .parquet file: one record a row; read a few thousand rows at a time."""
    with open(file.path, "rb") as stream:
        table = pyarrow.parquet.ParquetFile(stream)
        column = find_column(table.schema_arrow.names, TEXT_COLUMNS)
        if column is None:
            detail = f"looked for {', '.join(TEXT_COLUMNS)}; has {', '.join(table.schema_arrow.names)[:200]}"
            yield Fault(file.source_path, None, "read", "no text column", detail, None)
            return
        rows = (row for batch in table.iter_batches(PARQUET_ROWS) for row in batch.to_pylist())
        for number, row in enumerate(rows):
            yield _record_of_row(file, number, row, column, None)


READERS: dict[str, Callable[[InboxFile], Iterator[Record | Fault]]] = {
    ".txt": read_text_file,
    ".md": read_text_file,
    ".html": read_page,
    ".htm": read_page,
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".parquet": read_parquet,
}


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML front matter of a Markdown text, and the text after it; an empty one where it has none that is YAML."""
    if not text.startswith("---\n"):
        return {}, text
    head, mark, rest = text[4:].partition("\n---\n")
    if not mark:
        return {}, text
    try:
        given = yaml.safe_load(head)
    except yaml.YAMLError:
        return {}, text
    return (name_given(given), rest) if isinstance(given, dict) else ({}, text)


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
            given[name] = _plain(given.pop(found))
    return {k: _plain(v) for k, v in given.items()}


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates in ISO format, half surrogates gone."""
    if isinstance(value, str):
        return tidy_line_breaks(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read_json_line(file: InboxFile, number: int, line: bytes) -> Record | Fault:
    try:
        row = json.loads(decode(line).text)
    except (NotText, ValueError, RecursionError) as error:
        return Fault(file.source_path, number, "read", "not JSON", first_line(error), line[:PAYLOAD_BYTES])
    if not isinstance(row, dict):
        kind = f"a JSON {type(row).__name__}"
        return Fault(file.source_path, number, "read", "not a JSON object", kind, line[:PAYLOAD_BYTES])
    column = find_column(list(row), TEXT_COLUMNS)
    if column is None:
        detail = f"looked for {', '.join(TEXT_COLUMNS)}; has {', '.join(map(str, row))[:200]}"
        return Fault(file.source_path, number, "read", "no text column", detail, line[:PAYLOAD_BYTES])
    return _record_of_row(file, number, row, column, line.rstrip(b"\r\n"))


def _record_of_row(file: InboxFile, number: int, row: dict[str, Any], column: str, raw: bytes | None) -> Record | Fault:
    text = row.pop(column)
    if text is not None and not isinstance(text, str | bytes):
        return Fault(
            file.source_path, number, "read", "text is no string", type(text).__name__, raw and raw[:PAYLOAD_BYTES]
        )
    try:
        decoded = decode(text) if isinstance(text, bytes) else Decoded(tidy_line_breaks(text or ""), "utf-8")
    except NotText as error:
        return Fault(file.source_path, number, "decode", "not a text", str(error), raw and raw[:PAYLOAD_BYTES])
    raw = raw if raw is not None else decoded.text.encode()
    if len(raw) > MAX_RECORD_BYTES:
        return _too_long(file, number, raw)
    return make_record(file.source_path, number, raw, decoded, name_given(row))


def _read_whole(file: InboxFile) -> bytes | Fault:
    with open(file.path, "rb") as stream:
        raw = stream.read(MAX_RECORD_BYTES + 1)
    return raw if len(raw) <= MAX_RECORD_BYTES else _too_long(file, None, raw)


def _too_long(file: InboxFile, number: int | None, raw: bytes) -> Fault:
    detail = f"at most {MAX_RECORD_BYTES // 2**20} MiB a record; split it"
    return Fault(file.source_path, number, "read", "record too long", detail, raw[:PAYLOAD_BYTES])


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(io.DEFAULT_BUFFER_SIZE * 128)) and not rest.endswith(b"\n"):
        pass
