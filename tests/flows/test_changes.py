"""Texts live and die: after each change to an inbox the tables are those of a fresh warehouse over what is there."""

import gzip
import shutil
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from flows.reports import print_gone
from schemas import TABLES
from tests.flows.inboxes import (
    DEBATE,
    FERRY,
    FERRY_LATER,
    FIRE,
    FIRE_TOO,
    HISTORY,
    LETTER,
    Change,
    ask,
    both,
    delete,
    fetch_back,
    line,
    move,
    note,
    put_away,
    run,
    swap,
    write,
)  # fmt: skip
from warehouse.ddl import columns, table_name

FIRST_SEEN = ("source_path", "record", "sha256", "raw", "encoding", "reader")
"""Columns of documents and articles that tell of the place where a document was first seen."""


def current_rows(target: Path) -> dict[str, list[str]]:
    """The rows of each table that tell of texts which are there, without what is history."""
    with duckdb.connect(str(target), read_only=True) as con:
        found = {}
        for model in TABLES:
            table, names = table_name(model), list(columns(model))
            if table in HISTORY or table == "stories":
                continue
            key = next((name for name in ("document_id", "article_id") if name in names), None)
            kept = ", ".join(f'"{name}"' for name in names if name not in FIRST_SEEN)
            where = f"where {key} in (select document_id from documents where is_current)" if key else ""
            if table == "entities":
                where = "where entity_id in (select entity_id from entity_names)"
            found[table] = sorted(map(repr, con.execute(f"select {kept} from {table} {where}").fetchall()))
        stories = con.execute("select list(article_id order by article_id) from stories group by story_id")
        found["stories"] = sorted(map(repr, stories.fetchall()))  # a story keeps its name while it can
        return found


def assert_like_fresh(standing: Path, fresh: Path) -> None:
    """Every table has, of the texts that are there, the same rows; stems may know more words."""
    here, there = current_rows(standing), current_rows(fresh)
    assert set(there.pop("stems")) <= set(here.pop("stems"))
    for table, rows in there.items():
        more, less = set(here[table]) - set(rows), set(rows) - set(here[table])
        assert (more, less, len(here[table])) == (set(), set(), len(rows)), table
    both = "select count(*) from articles join documents using (document_id) where "
    assert ask(standing, both + "articles.is_current <> documents.is_current") == [(0,)]
    assert ask(standing, both + "documents.is_current and superseded_by is not null") == [(0,)]


class Step(NamedTuple):
    """A change to the inbox, and what follows: records loaded; documents not current, how many of them edited."""

    name: str
    change: Change
    loaded: int
    not_current: int = 0
    edited: int = 0


ROWS = [line(note(3), author="Inès Corvol"), line(note(4), author="Inès Corvol")]
STEPS = (
    Step("texts are added", both(write("bac.txt", FERRY), write("a/lettre.txt", LETTER)), 2),
    Step("one is edited", write("bac.txt", FERRY.replace("sept ans", "huit ans")), 1, 1, 1),
    Step("and edited again", write("bac.txt", FERRY.replace("sept ans", "neuf ans")), 1, 2, 2),
    Step("and edited back", write("bac.txt", FERRY), 0, 2, 2),
    Step("a second bearer of a surname comes", write("a/debat.txt", DEBATE), 1, 2, 2),
    Step("the first goes", delete("bac.txt"), 0, 3, 2),
    Step("and comes back", write("bac.txt", FERRY), 0, 2, 2),
    Step("an update arrives", write("bac2.txt", FERRY_LATER), 1, 2, 2),
    Step("and the same text under a title", write("bac3.jsonl", line(FERRY, title="Un bac de plus")), 1, 2, 2),
    Step("the representative goes", delete("bac.txt"), 0, 3, 2),
    Step("and comes back under another name", write("a/bac.txt", FERRY), 0, 2, 2),
    Step("a file is moved", move("a/lettre.txt", "z_lettre.txt"), 0, 2, 2),
    Step("a folder is renamed", move("a", "b"), 0, 2, 2),
    Step("two files change places", swap("z_lettre.txt", "b/debat.txt"), 0, 2, 2),
    Step("two tell of one event", both(write("feu.txt", FIRE), write("feu2.txt", FIRE_TOO)), 2, 2, 2),
    Step("one of them goes", delete("feu2.txt"), 0, 3, 2),
    Step("and is found elsewhere", write("b/feu.md", FIRE_TOO), 0, 2, 2),
    Step("it gets front matter", write("b/feu.md", f"---\ntitle: Liège perdu\n---\n{FIRE_TOO}"), 1, 3, 3),
    Step("articles share a line of their site", both(*(write(f"s/{n}.txt", note(n)) for n in range(3))), 3, 3, 3),
    Step("a fourth makes it furniture", write("s/rows.jsonl", "".join(ROWS)), 2, 3, 3),
    Step("the author changes", write("s/rows.jsonl", ROWS[0].replace("Inès", "Léa") + ROWS[1]), 1, 3, 3),
    Step("a row is put at the top", write("s/rows.jsonl", line(LETTER, title="Il renonce") + "".join(ROWS)), 2, 3, 3),
    Step("the rows are split into two files", both(
        write("s/rows.jsonl", ROWS[0]), write("s/rows2.jsonl", line(LETTER, title="Il renonce") + ROWS[1])), 0, 3, 3),
    Step("a row is edited", write("s/rows2.jsonl", line(LETTER, title="Il renonce") + line(
        note(4).replace("hier", "jeudi"))), 1, 4, 4),
    Step("two of the site go: it is no furniture any more", both(delete("s/rows.jsonl"), delete("s/0.txt")), 0, 6, 4),
    Step("a whole folder is taken away", put_away("s"), 0, 10, 4),
    Step("and brought back", fetch_back("s"), 0, 6, 4),
    Step("a text in another encoding", write("feu.txt", FIRE, "cp1252"), 0, 6, 4),
    Step("a duplicate is added", write("b/feu3.txt", FIRE), 0, 6, 4),
    Step("and the first of the two taken away", delete("feu.txt"), 0, 6, 4),
    Step("a near copy comes before its original", write("c/bac.txt", FERRY.replace("gratuit", "payant").replace(
        "4 mai", "2 mai")), 1, 6, 4),
    Step("a file is emptied", write("bac2.txt", ""), 0, 7, 4),
)  # fmt: skip


class Scenario(NamedTuple):
    """Where the steps were run, and what differed after each."""

    inbox: Path
    standing: Path
    faults: list[str]


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The steps, one after the other on one warehouse, each compared with a fresh one."""
    folder = tmp_path_factory.mktemp("changes")
    inbox, standing = folder / "inbox", folder / "standing.duckdb"
    inbox.mkdir()
    faults = []
    for number, step in enumerate(STEPS):
        step.change(inbox)
        row = run(inbox, standing)
        fresh = folder / f"fresh{number}.duckdb"
        run(inbox, fresh)
        try:
            [past] = ask(standing, "select count(*), count(superseded_by) from documents where not is_current")
            assert (row["loaded"], *past) == (step.loaded, step.not_current, step.edited)
            assert_like_fresh(standing, fresh)
        except AssertionError as error:
            faults.append(f"{step.name}: {error}"[:1500])
    return Scenario(inbox, standing, faults)


def test_after_each_change_the_tables_are_those_of_a_fresh_warehouse(scenario):
    assert scenario.faults == []


def test_pruned_the_warehouse_holds_nothing_else(scenario, tmp_path):
    pruned, fresh = tmp_path / "pruned.duckdb", tmp_path / "fresh.duckdb"
    shutil.copy(scenario.standing, pruned)
    assert run(scenario.inbox, pruned, prune=True)["loaded"] == 0
    run(scenario.inbox, fresh)
    assert_like_fresh(pruned, fresh)
    for table in ("documents", "articles", "entities", "entity_names", "stems", "tokens", "mentions", "shingles"):
        query = f"select count(*) from {table}"
        assert ask(pruned, query) == ask(fresh, query), table
    assert ask(pruned, "from gone_articles") == []


def test_what_is_gone_is_told_with_its_run_and_what_stands_in_its_place(tmp_path):
    inbox, target = tmp_path / "inbox", tmp_path / "w.duckdb"
    write("bac.txt", FERRY)(inbox)
    write("lettre.txt", LETTER)(inbox)
    run(inbox, target)
    write("bac.txt", FERRY.replace("sept ans", "huit ans"))(inbox)
    edited = run(inbox, target)["run_id"]
    delete("lettre.txt")(inbox)
    deleted = run(inbox, target)["run_id"]
    told = "select source_path, what, superseded_by_title, missed_run_id from gone_articles order by source_path"
    title = "La mairie de Valbourg ouvre un second bac"
    assert ask(target, told) == [("bac.txt", "edited", title, edited), ("lettre.txt", "gone", None, deleted)]
    assert ask(target, "select name from mentions_of('Brancart') group by all") == [("Odile Brancart",)]
    for query in (
        "search('présidence', 9)", "kwic('tractations', 20)", "figure_facts where contains(sentence, 'sept ans')",
        "quotations_by_speaker where contains(quotation, 'sept ans')",
        "articles_without_copies where title like 'Bran%'",
    ):  # fmt: skip
        assert ask(target, f"select count(*) from {query}") == [(0,)], query
    assert ask(target, "select articles from independent_sources where name = 'Odile Brancart'") == [(1,)]
    write("lettre.txt", LETTER)(inbox)
    back = run(inbox, target)
    assert (back["status"], back["loaded"], back["unchanged"]) == ("published", 0, 2)
    assert ask(target, "select source_path from gone_articles") == [("bac.txt",)]
    assert ask(target, "select source_path from sightings where missed_run_id is not null") == [("bac.txt",)]
    assert run(inbox, target)["status"] == "unchanged"


def test_what_could_not_be_looked_at_is_not_gone(tmp_path):
    inbox, target = tmp_path / "inbox", tmp_path / "w.duckdb"
    write("rows.jsonl", line(FIRE) + line(FIRE_TOO))(inbox)
    with gzip.open(inbox / "more.jsonl.gz", "wt") as file:
        file.write(line(LETTER))
    run(inbox, target)
    (inbox / "more.jsonl.gz").write_bytes((inbox / "more.jsonl.gz").read_bytes()[:40])
    write("rows.jsonl", line(FIRE) + line(FIRE_TOO)[:-30] + "\n")(inbox)
    assert run(inbox, target)["rejected"] == 2
    assert ask(target, "select count(*) from documents where not is_current") == [(0,)]


def test_of_an_empty_inbox_and_of_a_drop_box_nothing_is_gone(tmp_path):
    inbox, target = tmp_path / "inbox", tmp_path / "w.duckdb"
    write("bac.txt", FERRY)(inbox)
    run(inbox, target)
    delete("bac.txt")(inbox)
    assert run(inbox, target)["status"] == "unchanged"
    write("bac.txt", LETTER)(inbox)
    run(inbox, target, drop_box=True)
    assert ask(target, "select count(*) from documents where is_current and superseded_by is null") == [(2,)]
    assert run(inbox, target)["status"] == "published"
    assert ask(target, "select what from gone_articles") == [("edited",)]


def test_a_text_of_two_inboxes_is_gone_when_neither_holds_it(tmp_path):
    one, two, target = tmp_path / "one", tmp_path / "two", tmp_path / "w.duckdb"
    for inbox, author in ((one, "Inès Corvol"), (two, "Léa Morel")):
        write("rows.jsonl", line(FERRY, author=author) + line(LETTER))(inbox)
        write("feu.txt", FIRE)(inbox)
    assert [run(inbox, target)["loaded"] for inbox in (one, two, one, two)] == [3, 0, 0, 0]
    write("rows.jsonl", line(LETTER))(one)
    assert run(one, target)["status"] == "published"
    assert ask(target, "select count(*) from gone_articles") == [(0,)]
    assert run(two, target)["loaded"] == 1, "now the other inbox says who wrote it"
    write("rows.jsonl", line(LETTER))(two)
    run(two, target)
    assert ask(target, "select what from gone_articles") == [("gone",)]


def test_the_end_of_a_run_says_what_is_gone(tmp_path, capsys):
    inbox, target = tmp_path / "inbox", tmp_path / "w.duckdb"
    write("bac.txt", FERRY)(inbox)
    write("lettre.txt", LETTER)(inbox)
    run(inbox, target)
    delete("lettre.txt")(inbox)
    write("bac.txt", FERRY.replace("sept ans", "huit ans"))(inbox)
    run_id = run(inbox, target)["run_id"]
    with duckdb.connect(str(target), read_only=True) as con:
        print_gone(con, run_id)
    assert "no longer in the inbox as they were: 1 edited, 1 gone articles" in capsys.readouterr().out
