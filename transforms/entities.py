"""Names to things: every name of the corpus to one entity, whatever the order in which the names came.

A name can only be linked to a listed name or to another name of its own group (`link_key`), so a loader needs to
link again no more than the groups that new names fall in.
"""

import hashlib
from functools import cache

import polars as pl

import schemas.lexicon
from transforms.names.gazetteer import listed_by_key
from transforms.names.respellings import respell, respell_name, respell_surname
from transforms.names.words import PARTICLE, fold, significant, spell_initials
from transforms.names.words import demonyms as demonym_pattern

LINKS = pl.Schema(
    {
        "entity_type": pl.String,
        "name": pl.String,
        "entity_id": pl.String,
        "entity_name": pl.String,
        "link_rule": pl.String,
        "country_code": pl.String,
        "geoname_id": pl.Int64,
        "wikidata_id": pl.String,
    }
)
DOMINANT = 2 / 3  # share of a surname's articles that one full name must hold; at a half, brothers were confused
FAR_MORE = 10  # times the articles of a lone first name: on 6,000 articles all 25 wrong surnames were first names
MINISTRY = r"^(?:Ministère|ministère|Secrétariat d’État|secrétariat d’État) "
ACRONYM = r"^\p{Lu}{4,8}$"
"""Acronyms that are read off initials. Of 54 on 6,000 articles all 17 of four letters and more were right, of those of
three letters one in three was not."""


def link_key(name: pl.Expr, entity_type: pl.Expr) -> pl.Expr:
    """The group of a name. Names of different groups never influence each other.

    Of an organisation of three words and more the initials, so that it meets its acronym; of others the last word,
    respelled.
    """
    initials = spell_initials(fold(name))
    is_body = entity_type == "ORG"
    is_long = initials.str.len_chars() >= 3
    last = respell_surname(respell(fold(name).str.extract(r"(\S+)$")))
    return pl.when(is_body & is_long).then(initials).when(is_body).then(fold(name)).otherwise(last).fill_null("")


def link_names(names: pl.DataFrame) -> pl.DataFrame:
    """Link each name to an entity.

    In:  entity_type, name, article_count (articles that hold it); one row per entity_type and name.
    Out: the columns of LINKS, one row per input row, in the same order. link_rule: listed, ministry, spelling
         (another way to write a more frequent name), surname, initial, short form, or name (the name itself).
         country_code for countries only; ids null where unknown.
    """
    keyed = names.select(
        "entity_type",
        "name",
        count=pl.col("article_count").cast(pl.Int64),
        key=fold(pl.col("name")),
        group=link_key(pl.col("name"), pl.col("entity_type")),
    ).with_columns(key=pl.when(pl.col("key") == "").then("name").otherwise("key"))
    own = name_itself(keyed)
    targets = link_listed(own).pipe(link_ministries).pipe(link_in_group)
    linked = names.select("entity_type", "name").join(
        targets, on=["entity_type", "name"], how="left", maintain_order="left"
    )
    return linked.with_columns(entity_name=capitalise(pl.col("entity_name"))).pipe(add_ids).select(LINKS.names())


def name_itself(keyed: pl.DataFrame) -> pl.DataFrame:
    """Give names that differ in case, accents or hyphens the most frequent form. Out: plus entity_name, link_rule."""
    best = keyed.sort("entity_type", "key", -pl.col("count"), *frenchest("name")).unique(
        ["entity_type", "key"], keep="first"
    )
    form = best.select("entity_type", "key", entity_name="name")
    joined = keyed.join(form, on=["entity_type", "key"], how="left")
    same = pl.col("entity_name") == pl.col("name")
    return joined.with_columns(link_rule=pl.when(same).then(pl.lit("name")).otherwise(pl.lit("spelling")))


def frenchest(name: str) -> list[pl.Expr]:
    """Among equally frequent forms the one with most accents, then the longest: Sergueï before Sergei."""
    return [
        -pl.col(name).str.count_matches(r"[À-ÖØ-öø-ÿŒœ]").cast(pl.Int64),
        -pl.col(name).str.len_chars().cast(pl.Int64),
        pl.col(name),
    ]


def link_listed(names: pl.DataFrame) -> pl.DataFrame:
    """Link listed forms: countries, towns, institutions, acronyms. Out: plus is_settled."""
    listed = listed_by_key().select("key", "entity_type", listed="name")
    joined = names.join(listed, on=["key", "entity_type"], how="left")
    found = pl.col("listed").is_not_null()
    return joined.select(
        *names.columns[:-2],
        entity_name=pl.coalesce("listed", "entity_name"),
        link_rule=pl.when(found).then(pl.lit("listed")).otherwise("link_rule"),
        is_settled=found,
    )


def link_ministries(names: pl.DataFrame) -> pl.DataFrame:
    """Write a ministry with its country: ministère grec de la Défense is Ministère de la Défense (Grèce)."""
    countries = (
        listed_by_key().filter(pl.col("kind") == "country").unique("country_code", keep="first", maintain_order=True)
    )
    demonyms = schemas.lexicon.read("demonyms").drop_nulls("country_code")
    people = (
        demonyms.filter(pl.col("country_code").n_unique().over("form") == 1)
        .join(countries.select("country_code", country="name"), on="country_code")
        .select(demonym="form", country="country")
        .unique("demonym")
    )
    of_country = r"^(.*) (?:d’|du |de la |des |de |de l’)(\p{Lu}[\p{L}-]+(?: (?:\p{Ll}+ )?\p{L}[\p{L}-]+)*)$"
    ministries = names.filter((pl.col("entity_type") == "ORG") & pl.col("name").str.contains(MINISTRY))
    adjective = rf" ({demonym_pattern()})( |$)"
    by_word = (
        ministries.select("name", demonym=pl.col("name").str.extract(adjective, 1))
        .join(people, on="demonym")
        .select("name", country_name=pl.format("{} ({})", pl.col("name").str.replace(adjective, "$2"), "country"))
    )
    complement = fold(pl.col("name").str.extract(of_country, 2))
    by_name = (
        ministries.select("name", key=complement)
        .join(countries.select("key", country="name"), on="key")
        .select("name", country_name=pl.format("{} ({})", pl.col("name").str.extract(of_country, 1), "country"))
    )
    found = pl.concat([by_word, by_name]).unique("name", keep="first", maintain_order=True)
    joined = names.join(found.with_columns(entity_type=pl.lit("ORG")), on=["entity_type", "name"], how="left")
    is_ministry = pl.col("country_name").is_not_null()
    return joined.with_columns(
        entity_name=pl.coalesce("country_name", "entity_name"),
        link_rule=pl.when(is_ministry).then(pl.lit("ministry")).otherwise("link_rule"),
        is_settled=pl.col("is_settled") | is_ministry,
    ).drop("country_name")


def link_in_group(names: pl.DataFrame) -> pl.DataFrame:
    """Link, in each group, spellings, short forms and lone surnames to the name that dominates."""
    free = names.filter(~pl.col("is_settled"))
    spelled = link_spellings(free)
    persons = link_persons(spelled.filter(pl.col("entity_type") == "PER"))
    events = link_short_forms(spelled.filter(pl.col("entity_type") == "MISC"))
    bodies = link_acronyms(spelled.filter(pl.col("entity_type") == "ORG"))
    places = spelled.filter(pl.col("entity_type") == "LOC")
    columns = ["entity_type", "name", "entity_name", "link_rule"]
    return pl.concat([frame.select(columns) for frame in (names.filter("is_settled"), persons, events, bodies, places)])


def link_spellings(names: pl.DataFrame) -> pl.DataFrame:
    """Link transliterations of one full name to the most frequent: every word equal when respelled.

    Persons and places only; of one word only where it is long: short words of one sound are often different names.
    """
    sounds = names.with_columns(
        sound=respell_name(pl.col("key")), whole=pl.col("count").sum().over("entity_type", "key")
    )
    solid = pl.col("sound").str.contains(" ") & (pl.col("sound").str.len_chars() >= 8) | (
        pl.col("sound").str.len_chars() >= 10
    )
    best = (
        sounds.filter(solid, pl.col("entity_type").is_in(["PER", "LOC"]))
        .sort("entity_type", "sound", -pl.col("whole"), *frenchest("entity_name"))
        .unique(["entity_type", "sound"], keep="first", maintain_order=True)
        .select("entity_type", "sound", spelled="entity_name")
    )
    joined = sounds.join(best, on=["entity_type", "sound"], how="left")
    changed = pl.col("spelled").is_not_null() & (pl.col("spelled") != pl.col("entity_name"))
    return joined.with_columns(
        entity_name=pl.coalesce("spelled", "entity_name"),
        link_rule=pl.when(changed).then(pl.lit("spelling")).otherwise("link_rule"),
    ).drop("spelled", "sound", "whole")


def link_acronyms(bodies: pl.DataFrame) -> pl.DataFrame:
    """Link an acronym to the full name with these initials that holds DOMINANT of their articles."""
    full = bodies.filter(~pl.col("name").str.contains(ACRONYM), pl.col("key").str.contains(" "))
    weights = full.group_by("group", body="entity_name").agg(weight=pl.col("count").sum())
    dominant = (
        weights.with_columns(share=pl.col("weight") / pl.col("weight").sum().over("group"))
        .filter(pl.col("share") >= DOMINANT)
        .select("group", "body")
    )
    joined = bodies.join(dominant, on="group", how="left")
    is_acronym = pl.col("name").str.contains(ACRONYM) & (pl.col("key") == pl.col("group"))
    found = is_acronym & pl.col("body").is_not_null()
    return joined.with_columns(
        entity_name=pl.when(found).then("body").otherwise("entity_name"),
        link_rule=pl.when(found).then(pl.lit("acronym")).otherwise("link_rule"),
    )


def link_persons(persons: pl.DataFrame) -> pl.DataFrame:
    """Link a lone surname, or initial and surname, to the full name that holds DOMINANT of its articles.

    A lone first name is linked only where the full name is FAR_MORE frequent, a full name that opens with a common
    word never: the corpus does not tell who Alexandre is, and Affaire Carlos is nobody.
    """
    given, opening = first_names(), pl.col("spoken").str.extract(r"^(\S+)")
    spoken = persons.with_columns(spoken=spoken_name(pl.col("entity_name")), short=spoken_name(pl.col("name")))
    full = (
        spoken.filter(pl.col("spoken").str.contains(r"^\S{2,} "), ~pl.col("spoken").str.contains(rf"^{PARTICLE} "))
        .filter(opening.is_in(given.implode()) | ~opening.is_in(common_words().implode()))
        .group_by("group", "spoken", person="entity_name")
        .agg(weight=pl.col("count").sum())
    )
    joined = spoken.join(dominant_persons(list_ways(full)), on=["group", "short"], how="left")
    is_given = pl.col("short").is_in(given.implode()) & (pl.col("weight") < FAR_MORE * pl.col("count"))
    changed = pl.col("person").is_not_null() & (pl.col("person") != pl.col("entity_name")) & ~is_given
    return joined.with_columns(
        entity_name=pl.when(changed).then("person").otherwise("entity_name"),
        link_rule=pl.when(changed).then("rule").otherwise("link_rule"),
    )


@cache
def first_names() -> pl.Series:
    """The listed first names, as `spoken_name` writes them."""
    return schemas.lexicon.read("first_names").select(spoken_name(pl.col("name"))).to_series()


@cache
def common_words() -> pl.Series:
    """The common words of French, folded."""
    return schemas.lexicon.read("common_words").select(fold(pl.col("word"))).to_series()


def spoken_name(name: pl.Expr) -> pl.Expr:
    """A folded name whose words keep their hyphens (as +): Delcourt-Ruiz is one surname."""
    return fold(name.str.replace_all("[-‐‑]", "+"))


def list_ways(full: pl.DataFrame) -> pl.DataFrame:
    """The short forms of full names. Out: group, short, rule (surname or initial), person, weight."""
    spoken = pl.col("spoken")
    surname = spoken.str.extract(rf"^\S+ ((?:{PARTICLE} )?\S+|.*\S+ {PARTICLE} \S+)$")
    last = spoken.str.extract(r"(\S+)$")
    initial = pl.concat_str(spoken.str.head(1), pl.lit(" "), spoken.str.extract(r"^\S+ (.+)$"))
    forms = [(surname, "surname"), (last, "surname"), (initial, "initial")]
    columns = ["group", "person", "weight"]
    ways = [full.select(*columns, short=short, rule=pl.lit(rule)) for short, rule in forms]
    return pl.concat(ways).drop_nulls().unique()


def dominant_persons(ways: pl.DataFrame) -> pl.DataFrame:
    """The full name that holds DOMINANT of the articles of each short form. Out: group, short, person, rule, weight."""
    each = ways.group_by("group", "short", "rule", "person").agg(pl.col("weight").max())
    return (
        each.with_columns(share=pl.col("weight") / pl.col("weight").sum().over("group", "short", "rule"))
        .filter(pl.col("share") >= DOMINANT)
        .sort("group", "short", "rule", "person")
        .unique(["group", "short"], keep="first", maintain_order=True)
        .select("group", "short", "person", "rule", "weight")
    )


def link_short_forms(events: pl.DataFrame) -> pl.DataFrame:
    """Link an event to the most frequent name with the same first and last word that holds all its words.

    salon du livre de jeunesse and salon de la jeunesse are one; of two longer names neither is taken, unless
    it holds DOMINANT of the articles.
    """
    bare = significant(pl.col("key"))
    plain = events.with_columns(
        plain=bare, ends=pl.concat_str(bare.str.extract(r"^(\S+)"), pl.lit(" "), bare.str.extract(r" (\S+)$"))
    )
    weights = (
        plain.drop_nulls("ends")
        .group_by("group", "ends", "plain")
        .agg(weight=pl.col("count").sum(), form=pl.col("entity_name").sort_by(-pl.col("count"), "entity_name").first())
    )
    shortest = weights.filter(pl.col("plain") == pl.col("ends")).select(
        "group", "ends", short_weight="weight", short_form="form"
    )
    longer = weights.filter(pl.col("plain") != pl.col("ends"))
    longer = longer.with_columns(share=pl.col("weight") / pl.col("weight").sum().over("group", "ends"))
    pairs = longer.filter(pl.col("share") >= DOMINANT).join(shortest, on=["group", "ends"])
    target = pl.when(pl.col("short_weight") >= pl.col("weight")).then("short_form").otherwise("form")
    merged = pl.concat(
        [
            pairs.select("group", "ends", "plain", target=target),
            pairs.select("group", "ends", plain="ends", target=target),
            weights.join(pairs, on=["group", "ends"], how="anti").select("group", "ends", "plain", target="form"),
        ]
    )
    joined = plain.join(merged, on=["group", "ends", "plain"], how="left")
    changed = pl.col("target").is_not_null() & (pl.col("target") != pl.col("entity_name"))
    return joined.with_columns(
        entity_name=pl.coalesce("target", "entity_name"),
        link_rule=pl.when(changed).then(pl.lit("short form")).otherwise("link_rule"),
    )


def capitalise(name: pl.Expr) -> pl.Expr:
    """Begin a name with a capital, as the head word of a table does: massif des Aspres; not iPhone."""
    return (
        pl.when(name.str.contains(r"^\p{Ll}[\p{Ll}’]"))
        .then(pl.concat_str(name.str.head(1).str.to_uppercase(), name.str.slice(1)))
        .otherwise(name)
    )


def add_ids(links: pl.DataFrame) -> pl.DataFrame:
    """Add entity_id (from type and folded name) and what the lists know of the entity."""
    key = fold(pl.col("entity_name"))
    keyed = links.with_columns(key=pl.when(key == "").then("entity_name").otherwise(key))
    content = keyed.select("entity_type", "key").unique()
    # One hash for each distinct entity, 1.2 microseconds each: Polars' own hash changes between versions.
    ids = [hash_id(entity_type, key) for entity_type, key in content.iter_rows()]
    known = listed_by_key().select("key", "entity_type", "country_code", "geoname_id", "wikidata_id")
    identified = content.with_columns(entity_id=pl.Series(ids, dtype=pl.String))
    key_columns = ["entity_type", "key"]
    return keyed.join(identified, on=key_columns, how="left", maintain_order="left").join(
        known, on=key_columns, how="left", maintain_order="left"
    )


def hash_id(entity_type: str, key: str) -> str:
    """An id from content, short enough to read: 64 bits, no collision among millions."""
    return hashlib.blake2b(f"{entity_type}:{key}".encode(), digest_size=8).hexdigest()


def apply_aliases(links: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Apply corrections made by hand, after `link_names`.

    In:  links; aliases: entity_type, name, canonical (null: keep), new_type (null: keep). An alias concerns the name
         itself, and every name linked to an entity of that name.
    Out: links, same rows, plus linked_type (the type of the entity); link_rule is alias where one was applied.
    """
    wanted = aliases.select("entity_type", "canonical", "new_type", key=fold(pl.col("name"))).unique(
        ["entity_type", "key"], keep="last", maintain_order=True
    )
    own = wanted.rename({"canonical": "own_name", "new_type": "own_type"}).with_columns(is_own=True)
    group = wanted.rename({"canonical": "group_name", "new_type": "group_type"}).with_columns(is_group=True)
    joined = (
        links.with_columns(key=fold(pl.col("name")), group_key=fold(pl.col("entity_name")))
        .join(own, on=["entity_type", "key"], how="left", maintain_order="left")
        .join(
            group,
            left_on=["entity_type", "group_key"],
            right_on=["entity_type", "key"],
            how="left",
            maintain_order="left",
        )
    )
    applied = joined.select(
        "name",
        asked_type="entity_type",
        entity_type=pl.coalesce("own_type", "group_type", "entity_type"),
        entity_name=pl.coalesce("own_name", "group_name", "entity_name"),
        link_rule=pl.when(pl.col("is_own").fill_null(False) | pl.col("is_group").fill_null(False))
        .then(pl.lit("alias"))
        .otherwise("link_rule"),
    )
    identified = add_ids(applied)
    return identified.select(
        *[pl.col("asked_type").alias("entity_type") if c == "entity_type" else pl.col(c) for c in LINKS.names()],
        linked_type="entity_type",
    )
