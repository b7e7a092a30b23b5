"""A .txt or .md file: one record; the front matter of a .md file becomes given columns."""

from collections.abc import Iterator
from typing import Any

import yaml

from flows.readers.records import Fault, Record, name_given, not_text, too_long
from flows.readers.sources import Source, read_whole
from transforms.documents import Decoded, NotText, decode, make_record

SUFFIXES = (".txt", ".md")


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
    if source.suffix == ".md":
        given, text = split_front_matter(decoded.text)
        decoded = Decoded(text, decoded.encoding)
    yield make_record(source.source_path, None, raw, decoded, given)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML front matter of a Markdown text, and the text after it; an empty one where it has none that is YAML."""
    if not text.startswith("---\n"):
        return {}, text
    head, mark, rest = text[4:].partition("\n---\n")
    if not mark:
        return {}, text
    try:
        given = yaml.safe_load(head)
    except yaml.YAMLError:
        return {}, text
    return (name_given(given), rest) if isinstance(given, dict) else ({}, text)
