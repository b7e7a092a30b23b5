"""The macro search: words in any inflection, best article first."""

from collections.abc import Callable

import duckdb
import polars as pl
import pytest

from transforms.sentences import split_sentences
from transforms.tokens import list_stems, split_tokens
from warehouse.sql import run_sql

ARTICLES = {
    "a": "Le lac gelé. Les oies quittent le lac. Un lac sans oie.",
    "b": "La tempête de 1987 a couché des chênes près d’un lac, d’une ferme et d’une route que rien n’a dégagée.",
    "c": "L’œuvre d’un sculpteur de Łódź.",
    "d": "Le maire parle. Le maire se tait.",
}
Search = Callable[..., list[str]]


@pytest.fixture(scope="module")
def search() -> Search:
    """Articles found for a query, best first."""
    articles = pl.DataFrame(
        {"article_id": ARTICLES.keys(), "title": [f"Titre {i}" for i in ARTICLES], "text": ARTICLES.values()}
    ).with_columns(is_current=True)
    tokens = articles.with_columns(start=pl.lit(0, pl.Int64)).pipe(split_sentences).pipe(split_tokens)
    con = duckdb.connect()
    for name, rows in (("articles", articles), ("tokens", tokens), ("stems", list_stems(tokens))):
        con.register(f"{name}_rows", rows)
        con.execute(f"create table {name} as from {name}_rows")
    run_sql(con, "functions/fold")
    run_sql(con, "macros/search")
    return lambda query, n=10: [row[0] for row in con.execute("from search(?, ?)", [query, n]).fetchall()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lac", ["a", "b"]),
        ("LACS", ["a", "b"]),
        ("tempêtes", ["b"]),
        ("1987", ["b"]),
        ("oeuvre", ["c"]),
        ("œuvre lodz", ["c"]),
        ("Łódź", ["c"]),
        ("l'oie d'une ferme,", ["b", "a"]),
        ("« lac »", ["a", "b"]),
        ("zèbre", []),
        ("", []),
    ],
)
def test_finds_words_whatever_their_inflection_and_writing(search: Search, query: str, found: list[str]) -> None:
    assert search(query) == found


def test_a_rare_word_weighs_more_than_a_frequent_one(search: Search) -> None:
    assert search("lac tempête") == ["b", "a"]  # "a" has "lac" three times, and is shorter


def test_gives_no_more_than_n(search: Search) -> None:
    assert search("lac", 1) == ["a"]
