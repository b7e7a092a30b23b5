"""figure_facts and figure_disagreements on an invented flood: four papers, one copy, another story."""

from datetime import datetime

import duckdb
import polars as pl
import pytest

from transforms.figures import find_figures
from warehouse.sql import run_sql

TEXTS = {
    "echo": "La crue de la Lusse a fait 12 morts et 300 sinistrés.",
    "phare": "À Ambreville, la crue a fait 15 morts. Elle laisse 300 sinistrés, dont 40 sinistrés relogés.",
    "tribune": "La Lusse a débordé : 15 morts, 300 sinistrés, 7 ponts coupés.",
    "reprise": "La crue de la Lusse a fait 12 morts et 310 sinistrés.",
    "salon": "Le salon d’Orvac a fait 9 morts de rire et attiré 800 visiteurs.",
}
STORIES = {"echo": "crue", "phare": "crue", "tribune": "crue", "reprise": "crue", "salon": "salon"}
COPIES = {"reprise": "echo"}


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    """A warehouse with the figures of the texts, and one entity."""
    articles = pl.DataFrame(
        {
            "article_id": TEXTS.keys(),
            "title": [name.capitalize() for name in TEXTS],
            "text": TEXTS.values(),
            "published_at": datetime(2025, 2, 11),
            "site": None,
            "publication": None,
            "duplicate_of": [COPIES.get(name) for name in TEXTS],
            "is_current": True,
        },
        schema_overrides={"site": pl.String, "publication": pl.String, "duplicate_of": pl.String},
    )
    paragraphs = articles.select("article_id", "text", start=pl.lit(0, pl.Int64))
    figures = find_figures(paragraphs, articles).with_columns(
        figure_id=pl.format("{}-{}", "article_id", "start"), equivalent_of=pl.lit(None, pl.String)
    )
    sentences = paragraphs.select(
        "article_id", "start", "text", sentence_index=pl.lit(0), end=pl.col("text").str.len_chars()
    )
    mentions = pl.DataFrame({"article_id": ["phare"], "start": [2], "entity_id": ["e1"]})
    entities = pl.DataFrame({"entity_id": ["e1"], "name": ["Ambreville"]})
    stories = pl.DataFrame({"article_id": STORIES.keys(), "story_id": STORIES.values()})
    connection = duckdb.connect()
    tables = {"articles": articles, "figures": figures, "sentences": sentences, "mentions": mentions,
              "entities": entities, "stories": stories}  # fmt: skip
    for name, rows in tables.items():
        connection.register(f"{name}_rows", rows)
        connection.execute(f"create table {name} as from {name}_rows")
    for view in ("figure_facts", "figure_disagreements"):
        run_sql(connection, f"views/{view}")
    return connection


def test_sources_that_share_no_value_disagree_and_a_copy_is_no_source(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("select story_id, kind, noun, articles, given_values from figure_disagreements").fetchall()
    assert rows == [("crue", "count", "mort", 3, [12.0, 15.0])]


def test_every_source_of_a_disagreement_says_its_value(con: duckdb.DuckDBPyConnection) -> None:
    (sources,) = con.execute("select sources from figure_disagreements").fetchone() or ([],)
    assert {(source["title"], source["value"]) for source in sources} == {
        ("Echo", 12.0), ("Phare", 15.0), ("Tribune", 15.0)
    }  # fmt: skip


def test_a_fact_has_its_sentence_and_the_names_in_it(con: duckdb.DuckDBPyConnection) -> None:
    query = "select value, noun, entities, is_original from figure_facts where article_id = ? order by start limit 1"
    assert con.execute(query, ["phare"]).fetchone() == (15.0, "mort", ["Ambreville"], True)
    assert con.execute(query, ["reprise"]).fetchone() == (12.0, "mort", [], False)
