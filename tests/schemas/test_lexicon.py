"""The lexicons: readable, and every row with its source."""

import pytest

from schemas import lexicon


@pytest.mark.parametrize("name", lexicon.names())
def test_every_row_names_its_source(name):
    rows = lexicon.read(name)
    assert rows.height
    assert rows.columns[-1] == "source"
    assert rows["source"].null_count() == 0


@pytest.mark.parametrize("name", lexicon.names())
def test_no_row_stands_twice(name):
    assert lexicon.read(name).is_duplicated().sum() == 0
