"""Words that name a time by its distance from publication: hier, ce jeudi 10 avril, la semaine dernière.

Facts: schemas/lexicon/time_words.csv, weekdays.csv, months.csv. Never resolved against today.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon
from transforms.numbers.context import Context, find_tense
from transforms.numbers.dates import make_day, read_dates, resolve_date
from transforms.numbers.numerals import read_number
from transforms.numbers.runs import SPACE, B, alternate, find_runs

TIME_WORDS = {row["form"]: (row["unit"], row["offset"]) for row in lexicon.read("time_words").to_dicts()}
WEEKDAYS = {
    row["form"]: row["iso_weekday"]
    for row in lexicon.read("weekdays").to_dicts()
    if row["form"].endswith(("di", "che"))
}
LAST_WORDS, NEXT_WORDS = ("dernier", "passé"), ("prochain",)
UNITS = {"jour": "day", "semaine": "week", "mois": "month", "an": "year", "année": "year"}
DAYS_OF_WEEK, SATURDAY, MONTHS_OF_YEAR = 7, 6, 12
SMALL_NUMBERS = (
    "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|cent"
)
DISTANCE = re.compile(
    r"(?P<sense>il y a|voil[àa]|voici|dans)\s+(?P<number>\d+|[\w-]+)\s+(?P<unit>jour|semaine|mois|année|an)s?",
    re.IGNORECASE,
)
RANKS = {"premier": 1, "deuxième": 2, "second": 2, "troisième": 3, "quatrième": 4, "dernier": -1}
MONTH_NAMES = {row["form"]: row["month"] for row in lexicon.read("months").to_dicts() if not row["is_abbreviation"]}
RANKED = re.compile(
    rf"(?:le\s+)?(?P<rank>{'|'.join(RANKS)})\s+(?P<day>{'|'.join(WEEKDAYS)})\s+(?:de\s+|d’)(?P<month>{'|'.join(MONTH_NAMES)})"
    r"(?:\s+(?P<year>\d{4}))?",
)
AFTER_NEXT = re.compile(rf"(?P<day>{'|'.join(WEEKDAYS)})\s+en\s+(?P<weeks>huit|quinze)")
WEEKS = {"huit": 1, "quinze": 2}
WEEKDAY = re.compile(
    rf"(?:(?P<this>ce|le)\s+)?(?P<day>{'|'.join(WEEKDAYS)})(?P<date>\s+\d.*)?(?:\s+(?P<side>dernier|passé|prochain))?(?:\s+\w.*)?$",
    re.IGNORECASE,
)
EXPRESSIONS = {
    "article_id": pl.String, "start": pl.Int64, "end": pl.Int64, "text": pl.String, "unit": pl.String,
    "anchor": pl.Date, "resolved_start": pl.Date, "resolved_end": pl.Date, "resolved_rule": pl.String,
}  # fmt: skip


class Span(NamedTuple):
    """The unit an expression names, the days it means and how they were found; null where nothing anchors it."""

    unit: str
    start: date | None = None
    end: date | None = None
    rule: str | None = None


@cache
def expression_pattern() -> str:
    """The Rust pattern of time expressions."""
    words = alternate(TIME_WORDS)
    days = alternate(WEEKDAYS)
    months = alternate(row["form"] for row in lexicon.read("months").to_dicts() if not row["is_abbreviation"])
    day_date = rf"{SPACE}(?:1er|\d{{1,2}}){SPACE}(?i:{months})(?:{SPACE}\d{{4}})?"
    part = rf"{SPACE}(?:matin|midi|après-midi|soir)"
    weekday = rf"{B}(?:(?i:ce|le){SPACE})?(?i:{days}){B}(?:{day_date}|{SPACE}(?:dernier|passé|prochain))?(?:{part}{B})?"
    number = rf"{SPACE}(?:\d{{1,4}}|{SMALL_NUMBERS}){SPACE}"
    distance = rf"{B}(?i:il y a|voilà|voici|dans){number}(?:jour|semaine|mois|année|an)s?{B}"
    of_month = rf"(?i:de{SPACE}|d[’'])(?i:{months}){B}(?:{SPACE}\d{{4}}{B})?"
    ranked = rf"{B}(?i:le{SPACE})?(?i:{alternate(RANKS)}){SPACE}(?i:{days}){SPACE}{of_month}"
    later = rf"{B}(?i:{days}){SPACE}en{SPACE}(?:huit|quinze){B}"
    return rf"{ranked}|{later}|{B}(?i:{words}){B}|{weekday}|{distance}".replace(" y ", f"{SPACE}y{SPACE}")


def find_time_expressions(paragraphs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Find times named by their distance from publication, and the days they mean.

    In:  paragraphs (article_id, start, text) and articles (article_id, published_at).
    Out: one row per expression, in order: the columns of schemas/time_expressions.py without its identifier; anchor
         and resolved_* are null where the day of publication is unknown, except beside a full date.
    """
    runs = find_runs(paragraphs, expression_pattern())
    known = articles.select("article_id", anchor=pl.col("published_at").cast(pl.Date))
    places = runs.places.join(known, on="article_id", how="left", maintain_order="left")
    # Python reads each distinct expression of a day of publication in its context: 12 µs each, 2 per kB of text.
    read_once = cache(
        lambda number, anchor: read_expression(runs.left[number], runs.run[number], runs.right[number], anchor)
    )
    spans = [read_once(*row) for row in zip(runs.numbers, places["anchor"].to_list(), strict=True)]
    schema = {"unit": pl.String, "resolved_start": pl.Date, "resolved_end": pl.Date, "resolved_rule": pl.String}
    values = {name: [span[i] if span else None for span in spans] for i, name in enumerate(schema)}
    texts = pl.DataFrame({"text": [runs.run[number] for number in runs.numbers]}, schema={"text": pl.String})
    read = pl.concat([places, texts, pl.DataFrame(values, schema=schema)], how="horizontal")
    ends = pl.col("base") + pl.col("text").str.len_chars().cast(pl.Int64)
    return (
        read.filter(pl.col("unit").is_not_null())
        .with_columns(start="base", end=ends)
        .select(pl.col(n).cast(t) for n, t in EXPRESSIONS.items())
    )


def read_expression(left: str, run: str, right: str, anchor: date | None) -> Span | None:
    """Read one expression; null for a habit ("le lundi") and for what is cut out of a longer word."""
    if left[-1:].isalpha() or right[:1].isalpha():
        return None
    form = " ".join(run.lower().replace("'", "’").split())
    if form in TIME_WORDS:
        unit, offset = TIME_WORDS[form]
        return count_from(anchor, unit, offset, "distance from publication")
    ranked = RANKED.fullmatch(form)
    if ranked:
        return read_ranked(ranked, Context(left, right), anchor)
    later = AFTER_NEXT.fullmatch(form)
    if later:
        return read_after_next(later, anchor)
    distance = DISTANCE.match(form)
    if distance:
        return read_distance(distance, anchor)
    weekday = WEEKDAY.match(form)
    return read_weekday(weekday, Context(left, right), anchor) if weekday else None


def read_ranked(match: re.Match[str], context: Context, anchor: date | None) -> Span:
    """Read "le troisième jeudi de mars": in the year said, else the nearest, or on the side that the tense tells."""
    weekday, rank, month = WEEKDAYS[match["day"]], RANKS[match["rank"]], MONTH_NAMES[match["month"]]
    if match["year"]:
        day = find_ranked_day(int(match["year"]), month, weekday, rank)
        return Span("day", day, day, "the nth weekday of a month")
    if anchor is None:
        return Span("day")
    days = [find_ranked_day(anchor.year + step, month, weekday, rank) for step in (-1, 0, 1)]
    tense = "future" if is_prospective(context) else find_tense(context)
    sides = [d for d in days if d >= anchor] if tense == "future" else days
    day = min(sides, key=lambda d: (abs(d - anchor), d))
    return Span("day", day, day, "the nth weekday of a month")


def find_ranked_day(year: int, month: int, weekday: int, rank: int) -> date:
    """The nth such weekday of a month, from its end where the rank is negative."""
    if rank < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % DAYS_OF_WEEK)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % DAYS_OF_WEEK + DAYS_OF_WEEK * (rank - 1))


def read_after_next(match: re.Match[str], anchor: date | None) -> Span | None:
    """Read "jeudi en huit", "en quinze": one or two weeks after the next such day."""
    if anchor is None:
        return Span("day")
    ahead = (WEEKDAYS[match["day"]] - anchor.isoweekday()) % DAYS_OF_WEEK or DAYS_OF_WEEK
    return count_from(anchor, "day", ahead + DAYS_OF_WEEK * WEEKS[match["weeks"]], "weekday after publication")


PROSPECTIVE = re.compile(
    r"(?:\b(?:appel|invit|convi)\w*(?<!ait)(?<!aient)\s(?:[^\s.;:]+\s){0,4}?(?:à|au)\s(?:l[’']|la\s|une?\s)?[^\s.;:]+\s(?:[^\s.,;:]+\s){0,2}"
    r"|\b(?:doit|doivent|va|vont)\s(?:[^\s.,;:]+\s){0,2}?[^\s.,;:]{2,}(?:er|ir|re)\s(?:[^\s.,;:]+\s){0,3}"
    r"|(?:^|[.!?:»]\s|\b(?:a|ont|avons|avez|ai)\s(?:[^\s.,;:]+\s)?)rendez-vous\s)(?:dès\s|ce\s|le\s)?$",
    re.IGNORECASE,
)
"""A call, a duty or an appointment before a day looks ahead: "invite à défiler jeudi", "doit plaider lundi"."""


def is_prospective(context: Context) -> bool:
    """Whether what stands before a day says that it is to come."""
    return PROSPECTIVE.search(context.left) is not None


def read_distance(match: re.Match[str], anchor: date | None) -> Span | None:
    """Read "il y a trois jours", "dans deux mois"."""
    number = read_number(match["number"])
    if number is None:
        return None
    sign = 1 if match["sense"] == "dans" else -1
    return count_from(anchor, UNITS[match["unit"]], sign * int(number), "distance from publication", is_point=True)


def count_from(anchor: date | None, unit: str, offset: int, rule: str, is_point: bool = False) -> Span | None:
    """The days that lie a number of units from an anchor.

    "la semaine dernière" is a week from Monday to Sunday, "le mois dernier" a calendar month; a distance
    ("il y a deux semaines") is a day, and of months and years the month or year it falls in.
    """
    if anchor is None:
        return Span(unit)
    if unit == "day" or (unit == "week" and is_point):
        day = shift_days(anchor, offset * (DAYS_OF_WEEK if unit == "week" else 1))
        return Span(unit, day, day, rule)
    if unit in ("week", "weekend"):
        monday = anchor - timedelta(days=anchor.isoweekday() - 1) + timedelta(weeks=offset)
        first = monday + timedelta(days=SATURDAY - 1) if unit == "weekend" else monday
        return Span(unit, first, monday + timedelta(days=DAYS_OF_WEEK - 1), rule)
    months = anchor.year * MONTHS_OF_YEAR + anchor.month - 1 + offset * (MONTHS_OF_YEAR if unit == "year" else 1)
    year, month = divmod(months, MONTHS_OF_YEAR)
    opening = make_day(year, 1 if unit == "year" else month + 1, 1)
    closing = make_day(year, MONTHS_OF_YEAR if unit == "year" else month + 1, 1)
    if opening is None or closing is None:
        return Span(unit)
    return Span(unit, opening, closing.replace(day=monthrange(closing.year, closing.month)[1]), rule)


def shift_days(anchor: date, days: int) -> date | None:
    """A day a number of days away; null beyond the calendar."""
    try:
        return anchor + timedelta(days=days)
    except OverflowError:
        return None


def read_weekday(  # noqa: PLR0911 - one return for each form
    match: re.Match[str], context: Context, anchor: date | None
) -> Span | None:
    """Read jeudi, ce jeudi, jeudi dernier, jeudi 10 avril.

    A date beside it decides. Else dernier and prochain, else the tense: the last one up to publication, or
    with a future tense the next one from publication. "le jeudi" alone is a habit, no time.
    """
    if match["date"]:
        dates = read_dates(match["date"].strip(), 0, False)
        if not dates:
            return None
        meant = resolve_date(dates[0].iso, None, anchor, match["day"])
        return Span("day", meant.start, meant.end, "the date beside it")
    if match["this"] == "le" and not match["side"]:
        return None
    if anchor is None:
        return Span("day")
    back = (anchor.isoweekday() - WEEKDAYS[match["day"]]) % DAYS_OF_WEEK
    if match["side"] in LAST_WORDS:
        return count_from(anchor, "day", -(back or DAYS_OF_WEEK), "weekday before publication")
    if match["side"] in NEXT_WORDS:
        return count_from(anchor, "day", DAYS_OF_WEEK - back, "weekday after publication")
    if back and (is_prospective(context) or find_tense(context) == "future"):
        return count_from(anchor, "day", DAYS_OF_WEEK - back, "next weekday: future tense")
    return count_from(anchor, "day", -back, "last weekday up to publication")
