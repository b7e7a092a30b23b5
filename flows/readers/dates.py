"""Dates as tools write them, in ISO 8601: epochs, serials of spreadsheets, compact forms, words."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from flows.readers.words import read_lexicon

EARLIEST, LATEST = 1600, 2100
"""Years of a newspaper; Théophraste Renaudot's Gazette is of 1631."""
SPREADSHEET_DAYS = (32_874, 62_091)
"""Days since 1899-12-30 that a number can count, 1990 to 2069; a smaller or larger number is none of a spreadsheet."""
EPOCH_UNITS = ((10, 1), (13, 1_000), (16, 1_000_000), (19, 1_000_000_000))
"""Digits of a number of this century that counts from 1970, and how many of its units make a second."""
ZONE = r"(?P<zone>\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?"
TIME = (
    r"(?:(?:,|\sà|\sat|T|\s-)?\s?(?P<hour>[01]?\d|2[0-3])(?:[:hH]|(?<=\d)\s?h\s?)(?P<minute>[0-5]\d)?"
    rf"(?::(?P<second>\d\d)(?:[.,]\d+)?)?(?:\s?(?P<half>[AaPp])\.?[Mm]\b)?{ZONE})?"
)
COMPACT_TIME = rf"(?:[T ]?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>\d\d)?{ZONE})?"
NUMERIC = (
    rf"(?P<year>\d{{4}})[-/. ](?P<month>\d\d?)(?:[-/. ](?P<day>\d\d?))?{TIME}",
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){COMPACT_TIME}",
    rf"(?P<day>\d\d?)[-/.](?P<month>\d\d?)[-/.](?P<year>\d{{4}}|\d\d){TIME}",
    r"(?P<year>\d{4})",
)
"""Forms in figures, whole; a day comes before its month, as French tools write it."""


def read_given_date(value: Any) -> str | None:
    """A given date in ISO 8601, as exactly as it says: a year, a month, a day, or a minute with its zone.

    Midnight on the second is how tools write a day, and becomes one. Epochs are universal time.
    Out: null where it is no date of a newspaper.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return _write(value, str(value.strftime("%z")))
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value).split())
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return _read_number(text)
    return _read_text(text)


def _read_number(text: str) -> str | None:
    whole = text.split(".", maxsplit=1)[0]
    if len(whole) in (4, 8, 14) and "." not in text and (found := _read_text(text)):
        return found
    for digits, unit in EPOCH_UNITS:
        if digits - 1 <= len(whole) <= digits:
            return _within(lambda: datetime.fromtimestamp(float(text) / unit, UTC), "Z")  # noqa: B023
    if SPREADSHEET_DAYS[0] <= int(whole) <= SPREADSHEET_DAYS[1]:
        return _within(lambda: datetime(1899, 12, 30) + timedelta(days=float(text)), "")
    return None


def _within(make: Callable[[], datetime], zone: str) -> str | None:
    """What `make` gives, where there is such a moment."""
    try:
        return _write(make(), zone)
    except (ValueError, OverflowError, OSError):
        return None


def _write(moment: datetime, zone: str) -> str | None:
    if not EARLIEST <= moment.year <= LATEST:
        return None
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + zone


def _read_text(text: str) -> str | None:
    for pattern in _patterns():
        if (match := pattern.search(text)) and (found := _read_match(match)):
            return found
    return None


@cache
def _patterns() -> list[re.Pattern[str]]:
    """Forms in figures, which must be the whole, and forms in words, French and English, which may stand in a line."""
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month, year = rf"(?P<word>{months})\b\.?", r"(?P<year>\d{4})\b"
    rest = rf"(?:,?\s\w+day|,?\s(?:lun|mar|mercre|jeu|vendre|same)di|,?\sdimanche)?{TIME}"
    words = (
        rf"\b(?P<day>\d\d?)(?:er|st|nd|rd|th)?[ .-]\s?{month}[ .,-]\s?{year}{rest}",
        rf"\b{month}\s(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s{year}{rest}",
        rf"\b{month}\s{year}",
    )
    whole = [re.compile(rf"\A{form}\Z") for form in NUMERIC]
    return [*whole, *(re.compile(form, re.IGNORECASE) for form in words)]


@cache
def _months() -> dict[str, int]:
    english = {r["form"]: int(r["value"]) for r in read_lexicon("date_words_en") if r["kind"] == "month"}
    return {**english, **{r["form"]: int(r["month"]) for r in read_lexicon("months")}}


def _read_match(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    month = str(_months()[str(found["word"]).lower()]) if found.get("word") else found.get("month")
    year, day = str(found["year"]), found.get("day")
    if len(year) == 2:
        year = ("19" if int(year) > 69 else "20") + year
    if not EARLIEST <= int(year) <= LATEST:
        return None
    if month is None or day is None:
        return year if month is None else f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else None
    if int(month) > 12 >= int(day) and match.start("day") < match.start("year"):
        month, day = day, month  # an American date: nothing else has thirteen months
    hour = _read_hour(found)
    zone = (found.get("zone") or "").strip().replace("UTC", "Z").replace("GMT", "Z")
    minute, second = int(found.get("minute") or 0), int(found.get("second") or 0)
    return _within(lambda: datetime(int(year), int(month), int(day), hour, minute, second), zone)


def _read_hour(found: dict[str, str | None]) -> int:
    hour, half = int(found.get("hour") or 0), (found.get("half") or "").lower()
    if half == "p" and hour < 12:
        return hour + 12
    return 0 if half == "a" and hour == 12 else hour
