"""Five hundred odd files beside a good one."""

import pytest

from flows.ingest import ingest
from tests.odd.kinds import list_kinds
from tests.odd.trials import choose, judge, write_inbox


def test_there_are_many_kinds_and_each_is_made_the_same_again():
    assert len(list_kinds()) >= 150
    assert list(choose(30, 7)) == list(choose(30, 7))


@pytest.mark.usefixtures("prefect_harness")
def test_odd_files_cost_only_themselves(tmp_path):
    files = list(choose(500, 1))
    write_inbox(tmp_path / "inbox", files)
    ingest(str(tmp_path / "inbox"), str(tmp_path / "w.duckdb"))
    assert judge(tmp_path / "w.duckdb", files) == []
