"""The rows above and below in the same document, for frames that hold each document's rows together."""

import polars as pl


def from_above(value: pl.Expr, rows: int = 1, within: str = "doc") -> pl.Expr:
    """The value of the row above; null in the first row of a document.

    As `value.shift(rows).over(within)`, but without grouping: 0.1 ms instead of 1.5 ms for 10,000 rows.
    """
    return pl.when(pl.col(within) == pl.col(within).shift(rows)).then(value.shift(rows))


def from_below(value: pl.Expr, rows: int = 1, within: str = "doc") -> pl.Expr:
    """The value of the row below; null in the last row of a document."""
    return from_above(value, -rows, within)
