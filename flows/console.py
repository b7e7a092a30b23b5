"""SQL answers on a terminal: one query, or one after the other."""

import csv
import io
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.terminal import as_text, some_lines
from warehouse.sql import read_sql

ROWS_SHOWN = 100
"""Rows of a table on a terminal; the file formats give all."""
CHUNK_ROWS = 10_000


def answer(con: duckdb.DuckDBPyConnection, query: str, output: str) -> str | None:
    """Run a query and print its result. Out: what is wrong with the query, null where nothing is."""
    try:
        relation = con.sql(query)
        if relation is not None:
            PRINTERS[output](relation)
    except duckdb.Error as error:
        return str(error).strip()
    return None


def converse(con: duckdb.DuckDBPyConnection, output: str) -> None:
    """Read queries that end in a semicolon and answer each, until the end of input or `.quit`."""
    Console(stderr=True).print("A query ends in ; — `show tables;` lists the tables, .quit leaves.")
    lines: list[str] = []
    while True:
        try:
            line = input("marbre> " if not lines else "   ...> ")
        except EOFError:
            return
        if not lines and line.strip() in (".quit", ".exit", "quit", "exit"):
            return
        lines.append(line)
        if line.rstrip().endswith(";"):
            if problem := answer(con, "\n".join(lines), output):
                Console(stderr=True).print(as_text(problem, "red"))
            lines = []


def print_table(relation: duckdb.DuckDBPyRelation) -> None:
    """A table for reading; long results say how much is left out."""
    rows = relation.fetchmany(ROWS_SHOWN + 1)
    console = Console()
    console.print(make_table(relation.columns, rows[:ROWS_SHOWN]))
    if len(rows) > ROWS_SHOWN:
        console.print(f"first {ROWS_SHOWN} rows; --format csv, json or parquet gives all", style="dim")


def make_table(names: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> Table:
    """A table of values as they are: neither names nor values are markup or act on the terminal."""
    table = Table(title=title and as_text(title), title_justify="left", header_style="bold")
    for name in names:
        table.add_column(as_text(name), overflow="fold")
    for row in rows:
        table.add_row(*(show(value) for value in row))
    return table


def tabulate(con: duckdb.DuckDBPyConnection, query: str, title: str) -> Table:
    """The result of a query file as a table."""
    relation = con.sql(read_sql(query))
    return make_table(relation.columns, relation.fetchall(), title)


def show(value: Any) -> Text:
    """A value as a cell."""
    if value is None:
        return Text()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return as_text(write_nested(value))


def write_nested(value: Any) -> Any:
    """A list or a struct as JSON, which other programs read; any other value as it is."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def for_output(text: str) -> str:
    """A line as it goes out: whole into a file or a pipe, harmless on a terminal."""
    return some_lines(text) if sys.stdout.isatty() else text


def print_csv(relation: duckdb.DuckDBPyRelation) -> None:
    """Comma-separated values with a header."""
    _write_csv([relation.columns])
    while rows := relation.fetchmany(CHUNK_ROWS):
        _write_csv(map(write_nested, row) for row in rows)


def _write_csv(rows: Iterable[Iterable[Any]]) -> None:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    sys.stdout.write(for_output(lines.getvalue()))


def print_json(relation: duckdb.DuckDBPyRelation) -> None:
    """JSON lines, an object a row."""
    while rows := relation.fetchmany(CHUNK_ROWS):
        for row in rows:
            line = dict(zip(relation.columns, row, strict=True))
            sys.stdout.write(for_output(json.dumps(line, ensure_ascii=False, default=str) + "\n"))


def print_parquet(relation: duckdb.DuckDBPyRelation) -> None:
    """A parquet file on standard output; through a temporary file, since parquet is written from both ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.parquet"
        relation.pl().write_parquet(path)
        sys.stdout.buffer.write(path.read_bytes())


PRINTERS = {"table": print_table, "csv": print_csv, "json": print_json, "parquet": print_parquet}
