"""Speed and equality of the engine beside spaCy, in one paired run.

    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE python benchmarks/engine.py CORPUS.parquet [--slice 0:3000]

`--slice : --ways "spaCy ner" engine --no-memory` compares every name of a corpus; exit status 1 where a paragraph
differs. A corpus may be compared piece by piece: --slice 0:5000, --slice 5000:10000 and so on.

Reads the column `text`, cuts it into paragraphs (lines), and gives the same paragraphs, 2,000 at a time, in turn to
each way of finding names, so that a busy machine slows all of them alike. Words are those between white space.
`memory` is what each way takes in a process of its own that does nothing else, at its peak. OPENBLAS_CORETYPE and
OPENBLAS_L2_SIZE, where set, choose other kernels for numpy and can halve its speed.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

MODEL = "fr_core_news_md"
AT_A_TIME = 2_000
Spans = list[tuple[int, int, int, str]]
Way = Callable[[list[str]], Spans]


def read_slice(given: str) -> slice:
    """START:STOP as a slice, either end may be left out."""
    start, _, stop = given.partition(":")
    return slice(int(start or 0), int(stop) if stop else None)


def read_paragraphs(corpus: Path, articles: slice) -> list[str]:
    """Distinct lines in the order of the corpus: the engine would not read a line twice, spaCy would."""
    texts = pl.read_parquet(corpus, columns=["text"])["text"][articles].to_list()
    return list(dict.fromkeys(line for text in texts for line in text.split("\n") if line.strip()))


def load_engine() -> Way:
    from flows.engines import load_engine  # noqa: PLC0415 - each way is loaded in its own process, too

    engine = load_engine(f"spacy:{MODEL}")
    return lambda texts: engine.extract(texts).rows()


def load_spacy(pipes: Sequence[str]) -> Way:
    import spacy  # noqa: PLC0415

    nlp = spacy.load(MODEL, enable=list(pipes))

    def find(texts: list[str]) -> Spans:
        with nlp.memory_zone():
            docs = enumerate(nlp.pipe(texts))
            return [(index, n.start_char, n.end_char, n.label_) for index, doc in docs for n in doc.ents]

    return find


WAYS: dict[str, Callable[[], Way]] = {
    "spaCy tok2vec + ner": lambda: load_spacy(["tok2vec", "ner"]),
    "spaCy ner": lambda: load_spacy(["ner"]),
    "engine": load_engine,
}


def batches(paragraphs: list[str]) -> list[list[str]]:
    return [paragraphs[start : start + AT_A_TIME] for start in range(0, len(paragraphs), AT_A_TIME)]


def measure_memory(way: str, corpus: Path, articles: slice) -> tuple[str, int]:
    """CPU-seconds to load, and the peak in MB of a process that reads the whole corpus this way."""
    before = time.process_time()
    find = WAYS[way]()
    loading = time.process_time() - before
    for batch in batches(read_paragraphs(corpus, articles)):
        find(batch)
    return f"{loading:.1f}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def compare(corpus: Path, articles: slice, chosen: list[str]) -> tuple[dict[str, float], int, int, int]:
    """CPU-seconds of each way, the words, the names spaCy finds and the paragraphs in which the engine differs."""
    paragraphs = read_paragraphs(corpus, articles)
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    ways = {name: WAYS[name]() for name in chosen}
    seconds = dict.fromkeys(chosen, 0.0)
    names = different = 0
    for batch in batches(paragraphs):
        found = {}
        for name, find in ways.items():
            before = time.process_time()
            found[name] = find(batch)
            seconds[name] += time.process_time() - before
        if {"spaCy ner", "engine"} <= found.keys():
            names += len(found["spaCy ner"])
            different += len({span[0] for span in set(found["spaCy ner"]) ^ set(found["engine"])})
        done = {name: f"{used:.0f} s" for name, used in seconds.items()}
        print(f"\r{done}, {names} names, {different} paragraphs differ ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return seconds, words, names, different


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--slice", type=read_slice, default=slice(0, 3_000), help="articles START:STOP; 0:3000")
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    parser.add_argument("--no-memory", action="store_true", help="skip the runs that measure memory")
    given = parser.parse_args()
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        ways = [] if given.no_memory else given.ways
        memory = {way: pool.apply(measure_memory, (way, given.corpus, given.slice)) for way in ways}
    seconds, words, names, different = compare(given.corpus, given.slice, given.ways)
    print(f"{words} words, {names} names, {different} paragraphs differ from spaCy's\n")
    print("| way | CPU-s to load | CPU-s | words per CPU-s | times as fast | memory (MB) |\n|---|---|---|---|---|---|")
    first = seconds[given.ways[0]]
    for way, used in seconds.items():
        loading, peak = memory.get(way, ("", ""))
        print(f"| {way} | {loading} | {used:.1f} | {words / used:,.0f} | {first / used:.2f} | {peak} |")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
