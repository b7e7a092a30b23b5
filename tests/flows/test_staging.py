"""Staging: what is not as it was written is made anew; what a killed run has committed is recognised."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from flows import staging
from flows.ingest import ingest
from flows.staging import append, is_done, read_lines, remove_committed, write_batch, write_outcome
from warehouse.publish import open_ledger

RECORDS = pl.DataFrame(
    {
        "document_id": ["a"],
        "source_path": ["a.txt"],
        "record": [None],
        "sha256": ["0"],
        "given": [None],
        "repeated_lines": [[1]],
        "text": ["Le bac de Valbourg a repris son service."],
    }
)
FRAMES = {"documents": pl.DataFrame({"document_id": ["a"]}), "rejects": pl.DataFrame({"reason": ["none"]})}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb.staging"


def test_a_batch_is_written_once_and_named_by_what_is_in_it(folder):
    path = write_batch(folder, RECORDS, "engine")
    stamp = path.stat().st_mtime_ns
    assert write_batch(folder, RECORDS, "engine") == path
    assert path.stat().st_mtime_ns == stamp
    others = [RECORDS.with_columns(given=pl.lit('{"author": "Inès Corvol"}')), RECORDS.with_columns(record=pl.lit(1))]
    assert (
        len({path, write_batch(folder, RECORDS, "another"), *(write_batch(folder, o, "engine") for o in others)}) == 4
    )


@pytest.mark.parametrize("tear", [b"", b"PAR1", None])
def test_a_torn_batch_is_written_anew(folder, tear):
    path = write_batch(folder, RECORDS, "engine")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if tear is None else tear)
    assert write_batch(folder, RECORDS, "engine") == path
    assert path.read_bytes() == whole


@pytest.mark.parametrize("damage", ["missing", "empty", "flipped", "no ledger", "torn ledger"])
def test_an_outcome_counts_only_where_it_is_as_it_was_written(folder, damage):
    batch = write_batch(folder, RECORDS, "engine")
    out = write_outcome(batch.with_suffix(""), FRAMES)
    assert is_done(out)
    file, ledger = out / "documents.parquet", folder / staging.LEDGER
    content = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "flipped":
            file.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
        case "no ledger":
            ledger.unlink()
        case "torn ledger":
            ledger.write_bytes(ledger.read_bytes()[:-8])
    assert not is_done(out)
    assert is_done(write_outcome(out, FRAMES))


def test_a_line_torn_by_a_cut_of_power_takes_no_other_with_it(folder):
    folder.mkdir()
    append(folder, {"batch": "a", "state": "pending"})
    with open(folder / staging.LEDGER, "ab") as ledger:
        ledger.write(b'\n{"batch":"b","sta' + bytes(8))
    append(folder, {"batch": "c", "state": "pending"})
    assert [line["batch"] for line in read_lines(folder)] == ["a", "c"]


@pytest.mark.usefixtures("prefect_harness")
def test_what_a_run_killed_after_its_rename_has_committed_goes_and_nothing_is_loaded_twice(tmp_path, monkeypatch):
    inbox, target = tmp_path / "inbox", tmp_path / "w.duckdb"
    inbox.mkdir()
    (inbox / "bac.txt").write_text("Le bac de Valbourg\n\nLe bac de Valbourg a repris lundi son service sur la Lône.\n")
    with monkeypatch.context() as patch:
        patch.setattr(staging, "remove", lambda _: None)
        first = ingest(str(inbox), str(target)).run
    folder = staging.staging_of(target)
    assert [line["run_id"] for line in read_lines(folder) if line["state"] == "committed"] == [first["run_id"]]
    shutil.copytree(folder, tmp_path / "kept")
    with open_ledger(target) as ledger:
        assert remove_committed(target, ledger)
    assert not folder.exists()

    shutil.copytree(tmp_path / "kept", folder)
    second = ingest(str(inbox), str(target)).run
    assert (second["loaded"], second["unchanged"]) == (0, 1)
    assert not folder.exists()


def test_what_no_run_has_committed_stays(folder, tmp_path):
    batch = write_batch(folder, RECORDS, "engine")
    staging.announce_commit(folder, "2026-11-30T06:00:00-abc")
    assert not remove_committed(tmp_path / "w.duckdb", None)
    assert batch.exists()
