"""The look before a run: what is news and what is not, what it costs, and what it tells."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from flows import outlook
from flows.ingest import ingest
from flows.outlook import Unchanged, run_unless_new
from flows.runs import start_run
from flows.settings import DEFAULT_ENGINE, RunOptions
from tests.flows.inboxes import line
from warehouse import journal
from warehouse.lock import beside
from warehouse.reader import connect_reader

BREAD = "Le four de Valbourg rallume\n\nLe four communal de Valbourg a rallumé dimanche, après douze ans de silence.\n"
SNOW = "Il a neigé sur la Lône\n\nIl est tombé 12 cm de neige lundi sur les quais de la Lône, selon la mairie.\n"
LINES = '{"text": "Une brève de Hautecombe."}\n7\n{"text": "Une autre brève de Hautecombe."}\n'
ROW = "Une brève de plus, de Hautecombe encore."
HEAVY = ("prefect", "spacy", "pandera", "polars", "pyarrow", "trafilatura")


@pytest.fixture(scope="module")
def pristine(prefect_harness: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse and its inbox of texts, lines, a page without text and a file that is none."""
    folder = tmp_path_factory.mktemp("outlook") / "now"
    inbox = folder / "inbox"
    (inbox / "page").mkdir(parents=True)
    (inbox / "bread.txt").write_text(BREAD)
    (inbox / "snow.txt").write_text(SNOW)
    (inbox / "lines.jsonl").write_text(LINES)
    (inbox / "page" / "blank.html").write_text("<html><head></head><body></body></html>")
    (inbox / "image.bin").write_bytes(bytes(range(256)))
    for path in inbox.rglob("*.*"):
        age(path, 60)
    ingest(str(inbox), str(folder / "w.duckdb"))
    return folder.rename(folder.with_name("pristine"))


@pytest.fixture
def target(pristine: Path) -> Path:
    """The warehouse, where it was made: tables know an inbox by its absolute path."""
    folder = pristine.with_name("now")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pristine, folder)
    return folder / "w.duckdb"


def age(path: Path, seconds: float) -> None:
    """Have a file look as if changed some seconds ago."""
    now_ns = path.stat().st_mtime_ns - int(seconds * 1e9)
    os.utime(path, ns=(now_ns, now_ns))


def look(target: Path, **options: object) -> Unchanged | None:
    return run_unless_new(target.parent / "inbox", target, DEFAULT_ENGINE, RunOptions(**options))


def counts(run: dict) -> dict[str, int]:
    return {name: run[name] for name in ("found", "loaded", "unchanged", "repeated", "rejected")}


WHOLE = {"found": 7, "loaded": 0, "unchanged": 4, "repeated": 0, "rejected": 3}


def test_an_unchanged_inbox_is_told_in_the_journal_alone(target):
    before = target.stat()
    unchanged = look(target)
    assert unchanged is not None
    assert counts(unchanged.run) == WHOLE
    assert unchanged.run["status"] == "unchanged"
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert beside(target, journal.SUFFIX).stat().st_size < 10_000
    with closing(connect_reader(target)) as con:
        rows = con.execute("select status, found, is_accounted_for from run_history order by run_id").fetchall()
        assert rows == [("published", 7, True), ("unchanged", 7, True)]


def test_the_flow_itself_finds_the_same_and_publishes_nothing(target):
    inode = target.stat().st_ino
    for reread in (False, True):
        assert counts(ingest(str(target.parent / "inbox"), str(target), reread=reread).run) == WHOLE
    assert target.stat().st_ino == inode
    assert len(journal.read(target)) == 2


def give(name: str, text: str) -> Callable[[Path], object]:
    return lambda inbox: (inbox / name).write_text(text)


CHANGES = [
    (give("new.txt", "Un texte de plus."), "new or changed: new.txt"),
    (give("copy.txt", BREAD), "new or changed: copy.txt"),
    (give("bread.txt", BREAD.replace("douze", "vingt-cinq")), "new or changed: bread.txt"),
    (give("bread.txt", BREAD.replace("douze", "seize")), "a new record in bread.txt"),
    (
        give("lines.jsonl", LINES.replace("autre", "brève").replace("Hautecombe", "Valbourg")),
        "new or changed: lines.jsonl",
    ),
    (give("lines.jsonl", LINES.replace("7\n", "8\n")), "a record that can no longer be read"),
    (give("lines.jsonl", "\n".join(reversed(LINES.split("\n")))), "a new record in lines.jsonl"),
    (give("snow.txt", " " * len(SNOW.encode())), "a record that can no longer be read"),
    (lambda inbox: (inbox / "bread.txt").rename(inbox / "moved.txt"), "gone: bread.txt"),
    (lambda inbox: (inbox / "snow.txt").unlink(), "gone: snow.txt"),
    (lambda inbox: (inbox / "odd.txt").symlink_to("/nowhere"), "something new cannot be read"),
    (give("../aliases.csv", "entity_type,name,canonical,new_type\n"), "corrections by hand have changed"),
    (give("../w.duckdb.wal", "x"), "another program left a .wal beside the warehouse"),
    (lambda inbox: (inbox.parent / "w.duckdb").unlink(), "there is no warehouse yet"),
]


@pytest.mark.parametrize(("change", "news"), CHANGES, ids=[news for _, news in CHANGES])
def test_whatever_changes_is_news(target, change, news):
    inbox = target.parent / "inbox"
    change(inbox)
    assert outlook.look(inbox, target, start_run("inbox", target, DEFAULT_ENGINE), RunOptions()).news == news
    assert look(target) is None
    assert journal.read(target) == []


def test_a_file_merely_touched_is_read_once_and_no_news(target, monkeypatch):
    for path in (target.parent / "inbox").rglob("*.*"):
        age(path, 7)
    before = target.stat().st_ino
    assert counts(look(target).run) == WHOLE
    assert {file.file_path for file in journal.read(target)[0].touched} == {
        "bread.txt", "image.bin", "lines.jsonl", "page/blank.html", "snow.txt"
    }  # fmt: skip
    monkeypatch.setattr("flows.reading.read_records", lambda file: pytest.fail(f"{file.source_path} is read again"))
    assert counts(look(target).run) == WHOLE
    assert target.stat().st_ino == before


def test_the_first_of_equal_texts_says_what_is_given_beside_them(target):
    rows = target.parent / "inbox" / "rows.jsonl"
    rows.write_text(line(ROW, author="Inès Corvol") + line(ROW, author="Léa Morel") + line(BREAD, author="Léa Morel"))
    ingest(str(rows.parent), str(target))
    age(rows, 7)
    assert look(target) is not None
    rows.write_text(rows.read_text().replace("Inès Corvol", "Inès Corval"))
    assert look(target) is None


def test_a_run_that_publishes_takes_the_journal_in_and_a_line_taken_twice_is_one_row(target):
    age(target.parent / "inbox" / "snow.txt", 7)
    look(target)
    look(target)
    left_by_a_kill = beside(target, journal.SUFFIX).read_bytes()
    (target.parent / "inbox" / "new.txt").write_text("Un texte de plus, à Valbourg.")
    ingest(str(target.parent / "inbox"), str(target))
    assert journal.read(target) == []
    beside(target, journal.SUFFIX).write_bytes(left_by_a_kill)
    with closing(connect_reader(target)) as con:
        assert con.execute("select count(*), count(distinct run_id) from runs").fetchone() == (4, 4)
    (target.parent / "inbox" / "newer.txt").write_text("Encore un texte, à Hautecombe.")
    ingest(str(target.parent / "inbox"), str(target))
    with duckdb.connect(str(target), read_only=True) as con:
        assert con.execute("select count(*), count(distinct run_id) from runs").fetchone() == (5, 5)
        modified = (target.parent / "inbox" / "snow.txt").stat().st_mtime_ns
        assert con.execute("select modified_ns from files where file_path = 'snow.txt'").fetchone() == (modified,)


def test_a_torn_last_line_of_the_journal_is_passed_over(target):
    look(target)
    with beside(target, journal.SUFFIX).open("ab") as torn:
        torn.write(b'{"run": {"run_id": "2026')
    with closing(connect_reader(target)) as con:
        assert con.execute("select count(*) from runs").fetchone() == (2,)
    look(target)
    assert len(journal.read(target)) == 2


def test_a_journal_that_is_full_is_news_and_emptied(target, monkeypatch):
    look(target)
    monkeypatch.setattr(journal, "FULL_BYTES", 10)
    assert look(target) is None
    ingest(str(target.parent / "inbox"), str(target))
    assert not beside(target, journal.SUFFIX).exists()


def test_another_engine_or_version_is_news(target, monkeypatch):
    monkeypatch.setattr("flows.runs.name_engine", lambda name: f"{name} of tomorrow")
    assert look(target) is None


def test_a_fresh_file_waits_and_is_counted_apart(target):
    inbox = target.parent / "inbox"
    (inbox / "growing.txt").write_text("Un texte qui n’est pas")
    unchanged = look(target, settle=3600)
    assert unchanged is not None
    assert (unchanged.waiting, counts(unchanged.run)) == (1, WHOLE)
    age(inbox / "growing.txt", 7200)
    assert look(target, settle=3600) is None
    report = ingest(str(inbox), str(target), settle=3600)
    assert (report.waiting, report.run["loaded"]) == (0, 1)


def test_an_emptied_inbox_and_a_drop_box_miss_nothing(target):
    inbox = target.parent / "inbox"
    (inbox / "bread.txt").unlink()
    assert look(target, drop_box=True) is not None
    assert look(target) is None
    shutil.rmtree(inbox)
    inbox.mkdir()
    unchanged = look(target)
    assert unchanged is not None
    assert counts(unchanged.run) == dict.fromkeys(WHOLE, 0)


def test_a_warehouse_in_its_inbox_is_no_text(target):
    inside = target.parent / "inbox" / "w.duckdb"
    (inside.parent / "aliases.csv").write_text("entity_type,name,canonical,new_type\n")
    ingest(str(inside.parent), str(inside))
    assert counts(run_unless_new(inside.parent, inside, DEFAULT_ENGINE, RunOptions()).run) == WHOLE


def test_the_look_loads_nothing_heavy_and_writes_little(target):
    code = (
        "import sys; from flows.cli import app; sys.argv[1:] = ['run', 'inbox', '-w', 'w.duckdb'];"
        "app(standalone_mode=False);"
        f"print('loaded:', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=target.parent, env=environment, capture_output=True, text=True, check=True
    )
    assert "4 unchanged, 3 rejected" in done.stdout
    assert "loaded: []" in done.stdout
    written = sum(path.stat().st_size for path in target.parent.glob("w.duckdb.*"))
    assert written < 1_000_000
