"""What only the article tells about its figures: understood units and nouns, currencies, days meant, equivalents."""

import polars as pl

from transforms.numbers.dates import resolve_date
from transforms.numbers.units import BARE_FRANCS, OTHER_FRANCS, country_of_site, localise_currency

NEAREST_GAP = 80
"""Characters within which a figure takes its unit from its neighbour: about a clause."""
LAST_DAY = 31
LIST_COMMA = ", "
LONGEST_LIST = 3
"""Days listed before the last two: "les 13, 14, 15, 16 et 17 juillet"."""
TIMES = "fois"
"""Counted in "deux fois plus", it is not what the numbers after it leave out."""
BRACKET_GAP = 30
"""Characters between a figure and its conversion: " (soit environ "."""
MEASURED = ("money", "percent", "measure", "duration")
THOUSAND, MILLION, BILLION = 1e3, 1e6, 1e9
SMALLEST_SHARE = 0.001
"""A smaller number is no part of a sum: "estimée à 425 000 euros, il n’y en a que huit"."""
LIKE = 10
"""Numbers set against each other differ by less, as do prices: "210 millions dès 2025, 260 à 280 en 2027"."""


def complete_in_articles(placed: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add what only the article tells.

    In:  figures in order, grouped by article and paragraph, with the columns of a Candidate; articles.
    Out: the same rows with unit, kind and noun completed, resolved_start, resolved_end, resolved_rule and
         equivalent_of_start.
    """
    return (
        placed.join(articles.pipe(read_context), on="article_id", how="left", maintain_order="left")
        .with_columns(article=pl.col("article_id").rle_id())
        .pipe(complete_days)
        .pipe(complete_lists)
        .pipe(settle_francs)
        .pipe(complete_points)
        .pipe(complete_units)
        .pipe(settle_degrees)
        .pipe(localise_currencies)
        .pipe(complete_nouns)
        .pipe(settle_centuries)
        .pipe(resolve_dates)
        .pipe(link_equivalents)
    )


def read_context(articles: pl.DataFrame) -> pl.DataFrame:
    """The day of publication and the host of each article; null where the frame does not have them."""
    known = set(articles.columns)
    published = pl.col("published_at").cast(pl.Date) if "published_at" in known else pl.lit(None, pl.Date)
    site = pl.col("site").cast(pl.String) if "site" in known else pl.lit(None, pl.String)
    country = site.str.extract(r"\.([a-z]{2})$").str.to_uppercase()
    return articles.select("article_id", published=published, site=site, site_country=country)


def is_beside(step: int) -> pl.Expr:
    """Whether the figure some rows before (after, if negative) stands in the same paragraph."""
    return pl.col("paragraph").shift(step) == pl.col("paragraph")


def shift_within(name: str, step: int) -> pl.Expr:
    """A column of the figure some rows before (after, if negative) in the same paragraph; null where there is none."""
    return pl.when(is_beside(step)).then(pl.col(name).shift(step))


def fill_within(value: str, where: pl.Expr, group: str) -> pl.Expr:
    """The value of the last row before, of the same group, where a condition holds; null where there is none.

    Rows are grouped already, so that a plain fill and a comparison do: window functions took 20 times as long.
    """
    last_group = pl.when(where).then(group).forward_fill().shift(1)
    return pl.when(last_group == pl.col(group)).then(pl.when(where).then(value).forward_fill().shift(1))


def complete_days(figures: pl.DataFrame) -> pl.DataFrame:
    """Make days of bare numbers listed before a date: "les 14, 15 et 16 juillet"."""
    is_day = (pl.col("kind") == "count") & pl.col("noun").is_null() & pl.col("value").is_between(1, LAST_DAY)
    is_listed = is_beside(-1) & (pl.col("start").shift(-1) - pl.col("end") == len(LIST_COMMA))
    following = shift_within("iso", -1)
    is_date = shift_within("kind", -1) == "date"
    has_day = following.str.contains(r"^(?:--|\d{4}-)\d\d-\d\d$")
    is_listed_day = is_day & is_listed & is_date & has_day & (pl.col("form") == "digits")
    day = following.str.head(-2) + pl.col("value").cast(pl.Int64, strict=False).cast(pl.String).str.zfill(2)
    for _ in range(LONGEST_LIST):
        if figures.select(is_listed_day.any()).item() is not True:
            break
        figures = figures.with_columns(
            iso=pl.when(is_listed_day).then(day).otherwise("iso"),
            tense=pl.when(is_listed_day).then(pl.col("tense").shift(-1)).otherwise("tense"),
            value=pl.when(is_listed_day).then(None).otherwise("value"),
            kind=pl.when(is_listed_day).then(pl.lit("date")).otherwise("kind"),
        )
    return figures


def complete_lists(figures: pl.DataFrame) -> pl.DataFrame:
    """Give the bare numbers of a list the unit at its end: "6, 9 et 12 ans"."""
    is_bare = (pl.col("kind") == "count") & pl.col("noun").is_null() & (pl.col("form") == "digits")
    is_listed = is_beside(-1) & (pl.col("start").shift(-1) - pl.col("end") == len(LIST_COMMA))
    is_part = is_bare & is_listed & (pl.col("form").shift(-1) == "digits") & pl.col("is_list_comma")
    is_unit = is_part & pl.col("kind").shift(-1).is_in([*MEASURED, "age"]) & pl.col("is_shared").shift(-1)
    for _ in range(LONGEST_LIST):
        if figures.select(is_unit.any()).item() is not True:
            break
        figures = figures.with_columns(
            unit=pl.when(is_unit).then(pl.col("unit").shift(-1)).otherwise("unit"),
            kind=pl.when(is_unit).then(pl.col("kind").shift(-1)).otherwise("kind"),
            is_shared=is_unit | pl.col("is_shared"),
        )
    return figures


def complete_points(figures: pl.DataFrame) -> pl.DataFrame:
    """Points won or lost are of percentage in a paragraph that gives percentages: "perdant 6 points ..., à 31 %"."""
    is_open = (pl.col("kind") == "count") & (pl.col("ellipsis") == "points")
    if figures.select(is_open.any()).item() is not True:
        return figures
    shares = figures.filter(pl.col("kind") == "percent").select("paragraph").unique()
    is_share = is_open & pl.col("paragraph").is_in(shares["paragraph"].implode())
    word = pl.col("unit_form")
    return figures.with_columns(
        kind=pl.when(is_share).then(pl.lit("percent")).otherwise("kind"),
        unit=pl.when(is_share).then(pl.lit("percentage_point")).otherwise("unit"),
        noun=pl.when(is_share).then(None).otherwise("noun"),
        text=pl.when(is_share).then(pl.col("text") + word).otherwise("text"),
        end=pl.when(is_share).then(pl.col("end") + word.str.len_chars()).otherwise("end"),
    )


def complete_units(figures: pl.DataFrame) -> pl.DataFrame:
    """Give bare numbers the unit understood from their neighbours.

    "35 millions" after "168 millions d’euros" is money, as is "18 millions" shortly before "25 millions d’euros";
    "110" in "178 km/h au lieu de 110" has the unit of the figure before.
    """
    return figures.pipe(complete_sums).pipe(complete_ellipses)


def complete_sums(figures: pl.DataFrame) -> pl.DataFrame:
    """Give bare millions the currency of the sum before, of the one right after, or of the article."""
    is_money = pl.col("kind") == "money"
    is_counted = (pl.col("kind") == "count") & pl.col("noun").is_not_null()
    is_scaled = (
        (pl.col("kind") == "count") & pl.col("noun").is_null() & pl.col("is_scaled") & (pl.col("form") != "group")
    )
    is_anchor = (is_money & ~pl.col("is_bracketed")) | is_counted
    figures = figures.with_columns(
        kind_before=fill_within("kind", is_anchor, "article"),
        unit_before=fill_within("unit", is_anchor, "article"),
        money_before=fill_within("unit", is_money & ~pl.col("is_bracketed"), "article"),
        money_after=pl.when(pl.when(is_money).then("article").backward_fill() == pl.col("article")).then(
            pl.when(is_money).then("unit").backward_fill()
        ),
    )
    from_before = is_scaled & (pl.col("kind_before") == "money")
    is_near = (pl.col("start").shift(-1) - pl.col("end") < NEAREST_GAP) & is_beside(-1)
    from_after = is_scaled & is_near & (pl.col("kind").shift(-1) == "money")
    # A sum with no currency beside it takes that of the last one before it in the article, else of the next one.
    from_article = is_scaled & pl.col("is_sum")
    unit = (
        pl.when(from_before)
        .then("unit_before")
        .when(from_after)
        .then(pl.col("unit").shift(-1))
        .when(from_article)
        .then(pl.coalesce("money_before", "money_after"))
        .otherwise("unit")
    )
    kind = pl.when(from_before | from_after | from_article).then(pl.lit("money")).otherwise("kind")
    return figures.with_columns(kind=kind, unit=unit)


def complete_ellipses(figures: pl.DataFrame) -> pl.DataFrame:
    """Give the figures of contrasts, parts, sides and prices the unit, and the scale, of the one that they follow."""
    is_measured = pl.col("kind").is_in(MEASURED) & ~pl.col("is_bracketed")
    is_counted = (pl.col("kind") == "count") & pl.col("noun").is_not_null()
    is_whole = (is_measured & (pl.col("kind") != "duration")) | is_counted
    names = ("kind", "unit", "end", "value", "is_scaled")
    figures = figures.with_columns(
        *(fill_within(name, is_measured, "paragraph").alias(f"{name}_set") for name in names),
        *(fill_within(name, is_whole, "paragraph").alias(f"{name}_whole") for name in names),
    )
    is_bare = (pl.col("kind") == "count") & pl.col("noun").is_null()
    gap = pl.col("start") - pl.col("end_set")
    whole_gap = pl.col("start") - pl.col("end_whole")
    has_whole = is_bare & (whole_gap < NEAREST_GAP) & pl.col("kind_whole").is_in(["money", "percent", "measure"])
    alike = pl.col("value") * share_scale("set")
    is_alike = (gap < NEAREST_GAP) & (alike / pl.col("value_set")).is_between(1 / LIKE, LIKE)
    is_other = (pl.col("kind_whole") == "count") & (whole_gap < NEAREST_GAP)
    is_contrast = is_bare & (pl.col("ellipsis") == "contrast") & is_alike & ~is_other.fill_null(False)
    is_side = (
        is_bare
        & (pl.col("ellipsis") == "side")
        & ((pl.col("kind_set") == "measure") | pl.col("unit_set").is_in(["s", "min"]))
        & (gap == len(" sur "))
    )
    scale = share_scale("whole")
    scaled = pl.col("value") * scale
    is_share = (scaled / pl.col("value_whole")).is_between(SMALLEST_SHARE, 1)
    is_part = has_whole & (pl.col("ellipsis") == "part") & is_share
    is_price = has_whole & (pl.col("ellipsis") == "price") & (scaled <= LIKE * pl.col("value_whole"))
    from_whole = is_part | is_price
    from_set = (is_contrast | is_side) & ~from_whole
    return figures.with_columns(
        kind=pl.when(from_whole).then("kind_whole").when(from_set).then("kind_set").otherwise("kind"),
        unit=pl.when(from_whole).then("unit_whole").when(from_set).then("unit_set").otherwise("unit"),
        value=pl.when(from_whole).then(scaled).when(from_set).then(alike).otherwise("value"),
        value_high=pl.when(from_whole).then(pl.col("value_high") * scale).otherwise("value_high"),
    )


def share_scale(other: str) -> pl.Expr:
    """What a bare number is multiplied by where the figure before it is in millions: "11,5 M€ au lieu de 9,8"."""
    value = pl.col(f"value_{other}")
    is_shared = pl.col(f"is_scaled_{other}") & (value >= MILLION) & ~pl.col("is_scaled") & (pl.col("value") < THOUSAND)
    return pl.when(is_shared).then(pl.when(value >= BILLION).then(BILLION).otherwise(MILLION)).otherwise(1.0)


def settle_degrees(figures: pl.DataFrame) -> pl.DataFrame:
    """Bare degrees are Celsius in an article that gives degrees Celsius."""
    is_bare = (pl.col("kind") == "measure") & (pl.col("unit") == "deg")
    if not figures.select(is_bare.any()).item():
        return figures
    warm = figures.filter(pl.col("unit") == "Cel").select("article_id", is_warm=True).unique()
    joined = figures.join(warm, on="article_id", how="left", maintain_order="left")
    return joined.with_columns(unit=pl.when(is_bare & pl.col("is_warm")).then(pl.lit("Cel")).otherwise("unit"))


def settle_francs(figures: pl.DataFrame) -> pl.DataFrame:
    """Bare francs are those that the article names elsewhere: "5 milliards de FCFA", then "1.000 francs"."""
    is_bare = (pl.col("kind") == "money") & pl.col("unit_form").str.to_lowercase().is_in(BARE_FRANCS)
    if not figures.select(is_bare.any()).item():
        return figures
    is_named = pl.col("unit").is_in(OTHER_FRANCS) & (pl.col("kind") == "money")
    named = (
        figures.filter(is_named).group_by("article_id").agg(franc=pl.col("unit").first(), francs=pl.n_unique("unit"))
    )
    named = named.filter(pl.col("francs") == 1)
    joined = figures.join(named, on="article_id", how="left", maintain_order="left")
    is_known = is_bare & pl.col("franc").is_not_null()
    return joined.with_columns(
        unit=pl.when(is_known).then("franc").otherwise("unit"),
        unit_form=pl.when(is_known).then(None).otherwise("unit_form"),
    )


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
    """Give counts without a noun the noun counted last in the paragraph, within reach: "171 drones, dont 75 abattus".

    The first of two that share theirs takes that of the second: "passé de 41 à 58 morts".
    """
    is_count = pl.col("kind") == "count"
    from_pair = pl.when(pl.col("is_shared") & (shift_within("kind", -1) == "count")).then(shift_within("noun", -1))
    is_counted = is_count & pl.col("noun").is_not_null() & (pl.col("noun") != TIMES)
    gap = pl.col("start") - fill_within("end", is_counted, "paragraph")
    last = pl.when(gap <= pl.col("reach")).then(fill_within("noun", is_counted, "paragraph"))
    return figures.with_columns(noun=pl.when(is_count).then(pl.coalesce("noun", from_pair, last)))


SHORT_YEAR = r"^\d{1,2}[/.]\d{1,2}[/.]\d{2}$"
YEARS_AHEAD = 10
"""A year in two digits may lie this far ahead of publication: leases and works; beyond, it is of the last century."""
LATEST_YEAR = 2040
"""The same where the day of publication is unknown."""


def settle_centuries(figures: pl.DataFrame) -> pl.DataFrame:
    """Put dates whose year has two digits in the century that the day of publication allows: 21/04/52 is of 1952."""
    latest = pl.col("published").dt.year().cast(pl.Int64) + YEARS_AHEAD
    year = pl.col("iso").str.head(4).cast(pl.Int64, strict=False)
    is_ahead = pl.col("text").str.contains(SHORT_YEAR) & (year > latest.fill_null(LATEST_YEAR))
    past = (year - 100).cast(pl.String) + pl.col("iso").str.slice(4)
    return figures.with_columns(iso=pl.when((pl.col("kind") == "date") & is_ahead).then(past).otherwise("iso"))


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
    is_conversion = (
        pl.col("is_bracketed")
        & pl.col("kind").is_in(["money", "measure"])
        & is_beside(1)
        & (pl.col("kind").shift(1) == pl.col("kind"))
        & (pl.col("unit").shift(1) != pl.col("unit"))
        & ((pl.col("start") - pl.col("end").shift(1)) <= BRACKET_GAP)
    )
    return figures.with_columns(equivalent_of_start=pl.when(is_conversion).then(pl.col("start").shift(1)))
