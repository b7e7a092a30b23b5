"""The border: frames are checked against schemas/, row by row; a bad row is set aside with its reason."""

import json
from typing import Any, NamedTuple

import pandera.errors
import pandera.polars as pa
import polars as pl

import schemas
from flows.inbox import PAYLOAD_BYTES
from transforms.pipeline import Frames
from warehouse.ddl import table_name
from warehouse.load import LINKED_LATER

REJECTS = pl.Schema(
    {
        "source_path": pl.String,
        "record": pl.Int64,
        "stage": pl.String,
        "reason": pl.String,
        "detail": pl.String,
        "payload": pl.Binary,
        "document_id": pl.String,
    }
)
WHOLE_RECORD = ("documents", "articles", "blocks", "alignments")
"""A record without a sound row in one of these is set aside whole: nothing could be traced through the rest."""


class Checked(NamedTuple):
    """Rows that hold to their model, and the others with what they break."""

    valid: pl.DataFrame
    broken: pl.DataFrame  # index, reason


def model_of(table: str) -> type[pa.DataFrameModel]:
    """The model of a table."""
    return next(m for m in schemas.TABLES if table_name(m) == table)


def check_frame(frame: pl.DataFrame, table: str) -> Checked:
    """Check a collected frame against its model.

    Out: the valid rows in the model's types and order of columns; and index and reason of each row that is not.
    Errors: pandera's, where the frame as a whole is wrong (a column missing): that is a fault of ours, not of a row.
    """
    schema = model_of(table).to_schema().remove_columns(LINKED_LATER.get(table, []))
    types = {name: column.dtype.type for name, column in schema.columns.items()}
    frame = frame.select(*types).cast(types, strict=False)
    try:
        return Checked(schema.validate(frame, lazy=True), pl.DataFrame(schema={"index": pl.Int64, "reason": pl.String}))
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        if cases["index"].null_count():
            raise
    broken = cases.group_by(pl.col("index").cast(pl.Int64)).agg(
        reason=pl.format("{} breaks {}", pl.col("column").fill_null(table), "check").unique().sort().str.join("; ")
    )
    keep = pl.Series(range(frame.height), dtype=pl.Int64).is_in(broken["index"].to_list()).not_()
    return Checked(frame.filter(keep), broken.sort("index"))


def validate(frames: Frames) -> tuple[Frames, pl.DataFrame]:
    """Check every frame of a batch.

    Out: the frames without the rows that break their model, and those rows as REJECTS. Where a row of WHOLE_RECORD
    is broken, all rows of its document go.
    """
    paths = frames.documents.select("document_id", "source_path", "record")
    checked, rejects, lost = {}, [pl.DataFrame(schema=REJECTS)], set()
    for table, frame in frames._asdict().items():
        valid, broken = check_frame(frame, table)
        checked[table] = valid
        if broken.height:
            rows = frame[broken["index"].to_list()]
            rejects.append(describe(rows, broken, paths, table))
            lost |= set(rows[owner(rows)]) if table in WHOLE_RECORD else set()
    if lost:
        checked = {
            t: f.filter(pl.col(owner(f)).is_in(list(lost)).not_()) if owner(f) else f for t, f in checked.items()
        }
    return Frames(**checked), pl.concat(rejects)


def owner(frame: pl.DataFrame) -> str:
    """The column that names the document a row belongs to; empty where rows belong to none."""
    return next((c for c in ("document_id", "article_id") if c in frame.columns), "")


def describe(rows: pl.DataFrame, broken: pl.DataFrame, paths: pl.DataFrame, table: str) -> pl.DataFrame:
    """Rows that broke their model, as REJECTS."""
    key = owner(rows)
    places = rows.select(document_id=pl.col(key)) if key else pl.DataFrame({"document_id": [None] * rows.height})
    return (
        places.cast(pl.String)
        .join(paths, on="document_id", how="left", maintain_order="left")
        .select(
            pl.col("source_path").fill_null(""),
            "record",
            stage=pl.lit("validate"),
            reason=pl.lit(f"row of {table} breaks its schema"),
            detail=broken["reason"],
            payload=pl.Series([to_payload(row) for row in rows.iter_rows(named=True)], dtype=pl.Binary),
            document_id="document_id",
        )
    )


def to_payload(row: dict[str, Any]) -> bytes:
    """A row as JSON; only broken rows come here, so the loop is short."""
    return json.dumps(row, ensure_ascii=False, default=str).encode()[:PAYLOAD_BYTES]
