"""A web page: one record, whose text is extracted where it is processed."""

from collections.abc import Iterator

from flows.readers.records import Fault, Record, not_text, too_long
from flows.readers.sources import Source, read_whole
from transforms.documents import NotText, decode, make_record

SUFFIXES = (".html", ".htm")


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the page as one record."""
    raw = read_whole(source)
    if raw is None:
        yield too_long(source, None, source.head)
        return
    try:
        yield make_record(source.source_path, None, raw, decode(raw), {}, is_page=bool(raw.strip()))
    except NotText as error:
        yield not_text(source, None, error, raw)
