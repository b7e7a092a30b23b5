"""Stories: articles on the same event that are no copies of each other.

Two articles tell the same event where they were published within days, share two anchors (a name, a figure), some
words, and enough of the weight of all three (cosine of TF-IDF), and do not name other weekdays. Groups grow from the
closest pair on, and only while the pairs across are close on average: no subject of weeks is drawn into one story.

Numbers given with constants are those of the 33 pairs of sets 1 and 2 of `tests/gold/stories.jsonl`: precision 1.000
and recall .697 with all values as they are.
"""

from collections import defaultdict

import polars as pl

DAYS = 3
"""Days between two publications on one event; later articles usually tell what followed.

With 1 the same pairs; with 7, precision .77: the next match is taken for the last."""

ANCHORS = 2
"""Names and figures that two articles on one event share at least; one alone is a place often in the news.

With 1 the same pairs, and many more to compare; with 3, recall .485."""

SHARED_WORDS = 2
"""Other words that they share at least: the same persons in the same town may be in the news for anything.

With 1, recall .788 without a false pair either, but little more than names would then do; with 3, recall .576."""

COMMON = 0.1
"""A name, figure or word in more than this share of the articles tells nothing about an event.

With .05 or .2 the same."""

FEW = 30
"""Articles that may share a name, figure or word however few articles there are.

With 10, recall .636; with 60 the same."""

RARE = 50
"""Holders of a name or figure by which an article without a date meets others: it meets them whatever their dates."""

CLOSE = 0.28
"""Cosine from which two dated articles are on one event.

With .24 the same pairs, with .2 precision .852, with .32 recall .515. In a week of OrangeSum most pairs between .24
and .28 shared only a subject."""

CLOSE_UNDATED = 0.4
"""The same where a date is missing, and a figure must be shared: the words must do without the days."""

AGREEING = 0.7
"""Share of CLOSE that the pairs across two groups reach on average for them to be one story.

With .5, precision .852; with .9, recall .636."""

WEIGHTS = {"name": 2.0, "figure": 1.5, "word": 1.0}
"""How much a name and a figure weigh beside another word of the same rarity.

With names at 1, recall .273; at 3, precision .852; with figures at 1, recall .667; at 2.5, .606."""

PAIRS_AT_ONCE = 20_000
"""Pairs compared together: about 3 million words."""

WEEKDAY = r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
"""Reports of one event name a day that it fell on; those of the next match, stage or bulletin name other days only.

Without this, precision .828 and recall .727."""

TERM = r"\p{L}{5,}"
"""Words of five letters and more: nearly all French function words are shorter."""

STEM = 6
"""Letters by which words are the same: condamné and condamnation, but not pêche and pêcheurs.

With 5 the same pairs, with 8 recall .667."""

FIGURE = r"\d{1,3}(?:[\s.]\d{3})+|\d+(?:,\d+)?"
"""A number in digits, thousands set apart or not. Without figures, recall .667."""

PLAIN_FIGURE = r"^(?:\d|1\d|20|30|(?:19|20)\d\d)$"
"""Numbers that any two texts may share: up to twenty, thirty, and years."""


def find_stories(articles: pl.DataFrame, mentions: pl.DataFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """Group the articles that tell the same event.

    In:  articles article_id, published_at (null: unknown), text; mentions article_id, name; duplicates article_id,
         duplicate_of: each copy and the article that stands for its group (null or no row: it is no copy).
    Out: article_id, story_id (the smallest article_id of the story); a row for each article that shares its event with
         one that is no copy of it. Copies go with their originals. The same rows whatever the order of the articles.
    """
    former = pl.DataFrame(schema={"article_id": pl.String, "story_id": pl.String})
    told = retell_stories(articles, mentions, duplicates, articles.select("article_id"), former)
    return told.drop_nulls("story_id")


def retell_stories(
    articles: pl.DataFrame, mentions: pl.DataFrame, duplicates: pl.DataFrame, asking: pl.DataFrame, former: pl.DataFrame
) -> pl.DataFrame:
    """Group the articles that asking ones share an event with; the stories of all others do not depend on these.

    In:  as find_stories; asking: article_id, of new articles and of copies that changed sides; former: article_id,
         story_id, as told before.
    Out: article_id, story_id as in find_stories, or null: a row for each article that was looked at.
    """
    copies = duplicates.drop_nulls("duplicate_of").join(
        articles, left_on="duplicate_of", right_on="article_id", how="semi"
    )
    originals = articles.join(copies, on="article_id", how="anti").sort("article_id").with_row_index("row")
    features = _weigh(_list_features(originals, mentions), originals.height)
    places = _place(originals, copies)
    seeds = set(places.join(asking, on="article_id", how="semi")["row"])
    mates = places.join(former, on="article_id").select("row", "story_id")
    measured, reached = _reach(_pair(features, originals), features, originals, seeds, mates)
    stories = _merge(measured)
    looked_at = places.filter(pl.col("row").is_in(list(reached)))
    return (
        looked_at.join(stories, on="row", how="left")
        .select(
            "article_id", story_id=pl.when(pl.col("story").is_not_null()).then(pl.col("article_id").min().over("story"))
        )
        .sort("article_id")
    )


def _place(originals: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    """The row of every article: its own, or that of its original. Out: article_id, row."""
    own = originals.select("article_id", "row")
    following = copies.join(own, left_on="duplicate_of", right_on="article_id").select("article_id", "row")
    return pl.concat([own, following])


def _reach(
    pairs: pl.DataFrame, features: pl.DataFrame, originals: pl.DataFrame, seeds: set[int], mates: pl.DataFrame
) -> tuple[pl.DataFrame, set[int]]:
    """Measure the pairs of the seeds, of those close to them, of those close to these, and of all their former stories.

    Groups grow along close pairs only, so no other pair can change a group that holds a seed.
    Out: the pairs as _measure has them, without those of other days; the rows that were looked at.
    """
    reached: set[int] = set()
    parts = [_measure(pairs.clear(), features)]
    while seeds := seeds - reached:
        reached |= seeds
        touched = pl.col("row").is_in(list(seeds)) | pl.col("other").is_in(list(seeds))
        todo, pairs = pairs.filter(touched), pairs.filter(~touched)
        found = pl.concat([_measure(part, features) for part in todo.iter_slices(PAIRS_AT_ONCE)] or parts[:1])
        parts.append(_drop_other_days(found, originals))
        close = parts[-1].filter("is_close")
        told = mates.filter(pl.col("row").is_in(list(seeds)))
        seeds = {*close["row"], *close["other"], *mates.join(told, on="story_id", how="semi")["row"]}
    return pl.concat(parts), reached


def _list_features(originals: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """List what each article names, its figures, and the words that are in no name of its own.

    Out: row, kind (of WEIGHTS), feature, times.
    """
    text = pl.col("text").str.to_lowercase()
    named = mentions.join(originals.select("article_id", "row"), on="article_id").select(
        "row", feature=pl.col("name").str.to_lowercase()
    )
    in_names = named.select("row", pl.col("feature").str.extract_all(TERM)).explode("feature", empty_as_null=False)
    words = originals.select("row", feature=text.str.extract_all(TERM)).explode("feature", empty_as_null=False)
    figures = originals.select("row", feature=text.str.extract_all(FIGURE)).explode("feature", empty_as_null=False)
    plain = figures.with_columns(pl.col("feature").str.replace_all(r"[\s.]", ""))
    every = {
        "name": named,
        "figure": plain.filter(~pl.col("feature").str.contains(PLAIN_FIGURE)),
        "word": words.join(in_names, on=["row", "feature"], how="anti").with_columns(pl.col("feature").str.head(STEM)),
    }
    return (
        pl.concat(frame.with_columns(kind=pl.lit(kind)) for kind, frame in every.items())
        .group_by("row", "kind", "feature")
        .agg(times=pl.len())
    )


def _weigh(features: pl.DataFrame, article_count: int) -> pl.DataFrame:
    """Keep the features that several articles hold, but not most, and weigh them; each row's weights have length 1.

    Out: row, feature, kind, holders, weight.
    """
    rarity = (1 + article_count / pl.col("holders")).log()
    factor = pl.col("kind").replace_strict(WEIGHTS, return_dtype=pl.Float64)
    return (
        features.with_columns(holders=pl.len().over("kind", "feature"))
        .with_columns(weight=(1 + pl.col("times").log()) * rarity * factor)
        .with_columns(weight=pl.col("weight") / (pl.col("weight") ** 2).sum().over("row").sqrt())
        .filter(pl.col("holders").is_between(2, max(FEW, COMMON * article_count)))
        .select("row", pl.concat_str("kind", pl.lit(":"), "feature").alias("feature"), "kind", "holders", "weight")
    )


def _pair(features: pl.DataFrame, originals: pl.DataFrame) -> pl.DataFrame:
    """Pair the articles of the same days, or without a day, that share anchors. Out: row, other, is_dated."""
    days = originals.select("row", day=pl.col("published_at").dt.epoch("d"))
    anchors = features.filter(pl.col("kind") != "word").join(days, on="row").select("row", "feature", "day", "holders")
    around = pl.concat(anchors.with_columns(pl.col("day") + apart) for apart in range(-DAYS, DAYS + 1))
    dated = anchors.join(around, on=["feature", "day"]).select("row", other="row_right", is_dated=pl.lit(True))
    rare = anchors.filter(pl.col("holders") <= RARE)
    undated = rare.join(rare.filter(pl.col("day").is_null()), on="feature").select(
        row=pl.min_horizontal("row", "row_right"), other=pl.max_horizontal("row", "row_right"), is_dated=pl.lit(False)
    )
    return (
        pl.concat([dated, undated])
        .filter(pl.col("row") < pl.col("other"))
        .group_by("row", "other", "is_dated")
        .agg(anchors=pl.len())
        .filter(pl.col("anchors") >= ANCHORS)
        .select("row", "other", "is_dated")
    )


def _measure(pairs: pl.DataFrame, features: pl.DataFrame) -> pl.DataFrame:
    """Say how close the words of pairs are. Out: row, other, cosine, is_close: the pair alone makes a story."""
    held = features.select(
        "row", "feature", "weight", is_word=pl.col("kind") == "word", is_figure=pl.col("kind") == "figure"
    )
    least = pl.when("is_dated").then(CLOSE).otherwise(CLOSE_UNDATED)
    return (
        pairs.join(held, on="row")
        .join(held.select("feature", other="row", other_weight="weight"), on=["other", "feature"])
        .group_by("row", "other", "is_dated")
        .agg(
            cosine=(pl.col("weight") * pl.col("other_weight")).sum().round(9),
            words=pl.col("is_word").sum(),
            figures=pl.col("is_figure").sum(),
        )
        .filter(pl.col("is_dated") | (pl.col("figures") > 0))
        .select("row", "other", "cosine", is_close=(pl.col("words") >= SHARED_WORDS) & (pl.col("cosine") >= least))
    )


def _drop_other_days(measured: pl.DataFrame, originals: pl.DataFrame) -> pl.DataFrame:
    """Drop the pairs that name weekdays, but none in common. Same columns."""
    days = originals.select("row", days=pl.col("text").str.to_lowercase().str.extract_all(WEEKDAY))
    days = days.filter(pl.col("days").list.len() > 0)
    apart = (
        measured.join(days, on="row")
        .join(days.rename({"row": "other", "days": "other_days"}), on="other")
        .filter(pl.col("days").list.set_intersection("other_days").list.len() == 0)
    )
    return measured.join(apart, on=["row", "other"], how="anti")


def _merge(pairs: pl.DataFrame) -> pl.DataFrame:
    """Group close pairs, the closest first, where the pairs across are close on average. Out: row, story (a row)."""
    close = pairs.filter("is_close").sort("cosine", "row", "other", descending=[True, False, False])
    cosine: dict[int, dict[int, float]] = defaultdict(dict)
    for row, other, value in pairs.select("row", "other", "cosine").iter_rows():
        cosine[row][other] = cosine[other][row] = value
    story = {row: row for row in {*close["row"], *close["other"]}}
    members = {row: {row} for row in story}
    # Each merge depends on the ones before, hence Python; close pairs are few.
    for row, other in close.select("row", "other").iter_rows():
        first, second = sorted((story[row], story[other]))
        if first == second:
            continue
        across = [cosine[one].get(two, 0.0) for one in members[first] for two in members[second]]
        if sum(across) >= AGREEING * CLOSE * len(across):
            members[first] |= members.pop(second)
            story |= dict.fromkeys(members[first], first)
    schema = {"row": pl.UInt32, "story": pl.UInt32}
    merged = pl.DataFrame({"row": list(story), "story": list(story.values())}, schema=schema)
    return merged.filter(pl.len().over("story") > 1)
