"""The journal beside a warehouse: runs that found nothing new, so that nothing was published for them.

`w.duckdb.journal` has a JSON object a line: {"run": a row of runs, "inbox": its absolute path, "touched": [[file_path,
size, modified_ns], ...]}. A line is written through to the disk before its run ends; a torn last line, left by a cut
of power, is passed over. The next run that publishes takes all lines into its tables and removes the file; `run_id`
is the key, so that a line taken twice is one row. Light: readers and the look before a run import it.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.lock import beside
from warehouse.sql import as_rows, run_sql

SUFFIX = ".journal"
FULL_BYTES = 4 * 2**20
"""Size at which a run publishes to empty the journal: some 8,000 unchanged runs, one a minute for five days."""


class Touched(NamedTuple):
    """A file that holds what it held, at another time of modification; null where that cannot be trusted yet."""

    file_path: str
    size: int
    modified_ns: int | None


class Entry(NamedTuple):
    """A run that found nothing new. `inbox` is absolute; `run` a row of runs."""

    run: dict[str, Any]
    inbox: str
    touched: list[Touched]


def append(target: Path, entry: Entry) -> None:
    """Add a line, and see that it is on the disk. Only for who holds the lock of the warehouse."""
    path = beside(target, SUFFIX)
    is_new = not path.exists()
    with open(path, "ab+") as journal:
        journal.truncate(_whole_bytes(path))
        journal.write(json.dumps(entry._asdict(), default=_write_time).encode() + b"\n")
        journal.flush()
        os.fsync(journal.fileno())
    if is_new:
        sync_folder(path.parent)


def read(target: Path) -> list[Entry]:
    """The lines of the journal, the oldest first; none where there is no journal. What is no entry is passed over."""
    path = beside(target, SUFFIX)
    if not path.exists():
        return []
    entries = map(_read_line, path.read_bytes()[: _whole_bytes(path)].splitlines())
    return [entry for entry in entries if entry is not None]


def unabsorbed(con: duckdb.DuckDBPyConnection, entries: list[Entry]) -> list[Entry]:
    """The entries whose run the warehouse does not hold yet; all of them, unless a kill left the journal behind."""
    if not entries:
        return []
    ids = as_rows([entry.run["run_id"] for entry in entries])
    known = {row[0] for row in run_sql(con, "ingest/journal/known_runs", run_ids=ids).fetchall()}
    return [entry for entry in entries if entry.run["run_id"] not in known]


def show(con: duckdb.DuckDBPyConnection, entries: list[Entry]) -> None:
    """Have `runs`, and all that is made of it, tell of the entries as well, for this connection alone."""
    if left := unabsorbed(con, entries):
        _load_runs(con, left)
        row = con.execute("select current_database()").fetchone()
        name = str(row and row[0]).replace('"', '""')
        con.execute(f'create temp view runs as from "{name}".main.runs union all by name from journaled_runs')


def absorb(con: duckdb.DuckDBPyConnection, entries: list[Entry]) -> None:
    """Take the entries into runs and files, in the transaction of who publishes; then `clear`."""
    if left := unabsorbed(con, entries):
        _load_runs(con, left)
        con.execute("insert into runs by name from journaled_runs")
        con.execute("drop table journaled_runs")
        _touch_files(con, left)


def clear(target: Path) -> None:
    """Remove the journal: what it told is in the published file."""
    path = beside(target, SUFFIX)
    if path.exists():
        path.unlink()
        sync_folder(path.parent)


def is_full(target: Path) -> bool:
    """True where the journal has grown so long that it should be absorbed."""
    path = beside(target, SUFFIX)
    return path.exists() and path.stat().st_size > FULL_BYTES


def sync_folder(folder: Path) -> None:
    """See that a folder's entries are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _touch_files(con: duckdb.DuckDBPyConnection, entries: list[Entry]) -> None:
    """Bring the table files up to date; of a file touched several times the last entry counts."""
    touched = {
        (entry.inbox, file.file_path): {"inbox": entry.inbox, "run_id": entry.run["run_id"], **file._asdict()}
        for entry in entries
        for file in entry.touched
    }
    run_sql(con, "ingest/journal/touch_files", touched=as_rows(list(touched.values())))


def _load_runs(con: duckdb.DuckDBPyConnection, entries: list[Entry]) -> None:
    """Make the temporary table journaled_runs, with the columns of runs."""
    con.execute("create temp table journaled_runs as from runs limit 0")
    columns = con.execute("describe journaled_runs").fetchall()
    structure = json.dumps([{name: kind for name, kind, *_ in columns}])
    rows = json.dumps([entry.run for entry in entries], default=_write_time)
    run_sql(con, "ingest/journal/load_runs", rows=rows, structure=structure)


def _whole_bytes(path: Path) -> int:
    """Bytes of a journal up to the end of its last whole line."""
    raw = path.read_bytes()
    return raw.rfind(b"\n") + 1


def _read_line(line: bytes) -> Entry | None:
    try:
        row = json.loads(line)
        return Entry(row["run"], row["inbox"], [Touched(*file) for file in row["touched"]])
    except (ValueError, KeyError, TypeError):
        return None


def _write_time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
