"""Copies come out the same in whatever order and runs the articles arrive; stories keep their names."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple
from unittest.mock import patch

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import committing
from flows.committing import save_copies, save_stories
from schemas.duplicates import Duplicates, Shingles, Stories
from transforms import duplicates
from transforms.duplicates import shingle_articles
from warehouse.ddl import create_statements
from warehouse.sql import read_sql

Corpus = list[tuple[str, list[int]]]
"""Ids of articles, and which invented sentences each prints."""


class Copies(NamedTuple):
    """What the warehouse says of the copies in it."""

    pairs: list[tuple[str, ...]]
    representatives: list[tuple[str, str | None]]


def write(sentences: list[int]) -> str:
    """Sentences of twelve words that no other sentence has."""
    return " ".join(" ".join(f"mot{seed}{chr(97 + place)}" for place in range(12)) + "." for seed in sentences)


TABLES = """
create table articles (
    article_id text, text text, published_at timestamp, duplicate_of text, is_current boolean default true
);
create temp table staged_documents (document_id text);
create temp table returned_documents (document_id text);
"""
"""What the SQL of a commit reads, as far as copies and stories are concerned."""


def withdraw(con: duckdb.DuckDBPyConnection, gone: list[str], *steps: str) -> None:
    """Take articles out as a run does that no longer finds them."""
    con.register("gone", pl.DataFrame({"document_id": gone}, schema={"document_id": pl.String}))
    con.execute("create or replace temp table left_documents as from gone")
    for step in ("1_articles", *steps, "9_articles"):
        con.execute(read_sql(f"ingest/withdraw/{step}"))


def load_batch(con: duckdb.DuckDBPyConnection, batch: Corpus, gone: list[str]) -> None:
    """Load articles, while others leave, as a run does, as far as copies are concerned."""
    withdraw(con, gone, "5_shingles", "6_copies")
    rows = [(article_id, write(sentences)) for article_id, sentences in batch]
    articles = pl.DataFrame(rows, schema={"article_id": pl.String, "text": pl.String}, orient="row")
    shingles = shingle_articles(articles)
    con.register("staged_articles", articles)
    con.register("staged_shingles", shingles)
    con.execute("insert into articles (article_id, text) from staged_articles")
    con.execute("insert into shingles by name from staged_shingles")
    con.execute(read_sql("ingest/run_articles"))
    save_copies(con)


def load_all(batches: list[Corpus], gone: Sequence[list[str]] = ()) -> Copies:
    """Load batch after batch into an empty warehouse, where three holders of a shingle are many.

    In:  `gone`: who leaves with each batch.
    """
    with duckdb.connect() as con:
        con.execute(TABLES)
        for statement in create_statements(Duplicates) + create_statements(Shingles):
            con.execute(statement)
        with patch.multiple(committing, FREQUENT=3, HUBS=1), patch.multiple(duplicates, FREQUENT=3, HUBS=1):
            for batch, leaving in zip_longest(batches, gone, fillvalue=[]):
                load_batch(con, batch, leaving)
        pairs = con.sql("select article_id, duplicate_of, kind from duplicates order by all").fetchall()
        current = "select article_id, duplicate_of from articles where is_current order by all"
        return Copies(pairs, con.sql(current).fetchall())


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Articles made of a few sentences: copies, excerpts, and sentences that many print; with ids in any order."""
    bodies = draw(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=2, max_size=12))
    names = draw(st.permutations(range(len(bodies))))
    return [(f"a{name:02}", body) for name, body in zip(names, bodies, strict=True)]


@settings(max_examples=25, deadline=None)
@given(corpora(), st.data())
def test_the_same_copies_come_out_whatever_the_order_and_the_runs(corpus: Corpus, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(corpus))
    first, second = sorted(data.draw(st.tuples(*[st.integers(0, len(corpus))] * 2)))
    batches = [shuffled[:first], shuffled[first:second], shuffled[second:]]
    assert load_all(batches) == load_all([corpus])


@settings(max_examples=25, deadline=None)
@given(corpora(), st.data())
def test_the_copies_are_those_of_who_is_left(corpus: Corpus, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(corpus))
    cut = data.draw(st.integers(0, len(corpus)))
    names = [article_id for article_id, _ in shuffled[:cut]]
    leaving = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    left = [(article_id, body) for article_id, body in corpus if article_id not in leaving]
    assert load_all([shuffled[:cut], shuffled[cut:]], [[], leaving]) == load_all([left])
    assert load_all([shuffled, []], [[], leaving]) == load_all([left])


def test_a_frequent_text_is_one_group_whose_hub_changes_with_who_arrives() -> None:
    body = [0, 1, 2, 3, 4, 5]
    copies = [(f"a{number}", body) for number in range(9, 0, -1)]
    found = load_all([[article] for article in copies])
    assert found.pairs == [(f"a{number}", "a1", "exact") for number in range(2, 10)]
    assert found.representatives == [("a1", None), *((f"a{number}", "a1") for number in range(2, 10))]


def test_articles_that_share_only_furniture_part_once_it_is_known_as_such() -> None:
    """Three articles of a site pass for copies of each other; the fourth shows what they share."""
    articles = [(f"a{number}", [0, 1, 2, *range(10 * number, 10 * number + 4)]) for number in range(1, 5)]
    assert load_all([articles[:3]]).pairs != []
    assert load_all([articles[:3], articles[3:]]) == ([], [(f"a{number}", None) for number in range(1, 5)])


FIRE = "Lundi, l’incendie de l’entrepôt Delvaux a été maîtrisé à Port-Clair par les pompiers."
FIRE_TOO = "À Port-Clair, les pompiers ont maîtrisé lundi l’incendie dans l’entrepôt Delvaux."
VOTE = "Jeanne Aubin présente le budget des écoles de Rochebrune au conseil."


def test_a_story_keeps_its_name_and_those_who_tell_it_when_more_reports_arrive() -> None:
    """The second run looks at one week around its articles; the story began before."""
    runs = [[("m", 1, FIRE), ("n", 1, FIRE_TOO), ("v", 1, VOTE)], [("a", 4, FIRE_TOO)], [("b", 10, VOTE)]]
    with duckdb.connect() as con:
        con.execute(TABLES)
        con.execute("create temp table touched_copies (article_id text)")
        con.execute("create table mentions (article_id text, name text)")
        for statement in create_statements(Stories):
            con.execute(statement)
        for run in runs:
            rows = [(article_id, text, datetime(2025, 6, day)) for article_id, day, text in run]
            named = [
                (row[0], name) for row in rows for name in ("Port-Clair", "Delvaux", "Rochebrune") if name in row[1]
            ]
            con.register(
                "staged_articles", pl.DataFrame(rows, schema=["article_id", "text", "published_at"], orient="row")
            )
            con.register("staged_mentions", pl.DataFrame(named, schema=["article_id", "name"], orient="row"))
            withdraw(con, [], "7_stories")
            con.execute("insert into articles (article_id, text, published_at) from staged_articles")
            con.execute("insert into mentions from staged_mentions")
            con.execute(read_sql("ingest/run_articles"))
            save_stories(con)
        assert con.sql("from stories order by all").fetchall() == [("a", "m"), ("m", "m"), ("n", "m")]
