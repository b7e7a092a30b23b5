"""Forgetting on request: a text or a person out of every table, the staging and the kept generation, for good."""

import contextlib
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from flows import staging
from flows.committing import drop_documents, relate
from flows.corrections import Corrections, read_corrections
from flows.forgotten import Forgotten, name_key, text_key
from flows.presence import gone
from schemas import TABLES
from warehouse import journal, load
from warehouse.ddl import table_name
from warehouse.errors import WarehouseUnfit
from warehouse.lock import beside, sole_writer
from warehouse.publish import follow_links, open_ledger, working_copy
from warehouse.sql import list_sql, read_sql, run_sql


class NothingMeant(ValueError):
    """No document and no person of the warehouse is meant."""


class Meant(NamedTuple):
    """What is to be forgotten.

    wanted: as asked for, which may be a path of which everything was set aside; documents: document_id, source_path,
    record, text, title; persons: entity_id, name; copies: article_id, source_path, title of copies that stay.
    """

    wanted: str
    with_articles: bool
    documents: pl.DataFrame
    persons: pl.DataFrame
    copies: pl.DataFrame


def find_meant(target: Path, wanted: str, *, with_articles: bool = False) -> Meant:
    """Find what a source path, an article_id, a url, an entity_id or the full name of a person means.

    In:  whether the articles that name a person are meant as well.
    Errors: FileNotFoundError where there is no warehouse; NothingMeant; WarehouseUnfit.
    """
    with open_ledger(target) as con:
        if con is None:
            raise FileNotFoundError(target)
        documents = load.fetch(con, "ingest/forgettable_documents", wanted=wanted)
        persons = load.fetch(con, "ingest/forgettable_persons", wanted=wanted)
        if with_articles:
            named = load.fetch(con, "ingest/articles_of_persons", persons=persons["entity_id"].to_list())
            documents = pl.concat([documents, named]).unique("document_id", maintain_order=True)
        is_reject = load.fetch(con, "ingest/forgettable_rejects", wanted=wanted).item() > 0
        if documents.is_empty() and persons.is_empty() and not is_reject:
            raise NothingMeant(f"{wanted}: no source path, article, url or person of {target} is called so")
        copies = load.fetch(con, "ingest/copies_left", documents=documents["document_id"].to_list())
    return Meant(wanted, with_articles, documents, persons, copies)


def forget(target: Path, meant: Meant) -> dict[str, int]:
    """Take what is meant out of the warehouse, the generation before it and the staging, and keep it out.

    The warehouse comes last: after a kill before that everything that is meant is still found in it, to be forgotten
    again.

    Out: rows taken out of each table of the warehouse. The files are written anew, so that no freed block keeps a byte.
    Errors: WarehouseBusy, WarehouseUnfit; then nothing was forgotten.
    """
    target = follow_links(target)
    with sole_writer(target):
        by_hand = read_corrections(target)
        staging.remove(target)
        forget_before(beside(target, ".previous"), meant, by_hand)
        return forget_in(target, meant, by_hand)


def forget_before(previous: Path, meant: Meant, by_hand: Corrections) -> None:
    """Take what is meant out of the generation before, which may hold more of it; one that is no longer read goes."""
    if not previous.exists():
        return
    try:
        with contextlib.suppress(NothingMeant):
            earlier = find_meant(previous, meant.wanted, with_articles=meant.with_articles)
            meant = meant._replace(
                documents=pl.concat([meant.documents, earlier.documents]).unique("document_id"),
                persons=pl.concat([meant.persons, earlier.persons]).unique("entity_id"),
            )
        forget_in(previous, meant, by_hand)
    except WarehouseUnfit:
        previous.unlink()


def forget_in(path: Path, meant: Meant, by_hand: Corrections) -> dict[str, int]:
    """Take what is meant out of one file, and write the file anew. Out: rows taken out of each table.

    What the journal tells of its files is taken in first: among them may be one that is forgotten.
    """
    entries = journal.read(path)
    with working_copy(path, is_anew=True) as con:
        journal.absorb(con, entries)
        before = count_rows(con)
        names = withdraw_meant(con, meant)
        relate(con, leave_out(by_hand, names))
        drop_documents(con)
        after = count_rows(con)
    journal.clear(path)
    return {table: rows - after[table] for table, rows in before.items() if rows > after[table]}


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The rows of each table."""
    return {table_name(model): len(con.table(table_name(model))) for model in TABLES}


def withdraw_meant(con: duckdb.DuckDBPyConnection, meant: Meant) -> pl.DataFrame:
    """Take the documents and persons out of the corpus and put their hashes on the list.

    Out: entity_type, name, folded: what the persons are called.
    """
    note_meant(con, meant)
    names = load.fetch(con, "ingest/names_of_persons")
    load.save_forgotten(con, list_hashes(Forgotten.read(con), meant, names))
    load.stage(con, [])
    load.note_changes(con, *gone(meant.documents["document_id"]))
    load.withdraw(con)
    for step in [*list_sql("ingest/forget"), *list_sql("ingest/forget_documents")]:
        con.execute(read_sql(step))
    return names


def note_meant(con: duckdb.DuckDBPyConnection, meant: Meant) -> None:
    """Make what is meant known to the steps that follow."""
    noted = {
        "meant_documents": meant.documents.select("document_id"),
        "meant_persons": meant.persons.select("entity_id"),
        "meant_paths": pl.DataFrame({"source_path": [meant.wanted]}),
    }
    for name, rows in noted.items():
        con.register(name, rows)
    run_sql(con, "ingest/note_forgotten")
    for name in noted:
        con.unregister(name)


def list_hashes(forgotten: Forgotten, meant: Meant, names: pl.DataFrame) -> pl.DataFrame:
    """Rows of the table forgotten for documents, their texts and the names of persons."""
    keys = [name_key(*row) for row in names.select("entity_type", "folded").iter_rows()]
    texts = map(text_key, meant.documents["text"])
    return pl.concat(
        [
            forgotten.rows("document", meant.documents["document_id"]),
            forgotten.rows("text", texts),
            forgotten.rows("name", keys),
        ]
    )


def leave_out(by_hand: Corrections, names: pl.DataFrame) -> Corrections:
    """What people corrected, without the lines that name a forgotten person."""
    said = names["name"].unique().implode()
    is_said = pl.any_horizontal(pl.col("name", "canonical").is_in(said)).fill_null(False)
    return by_hand._replace(
        aliases=by_hand.aliases.filter(~is_said), corrections=by_hand.corrections.filter(~pl.col("value").is_in(said))
    )


def list_files_by_hand(target: Path, meant: Meant) -> list[str]:
    """The files beside the warehouse in which people named a person that is meant; they are theirs to change."""
    by_hand = read_corrections(target)
    rest = leave_out(by_hand, meant.persons)
    files = {"aliases.csv": (by_hand.aliases, rest.aliases), "corrections.csv": (by_hand.corrections, rest.corrections)}
    return [name for name, (all_lines, others) in files.items() if all_lines.height > others.height]
