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
from flows.recurrence import add_line_hashes, empty_ledger, find_repetition
from transforms.documents import Decoded, make_record
from transforms.layout.repetition import LEAST_WIDTH, choose_furniture
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
        for table in sorted(set(tables) - {"runs", "run_roles", "run_warnings", "sightings", "stems", "files"}):
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
    add_line_hashes(pl.DataFrame([row | none for row in rows], schema=BATCH)).write_parquet(path)
    return path


def find_repeated(*batches: Path) -> dict[str, list[int]]:
    """The repeated lines of each text, by its first line."""
    con = find_repetition(empty_ledger(), list(batches))
    query = (
        "select string_split(text, chr(10))[1], changed.repeated_lines from changed_documents as changed "
        "join read_parquet($batches) using (document_id)"
    )
    return dict(con.execute(query, {"batches": [str(path) for path in batches]}).fetchall())


TEXTS = [f"{place}\n{story}\n{NOTICE}\n{OFFER}" for place, story in zip(PLACES, STORIES, strict=True)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(TEXTS), st.integers(1, 5))
def test_what_recurs_depends_on_no_order_and_no_batch(tmp_path, texts, cut):
    first, second = batch_of(texts[:cut], tmp_path / "a.parquet"), batch_of(texts[cut:], tmp_path / "b.parquet")
    assert find_repeated(first, second) == {place: [2, 3] for place in PLACES}


def recount(texts: list[tuple[str, str]]) -> dict[str, list[int]]:
    """The repeated lines of (id, text) read in full, as a plain loop: what no kept hash can change."""
    lines = {key: text.split("\n") for key, text in texts}
    wide = {key: [(n, line) for n, line in enumerate(held) if len(line) >= LEAST_WIDTH] for key, held in lines.items()}
    every = {line for held in wide.values() for _, line in held}
    holders = {line: sum(line in {other for _, other in held} for held in wide.values()) for line in every}
    own = {key: sum(len(line) for _, line in held if holders[line] == 1) for key, held in wide.items()}
    witnesses = [key for key, held in wide.items() if held and own[key] >= sum(len(line) for _, line in held) / 2]
    counts = {line: sum(line in lines[key] for key in witnesses) for line, held in holders.items() if held >= 3}
    found = pl.DataFrame(
        [("", number, line, count, len(texts)) for number, (line, count) in enumerate(counts.items()) if count >= 3],
        schema={"source": pl.String, "key": pl.UInt64, "line": pl.String, "witnesses": pl.Int64, "documents": pl.Int64},
        orient="row",
    )
    furniture = set(found.join(choose_furniture(found), on=["source", "key"])["line"])
    marked = {key: [n for n, line in held if line in furniture] for key, held in wide.items()}
    return {key: numbers for key, numbers in marked.items() if numbers}


def load_hashes(con: duckdb.DuckDBPyConnection, batch: Path, marked: dict[str, list[int]]) -> None:
    """Load documents and their hashes, and what was marked in them, as far as repetition is concerned."""
    records = pl.read_parquet(batch)
    lines = pl.Series([marked.get(key, []) for key in records["document_id"]], dtype=pl.List(pl.Int64))
    con.register("loaded", records.with_columns(repeated_lines=lines))
    con.execute("insert into line_hashes by name select document_id, source, line_numbers, keys, widths from loaded")
    con.execute(
        "insert into documents by name select document_id, source_path, record, reader, sha256, raw, given, encoding, "
        "text, repeated_lines, processed_by, [] as line_kinds, [] as repairs, true as is_current from loaded"
    )
    con.unregister("loaded")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sets(st.integers(0, 5), max_size=4)), min_size=3, max_size=12), st.data()
)
def test_kept_hashes_tell_what_a_full_reading_tells(tmp_path, drawn, data):
    """Two runs, then a text that leaves: what is marked is each time that of all texts read in full."""
    pool = (NOTICE, OFFER, INVITATION, STORIES[0], STORIES[1], "Recevez chaque matin notre lettre, sans publicité.")
    texts = [
        "\n".join([f"Récit numéro {n} de {PLACES[place]}, au bord de l’eau.", *map(pool.__getitem__, sorted(held))])
        for n, (place, held) in enumerate(drawn)
    ]
    cut = data.draw(st.integers(1, len(texts) - 1))
    first, second = batch_of(texts[:cut], tmp_path / "a.parquet"), batch_of(texts[cut:], tmp_path / "b.parquet")
    ids = [*pl.read_parquet(first)["document_id"], *pl.read_parquet(second)["document_id"]]
    con = empty_ledger()
    for upto, batch in ((cut, first), (len(texts), second)):
        marked = recount(list(zip(ids[:upto], texts[:upto], strict=True)))
        before = dict(con.execute("select document_id, repeated_lines from documents").fetchall())
        changed = find_repetition(con, [batch]).execute("select document_id, repeated_lines from changed_documents")
        assert dict(changed.fetchall()) == {
            key: marked.get(key, []) for key in ids[:upto] if marked.get(key, []) != before.get(key, [])
        }
        for key in before:
            con.execute("update documents set repeated_lines = ? where document_id = ?", [marked.get(key, []), key])
        load_hashes(con, batch, marked)
    gone = data.draw(st.sampled_from(range(len(texts))))
    con.execute("update documents set is_current = false where document_id = ?", [ids[gone]])
    left = recount([(key, text) for key, text in zip(ids, texts, strict=True) if key != ids[gone]])
    nothing = batch_of([], tmp_path / "c.parquet")
    changed = find_repetition(con, [nothing]).execute("select document_id, repeated_lines from changed_documents")
    expected = {k: left.get(k, []) for k in ids if k != ids[gone] and left.get(k, []) != marked.get(k, [])}
    assert dict(changed.fetchall()) == expected


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
        "0 as words, true as is_current from rows"
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
