"""French facts as tables: one CSV a subject, readable by a linguist, each row with its source.

A lexicon is loaded into the warehouse as ref_NAME, so that SQL can join it.
"""

import hashlib
from functools import cache
from importlib.resources import files

import polars as pl


@cache
def read(name: str) -> pl.DataFrame:
    """Read one lexicon.

    In:  the file's name without .csv.
    Out: its rows as they stand in the file; an empty cell is null. Codes such as NA stay text.
    Errors: FileNotFoundError for a name that does not exist.
    """
    return pl.read_csv(files(__name__).joinpath(f"{name}.csv").read_bytes(), infer_schema_length=None)


def read_hash(name: str) -> str:
    """SHA-256 of a lexicon's file, in hexadecimal."""
    return hashlib.sha256(files(__name__).joinpath(f"{name}.csv").read_bytes()).hexdigest()


def names() -> list[str]:
    """Names of all lexicons, in alphabetical order."""
    return sorted(p.name.removesuffix(".csv") for p in files(__name__).iterdir() if p.name.endswith(".csv"))
