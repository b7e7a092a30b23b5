"""One wall around each record of a batch: what a worker stumbles over is found, and costs only itself."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from flows.pool import Pool, Stumbled, WorkerEnded
from flows.staging import is_done
from flows.workers import Job

PARTS = 32
"""Parts that a batch is cut into where it could not be processed. A text that takes too long costs the limit of time at
each level: 800 records, 25, one. More parts cost more than they save: a part takes .55 CPU-s, however short."""
ROOM = 1.5
"""Time that several texts have together, in that of one: a batch takes 9 CPU-s, and the limit of a text is 60."""
JOIN_SECONDS = 600.0
HOPELESS = 20
"""Records of a batch that stumble, none passing, after which a text of our own tells odd texts from broken code."""


class NothingPasses(RuntimeError):
    """Even a text without anything odd stumbles: the fault is not in a text, and nothing is published."""


def process_batch(pool: Pool, batch: Path, out: Path, text_seconds: float) -> Path:
    """Have a batch processed; each of its records that stops a worker is a reject.

    In:  a batch file, and the CPU-seconds that one text may take.
    Out: the folder `out`; a batch that is there already is not processed again.
    Errors: NothingPasses, and those of Pool.do but for Stumbled.
    """
    return out if is_done(out) else Isolation(pool, batch, out, text_seconds).process()


class Isolation:
    """One batch on its way."""

    def __init__(self, pool: Pool, batch: Path, out: Path, text_seconds: float) -> None:
        """See process_batch."""
        self._pool, self._batch, self._out, self._text_seconds = pool, batch, out, text_seconds
        self._stumbled = self._passed = 0

    def process(self) -> Path:
        """Process all records, in one go where that passes, else in parts."""
        records = pl.scan_parquet(self._batch).select(pl.len()).collect().item()
        everything = range(records)
        try:
            return self._do(everything, self._out)
        except Stumbled as stumbled:
            parts = list(self._cut(everything, stumbled))
        self._pool.do(Job("join", {"parts": [str(part) for part in parts], "out": str(self._out)}, JOIN_SECONDS))
        return self._out

    def _cut(self, rows: range, stumbled: Stumbled) -> Iterator[Path]:
        """The folders of the parts of some records over which a worker stumbled; of a single record, its reject."""
        if len(rows) == 1:
            yield self._set_aside(rows.start, stumbled)
            return
        size = -(-len(rows) // PARTS)
        for start in range(rows.start, rows.stop, size):
            part = range(start, min(start + size, rows.stop))
            try:
                yield self._do(part, self._folder(part))
                self._passed += 1
            except Stumbled as again:
                yield from self._cut(part, again)

    def _do(self, rows: range, out: Path) -> Path:
        """Process some records, if that was not done before a kill.

        A worker that was ended from outside is no fault of theirs: once more may pass.
        """
        if is_done(out):
            return out
        seconds = self._text_seconds * (ROOM if len(rows) > 1 else 1)
        arguments = {"batch": str(self._batch), "rows": [rows.start, rows.stop], "out": str(out)}
        job = Job("process", arguments, seconds)
        try:
            self._pool.do(job)
        except WorkerEnded:
            self._pool.do(job)
        return out

    def _set_aside(self, row: int, stumbled: Stumbled) -> Path:
        self._stumbled += 1
        if self._stumbled == HOPELESS and not self._passed:
            self._see_that_anything_passes()
        out = self._folder(range(row, row + 1))
        told = {"reason": stumbled.reason, "detail": stumbled.detail}
        arguments = {"batch": str(self._batch), "row": row, "out": str(out), **told}
        self._pool.do(Job("set_aside", arguments, JOIN_SECONDS))
        return out

    def _see_that_anything_passes(self) -> None:
        try:
            self._pool.do(Job("prove", {}, JOIN_SECONDS))
        except Stumbled as stumbled:
            raise NothingPasses(f"no text can be processed: {stumbled.reason} ({stumbled.detail})") from None

    def _folder(self, rows: range) -> Path:
        return self._out.with_name(f"{self._out.name}-{rows.start}-{rows.stop}")
