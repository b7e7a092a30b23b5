"""Records as a frame: the columns of what is read, on its way to documents."""

import polars as pl

RECORDS = pl.Schema(
    [
        ("document_id", pl.String()),
        ("source_path", pl.String()),
        ("record", pl.Int64()),
        ("reader", pl.String()),
        ("sha256", pl.String()),
        ("raw", pl.Binary()),
        ("given", pl.String()),
        ("encoding", pl.String()),
        ("repairs", pl.List(pl.String())),
        ("text", pl.String()),
        ("line_kinds", pl.List(pl.String())),
    ]
)
"""Columns of a record on its way to documents; `text` is null for a page whose text is still to be extracted."""


def is_blank(text: pl.Expr) -> pl.Expr:
    """True where a text has nothing to read in it: white space, nul bytes, zero-width characters."""
    return text.str.replace_all(r"[\s\x00\u200b-\u200d\u2060\ufeff]", "").str.len_bytes() == 0
