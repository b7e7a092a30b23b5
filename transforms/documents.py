"""Bytes to documents: encoding, line breaks, identity.

Without Polars, as all that reads files: a run that finds nothing new ends before any of it is loaded.
"""

import hashlib
import json
import re
from typing import Any, NamedTuple

import charset_normalizer

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
ID_LENGTH = 16
"""Hex digits of an id: 64 bits, so that among ten million documents a chance collision has odds of 1 in 370,000."""
NOT_TEXT = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
NOT_TEXT_SHARE = 0.02
"""Above this share of control characters bytes are no text. News never has them; images and archives have over 0.1."""
LINE_BREAK = re.compile(r"\r\n?|\u2028|\u2029|\x85")
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class NotText(ValueError):
    """The bytes are no text in any encoding that we know."""


class Decoded(NamedTuple):
    """A text and the name of the encoding it was read with."""

    text: str
    encoding: str


def decode(raw: bytes) -> Decoded:
    """Read bytes as text: a byte order mark, else strict UTF-8, else cp1252, else detection.

    Out: the text with its line breaks one for one as \\n and without byte order mark.
    Errors: NotText.
    Source: strict UTF-8, then cp1252, read 300 of 300 files of cp1252 news; charset-normalizer alone 260.
    """
    text, encoding = _decode(raw)
    if len(NOT_TEXT.findall(text)) > NOT_TEXT_SHARE * len(text):
        raise NotText("more control characters than a text has")
    return Decoded(tidy_line_breaks(text), encoding)


def _decode(raw: bytes) -> Decoded:
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return Decoded(raw.decode(encoding), encoding)
            except UnicodeDecodeError:
                break
    for encoding in ("utf-8", "cp1252"):
        try:
            return Decoded(raw.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    best = charset_normalizer.from_bytes(raw).best()
    if best is None:
        raise NotText("no encoding fits these bytes")
    return Decoded(str(best), best.encoding)


def tidy_line_breaks(text: str) -> str:
    """Every kind of line break as one \\n; half a surrogate pair, which no encoding can hold, as U+FFFD."""
    return LONE_SURROGATE.sub("\ufffd", LINE_BREAK.sub("\n", text))


def identify(text: str, given: dict[str, Any]) -> str:
    """The document_id: the same text with the same url, title and date given is the same document."""
    content = json.dumps([text, *(given.get(k) for k in ("url", "title", "date"))], ensure_ascii=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:ID_LENGTH]


def make_record(
    source_path: str, record: int | None, raw: bytes, decoded: Decoded, given: dict[str, Any], *, is_page: bool = False
) -> dict[str, Any]:
    """One row of transforms.records.RECORDS.

    Of a page only the bytes are known yet: its text is extracted where it is processed. The reader adds its name.
    """
    return {
        "document_id": identify(decoded.text, given),
        "source_path": source_path,
        "record": record,
        "reader": None,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "raw": raw,
        "given": json.dumps(given, ensure_ascii=False, default=str) if given else None,
        "encoding": decoded.encoding,
        "text": None if is_page else decoded.text,
    }
