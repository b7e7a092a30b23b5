"""Archives of the press as text: a .txt, or the text of a .rtf or .docx, that holds many articles."""

import io
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flows.readers import europresse, factiva, nexis
from flows.readers.archives import Article, give_articles
from flows.readers.encodings import choose_encoding, open_text
from flows.readers.records import Fault, Record
from flows.readers.sources import Source


class TextArchive(NamedTuple):
    """An archive whose articles can be told apart in plain text."""

    name: str
    knows: Callable[[str], bool]
    read: Callable[[Iterator[str], str], Iterator[Article]]


ARCHIVES = (
    TextArchive("Nexis", nexis.knows_text, nexis.read_lines),
    TextArchive("Factiva", factiva.knows_text, factiva.read_lines),
    TextArchive("Europresse", europresse.knows_text, europresse.read_lines),
)
"""In the order in which they are asked."""
TEXT_SUFFIXES = (".txt", ".text", "")
MENTIONED = re.compile(rb"document|certificat", re.IGNORECASE)
"""One of these stands below each article of each archive: most texts need not be looked at line by line."""


def find_archive(text: str) -> TextArchive | None:
    """The archive whose text this is, or begins; null where it is none."""
    return next((archive for archive in ARCHIVES if archive.knows(text)), None)


def _head(source: Source) -> str:
    return source.head.decode(choose_encoding(source.head), "replace")


def knows(source: Source) -> bool:
    """Whether a text file holds articles of an archive."""
    if source.suffix not in TEXT_SUFFIXES or not MENTIONED.search(source.head):
        return False
    return find_archive(_head(source)) is not None


def read(source: Source) -> Iterator[Record | Fault]:
    """Read a text file article by article."""
    archive = find_archive(_head(source))
    if archive is None:
        return
    encoding = choose_encoding(source.head)
    with open_text(source, encoding) as stream:
        yield from give_articles(source, archive.name, archive.read(iter(stream), encoding), encoding)


def read_extracted(source: Source, archive: TextArchive, text: str) -> Iterator[Record | Fault]:
    """Read the text that was taken out of a document; the bytes of each article are those of its text."""
    lines = iter(io.StringIO(text))
    yield from give_articles(source, archive.name, archive.read(lines, "utf-8"))
