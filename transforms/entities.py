"""Names to things: every name of the corpus to one entity, whatever the order in which they came."""

import hashlib

import polars as pl

from transforms.gazetteer import listed_by_key
from transforms.names import fold

LINKS = ["entity_type", "name", "entity_id", "entity_name", "link_rule", "country_code", "geoname_id", "wikidata_id"]


def link_key(name: pl.Expr) -> pl.Expr:
    """The part of a name that decides which others it can be linked with: its last word, folded."""
    return fold(name).str.extract(r"(\S+)$")


def link_names(names: pl.DataFrame) -> pl.DataFrame:
    """Link each name to an entity.

    In:  entity_type, name, article_count (articles that hold it); one row per entity_type and name.
    Out: same rows: entity_type, name, entity_id, entity_name, link_rule, country_code (countries), geoname_id,
         wikidata_id (null where unknown).
    """
    keyed = names.with_columns(
        pl.col("article_count").cast(pl.Int64), key=fold(pl.col("name")), group=link_key(pl.col("name"))
    )
    listed = listed_by_key().select("key", "entity_type", "country_code", "geoname_id", "wikidata_id", listed="name")
    joined = keyed.join(listed, on=["key", "entity_type"], how="left").pipe(add_dominant_persons)
    named = joined.with_columns(
        entity_name=pl.coalesce("listed", "person", "name"),
        link_rule=pl.when(pl.col("listed").is_not_null())
        .then(pl.lit("listed"))
        .when(pl.col("person").is_not_null())
        .then(pl.lit("corpus"))
        .otherwise(pl.lit("name")),
    )
    return named.with_columns(entity_id=entity_id()).select(LINKS)


def entity_id() -> pl.Expr:
    """From type and folded name."""
    content = pl.concat_str(pl.col("entity_type"), pl.lit(":"), fold(pl.col("entity_name")))
    return content.map_elements(lambda s: hashlib.sha256(s.encode()).hexdigest()[:16], return_dtype=pl.String)


def add_dominant_persons(names: pl.DataFrame) -> pl.DataFrame:
    """Add `person`: to a lone surname the full name that dominates the corpus."""
    persons = names.filter((pl.col("entity_type") == "PER") & pl.col("key").str.contains(" "))
    best = (
        persons.sort("group", -pl.col("article_count"), "name")
        .with_columns(total=pl.col("article_count").sum().over("group"))
        .unique("group", keep="first", maintain_order=True)
        .filter(pl.col("article_count") * 2 > pl.col("total"))
        .select("group", person="name", entity_type=pl.lit("PER"))
    )
    lone = names.with_columns(group=pl.when(pl.col("key") == pl.col("group")).then("group"))
    return lone.join(best, on=["group", "entity_type"], how="left")
