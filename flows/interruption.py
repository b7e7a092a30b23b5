"""How a command ends that is told to: one line, its own exit status, and within seconds."""

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 3.5
"""What a run has to put away its working file in and to tell Prefect. After it the process ends as it is: a long step
of DuckDB or of a copy hears no signal, and nothing is lost by a kill."""
INTERRUPTED = 128
"""Exit status of a command that a signal ended, less the signal's number."""


class Interrupted(BaseException):
    """The command was told to end. No Exception: whoever mends faults lets it through."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


@contextlib.contextmanager
def ended_by_signals(line: str) -> Iterator[None]:
    """Run the block; where a signal ends it, say `line` and exit with 130 (SIGINT), 143 (SIGTERM) or 129 (SIGHUP).

    A signal is raised as Interrupted, once. Some libraries turn it into an error of their own: what leaves the block
    after a signal counts as its doing.
    """
    told: list[int] = []

    def interrupt(signal_number: int, frame: FrameType | None) -> None:
        if not told:
            told.append(signal_number)
            raise Interrupted(signal_number)

    earlier = {number: signal.signal(number, interrupt) for number in SIGNALS}
    with _end_in_time(line):
        try:
            yield
        except BaseException:
            if not told:
                raise
            _end(line, told[0])
        finally:
            for number, handler in earlier.items():
                signal.signal(number, handler)


@contextlib.contextmanager
def _end_in_time(line: str) -> Iterator[None]:
    """Have a thread that ends this process GRACE_SECONDS after a signal, whatever it is at.

    Python writes the number of a signal to the wakeup socket as soon as it comes, also in the middle of foreign code.
    """
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)

    def wait() -> None:
        with ours:
            while number := ours.recv(1):
                if number[0] in SIGNALS:
                    time.sleep(GRACE_SECONDS)
                    _end(line, number[0])

    threading.Thread(target=wait, daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        theirs.close()


def _end(line: str, signal_number: int) -> NoReturn:
    """Say the line and end at once, without waiting for any thread."""
    with contextlib.suppress(OSError, ValueError):
        print(f"\r\x1b[K{line}" if sys.stderr.isatty() else line, file=sys.stderr, flush=True)
    os._exit(INTERRUPTED + signal_number)
