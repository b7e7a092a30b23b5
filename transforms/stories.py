"""Stories: articles on the same event that are no copies of each other.

Two articles tell the same event where they were published within days, share names, and much of the weight of their
words (cosine of TF-IDF, names counting more). Groups grow from the closest pair on, and only where at least half of the
pairs across agree: a subject that is in the news for weeks is not drawn into one story by chaining.
"""

from collections import defaultdict

import polars as pl

DAYS = 3
"""Days between two publications on one event; later articles usually tell what followed."""

SHARED_NAMES = 2
"""Names that two articles on one event share at least; one alone is a person or a place often in the news."""

SHARED_WORDS = 4
"""Other words that they share at least: the same persons in the same town may be in the news for anything."""

COMMON = 0.1
"""A name or word in more than this share of the articles tells nothing about an event."""

FEW = 10
"""Articles that may share a name or word however few articles there are."""

CLOSE = 0.3
"""Cosine from which two dated articles are on one event. Chosen by reading the titles of pairs of one week of news:
from .3 on most told one event; below, many only shared a subject. There is no gold for it."""

CLOSE_UNDATED = 0.4
"""The same where a date is missing: the words must do without it."""

NAME_WEIGHT = 2.0
"""How much more a name weighs than another word of the same rarity."""

AGREEING = 0.5
"""Share of the pairs across two groups that must be close for them to be one story."""

TERM = r"\p{L}{5,}"
"""Words of five letters and more: nearly all French function words are shorter."""


def find_stories(articles: pl.DataFrame, mentions: pl.DataFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """Group the articles that tell the same event.

    In:  articles article_id, published_at (null: unknown), text; mentions article_id, name; duplicates article_id,
         duplicate_of: each copy and the article that stands for its group (null or no row: it is no copy).
    Out: article_id, story_id (the smallest article_id of the story); a row for each article that shares its event with
         one that is no copy of it. Copies go with their originals. The same rows whatever the order of the articles.
    """
    copies = duplicates.drop_nulls("duplicate_of").join(
        articles, left_on="duplicate_of", right_on="article_id", how="semi"
    )
    originals = articles.join(copies, on="article_id", how="anti").sort("article_id").with_row_index("row")
    features = _weigh(_list_features(originals, mentions), originals.height)
    close = _measure(_pair(features, originals), features)
    stories = _merge(close).join(originals.select("row", "article_id"), on="row").select("article_id", "story")
    following = copies.join(stories, left_on="duplicate_of", right_on="article_id").select("article_id", "story")
    return (
        pl.concat([stories, following])
        .select("article_id", story_id=pl.col("article_id").min().over("story"))
        .sort("article_id")
    )


def _list_features(originals: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """List the names of each article and the words that are in no name. Out: row, feature, is_name, times."""
    named = mentions.join(originals.select("article_id", "row"), on="article_id").select(
        "row", feature=pl.col("name").str.to_lowercase(), is_name=pl.lit(True)
    )
    words = originals.select("row", feature=pl.col("text").str.to_lowercase().str.extract_all(TERM))
    in_names = named.select(pl.col("feature").str.extract_all(TERM)).explode("feature").unique()
    terms = words.explode("feature", empty_as_null=False).join(in_names, on="feature", how="anti")
    every = pl.concat([named, terms.with_columns(is_name=pl.lit(False))])
    return every.group_by("row", "feature", "is_name").agg(times=pl.len())


def _weigh(features: pl.DataFrame, article_count: int) -> pl.DataFrame:
    """Keep the features that several articles hold, but not most, and weigh them; each row's weights have length 1."""
    holders = pl.len().over("feature", "is_name")
    rarity = (1 + article_count / pl.col("holders")).log()
    factor = pl.when("is_name").then(NAME_WEIGHT).otherwise(1.0)
    weight = (1 + pl.col("times").log()) * rarity * factor
    return (
        features.with_columns(holders=holders)
        .with_columns(weight=weight)
        .with_columns(weight=pl.col("weight") / (pl.col("weight") ** 2).sum().over("row").sqrt())
        .filter(pl.col("holders").is_between(2, max(FEW, COMMON * article_count)))
        .select("row", "feature", "is_name", "weight")
    )


def _pair(features: pl.DataFrame, originals: pl.DataFrame) -> pl.DataFrame:
    """Pair the articles of the same days that share enough names. Out: row, other (row < other), is_dated."""
    days = originals.select("row", day=pl.col("published_at").dt.epoch("d"))
    names = features.filter("is_name").select("row", "feature").join(days, on="row")
    apart = (pl.col("day") - pl.col("day_right")).abs()
    return (
        names.join(names, on="feature")
        .filter((pl.col("row") < pl.col("row_right")) & (apart <= DAYS).fill_null(True))
        .group_by("row", pl.col("row_right").alias("other"))
        .agg(names=pl.len(), is_dated=apart.is_not_null().first())
        .filter(pl.col("names") >= SHARED_NAMES)
        .select("row", "other", "is_dated")
    )


def _measure(pairs: pl.DataFrame, features: pl.DataFrame) -> pl.DataFrame:
    """Keep the pairs whose words are close. Out: row, other, cosine."""
    keys = ["feature", "is_name"]
    cosines = (
        pairs.join(features, on="row")
        .join(features.rename({"row": "other", "weight": "other_weight"}), on=["other", *keys])
        .group_by("row", "other", "is_dated")
        .agg(cosine=(pl.col("weight") * pl.col("other_weight")).sum(), words=(~pl.col("is_name")).sum())
        .filter(pl.col("words") >= SHARED_WORDS)
    )
    least = pl.when("is_dated").then(CLOSE).otherwise(CLOSE_UNDATED)
    return cosines.filter(pl.col("cosine") >= least).select("row", "other", pl.col("cosine").round(9))


def _merge(pairs: pl.DataFrame) -> pl.DataFrame:
    """Group close pairs, the closest first, where AGREEING of the pairs across are close. Out: row, story (a row)."""
    near: dict[int, set[int]] = defaultdict(set)
    for row, other in pairs.select("row", "other").iter_rows():
        near[row].add(other)
        near[other].add(row)
    story = {row: row for row in near}
    members = {row: {row} for row in near}
    # Each merge depends on the ones before, hence Python; close pairs are few:
    # 394 articles of a week of OrangeSum have 40.
    for row, other, _ in pairs.sort("cosine", "row", "other", descending=[True, False, False]).iter_rows():
        first, second = sorted((story[row], story[other]))
        if first == second:
            continue
        agreeing = sum(len(near[member] & members[second]) for member in members[first])
        if agreeing >= AGREEING * len(members[first]) * len(members[second]):
            members[first] |= members.pop(second)
            story |= dict.fromkeys(members[first], first)
    schema = {"row": pl.UInt32, "story": pl.UInt32}
    merged = pl.DataFrame({"row": list(story), "story": list(story.values())}, schema=schema)
    return merged.filter(pl.len().over("story") > 1)
