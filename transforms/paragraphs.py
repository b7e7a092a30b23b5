"""Paragraphs of a length that can be read: what is longer than any paragraph of news is cut at its sentences."""

import re
from collections.abc import Iterator

import polars as pl

LONGEST = 20_000
"""Characters; the longest paragraph of 37,000 news texts has 9,867. Names, figures and sentences are sliced from their
paragraph, which takes as long as the paragraph: with their number, time would grow with the square."""
END = re.compile(r"[.!?…][»”\")\]]* ")
"""A sentence may end here."""


def cut_long_paragraphs(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Cut paragraphs of more than LONGEST characters behind the last end of a sentence, else at the last blank.

    In:  article_id, paragraph_index, start, end (in articles.text), text, and any other columns.
    Out: the same columns, ordered as before; paragraphs in order, those of an article numbered anew where one is cut.
         A blank at a cut belongs to no paragraph.
    """
    is_long = pl.col("text").str.len_chars() > LONGEST
    if not paragraphs.select(is_long.any()).item():
        return paragraphs
    # One text in a million news articles: a loop costs nothing.
    long = paragraphs.filter(is_long)
    pieces = [list(cut(text)) for text in long["text"]]
    cuts = long.select("article_id", "paragraph_index").with_columns(
        pl.Series("piece_start", [[start for start, _ in cut] for cut in pieces], pl.List(pl.Int64)),
        pl.Series("piece", [[piece for _, piece in cut] for cut in pieces], pl.List(pl.String)),
    )
    renumbered = pl.col("article_id").is_in(long["article_id"].implode())
    return (
        paragraphs.join(cuts, on=["article_id", "paragraph_index"], how="left", maintain_order="left")
        .explode("piece_start", "piece")
        .with_columns(text=pl.coalesce("piece", "text"), start=pl.col("start") + pl.col("piece_start").fill_null(0))
        .with_columns(
            end=pl.when(pl.col("piece").is_not_null())
            .then(pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64))
            .otherwise("end"),
            paragraph_index=pl.when(renumbered)
            .then(pl.int_range(pl.len(), dtype=pl.Int64).over("article_id"))
            .otherwise("paragraph_index"),
        )
        .select(paragraphs.columns)
    )


def cut(text: str) -> Iterator[tuple[int, str]]:
    """The pieces of one paragraph, each with where it begins."""
    start = 0
    while len(text) - start > LONGEST:
        stop = find_cut(text, start, start + LONGEST)
        yield start, text[start:stop].rstrip(" ")
        start = stop
    yield start, text[start:]


def find_cut(text: str, start: int, stop: int) -> int:
    """Behind the last end of a sentence in the second half of a stretch, else its last blank, else its end."""
    ends = [match.end() for match in END.finditer(text, (start + stop) // 2, stop)]
    return ends[-1] if ends else text.rfind(" ", start + 1, stop) + 1 or stop
