"""Numbers as written in French news: found by one vectorised pass, read by a small grammar.

Kinds, units and modifiers: schemas/figures.py. Facts: schemas/lexicon. The grammar: transforms/figure_grammar.py.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from transforms import figure_context, figure_dates
from transforms.counted_nouns import find_noun
from transforms.figure_grammar import Reading, read_run
from transforms.figure_runs import find_runs
from transforms.units import country_of_site, localise_currency

FIGURES = {
    "article_id": pl.String, "start": pl.Int64, "end": pl.Int64, "text": pl.String, "kind": pl.String,
    "value": pl.Float64, "value_high": pl.Float64, "modifier": pl.String, "unit": pl.String, "noun": pl.String,
    "iso": pl.String, "iso_high": pl.String, "resolved_start": pl.Date, "resolved_end": pl.Date,
    "resolved_rule": pl.String, "equivalent_of_start": pl.Int64,
}  # fmt: skip


class Candidate(NamedTuple):
    """A figure read at its place in a run, with what is needed to complete it in its article."""

    offset: int
    length: int
    text: str
    kind: str
    value: float | None
    value_high: float | None
    modifier: str
    unit: str | None
    unit_form: str | None
    noun: str | None
    iso: str | None
    iso_high: str | None
    tense: str | None
    is_scaled: bool


PHONE = re.compile(r"(?<!\d)0\d(?:[ .\u00a0-]?\d\d){4}(?!\d)")
WEB = re.compile(r"(?:https?:|www\.|[@#_/=])\S*$")
OPENING = frozenset({"entre", "de", "du", "d’"})


@lru_cache(maxsize=100_000)
def read_run_once(run: str, opening: str, change: bool) -> tuple[Reading, ...]:
    """Read a run; equal runs are read once."""
    return tuple(read_run(run, opening, change))


def read_candidate(left: str, run: str, right: str) -> list[Candidate]:
    """Read the figures of a run in its context; empty where it holds none."""
    shift = 0
    if run[0] in "-−" and left and not left[-1].isspace() and left[-1] not in "(«":
        left, run, shift = left + run[0], run[1:], 1
    if WEB.search(left) or PHONE.search(run):
        return []
    if (
        left[-1:].isalpha()
        or (left[-1:] in "-‑" and left[-2:-1].isalnum())
        or (left[-1:] == "." and left[-2:-1].isdigit())
    ):
        return []
    opening = [w for w in figure_context.last_words(left, 2) if w not in ("le", "la", "les", "l’")]
    opening_word = opening[-1] if opening and opening[-1] in OPENING else ""
    change = opening_word in ("de", "d’") and figure_context.is_change(left)
    found = []
    for reading in read_run_once(run, opening_word, change):
        candidate = complete(reading, left, run, right)
        if candidate is not None:
            found.append(candidate._replace(offset=candidate.offset + shift))
    return found


def complete(reading: Reading, left: str, run: str, right: str) -> Candidate | None:
    """Complete a reading by its context; null where the context says that it is no figure."""
    before, text, after = left + run[: reading.start], run[reading.start : reading.end], run[reading.end :] + right
    if before[-1:].isalpha() and text[0].isalpha():
        return None
    if after[:1].isalnum() or (after[:1] in "-‑" and after[1:2].isalpha() and reading.kind != "money"):
        return None
    settled = figure_context.settle_kind(reading, before, after, text)
    if settled is None:
        return None
    if settled.value is not None and settled.value > 0 and is_negative(before, settled):
        settled = replace(
            settled, value=-settled.value, start=reading.start - len(before) + before.rstrip().rindex("moins")
        )
        text = (left + run)[len(left) + settled.start : len(left) + settled.end]
    modifier = figure_context.find_modifier(before, after, settled)
    noun = find_noun(after, settled.is_scaled) if settled.kind in ("count", "ordinal") else None
    tense = figure_context.find_tense(before, after) if settled.kind == "date" else None
    value = None if settled.kind in ("date", "time") else settled.value
    unit = None if settled.kind == "time" else settled.unit
    return Candidate(settled.start, settled.end - settled.start, text, settled.kind, value, settled.value_high, modifier,
                     unit, settled.unit_form, noun, settled.iso, settled.iso_high, tense, settled.is_scaled)  # fmt: skip


def is_negative(before: str, reading: Reading) -> bool:
    """Whether "moins" before a figure is its sign: of temperatures and percentages, or at the start."""
    words = figure_context.last_words(before, 2)
    if not words or words[-1] != "moins" or not before[-1:].isspace():
        return False
    if len(words) == 1:
        return reading.kind in ("count", "measure", "percent")
    return reading.kind in ("measure", "percent") and words[0] in (
        "à",
        "fait",
        "de",
        "par",
        "jusqu’",
        "et",
        "entre",
        "les",
        "avec",
        "affiche",
    )


def find_figures(paragraphs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Find and read the figures of articles.

    In:  paragraphs (article_id, start, text) and articles (article_id, published_at, site).
    Out: one row per figure, in order: the columns of schemas/figures.py without identifiers and raw offsets;
         equivalent_of_start is the start of the figure that a bracketed conversion repeats, else null.
    """
    runs = find_runs(paragraphs)
    context = ["left", "run", "right"]
    distinct = runs.select(context).unique(maintain_order=True)
    # Python reads each distinct run in its context once: 15 to 30 µs each, cheaper than any expression we found.
    read = [read_candidate(*row) for row in distinct.iter_rows()]
    rows = [(number, *figure) for number, figures in enumerate(read) for figure in figures]
    figures = pl.DataFrame(rows, schema=["number", *Candidate._fields], orient="row", infer_schema_length=None)
    if not rows:
        return pl.DataFrame(schema=FIGURES)
    placed = (
        runs.join(distinct.with_row_index("number"), on=context, how="left", maintain_order="left")
        .select("article_id", "paragraph", base="offset", number=pl.col("number").cast(pl.Int64))
        .join(figures, on="number", maintain_order="left_right")
        .with_columns(start=pl.col("base") + pl.col("offset"))
        .with_columns(end=pl.col("start") + pl.col("length"))
    )
    return placed.pipe(complete_in_articles, paragraphs, articles)


def complete_in_articles(placed: pl.DataFrame, paragraphs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add what only the article tells: understood units and nouns, currencies, days meant, equivalents."""
    known = articles.select(
        "article_id",
        published=pl.col("published_at").cast(pl.Date) if "published_at" in articles.columns else pl.lit(None, pl.Date),
        site=pl.col("site").cast(pl.String) if "site" in articles.columns else pl.lit(None, pl.String),
    )
    texts = paragraphs.select(paragraph=pl.int_range(pl.len()), paragraph_start="start", paragraph_text="text")
    rows = (
        placed.join(known, on="article_id", how="left", maintain_order="left")
        .join(texts, on="paragraph", how="left", maintain_order="left")
        .to_dicts()
    )
    previous: dict[str, object] | None = None
    noun: str | None = None
    for row in rows:
        if previous is None or previous["article_id"] != row["article_id"]:
            previous, noun = None, None
        complete_row(row, previous, noun)
        if row["kind"] == "count" and row["noun"]:
            noun = row["noun"]
        if row["kind"] in ("count", "money"):
            previous = row
    return pl.DataFrame(rows, schema_overrides=FIGURES, infer_schema_length=None).select(list(FIGURES))


def complete_row(row: dict, previous: dict | None, noun: str | None) -> None:
    country = country_of_site(row["site"])
    if row["kind"] == "count" and row["noun"] is None:
        if row["is_scaled"] and previous is not None and previous["kind"] == "money":
            row["kind"], row["unit"] = "money", previous["unit"]
        else:
            row["noun"] = noun
    if row["kind"] == "money" and row["unit_form"]:
        row["unit"] = localise_currency(row["unit_form"], row["unit"], country)
    row["noun"] = row["noun"] if row["kind"] == "count" else None
    row |= {"resolved_start": None, "resolved_end": None, "resolved_rule": None, "equivalent_of_start": None}
    if row["kind"] == "date":
        resolution = figure_dates.resolve_date(row["iso"], row["iso_high"], row["published"], row["tense"])
        row["resolved_start"], row["resolved_end"], row["resolved_rule"] = resolution
