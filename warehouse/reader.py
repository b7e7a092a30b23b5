"""Connections for reading: a snapshot of the published file, and nothing but SELECT."""

from pathlib import Path

import duckdb

SAFE_SETTINGS = """
set temp_directory = '';
set enable_external_access = false;
set python_enable_replacements = false;
set autoinstall_known_extensions = false;
set autoload_known_extensions = false;
set lock_configuration = true;
"""
"""Without the empty temp_directory, COPY and ATTACH could still write into `<file>.tmp/`."""


def connect_reader(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse for queries that nobody has vetted: no write, file, network or change of settings.

    Errors: FileNotFoundError; duckdb.Error where the file is no DuckDB database.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    con = duckdb.connect(str(path), read_only=True)
    con.execute(SAFE_SETTINGS)
    return con
