"""The fullest name that an article gives a thing: Colbert is Anne Colbert there."""

import polars as pl

import schemas.lexicon
from transforms.names.capitals import recase_name
from transforms.names.gazetteer import listed_by_key
from transforms.names.respellings import unify_surnames
from transforms.names.words import CAPITALISED, PARTICLE, either, fold, locate, spell_initials

MOST_NAMESAKES = 50
"""Persons of one surname in an article; of more, which is meant is not asked: it would be for each place again."""


def add_full_names(mentions: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Add the fullest name that the article gives the same thing: Colbert is Anne Colbert.

    Of two persons of one surname, M. and Mme tell which is meant.
    """
    recased = mentions.with_columns(name=recase_name(pl.col("text"), pl.col("entity_type")))
    named = unify_surnames(recased).pipe(complete_couples, paragraphs)
    texts = named.select("article_id", "entity_type", text="name").unique()
    full = pl.concat(
        [full_persons(texts), full_acronyms(named, paragraphs), full_initials(texts), full_bodies(texts)]
    ).unique(["article_id", "entity_type", "name"], keep="first", maintain_order=True)
    full = full.pipe(keep_known_apart)
    told = tell_apart(texts, find_genders(paragraphs), named)
    return (
        named.join(full, on=["article_id", "entity_type", "name"], how="left", maintain_order="left")
        .join(told, on=["article_id", "entity_type", "start", "name"], how="left", maintain_order="left")
        .with_columns(name=pl.coalesce("full", "told", "name"))
        .drop("full", "told")
    )


def keep_known_apart(full: pl.DataFrame) -> pl.DataFrame:
    """Drop what would make one thing of two listed ones. In, out: entity_type, name, full and others."""
    listed = listed_by_key().select("entity_type", "key", known="name")
    own = full.with_columns(key=fold(pl.col("name"))).join(listed, on=["entity_type", "key"], how="left")
    both = own.with_columns(key=fold(pl.col("full"))).join(
        listed, on=["entity_type", "key"], how="left", suffix="_full"
    )
    return both.filter((pl.col("known") == pl.col("known_full")).fill_null(True)).select(full.columns)


def complete_couples(named: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Give a first name before « et » and a full name the surname that both share: Odon et Irma Vasarely."""
    first_names = schemas.lexicon.read("first_names")["name"].implode()
    pairs = locate(paragraphs, rf"()({CAPITALISED})( et {CAPITALISED} (?:{PARTICLE} )*{CAPITALISED})")
    persons = named.filter(pl.col("entity_type") == "PER").select("article_id", "entity_type", "start", "name")
    other = persons.select("article_id", second="start", shared=pl.col("name").str.extract(r"^\S+ (.+)$"))
    completed = (
        persons.filter(pl.col("name").is_in(first_names))
        .join(pairs.select("article_id", "start", "end"), on=["article_id", "start"])
        .with_columns(second=pl.col("end") + len(" et "))
        .join(other.drop_nulls(), on=["article_id", "second"])
        .select("article_id", "entity_type", "name", couple=pl.concat_str("name", "shared", separator=" "))
        .unique(["article_id", "entity_type", "name"], keep="first", maintain_order=True)
    )
    joined = named.join(completed, on=["article_id", "entity_type", "name"], how="left", maintain_order="left")
    return joined.with_columns(name=pl.coalesce("couple", "name")).drop("couple")


def find_genders(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find the words behind M. and Mme. Out: article_id, start, gender (m or f)."""
    civilities = schemas.lexicon.read("civilities").filter(pl.col("gender").is_in(["m", "f"]), pl.col("form") != "M")
    found = []
    for gender in ("m", "f"):
        forms = either(civilities.filter(pl.col("gender") == gender)["form"].to_list())
        rows = locate(paragraphs, rf"((?:^|[^\p{{L}}\p{{N}}-]){forms} )({CAPITALISED})()")
        found.append(rows.select("article_id", "start", gender=pl.lit(gender)))
    return pl.concat(found)


def tell_apart(texts: pl.DataFrame, genders: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Tell by M. and Mme which of several persons of one surname is meant.

    In:  the names of each article, the places behind M. and Mme with their gender, the mentions with their name.
    Out: article_id, entity_type, start, name (the surname), told (the one full name of that gender; where none has
         a first name of that gender, the one whose first name is not known).
    """
    first = pl.col("full").str.extract(r"^(\S+) ")
    known = schemas.lexicon.read("first_name_genders").select(first="name", own="gender").unique("first", keep="first")
    persons = list_surnames(texts).with_columns(first=first).join(known, on="first", how="left")
    several = persons.filter(pl.col("full").n_unique().over("article_id", "text").is_between(2, MOST_NAMESAKES))
    told = genders.unique().join(named.select("article_id", "start", text="name"), on=["article_id", "start"])
    fitting = several.join(told, on=["article_id", "text"]).filter(
        pl.col("own").is_null() | (pl.col("own") == pl.col("gender"))
    )
    place = ["article_id", "start", "text"]
    sure = pl.col("own").is_not_null()
    best = fitting.filter(sure | ~sure.any().over(place))
    single = best.filter(pl.col("full").n_unique().over(place) == 1).unique(place, keep="first", maintain_order=True)
    return single.select("article_id", "start", entity_type=pl.lit("PER"), name="text", told="full")


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


def full_acronyms(named: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Give to an acronym in brackets the name before it, and to a name in brackets the acronym's place before it.

    A comma is no bracket: in « la CGT, Force ouvrière » two bodies stand side by side.
    """
    opened = locate(paragraphs, rf"( \()({CAPITALISED})()").select("article_id", "start").unique()
    ordered = named.filter(pl.col("entity_type") != "PER").sort("article_id", "start")
    pairs = ordered.with_columns(
        before=pl.col("name").shift(1).over("article_id"),
        before_type=pl.col("entity_type").shift(1).over("article_id"),
        gap=pl.col("start") - pl.col("end").shift(1).over("article_id"),
    ).filter(pl.col("gap") == len(" ("), pl.col("before_type") == pl.col("entity_type"), pl.col("entity_type") != "LOC")
    pairs = pairs.join(opened, on=["article_id", "start"], how="semi", maintain_order="left")
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


def full_initials(texts: pl.DataFrame) -> pl.DataFrame:
    """Give to an acronym the one name of the article, of three words and more, whose initials it is."""
    bodies = texts.filter(pl.col("entity_type") == "ORG").with_columns(letters=spell_initials(fold(pl.col("text"))))
    is_acronym = pl.col("text").str.contains(r"^\p{Lu}{3,9}$")
    full = bodies.filter(pl.col("letters").str.len_chars() > 2, ~is_acronym).select(
        "article_id", "letters", full="text"
    )
    single = full.filter(pl.col("full").n_unique().over("article_id", "letters") == 1).unique()
    acronyms = bodies.filter(is_acronym).with_columns(letters=pl.col("text").str.to_lowercase())
    return acronyms.join(single, on=["article_id", "letters"]).select(
        "article_id", "entity_type", name="text", full="full"
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
    persons = names.filter(pl.col("entity_type") == "PER", pl.col("text").str.contains(rf"^{CAPITALISED}")).select(
        "article_id", full="text"
    )
    surname = pl.col("full").str.extract(rf"^{CAPITALISED}(?: \p{{Lu}}\.)? (.*{CAPITALISED})$")
    last = pl.col("full").str.extract(rf" ({CAPITALISED})$")
    persons = persons.unique()
    both = [persons.with_columns(text=surname), persons.with_columns(text=last)]
    return pl.concat(both).drop_nulls().unique().select("article_id", "text", "full")
