"""The ad-hoc queries say what their first line says."""

import duckdb

from schemas.blocks import KEPT_ROLES
from warehouse.sql import read_sql


def test_kept_out_counts_every_block_that_is_not_kept_once(samples_warehouse):
    with duckdb.connect(str(samples_warehouse), read_only=True) as con:
        rows = con.sql(read_sql("queries/kept_out")).pl()
        out = con.sql("select role, role_rule, text from blocks").pl()
    out = out.filter(~out["role"].is_in(KEPT_ROLES))
    assert rows["blocks"].sum() == out.height
    assert rows.select("role", "role_rule").is_unique().all()
    for role, rule, sample in rows.select("role", "role_rule", "sample").iter_rows():
        same = out.filter((out["role"] == role) & (out["role_rule"] == rule))["text"]
        assert same.str.head(80).is_in([sample]).any(), (role, rule)


def test_the_sample_of_what_was_kept_out_is_the_text_met_most_often():
    with duckdb.connect() as con:
        con.execute(
            "create table blocks as select *, 'd' as document_id from (values ('promo', 'menu', 'Zone'), "
            "('promo', 'menu', 'Accueil'), ('promo', 'menu', 'Accueil'), ('body', 'prose', 'Le bac.')) "
            "as v(role, role_rule, text)"
        )
        con.execute("create table documents as select 'd' as document_id, true as is_current")
        assert con.execute(read_sql("queries/kept_out")).fetchall() == [("promo", "menu", 3, 2, 18, "Accueil")]
