"""The candidate pass of figures: cuts out of texts the runs of number words, digits, units and links.

One Rust pattern over all paragraphs, with true code-point offsets. It stays under the size at which the regex engine
leaves its fast automaton: 30 MB/s on one thread; with every unit also after un/une it is 0.3 MB/s.
"""

import re
from collections.abc import Iterable
from functools import cache

import polars as pl

from transforms import numerals
from transforms.figure_dates import MONTHS, WEEKDAYS
from transforms.figure_grammar import FRACTIONS, GROUP_NOUNS, ORDINALS
from transforms.units import unit_symbols, unit_words

LEFT, RIGHT = 80, 60
"""Characters of context before and after a run: enough for a clause's verb, a modifier, a noun with its adjectives."""
CUT = "\u0001"
"""A character that cannot stand in a text: articles hold no control characters."""
SPACE = r"[ \u00a0\u202f\u2009\u2007]"
B = r"(?-u:\b)"
"""ASCII word boundary: 200 times as fast as the Unicode one, which is checked when a run is read."""
SIGNS = "$€£¥₩₽₴₹"
MONEY = rf"(?:US|CA|C|A|AU|NZ|HK|cad|nzd|CAD|USD|EUR|GBP|CHF)?[{SIGNS}]|USD|EUR|GBP|CHF|CAD"
MARK = "[’'′]"
"""Minutes on a stopwatch; twice, or a double quote, seconds: 3’41’’22."""
FRANCS = rf"{B}[Ff]rs?\."
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
    grouped = rf"\d{{1,3}}(?:[ \u00a0\u202f\u2009\u2007.’']\d{{3}})+{B}(?:,\d+)?"
    ending = rf"(?:er|ère|ere|re|nde?|ds?|e|ème|eme|ième|ieme)s?{B}|è{B}"
    glued = rf"(?i:millions?|milliards?|euros?|dollars?|francs?|kilos?|mètres?|ans){B}"
    watch = rf"\d{{1,3}}{MARK}\d{{2}}(?:{MARK}{MARK}\d{{1,3}}|[”\"″]\d{{0,3}})?{B}"
    watch += rf"|\d{{1,2}}(?:{MARK}{MARK}|[”\"″])\d{{1,3}}{B}"
    return rf"(?:{grouped}|{watch}|[.,]?\d+(?:[.,]\d+)*)(?:{ending}|{glued})?"


def number_words() -> str:
    """Number words other than un and une, which are mostly articles."""
    plain = [form for form in numerals.NUMERALS if form not in ARTICLES]
    return word(
        [
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
    )


def article_pattern() -> str:
    """Un and une where they are a number: before a unit, scale, group noun or fraction, and in "un ou deux"."""
    single = [f for f in [*unit_words(), *numerals.SCALES, *FRACTIONS, *GROUP_NOUNS] if " " not in f]
    parts = [f for f in ORDINALS if f.endswith(("ième", "ieme"))]
    tens = rf"{B}(?i:vingt|trente|quarante|cinquante|soixante|quatre|cent|million|milliard)-"
    singular = [f for f in single if not f.endswith("s") or f in KEPT_PLURALS]
    following = word([*singular, *parts]) + f"|{tens}"
    few = rf"(?:à|ou|et|sur|virgule){SPACE}{{1,2}}(?:\d|{B}(?:un|deux|trois|quatre|cinq|six|dix|vingt|cent|demie?)){B}"
    return rf"{B}(?i:une?)(?:{SPACE}{{1,2}}|-)(?:{following}|{few}|\d)"


@cache
def run_pattern() -> str:
    """The Rust pattern of a run: a number, then whatever number words, units and links follow it."""
    number, words = number_pattern(), number_words()
    names = word([*unit_words(), *numerals.SCALES, *FRACTIONS, *MONTHS])
    symbols = alternate([*unit_symbols(), *numerals.SCALE_SYMBOLS])
    signs = rf"[%{SIGNS}°²³‰](?:{SPACE}?[CFK]{B})?"
    part = rf"(?:{number}|{names}|{words}|{B}(?i:une?){B}|(?:{symbols}){B}|{FRANCS}|[hH]\d{{2}}{B}|{signs}|er{B})"
    to_weekday = rf"(?:et|au|à){SPACE}(?i:{alternate(WEEKDAYS)})"
    between = rf"(?:{to_weekday}|et{SPACE}le|et|à|a|ou|au|jusqu[’']au|virgule|point|de|sur){SPACE}{{1,2}}"
    link = rf"{SPACE}{{0,2}}(?:[-‑]et[-‑]|[-–—‑/]{SPACE}{{0,2}}|{between}|d[’']{SPACE}?)?"
    many = word(f for f, (_, is_plural) in GROUP_NOUNS.items() if is_plural)
    lead = [
        rf"{B}(?i:des|plusieurs|quelques){SPACE}(?:{many}|(?i:millions|milliards){B})",
        rf"[-−]?{number}",
        rf"(?:{MONEY}|{FRANCS}){SPACE}?\d[\d.,]*(?:(?:{SPACE}|[’'])\d{{3}}{B})*",
        words,
        rf"{B}[IVX]+(?:er|re|e|ème|ième){B}",
        article_pattern(),
        rf"{B}(?:midi|minuit){B}",
        rf"{B}(?i:{alternate(MONTHS)})\.?{SPACE}\d{{4}}{B}",
    ]
    return rf"(?:{'|'.join(lead)})(?:{link}{part})*"


def find_runs(paragraphs: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Cut out of each paragraph what a Rust pattern matches, with the text around it.

    In:  article_id, start and text of paragraphs; the pattern, such as run_pattern().
    Out: article_id, paragraph (row number), base (start of the run in the article, code points), left, run, right.
    """
    text = pl.col("text").str.replace_all(CUT, " ", literal=True)
    pieces = (
        paragraphs.select(
            "article_id",
            paragraph=pl.int_range(pl.len()),
            base="start",
            piece=text.str.replace_all(pattern, f"{CUT}${{0}}{CUT}").str.split(CUT),
        )
        .filter(pl.col("piece").list.len() > 1)
        .with_columns(number=pl.int_ranges(pl.col("piece").list.len()))
        .explode("piece", "number")
        .with_columns(length=pl.col("piece").str.len_chars().cast(pl.Int64))
        .with_columns(offset=pl.col("base") + pl.col("length").cum_sum().over("paragraph") - pl.col("length"))
    )
    return (
        pieces.pipe(add_windows)
        .filter(pl.col("number") % 2 == 1)
        .select("article_id", "paragraph", "left", "run", "right", base="offset")
    )


def add_windows(pieces: pl.DataFrame) -> pl.DataFrame:
    """Add the text before and after each piece, from the three pieces on either side in its paragraph."""
    near = []
    for step in (3, 2, 1, -1, -2, -3):
        is_same = pl.col("paragraph").shift(step) == pl.col("paragraph")
        near.append(pl.when(is_same).then(pl.col("piece").shift(step)).otherwise(pl.lit("")))
    left = pl.concat_str([near[0].str.tail(LEFT), near[1].str.tail(LEFT), near[2].str.tail(LEFT)]).str.tail(LEFT)
    right = pl.concat_str([near[3].str.head(RIGHT), near[4].str.head(RIGHT), near[5].str.head(RIGHT)]).str.head(RIGHT)
    return pieces.with_columns(left=left, right=right).rename({"piece": "run"})
