"""What the published warehouse says of an inbox: files known, records held, faults told. Without Polars and Pandera."""

import hashlib
import json
from typing import Any, NamedTuple

import duckdb

from flows.inbox import Fault
from warehouse import journal
from warehouse.sql import as_rows, run_sql

Record = dict[str, Any]


class KnownFile(NamedTuple):
    """A file as it was read last: a row of the table files, brought up to date by the journal."""

    size: int
    modified_ns: int | None
    records: int
    rejected: int
    is_sound: bool
    """All that it gave is held as it would be made now; if not, it must be read again."""
    run_id: str
    """The run that read it last."""
    left_run_id: str | None
    """The latest run that missed one of its texts at another place; null where there is none."""

    @property
    def is_settled(self) -> bool:
        """It need not be read again while it looks as it did: sound, and the one to say what is given beside its texts
        has not changed since it was read (run_ids begin with the time)."""
        return self.is_sound and (self.left_run_id is None or self.left_run_id <= self.run_id)


class Verdict(NamedTuple):
    """What the ledger knows of one record."""

    is_held: bool
    """Its document was processed as it would be now."""
    is_there: bool
    """It was seen at this place before, and still there at the last run."""
    is_changed: bool
    """It is held, but another column given with it, such as the author, now differs."""

    @property
    def is_placed(self) -> bool:
        """It is held, and was seen where it is."""
        return self.is_held and self.is_there


class KnownCounts(NamedTuple):
    """What files hold that are not read again, in records but for `documents`."""

    places: int
    documents: int


def fetch_known_files(
    con: duckdb.DuckDBPyConnection, inbox: str, processed_by: str, entries: list[journal.Entry]
) -> dict[str, KnownFile]:
    """The files of an inbox by path; 120 MB for a million of them.

    In:  the entries of the journal that the warehouse has not absorbed; `processed_by` names engine and version.
    """
    rows = run_sql(con, "ingest/inbox/known_files", inbox=inbox, processed_by=processed_by).fetchall()
    known = {path: KnownFile(*row) for path, *row in rows}
    touched = [(entry.run["run_id"], file) for entry in entries if entry.inbox == inbox for file in entry.touched]
    for run_id, file in touched:
        if file.file_path in known:
            now = {"size": file.size, "modified_ns": file.modified_ns, "run_id": run_id}
            known[file.file_path] = known[file.file_path]._replace(**now)
    return known


def count_known(con: duckdb.DuckDBPyConnection, inbox: str, file_paths: list[str]) -> KnownCounts:
    """Count what known files hold."""
    if not file_paths:
        return KnownCounts(0, 0)
    row = run_sql(con, "ingest/inbox/count_known", inbox=inbox, file_paths=as_rows(file_paths)).fetchone()
    return KnownCounts(*(row or (0, 0)))


def note_seen(con: duckdb.DuckDBPyConnection, inbox: str, file_paths: list[str]) -> None:
    """Make the temporary tables of what a run sees: places, empty, and the documents of files not read again."""
    run_sql(con, "ingest/inbox/places")
    run_sql(con, "ingest/inbox/seen_documents", inbox=inbox, file_paths=as_rows(file_paths))


def find_seen(con: duckdb.DuckDBPyConnection, records: list[Record]) -> set[str]:
    """Of records, the document_ids that the run has seen already, in files that are not read again or in places."""
    if not records:
        return set()
    ids = as_rows([record["document_id"] for record in records])
    return {row[0] for row in run_sql(con, "ingest/inbox/seen_before", document_ids=ids).fetchall()}


def look_up(con: duckdb.DuckDBPyConnection, records: list[Record], inbox: str, processed_by: str) -> list[Verdict]:
    """What the ledger knows of records just read, in their order."""
    if not records:
        return []
    found = run_sql(
        con,
        "ingest/inbox/look_up",
        records=as_rows([describe(record, position) for position, record in enumerate(records)]),
        inbox=inbox,
        processed_by=processed_by,
    )
    return [
        Verdict(is_held, is_there, is_held and differs(record["given"], other))
        for record, (is_held, is_there, other) in zip(records, found.fetchall(), strict=True)
    ]


def differs(given: str | None, other: str | None) -> bool:
    """True where two JSON objects differ, whatever the order of their columns; other is null where it is no other."""
    return other is not None and json.loads(given or "{}") != json.loads(other)


def describe(record: Record, position: int) -> dict[str, Any]:
    """What is looked up of a record, and its place among the others."""
    kept = {name: record[name] for name in ("document_id", "source_path", "record")}
    return kept | {"given_hash": hash_given(record), "position": position}


def hash_given(record: Record) -> str | None:
    """A hash of the columns given beside a text; null for a page, whose head is read where it is processed."""
    return None if record["text"] is None else hashlib.sha256((record["given"] or "").encode()).hexdigest()


def find_known_rejects(con: duckdb.DuckDBPyConnection, records: list[Record], processed_by: str) -> dict[str, Fault]:
    """Records that the same engine and version set aside before, by document_id: the fault as it was told, at the
    place where the record is now."""
    if not records:
        return {}
    ids = [record["document_id"] for record in records]
    asked = as_rows([{"document_id": key, "position": position} for position, key in enumerate(ids)])
    rows = run_sql(con, "ingest/inbox/known_rejects", records=asked, processed_by=processed_by).fetchall()
    return {
        ids[place]: Fault(
            records[place]["source_path"], records[place]["record"], stage, reason, detail, payload, ids[place]
        )
        for place, stage, reason, detail, payload in rows
    }


def are_told(con: duckdb.DuckDBPyConnection, faults: list[Fault]) -> bool:
    """True where every fault is in the table rejects already."""
    if not faults:
        return True
    rows = [fault._asdict() | {"payload": fault.payload and fault.payload.hex()} for fault in faults]
    row = run_sql(con, "ingest/inbox/new_faults", faults=as_rows(rows)).fetchone()
    return row == (0,)
