"""A .docx document: the articles of an archive, or one text. Only the paragraphs are read, in their order."""

import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO

from lxml import etree

from flows.readers.records import Fault, Record, fault, make_text_record, too_long, warn_of_more
from flows.readers.sources import LimitPassed, Source, open_seekable
from flows.readers.text_archives import find_archive, read_extracted

SUFFIXES = (".docx", ".docm")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the articles of the document, or the document as one."""
    with open_seekable(source) as stream:
        text = "\n".join(read_paragraphs(stream, source.limits.expanded_bytes))
    yield from read_extracted_text(source, text)


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


def read_paragraphs(stream: BinaryIO, most: int) -> Iterator[str]:
    """The paragraphs of a .docx, tables among them cell by cell; one below another.

    Errors: zipfile.BadZipFile, etree.XMLSyntaxError, KeyError for a damaged one; LimitPassed.
    """
    with zipfile.ZipFile(stream) as book:
        size = book.getinfo(BODY).file_size
        if size > most:
            raise LimitPassed(f"expands to {size:,} bytes; at most {most:,} (MARBRE_EXPANDED_BYTES)")
        with book.open(BODY) as body:
            yield from _paragraphs(body)


def _paragraphs(body: IO[bytes]) -> Iterator[str]:
    for _, paragraph in etree.iterparse(body, tag=f"{WORD}p", resolve_entities=False, no_network=True):
        yield "".join(_letters(paragraph))
        paragraph.clear()


def _letters(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br", f"{WORD}cr", f"{WORD}noBreakHyphen"):
        kind = str(node.tag).removeprefix(WORD)
        yield {"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(kind, "\n")
