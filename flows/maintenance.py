"""Upkeep of a warehouse: a copy that can be trusted, a file without holes, and whether all promises still hold."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import duckdb
import polars as pl

from warehouse.checking import FOLDERS, check_rows
from warehouse.ddl import quote
from warehouse.lock import beside, sole_writer
from warehouse.publish import publish
from warehouse.sql import list_sql, read_sql, run_sql

CHUNK_BYTES = 8 * 2**20
VACUUM_MEMORY = "1500MB"
"""As of the writer of a run; beyond it DuckDB spills beside the working file."""


class BackupUnsound(RuntimeError):
    """A copy is not what it was made from."""


class Copied(NamedTuple):
    """A backup that was made and checked."""

    bytes: int
    rows: int


class Broken(NamedTuple):
    """A promise that does not hold: which, how often, and the first row that breaks it."""

    promise: str
    rows: int
    first: str


def back_up(target: Path, out: Path) -> Copied:
    """Copy the published warehouse while runs go on, and see that the copy is sound before it gets its name.

    The published file is never written to, only replaced; the file that is open here stays the same to the end.
    What unchanged runs left in the journal beside it is copied too.
    Errors: FileNotFoundError; FileExistsError for an `out` that is there; BackupUnsound; OSError, as of a full disk.
    """
    if out.exists():
        raise FileExistsError(f"{out} is there already; a backup takes the place of nothing")
    unfinished = beside(out, ".unfinished")
    try:
        with open(target, "rb") as source:
            digest = copy_bytes(source, unfinished)
        if digest != hash_file(unfinished):
            raise BackupUnsound(f"{unfinished} reads back otherwise than it was written; look at the disk")
        rows = count_rows(unfinished)
        os.link(unfinished, out)  # unlike a rename it fails where a file has come up under that name
        copy_journal(target, out)
        sync_folder(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return Copied(out.stat().st_size, rows)


def copy_bytes(source: BinaryIO, out: Path) -> str:
    """Copy an open file to the disk itself. Out: the SHA-256 of what was read."""
    digest = hashlib.sha256()
    with open(out, "wb") as copy:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
        os.posix_fadvise(copy.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # so that it is read back from the disk
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """The SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_journal(target: Path, out: Path) -> None:
    """Copy the journal of unchanged runs, where there is one."""
    with contextlib.suppress(FileNotFoundError):
        beside(out, ".journal").write_bytes(beside(target, ".journal").read_bytes())


def sync_folder(path: Path) -> None:
    """Have the name of a file on the disk, too."""
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def count_rows(path: Path) -> int:
    """Rows of all tables of a file, opened as a reader opens it. Errors: BackupUnsound, where it cannot be read."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            return sum(rows for _, rows in count_tables(con))
    except duckdb.Error as error:
        raise BackupUnsound(f"{path} cannot be read: {str(error).splitlines()[0]}") from error


def count_tables(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """The tables of the current database, each with the number of its rows."""
    names = [name for (name,) in run_sql(con, "upkeep/table_names").fetchall()]
    return [(name, con.table(f'"{name}"').count("*").fetchall()[0][0]) for name in names]


def vacuum(target: Path) -> tuple[int, int]:
    """Write the warehouse anew without the holes that updates and deletes leave; publish it where that is smaller.

    Out: bytes before and after, the same where there was nothing to gain.
    Errors: WarehouseBusy; FileNotFoundError; BackupUnsound, where the new file does not hold what the old one does;
    in each case the published file is as it was.
    """
    if not target.exists():
        raise FileNotFoundError(target)
    with sole_writer(target):
        before = target.stat().st_size
        work = beside(target, ".work")
        try:
            copy_database(target, work)
            if work.stat().st_size < before:
                publish(work, target)
        finally:
            for left in (work, beside(work, ".wal")):
                left.unlink(missing_ok=True)
    return before, target.stat().st_size


def copy_database(target: Path, work: Path) -> None:
    """Copy every table, view and macro into a new file. Errors: BackupUnsound, where a table has other rows there."""
    work.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute(f"set memory_limit = '{VACUUM_MEMORY}'")
        con.execute("set preserve_insertion_order = false")
        con.execute(f"attach {quote(str(target))} as old (read_only)")
        con.execute(f"attach {quote(str(work))} as new")
        con.execute("copy from database old to new")
        con.execute("checkpoint new")
        hashes = [hash_tables(con, name) for name in ("old", "new")]
    if hashes[0] != hashes[1]:
        differing = sorted(name for name in hashes[0] if hashes[0][name] != hashes[1].get(name))
        raise BackupUnsound(f"the copy of {', '.join(differing)} has other rows; {target} is as it was")


def hash_tables(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, tuple[int, int]]:
    """Rows and a hash of all values of each table, whatever the order of rows; reads every block of the file.

    Errors: duckdb.Error where a block does not have its checksum.
    """
    con.execute(f"use {database}")
    names = [name for (name,) in run_sql(con, "upkeep/table_names").fetchall()]
    found = {
        name: con.table(f'"{name}"').aggregate(f'count(*), coalesce(bit_xor(hash("{name}")), 0)') for name in names
    }
    return {name: relation.fetchall()[0] for name, relation in found.items()}


def check(target: Path) -> list[Broken]:
    """See whether the whole warehouse holds to what it promises: its blocks, its checks, the account of each run.

    Errors: FileNotFoundError.
    """
    if not target.exists():
        raise FileNotFoundError(target)
    with duckdb.connect(":memory:") as con:
        try:
            con.execute(f"attach {quote(str(target))} as checked (read_only)")
            hash_tables(con, "checked")
        except duckdb.Error as error:
            return [Broken("every block can be read", 1, str(error).splitlines()[0])]
        return [*check_promises(con), *check_upkeep(con)]


def check_promises(con: duckdb.DuckDBPyConnection) -> Iterator[Broken]:
    """The checks of every run, over all articles."""
    con.execute("create temp table run_articles as select article_id from articles")
    broken = pl.concat([check_rows(con, folder) for folder in FOLDERS], how="vertical_relaxed")
    for (name,), rows in broken.sort("check_name", "table_name", "row_id").group_by("check_name", maintain_order=True):
        first = rows.row(0, named=True)
        place = f" of {first['source_path']}" if first["source_path"] else ""
        yield Broken(str(name), rows.height, f"{first['table_name']} {first['row_id']}{place}: {first['detail']}")


def check_upkeep(con: duckdb.DuckDBPyConnection) -> Iterator[Broken]:
    """What only the whole file shows: accounts of runs, hashes, files."""
    for name in list_sql("upkeep/checks"):
        rows = con.execute(read_sql(name)).fetchall()
        if rows:
            yield Broken(name.split("/")[-1], len(rows), ": ".join(map(str, rows[0])))
