"""Lexicons for readers: the same files as schemas/lexicon, read without Polars.

Reading must begin without it: a run that finds nothing new ends before Polars or Pandera are loaded.
"""

import csv
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def read_lexicon(name: str) -> list[dict[str, str]]:
    """The rows of one lexicon, every cell as text. Errors: FileNotFoundError for a name that does not exist."""
    found = find_spec("schemas")  # finds the folder without importing the package, which loads Pandera
    folders = found.submodule_search_locations if found else None
    with open(Path((folders or ["."])[0]) / "lexicon" / f"{name}.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def squeeze(name: object) -> str:
    """A name as names are compared: letters and digits alone, no accents, lower case."""
    plain = unicodedata.normalize("NFKD", str(name)).lower()
    return "".join(c for c in plain if c.isalnum())
