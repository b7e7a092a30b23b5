"""Processes: one server at most, and none of ours that lives on, or holds our output, once we have ended."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from flows.children import ROOT
from tests.flows.faults import ENDLESS

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
MARK = "MARBRE_TEST_MARK"
START_SECONDS = 240
END_SECONDS = 5.0
"""What is promised: that long after our end nothing of us is left."""


class Marked:
    """A command and whatever it starts, known by a variable in its environment."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.mark = f"{MARK}={uuid4()}"
        ours = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_API")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows", *arguments],
            cwd=ROOT,
            env=ours | dict([self.mark.split("=")]) | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def commands(self) -> dict[int, str]:
        """The command lines of all its processes, by number."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:  # ended meanwhile, or not ours to look at
                continue
        return {pid: command for pid, command in found.items() if command}

    def wait_until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not holds():
            assert self.process.poll() is None, self.process.communicate()[0].decode()
            assert time.monotonic() < deadline
            time.sleep(0.2)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(f"La ville de {ENDLESS} a fermé son bac lundi, après trois semaines de travaux.\n")
    return folder


@pytest.fixture
def faults(tmp_path: Path) -> dict[str, str]:
    """An environment in which a worker does not come to the end of a text."""
    folder = tmp_path / "faults"
    folder.mkdir()
    shutil.copy(Path(__file__).with_name("faults.py"), folder / "sitecustomize.py")
    return {"PYTHONPATH": f"{folder}:{ROOT}", "PREFECT_HOME": str(tmp_path / "prefect")}


def computes(pid: int) -> bool:
    """True for a process that has been computing a second or more since it was forked."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return int(user) + int(system) > 3 * os.sysconf("SC_CLK_TCK")


def is_in_the_text(marked: Marked) -> bool:
    """True once a worker is at a text: a second process of flows.workers that computes on."""
    workers = [pid for pid, command in marked.commands().items() if "-m flows.workers" in command]
    return len(workers) > 1 and any(computes(pid) for pid in workers[1:])


def end(marked: Marked, how: signal.Signals) -> tuple[int, str]:
    """Send a signal; see that everything has ended in time. Out: the exit status and what was printed."""
    os.kill(marked.process.pid, how)
    said = marked.process.communicate(timeout=END_SECONDS)[0].decode()  # its end comes when nobody holds the pipe
    deadline = time.monotonic() + END_SECONDS
    while left := marked.commands():
        assert time.monotonic() < deadline, left
        time.sleep(0.2)
    return marked.process.returncode, said


@pytest.mark.parametrize(
    ("how", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)]
)
def test_a_run_in_the_middle_of_a_text_ends_with_all_it_started(inbox, tmp_path, faults, how, status):
    target = tmp_path / "w.duckdb"
    marked = Marked(tmp_path, "run", str(inbox), "-w", str(target), **faults)
    marked.wait_until(lambda: is_in_the_text(marked))
    ended, said = end(marked, how)
    assert ended == status
    assert "Traceback" not in said
    assert said.splitlines()[-1].startswith("stopped; " if status > 0 else "processing")
    assert list(tmp_path.glob("w.duckdb.staging/*.parquet"))
    assert not target.exists()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_schedule_in_the_middle_of_a_text_ends_with_all_it_started(inbox, tmp_path, faults, how):
    arguments = ("schedule", str(inbox), "--every", "2s", "-w", str(tmp_path / "w.duckdb"))
    marked = Marked(tmp_path, *arguments, **faults)
    marked.wait_until(lambda: is_in_the_text(marked))
    ended, said = end(marked, how)
    assert ended == (-9 if how == signal.SIGKILL else 0)
    assert "Traceback" not in said


def watch(marked: Marked) -> Iterator[dict[int, str]]:
    """All processes of a command, again and again until it has ended."""
    while marked.process.poll() is None:
        yield marked.commands()
        time.sleep(0.02)


def count_servers(marked: Marked) -> int:
    """How many servers a command starts before it ends."""
    seen: set[int] = set()
    for commands in watch(marked):
        seen |= {pid for pid, command in commands.items() if "flows.server" in command or "uvicorn" in command}
    said = marked.process.communicate()[0].decode()
    assert marked.process.returncode == 0, said
    return len(seen)


def test_a_run_of_the_samples_starts_one_server(tmp_path):
    assert count_servers(Marked(tmp_path, "run", "samples", "-w", str(tmp_path / "w.duckdb"))) == 1


@pytest.mark.usefixtures("prefect_harness")
def test_a_run_starts_no_server_where_one_is_given_and_writes_nothing_to_a_home_it_may_not(tmp_path):
    from prefect.settings import PREFECT_API_URL

    home = tmp_path / "file"
    home.write_text("no folder")
    environment = {"PREFECT_API_URL": PREFECT_API_URL.value(), "PREFECT_HOME": str(home / "home"), "HOME": str(home)}
    arguments = ("run", "samples", "-w", str(tmp_path / "w.duckdb"))
    assert count_servers(Marked(tmp_path, *arguments, **environment)) == 0
