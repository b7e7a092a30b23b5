"""Writing a warehouse anew where small runs have left it loose: free blocks, and row groups of a few rows."""

from pathlib import Path

import duckdb

from schemas import TABLES
from warehouse.ddl import all_statements, quote, table_name
from warehouse.load import create_lexicon
from warehouse.sql import run_folder, run_sql

LARGE_GROUP = 122_880
"""Rows of a row group where DuckDB may choose."""

LOOSE = 0.12
"""Share of loose blocks from which a file is written anew, which costs about .6 CPU-ms an article: beside 3,000
articles that is once in five runs of ten texts, beside 36,000 once in hundreds."""


def is_loose(con: duckdb.DuckDBPyConnection) -> bool:
    """True where more than LOOSE of the blocks of the database in use are free or, one a row group too many, half full.

    Five runs of ten texts beside 3,332 articles left 51 free blocks and 31 row groups too many; written anew the file
    had 73 blocks less.
    """
    total, free = run_sql(con, "ingest/compaction/blocks").fetchone() or (0, 0)
    too_many = sum(count_small_groups(con, table_name(model)) for model in TABLES)
    return bool(free + too_many > LOOSE * total)


def count_small_groups(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Row groups of a table beyond those that its rows need."""
    groups, rows = run_sql(con, "ingest/compaction/row_groups", table=table).fetchone() or (0, 0)
    return max(0, int(groups) - -(-int(rows) // LARGE_GROUP))


def write_anew(con: duckdb.DuckDBPyConnection, path: Path, storage: str) -> None:
    """Write every table of the database in use to a new file, with its views and macros.

    In:  a connection with the database `warehouse` in use; options of ATTACH.
    """
    con.execute(f"attach {quote(str(path))} as compacted ({storage})")
    con.execute("use compacted")
    con.execute("begin transaction")
    for statement in all_statements():
        con.execute(statement)
    for model in TABLES:
        con.execute(f"insert into compacted.{table_name(model)} from warehouse.{table_name(model)}")
    for (name,) in con.execute("select lexicon from lexicons").fetchall():
        create_lexicon(con, name, f"warehouse.ref_{name}")
    for folder in ("functions", "views", "macros"):
        run_folder(con, folder)
    con.execute("commit")
    con.execute("checkpoint compacted")
    con.execute("detach warehouse")
