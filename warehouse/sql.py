"""The SQL files of this folder, as text and as statements to run."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb


@cache
def read_sql(name: str) -> str:
    """The text of one SQL file, such as `ingest/staged_names`."""
    return files("warehouse").joinpath(f"{name}.sql").read_text("utf-8")


@cache
def list_sql(folder: str) -> list[str]:
    """Names of the SQL files of a folder, in alphabetical order."""
    return sorted(
        f"{folder}/{p.name[:-4]}" for p in files("warehouse").joinpath(folder).iterdir() if p.name.endswith(".sql")
    )


def run_sql(con: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> duckdb.DuckDBPyConnection:
    """Run one SQL file, with named parameters."""
    return con.execute(read_sql(name), parameters) if parameters else con.execute(read_sql(name))


def as_rows(rows: list[Any]) -> str:
    """Strings, or rows by column, as one parameter for from_json; half surrogates, which are no text, as "?".

    DuckDB looks for modules that are not installed at each value of a list given to it: 36,000 strings took 2.2 s of
    CPU, as JSON 0.05 s.
    """
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace").decode()


def run_folder(con: duckdb.DuckDBPyConnection, folder: str) -> None:
    """Run every SQL file of a folder, in alphabetical order; a view may need one that sorts before it."""
    for name in list_sql(folder):
        con.execute(read_sql(name))
