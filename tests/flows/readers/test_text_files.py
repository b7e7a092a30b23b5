"""Texts of their own: front matter, tables beside them, and the guard for archives that no reader knows."""

import json

import pytest
from test_exports import read_folder

from flows.readers.front_matter import split_front_matter
from flows.readers.guard import suspect_articles

REFERENCES = "".join(f"t{n}: &t{n} [{', '.join([f'*t{n - 1}'] * 9)}]\n" for n in range(1, 30))
"""Twenty-nine lines that mean nine to the twenty-ninth words."""


@pytest.mark.parametrize(
    ("head", "given"),
    [
        ("---\ntitle: Le bac\ndate: 2021-06-08\n---\n", {"title": "Le bac", "date": "2021-06-08"}),
        ("---\ntitle: Le bac\n...\n", {"title": "Le bac"}),
        ("+++\ntitle = 'Le bac'\ndate = 2021-06-08\n+++\n", {"title": "Le bac", "date": "2021-06-08"}),
        ("---\ntitle: Le bac\ndate: 2021-02-30\n---\n", {"title": "Le bac", "date_as_given": "2021-02-30"}),
        ("---\ntitle: Le bac\ndate: 2021-06-08T10:00:00+99:00\n---\n", {"title": "Le bac"}),
        ("---\ntitle: Le bac\ntags: &t [eau, *t]\n---\n", {"title": "Le bac"}),
        ("---\ntitle: Le bac\nt0: &t0 eau\n" + REFERENCES + "---\n", {"title": "Le bac"}),
        ("---\ntitle: Le bac\ntags: " + "[" * 4000 + "\n---\n", {"title": "Le bac"}),
        ("---\ntitle: Vautrée : le bac part\nauthor: Odile Brassac\n---\n", {"title": "Vautrée : le bac part"}),
        ('---\ntitle: "Le bac\ndate: 2021-06-08\n---\n', {"date": "2021-06-08"}),
    ],
)
def test_front_matter_is_read_as_far_as_it_can_be(head, given):
    found, text = split_front_matter(head + "Le bac part.\n")
    assert text == "Le bac part.\n"
    assert {name: found.get(name) for name in given} == given


@pytest.mark.parametrize(
    "head", ["---\n\nUn trait ouvre ce texte.\n---\n", "---\ntitle: sans fin\n\n", "----\n", "+++\nrien\n+++\n"]
)
def test_what_is_no_front_matter_stays_text(head):
    assert split_front_matter(head + "Le bac part.\n") == ({}, head + "Le bac part.\n")


@pytest.mark.parametrize(("name", "delimiter"), [("metadata.csv", ","), ("metadata.tsv", "\t"), ("metadata.csv", ";")])
def test_a_table_beside_texts_gives_them_their_columns(tmp_path, name, delimiter):
    rows = [["id", "titre", "date"], ["t1", "Le bac", "2021-06-08"], ["t9", "Absent", "2021-06-09"]]
    (tmp_path / name).write_text("".join(delimiter.join(row) + "\n" for row in rows))
    (tmp_path / "t1.txt").write_text("Le bac part.")
    (tmp_path / "t2.txt").write_text("Il revient.")
    records, faults = read_folder(tmp_path)
    assert [json.loads(record["given"] or "{}").get("title") for record in records] == ["Le bac", None]
    assert [(fault.source_path, fault.record, fault.reason) for fault in faults] == [(name, 1, "no text beside it")]


def test_a_workbook_beside_texts_gives_them_their_columns(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["id", "titre"])
    book.active.append(["t1", "Le bac"])
    book.save(tmp_path / "metadata.xlsx")
    (tmp_path / "t1.txt").write_text("Le bac part.")
    records, faults = read_folder(tmp_path)
    assert [json.loads(record["given"])["title"] for record in records] == ["Le bac"]
    assert not faults


def test_an_unknown_archive_is_read_as_one_and_said_to_be_more(tmp_path):
    body = "Le bac de Vautrée a repris ses traversées après trois semaines de travaux, a indiqué la commune. " * 6
    (tmp_path / "a.txt").write_text("".join(f"Texte n° {n}\nSource : L’Éveil\n\n{body}\n\n" for n in range(1, 51)))
    records, faults = read_folder(tmp_path)
    assert len(records) == 1
    assert [(fault.reason, fault.record) for fault in faults] == [("perhaps several articles", None)]
    assert faults[0].detail.startswith("holds perhaps 50 articles; 1 was read")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{hour} h 20\nLe bac est à quai.\n\n" for hour in range(20)),
        "".join(f"Publié le {day} juin 2021\nMerci pour cet article !\n\n" for day in range(1, 20)),
        "Source : L’Éveil\n\n" + "Le bac part. " * 100,
        "".join(f"{place}. Le bac de Vautrée {'file ' * 80}\n\n" for place in range(1, 12)),
    ],
)
def test_live_pages_comments_and_lists_are_one_text(text):
    assert suspect_articles(text) is None
