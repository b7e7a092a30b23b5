"""docs/tables.md, written from schemas/: python -m warehouse.tables_page [--check] FILE."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas import TABLES
from warehouse.checking import FOLDERS
from warehouse.ddl import Model, columns, primary_key, sql_type, table_name
from warehouse.load import grain
from warehouse.sql import list_sql, read_sql

HEADER = """# Tables

Written by `make docs` from `schemas/`; do not edit. `start` and `end` count code points from 0, end excluded.
The same words are in the warehouse: `select * from duckdb_columns()`.
"""


def write_page() -> str:
    """The whole page: every table and column, then views, macros and checks with their first line."""
    parts = [HEADER, *(describe_table(model) for model in TABLES)]
    for folder in ("views", "macros", "functions"):
        parts.append(f"## {folder.capitalize()}\n\n" + "\n".join(_list_files(folder)) + "\n")
    parts.append("## Checks\n\n" + "\n".join(line for folder in FOLDERS for line in _list_files(folder)) + "\n")
    return "\n".join(parts)


def describe_table(model: Model) -> str:
    """One table: what a row is, its key, its columns."""
    key = ", ".join(f"`{name}`" for name in model.Config.unique or [])
    proof = "" if primary_key(model) else " (checked, not indexed)"
    rows = [_describe_column(name, column) for name, column in columns(model).items()]
    head = f"## {table_name(model)}\n\n{_docstring(model)}\n\nKey: {key}{proof}\n"
    return "\n".join([head, "| column | type | null | meaning |", "|---|---|---|---|", *rows, ""])


def _docstring(model: Model) -> str:
    paragraphs = (model.__doc__ or "").strip().split("\n\n")
    return "\n\n".join(" ".join(line.strip() for line in paragraph.splitlines()) for paragraph in paragraphs)


def _describe_column(name: str, column: Any) -> str:
    meaning = column.description
    for check in column.checks:
        if check.name == "isin":
            meaning += " One of: " + ", ".join(f"`{value}`" for value in check.statistics["allowed_values"]) + "."
    if reference := (column.metadata or {}).get("references"):
        meaning += f" → {reference}"
    return f"| `{name}` | {sql_type(column.dtype.type)} | {'yes' if column.nullable else ''} | {meaning} |"


def _list_files(folder: str) -> Iterator[str]:
    for name in list_sql(folder):
        yield f"- `{name.rpartition('/')[2]}`: {grain(read_sql(name))}"


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is as it should be."""
    path = Path(arguments[-1])
    if "--check" not in arguments:
        path.write_text(write_page(), "utf-8")
        return 0
    if path.exists() and path.read_text("utf-8") == write_page():
        return 0
    print(f"{path} is not what schemas/ says; `make docs` writes it anew", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
