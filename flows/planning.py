"""What a run has to do: which records are new, which were there, which are gone, which cannot be read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows.forgotten import Forgotten
from flows.inbox import Fault, list_files
from flows.presence import Changes, find_changes, gone, list_unread
from flows.readers import read_records
from flows.recurrence import add_line_hashes, add_repeated_lines, empty_ledger, find_repetition, stream_records
from flows.staging import write_batch
from flows.validation import REJECTS
from transforms.given_titles import put_title_first
from transforms.records import RECORDS
from warehouse.sql import read_sql, run_sql

CHUNK_RECORDS = 1_000
"""Records looked up in the ledger at a time: one query for a thousand, and never the whole inbox in memory."""
BATCH_CHARACTERS = 2_000_000
"""Text of one task: about 5 s of work, long against the 0.2 s that a task costs, short enough to lose to a kill."""
BLANKS = " \t\n\r\f\v\x00\u00a0\u200b\u200c\u200d\u2060\ufeff\u202f\u2009"
"""White space, nul bytes and characters without width: a text of nothing else is empty."""
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


class Plan(NamedTuple):
    """The outcome of reading an inbox; found = new + unchanged + repeated + faults, in records.

    `changes` names what is gone and what is back. `revised` names earlier documents that are processed again because
    what recurs in their source has changed; they are not counted.
    """

    batches: list[Path]
    new: int
    unchanged: int
    repeated: int
    sightings: pl.DataFrame
    rejects: pl.DataFrame
    changes: Changes
    revised: list[str]

    @property
    def found(self) -> int:
        """Records found, those that cannot be read among them."""
        return self.new + self.unchanged + self.repeated + self.rejects.height


class Planner:
    """Reads an inbox chunk by chunk and writes what is new as batches."""

    def __init__(
        self, ledger: duckdb.DuckDBPyConnection | None, staging: Path, processed_by: str, *, is_drop_box: bool = False
    ) -> None:
        """Start with the published warehouse as ledger (null: there is none yet) and a folder for batches.

        `processed_by` names engine and version: what was made with others is not taken up, but processed again. Of a
        drop box, which is emptied between runs, nothing is gone.
        """
        self._is_drop_box = is_drop_box
        self._ledger, self._staging, self._processed_by = ledger or empty_ledger(), staging, processed_by
        self._forgotten = Forgotten.read(self._ledger)
        self._inbox = ""
        self._seen: set[str] = set()
        self._waiting: list[dict[str, Any]] = []
        self._waiting_characters = 0
        self._batches: list[Path] = []
        self._counts = {"new": 0, "unchanged": 0, "repeated": 0}
        self._sightings: list[pl.DataFrame] = [pl.DataFrame(schema=SIGHTINGS)]
        self._faults: list[Fault] = []

    def read(self, inbox: Path) -> Plan:
        """Read the whole inbox."""
        self._inbox = str(inbox.resolve())
        for chunk in self._chunks(inbox):
            self._sort_out(chunk)
        self._write_waiting()
        sightings = pl.concat(self._sightings)
        rejects = pl.DataFrame(self._faults, schema=REJECTS, orient="row")
        changes = self._find_changes(sightings, rejects)
        return Plan(
            self._batches,
            **self._counts,
            revised=self._mark_repetition() if self._batches or changes.is_any else [],
            sightings=sightings,
            rejects=rejects,
            changes=changes,
        )

    def read_again(self) -> Plan:
        """Plan to process every document of the ledger again, as it was read; nothing is seen and nothing is gone."""
        for record in stream_records(self._ledger, "ingest/all_records"):
            self._counts["new"] += 1
            self._wait(add_given_title(record))
        self._write_waiting()
        run_sql(self._ledger, "ingest/no_changes")
        return Plan(
            self._batches,
            **self._counts,
            revised=self._mark_repetition() if self._batches else [],
            sightings=pl.DataFrame(schema=SIGHTINGS),
            rejects=pl.DataFrame(schema=REJECTS),
            changes=gone(pl.Series([], dtype=pl.String)),
        )

    def _find_changes(self, sightings: pl.DataFrame, rejects: pl.DataFrame) -> Changes:
        """What is gone and what is back; of an inbox without a text nothing is gone: it may not be mounted."""
        unread = list_unread(rejects)
        if self._is_drop_box or sightings.is_empty():
            unread = pl.DataFrame({"source_path": ["."], "record": [None]}, schema=unread.schema)
        return find_changes(self._ledger, self._inbox, sightings, unread, self._processed_by)

    def _mark_repetition(self) -> list[str]:
        """Put what recurs into the batches, and add batches of the earlier documents that this changes.

        Out: the ids of these documents.
        """
        con = find_repetition(
            self._ledger, self._batches or [self._write_batch(add_line_hashes(pl.DataFrame(schema=BATCH)))]
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

    def _chunks(self, inbox: Path) -> Iterator[list[dict[str, Any]]]:
        chunk: list[dict[str, Any]] = []
        for file in list_files(inbox):
            for item in [file] if isinstance(file, Fault) else read_records(file):
                if isinstance(item, Fault):
                    self._faults.append(item)
                elif item["text"] is not None and not item["text"].strip(BLANKS):
                    place = (item["source_path"], item["record"])
                    self._faults.append(Fault(*place, "read", "empty", "nothing to read in it", item["raw"][:1024]))
                else:
                    chunk.append(item)
                if len(chunk) >= CHUNK_RECORDS:
                    yield chunk
                    chunk = []
        yield chunk

    def _leave_out_forgotten(self, chunk: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The records of a chunk that nobody asked to forget; the others are told, without a word of their text."""
        kept = [record for record in chunk if not self._forgotten.holds(record)]
        if len(kept) < len(chunk):
            places = [(r["source_path"], r["record"]) for r in chunk if self._forgotten.holds(r)]
            self._faults += [Fault(*place, "read", "forgotten on request", None, None) for place in places]
        return kept

    def _sort_out(self, chunk: list[dict[str, Any]]) -> None:
        chunk = self._leave_out_forgotten(chunk)
        known = self._known(chunk)
        for record in chunk:
            key = record["document_id"]
            if key in self._seen:
                self._counts["repeated"] += 1
            elif key in known and is_given_as(record, *known[key]):
                self._counts["unchanged"] += 1
            else:
                self._counts["new"] += 1
                self._wait(record)
            self._seen.add(key)
        places = pl.DataFrame(chunk, schema=RECORDS).select("source_path", "record", "document_id")
        self._sightings.append(
            places.select(inbox=pl.lit(self._inbox), file_path="source_path", **{n: n for n in places.columns}).select(
                SIGHTINGS.names()
            )
        )

    def _known(self, chunk: list[dict[str, Any]]) -> dict[str, tuple[str | None, bool]]:
        """The documents of a chunk that are processed: what was given beside each, whether this inbox decides it."""
        if not chunk:
            return {}
        ids = pl.DataFrame({"document_id": [record["document_id"] for record in chunk]})
        self._ledger.register("chunk", ids)
        found = run_sql(
            self._ledger, "ingest/known_documents", processed_by=self._processed_by, inbox=self._inbox
        ).fetchall()
        self._ledger.unregister("chunk")
        return {document_id: (given, is_ours) for document_id, given, is_ours in found}

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
        return write_batch(self._staging, records, self._processed_by)


def add_given_title(record: dict[str, Any]) -> dict[str, Any]:
    """A record of an older version, whose text lacked the title given beside it; of a page that is done later."""
    given = json.loads(record["given"]) if record["given"] else {}
    text = record["text"] and put_title_first(record["text"], given)
    return record if text == record["text"] else {**record, "text": text, "line_kinds": []}


def is_given_as(record: dict[str, Any], given: str | None, is_ours: bool) -> bool:
    """True where a record says beside its text what the warehouse has; what a page says is not known before it is read.

    In:  a row of RECORDS; the JSON that the warehouse has; whether this inbox decides what it is.
    """
    if not is_ours or record["text"] is None or record["given"] == given:
        return True
    return given is not None and record["given"] is not None and json.loads(record["given"]) == json.loads(given)
