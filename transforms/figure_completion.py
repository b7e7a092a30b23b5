"""What only the article tells about its figures: understood units and nouns, currencies, days meant, equivalents."""

import polars as pl

from transforms.figure_dates import resolve_date
from transforms.units import country_of_site, localise_currency

NEAREST_GAP = 80
"""Characters within which a figure takes its unit from its neighbour: about a clause."""
LAST_DAY = 31
LIST_COMMA = ", "
LONGEST_LIST = 3
"""Days listed before the last two: "les 13, 14, 15, 16 et 17 juillet"."""
BRACKET_GAP = 30
"""Characters between a figure and its conversion: " (soit environ "."""
MEASURED = ("money", "percent", "measure", "duration")


def complete_in_articles(placed: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add what only the article tells.

    In:  figures in order, with paragraph, unit_form, is_scaled, is_contrast, is_bracketed, tense; articles.
    Out: the same rows with unit, kind and noun completed, resolved_start, resolved_end, resolved_rule and
         equivalent_of_start.
    """
    return (
        placed.join(articles.pipe(read_context), on="article_id", how="left", maintain_order="left")
        .pipe(complete_days)
        .pipe(complete_units)
        .pipe(localise_currencies)
        .pipe(complete_nouns)
        .pipe(resolve_dates)
        .pipe(link_equivalents)
    )


def read_context(articles: pl.DataFrame) -> pl.DataFrame:
    """The day of publication and the host of each article; null where the frame does not have them."""
    known = set(articles.columns)
    published = pl.col("published_at").cast(pl.Date) if "published_at" in known else pl.lit(None, pl.Date)
    site = pl.col("site").cast(pl.String) if "site" in known else pl.lit(None, pl.String)
    return articles.select("article_id", published=published, site=site)


def complete_days(figures: pl.DataFrame) -> pl.DataFrame:
    """Make days of bare numbers listed before a date: "les 14, 15 et 16 juillet"."""
    same = ["article_id", "paragraph"]
    is_day = (pl.col("kind") == "count") & pl.col("noun").is_null() & pl.col("value").is_between(1, LAST_DAY)
    is_listed = (pl.col("start").shift(-1) - pl.col("end")).over(same) == len(LIST_COMMA)
    for _ in range(LONGEST_LIST):
        following = pl.col("iso").shift(-1).over(same)
        is_date = pl.col("kind").shift(-1).over(same) == "date"
        has_day = following.str.contains(r"^(?:--|\d{4}-)\d\d-\d\d$")
        is_listed_day = is_day & is_listed & is_date & has_day & (pl.col("form") == "digits")
        day = following.str.head(-2) + pl.col("value").cast(pl.Int64, strict=False).cast(pl.String).str.zfill(2)
        figures = figures.with_columns(
            iso=pl.when(is_listed_day).then(day).otherwise("iso"),
            tense=pl.when(is_listed_day).then(pl.col("tense").shift(-1).over(same)).otherwise("tense"),
            value=pl.when(is_listed_day).then(None).otherwise("value"),
            kind=pl.when(is_listed_day).then(pl.lit("date")).otherwise("kind"),
        )
    return figures


def complete_units(figures: pl.DataFrame) -> pl.DataFrame:
    """Give bare numbers the unit understood from their neighbours.

    "35 millions" after "168 millions d’euros" is money, as is "18 millions" shortly before "25 millions d’euros";
    "110" in "178 km/h au lieu de 110" has the unit of the figure before.
    """
    is_bare = (pl.col("kind") == "count") & pl.col("noun").is_null()
    is_anchor = (pl.col("kind") == "money") | ((pl.col("kind") == "count") & pl.col("noun").is_not_null())
    anchor_kind = pl.when(is_anchor).then("kind")
    anchor_unit = pl.when(is_anchor).then(pl.col("unit").fill_null(""))
    same = ["article_id", "paragraph"]
    figures = figures.with_columns(
        kind_before=anchor_kind.forward_fill().over("article_id"),
        unit_before=anchor_unit.forward_fill().over("article_id"),
        next_kind=pl.col("kind").shift(-1).over(same),
        next_unit=pl.col("unit").shift(-1).over(same),
        gap_after=(pl.col("start").shift(-1) - pl.col("end")).over(same),
        last_kind=pl.col("kind").shift(1).over(same),
        last_unit=pl.col("unit").shift(1).over(same),
        gap_before=(pl.col("start") - pl.col("end").shift(1)).over(same),
    )
    is_scaled = is_bare & pl.col("is_scaled") & (pl.col("form") != "group")
    from_before = is_scaled & (pl.col("kind_before") == "money")
    from_after = is_scaled & (pl.col("next_kind") == "money") & (pl.col("gap_after") < NEAREST_GAP)
    # A sum with no currency before it takes that of the first one after it in the article; null where there is none.
    from_article = is_scaled & pl.col("is_sum")
    later_unit = pl.when(pl.col("kind") == "money").then("unit").backward_fill().over("article_id")
    is_beside = pl.col("last_kind").is_in(MEASURED) & (pl.col("gap_before") < NEAREST_GAP)
    from_contrast = is_bare & pl.col("is_contrast") & is_beside
    is_money = from_before | from_after | from_article
    kind = pl.when(from_contrast).then("last_kind").when(is_money).then(pl.lit("money")).otherwise("kind")
    unit = (
        pl.when(from_contrast)
        .then("last_unit")
        .when(from_before)
        .then(pl.when(pl.col("unit_before") != "").then("unit_before"))
        .when(from_after)
        .then("next_unit")
        .when(from_article)
        .then(later_unit)
        .otherwise("unit")
    )
    return figures.with_columns(kind=kind, unit=unit)


def localise_currencies(figures: pl.DataFrame) -> pl.DataFrame:
    """Settle currencies whose bare name several countries share, by the country of the site."""
    keys = ["unit_form", "unit", "site"]
    bare = figures.filter(pl.col("kind") == "money").select(keys).unique(maintain_order=True)
    # A few hundred distinct names of currencies and sites in 36,000 articles: 1 ms.
    local = [localise_currency(form or "", unit, country_of_site(site)) for form, unit, site in bare.iter_rows()]
    settled = bare.with_columns(local=pl.Series(local, dtype=pl.String))
    joined = figures.join(settled, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(unit=pl.when(pl.col("kind") == "money").then("local").otherwise("unit"))


def complete_nouns(figures: pl.DataFrame) -> pl.DataFrame:
    """Give counts without a noun the noun counted last in the article: "171 drones, dont 75 abattus"."""
    is_count = pl.col("kind") == "count"
    return figures.with_columns(
        noun=pl.when(is_count).then(pl.when(is_count).then("noun").forward_fill().over("article_id"))
    )


def resolve_dates(figures: pl.DataFrame) -> pl.DataFrame:
    """Find the days that dates mean, from the day of publication and the tense around them."""
    keys = ["iso", "iso_high", "published", "tense"]
    dates = figures.filter(pl.col("kind") == "date").select(keys).unique(maintain_order=True)
    # Each distinct date of a day of publication once: 2 µs each, 40,000 in 36,000 articles.
    resolved = [resolve_date(*row) for row in dates.iter_rows()]
    schema = {"resolved_start": pl.Date, "resolved_end": pl.Date, "resolved_rule": pl.String}
    days = pl.DataFrame(resolved, schema=schema, orient="row")
    dates = pl.concat([dates, days], how="horizontal")
    joined = figures.join(dates, on=keys, how="left", nulls_equal=True, maintain_order="left")
    is_date = pl.col("kind") == "date"
    return joined.with_columns(pl.when(is_date).then(name).alias(name) for name in schema)


def link_equivalents(figures: pl.DataFrame) -> pl.DataFrame:
    """Link a conversion in brackets or after soit to the figure that it repeats in another unit."""
    same = ["article_id", "paragraph"]
    is_conversion = (
        pl.col("is_bracketed")
        & pl.col("kind").is_in(["money", "measure"])
        & (pl.col("kind").shift(1).over(same) == pl.col("kind"))
        & (pl.col("unit").shift(1).over(same) != pl.col("unit"))
        & ((pl.col("start") - pl.col("end").shift(1)).over(same) <= BRACKET_GAP)
    )
    start = pl.col("start").shift(1).over(same)
    return figures.with_columns(equivalent_of_start=pl.when(is_conversion).then(start))
