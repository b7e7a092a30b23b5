"""Columns by meaning: what the many names that tools use stand for, and their values in one form each."""

import ast
import json
import math
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from flows.readers.dates import read_given_date
from flows.readers.words import read_lexicon, squeeze

MEANINGS = ("text", "title", "url", "date", "updated", "authors", "publication", "section", "page", "language", "id")
TAKEN_FOR = "_columns"
"""Key of `given` that says which column was taken for what, where its name was another."""
NOTHING = {"", "nan", "none", "null", "n/a", "na", "nat", "unknown", "inconnu", "<na>", "[]"}
"""What tools write where there is nothing; Europarser writes Unknown, pandas nan."""
URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
LANGUAGES = {
    "francais": "fr", "french": "fr", "fr": "fr", "fra": "fr", "fre": "fr", "anglais": "en", "english": "en",
    "eng": "en", "allemand": "de", "german": "de", "espagnol": "es", "spanish": "es", "italien": "it", "italian": "it",
    "neerlandais": "nl", "dutch": "nl", "portugais": "pt", "portuguese": "pt", "arabe": "ar", "arabic": "ar",
}  # fmt: skip
"""Names of languages as archives write them; codes of two letters stand for themselves."""


@cache
def meanings() -> dict[str, list[tuple[str, int]]]:
    """What each squeezed name may mean, with its rank: the names of a meaning are tried in the order of the lexicon."""
    found: dict[str, list[tuple[str, int]]] = {}
    for rank, row in enumerate(read_lexicon("given_columns")):
        found.setdefault(squeeze(row["column"]), []).append((row["meaning"], rank))
    return found


@lru_cache(maxsize=512)
def candidates(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The columns that may hold each meaning, best first: a file of a hundred thousand rows asks once.

    A meaning's own name comes before all others.
    """
    ranked: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        for meaning, rank in meanings().get(squeeze(name), ()):
            ranked.setdefault(meaning, []).append((-1 if name == meaning else rank, name))
    return {meaning: [name for _, name in sorted(found)] for meaning, found in ranked.items()}


def has_text(names: Iterable[str]) -> bool:
    """Whether one of the columns may hold texts."""
    return "text" in candidates(tuple(map(str, names)))


def name_columns(row: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Take the columns of a row for what they mean.

    In:  a row as its file has it. It is left as it is.
    Out: the text (null where no column holds one), and the other columns: url, title, date, updated, authors,
         publication, section, page, language, id in one form each, all others under their own names, nulls left out.
         TAKEN_FOR says which column was taken for what; a date that is written otherwise stays as `date_as_given`.
    """
    rest = {str(name): value for name, value in row.items()}
    named: dict[str, Any] = {}
    taken: dict[str, str] = {}
    for meaning in MEANINGS:
        found = _first(rest, candidates(tuple(rest)).get(meaning, ()), meaning)
        if found is None:
            continue
        name, value = found
        if name != meaning:
            taken[meaning] = name
        if meaning in ("date", "updated") and value != str(rest[name]):
            named[f"{meaning}_as_given"] = rest[name]
        if value is not None:
            named[meaning] = value
        del rest[name]
    text = named.pop("text", None)
    named |= {name: value for name, value in rest.items() if not _is_nothing(value) and name not in named}
    return text, named | ({TAKEN_FOR: taken} if taken else {})


def _first(row: dict[str, Any], names: Iterable[str], meaning: str) -> tuple[str, Any] | None:
    """The first column that holds something for a meaning: its name and value; a date that is none has no value."""
    for name in names:
        value = row.get(name)
        if _is_nothing(value):
            continue
        read = READ_VALUE[meaning](value)
        if read is not None or meaning in ("date", "updated"):
            return name, read
    return None


def _is_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) < 12 and value.strip().lower() in NOTHING
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (isinstance(value, list | dict | tuple) and not value)


def read_text(value: Any) -> Any:
    """A text: a string, bytes still to be decoded, or the paragraphs of a list or of an object as fundus writes it."""
    if isinstance(value, str | bytes):
        return value
    if isinstance(value, list | dict):
        return "\n\n".join(_paragraphs(value)) or None
    return None


def _paragraphs(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return chain.from_iterable(map(_paragraphs, value))
    if isinstance(value, dict):
        ordered = (value[key] for key in ("summary", "headline", "paragraphs", "sections", "text") if key in value)
        return chain.from_iterable(map(_paragraphs, ordered))
    return []


def read_url(value: Any) -> str | None:
    """An address; null for a value that is none, such as the newspaper in a column `source`."""
    text = str(value).strip()
    return text if URL.fullmatch(text) else None


def read_name(value: Any) -> str | None:
    """A newspaper, section or language in words: of an object its name, of a list its items; a host is no name."""
    if isinstance(value, dict):
        return read_name(value["name"]) if value.get("name") else None
    if isinstance(value, list):
        return "; ".join(filter(None, map(read_name, value))) or None
    text = " ".join(str(value).split())
    return None if not text or URL.fullmatch(text) else text


def read_publication(value: Any) -> str | None:
    """A newspaper by name; a host is a site, and no newspaper."""
    name = read_name(value)
    return None if name is None or HOST.fullmatch(name) else name


def read_page_number(value: Any) -> str | None:
    """A page as printed, without the word before it."""
    text = re.sub(r"^(?:p(?:ages?|gs?|p)?\b\.?)\s*", "", read_name(value) or "", flags=re.IGNORECASE)
    return text.removesuffix(".0") or None


def read_language(value: Any) -> str | None:
    """A language as a code of two letters; null for a name that is not known."""
    name = squeeze(re.split(r"[-_;,]", str(value))[0])
    return LANGUAGES.get(name) or (name if len(name) == 2 and name.isalpha() else None)


def read_authors(value: Any) -> str | list[str] | None:
    """Authors: names in a list, or a string that is split as a byline is, where articles are made."""
    if isinstance(value, str):
        return _read_list(value) or value.strip() or None
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list | tuple):
        names = [read_name(item) for item in value if not _is_nothing(item)]
        return [name for name in names if name and name.lower() not in NOTHING] or None
    return None


def _read_list(text: str) -> list[str] | None:
    """The names in a list that a table holds as text, as pandas and R write it."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            found = read_authors(read(text))
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return found if isinstance(found, list) else None
    return None


READ_VALUE: dict[str, Callable[[Any], Any]] = {
    "text": read_text,
    "title": read_name,
    "url": read_url,
    "date": read_given_date,
    "updated": read_given_date,
    "authors": read_authors,
    "publication": read_publication,
    "section": read_name,
    "page": read_page_number,
    "language": read_language,
    "id": read_name,
}
"""How a value of each meaning is read; null where it cannot be one."""
