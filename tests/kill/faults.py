"""Calls on files that fail: the library faults.c, preloaded into a run and all its processes."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("faults.c")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
KILL = 0
"""In place of an error: the call does not come back, its process is killed."""


class Call(NamedTuple):
    """One call of a run on a file beside the warehouse: what the run starts from, the number of the call among all its
    processes, the function, the name of the file."""

    start: str
    number: int
    function: str
    touched: str


def build_library(folder: Path) -> Path | None:
    """Compile faults.c; null where there is no C compiler or this is no Linux."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def preload(library: Path, target: Path, counter: Path, at: int = 0, error: int = KILL) -> dict[str, str]:
    """The environment in which the call `at` on a file beside the warehouse fails with an error; at 0, none."""
    counter.write_bytes(bytes(8))
    return {
        "LD_PRELOAD": str(library),
        "FAULT_UNDER": str(target.parent),
        "FAULT_COUNT": str(counter),
        "FAULT_AT": str(at),
        "FAULT_ERRNO": str(error),
    }


def count_calls(counter: Path) -> int:
    """How many calls were made until now."""
    return int.from_bytes(counter.read_bytes(), sys.byteorder)


def read_log(log: Path, start: str) -> list[Call]:
    """The calls that a run wrote down."""
    lines = [line.split(" ", 2) for line in log.read_text().splitlines()]
    return [Call(start, int(number), function, Path(path).name) for number, function, path in lines]


def choose_points(calls: list[Call]) -> list[Call]:
    """The first and the last call of each function on each kind of file: the named points of a run.

    Staged tables are one kind of file, as are the batches, whose names are checksums.
    """
    kinds: dict[tuple[str, str, str], list[Call]] = {}
    for call in calls:
        is_named_by_us = call.touched.startswith("w.duckdb") or call.touched == "ledger.jsonl"
        kind = call.touched if is_named_by_us else Path(call.touched).suffix
        kinds.setdefault((call.start, call.function, kind), []).append(call)
    return sorted({edge for same in kinds.values() for edge in (same[0], same[-1])})
