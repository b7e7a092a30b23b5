"""The process of `marbre schedule` that serves the flow; Prefect starts a process for each of its runs."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.runner import Runner

from flows.children import ENDS_WITH, end_with_parent
from flows.due_times import Schedule
from flows.firing import fire
from flows.logs import LogFormat, choose_format
from flows.scheduled import ingest_on_schedule
from flows.served import from_json

POLL_SECONDS = 2.0
"""How often the runner asks for what is due; Prefect's own ten would hold up a schedule of every ten seconds."""


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


if __name__ == "__main__":
    end_with_parent()
    os.environ[ENDS_WITH] = str(os.getpid())
    serve_flow(from_json(json.loads(sys.argv[1])), json.loads(sys.argv[2]))
