"""`marbre schedule`: a Prefect server where none is given, the flow served on it, one run at a time."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.runner import Runner

from flows.due_times import BadSchedule, Schedule, next_times
from flows.firing import fire
from flows.logs import LogFormat, choose_format, is_json, say_warning, write_event
from flows.scheduled import ingest_on_schedule
from flows.served import announced, from_json, to_json
from flows.terminal import one_line

TIMES_SHOWN = 3
POLL_SECONDS = 2.0
"""How often the runner asks for what is due; Prefect's own ten would hold up a schedule of every ten seconds."""
SERVER_START_SECONDS = 180
STOP_SECONDS = 15


def serve(inbox: Path, warehouse: Path, schedule: Schedule, parameters: dict[str, Any]) -> None:
    """Serve the flow on a schedule until interrupted.

    A run that is due while another is at work is dropped: the next one picks up what it would have. The flow is served
    by a process with a session of its own, so that Ctrl-C reaches us alone and we end it in order.

    In:  `parameters`: those of flows.scheduled.ingest_on_schedule but for inbox and warehouse.
    Errors: BadSchedule.
    """
    parameters = {"inbox": str(inbox.resolve()), "warehouse": str(warehouse.resolve()), **parameters}
    for signal_number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job is started with SIGINT ignored
        signal.signal(signal_number, _interrupt)
    with (
        contextlib.suppress(KeyboardInterrupt),
        announced(warehouse.resolve(), inbox.resolve(), schedule) as is_announced,
        prefect_server() as address,
    ):
        os.environ["PREFECT_API_URL"] = address
        say_serving(f"serving {inbox} into {warehouse}, {schedule}; Prefect at {address}; Ctrl-C ends it")
        say_serving(f"times are those of {schedule.timezone}; next: {', '.join(describe_next(schedule))}")
        if not is_announced:
            say_warning(f"another schedule serves {warehouse} too; `marbre status` tells of that one")
        command = [sys.executable, "-m", "flows.scheduling", json.dumps(to_json(schedule)), json.dumps(parameters)]
        with _ended_with_us(subprocess.Popen(command, start_new_session=True)) as server:
            if server.wait():
                raise BadSchedule(f"the flow could not be served on {address}")
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


def serve_flow(schedule: Schedule, parameters: dict[str, Any]) -> None:
    """Serve the flow in this process, until SIGTERM."""
    choose_format(LogFormat(parameters["log_format"]))
    asyncio.run(_serve_until_told(schedule, parameters))


async def _serve_until_told(schedule: Schedule, parameters: dict[str, Any]) -> None:
    """Flow.serve, but for its end: on SIGTERM that leaves the event loop in mid-step, with tracebacks for the user.

    The runner's start() takes SIGTERM for itself in its first step; it is taken back right after.
    """
    runner = Runner(limit=1, query_seconds=POLL_SECONDS)
    deployment_id = await runner.aadd_flow(
        ingest_on_schedule,
        f"marbre {Path(parameters['warehouse']).name}",
        parameters=parameters,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
    )
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)
    firing = asyncio.create_task(fire(deployment_id, schedule))
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait({serving, firing, waiting}, return_when=asyncio.FIRST_COMPLETED)
    for task in (waiting, firing):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    if runner.started:
        await runner.astop()
    else:
        serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def prefect_server() -> Iterator[str]:
    """The address of a Prefect server: the one in PREFECT_API_URL, else one of our own that ends with us.

    Our own keeps its database in a temporary folder: an earlier schedule that was killed cannot fire from it again.
    Errors: BadSchedule, where our own does not come up.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="marbre-prefect-", ignore_cleanup_errors=True) as home:
        port = _free_port()
        with _ended_with_us(_start_server(port, home)) as server:
            _wait_for(f"http://127.0.0.1:{port}/api/health", server)
            yield f"http://127.0.0.1:{port}/api"


def _start_server(port: int, home: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ui",
    ]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=os.environ | {"PREFECT_HOME": home}, start_new_session=True, **quiet)


@contextlib.contextmanager
def _ended_with_us(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End a process and all that it started when the block ends: first a word to it, then its whole session."""
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SERVER_START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.3)
    raise BadSchedule("the Prefect server did not start; give the address of one in PREFECT_API_URL")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    serve_flow(from_json(json.loads(sys.argv[1])), json.loads(sys.argv[2]))
