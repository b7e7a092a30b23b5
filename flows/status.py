"""`marbre status`: how a warehouse stands, read in one look; without Prefect, models or Polars."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.text import Text

from flows.console import show, tabulate
from flows.served import find_served
from flows.terminal import as_text, one_line
from warehouse.sql import read_sql

BESIDE = (".previous", ".journal", ".staging", ".work")
"""What may lie beside a warehouse and take room."""
console = Console(highlight=False)


def print_status(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Size, newest article, tables, latest runs, warnings, what was set aside, and when the next run is."""
    console.print(as_text(f"{target}: {describe_size(target)}"))
    console.print(describe_newest(con))
    console.print(tabulate(con, "queries/table_counts", "Tables"))
    console.print(tabulate(con, "queries/latest_runs", "Latest runs (run_history has all)"))
    if count(con, "queries/count_warnings"):
        console.print(tabulate(con, "queries/latest_warnings", "Odd runs (run_warnings)"))
    if count(con, "queries/count_rejects"):
        console.print(tabulate(con, "queries/rejects", "Set aside (`marbre rejects` says what to do)"))
    console.print(as_text(describe_next_run(target)))


def count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    """The only number that a query gives."""
    row = con.execute(read_sql(query)).fetchone()
    return int(row[0]) if row else 0


def describe_size(target: Path) -> str:
    """The size of the file, and of what lies beside it."""
    others = [(suffix, size_of(target.with_name(target.name + suffix))) for suffix in BESIDE]
    told = ", ".join(f"{suffix} {megabytes(size)}" for suffix, size in others if size)
    return megabytes(size_of(target)) + (f" (beside it {told})" if told else "")


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 where there is none."""
    if path.is_dir():
        return sum(size_of(inner) for inner in path.iterdir())
    return path.stat().st_size if path.exists() else 0


def megabytes(size: int) -> str:
    """A size for people; 1 MB is 1,000,000 bytes."""
    return f"{size / 1e6:.1f} MB"


def describe_newest(con: duckdb.DuckDBPyConnection) -> Text:
    """The newest article by its printed date; a date of the future is a misprint."""
    now = datetime.now(UTC).replace(tzinfo=None)
    newest = con.execute(read_sql("queries/newest_article"), {"now": now}).fetchone()
    if newest is None:
        return Text("no article with a date yet")
    published, title, path = newest
    return Text.assemble(f"newest article: {published:%Y-%m-%d %H:%M} ", show(title or path))


def describe_next_run(target: Path) -> str:
    """When the schedule that serves the warehouse is due next."""
    served = find_served(target)
    if served is None:
        return "next run: no schedule serves this warehouse"
    due = served.next_run(datetime.now(UTC))
    return f"next run: {due:%Y-%m-%d %H:%M:%S %Z} of {one_line(served.inbox)}, {served.schedule} (process {served.pid})"
