"""Remnants of HTML: lines cut at the tags that begin or end a block, with what the tags say about the role."""

import re
from typing import NamedTuple

import polars as pl

BLOCK = (
    "article|aside|blockquote|body|br|button|caption|dd|div|dl|dt"
    "|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|"
    "iframe|li|link|main|meta|nav|noscript|ol|p|script|section|style|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
ANY_TAG = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>[^<>]*?)(?P<empty>/?)>")
BLOCK_TAG = re.compile(rf"(?:{BLOCK})\Z", re.IGNORECASE)
EMPTY = {"br", "hr", "img", "input", "link", "meta", "wbr", "source", "embed"}
HINTS = {
    "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading",
    "h5": "heading", "h6": "heading", "figcaption": "caption",
    "nav": "promo", "footer": "promo", "aside": "promo", "form": "promo",
    "button": "promo", "script": "markup", "style": "markup",
    "noscript": "markup", "head": "markup", "iframe": "markup", "meta": "markup", "table": "table", "li": "list",
}  # fmt: skip
"""What an element is for, by the HTML standard."""
CLASS_HINTS = (
    ("caption", r"caption|l[ée]gende"),
    ("credit", r"credit|copyright"),
    ("byline", r"byline|author|auteur|signature"),
    ("lead", r"chapo|chapeau|lead|standfirst|intro|excerpt|headline-sub|sous-titre|subtitle"),
    ("tags", r"tags?|keywords?|mots-cles|themes?|thematiques?|topics?|sujets?|rubriques?|categor(?:y|ies?)|kicker"),
    ("comment", r"comments?(?:-\w+)?|commentaires?"),
    ("promo", r"related|newsletter|share|sharing|social|nav|menu|breadcrumbs?|fil-ariane|promo|pub|ads?|advert\w*|"
              r"subscribe|abonnement|paywall|sidebar|cookies?|footer|lire-aussi|read-?more|recommend\w*|teaser"),
)  # fmt: skip
"""Words of class and id attributes, whole or joined by - and _, that say what a block is."""


class Cut(NamedTuple):
    """A part of a line, and what its tags say."""

    start: int
    end: int
    hint: str | None


def has_tags(text: pl.Expr) -> pl.Expr:
    """Whether a text holds anything like a tag of a block."""
    return text.str.contains(rf"(?i)</?(?:{BLOCK})\b[^<>]*>")


def cut_markup(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut the lines of documents that hold block tags.

    In:  doc, line, start (Int64, in documents.text), raw, blank_before; lines of one document together, in order.
    Out: one row per part; the same columns plus hint: a role, `list`, `markup`, or null where no tag says anything.
    """
    tagged = lines.group_by("doc").agg(has_tags(pl.col("raw")).any().alias("_tagged")).filter("_tagged").select("doc")
    if tagged.is_empty():
        return lines.with_columns(hint=pl.lit(None, pl.String))
    plain = lines.join(tagged, on="doc", how="anti").with_columns(hint=pl.lit(None, pl.String))
    parts: list[dict[str, object]] = []
    # Only documents with tags: none of 36k clean texts; the stack of open elements runs over their lines.
    for (_,), document in lines.join(tagged, on="doc", how="semi").group_by("doc", maintain_order=True):
        stack: list[tuple[str, str | None]] = []
        for row in document.iter_rows(named=True):
            for i, cut in enumerate(cut_line(row["raw"], stack)):
                part = {"start": row["start"] + cut.start, "raw": row["raw"][cut.start : cut.end], "hint": cut.hint}
                parts.append({**row, **part, "blank_before": row["blank_before"] if i == 0 else True})
    cut_lines = pl.DataFrame(parts, schema={**lines.schema, "hint": pl.String})
    return pl.concat([plain, cut_lines]).sort("doc", "start")


def cut_line(line: str, stack: list[tuple[str, str | None]]) -> list[Cut]:
    """Cut one line; `stack` holds the open elements with their hints and is carried from line to line."""
    cuts: list[Cut] = []
    begin, last, hint = 0, 0, _hint(stack)
    seen_text = False
    for tag in ANY_TAG.finditer(line):
        if line[last : tag.start()].strip():
            hint, seen_text = (hint if seen_text else _hint(stack)), True
        name = (tag["name"] or "").lower()
        is_block = bool(BLOCK_TAG.match(name))
        if is_block and seen_text and (not tag["close"]):
            cuts.append(Cut(begin, tag.start(), hint))
            begin, seen_text = tag.start(), False
        if tag["close"]:
            _close(stack, name)
        elif name and name not in EMPTY and not tag["empty"]:
            stack.append((name, _read_hint(name, tag["attributes"] or "")))
        elif name == "link" and "canonical" in (tag["attributes"] or ""):
            cuts.append(Cut(begin, tag.end(), "source"))
            begin = tag.end()
        last = tag.end()
        if is_block and tag["close"] and seen_text and not re.match(r"\s*</", line[last:]):
            cuts.append(Cut(begin, last, hint))
            begin, seen_text = last, False
    if line[last:].strip():
        hint, seen_text = (hint if seen_text else _hint(stack)), True
    cuts.append(Cut(begin, len(line), hint if seen_text else "markup"))
    return _strip(line, cuts)


def _strip(line: str, cuts: list[Cut]) -> list[Cut]:
    """The cuts that are not blank, without white space at their ends."""
    stripped = []
    for start, end, hint in cuts:
        part = line[start:end]
        if part.strip():
            stripped.append(Cut(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()), hint))
    return stripped


def _hint(stack: list[tuple[str, str | None]]) -> str | None:
    """What the innermost element that says anything says; a list inside something else is that."""
    hints = [hint for _, hint in reversed(stack) if hint]
    return next((h for h in hints if h != "list"), hints[0] if hints else None)


def _close(stack: list[tuple[str, str | None]], name: str) -> None:
    for i in range(len(stack) - 1, -1, -1):
        if stack[i][0] == name:
            del stack[i:]
            return


def _read_hint(name: str, attributes: str) -> str | None:
    """Role that an element's name, class or id gives its text."""
    words = " ".join(re.findall(r"(?:class|id|rel)\s*=\s*[\"']?([^\"'>]+)", attributes, re.IGNORECASE)).lower()
    for role, pattern in CLASS_HINTS:
        if re.search(rf"(?:^|[\s_-])(?:{pattern})(?=$|[\s_-])", words):
            return role
    return HINTS.get(name)
