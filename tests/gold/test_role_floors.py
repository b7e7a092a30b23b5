"""Floors of the roles of persons on invented sentences, with the age, the organisation and the country of each.

Three sets, labelled before any rule saw them. First runs: roles F1 0.95, 0.84 and 0.92; organisations 0.95, 0.88 and
0.93, countries 1.00 of the roles found. Three labels were set right afterwards.
"""

import json
from pathlib import Path

import polars as pl
import pytest

from flows.engines import load_engine
from transforms.mentions import find_mentions
from transforms.person_roles import find_person_roles
from transforms.pipeline import recognise

SENTENCES = [json.loads(line) for line in Path(__file__).with_name("roles.jsonl").read_text("utf-8").splitlines()]
GIVEN = ("age", "organisation", "country")
Found = dict[tuple[int, str, str], dict[str, str | int | None]]


@pytest.fixture(scope="module")
def found() -> Found:
    """What is given of each role found, by sentence, person and role."""
    rows = [(str(n), 0, "body", 0, len(s["text"]), s["text"]) for n, s in enumerate(SENTENCES)]
    columns = ["article_id", "paragraph_index", "role", "start", "end", "text"]
    paragraphs = pl.DataFrame(rows, schema=columns, orient="row")
    mentions = find_mentions(paragraphs, recognise(paragraphs, load_engine()))
    names = {(a, start): text for a, start, text in mentions.select("article_id", "start", "text").iter_rows()}
    return {
        (int(row["article_id"]), names[row["article_id"], row["mention_start"]], row["role"]): {
            "age": row["age"],
            "organisation": names.get((row["article_id"], row["organisation_start"])),
            "country": row["country_code"],
        }
        for row in find_person_roles(paragraphs, mentions).iter_rows(named=True)
    }


@pytest.fixture(scope="module")
def wanted() -> Found:
    return {
        (number, role["person"], role["role"]): {name: role[name] for name in GIVEN}
        for number, sentence in enumerate(SENTENCES)
        for role in sentence["roles"]
    }


def test_roles_stay_over_their_floor(found, wanted):
    assert 2 * len(found.keys() & wanted.keys()) / (len(found) + len(wanted)) >= 0.97  # measured 0.99


@pytest.mark.parametrize(("given", "floor"), [("age", 0.98), ("organisation", 0.93), ("country", 0.98)])
def test_what_is_given_of_a_role_stays_over_its_floor(found, wanted, given, floor):
    both = found.keys() & wanted.keys()
    assert sum(found[key][given] == wanted[key][given] for key in both) / len(both) >= floor
