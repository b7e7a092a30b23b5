"""What is odd about a run beside the ten before it in its inbox; told to people, a table and a command of theirs."""

import json
import shlex
import subprocess
from typing import Any

import duckdb

from warehouse.sql import read_sql, run_sql

LIMITS = {
    "earlier_runs": 10,
    "needed_runs": 3,
    "usual_count": 12,
    "few": 0.25,
    "many_rejects": 5,
    "times_rejects": 3,
    "more_rejects": 0.05,
    "role_articles": 20,
    "other_roles": 0.15,
    "times_roles": 2,
}
"""When a run is odd.

earlier_runs, needed_runs: ten runs are a usual; of fewer than three nobody knows what is usual.
usual_count, few: less than a quarter of a median of at least 12. A Sunday brings less than a weekday, and must not
    ring; of 12 expected, chance alone gives fewer than three once in 1,900 runs (Poisson).
many_rejects, times_rejects, more_rejects: a share three times the usual one and 5 points above it, five records at
    least: a single bad file in a small run is no change.
role_articles, other_roles, times_roles: the part of the text that has another role than usual is over .15, and twice
    that of the oddest earlier run; runs of under 20 articles differ by chance. Measured with benchmarks/run_warnings.py
    on 786 articles of five papers, runs of 20 and 50: .02 in the median (.17 at most) from earlier runs of the same
    paper, of which none of 80 was told; .62 from those of another, of which 53 of 80 were.
"""
COMMAND_SECONDS = 60
"""What a command of --on-warning may take; a run must not hang on it."""
Warning = dict[str, Any]


def find_warnings(con: duckdb.DuckDBPyConnection, run_id: str) -> list[Warning]:
    """What is odd about a run: rows of schemas/run_warnings.py, none where there are fewer than three earlier runs."""
    found = con.execute(read_sql("watch/run_warnings"), LIMITS | {"run_id": run_id})
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def save_warnings(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Save what the texts of a run are made of, and what is odd about it; in its transaction, after its row in runs."""
    run_sql(con, "watch/insert_run_roles", run_id=run_id)
    for warning in find_warnings(con, run_id):
        run_sql(con, "watch/insert_run_warning", **warning)


def call_command(command: str, warning: Warning) -> str | None:
    """Run a user's command with a warning as JSON on its standard input.

    Out: what went wrong, in one line; null where nothing did. The command has no say in how the run ends.
    """
    try:
        words = shlex.split(command)
        done = subprocess.run(
            words,
            input=json.dumps(warning, ensure_ascii=False, default=str).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"--on-warning {command}: ended after {COMMAND_SECONDS} s"
    except (OSError, ValueError, IndexError) as error:
        return f"--on-warning {command}: {getattr(error, 'strerror', None) or error}"
    if done.returncode == 0:
        return None
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return f"--on-warning {command}: exit status {done.returncode}" + (f": {said[-1]}" if said else "")
