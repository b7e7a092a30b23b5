"""Files to chunks of records, behind a wall: nothing that a file holds can end a run. Light: no Polars, no Pandera."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from flows.inbox import Fault, InboxFile
from flows.ledger import KnownFile, Record
from flows.listing import look_again, trusted_time
from flows.readers import read_records
from transforms.documents import LONE_SURROGATE
from warehouse.journal import Touched

CHUNK_RECORDS = 1_000
"""Records looked up in the ledger at a time: one query for a thousand, and never the whole inbox in memory."""
CHUNK_BYTES = 16_000_000
"""A chunk ends earlier where its records are long."""
NOTES_KEPT = 100
"""Different things that readers say of files; each file of an archive may say another."""
BLANKS = " \t\n\r\f\v\x00\u00a0\u200b\u200c\u200d\u2060\ufeff\u202f\u2009"
"""White space, nul bytes and characters without width: a text of nothing else is empty."""
CANNOT_READ = "file cannot be read"
"""A fault of the disk or of permissions, which passes without a trace in the time of the file."""
ENDS_EARLY = (
    CANNOT_READ,
    "feed is damaged",
    "file is damaged",
    "file is damaged or encrypted",
    "file too large",
    "too many records in one file",
)
"""Faults after which more records may follow in the file: that they were not seen does not mean that they are gone."""


class Found(NamedTuple):
    """A record and the file of the inbox that holds it: itself, or the archive in which it lies."""

    file_path: str
    record: Record


class Noted(NamedTuple):
    """What readers said of some files, such as the columns that they took for what: the first file, and how many."""

    note: str
    first: str
    files: int


@dataclass
class FileRead:
    """What came of reading a file: records found, those set aside among them, and whether it was read to its end.

    `modified_ns` is null where a later change might not show in it.
    """

    file: InboxFile
    records: int = 0
    rejected: int = 0
    is_whole: bool = True
    modified_ns: int | None = None


class Reading:
    """Reads files one after the other; keeps what came of each, and the faults."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self.files: dict[str, FileRead] = {}
        self.faults: list[Fault] = []
        self.notes: dict[str, Noted] = {}

    def read_chunks(self, files: Iterable[InboxFile]) -> Iterator[list[Found]]:
        """The records of files, some at a time, without those that are empty or cannot be read."""
        return cut_chunks(Found(file.source_path, record) for file in files for record in self._read_file(file))

    def read_kept(self, kept: Iterable[tuple[str, Record | Fault]]) -> Iterator[list[Found]]:
        """The same for what was read from bytes that were kept: each item with the file that held it, now gone."""
        return cut_chunks(Found(path, record) for path, item in kept for record in self._take_kept(path, item))

    def set_aside(self, file_path: str, fault: Fault) -> None:
        """Keep a fault of a file, and count its record as rejected."""
        self.faults.append(encodable(fault))
        read = self.files[file_path]
        read.rejected += 1
        read.is_whole &= fault.reason not in ENDS_EARLY

    def find_touched(self, known: dict[str, KnownFile]) -> list[Touched]:
        """The files whose size or time is not what the ledger says, or that had to be read again all the same."""
        return [
            Touched(path, read.file.size, read.modified_ns)
            for path, read in self.files.items()
            if path not in known or known[path][:2] != (read.file.size, read.modified_ns) or not known[path].is_settled
        ]

    def _read_file(self, file: InboxFile) -> Iterator[Record]:
        file = _look_before(file)
        read = self.files[file.source_path] = FileRead(file)
        may_pass = False
        for item in read_records(file, partial(self._note, file.source_path)):
            may_pass |= isinstance(item, Fault) and item.reason == CANNOT_READ
            yield from self._take(read, item)
        read.modified_ns = None if may_pass else trusted_time(file, look_again(file))

    def _take_kept(self, path: str, item: Record | Fault) -> Iterator[Record]:
        return self._take(self.files.setdefault(path, FileRead(InboxFile(b"", path, ""))), item)

    def _take(self, read: FileRead, item: Record | Fault) -> Iterator[Record]:
        """Count an item of a file. Out: the record, unless it is set aside."""
        read.records += 1
        if isinstance(item, Fault):
            self.set_aside(read.file.source_path, item)
        elif is_empty(item):
            self.set_aside(read.file.source_path, describe_empty(item))
        else:
            yield item

    def _note(self, file_path: str, note: str) -> None:
        """Keep what a reader says of a file, once for all files of which it says the same."""
        if note in self.notes or len(self.notes) < NOTES_KEPT:
            noted = self.notes.get(note, Noted(note, file_path, 0))
            self.notes[note] = noted._replace(files=noted.files + 1)


def cut_chunks(records: Iterable[Found]) -> Iterator[list[Found]]:
    """Records some at a time; the last chunk may be empty."""
    chunk: list[Found] = []
    size = 0
    for found in records:
        chunk.append(found)
        size += len(found.record["raw"])
        if len(chunk) >= CHUNK_RECORDS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    yield chunk


def encodable(fault: Fault) -> Fault:
    """A fault whose detail a table can hold, though it quotes a byte that fits no encoding (half a surrogate pair)."""
    return fault._replace(detail=fault.detail and LONE_SURROGATE.sub("\ufffd", fault.detail))


def is_empty(record: Record) -> bool:
    """True where a record has nothing to read in it; of a page only its processing can tell."""
    return record["text"] is not None and not record["text"].strip(BLANKS)


def describe_empty(record: Record) -> Fault:
    """The fault of a record without a text."""
    place = (record["source_path"], record["record"])
    return Fault(*place, "read", "empty", "nothing to read in it", record["raw"][:1024])


def _look_before(file: InboxFile) -> InboxFile:
    """A file as it looks right before it is read: it may have changed since it was listed."""
    status = look_again(file)
    return file if status is None else file._replace(size=status.st_size, modified_ns=status.st_mtime_ns)
