"""A warehouse of an older version is made anew from its own documents: the inbox need not hold them any more."""

from pathlib import Path

import duckdb
import pytest

from flows.ingest import ingest
from flows.runs import start_run
from flows.settings import DEFAULT_ENGINE
from flows.upgrading import Upgraded, needs_upgrade, upgrade
from schemas import TABLES
from tests.flows.inboxes import FERRY, FERRY_LATER, FIRE, HISTORY, LETTER, ask, line, process_here, run, write
from warehouse.ddl import columns, quote, table_name
from warehouse.errors import WarehouseUnfit
from warehouse.lock import beside
from warehouse.publish import open_ledger

FIRST_TABLES = (
    "documents", "sightings", "blocks", "articles", "alignments", "sentences", "tokens", "stems", "mentions",
    "entities", "person_roles", "figures", "quotations", "duplicates", "stories", "rejects", "runs",
)  # fmt: skip
"""Tables of the first version."""
LATER = {
    "documents": ("reader", "line_kinds", "repeated_lines", "superseded_by", "is_current", "processed_by"),
    "sightings": ("inbox", "file_path", "missed_run_id"),
    "articles": ("publication", "publication_evidence", "page", "words", "is_current"),
    "rejects": ("document_id",),
}
"""Columns that came after it."""
PAGE = (
    f"<html><head><title>Le feu</title></head><body><article><h1>Le feu</h1>{'<p>'.join(FIRE.split(chr(10)))}</article>"
)


def age(target: Path, later: dict[str, tuple[str, ...]]) -> None:
    """Write a warehouse as an older version had it: without these columns, and without the tables that came later."""
    older = beside(target, ".older")
    with duckdb.connect(str(older)) as con:
        con.execute(f"attach {quote(str(target))} as now (read_only)")
        for model in TABLES:
            table = table_name(model)
            kept = ", ".join(f'"{name}"' for name in columns(model) if name not in later.get(table, ()))
            if table in FIRST_TABLES:
                con.execute(f"create table {table} as select {kept} from now.{table}")
    older.replace(target)


def upgrade_here(target: Path) -> Upgraded:
    """An upgrade in this process, without a server."""

    def process(batches: list[Path]) -> list[Path]:
        return [process_here(batch) for batch in batches]

    return upgrade(target, process, start_run("", target, DEFAULT_ENGINE))


def rows(target: Path, table: str) -> list[str]:
    """The rows of a table, whatever their order."""
    return sorted(map(repr, ask(target, f"from {table}")))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A warehouse over a few texts, a record that was set aside, and a page."""
    inbox = tmp_path / "inbox"
    write("bac.txt", FERRY)(inbox)
    write("bac2.txt", FERRY_LATER)(inbox)
    write("rows.jsonl", line(LETTER, author="Inès Corvol") + "{\n")(inbox)
    write("feu.html", PAGE)(inbox)
    run(inbox, tmp_path / "w.duckdb")
    return tmp_path / "w.duckdb"


def test_the_first_version_becomes_this_one_without_its_inbox(target, tmp_path):
    made = {table_name(m): rows(target, table_name(m)) for m in TABLES}
    age(target, LATER)
    with pytest.raises(WarehouseUnfit), open_ledger(target):
        pass
    assert needs_upgrade(target)
    assert upgrade_here(target) == Upgraded(4, 4, [])
    assert not needs_upgrade(target)
    for table, expected in made.items():
        if table not in HISTORY:
            assert rows(target, table) == expected, table
    assert ask(target, "select count(*) from runs") == [(2,)]
    places = "select inbox, source_path, record, file_path from sightings order by all"
    assert [row[1:] for row in ask(target, places)] == [
        ("bac.txt", None, "bac.txt"), ("bac2.txt", None, "bac2.txt"), ("feu.html", None, "feu.html"),
        ("rows.jsonl", 0, "rows.jsonl"),
    ]  # fmt: skip
    assert ask(target, "select source_path, reason from rejects") == [("rows.jsonl", "not JSON")]
    again = run(tmp_path / "inbox", target)
    assert (again["status"], again["loaded"], again["unchanged"]) == ("unchanged", 0, 4)


def test_what_is_gone_stays_gone(target, tmp_path):
    write("bac.txt", FERRY.replace("sept ans", "huit ans"))(tmp_path / "inbox")
    (tmp_path / "inbox" / "feu.html").unlink()
    run(tmp_path / "inbox", target)
    tables = ("articles", "mentions", "entity_names", "duplicates", "shingles", "gone_articles")
    before = {table: rows(target, table) for table in tables}
    age(target, {"documents": ("reader",)})
    upgrade_here(target)
    for table in tables:
        assert rows(target, table) == before[table], table


def test_a_file_that_is_no_warehouse_needs_no_upgrade(tmp_path):
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as con:
        con.execute("create table mine as select 1 as x")
    assert not needs_upgrade(other)
    assert not needs_upgrade(tmp_path / "nowhere.duckdb")


@pytest.mark.usefixtures("prefect_harness")
def test_a_run_upgrades_by_itself(target, tmp_path):
    age(target, LATER)
    report = ingest(str(tmp_path / "inbox"), str(target))
    assert (report.run["loaded"], report.run["unchanged"]) == (0, 4)
    assert ask(target, "select loaded, status from runs order by run_id") == [
        (4, "published"), (4, "published"), (0, "unchanged"),
    ]  # fmt: skip
