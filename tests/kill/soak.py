"""Schedules and double runs over a growing inbox, readers all along: nothing lost, doubled or left behind.

python -m tests.kill.soak --minutes 3 --doubles 20
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import duckdb

from tests.invented import invent_articles
from tests.kill.ground import hash_tables, survivors

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
WRITE_SECONDS = 0.4
READ_SECONDS = 0.2


def marbre(target: Path, *words: str) -> "subprocess.Popen[str]":
    """Start a command of Marbre, marked with its warehouse."""
    marked = os.environ | {"MARBRE_TRIAL": str(target)}
    return subprocess.Popen(
        [sys.executable, "-m", "flows", *words, "-w", str(target)],
        env=marked,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


class Readers(threading.Thread):
    """Opens the warehouse again and again; notes each error and each time the number of articles falls."""

    def __init__(self, target: Path) -> None:
        super().__init__(daemon=True)
        self._target, self.stopped = target, threading.Event()
        self.openings, self.complaints = 0, list[str]()

    def run(self) -> None:
        most = 0
        while not self.stopped.wait(READ_SECONDS):
            if not self._target.exists():
                continue
            try:
                with duckdb.connect(str(self._target), read_only=True) as con:
                    (count,) = con.execute("select count(*) from articles").fetchone() or (0,)
            except duckdb.Error as error:
                self.complaints.append(str(error))
                continue
            self.openings += 1
            if count < most:
                self.complaints.append(f"{most} articles, then {count}")
            most = max(most, count)


def write_slowly(inbox: Path, texts: list[str], stopped: threading.Event) -> None:
    """Write each text in two halves, so that some files are met while they are written."""
    for number, text in enumerate(texts):
        path = inbox / f"{number:05}.txt"
        half = len(text) // 2
        with open(path, "w") as file:
            file.write(text[:half])
            file.flush()
            stopped.wait(WRITE_SECONDS / 2)
            file.write(text[half:])
        if stopped.wait(WRITE_SECONDS / 2):
            return


def soak(folder: Path, seconds: float, end: signal.Signals) -> list[str]:
    """A schedule of every ten seconds over a growing inbox, ended by a signal, then a run. Out: what is wrong."""
    inbox, target = folder / "inbox", folder / "w.duckdb"
    inbox.mkdir(parents=True)
    readers, stopped = Readers(target), threading.Event()
    texts = list(invent_articles(int(seconds / WRITE_SECONDS) + 100, seed=int(end)))
    writer = threading.Thread(target=write_slowly, args=(inbox, texts, stopped), daemon=True)
    process = marbre(target, "schedule", str(inbox), "--every", "10s")
    readers.start()
    writer.start()
    time.sleep(seconds)
    process.send_signal(end)
    left = survivors(target)
    stopped.set()
    writer.join()
    printed, _ = process.communicate(timeout=30)
    wrong = [f"{end.name}: processes left: {left}"] if left else []
    wrong += [f"{end.name}: traceback: {printed[-300:]}"] if "Traceback" in printed else []
    marbre(target, "run", str(inbox), "--reread").communicate()
    readers.stopped.set()
    readers.join()
    fresh = folder / "fresh.duckdb"
    marbre(fresh, "run", str(inbox)).communicate()
    wrong += readers.complaints[:3] + compare(target, fresh)
    print(
        f"{end.name}: {readers.openings} openings, {len(list(inbox.iterdir()))} files: {wrong or 'sound'}", flush=True
    )
    return wrong


def compare(target: Path, fresh: Path) -> list[str]:
    """Articles that are there now must be those of a fresh run, once each."""
    query = "select article_id, text, duplicate_of from articles where is_current order by article_id"
    rows = []
    for path in (target, fresh):
        with duckdb.connect(str(path), read_only=True) as con:
            rows.append(con.execute(query).fetchall())
    return [] if rows[0] == rows[1] else [f"{len(rows[0])} current articles, {len(rows[1])} in a fresh run, or others"]


def start_twice(folder: Path) -> list[str]:
    """Two runs at once on one warehouse: one loads, the other says that it is busy; the tables are those of one run."""
    inbox, target = folder / "inbox", folder / "w.duckdb"
    inbox.mkdir(parents=True)
    for number, text in enumerate(invent_articles(30)):
        (inbox / f"{number:03}.txt").write_text(text)
    both = [marbre(target, "run", str(inbox)) for _ in range(2)]
    printed = [process.communicate()[0] for process in both]
    codes = sorted(process.returncode for process in both)
    wrong = [] if codes[0] == 0 and not any("Traceback" in text for text in printed) else [f"ended with {codes}"]
    fresh = folder / "fresh.duckdb"
    marbre(fresh, "run", str(inbox)).communicate()
    one, other = hash_tables(target), hash_tables(fresh)
    return wrong + [f"{table} differs" for table in one if one[table] != other[table]]


def main() -> None:
    """Soak once for each way to end, start twice as often as asked; exit status 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--doubles", type=int, default=20)
    options = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory(prefix="marbre-soak-") as folder:
        for number in range(options.doubles):
            wrong += start_twice(Path(folder) / f"double{number}")
        print(f"{options.doubles} double starts: {wrong or 'sound'}", flush=True)
        for end in ENDS:
            wrong += soak(Path(folder) / end.name, options.minutes * 60, end)
    print("sound" if not wrong else "\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
