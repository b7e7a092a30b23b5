"""What a flow run leaves in Prefect for people who look there: counts, what was set aside, what is odd."""

from typing import Any

import httpx
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.exceptions import PrefectException

from flows.logs import say_warning
from flows.run_warnings import Warning
from flows.terminal import one_line

COUNTS = ("found", "loaded", "unchanged", "repeated", "rejected", "articles")
REJECTS_SHOWN = 100
"""Rejects in the artifact; all of them are in the warehouse."""


def leave_artifacts(run: dict[str, Any], rejects: list[dict[str, Any]], warnings: list[Warning]) -> None:
    """Save what came of a run, as save_artifacts does; that Prefect does not take it is said, and no reason to fail:
    the warehouse has it all."""
    try:
        save_artifacts(run, rejects, warnings)
    except (httpx.HTTPError, PrefectException) as error:
        say_warning(f"Prefect took no artifacts: {error}")


def save_artifacts(run: dict[str, Any], rejects: list[dict[str, Any]], warnings: list[Warning]) -> None:
    """Save what came of a run as artifacts of the flow run that this is called in.

    In:  the run's row of runs; its new rejects (source_path, record, stage, reason, detail); its run_warnings.
    The keys marbre-counts, marbre-rejects and marbre-warnings gather the history of all runs in Prefect.
    """
    counts = [{"count": name, "records": run[name]} for name in COUNTS]
    create_table_artifact(counts, key="marbre-counts", description=f"Run {run['run_id']}: {run['status']}")
    if rejects:
        told = f"{len(rejects)} set aside by run {run['run_id']}" + (
            f"; the first {REJECTS_SHOWN}, `marbre rejects` has all" if len(rejects) > REJECTS_SHOWN else ""
        )
        rows = [{name: plain(value) for name, value in row.items()} for row in rejects[:REJECTS_SHOWN]]
        create_table_artifact(rows, key="marbre-rejects", description=told)
    if warnings:
        lines = [f"- **{warning['measure']}**: {warning['message']}" for warning in warnings]
        create_markdown_artifact("\n".join(lines), key="marbre-warnings", description=f"Run {run['run_id']} is odd")


def plain(value: Any) -> str:
    """A value of a reject as a cell: file names may hold anything."""
    return "" if value is None else one_line(str(value))
