"""One line at a time, for whoever waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[str], None]] = []


def tell(line: str) -> None:
    """Say what is being done now; nobody hears it where nobody listens, as in a scheduled run."""
    for listener in _listeners:
        listener(line)


@contextmanager
def listening(listener: Callable[[str], None]) -> Iterator[None]:
    """Have every line told inside the block given to `listener`."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
