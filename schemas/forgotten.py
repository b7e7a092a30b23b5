"""The table forgotten: what stays out on request."""

import pandera.polars as pa

FORGOTTEN_KINDS = ("document", "text", "name")


class Forgotten(pa.DataFrameModel):
    """What was taken out on request, as hashes that keep it from coming back. One row per document, text or person's name."""

    forgotten_hash: str = pa.Field(
        description="SHA-256, in hexadecimal, of `salt`, `kind` and what is meant: a document_id, a text, or a type and "
        "folded name. The text or name itself is nowhere."
    )
    kind: str = pa.Field(isin=FORGOTTEN_KINDS, description="document, text or name: what the hash was made of.")
    salt: str = pa.Field(description="Random, the same in all rows: equal hashes in two warehouses tell nothing.")

    class Config:
        name = "forgotten"
        strict = True
        unique = ["forgotten_hash"]
