"""The table mentions."""

import pandera.polars as pa

ENTITY_TYPES = ("PER", "ORG", "LOC", "MISC")


class Mentions(pa.DataFrameModel):
    """Named mentions in the articles. One row per mention; mentions do not nest."""

    mention_id: str = pa.Field(description="From the article and the place.")
    article_id: str = pa.Field(description="Where it was read.", metadata={"references": "articles"})
    start: int = pa.Field(ge=0, description="First character in articles.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past the last character in articles.text.")
    text: str = pa.Field(description="The name as written, without civility, rank, role or article.")
    entity_type: str = pa.Field(
        isin=ENTITY_TYPES, description="PER, ORG, LOC or MISC, by surface: Moscou is LOC whoever speaks."
    )
    type_rule: str = pa.Field(description="What found it: the engine's name, or the rule.")
    name: str = pa.Field(description="The fullest name that the document gives the same thing.")
    entity_id: str = pa.Field(description="The thing mentioned.", metadata={"references": "entities"})
    link_rule: str = pa.Field(description="Why this entity.")
    raw_start: int = pa.Field(ge=0, description="First character in documents.text; code points from 0.")
    raw_end: int = pa.Field(ge=1, description="One past the last character in documents.text.")

    class Config:
        name = "mentions"
        strict = True
        unique = ["mention_id"]
        metadata = {"key": "checked"}
