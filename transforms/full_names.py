"""The fullest name that an article gives a thing: Zelensky is Volodymyr Zelensky there."""

import polars as pl

from transforms.capitals import recase_name
from transforms.names import CAPITALISED, fold


def add_full_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Add the fullest name that the article gives the same thing: Zelensky is Volodymyr Zelensky."""
    named = mentions.with_columns(name=recase_name(pl.col("text"), pl.col("entity_type")))
    texts = named.select("article_id", "entity_type", text="name").unique()
    full = pl.concat([full_persons(texts), full_acronyms(named), full_bodies(texts)]).unique(
        ["article_id", "entity_type", "name"], keep="first", maintain_order=True
    )
    return (
        named.join(full, on=["article_id", "entity_type", "name"], how="left", maintain_order="left")
        .with_columns(name=pl.coalesce("full", "name"))
        .drop("full")
    )


def full_persons(texts: pl.DataFrame) -> pl.DataFrame:
    """Give to surnames and first names the one full name that ends or begins so.

    Out: article_id, entity_type, name, full.
    """
    given = texts.filter(pl.col("entity_type") == "PER").select(
        "article_id", text=pl.col("text").str.extract(rf"^({CAPITALISED}) "), full="text"
    )
    known = pl.concat([list_surnames(texts).with_columns(rank=0), given.drop_nulls().with_columns(rank=1)])
    return (
        known.filter(pl.col("full").n_unique().over("article_id", "text", "rank") == 1)
        .sort("article_id", "text", "rank")
        .unique(["article_id", "text"], keep="first", maintain_order=True)
        .select("article_id", entity_type=pl.lit("PER"), name="text", full="full")
    )


def full_acronyms(named: pl.DataFrame) -> pl.DataFrame:
    """Give to an acronym in brackets the name before it, and to a name in brackets the acronym's place before it."""
    ordered = named.filter(pl.col("entity_type") != "PER").sort("article_id", "start")
    pairs = ordered.with_columns(
        before=pl.col("name").shift(1).over("article_id"),
        before_type=pl.col("entity_type").shift(1).over("article_id"),
        gap=pl.col("start") - pl.col("end").shift(1).over("article_id"),
    ).filter(pl.col("gap") == len(" ("), pl.col("before_type") == pl.col("entity_type"), pl.col("entity_type") != "LOC")
    acronym = r"^\p{Lu}[\p{L}\p{N}&-]{1,9}$"
    long = pl.col("before").str.contains(" ") & pl.col("name").str.contains(acronym)
    swapped = pl.col("name").str.contains(" ") & pl.col("before").str.contains(acronym)
    short = pl.when(long).then("name").when(swapped).then("before")
    full = pl.when(long).then("before").when(swapped).then("name")
    return (
        pairs.select("article_id", "entity_type", name=short, full=full)
        .drop_nulls()
        .unique(["article_id", "entity_type", "name"], keep="first", maintain_order=True)
    )


def full_bodies(texts: pl.DataFrame) -> pl.DataFrame:
    """Give to an organisation or event the longest name with the same first and last word that holds all its words."""
    words = fold(pl.col("text")).str.split(" ")
    bodies = texts.filter(pl.col("entity_type").is_in(["ORG", "MISC"])).with_columns(words=words)
    ends = [pl.col("words").list.first().alias("first"), pl.col("words").list.last().alias("last")]
    keyed = bodies.with_columns(*ends).filter(pl.col("words").list.len() > 1)
    longest = (
        keyed.sort("article_id", pl.col("words").list.len(), "text", descending=[False, True, False])
        .unique(["article_id", "entity_type", "first", "last"], keep="first", maintain_order=True)
        .select("article_id", "entity_type", "first", "last", full="text", all_words="words")
    )
    joined = keyed.join(longest, on=["article_id", "entity_type", "first", "last"])
    held = pl.col("words").list.set_difference("all_words").list.len() == 0
    return joined.filter(held, pl.col("text") != pl.col("full")).select(
        "article_id", "entity_type", name="text", full="full"
    )


def list_surnames(names: pl.DataFrame) -> pl.DataFrame:
    """List the surnames of the persons with a full name. Out: article_id, text (the surname), full."""
    persons = names.filter(pl.col("entity_type") == "PER").select("article_id", full="text").unique()
    surname = pl.col("full").str.extract(rf"^{CAPITALISED}(?: \p{{Lu}}\.)? (.*{CAPITALISED})$")
    last = pl.col("full").str.extract(rf" ({CAPITALISED})$")
    both = [persons.with_columns(text=surname), persons.with_columns(text=last)]
    return pl.concat(both).drop_nulls().unique().select("article_id", "text", "full")
