"""What a run has to do: which records are new, which were there, which cannot be read, and what is no longer there."""

import json
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows import progress, staging
from flows.forgotten import Forgotten
from flows.inbox import Fault
from flows.ledger import (
    KnownFile,
    Verdict,
    count_known,
    fetch_known_files,
    find_known_rejects,
    find_seen,
    look_up,
    note_seen,
)
from flows.listing import Listing, list_inbox, name_inbox
from flows.presence import Changes, find_changes, gone, list_unread
from flows.reading import Found, Noted, Reading
from flows.recurrence import add_line_hashes, add_repeated_lines, empty_ledger, find_repetition, stream_records
from flows.retrying import Retrial
from flows.settings import RunOptions
from flows.validation import REJECTS
from transforms.given_titles import put_title_first
from transforms.records import RECORDS
from warehouse import journal
from warehouse.publish import open_ledger
from warehouse.sql import as_rows, read_sql, run_sql

BATCH_CHARACTERS = 2_000_000
"""Text of one task: about 5 s of work, long against the 0.2 s that a task costs, short enough to lose to a kill."""
BATCH = pl.Schema([*RECORDS.items(), ("repeated_lines", pl.List(pl.Int64)), ("processed_by", pl.String())])
"""Columns of a batch: records, what recurs of them elsewhere, and what processes them."""
SIGHTINGS = pl.Schema(
    {
        "inbox": pl.String,
        "source_path": pl.String,
        "record": pl.Int64,
        "document_id": pl.String,
        "file_path": pl.String,
    }
)
"""Where records were seen: `inbox` is absolute, `file_path` the file of the inbox, or the archive that holds it."""
FILES = pl.Schema(
    {
        "inbox": pl.String,
        "file_path": pl.String,
        "size": pl.Int64,
        "modified_ns": pl.Int64,
        "records": pl.Int64,
        "rejected": pl.Int64,
    }
)
"""Rows of the table files, but for their run; `rejected` counts what is known to be set aside before processing."""
GONE_FILES = pl.Schema({"inbox": pl.String, "file_path": pl.String})
PRESENT = pl.Schema({"file_path": pl.String, "state": pl.String})
"""Files of the inbox: `known` (as when they were read last, so not read again), `read` (to the end), `partly` (a fault
ended them), `waiting` (too fresh to be read)."""

NOT_RETRIED = "could not be tried again: what held them is gone, and too little was kept of them to be read alone"


class Plan(NamedTuple):
    """The outcome of reading an inbox; found = new + unchanged + repeated + rejected, in records.

    `inbox` is its absolute path. `batches` hold the new records, and earlier documents that `revised` names: these are
    processed again because what recurs in their source has changed, and are not counted. Among the new are records
    held already of which another given column, such as the author, has changed.

    Counts cover the files not read again as well: of what they hold, a document that this run has not seen is
    unchanged, the rest repeated; `rejected` are those set aside when they were read. `waiting` files, changed less
    than the time to settle ago, are in no count.

    `sightings` and `files` are those of files read in this run; a sighting of a record that is set aside later, while
    it is processed, has no document. `rejects` are their faults and those of paths that are no readable file.

    `changes` names what is no longer there and what is back. Looked for are the records of this inbox, not missed
    before, whose file is gone or was read to its end; nothing is gone in what could not be looked at (`unlooked`:
    files and folders, with all below), in files read `partly` or waiting, at the place of a record that cannot be
    read, where the inbox holds no text (it may not be mounted), or with RunOptions.drop_box. `present` has every file
    that is there (PRESENT); `gone_files` (inbox, file_path) has those of the table files that are not.

    `touched` are files read whose size or time is not what the ledger says; all that the journal must keep of a run
    that turns out to bring nothing. `notes` is what readers said of the files read.

    With RunOptions.retry some rejects are tried again: their files are read again, and of those whose file is gone the
    kept bytes. `retried` are the ids of the rejects that were met again; nothing is gone from the inbox in such a run.
    """

    inbox: str
    batches: list[Path]
    new: int
    unchanged: int
    repeated: int
    rejected: int
    waiting: int
    sightings: pl.DataFrame
    files: pl.DataFrame
    rejects: pl.DataFrame
    revised: list[str]
    present: pl.DataFrame
    unlooked: list[str]
    changes: Changes
    gone_files: pl.DataFrame
    touched: list[journal.Touched]
    notes: list[Noted]
    retried: list[str]

    @property
    def found(self) -> int:
        """Records found, those that cannot be read among them."""
        return self.new + self.unchanged + self.repeated + self.rejected


def plan_run(inbox: Path, target: Path, processed_by: str, options: RunOptions | None = None) -> Plan:
    """Read an inbox and write what is new as batches beside the warehouse.

    In:  `processed_by` names engine and version: what was made with others is not taken up, but processed again.
    Errors: WarehouseUnfit; SettingUnfit.
    """
    with open_ledger(target) as ledger:
        staging.remove_committed(target, ledger)
        planner = Planner(ledger, staging.staging_of(target), processed_by, options or RunOptions())
        return planner.read(inbox, target)


class Planner:
    """Reads an inbox chunk by chunk and writes what is new as batches.

    In memory are the current batch and the files of the inbox. Places of records lie in a temporary table, which
    DuckDB spills to disk, and become a frame at the end.
    """

    def __init__(
        self,
        ledger: duckdb.DuckDBPyConnection | None,
        folder: Path,
        processed_by: str,
        options: RunOptions | None = None,
    ) -> None:
        """Start with the published warehouse as ledger (null: there is none yet) and a folder for batches."""
        self._con, self._staging, self._processed_by = ledger or empty_ledger(), folder, processed_by
        self._options = options or RunOptions()
        if self._options.retry is not None:
            self._options = self._options._replace(drop_box=True)
        self._forgotten = Forgotten.read(self._con)
        self._inbox = ""
        self._retrial = Retrial(self._con, "", None)
        self._reading = Reading()
        self._waiting: list[dict[str, Any]] = []
        self._waiting_characters = 0
        self._batches: list[Path] = []
        self._counts = {"new": 0, "unchanged": 0, "repeated": 0}

    def read(self, inbox: Path, target: Path) -> Plan:
        """Read the whole inbox, but for what belongs to the warehouse at `target`, should that lie in it."""
        self._inbox = name_inbox(inbox)
        entries = journal.unabsorbed(self._con, journal.read(target))
        self._retrial = Retrial(self._con, self._inbox, self._options.retry)
        known = self._retrial.unsettle(fetch_known_files(self._con, self._inbox, self._processed_by, entries))
        listing = self._list(inbox, target, known)
        self._reading.faults += listing.faults
        self._count_known([file.source_path for file in listing.known])
        chunks = self._reading.read_chunks(listing.to_read)
        kept = self._reading.read_kept(self._retrial.replay(self._reading))
        for chunk in chain(chunks, kept):
            self._retrial.meet(found.record for found in chunk)
            self._sort_out(chunk)
            progress.report(progress.Found(sum(self._counts.values()), self._counts["new"]))
        self._write_waiting()
        return self._conclude(listing, known)

    def _list(self, inbox: Path, target: Path, known: dict[str, KnownFile]) -> Listing:
        """The files of the inbox; of one that is not there any more what was kept can be tried again all the same."""
        if self._options.retry is not None and not inbox.exists():
            return Listing([], [], [], [], [])
        return list_inbox(inbox, target, known, self._options)

    def read_again(self) -> Plan:
        """Plan to process every document of the ledger again, as it was read; nothing is seen and nothing is gone."""
        for record in stream_records(self._con, "ingest/all_records"):
            self._counts["new"] += 1
            self._wait(add_given_title(record))
        self._write_waiting()
        run_sql(self._con, "ingest/no_changes")
        run_sql(self._con, "ingest/inbox/places")
        return self._conclude(Listing([], [], [], [], []), {}, gone(pl.Series([], dtype=pl.String)))

    def _conclude(self, listing: Listing, known: dict[str, KnownFile], changes: Changes | None = None) -> Plan:
        sightings = self._con.table("places").pl().cast(dict(SIGHTINGS))  # type: ignore[arg-type]
        rejects = pl.DataFrame(self._reading.faults, schema=REJECTS, orient="row")
        present = self._describe_present(listing)
        changes = changes or self._find_changes(sightings, rejects, present)
        places = sightings.select("source_path", "record").iter_rows()
        retried = self._retrial.list_met(self._reading, places, listing.there)
        if left := self._retrial.count_left(retried):
            progress.report(progress.Said(f"{left} rejects {NOT_RETRIED}"))
        return Plan(
            self._inbox,
            self._batches,
            **self._counts,
            rejected=rejects.height + sum(known[file.source_path].rejected for file in listing.known),
            waiting=len(listing.waiting),
            revised=self._mark_repetition() if self._batches or changes.is_any else [],
            sightings=sightings,
            files=self._describe_files(),
            rejects=rejects,
            present=present,
            unlooked=listing.unlooked,
            changes=changes,
            gone_files=pl.DataFrame([(self._inbox, path) for path in listing.gone], schema=GONE_FILES, orient="row"),
            touched=self._reading.find_touched(known),
            notes=list(self._reading.notes.values()),
            retried=retried,
        )

    def _find_changes(self, sightings: pl.DataFrame, rejects: pl.DataFrame, present: pl.DataFrame) -> Changes:
        """What is gone and what is back; of an inbox without a text nothing is gone: it may not be mounted."""
        unread = list_unread(rejects)
        if self._options.drop_box or not any(self._counts.values()):
            unread = pl.DataFrame({"source_path": ["."], "record": [None]}, schema=unread.schema)
        return find_changes(self._con, self._inbox, sightings, present, unread, self._processed_by)

    def _count_known(self, file_paths: list[str]) -> None:
        """Count what files hold that are not read again, and note their documents as seen."""
        counts = count_known(self._con, self._inbox, file_paths)
        self._counts["unchanged"] += counts.documents
        self._counts["repeated"] += counts.places - counts.documents
        note_seen(self._con, self._inbox, file_paths)

    def _sort_out(self, chunk: list[Found]) -> None:
        """Count the records of a chunk, and have the new ones wait for their batch."""
        chunk = self._leave_out_forgotten(chunk)
        records = [found.record for found in chunk]
        seen = find_seen(self._con, records)
        verdicts = look_up(self._con, records, self._inbox, self._processed_by)
        new = [r for r, verdict in zip(records, verdicts, strict=True) if not verdict.is_held]
        told = self._find_told(new)
        for found, verdict in zip(chunk, verdicts, strict=True):
            key = found.record["document_id"]
            if key in told:
                fault = told[key]._replace(source_path=found.record["source_path"], record=found.record["record"])
                self._reading.set_aside(found.file_path, fault)
            elif key in seen:
                self._counts["repeated"] += 1
            else:
                self._count(found.record, verdict)
            seen.add(key)
        self._note_places([found for found in chunk if found.record["document_id"] not in told])

    def _find_told(self, records: list[dict[str, Any]]) -> dict[str, Fault]:
        """Records that were set aside before and are not tried again, by document_id."""
        told = find_known_rejects(self._con, records, self._processed_by)
        return {key: fault for key, fault in told.items() if key not in self._retrial.document_ids}

    def _leave_out_forgotten(self, chunk: list[Found]) -> list[Found]:
        """The records of a chunk that nobody asked to forget; the others are told, without a word of their text."""
        kept = []
        for found in chunk:
            if self._forgotten.holds(found.record):
                place = (found.record["source_path"], found.record["record"])
                self._reading.set_aside(found.file_path, Fault(*place, "read", "forgotten on request", None, None))
            else:
                kept.append(found)
        return kept

    def _count(self, record: dict[str, Any], verdict: Verdict) -> None:
        is_done = verdict.is_held and not verdict.is_changed
        self._counts["unchanged" if is_done else "new"] += 1
        if not is_done:
            self._wait(record)

    def _note_places(self, chunk: list[Found]) -> None:
        names = ("source_path", "record", "document_id")
        rows = [{name: found.record[name] for name in names} | {"file_path": found.file_path} for found in chunk]
        run_sql(self._con, "ingest/inbox/note_places", inbox=self._inbox, records=as_rows(rows))

    def _describe_present(self, listing: Listing) -> pl.DataFrame:
        """Every file of the inbox, with its state."""
        read = self._reading.files.values()
        rows = [(file.source_path, "known") for file in listing.known]
        rows += [(file.source_path, "waiting") for file in listing.waiting]
        rows += [(file.file.source_path, "read" if file.is_whole else "partly") for file in read]
        return pl.DataFrame(rows, schema=PRESENT, orient="row")

    def _describe_files(self) -> pl.DataFrame:
        """The files read, as FILES."""
        rows = [
            (self._inbox, path, read.file.size, read.modified_ns, read.records, read.rejected)
            for path, read in self._reading.files.items()
        ]
        return pl.DataFrame(rows, schema=FILES, orient="row")

    def _mark_repetition(self) -> list[str]:
        """Put what recurs into the batches, and add batches of the earlier documents that this changes.

        Out: the ids of these documents.
        """
        con = find_repetition(
            self._con, self._batches or [self._write_batch(add_line_hashes(pl.DataFrame(schema=BATCH)))]
        )
        found = con.sql(read_sql("ingest/repetition/new_repeated_lines")).pl()
        for place, path in enumerate(self._batches):
            records = pl.scan_parquet(path).select("document_id").collect()
            if not records.join(found, on="document_id", how="semi").is_empty():
                self._batches[place] = self._write_batch(add_repeated_lines(pl.read_parquet(path), found))
        revised = []
        for record in stream_records(con, "ingest/repetition/revised_records"):
            revised.append(record["document_id"])
            self._wait(record)
        self._write_waiting()
        return revised

    def _wait(self, record: dict[str, Any]) -> None:
        self._waiting.append(record)
        self._waiting_characters += len(record["text"] or record["raw"])
        if self._waiting_characters >= BATCH_CHARACTERS:
            self._write_waiting()

    def _write_waiting(self) -> None:
        """Write the records that wait."""
        if not self._waiting:
            return
        records = pl.DataFrame([record | self._as_processed(record) for record in self._waiting], schema=BATCH)
        self._batches.append(self._write_batch(add_line_hashes(records)))
        self._waiting, self._waiting_characters = [], 0

    def _as_processed(self, record: dict[str, Any]) -> dict[str, Any]:
        return {"processed_by": self._processed_by, "repeated_lines": record.get("repeated_lines", [])}

    def _write_batch(self, records: pl.DataFrame) -> Path:
        """Write a batch, new or as it is now that it is known what recurs."""
        return staging.write_batch(self._staging, records, self._processed_by)


def add_given_title(record: dict[str, Any]) -> dict[str, Any]:
    """A record of an older version, whose text lacked the title given beside it; of a page that is done later."""
    given = json.loads(record["given"]) if record["given"] else {}
    text = record["text"] and put_title_first(record["text"], given)
    return record if text == record["text"] else {**record, "text": text, "line_kinds": []}
