"""Kills and faults in any number; exit status 1 where one trial is unsound.

python -m tests.kill --kills 60 --torn 20 --points --errors
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.kill.trials import (
    ERRORS,
    Ground,
    Outcome,
    choose_points,
    fail_call,
    kill_after,
    list_calls,
    prepare,
    tear_staging,
)

Trial = tuple[str, Callable[[], Outcome]]


def list_trials(ground: Ground, options: argparse.Namespace) -> Iterator[Trial]:
    """The trials asked for, each with a name that says how to make it again."""
    chance = random.Random(options.seed)
    for _ in range(options.kills):
        moment = chance.uniform(0, ground.seconds * 1.1)
        yield f"SIGKILL after {moment:.2f} s", lambda moment=moment: kill_after(ground, moment)
    for number in range(options.torn):
        yield f"torn file {number}", lambda number=number: tear_staging(ground, random.Random(options.seed + number))
    if not (options.points or options.errors):
        return
    if ground.library is None:
        print("no C compiler, or no Linux: points and errors are left out", flush=True)
        return
    calls = list_calls(ground)
    for call in choose_points(calls) if options.points else ():
        name = f"SIGKILL at call {call.number}, {call.function} {call.touched}"
        yield name, lambda call=call: fail_call(ground, call.number, 0)
    for call in calls[:: options.step] if options.errors else ():
        error = ERRORS[call.number // options.step % len(ERRORS)]
        name = f"error {error} at call {call.number}, {call.function} {call.touched}"
        yield name, lambda call=call, error=error: fail_call(ground, call.number, error)


def main() -> None:
    """Make the trials and tell of each that is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60, help="SIGKILL at so many random moments")
    parser.add_argument("--torn", type=int, default=20, help="so many spoilt staged files")
    parser.add_argument("--points", action="store_true", help="SIGKILL at the first and last call of each kind")
    parser.add_argument("--errors", action="store_true", help="an error at each call on a file")
    parser.add_argument("--step", type=int, default=1, help="with --errors: only each Nth call")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    unsound = made = 0
    with tempfile.TemporaryDirectory(prefix="marbre-kill-") as folder:
        ground = prepare(Path(folder))
        for name, trial in list_trials(ground, options):
            outcome = trial()
            made += 1
            unsound += not outcome.is_sound
            if not outcome.is_sound or made % 20 == 0:
                print(f"{made}: {name}: {'sound' if outcome.is_sound else outcome}", flush=True)
    print(f"{made - unsound} passed, {unsound} failed")
    sys.exit(unsound > 0)


if __name__ == "__main__":
    main()
