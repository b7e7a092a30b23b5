"""Where schemas/lexicon/name_cues.csv comes from: the words around names whose type is sure, weighed.

    python benchmarks/name_cues.py CORPUS.parquet [--skip 20000] [--articles 12000] > schemas/lexicon/name_cues.csv

CORPUS has the columns title and text. A name's type is sure where its article says so at one place (a civility, a
role, the noun that announces it) or where it is a listed town; its places in the article, as the engine read them, are
the examples. The weights are a multinomial logistic regression with a quadratic penalty, by gradient descent. One
name in five is kept out of the fit; how the engine and the weights type those goes to the standard error. The
weights printed are fitted on all.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flows.engines import load_engine
from transforms.mentions import find_mentions
from transforms.names.contexts import TYPES, describe
from transforms.names.gazetteer import listed_names
from transforms.names.spans import trim_spans
from transforms.pipeline import recognise

AT_A_TIME = 1_000  # articles
EXAMPLES_OF_A_NAME = 8  # so that no famous name outweighs the others
FAMOUS = 60  # articles: the engine knows such towns and bodies, and says nothing about strangers
NAMES_OF_A_CUE = 8  # a cue seen with fewer names is left out
PENALTY = 3.0  # quadratic: chosen, not measured
STEPS, RATE, MOMENTUM = 300, 0.5, 0.9
SMALLEST = 0.1  # a cue whose weights differ by less is not printed
ORG_RULES = ("announced", "institution", "office", "expansion", "letter", "firm", "ministry", "guillemets")
WORK_RULES = ("guillemets", "announced", "named event", "event", "title", "listed")


def read_paragraphs(corpus: Path, skip: int, articles: int) -> pl.DataFrame:
    """Titles and lines of the corpus as paragraphs; offsets count within each article."""
    texts = pl.scan_parquet(corpus).select("title", "text").slice(skip, articles).collect().with_row_index("row")
    lines = texts.select(
        article_id=pl.format("{}", "row"), text=pl.concat_str("title", pl.lit("\n"), "text").str.replace_all("'", "’")
    ).with_columns(pl.col("text").str.replace_all("[\u00a0\u202f]", " ").str.split("\n"))
    long = lines.explode("text").filter(pl.col("text").str.strip_chars() != "")
    length = pl.col("text").str.len_chars().cast(pl.Int64)
    end = (length + len("\n\n")).cum_sum().over("article_id") - len("\n\n")
    index = pl.int_range(pl.len()).over("article_id")
    return long.with_columns(paragraph_index=index, start=end - length, end=end)


def list_sure(mentions: pl.DataFrame) -> pl.DataFrame:
    """The names of each article whose type is sure. Out: article_id, text, truth."""
    known = mentions.with_columns(articles=pl.col("article_id").n_unique().over("text"))
    rule, kind = pl.col("type_rule"), pl.col("entity_type")
    places = listed_names().filter(pl.col("entity_type") == "LOC")
    towns = set(places.filter(pl.col("kind") == "town")["form"]) - set(places.filter(pl.col("kind") != "town")["form"])
    obscure = (rule == "listed") & (pl.col("articles") <= FAMOUS)
    sure = known.filter(
        ((kind == "PER") & rule.is_in(["civility", "role", "first name"]))
        | ((kind == "ORG") & (rule.is_in(ORG_RULES) | obscure))
        | ((kind == "LOC") & ((rule == "announced") | (obscure & pl.col("text").is_in(towns))))
        | ((kind == "MISC") & rule.is_in(WORK_RULES))
    ).select("article_id", "text", truth="entity_type")
    surnames = sure.filter(pl.col("truth") == "PER").with_columns(pl.col("text").str.extract(r" (\S+)$"))
    return pl.concat([sure, surnames.drop_nulls()]).unique().filter(pl.len().over("article_id", "text") == 1)


def collect(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The engine's spans of sure names. Out: row, text, truth, entity_type (the engine's), cue, value."""
    mentions, guesses = [], []
    ids = paragraphs["article_id"].unique(maintain_order=True)
    for first in range(0, len(ids), AT_A_TIME):
        some = pl.col("article_id").is_in(ids[first : first + AT_A_TIME].implode())
        mentions.append(find_mentions(paragraphs.filter(some), spans.filter(some)))
        guesses.append(trim_spans(paragraphs.filter(some), spans.filter(some)))
    examples = pl.concat(guesses).join(list_sure(pl.concat(mentions)), on=["article_id", "text"], maintain_order="left")
    place = pl.int_range(pl.len()).shuffle(seed=1).over("text")
    kept = examples.filter(place < EXAMPLES_OF_A_NAME, pl.col("entity_type").is_in(TYPES))
    return describe(paragraphs, kept).join(
        kept.with_row_index("row").select("row", "text", "truth", "entity_type"), on="row"
    )


def fit(examples: pl.DataFrame) -> pl.DataFrame:
    """Fit the weights. Out: cue, value, one column a type; the bias is in the weights of the cue `label`."""
    cues = examples.group_by("cue", "value").agg(names=pl.col("text").n_unique())
    cues = cues.filter(pl.col("names") >= NAMES_OF_A_CUE).sort("cue", "value").with_row_index("column")
    rows = examples.select("row", "truth").unique().sort("row").with_row_index("example")
    cells = examples.join(cues, on=["cue", "value"]).join(rows.select("row", "example"), on="row")
    row, column = cells["example"].to_numpy(), cells["column"].to_numpy()
    truth = np.stack([(rows["truth"] == t).to_numpy() for t in TYPES], axis=1).astype(float)
    shares = truth.mean(axis=0)
    balance = truth @ (1 / (len(TYPES) * shares)) ** 0.5  # rarer types count more, by the root
    weights, speed = np.zeros((cues.height, len(TYPES))), np.zeros((cues.height, len(TYPES)))
    seen = np.bincount(column, minlength=cues.height)[:, None]
    for _ in range(STEPS):
        scores = np.stack([np.bincount(row, weights[column, k], rows.height) for k in range(len(TYPES))], axis=1)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = (odds / odds.sum(axis=1, keepdims=True) - truth) * balance[:, None]
        slope = np.stack([np.bincount(column, error[row, k], cues.height) for k in range(len(TYPES))], axis=1)
        speed = MOMENTUM * speed - RATE * (slope + PENALTY * weights) / (seen + PENALTY)
        weights += speed * (1 - MOMENTUM)
    return cues.select("cue", "value").with_columns(pl.Series(t, weights[:, k]) for k, t in enumerate(TYPES))


def report(examples: pl.DataFrame) -> None:
    """Print how names that the fit has not seen are typed, by the engine and by the weights."""
    kept_out = pl.col("text").hash(seed=7) % 5 == 0
    weights = fit(examples.filter(~kept_out))
    scores = examples.filter(kept_out).join(weights, on=["cue", "value"], how="left")
    key = ["row", "truth", "entity_type"]
    best = pl.concat_list(*TYPES).list.arg_max().replace_strict(dict(enumerate(TYPES)), return_dtype=pl.String)
    typed = scores.group_by(key).agg(pl.col(*TYPES).sum()).with_columns(found=best)
    shares = typed.select(
        engine=(pl.col("entity_type") == pl.col("truth")).mean(), weights=(pl.col("found") == pl.col("truth")).mean()
    )
    print(f"{typed.height} places of names kept out: {shares.row(0, named=True)}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--skip", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=12_000)
    arguments = parser.parse_args()
    paragraphs = read_paragraphs(arguments.corpus, arguments.skip, arguments.articles)
    examples = collect(paragraphs, recognise(paragraphs, load_engine()))
    report(examples)
    spread = pl.max_horizontal(*TYPES) - pl.min_horizontal(*TYPES)
    printed = fit(examples).filter(spread >= SMALLEST).with_columns(pl.col(*TYPES).round(2))
    source = pl.lit("counted by benchmarks/name_cues.py in OrangeSum")
    print(printed.with_columns(source=source).write_csv(), end="")


if __name__ == "__main__":
    main()
