"""Documents of word processors, .docx and .odt: the articles of an archive, or one record, a line a paragraph."""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from flows.readers.records import Fault, Record, fault, too_long, warn_of_more
from flows.readers.sources import LimitPassed, Source, open_seekable, read_whole
from flows.readers.text_archives import find_archive, read_extracted
from transforms.documents import Decoded, make_record, tidy_line_breaks

SUFFIXES = (".docx", ".docm", ".odt")
ZIP = b"PK\x03\x04"
PARTS = {".docx": "word/document.xml", ".docm": "word/document.xml", ".odt": "content.xml"}
STYLES = (
    ("title", re.compile(r"^(?:title|titre|doctitle)$", re.IGNORECASE)),
    ("heading", re.compile(r"^(?:heading|titre|überschrift|title)[ _]?\d|^heading", re.IGNORECASE)),
    ("lead", re.compile(r"^(?:subtitle|sous-?titre|chap[oô]|lead)", re.IGNORECASE)),
    ("caption", re.compile(r"^(?:caption|l[ée]gende)", re.IGNORECASE)),
    ("promo", re.compile(r"^(?:header|footer|en-?t[êe]te|pied)", re.IGNORECASE)),
)
"""Names of styles, in English and French, and what a paragraph in one is."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
Element = Any


class Paragraph(NamedTuple):
    """A paragraph of a document, on one or several lines, and what its style says it is (see line_kinds.KINDS)."""

    text: str
    kind: str


def knows(source: Source) -> bool:
    """Whether an archive is a document: by its suffix, or by the names of its first parts."""
    return source.head.startswith(ZIP) and find_format(source) is not None


def find_format(source: Source) -> str | None:
    """The suffix that a document should have; null where it is none."""
    if b"application/vnd.oasis.opendocument.text" in source.head[:256]:
        return ".odt"
    if b"word/" in source.head and b"[Content_Types].xml" in source.head:
        return ".docx"
    return source.suffix if source.suffix in PARTS else None


def read(source: Source) -> Iterator[Record | Fault]:
    """Read the articles of the document, or the document as one record."""
    paragraphs = list(list_paragraphs(source))
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    archive = find_archive(text)
    raw = None if archive else read_whole(source)
    if archive:
        yield from read_extracted(source, archive, text)
    elif not text.strip():
        yield fault(source, None, "empty", "no text in the document")
    elif raw is None:
        yield too_long(source, None, source.head)
    else:
        yield make_document_record(source, raw, paragraphs, find_format(source) or source.suffix)
        yield from warn_of_more(source, text)


def make_document_record(source: Source, raw: bytes, paragraphs: list[Paragraph], encoding: str) -> Record:
    """A record of paragraphs, a blank line between them; its bytes are those of the whole file.

    In:  encoding, the name of the format that holds the letters.
    """
    lines, kinds = [], []
    for paragraph in paragraphs:
        text = tidy_line_breaks(paragraph.text)
        lines += [text, ""]
        kinds += [paragraph.kind] * (text.count("\n") + 1) + [""]
    decoded = Decoded("\n".join(lines[:-1]), encoding.strip("."))
    return make_record(source.source_path, None, raw, decoded, {}, line_kinds=kinds[:-1] if any(kinds) else None)


def list_paragraphs(source: Source) -> Iterator[Paragraph]:
    """The paragraphs of a document, also those in tables, in their order, without headers and footnotes.

    Errors: zipfile.BadZipFile, lxml.etree.XMLSyntaxError, KeyError where the part with the text is missing;
    LimitPassed.
    """
    from lxml import etree  # noqa: PLC0415  # only where there is such a file

    suffix = find_format(source) or ".docx"
    with open_seekable(source) as stream, zipfile.ZipFile(stream) as archive:
        part = archive.getinfo(PARTS[suffix])
        if part.file_size > source.limits.expanded_bytes:
            raise LimitPassed(f"expands to {part.file_size:,} bytes (MARBRE_EXPANDED_BYTES)")
        with archive.open(part) as text:
            events = etree.iterparse(text, events=("end",), resolve_entities=False, no_network=True)
            yield from _word_paragraphs(events) if suffix != ".odt" else _odf_paragraphs(events)


def _word_paragraphs(events: Any) -> Iterator[Paragraph]:
    for _, element in events:
        if element.tag == f"{WORD}p":
            style = next((s.get(f"{WORD}val", "") for s in element.iter(f"{WORD}pStyle")), "")
            text = "".join(_word_text(part) for part in element.iter())
            yield Paragraph(text.strip(), _kind(style))
            element.clear()


WORD_MARKS: dict[str, Callable[[Element], str]] = {
    f"{WORD}t": lambda part: part.text or "",
    f"{WORD}tab": lambda part: "\t",
    f"{WORD}br": lambda part: "\n",
    f"{WORD}cr": lambda part: "\n",
    f"{WORD}noBreakHyphen": lambda part: "-",
}


def _word_text(part: Element) -> str:
    read = WORD_MARKS.get(part.tag)
    return read(part) if read else ""


def _odf_paragraphs(events: Any) -> Iterator[Paragraph]:
    for _, element in events:
        if element.tag in (f"{ODF_TEXT}p", f"{ODF_TEXT}h"):
            style = element.get(f"{ODF_TEXT}style-name", "").replace("_20_", " ")
            kind = _kind(style) or ("heading" if element.tag == f"{ODF_TEXT}h" else "")
            yield Paragraph(_odf_text(element).strip(), kind)


def _odf_text(element: Element) -> str:
    made = [element.text or ""]
    for child in element:
        name = child.tag.removeprefix(ODF_TEXT) if isinstance(child.tag, str) else ""
        inner = {"s": " ", "tab": "\t", "line-break": "\n", "note": ""}.get(name)
        made += [_odf_text(child) if inner is None else inner, child.tail or ""]
    return "".join(made)


def _kind(style: str) -> str:
    return next((kind for kind, pattern in STYLES if pattern.search(style)), "")
