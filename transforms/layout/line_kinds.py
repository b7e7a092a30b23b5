"""What tags and styles of the source say of lines, as hints of their role."""

import polars as pl

HINT_OF_KIND = {
    "title": "title", "running": "source", "heading": "heading", "caption": "caption", "credit": "credit",
    "list": "list", "paragraph": "paragraph", "lead": "lead", "byline": "byline", "tags": "tags", "comment": "comment",
    "promo": "promo", "embed": "embed", "player": "player", "related": "related", "table": "table",
}  # fmt: skip
"""The hint for roles.py of each of transforms.pages.line_kinds.KINDS, and of the running heads of print."""


def add_line_kinds(lines: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Fill in the hint of lines whose kind is known.

    In:  lines: doc, line, hint (null where tags inside the text say nothing); documents: doc, perhaps line_kinds.
    Out: same rows, same order.
    """
    if "line_kinds" not in documents.columns or not documents["line_kinds"].list.len().sum():
        return lines
    kinds = (
        documents.filter(pl.col("line_kinds").list.len() > 0)
        .select("doc", kind="line_kinds")
        .explode("kind")
        .with_columns(line=pl.int_range(pl.len()).over("doc"))
        .filter(pl.col("kind").is_in(list(HINT_OF_KIND)))
        .select("doc", "line", _hint=pl.col("kind").replace_strict(HINT_OF_KIND))
    )
    return (
        lines.join(kinds, on=["doc", "line"], how="left", maintain_order="left")
        .with_columns(hint=pl.coalesce("hint", "_hint"))
        .drop("_hint")
    )
