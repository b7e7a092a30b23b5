"""How the search for copies grows: CPU-seconds and memory from 10,000 to 300,000 articles.

    python benchmarks/growth.py CORPUS.parquet [--sizes 10000 30000 100000 300000]

CORPUS has a column `text`. Where it is too small its texts come again, with two thirds of their words made others: a
crowd of other articles, though kin to one another. Each size runs in a process of its own; memory is that process's
peak, less what it took before the search.
"""

import argparse
import multiprocessing
import resource
import sys
import time
import zlib
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def perturb(text: str, turn: int) -> str:
    """The text with about two thirds of its words, others in each turn, made other words."""
    if turn == 0:
        return text
    return " ".join(f"{word}{turn}" if zlib.crc32(f"{turn}{word}".encode()) % 3 else word for word in text.split(" "))


def measure(corpus: Path, size: int) -> tuple[float, float, float]:
    """CPU-seconds, seconds and MB for one size."""
    from duplicates import group_with_marbre  # noqa: PLC0415 - polars is to start in this process

    given = pl.read_parquet(corpus, columns=["text"])["text"].to_list()
    texts = [perturb(given[n % len(given)], n // len(given)) for n in range(size)]
    before, cpu, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time(), time.perf_counter()
    group_with_marbre(texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.process_time() - cpu, time.perf_counter() - started, (peak - before) / 1024


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000, 300_000])
    options = parser.parse_args()
    print(f"{'articles':>9}{'CPU s':>8}{'wall s':>8}{'MB':>7}{'CPU ms an article':>19}")
    for size in options.sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cpu, wall, memory = pool.apply(measure, (options.corpus, size))
        print(f"{size:9}{cpu:8.1f}{wall:8.1f}{memory:7.0f}{cpu / size * 1000:19.3f}", flush=True)


if __name__ == "__main__":
    main()
