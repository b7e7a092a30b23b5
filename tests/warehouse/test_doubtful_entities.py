"""Entities that may be the same thing: surnames alone, slips of a letter, one name under several types."""

import duckdb

from warehouse.sql import read_sql

ENTITIES = [
    ("PER", "Odon Vasarely", 5, None),
    ("PER", "Irma Vasarely", 4, None),
    ("PER", "Vasarely", 2, None),
    ("PER", "Odon Vasarelly", 1, None),
    ("PER", "Louis XV", 3, None),
    ("PER", "Louis XVI", 3, None),
    ("ORG", "Aérovance", 4, None),
    ("LOC", "Aérovance", 2, None),
    ("LOC", "Slovaquie", 9, "SK"),
    ("LOC", "Slovaquia", 1, None),
]


def test_doubts_are_told_with_their_rivals():
    con = duckdb.connect()
    con.execute(read_sql("functions/fold"))
    con.execute("create table entities (entity_id int, entity_type text, name text, country_code text)")
    con.execute("create table entity_names (entity_id int, article_count int)")
    for number, (kind, name, count, code) in enumerate(ENTITIES):
        con.execute("insert into entities values (?, ?, ?, ?)", [number, kind, name, code])
        con.execute("insert into entity_names values (?, ?)", [number, count])
    found = con.execute(read_sql("queries/doubtful_entities")).fetchall()
    assert [(doubt, kind, name, rivals) for doubt, kind, name, _, rivals, _ in found] == [
        ("surname alone", "PER", "Vasarely", ["Odon Vasarely", "Irma Vasarely"]),
        ("several types", "ORG, LOC", "Aérovance", []),
        ("one letter apart", "PER", "Odon Vasarelly", ["Odon Vasarely"]),
    ]
