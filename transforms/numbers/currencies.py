"""What currency a bare name means in an article: francs, dollars, dinars and sums without any, by country and time.

Facts: schemas/lexicon/cities.csv, countries.csv, demonyms.csv; the dates at which the euro replaced the francs.
"""

import re
from functools import cache

import polars as pl

from schemas import lexicon
from transforms.numbers.units import BARE_DOLLARS, BARE_FRANCS

FIRST_EURO_YEAR = 2002
"""Coins and notes since 1 January 2002: before it, francs of France and Belgium were paid with."""
FRANCS = {"CH": "CHF", "LI": "CHF", "SN": "XOF", "CI": "XOF", "ML": "XOF", "BF": "XOF", "BJ": "XOF", "TG": "XOF",
          "NE": "XOF", "CM": "XAF", "GA": "XAF", "CG": "XAF", "TD": "XAF", "CF": "XAF", "NC": "XPF", "PF": "XPF",
          "CD": "CDF", "GN": "GNF", "RW": "RWF", "BI": "BIF", "DJ": "DJF", "KM": "KMF"}  # fmt: skip
OLD_FRANCS = {"FR": "FRF", "BE": "BEF", "LU": "LUF"}
"""Before the euro."""
DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "SG": "SGD"}
UNSAID = {"CA": "CAD", "CH": "CHF", "SN": "XOF", "CI": "XOF", "CM": "XAF", "MA": "MAD", "DZ": "DZD", "TN": "TND",
          "US": "USD", "GB": "GBP", "HT": "HTG"}  # fmt: skip
"""The currency of a sum that says none, by the country told of; elsewhere the euro."""
COUNTRIES = frozenset(FRANCS) | frozenset(OLD_FRANCS) | frozenset(DOLLARS) | frozenset(UNSAID)
SHORTEST_PLACE = 4
WORD = re.compile(r"[^\W\d_]+(?:[-‑’'][^\W\d_]+)*")
YEAR_TOLD = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
YEAR_WIDTH = 100
"""Characters before a sum in which a year dates it: "en 1964, la chambre coûtait 90 francs"."""


@cache
def country_words() -> dict[str, str]:
    """The country of each word that names one, a town of one, or its people, in lower case."""
    cities = lexicon.read("cities").filter(pl.col("is_sure") & pl.col("country").is_in(COUNTRIES))
    words = dict(cities.select(pl.col("form").str.to_lowercase(), "country").iter_rows())
    words |= {f.lower(): c for f, c in lexicon.read("countries").select("form", "country_code").iter_rows()}
    words |= {f.lower(): c for f, c in lexicon.read("demonyms").select("form", "country_code").iter_rows()}
    return {form: code for form, code in words.items() if code in COUNTRIES and len(form) >= SHORTEST_PLACE}


@cache
def find_country(text: str) -> str | None:
    """The country whose words a text holds most; null where it holds none, or as many of two."""
    counts: dict[str, int] = {}
    words = country_words()
    for match in WORD.finditer(text):
        whole = match.group().lower().replace("'", "’")
        for word in (whole, whole.rpartition("’")[2]):
            if word in words:
                counts[words[word]] = counts.get(words[word], 0) + 1
                break
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def settle_by_country(figures: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Settle currencies that only the country and the time told of can tell.

    In:  figures with article_id, paragraph (row of paragraphs), start, kind, unit, unit_form, is_sum, site_country,
         published; paragraphs (article_id, start, text).
    Out: the same rows; unit of bare francs and dollars and of sums without a currency is that of the country whose
         words the article holds most, francs by the year told before them, else by the day of publication.
    """
    form = pl.col("unit_form").str.to_lowercase()
    is_bare = form.is_in(BARE_FRANCS | {"fr", "fr.", "frs", "frs."}) | (
        form.is_in(BARE_DOLLARS) & (pl.col("unit") == "USD")
    )
    is_open = (pl.col("kind") == "money") & (is_bare | (pl.col("unit").is_null() & pl.col("is_sum")))
    asked = figures.with_row_index("row").filter(is_open)
    if asked.is_empty():
        return figures
    texts = paragraphs.filter(pl.col("article_id").is_in(asked["article_id"].unique().implode()))
    whole = dict(texts.group_by("article_id").agg(pl.col("text").str.join("\n")).iter_rows())
    # A row of an article that holds bare money: 300 in 1,000 articles, 0.1 ms each for the words of its article.
    found = {}
    for row in asked.iter_rows(named=True):
        before = paragraphs["text"][row["paragraph"]][: row["start"] - paragraphs["start"][row["paragraph"]]]
        country = row["site_country"] if row["site_country"] in COUNTRIES else None
        country = find_country(whole[row["article_id"]]) if country in (None, "FR") else country
        found[row["row"]] = choose_currency(row["unit_form"], row["unit"], country, find_year(before, row["published"]))
    settled = pl.DataFrame(
        {"row": list(found), "settled": list(found.values())}, schema={"row": pl.UInt32, "settled": pl.String}
    )
    joined = figures.with_row_index("row").join(settled, on="row", how="left", maintain_order="left")
    return joined.with_columns(unit=pl.coalesce("settled", "unit")).drop("row", "settled")


def find_year(before: str, published: object) -> int | None:
    """The year of a sum: told shortly before it, else that of publication; null where unknown."""
    told = YEAR_TOLD.findall(before[-YEAR_WIDTH:])
    year = getattr(published, "year", None)
    return int(told[-1]) if told else year


def choose_currency(form: str | None, unit: str | None, country: str | None, year: int | None) -> str | None:
    """The currency of a bare sum in a country and a year; what was read where these do not tell."""
    bare = (form or "").lower()
    if form is None:
        return UNSAID.get(country or "", "EUR")
    if bare in BARE_DOLLARS:
        return DOLLARS.get(country or "", unit)
    if year is not None and year < FIRST_EURO_YEAR and country not in FRANCS:
        return OLD_FRANCS.get(country or "", "FRF")
    return FRANCS.get(country or "", unit)
