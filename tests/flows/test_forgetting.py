"""Forgetting on request: what is meant is in no table and in no byte of the file, and does not come back."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows import forgetting
from flows.forgetting import NothingMeant, find_meant, forget
from flows.outlook import run_unless_new
from flows.settings import DEFAULT_ENGINE, RunOptions
from schemas import TABLES
from tests.flows.inboxes import DEBATE, FERRY, FIRE, FIRE_TOO, LETTER, ask, line, run, write
from warehouse.ddl import table_name
from warehouse.lock import beside

SECRET = "Kermadeuc"
"""A word of the text that is to be forgotten."""
CONFIDED = (
    f"{SECRET} se confie\n\nPublié le 4 mai 2025\n\nÀ Valbourg, Yann {SECRET} raconte ses nuits de veille au bac.\n"
)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A warehouse over a few texts, the last of them to be forgotten."""
    inbox = tmp_path / "inbox"
    write("bac.txt", FERRY)(inbox)
    write("debat.txt", DEBATE)(inbox)
    write("lettre.txt", LETTER)(inbox)
    write("rows.jsonl", line(FIRE, url="https://www.lephare.example/feu") + line(FIRE_TOO) + line(CONFIDED))(inbox)
    run(inbox, tmp_path / "w.duckdb")
    return tmp_path / "w.duckdb"


def holds(path: Path, word: str) -> bool:
    """True where a file holds the bytes of a word."""
    return word.encode() in path.read_bytes()


def everything(target: Path) -> str:
    """All rows of all tables."""
    with duckdb.connect(str(target), read_only=True) as con:
        return "\n".join(str(con.execute(f"from {table_name(model)}").fetchall()) for model in TABLES)


def test_an_article_is_in_no_table_and_no_byte_and_does_not_come_back(target, tmp_path):
    [(article_id,)] = ask(target, f"select article_id from articles where contains(text, '{SECRET}')")
    beside(target, ".previous").write_bytes(target.read_bytes())
    assert holds(target, SECRET)
    taken = forget(target, find_meant(target, article_id))
    assert {"documents", "articles", "blocks", "mentions", "entities", "stems", "sightings"} <= set(taken)
    assert taken["articles"] == 1
    for path in (target, beside(target, ".previous")):
        assert not holds(path, SECRET)
        assert ask(path, "select count(*) from articles") == [(5,)]
    again = run(tmp_path / "inbox", target)
    assert (again["found"], again["unchanged"], again["rejected"]) == (6, 5, 1)
    assert ask(target, "select source_path, record, reason, payload, detail from rejects") == [
        ("rows.jsonl", 2, "forgotten on request", None, None)
    ]
    write("nuit.txt", CONFIDED)(tmp_path / "inbox")
    assert run(tmp_path / "inbox", target)["loaded"] == 0, "the same text in a file of its own"
    assert SECRET not in everything(target)


def test_runs_of_the_journal_are_taken_in_and_a_kill_before_the_end_leaves_all_to_be_forgotten(
    target, tmp_path, monkeypatch
):
    assert run_unless_new(tmp_path / "inbox", target, DEFAULT_ENGINE, RunOptions()) is not None
    beside(target, ".previous").write_bytes(target.read_bytes())
    meant = find_meant(target, "rows.jsonl")
    with monkeypatch.context() as patch:
        forget_in = forgetting.forget_in
        patch.setattr(forgetting, "forget_in", lambda path, *rest: path != target and forget_in(path, *rest))
        forget(target, meant)
    assert (holds(target, SECRET), holds(beside(target, ".previous"), SECRET)) == (True, False)
    forget(target, find_meant(target, "rows.jsonl"))
    assert not holds(target, SECRET)
    assert ask(target, "select status from runs order by started_at") == [("published",), ("unchanged",)]
    assert not beside(target, ".journal").exists()


def test_what_is_left_is_what_a_warehouse_without_it_has(target, tmp_path):
    forget(target, find_meant(target, "bac.txt"))
    (tmp_path / "inbox" / "bac.txt").unlink()
    run(tmp_path / "inbox", tmp_path / "fresh.duckdb")
    for query in (
        "select name, entity_id, article_count, link_rule from entity_names order by all",
        "select entity_id, name from entities order by all",
        "select mention_id, entity_id from mentions order by all",
        "select word from stems order by all",
        "select * from duplicates order by all",
    ):
        assert ask(target, query) == ask(tmp_path / "fresh.duckdb", query)


def test_a_path_takes_all_its_records_and_what_was_set_aside_of_it(target, tmp_path):
    write("rows.jsonl", line(FIRE) + "{\n")(tmp_path / "inbox")
    run(tmp_path / "inbox", target)
    meant = find_meant(target, "rows.jsonl")
    assert meant.documents.height == 4
    forget(target, meant)
    assert ask(target, "select count(*) from sightings where source_path = 'rows.jsonl'") == [(0,)]
    assert ask(target, "select count(*) from rejects") == [(0,)]
    assert ask(target, "select count(*) from documents") == [(3,)]


def test_a_url_is_meant(target):
    assert find_meant(target, "https://www.lephare.example/feu").documents["record"].to_list() == [0]


def test_a_person_leaves_mentions_roles_and_quotations_and_keeps_out(target, tmp_path):
    assert ask(
        target, "select count(*) from quotations join entities on entity_id = speaker_id where name = 'Odile Brancart'"
    ) == [(1,)]
    meant = find_meant(target, "odile brancart")
    assert (meant.documents.height, meant.persons["name"].to_list()) == (0, ["Odile Brancart"])
    taken = forget(target, meant)
    assert taken["quotations"] == 1
    assert "articles" not in taken
    assert "Odile" not in "".join(map(str, ask(target, "from mentions") + ask(target, "from entity_names")))
    [(brancart,)] = ask(
        target,
        "select entities.name from entities join entity_names using (entity_id) where entity_names.name = 'Brancart'",
    )
    assert brancart == "Louis Brancart", "the surname is the other bearer's now"
    write("encore.txt", FERRY.replace("sept ans", "dix ans"))(tmp_path / "inbox")
    assert run(tmp_path / "inbox", target)["loaded"] == 1
    assert ask(target, "select count(*) from mentions where name like 'Odile%'") == [(0,)]
    assert ask(target, "select count(*) from quotations where text like '%dix ans%'") == [(0,)]


def test_with_articles_the_texts_that_name_a_person_go_too(target):
    meant = find_meant(target, "Odile Brancart", with_articles=True)
    assert "bac.txt" in meant.documents["source_path"].to_list()
    forget(target, meant)
    assert not holds(target, "Odile Brancart"), "the lexicon of first names has Odile"


def test_nothing_is_meant_by_a_surname_alone_or_an_unknown_path(target):
    for wanted in ("Delvaux-Martin", "nowhere.txt"):
        with pytest.raises(NothingMeant):
            find_meant(target, wanted)


def marbre(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows", *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


def test_the_command_shows_what_it_would_take_and_takes_it_with_yes(target):
    asked = marbre("forget", "rows.jsonl", "-w", str(target))
    assert asked.returncode == 2
    assert "document: rows.jsonl, 2, Kermadeuc se confie" in asked.stdout
    assert asked.stderr.strip() == "nothing was forgotten: say --yes where nobody can be asked"
    assert ask(target, "select count(*) from documents") == [(6,)]
    done = marbre("forget", "rows.jsonl", "-w", str(target), "--yes")
    assert done.returncode == 0, done.stderr
    assert "3 documents" in done.stdout
    assert ask(target, "select count(*) from documents") == [(3,)]
    unknown = marbre("forget", "rows.jsonl", "-w", str(target), "--yes")
    assert (unknown.returncode, len(unknown.stderr.splitlines())) == (2, 1)
