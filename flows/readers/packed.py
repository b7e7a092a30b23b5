"""Archives, .zip and .tar: folders of files, each read as it would be beside them."""

import io
import posixpath
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple, cast

from flows.readers.records import Fault, Record, fault, first_line
from flows.readers.sources import BUFFER_BYTES, LimitPassed, Source, expand, make_source, open_seekable

SUFFIXES = (".zip", ".tar", ".tgz", ".tbz2")
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
TAR_MARK = slice(257, 262)
DOCUMENT = re.compile(rb"\[Content_Types\]\.xml|docProps/|mimetypeapplication/|META-INF/")
"""What a document that is a .zip inside holds: an office document, a book, a program."""

HIDDEN = ("__MACOSX", "__pycache__", "node_modules")
ENCRYPTED = 0x1
UTF_8_NAME = 0x800


class Member(NamedTuple):
    """A file in an archive; `fault` says why it is not read, null where it is."""

    name: str
    size: int
    open: Callable[[], BinaryIO]
    fault: str | None


def knows(source: Source) -> bool:
    """Whether the file begins as the formats say."""
    named = source.suffix in SUFFIXES
    zipped = source.head.startswith((ZIP, EMPTY_ZIP)) and (named or not DOCUMENT.search(source.head))
    return zipped or source.head[TAR_MARK] == b"ustar"


def read(source: Source) -> Iterator[Record | Fault]:
    """Read every file of the archive, in the order of their names.

    A member that cannot be read costs only itself. All members together expand to no more than the limits allow.
    """
    if source.limits.depth <= 0:
        yield fault(source, None, "archives within archives", "deeper than MARBRE_DEPTH allows")
        return
    with open_seekable(source) as stream:
        members = sorted(_zip_members(stream) if _is_zip(source) else _tar_members(stream), key=lambda m: m.name)
        yield from read_members(source, members)


def read_members(source: Source, members: Iterable[Member]) -> Iterator[Record | Fault]:
    """Read members of an archive as files of a folder of its name."""
    by_name = {member.name: member for member in members}
    budget = Budget(source.limits.expanded_bytes)
    for member in by_name.values():
        place = source._replace(source_path=f"{source.source_path}/{member.name}")
        if member.fault:
            yield fault(place, None, "member cannot be read", member.fault)
            continue
        try:
            inner = _make_source(source, member, by_name, budget)
        except Exception as error:  # a damaged or encrypted member, of whatever library: costs only itself
            yield fault(place, None, "member cannot be read", first_line(error))
            continue
        yield from _read_member(inner)


def _read_member(source: Source) -> Iterator[Record | Fault]:
    from flows.readers import read_source  # noqa: PLC0415  # the readers know of each other only here

    yield from read_source(source)


def _make_source(archive: Source, member: Member, by_name: dict[str, Member], budget: "Budget") -> Source:
    limits = archive.limits._replace(depth=archive.limits.depth - 1)

    def opened() -> BinaryIO:
        counted = io.BufferedReader(Counted(member.open(), budget), BUFFER_BYTES)
        return expand(cast(BinaryIO, counted), limits)

    def beside(name: str) -> Source | None:
        neighbour = by_name.get(posixpath.join(posixpath.dirname(member.name), name))
        with suppress(Exception):
            return _make_source(archive, neighbour, by_name, budget) if neighbour and not neighbour.fault else None
        return None

    return make_source(f"{archive.source_path}/{member.name}", opened, limits, beside, archive.say)


class Budget:
    """Bytes that the members of an archive may still expand to."""

    def __init__(self, most: int) -> None:
        """Start with all of them."""
        self._most, self._left = most, most

    def take(self, size: int) -> None:
        """Count bytes. Errors: LimitPassed."""
        self._left -= size
        if self._left < 0:
            raise LimitPassed(f"the archive expands to more than {self._most:,} bytes (MARBRE_EXPANDED_BYTES)")


class Counted(io.RawIOBase):
    """A stream whose bytes are counted against a budget: a few kilobytes can expand to a terabyte."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        """Start at the beginning of a stream, which is closed with this one."""
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what comes next. Errors: LimitPassed; those of the stream."""
        found = self._stream.read(len(buffer))
        buffer[: len(found)] = found
        self._budget.take(len(found))
        return len(found)

    def close(self) -> None:
        """Close the stream as well."""
        self._stream.close()
        super().close()


def _is_zip(source: Source) -> bool:
    return source.head.startswith((ZIP, EMPTY_ZIP))


def _zip_members(stream: BinaryIO) -> Iterator[Member]:
    archive = zipfile.ZipFile(stream)  # closed with its stream
    for info in archive.infolist():
        name = _zip_name(info)
        if info.is_dir() or _is_hidden(name):
            continue
        encrypted = "is encrypted; unpack it with its password" if info.flag_bits & ENCRYPTED else None
        yield Member(_shown(name), info.file_size, _opener(archive, info), encrypted or _fault_of_name(name))


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, archive.open(info))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name: where it is not marked as UTF-8, Windows writes it in the code page of DOS, others in UTF-8."""
    if info.flag_bits & UTF_8_NAME or info.filename.isascii():
        return info.filename
    try:
        written = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp850")


def _tar_members(stream: BinaryIO) -> Iterator[Member]:
    archive = tarfile.open(fileobj=stream, mode="r:")  # noqa: SIM115  # closed with its stream
    end = stream.seek(0, io.SEEK_END)
    for info in archive:
        if info.isdir() or _is_hidden(info.name):
            continue
        cut_short = "the archive ends before it does" if info.offset_data + info.size > end else None
        fault_of_kind = cut_short if info.isreg() else "is a link or a device"
        yield Member(
            _shown(info.name), info.size, _tar_opener(archive, info), fault_of_kind or _fault_of_name(info.name)
        )


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, archive.extractfile(info))


def _is_hidden(name: str) -> bool:
    return any((part[:1] == "." and part.strip(".")) or part in HIDDEN for part in name.split("/"))


def _shown(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/")


def _fault_of_name(name: str) -> str | None:
    """Why a name is not taken: it leads out of the archive, as no archiver writes it."""
    return (
        "its name leads out of the archive" if ".." in name.replace("\\", "/").split("/") or name[:1] == "/" else None
    )
