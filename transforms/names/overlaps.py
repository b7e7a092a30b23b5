"""Finds that overlap: which is kept."""

import polars as pl

TIERS = (
    ("portfolio",),
    ("nickname", "competition"),
    ("guillemets",),
    (
        "ministry",
        "expansion",
        "institution",
        "office",
        "directorate",
        "firm",
        "event",
        "named event",
        "treaty",
        "feature",
        "route",
        "letter",
        "civility",
        "title",
    ),
    (
        "listed",
        "club",
        "qualified",
        "role",
        "announced",
        "contracted",
        "town",
        "place",
        "product",
        "person",
        "engine",
        "context",
        "first name",
        "acronym",
        "suffix",
    ),
    ("repeated", "bracketed"),
)
"""Which of two overlapping finds is kept: that of the earlier tier; in a tier the longer; then as they stand here."""

ROUNDS = 4  # of choosing among overlapping finds; chains longer than this were not seen in 9,000 paragraphs


def add_trust(finds: pl.DataFrame) -> pl.DataFrame:
    """Add tier and order of TIERS: the smaller, the more trusted."""
    tiers = {rule: tier for tier, rules in enumerate(TIERS) for rule in rules}
    orders = {rule: order for order, rule in enumerate(rule for rules in TIERS for rule in rules)}
    rule = pl.col("type_rule")
    return finds.with_columns(
        tier=rule.replace_strict(tiers, return_dtype=pl.Int64), order=rule.replace_strict(orders, return_dtype=pl.Int64)
    )


def keep_best(finds: pl.DataFrame) -> pl.DataFrame:
    """Keep, of finds that overlap, the most trusted (TIERS)."""
    rest = add_trust(finds).unique(["article_id", "start", "end", "order"], keep="first", maintain_order=True)
    kept = []
    for _ in range(ROUNDS):
        best = best_of_groups(rest)
        kept.append(best)
        rest = drop_overlaps(rest, best)
        if rest.is_empty():
            break
    return pl.concat(kept).drop("tier", "order")


def best_of_groups(finds: pl.DataFrame) -> pl.DataFrame:
    """The best find of every run of finds that overlap."""
    ordered = finds.sort("article_id", "start", "end")
    reach = pl.col("end").cum_max().shift(1).over("article_id")
    group = (reach.is_null() | (pl.col("start") >= reach)).cum_sum()
    length = pl.col("end") - pl.col("start")
    return (
        ordered.with_columns(group=group)
        .sort("group", "tier", -length, "order", "start")
        .unique("group", keep="first", maintain_order=True)
        .drop("group")
    )


def drop_overlaps(finds: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Drop finds that overlap a kept one: kept ones do not overlap, so the last that starts before the end tells."""
    starts = kept.select("article_id", kept_start="start", kept_end="end").sort("article_id", "kept_start")
    joined = (
        finds.with_columns(last=pl.col("end") - 1)
        .sort("article_id", "last")
        .join_asof(starts, left_on="last", right_on="kept_start", by="article_id", check_sortedness=False)
    )
    clear = pl.col("kept_end").is_null() | (pl.col("kept_end") <= pl.col("start"))
    return joined.filter(clear).select(finds.columns)
