"""Titles given beside a text, and titles printed in capitals, written as the text below them writes their words."""

import json
import re

import polars as pl

from transforms.given_titles import find_printed_title, read_given_title

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE_START = re.compile(r"(?:^|[.!?…:«“\"–—-]\s*)$")
ELISION = re.compile(r"^((?:QU|JUSQU|LORSQU|PUISQU|[CDJLMNST])’)(.+)$", re.IGNORECASE)


def mark_title_lines(lines: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Add title_row: the place, from 0, of a line among those that print the title given beside the text; else null.

    In:  lines: doc, start (in documents.text), raw; documents: doc, text, perhaps given (JSON object or null).
    """
    spans = []
    given = documents.filter(pl.col("given").is_not_null()) if "given" in documents.columns else documents.clear()
    # A JSON object per record that has one, and its first lines: 100,000 a second.
    for doc, text, columns in given.select(
        "doc", "text", given=pl.col("given") if given.height else pl.lit("{}")
    ).iter_rows():
        title = read_given_title(json.loads(columns))
        span = find_printed_title(text, title) if title else None
        if span:
            spans.append((doc, *span))
    schema = {"doc": pl.Int64, "_title_start": pl.Int64, "_title_end": pl.Int64}
    found = pl.DataFrame(spans, schema=schema, orient="row")
    inside = (pl.col("start") >= pl.col("_title_start")) & (pl.col("start") < pl.col("_title_end"))
    return (
        lines.join(found, on="doc", how="left", maintain_order="left")
        .with_columns(_inside=inside.fill_null(False))
        .with_columns(title_row=pl.when("_inside").then(pl.col("_inside").cum_sum().over("doc").cast(pl.Int64) - 1))
        .drop("_title_start", "_title_end", "_inside")
    )


def mark_given_titles(parts: pl.DataFrame) -> pl.DataFrame:
    """Make the part that prints the given title the title, whatever tags or marks say of it or of other parts.

    In:  title_row, part_role, hint, cue.
    Out: same rows, plus is_given_title and has_given_title (of the document).
    """
    is_title = pl.col("title_row").is_not_null() & pl.col("part_role").is_null()
    has_title = is_title.any().over("doc")
    other = pl.when(has_title & (pl.col("hint") == "title")).then(pl.lit("heading")).otherwise("hint")
    return parts.with_columns(
        is_given_title=is_title,
        has_given_title=has_title,
        hint=pl.when(is_title).then(pl.lit("title")).otherwise(other),
        cue=pl.when(is_title).then(None).otherwise("cue"),
    )


def is_capitals(text: pl.Expr) -> pl.Expr:
    """Whether a title is printed in capitals: no small letter, and at least two words of four letters."""
    return ~text.str.contains(r"\p{Ll}") & (text.str.count_matches(r"\p{Lu}{4,}") >= 2)


def recase_titles(kept: pl.DataFrame) -> pl.DataFrame:
    """Write titles in capitals in small letters, with the capitals that the text below gives to the same words.

    In:  kept blocks with doc, part_id, role, clean.
    Out: same rows, same order; clean re-cased, of the same length; title_printed (the title as printed; null where it
         stays).
    """
    titles = (
        kept.filter(pl.col("role") == "title").filter(is_capitals(pl.col("clean"))).unique("doc", maintain_order=True)
    )
    if titles.is_empty():
        return kept.with_columns(title_printed=pl.lit(None, pl.String))
    printed = titles.select("part_id", title_printed="clean")
    kept = kept.join(printed, on="part_id", how="left", maintain_order="left")
    titles = titles.select("doc", "clean")
    texts = kept.join(titles.select("doc"), on="doc", how="semi").filter(pl.col("title_printed").is_null())
    below = dict(texts.group_by("doc").agg(pl.col("clean").str.join("\n")).iter_rows())
    # Titles in capitals are rare (1 in 3,000): the words of the text below are read for them alone.
    written = [recase_title(title, below.get(doc, "")) for doc, title in titles.iter_rows()]
    recased = titles.select("doc", _recased=pl.Series(written, dtype=pl.String))
    return (
        kept.join(recased, on="doc", how="left", maintain_order="left")
        .with_columns(clean=pl.when(pl.col("title_printed").is_not_null()).then("_recased").otherwise("clean"))
        .drop("_recased")
    )


def recase_title(title: str, text: str) -> str:
    """Write one title: small letters, but names as the text has them inside sentences, and its acronyms."""
    forms: dict[str, str] = {}
    for match in WORD.finditer(text):
        before = text[max(0, match.start() - 3) : match.start()]
        if "\n" not in before and not SENTENCE_START.search(before):
            for part in _split_elision(match.group()):
                forms.setdefault(part.casefold(), part)
    made: list[str] = []
    last = 0
    for match in WORD.finditer(title):
        parts = [forms.get(p.casefold(), p.lower()) for p in _split_elision(match.group())]
        word = "".join(parts)
        if not made or re.search(r"[.!?]\s*$", title[last : match.start()]):
            word = word[:1].upper() + word[1:]
        made += [title[last : match.start()], word]
        last = match.end()
    recased = "".join([*made, title[last:]])
    return recased if len(recased) == len(title) else title


def _split_elision(word: str) -> list[str]:
    """A word without its elided article or pronoun: l’Europe as l’ and Europe."""
    match = ELISION.match(word.replace("'", "’"))
    return [match[1], match[2]] if match else [word]
