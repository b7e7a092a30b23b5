"""Child processes of ours: they hold nothing of our output, and end when we end, however that is."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ENDS_WITH = "MARBRE_ENDS_WITH"
"""Names, in the environment of a schedule's flow runs, the process that they must not outlive."""
LOOK_SECONDS = 0.5
WORD_SECONDS = 1.5
"""What a child has to end in by itself, once told: all that we start has ended within 5 s of our own end."""
ROOT = Path(__file__).parent.parent


def start_child(
    module: str,
    *arguments: str,
    keep_open: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
    errors: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a module of ours as a process of its own session, so that Ctrl-C reaches us alone.

    Its standard input is a pipe whose other end only we hold: it closes when we end, by SIGKILL too. Its output goes
    nowhere: a pipe that somebody reads from us closes with us.
    In:  the module and its arguments; descriptors that the child inherits; what its environment has besides ours; where
         its standard error goes.
    """
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],  # -P: a file named polars.py where we are is not imported
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=keep_open,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": path} | dict(environment or {}),
    )


def end_with_parent(tidy_up: Callable[[], object] = lambda: None) -> None:
    """In a child: tidy up and end, with the whole session, when the standard input closes that the parent holds."""
    threading.Thread(target=_end_at_end_of_input, args=(tidy_up,), daemon=True).start()


def _end_at_end_of_input(tidy_up: Callable[[], object]) -> NoReturn:
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    tidy_up()
    os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


@contextlib.contextmanager
def ended_with_us(child: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End a child and all of its session when the block ends: first a word to it, then by force."""
    try:
        yield child
    finally:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(WORD_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if child.stdin:
            child.stdin.close()


def end_with_schedule() -> None:
    """In a flow run that `marbre schedule` started: end when the process has ended that serves the flow.

    Prefect starts it, so that it holds no pipe of ours; it looks whether its parent is still the one named.
    """
    named = os.environ.get(ENDS_WITH, "")
    if named.isdigit():
        threading.Thread(target=_end_without_parent, args=(int(named),), daemon=True).start()


def _end_without_parent(parent: int) -> NoReturn:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)
