"""Dates as written in French, and the day they mean.

Facts: schemas/lexicon/months.csv. Calendar dates after ISO 8601.
"""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from schemas import lexicon
from transforms.numbers.numerals import read_number

LONGEST_ABBREVIATION = 3
MONTHS = {row["form"]: row["month"] for row in lexicon.read("months").to_dicts()}
WEEKDAYS = [row["form"] for row in lexicon.read("weekdays").to_dicts() if len(row["form"]) > LONGEST_ABBREVIATION]
WEEKDAY_NUMBERS = {row["form"]: row["iso_weekday"] for row in lexicon.read("weekdays").to_dicts()}
ABBREVIATED_MONTHS = {row["form"] for row in lexicon.read("months").to_dicts() if row["is_abbreviation"]}
DAY_WORDS = (
    "vingt-deux|vingt-trois|vingt-quatre|vingt-cinq|vingt-six|vingt-sept|vingt-huit|vingt-neuf|vingt et un|vingt-et-un"
    "|trente et un|trente-et-un|dix-sept|dix-huit|dix-neuf|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze"
    "|douze|treize|quatorze|quinze|seize|vingt|trente"
)
MONTH = "|".join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True))
SPACE = r"(?:\s{1,2})"
DAY = rf"(?:\d{{1,2}}(?!\d)(?:{SPACE}?er\b)?|(?:{DAY_WORDS})\b)"
TO = rf"{SPACE}(?:au|à|jusqu[’']au){SPACE}|{SPACE}?[-–—/]{SPACE}?"
AND = rf"{SPACE}(?:et|ou){SPACE}"


def name_year(group: str) -> str:
    """Pattern of a year after a month, as a named group."""
    return rf"(?:{SPACE}(?:de l’an )?(?P<{group}>\d{{4}})(?![\d,.]\d|\d))"


def name_month(group: str) -> str:
    """Pattern of a month's name or abbreviation, as a named group."""
    return rf"(?P<{group}>(?:{MONTH})\b\.?)"


DAY_DATE = re.compile(
    rf"(?P<day>{DAY})"
    rf"(?:(?:{SPACE}{name_month('month')}{name_year('year')}?)?"
    rf"(?P<link>(?:{TO}|{AND})(?:le{SPACE})?(?:(?:{'|'.join(WEEKDAYS)}){SPACE})?)(?P<day_high>{DAY}))?"
    rf"{SPACE}{name_month('month_high')}{name_year('year_high')}?",
    re.IGNORECASE,
)
MONTH_DATE = re.compile(
    rf"(?:{name_month('month')}{name_year('year')}?(?:{SPACE}(?:à|au|jusqu[’']à|et|ou){SPACE}|{SPACE}?[-–—]{SPACE}?))?"
    rf"{name_month('month_high')}{name_year('year_high')}",
    re.IGNORECASE,
)
JOINING = re.compile(r"\s(?:et|ou)\s")
NUMERIC_DATE = re.compile(
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)"
)
ISO_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
DIGIT = re.compile(r"\d+")

LEAP_DAY, LEAP_YEARS = (2, 29), 8
LAST, NEXT, YEAR = "last", "next", "year "
"""What leaves no choice of the year: depuis, dernier; prochain; "year -1" for l’an dernier."""
NEAR = timedelta(days=90)
"""A day-month nearer than this to publication is taken as the nearest, whatever the tense around it."""


class DateReading(NamedTuple):
    """A date as stated: where it stands, and its lower and upper end in ISO 8601, the year left out where not said."""

    start: int
    end: int
    iso: str
    iso_high: str | None = None


class Resolution(NamedTuple):
    """The days a date means, and how the year was found."""

    start: date | None
    end: date | None
    rule: str | None


def read_day(text: str) -> int | None:
    """Read a day of the month, in digits or in words."""
    digits = DIGIT.match(text)
    if digits:
        return int(digits.group())
    value = 1 if text.lower() == "premier" else read_number(text)
    return None if value is None else int(value)


def read_month(text: str) -> int:
    """The number of a month's name."""
    return int(MONTHS[text.lower().rstrip(".")])


def write_iso(day: int | None, month: int, year: str | None) -> str:
    """Write a date in ISO 8601: YYYY-MM-DD, --MM-DD or YYYY-MM."""
    head = year if year else "-"
    return f"{head}-{month:02d}" if day is None else f"{head}-{month:02d}-{day:02d}"


def read_dates(text: str, position: int, is_between: bool, is_listed: bool = False) -> list[DateReading]:
    """Read the date that begins at a position: one, a range as one, or two that share their month.

    "du 12 au 19 juin", after entre "le 2 mars et le 15 juillet", and two days in a row, "les 23 et 24 mai", are one;
    "les 3 et 17 mai" are two, as are the last two of a list of days.
    """
    for pattern in (ISO_DATE, NUMERIC_DATE):
        match = pattern.match(text, position)
        if match:
            year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
            return [DateReading(match.start(), match.end(), write_iso(int(match["day"]), int(match["month"]), year))]
    match = MONTH_DATE.match(text, position)
    if match:
        return read_month_dates(match, is_between)
    match = DAY_DATE.match(text, position)
    return read_day_dates(match, is_between, is_listed) if match else []


def read_month_dates(match: re.Match[str], is_between: bool) -> list[DateReading]:
    """Read a match of MONTH_DATE: "mai 2024", "mars à mai 2024" as one, "mars et mai 2024" as two."""
    high = write_iso(None, read_month(match["month_high"]), match["year_high"])
    if match["month"] is None:
        return [DateReading(match.start(), match.end(), high)]
    low = write_iso(None, read_month(match["month"]), match["year"] or match["year_high"])
    link = match.string[match.end("year") if match["year"] else match.end("month") : match.start("month_high")]
    if is_between or not JOINING.fullmatch(link):
        return [DateReading(match.start(), match.end(), low, high)]
    first_end = match.end("year") if match["year"] else match.end("month")
    return [DateReading(match.start(), first_end, low), DateReading(match.start("month_high"), match.end(), high)]


def read_day_dates(match: re.Match[str], is_between: bool, is_listed: bool) -> list[DateReading]:
    """Read a match of DAY_DATE."""
    month_high = read_month(match["month_high"])
    end = trim_dot(match)
    day = read_day(match["day"])
    if match["month_high"].lower() == "sept" and not match["day"][0].isdigit():
        return []  # "dix sept" is seventeen
    if day is None or not 1 <= day <= 31:
        return []
    if match["link"] is None:
        return [DateReading(match.start(), end, write_iso(day, month_high, match["year_high"]))]
    day_high = read_day(match["day_high"])
    if day_high is None or not 1 <= day_high <= 31:
        return []
    month = read_month(match["month"]) if match["month"] else month_high
    year = match["year"] or (match["year_high"] if month <= month_high else None)
    low, high = write_iso(day, month, year), write_iso(day_high, month_high, match["year_high"])
    is_pair = not is_listed and match["link"].strip() == "et" and match["month"] is None and day_high == day + 1
    if is_between or is_pair or not match["link"].strip().startswith(("et", "ou")):
        return [DateReading(match.start(), end, low, high)]
    first_end = match.start("link")
    return [DateReading(match.start(), first_end, low), DateReading(match.start("day_high"), end, high)]


def trim_dot(match: re.Match[str]) -> int:
    """End of a date without the full stop of the sentence: the dot belongs to abbreviations only."""
    name = match["month_high"]
    is_stop = name.endswith(".") and match["year_high"] is None
    return match.end() - 1 if is_stop and name.lower().rstrip(".") not in ABBREVIATED_MONTHS else match.end()


def make_day(year: int, month: int, day: int) -> date | None:
    """A calendar day; null where there is none, such as 30 February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def choose_year(month: int, day: int, published: date, tense: str | None) -> tuple[date | None, str]:
    """The day meant by a day and a month without a year.

    In the year or on the weekday said before it, if there is one. Else the nearest to publication, a tie to the past.
    A future tense wants the next one. A past tense wants the last one where the nearest is further than NEAR:
    "organisée le 5 mars" in February is of the same year; depuis, dernier and prochain leave no choice.
    """
    if tense and tense.startswith(YEAR):
        return make_day(published.year + int(tense.removeprefix(YEAR)), month, day), "in the year said beside it"
    years = (-1, 0, 1) if (month, day) != LEAP_DAY else range(-LEAP_YEARS, LEAP_YEARS + 1)
    days = [d for year in years if (d := make_day(published.year + year, month, day))]
    if not days:
        return None, "no such day"
    weekday = WEEKDAY_NUMBERS.get(tense or "")
    fitting = [d for d in days if d.isoweekday() == weekday]
    if fitting:
        return min(fitting, key=lambda d: (abs(d - published), d)), "nearest to publication on that weekday"
    return choose_side(days, published, tense)


def choose_side(days: list[date], published: date, tense: str | None) -> tuple[date, str]:
    """The day meant among those of several years: the last or the next where the words say so, else the nearest."""
    nearest = min(days, key=lambda d: (abs(d - published), d))
    is_last = tense == LAST or (tense == "past" and nearest > published + NEAR)
    is_next = tense == NEXT or (tense == "future" and nearest < published - timedelta(days=1))
    reason = "said so" if tense in (LAST, NEXT) else f"{tense} tense"
    if is_last:
        return max((d for d in days if d <= published), default=nearest), f"last before publication: {reason}"
    if is_next:
        return min((d for d in days if d >= published), default=nearest), f"next after publication: {reason}"
    return nearest, "nearest to publication"


def resolve_date(iso: str, iso_high: str | None, published: date | None, tense: str | None) -> Resolution:
    """Find the days a date means.

    In:  dates as stated, the day of publication (null where unknown) and the tense around them (past, future, null).
    Out: first and last day meant; null where the year is not said and there is no publication date.
    """
    if iso_high is None:
        return resolve_one(iso, published, tense)
    if tense in WEEKDAY_NUMBERS and iso.startswith("--") and iso_high.startswith("--"):
        return resolve_from_weekday(iso, iso_high, published, tense)
    last = resolve_one(iso_high, published, tense)
    if not iso.startswith("--"):
        first = resolve_one(iso, published, tense)
    elif last.end is not None:  # the last such day before the end of the range
        month, day = int(iso[2:4]), int(iso[5:7])
        options = [d for back in (0, 1) if (d := make_day(last.end.year - back, month, day)) and d <= last.end]
        first = Resolution(max(options, default=None), None, last.rule)
    else:
        first = Resolution(None, None, None)
    return Resolution(first.start, last.end, last.rule)


def resolve_from_weekday(iso: str, iso_high: str, published: date | None, weekday: str | None) -> Resolution:
    """Find the days of a range whose first day has its weekday said: "du lundi 7 au 13 avril"."""
    first = resolve_one(iso, published, weekday)
    if first.start is None:
        return first
    month, day = int(iso_high[2:4]), int(iso_high[5:7])
    options = [d for ahead in (0, 1) if (d := make_day(first.start.year + ahead, month, day)) and d >= first.start]
    return Resolution(first.start, min(options, default=None), first.rule)


def resolve_one(iso: str, published: date | None, tense: str | None) -> Resolution:
    """Find the days that one stated date means."""
    if iso.startswith("--"):
        if published is None:
            return Resolution(None, None, None)
        day, rule = choose_year(int(iso[2:4]), int(iso[5:7]), published, tense)
        return Resolution(day, day, rule)
    parts = [int(p) for p in iso.split("-")]
    if len(parts) == 3:
        day = make_day(*parts)
        return Resolution(day, day, "stated" if day else "no such day")
    year, month = parts
    if year == 0:
        return Resolution(None, None, None)
    return Resolution(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "stated")
