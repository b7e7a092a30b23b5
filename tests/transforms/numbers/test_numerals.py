"""Numbers in digits and in words, read back from what num2words writes in France, Belgium and Switzerland."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from transforms.numbers.numerals import DIGITS, read_digits, read_number

COUNTRIES = ("fr", "fr_BE", "fr_CH")
GROUP_MARKS = (" ", "\u00a0", "\u202f", "\u2009", ".", "’", "'")
LARGEST = 10**12
RANDOM_NUMBERS = 1000


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_integer_to_ten_thousand_in_words_reads_back(country: str) -> None:
    wrong = [n for n in range(2, 10_001) if read_number(num2words(n, lang=country)) != n]
    assert wrong == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_random_integers_to_a_trillion_in_words_read_back(country: str) -> None:
    draw = random.Random(1)
    numbers = [draw.randrange(10**5, LARGEST) for _ in range(RANDOM_NUMBERS)]
    assert [n for n in numbers if read_number(num2words(n, lang=country)) != n] == []


@given(st.integers(0, LARGEST), st.sampled_from(GROUP_MARKS))
def test_every_grouping_of_digits_reads_back(number: int, mark: str) -> None:
    assert read_digits(f"{number:,}".replace(",", mark)) == number


@given(st.text("0123456789.,’ ", max_size=14))
def test_whatever_looks_like_digits_reads(text: str) -> None:
    for match in DIGITS.finditer(text):
        assert read_digits(match.group()) >= 0


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_decimal_commas_read_back(whole: int, cents: int) -> None:
    expected = whole + cents / 100
    assert read_digits(f"{whole},{cents:02d}") == pytest.approx(expected)
    assert read_digits(f"{whole:,}".replace(",", "\u202f") + f",{cents:02d}") == pytest.approx(expected)


CASES = {
    "quatre-vingt-dix-sept": 97,
    "septante-cinq": 75,
    "huitante et un": 81,
    "nonante neuf": 99,
    "dix-neuf cent soixante-treize": 1973,
    "soixante et onze": 71,
    "deux cent mille trois": 200_003,
    "un millions": 1_000_000,
    "vingt et une": 21,
    "zéro virgule zéro huit": 0.08,
    "trois virgule deux millions": 3_200_000,
    "moins douze": -12,
    "30.000": 30_000,
    "1.5": 1.5,
    "0.250": 0.25,
    "1.234.567,89": 1_234_567.89,
    "1,234,567": 1_234_567,
    "12,125": 12.125,
}


@pytest.mark.parametrize(("text", "value"), CASES.items())
def test_a_number_reads_as_its_value(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["vingt un", "deux trois", "cent et deux", "cinquante soixante", "", "plusieurs"])
def test_what_is_no_single_number_is_null(text: str) -> None:
    assert read_number(text) is None
