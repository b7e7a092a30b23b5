"""`marbre peek`: what an inbox holds and what would become of it, before anything is loaded."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from flows.batches import extract_pages
from flows.inbox import Fault, InboxFile, list_files, one_line
from flows.languages import load_language_detector
from flows.readers import READERS, read_records
from transforms.articles import lay_out
from transforms.records import RECORDS

RECORDS_A_FILE = 1_000
"""A file with more records is not counted to its end: a million of them take minutes."""

SAMPLES = 3
FAULTS_SHOWN = 20
TAKEN_FOR = "_columns"
"""Key of given columns that says which column was taken for what (flows/readers/columns.py)."""


@dataclass
class Kind:
    """What an inbox holds in one format."""

    reader: str
    files: int = 0
    records: int = 0
    is_counted: bool = True
    """False where a file has more than RECORDS_A_FILE."""
    encodings: Counter[str] = field(default_factory=Counter)
    columns: dict[str, str] = field(default_factory=dict)
    """Meaning of a column, and the name that it has in the files."""
    samples: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def peek(inbox: Path) -> tuple[list[Kind], list[Fault]]:
    """Read the first records of every file.

    Out: the formats found, in the order of READERS, and what could not be read.
    """
    kinds: dict[str, Kind] = {}
    faults: list[Fault] = []
    for item in list_files(inbox):
        if isinstance(item, Fault):
            faults.append(item)
            continue
        notes: list[str] = []
        _take_file(item, notes, kinds, faults)
    order = [reader.name for reader in READERS]
    return sorted(kinds.values(), key=lambda kind: order.index(kind.reader)), faults


def _take_file(file: InboxFile, notes: list[str], kinds: dict[str, Kind], faults: list[Fault]) -> None:
    """Count the records of one file by their format; that of a member of an archive is its own."""
    seen: set[str] = set()
    stream = iter(read_records(file, notes.append))
    for item in islice(stream, RECORDS_A_FILE):
        if isinstance(item, Fault):
            faults.append(item)
            continue
        if item["text"] is not None and not item["text"].strip():
            faults.append(Fault(item["source_path"], item["record"], "read", "empty", "nothing to read in it", None))
            continue
        kind = kinds.setdefault(item["reader"], Kind(item["reader"]))
        kind.files += item["reader"] not in seen
        seen.add(item["reader"])
        _take_record(kind, item)
    more = next(stream, None) is not None
    for name in seen:
        kinds[name].is_counted &= not more
        kinds[name].notes += [note for note in notes if note not in kinds[name].notes]


def _take_record(kind: Kind, record: dict[str, Any]) -> None:
    kind.records += 1
    kind.encodings[record["encoding"]] += 1
    given = json.loads(record["given"]) if record["given"] else {}
    kind.columns |= given.get(TAKEN_FOR, {})
    if len(kind.samples) < SAMPLES:
        kind.samples.append(record)


def describe(kinds: list[Kind], faults: list[Fault]) -> Iterator[str]:
    """The lines that `marbre peek` prints."""
    about = {reader.name: reader.about for reader in READERS}
    for kind in kinds:
        count = f"{kind.records:,}" if kind.is_counted else f"more than {kind.records:,}"
        encodings = ", ".join(name for name, _ in kind.encodings.most_common(4))
        yield f"{kind.reader} ({about[kind.reader]}): {kind.files:,} files, {count} records, {encodings}"
        if kind.columns:
            yield "  columns: " + ", ".join(f"{name} as {meaning}" for meaning, name in kind.columns.items())
        yield from (f"  {note}" for note in kind.notes[:SAMPLES])
        yield from (f"  {line}" for line in describe_samples(kind.samples))
    if not kinds:
        yield "nothing that is read"
    yield from _describe_faults(faults)


def describe_samples(samples: list[dict[str, Any]]) -> Iterator[str]:
    """Title, day and newspaper of some records, as a run would find them."""
    documents, _ = extract_pages(pl.DataFrame(samples, schema=RECORDS))
    articles = lay_out(documents, load_language_detector()).articles
    for title, day, newspaper, site in articles.select("title", "published_at", "publication", "site").iter_rows():
        told = [title or "(no title)", str(day.date()) if day else "no date", newspaper or site or "no newspaper"]
        yield "– " + " · ".join(one_line(text) for text in told)


def _describe_faults(faults: list[Fault]) -> Iterator[str]:
    if faults:
        yield f"will not be read: {len(faults):,}"
    for fault in faults[:FAULTS_SHOWN]:
        place = one_line(fault.source_path) + (f", record {fault.record}" if fault.record is not None else "")
        yield f"  {place}: {fault.reason}" + (f" ({one_line(fault.detail)})" if fault.detail else "")
    if len(faults) > FAULTS_SHOWN:
        yield f"  and {len(faults) - FAULTS_SHOWN:,} more"


def describe_formats() -> Iterator[str]:
    """The lines that `marbre formats` prints: a reader a line, with what it reads and the suffixes of its files."""
    for reader in READERS:
        yield f"{reader.name:14} {reader.about}: {', '.join(reader.suffixes) or 'known by its content'}"
