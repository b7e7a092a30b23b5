"""The run's side of its workers: a job is given to one that is idle, and one that has ended is replaced."""

import contextlib
import errno
import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from flows.children import WORD_SECONDS, ended_with_us, start_child
from flows.progress import Said, report
from flows.settings import WORKER_THREADS, EngineUnknown
from flows.workers import Answer, Job

HANGING = 10
"""A worker that neither answers nor computes is ended after so many times the CPU-seconds that its job may take."""
NO_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE, errno.ENFILE)
"""What is wrong with the disk or the machine, not with a text."""


class Stumbled(Exception):
    """A job that could not be done for what is in its texts; `reason` in plain words, `detail` for who mends it."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class WorkerEnded(Stumbled):
    """The job's worker was ended, by the job or by something outside; doing it again may pass."""


class WorkersLost(RuntimeError):
    """The workers cannot be had, or were ended with the run."""


class Worker:
    """One worker process, as the run sees it."""

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid, self.is_hanging = pid, False
        self._connection = connection
        self._stream = connection.makefile("rwb")

    def do(self, job: Job) -> Answer | None:
        """Have a job done. Out: its answer; null where the worker ended or hangs."""
        self._connection.settimeout(job.seconds * HANGING)
        try:
            self._stream.write(json.dumps(job._asdict()).encode() + b"\n")
            self._stream.flush()
            line = self._stream.readline()
        except TimeoutError:
            self.is_hanging = True
            return None
        except OSError:
            return None
        return Answer(**json.loads(line)) if line else None

    def kill(self) -> None:
        """End it in the middle of its job."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Let it end."""
        with contextlib.suppress(OSError):
            self._stream.close()
        self._connection.close()


class Pool:
    """The workers of a run. Callers decide how many: each job that is under way has one.

    Nothing is started before it is needed. May be used from several threads.
    """

    def __init__(self, engine: str) -> None:
        """A pool whose workers use an engine, named as in settings."""
        self.engine = engine
        self.is_closed = False
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._forker: Forker | None = None
        self._lock = threading.RLock()

    def start(self) -> None:
        """Begin to load the models, in the background, if that was not begun before. Errors: WorkersLost."""
        with self._lock:
            if self.is_closed:
                raise WorkersLost("the run is ending")
            self._forker = self._forker or Forker(self.engine)

    def do(self, job: Job) -> None:
        """Have a job done.

        Errors: Stumbled, with what stopped it; WorkerEnded; WorkersLost; EngineUnknown; OSError where the disk refused.
        """
        worker = self._take()
        self._busy.add(worker)
        answer = worker.do(job)
        self._busy.discard(worker)
        if answer is None:
            raise self._bury(worker, job)
        with self._lock:
            self._idle.append(worker)
        if answer.errno in NO_DISK:
            raise OSError(answer.errno, os.strerror(answer.errno))
        if answer.fault:
            raise Stumbled("a fault of Marbre; please report it", answer.fault)

    def close(self) -> None:
        """End all workers, those at work too.

        Without the lock, which a thread may hold that waits for the models.
        """
        self.is_closed = True
        for worker in list(self._busy):
            worker.kill()
        for worker in list(self._idle):
            worker.close()
        if self._forker:
            self._forker.close()

    def _take(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            ours, theirs = socket.socketpair()
            with theirs:
                return Worker(self._ask(b"fork", [theirs.fileno()]), ours)

    def _ask(self, message: bytes, descriptors: Sequence[int] = ()) -> int:
        """Ask the process that forks; where it has ended, the next question starts another. Errors: WorkersLost."""
        with self._lock:
            self.start()
            assert self._forker is not None
            try:
                return self._forker.ask(message, descriptors)
            except OSError:
                self._forker.close()
                self._forker, self._idle = None, []
                raise WorkersLost("the worker processes were ended; the next run takes up where this one was") from None

    def _bury(self, worker: Worker, job: Job) -> Exception:
        """See off a worker that ended, or that hangs. Out: what to raise for its job."""
        if worker.is_hanging:
            worker.kill()
        worker.close()
        if self.is_closed:
            return WorkersLost("the run is ending")
        ended_by = os.waitstatus_to_exitcode(self._ask(b"%d" % worker.pid))
        if ended_by == -signal.SIGPROF or worker.is_hanging:
            return Stumbled(f"took longer than {job.seconds:g} s")
        how = f"by {signal.Signals(-ended_by).name}" if ended_by < 0 else f"with status {ended_by}"
        return WorkerEnded("ended its process", f"the worker ended {how}")


class Forker:
    """The process that loads the models and forks the workers, as the run sees it."""

    def __init__(self, engine: str) -> None:
        """Start it, with all that it forks one thread a process."""
        self._control, theirs = socket.socketpair()
        self._replies = self._control.makefile("rb")
        with theirs:
            arguments = (str(theirs.fileno()), engine)
            self._child = start_child(
                "flows.workers", *arguments, keep_open=[theirs.fileno()], environment=WORKER_THREADS
            )
        self._ending = contextlib.ExitStack()
        self._ending.enter_context(ended_with_us(self._child))
        self._is_loaded = False

    def ask(self, message: bytes, descriptors: Sequence[int]) -> int:
        """Ask it. Errors: EngineUnknown; OSError where it has ended."""
        if not self._is_loaded:
            self._hear_of_models(json.loads(self._read()))
            self._is_loaded = True
        socket.send_fds(self._control, [message], descriptors)
        return int(self._read())

    def _read(self) -> bytes:
        line = self._replies.readline()
        if not line:
            raise ConnectionResetError
        return line

    def close(self) -> None:
        """End it and all that it forked: once its socket is shut, it waits for its workers' end and ends itself."""
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            self._control.shutdown(socket.SHUT_RDWR)
            self._child.wait(WORD_SECONDS)
        self._ending.close()
        self._replies.close()
        self._control.close()

    @staticmethod
    def _hear_of_models(told: dict[str, Any]) -> None:
        for warning in told["warnings"]:
            report(Said(warning))
        if told["error"]:
            raise EngineUnknown(told["error"].removeprefix("EngineUnknown: "))


_open_pools: list[Pool] = []


@contextlib.contextmanager
def worker_pool(engine: str) -> Iterator[Pool]:
    """The pool of this process: that of an enclosing block with the same engine, else one that ends with this block."""
    enclosing = [pool for pool in _open_pools if pool.engine == engine and not pool.is_closed]
    if enclosing:
        yield enclosing[-1]
        return
    with contextlib.closing(Pool(engine)) as pool:
        _open_pools.append(pool)
        try:
            yield pool
        finally:
            _open_pools.remove(pool)
