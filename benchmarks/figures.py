"""Speed of the figure reader beside others that are installed, and what each finds.

    python benchmarks/figures.py TEXTS.parquet [--articles 1000] [--column text]

Reads a column of texts; measures CPU seconds on one thread, so that a busy machine changes little. Peers (text2num,
Recognizers-Text) run where they can be imported, on fewer texts where they are slow.
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


def find_with_text2num(texts: Sequence[str]) -> int:
    """Count the numerals that text2num finds."""
    from text_to_num import find_numbers, load_language  # type: ignore[import-not-found]  # noqa: PLC0415

    language = load_language("fr")
    return sum(len(find_numbers(text, language)) for text in texts)


def find_with_recognizers(texts: Sequence[str]) -> int:
    """Count the numbers that Recognizers-Text finds."""
    from recognizers_number import Culture, NumberRecognizer  # type: ignore[import-not-found]  # noqa: PLC0415

    model = NumberRecognizer(Culture.French).get_number_model()
    return sum(len(model.parse(text)) for text in texts)


FINDERS: dict[str, tuple[Finder, float]] = {
    "marbre": (find_with_marbre, 1.0),
    "text2num": (find_with_text2num, 0.2),
    "recognizers": (find_with_recognizers, 0.002),
}
"""Each with the share of the texts that it is given."""


def measure(name: str, texts: Sequence[str]) -> str:
    """One line: found per kB and MB/s of one reader, or that it is not installed."""
    find, share = FINDERS[name]
    texts = texts[: max(1, int(len(texts) * share))]
    size = sum(len(text.encode()) for text in texts)
    try:
        find(texts[:1])  # loads what is loaded once
    except ImportError as error:
        return f"{name:12} not installed: {error.name}"
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
