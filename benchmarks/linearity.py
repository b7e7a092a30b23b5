"""Whether the time of the figure reader stays linear on texts that are one pattern repeated.

    python benchmarks/linearity.py [--size 1000000] [--limit 1.0]

Reads a text of one million characters for each pattern, as figures and as time expressions, in CPU seconds on one
thread, and a quarter of it beside: four times the text must not take much more than four times as long. Exit status: 0
where every pattern stays under the limit, else 1.
"""

import argparse
import os
import sys
import time

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from transforms.figures import find_figures
from transforms.time_expressions import find_time_expressions

PATTERNS = (
    "9", "un ", "1.", "de 1 à ", "mille ", "1 000 ", "et ", "quatre-vingt-", "(", "€ ", "deux ", "1-", "1,", "12 mai ",
    "à ", "n° 1 ", "-1 ", "lundi ", "il y a ", "X", "’", "1’", "1h", "un sur ", "mars ", "mi-", "« 1 ",
)  # fmt: skip
PARTS = 4


def measure(text: str) -> float:
    """CPU seconds to read one text."""
    paragraphs = pl.DataFrame({"article_id": ["a"], "start": [0], "text": [text]})
    articles = pl.DataFrame({"article_id": ["a"], "published_at": [None]}, schema_overrides={"published_at": pl.Date})
    begin = time.process_time()
    find_figures(paragraphs, articles)
    find_time_expressions(paragraphs, articles)
    return time.process_time() - begin


def main() -> int:
    """Measure every pattern; whether one of them is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=1.0)
    options = parser.parse_args()
    measure("deux ans depuis lundi")  # compiles the patterns
    slow = 0
    for pattern in PATTERNS:
        text = pattern * (options.size // len(pattern))
        part, whole = measure(text[: len(text) // PARTS]), measure(text)
        slow += whole > options.limit
        note = "  over the limit" if whole > options.limit else ""
        print(f"{pattern!r:18} {whole:6.2f} s  a quarter {part:6.2f} s{note}")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
