"""What recurs in the documents of each source, the new ones and all earlier ones: a function of their set alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from transforms.layout.repetition import LEAST_WIDTH, LEAST_WITNESSES, choose_furniture
from warehouse.ddl import all_statements
from warehouse.publish import WRITER_MEMORY
from warehouse.sql import read_sql, run_sql

STREAMED_ROWS = 1_000
"""Earlier documents read at a time."""

HASHES = pl.Schema(
    {
        "source": pl.String(),
        "line_numbers": pl.List(pl.Int64),
        "keys": pl.List(pl.UInt64),
        "widths": pl.List(pl.Int64),
    }
)
"""What schemas/line_hashes.py keeps of a document; null for pages."""


def add_line_hashes(records: pl.DataFrame) -> pl.DataFrame:
    """Add HASHES to new records, once: the worker passes them on to the warehouse.

    In:  document_id, given, text (null for a page).
    Out: same rows, same order.
    """
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        con.register("hashed_records", records.select("document_id", "given", "text"))
        hashes = con.sql(read_sql("ingest/repetition/line_hashes"), params={"least_width": LEAST_WIDTH}).pl()
    kept = records.drop(HASHES.names(), strict=False)
    return kept.join(hashes, on="document_id", how="left", maintain_order="left")


def keep_line_hashes(records: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The rows of line_hashes for a batch: records with HASHES that became documents."""
    return records.select("document_id", *HASHES).drop_nulls("keys").join(documents, on="document_id", how="semi")


def find_repetition(con: duckdb.DuckDBPyConnection, batches: list[Path]) -> duckdb.DuckDBPyConnection:
    """Say which documents hold lines that recur in their source, other lines than when they were processed.

    In:  the published warehouse after `flows.presence.find_changes`: what is gone bears no witness, what is back does;
         the batches of new records, with HASHES.
    Out: a connection to the warehouse with the temporary table changed_documents: document_id, is_new, repeated_lines.
    """
    con.execute(f"set memory_limit = '{WRITER_MEMORY}'")
    paths, least = [str(path) for path in batches], LEAST_WITNESSES
    run_sql(con, "ingest/repetition/texts", batches=paths)
    run_sql(con, "ingest/repetition/wide_lines", least_witnesses=least)
    lines = con.sql(read_sql("ingest/repetition/recurrent_lines"), params={"least_witnesses": least, "batches": paths})
    con.register("furniture", choose_furniture(lines.pl()))
    run_sql(con, "ingest/repetition/changed_documents")
    con.unregister("furniture")
    return con


def empty_ledger() -> duckdb.DuckDBPyConnection:
    """The tables of a warehouse without a row, in memory."""
    con = duckdb.connect()
    for statement in all_statements():
        con.execute(statement)
    run_sql(con, "ingest/no_changes")
    return con


def add_repeated_lines(records: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Put what recurs into new records.

    In:  found: document_id, found (line numbers).
    """
    both = records.join(found, on="document_id", how="left", maintain_order="left")
    return both.with_columns(repeated_lines=pl.coalesce("found", "repeated_lines")).drop("found")


def stream_records(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """Earlier documents as they were read: rows of RECORDS with repeated_lines.

    In:  a query file that gives them.
    """
    rows = run_sql(con, query)
    names = [column[0] for column in rows.description or []]
    while chunk := rows.fetchmany(STREAMED_ROWS):
        yield from (dict(zip(names, row, strict=True)) for row in chunk)
