"""What a run does, as it does it: events for whoever waits, watches or keeps a log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """The parts of a run, in their order."""

    start = "starting"
    read = "reading"
    process = "processing"
    load = "loading"
    link = "linking"
    compare = "comparing"
    check = "checking"
    publish = "publishing"


class Begun(NamedTuple):
    """A phase has begun."""

    phase: Phase


class Found(NamedTuple):
    """Records found in the inbox so far, and those of them that are new."""

    records: int
    new: int


class ToProcess(NamedTuple):
    """Records that this run has to process, the inbox being read."""

    records: int


class Processed(NamedTuple):
    """Records of one more batch are processed."""

    records: int


class Said(NamedTuple):
    """A line for the user, about something that is no part of the way."""

    line: str


Event = Begun | Found | ToProcess | Processed | Said
_listeners: list[Callable[[Event], None]] = []


def report(event: Event) -> None:
    """Tell of an event, from any thread; nobody hears it where nobody listens, as in a scheduled run."""
    for listener in list(_listeners):
        listener(event)


@contextmanager
def unheard() -> Iterator[None]:
    """Have nobody hear of the events inside the block: its phases are not those of the run."""
    held, _listeners[:] = list(_listeners), []
    try:
        yield
    finally:
        _listeners[:] = held


@contextmanager
def listening(listener: Callable[[Event], None]) -> Iterator[None]:
    """Have every event inside the block told to `listener`, which may be called from several threads."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
