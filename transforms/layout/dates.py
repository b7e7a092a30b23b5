"""Dates of publication and of update, as header and footer lines print them.

Only lines that may carry such a date come here; dates inside sentences are figures (transforms/figures.py).
"""

import re
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon

PRECISIONS = ("year", "month", "day", "minute")
"""From coarse to fine."""

EARLIEST_YEAR = 1990
"""Online news is not older; a smaller number in a header is no year, but in a date that is all of the line, as archives
give it."""

TIME = (
    r"(?:\s*(?:[,|·•@–—-]|à|vers|at|,\s*à)?\s*(?P<hour>[01]?\d|2[0-4])\s?"
    r"(?:(?:heures?|h|:|(?<=\d)\.(?=[0-5]\d))\s?(?P<minute>[0-5]\d)?(?::[0-5]\d)?(?:\s?min\b)?)"
    r"(?:\s?(?P<half>[ap]\.?m\b\.?))?(?:\s?\(?(?:GMT|UTC|TU|Uhr|CES?T|BST|[ECMP][SD]?T|heure(?:"
    r" de \w+|\slocale))(?:[+-]\d{1,2}(?::?\d\d)?)?(?:\b\)?)|Z\b|[+-]\d\d:?\d\d\b)?)?"
)


class PrintedDate(NamedTuple):
    """A date in a line: where it stands with its cue, the words that date it, and what it says."""

    start: int
    end: int
    cue: str | None
    year: int | None
    month: int | None
    day: int | None
    hour: int | None
    minute: int | None

    @property
    def precision(self) -> str:
        """How exactly it was printed."""
        return "minute" if self.hour is not None else "day" if self.day else "month" if self.month else "year"

    def at(self, year: int | None = None) -> datetime | None:
        """The moment, with the year given where none was printed; null where there is no such day."""
        year = self.year or year
        if year is None:
            return None
        try:
            return datetime(year, self.month or 1, self.day or 1, (self.hour or 0) % 24, self.minute or 0)
        except ValueError:
            return None


class DatedLine(NamedTuple):
    """A line with its dates, and the characters that are neither a date nor a cue of one."""

    dates: list[PrintedDate]
    rest: str


@cache
def month_numbers() -> dict[str, int]:
    """Month of each written form, French and English."""
    french = dict(lexicon.read("months").select("form", "month").iter_rows())
    english = lexicon.read("date_words_en").filter(pl.col("kind") == "month")
    return {**dict(english.select("form", "value").iter_rows()), **french}


@cache
def date_pattern() -> re.Pattern[str]:
    """Every written form of a date in a header, finest first."""
    months = "|".join(sorted(map(re.escape, month_numbers()), key=len, reverse=True))
    english = lexicon.read("date_words_en").filter(pl.col("kind") == "weekday")["form"].to_list()
    days = "|".join(sorted({*lexicon.read("weekdays")["form"].to_list(), *english}, key=len, reverse=True))
    weekday = rf"(?:\b(?:{days})\b\.?,?\s+(?:le\s+)?)?"
    year = r"(?P<{0}>(?:19|20)\d\d)"
    forms = [
        rf"\b(?P<iso_year>(?:1[6-9]|20)\d\d)-(?P<iso_month>[01]\d)-(?P<iso_day>[0-3]\d)(?:T(?=\d\d:))?{TIME}",
        rf"{weekday}\b(?P<day>[0-3]?\d)(?:er|st|nd|rd|th)?\.?[\s-]+(?:of\s+)?(?P<month>{months})\b\.?,?"
        rf"(?:[\s-]+{year.format('year')}\b)?{_rename(TIME, 'text')}",
        rf"{weekday}\b(?P<us_month>{months})\b\.?\s+(?P<us_day>[0-3]?\d)(?:st|nd|rd|th)?"
        rf"(?:,?\s+{year.format('us_year')}\b){_rename(TIME, 'us')}",
        rf"{weekday}\b(?P<num_day>[0-3]?\d)(?P<mark>[/.-])(?P<num_month>[01]?\d)(?P=mark)"
        rf"(?P<num_year>(?:19|20)\d\d|\d\d)\b(?!\s*(?:%|€|[/.-]\d)){_rename(TIME, 'num')}",
        r"\b(?P<ym_year>(?:19|20)\d\d)-(?P<ym_month>0[1-9]|1[0-2])\b(?!-)",
        rf"\b(?P<my_month>{months})\b\.?\s+{year.format('my_year')}\b",
    ]
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def _rename(pattern: str, prefix: str) -> str:
    """The pattern with other group names, so that it can stand twice in one expression."""
    return re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{prefix}_{m.group(1)}>", pattern)


@cache
def cue_pattern() -> re.Pattern[str]:
    """What says which kind of date follows."""
    cues = lexicon.read("date_cues")
    named = [
        rf"(?P<{cue}_{i}>\b(?:{pattern})(?!\w))"
        for i, (cue, pattern) in enumerate(cues.sort(pl.col("cue") == "published").select("cue", "pattern").iter_rows())
    ]
    return re.compile("|".join(named), re.IGNORECASE)


@cache
def relative_pattern() -> re.Pattern[str]:
    """A moment told from the day of reading, which no text tells: il y a 3 heures, hier à 17h20, mardi à 9h."""
    weekdays = "|".join(sorted(lexicon.read("weekdays")["form"].to_list(), key=len, reverse=True))
    unit = r"(?:secondes?|sec|minutes?|min|mn|heures?|h|jours?|j|semaines?|mois|ans?)"
    count = r"(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quelques|environ \d+)"
    day = rf"(?:avant-hier|hier|aujourd’hui|ce matin|ce soir|cet après-midi|cette nuit|yesterday|today|(?:{weekdays}))"
    english = r"\d+\s(?:second|minute|min|hour|hr|day|week|month)s?\sago"
    ago = rf"(?:il y a|depuis)\s+{count}\s?{unit}(?:\s(?:et\s)?\d+\s?{unit})?|{english}"
    return re.compile(rf"\b(?:{ago}|à l’instant|just now|{day}(?:\s(?:matin|soir|midi))?)(?!\w){TIME}", re.IGNORECASE)


def read_relative_line(line: str) -> str | None:
    """What stands around moments told from the day of reading, and their cues; null where a line has none.

    A day alone is none: it needs an hour or a word such as `publié`.
    """
    moments = [m for m in relative_pattern().finditer(line) if m["hour"] or re.search(r"\d|instant|now", m.group())]
    cues = list(cue_pattern().finditer(line))
    if not moments and not (cues and relative_pattern().search(line)):
        return None
    bare = cue_pattern().sub(" ", relative_pattern().sub(" ", line))
    return CONNECTORS.sub(" ", bare).strip()


def read_today(line: str) -> PrintedDate | None:
    """The hour at which a page says that it was published on the day of reading; null where it says no such thing."""
    moment = TODAY.search(line)
    return (
        PrintedDate(*moment.span(), "published", None, None, None, int(moment[1]) % 24, int(moment[2] or 0))
        if moment
        else None
    )


TODAY = re.compile(
    r"\b(?:publié|paru|posté|mis en ligne)e?s?\s+(?:aujourd’hui|ce (?:matin|midi|soir)),?\s*"
    r"(?:à\s*)?([01]?\d|2[0-3])\s?(?:h|:)\s?([0-5]\d)?",
    re.IGNORECASE,
)

CONNECTORS = re.compile(r"\b(?:le|la|ce|du|on|at|à|et|and|the|date)\b|[^\w]", re.IGNORECASE)
"""What may stand between cue and date, or between two dates, without being text."""


def read_dated_line(line: str) -> DatedLine:
    """Read the dates of one line, each with the nearest cue before it that no other date comes between."""
    dates: list[PrintedDate] = []
    rest: list[str] = []
    last = 0
    for match in date_pattern().finditer(line):
        parts = _read_parts(match)
        if parts is None:
            continue
        begins = match.start()
        early = HOUR_BEFORE.search(line, last, begins) if parts[3] is None else None
        if early:
            parts = (*parts[:3], int(early["hour"]) % 24, int(early["minute"] or 0))
            begins = early.start()
        cue, cue_start, cue_end = _find_cue(line, last, begins)
        start = cue_start if cue else begins
        rest.append(line[last:start] + " " + (line[cue_end:begins] if cue else ""))
        dates.append(PrintedDate(start, match.end(), cue, *parts))
        last = match.end()
    clock = CLOCK.search(line, last) if dates else None
    if clock and (label := cue_pattern().search(line, last, clock.start() + 1)):
        # "Publié le 3 mai 2023 à 9h, mis à jour à 10h": the hour alone is of the same day.
        day = dates[-1]
        hour, minute = int(clock["hour"]) % 24, int(clock["minute"] or 0)
        named = (label.lastgroup or "").split("_")[0]
        dates.append(PrintedDate(label.start(), clock.end(), named, day.year, day.month, day.day, hour, minute))
        rest.append(line[last : label.start()])
        last = clock.end()
    rest.append(line[last:])
    return DatedLine(dates, CONNECTORS.sub(" ", " ".join(rest)).strip())


HOUR_BEFORE = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?::(?=[0-5]\d)|\s?h\s?)(?P<minute>[0-5]\d)?"
    r"(?:\s?(?:GMT|UTC|TU|Uhr|CES?T|BST|[ECMP][SD]?T))?\s*[,|·•–-]?\s*(?:le|on)?\s*$",
    re.IGNORECASE,
)
"""An hour before its day: 18:25 GMT, 3 November 2024; à 17 h, samedi 3 mai."""

CLOCK = re.compile(
    r"\s*(?:à|at)?\s*\b(?P<hour>[01]?\d|2[0-4])\s?(?:h|:)\s?(?P<minute>[0-5]\d)?\b(?=\W*$)", re.IGNORECASE
)


def _is_masthead(match: re.Match[str], year: int, month: int, day: int | None) -> bool:
    """Whether a date before online news heads a printed page: its weekday is printed, the calendar agrees, and marks
    part it from the name of the paper or the number of the page."""
    word = re.match(r"[^\W\d_]+", match.group())
    weekday = weekday_numbers().get(word.group().lower()) if word else None
    beside = f"{match.string[: match.start()]}\n{match.string[match.end() :]}"
    if weekday is None or day is None or not MASTHEAD_MARK.search(beside):
        return False
    try:
        return date(year, month, day).isoweekday() == weekday
    except ValueError:
        return False


MASTHEAD_MARK = re.compile(r"\s[–—|•·-]+\s*(?:\n|$)|\n\s*[–—|•·-]+\s")
"""What parts the pieces of a masthead: a dash or a bar right beside the date."""


@cache
def weekday_numbers() -> dict[str, int]:
    """ISO number of each written form of a French weekday, Monday 1."""
    return dict(lexicon.read("weekdays").select("form", "iso_weekday").iter_rows())


def _find_cue(line: str, begin: int, end: int) -> tuple[str | None, int, int]:
    """The last cue in line[begin:end] that only connectors part from `end`."""
    found: tuple[str | None, int, int] = (None, end, end)
    for match in cue_pattern().finditer(line, begin, end):
        if not CONNECTORS.sub("", line[match.end() : end]):
            found = ((match.lastgroup or "").split("_")[0], *match.span())
            break
    return found


def _read_parts(match: re.Match[str]) -> tuple[int | None, int | None, int | None, int | None, int | None] | None:
    """Year, month, day, hour and minute of a match; null where it is no date after all."""
    groups = {k: v for k, v in match.groupdict().items() if v is not None}

    def first(*names: str) -> str | None:
        return next((groups[n] for n in names if n in groups), None)

    year, month = first("iso_year", "year", "us_year", "num_year", "ym_year", "my_year"), None
    name = first("month", "us_month", "my_month")
    month = month_numbers()[name.lower()] if name else int(first("iso_month", "num_month", "ym_month") or 0)
    day = first("iso_day", "day", "us_day", "num_day")
    hour, minute = (
        first("hour", "text_hour", "us_hour", "num_hour"),
        first("minute", "text_minute", "us_minute", "num_minute"),
    )
    half = (first("half", "text_half", "us_half", "num_half") or "").lower()[:1]
    number = int(day) if day else None
    if number and month > 12 >= number and "num_day" in groups:
        number, month = month, number
    full = (int(year) + 2000 if len(year) == 2 else int(year)) if year else None
    is_given = "iso_year" in groups and match.group() == match.string
    if full and full < EARLIEST_YEAR and not is_given and not _is_masthead(match, full, month, number):
        return None
    if not 1 <= month <= 12 or (number is not None and not 1 <= number <= 31):
        return None
    clock = int(hour) % 12 + (12 if half == "p" else 0) if hour and half else int(hour) if hour else None
    return full, month, number, clock, (int(minute) if minute else 0) if hour else None
