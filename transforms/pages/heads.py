"""What a page declares of its article: JSON-LD, Open Graph, Dublin Core, other meta elements, `h1` and `<time>`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from transforms.layout.bylines import outlet_pattern
from transforms.layout.dates import read_dated_line
from transforms.pages.line_kinds import Piece
from transforms.pages.names import clean_authors, clean_publication, strip_site
from transforms.pages.structured import Item, list_articles, read_names, read_text
from transforms.pages.trees import Element, fold, text_of, tidy, words_of

TITLE_METAS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title")
DATE_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.issued",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date",
    "article.published", "publish-date", "publish_date", "publication_date", "pubdate", "date", "dc.date",
    "dcterms.date", "cxenseparse:recs:publishtime", "article_date_original", "displaydate",
)  # fmt: skip
UPDATE_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified",
)  # fmt: skip
AUTHOR_METAS = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "cxenseparse:author", "citation_author", "content_author",
)  # fmt: skip
PUBLICATION_METAS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "cre")
SECTION_METAS = ("article:section", "og:article:section", "section", "parsely-section", "cxenseparse:section")
URL_METAS = ("og:url", "twitter:url", "parsely-link")
"""Names of meta elements, best first, in small letters. Sources: ogp.me, the Dublin Core terms, the documentation of
the collectors that press sites feed (Parse.ly, Sailthru, Cxense, Google Scholar)."""

ISO_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d|(?:19|20)\d{6}(?!\d)")
ADDRESS = re.compile(r"https?://[^/\s]+/?\S*$")
HEADING_SHARE = 0.5
"""Share of the words of a heading that the head's title must have for both to be the same."""

BYLINE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|auteurs?|signature|writer|journaliste)(?:$|[\s_-]|__|-?names?)"
)
DATE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:published|pubdate|date-?publi\w*|publi\w*-?date|entry-date|post-date|datetime)(?:$|[\s_-])"
)
BYLINE_LENGTH = 120
WITH_ITEMPROP = etree.XPath("//*[@itemprop]")
MAY_SIGN = etree.XPath("//*[@class or @id or @rel or @itemprop]")
"""Elements whose attributes may say something; found in one walk of the library, not of Python."""

PROFILE = re.compile(r"/(?:auteurs?|authors?|staff|journalistes?|signatures?|profils?)/[^/?#]+/?$")
"""The address of a page about one author."""

LINES_BELOW, LINES_ABOVE = 8, 3
DATE_LENGTH = 60
CELL_MARK = re.compile(r"\s*[|•·]\s*")


class Head(NamedTuple):
    """What a page says of its article; null or empty where it says nothing.

    `authors` are persons; `signature` is a collective or the newspaper, where nobody else signs. `date` and
    `updated` are as declared (ISO 8601), or the printed one.
    """

    title: str | None
    authors: list[str]
    signature: str | None
    agencies: list[str]
    date: str | None
    updated: str | None
    publication: str | None
    section: str | None
    url: str | None
    language: str | None


def read_head(tree: Element, pieces: list[Piece]) -> Head:
    """Read what a page declares; each fact from the source that is wrong least often.

    In:  the tree; the lines of the page, for what only the print beside the title says.
    """
    metas, items = _read_metas(tree), list_articles(tree)
    item = _main_item(items, metas, tree)
    publication = _find_publication(metas, item)
    named = clean_authors(_list_authors(tree, metas, item), publication)
    title = _find_title(tree, metas, item, publication)
    return Head(
        title=title,
        authors=named.persons,
        signature=named.collective,
        agencies=named.agencies,
        date=_first(_dates(tree, metas, item)) or _date_beside(title, pieces),
        updated=_first(_updates(metas, item)),
        publication=publication,
        section=read_text(item.get("articleSection")) or _meta(metas, SECTION_METAS) or None,
        url=_find_url(tree, metas, item),
        language=_find_language(tree),
    )


def _read_metas(tree: Element) -> dict[str, list[str]]:
    """Contents of the meta elements by their name, property or itemprop, in small letters."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = tidy(element.get("content"))
        for attribute in ("name", "property", "itemprop"):
            if content and element.get(attribute):
                metas.setdefault(tidy(element.get(attribute)).lower(), []).append(content)
    return metas


def _meta(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _first(values: Iterator[str]) -> str | None:
    return next(values, None)


def _main_item(items: list[Item], metas: dict[str, list[str]], tree: Element) -> Item:
    """Of several items the one that has the page's title; lists of other articles stand in pages too."""
    declared = fold(_meta(metas, TITLE_METAS) or _title_element(tree))
    same = [item for item in items if _is_same(fold(read_text(item.get("headline") or item.get("name"))), declared)]
    chosen = same or (items if len(items) == 1 else [])
    return chosen[0] if chosen else {}


def _is_same(a: str, b: str) -> bool:
    return bool(a and b) and (a in b or b in a)


def _title_element(tree: Element) -> str:
    return next((text_of(e) or tidy(e.text) for e in tree.iter("title") if e.text), "")


def _find_title(tree: Element, metas: dict[str, list[str]], item: Item, publication: str | None) -> str | None:
    """The heading as printed, where the head says the same; else what the head says, without the name of the site."""
    headings = list_headings(tree)
    declared = [read_text(item.get("headline")), *(_meta(metas, (name,)) for name in TITLE_METAS), _title_element(tree)]
    stripped = [strip_site(t, publication, headings) for t in declared if t]
    titles = [t for t in stripped if t and fold(t) != fold(publication or "") and not re.match(outlet_pattern(), t)]
    for heading in headings:
        if any(_tells_the_same(heading, title) for title in titles):
            return heading
    if titles:
        return titles[0]
    return headings[0] if len(headings) == 1 else None


def list_headings(tree: Element) -> list[str]:
    """The printed titles of a page: of itemprop `headline`, then its `h1`, those of the article first; an article
    without one may have a single `h2`."""
    marked = [e for e in WITH_ITEMPROP(tree) if "headline" in words_of(e, "itemprop").split()]
    first = list(tree.iter("h1"))
    inner = [e for e in first if any(a.tag in ("article", "main") for a in e.iterancestors())]
    elements = [e for e in [*marked, *inner, *first] if e.tag not in ("meta", "link")]
    texts = [text for text in map(text_of, elements) if text]
    return list(dict.fromkeys(texts))


def _tells_the_same(heading: str, title: str) -> bool:
    """Whether a printed heading and the title of the head are one: most words of the shorter are in the other."""
    a, b = (set(re.findall(r"\w{3,}", t.casefold())) for t in (heading, title))
    least = min(len(a), len(b))
    return fold(heading) == fold(title) or (least >= 3 and len(a & b) > HEADING_SHARE * max(least, len(a) * 0.8))


def _dates(tree: Element, metas: dict[str, list[str]], item: Item) -> Iterator[str]:
    """Dates of publication, best source first; of the same day the one with its hour."""
    candidates = [read_text(item.get("datePublished")), *(_meta(metas, (name,)) for name in DATE_METAS)]
    candidates += list(_printed_dates(tree))
    dated = [c for c in candidates if ISO_DAY.match(c)]
    for day in dated:
        yield next((d for d in dated if d[:10] == day[:10] and ":" in d), day)


def _printed_dates(tree: Element) -> Iterator[str]:
    """Days that elements of the page mark as its publication: itemprop, pubdate, the one `<time>` of the article."""
    for element in WITH_ITEMPROP(tree):
        if "datepublished" in words_of(element, "itemprop").split():
            yield tidy(element.get("datetime") or element.get("content") or element.text)
    times = [t for t in tree.iter("time") if t.get("datetime") and not is_aside(t)]
    marked = [t for t in times if t.get("pubdate") is not None or DATE_WORDS.search(words_of(t))]
    inner = [t for t in times if any(a.tag in ("article", "header") for a in t.iterancestors())]
    for element in [*marked, *inner[:1], *(times if len(times) == 1 else [])]:
        yield _published_in(element) or tidy(element.get("datetime"))


def _published_in(element: Element) -> str | None:
    """The day that a `<time>` prints as that of publication; its attribute may be that of a later change."""
    dates = read_dated_line(text_of(element)).dates
    moments = (date.at() for date in dates if date.cue == "published" and date.day)
    return next((moment.date().isoformat() for moment in moments if moment), None)


def _date_beside(title: str | None, pieces: list[Piece]) -> str | None:
    """The day printed alone on a line beside the title, where a page declares none."""
    place = next((i for i, piece in enumerate(pieces) if title and fold(piece.text) == fold(title)), None)
    if place is None:
        return None
    beside = pieces[place + 1 : place + 1 + LINES_BELOW] + pieces[max(0, place - LINES_ABOVE) : place]
    cells = [cell for piece in beside for cell in CELL_MARK.split(piece.text) if len(cell) <= DATE_LENGTH]
    return next((day for day in map(_read_day, cells) if day), None)


def _read_day(text: str) -> str | None:
    """The day of a text that is a date and nothing else, in ISO form, with its hour where it has one."""
    line = read_dated_line(text)
    date = line.dates[0] if line.dates and not line.rest else None
    moment = date.at() if date and date.day and date.year else None
    if date is None or moment is None:
        return None
    return moment.isoformat() if date.hour is not None else moment.date().isoformat()


ASIDE_WORDS = re.compile(r"related|recommend|comment|sidebar|widget|teaser|lire-aussi|most-|footer|newsletter|carousel")


def is_aside(element: Element) -> bool:
    """Whether an element stands in a box of other articles, comments or the foot of the page."""
    return any(
        a.tag in ("aside", "footer", "nav") or ASIDE_WORDS.search(words_of(a)) for a in _inner_ancestors(element)
    )


def _inner_ancestors(element: Element) -> Iterator[Element]:
    """The element and those around it, but body and html: their classes tell of the whole site."""
    yield element
    for ancestor in element.iterancestors():
        if ancestor.tag in ("body", "html"):
            return
        yield ancestor


def _updates(metas: dict[str, list[str]], item: Item) -> Iterator[str]:
    for text in [read_text(item.get("dateModified")), *(_meta(metas, (name,)) for name in UPDATE_METAS)]:
        if ISO_DAY.match(text):
            yield text


def _list_authors(tree: Element, metas: dict[str, list[str]], item: Item) -> list[list[str]]:
    """Authors by source, best first: JSON-LD, meta elements, what the page marks as a signature."""
    sources = [read_names(item.get("author")), read_names(item.get("creator"))]
    sources += [[v for v in metas.get(name, []) if not ADDRESS.match(v)] for name in AUTHOR_METAS]
    sources += [[text] for text in _signatures(tree)]
    sources += [[text_of(a)] for a in tree.iter("a") if PROFILE.search(a.get("href") or "") and not is_aside(a)][:1]
    return [source for source in sources if source]


def _signatures(tree: Element) -> Iterator[str]:
    """Texts of elements that say they sign: rel=author, itemprop=author, a class of bylines; not in other boxes."""
    for element in MAY_SIGN(tree):
        if element.tag in ("meta", "link", "body", "html", "script"):
            continue
        signs = "author" in words_of(element, "rel", "itemprop").split() or _names_signature(words_of(element))
        if signs and not is_aside(element):
            text = text_of(element)
            if 3 < len(text) <= BYLINE_LENGTH:
                yield text


@lru_cache(maxsize=4096)
def _names_signature(words: str) -> bool:
    """Whether words of class and id say that an element signs; kept, since the pages of a site have the same ones."""
    return bool(BYLINE_WORDS.search(words))


def _find_publication(metas: dict[str, list[str]], item: Item) -> str | None:
    """The newspaper's name: what the page calls its site, else who publishes it."""
    publisher = item.get("publisher")
    names = [_meta(metas, PUBLICATION_METAS[:1]), read_text(publisher), _meta(metas, PUBLICATION_METAS[1:])]
    return next((name for name in map(clean_publication, names) if name), None)


def _find_url(tree: Element, metas: dict[str, list[str]], item: Item) -> str | None:
    links = [e.get("href") for e in tree.iter("link") if "canonical" in words_of(e, "rel").split()]
    found: list[Any] = [*links, _meta(metas, URL_METAS), item.get("url"), item.get("mainEntityOfPage")]
    return next((tidy(u) for u in found if isinstance(u, str) and ADDRESS.match(tidy(u))), None)


def _find_language(tree: Element) -> str | None:
    code = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    return code if re.fullmatch(r"[a-z]{2}", code) else None
