"""Streams of text: the encoding of a file read piece by piece, judged by its first bytes."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from flows.readers.sources import Source
from transforms.documents import decode

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
NUL_SHARE = 0.2
"""In UTF-16 French every second byte is nul, but for quotes and dashes; in other text none is."""


def choose_encoding(head: bytes) -> str:
    """How to read a stream that begins so: by its mark, UTF-16 by its nul bytes, UTF-8 where it is, else cp1252."""
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return encoding
    for encoding, nuls in (("utf-16-le", head[1:2000:2]), ("utf-16-be", head[0:2000:2])):
        if nuls and nuls.count(0) > NUL_SHARE * len(nuls):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def open_text(source: Source, encoding: str) -> io.TextIOWrapper:
    """A stream of text, line breaks as they stand. Bytes that do not fit become lone surrogates, for settle_cell."""
    return io.TextIOWrapper(source.open(), encoding, errors="surrogateescape", newline="")


def encode_again(text: str, encoding: str) -> bytes:
    """The bytes that a piece of such a stream was read from; a byte order mark belongs to no piece."""
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    errors = "surrogatepass" if plain.startswith("utf-16") else "surrogateescape"
    return text.encode(plain, errors)


def settle_cell(text: str, encoding: str) -> str:
    """A piece of such a stream in letters: where bytes of another encoding stand in it, all of it is read anew.

    Errors: NotText.
    """
    return text if text.isascii() or not has_foreign_bytes(text) else decode(encode_again(text, encoding)).text


def has_foreign_bytes(text: str) -> bool:
    """Whether a piece of such a stream holds bytes that did not fit its encoding."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def utf8_lines(source: Source, most: int) -> Iterator[bytes]:
    """The lines of a source, without their ends, in UTF-8 or whatever they are, but no UTF-16.

    A line above `most` bytes comes as its first `most` + 2; the rest of it is passed over.
    """
    encoding = choose_encoding(source.head)
    if encoding.startswith("utf-16"):
        with open_text(source, encoding) as text:
            for line in text:
                yield line.rstrip("\r\n").encode("utf-8", "surrogatepass")
        return
    with source.open() as stream:
        yield from _byte_lines(stream, most)


def _byte_lines(stream: BinaryIO, most: int) -> Iterator[bytes]:
    while line := stream.readline(most + 2):
        if len(line) > most and not line.endswith(b"\n"):
            while (rest := stream.readline(io.DEFAULT_BUFFER_SIZE * 128)) and not rest.endswith(b"\n"):
                pass
        yield line.rstrip(b"\r\n")
