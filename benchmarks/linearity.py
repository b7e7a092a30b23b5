"""Whether every step of the pipeline stays linear in the length of a text, on texts that are one thing repeated.

    python benchmarks/linearity.py [--size 64000] [--step quotations ...] [--unit '« ' ...] [--engine]

Each unit (a mark, digit, bracket, dash, apostrophe, capital, word, date, name, address, ...) is repeated alone, with
blanks, as sentences, as lines and as paragraphs; besides, some texts have one thing in front or behind that the rest
is searched for. Each step of transforms.pipeline.process_documents reads a quarter of --size and then --size
characters, in CPU-seconds on one thread. A step is told where it takes more than --limit seconds a million characters,
and where its time grows with a power above --power of the length; with --engine, flows.engines is a step, too, else names are found by
their capitals. Exit status: 0 where none is told.
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
from typing import Any, NamedTuple

os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import polars as pl

from flows.languages import load_language_detector
from transforms.alignments import add_raw_offsets
from transforms.articles import lay_out
from transforms.documents import RECORDS, Decoded, make_record, tidy_line_breaks
from transforms.duplicates import shingle_articles
from transforms.engine import SPANS, Engine
from transforms.figures import find_figures
from transforms.mentions import find_mentions
from transforms.paragraphs import cut_long_paragraphs
from transforms.person_roles import find_person_roles
from transforms.pipeline import recognise
from transforms.quotations import find_quotations
from transforms.sentences import split_sentences
from transforms.time_expressions import find_time_expressions
from transforms.tokens import list_stems, split_tokens

MARKS = tuple("«»“”„‟\"'’‘‹›()[]{}<>.,;:!?…-–—_*#>|/\\~`^°%€$&@+=§•■©\u00a0\u00ad\u200b\u0301")
NUMBERS = (
    "9", "1.", "1,", "1-", "1h", "1’", "-1 ", "n° 1 ", "« 1 ", "€ ", "un ", "deux ", "mille ", "quatre-vingt-", "1 000 ",
    "de 1 à ", "un sur ", "3,5 %", "12 mai ", "mars ", "mi-", "lundi ", "il y a ", "12/05/2021", "14h30", "à ", "et ",
    "2-1", "1er ", "XIV", "40 ans", "IIe ", "12 mai 2021 à 14h30", "Publié le 12 mai 2021 à 14h30",
)  # fmt: skip
WORDS = (
    "a", "X", "É", "mot", "mot-", "Mot", "MOT", "l’", "l’Orne", "aujourd’hui", "🙂", "漢", "я", "Orvane ", "Lise Orvane",
    "M. Orvane", "le maire Lise Orvane", "la maire d’Orvane, Lise Tamier,", "Jean-", "de ", "de la ", "Orvane (Orne)",
    "dit", "dit Lise Orvane", "dit-il", "a déclaré", "selon ", "selon la mairie", "d’après Lise Orvane", "il ", "elle ",
    "que ", "ce dernier", "le premier", "la seconde", "le ministre", "un passant", "le maire", "maire ", "ancien ",
    "présidé par Lise Orvane", "le maire dit que ", "Le maire a dit", "l’association Orvane", "SNCF ", "(AFP)", "AFP - ",
    "Le Monde", "www.orvane.fr", "https://orvane.fr/a", "lise@orvane.fr", "@orvane", "#orvane", "&amp;", "&", "Ã©", "â€™",
    "<b>", "<a href=\"x\">", "<!--", "[a](", "[a](b)", "**a**", "_a_", "`a`", "(T)", "...", ". . ", "\\*", "![", "</", "[[",
    "](", "the ", "und ", "A. ", "A.B.", "P.", "etc. ", "c’est ", "ne ", "LE MAIRE DE ORVANE", "Par Lise Orvane",
    "Lire aussi : mot", "Photo Lise Orvane", "© Orvane", "Propos recueillis par Lise Orvane", "- mot", "1. mot", "Mot :",
    "« mot »", "« mot », dit-il", "« Mot. », dit Lise Orvane", "“mot”", "\"mot\"", "« mot", "mot »", "“mot", "dit « mot", "« mot “",
    "« Mot. »", "« Mot va. » Il dit", "Il dit : « Mot. »", "surnommé « mot »", "« mot » et « mot », dit", ": « ", "; lui, ", "les « mots »",
    "Lise Orvane : ", "— Mot", "— Mot, dit-il", "il a dit", "Lise Orvane a dit que le maire mange", ">", "Commentaires",
    "Mot, mot et mot", "M. ", "Mme ", "le président de la ", "président de l’Orvane", "né le 3 mai 1980", "Partager", "Paris, ",
)  # fmt: skip
JOINS = {"alone": "", "blanks": " ", "sentences": ". ", "lines": "\n", "paragraphs": "\n\n"}
FILL = "Le maire mange du pain avec un ami. "
ONCE = (
    ("«", FILL, ""), ("“", FILL, ""), ('"', FILL, ""), ("", FILL, "»"), ("« Mot. ", "« mot ", "»" * 40), ("", "«", "»"), ("", "« ", "”" * 9),
    ("<", FILL, ""), ("<!--", FILL, ""), ("[", FILL, "]("), ("*", FILL, "*"), ("", "Lise Orvane mange. ", "dit-elle."),
    ("Lise Orvane mange. ", "Il dit qu’il dort. ", ""), ("Lise Orvane mange. ", "« Mot va », dit-elle. ", ""),
    ("", "« Mot va », dit-elle. ", "Lise Orvane."), ("", "Le ministre dit que tout va. ", "le ministre Jean Tamier"),
    ("", "Jean Tamier, maire d’Orvane, dit oui. ", "« Oui », dit ce dernier."), ("(", FILL, ")"), ("", "mot, ", "."),
    ("", "Un passant dit que « mot ». ", ""), ("", "L’association Orvane mange. Elle dit « oui ». ", ""),
    ("", "Jean Tamier et Lise Orvane mangent. Le premier dit « oui ». ", ""), ("", "a\n", ""), ("", "\n", ""), ("", " ", "a"),
    ("", "\n \n", "a"), ("", "\t", "a"), ("", "A\n\nb\n\n", ""), ("", "Titre\n\nLe maire mange du pain.\n\n", ""),
)  # fmt: skip
"""What stands in front, what is repeated, what stands behind."""
PARTS = 4
LEAST = 0.05
"""CPU-seconds below which a growth is noise."""
LONGEST = 10
"""CPU-seconds after which a step is broken off."""
CAPITALS = re.compile(r"\b[A-ZÀ-Þ][\w’-]{2,30}(?: [A-ZÀ-Þ][\w’-]{2,30})?")


class Text(NamedTuple):
    """A text of any length: what stands in front, what is repeated, what stands behind."""

    name: str
    front: str
    unit: str
    back: str

    def write(self, size: int) -> str:
        """The text with about so many characters."""
        back = self.back * (size // 80 if len(set(self.back)) == 1 and len(self.back) > 1 else 1)
        times = max(1, (size - len(self.front) - len(back)) // len(self.unit))
        return self.front + self.unit * times + back


class CapitalEngine:
    """Takes every word or two with a capital for a person: many names, in linear time."""

    name = version = "capitals"

    def extract(self, texts: list[str]) -> pl.DataFrame:
        """See transforms.engine.Engine."""
        rows = [(i, m.start(), m.end(), "PER") for i, text in enumerate(texts) for m in CAPITALS.finditer(text)]
        return pl.DataFrame(rows, SPANS, orient="row")


class Told(NamedTuple):
    """A step on a text: CPU-seconds for a part of it and for the whole, without what a call costs on any text."""

    text: str
    step: str
    part: float
    whole: float
    size: int

    @property
    def power(self) -> float:
        """The power of the length with which the time grows."""
        return math.log(self.whole / max(self.part, LEAST / PARTS), PARTS)

    @property
    def rate(self) -> float:
        """Seconds a million characters."""
        return self.whole / self.size * 1e6


def list_texts() -> Iterator[Text]:
    """Every unit with every join, and the texts with something once."""
    for unit in (*MARKS, *NUMBERS, *WORDS):
        for name, join in JOINS.items():
            yield Text(f"{unit!r} {name}", "", unit + join, "")
    for front, unit, back in ONCE:
        yield Text(f"{front!r} + {unit!r} + {back!r}", front, unit, back)


class TooLong(Exception):
    """A step took LONGEST; the steps behind it are not measured."""


def stop_step(*_: object) -> None:
    """What the timer does."""
    raise TooLong


def read_steps(text: str, engine: Engine) -> dict[str, float]:
    """CPU-seconds of each step of process_documents on one text."""
    seconds: dict[str, float] = {}
    with suppress(TooLong):
        _take_steps(text, engine, seconds)
    return seconds


def _take_steps(text: str, engine: Engine, seconds: dict[str, float]) -> None:
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


def measure(text: Text, size: int, engine: Engine, calls: dict[str, float]) -> list[Told]:
    """The steps that take longer than LEAST on one text; `calls` is what each costs on any text."""
    written = text.write(size)
    whole = read_steps(written, engine)
    if all(whole[step] - calls[step] < LEAST for step in whole):
        return []
    part = read_steps(text.write(size // PARTS), engine)
    told = [Told(text.name, s, part[s] - calls[s], whole[s] - calls[s], len(written)) for s in whole]
    return [one for one in told if one.whole >= LEAST]


def is_slow(told: Told, limit: float, power: float) -> bool:
    """Whether a step takes too long, or ever longer."""
    return told.rate > limit or (told.power > power and told.whole > PARTS * LEAST)


def main() -> int:
    """Measure every text; whether a step is slow on one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--limit", type=float, default=3.0)
    parser.add_argument("--power", type=float, default=1.2)
    parser.add_argument("--unit", nargs="*", default=[])
    parser.add_argument("--engine", action="store_true")
    options = parser.parse_args()
    engine: Engine = CapitalEngine()
    if options.engine:
        from flows.engines import load_engine  # noqa: PLC0415 - takes seconds

        engine = load_engine()
    signal.signal(signal.SIGPROF, stop_step)
    read_steps(FILL * 9, engine)  # compiles the patterns
    calls = [read_steps(FILL, engine) for _ in range(3)]
    least = {step: min(call[step] for call in calls) for step in calls[0]}
    slow = 0
    for text in list_texts():
        if options.unit and not any(unit in text.name for unit in options.unit):
            continue
        for told in measure(text, options.size, engine, least):
            if is_slow(told, options.limit, options.power):
                slow += 1
                print(
                    f"{told.step:10} {told.rate:7.1f} s/MB  power {told.power:4.1f}  {told.whole:6.2f} s {told.text}",
                    flush=True,
                )
    print(f"{slow} slow")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
