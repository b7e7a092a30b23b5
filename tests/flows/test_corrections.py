"""Corrections by hand, each through a run: names merged, split, renamed and retyped; dates, speakers and roles."""

from pathlib import Path

import duckdb
import pytest

from flows.corrections import read_corrections
from flows.ingest import ingest

pytestmark = pytest.mark.usefixtures("prefect_harness")

FERRY = """Un bac changera de mains

Par Inès Corvol
Publié le 4 mai 2025 à 10h15

Le ministre moldave des Transports, Ion Rusu, a signé dimanche à Valbourg la reprise du bac par la Banque du Rhin.

« Nous attendions ce jour depuis sept ans », a déclaré Odile Brancart, présidente de la Banque du Rhin.
"""
DEBATE = """Deux Brancart au conseil

Publié le 6 mai 2025

Le conseiller Louis Brancart a voté le budget lundi soir, au terme d’un long débat sur les tarifs du bac.

Le conseiller Maurice Brancart a voté contre. Maurice Brancart juge la dépense trop lourde pour la commune.
"""
LETTER = """Brancart renonce

Publié le 9 mai 2025

Au terme d’une semaine de tractations, Brancart renonce à la présidence du conseil et se retire dans sa commune.
"""


def ask(target: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(target), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, text in {"bac": FERRY, "debat": DEBATE, "lettre": LETTER}.items():
        (inbox / f"{name}.txt").write_text(text)
    run(tmp_path / "w.duckdb")
    return tmp_path / "w.duckdb"


def run(target: Path) -> None:
    ingest(str(target.parent / "inbox"), str(target))


def correct(target: Path, file: str, *lines: str) -> None:
    """Write the lines of one of the files, and run again."""
    header = {"aliases": "entity_type,name,canonical,new_type", "corrections": "corrected,article_id,start,value"}
    (target.parent / f"{file}.csv").write_text("\n".join([header[file], *lines, ""]))
    run(target)


def entities(target: Path, like: str) -> set[tuple]:
    return set(
        ask(
            target,
            "select distinct mentions.text, entities.name, entities.entity_type from mentions "
            f"join entities using (entity_id) where mentions.text like '{like}'",
        )
    )


def test_names_are_merged_split_renamed_and_retyped(target):
    assert entities(target, "%Brancart") == {
        ("Odile Brancart", "Odile Brancart", "PER"),
        ("Maurice Brancart", "Maurice Brancart", "PER"),
        ("Louis Brancart", "Louis Brancart", "PER"),
        ("Brancart", "Brancart", "PER"),
    }
    correct(target, "aliases", "PER,Brancart,Maurice Brancart,", "ORG,Banque du Rhin,Banque rhénane,")
    assert ("Brancart", "Maurice Brancart", "PER") in entities(target, "Brancart")
    assert entities(target, "Banque du Rhin") == {("Banque du Rhin", "Banque rhénane", "ORG")}
    correct(target, "aliases", "PER,Maurice Brancart,Odile Brancart,", "ORG,Banque du Rhin,,MISC")
    assert {name for _, name, _ in entities(target, "%ce Brancart")} == {"Odile Brancart"}
    assert entities(target, "Banque du Rhin") == {("Banque du Rhin", "Banque du Rhin", "MISC")}
    assert ("Brancart", "Brancart", "PER") in entities(target, "Brancart"), "a line taken out is undone"
    correct(target, "aliases", "PER,Brancart,Brancart (Lure),", "PER,brancart,Brancart (Lure),")
    assert ("Brancart", "Brancart (Lure)", "PER") in entities(target, "Brancart"), "one name split from the others"
    lost = "select * from entity_redirects where redirects_to not in (select entity_id from entities)"
    assert ask(target, lost) == []
    (target.parent / "aliases.csv").unlink()
    run(target)
    assert {text for text, name, _ in entities(target, "%Brancart") if text != name} == set()


def test_rows_are_corrected_and_a_line_taken_out_is_undone(target):
    roles = "select start, role, people.name, bodies.name, person_roles.country_code from person_roles "
    roles += "join entities as people using (entity_id) left join entities as bodies on bodies.entity_id = "
    roles += "organisation_id order by article_id, start"
    dates = "select published_at::varchar, published_precision, published_evidence from articles order by all"
    speakers = "select start, speaker_rule, name from quotations join entities on entity_id = speaker_id order by all"
    before = [ask(target, query) for query in (roles, dates, speakers)]
    found = {role: (name, body, code) for _, role, name, body, code in before[0]}
    assert found["ministre moldave des Transports"] == ("Ion Rusu", None, "MD")
    assert found["présidente de la Banque du Rhin"] == ("Odile Brancart", "Banque du Rhin", None)
    [(article, start)] = ask(target, "select article_id, start from person_roles where role like 'ministre%'")
    [(quotation,)] = ask(target, f"select start from quotations where article_id = '{article}' and kind = 'direct'")
    correct(
        target,
        "corrections",
        f"role,{article},{start},Maurice Brancart",
        f"organisation,{article},{start},banque du Rhin",
        f"country,{article},{start},RO",
        f"speaker,{article},{quotation},Ion Rusu",
        f"published_at,{article},,2025-05-03T08:00",
    )
    role = "ministre moldave des Transports"
    assert (start, role, "Maurice Brancart", "Banque du Rhin", "RO") in ask(target, roles)
    assert ("2025-05-03 08:00:00", "minute", "corrections.csv") in ask(target, dates)
    assert (quotation, "correction", "Ion Rusu") in ask(target, speakers)
    assert ask(target, "select count(*) from rejects") == [(0,)]
    correct(target, "corrections")
    assert [ask(target, query) for query in (roles, dates, speakers)] == before


def test_lines_that_cannot_be_right_are_set_aside(tmp_path):
    (tmp_path / "corrections.csv").write_text(
        "corrected,article_id,start,value\n"
        "published_at,a,,demain\ncountry,a,3,Moldavie\ncountry,a,4,MD\nmood,a,5,bleu\nspeaker,a,6,Ion Rusu\n"
    )
    read = read_corrections(tmp_path / "w.duckdb")
    assert sorted(read.corrections["start"].to_list()) == [4, 6]
    assert sorted(detail.split(":")[0] for detail in read.rejects["detail"]) == [
        "corrected breaks isin(('published_at', 'speaker', 'role', 'organisation', 'country'))",
        "country",
        "published_at",
    ]
