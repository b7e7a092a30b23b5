"""The command `marbre`. Each command does one thing; what it does is written elsewhere."""

import contextlib
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.logs import LogFormat, choose_format, say_error, say_warning
from flows.options import (
    DropBox,
    EngineName,
    Events,
    Inbox,
    Keep,
    OnWarning,
    Settle,
    WarehouseFile,
    Workers,
    plain_errors,
    say,
    stop,
)
from flows.settings import DEFAULT_ENGINE, DEFAULT_WAREHOUSE, RunOptions, prepare_environment

prepare_environment()
app = typer.Typer(
    help="Marbre lays out raw French news texts as SQL tables.", no_args_is_help=True, pretty_exceptions_enable=False
)

EXIT_NOTHING_LOADED = 1
EXIT_BROKEN = 1
INTERRUPTED = 130
SETTLE_SECONDS = 5.0
"""A schedule leaves files alone that were changed within this time: somebody may still be writing them."""


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


@app.command()
def run(
    inbox: Inbox,
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    engine: EngineName = DEFAULT_ENGINE,
    workers: Workers = 0,
    prune: Annotated[bool, typer.Option("--prune", help="Drop what no inbox holds any more.")] = False,
    log_format: Events = LogFormat.text,
    on_warning: OnWarning = None,
    reread: Annotated[bool, typer.Option(help="Read all files, also those that have not changed.")] = False,
    drop_box: DropBox = False,
    settle: Settle = 0.0,
    keep: Keep = 0,
) -> None:
    """Load what is new in INBOX into the warehouse, and say what came of it."""
    choose_format(log_format)
    if not inbox.is_dir():
        stop(f"{inbox}: no such folder. `marbre formats` lists what a folder may hold")
    from flows.interruption import ended_by_signals
    from flows.outlook import run_unless_new
    from flows.progress_bar import show_progress
    from flows.running import run_once

    options = RunOptions(workers=workers, reread=reread, prune=prune, drop_box=drop_box, keep=keep, settle=settle)
    said = f"stopped; {warehouse} is as it was, the next run goes on from here"
    with ended_by_signals(said), plain_errors(warehouse):
        unchanged = run_unless_new(inbox, warehouse, engine, options)
        if unchanged is not None:
            from flows.reports import print_unchanged

            print_unchanged(unchanged, warehouse)
            end_with(unchanged.run)
            return
        with show_progress():
            report = run_once(str(inbox), str(warehouse), engine, options)
        from flows.reports import pass_on, print_report

        pass_on(print_report(report, warehouse), on_warning)
    end_with(report.run)


def end_with(run: dict[str, Any]) -> None:
    """End with the status of a run."""
    if run["status"] == "failed":
        raise typer.Exit(EXIT_NOTHING_LOADED)


@app.command()
def retry(
    wanted: Annotated[
        str, typer.Argument(metavar="[REASON|PATH]", help="A reason, a path or a folder; else all.", show_default=False)
    ] = "",
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    engine: EngineName = DEFAULT_ENGINE,
    workers: Workers = 0,
    keep: Keep = 0,
    log_format: Events = LogFormat.text,
    on_warning: OnWarning = None,
) -> None:
    """Try again what was set aside: from its file, or from what was kept of it. Else a run like any other."""
    choose_format(log_format)
    from flows.interruption import ended_by_signals
    from flows.progress_bar import show_progress
    from flows.reports import pass_on, print_report
    from flows.retrying import list_inboxes
    from flows.running import run_once
    from warehouse.reader import connect_reader

    with ended_by_signals(f"stopped; {warehouse} is as it was"), plain_errors(warehouse):
        with contextlib.closing(connect_reader(warehouse)) as con:
            inboxes = list_inboxes(con, wanted)
        if not inboxes:
            stop(f"no reject {f'of {wanted!r} ' if wanted else ''}can be tried again; `marbre rejects` lists them")
        options = RunOptions(workers=workers, keep=keep, retry=wanted)
        for inbox in inboxes:
            with show_progress():
                report = run_once(inbox, str(warehouse), engine, options)
            pass_on(print_report(report, warehouse), on_warning)


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
def forget(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="A source path, an article_id, a url, an entity_id, or a person's full name.",
            show_default=False,
        ),
    ],
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    articles: Annotated[bool, typer.Option("--articles", help="Of a person: the articles that name them too.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a text or a person out of the warehouse for good, and keep it from coming back."""
    with plain_errors(warehouse):
        from flows.forgetting import NothingMeant, find_meant, list_files_by_hand
        from flows.forgetting import forget as take_out
        from flows.forgetting_report import print_meant, print_taken

        try:
            meant = find_meant(warehouse, wanted, with_articles=articles)
        except NothingMeant as error:
            stop(str(error))
        print_meant(meant)
    if not yes and not sys.stdin.isatty():
        stop("nothing was forgotten: say --yes where nobody can be asked")
    if yes or typer.confirm("Forget this for good?"):
        with plain_errors(warehouse):
            print_taken(take_out(warehouse, meant), meant, list_files_by_hand(warehouse, meant), warehouse)


@app.command()
def upgrade(warehouse: WarehouseFile = DEFAULT_WAREHOUSE, engine: EngineName = DEFAULT_ENGINE) -> None:
    """Make a warehouse of an older version anew from its own documents. `marbre run` does it by itself."""
    from flows.interruption import ended_by_signals

    with ended_by_signals(f"stopped; {warehouse} is as it was"), plain_errors(warehouse):
        if not warehouse.exists():
            raise FileNotFoundError(warehouse)
        from flows.runs import start_run
        from flows.upgrading import upgrade_if_older

        done = upgrade_if_older(warehouse, engine, start_run("", warehouse, engine))
    if done is None:
        typer.echo(f"{warehouse}: nothing to do, it is of this version")
        return
    typer.echo(f"{warehouse}: {done.documents} documents processed again, {done.articles} articles")
    for table in done.refused:
        say_warning(f"the rows of {table} could not be taken over")


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
    drop_box: DropBox = False,
    settle: Settle = SETTLE_SECONDS,
    keep: Keep = 0,
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

        options = {"engine": engine, "drop_box": drop_box, "settle": settle, "keep": keep}
        parameters = {"options": options, "log_format": log_format.value, "on_warning": on_warning}
        with plain_errors(warehouse):
            serve(inbox, warehouse, when, parameters)
    except BadSchedule as error:
        stop(str(error))


@app.command()
def rejects(
    reason: Annotated[
        str | None, typer.Argument(help="A reason, a path or a folder: lists its rejects.", show_default=False)
    ] = None,
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    payload: Annotated[
        str | None, typer.Option(help="Id of a reject: shows the bytes kept of it.", show_default=False)
    ] = None,
) -> None:
    """Say what was set aside, why, and what to do about it."""
    from flows.rejected import RejectUnknown, print_reasons, print_rejects_of, write_payload
    from warehouse.reader import connect_reader

    with plain_errors(warehouse), contextlib.closing(connect_reader(warehouse)) as con:
        try:
            if payload is not None:
                write_payload(con, payload)
            elif reason is not None:
                print_rejects_of(con, reason)
            else:
                print_reasons(con)
        except RejectUnknown as error:
            stop(str(error))


@app.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="RUN", help="A run: its id, the beginning of it, or last.")],
    second: Annotated[str | None, typer.Argument(metavar="[RUN]", help="Another run.", show_default=False)] = None,
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
    rows: Annotated[bool, typer.Option("--rows", help="Show the rows, too.")] = False,
) -> None:
    """Say what came, went and changed between two runs, or between one and the run before it."""
    from flows.differences import RunUnknown, print_differences, read_span
    from warehouse.reader import connect_reader

    with plain_errors(warehouse), contextlib.closing(connect_reader(warehouse)) as con:
        try:
            print_differences(con, warehouse, read_span(con, first, second), rows)
        except RunUnknown as error:
            stop(str(error))


@app.command()
def backup(
    out: Annotated[Path, typer.Argument(help="The file to make; it must not be there.", show_default=False)],
    warehouse: WarehouseFile = DEFAULT_WAREHOUSE,
) -> None:
    """Copy the warehouse, at any time, and see that the copy is sound."""
    from flows.maintenance import BackupUnsound, back_up

    with plain_errors(warehouse):
        try:
            copied = back_up(warehouse, out)
        except (BackupUnsound, FileExistsError) as error:
            stop(str(error))
    say(f"{out}: {copied.bytes / 1e6:.1f} MB, {copied.rows} rows, read back and opened")


@app.command()
def vacuum(warehouse: WarehouseFile = DEFAULT_WAREHOUSE) -> None:
    """Write the warehouse anew without the room that it no longer uses; no table changes."""
    from flows.maintenance import BackupUnsound
    from flows.maintenance import vacuum as write_anew

    with plain_errors(warehouse):
        try:
            before, after = write_anew(warehouse)
        except BackupUnsound as error:
            stop(str(error))
    gain = f"now {after / 1e6:.1f} MB" if after < before else "nothing to gain"
    say(f"{warehouse}: {before / 1e6:.1f} MB, {gain}")


@app.command()
def check(warehouse: WarehouseFile = DEFAULT_WAREHOUSE) -> None:
    """See whether every row of the warehouse holds to what is promised; exit status 1 where one does not."""
    from flows.maintenance import check as find_broken

    with plain_errors(warehouse):
        broken = find_broken(warehouse)
    for promise, count, example in broken:
        say_error(f"{promise}: broken by {count} rows; first: {example}")
    if broken:
        raise typer.Exit(EXIT_BROKEN)
    say(f"{warehouse}: every block can be read, and every promise holds")


def main() -> None:
    """Run the command line; Ctrl-C ends it without a traceback."""
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
