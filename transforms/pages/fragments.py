"""A piece of HTML without a page around it, such as the text of an item of a feed: all its lines are kept."""

import html
import re
from typing import NamedTuple

from transforms.pages.line_kinds import Piece, list_pieces
from transforms.pages.trees import parse_page

MARKUP = re.compile(r"<[A-Za-z!/][^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]\w+);", re.IGNORECASE)


class Fragment(NamedTuple):
    """The lines of a fragment, a blank one between them, and what its tags say of each."""

    text: str
    line_kinds: list[str]


def read_fragment(markup: str) -> Fragment:
    """The text of a fragment; a text without any tag is left as it is."""
    if not MARKUP.search(markup):
        return Fragment(markup.strip(), [])
    tree = parse_page(markup if "<" in markup else html.escape(html.unescape(markup), quote=False))
    pieces: list[Piece] = list_pieces(tree) if tree is not None else []
    kinds = [kind for piece in pieces for kind in (piece.kind, "")]
    return Fragment("\n\n".join(piece.text for piece in pieces), kinds[:-1])
