"""The docs say what is: every SQL example runs on the samples, and the generated page is up to date."""

import re
from pathlib import Path

import duckdb
import pytest

from warehouse.tables_page import write_page

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SQL = re.compile(r"^```sql\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(query, id=f"{page.name}:{number}")
    for page in PAGES
    for number, query in enumerate(SQL.findall(page.read_text("utf-8")), 1)
]


@pytest.mark.parametrize("query", EXAMPLES)
def test_every_sql_example_finds_something_in_the_samples(query, samples_warehouse):
    with duckdb.connect(str(samples_warehouse), read_only=True) as con:
        assert con.execute(query).fetchall()


def test_the_cookbook_answers_twelve_questions():
    cookbook = (ROOT / "docs" / "cookbook.md").read_text("utf-8")
    assert len(SQL.findall(cookbook)) >= 12


def test_tables_page_is_what_the_schemas_say():
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == write_page(), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
