"""The file `w.duckdb.schedule`: which schedule serves a warehouse, for `marbre status` to tell when the next run is."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, NamedTuple

from flows.due_times import Schedule, next_times
from warehouse.lock import beside

LOCK_ATTEMPTS = 5
"""Tries to lock the file, a tenth of a second apart: `marbre status` holds it for a moment, to see who else does."""


class Served(NamedTuple):
    """A schedule at work."""

    pid: int
    inbox: str
    schedule: Schedule

    def next_run(self, now: datetime) -> datetime:
        """When it is due next."""
        return next_times(self.schedule, now, 1)[0]


@contextlib.contextmanager
def announced(target: Path, inbox: Path, schedule: Schedule) -> Iterator[bool]:
    """Keep the file while the block goes on; its lock says that we live, however we end.

    Out: false where another schedule is announced already: then nothing is written.
    """
    path = beside(target, ".schedule")
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+", encoding="utf-8") as file:
        if not _lock(file):
            yield False
            return
        file.truncate(0)
        json.dump(to_json(schedule) | {"pid": os.getpid(), "inbox": str(inbox)}, file)
        file.flush()
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)


def _lock(file: IO[str]) -> bool:
    for _ in range(LOCK_ATTEMPTS):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(0.1)
    return False


def find_served(target: Path) -> Served | None:
    """The schedule that serves a warehouse now; null where there is none, or the one that wrote the file has ended."""
    try:
        with open(beside(target, ".schedule"), encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                told = json.load(file)
                return Served(told["pid"], told["inbox"], from_json(told))
    except (OSError, ValueError, KeyError):  # gone meanwhile, or not yet written
        pass
    return None


def to_json(schedule: Schedule) -> dict[str, Any]:
    """A schedule as plain values, for a file or another process, with its next three times for people who look."""
    return {
        "cron": schedule.cron,
        "every_seconds": schedule.every and schedule.every.total_seconds(),
        "timezone": schedule.timezone,
        "anchor": schedule.anchor.isoformat(),
        "next": [due.isoformat() for due in next_times(schedule, datetime.now(UTC), 3)],
    }


def from_json(told: dict[str, Any]) -> Schedule:
    """A schedule from its plain values. Errors: KeyError, ValueError."""
    every = told["every_seconds"]
    anchor = datetime.fromisoformat(told["anchor"])
    return Schedule(told["cron"], timedelta(seconds=every) if every else None, told["timezone"], anchor)
