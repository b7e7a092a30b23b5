"""One run of the command: what it needs of Prefect around the flow."""

from typing import TYPE_CHECKING

from flows.server import prefect_server
from flows.settings import RunOptions

if TYPE_CHECKING:
    from flows.ingest import Report


def run_once(inbox: str, warehouse: str, engine: str, options: RunOptions) -> "Report":
    """Load what is new in an inbox, as a flow run of one Prefect server.

    A server of our own starts while Prefect, Polars and the rest are imported here.
    Errors: ServerLost; those of flows.ingest.ingest.
    """
    with prefect_server() as server:
        from flows.ingest import ingest

        server.wait()
        report: Report = ingest(inbox, warehouse, engine, **options._asdict())  # type: ignore[assignment]
        return report
