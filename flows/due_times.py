"""When a schedule is due: cron expressions and intervals, in a time zone, as users of cron expect them."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
CRON_FIELDS = 5


class BadSchedule(ValueError):
    """The schedule asked for makes no sense, or no server could be had for it."""


class Schedule(NamedTuple):
    """A cron expression or an interval; of the two, one is null."""

    cron: str | None
    every: timedelta | None
    timezone: str
    """IANA name of the zone in which the cron expression is meant, and times are shown."""
    anchor: datetime
    """From when on; an interval is counted from here. With a time zone."""

    def __str__(self) -> str:
        """As a user says it: "0 6 * * *" Europe/Paris, or every 0:15:00."""
        return f'"{self.cron}" {self.timezone}' if self.cron else f"every {self.every}"


def read_schedule(cron: str | None, every: str | None, timezone: str | None, anchor: datetime) -> Schedule:
    """A schedule from what the user says; without a time zone it is the machine's. Errors: BadSchedule."""
    zone = check_timezone(timezone) if timezone else machine_timezone()
    return Schedule(check_cron(cron) if cron else None, read_interval(every) if every else None, zone, anchor)


def read_interval(every: str) -> timedelta:
    """An interval such as 90s, 15m, 2h or 1d. Errors: BadSchedule."""
    match = re.fullmatch(r"(\d{1,6})\s*([smhd])", every.strip())
    if match is None or int(match[1]) == 0:
        raise BadSchedule(f"--every {every}: give a number and s, m, h or d, such as 15m")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def check_cron(cron: str) -> str:
    """A cron expression of five fields that comes due some day. Errors: BadSchedule."""
    try:
        if len(cron.split()) == CRON_FIELDS and next(CronSim(cron, datetime(2026, 1, 1, tzinfo=UTC)), None):
            return cron
    except CronSimError:
        pass
    raise BadSchedule(f'--cron "{cron}": no cron expression; "0 6 * * *" is every day at six')


def check_timezone(name: str) -> str:
    """The name of a time zone that is known here. Errors: BadSchedule."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSchedule(f"--timezone {name}: no such time zone; name one such as Europe/Paris") from None


def machine_timezone() -> str:
    """The IANA name of the machine's time zone, by TZ or /etc/localtime. Errors: BadSchedule, where it has no name."""
    from tzlocal import get_localzone_name, reload_localzone  # noqa: PLC0415 - only `schedule` asks

    try:
        reload_localzone()  # it keeps what it was told first
        return check_timezone(get_localzone_name() or os.environ.get("TZ", "UTC"))
    except (LookupError, ValueError):
        raise BadSchedule("the machine's time zone has no name; say --timezone, such as Europe/Paris") from None


def due_times(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """When a schedule is due after a moment, without end, in the schedule's time zone.

    A cron expression that names an hour runs once on each day, as Debian's cron has it: at 02:30 in Europe/Paris on the
    spring day without a 02:30, it is due at 03:00; on the autumn day with two, at the first. One for every hour or
    minute follows the time that passes: in autumn both hours are due. (Prefect's own schedule is due at 01:30 on the
    spring day, and leaves the second hour out.)
    An interval is time that passes, from the anchor on.
    """
    zone = ZoneInfo(schedule.timezone)
    if schedule.cron:
        yield from CronSim(schedule.cron, after.astimezone(zone))
    elif schedule.every:
        due = schedule.anchor.astimezone(UTC)
        due += max(0, (after.astimezone(UTC) - due) // schedule.every) * schedule.every
        while True:
            due += schedule.every
            yield due.astimezone(zone)


def next_times(schedule: Schedule, after: datetime, number: int) -> list[datetime]:
    """The next times that a schedule is due."""
    return list(islice(due_times(schedule, after), number))
