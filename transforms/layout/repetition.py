"""Lines that recur in documents of one source: what a site prints on every page is no part of an article.

Two kinds of line recur without being furniture: background that agencies hand on from story to story, and the formulas
of the trade (`Une enquête a été ouverte.`). All 16 lines of 25 characters that four witnesses hold among the 35,967
clean articles of OrangeSum are of these kinds. So a line must either speak of the site or to its reader, or be printed
by a fifth of its documents.
"""

from functools import cache

import polars as pl

from schemas import lexicon
from transforms.layout.roles import PROSE_WIDTH

LEAST_WITNESSES = 3
"""Documents whose text is else their own that must hold a line that speaks of its site. Cut into sources of 10 to 600
articles by their date, the 35,967 have four such lines with two witnesses, none with three."""

LEAST_SHARE = 1 / 500
"""Of the documents of a source; the deck of a series recurs in 1 of 950 of the 35,967."""

LEAST_EVERYWHERE = 4
EVERYWHERE = 1 / 5
"""Share of the documents of a source from which a line is furniture whatever it says. Background on one subject reached
4 of 102 and 3 of 48, among 60 subjects picked from the 35,967 and in the cuts by date."""

LEAST_WIDTH = 25
"""Shorter lines are headings or formulas."""

QUOTED = r"«[^»]*»?|“[^”]*”?|\"[^\"]*\"?"
IMPERATIVE = r"^\p{Lu}\p{Ll}+ez(?:[\s-]|$)"
"""Recevez, Suivez-nous: the line addresses its reader."""

FURNITURE = pl.Schema({"source": pl.String, "key": pl.UInt64})


def choose_furniture(lines: pl.DataFrame) -> pl.DataFrame:
    """Choose the furniture among lines that recur.

    In:  source (host, empty where unknown), key, line, witnesses (documents of the source that hold it, copies left
         out), documents (all those of the source).
    Out: FURNITURE.
    """
    text = pl.col("line").str.replace_all("['ʼ]", "’").str.replace_all(QUOTED, " ")
    speaks = text.str.contains(IMPERATIVE) | text.str.to_lowercase().str.contains(_site_pattern())
    told = speaks & (pl.col("witnesses") >= pl.max_horizontal(LEAST_WITNESSES, pl.col("documents") * LEAST_SHARE))
    everywhere = pl.col("witnesses") >= pl.max_horizontal(LEAST_EVERYWHERE, pl.col("documents") * EVERYWHERE)
    return lines.filter(told | everywhere).select(FURNITURE.names()).cast(dict(FURNITURE))  # type: ignore[arg-type]


@cache
def _site_pattern() -> str:
    """Words by which a site speaks of itself or to its reader."""
    forms = lexicon.read("site_words")["form"].to_list()
    return rf"(?:^|[^\p{{L}}])(?:{'|'.join(forms)})(?:[^\p{{L}}]|$)"


def fill_repeated_lines(documents: pl.DataFrame) -> pl.DataFrame:
    """Add repeated_lines where nobody looked at other documents: none."""
    none = pl.lit([], pl.List(pl.Int64))
    known = pl.col("repeated_lines").fill_null(none) if "repeated_lines" in documents.columns else none
    return documents.with_columns(repeated_lines=known)


def mark_repeated(lines: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Add is_repeated_line to lines.

    In:  lines: doc, line; documents: doc, repeated_lines.
    """
    repeated = documents.select("doc", line="repeated_lines").explode("line").drop_nulls()
    return lines.join(
        repeated.with_columns(is_repeated_line=pl.lit(True)), on=["doc", "line"], how="left", maintain_order="left"
    ).with_columns(pl.col("is_repeated_line").fill_null(False))


def add_furniture(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_furniture: a part of repeated lines below a paragraph that is the document's own.

    Above it stand the title and the deck, which the articles of a series share.
    """
    own = ~pl.col("is_repeated_line") & (pl.col("clean").str.len_chars() >= PROSE_WIDTH)
    own = own & pl.col("clean").str.contains(r"[.!?…»”\"]\s*[)\]]?$")
    return parts.with_columns(is_furniture=pl.col("is_repeated_line") & (own.cum_sum().over("doc") > 0))
