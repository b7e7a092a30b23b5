"""The table line_hashes: the long lines of every document, so that what recurs is found without reading texts again."""

from typing import Annotated

import pandera.polars as pa
import polars as pl


class LineHashes(pa.DataFrameModel):
    """Hashes of the lines of a document that are long enough to tell one text from another. One row per document.

    Web pages have none: trafilatura takes off what they repeat. The three lists go together, one item a line.
    """

    document_id: str = pa.Field(description="The document.", metadata={"references": "documents"})
    source: str = pa.Field(description="The host that it names as its own, without www; empty where it names none.")
    line_numbers: Annotated[pl.List, pl.Int64()] = pa.Field(description="Lines of documents.text, from 0.")
    keys: Annotated[pl.List, pl.UInt64()] = pa.Field(
        description="Lower half of the MD5 of each line, spaces and apostrophes made plain: the same in every version."
    )
    widths: Annotated[pl.List, pl.Int64()] = pa.Field(description="Characters of each line.")

    class Config:
        name = "line_hashes"
        strict = True
        unique = ["document_id"]
        metadata = {"key": "checked"}
