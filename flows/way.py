"""How far a run is on its way: one measure over all its records and phases, and the time to go."""

from flows.progress import Begun, Event, Found, Phase, Processed, ToProcess

SHARES = {
    Phase.start: 0.0,
    Phase.read: 0.04,
    Phase.process: 0.76,
    Phase.load: 0.05,
    Phase.link: 0.05,
    Phase.compare: 0.03,
    Phase.check: 0.03,
    Phase.publish: 0.04,
}
"""What a phase takes of a run: .22, 10.7 and, for the last five, 2.7 CPU-ms an article."""
ORDER = list(SHARES)


class Way:
    """Where a run is. It never goes back, whatever it is told, and is at 1 only at the end."""

    def __init__(self, now: float) -> None:
        """At the start; `now` is of any clock in seconds that runs evenly."""
        self.phase = Phase.start
        self.done = 0.0
        self._records = self._processed = self._found = self._new = 0
        self._began = self._told = now
        self._known_from: float | None = None

    def hear(self, event: Event, now: float) -> None:
        """Go on by an event."""
        if isinstance(event, Begun):
            self._enter(event.phase)
        elif isinstance(event, Found):
            self._found, self._new = event.records, event.new
        elif isinstance(event, ToProcess):
            self._records, self._known_from = event.records, now
        elif isinstance(event, Processed):
            self._processed += event.records
            self._advance(_before(Phase.process) + SHARES[Phase.process] * self._processed / max(self._records, 1))
        self._told = now

    def to_go(self, now: float) -> float | None:
        """Seconds to go; null while nobody can know: before the inbox is read and the first records are processed."""
        start = _before(Phase.process)
        if self._known_from is None or self.done <= start:
            return None
        a_share = (self._told - self._known_from) / (self.done - start)
        return max((1 - self.done) * a_share - (now - self._told), 0.0)

    def describe(self, now: float) -> str:
        """The phase, how many records, and the time to go, in one line."""
        counts = ""
        if self.phase == Phase.read and self._found:
            counts = f" {self._found:,} records, {self._new:,} of them new"
        elif self.phase == Phase.process:
            counts = f" {self._processed:,} of {self._records:,} records"
        to_go = self.to_go(now)
        return f"{self.phase}{counts}" + (f", about {show_seconds(to_go)} to go" if to_go is not None else "")

    def _enter(self, phase: Phase) -> None:
        if ORDER.index(phase) >= ORDER.index(self.phase):
            self.phase = phase
            self._advance(_before(phase))

    def _advance(self, done: float) -> None:
        self.done = max(self.done, min(done, 1.0))


def _before(phase: Phase) -> float:
    """What is done when a phase begins."""
    return sum(SHARES[earlier] for earlier in ORDER[: ORDER.index(phase)])


def show_seconds(seconds: float) -> str:
    """A time to wait, as exact as it is known: 40 s, 3 min, 2 h 10 min."""
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
