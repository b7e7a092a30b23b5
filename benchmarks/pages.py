"""How long the reading of pages takes beside plain trafilatura, in processor time on the same pages.

python benchmarks/pages.py FOLDER
"""

import math
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import trafilatura

from transforms.documents import decode_markup
from transforms.pages.texts import read_page

ROUNDS = 5
WAYS: dict[str, Callable[[str], object]] = {
    "trafilatura, text alone": trafilatura.bare_extraction,
    "trafilatura, text and metadata": partial(trafilatura.bare_extraction, with_metadata=True),
    "marbre, text, head and kinds of lines": read_page,
}


def main() -> None:
    """Read every page of a folder each way, five times; the quickest counts."""
    pages = [decode_markup(path.read_bytes()).text for path in sorted(Path(sys.argv[1]).glob("*.html"))]
    taken: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, read in WAYS.items():
            start = time.process_time()
            for page in pages:
                read(page)
            taken[name] = min(taken.get(name, math.inf), time.process_time() - start)
    for name, seconds in taken.items():
        print(f"{name}: {len(pages) / seconds:.1f} pages a processor-second")


if __name__ == "__main__":
    main()
