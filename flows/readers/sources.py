"""Where bytes come from: a file of the inbox or a member of an archive, expanded, within limits."""

import bz2
import gzip
import io
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple, cast

from flows.settings import Limits

HEAD_BYTES = 64 * 1024
"""What is looked at to say whose a file is; a page of an archive has up to 20 KB of styles before its first article.
Most files of one article are shorter, and so opened once."""
BUFFER_BYTES = 256 * 1024
COMPRESSIONS = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".zst": b"\x28\xb5\x2f\xfd"}
"""Suffixes of compressed files, and the bytes they begin with."""


class LimitPassed(Exception):
    """A file is larger than the limits allow; says which limit."""


class Source(NamedTuple):
    """The bytes of a file of the inbox, or of a member of an archive."""

    source_path: str
    """As shown in tables, relative to the inbox; of a member `a.zip/b.txt`."""
    suffix: str
    """What its name says it holds, in lower case, such as .csv; that of a compression is taken off. Empty: none."""
    head: bytes
    """Its first bytes, expanded: HEAD_BYTES, or fewer where it is shorter."""
    open: Callable[[], BinaryIO]
    """Gives a stream of its expanded bytes from their start; to be closed by who opened it."""
    limits: Limits
    beside: "Callable[[str], Source | None]" = lambda name: None
    """Gives the file of that name in the same folder; null where there is none."""
    say: Callable[[str], None] = lambda note: None
    """Takes one line on how the file was read, such as the columns found; no fault."""


class Expanded(io.RawIOBase):
    """A compressed stream expanded, up to a limit: a few kilobytes can expand to a terabyte."""

    def __init__(self, compressed: BinaryIO, kind: str, most: int) -> None:
        """Start at the beginning of a compressed stream, which is closed with this one; `most` is in bytes."""
        self._compressed, self._stream = compressed, _decompress(compressed, kind)
        self._most, self._given = most, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what comes next, however little: of a file cut short all that is there. Errors: LimitPassed."""
        found = self._stream.read1(len(buffer))  # type: ignore[attr-defined]
        buffer[: len(found)] = found
        self._given += len(found)
        if self._given > self._most:
            raise LimitPassed(f"expands to more than {self._most:,} bytes (MARBRE_EXPANDED_BYTES)")
        return len(found)

    def close(self) -> None:
        """Close the compressed stream as well."""
        self._compressed.close()
        super().close()


def open_file(path: bytes, limits: Limits) -> BinaryIO:
    """A stream of a file's bytes, expanded where it is compressed, whatever its name says.

    Errors: OSError; LimitPassed once more is read than the limits allow.
    """
    return expand(open(path, "rb", buffering=BUFFER_BYTES), limits)


def expand(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """A stream of what a buffered stream holds, expanded where its first bytes say that it is compressed."""
    start = cast(io.BufferedReader, stream).peek(4)
    kind = next((suffix for suffix, magic in COMPRESSIONS.items() if start.startswith(magic)), None)
    if kind is None:
        return stream
    return cast(BinaryIO, io.BufferedReader(Expanded(stream, kind, limits.expanded_bytes), BUFFER_BYTES))


def _decompress(stream: BinaryIO, kind: str) -> BinaryIO:
    if kind == ".gz":
        return cast(BinaryIO, gzip.open(stream, "rb"))
    if kind == ".bz2":
        return cast(BinaryIO, bz2.open(stream, "rb"))
    import zstandard  # noqa: PLC0415  # most inboxes hold none

    return cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))


def split_suffix(name: str) -> tuple[str, str]:
    """The suffix of a name and that of its compression, both in lower case: ("articles.csv.gz") is (.csv, .gz)."""
    stem, last = os.path.splitext(name.lower())
    if last in COMPRESSIONS:
        return os.path.splitext(stem)[1], last
    return last, ""


def file_source(
    path: bytes, source_path: str, limits: Limits, say: Callable[[str], None] = lambda note: None
) -> Source:
    """A file of the inbox as a Source.

    Errors: OSError where it cannot be opened; LimitPassed where it is larger than the limits allow.
    """
    size = os.stat(path).st_size
    if size > limits.file_bytes:
        raise LimitPassed(f"has {size:,} bytes; at most {limits.file_bytes:,} are read (MARBRE_FILE_BYTES)")

    def beside(name: str) -> Source | None:
        neighbour = os.path.join(os.path.dirname(path), os.fsencode(name))
        shown = os.path.join(os.path.dirname(source_path), name)
        with suppress(OSError):
            return file_source(neighbour, shown, limits, say)
        return None

    return make_source(source_path, lambda: open_file(path, limits), limits, beside, say)


def make_source(
    source_path: str,
    opened: Callable[[], BinaryIO],
    limits: Limits,
    beside: Callable[[str], Source | None],
    say: Callable[[str], None],
) -> Source:
    """A Source of a stream that can be opened again; what is no longer than its head is not opened twice.

    Errors: those of `opened`.
    """
    with opened() as stream:
        head, is_whole = read_head(stream)
    reopened: Callable[[], BinaryIO] = (lambda: io.BytesIO(head)) if is_whole else opened
    return Source(source_path, split_suffix(source_path)[0], head, reopened, limits, beside, say)


def read_head(stream: BinaryIO) -> tuple[bytes, bool]:
    """The first HEAD_BYTES of a stream, and whether that is all of it; of a damaged one what can be read."""
    head = b""
    try:
        while len(head) <= HEAD_BYTES and (more := stream.read1(HEAD_BYTES)):  # type: ignore[attr-defined]
            head += more
    except Exception:  # whoever reads it meets the fault again, and tells it
        return head[:HEAD_BYTES], False
    return head[:HEAD_BYTES], len(head) <= HEAD_BYTES


def open_seekable(source: Source) -> BinaryIO:
    """A stream that can be read at any place, for formats whose index is at their end; copied to disk where needed."""
    stream = source.open()
    if stream.seekable() and not isinstance(getattr(stream, "raw", None), Expanded):
        return stream
    spooled = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115  # closed by who opened it
    with stream:
        shutil.copyfileobj(stream, spooled, BUFFER_BYTES)
    spooled.seek(0)
    return spooled


def read_whole(source: Source) -> bytes | None:
    """All bytes of a source of one record; null where there are more than a record may have."""
    with source.open() as stream:
        raw = stream.read(source.limits.record_bytes + 1)
    return raw if len(raw) <= source.limits.record_bytes else None
