"""What worker processes cost until each has processed its first text: forks of one loader, beside loaders of their own.

    python benchmarks/workers.py [--workers N]

CPU-seconds and PSS (memory, what is shared counted once) of all their processes.
"""

import argparse
import contextlib
import os
import threading
from pathlib import Path

from flows.pool import Pool
from flows.settings import DEFAULT_ENGINE, prepare_environment
from flows.workers import Job

PROVE = Job("prove", {}, 600.0)


def children(pid: int) -> list[int]:
    """A process's children and theirs."""
    own = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return own + [below for child in own for below in children(child)]


def measure() -> tuple[float, float]:
    """CPU-seconds and GB of all processes that this one started."""
    seconds = memory = 0.0
    for pid in children(os.getpid()):
        user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        seconds += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        memory += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1e6
    return seconds, memory


def prove_at_once(pools: list[Pool]) -> None:
    """Have each pool do a job at the same time, so that each job has a worker of its own."""
    threads = [threading.Thread(target=pool.do, args=(PROVE,)) for pool in pools]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    """Measure both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    count = parser.parse_args().workers
    prepare_environment()
    for name, loaders in (("forks of one loader", 1), ("a loader for each", count)):
        with contextlib.ExitStack() as stack:
            pools = [stack.enter_context(contextlib.closing(Pool(DEFAULT_ENGINE))) for _ in range(loaders)]
            prove_at_once(pools * (count // loaders))
            seconds, memory = measure()
            print(f"{name:22} {seconds:6.1f} CPU-s {memory:6.2f} GB")


if __name__ == "__main__":
    main()
