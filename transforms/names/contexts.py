"""What a name is, weighed from the words around and in it: chez X, le maire de X, X SA."""

from functools import cache

import polars as pl

import schemas.lexicon

TYPES = ("PER", "ORG", "LOC", "MISC")
WORD = r"(?:\p{L}+’|[\p{L}-]+|\p{N}+|[^\p{L}\p{N}\s])"
SMALL = (
    r"(?:de la |de l’|du |des |de |d’|au |aux |à la |à l’|à |en |dans la |dans le |dans l’|dans les |le |la |les |l’|"
    r"par |pour |sur |chez |avec )"
)
"""What may stand between a name and the noun or verb that tells what it is."""

NEIGHBOUR = 2.0  # weight of a sure name that et or a comma joins to another
BEHIND, AHEAD = 40, 30  # characters of the paragraph that the cues look at
MARGIN = 1.0  # by which the cues must outweigh the engine's type: chosen, not measured


def cues(before: pl.Expr, after: pl.Expr, text: pl.Expr) -> dict[str, pl.Expr]:
    """The cues of a name: a word or a shape each, null where there is none. `before` and `after` in lower case."""
    last = text.str.extract(r"([^\s-]+)$")
    several = text.str.contains(" ")
    shape = (
        pl.when(text.str.contains(r"^\p{Lu}{2,}$")).then(pl.lit("AA"))
        .when(text.str.contains(r"\p{N}")).then(pl.lit("A1"))
        .when(text.str.contains(r"\p{Ll}\p{Lu}")).then(pl.lit("aA"))
        .when(text.str.contains(r"^\p{Lu}[^\s]*-[^\s]*$")).then(pl.lit("A-A"))
        .when(~several).then(pl.lit("Aa"))
        .when(text.str.contains(r"^\p{Lu}\S+ \p{Lu}\S+$")).then(pl.lit("Aa Aa"))
        .when(text.str.contains(r" \p{Ll}")).then(pl.lit("Aa a Aa"))
        .otherwise(pl.lit("Aa Aa Aa"))
    )  # fmt: skip
    return {
        "word before": before.str.extract(rf"({WORD})\s?$").fill_null("^"),
        "two before": before.str.extract(rf"({WORD} ?{WORD})\s?$"),
        "noun before": before.str.extract(rf"([\p{{L}}-]+) {SMALL}$"),
        "word after": after.str.extract(rf"^(?:’| ?)({WORD})").fill_null("$"),
        "two after": after.str.extract(rf"^ ?({WORD} ?{WORD})"),
        "apposition": after.str.extract(r"^, (?:le |la |l’|une |un |les )?([\p{L}-]+)"),
        "shape": shape,
        "ending": pl.when(last.str.contains(r"\p{Ll}{3}$")).then(last.str.to_lowercase().str.tail(3)),
        "last word": pl.when(several).then(last.str.to_lowercase()),
        "first word": pl.when(several).then(text.str.extract(r"^(\S+)").str.to_lowercase()),
    }


OF_NAME = ("shape", "ending", "last word", "first word", "label", "label and shape", "first name and shape")
"""Cues in the name itself, counted once however often an article has it."""


@cache
def weights() -> pl.DataFrame:
    """The weights of the cues. Out: cue, value, one column a type."""
    return schemas.lexicon.read("name_cues").select("cue", "value", *(pl.col(t).cast(pl.Float64) for t in TYPES))


def describe(paragraphs: pl.DataFrame, finds: pl.DataFrame) -> pl.DataFrame:
    """List the cues of finds. In: article_id, paragraph_index, start, end, text, entity_type. Out: row, cue, value."""
    places = paragraphs.select("article_id", "paragraph_index", offset="start", paragraph="text")
    relative = pl.col("start") - pl.col("offset")
    width = pl.min_horizontal(relative, BEHIND)
    seen = (
        finds.with_row_index("row")
        .join(places, on=["article_id", "paragraph_index"], how="left", maintain_order="left")
        .with_columns(
            before=pl.col("paragraph").str.slice(relative - width, width).str.to_lowercase(),
            after=pl.col("paragraph").str.slice(pl.col("end") - pl.col("offset"), AHEAD).str.to_lowercase(),
        )
    )
    given = pl.col("text").str.extract(r"^(\S+)").is_in(schemas.lexicon.read("first_names")["name"].implode())
    known = pl.when(given).then(pl.lit("known")).otherwise(pl.lit("unknown"))
    words = cues(pl.col("before"), pl.col("after"), pl.col("text"))
    wide = seen.select("row", label="entity_type", **words, **{"first name": known}).with_columns(
        pl.format("{} {}", "label", "word before").alias("label and word before"),
        pl.format("{} {}", "label", "shape").alias("label and shape"),
        pl.format("{} {}", "first name", "shape").alias("first name and shape"),
    )
    return wide.drop("first name").unpivot(index="row", variable_name="cue").drop_nulls("value")


def retype_by_cues(paragraphs: pl.DataFrame, finds: pl.DataFrame) -> pl.DataFrame:
    """Correct the engine's type of a name where the cues of all its places in the article say another.

    In:  finds with article_id, paragraph_index, start, end, text, entity_type, type_rule.
    Out: the same rows; changed ones have the rule `context`.
    """
    guessed = (pl.col("type_rule") == "engine") & pl.col("entity_type").is_in(TYPES)
    guesses = finds.filter(guessed)
    sums = add_neighbours(add_up(paragraphs, guesses), paragraphs, finds, guesses)
    best = pl.concat_list(*TYPES).list.arg_max()
    own = pl.coalesce(*(pl.when(pl.col("entity_type") == t).then(pl.col(t)) for t in TYPES))
    changed = guessed & (pl.max_horizontal(*TYPES) > own + MARGIN)
    kind = best.replace_strict(dict(enumerate(TYPES)), return_dtype=pl.String, default=None)
    joined = finds.join(sums, on=["article_id", "text"], how="left", maintain_order="left")
    return joined.with_columns(
        entity_type=pl.when(changed).then(kind).otherwise("entity_type"),
        type_rule=pl.when(changed).then(pl.lit("context")).otherwise("type_rule"),
    ).select(finds.columns)


def add_up(paragraphs: pl.DataFrame, guesses: pl.DataFrame) -> pl.DataFrame:
    """Add up the weights of the cues of each name of an article. Out: article_id, text, one column a type.

    What stands around a name counts for the square root of its places: the places of one article agree too readily.
    """
    key = ["article_id", "text"]
    rows = guesses.select(*key, places=pl.len().over(key)).with_row_index("row")
    share = pl.when(pl.col("cue").is_in(OF_NAME)).then(1 / pl.col("places")).otherwise(1 / pl.col("places").sqrt())
    return (
        describe(paragraphs, guesses)
        .join(weights(), on=["cue", "value"])
        .join(rows, on="row")
        .group_by(key)
        .agg((pl.col(t) * share).sum() for t in TYPES)
    )


JOINED = r"^(?:,? et |, | ou |/|-| puis )(?:de |d’|du |des |à |au |aux |en |la |le |les |l’|de la |de l’|par |avec )?$"
"""What stands between two names of one kind: Drouvel et Vielmont, à Drouvel et à Vielmont."""


def add_neighbours(
    sums: pl.DataFrame, paragraphs: pl.DataFrame, finds: pl.DataFrame, guesses: pl.DataFrame
) -> pl.DataFrame:
    """Add to the weights of a name the types of sure names that `et` or a comma joins to it.

    In, out: article_id, text and a column for each of TYPES.
    """
    sure = finds.filter(~pl.col("type_rule").is_in(("engine", "bracketed")), pl.col("entity_type").is_in(TYPES))
    place = ["article_id", "paragraph_index"]
    named = guesses.select(*place, "text", name_start="start", name_end="end")
    before = named.sort("name_start").join_asof(
        sure.select(*place, left="end", kind="entity_type").sort("left"),
        left_on="name_start", right_on="left", by=place, check_sortedness=False,
    ).select(*place, "text", "kind", gap_start="left", gap_end="name_start")  # fmt: skip
    after = named.sort("name_end").join_asof(
        sure.select(*place, right="start", kind="entity_type").sort("right"),
        left_on="name_end", right_on="right", by=place, strategy="forward", check_sortedness=False,
    ).select(*place, "text", "kind", gap_start="name_end", gap_end="right")  # fmt: skip
    offsets = paragraphs.select(*place, offset="start", paragraph="text")
    gaps = pl.concat([before, after]).filter((pl.col("gap_end") - pl.col("gap_start")).is_between(1, 12))
    between = pl.col("paragraph").str.slice(
        pl.col("gap_start") - pl.col("offset"), pl.col("gap_end") - pl.col("gap_start")
    )
    votes = (
        gaps.join(offsets, on=place)
        .filter(between.str.contains(JOINED))
        .group_by("article_id", "text")
        .agg((pl.col("kind") == t).any().cast(pl.Float64).mul(NEIGHBOUR).alias(f"near {t}") for t in TYPES)
    )
    return sums.join(votes, on=["article_id", "text"], how="left", maintain_order="left").select(
        "article_id", "text", *(pl.col(t) + pl.col(f"near {t}").fill_null(0.0) for t in TYPES)
    )
