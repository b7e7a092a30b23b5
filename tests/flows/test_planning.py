"""What a run has to do: which files it reads, what it counts, and what it looked for."""

import os
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import listing
from flows.inbox import InboxFile
from flows.listing import trusted_time
from flows.planning import Plan, plan_run
from flows.settings import RunOptions
from tests.flows.inboxes import line, run
from warehouse.publish import working_copy

SHORT = "Une brève de Hautecombe, sans titre ni date."
OTHER = "Une autre brève, de Valbourg cette fois."


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "far").mkdir(parents=True)
    (folder / "a.txt").write_text(SHORT)
    (folder / "far" / "copy.txt").write_text(SHORT)
    (folder / "lines.jsonl").write_text(line(OTHER) + "7\n" + line(OTHER))
    (folder / "page.html").write_text("<html><body></body></html>")
    return folder


@pytest.fixture
def target(inbox: Path) -> Path:
    """A warehouse of the inbox."""
    path = inbox.parent / "w.duckdb"
    run(inbox, path)
    return path


def plan(inbox: Path, target: Path, **options: object) -> Plan:
    """A plan for the engine that made the warehouse."""
    with duckdb.connect(str(target), read_only=True) as con:
        made_by = con.execute("select engine || ' ' || marbre_version from runs limit 1").fetchone()[0]
    return plan_run(inbox, target, made_by, RunOptions(**options))


def states(planned: Plan) -> dict[str, str]:
    return dict(planned.present.rows())


def counts(planned: Plan) -> tuple[int, ...]:
    return planned.found, planned.new, planned.unchanged, planned.repeated, planned.rejected


def test_files_are_kept_as_they_were_read(inbox, target):
    with duckdb.connect(str(target), read_only=True) as con:
        rows = con.execute("select file_path, size, modified_ns, records, rejected from files order by all").fetchall()
    looks = {path: (inbox / path).stat() for path, *_ in rows}
    assert rows == [
        (path, looks[path].st_size, looks[path].st_mtime_ns, records, rejected)
        for path, records, rejected in (
            ("a.txt", 1, 0),
            ("far/copy.txt", 1, 0),
            ("lines.jsonl", 3, 1),
            ("page.html", 1, 1),
        )
    ]


def test_counts_hold_whether_files_are_read_or_not(inbox, target):
    known = plan(inbox, target)
    assert set(states(known).values()) == {"known"}
    assert counts(known) == (6, 0, 2, 2, 2)
    read = plan(inbox, target, reread=True)
    assert set(states(read).values()) == {"read"}
    assert counts(read) == counts(known)
    assert (read.batches, read.touched, known.touched) == ([], [], [])


def test_only_what_changed_is_read_and_a_copy_of_what_is_not_read_is_repeated(inbox, target):
    (inbox / "new.jsonl").write_text(line(SHORT) + line("Une brève de plus."))
    planned = plan(inbox, target)
    assert {path for path, state in states(planned).items() if state == "read"} == {"new.jsonl"}
    assert counts(planned) == (8, 1, 2, 3, 2)
    assert planned.sightings["file_path"].unique().to_list() == ["new.jsonl"]
    assert planned.files.select("file_path", "records", "rejected").rows() == [("new.jsonl", 2, 0)]


def test_a_page_without_text_is_told_again_without_being_processed(inbox, target):
    planned = plan(inbox, target, reread=True)
    assert planned.batches == []
    assert ("page.html", "no text in the page") in planned.rejects.select("source_path", "reason").rows()


def test_two_pages_without_text_whose_names_differ_in_one_byte_are_two_rejects(tmp_path):
    for name in (b"a\xe8.html", b"a\xe9.html"):
        place = os.path.join(os.fsencode(tmp_path), b"in", name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        Path(os.fsdecode(place)).write_text(f"<html><body></body></html><!-- {name!r} -->")
    row = run(tmp_path / "in", tmp_path / "w.duckdb")
    assert (row["found"], row["rejected"]) == (2, 2)


def test_a_reject_may_quote_a_byte_that_fits_no_encoding(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "odd.csv").write_bytes(b"a\x81b;c\n1;2\n")
    planned = plan_run(tmp_path / "in", tmp_path / "w.duckdb", "test", RunOptions())
    assert "a\ufffdb, c" in planned.rejects["detail"].item()


def test_documents_that_are_forgotten_or_made_by_another_engine_are_read_again(inbox, target):
    with working_copy(target) as con:
        con.execute("delete from sightings where source_path = 'a.txt'")
        con.execute("update documents set processed_by = 'another' where text = ?", [OTHER])
    assert {path for path, state in states(plan(inbox, target)).items() if state == "read"} == {"a.txt", "lines.jsonl"}


def test_texts_are_read_again_where_the_table_that_describes_them_changes(inbox, target):
    table = inbox / "far" / "metadata.csv"
    table.write_text("id,author\ncopy,Inès Corvol\n")
    run(inbox, target)
    table.write_text("id,author\ncopy,Odile Brancart\n")
    planned = plan(inbox, target)
    assert {path for path, state in states(planned).items() if state == "read"} == {"far/copy.txt", "far/metadata.csv"}
    table.unlink()
    assert states(plan(inbox, target))["far/copy.txt"] == "read"


def test_what_cannot_be_looked_at_is_not_gone(inbox, target, monkeypatch):
    (inbox / "a.txt").unlink()
    monkeypatch.setenv("MARBRE_FILE_BYTES", "60")
    planned = plan(inbox, target)
    assert planned.unlooked == ["lines.jsonl"]
    assert planned.gone_files["file_path"].to_list() == ["a.txt"]
    assert planned.changes.missed["source_path"].to_list() == ["a.txt"]


def test_a_file_that_a_fault_ends_is_read_in_part_and_misses_nothing(inbox, target, monkeypatch):
    (inbox / "lines.jsonl").write_text(line("Tout autre chose.") + line(OTHER))
    monkeypatch.setenv("MARBRE_FILE_RECORDS", "1")
    planned = plan(inbox, target)
    assert states(planned)["lines.jsonl"] == "partly"
    assert planned.changes.missed.is_empty()


@pytest.mark.parametrize("options", [{"drop_box": True}, {"settle": 3600.0}])
def test_nothing_is_gone_from_a_drop_box_or_a_file_that_waits(inbox, target, options):
    (inbox / "lines.jsonl").write_text(line("Tout autre chose."))
    planned = plan(inbox, target, **options)
    assert planned.changes.missed.is_empty()
    assert planned.waiting == (1 if "settle" in options else 0)


def test_a_time_is_not_trusted_where_a_later_change_might_not_show(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("x")
    second = 1_700_000_000
    for now, modified_ns, expected in (
        (second + 10, second * 10**9, second * 10**9),
        (second + 1, second * 10**9, None),
        (second + 1, second * 10**9 + 5, second * 10**9 + 5),
        (second + 0.005, second * 10**9 + 5, None),
    ):
        os.utime(path, ns=(modified_ns, modified_ns))
        monkeypatch.setattr(listing.time, "time_ns", lambda now=now: int(now * 10**9))
        file = InboxFile(os.fsencode(path), "a.txt", ".txt", 1, modified_ns)
        assert trusted_time(file, path.stat()) == expected
    assert trusted_time(file._replace(size=2), path.stat()) is None
    assert trusted_time(file, None) is None


def test_places_are_told_with_the_file_that_holds_them(inbox, tmp_path):
    planned = plan_run(inbox, tmp_path / "none.duckdb", "engine")
    assert planned.sightings.select("source_path", "record", "file_path").sort(pl.all()).rows() == [
        ("a.txt", None, "a.txt"),
        ("far/copy.txt", None, "far/copy.txt"),
        ("lines.jsonl", 0, "lines.jsonl"),
        ("lines.jsonl", 2, "lines.jsonl"),
        ("page.html", None, "page.html"),
    ]
