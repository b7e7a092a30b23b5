"""Speed and recall of the copies beside datasketch and rensa, on the same texts in one run.

    pip install datasketch==2.0.0 rensa==0.5.0     (Marbre needs neither; a way that is not installed is left out)
    python benchmarks/duplicates.py GOLD.parquet [--beside CORPUS.parquet] [--articles 36000]

GOLD has the columns `base`, `kind` and `text`: variants of a text have its base, `kind` says how they were made; a row
of kind base is the text itself, hardneg and distract copy nothing. CORPUS, with the column `text`, makes the crowd.
Each way runs once to the groups of copies; the others get sets of five-word shingles of lower-case words, 128
permutations, 32 bands and Jaccard .5.

precision: of the pairs of GOLD in one group, those of one base. recall: of the variants, those in the group of their
base. Both are measured on texts as they are, furniture included.
"""

import argparse
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from transforms.duplicates import (
    choose_representatives,
    count_holders,
    find_candidates,
    measure_pairs,
    shingle_articles,
)

PERMUTATIONS, BANDS, THRESHOLD, WORDS = 128, 32, 0.5, 5
Groups = dict[int, int]
Way = Callable[[list[str]], Groups]


def group_with_marbre(texts: list[str]) -> Groups:
    ids = [f"{place:07}" for place in range(len(texts))]
    articles = pl.DataFrame({"article_id": ids, "text": texts})
    held = count_holders(shingle_articles(articles))
    pairs = measure_pairs(find_candidates(articles.select("article_id"), held), articles)
    known = articles.select(
        "article_id", length=pl.col("text").str.len_chars(), published_at=pl.lit(None, pl.Datetime("us"))
    )
    chosen = choose_representatives(pairs, known).select("article_id", pl.coalesce("duplicate_of", "article_id"))
    return {int(article): int(group) for article, group in chosen.rows()}


def group_with_datasketch(texts: list[str]) -> Groups:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]  # noqa: PLC0415 - optional

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    hashes = MinHash.bulk(([word.encode() for word in cut(text)] for text in texts), num_perm=PERMUTATIONS)
    pairs = []
    for place, found in enumerate(hashes):
        pairs += [(other, place) for other in index.query(found) if found.jaccard(hashes[other]) >= THRESHOLD]
        index.insert(place, found)
    return connect(pairs)


def group_with_rensa(texts: list[str]) -> Groups:
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]  # noqa: PLC0415 - optional

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    hashes: list[RMinHash] = []
    pairs = []
    for place, text in enumerate(texts):
        found = RMinHash(num_perm=PERMUTATIONS, seed=42)
        found.update(cut(text))
        pairs += [(other, place) for other in index.query(found) if found.jaccard(hashes[other]) >= THRESHOLD]
        index.insert(place, found)
        hashes.append(found)
    return connect(pairs)


def cut(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[place : place + WORDS]) for place in range(max(1, len(words) - WORDS + 1))]


def connect(pairs: Iterable[tuple[int, int]]) -> Groups:
    groups: Groups = {}
    members: dict[int, list[int]] = {}
    for left, right in pairs:
        ends = sorted({groups.setdefault(end, end) for end in (left, right)})
        for end in ends:
            members.setdefault(end, [end])
        for moved in members.pop(ends[1]) if len(ends) > 1 else []:
            groups[moved] = ends[0]
            members[ends[0]].append(moved)
    return groups


WAYS: dict[str, Way] = {
    "marbre": group_with_marbre,
    "rensa": group_with_rensa,
    "datasketch": group_with_datasketch,
}


def score(groups: Groups, gold: pl.DataFrame) -> tuple[float, float, float]:
    """Precision over the pairs of GOLD, recall over all variants, recall over those of kind comments."""
    rows = list(gold.select("base", "kind").iter_rows())
    base_of = {base: place for place, (base, kind) in enumerate(rows) if kind == "base"}
    places: dict[int, list[int]] = defaultdict(list)
    for place in range(len(rows)):
        places[groups.get(place, place)].append(place)
    pairs = [pair for group in places.values() for pair in combinations(group, 2)]
    right = sum(rows[left][0] == rows[other][0] for left, other in pairs)
    found = {
        place: groups.get(place, place) == groups.get(base_of[base], base_of[base])
        for place, (base, kind) in enumerate(rows)
        if base in base_of and kind not in ("base", "hardneg", "distract")
    }
    comments = [hit for place, hit in found.items() if rows[place][1] == "comments"]
    return right / max(1, len(pairs)), sum(found.values()) / len(found), sum(comments) / max(1, len(comments))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--articles", type=int, default=36_000)
    options = parser.parse_args()
    gold = pl.read_parquet(options.gold)
    texts = gold["text"].to_list()
    if options.beside:
        texts += pl.scan_parquet(options.beside).select("text").head(options.articles).collect()["text"].to_list()
    print(f"{len(texts)} texts, {sum(map(len, texts)) / 1e6:.1f} million characters")
    print(f"{'':12}{'texts/s':>9}{'CPU s':>8}{'wall s':>8}{'precision':>11}{'recall':>8}{'comments':>10}")
    for name, way in WAYS.items():
        used, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        try:
            groups = way(texts)
        except ModuleNotFoundError as missing:
            print(f"{name:12}{missing.name} is not installed")
            continue
        wall, now = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
        cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        precision, recall, comments = score(groups, gold)
        print(
            f"{name:12}{len(texts) / wall:9.0f}{cpu:8.1f}{wall:8.1f}{precision:11.3f}{recall:8.3f}{comments:10.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
