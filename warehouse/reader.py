"""Connections for reading: a snapshot of the published file, and nothing but SELECT."""

import errno
import os
from pathlib import Path

import duckdb

from warehouse import journal

SAFE_SETTINGS = """
set temp_directory = '';
set enable_external_access = false;
set python_enable_replacements = false;
set autoinstall_known_extensions = false;
set autoload_known_extensions = false;
set lock_configuration = true;
"""
"""Without the empty temp_directory, COPY and ATTACH could still write into `<file>.tmp/`."""

WAL_SUFFIXES = (".wal", ".wal.checkpoint", ".wal.recovery")
"""Logs that DuckDB replays when it opens the file beside them."""


def connect_reader(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse for queries that nobody has vetted: no write, file, network or change of settings.

    Runs that found nothing new, and stand in the journal, are in `runs` and `run_history` as well.

    Errors: FileNotFoundError; OSError where another program's log lies beside it, which DuckDB would replay: its rows
            are not ours; duckdb.Error where the file is no DuckDB database.
    """
    if not path.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    refuse_foreign_wal(Path(os.path.realpath(path)))
    entries = journal.read(Path(os.path.realpath(path)))  # first: what is published meanwhile has absorbed them
    con = duckdb.connect(str(path), read_only=True)
    journal.show(con, entries)
    con.execute(SAFE_SETTINGS)
    return con


def refuse_foreign_wal(path: Path) -> None:
    """See that no log lies beside a warehouse. Errors: OSError."""
    for suffix in WAL_SUFFIXES:
        if path.with_name(path.name + suffix).exists():
            advice = (
                f"a {suffix} of another program lies beside it: `marbre run` moves it aside, or move it away yourself"
            )
            raise OSError(errno.EBUSY, advice, str(path))
