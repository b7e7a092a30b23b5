"""A warehouse of an older version into the tables of this one: what was read and what happened, not what was made."""

from pathlib import Path

import duckdb

from schemas import TABLES
from warehouse.ddl import Model, all_statements, columns, quote, sql_type, table_name
from warehouse.sql import run_sql

NEEDED = {"document_id", "source_path", "raw", "text"}
"""Columns of documents without which nothing can be made anew."""
CARRIED = (
    "documents", "sightings", "rejects", "runs", "run_roles", "run_warnings", "aliases", "corrections",
    "entity_redirects", "forgotten",
)  # fmt: skip
"""Tables that the texts do not give again."""
EMPTY = {"varchar": "''", "bigint": "0", "boolean": "false", "blob": "''::blob", "timestamp": "timestamp 'epoch'"}
"""What a column says that an older version did not have and that cannot be null; a list is empty."""
DERIVED = {
    ("documents", "is_current"): "true",
    ("documents", "reader"): r"""case
        when regexp_matches(source_path, '\.html?$', 'i') then 'page'
        when regexp_matches(source_path, '\.jsonl(\.gz)?$', 'i') then 'json_lines'
        when regexp_matches(source_path, '\.parquet$', 'i') then 'parquet'
        else 'text'
    end""",
    ("sightings", "file_path"): "source_path",
    ("sightings", "inbox"): "coalesce((select arg_max(inbox, run_id) from older.runs), '')",
}
"""What such a column says where others tell it: the first version read files of these suffixes only."""


def is_older(tables: dict[str, list[str]]) -> bool:
    """True for the tables of a warehouse of another version whose texts can be taken over. In: columns by table."""
    return set(tables.get("documents", [])) >= NEEDED and any(
        tables.get(table_name(model)) != list(columns(model)) for model in TABLES
    )


def carry_over(older: Path, new: Path, storage: str) -> list[str]:
    """Make a new file with the tables of this version, and take over what CARRIED names, as far as it is there.

    In:  options of ATTACH for the new file.
    Out: tables whose rows could not be taken over, because this version refuses one of them.
    Errors: duckdb.Error, where the documents themselves cannot be taken over.
    """
    refused = []
    with duckdb.connect() as con:
        con.execute(f"attach {quote(str(new))} as warehouse ({storage})")
        con.execute("use warehouse")
        con.execute(f"attach {quote(str(older))} as older (read_only)")
        for statement in all_statements():
            con.execute(statement)
        held = dict(run_sql(con, "ingest/older_columns").fetchall())
        for model in TABLES:
            table = table_name(model)
            if table not in CARRIED or table not in held:
                continue
            try:
                con.execute(f"insert into {table} select {_list_values(model, held[table])} from older.{table}")
            except duckdb.Error:
                if table == "documents":
                    raise
                refused.append(table)
    return refused


def _list_values(model: Model, held: list[str]) -> str:
    """What each column of a table takes from the older table, as SQL."""
    return ", ".join(
        f'"{name}"' if name in held else _say_nothing(table_name(model), name, column)
        for name, column in columns(model).items()
    )


def _say_nothing(table: str, name: str, column: object) -> str:
    """What a column says that the older table lacks, as SQL."""
    if (table, name) in DERIVED:
        return DERIVED[table, name]
    kind = sql_type(column.dtype.type)  # type: ignore[attr-defined]
    if column.nullable:  # type: ignore[attr-defined]
        return "null"
    return f"[]::{kind}" if kind.endswith("[]") else EMPTY[kind]
