"""Flow runs of a schedule, created when they are due.

Prefect's own cron schedules are off on the two days of the year when the clocks change (flows/due_times.py); so the
times are ours, and each run is created one ahead: the runner has its process ready when it comes due.
"""

import asyncio
import contextlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import PrefectException
from prefect.states import Scheduled

from flows.due_times import Schedule, due_times
from flows.logs import say_warning

NAP_SECONDS = 20.0
"""A wait goes by the clock on the wall in naps of this length: a machine that slept must not be late by its sleep."""
RETRY_SECONDS = 10.0


async def fire(deployment_id: UUID, schedule: Schedule) -> None:
    """Create the runs of a deployment, one ahead of time, for ever; on cancellation the one that waits is deleted.

    A time that passed while the machine slept is made up for once, however many passed.
    """
    async with get_client() as client:
        due = datetime.now(UTC)
        while True:
            due = next(due_times(schedule, max(datetime.now(UTC), due)))
            run_id = await _create(client, deployment_id, due)
            try:
                await _sleep_until(due)
            except asyncio.CancelledError:
                with contextlib.suppress(httpx.HTTPError, PrefectException):
                    await client.delete_flow_run(run_id)
                raise


async def _create(client: PrefectClient, deployment_id: UUID, due: datetime) -> UUID:
    """Create a run; while the server does not answer, say so and try again."""
    while True:
        try:
            state: State[Any] = Scheduled(scheduled_time=due)
            return (await client.create_flow_run_from_deployment(deployment_id, state=state)).id
        except (httpx.HTTPError, PrefectException) as error:
            told = (str(error).splitlines() or [type(error).__name__])[0]
            say_warning(f"Prefect took no run for {due:%Y-%m-%d %H:%M:%S %Z} ({told}); trying again")
            await asyncio.sleep(RETRY_SECONDS)


async def _sleep_until(due: datetime) -> None:
    while (left := (due - datetime.now(UTC)).total_seconds()) > 0:
        await asyncio.sleep(min(left, NAP_SECONDS))
