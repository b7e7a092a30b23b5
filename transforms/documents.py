"""Bytes to documents: encoding, line breaks, identity.

Without Polars, as all that reads files: a run that finds nothing new ends before any of it is loaded.
"""

import hashlib
import json
import re
from typing import Any, NamedTuple

import charset_normalizer

from transforms.given_titles import put_title_first

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

UTF_16_SAMPLE = 4096
UTF_16_NULS = 0.5
"""Share of nul bytes on one side from which bytes are UTF-16: French has over 0.95, most of the rest apostrophes."""

SINGLE_BYTE_SAMPLE = 256 * 1024
FRENCH_ENCODINGS = ("cp1252", "iso8859-15", "mac-roman", "cp850")
"""What French texts were saved in before UTF-8: Windows, Unix with the euro, Macintosh, DOS."""

FRENCH = re.compile("[éèêëàâçîïôùûüÉÈÊÀÇÎÔ€’‘“”«»–—…\u00a0°]|[œŒ](?=[^\\W\\d_])")
"""Characters of French texts outside ASCII."""

UNFRENCH = re.compile(
    "(?<![^\\W\\d_])[œŒ](?![^\\W\\d_])|"
    + "[¤¦¨´¸¼½¾](?=[^\\W\\d_])|(?<=[^\\W\\d_])[¤¦¨´¸¼½¾]|(?<=\\d[ \u00a0])¤|[\x80-\x9fŽžÐðÞþ¬√ˇ˘˙˚˛˝\u2500-\u25ff]"
)
"""Characters that stand there where bytes were read in another encoding: `½uvre`, `4 ¤`, `ŽtŽ`."""

DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^>]{1,80}encoding=["']([\w.:-]+)""", re.IGNORECASE
)
DECLARED_WITHIN = 4096
AS_BROWSERS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
"""The bytes 0x80 to 0x9f, which ISO-8859-1 has not, are those of cp1252. https://encoding.spec.whatwg.org"""

PATH = re.compile(r"(?:^|\s)[A-Za-z]:\\|\\\\[a-z]+\{|\\(?:frac|begin|section)\b")
ESCAPED_LETTER = re.compile(r"(?<!\\)\\+u((?:00[a-f][0-9a-f]|0152|0153|20[01][0-9a-f]|20ac))", re.IGNORECASE)
"""Letters with accents, œ, typographic marks, € as JSON escapes them."""

ESCAPED_BREAK = re.compile(r"\\r\\n|\\n|\\r(?![a-z])")
ESCAPED_BREAKS = 2
"""One alone may be a word of a text on software, where there are real line breaks as well."""


class NotText(ValueError):
    """The bytes are no text in any encoding that we know."""


class Decoded(NamedTuple):
    """A text and the name of the encoding it was read with."""

    text: str
    encoding: str


def decode(raw: bytes) -> Decoded:
    """Read bytes as text: a byte order mark, UTF-16 by its nul bytes, strict UTF-8, the best of FRENCH_ENCODINGS,
    else detection.

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
    for guess in (_find_utf_16(raw), "utf-8"):
        try:
            if guess:
                return Decoded(raw.decode(guess), guess)
        except UnicodeDecodeError:
            continue
    return _decode_single_bytes(raw) or _detect(raw)


def _detect(raw: bytes) -> Decoded:
    best = charset_normalizer.from_bytes(raw).best()
    if best is None:
        raise NotText("no encoding fits these bytes")
    return Decoded(str(best), best.encoding)


def _find_utf_16(raw: bytes) -> str | None:
    """The name of UTF-16 without a mark: in Latin letters every other byte is nul, and no other one."""
    head = raw[:UTF_16_SAMPLE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    most = len(head) // 2 * UTF_16_NULS
    if len(head) < 4 or len(raw) % 2:
        return None
    return "utf-16-le" if odd > most and not even else "utf-16-be" if even > most and not odd else None


def _decode_single_bytes(raw: bytes) -> Decoded | None:
    """The reading of bytes that are not UTF-8 in which most characters are those of French; null where none fits.

    The first of FRENCH_ENCODINGS stands unless another one is better: they differ in few bytes.
    """
    sample = raw[:SINGLE_BYTE_SAMPLE]
    read = []
    for encoding in FRENCH_ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        seen = sample.decode(encoding, "replace")
        read.append((len(FRENCH.findall(seen)) - 3 * len(UNFRENCH.findall(seen)), Decoded(text, encoding)))
    return max(read, key=lambda item: item[0])[1] if read else None


def decode_page(raw: bytes, encoding: str) -> str:
    """A page's bytes in the encoding that its reader found; line breaks as they are."""
    return raw.decode(encoding, "replace")


def decode_markup(raw: bytes, declared: str | None = None) -> Decoded:
    """Read the bytes of a page: as decode does where they are UTF-8 or UTF-16; else in the encoding that the server or
    the page declares, ISO-8859-1 as cp1252, as every browser reads it.

    Errors: NotText.
    """
    name = declared or _declared_encoding(raw)
    decoded = decode(raw)
    if name and not decoded.encoding.startswith("utf"):
        try:
            return Decoded(tidy_line_breaks(raw.decode(AS_BROWSERS.get(name, name))), AS_BROWSERS.get(name, name))
        except (UnicodeDecodeError, LookupError):
            return decoded
    return decoded


def _declared_encoding(raw: bytes) -> str | None:
    found = DECLARED.search(raw[:DECLARED_WITHIN])
    return found[1].decode("ascii", "replace").lower() if found else None


def undo_escapes(text: str) -> tuple[str, list[str]]:
    """Undo what a second encoding as JSON has left: the two characters \\n for a line break, \\u00e9 for é.

    Out: the text, and the names of what was undone. A text with paths or code, where a backslash means itself, stays.
    """
    if "\\" not in text or PATH.search(text):
        return text, []
    repairs = []
    if len(ESCAPED_LETTER.findall(text)):
        text = ESCAPED_LETTER.sub(lambda m: chr(int(m[1], 16)), text)
        repairs.append("escaped letters")
    breaks = ESCAPED_BREAK.findall(text)
    if len(breaks) >= ESCAPED_BREAKS or (breaks and "\n" not in text.strip()):
        text = ESCAPED_BREAK.sub("\n", text).replace('\\"', '"').replace("\\t", " ")
        repairs.append("escaped line breaks")
    return tidy_line_breaks(text) if repairs else text, repairs


def tidy_line_breaks(text: str) -> str:
    """Every kind of line break as one \\n; half a surrogate pair, which no encoding can hold, as U+FFFD."""
    return LONE_SURROGATE.sub("\ufffd", LINE_BREAK.sub("\n", text))


def identify(text: str, given: dict[str, Any]) -> str:
    """The document_id: the same text with the same url, title and date given is the same document."""
    content = json.dumps([text, *(given.get(k) for k in ("url", "title", "date"))], ensure_ascii=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:ID_LENGTH]


def make_record(
    source_path: str,
    record: int | None,
    raw: bytes,
    decoded: Decoded,
    given: dict[str, Any],
    *,
    is_page: bool = False,
    line_kinds: list[str] | None = None,
) -> dict[str, Any]:
    """One row of transforms.records.RECORDS.

    In:  line_kinds, where a format tells what its lines are: one of transforms.pages.line_kinds.KINDS a line, or empty.
    Out: the row, with a title given beside the text as its first line where the text does not print it. Of a page
    only the bytes are known yet: its text is extracted where it is processed. The reader adds its name.
    """
    plain, repairs = undo_escapes(decoded.text)
    text = put_title_first(plain, given)
    added = text.count("\n") - plain.count("\n")
    return {
        "document_id": identify(decoded.text, given),
        "source_path": source_path,
        "record": record,
        "reader": None,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "raw": raw,
        "given": json.dumps(given, ensure_ascii=False, default=str) if given else None,
        "encoding": decoded.encoding,
        "repairs": [] if is_page else repairs,
        "text": None if is_page else text,
        "line_kinds": [""] * added + line_kinds if line_kinds else [],
    }
