"""A day and a month in digits without a year: « le 21/06 », « du 05/06 au 12/06 »."""

import re

from transforms.numbers.context import Context
from transforms.numbers.dates import WEEKDAYS, write_iso
from transforms.numbers.grammar import Reading

DAY_MONTH = re.compile(
    r"(?P<day>0?[1-9]|[12]\d|3[01])/(?P<month>0[1-9]|1[0-2])"
    r"(?:\s(?:au|jusqu[’']au)\s(?P<day_high>0?[1-9]|[12]\d|3[01])/(?P<month_high>0[1-9]|1[0-2]))?"
)
OPENERS = frozenset(["le", "du", "au", "dès", "depuis", "ce", *WEEKDAYS])
"""Words before a date; after others, two numbers with a slash are a share, a mark or a range."""


def read_day_months(run: str, context: Context) -> tuple[Reading, ...]:
    """Read a run that is a day and month in digits after a word that opens a date; empty where it is none."""
    match = DAY_MONTH.fullmatch(run) if "/" in run and context.last in OPENERS else None
    if match is None:
        return ()
    iso = write_iso(int(match["day"]), int(match["month"]), None)
    high = write_iso(int(match["day_high"]), int(match["month_high"]), None) if match["day_high"] else None
    return (Reading(0, len(run), "date", iso=iso, iso_high=high),)
