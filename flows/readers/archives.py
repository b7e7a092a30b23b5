"""What the archives of the press have in common: many articles a file, each with a header that says where it stood."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from flows.readers.columns import READ_VALUE
from flows.readers.dates import read_given_date
from flows.readers.records import Fault, Record, fault, make_text_record
from flows.readers.sources import BUFFER_BYTES, Source

PARTICLES = {
    "de",
    "du",
    "des",
    "d",
    "la",
    "le",
    "les",
    "van",
    "von",
    "der",
    "den",
    "el",
    "al",
    "ben",
    "et",
    "and",
    "avec",
}
NAMES_WORDS = 12
"""Words that a line of authors has at most: three names with their particles."""
PAGE = re.compile(r"\b(?:p(?:ages?|g)?\.?\s?)(?P<page>[A-Z]{0,4}\s?\d[\w,/ -]*)", re.IGNORECASE)
WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b,?",
    re.IGNORECASE,
)


class Article(NamedTuple):
    """One article of an archive."""

    raw: bytes
    """Its bytes in the file, in `encoding`."""
    text: str
    """What it tells, without its title: paragraphs with blank lines between."""
    given: dict[str, Any]
    """What its header says, by the names of flows.readers.columns.MEANINGS."""
    wrong: str | None = None
    """Why it could not be read; null where it was."""


def give_articles(
    source: Source, kind: str, articles: Iterable[Article], encoding: str = "utf-8"
) -> Iterator[Record | Fault]:
    """Records of the articles of a file, and a fault for each that was not understood; how many is said at the end."""
    seen = read = 0
    for number, article in enumerate(articles):
        seen += 1
        if article.wrong:
            detail = f"{article.wrong}; {kind} saw {seen} articles so far and read {read}"
            yield fault(source, number, "article not understood", detail, article.raw)
            continue
        given = _settle(article.given)
        item = make_text_record(source, number, article.raw, article.text, given, encoding=encoding)
        read += isinstance(item, dict)
        yield item
    source.say(f"{kind}: {read} of {seen} articles read")
    if not seen:
        yield fault(source, None, "layout not known", f"it looks like {kind}, but no article was found in it")


def _settle(given: dict[str, Any]) -> dict[str, Any]:
    """What a header says, in the forms of given columns, and that a header says it; without what cannot be a value."""
    settled = {name: READ_VALUE[name](value) if name in READ_VALUE else value for name, value in given.items() if value}
    return {name: value for name, value in settled.items() if value} | {"declared_by": "header"}


def judge(raw: bytes, text: str, given: dict[str, Any], is_whole: bool = True) -> Article:
    """An article with what is wrong with it: cut short by the end of the file, without a text, or without a head."""
    if not is_whole:
        return Article(raw, text, given, "it is cut short by the end of the file")
    if not text.strip():
        return Article(raw, text, given, "it has no text")
    if not given.get("title") and not given.get("date"):
        return Article(raw, text, given, "it has neither title nor date where this layout has them")
    return Article(raw, text, given)


def cut_at(stream: BinaryIO, pattern: re.Pattern[bytes], most: int) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream before each match of a pattern.

    Out: the pieces, each with whether it is the last; what stands before the first match is no piece. A piece above
    `most` bytes comes as its first `most`.
    """
    buffer = stream.read(BUFFER_BYTES)
    start = pattern.search(buffer)
    while not start and len(buffer) < most and (more := stream.read(BUFFER_BYTES)):
        buffer += more
        start = pattern.search(buffer)
    if not start:
        return
    buffer = buffer[start.start() :]
    searched = 1
    while True:
        following = pattern.search(buffer, searched)
        if following:
            yield buffer[: min(following.start(), most)], False
            buffer, searched = buffer[following.start() :], 1
            continue
        searched = max(1, len(buffer) - 1_000)  # a match may begin in this piece and end in the next
        more = stream.read(BUFFER_BYTES)
        if not more:
            yield buffer[:most], True
            return
        buffer = buffer[: most + 1_000] + more


BREAKING = {
    "p", "br", "div", "li", "tr", "td", "th", "table", "section", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol",
    "center",
}  # fmt: skip
"""Elements of a page that begin and end a line."""


def to_lines(element: Any) -> list[str]:
    """The text of an element of a page in lines, one a paragraph or break of line; none empty."""
    return [line for piece in "".join(_pieces(element)).split("\n") if (line := clean(piece))]


def _pieces(element: Any) -> Iterator[str]:
    yield re.sub(r"\s+", " ", element.text or "") if isinstance(element.tag, str) else ""
    for child in element:
        edge = "\n" if child.tag in BREAKING else ""
        yield edge
        yield from _pieces(child)
        yield edge + re.sub(r"\s+", " ", child.tail or "")


def clean(text: str | None) -> str:
    """One line, its spaces single and plain."""
    return " ".join((text or "").split())


def name_publication(text: str) -> str:
    """A newspaper's name without the number of its issue or what kind of edition it is."""
    name = re.split(
        r",?\s+n[o°]\.?\s*\d|\s+\((?:site web|web site|tous|imprimé|print)\b", clean(text), flags=re.IGNORECASE
    )[0]
    return name.strip(" ,;-")


def looks_like_names(line: str) -> bool:
    """Whether a line may be that of authors: a few words, each with a capital or a particle, and no end of sentence."""
    words = re.findall(r"[^\W\d_][^\s,;&/]*", line)
    if not words or len(words) > NAMES_WORDS or re.search(r"\d|[.!?:»]\s*$", line):
        return False
    names = [re.sub(r"^[dD]['’](?=\w)", "", word) for word in words if word.lower() not in PARTICLES | {"par", "by"}]
    return all(name[0].isupper() for name in names) and len(names) >= min(2, len(words))


def read_place(line: str) -> dict[str, Any]:
    """Section, date and page of a line such as « Régions, samedi 9 avril 2022, p. 3 »."""
    line = clean(line)
    found: dict[str, Any] = {}
    if page := PAGE.search(line):
        found["page"] = page["page"].strip(" ,")
    date, before = split_date(line)
    if date:
        found["date"] = date
        section = WEEKDAY.sub("", before).strip(" ,;|-")
        if section and not re.search(r"\d", section):
            found["section"] = section
    return found


def split_date(line: str) -> tuple[str | None, str]:
    """The date of a line and what stands before it."""
    date = read_given_date(line)
    if date is None or len(date) < len("2023-03-14"):
        return None, line
    day = re.search(
        r"\b\d{1,2}(?:er|st|nd|rd|th)?[ .,-]+[^\W\d]+[ .,-]+\d{4}|[^\W\d]+\s\d{1,2},?\s\d{4}|\d{4}-\d\d-\d\d", line
    )
    return date, line[: day.start()] if day else ""
