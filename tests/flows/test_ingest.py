"""A run end to end, against a real warehouse: accounts, idempotence, kills, readers."""

import hashlib
import json
import os
import shutil
import stat
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import committing
from flows.ingest import ingest, plan_run, process_batches
from flows.pool import Pool
from flows.staging import write_outcome
from warehouse.errors import WarehouseBusy, WarehouseUnfit
from warehouse.lock import beside, sole_writer

TEXT = """La mairie de Valbourg ouvre un second bac

Par Inès Corvol
Publié le 4 mai 2025 à 10h15

La ville de Valbourg a inauguré dimanche un second bac pour traverser la Lône. Il transporte 120 passagers par heure.

« Nous attendions ce jour depuis sept ans », a déclaré la maire, Odile Brancart, devant une trentaine de riverains.
"""


def table_hashes(path: Path) -> dict[str, str]:
    """A hash of the rows of each table, whatever their order."""
    with duckdb.connect(str(path), read_only=True) as con:
        tables = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        hashes = {}
        for table in tables:
            rows = sorted(map(repr, con.execute(f"select * from {table}").fetchall()))
            hashes[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return hashes


def ask(path: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "bac.txt").write_text(TEXT)
    return folder


@pytest.mark.usefixtures("prefect_harness")
def test_every_record_found_is_accounted_for(inbox, tmp_path):
    (inbox / "copie.txt").write_text(TEXT)
    (inbox / "vide.txt").write_text(" \n")
    (inbox / "lignes.jsonl").write_text('{"text": "Une brève de trois mots."}\n7\n')
    target = tmp_path / "w.duckdb"
    run = ingest(str(inbox), str(target)).run
    assert {k: run[k] for k in ("found", "loaded", "unchanged", "repeated", "rejected", "status")} == {
        "found": 5, "loaded": 2, "unchanged": 0, "repeated": 1, "rejected": 2, "status": "published"
    }  # fmt: skip
    assert ask(target, "select source_path, record, reason from rejects order by all") == [
        ("lignes.jsonl", 1, "not a JSON object"),
        ("vide.txt", None, "empty"),
    ]
    assert ask(target, "select count(*) from sightings") == [(3,)]


@pytest.mark.usefixtures("prefect_harness")
def test_the_same_inbox_again_changes_nothing(inbox, tmp_path):
    (inbox / "vide.txt").write_text("")
    target = tmp_path / "w.duckdb"
    ingest(str(inbox), str(target))
    before = table_hashes(target)
    run = ingest(str(inbox), str(target)).run
    assert table_hashes(target) == before
    assert (run["status"], run["unchanged"], run["rejected"]) == ("unchanged", 1, 1)


@pytest.mark.usefixtures("prefect_harness")
def test_a_moved_record_is_unchanged_and_a_changed_one_loaded(inbox, tmp_path):
    target = tmp_path / "w.duckdb"
    ingest(str(inbox), str(target))
    shutil.move(inbox / "bac.txt", inbox / "archive.txt")
    assert ingest(str(inbox), str(target)).run["unchanged"] == 1
    (inbox / "archive.txt").write_text(TEXT.replace("sept ans", "huit ans"))
    assert ingest(str(inbox), str(target)).run["loaded"] == 1
    assert ask(target, "select source_path, count(*) from sightings group by all order by all") == [
        ("archive.txt", 2),
        ("bac.txt", 1),
    ]


@pytest.mark.usefixtures("prefect_harness")
def test_batches_done_before_a_kill_are_taken_up_and_the_tables_are_the_same(inbox, tmp_path, monkeypatch):
    undisturbed = tmp_path / "a.duckdb"
    ingest(str(inbox), str(undisturbed))
    target = tmp_path / "b.duckdb"

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(committing.load, "save_sightings", die)
        with pytest.raises(KeyboardInterrupt):
            ingest(str(inbox), str(target))
    assert not target.exists()
    done = [p for p in beside(target, ".staging").iterdir() if p.is_dir()]
    stamp = {p: p.stat().st_mtime_ns for p in done}
    ingest(str(inbox), str(target))
    assert stamp, "the batch had been processed before the kill"
    assert not beside(target, ".staging").exists()
    same = table_hashes(undisturbed).items() & table_hashes(target).items()
    assert {t for t, _ in same} >= {"documents", "articles", "mentions", "figures", "quotations", "tokens"}


def test_a_finished_batch_is_not_processed_again(inbox, tmp_path, monkeypatch):
    plan = plan_run(inbox, tmp_path / "w.duckdb", "engine")
    out = plan.batches[0].with_suffix("")
    write_outcome(out, {"documents": pl.DataFrame({"document_id": ["a"]})})
    pool = Pool("spacy:fr_core_news_md")
    monkeypatch.setattr(pool, "do", lambda *_: pytest.fail("processed again"))
    assert process_batches(plan.batches, pool, 2) == [out]


@pytest.mark.usefixtures("prefect_harness")
def test_the_published_file_is_read_only_and_a_reader_keeps_its_snapshot(inbox, tmp_path):
    target = tmp_path / "w.duckdb"
    ingest(str(inbox), str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o444
    with duckdb.connect(str(target), read_only=True) as reader:
        (inbox / "b.txt").write_text(TEXT.replace("Valbourg", "Hautecombe"))
        # A second connection of this process would share the reader's database; a run is another process.
        command = f'{os.sys.executable} -c "from flows.ingest import ingest; ingest({str(inbox)!r}, {str(target)!r})"'
        assert os.system(command) == 0
        assert reader.execute("select count(*) from documents").fetchone() == (1,)
    assert ask(target, "select count(*) from documents") == [(2,)]


@pytest.mark.usefixtures("prefect_harness")
def test_each_flow_run_leaves_its_artifacts_once_and_with_keep_the_generation_before(inbox, tmp_path):
    from prefect.artifacts import Artifact

    target = tmp_path / "w.duckdb"
    run_ids = []
    for keep in (0, 1):
        run_ids.append(ingest(str(inbox), str(target), keep=keep).run["run_id"])
        (inbox / "bac.txt").write_text(TEXT.replace("sept ans", "huit ans"))
        assert run_ids[-1] in Artifact.get("marbre-counts").description
    assert ask(beside(target, ".previous"), "select run_id from runs") == [(run_ids[0],)]
    assert [run_id for (run_id,) in ask(target, "select run_id from runs order by 1")] == run_ids


@pytest.mark.usefixtures("prefect_harness")
def test_a_foreign_wal_is_moved_aside_and_said(inbox, tmp_path):
    target = tmp_path / "w.duckdb"
    beside(target, ".wal").write_bytes(b"somebody else's")
    report = ingest(str(inbox), str(target))
    assert report.foreign_wal is not None
    assert Path(report.foreign_wal).read_bytes() == b"somebody else's"
    assert not beside(target, ".wal").exists()


@pytest.mark.usefixtures("prefect_harness")
def test_aliases_and_corrections_are_applied_and_a_merged_id_stays_reachable(inbox, tmp_path):
    target = tmp_path / "w.duckdb"
    ingest(str(inbox), str(target))
    [(old_id,)] = ask(target, "select entity_id from entities where name = 'Odile Brancart'")
    [(article, start)] = ask(target, "select article_id, start from quotations where kind = 'direct'")
    (tmp_path / "aliases.csv").write_text(
        "entity_type,name,canonical,new_type\nPER,Odile Brancart,Odile B. Brancart,\nX,a,b,\n"
    )
    (tmp_path / "corrections.csv").write_text(
        "corrected,article_id,start,value\n"
        f"published_at,{article},,2025-05-03\nspeaker,{article},{start},Valbourg\nspeaker,{article},999999,Valbourg\n"
    )
    assert ingest(str(inbox), str(target)).run["loaded"] == 0
    [(new_id, name)] = ask(target, "select entity_id, name from entities where name like '%Brancart'")
    assert name == "Odile B. Brancart"
    assert ask(target, "select * from entity_redirects") == [(old_id, new_id)]
    assert ask(target, "select distinct entity_id from mentions where name = 'Odile Brancart'") == [(new_id,)]
    assert ask(target, "select published_at::date::varchar, published_evidence from articles") == [
        ("2025-05-03", "corrections.csv")
    ]
    assert ask(
        target,
        "select name, speaker_rule from quotations join entities on entity_id = speaker_id where kind = 'direct'",
    ) == [("Valbourg", "correction")]
    assert [path for (path,) in ask(target, "select source_path from rejects order by 1")] == [
        "aliases.csv",
        "corrections.csv",
    ]
    assert ingest(str(inbox), str(target)).run["status"] == "unchanged"


@pytest.mark.usefixtures("prefect_harness")
def test_another_engine_processes_again_and_ends_in_the_same_tables(inbox, tmp_path, monkeypatch):
    target = tmp_path / "w.duckdb"
    ingest(str(inbox), str(target))
    before = table_hashes(target)
    monkeypatch.setattr("flows.runs.name_engine", lambda name: f"{name} of tomorrow")
    run = ingest(str(inbox), str(target)).run
    assert (run["loaded"], run["unchanged"]) == (1, 0)
    after = table_hashes(target)
    assert {t for t in before if before[t] != after[t]} == {"documents", "files", "run_roles", "runs", "sightings"}
    assert ask(target, "select processed_by from documents")[0][0].startswith("spacy:fr_core_news_md of tomorrow")


def test_two_writers_are_one_too_many(tmp_path):
    target = tmp_path / "w.duckdb"
    with sole_writer(target), pytest.raises(WarehouseBusy, match="another run"), sole_writer(target):
        pytest.fail("two writers")


@pytest.mark.usefixtures("prefect_harness")
def test_a_file_that_is_no_warehouse_is_left_alone(inbox, tmp_path):
    target = tmp_path / "other.duckdb"
    with duckdb.connect(str(target)) as con:
        con.execute("create table mine as select 1 as x")
    with pytest.raises(WarehouseUnfit):
        ingest(str(inbox), str(target))
    assert ask(target, "from mine") == [(1,)]


def test_given_columns_are_kept_as_json(samples_warehouse):
    rows = ask(samples_warehouse, "select given from documents where given is not null")
    assert rows
    assert all(isinstance(json.loads(given), dict) for (given,) in rows)


def test_promises_hold_for_every_row_of_the_samples(samples_warehouse):
    assert ask(samples_warehouse, "select * from rejects where stage in ('check', 'validate')") == []
    counts = dict(
        ask(
            samples_warehouse,
            "select 'mentions', count(*) from mentions union all select 'figures', count(*) from figures",
        )
    )
    assert counts["mentions"] > 100
    assert counts["figures"] > 50
