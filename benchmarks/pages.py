"""How long the reading of pages takes beside plain trafilatura, in processor time on the same pages.

python benchmarks/pages.py FOLDER
"""

import sys
import time
from pathlib import Path

import trafilatura

from transforms.documents import decode_markup
from transforms.pages.texts import read_page


def main() -> None:
    """Read every page of a folder both ways, twice; the second time counts."""
    pages = [decode_markup(path.read_bytes()).text for path in sorted(Path(sys.argv[1]).glob("*.html"))]
    taken = {}
    for name, read in (("trafilatura", trafilatura.bare_extraction), ("marbre", read_page)):
        for _ in range(2):
            start = time.process_time()
            for page in pages:
                read(page)
            taken[name] = time.process_time() - start
    for name, seconds in taken.items():
        print(f"{name}: {len(pages) / seconds:.1f} pages a processor-second")


if __name__ == "__main__":
    main()
