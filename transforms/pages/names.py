"""Names in the heads of pages: authors, newspapers, and titles that carry the name of their site."""

import re
from typing import NamedTuple

from transforms.layout.bylines import NOT_A_NAME, find_agencies, outlet_pattern, read_byline, recase_name
from transforms.layout.dates import read_dated_line
from transforms.pages.trees import fold, tidy

HOST = re.compile(r"^(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}/?$", re.IGNORECASE)
SITE_MARK = re.compile(r"\s+[|–—·•:»›‹<>-]+\s+|\s*\|\s*")
LONGEST_SITE = 45
SHORTEST_TITLE = 15
SOFTWARE = re.compile(
    r"^(?:admin\w*|webmaster|webmestre|root|editor|user\d*|guest|invité|wordpress|anonym\w*|"
    r"(?:la )?rédaction(?: web)?|redaction|auteur|author|null|none|undefined)$",
    re.IGNORECASE,
)
"""Names that the software of a site fills in; nobody signs with them."""

NUMBER = re.compile(r"\d{2}")


class Named(NamedTuple):
    """Who signed: persons, agencies, and a collective or the newspaper where no person did."""

    persons: list[str]
    collective: str | None
    agencies: list[str]


def clean_authors(sources: list[list[str]], publication: str | None) -> Named:
    """The authors of the first source that names a person; else of the first that names anybody.

    In:  texts by source, best first, as pages write them: `Par Lise Amar, grand reporter`, `Le Phare avec AFP`.
    Out: names without offices, `Par`, addresses and dates; agencies apart. The newspaper signs only where nobody else
         does and where the page says so itself.
    """
    agencies: list[str] = []
    spare: list[str] = []
    for texts in sources:
        persons: list[str] = []
        for text in texts:
            agencies += find_agencies(text)
            persons += read_author(text)
        named = [p for p in dict.fromkeys(persons) if fold(p) != fold(publication or "")]
        if named:
            return Named(named, None, list(dict.fromkeys(agencies)))
        spare = spare or [t for t in texts if _may_sign(t)]
    return Named([], tidy(spare[0]) if spare else None, list(dict.fromkeys(agencies)))


def read_author(text: str) -> list[str]:
    """The persons that one text of a head names; none where it names none."""
    line = read_dated_line(text)
    bare = tidy(text[: line.dates[0].start] if line.dates else text)
    byline = read_byline(re.sub(r"^(?:par|by)\s*:?\s+", "", bare, flags=re.IGNORECASE))
    return [name for name in byline.authors if _may_be_author(name)] or _lone_name(bare)


def _lone_name(text: str) -> list[str]:
    """A name of one word or in small letters, as blogs have them: it stands where the head says author."""
    name = re.sub(r"^(?:par|by)\s*:?\s+", "", text, flags=re.IGNORECASE)
    shaped = re.fullmatch(r"\p{L}[\w’'.-]{2,24}".replace(r"\p{L}", r"[^\W\d_]"), name)
    return [recase_name(name)] if shaped and _may_be_author(name) and name[0].isupper() else []


def _may_be_author(name: str) -> bool:
    return not (
        SOFTWARE.match(name)
        or NOT_A_NAME.search(name)
        or NUMBER.search(name)
        or find_agencies(name) == [name]
        or HOST.match(name)
    )


def _may_sign(text: str) -> bool:
    """Whether a text may be the name of a collective: short, with a capital, no address and no agency."""
    words = text.split()
    return (
        0 < len(words) <= 5 and text[:1].isupper() and "@" not in text and not HOST.match(text)
        and not find_agencies(text) and not SOFTWARE.match(text) and not re.search(r"[:?!/|]|\d", text)
    )  # fmt: skip


def clean_publication(name: str) -> str | None:
    """The name of a newspaper; null for a host, which is a site, and for what is too long to be a name.

    What follows a mark is what the site says of itself: `Le Phare de Brissac - toute l’actualité`.
    """
    pieces = [p for p in SITE_MARK.split(re.sub(r"\s*\([^()]*\)$", "", tidy(name))) if p]
    first = pieces[0] if pieces else ""
    return first if 1 < len(first) <= LONGEST_SITE and not HOST.match(first) and "@" not in first else None


def strip_site(title: str, publication: str | None, headings: list[str]) -> str:
    """A title without the name of the site before or behind it.

    What is cut off is the newspaper as declared, the name of an outlet, a date, or whatever a printed heading lacks.
    """
    title = tidy(title)
    for heading in headings:
        if len(heading) >= SHORTEST_TITLE and fold(heading) in fold(title):
            start = title.casefold().find(heading.casefold())
            if start == 0 or SITE_MARK.search(title):
                return heading
    while (cut := _cut_site(title, publication)) is not None:
        title = cut
    return title


def _cut_site(title: str, publication: str | None) -> str | None:
    marks = list(SITE_MARK.finditer(title))
    if not marks:
        return None
    last, first = marks[-1], marks[0]
    if last.start() >= SHORTEST_TITLE and _is_site(title[last.end() :], publication):
        return title[: last.start()]
    if len(title) - first.end() >= SHORTEST_TITLE and _is_named(title[: first.start()], publication):
        return title[first.end() :]
    return None


def _is_site(text: str, publication: str | None) -> bool:
    text = text.strip(" .")
    dated = read_dated_line(text)
    return (
        _is_named(text, publication)
        or (len(text) <= LONGEST_SITE and bool(re.match(outlet_pattern(), text) or HOST.match(text)))
        or bool(dated.dates and not dated.rest)
    )


def _is_named(text: str, publication: str | None) -> bool:
    a, b = fold(text), fold(publication or "")
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a))))
