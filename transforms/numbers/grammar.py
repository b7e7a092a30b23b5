"""The grammar of figures: reads one run of number words, digits, units and what links them.

A run is what the candidate pass of transforms/figures.py cuts out of a text, such as "entre 10 et 15 000 euros".
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from schemas import lexicon
from transforms.numbers import dates as figure_dates
from transforms.numbers import numerals
from transforms.numbers.units import Unit, find_unit, unit_symbols, unit_words

GROUP_NOUNS = {r["form"]: (float(r["value"]), r["is_plural"]) for r in lexicon.read("group_nouns").to_dicts()}
ORDINALS = {r["form"]: (r["value"], r["role"]) for r in lexicon.read("ordinals").to_dicts()}
FRACTIONS = {r["form"]: float(r["value"]) for r in lexicon.read("fractions").to_dicts()}
HALVES = ("demi", "demie")
MANY = ("des", "plusieurs", "quelques", "nombreuses", "nombreux", "les", "de", "d’", "d'", "par")
"""Determiners that make a group noun in the plural an indefinite amount: "des dizaines de"."""
ROMAN = re.compile(r"[IVX]+(?=(?:er|ère|re|e|ème|ième|è)\b)")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
SMALLER = {"hour": ("min", 60), "min": ("s", 60), "year": ("month", 12), "day": ("hour", 24), "week": ("day", 7)}
"""Units of time that follow a larger one in one duration, and how many make it."""
LARGEST_SMALL_SCORE = 20
"""A rising pair of bare numbers joined by a dash is a score up to here ("1-3"), else a range ("30-40")."""
PLURAL_FROM = 2
MILLION = 1e6
YEAR_DIGITS = 4
LARGEST_SCORE = 200
YEAR_ALONE = re.compile(r"1[5-9]\d\d|20\d\d")
"""Four digits that share no unit with what follows: "12 crues en 2016 et 7 crues en 2014"."""
FIRST_YEAR, LAST_YEAR = 1000, 2100
MINUTE_STEP = 5
"""Minutes said without their noun are round: "une heure vingt"; "deux heures sept" is none."""
KELVIN = Unit("measure", "K")
NAUTICAL_MILE = Unit("measure", "[nmi_i]")
"""After a group noun, milles in the plural is no number: "une trentaine de milles"."""
CENTS = Unit("money", "EUR", 0.01)
"""After digits, "cents" are of a euro: "50 cents"; in words it is a hundred."""
SMALLEST_DENOMINATOR = 4
"""Halves and thirds have nouns of their own: "un troisième" is an ordinal, "un quatrième" may be a quarter."""


WATCH = re.compile(
    r"(?P<hours>\d{1,2})\s?h\s?(?P<hour_minutes>[0-5]\d)[’'′](?:(?P<hour_seconds>[0-5]\d)(?:[’'′]{2}|[”\"″])?)?(?!\d)"
    r"|(?:(?P<watch_minutes>\d{1,3})[’'′])?(?P<watch_seconds>\d{2})(?:(?:[’'′]{2}|[”\"″])(?P<watch_parts>\d{0,3}))(?!\d)"
    r"|(?P<plain_minutes>\d{1,3})[’'′](?P<plain_seconds>[0-5]\d)(?!\d)"
)
"""A time on a stopwatch: 3’41’’22, 53’’12, 3’41, 2h06’31’’."""


SCHOOL_MARK = 20
FULL_MARKS = (5, 10, 20, 40, 100)
"""What marks are given out of."""


DATE_HINT = re.compile(rf"\b(?:{figure_dates.MONTH})\b|\d[/.-]\d", re.IGNORECASE)
DATE_STARTS = ("digits", "numeral", "ordinal")
CLOCK_WORDS = frozenset(["h", "heure", "heures", "midi", "minuit"])
"""Without these in a run, it holds no date, no time: what is not there is not tried at each token."""
NOT_SIMPLE = frozenset(["cent", "cents", "milles", "de", "er"])
SHARE_NAME = "pourcentage"
"""After un it names any share; after another number it is per cent."""
SHARED = frozenset({"shared"})
"""The mark of a figure whose unit stands after the next one: 9 in "9 et 12 ans"."""


class Token(NamedTuple):
    """A piece of a run. Kind: digits, numeral, scale, group, ordinal, roman, fraction, unit, symbol, word, dash…"""

    kind: str
    text: str
    start: int
    end: int
    lower: str
    is_joined: bool


NO_MARKS: frozenset[str] = frozenset()


class Amount(NamedTuple):
    """A number without its unit: value null for indefinite amounts; `next` is the index of the token after it."""

    value: float | None
    start: int
    end: int
    next: int
    form: str
    is_scaled: bool = False
    is_approximate: bool = False


class Pair(NamedTuple):
    """Two amounts joined by a link, their common unit, where each ends, and the index after them."""

    first: Amount
    second: Amount
    unit: Unit | None
    link: Token
    first_end: int
    end: int
    following: int


class Reading(NamedTuple):
    """A figure read in a run; start and end in the run."""

    start: int
    end: int
    kind: str
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    unit_form: str | None = None
    iso: str | None = None
    iso_high: str | None = None
    form: str = "digits"
    is_approximate: bool = False
    is_scaled: bool = False
    marks: frozenset[str] = NO_MARKS


def alternate(forms: list[str], space: str) -> str:
    """A pattern that matches the longest of some forms, its common beginnings tried once.

    A thousand units one after the other took ten times as long for each word.
    """
    tree: dict[str, Any] = {}
    for form in forms:
        branch = tree
        for character in form:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return write_branch(tree, space)


def write_branch(branch: dict[str, Any], space: str) -> str:
    """The pattern of a branch of a tree of forms."""
    ends = "" in branch
    parts = [write_character(c, space) + write_branch(rest, space) for c, rest in branch.items() if c]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)})" + ("?" if ends else "")


def write_character(character: str, space: str) -> str:
    """The pattern of one character: any space, either apostrophe."""
    return {" ": space, "’": "[’']"}.get(character) or re.escape(character)


@cache
def token_pattern() -> re.Pattern[str]:
    """The pattern of the tokens of a run."""
    words = alternate(list(unit_words()), r"\s+")
    symbols = alternate(list(unit_symbols()), r"\s?")
    return re.compile(
        r"(?P<power>\d+(?:[.,]\d+(?:\^|[eE])[+-]?|\^[+-]?|[eE]-?)\d{1,3}(?![\w^]))"
        rf"|(?P<ordinal>\d+(?:\s?°(?=\s+[a-zé])|(?:er|ère|ere|re|[eè]mes?|i[eè]mes?|[eè]|nde?|ds?)s?(?![\w/])))"
        rf"|(?P<watch>{WATCH.pattern})"
        rf"|(?P<digits>{numerals.DIGITS.pattern})"
        rf"|(?P<roman>[IVX]+(?:er|ère|re|ème|ième|e|è)\b)"
        rf"|(?P<unit>(?i:{words})(?![\w]))"
        rf"|(?P<symbol>(?:{symbols})(?![a-zA-ZéèàÀ-ÿ]))"
        rf"|(?P<word>[^\W\d_]+[’']?)"
        rf"|(?P<dash>[-–—‑−])"
        rf"|(?P<space>\s+)"
        rf"|(?P<mark>.)",
        re.DOTALL,
    )


WORD_KINDS = {
    **dict.fromkeys(numerals.NUMERALS, "numeral"),
    **dict.fromkeys(numerals.SCALES, "scale"),
    **dict.fromkeys(GROUP_NOUNS, "group"),
    **dict.fromkeys(ORDINALS, "ordinal"),
    **dict.fromkeys(FRACTIONS, "fraction"),
}


def split_run(run: str) -> list[Token]:
    """Split a run into tokens, spaces left out."""
    tokens = []
    for match in token_pattern().finditer(run):
        kind, text = match.lastgroup or "mark", match.group()
        if kind.startswith(("watch", "plain", "hour")):
            kind = "watch"
        kind = "digits" if kind == "power" else kind
        if kind == "space" or (kind == "dash" and joins_words(run, match.start())):
            continue
        lower = text.lower()
        if kind == "word":
            kind = WORD_KINDS.get(lower, "word")
        before = run[match.start() - 1] if match.start() else ""
        tokens.append(Token(kind, text, match.start(), match.end(), lower, before in ("-", "‑")))
    return tokens


def joins_words(run: str, position: int) -> bool:
    """Whether a dash is a hyphen inside a word, as in vingt-deux and demi-heure."""
    return run[position - 1 : position].isalpha() and run[position + 1 : position + 2].isalpha()


def read_run(run: str, opening: str, cues: frozenset[str] = frozenset()) -> list[Reading]:
    """Read all figures of a run; read_simple reads the most frequent ones faster.

    In:  the run, the word before it, lower case, where it opens a range (entre, de, du), and cues: "change" where a
         verb of change stands before, so that "de 10 à 12" is two figures; "score" where a match is spoken of.
    Out: figures in order; overlapping none.
    """
    return Reader(run, opening, cues).read()


DIGIT_RUN = r"(?P<digits>(?:\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+)(?:,\d+)?)"
PLAIN_RUN = re.compile(rf"{DIGIT_RUN}(?:(?P<percent>[ \u00a0\u202f]?%)|[ \u00a0\u202f](?P<unit>[^\W\d_]+))?")
SYMBOL_RUN = re.compile(rf"{DIGIT_RUN}[ \u00a0\u202f]?(?P<unit>[^\W\d_][^\s\d]{{0,3}}|[€°]C?)")
SCALED_RUN = re.compile(
    r"(?P<digits>\d+(?:,\d+)?)[ \u00a0](?P<scale>millions?|milliards?)(?: (?:de |d[’'])(?P<unit>[^\W\d_]+))?"
)
SPELLED_RUN = re.compile(r"(?P<number>[^\W\d_]+)(?: (?P<unit>[^\W\d_]+))?")
MONTH_RUN = re.compile(rf"({figure_dates.MONTH}) ([12]\d\d\d)")
CLOCK_RUN = re.compile(r"((?:[01]?\d|2[0-3]))[hH]([0-5]\d)")
RANK_RUN = re.compile(r"(\d+)(?:er|e|è|ème|eme)")
STAMP_RUN = re.compile(
    rf"(?P<day>0?[1-9]|[12]\d|3[01]) (?P<month>{figure_dates.MONTH})"
    r"(?: (?P<year>[12]\d\d\d)(?: à (?P<time>(?:[01]?\d|2[0-3])h[0-5]\d))?)?"
)


def read_simple(run: str) -> list[Reading]:
    """Read the most frequent runs at once: a number and perhaps one unit; a date, perhaps with a time.

    Four of five distinct runs; the grammar reads the same in ten times as long. Empty where the run is of another form.
    """
    for form, read in SIMPLE_FORMS:
        match = form.fullmatch(run)
        found = read(match) if match else None
        if found:
            return found
    return []


def read_plain_run(run: re.Match[str]) -> list[Reading] | None:
    """Read digits, perhaps with % or a unit in one word: "1 200", "5 %", "12 euros"."""
    value = numerals.read_digits(run["digits"])
    if run["percent"]:
        return [Reading(0, run.end(), "percent", value, None, "percent", "%")]
    if run["unit"] is None:
        return [Reading(0, run.end(), "count", value)]
    return measure_simply(run, value, find_simple_unit(run["unit"]))


def read_symbol_run(run: re.Match[str]) -> list[Reading] | None:
    """Read digits with a symbol: "17°C", "86 kg", "250 000 €"."""
    return measure_simply(run, numerals.read_digits(run["digits"]), find_simple_symbol(run["unit"]))


def read_scaled_run(run: re.Match[str]) -> list[Reading] | None:
    """Read millions and milliards, perhaps of a unit in one word: "1,6 milliard d’euros"."""
    value = numerals.read_digits(run["digits"]) * numerals.SCALES[run["scale"]]
    if run["unit"] is None:
        return [Reading(0, run.end(), "count", value, is_scaled=True)]
    return measure_simply(run, value, find_simple_unit(run["unit"]), is_scaled=True)


def read_spelled_run(run: re.Match[str]) -> list[Reading] | None:
    """Read one number word, perhaps with a unit in one word: "six", "deux mois"."""
    numeral = numerals.NUMERALS.get(run["number"].lower())
    if numeral is None or numeral.value < PLURAL_FROM or numeral.role == "thousand":
        return None
    if run["unit"] is None:
        return [Reading(0, run.end(), "count", float(numeral.value), form="words")]
    return measure_simply(run, float(numeral.value), find_simple_unit(run["unit"]), "words")


def measure_simply(
    run: re.Match[str], value: float, unit: Unit | None, form: str = "digits", is_scaled: bool = False
) -> list[Reading] | None:
    """A figure that is a whole run; null without its unit."""
    if unit is None:
        return None
    is_scaled = is_scaled or (unit.kind == "money" and unit.factor >= MILLION)
    return [Reading(0, run.end(), unit.kind, tidy(value * unit.factor), None, unit.code, run["unit"], form=form,
                    is_scaled=is_scaled)]  # fmt: skip


@cache
def find_simple_unit(word: str) -> Unit | None:
    """A unit in one word that is nothing else; null for number words, hours and abbreviations."""
    lower = word.lower()
    if lower in WORD_KINDS or lower in CLOCK_WORDS or lower in NOT_SIMPLE or word in unit_symbols():
        return None
    return unit_words().get(lower)


@cache
def find_simple_symbol(form: str) -> Unit | None:
    """A symbol that is nothing else; null for hours, scales and the endings of ordinals."""
    if form.lower() in CLOCK_WORDS or form in numerals.SCALE_SYMBOLS or form.lower() in NOT_SIMPLE:
        return None
    return None if form.lower() in unit_words() or form.startswith(("e", "d", "n", "r")) else unit_symbols().get(form)


def read_stamp_run(run: re.Match[str]) -> list[Reading]:
    """Read a day and month, perhaps with year and time: "18 novembre 2020 à 20h30"."""
    iso = figure_dates.write_iso(int(run["day"]), figure_dates.read_month(run["month"]), run["year"])
    end = run.end("year") if run["year"] else run.end("month")
    readings = [Reading(0, end, "date", iso=iso)]
    if run["time"]:
        hour, minutes = (int(part) for part in run["time"].split("h"))
        value, unit = (float(hour * 60 + minutes), "min") if minutes else (float(hour), "hour")
        time = f"{hour:02d}:{minutes:02d}"
        start, end = run.span("time")
        readings.append(Reading(start, end, "time", value, None, unit, "h", time, marks=frozenset({"clock"})))
    return readings


def read_month_run(run: re.Match[str]) -> list[Reading]:
    """Read a month and its year: "mai 2024"."""
    return [Reading(0, run.end(), "date", iso=figure_dates.write_iso(None, figure_dates.read_month(run[1]), run[2]))]


def read_clock_run(run: re.Match[str]) -> list[Reading]:
    """Read an hour with its minutes: "17h30"."""
    hours, minutes = int(run[1]), int(run[2])
    value, unit = (float(hours * 60 + minutes), "min") if minutes else (float(hours), "hour")
    iso = f"{hours:02d}:{minutes:02d}"
    return [Reading(0, run.end(), "time", value, None, unit, "h", iso, marks=frozenset({"clock"}))]


def read_rank_run(run: re.Match[str]) -> list[Reading]:
    """Read an ordinal in digits: "12e", "1er"."""
    return [Reading(0, run.end(), "ordinal", float(run[1]))]


SIMPLE_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[Reading] | None]], ...] = (
    (PLAIN_RUN, read_plain_run),
    (STAMP_RUN, read_stamp_run),
    (CLOCK_RUN, read_clock_run),
    (RANK_RUN, read_rank_run),
    (MONTH_RUN, read_month_run),
    (SPELLED_RUN, read_spelled_run),
    (SYMBOL_RUN, read_symbol_run),
    (SCALED_RUN, read_scaled_run),
)


class Reader:
    """Reads one run from left to right."""

    def __init__(self, run: str, opening: str, cues: frozenset[str]) -> None:
        self.run, self.opening, self.cues = run, opening, cues
        self.tokens = split_run(run)
        kinds = {token.kind for token in self.tokens}
        self.has_date = DATE_HINT.search(run) is not None
        self.has_clock = not CLOCK_WORDS.isdisjoint(token.lower for token in self.tokens)
        self.has_ordinal = "ordinal" in kinds or "roman" in kinds
        self.has_fraction = "fraction" in kinds or self.has_ordinal or "/" in run
        self.has_group = "group" in kinds

    def token(self, index: int) -> Token | None:
        """The token at an index; null outside."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def kind(self, index: int) -> str:
        """The kind of the token at an index; empty outside."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def lower(self, index: int) -> str:
        """The token at an index in lower case; empty outside."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def read(self) -> list[Reading]:
        """Read all figures."""
        readings: list[Reading] = []
        index = 0
        while index < len(self.tokens):
            found, following = self.read_at(index)
            readings += found
            index = max(following, index + 1)
        return readings

    def index_after(self, position: int) -> int:
        """Index of the first token that starts at a position or after it."""
        return next((i for i, t in enumerate(self.tokens) if t.start >= position), len(self.tokens))

    def read_at(self, index: int) -> tuple[list[Reading], int]:
        """Read what begins at a token: figures, and the index after them."""
        token = self.tokens[index]
        is_start = self.has_date and (token.kind in DATE_STARTS or token.lower in figure_dates.MONTHS)
        is_between, is_listed = self.opens_with("entre", index), "list" in self.cues
        dates = figure_dates.read_dates(self.run, token.start, is_between, is_listed) if is_start else None
        if dates:
            readings = [Reading(d.start, d.end, "date", iso=d.iso, iso_high=d.iso_high) for d in dates]
            return self.add_spelled_year(readings, self.index_after(dates[-1].end))
        mark = self.read_mark(index)
        if mark is not None:
            return [mark], index + 3
        if token.kind == "watch":
            return [self.read_watch(token)], index + 1
        for is_possible, read in (
            (self.has_clock, self.read_clock),
            (self.has_ordinal, self.read_ordinal),
            (token.kind == "symbol", self.read_prefixed_money),
            (True, self.read_figure),
        ):
            found = read(index) if is_possible else None
            if found is not None:
                return found
        return [], index + 1

    def add_spelled_year(self, readings: list[Reading], following: int) -> tuple[list[Reading], int]:
        """Add the year in words to a day, as deeds write it: "le six mars deux mil dix-neuf"."""
        day = readings[-1]
        year = self.read_words(following) if self.kind(following) == "numeral" else None
        is_year = year is not None and year.value is not None and FIRST_YEAR <= year.value <= LAST_YEAR
        if year is None or not is_year or not (day.iso or "").startswith("--") or day.iso_high:
            return readings, following
        dated = day._replace(iso=f"{year.value:.0f}{(day.iso or '')[1:]}", end=year.end)
        return [*readings[:-1], dated], year.next

    def read_mark(self, index: int) -> Reading | None:
        """Read a mark out of twenty, or one with decimals: 15,5/20; a tie-break beside words of a match: 7/4."""
        top, bottom = self.tokens[index], self.token(index + 2)
        if top.kind != "digits" or self.lower(index + 1) != "/" or bottom is None or bottom.kind != "digits":
            return None
        value, highest = numerals.read_digits(top.text), numerals.read_digits(bottom.text)
        if "score" in self.cues and value >= highest:
            return Reading(top.start, bottom.end, "score", value, highest, marks=frozenset({"mark"}))
        if (
            self.is_unit(index + 3)
            or value > highest
            or not (highest == SCHOOL_MARK or (value % 1 and highest in FULL_MARKS))
        ):
            return None
        return Reading(top.start, bottom.end, "score", value, highest, marks=frozenset({"mark"}))

    def is_unit(self, index: int) -> bool:
        """Whether the token at an index is a unit, as a word or a symbol."""
        return self.kind(index) in ("unit", "symbol")

    def read_watch(self, token: Token) -> Reading:
        """Read a time on a stopwatch, in seconds."""
        match = WATCH.fullmatch(token.text)
        assert match is not None
        if match["hours"]:
            value = float(
                int(match["hours"]) * 3600 + int(match["hour_minutes"]) * 60 + int(match["hour_seconds"] or 0)
            )
            return Reading(token.start, token.end, "duration", value, unit="s", unit_form="s")
        minutes = match["watch_minutes"] or match["plain_minutes"]
        seconds = match["watch_seconds"] or match["plain_seconds"]
        parts = match["watch_parts"] or ""
        value = int(minutes or 0) * 60 + int(seconds) + (int(parts) / 10 ** len(parts) if parts else 0)
        return Reading(token.start, token.end, "duration", tidy(value), unit="s", unit_form="s")

    def opens_with(self, word: str, index: int) -> bool:
        """Whether a word stands before a token, in the run or before it."""
        return self.lower(index - 1) == word if index else self.opening == word

    # times

    def read_clock(self, index: int) -> tuple[list[Reading], int] | None:
        """Read midi, minuit, and hours with minutes such as 20h30 or 20 heures 30, alone or as a range."""
        first = self.read_clock_time(index)
        if first is None:
            return None
        iso, end, following, is_plain = first
        link = self.lower(following)
        if link in ("à", "et", "-", "–") or (link and self.kind(following) == "dash"):
            second = self.read_clock_time(following + 1)
            is_range = link != "et" or self.opens_with("entre", index)
            if second is not None and is_range:
                start = self.tokens[index].start
                return [
                    Reading(start, second[1], "time", iso=iso, iso_high=second[0], marks=frozenset({"clock"}))
                ], second[2]
        exact = self.read_seconds(iso, following)
        if exact is not None:
            return [exact._replace(start=self.tokens[index].start)], following + 2
        is_named = self.tokens[index].lower in ("midi", "minuit")
        marks = frozenset({"named" if is_named else "hours" if is_plain else "clock"})
        value, unit = self.read_clock_duration(iso)
        return [
            Reading(
                self.tokens[index].start,
                end,
                "time",
                value=value,
                unit=unit,
                unit_form="h" if self.lower(index + 1) == "h" else None,
                iso=iso,
                marks=marks,
            )
        ], following

    def read_seconds(self, iso: str, index: int) -> Reading | None:
        """Read the seconds after hours and minutes, "4 h 12 min 37 s": a duration, in seconds."""
        seconds, unit = self.token(index), self.token(index + 1)
        if seconds is None or unit is None or seconds.kind != "digits" or not seconds.text.isdigit():
            return None
        if unit.lower not in ("s", "sec", "seconde", "secondes"):
            return None
        hours, minutes = (int(part) for part in iso.split(":"))
        value = float(hours * 3600 + minutes * 60 + int(seconds.text))
        return Reading(seconds.start, unit.end, "duration", value, unit="s", unit_form=unit.text)

    def read_clock_duration(self, iso: str) -> tuple[float, str]:
        """The duration that a time would be, in hours, or in minutes where it has some."""
        hours, minutes = (int(p) for p in iso.split(":"))
        return (float(hours), "hour") if not minutes else (float(hours * 60 + minutes), "min")

    def read_clock_time(self, index: int) -> tuple[str, int, int, bool] | None:  # noqa: PLR0911 - one return for each form
        """Read one time: ISO, end, following index, and whether it may as well be a number of hours."""
        token = self.token(index)
        if token is None:
            return None
        if token.text in ("midi", "minuit"):
            hour, following = (12 if token.lower == "midi" else 0), index + 1
            return self.add_half(hour, following, token.end, False)
        amount = self.read_number(index)
        if (
            amount is None
            or amount.value is None
            or amount.is_scaled
            or amount.form not in ("digits", "words", "article")
        ):
            return None
        if not 0 <= amount.value <= 24 or amount.value % 1:
            return None
        unit = self.token(amount.next)
        if unit is None or unit.lower not in ("h", "heure", "heures"):
            return None
        hour, following = int(amount.value), amount.next + 1
        minutes = self.token(following)
        if minutes is not None and minutes.kind == "digits" and re.fullmatch(r"[0-5]\d", minutes.text):
            is_hour_sign = unit.lower == "h"
            if is_hour_sign or minutes.start - unit.end <= 1:
                if self.lower(following + 1) in ("min", "mn", "minutes"):
                    return f"{hour:02d}:{minutes.text}", self.tokens[following + 1].end, following + 2, True
                return f"{hour:02d}:{minutes.text}", minutes.end, following + 1, False
        spelled = self.read_spelled_minutes(following)
        if spelled is None and amount.form != "digits":
            spelled = self.read_bare_minutes(following)
        if spelled is not None:
            return f"{hour:02d}:{spelled[0]:02d}", spelled[1], spelled[2], True
        return self.add_half(hour, following, unit.end, True)

    def read_spelled_minutes(self, index: int) -> tuple[int, int, int] | None:
        """Read "et vingt minutes", "40 minutes" after hours: minutes, end and following index."""
        start = index + 1 if self.lower(index) == "et" else index
        minutes = self.read_plain(start) if self.kind(start) in ("digits", "numeral") else None
        if minutes is None or minutes.value is None or not 0 < minutes.value < 60 or minutes.value % 1:
            return None
        unit = self.token(minutes.next)
        if unit is None or unit.lower not in ("minute", "minutes", "min", "mn"):
            return None
        return int(minutes.value), unit.end, minutes.next + 1

    def read_bare_minutes(self, index: int) -> tuple[int, int, int] | None:
        """Read the minutes that follow hours in words without their noun: "une heure vingt", "trois heures dix"."""
        minutes = self.read_words(index) if self.kind(index) == "numeral" else None
        if minutes is None or minutes.form != "words" or not minutes.value or minutes.value % MINUTE_STEP:
            return None
        is_last = minutes.next == len(self.tokens) or self.lower(minutes.next) in ("à", "et")
        return (int(minutes.value), minutes.end, minutes.next) if minutes.value < 60 and is_last else None

    def take_away(self, hour: int, index: int) -> tuple[str, int, int] | None:
        """Read "moins le quart", "moins dix" after an hour: ISO, end and following index; null where there is none."""
        if self.lower(index) != "moins" or not 0 < hour <= 24:
            return None
        start = index + 2 if self.lower(index + 1) in ("le", "un") else index + 1
        if self.lower(start) == "quart":
            minutes, end, following = 15, self.tokens[start].end, start + 1
        else:
            amount = self.read_words(start) if self.kind(start) == "numeral" else None
            if amount is None or not amount.value or amount.value > 30:
                return None
            minutes, end, following = int(amount.value), amount.end, amount.next
        return f"{hour - 1:02d}:{60 - minutes:02d}", end, following

    def add_half(self, hour: int, following: int, end: int, is_plain: bool) -> tuple[str, int, int, bool]:
        """Add "et demie", "et quart", "moins le quart" after an hour."""
        before = self.take_away(hour or 24, following)
        if before is not None:
            return (*before, False)
        if self.lower(following) == "et" and self.lower(following + 1) in ("demi", "demie", "quart"):
            minutes = 15 if self.lower(following + 1) == "quart" else 30
            return f"{hour % 24:02d}:{minutes}", self.tokens[following + 1].end, following + 2, is_plain
        if hour > 24:
            return f"{hour}:00", end, following, is_plain
        return f"{hour:02d}:00", end, following, is_plain

    # ordinals

    def read_ordinal(self, index: int) -> tuple[list[Reading], int] | None:  # noqa: PLR0911 - one return for each form
        """Read 32e, XIXe, troisième, vingt et unième, premier."""
        token = self.tokens[index]
        if token.kind == "roman":
            match = ROMAN.match(token.text)
            value = read_roman(match.group()) if match else 0
            return ([Reading(token.start, token.end, "ordinal", float(value))], index + 1) if value else None
        if token.kind == "ordinal" and token.text[0].isdigit():
            value = int(re.match(r"\d+", token.text).group())  # type: ignore[union-attr]
            return [Reading(token.start, token.end, "ordinal", float(value))], index + 1
        end = index
        while self.kind(end) in ("numeral", "scale") or (self.lower(end) == "et" and self.kind(end + 1) == "ordinal"):
            end += 1
        last = self.token(end)
        if last is None or last.kind != "ordinal" or last.text[0].isdigit():
            return None
        value, role = ORDINALS[last.lower]
        if end == index:
            return [Reading(token.start, token.end, "ordinal", float(value), form=role)], index + 1
        if role != "numeral":
            return None
        if self.is_fraction(index, end):
            return None
        if self.lower(index) in ("un", "une") and end == index + 1:
            return [Reading(last.start, last.end, "ordinal", float(value), form=role)], end + 1
        words = [numerals.Word(t.lower, t.is_joined) for t in self.tokens[index:end]] + [cardinal_word(value)]
        whole = numerals.read_integer(words)
        if whole is None or whole.end != len(words):
            return None
        return [Reading(token.start, last.end, "ordinal", float(whole.value), form="words")], end + 1

    def is_fraction(self, index: int, end: int) -> bool:
        """Whether "deux cinquièmes", "un cinquième" is a fraction: what stands before does not join the ordinal."""
        before, last = self.tokens[end - 1], self.tokens[end]
        if ORDINALS[last.lower][0] < SMALLEST_DENOMINATOR:
            return False
        if before.lower == "un":
            return end - 1 == index
        return last.lower.endswith("s") and not last.is_joined and before.kind == "numeral"

    # money before its number

    def read_prefixed_money(self, index: int) -> tuple[list[Reading], int] | None:
        """Read $10, € 12,5 millions, USD 3."""
        sign = self.tokens[index]
        unit = unit_symbols().get(sign.text) if sign.kind == "symbol" else None
        if unit is None or unit.kind != "money" or unit.factor != 1:
            return None
        amount = self.read_number(index + 1)
        if amount is None or amount.form != "digits" or amount.value is None or amount.start - sign.end > 1:
            return None
        reading = Reading(sign.start, amount.end, "money", amount.value * unit.factor, unit=unit.code,
                          unit_form=sign.text, is_scaled=amount.is_scaled)  # fmt: skip
        return [reading], amount.next

    # numbers

    def read_number(self, index: int) -> Amount | None:
        """Read a number with its scale, without its unit."""
        token = self.token(index)
        if token is None:
            return None
        if token.kind == "dash" and self.kind(index + 1) == "digits" and self.is_sign(index):
            amount = self.read_number(index + 1)
            return (
                amount._replace(value=-amount.value, start=token.start) if amount and amount.value is not None else None
            )
        if token.lower in ("moins", "négative", "négatif") and self.kind(index + 1) in ("digits", "numeral"):
            amount = self.read_number(index + 1)
            return (
                amount._replace(value=-amount.value, start=token.start) if amount and amount.value is not None else None
            )
        for is_possible, read in (
            (self.has_group, self.read_group),
            (self.has_fraction, self.read_fraction),
            (token.kind == "digits", self.read_digit_amount),
            (token.kind != "digits", self.read_word_amount),
        ):
            amount = read(index) if is_possible else None
            if amount is not None:
                return self.add_half_scale(amount)
        return None

    def is_sign(self, index: int) -> bool:
        """Whether a dash is a minus sign: nothing or a space before it, a digit after it."""
        dash, after = self.tokens[index], self.tokens[index + 1]
        before = self.run[dash.start - 1] if dash.start else " "
        return before.isspace() and after.start - dash.end <= 1 and (index == 0 or after.start == dash.end)

    def add_half_scale(self, amount: Amount) -> Amount:
        """Add a fraction: "deux millions et demi", "cinq et un quart", "2 1/4"."""
        has_and = self.lower(amount.next) == "et"
        start = amount.next + 1 if has_and else amount.next
        token = self.token(start)
        if token is None or amount.value is None or amount.form not in ("digits", "words", "article"):
            return amount
        if not has_and and not (token.kind == "digits" and self.lower(start + 1) == "/" and amount.value % 1 == 0):
            return amount
        part = self.read_fraction(start) if token.kind in ("digits", "numeral", "fraction") else None
        if part is None or part.value is None or not 0 < part.value < 1:
            return amount
        scale = numerals.SCALES.get(self.lower(amount.next - 1), 1.0)
        form = "words" if amount.form == "article" else amount.form
        return amount._replace(value=tidy(amount.value + scale * part.value), end=part.end, next=part.next, form=form)

    def read_group(self, index: int) -> Amount | None:
        """Read "une trentaine", "deux douzaines", "des dizaines de milliers", "une demi-douzaine"."""
        token = self.tokens[index]
        half = self.read_half_group(index)
        if half is not None:
            return half
        if token.kind == "group" and token.lower in GROUP_NOUNS:
            factor, start, following, count = 1.0, token.start, index, None if GROUP_NOUNS[token.lower][1] else 1.0
        elif self.kind(index + 1) == "group":
            following, start = index + 1, token.start
            if token.lower in MANY or (token.kind == "word" and GROUP_NOUNS[self.lower(following)][1]):
                count = None
                start = token.start if token.lower in ("des", "plusieurs", "quelques") else self.tokens[following].start
            elif token.kind in ("numeral", "digits"):
                number = numerals.read_number(token.text)
                count = number
            else:
                return None
        else:
            return self.read_counted_group(index)
        noun = self.tokens[following]
        factor = GROUP_NOUNS[noun.lower][0]
        value = None if count is None else count * factor
        is_exact = noun.lower == "douzaines" and count is not None
        amount = Amount(value, start, noun.end, following + 1, "group", True, not is_exact)
        return self.add_scale(amount)

    def read_half_group(self, index: int) -> Amount | None:
        """Read "une demi-douzaine", "deux demi-douzaines": half of what the noun tells, which is still a group."""
        noun = self.token(index + 2)
        if self.lower(index + 1) not in HALVES or noun is None or noun.kind != "group":
            return None
        count = numerals.read_number(self.lower(index)) if self.kind(index) in ("numeral", "digits") else None
        if count is None:
            return None
        value = count * GROUP_NOUNS[noun.lower][0] / 2
        return self.add_scale(Amount(value, self.tokens[index].start, noun.end, index + 3, "group", True, count == 1))

    def read_counted_group(self, index: int) -> Amount | None:
        """Read "vingt-cinq douzaines": more than one word before the group noun."""
        if self.kind(index) not in ("numeral", "digits"):
            return None
        number = self.read_plain(index)
        if number is None or self.kind(number.next) != "group" or number.value is None:
            return None
        noun = self.tokens[number.next]
        value = number.value * GROUP_NOUNS[noun.lower][0]
        return Amount(value, number.start, noun.end, number.next + 1, "group", True, noun.lower != "douzaines")

    def add_scale(self, amount: Amount) -> Amount:
        """Multiply by a scale after de: "une dizaine de milliers", "une centaine de millions"."""
        following = amount.next
        if self.lower(following) in ("de", "d’", "d'"):
            following += 1
        token = self.token(following)
        if token is None:
            return amount
        scale = numerals.SCALES.get(token.lower)
        if scale is None and token.lower in GROUP_NOUNS and token.lower.startswith("millier"):
            scale = GROUP_NOUNS[token.lower][0]
        if scale is None:
            return amount
        value = None if amount.value is None else amount.value * scale
        form = "words" if amount.form == "fraction" else amount.form
        return amount._replace(value=value, end=token.end, next=following + 1, is_scaled=True, form=form)

    def read_fraction(self, index: int) -> Amount | None:  # noqa: PLR0911 - one return for each form
        """Read "un tiers", "trois quarts", "la moitié", "2/3", "un cinquième", "une demi-"."""
        token = self.tokens[index]
        if token.kind == "fraction":
            return self.add_scale(Amount(FRACTIONS[token.lower], token.start, token.end, index + 1, "fraction"))
        if token.kind == "digits" and self.lower(index + 1) == "/" and self.kind(index + 2) == "digits":
            return self.read_slashed(index)
        if token.kind not in ("numeral", "digits"):
            return None
        number = self.read_plain(index)
        if number is None or number.value is None:
            return None
        noun = self.token(number.next)
        if noun is None:
            return None
        if noun.kind == "fraction":
            value = number.value * FRACTIONS[noun.lower]
            return self.add_scale(Amount(value, number.start, noun.end, number.next + 1, "fraction"))
        if number.value == 1 and noun.kind == "numeral":
            return self.read_long_fraction(number)
        if noun.kind != "ordinal" or noun.text[0].isdigit() or ORDINALS[noun.lower][1] != "numeral":
            return None
        denominator, is_plural = float(ORDINALS[noun.lower][0]), noun.lower.endswith("s")
        is_divided = denominator >= SMALLEST_DENOMINATOR and self.lower(number.next - 1) != "une"
        if is_divided and (number.value != 1 or not is_plural) and (is_plural or not noun.is_joined):
            return Amount(number.value / denominator, number.start, noun.end, number.next + 1, "fraction")
        return None

    def read_long_fraction(self, one: Amount) -> Amount | None:
        """Read "un vingt-cinquième": un before an ordinal of several words."""
        found = self.read_ordinal(one.next)
        if found is None or found[0][0].value is None or self.lower(one.next - 1) != "un":
            return None
        ordinal, following = found[0][0], found[1]
        return Amount(1 / (ordinal.value or 1), one.start, ordinal.end, following, "fraction")

    def read_slashed(self, index: int) -> Amount | None:
        """Read 2/3; null for what is no fraction, such as 24/24 or a date."""
        top, bottom = self.tokens[index], self.tokens[index + 2]
        if len(top.text) == YEAR_DIGITS:
            return None
        if self.lower(index + 3) == "/" or not (top.text.isdigit() and bottom.text.isdigit()):
            return None
        if self.is_unit(index + 3) and (len(top.text) > 1 or self.lower(index + 3) == "%"):
            return None  # "10/15 jours", "5/10 %" are ranges
        if top.end != self.tokens[index + 1].start or int(bottom.text) == 0 or int(top.text) >= int(bottom.text):
            return None
        return Amount(int(top.text) / int(bottom.text), top.start, bottom.end, index + 3, "fraction")

    def read_plain(self, index: int) -> Amount | None:
        """Read an integer or decimal in digits or words, without scale, group or fraction."""
        token = self.tokens[index]
        if token.kind == "digits":
            return Amount(numerals.read_digits(token.text), token.start, token.end, index + 1, "digits")
        return self.read_words(index)

    def read_digit_amount(self, index: int) -> Amount | None:
        """Read digits with a scale: 12,5 millions, 100 mille, 3k, 5 milliers."""
        token = self.tokens[index]
        if token.kind != "digits":
            return None
        value = numerals.read_digits(token.text)
        amount = Amount(value, token.start, token.end, index + 1, "digits")
        return self.multiply(amount)

    def multiply(self, amount: Amount) -> Amount:
        """Multiply by the scale words and symbols that follow."""
        assert amount.value is not None
        value = amount.value
        while (token := self.token(amount.next)) is not None:
            if token.kind == "scale":
                factor = numerals.SCALES[token.lower]
            elif token.lower in ("mille", "milles"):
                factor = 1000.0
            elif token.lower == "cent" and amount.form == "digits" and value >= PLURAL_FROM and not value % 1:
                return self.add_to_hundreds(amount, token)
            elif token.text in numerals.SCALE_SYMBOLS and self.is_scale_symbol(amount, token):
                factor = numerals.SCALE_SYMBOLS[token.text]
            else:
                break
            value *= factor
            amount = amount._replace(value=value, end=token.end, next=amount.next + 1, is_scaled=True)
        return amount

    def add_to_hundreds(self, amount: Amount, cent: Token) -> Amount:
        """Read "3 cent un": the hundreds in digits. In the singular after two or more, cent is no coin."""
        hundreds = amount._replace(value=(amount.value or 0) * 100, end=cent.end, next=amount.next + 1)
        rest = self.read_words(hundreds.next) if self.token(hundreds.next) else None
        if rest is None or rest.value is None or hundreds.value is None or rest.value >= 100:
            return hundreds
        return hundreds._replace(value=hundreds.value + rest.value, end=rest.end, next=rest.next)

    def is_scale_symbol(self, amount: Amount, token: Token) -> bool:
        """Whether k, M, Md, G is a scale here: glued to digits, or before a currency."""
        after = self.token(amount.next + 1)
        is_before_money = after is not None and (unit := find_unit(after.text)) is not None and unit.kind == "money"
        is_before_money = is_before_money or self.lower(amount.next + 1) in ("d’", "d'")
        return amount.form == "digits" and (token.start == amount.end or is_before_money or token.text.startswith("Md"))

    def read_words(self, index: int) -> Amount | None:
        """Read an integer in words, with virgule and decimals."""
        token = self.tokens[index]
        if token.kind != "numeral":
            return None
        end = index
        while self.kind(end) in ("numeral", "scale") or self.lower(end) == "et":
            end += 1
        words = [numerals.Word(t.lower, t.is_joined) for t in self.tokens[index:end]]
        zeros = count_zeros(words)
        whole = numerals.read_integer(words, zeros)
        if whole is None:
            return None
        following = index + whole.end
        form = "article" if whole.end == 1 and token.lower in ("un", "une") else "words"
        is_scaled = self.kind(following - 1) == "scale"
        amount = Amount(float(whole.value), token.start, self.tokens[following - 1].end, following, form, is_scaled)
        if self.lower(following) in numerals.DECIMAL_WORDS and self.kind(following + 1) == "numeral":
            return self.add_decimals(amount, index, whole)
        return amount

    def add_decimals(self, amount: Amount, index: int, whole: numerals.Integer) -> Amount:
        """Add the decimals after virgule."""
        end = amount.next + 1
        while self.kind(end) == "numeral" or (self.lower(end) == "et" and self.kind(end + 1) == "numeral"):
            end += 1
        words = [numerals.Word(t.lower, t.is_joined) for t in self.tokens[amount.next + 1 : end]]
        digits, used = numerals.read_decimals(words, 0)
        following = amount.next + 1 + used
        value = float(f"{whole.value}.{digits}")
        return Amount(value, amount.start, self.tokens[following - 1].end, following, "words")

    def read_word_amount(self, index: int) -> Amount | None:
        """Read words with a scale after the decimals: "zéro virgule deux million"."""
        amount = self.read_words(index)
        return None if amount is None else self.multiply(amount)

    # figures: numbers with units and ranges

    def read_figure(self, index: int) -> tuple[list[Reading], int] | None:
        """Read an amount or a range, with its unit."""
        first = self.read_number(index)
        if first is None:
            return None
        first_unit, first_following, first_end = self.read_unit(first)
        second = self.read_second(index, first, first_unit, first_following)
        if second is not None:
            return second
        is_counting = self.lower(first.next) == "," and self.lower(first.next + 1) == "deux"
        if first_unit is None and first.form == "article" and self.lower(first.next) == "point":
            return [Reading(first.start, first.end, "count", 1.0, form="point")], first.next + 1
        if first_unit is None and first.form == "article" and not is_counting:
            return [], first.next
        if first_unit is None:
            return [self.make_count(first)], first.next
        reading = self.make_measured(first, None, first_unit, first.start, first_end, first_following)
        return self.extend(reading, first_following)

    def make_count(self, amount: Amount) -> Reading:
        """A figure without a unit."""
        kind = "fraction" if amount.form == "fraction" else "count"
        return Reading(amount.start, amount.end, kind, amount.value, form=amount.form,
                       is_approximate=amount.is_approximate, is_scaled=amount.is_scaled)  # fmt: skip

    def make_measured(  # noqa: PLR0917 - the parts of one figure
        self, low: Amount, high: Amount | None, unit: Unit, start: int, end: int, following: int
    ) -> Reading:
        """A figure with a unit; parts of an hour are minutes."""
        if low.form == "fraction" and unit.code == "hour":
            unit = Unit(unit.kind, "min", 60.0)
        value, value_high = (None if a is None or a.value is None else tidy(a.value * unit.factor) for a in (low, high))
        form = self.tokens[following - 1].text
        is_scaled = low.is_scaled or (unit.kind == "money" and unit.factor >= MILLION)
        return Reading(start, end, unit.kind, value, value_high, unit.code, form, form=low.form,
                       is_approximate=low.is_approximate, is_scaled=is_scaled)  # fmt: skip

    def read_unit(  # noqa: PLR0911 - one return for each form
        self, amount: Amount
    ) -> tuple[Unit | None, int, int]:
        """The unit after a number: unit (null where none), index after it, end."""
        following = amount.next
        is_linked = self.lower(following) in ("de", "d’", "d'")
        if is_linked and (amount.is_scaled or amount.form in ("group", "fraction")):
            following += 1
        token = self.token(following)
        if amount.form == "fraction" and not is_linked and self.kind(following - 1) == "ordinal":
            return None, amount.next, amount.end  # "un treizième mois" is no part of a month
        if token is not None and token.lower == "milles" and amount.form == "group":
            return NAUTICAL_MILE, following + 1, token.end
        if token is not None and token.lower == "cents" and amount.form in ("digits", "words") and not is_linked:
            return CENTS, following + 1, token.end
        if token is not None and token.text == "K" and token.start == amount.end + 1 and amount.form == "digits":
            return KELVIN, following + 1, token.end
        if token is None or token.kind not in ("unit", "symbol"):
            return None, amount.next, amount.end
        unit = None if amount.form == "article" and token.lower == SHARE_NAME else find_unit(token.text)
        if unit is None or (
            token.kind == "symbol"
            and amount.form not in ("digits", "fraction")
            and token.text not in ("%", "€", "$", "£")
        ):
            return None, amount.next, amount.end
        if token.kind == "symbol" and self.run[token.end : token.end + 1] in ("’", "'"):
            return None, amount.next, amount.end
        return unit, following + 1, token.end

    def read_second(  # noqa: PLR0911 - one return for each form
        self, index: int, first: Amount, unit: Unit | None, following: int
    ) -> tuple[list[Reading], int] | None:
        """Read the other end of a range, a change or a score after a first amount; null where there is none."""
        link = self.token(following)
        if link is None or first.value is None or first.form == "group":
            return None
        is_slash = link.text == "/" and (first.end - first.start == YEAR_DIGITS or self.is_unit(following + 2))
        is_dash = link.kind == "dash" or is_slash
        is_and = link.lower == "et" and (unit is None or self.opens_with("entre", index))
        if link.lower == "sur" and unit is None:
            return self.read_ratio(first, following)
        if not (is_dash or is_and or link.lower in ("à", "ou", "a")):
            return None
        if is_dash and self.kind(following + 1) != "digits":
            return None
        second = self.read_number(following + 1)
        if second is None or second.value is None or second.form in ("group", "fraction"):
            return None
        if first.form == "fraction" and unit is None:
            return None  # "en hausse de moitié à 1,9 million"
        second_unit, after, end = self.read_unit(second)
        if unit is not None and second_unit is not None and unit != second_unit and unit.code != second_unit.code:
            return None
        if unit is not None and second_unit is None:
            return None
        first_end = first.end if unit is None else self.read_unit(first)[2]
        pair = Pair(first, second, second_unit, link, first_end, end, after)
        if is_and and not self.opens_with("entre", index):
            is_shared = second_unit is not None and first.form != "article" and not first.is_scaled
            is_shared = is_shared and not YEAR_ALONE.fullmatch(self.run[first.start : first.end])
            return self.share_unit(pair) if is_shared else None
        return self.combine(pair)

    def read_ratio(self, first: Amount, following: int) -> tuple[list[Reading], int] | None:
        """Read "deux sur trois" as a fraction."""
        second = self.read_number(following + 1) if self.token(following + 1) else None
        if second is None or not second.value or first.value is None or first.value > second.value:
            return None
        if self.read_unit(second)[0] is not None or second.form not in ("digits", "words"):
            return None
        return [Reading(first.start, second.end, "fraction", first.value / second.value, form="fraction")], second.next

    def combine(self, pair: Pair) -> tuple[list[Reading], int] | None:  # noqa: PLR0911 - one return for each form
        """Make of two amounts one range, a score, a span of years, or two figures that share their unit."""
        first, second, unit, link, _, end, after = pair
        low = share_scale(first, second)
        assert low.value is not None
        assert second.value is not None
        if unit is None and self.are_years(first, second):
            years = Reading(first.start, second.end, "year", first.value, read_year_end(first, second), "year")
            return ([years], after) if link.kind == "dash" or link.text == "/" else None
        if link.text == "/" and (unit is None or low.value >= second.value):
            return None
        if unit is None and self.is_score(first, second, link):
            return [Reading(first.start, end, "score", first.value, second.value, marks=frozenset({link.kind}))], after
        is_said_twice = pair.first_end > first.end and unit is not None and unit.kind == "money"
        if is_said_twice and link.lower == "à" and self.opening not in ("de", "d’", "entre"):
            return self.share_unit(pair)
        is_falling = low.value >= second.value
        if is_falling and (link.lower == "ou" or (link.kind == "dash" and unit is None)):
            return None
        if is_falling or ("change" in self.cues and link.lower == "à"):
            return self.share_unit(pair)
        if unit is None:
            reading = self.make_count(low)._replace(end=end, value_high=second.value, form=second.form)
        else:
            reading = self.make_measured(low, second, unit, first.start, end, after)
        return [reading._replace(is_scaled=second.is_scaled)], after

    def share_unit(self, pair: Pair) -> tuple[list[Reading], int]:
        """Make two figures that share their unit: "de 10 à 8 euros" as a change, "6 et 9 ans"."""
        first, second, unit, _, first_end, end, after = pair
        if unit is None:
            return [self.make_count(first)._replace(marks=SHARED), self.make_count(second)], after
        low = first if first_end > first.end else share_scale(first, second)
        readings = [
            self.make_measured(low, None, unit, first.start, first_end, after)._replace(marks=SHARED),
            self.make_measured(second, None, unit, second.start, end, after),
        ]
        return readings, after

    def is_score(self, first: Amount, second: Amount, link: Token) -> bool:
        """Whether two bare numbers are a score: 3-1, or "2 à 1" where the words around speak of a match."""
        assert first.value is not None
        assert second.value is not None
        if first.value % 1 or second.value % 1 or first.is_scaled or second.is_scaled:
            return False
        if max(first.value, second.value) >= LARGEST_SCORE:
            return False
        if link.kind == "dash":
            return first.value >= second.value or "score" in self.cues or second.value <= LARGEST_SMALL_SCORE
        return link.lower == "à" and "score" in self.cues and max(first.value, second.value) < LARGEST_SCORE

    def are_years(self, first: Amount, second: Amount) -> bool:
        """Whether two amounts are years: four digits without grouping, the second perhaps short (1939-45)."""
        text = self.run[first.start : first.end]
        return first.form == second.form == "digits" and bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", text)) and (
            bool(re.fullmatch(r"1[5-9]\d\d|20\d\d|\d\d", self.run[second.start : second.end])))  # fmt: skip

    def extend(self, reading: Reading, following: int) -> tuple[list[Reading], int]:
        """Add what may follow the unit: cents, minutes, "et demie"."""
        if reading.value is None or reading.is_approximate:
            return [reading], following
        centimetres = self.token(following)
        if reading.unit in ("m", "har") and centimetres is not None and re.fullmatch(r"\d\d", centimetres.text):
            value = tidy(reading.value + int(centimetres.text) / 100)
            return [reading._replace(value=value, end=centimetres.end)], following + 1
        if (
            reading.kind in ("money", "measure")
            and self.lower(following) == "et"
            and self.lower(following + 1) in ("demi", "demie")
        ):
            end = self.tokens[following + 1].end
            return [reading._replace(value=reading.value + 0.5, end=end)], following + 2
        if reading.kind == "money":
            return self.add_cents(reading, following)
        if reading.kind == "duration":
            return self.add_smaller_unit(reading, following)
        return [reading], following

    def add_cents(self, reading: Reading, following: int) -> tuple[list[Reading], int]:
        """Add cents: 12€50, "deux dollars vingt", "deux euros et vingt centimes"."""
        start = following + 1 if self.lower(following) == "et" else following
        cents = self.read_plain(start) if self.kind(start) in ("digits", "numeral") else None
        if cents is None or cents.value is None or not 0 <= cents.value < 100 or cents.value % 1 or reading.is_scaled:
            return [reading], following
        unit, after, end = self.read_unit(cents)
        is_minor = unit is not None and unit.kind == "money" and unit.factor == 0.01
        is_glued = cents.form == "digits" and cents.start == reading.end
        is_last = (
            unit is None and cents.next == len(self.tokens) and (cents.end - cents.start > 1 or cents.form == "words")
        )
        if not (is_minor or ((is_glued or is_last) and (cents.form != "digits" or cents.end - cents.start == 2))):
            return [reading], following
        value = tidy((reading.value or 0) + cents.value / 100)
        return [reading._replace(value=value, end=end if is_minor else cents.end)], after if is_minor else cents.next

    def add_smaller_unit(  # noqa: PLR0911 - one return for each form
        self, reading: Reading, following: int
    ) -> tuple[list[Reading], int]:
        """Add the smaller unit of a duration: "neuf heures et quarante minutes", "deux ans et demi"."""
        assert reading.value is not None
        smaller = SMALLER.get(reading.unit or "")
        has_and = self.lower(following) == "et"
        start = following + 1 if has_and else following
        if has_and and self.lower(start) in ("demi", "demie"):
            end = self.tokens[start].end
            if reading.unit in ("hour", "min") and smaller:
                return [reading._replace(value=reading.value * 60 + 30, unit=smaller[0], end=end)], start + 1
            return [reading._replace(value=reading.value + 0.5, end=end)], start + 1
        part = self.read_number(start) if self.token(start) else None
        hundredths = self.token(following)
        if reading.unit == "s" and hundredths is not None and re.fullmatch(r"\d\d", hundredths.text):
            value = reading.value + int(hundredths.text) / 100
            return [reading._replace(value=tidy(value), end=hundredths.end)], following + 1
        if (
            reading.unit == "min"
            and hundredths is not None
            and re.fullmatch(r"[0-5]\d", hundredths.text)
            and self.token(following + 1) is None
        ):
            value = reading.value * 60 + int(hundredths.text)
            return [reading._replace(value=value, unit="s", end=hundredths.end)], following + 1
        if part is None or part.value is None or smaller is None:
            return [reading], following
        unit, after, end = self.read_unit(part)
        if unit is None or unit.code != smaller[0] or unit.kind != "duration" or part.value >= smaller[1]:
            return [reading], following
        value = reading.value * smaller[1] + part.value
        longer = reading._replace(value=tidy(value), unit=smaller[0], end=end)
        return self.add_hundredths(longer, after) if longer.unit == "s" else ([longer], after)

    def add_hundredths(self, reading: Reading, following: int) -> tuple[list[Reading], int]:
        """Add what the clock of a race shows after its seconds: "2 min 03 s 15", "1 min 45 s 7"."""
        parts = self.token(following)
        if (
            parts is None
            or reading.value is None
            or not re.fullmatch(r"\d{1,2}", parts.text)
            or self.is_unit(following + 1)
        ):
            return [reading], following
        value = reading.value + int(parts.text) / 10 ** len(parts.text)
        return [reading._replace(value=tidy(value), end=parts.end)], following + 1


def count_zeros(words: list[numerals.Word]) -> int:
    """How many zeros stand before a number: "zéro huit" is 8."""
    zeros = 0
    while (
        zeros + 1 < len(words) and words[zeros].text in ("zéro", "zero") and words[zeros + 1].text in numerals.NUMERALS
    ):
        zeros += 1
    return zeros


def share_scale(first: Amount, second: Amount) -> Amount:
    """Give the first end of a range the scale of the second: "10 à 15 millions", "10 à 15 000"."""
    assert first.value is not None
    assert second.value is not None
    if first.is_scaled or first.value >= second.value:
        return first
    if second.is_scaled:
        for scale in (1e3, 1e6, 1e9, 1e12):
            if second.value % scale == 0 or second.value / scale >= 1:
                base = scale
        if first.value * base <= second.value:
            return first._replace(value=first.value * base)
        return first
    if second.value % 1000 == 0 and second.value >= 2000 and first.value < 1000 and first.value * 1000 < second.value:
        return first._replace(value=first.value * 1000)
    return first


def read_year_end(first: Amount, second: Amount) -> float:
    """The second year of 1939-45 and 2024-2025."""
    assert first.value is not None
    assert second.value is not None
    return second.value if second.value >= 100 else first.value - first.value % 100 + second.value


def read_roman(text: str) -> int:
    """Read a Roman number; 0 where it is malformed."""
    total = 0
    for letter, after in zip(text, text[1:] + " ", strict=True):
        value = ROMAN_VALUES[letter]
        total += -value if value < ROMAN_VALUES.get(after, 0) else value
    return total


@cache
def cardinal_word(value: int) -> numerals.Word:
    """The number word an ordinal is made of."""
    forms = {
        **{v.value: f for f, v in reversed(numerals.NUMERALS.items())},
        **{int(v): f for f, v in reversed(numerals.SCALES.items())},
    }
    return numerals.Word(forms[value])


def tidy(value: float) -> float:
    """Round away the noise of binary fractions: 4.12, not 4.119999999999999."""
    return float(f"{value:.12g}")
