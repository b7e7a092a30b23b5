"""Rows above and below: the same as a shift within groups, for rows of a document that stand together."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.layout.neighbours import from_above, from_below

DOCUMENTS = st.lists(st.lists(st.integers(0, 9) | st.none(), min_size=1, max_size=5), max_size=6)


@given(DOCUMENTS, st.integers(1, 3))
def test_as_a_shift_within_documents(documents: list[list[int | None]], rows: int) -> None:
    flat = [(doc, value) for doc, values in enumerate(documents) for value in values]
    frame = pl.DataFrame(flat, schema={"doc": pl.Int64, "value": pl.Int64}, orient="row")
    value = pl.col("value")
    shifted = frame.select(above=value.shift(rows).over("doc"), below=value.shift(-rows).over("doc"))
    assert frame.select(above=value.pipe(from_above, rows), below=value.pipe(from_below, rows)).equals(shifted)
