"""The DDL of every table, derived from the models in schemas/."""

from collections.abc import Iterator
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas import TABLES

SQL_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "varchar",
    pl.Int64: "bigint",
    pl.UInt64: "ubigint",
    pl.Float64: "double",
    pl.Boolean: "boolean",
    pl.Binary: "blob",
    pl.Date: "date",
    pl.Datetime: "timestamp",
}
Model = type[pa.DataFrameModel]


def table_name(model: Model) -> str:
    """The table that a model describes."""
    return str(model.Config.name)


def table_grain(model: Model) -> str:
    """The first paragraph of the model's docstring: what the table holds and what a row is."""
    return (model.__doc__ or "").strip().split("\n\n")[0]


def primary_key(model: Model) -> list[str]:
    """Columns of the key that DuckDB enforces.

    Empty for tables of many rows ({"key": "checked"}): an index over 14 million tokens costs more memory than the rows,
    and every checkpoint writes an index anew. Their key is proved by queries in warehouse/checks instead.
    """
    metadata = getattr(model.Config, "metadata", None) or {}
    return [] if metadata.get("key") == "checked" else list(model.Config.unique or [])


def columns(model: Model) -> dict[str, Any]:
    """The Pandera columns of a model by name, in the order of the table."""
    return dict(model.to_schema().columns)


def sql_type(dtype: pl.DataType) -> str:
    """The DuckDB type of a Polars type. Raises KeyError for a type that no table uses."""
    if isinstance(dtype, pl.List):
        return f"{sql_type(dtype.inner)}[]"  # type: ignore[arg-type]
    return SQL_TYPES[dtype.base_type()]


def quote(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def check_clauses(name: str, column: Any) -> Iterator[str]:
    """SQL conditions that say what the column's Pandera checks say."""
    for check in column.checks:
        limits = check.statistics
        match check.name:
            case "greater_than_or_equal_to":
                yield f'"{name}" >= {limits["min_value"]}'
            case "less_than_or_equal_to":
                yield f'"{name}" <= {limits["max_value"]}'
            case "isin":
                yield f'"{name}" in ({", ".join(quote(v) for v in limits["allowed_values"])})'
            case "str_matches":
                yield f'regexp_matches("{name}", {quote(limits["pattern"])})'
            case other:
                raise KeyError(f"{name}: no SQL for the check {other}")


def column_clause(name: str, column: Any) -> str:
    """One line of a create statement: name, type, not null, checks."""
    parts = [f'"{name}"', sql_type(column.dtype.type)]
    parts += [] if column.nullable else ["not null"]
    parts += [f"check ({c})" for c in check_clauses(name, column)]
    return " ".join(parts)


def create_statements(model: Model) -> list[str]:
    """Statements that create one table with its key, checks and comments."""
    table = table_name(model)
    lines = [column_clause(name, column) for name, column in columns(model).items()]
    if key := primary_key(model):
        lines.append(f"primary key ({', '.join(chr(34) + k + chr(34) for k in key)})")
    body = ",\n    ".join(lines)
    comments = [f"comment on table {table} is {quote(table_grain(model))}"]
    comments += [
        f'comment on column {table}."{name}" is {quote(column.description)}' for name, column in columns(model).items()
    ]
    return [f"create table {table} (\n    {body}\n)", *comments]


def all_statements() -> list[str]:
    """Statements that create every table, in the order data flows."""
    return [statement for model in TABLES for statement in create_statements(model)]
