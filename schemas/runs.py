"""The tables runs and rejects: what was done, and what was set aside."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

STATUSES = ("published", "unchanged", "failed")
STAGES = ("read", "decode", "process", "validate", "check")


class Runs(pa.DataFrameModel):
    """Runs of the ingest. One row per run; found = loaded + unchanged + repeated + rejected, in records."""

    run_id: str = pa.Field(description="Start of the run, UTC, and a random part.")
    started_at: Annotated[pl.Datetime, "us", None] = pa.Field(description="UTC.")
    ended_at: Annotated[pl.Datetime, "us", None] = pa.Field(description="UTC.")
    status: str = pa.Field(
        isin=STATUSES, description="published: tables changed; unchanged: nothing new; failed: nothing could be loaded."
    )
    inbox: str = pa.Field(description="The folder that was read.")
    found: int = pa.Field(ge=0, description="Records found.")
    loaded: int = pa.Field(ge=0, description="Records loaded: new, or changed.")
    unchanged: int = pa.Field(ge=0, description="Records that the warehouse already held, also under another path.")
    repeated: int = pa.Field(ge=0, description="Records that the same run had already found.")
    rejected: int = pa.Field(ge=0, description="Records set aside; see rejects.")
    articles: int = pa.Field(ge=0, description="Articles among the records loaded.")
    marbre_version: str = pa.Field(description="Version of Marbre.")
    engine: str = pa.Field(description="Name and version of the entity engine.")
    versions: str = pa.Field(description="Versions of the libraries that matter, as a JSON object.")

    class Config:
        name = "runs"
        strict = True
        unique = ["run_id"]


class Rejects(pa.DataFrameModel):
    """What was set aside, and why. One row per file, record or row."""

    reject_id: str = pa.Field(description="From path, record, stage, reason and content: the same fault is told once.")
    run_id: str = pa.Field(description="The run that met it first.", metadata={"references": "runs"})
    source_path: str = pa.Field(description="Path relative to the inbox; undecodable bytes backslash-escaped.")
    record: int = pa.Field(
        nullable=True, ge=0, description="Row number from 0 inside a many-record file; null where the file is meant."
    )
    document_id: str = pa.Field(
        nullable=True, description="What the record would have been, where it could be read; it need not be a document."
    )
    stage: str = pa.Field(isin=STAGES, description="Where it was set aside.")
    reason: str = pa.Field(description="Why, in a few words; the same fault has the same words.")
    detail: str = pa.Field(nullable=True, description="What exactly.")
    payload: bytes = pa.Field(
        nullable=True,
        description="All of the record's bytes, or the row as JSON; null where the file was not read; "
        "of a record that is too long only the beginning.",
    )

    class Config:
        name = "rejects"
        strict = True
        unique = ["reject_id"]
