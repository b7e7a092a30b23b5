"""Markup to a tree, whatever its state; and the text of its pieces."""

import re
from typing import Any, TypeAlias

import lxml.html
from lxml import etree

from transforms.pages.words import fold, tidy

__all__ = ["Element", "fold", "parse_page", "text_of", "tidy", "words_of"]

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
"""Of an XHTML page: it names the encoding of the bytes, and lxml refuses it in a text that is decoded already."""

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img",
        "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
        "tt", "u", "var", "wbr",
    )
)  # fmt: skip
"""Elements that stand inside a line; every other one begins a new one."""

UNPRINTED = frozenset(("script", "style", "template", "head", "noscript", "svg"))


def parse_page(page: str) -> Element | None:
    """The tree of a page; null where there is no element in it.

    It has neither comments nor instructions, as trafilatura wants it, so that the page is parsed once.
    Never fails: lxml recovers from what is not closed, and what it cannot read at all is no page.
    """
    text = NO_XML.sub("", DECLARATION.sub("", page))
    parser = lxml.html.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    try:
        tree = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if isinstance(tree, lxml.html.HtmlElement) else None


def text_of(element: Element) -> str:
    """The words of an element on one line, without scripts and styles."""
    texts: list[str] = []
    hidden = 0
    # No recursion: pages nest elements a thousand deep.
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            hidden += inner.tag in UNPRINTED
            texts.append("" if inner.tag in INLINE else " ")
            texts.append("" if hidden else inner.text or "")
            continue
        hidden -= inner.tag in UNPRINTED
        texts.append("" if inner.tag in INLINE else " ")
        if inner is not element:
            texts.append("" if hidden else inner.tail or "")
    return tidy("".join(texts))


def words_of(element: Element, *names: str) -> str:
    """The words of class, id and such attributes, in small letters."""
    return " ".join(element.get(name) or "" for name in names or ("class", "id")).lower()
