"""WARC (also ARC) and WET, as crawlers and Common Crawl write them: a record a page, or a text."""

import re
import zlib
from collections.abc import Iterator
from typing import Any

from flows.readers.pages import make_page_record
from flows.readers.records import Fault, Record, fault, not_text, tidy_given, too_long
from flows.readers.sources import Source
from transforms.documents import NotText, decode, decode_markup, make_record
from transforms.pages.words import fold

SUFFIXES = (".warc", ".wet", ".arc")
MAGIC = b"WARC/"
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/plain",)
TITLE_LINES = 60
"""Lines of a text of WET among which its title is printed again: below the menu."""

SHORTEST_TITLE = 15
TYPES = ("response", "conversion", "resource")
OK = "200"
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,30})", re.IGNORECASE)
Item = Any
"""A record of warcio, which has no types."""


def knows(source: Source) -> bool:
    """Whether the file begins as the format says."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the responses that are pages, and the texts taken from pages; redirects, pictures and the like are counted
    and told in one line, but are no records."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  # only where there is such a file

    found, others, is_told = 0, 0, False
    with source.open() as stream:
        pieces = Pieces(stream)
        for item in ArchiveIterator(pieces):
            if item.rec_type not in TYPES:
                continue
            kind = _content_type(item)
            if kind not in (*PAGES, *TEXTS) or _status(item) != OK:
                others += 1
                continue
            record = _read_item(source, found, item, kind)
            is_told |= isinstance(record, Fault)
            yield record
            found += 1
    if pieces.is_cut and not is_told:
        yield fault(source, found, "file is cut short", f"{found} records before were read")
    elif not found:
        yield fault(source, None, "empty", "no page, and no text taken from one")
    if others:
        source.say(f"{others} records are no pages (redirects, pictures, errors) and were passed over")


class Pieces:
    """A stream that gives what can be read of a file that was cut short, and then ends; warcio takes an error for the
    end, and loses what was read with it."""

    def __init__(self, stream: Any) -> None:
        """Start where the stream is."""
        self._stream = stream
        self.is_cut = False

    def read(self, size: int) -> bytes:
        """Read some bytes; none at the end, or where the file breaks off."""
        try:
            return bytes(self._stream.read1(size))
        except EOFError:
            self.is_cut = True
            return b""


def _content_type(item: Item) -> str:
    headers = item.http_headers or item.rec_headers
    return str(headers.get_header("Content-Type", "")).split(";")[0].strip().lower()


def _status(item: Item) -> str:
    """The status of the server's answer; what is no answer is whole."""
    return str(item.http_headers.get_statuscode()) if item.http_headers else OK


def _read_item(source: Source, number: int, item: Item, kind: str) -> Record | Fault:
    """A record of one page or text; whatever goes wrong in it costs only that one."""
    most = source.limits.record_bytes
    given = {
        "url": item.rec_headers.get_header("WARC-Target-URI"),
        "crawled_at": item.rec_headers.get_header("WARC-Date"),
    }
    try:
        raw = item.content_stream().read(most + 1)
        if len(raw) > most:
            return too_long(source, number, raw)
        if getattr(item.raw_stream, "limit", 0) > 0:
            return fault(source, number, "page is cut short", "the file ends before the page does", raw)
        if kind in PAGES:
            return make_page_record(source, number, raw, decode_markup(raw, _charset(item)), given)
        return _make_text_record(source, number, raw, given)
    except NotText as error:
        return not_text(source, number, error, b"")
    except (zlib.error, EOFError, ValueError) as error:
        return fault(source, number, "page cannot be expanded", str(error))


def _make_text_record(source: Source, number: int, raw: bytes, given: dict[str, Any]) -> Record:
    """A record of a text, with the title that its lines tell. Errors: NotText."""
    decoded = decode(raw)
    told = {**given, "title": title_of_text(decoded.text)}
    told = tidy_given({name: value for name, value in told.items() if value})
    return make_record(source.source_path, number, raw, decoded, told)


def _charset(item: Item) -> str | None:
    """The encoding that the server declares."""
    declared = CHARSET.search(str(item.http_headers.get_header("Content-Type", ""))) if item.http_headers else None
    return declared[1].lower() if declared else None


def title_of_text(text: str) -> str | None:
    """The title of a text taken from a page: its first line is the page's title, with the name of the site, and further
    down the heading says the same without it; null where no line does."""
    first, *lines = text.lstrip().split("\n", TITLE_LINES)[:TITLE_LINES] or [""]
    whole = fold(first)
    same = (line.strip() for line in lines if len(line.strip()) >= SHORTEST_TITLE)
    return next((line for line in same if fold(line) and whole.startswith(fold(line))), None)
