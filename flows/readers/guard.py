"""A guard for archives that no reader knows: a file of which one article was made, and that repeats a header."""

import re
from itertools import pairwise
from typing import NamedTuple

LEAST_HEADERS = 3
LEAST_BETWEEN = 300
"""Characters of text between two headers; comments and entries of a live page stand closer together."""
LONGEST_HEADER = 120
HEADER = re.compile(
    r"^(?:"
    r"[#]{1,5}\s?(?:mots?|words?)"
    r"|(?:document|article|texte?|n°|no\.?)\s?(?:n°|no\.?|#)?\s?[#]+(?:\s?(?:/|sur|of|de)\s?[#]+)?.{0,40}"
    r"|(?:copyright|©|\(c\))\s(?:[^\W\d]+\s)?[#]{4}\b.{0,80}"
    r"|(?:titre|title|auteurs?|authors?|byline|date|source|journal|publication|rubrique|section|url|langue|language"
    r"|longueur|length)\s?[:=].*"
    r"|(?:[^\W\d]+,?\s)?(?:le\s)?[#]{1,2}(?:er)?\s[^\W\d]{3,9}\.?\s[#]{4}(?:,?\s.{0,40})?"
    r"|[*=_-]{4,}.{0,80}"
    r")$",
    re.IGNORECASE,
)
"""Lines that head articles in archives, figures written as #: words, numbers, rights, labels, days, rules."""


class Suspicion(NamedTuple):
    """How many articles a text may hold, and a line that says so."""

    articles: int
    line: str


def suspect_articles(text: str) -> Suspicion | None:
    """The header that a text repeats most, with much text between; null where none comes thrice."""
    places: dict[str, list[int]] = {}
    examples: dict[str, str] = {}
    at = 0
    for line in text.split("\n"):
        shape = _shape(line)
        if shape:
            places.setdefault(shape, []).append(at)
            examples.setdefault(shape, line.strip())
        at += len(line) + 1
    counted = {shape: _apart(found) for shape, found in places.items()}
    best = max(counted, key=lambda shape: counted[shape], default=None)
    if best is None or counted[best] < LEAST_HEADERS:
        return None
    return Suspicion(counted[best], examples[best][:LONGEST_HEADER])


def _shape(line: str) -> str | None:
    """What a line has in common with others of its kind: its label, or its words without the figures."""
    line = line.strip()
    if not line or len(line) > LONGEST_HEADER:
        return None
    plain = re.sub(r"\d", "#", line)
    if not HEADER.match(plain):
        return None
    if re.match(r"^[^:=]{2,20}\s?[:=]", plain):
        return re.split(r"[:=]", plain)[0].strip().lower()
    if re.search(r"#\s[^\W\d]{3,9}\.?\s#{4}", plain):
        return "a day"
    return re.sub(r"#+", "#", plain[:12]).lower()


def _apart(places: list[int]) -> int:
    """How many stand apart from the one before by as much as an article takes, and the first."""
    return 1 + sum(after - before >= LEAST_BETWEEN for before, after in pairwise(places))
