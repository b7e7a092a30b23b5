"""A text taken out of a document: the articles of an archive, or one record."""

from collections.abc import Iterator

from flows.readers.records import Fault, Record, fault, make_text_record, too_long, warn_of_more
from flows.readers.sources import Source
from flows.readers.text_archives import find_archive, read_extracted


def read_extracted_text(source: Source, text: str) -> Iterator[Record | Fault]:
    """What a text taken out of a document gives: the articles of an archive, else one record."""
    archive = find_archive(text)
    if archive is not None:
        yield from read_extracted(source, archive, text)
    elif len(text.encode()) > source.limits.record_bytes:
        yield too_long(source, None, text[:1000].encode())
    elif text.strip():
        yield make_text_record(source, None, None, text, {})
        yield from warn_of_more(source, text)
    else:
        yield fault(source, None, "empty", "no text in the document")
