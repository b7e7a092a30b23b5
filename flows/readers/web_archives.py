"""WARC and WET, as crawlers and Common Crawl write them: a record a page, or a text."""

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flows.readers.pages import make_page_record
from flows.readers.records import Fault, Record, fault, not_text, tidy_given, too_long
from flows.readers.sources import Source
from transforms.documents import NotText, decode, decode_markup, make_record
from transforms.pages.words import fold

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

SUFFIXES = (".warc", ".wet")
MAGIC = b"WARC/"
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/plain",)
TITLE_LINES = 60
"""Lines of a text of WET among which its title is printed again: below the menu."""

SHORTEST_TITLE = 15


def knows(source: Source) -> bool:
    """Whether the file begins as the format says."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the responses that are pages, and the texts taken from pages; redirects, pictures and the like are counted
    and told in one line, but are no records."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  # only where there is such a file

    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    found, others = 0, 0
    with source.open() as stream:
        for item in ArchiveIterator(stream, record_types=kinds, parse_http=True):
            kind = _content_type(item)
            if kind not in (*PAGES, *TEXTS) or (item.is_http and _status(item) != OK):
                others += 1
                continue
            yield _read_item(source, found, item, kind)
            found += 1
    if others:
        source.say(f"{others} records are no pages (redirects, pictures, errors) and were passed over")


OK = 200


def _content_type(item: "WarcRecord") -> str:
    if item.is_http and item.http_headers is not None:
        return (item.http_headers.get("Content-Type") or "text/html").split(";")[0].strip().lower()
    return (item.headers.get("Content-Type") or "").split(";")[0].strip().lower()


def _status(item: "WarcRecord") -> int | None:
    return item.http_headers.status_code if item.http_headers is not None else None


def _read_item(source: Source, number: int, item: "WarcRecord", kind: str) -> Record | Fault:
    """A record of one page or text; whatever goes wrong in it costs only that one."""
    raw = item.reader.read(source.limits.record_bytes + 1)
    if len(raw) > source.limits.record_bytes:
        return too_long(source, number, raw)
    given = {"url": item.headers.get("WARC-Target-URI"), "crawled_at": item.headers.get("WARC-Date")}
    try:
        body = _undo_coding(item, raw)
        if kind in PAGES:
            return make_page_record(source, number, body, decode_markup(body, _charset(item)), given)
        decoded = decode(body)
        told = {**given, "title": title_of_text(decoded.text)}
        told = tidy_given({name: value for name, value in told.items() if value})
        return make_record(source.source_path, number, body, decoded, told)
    except NotText as error:
        return not_text(source, number, error, raw)
    except (zlib.error, EOFError, OSError) as error:
        return fault(source, number, "page cannot be expanded", str(error), raw)


def _charset(item: "WarcRecord") -> str | None:
    return item.http_charset if item.is_http else None


def _undo_coding(item: "WarcRecord", raw: bytes) -> bytes:
    """The page as it was before the server compressed it. Errors: zlib.error."""
    coding: Any = item.http_headers.get("Content-Encoding") if item.is_http and item.http_headers is not None else None
    name = (coding or "").strip().lower()
    if name in ("gzip", "x-gzip") and raw.startswith(b"\x1f\x8b"):
        return zlib.decompress(raw, wbits=31)
    if name == "deflate":
        return zlib.decompress(raw, wbits=15 if raw[:1] == b"\x78" else -15)
    return raw


def title_of_text(text: str) -> str | None:
    """The title of a text taken from a page: its first line is the page's title, with the name of the site, and further
    down the heading says the same without it; null where no line does."""
    first, *lines = text.lstrip().split("\n", TITLE_LINES)[:TITLE_LINES] or [""]
    whole = fold(first)
    same = (line.strip() for line in lines if len(line.strip()) >= SHORTEST_TITLE)
    return next((line for line in same if fold(line) and whole.startswith(fold(line))), None)
