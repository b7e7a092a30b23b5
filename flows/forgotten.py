"""What was forgotten on request stays out: the list of hashes, asked of each record and of each name."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple, Self

import duckdb
import polars as pl

from warehouse import load
from warehouse.sql import list_sql, read_sql

SALT_BYTES = 16


class Forgotten(NamedTuple):
    """The hashes of a warehouse, with the salt that all of them share."""

    salt: str
    hashes: frozenset[str]

    @classmethod
    def read(cls, con: duckdb.DuckDBPyConnection) -> Self:
        """The list that a warehouse holds; an empty one gets a salt of its own."""
        rows = con.table("forgotten").fetchall()
        salt = rows[0][2] if rows else secrets.token_hex(SALT_BYTES)
        return cls(salt, frozenset(row[0] for row in rows))

    def hash(self, kind: str, value: str) -> str:
        """The hash of a document_id, a text or a name (see `name_key`). kind: schemas.forgotten.FORGOTTEN_KINDS."""
        return hashlib.sha256(f"{self.salt}\x1f{kind}\x1f{value}".encode("utf-8", "replace")).hexdigest()

    def rows(self, kind: str, values: Iterable[str]) -> pl.DataFrame:
        """Rows of the table forgotten."""
        hashes = sorted({self.hash(kind, value) for value in values})
        return pl.DataFrame({"forgotten_hash": hashes}, schema={"forgotten_hash": pl.String}).with_columns(
            kind=pl.lit(kind), salt=pl.lit(self.salt)
        )

    def holds(self, record: dict[str, Any]) -> bool:
        """True where a record, or a text with other columns beside it, was forgotten. In: a row of RECORDS."""
        if not self.hashes:
            return False
        keys = [("document", record["document_id"])]
        keys += [("text", text_key(record["text"]))] if record["text"] is not None else []
        return any(self.hash(*key) in self.hashes for key in keys)


def text_key(text: str) -> str:
    """A text whatever its white space."""
    return " ".join(text.split())


def name_key(entity_type: str, folded_name: str) -> str:
    """A name as it is hashed."""
    return f"{entity_type}:{folded_name}"


def withhold_names(con: duckdb.DuckDBPyConnection) -> None:
    """Take staged mentions with a forgotten name out of what is loaded, with the roles and quotations of the person.

    In:  a connection with staged tables (warehouse.load.stage).
    """
    forgotten = Forgotten.read(con)
    if not forgotten.hashes:
        return
    names = load.fetch(con, "ingest/arriving_folded_names")
    # A name is hashed in a microsecond; a first run over 36,000 articles has 100,000.
    is_forgotten = [
        forgotten.hash("name", name_key(entity_type, folded)) in forgotten.hashes
        for entity_type, folded in names.select("entity_type", "folded").iter_rows()
    ]
    withheld = names.filter(pl.Series(is_forgotten, dtype=pl.Boolean))
    if withheld.is_empty():
        return
    con.register("withheld_names", withheld)
    for step in list_sql("ingest/withhold"):
        con.execute(read_sql(step))
    con.unregister("withheld_names")
