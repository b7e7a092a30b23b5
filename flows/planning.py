"""What a run has to do: which records are new, which were there, which cannot be read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows.inbox import Fault, list_files
from flows.readers import read_records
from flows.validation import REJECTS
from transforms.documents import RECORDS
from warehouse.sql import run_sql

CHUNK_RECORDS = 1_000
"""Records looked up in the ledger at a time: one query for a thousand, and never the whole inbox in memory."""
BATCH_CHARACTERS = 2_000_000
"""Text of one task: about 5 s of work, long against the 0.2 s that a task costs, short enough to lose to a kill."""
BLANKS = " \t\n\r\f\v\x00\u00a0\u200b\u200c\u200d\u2060\ufeff\u202f\u2009"
"""White space, nul bytes and characters without width: a text of nothing else is empty."""
SIGHTINGS = pl.Schema({"source_path": pl.String, "record": pl.Int64, "document_id": pl.String})


class Plan(NamedTuple):
    """The outcome of reading an inbox; found = new + unchanged + repeated + faults, in records."""

    batches: list[Path]
    new: int
    unchanged: int
    repeated: int
    sightings: pl.DataFrame
    rejects: pl.DataFrame

    @property
    def found(self) -> int:
        """Records found, those that cannot be read among them."""
        return self.new + self.unchanged + self.repeated + self.rejects.height


class Planner:
    """Reads an inbox chunk by chunk and writes what is new as batches."""

    def __init__(self, ledger: duckdb.DuckDBPyConnection | None, staging: Path, processed_by: str) -> None:
        """Start with the published warehouse as ledger (null: there is none yet) and a folder for batches.

        `processed_by` names engine and version: what was made with others is not taken up, but processed again.
        """
        self._ledger, self._staging, self._processed_by = ledger, staging, processed_by
        self._seen: set[str] = set()
        self._waiting: list[dict[str, Any]] = []
        self._waiting_characters = 0
        self._batches: list[Path] = []
        self._counts = {"new": 0, "unchanged": 0, "repeated": 0}
        self._sightings: list[pl.DataFrame] = [pl.DataFrame(schema=SIGHTINGS)]
        self._faults: list[Fault] = []

    def read(self, inbox: Path) -> Plan:
        """Read the whole inbox."""
        for chunk in self._chunks(inbox):
            self._sort_out(chunk)
        self._write_batch()
        return Plan(
            self._batches,
            **self._counts,
            sightings=pl.concat(self._sightings),
            rejects=pl.DataFrame(self._faults, schema=REJECTS, orient="row"),
        )

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

    def _sort_out(self, chunk: list[dict[str, Any]]) -> None:
        known = self._known(chunk)
        for record in chunk:
            key = record["document_id"]
            if key in self._seen:
                self._counts["repeated"] += 1
            elif key in known:
                self._counts["unchanged"] += 1
            else:
                self._counts["new"] += 1
                self._wait(record)
            self._seen.add(key)
        self._sightings.append(pl.DataFrame(chunk, schema=RECORDS).select(SIGHTINGS.names()))

    def _known(self, chunk: list[dict[str, Any]]) -> set[str]:
        if self._ledger is None or not chunk:
            return set()
        ids = pl.DataFrame({"document_id": [record["document_id"] for record in chunk]})
        self._ledger.register("chunk", ids)
        found = run_sql(self._ledger, "ingest/known_documents", processed_by=self._processed_by).fetchall()
        return {row[0] for row in found}

    def _wait(self, record: dict[str, Any]) -> None:
        self._waiting.append(record)
        self._waiting_characters += len(record["text"] or record["raw"])
        if self._waiting_characters >= BATCH_CHARACTERS:
            self._write_batch()

    def _write_batch(self) -> None:
        """Write the records that wait; the file's name is their content, so that a killed run is taken up again."""
        if not self._waiting:
            return
        content = "\n".join([self._processed_by, *(record["document_id"] for record in self._waiting)])
        path = self._staging / f"{hashlib.sha256(content.encode()).hexdigest()[:16]}.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".unfinished")
            records = pl.DataFrame(self._waiting, schema=RECORDS).with_columns(processed_by=pl.lit(self._processed_by))
            records.write_parquet(unfinished, compression="lz4")
            unfinished.replace(path)
        self._batches.append(path)
        self._waiting, self._waiting_characters = [], 0
