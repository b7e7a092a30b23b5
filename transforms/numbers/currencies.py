"""What currency a bare name means in an article: francs, dollars, dinars and sums without any, by country and time.

Facts: schemas/lexicon/cities.csv, countries.csv, demonyms.csv; the dates at which the euro replaced the francs.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

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
EUROS = frozenset(["FR", "BE", "LU", "DE", "IT", "ES", "PT", "NL", "AT", "IE", "FI", "GR", "MC"])
SHARING = frozenset(FRANCS) | frozenset(OLD_FRANCS) | frozenset(DOLLARS) | frozenset(UNSAID)
FRANC_FORMS = BARE_FRANCS | {"fr", "fr.", "frs", "frs."}
SHORTEST_PLACE = 4
WORD = re.compile(r"\b[A-ZÀ-Ý][^\W\d_]+(?:[-‑][^\W\d_]+)*")
"""Words with a capital: countries, towns and people. With those in lower case it took three times as long."""
YEAR_TOLD = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
YEAR_WIDTH = 100
"""Characters before a sum in which a year dates it: "en 1964, la chambre coûtait 90 francs"."""


@cache
def country_words() -> dict[str, str]:
    """The country of each word that names one, a town of one, or its people, in lower case.

    Of towns only those of countries whose money has a name that others share.
    """
    cities = lexicon.read("cities").filter(pl.col("is_sure") & pl.col("country").is_in(SHARING))
    words = dict(cities.select(pl.col("form").str.to_lowercase(), "country").iter_rows())
    words |= {f.lower(): c for f, c in lexicon.read("countries").select("form", "country_code").iter_rows()}
    words |= {f.lower(): c for f, c in lexicon.read("demonyms").select("form", "country_code").iter_rows()}
    return {form: code for form, code in words.items() if len(form) >= SHORTEST_PLACE}


def count_countries(text: str) -> Counter[str]:
    """How often a text names each country, its towns or its people, with a capital."""
    words = country_words()
    found = WORD.findall(text)
    return Counter(code for word in found if (code := words.get(word.lower().replace("‑", "-"))))


def settle_by_country(figures: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Settle currencies that only the country and the time told of can tell.

    In:  figures with article_id, paragraph (row of paragraphs), start, kind, unit, unit_form, is_sum, site_country,
         published; paragraphs (article_id, start, text).
    Out: the same rows; unit of bare francs and dollars and of sums without a currency is that of the country whose
         words the article holds most, francs by the year told before them, else by the day of publication.
    """
    form = pl.col("unit_form").str.to_lowercase()
    is_bare = form.is_in(FRANC_FORMS) | (form.is_in(BARE_DOLLARS) & (pl.col("unit") == "USD"))
    is_open = (pl.col("kind") == "money") & (is_bare | (pl.col("unit").is_null() & pl.col("is_sum")))
    asked = figures.with_row_index("row").filter(is_open)
    if asked.is_empty():
        return figures
    texts = paragraphs.filter(pl.col("article_id").is_in(asked["article_id"].unique().implode()))
    whole = texts.group_by("article_id").agg(pl.col("text").str.join("\n"))
    # Python counts words in the few articles that hold such a sum: 100 of 3,000 of the bench, 0.1 ms each.
    told = {article: count_countries(text) for article, text in whole.iter_rows()}
    settled = [
        choose_currency(
            row["unit_form"],
            row["unit"],
            add_site(told[row["article_id"]], row["site_country"]),
            find_year(row, paragraphs),
        )
        for row in asked.iter_rows(named=True)
    ]
    units = asked.select("row").with_columns(settled=pl.Series(settled, dtype=pl.String))
    joined = figures.with_row_index("row").join(units, on="row", how="left", maintain_order="left")
    return joined.with_columns(unit=pl.coalesce("settled", "unit")).drop("row", "settled")


def add_site(told: Counter[str], country: str | None) -> Counter[str]:
    """The countries told of; where the site is of one whose money others share, that one alone."""
    return Counter({country: 1}) if country in SHARING and country != "FR" else told


def find_year(row: dict[str, Any], paragraphs: pl.DataFrame) -> int | None:
    """The year of a sum: told shortly before it, else that of publication; null where unknown."""
    before = paragraphs["text"][row["paragraph"]][: row["start"] - paragraphs["start"][row["paragraph"]]]
    years = YEAR_TOLD.findall(before[-YEAR_WIDTH:])
    return int(years[-1]) if years else getattr(row["published"], "year", None)


def find_most(told: Counter[str], money: Iterable[str]) -> str | None:
    """The country told of most, of some; null where there is none, or as many of two."""
    ranked = Counter({code: told[code] for code in money if told[code]}).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def choose_currency(form: str | None, unit: str | None, told: Counter[str], year: int | None) -> str | None:
    """The currency of a bare sum by the countries told of and the year; what was read where these do not tell.

    A sum that names none is in euros only where no country with other money is told of most.
    """
    bare = (form or "").lower()
    if form is None:
        country = find_most(told, told)
        return UNSAID.get(country or "") or ("EUR" if not told or country in EUROS else None)
    if bare in BARE_DOLLARS:
        country = find_most(told, [*DOLLARS, "US"])
        return DOLLARS.get(country or "", unit)
    if year is not None and year < FIRST_EURO_YEAR:
        country = find_most(told, [*FRANCS, *OLD_FRANCS])
        return {**FRANCS, **OLD_FRANCS}.get(country or "FR", unit)
    country = find_most(told, FRANCS) or find_most(told, OLD_FRANCS)
    return {**FRANCS, **OLD_FRANCS}.get(country or "", unit)
