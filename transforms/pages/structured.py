"""JSON-LD in pages: the item that stands for the article (schema.org)."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from transforms.pages.trees import Element, tidy

ARTICLE_TYPES = re.compile(
    r"(?:News|Analysis|Opinion|Reportage|Background|Review|AskPublic|Scholarly|Tech|Satirical|Report)*(?:NewsArticle|Article|Report)$|"
    r"(?:Social|Discussion|Blog|LiveBlog)\w*Posting$|Review$"
)
"""Types of schema.org that are articles; https://schema.org/Article and its children."""

CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
DEEPEST = 6
TRAILING_COMMA = re.compile(r",\s*([}\]])")
Item = dict[str, Any]


def list_articles(tree: Element) -> list[Item]:
    """The items of a page that stand for an article, in order, those with a date or a headline."""
    nodes: list[Item] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += _walk(_load(script.text_content()), 0)
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
    items = [_resolve(node, named) for node in nodes if is_article(node)]
    return [item for item in items if item.get("headline") or item.get("name") or item.get("datePublished")]


def _resolve(item: Item, named: dict[str, Item]) -> Item:
    """The item with its author and publisher written out, where it only refers to them by @id."""

    def look_up(value: Any) -> Any:
        if isinstance(value, list):
            return [look_up(part) for part in value]
        return named.get(str(value.get("@id")), value) if isinstance(value, dict) and not value.get("name") else value

    return {**item, **{key: look_up(item[key]) for key in ("author", "creator", "publisher") if key in item}}


def is_article(item: Item) -> bool:
    """Whether an item is of a type that stands for an article."""
    types = item.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and ARTICLE_TYPES.search(name) for name in names)


def _load(text: str) -> Any:
    """The value of a script; null where it is no JSON, also not with control characters and a comma too many."""
    body = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", text)
    for candidate in (body, TRAILING_COMMA.sub(r"\1", body)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[Item]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _walk(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in CONTAINERS:
            yield from _walk(value.get(name), depth + 1)


def read_text(value: Any) -> str:
    """A value that should be a text: entities decoded, tags gone, on one line; empty where it is something else."""
    if isinstance(value, list):
        return read_text(value[0]) if value else ""
    if isinstance(value, dict):
        return read_text(value.get("name") or value.get("@value"))
    return tidy(re.sub(r"<[^<>]+>", " ", html.unescape(value))) if isinstance(value, str) else ""


def read_names(value: Any) -> list[str]:
    """Names of one or several persons or organisations."""
    values = value if isinstance(value, list) else [value]
    return [name for name in map(read_text, values) if name]
