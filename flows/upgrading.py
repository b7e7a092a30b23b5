"""A warehouse that an older version made, made anew from its own documents."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows import staging
from flows.committing import commit_run, relate
from flows.corrections import Corrections, read_corrections
from flows.isolation import process_batch
from flows.planning import Planner
from flows.pool import Pool, worker_pool
from flows.presence import gone
from flows.runs import processed_by
from flows.settings import count_workers, read_limits
from warehouse import load
from warehouse.carry_over import carry_over, is_older
from warehouse.lock import beside, sole_writer
from warehouse.publish import describe_storage, follow_links, list_tables, open_ledger, publish, working_copy
from warehouse.sql import run_sql

ANY_NUMBER = 1_000_000
"""Documents that a warehouse made anew may hold: as many as come."""
Process = Callable[[list[Path]], list[Path]]
"""Batches to the folders that they were processed to."""


class Upgraded(NamedTuple):
    """What an upgrade came to: documents processed again, articles among them, tables that could not be taken over."""

    documents: int
    articles: int
    refused: list[str]


def needs_upgrade(target: Path) -> bool:
    """True where a file is the warehouse of another version, and its texts can be taken over."""
    if not target.exists():
        return False
    with duckdb.connect(str(target), read_only=True) as con:
        return is_older(list_tables(con))


def upgrade_if_older(target: Path, engine: str, run: dict[str, Any]) -> Upgraded | None:
    """Upgrade a warehouse, without Prefect, where it is of an older version; null where it is not.

    In:  name of the entity engine; the run's row without its counts (flows.ingest.start_run).
    Errors: as a run's.
    """
    target = follow_links(target)
    with sole_writer(target), worker_pool(engine) as pool:
        return upgrade(target, partial(process_all, pool=pool), run) if needs_upgrade(target) else None


def upgrade(target: Path, process: Process, run: dict[str, Any]) -> Upgraded:
    """Make a warehouse anew from its own documents, and put it in the place of the old one in one step.

    To be called by the sole writer. Runs, sightings, rejects and what was forgotten are taken over; everything else is
    made again from `documents`, which the inbox need not hold any more. Until then readers see the old file.

    In:  what processes batches; the run's row without its counts (flows.runs.start_run).
    Errors: as a run's; then the old file is as it was, and what was processed is taken up by the next upgrade.
    """
    new = beside(target, ".upgrade")
    new.unlink(missing_ok=True)
    refused = carry_over(target, new, describe_storage(ANY_NUMBER))
    with open_ledger(new) as ledger:
        assert ledger is not None
        past = load.fetch(ledger, "ingest/past_rows")
        plan = Planner(ledger, staging.staging_of(target), processed_by(run)).read_again()
    by_hand = read_corrections(target)
    outcome = commit_run(new, plan, process(plan.batches), by_hand, run | {"inbox": str(target)})
    if not past.is_empty():
        leave_again(new, past, by_hand)
    staging.remove(target)
    publish(new, target)
    return Upgraded(outcome.loaded, outcome.articles, refused)


def process_all(batches: list[Path], pool: Pool) -> list[Path]:
    """Process batches on the workers of a pool, without Prefect; those done before a kill are kept."""
    outs = {batch: batch.with_suffix("") for batch in batches}
    todo = {batch: out for batch, out in outs.items() if not staging.is_done(out)}
    if todo:
        pool.start()
        process = partial(process_batch, pool, text_seconds=read_limits().text_seconds)
        with ThreadPoolExecutor(count_workers()) as threads:
            list(threads.map(process, todo, todo.values()))
    return list(outs.values())


def leave_again(path: Path, past: pl.DataFrame, by_hand: Corrections) -> None:
    """Let the documents that were not current leave again, now that their rows are made anew.

    In:  document_id, superseded_by.
    """
    with working_copy(path) as con:
        load.stage(con, [])
        load.note_changes(con, *gone(past["document_id"])._replace(left=past))
        load.withdraw(con)
        run_sql(con, "ingest/run_articles")
        load.restore(con)
        relate(con, by_hand)
