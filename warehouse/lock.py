"""Who may write a warehouse, and what lies beside it. Light: the look before a run imports it."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from warehouse.errors import WarehouseBusy


def beside(target: Path, suffix: str) -> Path:
    """A path beside the warehouse: w.duckdb and .work give w.duckdb.work."""
    return target.with_name(target.name + suffix)


@contextlib.contextmanager
def sole_writer(target: Path) -> Iterator[None]:
    """Hold the right to write a warehouse. The lock ends with its process, however that ends.

    Errors: WarehouseBusy where another process holds it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(beside(target, ".lock"), "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseBusy(f"another run is writing {target}; try again when it has ended") from None
        yield
