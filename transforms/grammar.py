"""Closed classes of French words: prepositions, determiners, auxiliaries."""

from functools import cache

import polars as pl

from schemas import lexicon


@cache
def read_class(name: str) -> frozenset[str]:
    """The words of one class of the lexicon grammar_words.

    Errors: ValueError for a class that has no words.
    """
    words = lexicon.read("grammar_words").filter(pl.col("class") == name)["form"].to_list()
    if not words:
        raise ValueError(f"grammar_words has no class {name!r}")
    return frozenset(words)


@cache
def read_determiners() -> dict[str, str]:
    """Determiner -> the gender it tells: m, f or e (either)."""
    words = lexicon.read("grammar_words").filter(pl.col("class").is_in(["definite", "indefinite"]))
    return dict(words.select("form", "gender").iter_rows())


@cache
def read_adjective_genders() -> dict[str, str]:
    """Adjectives that stand before a noun and tell its gender: ancienne -> f."""
    words = lexicon.read("grammar_words").filter(pl.col("class") == "adjective before noun").drop_nulls("gender")
    return dict(words.select("form", "gender").iter_rows())
