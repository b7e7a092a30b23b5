"""Publishing: nothing takes the place of the published file that has not been opened and counted."""

import os
from pathlib import Path

import duckdb
import pytest

from warehouse import compaction, load, publish
from warehouse.copying import copy_file
from warehouse.errors import WarehouseTorn
from warehouse.lock import beside
from warehouse.publish import follow_links, move_foreign_wal, working_copy
from warehouse.reader import connect_reader


def add_stem(target: Path, word: str, documents: int = 0, keep: int = 0) -> None:
    """A run that writes one row."""
    with working_copy(target, documents, keep) as con:
        load.load_lexicons(con)
        con.execute("insert into stems values (?, ?)", [word, word])


def stems(path: Path) -> list[str]:
    with duckdb.connect(str(path), read_only=True) as con:
        return [word for (word,) in con.execute("select word from stems order by word").fetchall()]


def leftovers(target: Path) -> set[str]:
    return {path.name.removeprefix(target.name) for path in target.parent.iterdir()} - {""}


def test_a_finished_file_that_lost_rows_is_not_published(tmp_path, monkeypatch):
    target = tmp_path / "w.duckdb"
    add_stem(target, "bac")
    sound, told = publish.count_rows, [7]
    monkeypatch.setattr(publish, "count_rows", lambda con: sound(con) | ({"stems": told.pop()} if told else {}))
    with pytest.raises(WarehouseTorn, match="stems has 2 rows of 7"):
        add_stem(target, "quai")
    assert stems(target) == ["bac"]
    assert leftovers(target) == set()


def test_a_finished_file_that_is_torn_is_not_published(tmp_path, monkeypatch):
    target = tmp_path / "w.duckdb"
    add_stem(target, "bac")
    monkeypatch.setattr(publish, "sync", lambda path: os.truncate(path, 40_000) if path.is_file() else None)
    monkeypatch.setattr(publish, "READ_ONLY_MODE", 0o644)
    with pytest.raises(WarehouseTorn, match="cannot be read"):
        add_stem(target, "quai")
    assert stems(target) == ["bac"]


def test_the_generation_before_is_kept_where_that_is_wanted(tmp_path):
    target = tmp_path / "w.duckdb"
    add_stem(target, "bac", keep=1)
    assert leftovers(target) == set()
    add_stem(target, "quai", keep=1)
    add_stem(target, "digue", keep=1)
    assert stems(target) == ["bac", "digue", "quai"]
    assert stems(beside(target, ".previous")) == ["bac", "quai"]
    assert leftovers(target) == {".previous"}


def test_a_link_is_followed_and_stays(tmp_path):
    real, link = tmp_path / "real" / "w.duckdb", tmp_path / "link.duckdb"
    real.parent.mkdir()
    link.symlink_to(real)
    assert follow_links(link) == follow_links(real)
    add_stem(follow_links(link), "bac")
    assert link.is_symlink()
    assert stems(real) == ["bac"]


def test_a_full_disk_leaves_no_copy_behind(tmp_path, monkeypatch):
    target = tmp_path / "w.duckdb"
    add_stem(target, "bac")

    def fill(source: Path, copy: Path) -> None:
        copy.write_bytes(source.read_bytes()[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "copy_file", fill)
    with pytest.raises(OSError, match="No space left"):
        add_stem(target, "quai")
    assert leftovers(target) == set()
    assert stems(target) == ["bac"]


@pytest.mark.parametrize("suffix", [".wal", ".wal.checkpoint", ".wal.recovery"])
def test_a_log_beside_is_refused_by_readers_and_moved_aside_by_runs(tmp_path, suffix):
    target = tmp_path / "w.duckdb"
    add_stem(target, "bac")
    beside(target, suffix).write_bytes(b"forged")
    with pytest.raises(OSError, match="marbre run"):
        connect_reader(target)
    aside = move_foreign_wal(target)
    assert aside is not None
    assert aside.read_bytes() == b"forged"
    with connect_reader(target) as con:
        assert con.execute("select count(*) from stems").fetchone() == (1,)


@pytest.mark.parametrize("ways", ["clone", "kernel", "memory"])
def test_a_copy_is_the_same_whichever_way_it_is_made(tmp_path, monkeypatch, ways):
    source, copy = tmp_path / "a", tmp_path / "b"
    source.write_bytes(os.urandom(3_000_001))
    if ways != "clone":
        monkeypatch.setattr("warehouse.copying._clone", lambda *_: False)
    if ways == "memory":
        monkeypatch.delattr(os, "copy_file_range")
    copy_file(source, copy)
    assert copy.read_bytes() == source.read_bytes()


def test_a_loose_file_is_written_anew_with_all_that_is_in_it(tmp_path, monkeypatch):
    target = tmp_path / "w.duckdb"
    add_stem(target, "bac")
    views = "select view_name from duckdb_views() where not internal order by 1"
    comments = "select comment from duckdb_tables() order by table_name"
    with duckdb.connect(str(target), read_only=True) as con:
        before = (con.sql(views).fetchall(), con.sql(comments).fetchall())
    monkeypatch.setattr(compaction, "LOOSE", -1.0)
    monkeypatch.setattr(compaction, "LEAST_BLOCKS", 0)
    add_stem(target, "quai")
    assert stems(target) == ["bac", "quai"]
    assert leftovers(target) == set()
    with duckdb.connect(str(target), read_only=True) as con:
        assert (con.sql(views).fetchall(), con.sql(comments).fetchall()) == before
        assert con.sql("select free_blocks from pragma_database_size()").fetchone() == (0,)


def test_small_runs_beside_a_large_one_leave_its_row_groups_alone(tmp_path, monkeypatch):
    """The rows of a large run stay where they are; small runs open a row group of their own."""
    monkeypatch.setattr(compaction, "LOOSE", 1.0)
    target = tmp_path / "w.duckdb"
    with working_copy(target, documents=100_000) as con:
        con.execute("insert into stems select 'mot' || range, 'mot' from range(5000)")
    for word in ("bac", "quai"):
        add_stem(target, word, documents=1)
    with duckdb.connect(str(target), read_only=True) as con:
        groups = con.sql(
            "select row_group_id, sum(count) from pragma_storage_info('stems') where column_id = 0 "
            "and segment_type <> 'VALIDITY' group by all order by all"
        ).fetchall()
    assert groups == [(0, 5000), (1, 2)]
