"""What the environment can say, and what we say to the libraries before they are imported."""

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DEFAULT_WAREHOUSE = Path("warehouse.duckdb")
DEFAULT_ENGINE = "spacy:fr_core_news_md"
QUIET_AND_OFFLINE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_CLI_PROMPT": "false",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
"""No telemetry and no look-up outside; a temporary server may take a while on a busy machine; one thread a process."""
WORKER_THREADS = {"POLARS_MAX_THREADS": "1"}
"""Each worker process has one core; Polars would start a thread pool of its own for all of them in each."""


def prepare_environment() -> None:
    """Set what the user has not set; to be called before Prefect, NumPy or Polars is imported."""
    for name, value in QUIET_AND_OFFLINE.items():
        os.environ.setdefault(name, value)


def count_workers() -> int:
    """Processes to run batches on: MARBRE_WORKERS, else the cores that this process may use."""
    wanted = os.environ.get("MARBRE_WORKERS", "")
    return int(wanted) if wanted.isdigit() and int(wanted) > 0 else len(os.sched_getaffinity(0))


class EngineUnknown(ValueError):
    """The name is not that of an installed engine."""


def name_engine(engine: str) -> str:
    """An engine's name with the versions that its findings depend on, without loading it.

    In:  spacy:NAME.
    Errors: EngineUnknown, saying what to do.
    """
    kind, _, model = engine.partition(":")
    if kind != "spacy" or not model:
        raise EngineUnknown(f"no engine {engine!r}: give spacy:NAME, such as {DEFAULT_ENGINE}")
    try:
        return f"{engine} {version(model)}, spacy {version('spacy')}"
    except PackageNotFoundError:
        raise EngineUnknown(f"no spaCy pipeline {model!r} is installed: python -m pip install {model}") from None
