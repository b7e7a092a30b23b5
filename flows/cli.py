"""The command `marbre`. Each command does one thing; what it does is written elsewhere."""

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from flows.logs import LogFormat, choose_format, say_error, say_warning
from flows.settings import DEFAULT_ENGINE, DEFAULT_WAREHOUSE, RunOptions, prepare_environment

prepare_environment()
app = typer.Typer(
    help="Marbre lays out raw French news texts as SQL tables.", no_args_is_help=True, pretty_exceptions_enable=False
)

EXIT_NOTHING_LOADED = 1
EXIT_USAGE = 2
INTERRUPTED = 130

Inbox = Annotated[Path, typer.Argument(help="Folder of raw texts, read recursively.", show_default=False)]
WarehouseFile = Annotated[Path, typer.Option("--warehouse", "-w", help="The DuckDB file.", envvar="MARBRE_WAREHOUSE")]
EngineName = Annotated[str, typer.Option("--engine", help="Entity engine: spacy:NAME of an installed pipeline.")]

Events = Annotated[
    LogFormat,
    typer.Option("--log-format", help="json: each event a JSON object on standard error.", envvar="MARBRE_LOG_FORMAT"),
]
OnWarning = Annotated[
    str | None,
    typer.Option(
        help="A command that is given each warning of a run as JSON on its standard input.",
        envvar="MARBRE_ON_WARNING",
        show_default=False,
    ),
]


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def stop(message: str, code: int = EXIT_USAGE) -> NoReturn:
    """End with one clear line."""
    say_error(message)
    raise typer.Exit(code)


@contextlib.contextmanager
def plain_errors(warehouse: Path) -> Iterator[None]:
    """Turn what goes wrong into one line and an exit status."""
    try:
        yield
    except BrokenPipeError:  # the reader, such as `head`, has enough; what is still buffered goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except typer.Exit:
        raise
    except Exception as error:
        from flows.failures import explain

        stop(*explain(error, warehouse))


@app.command()
def run(
    inbox: Inbox,
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    engine: EngineName = DEFAULT_ENGINE,
    workers: Annotated[int, typer.Option(help="Worker processes; 0: one a core.", min=0)] = 0,
    log_format: Events = LogFormat.text,
    on_warning: OnWarning = None,
) -> None:
    """Load what is new in INBOX into the warehouse, and say what came of it."""
    choose_format(log_format)
    if not inbox.is_dir():
        stop(f"{inbox}: no such folder. `marbre formats` lists what a folder may hold")
    from flows.interruption import ended_by_signals
    from flows.progress_bar import show_progress
    from flows.running import run_once

    said = f"stopped; {warehouse} is as it was, the next run goes on from here"
    with ended_by_signals(said), plain_errors(warehouse):
        with show_progress():
            report = run_once(str(inbox), str(warehouse), engine, RunOptions(workers))
        from flows.reports import pass_on, print_report

        pass_on(print_report(report, warehouse), on_warning)
    if report.run["rejected"] and not report.run["loaded"] and not report.run["unchanged"]:
        raise typer.Exit(EXIT_NOTHING_LOADED)


@app.command()
def peek(inbox: Inbox) -> None:
    """Show what INBOX holds and how it would be read: formats, columns, titles, and what would be set aside."""
    if not inbox.is_dir():
        stop(f"{inbox}: no such folder")
    from flows.peeking import describe
    from flows.peeking import peek as look

    for line in describe(*look(inbox)):
        typer.echo(line)


@app.command()
def formats() -> None:
    """List the formats that are read, with the suffixes of their files."""
    from flows.peeking import describe_formats

    for line in describe_formats():
        typer.echo(line)


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(help="A query; else read from standard input.")] = None,
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    output: Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")] = Format.table,
) -> None:
    """Ask the warehouse in SQL: read-only, on a snapshot, without access to files or the network."""
    from flows.console import answer, converse
    from warehouse.reader import connect_reader

    if output is Format.parquet and sys.stdout.isatty():
        stop("parquet is no text: send it into a file, as in … -f parquet > result.parquet")
    with plain_errors(warehouse), contextlib.closing(connect_reader(warehouse)) as con:
        if query is None and sys.stdin.isatty():
            converse(con, output.value)
        elif problem := answer(con, query if query is not None else sys.stdin.read(), output.value):
            stop(problem)


@app.command()
def status(warehouse: WarehouseFile = DEFAULT_WAREHOUSE) -> None:
    """Show what the warehouse holds, its latest runs, what was odd or set aside, and when the next run is."""
    from flows.status import print_status
    from warehouse.reader import connect_reader

    with plain_errors(warehouse), contextlib.closing(connect_reader(warehouse)) as con:
        print_status(con, warehouse)


@app.command()
def entities(warehouse: WarehouseFile = DEFAULT_WAREHOUSE) -> None:
    """List entities that may be the same thing; aliases.csv beside the warehouse says what they are."""
    from flows.reports import print_doubtful_entities
    from warehouse.reader import connect_reader

    with plain_errors(warehouse), contextlib.closing(connect_reader(warehouse)) as con:
        print_doubtful_entities(con, warehouse)


@app.command()
def extract(engine: EngineName = DEFAULT_ENGINE) -> None:
    """Read texts on standard input, print their mentions, figures and quotations, a JSON line each.

    Input: JSON lines {"id", "text", "published_at"?}, or else one plain text. No warehouse, no Prefect.
    """
    from flows.extraction import extract_stream

    with plain_errors(DEFAULT_WAREHOUSE):
        faults = extract_stream(sys.stdin.buffer, sys.stdout, engine)
    for fault in faults:
        say_warning(fault)


@app.command()
def schedule(
    inbox: Inbox,
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    cron: Annotated[str | None, typer.Option(help='When to run, as in "0 6 * * *".', show_default=False)] = None,
    every: Annotated[str | None, typer.Option(help="How often to run: 90s, 15m, 2h, 1d.", show_default=False)] = None,
    timezone: Annotated[
        str | None,
        typer.Option(help="Zone that --cron is meant in, as Europe/Paris; else the machine's.", show_default=False),
    ] = None,
    engine: EngineName = DEFAULT_ENGINE,
    log_format: Events = LogFormat.text,
    on_warning: OnWarning = None,
) -> None:
    """Run again and again, loading only what is new; never two at a time. Ctrl-C ends it."""
    choose_format(log_format)
    if not inbox.is_dir():
        stop(f"{inbox}: no such folder. `marbre formats` lists what a folder may hold")
    if (cron is None) == (every is None):
        stop('say when: either --cron "0 6 * * *" or --every 15m')
    from flows.due_times import BadSchedule, read_schedule

    try:
        when = read_schedule(cron, every, timezone, datetime.now(UTC))
        from flows.scheduling import serve

        parameters = {"options": {"engine": engine}, "log_format": log_format.value, "on_warning": on_warning}
        with plain_errors(warehouse):
            serve(inbox, warehouse, when, parameters)
    except BadSchedule as error:
        stop(str(error))


def main() -> None:
    """Run the command line; Ctrl-C ends it without a traceback."""
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
