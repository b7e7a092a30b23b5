"""Kinds of names and roles: each passage holds what a rule must find, or a near miss on which it must not fire.

Written before or beside the rules: at the first run 31 of the 41 held. Invented names.
"""

import json
from pathlib import Path

import polars as pl
import pytest

from flows.engines import load_engine
from transforms.mentions import find_mentions
from transforms.person_roles import find_person_roles
from transforms.pipeline import recognise

PASSAGES = [json.loads(line) for line in Path(__file__).with_name("names.jsonl").read_text("utf-8").splitlines()]
COLUMNS = ["article_id", "paragraph_index", "role", "start", "end", "text"]


def lay_out() -> pl.DataFrame:
    """The paragraphs of all passages, an article each."""
    rows = []
    for passage in PASSAGES:
        start = 0
        for index, text in enumerate(passage["text"].split("\n\n")):
            rows.append((passage["about"], index, "body", start, start + len(text), text))
            start += len(text) + len("\n\n")
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@pytest.fixture(scope="module")
def found() -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """What is found: article, text, type of each mention; article, person, role of each role."""
    paragraphs = lay_out()
    mentions = find_mentions(paragraphs, recognise(paragraphs, load_engine()))
    roles = find_person_roles(paragraphs, mentions)
    persons = mentions.select("article_id", "name", mention_start="start")
    named = roles.join(persons, on=["article_id", "mention_start"])
    return (
        set(mentions.select("article_id", "text", "entity_type").iter_rows()),
        set(named.select("article_id", "name", "role").iter_rows()),
    )


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["about"])
def test_kind_of_name_holds(passage, found):
    mentions, roles = found
    about, expected, absent = passage["about"], passage.get("expect", {}), passage.get("absent", {})
    for text, *types in expected.get("mentions", []):
        assert {(about, text, kind) for kind in types} & mentions, text
    for role in expected.get("person_roles", []):
        assert (about, role["person"], role["role"]) in roles
    assert not {text for article, text, _ in mentions if article == about} & set(absent.get("mentions", []))
    assert not {role for article, _, role in roles if article == about} & set(absent.get("person_roles", []))
