"""What the commands share: options that several of them take, one line out, and errors as one line with a status."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from flows.logs import LogFormat, say_error
from flows.terminal import one_line

EXIT_USAGE = 2

Inbox = Annotated[Path, typer.Argument(help="Folder of raw texts, read recursively.", show_default=False)]
WarehouseFile = Annotated[Path, typer.Option("--warehouse", "-w", help="The DuckDB file.", envvar="MARBRE_WAREHOUSE")]
EngineName = Annotated[str, typer.Option("--engine", help="Entity engine: spacy:NAME of an installed pipeline.")]

DropBox = Annotated[bool, typer.Option(help="INBOX is emptied between runs: what it no longer holds is not gone.")]
Workers = Annotated[int, typer.Option(help="Worker processes; 0: one a core.", min=0)]
Keep = Annotated[
    int, typer.Option(help="Generations of the warehouse kept beside it, as w.duckdb.previous.", min=0, max=1)
]
Settle = Annotated[float, typer.Option(help="Seconds that a file must have been left alone, else it waits.", min=0)]
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


def stop(message: str, code: int = EXIT_USAGE) -> NoReturn:
    """End with one clear line."""
    say_error(message)
    raise typer.Exit(code)


def say(line: str) -> None:
    """One line on standard output."""
    typer.echo(one_line(line))


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
        from flows.failures import explain  # noqa: PLC0415  # most commands fail in nothing

        stop(*explain(error, warehouse))
