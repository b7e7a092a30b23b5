"""Web pages: a record a page, or one an article where a page holds several; their text is extracted where it is
processed."""

from collections.abc import Iterator
from typing import Any

from flows.readers.records import Fault, Record, not_text, tidy_given, too_long
from flows.readers.sources import Source, read_whole
from transforms.documents import Decoded, NotText, decode_markup, make_record
from transforms.pages.several import cut_articles, read_title_of_page

SUFFIXES = (".html", ".htm", ".xhtml")


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the page, whole or article by article."""
    raw = read_whole(source)
    if raw is None:
        yield too_long(source, None, source.head)
        return
    try:
        decoded = decode_markup(raw)
    except NotText as error:
        yield not_text(source, None, error, raw)
        return
    articles = cut_articles(raw)
    if not articles:
        yield make_page_record(source, None, raw, decoded, {})
        return
    source.say(f"{len(articles)} articles in one page")
    given = {"page_title": read_title_of_page(decoded.text)}
    for number, article in enumerate(articles):
        text = article.decode(decoded.encoding, "replace")
        yield make_page_record(source, number, article, Decoded(text, decoded.encoding), given)


def make_page_record(
    source: Source, record: int | None, raw: bytes, decoded: Decoded, given: dict[str, Any]
) -> Record | Fault:
    """A record of the bytes of a page, or of a part of one, with what is known of it besides."""
    if len(raw) > source.limits.record_bytes:
        return too_long(source, record, raw)
    told = tidy_given({name: value for name, value in given.items() if value})
    return make_record(source.source_path, record, raw, decoded, told, is_page=bool(raw.strip()))
