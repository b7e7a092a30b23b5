"""Schedules are due as users of cron expect, also on the days when the clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from flows.due_times import (
    BadSchedule,
    check_cron,
    due_times,
    machine_timezone,
    next_times,
    read_interval,
    read_schedule,
)

PARIS = ZoneInfo("Europe/Paris")
SPRING_EVE = datetime(2027, 3, 27, 12, tzinfo=PARIS)
"""On 28 March 2027 two o'clock is three o'clock."""
AUTUMN_EVE = datetime(2027, 10, 30, 12, tzinfo=PARIS)
"""On 31 October 2027 three o'clock is two o'clock again."""


def times(cron: str, after: datetime, number: int) -> list[str]:
    schedule = read_schedule(cron, None, "Europe/Paris", after)
    return [due.strftime("%d %H:%M %Z") for due in next_times(schedule, after, number)]


def test_intervals_and_cron_expressions_are_read():
    assert read_interval("90s") == timedelta(seconds=90)
    assert read_interval("15m") == timedelta(minutes=15)
    assert read_interval("2 h") == timedelta(hours=2)
    for wrong in ("0s", "soon", "-5m", "5", "9999999d"):
        with pytest.raises(BadSchedule):
            read_interval(wrong)
    assert check_cron("0 6 * * *") == "0 6 * * *"
    for wrong in ("every day", "0 6 * *", "61 * * * *", "0 0 30 2 *", "* * * * * *", ""):
        with pytest.raises(BadSchedule):
            check_cron(wrong)


def test_six_in_the_morning_is_six_of_the_time_zone_all_year():
    assert times("0 6 * * *", SPRING_EVE, 2) == ["28 06:00 CEST", "29 06:00 CEST"]
    assert times("0 6 * * *", AUTUMN_EVE, 2) == ["31 06:00 CET", "01 06:00 CET"]
    schedule = read_schedule("0 6 * * *", None, "Europe/Paris", SPRING_EVE)
    assert next_times(schedule, SPRING_EVE, 1)[0].astimezone(UTC).hour == 4


def test_half_past_two_is_due_once_on_the_day_that_has_none_and_on_the_day_that_has_two():
    assert times("30 2 * * *", SPRING_EVE, 3) == ["28 03:00 CEST", "29 02:30 CEST", "30 02:30 CEST"]
    assert times("30 2 * * *", AUTUMN_EVE, 3) == ["31 02:30 CEST", "01 02:30 CET", "02 02:30 CET"]


@pytest.mark.parametrize(("eve", "hours"), [(SPRING_EVE, 23), (AUTUMN_EVE, 25)])
def test_every_hour_is_every_hour_that_passes(eve, hours):
    midnight = datetime(eve.year, eve.month, eve.day, 23, 59, tzinfo=PARIS)
    due = times("0 * * * *", midnight, hours)
    assert len({when[:2] for when in due}) == 1, "one day"
    assert len(set(due)) == hours


@pytest.mark.parametrize("eve", [SPRING_EVE, AUTUMN_EVE])
def test_an_interval_is_time_that_passes_counted_from_its_anchor(eve):
    schedule = read_schedule(None, "90m", "Europe/Paris", eve)
    late = eve.astimezone(UTC) + timedelta(hours=10)
    due = list(islice(due_times(schedule, late), 20))
    assert due[0].astimezone(UTC) == eve.astimezone(UTC) + timedelta(minutes=90 * 7)
    steps = {after.astimezone(UTC) - before.astimezone(UTC) for before, after in pairwise(due)}
    assert steps == {timedelta(minutes=90)}


def test_the_time_zone_is_the_machines_unless_one_is_named(monkeypatch):
    monkeypatch.setenv("TZ", "America/Martinique")
    assert machine_timezone() == "America/Martinique"
    assert read_schedule("0 6 * * *", None, None, SPRING_EVE).timezone == "America/Martinique"
    for wrong in ("Europe/Lutece", "../etc/passwd", "\x1b[2J"):
        with pytest.raises(BadSchedule):
            read_schedule("0 6 * * *", None, wrong, SPRING_EVE)
