"""A web page as a document: its text, what its head declares, what its tags say of each line."""

from typing import Any, NamedTuple

import trafilatura
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from transforms.documents import tidy_line_breaks
from transforms.pages.heads import Head, read_head
from transforms.pages.line_kinds import Piece, find_line_kinds, list_pieces
from transforms.pages.trees import Element, fold, parse_page

DECK_REACH = 4
"""Lines above the first one kept among which the deck stands."""

PLACED_LENGTH = 20
"""Letters of a line from which its place in the page is sure enough."""

MISSING_LENGTH = 90
MOST_LINKED = 0.3


class Page(NamedTuple):
    """A page: its text, empty where it has none; its given columns; a kind a line, as in line_kinds.KINDS."""

    text: str
    given: dict[str, Any]
    line_kinds: list[str]


def read_page(markup: str) -> Page:
    """Take the article out of a page.

    Out: Page. The text is what trafilatura keeps, with the paragraphs between its lines that it left out.
    The date is the one that the page declares, never guessed from its text.
    """
    tree = parse_page(markup)
    if tree is None:
        return Page("", {}, [])
    pieces = list_pieces(tree)
    given = _given(read_head(tree, pieces), tree)
    # Last, on the tree itself: trafilatura takes away from it what is no text.
    extracted = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True, with_metadata=False)
    text = tidy_line_breaks((extracted.text if isinstance(extracted, Document) else None) or "").strip("\n")
    text = add_missing(text, pieces) if text else text
    return Page(text, given, find_line_kinds(text, pieces))


def _given(head: Head, tree: Element) -> dict[str, Any]:
    """The facts of a head as given columns; of those that it does not declare trafilatura is asked."""
    known = None
    if not (head.date and head.title and head.url):
        known = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    date = head.date or (known.date if known else None)
    updated = head.updated if date and head.updated and head.updated[:16] > date[:16] else None
    given = {
        "title": head.title or (known.title if known else None),
        "url": head.url or (known.url if known else None),
        "date": date,
        "updated": updated,
        "authors": head.authors,
        "signature": head.signature,
        "agencies": head.agencies,
        "publication": head.publication,
        "section": head.section,
        "language": head.language,
    }
    return {**{key: value for key, value in given.items() if value}, "declared_by": "head"}


def add_missing(text: str, pieces: list[Piece]) -> str:
    """The text with the paragraphs that trafilatura left out, where they stand.

    What is missing is a sentence of some length between two lines that it kept, or a deck right above the first one;
    not what tags say to be a box, a caption or a list of links.
    """
    lines = text.split("\n")
    places = _place_lines(lines, pieces)
    known = [p for p in places if p is not None]
    if not known:
        return text
    whole = fold(text)
    missing = [
        i for i in range(max(0, known[0] - DECK_REACH), known[-1]) if _is_missing(pieces[i], i > known[0], whole)
    ]
    made: list[str] = []
    for line, place in zip(lines, places, strict=True):
        while missing and place is not None and missing[0] < place:
            made.append(pieces[missing.pop(0)].text)
        made.append(line)
    return "\n".join(made)


def _place_lines(lines: list[str], pieces: list[Piece]) -> list[int | None]:
    """The place of each line among those of the page, in their order; null where it is found nowhere below the last."""
    places: list[int | None] = []
    index: dict[str, list[int]] = {}
    for i, piece in enumerate(pieces):
        index.setdefault(fold(piece.text), []).append(i)
    last = -1
    for line in lines:
        folded = fold(line)
        found = next((i for i in index.get(folded, []) if i > last), None) if len(folded) >= PLACED_LENGTH else None
        places.append(found)
        last = found if found is not None else last
    return places


def _is_missing(piece: Piece, is_inside: bool, whole: str) -> bool:
    """Whether a line of the page belongs to the text: running words, closed, few of them links, not there yet."""
    kinds = ("paragraph", "lead", "", "list") if is_inside else ("lead", "heading", "paragraph")
    return (
        piece.kind in kinds
        and len(piece.text) >= MISSING_LENGTH
        and piece.text[-1] in '.!?…»”"'
        and piece.linked < MOST_LINKED
        and fold(piece.text) not in whole
    )
