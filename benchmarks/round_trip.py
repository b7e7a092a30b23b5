"""Whether every integer reads back from the words and the digits that it is written in.

    python benchmarks/round_trip.py [--random 100000]

Writes 2 to 10,000 and random integers to 10^12 in words of France, Belgium and Switzerland (num2words) and in ten
digit formats, sets each in a sentence and reads it with the figure reader. Prints what does not read back as one count
that spans the whole number, and how often num2words writes against the grammar. Exit status: 0 where all reads back,
else 1.
"""

import argparse
import os
import random
import re
import sys
from collections.abc import Callable, Iterator

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl
from num2words import num2words

from transforms.figures import find_figures

COUNTRIES = ("fr", "fr_BE", "fr_CH")
GROUP_MARKS = {
    "space": " ",
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "thin space": "\u2009",
    "figure space": "\u2007",
    "point": ".",
    "apostrophe": "'",
    "typographic apostrophe": "’",
    "modifier apostrophe": "\u02bc",
}
SMALLEST, LARGEST_OF_ALL, LARGEST = 2, 10_000, 10**12
BEFORE, AFTER = "On y a compté ", " arbres."
BATCH = 20_000
SHOWN = 5
WRONG_PLURAL = re.compile(r"(?<![\w-])un (?:millions|milliards|billions)")
"""What num2words writes for one million: Grevisse has no plural after un."""

Writer = Callable[[int], str]


def write_words(country: str) -> Writer:
    """A writer of number words as in a country."""
    return lambda number: str(num2words(number, lang=country))


def write_groups(mark: str) -> Writer:
    """A writer of digits in groups of three with a mark between."""
    return lambda number: f"{number:,}".replace(",", mark)


def list_formats() -> Iterator[tuple[str, Writer]]:
    """The ways to write an integer, by name."""
    for country in COUNTRIES:
        yield f"words {country}", write_words(country)
    yield "digits", str
    for name, mark in GROUP_MARKS.items():
        yield f"digits, {name}", write_groups(mark)


def draw_numbers(count: int) -> list[int]:
    """Every integer from 2 to 10,000, and random ones, the same in each run, spread over their sizes."""
    draw = random.Random(4)
    sizes = (draw.uniform(4, 12) for _ in range(count))
    return [
        *range(SMALLEST, LARGEST_OF_ALL + 1),
        *(draw.randrange(LARGEST_OF_ALL, int(10**size) + 2) for size in sizes),
    ]


def find_wrong(numbers: list[int], texts: list[str]) -> list[tuple[int, str]]:
    """Numbers that are not read as exactly one count of their value, spanning all that was written."""
    sentences = [f"{BEFORE}{text}{AFTER}" for text in texts]
    ids = [str(index) for index in range(len(texts))]
    paragraphs = pl.DataFrame({"article_id": ids, "start": 0, "text": sentences})
    figures = find_figures(paragraphs, pl.DataFrame({"article_id": ids}))
    read: dict[str, list[tuple[str, float | None]]] = {}
    for article, text, value in figures.select("article_id", "text", "value").iter_rows():
        read.setdefault(article, []).append((text, value))
    return [
        (number, text)
        for name, number, text in zip(ids, numbers, texts, strict=True)
        if read.get(name) != [(text, float(number))]
    ]


def check_format(name: str, write: Writer, numbers: list[int]) -> int:
    """Print one line on a way of writing; how many numbers did not read back."""
    wrong: list[tuple[int, str]] = []
    misspelt = 0
    for first in range(0, len(numbers), BATCH):
        batch = numbers[first : first + BATCH]
        texts = [write(number) for number in batch]
        misspelt += sum(WRONG_PLURAL.search(text) is not None for text in texts)
        wrong += find_wrong(batch, texts)
    note = f"; {misspelt} written with a plural after un, read all the same" if misspelt else ""
    print(f"{name:32} {len(numbers)} numbers, {len(wrong)} not read back{note}", flush=True)
    for number, text in wrong[:SHOWN]:
        print(f"    {number}: {text!r}")
    return len(wrong)


def main() -> int:
    """Check every way of writing; whether any number was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=100_000)
    numbers = draw_numbers(parser.parse_args().random)
    return int(sum(check_format(name, write, numbers) for name, write in list_formats()) > 0)


if __name__ == "__main__":
    sys.exit(main())
