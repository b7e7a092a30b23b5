"""Europresse (also Eureka.cc): pages of articles saved as .html, in both layouts, and as text."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from flows.readers.archives import (
    Article,
    clean,
    cut_at,
    give_articles,
    judge,
    looks_like_names,
    name_publication,
    read_place,
    to_lines,
)  # fmt: skip
from flows.readers.encodings import choose_encoding
from flows.readers.records import Fault, Record
from flows.readers.sources import Source

ARTICLE = re.compile(rb"<article[\s>]", re.IGNORECASE)
TABLE = re.compile(rb"<span[^>]*\bclass\s*=\s*[\"']?DocPublicationName\b", re.IGNORECASE)
NUMBER = re.compile(r"news\s?[·•.]\s?(?P<day>(?:19|20)\d{6})\s?[·•.]\s?[\w-]+\s?[·•.]\s?\w+")
FOOTER = re.compile(
    r"^(?:©|\(c\)|copyright)\s.{0,200}$"
    r"|^(?:numéro de document|document number|certificat|date d['’]émission|issue date)\s?:?"
    r"|^news\s?[·•]|^(?:ce certificat est émis|this certificate is issued|le présent document est protégé)",
    re.IGNORECASE,
)
"""What stands below an article: rights, its number, and the certificate of whoever saved it."""
CERTIFICATE = re.compile(
    r"^\s*(?:numéro de document|document number|ce certificat est émis|this certificate is issued)",
    re.IGNORECASE | re.MULTILINE,
)
FIRST_PUBLISHED = ("Cet article est paru dans", "This article appeared in")


def knows(source: Source) -> bool:
    """Whether the page has the marks of the service, of either layout."""
    return b"DocPublicationName" in source.head and source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read(source: Source) -> Iterator[Record | Fault]:
    """Read a page article by article."""
    encoding = choose_encoding(source.head)
    new = bool(ARTICLE.search(source.head))
    with source.open() as stream:
        pieces = cut_at(stream, ARTICLE if new else TABLE, source.limits.record_bytes)
        read_piece = read_article if new else read_table
        articles = (read_piece(piece, is_last, encoding) for piece, is_last in pieces)
        yield from give_articles(source, "Europresse", articles, encoding)


def _decode(raw: bytes, encoding: str) -> str:
    """Pages announce ISO-8859-1 and hold bytes of cp1252: what is no UTF-8 is read as cp1252, as browsers do."""
    try:
        return raw.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def read_article(raw: bytes, is_last: bool, encoding: str) -> Article:
    """An <article> of the present layout, known by its classes."""
    raw, end, _ = raw.partition(b"</article>")
    page = html.fragment_fromstring(_decode(raw, encoding) or "<p></p>", create_parent="div")
    given: dict[str, Any] = {
        "publication": name_publication(_first(page, "DocPublicationName")),
        **read_place(_first(page, "DocHeader") or _after_heading(page)),
        **_read_heads(page),
    }
    number = NUMBER.search(clean(page.text_content()))
    if number:
        given["id"] = number[0]
        given.setdefault("date", f"{number['day'][:4]}-{number['day'][4:6]}-{number['day'][6:]}")
    paragraphs, url = _read_paragraphs(page)
    given["url"] = url
    deck = given.pop("deck", None)
    return judge(raw + end, "\n\n".join(filter(None, [deck, *paragraphs])), given, bool(end) or not is_last)


def _by_class(page: Any, name: str) -> list[Any]:
    return list(page.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"))


def _first(page: Any, name: str) -> str:
    """The text of the first element of a class; of a name on several lines its first."""
    found = _by_class(page, name)
    lines = [line for line in found[0].text_content().split("\n") if line.strip()] if found else []
    return clean(re.split(r"\s{8,}", lines[0].strip())[0]) if lines else ""


def _after_heading(page: Any) -> str:
    found = page.xpath(".//span[@class='DocTitreSousSection']/following-sibling::span[1]")
    return clean(found[0].text_content()) if found else ""


def _read_heads(page: Any) -> dict[str, Any]:
    """Title, what stands above and below it, and the authors, who follow the title in a place without a name."""
    box = next(iter(_by_class(page, "titreArticle")), None)
    title = next(iter(_by_class(page, "rdp__articletitle") or _by_class(page, "titreArticleVisu")), box)
    given: dict[str, Any] = {"title": clean(title.text_content()) if title is not None else ""}
    authors = _by_class(page, "docAuthors")
    given["authors"] = clean(authors[0].text_content()) if authors else ""
    if box is not None:
        given["kicker"] = _first(box, "sm-margin-bottomNews")
        given["deck"] = _first(box, "rdp__subtitle")
        follows = box.getnext()
        if not authors and follows is not None and follows.tag in ("div", "p"):
            line = clean(follows.text_content())
            given["authors"] = line if looks_like_names(line) else ""
    return given


def _read_paragraphs(page: Any) -> tuple[list[str], str | None]:
    """The paragraphs of the text, and the address where it first appeared, which the service puts among them."""
    boxes = _by_class(page, "docOcurrContainer") or _by_class(page, "DocText")
    paragraphs: list[str] = []
    url = None
    for box in boxes:
        for link in box.iter("a"):
            if link.text_content().strip().startswith(FIRST_PUBLISHED):
                url = link.get("href")
        paragraphs += [line for line in to_lines(box) if not line.startswith(FIRST_PUBLISHED)]
    return paragraphs, url


def read_table(raw: bytes, is_last: bool, encoding: str) -> Article:
    """A table of the older layout: spans with classes for newspaper, place and title, then lines parted by breaks."""
    text = _decode(raw, encoding)
    is_whole = not is_last or bool(NUMBER.search(text)) or "</td>" in text.lower()
    page = html.fragment_fromstring(text, create_parent="div")
    title = next(iter(_by_class(page, "TitreArticleVisu") or _by_class(page, "titreArticleVisu")), None)
    headers = "".join(span.text_content() for span in _by_class(page, "DocHeader"))
    given: dict[str, Any] = {
        "publication": name_publication(_first(page, "DocPublicationName")),
        **read_place(headers),
        "title": clean(title.text_content()) if title is not None else "",
    }
    lines = to_lines(page)
    below = lines.index(given["title"]) + 1 if given["title"] in lines else 0
    return _read_lines(raw, lines[below:], given, is_whole)


def _read_lines(raw: bytes, lines: list[str], given: dict[str, Any], is_whole: bool) -> Article:
    """The lines below a title: perhaps authors, then the text, then the footer."""
    end = next((place for place, line in enumerate(lines) if FOOTER.match(line)), len(lines))
    text = lines[:end]
    if len(text) > 1 and looks_like_names(text[0]):
        given["authors"] = text.pop(0)
    number = next((match for line in lines[end:] if (match := NUMBER.search(line))), None)
    given["id"] = number[0] if number else None
    return judge(raw, "\n\n".join(text), given, is_whole)


def knows_text(text: str) -> bool:
    """Whether a text is a selection of articles: numbers of documents below them, and the certificate."""
    return bool(NUMBER.search(text)) and bool(CERTIFICATE.search(text))


def read_lines(lines: Iterator[str], encoding: str) -> Iterator[Article]:
    """The articles of a text; each ends with the last line of its footer."""
    piece: list[str] = []
    in_footer = False
    for line in lines:
        is_footer = bool(FOOTER.match(clean(line)) or NUMBER.match(clean(line)))
        if in_footer and clean(line) and not is_footer:
            yield _read_text(piece, encoding, True)
            piece, in_footer = [], False
        in_footer = in_footer or bool(NUMBER.search(line) and is_footer)
        piece.append(line)
    if any(map(clean, piece)):
        yield _read_text(piece, encoding, in_footer)


def _read_text(piece: list[str], encoding: str, is_whole: bool) -> Article:
    lines = [clean(line) for line in piece if clean(line)]
    place = next((n for n, line in enumerate(lines[:8]) if "date" in read_place(line)), None)
    raw = "".join(piece).encode("utf-8" if encoding == "utf-8-sig" else encoding, "surrogateescape")
    if place is None or len(lines) < place + 3:
        return Article(raw, "", {}, "no line with a newspaper's day was found" if is_whole else "it is cut short")
    given = {
        "publication": name_publication(" ".join(lines[:place])),
        **read_place(lines[place]),
        "title": lines[place + 1],
    }
    return _read_lines(raw, lines[place + 2 :], given, is_whole)
