"""Loading: staged parquet into tables, in the one transaction of a run."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from schemas import TABLES, lexicon
from warehouse.ddl import columns, quote, table_name
from warehouse.sql import list_sql, read_sql, run_sql

STAGED_TABLES = (
    "documents", "line_hashes", "blocks", "articles", "alignments", "sentences", "tokens", "stems", "mentions",
    "person_roles", "figures", "time_expressions", "quotations", "shingles", "rejects",
)  # fmt: skip
PLAIN_TABLES = (
    "line_hashes", "blocks", "alignments", "sentences", "tokens", "figures", "time_expressions", "shingles",
)  # fmt: skip
"""Staged tables that go in as they are; the others are linked first, or hold rows that may be there already."""

LINKED_LATER = {
    "documents": ["superseded_by", "is_current"],
    "articles": ["is_current"],
    "mentions": ["entity_id", "link_rule"],
    "quotations": ["speaker_id"],
    "person_roles": ["entity_id", "organisation_id"],
}
"""Columns that only the whole corpus or the run can fill: staged files lack them, the commit adds them."""


KEPT_WITHOUT_DOCUMENT = ("sightings", "corrections", "rejects")
"""Tables that may speak of documents that are not there (yet, or any more)."""


def fetch(con: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> pl.DataFrame:
    """The rows of a query file, with named parameters, as a Polars frame."""
    return con.sql(read_sql(name), params=parameters or None).pl()


def stage(con: duckdb.DuckDBPyConnection, folders: Iterable[Path]) -> None:
    """Make the parquet files of the batches readable as staged_TABLE. Without batches they are empty."""
    paths = list(folders)
    for table in STAGED_TABLES:
        files = ", ".join(quote(str(folder / f"{table}.parquet")) for folder in paths)
        rows = f"from read_parquet([{files}])" if files else nothing_staged(con, table)
        con.execute(f"create or replace temp view staged_{table} as {rows}")


def nothing_staged(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """The columns of a staged file, without a row, as SQL."""
    kept = [f'"{name}"' for name in con.table(table).columns if name not in LINKED_LATER.get(table, [])]
    return f"select {', '.join(kept)} from {table} limit 0"


def note_changes(con: duckdb.DuckDBPyConnection, missed: pl.DataFrame, left: pl.DataFrame, back: pl.DataFrame) -> None:
    """Make what the inbox no longer holds, and what it holds again, known to the steps that follow.

    In:  missed: inbox, source_path, record, document_id; left: document_id, superseded_by; back: document_id.
         Documents that the run processes again come back as new ones.
    """
    for table, rows in {"missed_places": missed, "left_documents": left, "returned_documents": back}.items():
        con.register("noted", rows)
        con.execute(f"create or replace temp table {table} as from noted")
        con.unregister("noted")
    run_sql(con, "ingest/returned_as_they_were")


def withdraw(con: duckdb.DuckDBPyConnection) -> None:
    """Take the articles that are gone, and those that are processed again, out of all that concerns several articles:
    counts of names, shingles, pairs of copies, stories. Documents that are gone are marked so; their own rows stay.
    """
    for step in list_sql("ingest/withdraw"):
        con.execute(read_sql(step))


def forget_staged(con: duckdb.DuckDBPyConnection) -> None:
    """Forget what was made of documents that are processed again, so that they can be loaded as new."""
    delete_documents(con, "staged_documents")


def delete_documents(con: duckdb.DuckDBPyConnection, named: str) -> None:
    """Delete the rows of the documents in the relation `named` from every table but sightings and corrections."""
    for model in TABLES:
        table, names = table_name(model), columns(model)
        key = next((name for name in ("document_id", "article_id") if name in names), None)
        if key and table not in KEPT_WITHOUT_DOCUMENT:
            con.execute(f"delete from {table} where {key} in (select document_id from {named})")


def drop_unused(con: duckdb.DuckDBPyConnection, words: pl.DataFrame) -> None:
    """Drop what only dropped_documents used: their sightings, entities, redirects, stems.

    In:  words: word, stem of the articles that are left.
    """
    for step in list_sql("ingest/drop"):
        con.execute(read_sql(step))
    con.register("words_left", words)
    run_sql(con, "ingest/drop_stems")
    con.unregister("words_left")


def restore(con: duckdb.DuckDBPyConnection) -> None:
    """Mark documents that are here again as current, and let those edited away name what stands in their place."""
    for step in list_sql("ingest/restore"):
        con.execute(read_sql(step))


def load_plain_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Load what needs no look at the rest of the corpus, and name the articles of this run in run_articles."""
    run_sql(con, "ingest/load_documents")
    run_sql(con, "ingest/load_articles")
    for table in PLAIN_TABLES:
        con.execute(f"insert into {table} by name from staged_{table}")
    run_sql(con, "ingest/load_stems")
    run_sql(con, "ingest/run_articles")


def load_linked_tables(con: duckdb.DuckDBPyConnection, links: pl.DataFrame) -> None:
    """Save what names stand for, then load mentions, roles and quotations; earlier rows follow where a link changed.

    In:  links: entity_type, name, link_key, article_count, entity_id, entity_name, linked_type, link_rule,
         country_code, geoname_id, wikidata_id; one row per name that this run touches.
    """
    con.register("links", links)
    for step in list_sql("ingest/links"):
        con.execute(read_sql(step))
    con.unregister("links")


def apply_corrections(con: duckdb.DuckDBPyConnection, corrections: pl.DataFrame) -> pl.DataFrame:
    """Apply what people corrected by hand. Out: the corrections that concern no row, or name no entity."""
    replace_table(con, "corrections", corrections)
    for step in list_sql("ingest/corrections"):
        con.execute(read_sql(step))
    return fetch(con, "ingest/lost_corrections")


def replace_table(con: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> None:
    """Put other rows in the place of those of a small table."""
    con.register("replacing_rows", rows)
    con.execute(f"delete from {table}")
    con.execute(f"insert into {table} by name from replacing_rows")
    con.unregister("replacing_rows")


def save_duplicates(con: duckdb.DuckDBPyConnection, pairs: pl.DataFrame, representatives: pl.DataFrame) -> None:
    """Save pairs in their direction, and each article's representative.

    In:  pairs as schemas/duplicates.py, all that the articles of touched_copies have; representatives: article_id,
         duplicate_of (null for a representative).
    """
    con.register("pairs", pairs)
    con.register("representatives", representatives)
    for step in list_sql("ingest/copies"):
        con.execute(read_sql(step))
    con.unregister("pairs")
    con.unregister("representatives")


def save_stories(con: duckdb.DuckDBPyConnection, stories: pl.DataFrame) -> None:
    """Save the stories of the articles in story_articles: article_id, story_id."""
    con.register("found_stories", stories)
    for step in list_sql("ingest/stories"):
        con.execute(read_sql(step))
    con.unregister("found_stories")


def save_sightings(con: duckdb.DuckDBPyConnection, sightings: pl.DataFrame, run_id: str) -> None:
    """Save where records were seen (inbox, source_path, record, document_id, file_path) and where no longer.

    A record that was set aside while it was processed has no document, and so no sighting: table files counts it.
    """
    con.register("seen", sightings)
    run_sql(con, "ingest/update_sightings", run_id=run_id)
    run_sql(con, "ingest/insert_sightings", run_id=run_id)
    run_sql(con, "ingest/mark_missed", run_id=run_id)
    con.unregister("seen")


def save_files(
    con: duckdb.DuckDBPyConnection, files: pl.DataFrame, gone: pl.DataFrame, sightings: pl.DataFrame, run_id: str
) -> None:
    """Save the files that were read, and forget those that are gone.

    In:  files as flows.planning.FILES; gone: inbox, file_path; sightings as for save_sightings.
    """
    frames = {"files_read": files, "gone_files": gone, "seen": sightings}
    for name, frame in frames.items():
        con.register(name, frame)
    run_sql(con, "ingest/files/forget_files")
    run_sql(con, "ingest/files/insert_files", run_id=run_id)
    for name in frames:
        con.unregister(name)


def drop_rejects(con: duckdb.DuckDBPyConnection, reject_ids: list[str]) -> None:
    """Drop rejects that are tried again, before those that a run tells are saved."""
    con.register("retried", pl.DataFrame({"reject_id": reject_ids}, schema={"reject_id": pl.String}))
    run_sql(con, "ingest/retry/drop_rejects")
    con.unregister("retried")


def save_rejects(con: duckdb.DuckDBPyConnection, rejects: pl.DataFrame, run_id: str) -> None:
    """Save what was set aside; a fault that is known already is not told again."""
    con.register("faults", rejects)
    run_sql(con, "ingest/insert_rejects", run_id=run_id)
    con.unregister("faults")


def save_forgotten(con: duckdb.DuckDBPyConnection, rows: pl.DataFrame) -> None:
    """Save the hashes of what is forgotten (schemas/forgotten.py)."""
    con.register("hashes", rows)
    con.execute("insert into forgotten by name from hashes on conflict do nothing")
    con.unregister("hashes")


def save_run(con: duckdb.DuckDBPyConnection, run: dict[str, Any]) -> None:
    """Save the row of a run."""
    con.register("run", pl.DataFrame([run]))
    con.execute("insert into runs by name from run")
    con.unregister("run")


def is_table(con: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> bool:
    """True where a small table holds just these rows."""
    return con.table(table).pl().sort(rows.columns).equals(rows.sort(rows.columns))


def has_news(
    con: duckdb.DuckDBPyConnection, sightings: pl.DataFrame, files: pl.DataFrame, rejects: pl.DataFrame
) -> bool:
    """True where a record was seen at a new place, a file is new, or something was set aside for the first time."""
    con.register("seen", sightings)
    con.register("files_read", files)
    con.register("faults", rejects)
    row = run_sql(con, "ingest/has_news").fetchone()
    con.unregister("seen")
    con.unregister("files_read")
    con.unregister("faults")
    return bool(row and row[0])


def has_past(con: duckdb.DuckDBPyConnection) -> bool:
    """True where a document is not current."""
    row = run_sql(con, "ingest/has_past").fetchone()
    return bool(row and row[0])


def fetch_run(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, Any]:
    """The row of a run."""
    return con.sql("select * from runs where run_id = $1", params=[run_id]).pl().row(0, named=True)


def fetch_rejects(con: duckdb.DuckDBPyConnection, run_id: str) -> pl.DataFrame:
    """What a run was the first to set aside, without its payload."""
    return con.sql(read_sql("queries/rejects_of_run"), params={"run_id": run_id}).pl()


def load_lexicons(con: duckdb.DuckDBPyConnection) -> None:
    """Load each lexicon of schemas/lexicon as ref_NAME, where the warehouse holds another version of it or none.

    Numbers beyond 64 bits become doubles.
    """
    hashes = pl.DataFrame({"lexicon": lexicon.names()}).with_columns(
        sha256=pl.col("lexicon").map_elements(lexicon.read_hash, return_dtype=pl.String)
    )
    held = con.table("lexicons").pl()
    for name in hashes.join(held, on=["lexicon", "sha256"], how="anti")["lexicon"]:
        con.register("lexicon_rows", lexicon.read(name).cast({pl.Int128: pl.Float64}))
        create_lexicon(con, name, "lexicon_rows")
        con.unregister("lexicon_rows")
    if not hashes.equals(held.sort("lexicon")):
        replace_table(con, "lexicons", hashes)


def create_lexicon(con: duckdb.DuckDBPyConnection, name: str, rows: str) -> None:
    """Put the rows of a table or frame in the place of ref_NAME."""
    con.execute(f"create or replace table ref_{name} as from {rows}")
    con.execute(f"comment on table ref_{name} is 'Lexicon {name} of schemas/lexicon. One row per line of it.'")


def grain(sql: str) -> str:
    """The first comment line of a SQL file: what it gives, and what a row is."""
    match = re.match(r"\s*--\s*(.+)", sql)
    return match.group(1).strip() if match else ""
