"""Speed of the figure reader beside others that are installed, and what each finds.

    python benchmarks/figures.py TEXTS.parquet [--articles 1000] [--column text]

Reads a column of texts; measures CPU seconds on one thread, so that a busy machine changes little. Peers (text2num,
Recognizers-Text, Duckling) run where they can be imported, on fewer texts where they are slow.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from transforms.figures import find_figures

Finder = Callable[[Sequence[str]], int]
BYTES_PER_MEGABYTE = 1_000_000


def find_with_marbre(texts: Sequence[str]) -> int:
    """Count the figures that Marbre finds."""
    ids = [str(number) for number in range(len(texts))]
    paragraphs = pl.DataFrame({"article_id": ids, "start": 0, "text": texts})
    return find_figures(paragraphs, pl.DataFrame({"article_id": ids})).height


class Word:
    """A word as text2num wants it."""

    def __init__(self, word: str) -> None:
        self.word = word

    def text(self) -> str:
        """The word itself."""
        return self.word

    def text_lowercase(self) -> str:
        """The word in lower case."""
        return self.word.lower()

    def nt_separated(self, previous: object) -> bool:
        """Whether something that is no text stands before: never."""
        return False

    def not_a_number_part(self) -> bool:
        """Whether the word is known to be no number: never."""
        return False


def find_with_text2num(texts: Sequence[str]) -> int:
    """Count the numerals that text2num finds among the words of each text; splitting them is counted."""
    from text_to_num import find_numbers  # type: ignore[import-not-found]  # noqa: PLC0415

    return sum(len(find_numbers([Word(word) for word in text.split()], "fr")) for text in texts)


def find_with_duckling(texts: Sequence[str]) -> int:
    """Count the numbers that Duckling's Python wrapper finds; it needs a Java virtual machine."""
    from duckling import DucklingWrapper, Language  # type: ignore[import-not-found]  # noqa: PLC0415

    wrapper = DucklingWrapper(language=Language.FRENCH)
    return sum(len(wrapper.parse_number(text)) for text in texts)


def find_with_recognizers(texts: Sequence[str]) -> int:
    """Count the numbers that Recognizers-Text finds."""
    from recognizers_number import Culture, NumberRecognizer  # type: ignore[import-not-found]  # noqa: PLC0415

    model = NumberRecognizer(Culture.French).get_number_model()
    return sum(len(model.parse(text)) for text in texts)


FINDERS: dict[str, tuple[Finder, float]] = {
    "marbre": (find_with_marbre, 1.0),
    "text2num": (find_with_text2num, 0.2),
    "recognizers": (find_with_recognizers, 0.002),
    "duckling": (find_with_duckling, 0.002),
}
"""Each with the share of the texts that it is given."""


def measure(name: str, texts: Sequence[str]) -> str:
    """One line: found per kB and MB/s of one reader, or that it is not installed."""
    find, share = FINDERS[name]
    texts = texts[: max(1, int(len(texts) * share))]
    size = sum(len(text.encode()) for text in texts)
    try:
        find(texts[:1])  # loads what is loaded once
    except Exception as error:  # whatever keeps a peer from starting is the line to print
        return f"{name:12} does not run: {error}"
    begin = time.process_time()
    found = find(texts)
    seconds = time.process_time() - begin
    speed = size / BYTES_PER_MEGABYTE / seconds
    return f"{name:12} {speed:8.4f} MB/s  {found / size * 1000:5.2f} found per kB  {len(texts)} texts"


def main() -> None:
    """Measure every reader on the same texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--column", default="text")
    options = parser.parse_args()
    texts = pl.read_parquet(options.texts, columns=[options.column], n_rows=options.articles)[options.column].to_list()
    for name in FINDERS:
        print(measure(name, texts))


if __name__ == "__main__":
    main()
