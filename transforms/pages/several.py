"""Pages that hold several articles, one `<article>` each. Works on bytes: tags are ASCII in every encoding of pages."""

import re

TAG = re.compile(rb"<(/?)article\b([^>]*)>", re.IGNORECASE)
HEADING = re.compile(rb"<h[1-4]\b[^>]*>(.*?)</h[1-4]>", re.IGNORECASE | re.DOTALL)
LINK = re.compile(rb"<a\b[^>]*>.*?</a>", re.IGNORECASE | re.DOTALL)
PARAGRAPH = re.compile(rb"<p\b[^>]*>(.*?)(?=</p>|<p\b|</article|$)", re.IGNORECASE | re.DOTALL)
ANY_TAG = re.compile(rb"<[^>]*>")
TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
NO_ARTICLE = re.compile(rb"comment|teaser|related|promo|card", re.IGNORECASE)
"""Classes of elements that software writes as `<article>` too: comments, links to other articles."""

LEAST_BYTES = 80
TEASER_BYTES = 350
"""An article whose heading is a link and that has less text is an invitation to read it elsewhere."""

LARGEST_SHARE = 0.7
"""Where one article has more of the words of all, it is the page's, and the others are beside it."""


def cut_articles(raw: bytes) -> list[bytes]:
    """The bytes of each article of a page that holds several; none where it holds one or none.

    An article has a heading and paragraphs of its own; inner ones belong to the one around them.
    """
    found = [piece for piece in _outermost(raw) if _is_article(piece)]
    sizes = [len(_prose(piece)) for piece in found]
    several = len(found) > 1 and max(sizes) <= LARGEST_SHARE * sum(sizes)
    return found if several else []


def read_title_of_page(page: str) -> str | None:
    """What a page calls itself."""
    found = TITLE.search(page)
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()) or None if found else None


def _outermost(raw: bytes) -> list[bytes]:
    """The `<article>` elements that stand in no other one."""
    pieces, depth, start = [], 0, 0
    for tag in TAG.finditer(raw):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                pieces.append(raw[start : tag.end()])
    return pieces


def _is_article(piece: bytes) -> bool:
    tag = TAG.match(piece)
    heading = HEADING.search(piece)
    if tag is None or heading is None or NO_ARTICLE.search(tag[2]):
        return False
    prose = _prose(piece)
    is_linked = bool(LINK.search(heading[1])) or bool(re.search(rb"<a\b[^>]*>\s*$", piece[: heading.start()]))
    return len(prose) >= (TEASER_BYTES if is_linked else LEAST_BYTES)


def _prose(piece: bytes) -> bytes:
    """The words of its paragraphs that are no links."""
    return b" ".join(ANY_TAG.sub(b"", LINK.sub(b"", match[1])).strip() for match in PARAGRAPH.finditer(piece))
