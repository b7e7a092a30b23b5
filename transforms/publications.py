"""The newspaper of an article, and what says so."""

from functools import cache

import polars as pl

from schemas import lexicon

MASTHEAD_RULES = ("outlet_first", "site_after_title", "print_header")
"""Rules of blocks that name a newspaper: a line of its name alone, behind a title, in the running head of print."""

HOST = r"^(?:https?://)?(?:www\.)?(?:[\w-]+\.)+[a-z]{2,12}/?$"
PRINT_PIECES = r"^([^|–—•·\d]+?)\s*(?:[|–—•·-]|\d|,|$)"
"""The name at the start of a running head: `Le Phare de Brissac | 14 mars 2023 | page 4`."""

EDITION = r"(?i)\b(?:édition|numéro|page|supplément|cahier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"


def find_mastheads(blocks: pl.DataFrame) -> pl.DataFrame:
    """The name of the newspaper as a line of the text prints it: doc, masthead.

    In:  blocks: doc, role_rule, clean, in_comments.
    """
    line = pl.col("clean").str.strip_chars(" |–—·•-")
    name = pl.when(pl.col("role_rule") == "print_header").then(line.str.extract(PRINT_PIECES)).otherwise(line)
    return (
        blocks.filter(pl.col("role_rule").is_in(MASTHEAD_RULES) & ~pl.col("in_comments"))
        .select("doc", masthead=name)
        .filter(~pl.col("masthead").str.contains(HOST) & ~pl.col("masthead").str.contains(EDITION))
        .filter(pl.col("masthead").str.len_chars().is_between(3, 45))
        .group_by("doc", maintain_order=True)
        .agg(pl.col("masthead").first())
    )


def add_publication(facts: pl.DataFrame) -> pl.DataFrame:
    """Add publication and publication_evidence (one of PUBLICATION_EVIDENCES; null where nothing names a newspaper).

    In:  given_publication, declared_by, masthead, site. A host is a site, never a publication.
    """
    given = pl.when(~pl.col("given_publication").str.contains(HOST)).then(pl.col("given_publication").str.strip_chars())
    known = pl.col("site").replace_strict(_outlets(), default=None, return_dtype=pl.String)
    evidence = (
        pl.when(given.is_not_null())
        .then(pl.coalesce("declared_by", pl.lit("given")))
        .when(pl.col("masthead").is_not_null())
        .then(pl.lit("masthead"))
        .when(known.is_not_null())
        .then(pl.lit("site"))
    )
    return facts.with_columns(
        publication=pl.coalesce(given, "masthead", known), publication_evidence=evidence.cast(pl.String)
    )


@cache
def _outlets() -> dict[str, str]:
    """The newspaper of each host of schemas/lexicon/outlets.csv."""
    return dict(lexicon.read("outlets").select("host", "name").iter_rows())
