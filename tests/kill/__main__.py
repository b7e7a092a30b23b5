"""Kills and faults in any number; exit status 1 where one trial is unsound.

python -m tests.kill --kills 60 --torn 20 --points --errors
"""

import argparse
import errno
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from flows.server import prefect_server
from tests.kill.faults import ERRORS, KILL, Call, choose_points
from tests.kill.ground import Ground, prepare
from tests.kill.trials import Outcome, fail_call, kill_after, list_calls, tear_staging


class Trial(NamedTuple):
    """One trial: of which kind, a name that says how to make it again, and how it is made."""

    kind: str
    name: str
    make: Callable[[], Outcome]


def list_trials(ground: Ground, options: argparse.Namespace) -> Iterator[Trial]:
    """The trials asked for."""
    chance = random.Random(options.seed)
    for _ in range(options.kills):
        moment = chance.uniform(0, ground.seconds * 1.1)
        yield Trial("kill", f"after {moment:.2f} s", partial(kill_after, ground, moment))
    for number in range(options.torn):
        yield Trial("torn", f"file {number}", partial(tear_staging, ground, random.Random(options.seed + number)))
    if options.points or options.errors:
        yield from list_faults(ground, options)


def list_faults(ground: Ground, options: argparse.Namespace) -> Iterator[Trial]:
    """SIGKILL at each named point, then errors at each call, every error in turn."""
    if ground.library is None:
        print("no C compiler, or no Linux: points and errors are left out", flush=True)
        return
    calls = list_calls(ground)
    points = choose_points(calls)
    print(f"{len(calls)} calls on files, {len(points)} points", flush=True)
    for call in points[options.first :: options.step] if options.points else ():
        yield Trial("point", describe_call(call), partial(fail_call, ground, call, KILL))
    for place, call in enumerate(calls[options.first :: options.step] if options.errors else ()):
        error = ERRORS[(options.first + place) % len(ERRORS)]
        name = f"{errno.errorcode[error]} {describe_call(call)}"
        yield Trial("error", name, partial(fail_call, ground, call, error))


def describe_call(call: Call) -> str:
    return f"at call {call.number} from {call.start}, {call.function} {call.touched}"


def spent() -> float:
    """CPU-seconds of all runs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Make the trials and tell of each that is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0, help="SIGKILL at so many random moments")
    parser.add_argument("--torn", type=int, default=0, help="so many spoilt staged files")
    parser.add_argument("--points", action="store_true", help="SIGKILL at the first and last call of each kind")
    parser.add_argument("--errors", action="store_true", help="an error at each call on a file")
    parser.add_argument("--step", type=int, default=1, help="of points and calls: only each Nth")
    parser.add_argument("--first", type=int, default=0, help="of points and calls: leave out so many")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made, unsound = Counter[str](), 0
    with tempfile.TemporaryDirectory(prefix="marbre-kill-") as folder, prefect_server() as server:
        server.wait()
        for trial in list_trials(prepare(Path(folder) / "ground"), options):
            before = spent()
            outcome = trial.make()
            met = outcome.met if trial.kind != "torn" else "spoilt"
            made[f"{trial.kind}, {met}"] += 1
            unsound += not outcome.is_sound
            verdict = "sound" if outcome.is_sound else outcome
            cost = f"{spent() - before:.1f} CPU-s"
            print(f"{made.total()}: {trial.kind} {trial.name}, {outcome.met}, {cost}: {verdict}", flush=True)
    for kind, count in sorted(made.items()):
        print(f"{count:5} {kind}")
    print(f"{made.total() - unsound} passed, {unsound} failed")
    sys.exit(unsound > 0)


if __name__ == "__main__":
    main()
