"""Rejects that are tried again: from their files, or from what was kept of them where these are gone."""

import os
import zipfile
from pathlib import Path

import polars as pl
import pytest

from flows import batches, reading
from flows.batches import describe_fault
from flows.inbox import list_files
from flows.reading import Reading
from flows.retrying import list_inboxes, read_payload
from tests.flows.inboxes import FERRY, FIRE, ask, line, run, write
from warehouse.publish import open_ledger

LONG = "Une brève de Hautecombe, un peu plus longue que les autres."


def stumble_over(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Have texts with a word set aside while they are processed, as a fault of a rule would."""
    sound = batches.extract_pages

    def fail(records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        kept, blank = sound(records)
        is_odd = kept["text"].str.contains(word)
        return kept.filter(~is_odd), pl.concat([blank, describe_fault(kept.filter(is_odd), "ended its process", None)])

    monkeypatch.setattr(batches, "extract_pages", fail)


def rejects(target: Path) -> list[tuple]:
    return ask(target, "select source_path, record, reason from rejects order by all")


def places(target: Path) -> list[tuple]:
    return ask(target, "select source_path, record from sightings order by all")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A file of two lines, one of them too long, and a text."""
    folder = tmp_path / "inbox"
    write("lines.jsonl", line("Une brève de Valbourg.") + line(LONG))(folder)
    write("bac.txt", FERRY)(folder)
    return folder


def test_a_record_that_was_too_long_is_loaded_once_the_limit_is_raised(inbox, tmp_path, monkeypatch):
    target = tmp_path / "w.duckdb"
    monkeypatch.setenv("MARBRE_RECORD_BYTES", "70")
    (inbox / "bac.txt").unlink()
    run(inbox, target)
    assert rejects(target) == [("lines.jsonl", 1, "record too long")]
    monkeypatch.delenv("MARBRE_RECORD_BYTES")
    row = run(inbox, target, retry="record too long")
    assert (row["found"], row["loaded"], row["unchanged"], row["rejected"]) == (2, 1, 1, 0)
    assert rejects(target) == []
    assert places(target) == [("lines.jsonl", 0), ("lines.jsonl", 1)]


def test_a_rule_that_was_mended_takes_the_record_whether_its_file_is_there_or_not(inbox, tmp_path, monkeypatch):
    for is_there in (True, False):
        target = tmp_path / f"{is_there}.duckdb"
        with monkeypatch.context() as patch:
            stumble_over(patch, "Valbourg")
            run(inbox, target)
            assert run(inbox, target, retry="")["rejected"] == 2, "nothing is mended yet"
        assert rejects(target) == [("bac.txt", None, "ended its process"), ("lines.jsonl", 0, "ended its process")]
        if not is_there:
            (inbox / "lines.jsonl").unlink()
        row = run(inbox, target, retry="lines.jsonl")
        assert (row["loaded"], row["rejected"]) == (1, 1)
        assert rejects(target) == [("bac.txt", None, "ended its process")]
        assert places(target) == [("lines.jsonl", 0), ("lines.jsonl", 1)]
        assert ask(target, "select count(*) from articles where is_current") == [(2,)], "in a retry nothing is gone"


def test_a_file_of_the_same_name_with_other_records_does_not_stand_for_what_was_kept(inbox, tmp_path, monkeypatch):
    target = tmp_path / "w.duckdb"
    with monkeypatch.context() as patch:
        stumble_over(patch, "Valbourg")
        run(inbox, target, drop_box=True)
    write("lines.jsonl", line("Une brève de Lormeau."))(inbox)
    assert run(inbox, target, retry="lines.jsonl")["loaded"] == 2
    texts = "select text from documents where source_path = 'lines.jsonl' and record = 0 order by all"
    assert ask(target, texts) == [("Une brève de Lormeau.",), ("Une brève de Valbourg.",)]


def test_a_text_that_is_replayed_has_the_id_that_it_has_in_its_file(inbox, tmp_path, monkeypatch):
    table = "titre;texte;auteur\nLe quai;Le quai de Valbourg ferme lundi.;Inès Corvol\nTrop;de;cellules;ici\n"
    write("rows.csv", table)(inbox)
    target, fresh = tmp_path / "w.duckdb", tmp_path / "fresh.duckdb"
    run(inbox, fresh)
    with monkeypatch.context() as patch:
        stumble_over(patch, "quai de Valbourg")
        run(inbox, target)
    (inbox / "rows.csv").unlink()
    assert run(inbox, target, retry="")["loaded"] == 1
    assert rejects(target) == [("rows.csv", 1, "row has too many cells")]
    document = "select document_id, title, authors from articles where source_path = 'rows.csv'"
    assert ask(target, document) == ask(fresh, document)
    [(kept,)] = ask(target, "select payload from rejects")
    assert bytes(kept) == b"titre;texte;auteur\nTrop;de;cellules;ici"


def test_of_a_page_without_text_all_is_kept(inbox, tmp_path):
    page = "<html><head></head><body></body></html>"
    write("page.html", page)(inbox)
    run(inbox, tmp_path / "w.duckdb")
    assert ask(tmp_path / "w.duckdb", "select payload from rejects") == [(page.encode(),)]


def test_a_record_of_a_file_that_cannot_be_read_in_parts_is_left(tmp_path):
    assert list(read_payload("export.htm", 3, b"<p>Un bout de page</p>")) == []


def test_rejects_that_nothing_can_change_are_not_tried_again(inbox, tmp_path):
    target = tmp_path / "w.duckdb"
    write("../aliases.csv", "a,b\n1,2\n")(inbox)
    run(inbox, target)
    with open_ledger(target) as con:
        assert rejects(target) == [("aliases.csv", None, "correction cannot be read")]
        assert list_inboxes(con, "") == []


def test_a_known_archive_is_not_read_again_and_its_members_are_not_gone(inbox, tmp_path, monkeypatch):
    with zipfile.ZipFile(inbox / "old.zip", "w") as archive:
        archive.writestr("feu.txt", FIRE)
        archive.writestr("lines.jsonl", line("Une brève de Lormeau.") + "7\n")
    for path in inbox.iterdir():
        os.utime(path, (1_700_000_000.5, 1_700_000_000.5))
    target = tmp_path / "w.duckdb"
    run(inbox, target)
    assert ask(target, "select distinct file_path from sightings where source_path like 'old.zip/%'") == [("old.zip",)]
    monkeypatch.setattr(reading, "read_records", lambda *_: pytest.fail("read again"))
    row = run(inbox, target)
    assert (row["status"], row["found"], row["unchanged"], row["rejected"]) == ("unchanged", 6, 5, 1)
    monkeypatch.undo()
    (inbox / "bac.txt").unlink()
    run(inbox, target)
    assert ask(target, "select source_path from sightings where missed_run_id is not null") == [("bac.txt",)]


def test_what_readers_say_is_told_once_for_files_alike(inbox, tmp_path):
    for name in ("one.csv", "two.csv"):
        write(name, f"titre;texte\nLe quai {name};Le quai de {name} ferme lundi.\n")(inbox)
    files = [file for file in list_files(inbox) if file.suffix == ".csv"]
    reading = Reading()
    assert sum(map(len, reading.read_chunks(files))) == 2
    [noted] = reading.notes.values()
    assert (noted.first, noted.files) == ("one.csv", 2)
    assert "semicolons" in noted.note
    assert "titre is title" in noted.note
