"""Dates and titles of a whole site's articles: floors on the columns that the bench gives beside its texts."""

import polars as pl
import pytest

from transforms.articles import lay_out

SAMPLE = 400
DATE_FLOOR = 0.99
"""Of the texts whose byline prints a year: 1.000 of all when it was set."""
TITLE_FLOOR = 0.99


@pytest.fixture(scope="module")
def bench(shared):
    """Laid out from the columns id and text alone, beside the date and title given."""
    rows = pl.read_parquet(shared / "corpus" / "bench" / "orangesum.parquet").sample(SAMPLE, seed=3)
    documents = rows.select(
        "text",
        document_id=pl.col("id").cast(pl.String),
        source_path=pl.lit("bench.parquet"),
        given=pl.lit(None, pl.String),
        encoding=pl.lit("utf-8"),
        repairs=pl.lit([], pl.List(pl.String)),
    )
    articles = lay_out(documents, lambda texts: ["fr"] * len(texts)).articles
    given = rows.select("published_on", "byline", document_id=pl.col("id").cast(pl.String), given_title="title")
    return given.join(articles, on="document_id")


def test_the_date_of_a_byline_that_prints_a_year_is_read(bench):
    dated = bench.filter(pl.col("byline").str.contains(r"\b(?:19|20)\d\d\b"))
    assert len(dated) > SAMPLE / 2
    right = (dated["published_at"].dt.date() == dated["published_on"]).fill_null(False)
    assert right.mean() >= DATE_FLOOR


def test_the_title_is_read(bench):
    plain = bench.select(pl.col("title", "given_title").str.replace_all(r"[\s'’]+", " ").str.strip_chars())
    assert (plain["title"] == plain["given_title"]).fill_null(False).mean() >= TITLE_FLOOR
