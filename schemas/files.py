"""The table files: the files of an inbox as they were read last."""

import pandera.polars as pa


class Files(pa.DataFrameModel):
    """Files that were read, so that a run need not read again what has not changed. One row per inbox and file."""

    inbox: str = pa.Field(description="The folder that was read, as an absolute path.")
    file_path: str = pa.Field(description="Path relative to the inbox; undecodable bytes backslash-escaped.")
    size: int = pa.Field(ge=0, description="Bytes of the file when it was read.")
    modified_ns: int = pa.Field(
        nullable=True,
        description="Its time of modification, in nanoseconds since 1970; null where it was too fresh, or changed "
        "while it was read, so that the next run reads it again.",
    )
    records: int = pa.Field(ge=0, description="Records found in it, those that could not be read among them.")
    rejected: int = pa.Field(ge=0, description="Of these, the ones set aside when it was read.")
    run_id: str = pa.Field(description="The run that read it last.", metadata={"references": "runs"})

    class Config:
        name = "files"
        strict = True
        unique = ["inbox", "file_path"]
        metadata = {"key": "checked"}
