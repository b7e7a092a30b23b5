"""What each step of the rules for names is worth: the table of docs/quality.md.

    python benchmarks/mentions.py

F1 of mentions (place and type), engine included, on the gold's own clean text of the seeds and dev texts, which lie
beside the checkout (left out with a message where they do not), and on the passages of tests/gold/mentions.jsonl.
`up to` has the steps down to its line; `without` has all steps but that one. All of it is text the rules were tuned on.
"""

import json
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flows.engines import load_engine
from transforms import mentions
from transforms.names import patterns, spans
from transforms.names.expansions import find_expansions
from transforms.names.gazetteer import find_capital_words, find_lower_forms, findable_forms
from transforms.names.spans import widen_to_titles
from transforms.pipeline import recognise

ROOT = Path(__file__).resolve().parent.parent
Passage = tuple[str, list[dict[str, Any]]]
GOLD = ROOT.parent / "shared" / "evaluation" / "gold"
RULES = {
    "ministries and portfolios": ("ministry", "portfolio"),
    "institutions, offices, clubs": ("institution", "directorate", "qualified", "office", "firm", "suffix", "club"),
    "features, roads": ("feature", "route"),
    "names announced by a noun": ("announced", "letter", "acronym", "bracketed"),
    "events, treaties": ("event", "named event", "treaty"),
    "names in marks": ("guillemets", "nickname"),
    "civility and role": ("civility", "role"),
}
"""Steps that are patterns, by the rules they give."""


def unchanged(frame: pl.DataFrame, *_: object) -> pl.DataFrame:
    return frame


def second(_: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def none_of(find: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    return lambda *given: find(*given).clear()


def plain_types(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(type_rule=pl.lit("engine"))


def untrimmed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(end=pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64))


OFF: dict[str, list[tuple[object, str, Callable[..., object]]]] = {
    "trim civilities and articles, split pairs": [
        (spans, "trim", untrimmed),
        *((spans, name, unchanged) for name in ("cut_at_marks", "cut_common_heads", "cut_portfolios", "split_pairs")),
    ],
    "drop common words": [
        (spans, name, unchanged) for name in ("drop_common", "drop_sentence_starts", "drop_weak_works")
    ],
    "types from lists, first names, acronyms": [(spans, "correct_types", plain_types)],
    "types from the words around": [
        (mentions, "retype_by_context", second), (mentions, "retype_by_cues", second),
    ],
    "find listed names": [
        (mentions, "find_lower_forms", none_of(find_lower_forms)),
        (mentions, "find_capital_words", none_of(find_capital_words)),
        (mentions, "findable_forms", none_of(findable_forms)),
    ],
    "acronyms and their expansions": [(mentions, "find_expansions", none_of(find_expansions))],
    "titles around the engine's works": [(mentions, "widen_to_titles", none_of(widen_to_titles))],
    "one type in an article": [(mentions, "agree_on_type", unchanged)],
    "names found again": [(mentions, "repeatable_names", none_of(mentions.repeatable_names))],
}  # fmt: skip
"""Steps that are functions: what stands in for them where they are left out."""

STEPS = [*list(OFF)[:4], "find listed names", *RULES, *list(OFF)[5:]]


def read_gold() -> list[Passage]:
    """The French texts of the evaluation's gold; none, and a message, where they are not there."""
    files = sorted(GOLD.glob("*.gold.json"))
    if not files:
        print(f"no gold texts at {GOLD}: their columns are left out", file=sys.stderr)
    texts = [json.loads(f.read_text("utf-8")) for f in files]
    return [(t["full_text"], t["mentions"]) for t in texts if (t["article"] or {}).get("language", "fr") == "fr"]


def read_passages() -> list[Passage]:
    lines = (ROOT / "tests" / "gold" / "mentions.jsonl").read_text("utf-8").splitlines()
    return [(p["text"], p["mentions"]) for p in map(json.loads, filter(None, lines))]


def lay_out(passages: list[Passage]) -> pl.DataFrame:
    texts = pl.DataFrame({"article_id": [str(i) for i in range(len(passages))], "text": [p[0] for p in passages]})
    long = texts.with_columns(pl.col("text").str.split("\n\n")).explode("text")
    length = pl.col("text").str.len_chars().cast(pl.Int64)
    end = (length + len("\n\n")).cum_sum().over("article_id") - len("\n\n")
    return long.with_columns(paragraph_index=pl.int_range(pl.len()).over("article_id"), start=end - length, end=end)


def find(paragraphs: pl.DataFrame, found: pl.DataFrame, steps: Collection[str]) -> pl.DataFrame:
    """The mentions that these steps find."""
    left_out = [stand_in for step, off in OFF.items() if step not in steps for stand_in in off]
    rules = {rule for step, names in RULES.items() if step in steps for rule in names}
    chosen = [p for p in ALL_PATTERNS if p.rule in rules] or NO_PATTERN
    left_out.append((patterns, "patterns", lambda: chosen))
    patches = [patch.object(module, name, stand_in) for module, name, stand_in in left_out]
    try:
        for one in patches:
            one.start()
        return mentions.find_mentions(paragraphs, found)
    finally:
        for one in patches:
            one.stop()


ALL_PATTERNS = patterns.patterns()
NO_PATTERN = [patterns.Pattern("letter", "ORG", "()($^x)()")]


def score(passages: list[Passage], found: pl.DataFrame) -> float:
    """F1 over places and types; optional names neither count nor cost."""
    left = {(int(r[0]), r[1], r[2]): r[3] for r in found.select("article_id", "start", "end", "entity_type").rows()}
    predicted, right, wanted = len(left), 0, 0
    for index, (_, gold) in enumerate(passages):
        for mention in gold:
            kind = left.pop((index, mention["start"], mention["end"]), None)
            if mention.get("optional"):
                predicted -= kind is not None
                continue
            wanted += 1
            right += kind in {mention["type"], *(mention.get("alt_types") or [])}
    return 2 * right / (wanted + predicted)


def main() -> None:
    engine = load_engine()
    corpora = [c for c in (read_gold(), read_passages()) if c]
    laid = [(c, lay_out(c)) for c in corpora]
    ready = [(c, paragraphs, recognise(paragraphs, engine)) for c, paragraphs in laid]

    def row(steps: Collection[str]) -> str:
        return " / ".join(f"{score(c, find(paragraphs, found, steps)):.3f}" for c, paragraphs, found in ready)

    print("| step | up to | without |\n|---|---|---|")
    print(f"| the engine alone | {' / '.join(f'{score(c, alone(p, f)):.3f}' for c, p, f in ready)} | |")
    for place, step in enumerate(STEPS):
        print(f"| {step} | {row(STEPS[: place + 1])} | {row([s for s in STEPS if s != step])} |", flush=True)


def alone(paragraphs: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The engine's spans as they are."""
    return found.select("article_id", "start", "end", entity_type="label")


if __name__ == "__main__":
    main()
