"""A .parquet file: one record a row; a value that cannot be read costs only itself, a text its row."""

from collections.abc import Iterator
from typing import Any

from flows.readers.columns import has_text
from flows.readers.records import Fault, Record, describe_columns, fault, read_each, read_row, row_bytes
from flows.readers.sources import Source, open_seekable

SUFFIXES = (".parquet",)
MAGIC = b"PAR1"
ROWS_AT_ONCE = 500
"""At 16 KB an article 8 MB at a time; half as fast again with 2,000, which took 150 MB more with pages of HTML."""


def knows(source: Source) -> bool:
    """Whether the file begins as the format says."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> Iterator[Record | Fault]:
    """Read some hundred rows at a time."""
    import pyarrow.parquet  # noqa: PLC0415  # 0.2 s and 60 MB, for inboxes that hold a table

    with open_seekable(source) as stream:
        table = pyarrow.parquet.ParquetFile(stream)
        if not has_text(table.schema_arrow.names):
            yield fault(source, None, "no text column", describe_columns(table.schema_arrow.names))
            return
        rows = (row for batch in table.iter_batches(ROWS_AT_ONCE) for row in _rows(batch))
        yield from read_each(source, rows, lambda number, row: _read(source, number, row), row_bytes)


def _rows(batch: Any) -> Iterator[dict[str, Any]]:
    names = batch.schema.names
    for values in zip(*(_values(column) for column in batch.columns), strict=True):
        yield dict(zip(names, values, strict=True))


def _values(column: Any) -> list[Any]:
    """The values of a column; strings as bytes, for one that is no UTF-8 to cost only its row."""
    import pyarrow  # noqa: PLC0415

    if pyarrow.types.is_string(column.type) or pyarrow.types.is_large_string(column.type):
        column = column.cast(pyarrow.large_binary())
    try:
        return list(column.to_pylist())
    except Exception:  # nanoseconds, durations, years above 9999, zones unknown here, strings within lists
        return [_value(scalar, pyarrow) for scalar in column]


def _value(scalar: Any, pyarrow: Any) -> Any:
    """One value; as it is written where Python has no such moment; null where that cannot be said either."""
    try:
        return scalar.as_py()
    except Exception:
        try:
            return scalar.cast(pyarrow.string()).as_py()
        except Exception:
            return None


def _read(source: Source, number: int, row: dict[str, Any]) -> Record | Fault:
    try:
        decoded = {name: value.decode() if isinstance(value, bytes) else value for name, value in row.items()}
    except UnicodeDecodeError as error:
        return fault(source, number, "text is no UTF-8", str(error), row_bytes(row))
    return read_row(source, number, decoded, row_bytes(decoded))
