"""Texts live and die: after each change to an inbox the tables are those of a fresh warehouse over what lies there now."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from flows.batches import process_batch
from flows.ingest import finish_run, plan_run, start_run
from flows.settings import DEFAULT_ENGINE
from schemas import TABLES
from warehouse.ddl import columns, table_name
from warehouse.publish import beside

HISTORY = ("runs", "sightings", "files", "rejects", "entity_redirects")
"""Tables that tell what was, and so differ from those of a fresh warehouse."""
FIRST_SEEN = ("source_path", "record", "sha256", "raw", "encoding")
"""Columns of documents and articles that tell of the place where a document was first seen."""

FERRY = """La mairie de Valbourg ouvre un second bac

Par Inès Corvol
Publié le 4 mai 2025 à 10h15

La ville de Valbourg a inauguré dimanche un second bac pour traverser la Lône. Il transporte 120 passagers par heure,
deux fois plus que le premier, et coûte 3,2 millions d’euros à la commune.

« Nous attendions ce jour depuis sept ans », a déclaré la maire, Odile Brancart, devant une trentaine de riverains.
Le passage restera gratuit jusqu’à la fin de l’été pour les habitants des deux rives.
"""
FERRY_LATER = FERRY.replace("4 mai 2025 à 10h15", "5 mai 2025 à 8h00").replace("120 passagers", "140 passagers")
DEBATE = """Deux Brancart au conseil

Publié le 6 mai 2025

Le conseiller Louis Brancart a voté le budget lundi soir, au terme d’un long débat sur les tarifs du bac de Valbourg.
Brancart juge la dépense trop lourde pour une commune de 4 200 habitants.
"""
LETTER = """Brancart renonce

Publié le 9 mai 2025

Au terme d’une semaine de tractations, Brancart renonce à la présidence du conseil et se retire dans sa commune.
"""
FIRE = """Incendie maîtrisé à Port-Clair

Publié le 12 mai 2025

À Port-Clair, les pompiers ont maîtrisé lundi l’incendie de l’entrepôt Delvaux, au bout du quai des Tonneliers.
Le feu a détruit 300 tonnes de liège. Le directeur Marius Delvaux parle d’une perte de deux millions d’euros.
"""
FIRE_TOO = """L’entrepôt Delvaux ravagé par les flammes

Publié le 13 mai 2025

Lundi, l’incendie qui a ravagé l’entrepôt Delvaux, à Port-Clair, a été maîtrisé par quarante pompiers.
Les 300 tonnes de liège entreposées sont perdues, selon Marius Delvaux.
"""
PLACES = ("Hautecombe", "Brissac", "Lormeau", "Valdieu", "Corvières")
OFFER = "La météo du jour est offerte par les glaces Tavernier, au bout du quai."
NOTES = (
    "La digue a cédé dans la nuit de mardi à mercredi, et douze maisons du bas quartier ont été évacuées.",
    "Le marché couvert rouvrira au printemps, après deux années de travaux qui ont coûté trois millions d’euros.",
    "Un troupeau de quarante vaches a traversé la voie ferrée lundi, ce qui a retardé quatre trains de la ligne.",
    "La bibliothèque prêtera désormais des outils de jardin, une idée venue d’une classe de l’école du centre.",
    "Le tribunal a relaxé hier le maire de la commune, poursuivi pour avoir fait abattre un tilleul centenaire.",
)


def note(n: int) -> str:
    """A short article of a site that prints the same line on every page."""
    return f"À {PLACES[n]}, une semaine qui compte\n\nPublié le {n + 1} mai 2025\n\n{NOTES[n]}\n\n{OFFER}\n"


def line(text: str, **given: str) -> str:
    """A line of a .jsonl file."""
    return json.dumps({"text": text, **given}, ensure_ascii=False) + "\n"


def run(inbox: Path, target: Path, *, is_pruning: bool = False, is_drop_box: bool = False) -> dict:
    """A run in this process, without a server. Out: its row."""
    row = start_run(str(inbox), DEFAULT_ENGINE)
    plan = plan_run(inbox, target, f"{row['engine']} {row['marbre_version']}", is_drop_box)
    folders = [process_batch(batch, batch.with_suffix(""), DEFAULT_ENGINE) for batch in plan.batches]
    report = finish_run(target, plan, folders, row, is_pruning)
    shutil.rmtree(beside(target, ".staging"), ignore_errors=True)
    return report.run


def ask(target: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(target), read_only=True) as con:
        return con.execute(query).fetchall()


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
        found["stories"] = sorted(
            repr(row) for row in con.execute("select list(article_id order by article_id) from stories group by story_id").fetchall()
        )
        return found


def assert_like_fresh(standing: Path, fresh: Path) -> None:
    """Every table has, of the texts that are there, the same rows; stems may know more words."""
    here, there = current_rows(standing), current_rows(fresh)
    assert set(there.pop("stems")) <= set(here.pop("stems"))
    for table, rows in there.items():
        more, less = set(here[table]) - set(rows), set(rows) - set(here[table])
        assert (more, less, len(here[table])) == (set(), set(), len(rows)), table
    with duckdb.connect(str(standing), read_only=True) as con:
        assert con.execute("select count(*) from articles join documents using (document_id) "
                           "where articles.is_current <> documents.is_current").fetchone() == (0,)
        assert con.execute("select count(*) from documents where is_current and superseded_by is not null").fetchone() == (0,)


class Step(NamedTuple):
    """A change to the inbox, and what follows: records loaded, documents that are not current, how many of them edited."""

    name: str
    change: Callable[[Path], object]
    loaded: int
    not_current: int = 0
    edited: int = 0


def write(name: str, text: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    def change(inbox: Path) -> None:
        path = inbox / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(text.encode(encoding))

    return change


def delete(name: str) -> Callable[[Path], object]:
    return lambda inbox: (inbox / name).unlink()


def move(old: str, new: str) -> Callable[[Path], object]:
    return lambda inbox: (inbox / old).rename(inbox / new)


def swap(one: str, two: str) -> Callable[[Path], object]:
    def change(inbox: Path) -> None:
        (inbox / one).rename(inbox / "x")
        (inbox / two).rename(inbox / one)
        (inbox / "x").rename(inbox / two)

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda inbox: [change(inbox) for change in changes]


def put_away(name: str) -> Callable[[Path], object]:
    return lambda inbox: (inbox / name).rename(inbox.parent / "away")


def fetch_back(name: str) -> Callable[[Path], object]:
    return lambda inbox: (inbox.parent / "away").rename(inbox / name)


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
    assert run(scenario.inbox, pruned, is_pruning=True)["loaded"] == 0
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
    assert ask(target, "select count(*) from search('présidence', 9)") == [(0,)]
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
    run(inbox, target, is_drop_box=True)
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
