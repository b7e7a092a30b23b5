"""From articles.text back to documents.text: where each character was printed."""

from typing import Literal

import polars as pl


def add_raw_offsets(spans: pl.DataFrame, alignments: pl.DataFrame) -> pl.DataFrame:
    """Say where in documents.text each span of articles.text was printed.

    In:  spans with article_id, start, end (Int64, in articles.text, end excluded, start < end) and any other columns;
         alignments as in schemas/articles.py, which need not be sorted.
    Out: the same rows in the same order, plus raw_start, raw_end (Int64, in documents.text): from the first character
         of what became the span's first character to the last of what became its last one, so that a character
         that was an entity such as &eacute; maps to the whole entity. Null where the article has no alignments.
    """
    runs = alignments.sort("article_id", "start", "end")
    numbered = spans.with_row_index("_row")
    starts = _join_nearest_run(numbered, runs, "start", strategy="backward")
    ends = _join_nearest_run(numbered, runs, "end", strategy="forward")
    raw_start = pl.min_horizontal(pl.col("_run_raw_start") + pl.col("start") - pl.col("_run_start"), "_run_raw_end")
    raw_end = pl.max_horizontal(pl.col("_run_raw_end") - (pl.col("_run_end") - pl.col("end")), "_run_raw_start")
    return (
        numbered.join(starts.select("_row", raw_start=raw_start), on="_row", how="left", maintain_order="left")
        .join(ends.select("_row", raw_end=raw_end), on="_row", how="left", maintain_order="left")
        .drop("_row")
    )


def _join_nearest_run(
    spans: pl.DataFrame, runs: pl.DataFrame, position: Literal["start", "end"], strategy: Literal["backward", "forward"]
) -> pl.DataFrame:
    """Give each span the run that holds its first (last) character, or the nearest one before (after) it.

    A repaired character stands in no run: its passage begins where the run before it ends, and ends where the run
    after it begins.
    """
    renamed = runs.select(
        "article_id",
        pl.col("start").alias("_run_start"),
        pl.col("end").alias("_run_end"),
        pl.col("raw_start").alias("_run_raw_start"),
        pl.col("raw_end").alias("_run_raw_end"),
    )
    return spans.sort("article_id", position).join_asof(
        renamed,
        left_on=position,
        right_on=f"_run_{position}",
        by="article_id",
        strategy=strategy,
        check_sortedness=False,
    )
