"""The promises that a batch proves by itself, before it is loaded: a row that breaks one is set aside, and told."""

import polars as pl

from flows.validation import REJECTS
from schemas import TABLES
from transforms.pipeline import Frames
from warehouse.checking import check_frames
from warehouse.ddl import table_name


def check_batch(frames: Frames, line_hashes: pl.DataFrame) -> tuple[Frames, pl.DataFrame]:
    """Run warehouse/checks/batch over the frames of a batch.

    Out: the frames without the rows that are not the passage they point to, where rows have an id; and every row that
    breaks a promise as REJECTS.
    """
    broken = check_frames({**frames._asdict(), "line_hashes": line_hashes})
    if broken.is_empty():
        return frames, pl.DataFrame(schema=REJECTS)
    return drop_broken(frames, broken), describe_broken(add_places(broken, frames.documents))


def drop_broken(frames: Frames, broken: pl.DataFrame) -> Frames:
    """The frames without the rows that a check of slices names."""
    kept = {}
    for model in TABLES:
        table, key = table_name(model), list(model.Config.unique or [])
        rows = broken.filter(pl.col("table_name") == table, pl.col("check_name").str.starts_with("slices_"))
        if len(key) == 1 and rows.height and table in Frames._fields:
            kept[table] = getattr(frames, table).join(rows, left_on=key[0], right_on="row_id", how="anti")
    return frames._replace(**kept)


def add_places(broken: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Fill in source_path and record where a check does not give them: an id begins with that of its document."""
    places = documents.select(pl.col("document_id").alias("owner"), at="source_path", number="record")
    owner = pl.col("row_id").str.extract(r"^([^/-]+)")
    return (
        broken.with_columns(owner=owner)
        .join(places, on="owner", how="left", maintain_order="left")
        .with_columns(
            source_path=pl.coalesce("source_path", "at"),
            record=pl.coalesce("record", "number"),
        )
    )


def describe_broken(broken: pl.DataFrame) -> pl.DataFrame:
    """Rows that broke a promise, as REJECTS."""
    return broken.select(
        pl.col("source_path").fill_null(""),
        "record",
        stage=pl.lit("check"),
        reason=pl.format("row of {} breaks {}", "table_name", "check_name"),
        detail=pl.format("{}: {}", "row_id", "detail"),
        payload=pl.lit(None, pl.Binary),
        document_id=pl.lit(None, pl.String),
    ).cast(dict(REJECTS))  # type: ignore[arg-type]
