"""The flow that a schedule runs: `ingest`, and word of what came of it."""

from pathlib import Path
from typing import Any

from prefect import flow

from flows.ingest import Report, ingest
from flows.logs import LogFormat, choose_format, is_json, say_progress
from flows.progress import listening
from flows.reports import pass_on, print_scheduled


@flow(name="ingest", flow_run_name="ingest {inbox}", validate_parameters=False)
def ingest_on_schedule(
    inbox: str,
    warehouse: str,
    options: dict[str, Any],
    log_format: str = LogFormat.text.value,
    on_warning: str | None = None,
) -> Report:
    """Load what is new, as `ingest` does, within this flow run.

    In:  as `ingest`, whose further parameters are `options`; how events are written to standard error, and the command
         that warnings are given to.
    """
    choose_format(LogFormat(log_format))
    with listening(say_progress if is_json() else lambda line: None):
        report = ingest.fn(inbox, warehouse, **options)
    pass_on(print_scheduled(report, Path(warehouse)), on_warning)
    return report
