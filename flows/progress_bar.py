"""What a run shows while it goes on: one bar on a terminal, else a line every few seconds, or events for programs."""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from flows.logs import is_json, say_progress, say_warning, write_event
from flows.progress import Event, Phase, Said, listening
from flows.terminal import as_text
from flows.way import Way

LINE_SECONDS = 5.0
"""A line in a log this often: seldom enough to be read, often enough to see that it goes on."""
BAR_SECONDS = 0.5


@contextlib.contextmanager
def show_progress() -> Iterator[None]:
    """Show how far the run inside the block is."""
    way = Way(monotonic())
    with events(way) if is_json() else bar(way) if sys.stderr.isatty() else lines(way):
        yield


@contextlib.contextmanager
def events(way: Way) -> Iterator[None]:
    """A JSON object for each event, with the line that people would read."""

    def hear(event: Event) -> None:
        way.hear(event, monotonic())
        message = event.line if isinstance(event, Said) else way.describe(monotonic())
        write_event("progress", message=message, done=round(way.done, 3), **event._asdict())

    with listening(hear):
        yield


@contextlib.contextmanager
def lines(way: Way) -> Iterator[None]:
    """A line on standard error where the phase changes, and every LINE_SECONDS."""
    shown: Phase | None = None

    def show(every_time: bool = True) -> None:
        nonlocal shown
        line = way.describe(monotonic())
        if every_time or way.phase != shown:
            shown = way.phase
            say_progress(line)

    def hear(event: Event) -> None:
        way.hear(event, monotonic())
        if isinstance(event, Said):
            say_warning(event.line)
        else:
            show(every_time=False)

    show()
    with listening(hear), repeating(show, LINE_SECONDS):
        yield


@contextlib.contextmanager
def bar(way: Way) -> Iterator[None]:
    """A bar on the terminal, that goes when the block ends."""
    columns = (BarColumn(30), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as progress:
        row = progress.add_task(str(way.phase), total=None)

        def show() -> None:
            progress.update(
                row, description=way.describe(monotonic()), completed=way.done, total=1.0 if way.done else None
            )

        def hear(event: Event) -> None:
            way.hear(event, monotonic())
            if isinstance(event, Said):
                progress.console.print(as_text(event.line, "yellow"))
            show()

        with listening(hear), repeating(show, BAR_SECONDS):
            yield


@contextlib.contextmanager
def repeating(show: Callable[[], None], seconds: float) -> Iterator[None]:
    """Call `show` again and again while the block goes on, from a thread of its own."""
    ended = threading.Event()

    def repeat() -> None:
        while not ended.wait(seconds):
            show()

    thread = threading.Thread(target=repeat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
