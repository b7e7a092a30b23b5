"""What the environment can say, and what we say to the libraries before they are imported."""

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

DEFAULT_WAREHOUSE = Path("warehouse.duckdb")
DEFAULT_ENGINE = "spacy:fr_core_news_md"
BY_HAND = {"aliases": "aliases.csv", "corrections": "corrections.csv"}
"""Tables that people write by hand, and their files beside the warehouse."""
QUIET_AND_OFFLINE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_CLIENT_MAX_RETRIES": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
"""No telemetry and no look-up outside; a temporary server may take a while on a busy machine; one thread a process.
Each further retry doubles the wait: with Prefect's own five a run whose server is gone said so after three minutes."""
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


class Limits(NamedTuple):
    """What a run takes in at most; each is a setting MARBRE_NAME, such as MARBRE_FILE_BYTES."""

    file_bytes: int = 4 * 2**30
    """A file: a year of one newspaper has 0.3 GB as an export; what is streamed may be as long as this."""
    record_bytes: int = 16 * 2**20
    """A record: the longest news text we know of has 0.4 MB, and one line of 100 MB is a dump."""
    expanded_bytes: int = 16 * 2**30
    """What a compressed file may expand to."""
    file_records: int = 10_000_000
    """Records of one file."""
    depth: int = 40
    """Folders within folders, and archives within archives."""
    text_seconds: float = 60.0
    """What one text may take to process; with the longest news text we know of it is 2 s."""


def read_limits() -> Limits:
    """The limits, with those that the environment sets. Errors: SettingUnfit for one that is no positive number."""
    found: dict[str, Any] = {
        name: _read_number(f"MARBRE_{name.upper()}", value) for name, value in Limits()._asdict().items()
    }
    return Limits(**found)


def _read_number(name: str, default: int | float) -> int | float:
    given = os.environ.get(name)
    if not given:
        return default
    try:
        number = type(default)(given)
    except ValueError:
        number = type(default)(0)
    if number <= 0:
        raise SettingUnfit(f"{name}={given}: no positive number")
    return number


class RunOptions(NamedTuple):
    """How a run is to be made, beyond its inbox, warehouse and engine; plain values, for deployments to give."""

    workers: int = 0
    """Worker processes; 0: one a core."""
    reread: bool = False
    """Read every file, also those whose path, size and time of modification are known."""
    prune: bool = False
    """Drop what the inbox no longer holds, and former texts of edited files, in place of keeping them as history."""
    drop_box: bool = False
    """The inbox is emptied between runs: what it no longer holds is not gone."""
    keep: int = 0
    """Generations of the warehouse kept beside it: 0 or 1."""
    settle: float = 0.0
    """Seconds that a file must have been left alone before it is read."""
    retry: str | None = None
    """A reason, path or folder whose rejects are tried again; empty: all of them; null: none."""


class SettingUnfit(ValueError):
    """A setting holds something that it cannot mean."""


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
