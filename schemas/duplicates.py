"""The tables duplicates, stories and shingles."""

import pandera.polars as pa
import polars as pl

KINDS = ("exact", "near", "contained", "update")


class Duplicates(pa.DataFrameModel):
    """Pairs of articles of which one copies the other. One row per pair found."""

    article_id: str = pa.Field(description="The copy.", metadata={"references": "articles"})
    duplicate_of: str = pa.Field(
        description="The other, earlier or more complete.", metadata={"references": "articles"}
    )
    kind: str = pa.Field(
        isin=KINDS,
        description="exact: the same words; near; contained: one holds the other; update: same sentences, other figures.",
    )
    jaccard: float = pa.Field(ge=0, le=1, description="Shared shingles over all shingles of both.")
    containment: float = pa.Field(ge=0, le=1, description="Shared shingles over those of the shorter.")

    class Config:
        name = "duplicates"
        strict = True
        unique = ["article_id", "duplicate_of"]
        metadata = {"key": "checked"}


class Stories(pa.DataFrameModel):
    """Articles on the same event. One row per article that shares its event with another."""

    article_id: str = pa.Field(description="The article.", metadata={"references": "articles"})
    story_id: str = pa.Field(description="The event; the same for all its articles.")

    class Config:
        name = "stories"
        strict = True
        unique = ["article_id"]
        metadata = {"key": "checked"}


class Shingles(pa.DataFrameModel):
    """Sampled word shingles, kept so that new articles are compared with all earlier ones. One row per article and shingle."""

    article_id: str = pa.Field(description="The article.", metadata={"references": "articles"})
    shingle: pl.UInt64 = pa.Field(description="Hash of consecutive folded words of the article's body.")

    class Config:
        name = "shingles"
        strict = True
        unique = ["article_id", "shingle"]
        metadata = {"key": "checked"}
