"""The tables aliases, corrections, overruled and entity_redirects: what people know better, and what it replaced."""

import pandera.polars as pa

from schemas.mentions import ENTITY_TYPES

CORRECTED = ("published_at", "speaker", "role", "organisation", "country")


class Aliases(pa.DataFrameModel):
    """Corrections of names, as last read from aliases.csv beside the warehouse. One row per entity type and name."""

    entity_type: str = pa.Field(isin=ENTITY_TYPES, description="The type under which the name is found.")
    name: str = pa.Field(description="A name, or the name of an entity: then all names linked to it are meant.")
    canonical: str = pa.Field(
        nullable=True, description="The name of the thing meant: merges, splits or renames; null keeps it."
    )
    new_type: str = pa.Field(
        nullable=True, isin=ENTITY_TYPES, description="The type of the thing meant; null keeps it."
    )

    class Config:
        name = "aliases"
        strict = True
        unique = ["entity_type", "name"]


class Corrections(pa.DataFrameModel):
    """Corrections of single rows, as last read from corrections.csv beside the warehouse. One row per value corrected."""

    corrected: str = pa.Field(
        isin=CORRECTED,
        description="published_at of an article, speaker of a quotation; role, organisation, country: the person, "
        "organisation or country of a role.",
    )
    article_id: str = pa.Field(description="The article.", metadata={"references": "articles"})
    start: int = pa.Field(
        nullable=True, ge=0, description="Start of the quotation or role in articles.text; null for published_at."
    )
    value: str = pa.Field(
        description="The right value: an ISO date or time, the code of a country, or the name of an entity."
    )

    class Config:
        name = "corrections"
        strict = True
        unique = ["corrected", "article_id", "start"]
        metadata = {"key": "checked"}


class Overruled(pa.DataFrameModel):
    """What rows said before a correction, so that a line taken out of corrections.csv is undone. One row per row corrected."""

    corrected: str = pa.Field(isin=CORRECTED, description="As in corrections.")
    article_id: str = pa.Field(description="The article.", metadata={"references": "articles"})
    start: int = pa.Field(nullable=True, ge=0, description="As in corrections.")
    former: str = pa.Field(description="JSON: the columns that mentions cannot tell anew, as they were.")

    class Config:
        name = "overruled"
        strict = True
        unique = ["corrected", "article_id", "start"]
        metadata = {"key": "checked"}


class EntityRedirects(pa.DataFrameModel):
    """Where entities went that no name stands for any more. One row per former entity."""

    entity_id: str = pa.Field(description="An id that entities once had.")
    redirects_to: str = pa.Field(
        description="The entity that most of its names stand for now.", metadata={"references": "entities"}
    )

    class Config:
        name = "entity_redirects"
        strict = True
        unique = ["entity_id"]
