"""What each text of the odd files takes alone, slowest first: `python -m tests.odd.times --files 584`.

A text of one CPU-second is fit for a limit of sixty; one of more than five is to be looked into.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # as in a worker

from flows.settings import DEFAULT_ENGINE, prepare_environment

prepare_environment()

import polars as pl  # noqa: E402

from flows.batches import process_rows  # noqa: E402
from flows.inbox import Fault, InboxFile, list_files  # noqa: E402
from flows.planning import BATCH  # noqa: E402
from flows.readers import read_records  # noqa: E402
from flows.recurrence import add_line_hashes  # noqa: E402
from tests.odd.trials import choose, write_inbox  # noqa: E402

SHOWN = 15
SLOW = 2.0
"""CPU-seconds from which a text is told at once."""
MOST_RECORDS = 3
"""Records of one file that are timed: the hundredth of a table tells nothing that the third does not."""
LEAST_CHARACTERS = 10_000
"""Shorter texts are left out: each takes .5 CPU-s, whatever it says."""


def list_records(inbox: Path) -> Iterator[pl.DataFrame]:
    """The first long records of each file, each as a batch of its own."""
    for file in list_files(inbox):
        found = (
            [record for record in read_records(file) if not isinstance(record, Fault)]
            if isinstance(file, InboxFile)
            else []
        )
        long = [record for record in found if len(record["text"] or record["raw"]) >= LEAST_CHARACTERS]
        for record in long[:MOST_RECORDS]:
            planned = dict(record) | {"processed_by": "times", "repeated_lines": []}
            yield add_line_hashes(pl.DataFrame([planned], schema=BATCH))


def main() -> None:
    """Process one text after the other and show those that took longest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=584)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    times = []
    with tempfile.TemporaryDirectory(prefix="marbre-odd-") as folder:
        write_inbox(Path(folder) / "inbox", list(choose(options.files, options.seed)))
        for record in list_records(Path(folder) / "inbox"):
            record.write_parquet(batch := Path(folder) / "batch.parquet")
            began = time.process_time()
            process_rows(batch, (0, 1), Path(folder) / "out", DEFAULT_ENGINE)
            times.append((time.process_time() - began, record["source_path"].item()))
            if times[-1][0] > SLOW:
                print(f"{times[-1][0]:6.2f} CPU-s  {times[-1][1]}", flush=True)
    print(f"{len(times)} texts, {sum(taken for taken, _ in times):.0f} CPU-s; the slowest:")
    for taken, name in sorted(times, reverse=True)[:SHOWN]:
        print(f"{taken:6.2f} CPU-s  {name}")


if __name__ == "__main__":
    main()
