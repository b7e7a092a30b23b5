"""A backup is sound or is none, a vacuum changes no row, a check finds what is broken."""

import stat

import duckdb
import pytest

from flows import maintenance
from flows.maintenance import BackupUnsound, back_up, check, hash_tables, vacuum
from warehouse.errors import WarehouseBusy
from warehouse.lock import beside, sole_writer
from warehouse.publish import working_copy

HEADER_BYTES, BLOCK_BYTES = 3 * 4096, 262_144
"""Of a DuckDB file."""


def hashes(path):
    with duckdb.connect() as con:
        con.execute(f"attach '{path}' as it (read_only)")
        return hash_tables(con, "it")


def test_a_backup_is_the_same_warehouse_and_needs_no_pause_of_runs(small_warehouse, tmp_path):
    beside(small_warehouse, ".journal").write_text('{"run_id": "x"}\n')
    out = tmp_path / "copie.duckdb"
    with sole_writer(small_warehouse):
        copied = back_up(small_warehouse, out)
    assert out.read_bytes() == small_warehouse.read_bytes()
    assert copied.bytes == small_warehouse.stat().st_size
    assert copied.rows == sum(rows for rows, _ in hashes(out).values())
    assert beside(out, ".journal").read_text() == '{"run_id": "x"}\n'


def test_a_backup_takes_the_place_of_nothing(small_warehouse, tmp_path):
    out = tmp_path / "copie.duckdb"
    out.write_text("older")
    with pytest.raises(FileExistsError):
        back_up(small_warehouse, out)
    assert out.read_text() == "older"


def test_a_backup_that_reads_back_otherwise_gets_no_name(small_warehouse, tmp_path, monkeypatch):
    monkeypatch.setattr(maintenance, "hash_file", lambda path: "other")
    with pytest.raises(BackupUnsound):
        back_up(small_warehouse, tmp_path / "copie.duckdb")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("copie")] == []


def test_a_file_that_is_no_database_is_not_backed_up(tmp_path):
    (tmp_path / "texte.duckdb").write_text("no database")
    with pytest.raises(BackupUnsound, match="cannot be read"):
        back_up(tmp_path / "texte.duckdb", tmp_path / "copie.duckdb")
    assert not (tmp_path / "copie.duckdb").exists()


def test_a_backup_holds_the_generation_it_began_with(small_warehouse, tmp_path, monkeypatch):
    before = small_warehouse.read_bytes()
    copy = maintenance.copy_bytes

    def copy_while_a_run_publishes(source, out):
        with working_copy(small_warehouse) as con:
            con.execute("delete from rejects")
        return copy(source, out)

    monkeypatch.setattr(maintenance, "copy_bytes", copy_while_a_run_publishes)
    back_up(small_warehouse, tmp_path / "copie.duckdb")
    assert (tmp_path / "copie.duckdb").read_bytes() == before != small_warehouse.read_bytes()


def fill_and_empty(target):
    with working_copy(target) as con:
        con.execute("insert into stems select 'mot' || range::varchar, sha256(range::varchar) from range(300000)")
    with working_copy(target) as con:
        con.execute("delete from stems")


def test_a_vacuum_gives_room_back_and_changes_no_row(small_warehouse):
    fill_and_empty(small_warehouse)
    rows = hashes(small_warehouse)
    before, after = vacuum(small_warehouse)
    assert after < before / 2
    assert hashes(small_warehouse) == rows
    assert stat.S_IMODE(small_warehouse.stat().st_mode) == 0o444
    with duckdb.connect(str(small_warehouse), read_only=True) as con:
        assert con.execute("select comment from duckdb_tables() where table_name = 'runs'").fetchall()[0][0]
        assert con.execute("from run_history").fetchall()
    assert not beside(small_warehouse, ".work").exists()
    assert vacuum(small_warehouse) == (after, after), "a second one has nothing to gain"


def test_a_vacuum_whose_copy_differs_publishes_nothing(small_warehouse, monkeypatch):
    fill_and_empty(small_warehouse)
    before = small_warehouse.read_bytes()
    monkeypatch.setattr(
        maintenance, "hash_tables", lambda con, database: {"runs": (2, 0) if database == "old" else (1, 0)}
    )
    with pytest.raises(BackupUnsound, match="runs"):
        vacuum(small_warehouse)
    assert small_warehouse.read_bytes() == before
    assert not beside(small_warehouse, ".work").exists()


def test_a_vacuum_waits_for_no_run(small_warehouse):
    with sole_writer(small_warehouse), pytest.raises(WarehouseBusy):
        vacuum(small_warehouse)


def test_a_sound_warehouse_passes_the_check(small_warehouse):
    assert check(small_warehouse) == []


@pytest.mark.parametrize(
    ("spoil", "promise"),
    [
        ("update runs set found = found + 1", "accounts"),
        ("update documents set raw = 'x'::blob where document_id = 'bac'", "raw_hashes"),
        ("insert into rejects by name select '1' as reject_id, 'none' as run_id, 'a' as source_path, 'read' as stage, "
         "'empty' as reason", "run_references"),
        ("update blocks set \"end\" = \"end\" - 3 where document_id = 'halle'", "blocks_cover"),
        ("update articles set duplicate_of = 'nobody' where article_id = 'bac'", "references"),
    ],
)  # fmt: skip
def test_what_is_broken_is_found_with_its_first_row(small_warehouse, spoil, promise):
    with working_copy(small_warehouse) as con:
        con.execute(spoil)
    [broken] = check(small_warehouse)
    assert broken.promise.endswith(promise)
    assert broken.rows >= 1
    assert broken.first


@pytest.mark.parametrize("first_block", [0, 1])
def test_blocks_that_a_disk_damaged_are_found(small_warehouse, tmp_path, first_block):
    damaged = tmp_path / "damaged.duckdb"
    content = bytearray(small_warehouse.read_bytes())
    for place in range(HEADER_BYTES + first_block * BLOCK_BYTES, len(content), BLOCK_BYTES):
        content[place + 64] ^= 0xFF
    damaged.write_bytes(content)
    [broken] = check(damaged)
    assert broken.promise == "every block can be read"
    assert "checksum" in broken.first
