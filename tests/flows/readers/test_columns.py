"""What columns are taken for, by the names that tools give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers.columns import candidates, name_columns

TEXT = "Le bac de Vautrée repart."


@pytest.mark.parametrize(
    ("tool", "row", "expected"),
    [
        (
            "trafilatura",
            {"text": TEXT, "source": "https://a.example/bac", "hostname": "a.example", "author": "Odile Brassac"},
            {"url": "https://a.example/bac", "hostname": "a.example", "authors": "Odile Brassac"},
        ),
        (
            "news-please",
            {"maintext": TEXT, "text": None, "date_publish": "2021-06-08 10:20:00", "authors": ["Odile Brassac"]},
            {"date": "2021-06-08T10:20:00", "authors": ["Odile Brassac"]},
        ),
        (
            "fundus",
            {
                "body": {"summary": [TEXT], "sections": [{"headline": ["Un trou"], "paragraphs": ["Il était temps."]}]},
                "publishing_date": "2021-06-08T10:20:00+02:00",
                "publisher": "L’Éveil",
            },
            {"date": "2021-06-08T10:20:00+02:00", "publication": "L’Éveil"},
        ),
        (
            "Media Cloud",
            {"text": TEXT, "media_name": "L’Éveil", "publish_date": "2021-06-08", "language": "fr", "id": "7f"},
            {"publication": "L’Éveil", "date": "2021-06-08", "language": "fr", "id": "7f"},
        ),
        (
            "NewsAPI",
            {"content": TEXT, "source": {"id": None, "name": "L’Éveil"}, "publishedAt": "2021-06-08T08:20:00Z"},
            {"publication": "L’Éveil", "date": "2021-06-08T08:20:00Z"},
        ),
        (
            "minet",
            {"raw_content": TEXT, "canonical_url": "https://a.example/1", "sitename": "L’Éveil", "media": "L’Éveil"},
            {"url": "https://a.example/1", "publication": "L’Éveil"},
        ),
        (
            "Europarser",
            {"texte": TEXT, "journal": "L’Éveil", "auteur": "Unknown", "date": "2021 06 08T00:00:00", "langue": "fr"},
            {"publication": "L’Éveil", "date": "2021-06-08", "language": "fr", "auteur": None},
        ),
        (
            "GDELT",
            {
                "text": TEXT,
                "DocumentIdentifier": "https://a.example/2",
                "SourceCommonName": "L’Éveil",
                "DATE": "20210608102000",
            },
            {"url": "https://a.example/2", "publication": "L’Éveil", "date": "2021-06-08T10:20:00"},
        ),
        (
            "LexisNexisTools",
            {
                "Article": TEXT,
                "Newspaper": "L’Éveil",
                "Headline": "Le bac",
                "Section": "Vie locale",
                "Author": "R. Coudert",
            },
            {"publication": "L’Éveil", "title": "Le bac", "section": "Vie locale", "authors": "R. Coudert"},
        ),
        (
            "French headings",
            {
                "Texte intégral": TEXT,
                "Titre de l’article": "Le bac",
                "Date de parution": "8 juin 2021",
                "Page": "p. 12",
            },
            {"title": "Le bac", "date": "2021-06-08", "page": "12"},
        ),
        (
            "pandas",
            {"text": TEXT, "authors": "['Odile Brassac', 'Rémi Coudert']", "title": "nan"},
            {"authors": ["Odile Brassac", "Rémi Coudert"], "title": None},
        ),
    ],
)
def test_columns_of_a_tool_are_known(tool, row, expected):
    text, found = name_columns(row)
    assert text.startswith(TEXT)
    assert {name: found.get(name) for name in expected} == expected, tool


def test_a_host_is_no_newspaper_and_a_newspaper_no_address():
    _, found = name_columns({"text": TEXT, "source": "a.example", "media_name": "a.example"})
    assert "publication" not in found
    assert "url" not in found
    assert (found["source"], found["media_name"]) == ("a.example", "a.example")


def test_what_was_taken_for_what_is_kept():
    _, found = name_columns({"Titre": "Le bac", "date": "08/06/2021", "Contenu": TEXT, "note": 3})
    assert found == {
        "title": "Le bac",
        "date": "2021-06-08",
        "date_as_given": "08/06/2021",
        "note": 3,
        "_columns": {"text": "Contenu", "title": "Titre"},
    }


def test_a_date_that_is_none_is_null_and_stays_as_given():
    _, found = name_columns({"text": TEXT, "date": "2021-02-30"})
    assert found == {"date_as_given": "2021-02-30"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["text", "title", "date", "auteur", "source", "page", "id", "langue", "autre", "publishedAt"])


@given(st.dictionaries(NAMES, VALUES))
def test_no_column_is_lost_whatever_it_holds(row):
    text, found = name_columns(row)
    taken = {*found.get("_columns", {}).values()}
    for name, value in row.items():
        is_there = (
            name in found or name in taken or f"{name}_as_given" in found or (name == "text" and text is not None)
        )
        assert is_there or value in (None, [], {}) or str(value).strip().lower() in NOTHING_WRITTEN


NOTHING_WRITTEN = {"", "nan", "none", "null", "n/a", "na", "nat", "unknown", "inconnu", "<na>", "[]"}


def test_a_meaning_has_one_best_column():
    assert candidates(("Body", "texte", "text"))["text"] == ["text", "texte", "Body"]
