"""RSS and Atom, as they are fetched and kept: a record an item."""

import re
from collections.abc import Iterator
from typing import Any

from flows.readers.dates import read_given_date
from flows.readers.records import Fault, Record, fault, first_line, tidy_given
from flows.readers.sources import Source
from transforms.documents import Decoded, make_record, tidy_line_breaks

SUFFIXES = (".rss", ".atom")
FEED = re.compile(rb"<(?:rss\b|rdf:RDF\b|feed\b[^>]*http://www\.w3\.org/2005/Atom|[\w-]+:feed\b)", re.IGNORECASE)
ITEMS = ("item", "entry")
TEXTS = ("encoded", "content", "description", "summary", "subtitle")
"""Elements that hold the text of an item, the whole one first."""

DATES = ("pubDate", "published", "issued", "date", "created")
AUTHORS = ("creator", "author", "name")
MAIL_OF = re.compile(r"^\S+@\S+\s*\((.+)\)$")
"""An author of RSS 2.0: redaction@journal.example (Lise Amar)."""

Element = Any


def knows(source: Source) -> bool:
    """Whether a feed begins in the first bytes."""
    return source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(FEED.search(source.head[:4096]))


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the items one by one; what stands before the place where a feed breaks off is kept."""
    from lxml import etree  # noqa: PLC0415  # only where there is such a file

    number, channel = 0, None
    with source.open() as stream:
        events = etree.iterparse(
            stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
        )
        try:
            for _, element in events:
                name = _name(element)
                if name == "title" and _name(element.getparent()) in ("channel", "feed"):
                    channel = _text(element)
                elif name in ITEMS:
                    yield _read_item(source, number, element, channel)
                    number += 1
                    element.clear()
        except etree.XMLSyntaxError as error:
            yield fault(source, number, "feed is damaged", f"{first_line(error)}; {number} items before were read")


def _read_item(source: Source, number: int, item: Element, channel: str | None) -> Record | Fault:
    from lxml import etree  # noqa: PLC0415

    from transforms.pages.fragments import read_fragment  # noqa: PLC0415
    from transforms.pages.names import clean_publication  # noqa: PLC0415

    raw = etree.tostring(item, encoding="utf-8", with_tail=False)
    body = next((text for name in TEXTS if (text := _first(item, name))), "")
    fragment = read_fragment(body)
    given = {
        "title": read_fragment(_first(item, "title") or "").text.replace("\n", " "),
        "url": _link(item),
        "date": read_given_date(next((d for d in (_first(item, n) for n in DATES) if d), None)),
        "updated": read_given_date(_first(item, "updated")),
        "authors": _authors(item),
        "section": _first(item, "category"),
        "publication": clean_publication(channel or ""),
        "declared_by": "header",
    }
    told = tidy_given({name: value for name, value in given.items() if value})
    decoded = Decoded(tidy_line_breaks(fragment.text), "utf-8")
    return make_record(source.source_path, number, raw, decoded, told, line_kinds=fragment.line_kinds)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    """The text of an element; of Atom's xhtml its markup."""
    from lxml import etree  # noqa: PLC0415

    if len(element):
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return (element.text or "").strip()


def _first(item: Element, name: str) -> str | None:
    return next((text for child in item if _name(child) == name and (text := _text(child))), None)


def _link(item: Element) -> str | None:
    links = [child for child in item if _name(child) == "link"]
    found = [c.get("href") for c in links if c.get("rel") in (None, "alternate")] + [c.text for c in links]
    guid = _first(item, "guid") or _first(item, "id") or ""
    return next((link.strip() for link in found if link and link.strip()), guid if guid.startswith("http") else None)


def _authors(item: Element) -> list[str]:
    """Names of persons; an address before one is left out."""
    texts = [_first(child, "name") or _text(child) for child in item if _name(child) in ("creator", "author")]
    return [MAIL_OF.sub(r"\1", text) for text in texts if text and not re.fullmatch(r"\S+@\S+", text)]
