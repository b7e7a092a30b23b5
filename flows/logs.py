"""What goes to standard error: lines for people, or one JSON object a line for programs."""

import json
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import typer

from flows.terminal import one_line, some_lines


class LogFormat(StrEnum):
    """How events are written."""

    text = "text"
    json = "json"


_chosen = [LogFormat.text]


def choose_format(log_format: LogFormat) -> None:
    """Have all events of this process written so."""
    _chosen[0] = log_format


def is_json() -> bool:
    """True where events are written as JSON; nothing is meant for people then."""
    return _chosen[0] is LogFormat.json


def write_event(event: str, level: str = "info", **fields: Any) -> None:
    """One event as a JSON object on one line: time (UTC), level (info, warning, error), event, and its fields.

    ASCII only, all else escaped: no field acts on a terminal.
    """
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level, "event": event, **fields}
    sys.stderr.write(json.dumps(line, default=str) + "\n")
    sys.stderr.flush()


def say_progress(line: str) -> None:
    """What is being done now, in either format; without colour in a log."""
    if is_json():
        write_event("progress", message=line)
    else:
        typer.secho(one_line(line), err=True, dim=True)


def say_error(message: str) -> None:
    """What ended a command, in either format."""
    if is_json():
        write_event("error", "error", message=message)
    else:
        typer.secho(some_lines(message), err=True, fg="red")


def say_warning(message: str) -> None:
    """What went wrong without ending anything, in either format."""
    if is_json():
        write_event("problem", "warning", message=message)
    else:
        typer.secho(one_line(message), err=True, fg="yellow")
