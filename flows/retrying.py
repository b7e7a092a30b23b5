"""`marbre retry`: what was set aside is tried again, from its file where that is there, else from its kept bytes.

Light, as all that reads files: the look before a run knows nothing of it, for a retry is a run in any case.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.inbox import Fault
from flows.ledger import KnownFile, Record
from flows.listing import name_inbox
from flows.readers import READERS, json_documents, json_lines, read_source, tables
from flows.readers.records import PAYLOAD_BYTES
from flows.readers.sources import Source, make_source
from flows.reading import Reading
from flows.settings import read_limits
from warehouse.sql import run_sql

ALL = ""
"""What is wanted where every reject is to be tried again."""
Place = tuple[str, int | None]


class Chosen(NamedTuple):
    """A reject to try again.

    `file_path` and `inbox` say which file held it; with `is_kept` its payload is all that is needed to read it alone.
    """

    reject_id: str
    source_path: str
    record: int | None
    document_id: str | None
    file_path: str
    inbox: str
    is_kept: bool

    @property
    def place(self) -> Place:
        """Where the record was found."""
        return self.source_path, self.record


def choose(con: duckdb.DuckDBPyConnection, wanted: str) -> list[Chosen]:
    """The rejects of a reason, a path or a folder that can be tried again; of ALL every one of them."""
    rows = run_sql(con, "ingest/retry/chosen", wanted=wanted, payload_bytes=PAYLOAD_BYTES)
    return [Chosen(*row) for row in rows.fetchall()]


def list_inboxes(con: duckdb.DuckDBPyConnection, wanted: str) -> list[str]:
    """The inboxes in which rejects were found that can be tried again."""
    return sorted({name_inbox(Path(chosen.inbox)) for chosen in choose(con, wanted)})


class Retrial:
    """The rejects of an inbox that a run tries again; in most runs there are none.

    One is met where the run finds what it was about: the same bytes at the same place, or the same document. A place
    alone does not tell: a file may have been replaced by another of its name.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, inbox: str, wanted: str | None) -> None:
        """Choose them. In: the inbox as tables name it; what is wanted (null: nothing)."""
        self._con = con
        every = choose(con, wanted) if wanted is not None else []
        self._chosen = [chosen for chosen in every if inbox in (chosen.inbox, name_inbox(Path(chosen.inbox)))]
        self._met: set[str] = set()
        self._by_place: dict[Place, list[Chosen]] = {}
        for chosen in self._chosen:
            self._by_place.setdefault(chosen.place, []).append(chosen)
        self.document_ids = {chosen.document_id for chosen in self._chosen} - {None}

    def unsettle(self, known: dict[str, KnownFile]) -> dict[str, KnownFile]:
        """Known files, those that held the rejects as no longer known well enough to be passed over."""
        again = {path: known[path]._replace(is_sound=False) for c in self._chosen if (path := c.file_path) in known}
        return known | again

    def meet(self, records: Iterable[Record]) -> None:
        """Note which rejects are met among records just read."""
        for record in records:
            for chosen in self._by_place.get((record["source_path"], record["record"]), ()):
                is_document = chosen.document_id == record["document_id"]
                if is_document or (chosen.is_kept and is_same(self._fetch_payload(chosen), record["raw"])):
                    self._met.add(chosen.reject_id)

    def replay(self, reading: Reading) -> Iterator[tuple[str, Record | Fault]]:
        """Once all files are read: read the kept bytes of those that were not met in them.

        Out: each item with the path of the file that held it.
        """
        told: dict[Place, list[bytes]] = {}
        for fault in reading.faults:
            told.setdefault((fault.source_path, fault.record), []).append(fault.payload or b"")
        for chosen in [c for c in self._chosen if c.is_kept and c.reject_id not in self._met]:
            payload = self._fetch_payload(chosen)
            is_told = any(is_same(payload, other) for other in told.get(chosen.place, ()))
            items = [] if is_told else list(read_payload(chosen.source_path, chosen.record, payload))
            if is_told or items:
                self._met.add(chosen.reject_id)
            yield from ((chosen.file_path, item) for item in items)

    def list_met(self, reading: Reading, places: Iterable[Place], there: set[str]) -> list[str]:
        """The rejects that were met, to be told anew or not at all, by id.

        Where no bytes were kept the place must be met: the record, the file as a whole, or a file of the folder.
        """
        found = {(fault.source_path, fault.record) for fault in reading.faults} | set(places)
        found |= {(path, None) for path, read in reading.files.items() if read.is_whole}
        found |= {(str(folder), None) for path in there for folder in Path(path).parents}
        by_place = {c.reject_id for c in self._chosen if not c.is_kept and {c.place, (c.file_path, c.record)} & found}
        return sorted(self._met | by_place)

    def count_left(self, met: list[str]) -> int:
        """How many could not be tried again: what held them is gone, and too little was kept to read it alone."""
        return len(self._chosen) - len(met)

    def _fetch_payload(self, chosen: Chosen) -> bytes:
        row = run_sql(self._con, "ingest/retry/payload", reject_id=chosen.reject_id).fetchone()
        return bytes(row[0]) if row else b""


def is_same(payload: bytes, other: bytes) -> bool:
    """True where both are the bytes of one record; above that of a table may stand the header."""
    return bool(payload and other) and (payload.endswith(other) or other.endswith(payload))


def read_payload(source_path: str, record: int | None, payload: bytes) -> Iterator[Record | Fault]:
    """Read a record by itself, from the bytes that were kept of it, as its file would be read.

    Out: nothing where it was one of many in a file whose records cannot be read without the rest of it.
    """
    source = make_source(source_path, lambda: io.BytesIO(payload), read_limits(), lambda name: None, lambda note: None)
    if record is None:
        yield from read_source(source)
    elif payload.startswith(b"{") or source.suffix in (*json_lines.SUFFIXES, *json_documents.SUFFIXES):
        item = json_lines.read_line(source, record, payload)
        yield {**item, "reader": _name_reader(source)} if isinstance(item, dict) else item
    elif source.suffix in tables.SUFFIXES:
        for item in read_source(source):
            yield {**item, "record": record} if isinstance(item, dict) else item._replace(record=record)


def _name_reader(source: Source) -> str | None:
    """The reader of files of that suffix; null where only their content says it."""
    return next((reader.name for reader in READERS if source.suffix in reader.suffixes), None)
