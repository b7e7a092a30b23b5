"""The table blocks: every piece of a document, with its role."""

import pandera.polars as pa

ROLES = (
    "title", "byline", "date", "dateline", "lead", "body", "heading", "caption", "credit", "keypoints",
    "table", "comment", "counter", "promo", "tags", "source", "agency_credit", "markup",
)  # fmt: skip
KEPT_ROLES = ("title", "lead", "body", "heading")
"""The roles whose text makes up articles.text."""


class Blocks(pa.DataFrameModel):
    """Pieces of a document by role. One row per block; every non-blank character of documents.text is in exactly one."""

    document_id: str = pa.Field(description="The document it is part of.", metadata={"references": "documents"})
    block_index: int = pa.Field(ge=0, description="Place in the document, from 0.")
    role: str = pa.Field(isin=ROLES, description="What the block is to the article.")
    role_rule: str = pa.Field(description="The rule that gave the role.")
    language: str = pa.Field(
        nullable=True,
        description="ISO 639-1; null under eight words, or where nothing agrees with the detector. What stands around "
        "quoted words decides.",
    )
    start: int = pa.Field(ge=0, description="First character in documents.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past the last character in documents.text.")
    text: str = pa.Field(description="The clean text: unwrapped, repaired, markup taken off.")

    class Config:
        name = "blocks"
        strict = True
        unique = ["document_id", "block_index"]
        metadata = {"key": "checked"}
