"""The published file and the working file: readers keep their snapshot while a run writes."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas import TABLES
from warehouse.carry_over import is_older
from warehouse.ddl import all_statements, columns, quote, table_name
from warehouse.sql import run_folder, run_sql

READ_ONLY_MODE = 0o444
"""A writable file invites a client to open it read-write; its .wal would be replayed onto the next one published."""

WRITER_MEMORY = "1500MB"
"""Memory of the writer; beyond it DuckDB spills to `<file>.work.tmp`. Its own default is four fifths of the machine."""


UPGRADE = "`marbre upgrade` makes it anew from its own documents, and so does `marbre run`"
NO_WAREHOUSE = "it is no warehouse that Marbre made: give another file with -w"


class WarehouseBusy(RuntimeError):
    """Another run is writing this warehouse."""


class WarehouseUnfit(RuntimeError):
    """The file is no warehouse that this version of Marbre can write."""


def beside(target: Path, suffix: str) -> Path:
    """A path beside the warehouse: w.duckdb and .work give w.duckdb.work."""
    return target.with_name(target.name + suffix)


@contextlib.contextmanager
def sole_writer(target: Path) -> Iterator[None]:
    """Hold the right to write a warehouse. The lock ends with its process, however that ends.

    Errors: WarehouseBusy where another process holds it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(beside(target, ".lock"), "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseBusy(f"another run is writing {target}; try again when it has ended") from None
        yield


@contextlib.contextmanager
def working_copy(target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a working copy of the warehouse, in one transaction; publish it when the block ends well.

    Out: a read-write connection in a transaction, to all tables of the schema, new where there is no file yet.
    Errors: WarehouseUnfit; whatever is raised inside, after which the published file is as it was.
    """
    work = beside(target, ".work")
    _remove(work)
    if target.exists():
        shutil.copyfile(target, work)
    con = duckdb.connect(str(work))
    try:
        con.execute("set preserve_insertion_order = false")
        con.execute(f"set memory_limit = '{WRITER_MEMORY}'")
        con.execute("begin transaction")
        prepare(con, target)
        for folder in ("functions", "views", "macros"):
            run_folder(con, folder)
        yield con
        con.execute("commit")
        con.execute("checkpoint")
        con.close()
        publish(work, target)
    finally:
        con.close()
        _remove(work)


@contextlib.contextmanager
def open_ledger(target: Path) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Open the published warehouse to look up what it holds; null where there is none yet.

    Errors: WarehouseUnfit.
    """
    if not target.exists():
        yield None
        return
    con = duckdb.connect(str(target), read_only=True)
    try:
        check_tables(list_tables(con), target)
        yield con
    finally:
        con.close()


def prepare(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Create the tables of an empty file; of another, see that its tables are those of this version."""
    tables = list_tables(con)
    if tables:
        check_tables(tables, target)
    else:
        for statement in all_statements():
            con.execute(statement)


def list_tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The tables of a file, each with its columns in order."""
    return dict(run_sql(con, "ingest/table_columns").fetchall())


def check_tables(tables: dict[str, list[str]], target: Path) -> None:
    """See that a file has the tables of this version. Errors: WarehouseUnfit."""
    for model in TABLES:
        name = table_name(model)
        if tables.get(name) != list(columns(model)):
            what = f"{target}: the table {name} is not that of this version of Marbre"
            raise WarehouseUnfit(f"{what}; {UPGRADE if is_older(tables) else NO_WAREHOUSE}")


def publish(work: Path, target: Path) -> None:
    """Put the working file in the place of the published one, in one step and read-only."""
    work.chmod(READ_ONLY_MODE)
    with open(work, "rb") as done:
        os.fsync(done.fileno())
    os.replace(work, target)


def compact(path: Path) -> None:
    """Write a warehouse anew, without the blocks that deleted rows left, and put it in the place of the old one.

    To be called by the sole writer. A block that is free keeps its bytes until another row is written to it.
    """
    work = beside(path, ".work")
    _remove(work)
    try:
        with duckdb.connect() as con:
            con.execute(f"attach {quote(str(path))} as old (read_only)")
            con.execute(f"attach {quote(str(work))} as new")
            con.execute("copy from database old to new")
            con.execute("checkpoint new")
        publish(work, path)
    finally:
        _remove(work)


def move_foreign_wal(target: Path) -> Path | None:
    """Move a .wal beside the published file aside: some other program's, it would be replayed onto our next file.

    Out: where it is now; null where there was none.
    """
    wal = beside(target, ".wal")
    if not wal.exists():
        return None
    aside = beside(target, f".foreign-wal-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    os.replace(wal, aside)
    return aside


def _remove(work: Path) -> None:
    for path in (work, beside(work, ".wal")):
        path.unlink(missing_ok=True)
    shutil.rmtree(beside(work, ".tmp"), ignore_errors=True)
