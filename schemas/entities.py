"""The tables entities and person_roles."""

import pandera.polars as pa

from schemas.mentions import ENTITY_TYPES


class Entities(pa.DataFrameModel):
    """Things that the articles name. One row per real-world thing."""

    entity_id: str = pa.Field(description="From type and name; the same thing keeps its id.")
    name: str = pa.Field(description="The full French name.")
    entity_type: str = pa.Field(isin=ENTITY_TYPES, description="PER, ORG, LOC or MISC.")
    country_code: str = pa.Field(
        nullable=True, str_matches=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2; countries only."
    )
    geoname_id: int = pa.Field(nullable=True, ge=1, description="GeoNames id of a place; null where unknown.")
    wikidata_id: str = pa.Field(nullable=True, str_matches=r"^Q[0-9]+$", description="Wikidata id; null where unknown.")

    class Config:
        name = "entities"
        strict = True
        unique = ["entity_id"]


class PersonRoles(pa.DataFrameModel):
    """Roles that the articles give to persons. One row per role given."""

    article_id: str = pa.Field(description="Where it was read.", metadata={"references": "articles"})
    entity_id: str = pa.Field(description="The person.", metadata={"references": "entities"})
    mention_id: str = pa.Field(
        description="The mention of the person that the role stands by.", metadata={"references": "mentions"}
    )
    role: str = pa.Field(description="The role as written, without its article: ministre britannique de la Défense.")
    start: int = pa.Field(ge=0, description="First character of the role in articles.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past its last character in articles.text.")
    age: int = pa.Field(
        nullable=True,
        ge=0,
        le=130,
        description="The person's age in years as given beside the name; null where none is.",
    )
    organisation_mention_id: str = pa.Field(
        nullable=True,
        description="The mention inside the role of what it is in or of: the first organisation, else the first place.",
        metadata={"references": "mentions"},
    )
    organisation_id: str = pa.Field(
        nullable=True,
        description="The organisation or place of that mention, or as corrected by hand; null where none is named.",
        metadata={"references": "entities"},
    )
    country_code: str = pa.Field(
        nullable=True,
        str_matches=r"^[A-Z]{2}$",
        description="ISO 3166-1 alpha-2 of the country that the role names: président ukrainien, roi d’Espagne; "
        "null where it names none.",
    )
    raw_start: int = pa.Field(ge=0, description="First character in documents.text; code points from 0.")
    raw_end: int = pa.Field(ge=1, description="One past the last character in documents.text.")

    class Config:
        name = "person_roles"
        strict = True
        unique = ["mention_id", "start"]
        metadata = {"key": "checked"}
