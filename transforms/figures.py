"""Numbers as written in French news: found by one vectorised pass, read by a small grammar.

Kinds, units and modifiers: schemas/figures.py. Facts: schemas/lexicon. The grammar: transforms/figure_grammar.py.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from transforms import figure_context
from transforms.counted_nouns import find_noun
from transforms.figure_completion import complete_in_articles
from transforms.figure_grammar import Reading, read_run
from transforms.figure_runs import find_runs

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
    form: str
    is_contrast: bool
    is_bracketed: bool


PHONE = re.compile(r"(?<!\d)0\d(?:[ .\u00a0-]?\d\d){4}(?!\d)")
WEB = re.compile(r"(?:https?:|www\.|[@#_/=])\S*$")
OPENING = frozenset({"entre", "de", "du", "d’"})


@lru_cache(maxsize=100_000)
def read_run_once(run: str, opening: str, cues: frozenset[str]) -> tuple[Reading, ...]:
    """Read a run; equal runs are read once."""
    return tuple(read_run(run, opening, cues))


def read_candidate(left: str, run: str, right: str) -> list[Candidate]:
    """Read the figures of a run in its context; empty where it holds none."""
    shift = 0
    if run[0] in "-−" and left and not left[-1].isspace() and left[-1] not in "(«":
        left, run, shift = left + run[0], run[1:], 1
    run, right = give_back_cut_word(run, right)
    if not run or WEB.search(left) or PHONE.search(run):
        return []
    if (
        left[-1:].isalpha()
        or (left[-1:] in "-‑" and left[-2:-1].isalnum())
        or (left[-1:] == "." and left[-2:-1].isdigit())
    ):
        return []
    opening = [w for w in figure_context.last_words(left, 2) if w not in ("le", "la", "les", "l’")]
    opening_word = opening[-1] if opening and opening[-1] in OPENING else ""
    cues = figure_context.find_cues(left, right, opening_word)
    found = []
    for reading in read_run_once(run, opening_word, cues):
        candidate = complete(reading, left, run, right)
        if candidate is not None:
            found.append(candidate._replace(offset=candidate.offset + shift))
    return found


CUT_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+$")


def give_back_cut_word(run: str, right: str) -> tuple[str, str]:
    """Give back to the text after a run the letters that the ASCII boundary cut off a word: "m" of ménages, "l" of l’an."""
    match = CUT_WORD.search(run)
    is_elided = right[:1] in ("’", "'") and match is not None and len(match.group()) == 1
    if match is None or not (is_elided or right[:1].isalpha()):
        return run, right
    return run[: match.start()].rstrip(), run[len(run[: match.start()].rstrip()) :] + right


def complete(reading: Reading, left: str, run: str, right: str) -> Candidate | None:
    """Complete a reading by its context; null where the context says that it is no figure."""
    before, text, after = left + run[: reading.start], run[reading.start : reading.end], run[reading.end :] + right
    if (before[-1:].isalpha() and text[0].isalpha()) or (text.lower() in ("zéro", "zero") and UNDER.search(before)):
        return None
    if is_title(reading.unit_form):
        return None
    if after[:1].isalnum() or (after[:1] in "-‑" and after[1:2].isalpha() and reading.kind != "money"):
        return None
    if reading.kind == "fraction" and is_no_share(before, text, after):
        return None
    reading = settle_fraction(reading, text, after)
    before, text = left + run[: reading.start], run[reading.start : reading.end]
    settled = figure_context.settle_kind(reading, before, after, text)
    if settled is None:
        return None
    if settled.value is not None and settled.value > 0 and is_negative(before, settled):
        settled = replace(
            settled, value=-settled.value, start=reading.start - len(before) + before.rstrip().lower().rindex("moins")
        )
        text = (left + run)[len(left) + settled.start : len(left) + settled.end]
    below = BELOW_ZERO.match(after)
    if below and settled.value is not None and settled.kind in ("measure", "count"):
        unit = settled.unit or "deg"
        settled = replace(settled, kind="measure", value=-abs(settled.value), unit=unit, end=settled.end + below.end())
        text, after = text + after[: below.end()], after[below.end() :]
    modifier = figure_context.find_modifier(before, after, settled)
    is_many = figure_context.is_many(settled)
    noun = find_noun(after, settled.is_scaled, is_many) if settled.kind == "count" else None
    tense = figure_context.find_tense(before, after) if settled.kind == "date" else None
    value = None if settled.kind in ("date", "time") else settled.value
    unit = None if settled.kind == "time" else settled.unit
    return Candidate(
        offset=settled.start,
        length=settled.end - settled.start,
        text=text,
        kind=settled.kind,
        value=value,
        value_high=settled.value_high,
        modifier=modifier,
        unit=unit,
        unit_form=settled.unit_form,
        noun=noun,
        iso=settled.iso,
        iso_high=settled.iso_high,
        tense=tense,
        is_scaled=settled.is_scaled,
        form=settled.form,
        is_contrast=settled.kind == "count" and noun is None and figure_context.is_contrast(before),
        is_bracketed=settled.kind in ("money", "measure") and figure_context.is_bracketed(before),
    )


ORDINAL_FOLLOWS = re.compile(
    r"\s(?!de\s|d[’']|des\s|du\s|et\s|à\s|au\s|en\s|par\s|sur\s|dans\s|pour\s|seulement)[a-zàâéèêîôœ]"
)
ARTICLE = re.compile(r"une?\s+", re.IGNORECASE)


def settle_fraction(reading: Reading, text: str, after: str) -> Reading:
    """Tell "un quatrième secrétaire", an ordinal, from "un quatrième du budget", a fraction."""
    article = ARTICLE.match(text)
    if reading.kind != "fraction" or article is None or "ième" not in text or not ORDINAL_FOLLOWS.match(after):
        return reading
    rank = round(1 / (reading.value or 1))
    return replace(reading, kind="ordinal", start=reading.start + article.end(), value=float(rank), form="words")


SHARE_ARTICLES = frozenset("le au du ce chaque premier dernier un".split())


def is_no_share(before: str, text: str, after: str) -> bool:
    """Whether tiers, quart or demi is no share of anything: quarts de finale, pays tiers, demi."""
    if text.lower() not in ("tiers", "quart", "quarts", "demi", "demie", "une demie", "une demi", "un demi"):
        return bool(FINALS.match(after))
    words = figure_context.last_words(before, 1)
    is_named = not words or words[-1] in SHARE_ARTICLES
    is_alone = not before.strip() and not after.strip()
    return not is_alone and (not is_named or not SHARE_FOLLOWS.match(after) or bool(FINALS.match(after)))


BELOW_ZERO = re.compile(r"\s(?:sous|(?:en|au)[- ]dessous\sde)\sz[ée]ro", re.IGNORECASE)
UNDER = re.compile(r"(?:sous|dessous\sde|dessus\sde|partir\sde|repart\sà)\s$")
FINALS = re.compile(r"\s(?:de\s(?:finale|temps)|d[’']heure)")
SHARE_FOLLOWS = re.compile(r"\s(?:de|des|du|d[’'])")


def is_title(unit_form: str | None) -> bool:
    """Whether a unit with a capital makes a name: the paper 20 Minutes."""
    return (
        unit_form is not None
        and len(unit_form) > LONGEST_SYMBOL
        and unit_form.istitle()
        and unit_form not in ("Euros", "Euro", "Celsius", "Fahrenheit", "Kelvin")
    )


LONGEST_SYMBOL = 3


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
    return placed.pipe(complete_in_articles, articles).select(pl.col(name).cast(kind) for name, kind in FIGURES.items())
