"""A .parquet file: one record a row."""

from collections.abc import Iterator

from flows.readers.records import TEXT_COLUMNS, Fault, Record, describe_columns, fault, find_column, read_each, read_row
from flows.readers.sources import Source, open_seekable

SUFFIXES = (".parquet",)
MAGIC = b"PAR1"
ROWS_AT_ONCE = 2_000


def knows(source: Source) -> bool:
    """Whether the file begins as the format says."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> Iterator[Record | Fault]:
    """Read a few thousand rows at a time."""
    import pyarrow.parquet  # noqa: PLC0415  # 0.2 s and 60 MB, for inboxes that hold a table

    with open_seekable(source) as stream:
        table = pyarrow.parquet.ParquetFile(stream)
        if find_column(table.schema_arrow.names, TEXT_COLUMNS) is None:
            yield fault(source, None, "no text column", describe_columns(table.schema_arrow.names))
            return
        rows = (row for batch in table.iter_batches(ROWS_AT_ONCE) for row in batch.to_pylist())
        yield from read_each(source, rows, lambda number, row: read_row(source, number, row, None), lambda _: b"")
