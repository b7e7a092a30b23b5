"""`marbre diff`: what came, went and changed between two runs."""

from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from rich.console import Console

from flows.console import make_table
from flows.terminal import as_text
from schemas import TABLES
from warehouse.ddl import columns, quote, table_name
from warehouse.lock import beside
from warehouse.sql import read_sql, run_sql

ROWS_SHOWN = 200
"""Rows shown of each table with --rows."""
HISTORY = ("runs", "run_roles", "run_warnings", "sightings", "files")
"""Tables that tell of runs themselves; every run changes them."""
console = Console(highlight=False)


class RunUnknown(ValueError):
    """No run, or more than one, has such an id."""


class Span(NamedTuple):
    """Two runs: what is compared is the state after each."""

    before: str | None
    """Null: before the first run."""
    after: str


def read_span(con: duckdb.DuckDBPyConnection, first: str, second: str | None) -> Span:
    """The runs that a user names, by the beginning of their ids or as `last`; a single one is held against the run
    before it. Errors: RunUnknown."""
    if second is not None:
        before, after = sorted([find_run(con, first), find_run(con, second)])
        return Span(before, after)
    after = find_run(con, first)
    row = con.execute(read_sql("diff/run_before"), {"run_id": after}).fetchone()
    return Span(row[0] if row else None, after)


def find_run(con: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """The id of a run. Errors: RunUnknown."""
    rows = con.execute(read_sql("diff/runs_like"), {"wanted": wanted}).fetchall()
    if len(rows) != 1:
        raise RunUnknown(f"{len(rows)} runs have an id that begins with {wanted!r}; `marbre status` lists runs")
    return str(rows[0][0])


def print_differences(con: duckdb.DuckDBPyConnection, target: Path, span: Span, with_rows: bool) -> None:
    """What came, went and changed, a line a table; with their rows where asked.

    Where the two files that are there, the warehouse and the generation before it (--keep 1), are the states after
    these runs, their rows are compared. Else the ledger tells: which documents came, went or were edited, and how many
    rows of each table belong to them; what is drawn from the whole corpus (entities, links, copies, stories) it does
    not tell.
    """
    previous = beside(target, ".previous")
    if previous.exists() and are_states(newest_run(previous), newest_run(target), span):
        compare_files(target, previous, span, with_rows)
    else:
        compare_ledger(con, span, with_rows)


def are_states(older: str, newer: str, span: Span) -> bool:
    """True where two generations, each named by its newest run, are the states after the runs of a span.

    Runs between the two published nothing: else they would have made a generation of their own.
    """
    return older <= (span.before or "") < newer <= span.after


def newest_run(path: Path) -> str:
    """The newest run in a file itself, without the journal."""
    with duckdb.connect(str(path), read_only=True) as con:
        row = con.execute(read_sql("diff/newest_run")).fetchone()
    return str(row[0]) if row else ""


def compare_ledger(con: duckdb.DuckDBPyConnection, span: Span, with_rows: bool) -> None:
    """What the ledger tells between two runs, by document."""
    con.execute(read_sql("diff/changed_documents"), {"before": span.before or "", "after": span.after})
    console.print(as_text(f"from {span.before or 'nothing'} to {span.after}, by the ledger of documents"))
    rows = [(table, *count_owned(con, table, key)) for table, key in owned_tables()]
    rows.append(
        ("rejects", *run_sql(con, "diff/count_rejects", before=span.before or "", after=span.after).fetchall()[0])
    )
    console.print(make_table(("table", "came", "went", "changed"), [row for row in rows if any(row[1:])]))
    if with_rows:
        print_query(con, "diff/document_rows", "documents")


def owned_tables() -> list[tuple[str, str]]:
    """Tables whose rows belong to one document each, and the column that names it."""
    named = [(table_name(model), columns(model)) for model in TABLES]
    keys = {name: next((key for key in ("document_id", "article_id") if key in found), None) for name, found in named}
    skipped = (*HISTORY, "rejects", "corrections", "overruled", "duplicates", "stories")
    return [(name, key) for name, key in keys.items() if key and name not in skipped]


def count_owned(con: duckdb.DuckDBPyConnection, table: str, key: str) -> tuple[int, ...]:
    """How many rows of a table came with documents, went with them, and belong to texts that replace a former one."""
    counts = con.table("changed_documents").set_alias("changed")
    joined = counts.join(con.table(table).set_alias("owned"), f"changed.document_id = owned.{key}")
    kinds = ", ".join(f"count(*) filter (changed.change = '{kind}')" for kind in ("came", "went", "changed"))
    return tuple(joined.aggregate(kinds).fetchall()[0])


def compare_files(target: Path, previous: Path, span: Span, with_rows: bool) -> None:
    """The rows of the warehouse and of the generation before it, by the key of each table."""
    console.print(as_text(f"from {span.before} to {span.after}, row by row against {previous}"))
    with duckdb.connect() as con:
        con.execute(f"attach {quote(str(target))} as new (read_only)")
        con.execute(f"attach {quote(str(previous))} as old (read_only)")
        counts = {name: compare_table(con, name, key) for name, key in keyed_tables()}
        shown = [(name, *found) for name, found in counts.items() if any(found)]
        console.print(make_table(("table", "came", "went", "changed"), shown))
        for name, key in keyed_tables() if with_rows else []:
            if any(counts[name]):
                print_rows(con, name, key)


def keyed_tables() -> list[tuple[str, list[str]]]:
    """Tables whose rows can be told apart, with their key."""
    return [(table_name(m), list(m.Config.unique or [])) for m in TABLES if table_name(m) not in HISTORY]


def compare_table(con: duckdb.DuckDBPyConnection, name: str, key: list[str]) -> tuple[int, int, int]:
    """How many rows of a table came, went and changed."""
    row: tuple[Any, ...] = (
        differences_of(con, name, key)
        .aggregate(
            "count(*) filter (change = 'came'), count(*) filter (change = 'went'), count(*) filter (change = 'changed')"
        )
        .fetchall()[0]
    )
    return row[0], row[1], row[2]


def differences_of(con: duckdb.DuckDBPyConnection, name: str, key: list[str]) -> duckdb.DuckDBPyRelation:
    """The keys of a table whose row came, went or changed. Names come from schemas/, so they may stand in SQL."""
    keys = ", ".join(f'"{column}"' for column in key)
    hashes = [
        con.sql(f'select {keys}, hash("{name}") as row_hash, true as is_there from {database}.{name}')
        for database in ("old", "new")
    ]
    same = " and ".join(f'old_rows."{column}" is not distinct from new_rows."{column}"' for column in key)
    joined = hashes[0].set_alias("old_rows").join(hashes[1].set_alias("new_rows"), same, how="outer")
    both = ", ".join(f'coalesce(new_rows."{column}", old_rows."{column}") as "{column}"' for column in key)
    change = (
        "case when old_rows.is_there is null then 'came' when new_rows.is_there is null then 'went' else 'changed' end"
    )
    return joined.filter("old_rows.row_hash is distinct from new_rows.row_hash").project(f"{change} as change, {both}")


def print_rows(con: duckdb.DuckDBPyConnection, name: str, key: list[str]) -> None:
    """The keys of the rows of a table that differ."""
    relation = differences_of(con, name, key)
    rows = relation.order("all").limit(ROWS_SHOWN).fetchall()
    console.print(make_table(relation.columns, rows, f"{name} (the first {ROWS_SHOWN})"))


def print_query(con: duckdb.DuckDBPyConnection, name: str, title: str) -> None:
    """The rows of a query, the first of them."""
    found = con.execute(read_sql(name), {"rows_shown": ROWS_SHOWN})
    names = [column[0] for column in found.description or []]
    console.print(make_table(names, found.fetchall(), f"{title} (the first {ROWS_SHOWN})"))
