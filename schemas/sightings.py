"""The table sightings: where each record was seen."""

import pandera.polars as pa


class Sightings(pa.DataFrameModel):
    """Places where a record was seen, now or formerly. One row per inbox, path, record number and document."""

    inbox: str = pa.Field(description="The folder that was read, as an absolute path.")
    source_path: str = pa.Field(description="Path relative to the inbox; undecodable bytes backslash-escaped.")
    record: int = pa.Field(
        nullable=True, ge=0, description="Row number from 0 inside a many-record file; null for a file of its own."
    )
    document_id: str = pa.Field(description="What was seen there.", metadata={"references": "documents"})
    file_path: str = pa.Field(
        description="The file of the inbox that holds it: `source_path`, or the archive in which it lies."
    )
    first_run_id: str = pa.Field(description="The run that saw it there first.", metadata={"references": "runs"})
    last_run_id: str = pa.Field(
        description="The last run that saw it there and had something to publish.", metadata={"references": "runs"}
    )

    missed_run_id: str = pa.Field(
        nullable=True,
        description="The run that no longer saw it there; null while it is there.",
        metadata={"references": "runs"},
    )

    class Config:
        name = "sightings"
        strict = True
        unique = ["inbox", "source_path", "record", "document_id"]
        metadata = {"key": "checked"}
