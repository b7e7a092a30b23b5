"""Runs that are killed, or whose calls on files fail; then a run that must end in the tables of an undisturbed one.

A trial starts from a warehouse that holds two thirds of the articles, with a reader that keeps it open, disturbs
the run that loads the rest, looks for processes left behind, runs again and compares every table but `runs` by hash.
"""

import contextlib
import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import duckdb

from tests.invented import invent_articles

ARTICLES = 300
BEFORE = 200
LIBRARY_SOURCE = Path(__file__).with_name("faults.c")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
ENDED_SECONDS = 5.0
"""After the end of a run no process of it may live longer than this."""
RUN_IDS = ("run_id", "first_run_id", "last_run_id", "missed_run_id", "modified_ns")
"""Columns that name a run or the clock; all others are a function of the texts."""


class Call(NamedTuple):
    """One call of a run that touches a file of the warehouse: its number, the function, what it touches."""

    number: int
    function: str
    touched: str


class Ground(NamedTuple):
    """Where trials are made: the inbox, the warehouse before, and the tables of an undisturbed run."""

    folder: Path
    library: Path | None
    hashes: dict[str, str]
    seconds: float

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"


class Outcome(NamedTuple):
    """What a trial showed; sound where all three are empty."""

    differences: list[str]
    survivors: list[int]
    complaints: list[str]

    @property
    def is_sound(self) -> bool:
        return not (self.differences or self.survivors or self.complaints)


def build_library(folder: Path) -> Path | None:
    """Compile faults.c; null where there is no C compiler or this is no Linux."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, LIBRARY_SOURCE, "-ldl"], check=True)
    return library


def prepare(folder: Path) -> Ground:
    """Make the inbox, the warehouse before, and the undisturbed one."""
    ground = Ground(folder, build_library(folder), {}, 0.0)
    ground.inbox.mkdir(parents=True)
    texts = list(invent_articles(ARTICLES))
    for number, text in enumerate(texts[:BEFORE]):
        (ground.inbox / f"{number:03}.txt").write_text(text)
    before = folder / "before.duckdb"
    finish(start(ground, before))
    for number, text in enumerate(texts[BEFORE:], BEFORE):
        (ground.inbox / f"{number:03}.txt").write_text(text)
    target = copy_before(ground)
    began = time.monotonic()
    finish(start(ground, target))
    return ground._replace(hashes=hash_tables(target), seconds=time.monotonic() - began)


def copy_before(ground: Ground) -> Path:
    """A fresh copy of the warehouse before, in a folder of its own."""
    folder = ground.folder / "trials" / uuid4().hex[:8]
    folder.mkdir(parents=True)
    shutil.copy(ground.folder / "before.duckdb", folder / "w.duckdb")
    return folder / "w.duckdb"


def start(ground: Ground, target: Path, **environment: str) -> "subprocess.Popen[str]":
    """Start `marbre run` on the inbox, in a session of its own, marked so that its processes can be found."""
    command = [sys.executable, "-m", "flows", "run", str(ground.inbox), "-w", str(target)]
    marked = os.environ | {"MARBRE_TRIAL": str(target), "MARBRE_WORKERS": "2"} | environment
    return subprocess.Popen(
        command, env=marked, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def finish(process: "subprocess.Popen[str]") -> str:
    """What a run printed. Errors: AssertionError where it did not end well."""
    printed, _ = process.communicate()
    assert process.returncode == 0, printed[-2000:]
    return printed


def hash_tables(target: Path) -> dict[str, str]:
    """A hash of each table but `runs`, whatever the order of its rows, without what names a run."""
    with duckdb.connect(str(target), read_only=True) as con:
        tables = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        return {table: _hash(con, table) for table in tables if table not in ("runs", "run_warnings")}


def _hash(con: duckdb.DuckDBPyConnection, table: str) -> str:
    names = [name for name in con.table(table).columns if name not in RUN_IDS]
    rows = con.table(table).project(", ".join(f'"{name}"' for name in names)).fetchall()
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def survivors(target: Path) -> list[int]:
    """Processes of a run that still live some seconds after its end."""
    deadline = time.monotonic() + ENDED_SECONDS
    while (alive := _marked(target)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return alive


def _marked(target: Path) -> list[int]:
    mark, found = f"MARBRE_TRIAL={target}".encode(), []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


@contextlib.contextmanager
def reading(target: Path) -> Iterator[list[str]]:
    """Keep a reader's connection open through a trial, and open another at its end. Out: what they complain of."""
    complaints: list[str] = []
    with duckdb.connect(str(target), read_only=True) as con:
        yield complaints
        count = con.execute("select count(*) from articles").fetchone()
        if count != (BEFORE,):
            complaints.append(f"the reader's snapshot changed to {count}")


def rerun_and_compare(ground: Ground, target: Path) -> Outcome:
    """What is left of the disturbed run, then run again and compare."""
    left = survivors(target)
    for process in left:
        os.kill(process, signal.SIGKILL)
    with duckdb.connect(str(target), read_only=True) as con:
        (count,) = con.execute("select count(*) from articles").fetchone() or (None,)
    complaints = [] if count in (BEFORE, ARTICLES) else [f"half a warehouse was published: {count} articles"]
    finish(start(ground, target))
    found = hash_tables(target)
    differences = [table for table in ground.hashes if found.get(table) != ground.hashes[table]]
    beside = [path.name for path in target.parent.iterdir() if path.name.startswith(("w.duckdb.work", "w.duckdb.stag"))]
    shutil.rmtree(target.parent)
    return Outcome(differences, left, complaints + [f"left behind: {name}" for name in beside])


def kill_after(ground: Ground, seconds: float) -> Outcome:
    """SIGKILL to a run after some seconds."""
    target = copy_before(ground)
    with reading(target) as complaints:
        process = start(ground, target)
        time.sleep(seconds)
        process.kill()
        process.communicate()
        outcome = rerun_and_compare(ground, target)
    return outcome._replace(complaints=outcome.complaints + complaints)


def list_calls(ground: Ground) -> list[Call]:
    """The calls of an undisturbed run that touch files of the warehouse."""
    target = copy_before(ground)
    log = target.parent / "calls"
    finish(start(ground, target, **preload(ground, target, 0, 0), FAULT_LOG=str(log)))
    calls = [line.split(" ", 2) for line in log.read_text().splitlines()]
    shutil.rmtree(target.parent)
    return [Call(int(number), function, Path(path).name) for number, function, path in calls]


def preload(ground: Ground, target: Path, at: int, error: int) -> dict[str, str]:
    """The environment in which the call `at` on a file of the warehouse fails; error 0 kills its process."""
    assert ground.library is not None
    count = target.parent / "count"
    count.write_bytes(bytes(8))
    return {
        "LD_PRELOAD": str(ground.library),
        "FAULT_UNDER": str(target),
        "FAULT_COUNT": str(count),
        "FAULT_AT": str(at),
        "FAULT_ERRNO": str(error),
    }


def fail_call(ground: Ground, number: int, error: int) -> Outcome:
    """Let one call on a file fail with an error, or kill its process (error 0)."""
    target = copy_before(ground)
    with reading(target) as complaints:
        process = start(ground, target, **preload(ground, target, number, error))
        printed, _ = process.communicate()
        if "Traceback" in printed:
            complaints.append(f"traceback: {printed.strip().splitlines()[-1]}")
        outcome = rerun_and_compare(ground, target)
    return outcome._replace(complaints=outcome.complaints + complaints)


def choose_points(calls: list[Call]) -> list[Call]:
    """The first and the last call of each kind on each kind of file: the named points of a run."""
    kinds: dict[tuple[str, str], list[Call]] = {}
    for call in calls:
        kind = "".join("0" if c in "0123456789abcdef" else c for c in call.touched)
        kinds.setdefault((call.function, kind), []).append(call)
    return sorted({edge for same in kinds.values() for edge in (same[0], same[-1])})


def tear_staging(ground: Ground, chance: random.Random) -> Outcome:
    """Kill a run when it has processed its batch, and spoil a staged file; a cut of power leaves such files."""
    target = copy_before(ground)
    process = start(ground, target)
    staging = target.with_name("w.duckdb.staging")
    while process.poll() is None and not any(staging.glob("*/tokens.parquet")):
        time.sleep(0.02)
    process.kill()
    process.communicate()
    files = sorted(path for path in staging.rglob("*") if path.is_file())
    if files:
        spoil(chance.choice(files), chance)
    return rerun_and_compare(ground, target)


def spoil(path: Path, chance: random.Random) -> None:
    """Empty a file, cut it, change a byte of it, or take it away."""
    content = path.read_bytes()
    match chance.randrange(4):
        case 0:
            path.write_bytes(b"")
        case 1:
            path.write_bytes(content[: len(content) // 2])
        case 2:
            place = chance.randrange(max(1, len(content)))
            path.write_bytes(content[:place] + bytes([255 - content[place]] if content else []) + content[place + 1 :])
        case _:
            path.unlink()
