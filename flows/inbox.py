"""What lies in an inbox: the files, in a stable order, whatever their names."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

READ_SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".jsonl.gz", ".parquet")
PAYLOAD_BYTES = 64 * 1024
"""What a reject keeps of its record or row."""
IGNORED_NAMES = ("__pycache__", "node_modules")


class Fault(NamedTuple):
    """Something that could not be taken in; becomes a row of rejects."""

    source_path: str
    record: int | None
    stage: str
    reason: str
    detail: str | None
    payload: bytes | None
    document_id: str | None = None


class InboxFile(NamedTuple):
    """A file to read: where it is, its name as shown, what its name says it holds, and how it looked when listed."""

    path: bytes
    source_path: str
    suffix: str
    size: int = 0
    modified_ns: int = 0


def show_path(path: bytes) -> str:
    """A path as text: UTF-8, undecodable bytes backslash-escaped."""
    return path.decode("utf-8", "backslashreplace")


def one_line(text: str) -> str:
    """A name fit for one line of a terminal: line breaks and control characters escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def suffix_of(name: bytes) -> str | None:
    """The suffix, in lower case, that says how a file is read; null where it is not read."""
    lower = name.lower()
    return next((s for s in sorted(READ_SUFFIXES, key=len, reverse=True) if lower.endswith(s.encode())), None)


def list_files(inbox: Path) -> Iterator[InboxFile | Fault]:
    """Walk an inbox, recursively, in the order of its paths.

    Out: one item per file: an InboxFile, or a Fault where it cannot be opened or its type is not read. Hidden
    files are passed over. A folder reached again, through links, is told and not read twice, so a loop ends.
    Errors: none; a folder that cannot be read is a Fault.
    """
    root = os.fsencode(inbox)
    yield from _walk(root, root, set())


def _walk(folder: bytes, root: bytes, seen: set[tuple[int, int]]) -> Iterator[InboxFile | Fault]:
    try:
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in seen:
            yield _fault(folder, root, "folder is read already", "a link leads back to it")
            return
        seen.add((status.st_dev, status.st_ino))
        entries = sorted(os.listdir(folder))
    except OSError as error:
        yield _fault(folder, root, "folder cannot be read", error.strerror)
        return
    for name in entries:
        if name.startswith(b".") or os.fsdecode(name) in IGNORED_NAMES:
            continue
        yield from _look(os.path.join(folder, name), root, seen)


def _look(path: bytes, root: bytes, seen: set[tuple[int, int]]) -> Iterator[InboxFile | Fault]:
    try:
        status = os.stat(path)
        mode = status.st_mode
    except OSError as error:
        yield _fault(path, root, "file cannot be opened", error.strerror)
        return
    suffix = suffix_of(os.path.basename(path))
    if stat.S_ISDIR(mode):
        yield from _walk(path, root, seen)
    elif not stat.S_ISREG(mode):
        yield _fault(path, root, "not a regular file", None)
    elif suffix is None:
        yield _fault(path, root, "file type not read", f"read are {', '.join(READ_SUFFIXES)}")
    else:
        yield InboxFile(path, _relative(path, root), suffix, status.st_size, status.st_mtime_ns)


def _relative(path: bytes, root: bytes) -> str:
    return show_path(os.path.relpath(path, root))


def _fault(path: bytes, root: bytes, reason: str, detail: str | None) -> Fault:
    return Fault(_relative(path, root), None, "read", reason, detail, None)
