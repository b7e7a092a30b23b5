"""The published file and the working file: readers keep their snapshot while a run writes."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas import TABLES
from warehouse.carry_over import is_older
from warehouse.compaction import LARGE_GROUP, is_loose, write_anew
from warehouse.copying import copy_file
from warehouse.ddl import all_statements, columns, quote, table_name
from warehouse.errors import WarehouseTorn, WarehouseUnfit
from warehouse.lock import beside
from warehouse.reader import WAL_SUFFIXES
from warehouse.sql import run_folder, run_sql

READ_ONLY_MODE = 0o444
"""A writable file invites a client to open it read-write; its .wal would be replayed onto the next one published."""

WRITER_MEMORY = "1500MB"
"""Memory of the writer; beyond it DuckDB spills to `<file>.work.tmp`. Its own default is four fifths of the machine."""

STORAGE_VERSION = "v1.2.0"
"""Any DuckDB since 1.2 (February 2025) opens it; since then texts can be stored with zstd."""

ZSTD_LENGTH = 256
"""Average length of a column's texts from which they are stored with zstd. DuckDB's own 4096 spares news articles; of
3,332 of them the file has 76 MB with 4096, 55 with 256, 53 with 64."""

BLOCK_SIZE = 65_536
"""Bytes of a block. Tables share none, so each small run leaves blocks half filled: of 3,332 articles the file has 59
MB with blocks of 262,144, 44 with 65,536, 70 with 32,768; with ten texts more 67, 48, 72."""

SMALL_GROUP = 2_048
"""Rows of a row group where a run brings little. A checkpoint writes the last row group of a table anew and leaves the
old one free: with large ones ten texts beside 12,304 grew the file from 265 to 401 MB, with small ones to 276. Small
ones throughout cost a quarter more."""

FEW_DOCUMENTS = 512
"""New documents up to which a run writes small row groups."""


UPGRADE = "`marbre upgrade` makes it anew from its own documents, and so does `marbre run`"
NO_WAREHOUSE = "it is no warehouse that Marbre made: give another file with -w"


@contextlib.contextmanager
def working_copy(
    target: Path, documents: int = 0, keep: int = 0, *, is_anew: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a working copy of the warehouse, in one transaction; publish it when the block ends well.

    In:  about how many documents will be written, generations to keep; with is_anew the published file is written from
         its first block to its last, so that none that is free keeps the bytes of a deleted row.
    Out: a read-write connection in a transaction, to all tables of the schema, new where there is no file yet.
    Errors: WarehouseUnfit, WarehouseTorn, OSError; whatever is raised inside. After each the published file is as it
            was, and the copy is gone.
    """
    work = beside(target, ".work")
    _remove(work)
    con = duckdb.connect()
    try:
        if target.exists():
            copy_file(target, work)
        open_work(con, work, documents)
        con.execute("begin transaction")
        prepare(con, target)
        for folder in ("functions", "views", "macros"):
            run_folder(con, folder)
        yield con
        counts = count_rows(con)
        con.execute("commit")
        con.execute("checkpoint")
        finished = tighten(con, work) if is_anew or is_loose(con) else work
        con.close()
        publish(finished, target, counts, keep)
    finally:
        con.close()
        _remove(work)
        _remove(beside(work, ".tight"))


def open_work(con: duckdb.DuckDBPyConnection, work: Path, documents: int) -> None:
    """Attach the working file as the database in use, with row groups that fit what will be written."""
    set_limits(con, work)
    con.execute(f"attach {quote(str(work))} as warehouse ({describe_storage(documents)})")
    con.execute("use warehouse")


def set_limits(con: duckdb.DuckDBPyConnection, work: Path) -> None:
    """What a writer may use, and how it stores texts."""
    con.execute(f"set temp_directory = {quote(str(beside(work, '.tmp')))}")
    con.execute(f"set zstd_min_string_length = {ZSTD_LENGTH}")
    con.execute("set preserve_insertion_order = false")
    con.execute(f"set memory_limit = '{WRITER_MEMORY}'")


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


def describe_storage(documents: int) -> str:
    """Options of ATTACH for about so many new documents."""
    size = SMALL_GROUP if documents <= FEW_DOCUMENTS else LARGE_GROUP
    return f"storage_version '{STORAGE_VERSION}', block_size {BLOCK_SIZE}, row_group_size {size}"


def tighten(con: duckdb.DuckDBPyConnection, work: Path) -> Path:
    """Write the working file anew, without free blocks. Out: the file to publish."""
    tight = beside(work, ".tight")
    _remove(tight)
    write_anew(con, tight, describe_storage(LARGE_GROUP))
    return tight


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The rows of each table of the schema."""
    names = [table_name(model) for model in TABLES]
    counts = con.sql(" union all ".join(f"select '{name}', count(*) from {name}" for name in names)).fetchall()
    return dict(counts)


def publish(work: Path, target: Path, counts: dict[str, int] | None = None, keep: int = 0) -> None:
    """Put the finished file in the place of the published one, in one step and read-only.

    In:  the rows of each table, as counted in the transaction (null: it was counted when it was made); with keep, the
         generation before stays as .previous.
    Errors: WarehouseTorn, OSError: before the step, so that the published file is as it was.
    """
    work.chmod(READ_ONLY_MODE)
    sync(work)
    if counts is not None:
        see_whole(work, counts)
    if keep and target.exists():
        keep_previous(target)
    move_foreign_wal(target)
    os.replace(work, target)
    sync(target.parent)


def see_whole(work: Path, counts: dict[str, int]) -> None:
    """Open the finished file as a reader does and count. Errors: WarehouseTorn."""
    try:
        with duckdb.connect(str(work), read_only=True) as con:
            found = count_rows(con)
    except duckdb.Error as error:
        raise WarehouseTorn(f"{work}: the finished file cannot be read: {str(error).splitlines()[0]}") from error
    if found != counts:
        name = next(name for name in counts if found[name] != counts[name])
        raise WarehouseTorn(
            f"{work}: {name} has {found[name]} rows of {counts[name]} written; nothing was published, run again"
        )


def keep_previous(target: Path) -> None:
    """Have the published file stay as .previous when another takes its place; the one before it goes."""
    new = beside(target, ".previous.new")
    new.unlink(missing_ok=True)
    try:
        os.link(target, new)
    except OSError:  # a file system without hard links
        copy_file(target, new)
        sync(new)
    os.replace(new, beside(target, ".previous"))


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk and not only in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def follow_links(target: Path) -> Path:
    """The file that a path leads to, where it need not be yet: what is locked, written and replaced is that file."""
    return Path(os.path.realpath(target))


def list_wals(target: Path) -> list[Path]:
    """Logs beside a warehouse. Ours are beside the working file, so these are some other program's."""
    return [path for suffix in WAL_SUFFIXES if (path := beside(target, suffix)).exists()]


def move_foreign_wal(target: Path) -> Path | None:
    """Move logs beside the published file aside: they would be replayed onto our next file.

    Out: where the first is now; null where there was none.
    """
    now, moved = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}", []
    for wal in list_wals(target):
        aside = beside(target, f".foreign{wal.name.removeprefix(target.name).replace('.', '-')}-{now}")
        os.replace(wal, aside)
        moved.append(aside)
    return moved[0] if moved else None


def _remove(work: Path) -> None:
    for suffix in ("", *WAL_SUFFIXES):
        beside(work, suffix).unlink(missing_ok=True)
    shutil.rmtree(beside(work, ".tmp"), ignore_errors=True)
