"""Which documents an inbox no longer holds, which it holds again, and which were edited into others."""

from typing import NamedTuple

import duckdb
import polars as pl

from warehouse.sql import list_sql, run_sql

EMPTIED = ("empty", "forgotten on request")
"""Reasons of rejects that were looked at all the same: what the file held is no longer in it."""


class Changes(NamedTuple):
    """What an inbox no longer holds, and what it holds again.

    missed: inbox, source_path, record, document_id: places that no longer hold their record.
    left: document_id, superseded_by: documents without any place, and what their file holds now (null: gone with it).
    returned: document_id: documents that had left and are here again, with the rows that were made of them.
    """

    missed: pl.DataFrame
    left: pl.DataFrame
    returned: pl.DataFrame

    @property
    def is_any(self) -> bool:
        """True where a table has to follow."""
        return any(not frame.is_empty() for frame in self)


def gone(documents: pl.Series) -> Changes:
    """Documents that are gone whatever the inbox holds. In: document_id."""
    left = pl.DataFrame({"document_id": documents}).with_columns(superseded_by=pl.lit(None, pl.String))
    places = {"inbox": pl.String, "source_path": pl.String, "record": pl.Int64, "document_id": pl.String}
    return Changes(pl.DataFrame(schema=places), left, pl.DataFrame(schema={"document_id": pl.String}))


def find_changes(  # noqa: PLR0917  # four frames and where they come from
    ledger: duckdb.DuckDBPyConnection,
    inbox: str,
    seen: pl.DataFrame,
    present: pl.DataFrame,
    unread: pl.DataFrame,
    processed_by: str,
) -> Changes:
    """Compare what was seen in an inbox with what was there before.

    In:  the published warehouse; the inbox; what was seen (flows.planning.SIGHTINGS) in the files read; the files that
         are there (PRESENT): of those not read to their end nothing is missed; source_path and record of what could
         not be read (record null: the file, or everything in the folder), of which nothing is missed either.
    Out: Changes; the same are in temporary tables of the connection, for `flows.recurrence`.
    """
    with_rows = {"seen": seen, "present_files": present, "unread": unread}
    for name, rows in with_rows.items():
        ledger.register(name, rows)
    parameters = {"1_missed_places": {"inbox": inbox}, "3_returned_documents": {"processed_by": processed_by}}
    for step in list_sql("ingest/presence"):
        run_sql(ledger, step, **parameters.get(step.removeprefix("ingest/presence/"), {}))
    for name in with_rows:
        ledger.unregister(name)
    return Changes(*(ledger.table(name).pl() for name in ("missed_places", "left_documents", "returned_documents")))


def list_unread(rejects: pl.DataFrame) -> pl.DataFrame:
    """The places of rejects that say nothing of what lies there. Out: source_path, record."""
    is_read = pl.col("reason").is_in(EMPTIED)
    return rejects.filter(~is_read).select("source_path", "record")
