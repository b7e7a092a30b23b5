"""The processes that do the work: one that loads the models, and its forks, which share what it loaded.

Two that load by themselves take 9.4 CPU-s and .63 GB until their first result, two forks of one 6.3 and .43
(benchmarks/workers.py). Polars starts threads when it is first used, and no thread outlives a fork: the
process that loads never uses it, and each fork imports our transforms for itself.

They import no Prefect. All of them end with the run: see flows/children.py; a fork also with the process it came from.
"""

import contextlib
import ctypes
import gc
import json
import os
import signal
import socket
import sys
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

from flows.children import end_with_parent
from flows.failures import describe, find_errno

PR_SET_PDEATHSIG = 1
MESSAGE_BYTES = 64


class Job(NamedTuple):
    """What a worker is asked to do: a function of flows/batches.py, its arguments, the CPU-seconds it may take."""

    does: str
    arguments: dict[str, Any]
    seconds: float


class Answer(NamedTuple):
    """What came of a job: nothing to tell, or the fault that ended it, with the errno where it was a disk's."""

    fault: str | None = None
    errno: int | None = None


def serve_forks(control: socket.socket, engine: str) -> None:
    """Load the models, say so, then fork a worker for each descriptor that comes, until the other side closes.

    A message without a descriptor is the number of a worker that has ended; the answer is how it did.
    """
    control.sendall(json.dumps(load(engine)).encode() + b"\n")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if not message:
            break
        said = fork_worker(control, descriptors[0], engine) if descriptors else wait_for(int(message))
        control.sendall(b"%d\n" % said)
    with contextlib.suppress(ChildProcessError):  # what they computed is counted as ours, and so as the run's
        while True:
            os.wait()


def wait_for(pid: int) -> int:
    """Wait for a worker's end. Out: its status; as if killed where it is none of ours, as after a restart of us."""
    try:
        return os.waitpid(pid, 0)[1]
    except ChildProcessError:
        return signal.SIGKILL


def load(engine: str) -> dict[str, Any]:
    """Load the models. Out: what was warned of on the way, and the error where they cannot be had."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("default", UserWarning)
        try:
            from flows.models import load_models

            load_models(engine)
            error = None
        except Exception as fault:  # whatever a pipeline of the user's choice throws is told on the other side
            error = f"{type(fault).__name__}: {fault}"
    gc.collect()
    gc.freeze()  # a collection in a fork would write to every page it shares
    return {"error": error, "warnings": [str(w.message) for w in warned if issubclass(w.category, UserWarning)]}


def fork_worker(control: socket.socket, theirs: int, engine: str) -> int:
    """Fork a worker that talks at the descriptor `theirs`. Out: its process number."""
    pid = os.fork()
    if pid:
        os.close(theirs)
        return pid
    try:
        control.close()  # else its end would be noticed only when the last worker has ended
        end_with_forker()
        work(socket.socket(fileno=theirs), engine)
        os._exit(0)
    finally:
        os._exit(1)


def end_with_forker() -> None:
    """On Linux, be killed when the process we were forked from ends; elsewhere the run sees it and ends the session."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def work(run: socket.socket, engine: str) -> None:
    """Do one job after the other until the run closes its side.

    A job that outlasts its CPU-seconds ends this process, by SIGPROF: no rule can be stopped in the middle otherwise.
    """
    from flows import batches

    does: dict[str, Callable[..., None]] = {
        "process": batches.process_rows,
        "set_aside": batches.set_aside,
        "join": batches.join_parts,
        "prove": batches.prove,
    }
    with run.makefile("rwb") as stream:
        for line in stream:
            job = Job(**json.loads(line))
            signal.setitimer(signal.ITIMER_PROF, job.seconds)
            answer = attempt(does[job.does], job.arguments | {"engine_name": engine})
            signal.setitimer(signal.ITIMER_PROF, 0)
            stream.write(json.dumps(answer._asdict()).encode() + b"\n")
            stream.flush()


def attempt(do: Callable[..., None], arguments: dict[str, Any]) -> Answer:
    """Do a job; whatever goes wrong is the answer."""
    try:
        do(**arguments)
    except Exception as error:
        return Answer(describe(error), find_errno(error))
    return Answer()


if __name__ == "__main__":
    end_with_parent()
    serve_forks(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
