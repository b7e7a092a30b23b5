"""The flow `ingest`: an inbox of raw texts into a warehouse. Paths in, parquet out, one committer."""

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from flows import staging
from flows.artifacts import leave_artifacts
from flows.children import end_with_schedule
from flows.committing import commit_run, record_unchanged_run
from flows.corrections import Corrections, read_corrections
from flows.isolation import process_batch
from flows.planning import Plan, plan_run
from flows.pool import Pool, WorkersLost, worker_pool
from flows.progress import Begun, Phase, Processed, Said, ToProcess, report, unheard
from flows.reading import Noted
from flows.run_warnings import find_warnings
from flows.runs import processed_by, start_run
from flows.settings import DEFAULT_ENGINE, RunOptions, count_workers, read_limits
from flows.upgrading import needs_upgrade, process_all, upgrade
from flows.validation import REJECTS
from warehouse import journal, load
from warehouse.lock import sole_writer
from warehouse.publish import follow_links, move_foreign_wal, open_ledger
from warehouse.reader import connect_reader


class Report(NamedTuple):
    """What a run tells its user."""

    run: dict[str, Any]
    rejects: pl.DataFrame
    broken: int
    foreign_wal: str | None
    waiting: int = 0
    notes: tuple[Noted, ...] = ()


def may_pass(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """True where a batch is worth another try: its workers were lost, and the run goes on."""
    return isinstance(state.result(raise_on_failure=False), WorkersLost)


@task(name="process-batch", task_run_name="{batch.stem}", cache_policy=NO_CACHE, retries=1, retry_condition_fn=may_pass)
def process_batch_task(batch: Path, out: Path, pool: Pool, text_seconds: float) -> Path:
    """One batch: handed to a worker process, in a thread that waits for it."""
    folder = process_batch(pool, batch, out, text_seconds)
    report(Processed(count_records(batch)))
    return folder


@flow(name="ingest", flow_run_name="ingest {inbox}", validate_parameters=False)
def ingest(
    inbox: str,
    warehouse: str,
    engine: str = DEFAULT_ENGINE,
    workers: int = 0,
    reread: bool = False,
    prune: bool = False,
    drop_box: bool = False,
    keep: int = 0,
    settle: float = 0.0,
    retry: str | None = None,
) -> Report:
    """Load what is new in an inbox into a warehouse, and mark what the inbox no longer holds.

    In:  folder of raw texts, file of the warehouse, name of the entity engine, and RunOptions one by one, as plain
         values that a deployment can give.
    Errors: WarehouseBusy, WarehouseUnfit, AccountsDiffer, NothingPasses, WorkersLost; in each case the published
            warehouse is as it was.
    """
    options = RunOptions(workers, reread, prune, drop_box, keep, settle, retry)
    end_with_schedule()
    target = follow_links(Path(warehouse))
    with sole_writer(target), worker_pool(engine) as pool:
        foreign_wal = move_foreign_wal(target)
        if needs_upgrade(target):
            report(Said(f"{target} is of an older version of Marbre; it is made anew first, from its own documents"))
            with unheard():
                upgrade(target, partial(process_all, pool=pool), start_run("", target, engine))
        run = start_run(inbox, target, engine)
        report(Begun(Phase.read))
        plan = plan_run(Path(inbox), target, processed_by(run), options)
        folders = process_batches(plan.batches, pool, options.workers or count_workers())
        made = finish_run(target, plan, folders, run, options)
        staging.remove(target)
    with contextlib.closing(connect_reader(target)) as con:
        leave_artifacts(made.run, made.rejects.to_dicts(), find_warnings(con, run["run_id"]))
    return made._replace(foreign_wal=str(foreign_wal) if foreign_wal else None)


def process_batches(batches: list[Path], pool: Pool, workers: int) -> list[Path]:
    """Process the batches as tasks, as many at a time as there are workers; those done before a kill are kept.

    Out: the folders with the frames of each.
    """
    outs = {batch: batch.with_suffix("") for batch in batches}
    todo = [batch for batch in batches if not staging.is_done(outs[batch])]
    report(ToProcess(sum(map(count_records, todo))))
    if todo:
        report(Begun(Phase.process))
        pool.start()
    text_seconds = read_limits().text_seconds
    given = [{"batch": b, "out": outs[b], "pool": pool, "text_seconds": text_seconds} for b in todo]
    runner: Any = ThreadPoolTaskRunner(max_workers=workers)
    with runner, ended_if_interrupted(pool):
        for future in [runner.submit(process_batch_task, parameters) for parameters in given]:
            future.result()
    return list(outs.values())


@contextlib.contextmanager
def ended_if_interrupted(pool: Pool) -> Iterator[None]:
    """End the workers where the block is left by an error: else its threads would wait for what they are at."""
    try:
        yield
    except BaseException:
        pool.close()
        raise


def count_records(batch: Path) -> int:
    """The records of a batch, from the head of its file."""
    return int(pl.scan_parquet(batch).select(pl.len()).collect().item())


def finish_run(target: Path, plan: Plan, folders: list[Path], run: dict[str, Any], options: RunOptions) -> Report:
    """Publish what the run brought, or only the row that says that it brought nothing."""
    by_hand = read_corrections(target)
    is_pruned = options.prune and has_past(target)
    if plan.new or plan.changes.is_any or plan.retried or is_pruned or has_news(target, plan, by_hand):
        report(Begun(Phase.load))
        outcome = commit_run(target, plan, folders, by_hand, run, prune=options.prune, keep=options.keep)
    else:
        row = record_unchanged_run(target, plan, run)
        return Report(row, pl.DataFrame(schema=REJECTS), 0, None, plan.waiting, tuple(plan.notes))
    with open_ledger(target) as ledger:
        assert ledger is not None
        row = load.fetch_run(ledger, run["run_id"])
        rejects = load.fetch_rejects(ledger, run["run_id"])
    return Report(row, rejects, outcome.broken.height, None, plan.waiting, tuple(plan.notes))


def has_news(target: Path, plan: Plan, by_hand: Corrections) -> bool:
    """True where a run without new records still has something to save: a new place, a new fault, a correction."""
    with open_ledger(target) as ledger:
        return (
            ledger is None
            or not plan.gone_files.is_empty()
            or journal.is_full(target)
            or not load.is_table(ledger, "aliases", by_hand.aliases)
            or not load.is_table(ledger, "corrections", by_hand.corrections)
            or load.has_news(ledger, plan.sightings, plan.files, pl.concat([plan.rejects, by_hand.rejects]))
        )


def has_past(target: Path) -> bool:
    """True where the warehouse holds what no inbox holds any more."""
    with open_ledger(target) as ledger:
        return ledger is not None and load.has_past(ledger)
