"""What recurs in a source: the same rows whatever the order of arrival and the number of runs."""

import hashlib
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.committing import save_copies
from flows.ingest import ingest
from flows.planning import BATCH
from flows.presence import gone
from flows.recurrence import empty_ledger, find_repetition
from transforms.documents import Decoded, make_record
from warehouse import load
from warehouse.sql import run_sql

PLACES = ("Hautecombe", "Brissac", "Lormeau", "Valdieu", "Corvières", "Estrennes")
STORIES = (
    "La digue a cédé dans la nuit de mardi à mercredi, et douze maisons du bas quartier ont été évacuées.",
    "Le marché couvert rouvrira au printemps, après deux années de travaux qui ont coûté trois millions d’euros.",
    "Un troupeau de quarante vaches a traversé la voie ferrée lundi, ce qui a retardé quatre trains de la ligne.",
    "La bibliothèque prêtera désormais des outils de jardin, une idée venue d’une classe de l’école du centre.",
    "Le tribunal a relaxé hier le maire de la commune, poursuivi pour avoir fait abattre un tilleul centenaire.",
    "Les cloches de l’église se tairont la nuit, a décidé le conseil après une pétition de deux cents riverains.",
)
OFFER = "La météo du jour est offerte par les glaces Tavernier, au bout du quai."
NOTICE = "La rédaction remercie ses lecteurs."
INVITATION = "Envie de nous écrire ? Rendez-vous au 12, place du Port, où la porte reste ouverte."


def write_articles(folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for n in numbers:
        title = f"À {PLACES[n]}, une semaine qui compte"
        head = f"{title}\n\nPublié le {n + 1} mai 2025\n\n{STORIES[n]}\n\n{OFFER}\n\n"
        middle = (
            f"« C’est une bonne nouvelle », a déclaré la préfète de {PLACES[n]}, Odile Brancart, devant la presse.\n\n"
        )
        (folder / f"{n}.txt").write_text(f"{head}{middle}{INVITATION}\n\nhttps://www.lephare.example/{n}\n")


def rows(warehouse: Path) -> dict[str, str]:
    """A hash of the rows of each table that tells of texts, whatever their order; stems are of every word ever seen."""
    with duckdb.connect(str(warehouse), read_only=True) as con:
        tables = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        hashes = {}
        for table in sorted(set(tables) - {"runs", "sightings", "stems"}):
            found = sorted(map(repr, con.execute(f"select * from {table}").fetchall()))
            hashes[table] = hashlib.sha256("\n".join(found).encode()).hexdigest()
        return hashes


def ask(warehouse: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return con.execute(query).fetchall()


def batch_of(texts: list[str], path: Path) -> Path:
    """A batch of texts, as the planner writes them."""
    rows = [make_record(f"{n}.txt", None, t.encode(), Decoded(t, "utf-8"), {}) for n, t in enumerate(texts)]
    none = {"repeated_lines": [], "processed_by": "test"}
    pl.DataFrame([row | none for row in rows], schema=BATCH).write_parquet(path)
    return path


def find_repeated(*batches: Path) -> dict[str, list[int]]:
    """The repeated lines of each text, by its first line."""
    query = (
        "select texts.lines[1], changed.repeated_lines from changed_documents as changed join texts using (document_id)"
    )
    return dict(find_repetition(empty_ledger(), list(batches)).execute(query).fetchall())


TEXTS = [f"{place}\n{story}\n{NOTICE}\n{OFFER}" for place, story in zip(PLACES, STORIES, strict=True)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(TEXTS), st.integers(1, 5))
def test_what_recurs_depends_on_no_order_and_no_batch(tmp_path, texts, cut):
    first, second = batch_of(texts[:cut], tmp_path / "a.parquet"), batch_of(texts[cut:], tmp_path / "b.parquet")
    assert find_repeated(first, second) == {place: [2, 3] for place in PLACES}


def test_copies_of_one_text_bear_no_witness_for_each_other(tmp_path):
    copies = [TEXTS[0].replace("douze", number) for number in ("treize", "quatorze", "quinze", "seize")]
    copies = [f"{STORIES[4]}\n{STORIES[5]}\n{text}" for text in copies]
    assert find_repeated(batch_of([*copies, *TEXTS[1:3]], tmp_path / "a.parquet")) == {}


@pytest.mark.parametrize("holders", [3, 4])
def test_a_line_that_says_nothing_of_the_site_needs_more_witnesses(tmp_path, holders):
    texts = [f"{place}\n{story}" for place, story in zip(PLACES, STORIES, strict=True)]
    held = [f"{text}\n{line}" for text, line in zip(texts, [OFFER] * holders + ["Fin."] * 6, strict=False)]
    expected = {place: [2] for place in PLACES[:holders]} if holders >= 4 else {}
    assert find_repeated(batch_of(held, tmp_path / "a.parquet")) == expected


def test_a_group_of_copies_is_formed_anew_where_one_is_processed_again():
    """b was a copy of a, and c of b: now that b is processed again and is no copy any more, a and c are none either."""
    con = empty_ledger()
    rows = pl.DataFrame({"article_id": list("abcde"), "duplicate_of": [None, "a", "a", None, "d"]})
    con.register("rows", rows.with_columns(document_id="article_id", source_path=pl.lit(""), text=pl.lit("")))
    con.execute(
        "insert into articles by name select *, [] as authors, [] as agencies, false as is_machine_translated, "
        "true as is_current from rows"
    )
    for pair in (("b", "a"), ("c", "b"), ("e", "d")):
        con.execute("insert into duplicates values (?, ?, 'near', .9, .9)", pair)
    load.stage(con, [])
    con.execute("create or replace temp view staged_documents as select 'b' as document_id")
    con.execute("create or replace temp view staged_articles as select * from rows where article_id = 'b'")
    load.note_changes(con, *gone(pl.Series([], dtype=pl.String)))
    load.withdraw(con)
    load.forget_staged(con)
    run_sql(con, "ingest/run_articles")
    save_copies(con)
    assert con.execute("select article_id, duplicate_of from articles order by 1").fetchall() == [
        ("a", None), ("c", None), ("d", None), ("e", "d")
    ]  # fmt: skip
    assert con.execute("select article_id, duplicate_of from duplicates").fetchall() == [("e", "d")]


@pytest.mark.usefixtures("prefect_harness")
def test_rows_do_not_depend_on_the_order_of_arrival_or_on_the_run(tmp_path):
    write_articles(tmp_path / "all", range(6))
    whole = tmp_path / "whole.duckdb"
    ingest(str(tmp_path / "all"), str(whole))
    assert ask(whole, "select distinct role_rule from blocks where text = $$" + OFFER + "$$") == [
        ("repeated_in_source",)
    ]

    parts = tmp_path / "parts.duckdb"
    write_articles(tmp_path / "late", range(3, 6))
    ingest(str(tmp_path / "late"), str(parts))
    assert ask(parts, "select distinct role from blocks where text = $$" + OFFER + "$$") == [("body",)]
    write_articles(tmp_path / "early", range(3))
    run = ingest(str(tmp_path / "early"), str(parts)).run
    assert (run["found"], run["loaded"], run["status"]) == (3, 3, "published")
    assert rows(parts) == rows(whole)

    run = ingest(str(tmp_path / "late"), str(parts)).run
    assert (run["loaded"], run["unchanged"], run["status"]) == (0, 3, "unchanged")
    assert rows(parts) == rows(whole)
