"""What the commands tell: progress, the end of a run, the state of a warehouse; every number read from the tables."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from flows.console import show
from flows.inbox import one_line
from flows.ingest import Report
from flows.progress import listening
from flows.settings import DEFAULT_WAREHOUSE
from warehouse.reader import connect_reader
from warehouse.sql import read_sql

REJECTS_SHOWN = 20
console = Console(highlight=False)


@contextlib.contextmanager
def show_progress() -> Iterator[None]:
    """Show what a run is doing, on one line of a terminal or line by line in a log."""
    log = Console(stderr=True, highlight=False)
    if log.is_terminal:
        with log.status("starting Prefect") as status, listening(status.update):
            yield
    else:
        with listening(lambda line: log.print(line, style="dim")):
            yield


def print_report(report: Report, warehouse: Path) -> None:
    """The end of a run: what was loaded, what is in it, what was set aside, what to type next."""
    run = report.run
    if report.foreign_wal:
        console.print(
            f"moved aside: {report.foreign_wal}, left by another program beside the warehouse", style="yellow"
        )
    with contextlib.closing(connect_reader(warehouse)) as con:
        if run["loaded"]:
            print_contents(con)
    print_rejects(report)
    if report.broken:
        console.print(
            f"{report.broken} rows broke a promise and were set aside: `from rejects where stage = 'check'`",
            style="red",
        )
    counts = ", ".join(f"{run[name]} {name}" for name in ("loaded", "unchanged", "repeated", "rejected") if run[name])
    seconds = (run["ended_at"] - run["started_at"]).total_seconds()
    console.print(f"\n[bold]{run['found']} records found[/bold]: {counts or 'none'} ({seconds:.1f} s)")
    print_next(run, warehouse)


def print_next(run: dict[str, Any], warehouse: Path) -> None:
    """What to do now."""
    option = "" if str(warehouse) == str(DEFAULT_WAREHOUSE) else f" -w {warehouse}"
    is_command = Path(sys.argv[0]).name == "marbre" and not shutil.which("marbre")
    command = os.path.relpath(sys.argv[0]) if is_command else "marbre"
    if run["status"] == "failed":
        console.print("Nothing could be loaded; the lines above say why.", style="red")
        return
    if not run["found"]:
        console.print("The inbox is empty. Put .txt, .md, .html, .jsonl or .parquet files into it.", style="yellow")
        return
    if not run["loaded"]:
        console.print("Nothing new: no table changed but runs, which has this run's row.")
    console.print(f"""Next: [cyan]{command} sql{option} "from kwic('drones', 40)"[/cyan]""", soft_wrap=True)
    console.print(f"""      [cyan]{command} sql{option} "from public_figures"[/cyan]""", soft_wrap=True)
    console.print("      docs/cookbook.md has twelve questions and their SQL")


def print_contents(con: duckdb.DuckDBPyConnection) -> None:
    """What the warehouse holds: roles of text, people, figures."""
    console.print(tabulate(con, "queries/block_roles", "What the documents are made of"))
    console.print(tabulate(con, "queries/people", "Most mentioned people"))
    for text, kind, value, high, modifier, unit, noun, sentence in con.execute(
        read_sql("queries/three_figures")
    ).fetchall():
        reading = " ".join(
            show(part)
            for part in (modifier, value, f"to {show(high)}" if high is not None else None, unit, noun)
            if part is not None
        )
        console.print(f"  [bold]{show(text)}[/bold] = {kind}: {reading}\n    {show(sentence)}", soft_wrap=True)


def tabulate(con: duckdb.DuckDBPyConnection, query: str, title: str) -> Table:
    """The result of a query file as a table."""
    relation = con.sql(read_sql(query))
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in relation.columns:
        table.add_column(name)
    for row in relation.fetchall():
        table.add_row(*(show(value) for value in row))
    return table


def print_rejects(report: Report) -> None:
    """One line for each thing set aside for the first time."""
    for row in report.rejects.head(REJECTS_SHOWN).iter_rows(named=True):
        place = one_line(row["source_path"]) + (f", record {row['record']}" if row["record"] is not None else "")
        detail = f" ({one_line(row['detail'])})" if row["detail"] else ""
        console.print(f"rejected: {place}: {row['reason']}{detail}", style="yellow", markup=False, soft_wrap=True)
    if report.rejects.height > REJECTS_SHOWN:
        console.print(f"… and {report.rejects.height - REJECTS_SHOWN} more: from rejects_by_reason", style="yellow")


def print_status(con: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Tables, runs and rejects of a warehouse."""
    console.print(f"{warehouse}: {warehouse.stat().st_size / 1e6:.1f} MB")
    console.print(tabulate(con, "queries/table_counts", "Tables"))
    console.print(tabulate(con, "queries/latest_runs", "Latest runs (run_history has all)"))
    console.print(tabulate(con, "queries/rejects", "Set aside (rejects_by_reason)"))


def print_doubtful_entities(con: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Entities that may be the same thing, and how to merge, split, rename or retype them."""
    console.print(tabulate(con, "queries/doubtful_entities", "Entities that may be the same thing"))
    console.print(
        f"To correct: a line entity_type,name,canonical,new_type in {warehouse.parent / 'aliases.csv'}, then run again"
    )
