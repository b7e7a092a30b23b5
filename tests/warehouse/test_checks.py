"""The checks find what they promise to find; the tables are what the schemas say."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import schemas
from warehouse.checking import FOLDERS, check_rows, check_warehouse
from warehouse.ddl import all_statements, columns, table_name
from warehouse.load import grain
from warehouse.sql import list_sql, read_sql


@pytest.fixture
def con(samples_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the samples in memory, to be spoilt, with all its articles to be checked."""
    with duckdb.connect() as con:
        con.execute(f"attach '{samples_warehouse}' as samples (read_only)")
        con.execute("copy from database samples to memory")
        con.execute("create temp table run_articles as select article_id from articles")
        yield con


def broken_checks(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for folder in FOLDERS for name in check_rows(con, folder)["check_name"]}


def test_sound_tables_break_no_check(con):
    assert broken_checks(con) == set()


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        ("update mentions set start = start + 1", "slices_mentions"),
        ("update figures set raw_start = raw_start + 3", "slices_figures"),
        ("update quotations set text = text || '.'", "slices_quotations"),
        ("update person_roles set role = upper(role) || 'x'", "slices_person_roles"),
        ("update time_expressions set \"end\" = \"end\" - 1", "slices_time_expressions"),
        ("update tokens set start = start + 1 where token_index = 0", "slices_tokens"),
        ("update sentences set text = 'x' where sentence_index = 0", "slices_sentences"),
        ("delete from blocks where role = 'title'", "blocks_cover"),
        ("insert into tokens select * from tokens limit 1", "keys"),
        ("insert into mentions select * from mentions limit 1", "keys"),
        ("delete from entities where entity_type = 'PER'", "references"),
        ("update figures set equivalent_of = 'f'", "references_within"),
        ("update sightings set document_id = 'x'", "sightings"),
    ],
)  # fmt: skip
def test_each_check_finds_what_it_is_for(con, spoil, check):
    con.execute(spoil)
    assert check in broken_checks(con)


def test_a_published_warehouse_is_checked_as_a_whole(samples_warehouse):
    assert check_warehouse(samples_warehouse).is_empty()


def test_tables_have_the_columns_keys_and_comments_of_their_models(samples_warehouse):
    with duckdb.connect(str(samples_warehouse), read_only=True) as con:
        for model in schemas.TABLES:
            rows = con.execute(
                "select column_name, comment, is_nullable from duckdb_columns() where table_name = $1 "
                "order by column_index",
                [table_name(model)],
            ).fetchall()
            expected = [(n, c.description, c.nullable) for n, c in columns(model).items()]
            keys = {k for m in [model] for k in (m.Config.unique or [])}
            assert [(n, d) for n, d, _ in rows] == [(n, d) for n, d, _ in expected]
            assert all(
                null == wanted or name in keys for (name, _, null), (_, _, wanted) in zip(rows, expected, strict=True)
            )


def test_the_ddl_refuses_what_the_schema_refuses():
    with duckdb.connect() as con:
        for statement in all_statements():
            con.execute(statement)
        with pytest.raises(duckdb.ConstraintException):
            con.execute("insert into lexicons values (null, 'x')")
        with pytest.raises(duckdb.ConstraintException):
            con.execute("insert into entities values ('e', 'X', 'THING', null, null, null)")
        with pytest.raises(duckdb.ConstraintException):
            con.execute("insert into entities values ('e', 'X', 'LOC', 'fr', null, null)")
        con.execute("insert into lexicons values ('a', 'a')")
        with pytest.raises(duckdb.ConstraintException):
            con.execute("insert into lexicons values ('a', 'b')")


PARTS = (
    "compaction", "copies", "corrections", "drop", "forget", "forget_documents", "links", "presence", "repetition",
    "restore", "stories", "withdraw", "withhold",
)  # fmt: skip
INGEST = ["ingest", *(f"ingest/{part}" for part in PARTS)]


UPKEEP = ["watch", "diff", "upkeep", "upkeep/checks"]


@pytest.mark.parametrize("folder", ["views", "macros", "functions", *FOLDERS, "queries", *INGEST, *UPKEEP])
def test_every_sql_file_says_first_what_a_row_is(folder):
    for name in list_sql(folder):
        assert grain(read_sql(name)), name
        if folder not in ("functions",):
            assert "row" in grain(read_sql(name)), name
