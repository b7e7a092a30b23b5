"""Runs that are killed, or whose calls on files fail; then a run that must end in the tables of an undisturbed one.

A trial starts from a warehouse that holds two thirds of the articles, with a reader that keeps it open, disturbs
the run that loads the rest, looks for processes and files left behind, runs again and compares every table by hash.
"""

import contextlib
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

from tests.kill import faults
from tests.kill.ground import (
    ARTICLES,
    BEFORE,
    FRESH,
    STAGED,
    WAREHOUSE,
    Ground,
    copy_start,
    count_articles,
    finish,
    hash_tables,
    start,
    survivors,
)

LEFT_OVER = tuple(f"{WAREHOUSE}.{name}" for name in ("work", "stag", "previous.new"))
"""How the names of files begin that no run may leave when it has ended well."""


class Outcome(NamedTuple):
    """What a trial showed: where it met the run, tables that differ, processes left, what else is wrong."""

    met: str
    differences: list[str]
    survivors: list[int]
    complaints: list[str]

    @property
    def is_sound(self) -> bool:
        return not (self.differences or self.survivors or self.complaints)


def kill_after(ground: Ground, seconds: float) -> Outcome:
    """SIGKILL to a run with a server of its own after some seconds."""
    target = copy_start(ground, FRESH)
    with reading(target) as complaints:
        process = start(ground, target, PREFECT_API_URL="")
        time.sleep(seconds)
        process.kill()
        process.communicate()
        met = "too late" if process.returncode == 0 else describe_moment(target)
        outcome = rerun_and_compare(ground, target, met)
    return outcome._replace(complaints=outcome.complaints + complaints)


def describe_moment(target: Path) -> str:
    """How far a run had come when it was killed, by what lies beside its warehouse."""
    if count_articles(target) == ARTICLES:
        return "published"
    if target.with_name(f"{WAREHOUSE}.work").exists():
        return "in the commit"
    return "with batches staged" if target.with_name(f"{WAREHOUSE}.staging").exists() else "before staging"


def fail_call(ground: Ground, call: faults.Call, error: int) -> Outcome:
    """Let one call on a file fail with an error, or kill its process (error KILL).

    A run that ends with an error has told so in one line, and left the published file and no work behind.
    """
    assert ground.library is not None
    target = copy_start(ground, call.start)
    counter = target.parent.with_suffix(".count")
    with reading(target) as complaints:
        process = start(ground, target, **faults.preload(ground.library, target, counter, call.number, error))
        printed, _ = process.communicate()
        complaints.extend(judge_words(printed))
        if error and process.returncode and call.function not in ("unlink", "rmdir"):
            complaints.extend(f"left on the disk: {path.name}" for path in target.parent.glob(f"{WAREHOUSE}.work*"))
        met = f"ended with {process.returncode}" if faults.count_calls(counter) >= call.number else "too late"
        outcome = rerun_and_compare(ground, target, met)
    return outcome._replace(complaints=outcome.complaints + complaints)


def judge_words(printed: str) -> list[str]:
    """What is wrong with what a run said."""
    wrong = [words for words in ("Traceback", "a fault of Marbre") if words in printed]
    return [f"{words}: {' | '.join(printed.strip().splitlines()[-3:])[:600]}" for words in wrong]


def list_calls(ground: Ground) -> list[faults.Call]:
    """The calls of an undisturbed run on files beside the warehouse.

    Those of the commit are of a run that finds its batch processed, so that a trial of one loads no models.
    """
    fresh = log_calls(ground, FRESH)
    first_of_commit = next(call.number for call in fresh if call.touched == f"{WAREHOUSE}.work")
    return [call for call in fresh if call.number < first_of_commit] + log_calls(ground, STAGED)


def log_calls(ground: Ground, what: str) -> list[faults.Call]:
    """The calls of a run from one of the starts."""
    assert ground.library is not None
    target = copy_start(ground, what)
    log = target.parent.with_suffix(".log")
    environment = faults.preload(ground.library, target, target.parent.with_suffix(".count"))
    finish(start(ground, target, FAULT_LOG=str(log), **environment))
    return faults.read_log(log, what)


def tear_staging(ground: Ground, chance: random.Random) -> Outcome:
    """Spoil a file of a run that was killed when its batch was processed; a cut of power leaves such files."""
    target = copy_start(ground, STAGED)
    staging = target.with_name(f"{WAREHOUSE}.staging")
    files = sorted(path for path in staging.rglob("*") if path.is_file())
    path = chance.choice(files)
    how = spoil(path, chance)
    return rerun_and_compare(ground, target, f"{how} {path.name}")


def spoil(path: Path, chance: random.Random) -> str:
    """Empty a file, cut it, change a byte of it, or take it away. Out: what was done."""
    content = path.read_bytes()
    place = chance.randrange(len(content))
    match chance.randrange(5):
        case 0:
            path.write_bytes(b"")
            return "emptied"
        case 1:
            path.write_bytes(content[:place])
            return "cut"
        case 2:
            path.write_bytes(content[:place] + bytes([255 - content[place]]) + content[place + 1 :])
            return "a byte changed in"
        case 3:
            path.write_bytes(content[:place] + bytes(len(content) - place))
            return "nul bytes at the end of"
        case _:
            path.unlink()
            return "removed"


@contextlib.contextmanager
def reading(target: Path) -> Iterator[list[str]]:
    """Keep a reader's connection open through a trial, and have it count at its end. Out: what it complains of."""
    complaints: list[str] = []
    command = [sys.executable, Path(__file__).with_name("reader.py"), target]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        yield complaints
        counted, _ = reader.communicate()
    if counted != f"{BEFORE}\n":
        complaints.append(f"the reader's snapshot changed to {counted!r}")


def rerun_and_compare(ground: Ground, target: Path, met: str) -> Outcome:
    """What is left of the disturbed run, then run again and compare."""
    left = survivors(target)
    for process in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    complaints = []
    if (count := count_articles(target)) not in (BEFORE, ARTICLES):
        complaints.append(f"half a warehouse was published: {count} articles")
    complaints += judge_words(finish(start(ground, target)))
    found = hash_tables(target)
    differences = [table for table in ground.hashes if found.get(table) != ground.hashes[table]]
    complaints += [f"left behind: {path.name}" for path in target.parent.iterdir() if path.name.startswith(LEFT_OVER)]
    shutil.rmtree(target.parent)
    return Outcome(met, differences, left, complaints)
