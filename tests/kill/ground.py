"""Where trials are made: an inbox, the warehouses that they start from, and what an undisturbed run makes of them."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import duckdb

from tests.invented import invent_articles
from tests.kill import faults

ARTICLES = 300
BEFORE = 200
ENDED_SECONDS = 5.0
"""After the end of a run no process of it may live longer than this."""
RUN_IDS = ("run_id", "first_run_id", "last_run_id", "missed_run_id", "modified_ns")
"""Columns that name a run or the clock; all others are a function of the texts."""
HISTORY = ("runs", "run_warnings")
"""Tables that tell of runs."""
FRESH, STAGED = "before", "staged"
"""Folders that trials start from: a warehouse of BEFORE articles, and the same with the rest staged and processed."""
WAREHOUSE = "w.duckdb"


class Ground(NamedTuple):
    """The folder of all trials; the library of faults (null where none can be built); the tables of an undisturbed
    run, and the seconds that it took with a server of its own."""

    folder: Path
    library: Path | None
    hashes: dict[str, str]
    seconds: float

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"


def prepare(folder: Path) -> Ground:
    """Make the inbox, what trials start from, and the undisturbed warehouse."""
    ground = Ground(folder, faults.build_library(folder), {}, 0.0)
    ground.inbox.mkdir(parents=True)
    texts = list(invent_articles(ARTICLES))
    write_texts(ground.inbox, texts[:BEFORE], 0)
    (folder / FRESH).mkdir()
    finish(start(ground, folder / FRESH / WAREHOUSE))
    write_texts(ground.inbox, texts[BEFORE:], BEFORE)
    target = copy_start(ground, FRESH)
    began = time.monotonic()
    finish(start(ground, target, PREFECT_API_URL=""))
    ground = ground._replace(hashes=hash_tables(target), seconds=time.monotonic() - began)
    staged = Path(shutil.copytree(folder / FRESH, folder / STAGED)) / WAREHOUSE
    kill_when_staged(start(ground, staged), staged)
    return ground


def write_texts(inbox: Path, texts: list[str], first: int) -> None:
    """Put texts into the inbox, a file each."""
    for number, text in enumerate(texts, first):
        (inbox / f"{number:03}.txt").write_text(text)


def copy_start(ground: Ground, what: str) -> Path:
    """A fresh copy of what a trial starts from, in a folder of its own. Out: its warehouse."""
    return Path(shutil.copytree(ground.folder / what, ground.folder / "trials" / uuid4().hex[:8])) / WAREHOUSE


def start(ground: Ground, target: Path, **environment: str) -> "subprocess.Popen[str]":
    """Start `marbre run` on the inbox, in a session of its own, marked so that its processes can be found."""
    command = [sys.executable, "-m", "flows", "run", str(ground.inbox), "-w", str(target)]
    marked = os.environ | {"MARBRE_TRIAL": str(target), "MARBRE_WORKERS": "2"} | environment
    return subprocess.Popen(
        command, env=marked, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def kill_when_staged(process: "subprocess.Popen[str]", target: Path) -> None:
    """SIGKILL to a run as soon as its batch is processed."""
    ledger = target.with_name(f"{WAREHOUSE}.staging") / "ledger.jsonl"
    while process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if '"done"' in ledger.read_text():
                break
        time.sleep(0.01)
    process.kill()
    process.communicate()


def finish(process: "subprocess.Popen[str]") -> str:
    """What a run printed. Errors: AssertionError where it did not end well."""
    printed, _ = process.communicate()
    assert process.returncode == 0, printed[-2000:]
    return printed


def hash_tables(target: Path) -> dict[str, str]:
    """A hash of each table but HISTORY, whatever the order of its rows, without what names a run."""
    with duckdb.connect(str(target), read_only=True) as con:
        tables = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        return {table: _hash(con, table) for table in tables if table not in HISTORY}


def _hash(con: duckdb.DuckDBPyConnection, table: str) -> str:
    names = [name for name in con.table(table).columns if name not in RUN_IDS]
    rows = con.table(table).project(", ".join(f'"{name}"' for name in names)).fetchall()
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def count_articles(target: Path) -> int:
    """The articles of a warehouse, as a reader counts them who opens it now."""
    with duckdb.connect(str(target), read_only=True) as con:
        (count,) = con.execute("select count(*) from articles").fetchone() or (0,)
        return int(count)


def survivors(target: Path) -> list[int]:
    """Processes of a run that still live some seconds after its end."""
    deadline = time.monotonic() + ENDED_SECONDS
    while (alive := _marked(target)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return alive


def _marked(target: Path) -> list[int]:
    mark, found = f"MARBRE_TRIAL={target}".encode(), []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found
