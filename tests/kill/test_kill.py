"""A few of the trials of `make test-kill`, one of each kind."""

import errno
import random

import pytest

from tests.kill.trials import Ground, fail_call, kill_after, list_calls, prepare, tear_staging


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("kill") / "ground")


@pytest.mark.parametrize("share", [0.35, 0.8])
def test_a_run_killed_at_any_moment_ends_in_the_same_tables(ground, share):
    outcome = kill_after(ground, ground.seconds * share)
    assert outcome.is_sound, outcome


@pytest.mark.parametrize("error", [0, errno.ENOSPC, errno.EIO])
def test_a_fault_while_the_file_is_written_leaves_the_published_one(ground, error):
    if ground.library is None:
        pytest.skip("faults of files need a C compiler on Linux")
    writes = [call for call in list_calls(ground) if call.touched.endswith(".work")]
    outcome = fail_call(ground, writes[len(writes) // 2].number, error)
    assert outcome.is_sound, outcome


def test_a_torn_staged_file_is_made_anew(ground):
    outcome = tear_staging(ground, random.Random(3))
    assert outcome.is_sound, outcome
