"""A few of the trials of `make test-kill`, of each kind."""

import errno
import random
from collections.abc import Iterator

import pytest

from flows.server import prefect_server
from tests.kill.faults import KILL
from tests.kill.ground import WAREHOUSE, Ground, prepare
from tests.kill.trials import fail_call, kill_after, log_calls, tear_staging


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with prefect_server() as server:
        server.wait()
        yield prepare(tmp_path_factory.mktemp("kill") / "ground")


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_a_run_killed_at_any_moment_ends_in_the_same_tables(ground, share):
    outcome = kill_after(ground, ground.seconds * share)
    assert outcome.is_sound, outcome


@pytest.mark.parametrize("error", [KILL, errno.ENOSPC, errno.EIO])
def test_a_fault_while_the_file_is_written_leaves_the_published_one(ground, error):
    if ground.library is None:
        pytest.skip("faults of files need a C compiler on Linux")
    writes = [call for call in log_calls(ground, "staged") if call.touched == f"{WAREHOUSE}.work"]
    outcome = fail_call(ground, writes[len(writes) // 2], error)
    assert outcome.is_sound, outcome


def test_a_torn_staged_file_is_made_anew(ground):
    outcome = tear_staging(ground, random.Random(3))
    assert outcome.is_sound, outcome
