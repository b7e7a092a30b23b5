"""The Prefect server of a run or a schedule: the one in PREFECT_API_URL, else a process of ours that ends with us.

A server of our own starts with an empty database, so that nothing an earlier one planned can fire. For a run it is in
memory, where no full disk or folder that cannot be written stops it; for a schedule, which may go on for months, in a
temporary folder where there is one. The runs of a warehouse are in its table `runs`.
"""

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path

from flows.children import end_with_parent, ended_with_us, start_child

START_SECONDS = 180
ATTEMPTS = 4
"""Tries to reach a given server, a second apart: a restart behind a proxy answers 503 for about that long."""
READY = b"ready"
KEPT_DAYS = 2
"""How long a schedule's server keeps what it knows of a run."""


class ServerLost(RuntimeError):
    """No Prefect server could be had, or it was lost on the way."""


class Duty(StrEnum):
    """What a server of our own is for."""

    run = "run"
    """To take the states of one flow run: neither scheduler nor any other service, a schema made in one step."""
    schedule = "schedule"
    """To fire a schedule: every service, and the schema as Prefect's own migrations make it."""


class Server:
    """A server that may still be starting."""

    def __init__(self, ready: int | None = None) -> None:
        """A server that is there, or that says so at a descriptor once it is."""
        self._ready = ready

    def wait(self) -> None:
        """Wait until it answers. Errors: ServerLost."""
        if self._ready is None:
            return
        told, _, _ = select.select([self._ready], [], [], START_SECONDS)
        is_there = bool(told) and os.read(self._ready, len(READY)) == READY
        os.close(self._ready)
        self._ready = None
        if not is_there:
            raise ServerLost("the Prefect server did not start; give the address of one in PREFECT_API_URL")


@contextlib.contextmanager
def prefect_server(duty: Duty = Duty.run) -> Iterator[Server]:
    """Have a Prefect server: it starts while the block goes on, and `wait` says when it is there.

    Its address is in PREFECT_API_URL inside the block: Prefect, which reads it when imported, starts none itself.
    """
    if given := os.environ.get("PREFECT_API_URL"):
        reach(given.rstrip("/"))
        yield Server()
        return
    child, address, ready = start_server(duty)
    os.environ["PREFECT_API_URL"] = address
    try:
        with ended_with_us(child):
            yield Server(ready)
    finally:
        del os.environ["PREFECT_API_URL"]


def start_server(duty: Duty) -> tuple[subprocess.Popen[bytes], str, int]:
    """Start a server of our own.

    Out: its process, its address, and the descriptor at which it says that it is there. The socket it listens at is
    ours until it is started, so that the port is free; then it is closed here, so that none waits for a dead server.
    """
    ready, theirs = os.pipe()
    with socket.create_server(("127.0.0.1", 0)) as listening, os.fdopen(theirs, "wb"):
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        descriptors = (listening.fileno(), theirs)
        child = start_child("flows.server", duty, *map(str, descriptors), keep_open=descriptors)
    return child, address, ready


def reach(address: str) -> None:
    """See that a given server answers. Errors: ServerLost, after ATTEMPTS tries."""
    problem = ""
    for attempt in range(ATTEMPTS):
        time.sleep(min(attempt, 1))
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=10):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:  # a server that wants to be told who we are; Prefect's client tells it
                return
            problem = f"it answers {error.code} {error.reason}"
        except (OSError, ValueError) as error:
            problem = str(getattr(error, "reason", error))
    raise ServerLost(f"no Prefect server at PREFECT_API_URL={address}: {problem}; nothing was changed")


def settings(duty: Duty, folder: str | None) -> dict[str, str]:
    """The settings of a server of our own, with its database in a folder or else in memory."""
    database = str(Path(folder) / "prefect.db") if folder else ":memory:"
    always = {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
        "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false",
    }
    lasting = {
        "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "true",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_DAYS * 24 * 3600),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{KEPT_DAYS}D",
    }
    return always | (lasting if duty == Duty.schedule else {})


def serve(duty: Duty, listening: int, ready: int) -> None:
    """Be the server, until the process that started us ends or sends SIGTERM.

    In:  the duty, the descriptor of the socket to listen at, and that of the pipe in which to say that we are there.
    """
    folder = make_folder() if duty == Duty.schedule else None
    end_with_parent(tidy_up := partial(shutil.rmtree, folder or "", ignore_errors=True))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # until uvicorn takes it
    try:
        os.environ.update(settings(duty, folder))
        answer(duty, socket.socket(fileno=listening), ready)
    finally:
        tidy_up()


def answer(duty: Duty, listening: socket.socket, ready: int) -> None:
    """Answer requests, once everything is there that they need."""
    import uvicorn
    from prefect.server.api.server import create_app

    class Announced(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            if duty == Duty.run:
                await make_schema()
            await super().startup(sockets)
            os.write(ready, READY)
            os.close(ready)

    app = create_app(webserver_only=duty == Duty.run, final=True)
    config = uvicorn.Config(app, lifespan="on", log_level="critical", timeout_graceful_shutdown=1)
    Announced(config).run(sockets=[listening])


def make_folder() -> str | None:
    """A temporary folder; null where none can be made."""
    try:
        return tempfile.mkdtemp(prefix="marbre-prefect-")
    except OSError:
        return None


async def make_schema() -> None:
    """Make the tables of Prefect's server as its models declare them: 114 migrations one by one take 3.2 CPU-s.

    Some models declare an index twice.
    """
    from prefect.server.database import provide_database_interface
    from sqlalchemy.schema import CreateIndex, CreateTable

    database = provide_database_interface()
    async with (await database.engine()).begin() as connection:
        for table in database.Base.metadata.sorted_tables:
            await connection.execute(CreateTable(table))
            for index in table.indexes:
                await connection.execute(CreateIndex(index, if_not_exists=True))


if __name__ == "__main__":
    serve(Duty(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
