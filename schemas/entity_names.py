"""The table entity_names: what the articles call things, and what each name was taken for."""

import pandera.polars as pa

from schemas.mentions import ENTITY_TYPES


class EntityNames(pa.DataFrameModel):
    """Names that the articles use, and the entity each stands for. One row per entity type and name.

    The linking decision is kept here, so that a new text only reopens the names that share its keys.
    """

    entity_type: str = pa.Field(isin=ENTITY_TYPES, description="PER, ORG, LOC or MISC.")
    name: str = pa.Field(description="A name as in mentions.name.")
    link_key: str = pa.Field(description="What names must share to be compared: a folded surname, name or acronym.")
    article_count: int = pa.Field(ge=1, description="Articles that use the name.")
    entity_id: str = pa.Field(description="The entity it stands for.", metadata={"references": "entities"})
    link_rule: str = pa.Field(description="Why this entity.")

    class Config:
        name = "entity_names"
        strict = True
        unique = ["entity_type", "name"]
