"""Whether every step of the pipeline stays linear in the length of a text, on texts that are one thing repeated.

    python benchmarks/linearity.py [--size 60000] [--only PART ...] [--engine]

Each unit (a mark, digit, bracket, dash, apostrophe, capital, word, date, name, address, ...) is repeated alone, with
blanks, as sentences, as lines and as paragraphs; besides, some texts have one thing in front or behind that the rest
is searched for. {n} in a unit is a new word each time. Each step of transforms.pipeline.process_documents reads --size
characters, in CPU-seconds on one thread, less what it takes for a text of one sentence; where that is much, a quarter
of them, too. Told are the steps that take more than --limit seconds a million characters, and those whose time grows
with a power of the length above --power. --only takes the texts whose name holds a part; with --engine the model finds
the names, else their capitals do. Exit status: 0 where nothing is told.
"""

import argparse
import math
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

os.environ |= dict.fromkeys(("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")

import polars as pl

from flows.languages import load_language_detector
from transforms.alignments import add_raw_offsets
from transforms.articles import lay_out
from transforms.documents import Decoded, make_record, tidy_line_breaks
from transforms.duplicates import shingle_articles
from transforms.engine import SPANS, Engine
from transforms.figures import find_figures
from transforms.mentions import find_mentions
from transforms.paragraphs import cut_long_paragraphs
from transforms.person_roles import find_person_roles
from transforms.pipeline import recognise
from transforms.quotations import find_quotations
from transforms.records import RECORDS
from transforms.sentences import split_sentences
from transforms.time_expressions import find_time_expressions
from transforms.tokens import list_stems, split_tokens

UNITS = Path(__file__).with_name("units.txt")
"""A unit a line, its blanks in quotation marks with it: Python strings."""
JOINS = {"alone": "", "blanks": " ", "sentences": ". ", "lines": "\n", "paragraphs": "\n\n"}
FILL = "Le maire mange du pain avec un ami. "
PLACED = (
    ("«", FILL, ""), ("“", FILL, ""), ('"', FILL, ""), ("", FILL, "»"), ("", "«", "»"), ("<", FILL, ""),
    ("<!--", FILL, ""), ("[", FILL, "]("), ("*", FILL, "*"), ("(", FILL, ")"), ("", "mot, ", "."),
    ("- ", " ", "a"), ("", " ", "a"), ("", "\n", "a"), ("", "\t", "a"), ("", "Lise Orvane mange. ", "dit-elle."),
    ("Lise Orvane mange. ", "Il dit qu’il dort. ", ""), ("Lise Orvane mange. ", "« Mot va », dit-elle. ", ""),
    ("", "« Mot va », dit-elle. ", "Lise Orvane."), ("", "Le ministre dit que tout va. ", "le ministre Jean Tamier"),
    ("", "Jean Tamier, maire d’Orvane, dit oui. ", "« Oui », dit ce dernier."),
)  # fmt: skip
"""What stands in front, what is repeated, what stands behind."""
PARTS = 4
LEAST = 0.25
"""CPU-seconds below which a step is quick, whatever it does."""
LONGEST = 20
"""CPU-seconds after which a step is broken off."""
CAPITALS = re.compile(r"\b[A-ZÀ-Þ][\w’-]{2,30}(?: [A-ZÀ-Þ][\w’-]{2,30})?")
LETTERS = "abcdefghijklmnopqrst"


class Text(NamedTuple):
    """A text of any length: what stands in front, what is repeated, what stands behind."""

    name: str
    front: str
    unit: str
    back: str

    def write(self, size: int) -> str:
        """The text with about so many characters."""
        times = max(1, (size - len(self.front) - len(self.back)) // len(self.unit))
        if "{n}" not in self.unit:
            return self.front + self.unit * times + self.back
        return "".join(self.unit.replace("{n}", spell(number)) for number in range(times))[:size]


class CapitalEngine:
    """Takes every word or two with a capital for a person: many names, in linear time."""

    name = version = "capitals"

    def extract(self, texts: list[str]) -> pl.DataFrame:
        """See transforms.engine.Engine."""
        rows = [(i, m.start(), m.end(), "PER") for i, text in enumerate(texts) for m in CAPITALS.finditer(text)]
        return pl.DataFrame(rows, SPANS, orient="row")


class Slow(NamedTuple):
    """A step that is slow on a text: seconds a million characters, and the power of the length that they grow with."""

    step: str
    rate: float
    power: float


class TooLong(Exception):
    """A step took LONGEST; the steps behind it are not measured."""


def spell(number: int) -> str:
    """A word of its own for each number."""
    word = "orv"
    for place in (8000, 400, 20, 1):
        word += LETTERS[number // place % 20] + "aeiou"[number // place % 5]
    return word


def list_texts() -> Iterator[Text]:
    """Every unit with every join, and the texts with something in one place."""
    for line in UNITS.read_text().splitlines():
        for name, join in JOINS.items():
            yield Text(f"{line} {name}", "", f"{line[1:-1]}{join}".replace("\\u00a0", "\u00a0"), "")
    for front, unit, back in PLACED:
        yield Text(f"{front!r} + {unit!r} + {back!r}", front, unit, back)


def read_steps(text: str, engine: Engine) -> dict[str, float]:
    """CPU-seconds of each step of process_documents on one text, up to the first that takes LONGEST."""
    seconds: dict[str, float] = {}
    with suppress(TooLong):
        take_steps(text, engine, seconds)
    return seconds


def take_steps(text: str, engine: Engine, seconds: dict[str, float]) -> None:
    """Take the steps of process_documents one by one, noting what each took."""

    def take(step: str, work: Callable[..., Any], *given: Any) -> Any:
        begin = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            return work(*given)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            seconds[step] = time.process_time() - begin

    text = take("line breaks", tidy_line_breaks, text)
    record = take("record", make_record, "a.txt", None, text.encode("utf-8", "replace"), Decoded(text, "utf-8"), {})
    documents = pl.DataFrame([record], schema=RECORDS)
    layout = take("layout", lay_out, documents, load_language_detector())
    paragraphs = take("paragraphs", cut_long_paragraphs, layout.paragraphs)
    sentences = take("sentences", split_sentences, paragraphs)
    tokens = take("tokens", split_tokens, sentences)
    take("stems", list_stems, tokens)
    take("shingles", shingle_articles, layout.articles)
    names = take("engine", recognise, paragraphs, engine)
    mentions = take("mentions", find_mentions, paragraphs, names)
    take("roles", find_person_roles, paragraphs, mentions)
    take("figures", find_figures, paragraphs, layout.articles)
    take("times", find_time_expressions, paragraphs, layout.articles)
    take("quotations", find_quotations, paragraphs, mentions)
    take("offsets", add_raw_offsets, mentions, layout.alignments)


def find_slow(text: Text, size: int, engine: Engine, calls: dict[str, float]) -> list[Slow]:
    """The steps that are not quick on one text; `calls` is what each takes on any text. They are measured twice."""

    def is_much(seconds: dict[str, float], step: str) -> bool:
        return seconds[step] - calls[step] > LEAST

    written = text.write(size)
    whole = read_steps(written, engine)
    if not any(is_much(whole, step) for step in whole):
        return []
    again, part = read_steps(written, engine), read_steps(text.write(size // PARTS), engine)
    found = []
    for step in whole.keys() & again.keys() & part.keys():
        if is_much(whole, step) and is_much(again, step):
            took = min(whole[step], again[step]) - calls[step]
            grows = math.log(took / max(part[step] - calls[step], LEAST / PARTS**2), PARTS)
            found.append(Slow(step, took / len(written) * 1e6, grows))
    return found


def main() -> int:
    """Measure every text; whether a step is slow on one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=60_000)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds a million characters; 30")
    parser.add_argument("--power", type=float, default=1.5, help="of the length; 1.5")
    parser.add_argument("--only", nargs="*", default=[], metavar="PART")
    parser.add_argument("--engine", action="store_true")
    options = parser.parse_args()
    engine: Engine = CapitalEngine()
    if options.engine:
        from flows.engines import load_engine  # noqa: PLC0415 - takes seconds

        engine = load_engine()
    signal.signal(signal.SIGPROF, stop_step)
    every = [read_steps(FILL, engine) for _ in range(4)][1:]  # the first compiles the patterns
    calls = {step: min(seconds[step] for seconds in every) for step in every[0]}
    told = texts = 0
    for text in list_texts():
        if not options.only or any(part in text.name for part in options.only):
            texts += 1
            for slow in find_slow(text, options.size, engine, calls):
                if slow.rate > options.limit or slow.power > options.power:
                    told += 1
                    print(f"{slow.step:10} {slow.rate:6.1f} s/MB  power {slow.power:4.1f}  {text.name}", flush=True)
    print(f"{texts} texts, {told} times a step was slow")
    return int(told > 0)


def stop_step(*_: object) -> None:
    """What the timer does when LONGEST has passed."""
    raise TooLong


if __name__ == "__main__":
    sys.exit(main())
