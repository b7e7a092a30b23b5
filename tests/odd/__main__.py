"""Odd files in any number: `python -m tests.odd --files 20000`; exit status 1 where one is not borne."""

import argparse
import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from flows.settings import prepare_environment

prepare_environment()
os.environ.setdefault("MARBRE_TEXT_SECONDS", "5")  # a tenth of what is allowed: no text may come near the limit

from flows.ingest import ingest  # noqa: E402
from tests.odd.kinds import list_kinds  # noqa: E402
from tests.odd.trials import choose, judge, write_inbox  # noqa: E402

FILES_A_RUN = 500


def main() -> None:
    """Run over the files, some hundred at a time, and tell what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{len(list_kinds())} kinds", flush=True)
    files, wrong, done = choose(options.files, options.seed), list[str](), 0
    while some := list(islice(files, FILES_A_RUN)):
        with tempfile.TemporaryDirectory(prefix="marbre-odd-") as folder:
            inbox, target = Path(folder) / "inbox", Path(folder) / "w.duckdb"
            write_inbox(inbox, some)
            began = time.monotonic()
            ingest(str(inbox), str(target))
            found = judge(target, some)
        done += len(some)
        wrong += found
        print(f"{done} files, {time.monotonic() - began:.0f} s: {found or 'sound'}", flush=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
