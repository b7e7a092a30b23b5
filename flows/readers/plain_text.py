"""A .txt or .md file: one record; the front matter of a .md file becomes given columns."""

from collections.abc import Iterator
from typing import Any

from flows.readers.companions import given_beside
from flows.readers.front_matter import split_front_matter
from flows.readers.records import Fault, Record, not_text, tidy_given, too_long, warn_of_more
from flows.readers.sources import Source, read_whole
from transforms.documents import Decoded, NotText, decode, make_record

SUFFIXES = (".txt", ".md", ".markdown", ".text")
WITH_FRONT_MATTER = (".md", ".markdown")


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the file as one record."""
    raw = read_whole(source)
    if raw is None:
        yield too_long(source, None, source.head)
        return
    try:
        decoded = decode(raw)
    except NotText as error:
        yield not_text(source, None, error, raw)
        return
    given: dict[str, Any] = {}
    if source.suffix in WITH_FRONT_MATTER:
        given, text = split_front_matter(decoded.text)
        decoded = Decoded(text, decoded.encoding)
    given |= {name: value for name, value in given_beside(source).items() if name not in given}
    yield make_record(source.source_path, None, raw, decoded, tidy_given(given))
    yield from warn_of_more(source, decoded.text)
