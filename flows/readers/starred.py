"""Corpora of textometry (IRaMuTeQ, Alceste, rainette): a line of asterisks and starred variables opens each text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flows.readers.archives import Article, clean, give_articles, judge
from flows.readers.columns import name_columns
from flows.readers.encodings import choose_encoding, encode_again, open_text
from flows.readers.records import Fault, Record
from flows.readers.sources import Source

OPENING = re.compile(r"^\ufeff?(?:\*{4}|\d{4,})(?:\s+\*\S|\s*$)")
OPENING_BYTES = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?\s*\*{4}\s+\*\w")
VARIABLE = re.compile(r"\*(?P<name>[^\s*_]+)(?:_(?P<value>[^\s*]*))?")
THEME = re.compile(r"^-\*\S+\s*$")
"""Thematic variables of IRaMuTeQ stand between paragraphs, on lines of their own."""
IN_WORDS = ("title", "authors", "publication", "section")
DATE_PARTS = ("annee", "mois", "jour")


def knows(source: Source) -> bool:
    """Whether a text opens with starred variables."""
    return source.suffix in (".txt", ".text", "") and bool(OPENING_BYTES.match(source.head.lstrip(b"\r\n ")))


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the file text by text; its variables are given columns."""
    encoding = choose_encoding(source.head)
    with open_text(source, encoding) as stream:
        yield from give_articles(source, "IRaMuTeQ", _texts(stream, encoding), encoding)


def _texts(lines: Iterable[str], encoding: str) -> Iterator[Article]:
    piece: list[str] = []
    for line in lines:
        if OPENING.match(line) and piece:
            yield _read(piece, encoding)
            piece = []
        if piece or line.strip():
            piece.append(line)
    if piece:
        yield _read(piece, encoding)


def _read(piece: list[str], encoding: str) -> Article:
    raw = encode_again("".join(piece), encoding)
    if not OPENING.match(piece[0]):
        return Article(raw, "", {}, "no line of **** opens it")
    text = "".join(line for line in piece[1:] if not THEME.match(line)).strip()
    given = read_variables(piece[0])
    article = judge(raw, text, given | {"title": given.get("title") or "?"})
    return article._replace(given=given)


def read_variables(line: str) -> dict[str, Any]:
    """The variables of an opening line by meaning. The tool takes no space: _ in words stands for one; words that were
    written together stay so.
    """
    found = {match["name"]: match["value"] or True for match in VARIABLE.finditer(clean(line))}
    date = "-".join(str(found[part]).zfill(2) for part in DATE_PARTS if part in found)
    if date and not any(name in found for name in ("date", "jma")):
        found["date"] = date
    given = name_columns(found)[1]
    return given | {name: given[name].replace("_", " ") for name in IN_WORDS if isinstance(given.get(name), str)}
