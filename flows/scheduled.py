"""The flow that a schedule runs: `ingest`, and word of what came of it."""

import contextlib
from pathlib import Path
from time import monotonic
from typing import Any

from prefect import flow

from flows.ingest import Report, ingest
from flows.logs import LogFormat, choose_format, is_json
from flows.progress_bar import events
from flows.reports import pass_on, print_scheduled
from flows.way import Way


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
    with events(Way(monotonic())) if is_json() else contextlib.nullcontext():
        report = ingest.fn(inbox, warehouse, **options)
    warnings = print_scheduled(report, Path(warehouse))
    pass_on(warnings, on_warning)
    return report
