"""What a few texts cost beside many, phase by phase, and whether the file grows: CPU-seconds of plan and commit.

    python benchmarks/append.py CORPUS.parquet [--sizes 3000 12000 36000] [--texts 10 100] [--growth 20]

CORPUS has a column `text`. A warehouse of each size is made (36,000 articles take about ten CPU-minutes, nearly all of
them in the workers), then texts that it does not hold are added to copies of it. Only this process counts: models and
workers have their own, and no Prefect server runs. --growth N adds ten texts N times and compares the file with that of
one run over the same texts.
"""

import argparse
import contextlib
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from flows import committing, ingest, planning
from flows.corrections import read_corrections
from flows.isolation import process_batch
from flows.planning import Plan, Planner
from flows.pool import Pool, worker_pool
from flows.settings import DEFAULT_ENGINE
from warehouse import load, publish

TEXT_SECONDS = 60.0

PHASES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("repetition", planning, ("find_repetition",)),
    ("copy", publish, ("copy_file",)),
    ("load", load, ("forget_staged", "load_plain_tables", "withdraw", "load_lexicons", "save_sightings")),
    ("link", committing, ("link_touched_names",)),
    ("link", load, ("load_linked_tables", "apply_corrections")),
    ("copies", committing, ("save_copies",)),
    ("stories", committing, ("save_stories",)),
    ("checks", committing, ("check_rows",)),
    ("publish", publish, ("publish",)),
)
"""Functions whose time is told apart; the rest of a commit is the transaction's end and the checkpoint."""
COLUMNS = ("plan", "repetition", "copy", "load", "link", "copies", "stories", "checks", "publish", "rest", "sum")


class Staged(NamedTuple):
    """Texts that are processed and wait to be committed."""

    plan: Plan
    folders: list[Path]
    seconds: float


@contextlib.contextmanager
def timed(spent: dict[str, float]) -> Iterator[None]:
    """Add the CPU-seconds of each phase inside the block to `spent`."""
    kept = [(module, name, getattr(module, name)) for _, module, names in PHASES for name in names]
    for phase, module, names in PHASES:
        for name in names:
            setattr(module, name, timing(getattr(module, name), phase, spent))
    try:
        yield
    finally:
        for module, name, function in kept:
            setattr(module, name, function)


def timing(function: Callable[..., Any], phase: str, spent: dict[str, float]) -> Callable[..., Any]:
    """The function, its CPU-seconds added to a phase."""

    def call(*arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[phase] += time.process_time() - started

    return call


class Bench:
    """Warehouses in a folder, and the workers that process texts for them."""

    def __init__(self, folder: Path, corpus: pl.DataFrame, pool: Pool) -> None:
        """Texts are taken from the start of the corpus for the sizes, and from its end to be added."""
        self._folder, self._corpus, self._pool, self._taken = folder, corpus, pool, 0

    def stage(self, target: Path, texts: pl.DataFrame) -> Staged:
        """Plan texts beside a warehouse and have them processed."""
        inbox = Path(tempfile.mkdtemp(dir=self._folder))
        texts.write_parquet(inbox / "texts.parquet")
        run = ingest.start_run(str(inbox), DEFAULT_ENGINE)
        started = time.process_time()
        with publish.open_ledger(target) as ledger:
            processed_by = f"{run['engine']} {run['marbre_version']}"
            plan = Planner(ledger, inbox.with_suffix(".staging"), processed_by, is_drop_box=True).read(inbox)
        seconds = time.process_time() - started
        outs = [process_batch(self._pool, batch, batch.with_suffix(""), TEXT_SECONDS) for batch in plan.batches]
        return Staged(plan, outs, seconds)

    def commit(self, target: Path, staged: Staged) -> float:
        """Commit what is staged. Out: CPU-seconds."""
        run = ingest.start_run(str(self._folder), DEFAULT_ENGINE)
        started = time.process_time()
        committing.commit_run(target, staged.plan, staged.folders, read_corrections(target), run)
        return time.process_time() - started

    def take(self, count: int) -> pl.DataFrame:
        """Texts from the end of the corpus that were not taken before."""
        self._taken += count
        return self._corpus[self._corpus.height - self._taken :][:count]

    def add(self, target: Path, count: int) -> dict[str, float]:
        """Add texts to a warehouse. Out: CPU-seconds by phase."""
        spent: dict[str, float] = defaultdict(float)
        with timed(spent):
            staged = self.stage(target, self.take(count))
            committed = self.commit(target, staged)
        spent["plan"] = staged.seconds - spent["repetition"]
        spent["rest"] = committed + spent["repetition"] - sum(spent[phase] for phase in {name for name, _, _ in PHASES})
        spent["sum"] = staged.seconds + committed
        return spent


def show(name: str, spent: dict[str, float]) -> None:
    """One line of the table."""
    print(f"{name:22}" + "".join(f"{spent[column]:11.2f}" for column in COLUMNS), flush=True)


def measure_growth(bench: Bench, base: Path, parts: list[Staged], runs: int) -> str:
    """Add ten texts again and again. Out: the size of the file beside that of one run over the same texts."""
    target, fresh = base.with_name("grown.duckdb"), base.with_name("fresh.duckdb")
    shutil.copyfile(base, target)
    added = []
    for _ in range(runs):
        added.append(bench.stage(target, bench.take(10)))
        bench.commit(target, added[-1])
    everything = [*parts, *added]
    plan = everything[0].plan._replace(
        new=sum(staged.plan.new for staged in everything),
        rejects=pl.concat(staged.plan.rejects for staged in everything),
        sightings=pl.concat(staged.plan.sightings for staged in everything),
    )
    bench.commit(fresh, Staged(plan, [folder for staged in everything for folder in staged.folders], 0))
    sizes = [path.stat().st_size for path in (base, target, fresh)]
    for path in (target, fresh):
        path.unlink()
    base_mb, grown_mb, fresh_mb = (size / 1e6 for size in sizes)
    return f"{base_mb:.1f} MB, grown {grown_mb:.1f}, one run {fresh_mb:.1f}: {grown_mb / fresh_mb:.2f}"


def main() -> None:
    """Print a line for each size and count of texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[3_000, 12_000, 36_000])
    parser.add_argument("--texts", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--growth", type=int, default=0)
    options = parser.parse_args()
    corpus = pl.read_parquet(options.corpus).unique("text", maintain_order=True)
    reserve = len(options.sizes) * (sum(options.texts) + 10 * options.growth)
    with tempfile.TemporaryDirectory() as folder, worker_pool(DEFAULT_ENGINE) as pool:
        base, bench = Path(folder) / "base.duckdb", Bench(Path(folder), corpus, pool)
        print(f"{'':22}" + "".join(f"{column:>11}" for column in COLUMNS))
        done, parts = 0, []
        for size in sorted(options.sizes):
            upto = min(size, corpus.height - reserve)
            parts.append(bench.stage(base, corpus[done:upto]))
            bench.commit(base, parts[-1])
            done = upto
            for count in options.texts:
                target = base.with_name("added.duckdb")
                shutil.copyfile(base, target)
                show(f"{count} texts beside {done}", bench.add(target, count))
                target.unlink()
            if options.growth:
                grown = measure_growth(bench, base, parts, options.growth)
                print(f"{options.growth} times 10 texts beside {done}: {grown}", flush=True)


if __name__ == "__main__":
    main()
