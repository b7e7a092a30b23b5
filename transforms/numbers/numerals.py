"""Numbers in French: digits in every grouping in use, and words as written in France, Belgium and Switzerland.

Facts: schemas/lexicon/numerals.csv, scales.csv. Grevisse, Le Bon Usage, §§599-603.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas import lexicon

SPACES = " \u00a0\u202f\u2009\u2007"
"""Spaces that separate groups of three: plain, no-break, narrow no-break, thin, figure."""

GROUPED = rf"\d{{1,3}}(?:[{SPACES}.’'ʼ]\d{{3}})+"
DIGITS = re.compile(
    rf"(?:{GROUPED}(?![\d])(?:,\d+)?|\d{{1,3}}(?:,\d{{3}}){{2,}}(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?|[.,]\d+)"
)
GROUP_MARKS = re.compile(rf"[{SPACES}’'ʼ]")
POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?")


POWER = re.compile(r"(\d+(?:[.,]\d+)?)(\^|[eE])([+-]?\d{1,3})")
"""Powers, as texts of science write them: 2^10, and 1,5e6 for 1.5 million."""
LARGEST_POWER = 300
"""Decimal digits that a float can hold."""


class Numeral(NamedTuple):
    """A number word: its value and what it may combine with."""

    value: int
    role: str


class Integer(NamedTuple):
    """An integer read from a list of words, and the index after its last word."""

    value: int
    end: int


class Word(NamedTuple):
    """One word of a numeral, lower case, and whether a hyphen joins it to the word before."""

    text: str
    is_joined: bool = False


NUMERALS = {row["form"]: Numeral(row["value"], row["role"]) for row in lexicon.read("numerals").to_dicts()}
SCALES = {row["form"]: float(row["value"]) for row in lexicon.read("scales").to_dicts() if not row["is_symbol"]}
SCALE_SYMBOLS = {row["form"]: float(row["value"]) for row in lexicon.read("scales").to_dicts() if row["is_symbol"]}
AND = "et"
DECIMAL_WORDS = ("virgule", "point")
NUMBER_WORD = re.compile(r"[^\W\d_]+")


def read_digits(text: str) -> float:
    """Read a number written in digits.

    A point before exactly three digits groups ("30.000"), unless the number starts with 0; else it is a decimal point.
    A comma is a decimal comma, except where it groups at least twice ("1,234,567").
    """
    power = POWER.fullmatch(text)
    if power is not None:
        return read_power(read_digits(power[1]), power[2] == "^", int(power[3]))
    bare = GROUP_MARKS.sub("", text)
    if POINT_GROUPS.fullmatch(bare):
        bare = bare.replace(".", "")
    elif COMMA_GROUPS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif bare.count(".") > 1 or ("." in bare and "," in bare):
        bare = bare.replace(".", "")  # "08.019.019": a code written like grouped digits
    return float(bare.replace(",", "."))


def read_power(base: float, is_power: bool, exponent: int) -> float:
    """Read a power, or a number times a power of ten; the number alone where the result is beyond a float."""
    if base <= 0 or abs(exponent) * max(1.0, abs(math.log10(base))) + abs(math.log10(base)) > LARGEST_POWER:
        return base
    return float(f"{base**exponent if is_power else base * 10.0**exponent:.15g}")


def role_at(words: Sequence[Word], index: int) -> Numeral | None:
    """The number word at an index; null past the end or where the word is none."""
    return NUMERALS.get(words[index].text) if index < len(words) else None


def read_below_hundred(words: Sequence[Word], index: int) -> Integer | None:
    """Read 0 to 99, with soixante-dix and quatre-vingts or septante, huitante, octante and nonante."""
    first = role_at(words, index)
    if first is None or first.role in ("hundred", "thousand"):
        return None
    if first.value == 4 and follows_as_vingt(words, index + 1):
        return add_unit(words, 80, index + 2)
    if first.role == "ten":
        return add_unit(words, first.value, index + 1)
    if first.value == 10:
        second = role_at(words, index + 1)
        if second is not None and second.role == "unit" and second.value in (7, 8, 9):
            return Integer(10 + second.value, index + 2)
    return Integer(first.value, index + 1)


def follows_as_vingt(words: Sequence[Word], index: int) -> bool:
    """Whether quatre is followed by vingt."""
    return index < len(words) and words[index].text in ("vingt", "vingts")


def add_unit(words: Sequence[Word], ten: int, index: int) -> Integer:
    """Add what may follow a ten: "et un", "-deux", and 10 to 19 after soixante and quatre-vingt."""
    has_and = index < len(words) and words[index].text == AND
    start = index + 1 if has_and else index
    unit = role_at(words, start)
    alone = Integer(ten, index)
    if unit is None or unit.value == 0 or unit.role not in ("unit", "teen"):
        return alone
    if unit.role == "teen":
        if ten not in (60, 80) or (has_and and unit.value != 11 and ten == 60):
            return alone
        rest = read_below_hundred(words, start)
        return Integer(ten + rest.value, rest.end) if rest else alone
    if unit.value == 1 and not (has_and or words[start].is_joined or ten == 80):
        return alone  # "vingt un" is two numbers, "vingt et un", "vingt-un" and "quatre vingt un" are one
    if has_and and unit.value != 1 and ten != 80:
        return alone  # "vingt et trois" is two numbers
    return Integer(ten + unit.value, start + 1)


def read_below_thousand(words: Sequence[Word], index: int) -> Integer | None:
    """Read 0 to 999, and dix-neuf cent for 1900."""
    first = role_at(words, index)
    if first is None:
        return None
    if first.role == "hundred":
        return add_below_hundred(words, 100, index + 1)
    low = read_below_hundred(words, index)
    if low is None:
        return None
    hundred = role_at(words, low.end)
    if hundred is not None and hundred.role == "hundred" and 2 <= low.value <= 19:
        return add_below_hundred(words, low.value * 100, low.end + 1)
    return low


def add_below_hundred(words: Sequence[Word], hundreds: int, index: int) -> Integer:
    """Add 1 to 99 after hundreds; "cent et un" is read, "cent et deux" is two numbers."""
    start = index + 1 if index + 1 < len(words) and words[index].text == AND else index
    low = read_below_hundred(words, start)
    if low is None or low.value == 0 or (start > index and low.value != 1):
        return Integer(hundreds, index)
    following = role_at(words, low.end)
    if following is not None and following.role == "hundred":
        return Integer(hundreds, index)  # "cent deux cents": two numbers
    return Integer(hundreds + low.value, low.end)


def read_below_million(words: Sequence[Word], index: int) -> Integer | None:
    """Read 0 to 999 999."""
    first = role_at(words, index)
    if first is None:
        return None
    if first.role == "thousand":
        return add_below_thousand(words, 1000, index + 1)
    low = read_below_thousand(words, index)
    if low is None:
        return None
    thousand = role_at(words, low.end)
    if thousand is not None and thousand.role == "thousand" and low.value > 0:
        return add_below_thousand(words, low.value * 1000, low.end + 1)
    return low


def add_below_thousand(words: Sequence[Word], thousands: int, index: int) -> Integer:
    """Add 1 to 999 after thousands; "mille et un" is read, "mille et deux" is two numbers."""
    start = index + 1 if index + 1 < len(words) and words[index].text == AND else index
    low = read_below_thousand(words, start)
    if low is None or low.value == 0 or (start > index and low.value != 1):
        return Integer(thousands, index)
    following = role_at(words, low.end)
    if following is not None and following.role == "thousand":
        return Integer(thousands, index)
    return Integer(thousands + low.value, low.end)


def read_integer(words: Sequence[Word], index: int = 0) -> Integer | None:
    """Read the longest integer in words from an index: groups below a million, each with a falling scale word."""
    total, end, lowest_scale = 0, index, float("inf")
    while True:
        start = end + 1 if total and end + 1 < len(words) and words[end].text == AND else end
        group = read_below_million(words, start)
        if group is None:
            break
        scale = SCALES.get(words[group.end].text) if group.end < len(words) else None
        if scale is not None and scale < lowest_scale:
            total, end, lowest_scale = total + group.value * int(scale), group.end + 1, scale
            continue
        if scale is not None or (total and not 0 < group.value < lowest_scale) or (start > end and group.value != 1):
            break
        return Integer(total + group.value, group.end)
    return Integer(total, end) if end > index else None


def split_words(text: str) -> list[Word]:
    """Split a numeral in words into its words, keeping where hyphens stood."""
    return [
        Word(match.group().lower(), text[match.start() - 1 : match.start()] in ("-", "‑"))
        for match in NUMBER_WORD.finditer(text)
    ]


def read_decimals(words: Sequence[Word], index: int) -> tuple[str, int]:
    """Read the digits after virgule: "zéro huit" is 08, "soixante-quinze" 75, "trois zéro trois" 303."""
    digits = ""
    while (part := read_below_thousand(words, index)) is not None:
        digits, index = digits + str(part.value), part.end
    return digits, index


def read_number(text: str) -> float | None:  # noqa: PLR0911 - one return for each form
    """Read a text that is one number and nothing else, in digits or in words; null where it is not.

    "moins" makes it negative, "virgule" and "point" give decimals, a scale word after decimals multiplies.
    """
    bare = text.strip()
    if DIGITS.fullmatch(bare):
        return read_digits(bare)
    words = split_words(bare)
    if words and words[0].text == "moins":
        inner = read_number(bare[len("moins") :])
        return None if inner is None else -inner
    whole = read_integer(words)
    if whole is None:
        return None
    if whole.end == len(words):
        return float(whole.value)
    if words[whole.end].text not in DECIMAL_WORDS:
        return None
    digits, end = read_decimals(words, whole.end + 1)
    if not digits or end + 1 < len(words):
        return None
    scale = SCALES.get(words[end].text) if end < len(words) else 1.0
    return None if scale is None else float(f"{whole.value}.{digits}") * scale
