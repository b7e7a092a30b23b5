"""What a run tells: its progress and its end, for people or as JSON lines; every number read from the tables."""

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from rich.console import Console
from rich.text import Text

from flows.console import show, tabulate
from flows.logs import is_json, say_warning, write_event
from flows.outlook import Unchanged
from flows.run_warnings import Warning, call_command, find_warnings
from flows.settings import DEFAULT_WAREHOUSE
from flows.terminal import as_text, one_line
from warehouse.reader import connect_reader
from warehouse.sql import read_sql

if TYPE_CHECKING:  # a run that finds nothing new does not wait for Prefect
    from flows.ingest import Report

REJECTS_SHOWN = 20
NOTES_SHOWN = 10
console = Console(highlight=False)


def print_report(report: "Report", warehouse: Path) -> list[Warning]:
    """The end of a run: what was loaded, what is in it, what was set aside, what is odd, what to type next.

    Out: what is odd, for a command of --on-warning.
    """
    with contextlib.closing(connect_reader(warehouse)) as con:
        warnings = find_warnings(con, report.run["run_id"])
        if is_json():
            write_report(report, warnings)
            return warnings
        if report.run["loaded"]:
            print_contents(con)
        print_gone(con, report.run["run_id"])
    if report.foreign_wal:
        told = f"moved aside: {report.foreign_wal}, left by another program beside the warehouse"
        console.print(as_text(told, "yellow"))
    print_notes(report)
    print_rejects(report)
    if report.broken:
        told = f"{report.broken} rows broke a promise and were set aside: `from rejects where stage = 'check'`"
        console.print(told, style="red")
    for warning in warnings:
        console.print(as_text(f"odd beside earlier runs: {warning['message']}", "yellow"))
    print_end(report.run, report.waiting, warehouse)
    return warnings


def print_gone(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """How many articles the run no longer found as they were; nothing where there are none."""
    counts = con.execute(read_sql("queries/gone_in_run"), {"run_id": run_id}).fetchall()
    if counts:
        told = ", ".join(f"{articles} {what}" for what, articles in counts)
        console.print(f"no longer in the inbox as they were: {told} articles; `from gone_articles` lists them")


def print_unchanged(unchanged: Unchanged, warehouse: Path) -> None:
    """The end of a run that found nothing new."""
    if is_json():
        write_event("run", "error" if unchanged.run["status"] == "failed" else "info", broken=0, **unchanged.run)
        return
    print_end(unchanged.run, unchanged.waiting, warehouse)


def print_end(run: dict[str, Any], waiting: int, warehouse: Path) -> None:
    """What a run found, how many files it left to the next one, and what to type now."""
    console.print(Text.assemble("\n", (f"{run['found']} records found", "bold"), f": {count_records(run)}"))
    if waiting:
        told = f"{waiting} files have just been changed; they are left to the next run (--settle)"
        console.print(as_text(told, "yellow"))
    print_next(run, warehouse)


def pass_on(warnings: list[Warning], command: str | None) -> None:
    """Give each warning to the command of --on-warning; where that fails, say so and go on."""
    for warning in warnings if command else []:
        if problem := call_command(command or "", warning):
            say_warning(problem)


def print_scheduled(report: "Report", warehouse: Path) -> list[Warning]:
    """The end of a scheduled run: a line for it, its new rejects and what is odd, on standard error.

    Out: what is odd.
    """
    with contextlib.closing(connect_reader(warehouse)) as con:
        warnings = find_warnings(con, report.run["run_id"])
    if is_json():
        write_report(report, warnings)
        return warnings
    log = Console(stderr=True, highlight=False)
    print_notes(report, log)
    print_rejects(report, log)
    for warning in warnings:
        log.print(as_text(f"odd beside earlier runs: {warning['message']}", "yellow"), soft_wrap=True)
    started = f"{report.run['started_at']:%Y-%m-%d %H:%M:%S} UTC"
    log.print(as_text(f"{started}: {report.run['found']} found: {count_records(report.run)}"), soft_wrap=True)
    return warnings


def count_records(run: dict[str, Any]) -> str:
    """What became of the records of a run, and the time it took."""
    counts = ", ".join(f"{run[name]} {name}" for name in ("loaded", "unchanged", "repeated", "rejected") if run[name])
    seconds = (run["ended_at"] - run["started_at"]).total_seconds()
    return f"{counts or 'none'} ({seconds:.1f} s)"


def write_report(report: "Report", warnings: list[Warning]) -> None:
    """The end of a run as JSON lines: an event for each reject and warning, the last one for the run itself."""
    if report.foreign_wal:
        write_event("foreign_wal", "warning", moved_to=report.foreign_wal)
    for noted in report.notes:
        write_event("note", first_file=noted.first, files=noted.files, message=noted.note)
    for reject in report.rejects.iter_rows(named=True):
        write_event("reject", "warning", run_id=report.run["run_id"], **reject)
    for warning in warnings:
        write_event("warning", "warning", **warning)
    level = "error" if report.run["status"] == "failed" or report.broken else "info"
    write_event("run", level, broken=report.broken, **report.run)


def print_next(run: dict[str, Any], warehouse: Path) -> None:
    """What to do now."""
    option = "" if str(warehouse) == str(DEFAULT_WAREHOUSE) else f" -w {one_line(str(warehouse))}"
    is_command = Path(sys.argv[0]).name == "marbre" and not shutil.which("marbre")
    command = os.path.relpath(sys.argv[0]) if is_command else "marbre"
    if run["status"] == "failed":
        console.print("Nothing could be loaded; the lines above say why.", style="red")
        return
    if not run["found"]:
        console.print("The inbox is empty. Put .txt, .md, .html, .jsonl or .parquet files into it.", style="yellow")
        return
    if run["status"] == "unchanged":
        console.print("Nothing new: no table changed; run_history tells of this run.")
    for word, query in (("Next:", "from kwic('drones', 40)"), ("     ", "from public_figures")):
        console.print(Text.assemble(word, " ", (f'{command} sql{option} "{query}"', "cyan")), soft_wrap=True)
    console.print("      docs/cookbook.md has twelve questions and their SQL")


def print_contents(con: duckdb.DuckDBPyConnection) -> None:
    """What the warehouse holds: roles of text, people, figures."""
    console.print(tabulate(con, "queries/block_roles", "What the documents are made of"))
    console.print(tabulate(con, "queries/people", "Most mentioned people"))
    for row in con.execute(read_sql("queries/three_figures")).fetchall():
        console.print(describe_figure(row), soft_wrap=True)


def describe_figure(row: tuple[Any, ...]) -> Text:
    """A row of queries/three_figures: a figure as printed, as read, and the sentence it stands in."""
    text, kind, value, high, modifier, unit, noun, sentence = row
    parts = [show(part) for part in (modifier, value) if part is not None]
    parts += [Text("to"), show(high)] if high is not None else []
    parts += [show(part) for part in (unit, noun) if part is not None]
    reading = Text(" ").join(parts)
    return Text.assemble("  ", (show(text).plain, "bold"), " = ", show(kind), ": ", reading, "\n    ", show(sentence))


def print_notes(report: "Report", out: Console = console) -> None:
    """How the files that were read were taken, such as their columns, where a reader says so."""
    for noted in report.notes[:NOTES_SHOWN]:
        more = f" and {noted.files - 1} more" if noted.files > 1 else ""
        out.print(as_text(f"{one_line(noted.first)}{more}: {one_line(noted.note)}", "dim"), soft_wrap=True)
    if len(report.notes) > NOTES_SHOWN:
        out.print(f"… other files otherwise, in {len(report.notes) - NOTES_SHOWN} ways: marbre peek", style="dim")


def print_rejects(report: "Report", out: Console = console) -> None:
    """One line for each thing set aside for the first time."""
    for row in report.rejects.head(REJECTS_SHOWN).iter_rows(named=True):
        place = one_line(row["source_path"]) + (f", record {row['record']}" if row["record"] is not None else "")
        detail = f" ({one_line(row['detail'])})" if row["detail"] else ""
        out.print(as_text(f"rejected: {place}: {row['reason']}{detail}", "yellow"), soft_wrap=True)
    if report.rejects.height > REJECTS_SHOWN:
        out.print(f"… and {report.rejects.height - REJECTS_SHOWN} more: from rejects_by_reason", style="yellow")


def print_doubtful_entities(con: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Entities that may be the same thing, and how to merge, split, rename or retype them."""
    console.print(tabulate(con, "queries/doubtful_entities", "Entities that may be the same thing"))
    told = (
        f"To correct: a line entity_type,name,canonical,new_type in {warehouse.parent / 'aliases.csv'}, then run again"
    )
    console.print(as_text(told))
