"""Titles given beside a text: found where the text prints them, else put above it.

Without Polars, as all that reads files.
"""

import html
import re
from typing import Any, NamedTuple

HEADER_LINES = 12
"""Lines with words among which a text prints its title: below sections, a date, a byline."""

LONGEST_TITLE = 500
"""A longer value is no title; of 36k articles the longest has 172 characters."""

TITLE_ROWS = 4
"""Lines over which a printed title may be wrapped."""

SHORTEST_CUT = 20
"""Characters of a title cut short (La mairie de Brissac annonce la ferme…) by which the whole one is known."""

TAG = re.compile(r"<[^<>]{1,400}>")
SITE_BEHIND = re.compile(r"\s+[|–—·•-]\s+.{2,45}$")
CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")


class Span(NamedTuple):
    """A passage of documents.text; code points from 0, end excluded."""

    start: int
    end: int


def read_given_title(given: dict[str, Any]) -> str | None:
    """The title given beside a text, on one line; null where there is none, or no words are in it."""
    title = given.get("title")
    tidy = " ".join(TAG.sub(" ", title).split()) if isinstance(title, str) else ""
    return tidy if len(tidy) <= LONGEST_TITLE and _fold(tidy) else None


def put_title_first(text: str, given: dict[str, Any]) -> str:
    """The text with the given title as its first line, a blank one below it; as it is where it prints that title
    among its first lines, or where nothing is given, or the text is blank."""
    title = read_given_title(given)
    if title is None or not text.strip() or find_printed_title(text, title):
        return text
    return f"{title}\n\n{text}"


def find_printed_title(text: str, title: str) -> Span | None:
    """Where the first lines of a text print a title; null where they do not.

    The same letters and digits are the same title, over one line or several, with the name of a site behind it; a given
    title that was cut short is that of the line that goes on.
    """
    wanted = _fold(title)
    lines = _first_lines(text)
    for first in range(len(lines)):
        for last in range(first, min(first + TITLE_ROWS, len(lines))):
            span = Span(lines[first].start, lines[last].end)
            if _fold(text[span.start : span.end]) == wanted:
                return span
    return next((line for line in lines if _is_longer_form(text[line.start : line.end], title)), None)


def _is_longer_form(line: str, title: str) -> bool:
    """Whether a line is the title with the name of a site behind it, or the whole of a title that was cut short."""
    if _fold(SITE_BEHIND.sub("", line)) == _fold(title):
        return True
    start = CUT_SHORT.sub("", title)
    return start != title and len(start) >= SHORTEST_CUT and _fold(line).startswith(_fold(start)) and line[-1:] != "."


def _first_lines(text: str) -> list[Span]:
    """The first lines with words, without white space and tags around them."""
    spans: list[Span] = []
    for match in re.finditer(r"[^\n<>]+", TAG.sub(lambda m: "\n" * len(m.group()), text[: HEADER_LINES * 400])):
        line = match.group()
        if _fold(line):
            left = len(line) - len(line.lstrip())
            spans.append(Span(match.start() + left, match.start() + len(line.rstrip())))
        if len(spans) == HEADER_LINES:
            break
    return spans


def _fold(text: str) -> str:
    """Letters and digits in small letters, entities decoded."""
    return re.sub(r"[\W_]+", "", html.unescape(text).casefold().replace("œ", "oe"))
