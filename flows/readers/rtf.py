"""A .rtf document: the articles of an archive, or one text."""

from collections.abc import Iterator

from flows.readers.extracted import read_extracted_text
from flows.readers.records import Fault, Record, too_long
from flows.readers.sources import Source

SUFFIXES = (".rtf",)
MAGIC = b"{\\rtf"
LARGEST = 16
"""Times the bytes of a record that a file may have: formats and pictures take most of them, and it is held whole."""


def knows(source: Source) -> bool:
    """Whether the file begins as the format says."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the articles of the document, or the document as one."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  # for inboxes that hold one

    most = LARGEST * source.limits.record_bytes
    with source.open() as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        yield too_long(source, None, raw)
        return
    text = str(rtf_to_text(raw.decode("cp1252", "replace"), errors="replace"))  # type: ignore[no-untyped-call]
    yield from read_extracted_text(source, text)
