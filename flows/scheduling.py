"""`marbre schedule`: a Prefect server where none is given, the flow served on it, one run at a time."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import typer

from flows.children import ended_with_us, start_child
from flows.due_times import Schedule, next_times
from flows.interruption import SIGNALS
from flows.logs import is_json, say_warning, write_event
from flows.served import announced, to_json
from flows.server import Duty, ServerLost, prefect_server
from flows.terminal import one_line

TIMES_SHOWN = 3


def serve(inbox: Path, warehouse: Path, schedule: Schedule, parameters: dict[str, Any]) -> None:
    """Serve the flow on a schedule until interrupted.

    A run that is due while another is at work is dropped: the next one picks up what it would have. The flow is served
    by a process of ours, which passes on what its runs say on standard error.

    In:  `parameters`: those of flows.scheduled.ingest_on_schedule but for inbox and warehouse.
    Errors: ServerLost.
    """
    parameters = {"inbox": str(inbox.resolve()), "warehouse": str(warehouse.resolve()), **parameters}
    for signal_number in SIGNALS:  # a shell's background job is started with SIGINT ignored
        signal.signal(signal_number, _interrupt)
    with (
        contextlib.suppress(KeyboardInterrupt),
        announced(warehouse.resolve(), inbox.resolve(), schedule) as is_announced,
        prefect_server(Duty.schedule) as server,
    ):
        server.wait()
        address = os.environ["PREFECT_API_URL"]
        say_serving(f"serving {inbox} into {warehouse}, {schedule}; Prefect at {address}; Ctrl-C ends it")
        say_serving(f"times are those of {schedule.timezone}; next: {', '.join(describe_next(schedule))}")
        if not is_announced:
            say_warning(f"another schedule serves {warehouse} too; `marbre status` tells of that one")
        arguments = (json.dumps(to_json(schedule)), json.dumps(parameters))
        with ended_with_us(start_child("flows.serving", *arguments, errors=subprocess.PIPE)) as child:
            threading.Thread(target=_pass_on, args=(child,), daemon=True).start()
            if child.wait():
                raise ServerLost(f"the flow could not be served on {address}, or can be no longer")
    say_serving("stopped")


def say_serving(line: str) -> None:
    """What the schedule itself does, on standard output, or as an event."""
    if is_json():
        write_event("schedule", message=line)
    else:
        typer.echo(one_line(line))


def describe_next(schedule: Schedule) -> list[str]:
    """The next three times, each with its zone: on days when the clocks change they differ."""
    return [f"{due:%Y-%m-%d %H:%M:%S %Z}" for due in next_times(schedule, datetime.now(UTC), TIMES_SHOWN)]


def _pass_on(child: subprocess.Popen[bytes]) -> None:
    """Print what a child says on standard error: it has a pipe to us, so that nothing but us holds our output."""
    for line in child.stderr or ():
        sys.stderr.buffer.write(line)
        sys.stderr.flush()


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
