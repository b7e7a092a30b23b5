"""The candidate pass of figures: cuts out of texts the runs of number words, digits, units and links.

One Rust pattern over all paragraphs, with true code-point offsets. It stays under the size at which the regex engine
leaves its fast automaton: 30 MB/s on one thread; with every unit also after un/une it is 0.3 MB/s.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import polars as pl

from transforms.numbers import numerals
from transforms.numbers.dates import ABBREVIATED_MONTHS, MONTHS, WEEKDAYS
from transforms.numbers.grammar import FRACTIONS, GROUP_NOUNS, ORDINALS
from transforms.numbers.grammar import alternate as join_forms
from transforms.numbers.units import unit_symbols, unit_words

LEFT, RIGHT = 80, 60
"""Characters of context before and after a run: enough for a clause's verb, a modifier, a noun with its adjectives."""
CUT = "\u0001"
"""A character that cannot stand in a text: articles hold no control characters."""
SPACE = r"[ \u00a0\u202f\u2009\u2007]"
B = r"(?-u:\b)"
"""ASCII word boundary: 200 times as fast as the Unicode one, which is checked when a run is read."""
SIGNED = "-−"
"""A sign before digits: a letter before it does not make them part of its word."""
SIGNS = "$€£¥₩₽₴₹"
MONEY = rf"(?:US|CA|C|A|AU|NZ|HK|cad|nzd|CAD|USD|EUR|GBP|CHF)?[{SIGNS}]|USD|EUR|GBP|CHF|CAD"
MARK = "[’'′]"
"""Minutes on a stopwatch; twice, or a double quote, seconds: 3’41’’22."""
FRANCS = rf"{B}[Ff]rs?\."
QUARTER = re.compile(rf"(?:T[1-4]|S[12]){SPACE}(?:19|20)\d\d(?!\d)")
"""T2 2024: a quarter, whose digit is part of its name; the year after it is a figure."""
ARTICLES = ("un", "une")
KEPT_PLURALS = ("mois", "tiers", "ans", "millions", "milliards", "trilliards")
"""Singular in s, and plurals that num2words writes after un."""
ACCENTED_END = ("zéro", "moitié", "carré", "degré")
"""Words at whose end the ASCII boundary does not stand."""


def alternate(forms: Iterable[str]) -> str:
    """A Rust pattern of some forms, longest first, any kind of space and apostrophe in them."""
    escaped = (re.escape(f).replace("’", "[’']") for f in sorted(set(forms), key=len, reverse=True))
    return "|".join(escaped).replace(r"\ ", f"{SPACE}{{1,2}}").replace(r"\-", "-").replace(r"\%", "%")


def word(forms: Iterable[str]) -> str:
    """A Rust pattern of whole words, upper or lower case."""
    plain: list[str] = []
    accented: list[str] = []
    for form in forms:
        (accented if form.endswith(ACCENTED_END) else plain).append(form)
    pattern = rf"{B}(?i:{alternate(plain)}){B}"
    return rf"{pattern}|{B}(?i:{alternate(accented)})" if accented else pattern


def number_pattern() -> str:
    """Digits, with their grouping and decimals or an ordinal ending."""
    grouped = rf"\d{{1,3}}(?:[ \u00a0\u202f\u2009\u2007.’'ʼ]\d{{3}})+{B}(?:,\d+)?"
    ending = rf"(?:er|ère|ere|re|nde?|ds?|e|ème|eme|ième|ieme)s?{B}|è{B}"
    glued = rf"(?i:millions?|milliards?|euros?|dollars?|francs?|kilos?|mètres?|ans){B}"
    watch = rf"\d{{1,3}}{MARK}\d{{2}}(?:(?:{MARK}{MARK}|[”\"″])(?:\d{{1,3}}{B})?|{B})"
    watch += rf"|\d{{1,2}}{SPACE}?h{SPACE}?\d{{2}}{MARK}(?:\d{{2}}(?:{MARK}{MARK}|[”\"″])?)?"
    watch += rf"|\d{{1,2}}(?:{MARK}{MARK}|[”\"″])\d{{1,3}}{B}"
    power = rf"\d+(?:[.,]\d+(?:\^|[eE])[+-]?|\^[+-]?|[eE]-?)\d{{1,3}}{B}"
    return rf"(?:{grouped}|{watch}|{power}|[.,]?\d+(?:[.,]\d+)*)(?:{ending}|{glued})?"


def number_words() -> str:
    """A Rust pattern of number words other than un and une, which are mostly articles."""
    return word(number_forms())


def number_forms() -> list[str]:
    """Number words other than un and une."""
    plain = [form for form in numerals.NUMERALS if form not in ARTICLES]
    return [
        *plain,
        *GROUP_NOUNS,
        "demi",
        "demie",
        "moitié",
        "tiers",
        "quart",
        "quarts",
        *(o for o in ORDINALS if o != "secondes"),
    ]


def article_pattern() -> str:
    """Un and une where they are a number: before a unit, scale, group noun or fraction, and in "un ou deux"."""
    single = [f for f in [*unit_words(), *numerals.SCALES, *FRACTIONS, *GROUP_NOUNS] if " " not in f]
    parts = [f for f in ORDINALS if f.endswith(("ième", "ieme"))]
    tens = rf"{B}(?i:vingt|trente|quarante|cinquante|soixante|quatre|cent|million|milliard)-"
    singular = [f for f in single if not f.endswith("s") or f in KEPT_PLURALS]
    following = word([*singular, *parts]) + f"|{tens}"
    following += rf"|points?{B}"
    few_words = "un|deux|trois|quatre|cinq|six|dix|vingt|trente|quarante|cinquante|soixante|cent|demie?"
    few = rf"(?:à|ou|et|sur|virgule){SPACE}{{1,2}}(?:\d|{B}(?:{few_words})){B}"
    counting = rf"{B}(?i:un),{SPACE}(?i:deux){B}"
    return rf"{counting}|{B}(?i:une?)(?:{SPACE}{{1,2}}|-)(?:{following}|{few}|\d)"


@cache
def lead_pattern() -> str:
    """The Rust pattern of what a run begins with."""
    number = number_pattern()
    months = alternate(MONTHS)
    to_month = rf"(?:{SPACE}\d{{4}})?(?:{SPACE}(?:à|au|et|ou){SPACE}|{SPACE}?[-–—]{SPACE}?)"
    short = alternate(form for form in MONTHS if form in ABBREVIATED_MONTHS)
    many = word(f for f, (_, is_plural) in GROUP_NOUNS.items() if is_plural)
    leads = [
        rf"{B}(?i:{short})\.{SPACE}\d{{4}}{B}",
        rf"{B}(?i:des|plusieurs|quelques){SPACE}(?:{many}|(?i:millions|milliards){B})",
        rf"[-−]?{number}",
        rf"(?:{MONEY}|{FRANCS}){SPACE}?\d[\d.,]*(?:(?:{SPACE}|[’'])\d{{3}}{B})*",
        number_words(),
        rf"{B}[IVX]+(?:er|re|e|ème|ième){B}",
        article_pattern(),
        rf"{B}(?:midi|minuit){B}",
        rf"{B}(?:(?i:{months}){to_month})?(?i:{months})\.?{SPACE}\d{{4}}{B}",
    ]
    return "|".join(leads)


@cache
def rest_pattern() -> re.Pattern[str]:
    """The pattern of the rest of a run: whatever number words, units and links follow."""
    spaces = f"{SPACE}{{1,2}}"
    names = join_forms([*unit_words(), *numerals.SCALES, *FRACTIONS, *MONTHS, *number_forms(), *ARTICLES], spaces)
    symbols = join_forms([*unit_symbols(), *numerals.SCALE_SYMBOLS], spaces)
    signs = rf"[%{SIGNS}°²³‰](?:{SPACE}?[CFK]{B})?"
    words = rf"{B}(?i:{names})(?:{B}|(?<=[éÉ]))"
    short_month = rf"{B}(?i:{alternate(ABBREVIATED_MONTHS)})\.(?={SPACE}\d{{4}}{B})"
    hours = "|".join(f"(?<={form}{SPACE})" for form in ("heures", "heure", "midi", "minuit"))
    less = rf"(?:{hours})(?i:moins){SPACE}(?i:(?:le|un){SPACE}quart|cinq|dix|vingt-cinq|vingt){B}"
    part = (
        rf"(?:{number_pattern()}|{short_month}|{words}|(?:{symbols}){B}|{FRANCS}|[hH]\d{{2}}{B}|{signs}|er{B}|{less})"
    )
    to_weekday = rf"(?:et|au|à){SPACE}(?i:{alternate(WEEKDAYS)})"
    between = rf"(?:{to_weekday}|et{SPACE}le|et|à|a|ou|au|jusqu[’']au|virgule|point|de|sur){spaces}"
    link = rf"{SPACE}{{0,2}}(?:[-‑]et[-‑]|[-–—‑/]{SPACE}{{0,2}}|{between}|d[’']{SPACE}?)?"
    return re.compile(rf"(?:{link}{part})*".replace(B, r"(?a:\b)"))


class Runs(NamedTuple):
    """What a pattern cut out: places (article_id, paragraph, base), the number of the run at each, distinct runs."""

    places: pl.DataFrame
    numbers: list[int]
    left: list[str]
    run: list[str]
    right: list[str]


def find_runs(paragraphs: pl.DataFrame, pattern: str, rest: re.Pattern[str] | None = None) -> Runs:
    """Cut out of each paragraph what a Rust pattern matches, with the text around it.

    In:  article_id, start and text of paragraphs; the pattern, such as lead_pattern(), and the pattern of what may
         follow it in a run, such as rest_pattern().
    Out: places: article_id, paragraph (row number), base (start of the run in the article, code points); the number of
         the run at each; left, run and right of each distinct one. What is part of a word before is left out. Lists,
         since Python reads them: through a frame and back took 0.08 s for 5.6 MB.
    """
    leads = cut_matches(paragraphs, pattern)
    texts = paragraphs["text"].str.replace_all(CUT, " ", literal=True).to_list()
    # The leads and their rest as one Rust pattern take 0.6 s for 5.6 MB, apart 0.04 s and 0.1 s in this loop. Python
    # slices a text at a code point at once, where Polars counts through it: 0.02 s for 29,000 runs against 0.3 s.
    rows: list[int] = []
    numbers: list[int] = []
    seen: dict[str, int] = {}
    lefts: list[str] = []
    runs: list[str] = []
    rights: list[str] = []
    last, reached = -1, 0
    found = zip(leads["paragraph"].to_list(), leads["at"].to_list(), leads["end"].to_list(), strict=True)
    for row, (paragraph, at, lead_end) in enumerate(found):
        if paragraph == last and at < reached:
            continue
        text = texts[paragraph]
        match = rest.match(text, lead_end) if rest else None
        end = match.end() if match else lead_end
        is_part = at > 0 and is_glued(text[at - 2 if at > 1 else 0 : at + 1])
        last, reached = paragraph, lead_end if is_part and QUARTER.match(text, at - 1) else end
        if is_part:
            continue
        first = at - LEFT if at > LEFT else 0
        key = f"{text[first : end + RIGHT]}{CUT}{at - first},{end - at}"
        number = seen.setdefault(key, len(runs))
        if number == len(runs):
            lefts.append(text[first:at])
            runs.append(text[at:end])
            rights.append(text[end : end + RIGHT])
        rows.append(row)
        numbers.append(number)
    places = leads[rows].select("article_id", "paragraph", base=pl.col("start") + pl.col("at"))
    return Runs(places, numbers, lefts, runs, rights)


def is_glued(piece: str) -> bool:
    """Whether a run, the last character of a piece, is part of a word or code before it: A9, 1’1, but not mi-août."""
    before = piece[-2]
    return (before.isalpha() and piece[-1] not in SIGNED) or (before in "’'" and piece[0].isdigit())


def cut_matches(paragraphs: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Cut out of each paragraph what a pattern matches: article_id, paragraph, start of it, piece, at and end in it."""
    text = pl.col("text").str.replace_all(CUT, " ", literal=True)
    length = pl.col("piece").str.len_chars().cast(pl.Int64)
    end = length.cum_sum()
    first = pl.when(pl.col("number") == 0).then(end - length).forward_fill()
    return (
        paragraphs.select(
            "article_id",
            "start",
            paragraph=pl.int_range(pl.len()),
            piece=text.str.replace_all(pattern, f"{CUT}${{0}}{CUT}").str.split(CUT),
        )
        .filter(pl.col("piece").list.len() > 1)
        .with_columns(number=pl.int_ranges(pl.col("piece").list.len()))
        .explode("piece", "number")
        .with_columns(at=end - length - first, end=end - first)
        .filter(pl.col("number") % 2 == 1)
    )
