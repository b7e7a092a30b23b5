"""The look before a run: is there anything to process or to publish? Without Prefect, models, Polars and Pandera.

Most runs of a schedule find nothing new. They cost the walk of the inbox, a few queries and a line in the journal.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from flows.ledger import are_told, count_known, fetch_known_files, find_known_rejects, find_seen, look_up, note_seen
from flows.listing import Listing, list_inbox, name_inbox
from flows.reading import Found, Reading
from flows.runs import hash_by_hand, processed_by, start_run
from flows.settings import BY_HAND, RunOptions
from warehouse import journal
from warehouse.lock import beside, sole_writer
from warehouse.reader import WAL_SUFFIXES
from warehouse.sql import run_sql


class Outlook(NamedTuple):
    """What a look at an inbox found.

    `news` says why a run is needed; null where it is not, and only then the rest means something: `counts` as in a
    row of runs, the files `touched`, and how many files are `waiting` to settle.
    """

    news: str | None
    counts: dict[str, int]
    touched: list[journal.Touched]
    waiting: int


class Unchanged(NamedTuple):
    """A run that found nothing new: its row, and how many files wait for the next run."""

    run: dict[str, Any]
    waiting: int


class _News(Exception):
    """There is something to process or to publish."""


def run_unless_new(inbox: Path, target: Path, engine: str, options: RunOptions) -> Unchanged | None:
    """Make the run, where it finds nothing new: its row goes to the journal. Null where a run of the flow is needed.

    Errors: WarehouseBusy, EngineUnknown, SettingUnfit.
    """
    target = Path(os.path.realpath(target))
    with sole_writer(target):
        run = start_run(str(inbox), target, engine)
        outlook = look(inbox, target, run, options)
        if outlook.news is not None:
            return None
        row = run | end_unchanged(outlook.counts)
        journal.append(target, journal.Entry(row, name_inbox(inbox), outlook.touched))
    return Unchanged(row, outlook.waiting)


def end_unchanged(counts: dict[str, int]) -> dict[str, Any]:
    """What the row of a run that found nothing new says at its end; it failed where all that it found is set aside."""
    held = counts["unchanged"] + counts["repeated"]
    return {
        "ended_at": datetime.now(UTC).replace(tzinfo=None),
        "status": "unchanged" if held or not counts["rejected"] else "failed",
        "found": held + counts["rejected"],
        "loaded": 0,
        "articles": 0,
        **counts,
    }


def look(inbox: Path, target: Path, run: dict[str, Any], options: RunOptions) -> Outlook:
    """Look whether a run would bring something.

    In:  `run`, the row of the run as started, for its engine and version.
    Out: news, as soon as something is met that is new: a path, a size, a record, a fault, a file gone, corrections by
         hand, another engine or version. A file of the same size with another time is read, up to its first record
         that is new.
    """
    try:
        with _open_ledger(target) as con:
            return _Look(con, inbox, target, processed_by(run)).outlook(inbox, target, options)
    except _News as news:
        return Outlook(str(news), {}, [], 0)


@contextlib.contextmanager
def _open_ledger(target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse, if it can be looked at as it is. What cannot is told by the run that follows."""
    if not target.exists():
        raise _News("there is no warehouse yet")
    if journal.is_full(target):
        raise _News("the journal is full")
    if any(beside(target, suffix).exists() for suffix in WAL_SUFFIXES):
        raise _News("another program left a .wal beside the warehouse")
    try:
        with duckdb.connect(str(target), read_only=True) as con:
            yield con
    except duckdb.Error as error:
        raise _News(f"the warehouse cannot be looked at: {error}") from error


class _Look:
    """One look: the ledger, what it knows of the inbox, and what is read. Each step raises _News where it meets any."""

    def __init__(self, con: duckdb.DuckDBPyConnection, inbox: Path, target: Path, made_by: str) -> None:
        self._con, self._inbox, self._made_by = con, name_inbox(inbox), made_by
        self._entries = journal.unabsorbed(con, journal.read(target))
        self._known = fetch_known_files(con, self._inbox, made_by, self._entries)
        self._reading = Reading()
        self._seen: set[str] = set()

    def outlook(self, inbox: Path, target: Path, options: RunOptions) -> Outlook:
        self._compare_by_hand(target)
        if options.prune and run_sql(self._con, "ingest/has_past").fetchone() == (True,):
            raise _News("there is something to prune")
        listing = list_inbox(inbox, target, self._known, options)
        self._compare_files(listing)
        self._compare_records(listing)
        there = [file.source_path for file in (*listing.known, *listing.to_read)]
        held = count_known(self._con, self._inbox, there)
        rejected = len(listing.faults) + sum(self._known[path].rejected for path in there)
        counts = {"unchanged": held.documents, "repeated": held.places - held.documents, "rejected": rejected}
        return Outlook(None, counts, self._reading.find_touched(self._known), len(listing.waiting))

    def _compare_by_hand(self, target: Path) -> None:
        """Compare the corrections by hand with those that the last run met."""
        if self._entries:
            versions = self._entries[-1].run["versions"]
        else:
            row = self._con.execute("select versions from runs order by started_at desc limit 1").fetchone()
            versions = row[0] if row else "{}"
        before = {name: value for name, value in json.loads(versions).items() if name in BY_HAND.values()}
        if before != hash_by_hand(target):
            raise _News("corrections by hand have changed")

    def _compare_files(self, listing: Listing) -> None:
        """Compare what the files show from outside."""
        if listing.gone:
            raise _News(f"gone: {listing.gone[0]}")
        for file in listing.to_read:
            before = self._known.get(file.source_path)
            if before is None or before.size != file.size:
                raise _News(f"new or changed: {file.source_path}")
        if not are_told(self._con, listing.faults):
            raise _News("something new cannot be read")

    def _compare_records(self, listing: Listing) -> None:
        """Compare the records of files of the same size and another time with those that they held."""
        note_seen(self._con, self._inbox, [file.source_path for file in listing.known] if listing.to_read else [])
        for chunk in self._reading.read_chunks(listing.to_read):
            self._compare_chunk(chunk)
        if not are_told(self._con, self._reading.faults):
            raise _News("a record that can no longer be read")
        for path, read in self._reading.files.items():
            if (read.records, read.rejected) != (self._known[path].records, self._known[path].rejected):
                raise _News(f"other records: {path}")

    def _compare_chunk(self, chunk: list[Found]) -> None:
        """Compare some records, and count those that were set aside before. One that is new, or moved, is news."""
        verdicts = look_up(self._con, [found.record for found in chunk], self._inbox, self._made_by)
        for found, verdict in zip(chunk, verdicts, strict=True):
            key = found.record["document_id"]
            if verdict.is_changed and not (key in self._seen or find_seen(self._con, [found.record])):
                raise _News("a column given with a record has changed")  # of several places the first one decides
            self._seen.add(key)
        odd = [found for found, verdict in zip(chunk, verdicts, strict=True) if not verdict.is_placed]
        told = find_known_rejects(self._con, [found.record for found in odd], self._made_by)
        for found in odd:
            fault = told.get(found.record["document_id"])
            if fault is None:
                raise _News(f"a new record in {found.file_path}")
            self._reading.set_aside(found.file_path, fault)
