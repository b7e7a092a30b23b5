"""The table documents: what was found, as it was found."""

from typing import Annotated

import pandera.polars as pa
import polars as pl


class Documents(pa.DataFrameModel):
    """Raw records as they were found. One row per distinct record: its text and the url, title and date given with it."""

    document_id: str = pa.Field(
        description="From the content: text, given url, title and date. The same record has the same id."
    )
    source_path: str = pa.Field(
        description="Path relative to the inbox where first seen; undecodable bytes backslash-escaped."
    )
    record: int = pa.Field(
        nullable=True, ge=0, description="Row number from 0 inside a many-record file; null for a file of its own."
    )
    reader: str = pa.Field(
        nullable=True, description="The format it was read as, such as europresse or csv; null where it was not kept."
    )
    sha256: str = pa.Field(description="SHA-256 of `raw`, in hexadecimal.")
    raw: bytes = pa.Field(description="The record's bytes as read.")
    given: str = pa.Field(
        nullable=True, description="The columns given beside the text, as a JSON object; null where none."
    )
    encoding: str = pa.Field(description="How `raw` was decoded: utf-8, cp1252, or what was detected.")
    repairs: Annotated[pl.List, pl.String()] = pa.Field(
        description="What was repaired between `text` and blocks.text, such as mojibake; empty where nothing."
    )
    text: str = pa.Field(
        description="As decoded, before any repair, line breaks one for one (\\n); of .html, the page's text. A title given "
        "beside the text is its first line, where the text does not print it."
    )
    line_kinds: Annotated[pl.List, pl.String()] = pa.Field(
        description="What tags or styles say of each line of `text`, in order (heading, caption, embed ...), empty "
        "where they say nothing; no items where the format has no tags."
    )
    repeated_lines: Annotated[pl.List, pl.Int64()] = pa.Field(
        description="Lines of `text`, from 0, that recur in other documents of its source and so are furniture; a run "
        "that changes what recurs processes the document again."
    )
    superseded_by: str = pa.Field(
        nullable=True,
        description="The document that its file holds now, where it was edited; null where the text stands.",
        metadata={"references": "documents"},
    )
    is_current: bool = pa.Field(
        description="True while an inbox holds it; false where it was edited away or its file is gone. Copies, stories "
        "and counts of names are those of current documents."
    )
    processed_by: str = pa.Field(
        description="Entity engine and version of Marbre; with another of either, a run processes the document again."
    )

    class Config:
        name = "documents"
        strict = True
        unique = ["document_id"]
        metadata = {"key": "checked"}
