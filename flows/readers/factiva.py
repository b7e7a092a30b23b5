"""Factiva: articles saved as .html, as text or as .rtf, with their fields (HD, BY, PD, SN, LP, TD) or without."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from flows.readers.archives import Article, clean, cut_at, give_articles, judge, looks_like_names, to_lines
from flows.readers.dates import read_given_date
from flows.readers.encodings import choose_encoding
from flows.readers.records import Fault, Record
from flows.readers.sources import Source

BOX = re.compile(rb"<div[^>]*\bclass\s*=\s*[\"']?article\s+[a-z]{2}Article\b", re.IGNORECASE)
FIELDS = {
    "HD": "title", "BY": "authors", "PD": "date", "SN": "publication", "SE": "section", "PG": "page", "LA": "language",
    "AN": "id", "ET": "time", "ED": "edition", "CLM": "column",
}  # fmt: skip
"""Codes of fields, as the service's own help lists them, and what they give; LP and TD are lead and text."""
OTHER_FIELDS = {
    "CR",
    "WC",
    "SC",
    "CY",
    "LP",
    "TD",
    "CO",
    "IN",
    "NS",
    "RE",
    "IPC",
    "IPD",
    "PUB",
    "ART",
    "RF",
    "VOL",
    "CX",
}
LABEL = re.compile(
    rf"^\s*(?P<code>{'|'.join([*FIELDS, *OTHER_FIELDS])})(?:\s*\|\s*|\s{{2,}}|\t|\s*$|\s(?=\S))(?P<rest>.*)$"
)
WORDS = re.compile(r"^\d[\d\s.,]*\s?(?:mots?|words?)$", re.IGNORECASE)
END = re.compile(r"^Document\s+(?P<id>[A-Za-z0-9]{15,40})$")
HOUR = re.compile(r"^\d{1,2}:\d\d(?::\d\d)?(?:\s?(?:GMT|UTC|[AP]M))?$", re.IGNORECASE)
CODE = re.compile(r"^[A-Z0-9]{3,8}$")
PAGE_LINE = re.compile(r"^(?:p(?:age|g)?\.?\s?)?[A-Z]{0,3}\d{1,4}(?:[,;/ -]+[A-Z]?\d{1,4})*$")
LANGUAGE = re.compile(
    r"^(?:français|french|anglais|english|allemand|german|espagnol|spanish|italien|italian)$", re.IGNORECASE
)
RIGHTS = re.compile(r"^(?:\(c\)|©|copyright\b|tous droits|all rights)", re.IGNORECASE)


def knows(source: Source) -> bool:
    """Whether the page has the boxes of the service."""
    return source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and bool(
        BOX.search(source.head) or re.search(rb"<title>\s*Factiva\s*</title>", source.head, re.IGNORECASE)
    )


def read(source: Source) -> Iterator[Record | Fault]:
    """Read a page article by article."""
    encoding = choose_encoding(source.head)
    with source.open() as stream:
        pieces = cut_at(stream, BOX, source.limits.record_bytes)
        articles = (read_box(piece, is_last, encoding) for piece, is_last in pieces)
        yield from give_articles(source, "Factiva", articles, encoding)


def read_box(raw: bytes, is_last: bool, encoding: str) -> Article:
    """One box: a table of fields, or lines whose place says what they are."""
    text = raw.decode("utf-8" if encoding == "utf-8-sig" else encoding, "replace")
    page = html.fragment_fromstring(text, create_parent="div")
    is_whole = not is_last or bool(re.search(r"Document\s+[A-Za-z0-9]{15,40}\s*<", text)) or "</body>" in text.lower()
    rows = [(clean(row[0].text_content()), row[1]) for row in page.iter("tr") if len(row) == 2]
    fields = [(code, to_lines(cell)) for code, cell in rows if code in FIELDS or code in OTHER_FIELDS]
    if fields:
        return _from_fields(raw, fields, is_whole)
    paragraphs = [line for p in page.xpath(".//p[starts-with(@class, 'articleParagraph')]") for line in to_lines(p)]
    for p in page.xpath(".//p[starts-with(@class, 'articleParagraph')]"):
        p.drop_tree()
    lines = to_lines(page)
    head = [line for line in lines if not END.match(line)]
    given = read_head(head)
    given["id"] = next((match["id"] for line in lines if (match := END.match(line))), None)
    return judge(raw, "\n\n".join(paragraphs), given, is_whole)


def _from_fields(raw: bytes, fields: list[tuple[str, list[str]]], is_whole: bool) -> Article:
    given: dict[str, Any] = {}
    text: list[str] = []
    for code, lines in fields:
        if code in ("LP", "TD"):
            text += lines
        elif code in FIELDS:
            given[FIELDS[code]] = clean(" ".join(lines))
    if given.get("id"):
        given["id"] = given["id"].removeprefix("Document ")
    return judge(raw, "\n\n".join(text), _settle(given), is_whole)


def _settle(given: dict[str, Any]) -> dict[str, Any]:
    """Day and time in one date; a language by its name is left to the reader of columns."""
    day, hour = read_given_date(given.get("date")), given.pop("time", None)
    if day and hour and len(day) == len("2023-03-14"):
        day = read_given_date(f"{day} {hour}") or day
    return given | {"date": day}


def read_head(lines: list[str]) -> dict[str, Any]:
    """What the lines above a text say, by their place around the number of words: section, title, authors above it,
    day, hour, newspaper, code, page and language below it.
    """
    words = next((n for n, line in enumerate(lines) if WORDS.match(line)), None)
    if words is None:
        return {}
    above = lines[:words]
    given: dict[str, Any] = {"authors": above.pop() if len(above) > 1 and looks_like_names(above[-1]) else None}
    given["title"] = above.pop() if above else None
    given["section"] = above[0] if above else None
    below = [line for line in lines[words + 1 :] if not RIGHTS.match(line)]
    given["date"] = below.pop(0) if below and read_given_date(below[0]) else None
    given["time"] = below.pop(0) if below and HOUR.match(below[0]) else None
    given["publication"] = below.pop(0) if below else None
    for line in below[:6]:
        if LANGUAGE.match(line):
            given["language"] = line
        elif PAGE_LINE.match(line) and not given.get("page"):
            given["page"] = line
    return _settle(given)


def knows_text(text: str) -> bool:
    """Whether a text is a selection of articles: lines with a number of words, and `Document …` below each article."""
    lines = [clean(line) for line in text.split("\n")]
    has_words = any(WORDS.match(line) for line in lines) or sum(bool(LABEL.match(line)) for line in lines) > 5
    return has_words and any(END.match(_unlabelled(line)) for line in lines)


def _unlabelled(line: str) -> str:
    return re.sub(r"^AN[\s|]+", "", line)


def read_lines(lines: Iterator[str], encoding: str) -> Iterator[Article]:
    """The articles of a text; each ends with its `Document …`."""
    piece: list[str] = []
    for line in lines:
        piece.append(line)
        if END.match(_unlabelled(clean(line))):
            yield _read_text(piece, encoding, True)
            piece = []
    if sum(len(clean(line)) for line in piece) > SEARCH_SUMMARY or any(map(_is_word_count, piece)):
        yield _read_text(piece, encoding, False)


def _is_word_count(line: str) -> bool:
    return bool(WORDS.match(clean(line).removeprefix("WC ")))


SEARCH_SUMMARY = 2_000
"""Characters that a summary of the search may have below the last article."""


def _read_text(piece: list[str], encoding: str, is_whole: bool) -> Article:
    raw = "".join(piece).encode("utf-8" if encoding == "utf-8-sig" else encoding, "surrogateescape")
    lines = [clean(line) for line in piece]
    if any(re.match(r"^(?:LP|TD)\b", line) for line in lines) and any(re.match(r"^HD\b", line) for line in lines):
        return _from_fields(raw, _read_labels(lines), is_whole)
    lines = [line for line in lines if line]
    ends = [n for n, line in enumerate(lines) if END.match(line)]
    end = ends[-1] if ends else len(lines)
    below = _text_begins(lines[:end])
    given = read_head(lines[:below])
    given["id"] = END.match(lines[end])["id"] if ends else None  # type: ignore[index]
    return judge(raw, "\n\n".join(lines[below:end]), given, is_whole)


def _text_begins(lines: list[str]) -> int:
    """The line below the header: it ends with the rights, else with the language, else with the code of the source."""
    words = next((n for n, line in enumerate(lines) if WORDS.match(line)), 0)
    header = lines[words : words + 12]
    for pattern in (RIGHTS, LANGUAGE, CODE):
        found = [n for n, line in enumerate(header) if pattern.match(line)]
        if found:
            return words + found[-1] + 1
    return words + 1


def _read_labels(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Fields of an article written out: each begins with its code at the head of a line."""
    fields: list[tuple[str, list[str]]] = []
    for line in lines:
        match = LABEL.match(line)
        if match:
            fields.append((match["code"], []))
        rest = clean(match["rest"] if match else line).strip("| ")
        if rest and fields:
            fields[-1][1].append(rest)
    return fields
