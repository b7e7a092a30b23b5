"""`marbre schedule`: a Prefect server where none is given, the flow served on it, one run at a time."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.runner import Runner

from flows.ingest import ingest

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SERVER_START_SECONDS = 180
STOP_SECONDS = 15


class BadSchedule(ValueError):
    """The schedule asked for makes no sense, or no server could be had for it."""


def read_interval(every: str) -> timedelta:
    """An interval such as 90s, 15m, 2h or 1d. Errors: BadSchedule."""
    match = re.fullmatch(r"(\d+)\s*([smhd])", every.strip())
    if match is None or int(match[1]) == 0:
        raise BadSchedule(f"--every {every}: give a number and s, m, h or d, such as 15m")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def check_cron(cron: str) -> str:
    """A cron expression that Prefect will take. Errors: BadSchedule."""
    try:
        return CronSchedule(cron=cron).cron
    except ValueError:
        raise BadSchedule(f'--cron "{cron}": no cron expression; "0 6 * * *" is every day at six') from None


def serve(inbox: Path, warehouse: Path, engine: str, cron: str | None, every: str | None) -> None:
    """Serve the flow on a schedule until interrupted.

    A run that is due while another is at work is dropped: the next one picks up what it would have. The flow is served
    by a process with a session of its own, so that Ctrl-C reaches us alone and we end it in order.
    Errors: BadSchedule.
    """
    when: dict[str, Any] = (
        {"cron": check_cron(cron)} if cron else {"interval": read_interval(every or "").total_seconds()}
    )
    parameters = {"inbox": str(inbox.resolve()), "warehouse": str(warehouse.resolve()), "engine": engine}
    for signal_number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job is started with SIGINT ignored
        signal.signal(signal_number, _interrupt)
    with contextlib.suppress(KeyboardInterrupt), prefect_server() as address:
        os.environ["PREFECT_API_URL"] = address
        typer.echo(
            f"serving {inbox} into {warehouse}, {cron or f'every {every}'}; Prefect at {address}; Ctrl-C ends it"
        )
        command = [sys.executable, "-m", "flows.scheduling", json.dumps(when), json.dumps(parameters)]
        with _ended_with_us(subprocess.Popen(command, start_new_session=True)) as server:
            if server.wait():
                raise BadSchedule(f"the flow could not be served on {address}")
    typer.echo("stopped")


def serve_flow(when: dict[str, Any], parameters: dict[str, Any]) -> None:
    """Serve the flow in this process, until SIGTERM."""
    asyncio.run(_serve_until_told(when, parameters))


async def _serve_until_told(when: dict[str, Any], parameters: dict[str, Any]) -> None:
    """Flow.serve, but for its end: on SIGTERM that leaves the event loop in mid-step, with tracebacks for the user.

    The runner's start() takes SIGTERM for itself in its first step; it is taken back right after.
    """
    runner = Runner(limit=1)
    await runner.aadd_flow(
        ingest,
        f"marbre {Path(parameters['warehouse']).name}",
        parameters=parameters,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        **when,
    )
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    await asyncio.wait({serving, waiting := asyncio.create_task(told.wait())}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
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
    serve_flow(json.loads(sys.argv[1]), json.loads(sys.argv[2]))
