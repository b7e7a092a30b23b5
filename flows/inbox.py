"""What lies in an inbox: the files, in a stable order, whatever their names."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flows.readers import READ_SUFFIXES, is_known, suffix_of
from flows.readers.records import PAYLOAD_BYTES, Fault
from flows.terminal import one_line

__all__ = ["PAYLOAD_BYTES", "READ_SUFFIXES", "Fault", "InboxFile", "list_files", "one_line", "show_path", "suffix_of"]
IGNORED_NAMES = ("__pycache__", "node_modules")


class InboxFile(NamedTuple):
    """A file to read: where it is, its name as shown, what its name says it holds, and how it looked when listed.

    An empty suffix: only its content says what it holds.
    """

    path: bytes
    source_path: str
    suffix: str
    size: int = 0
    modified_ns: int = 0


def show_path(path: bytes) -> str:
    """A path as text: UTF-8, undecodable bytes backslash-escaped."""
    return path.decode("utf-8", "backslashreplace")


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
    if stat.S_ISDIR(mode):
        yield from _walk(path, root, seen)
    elif not stat.S_ISREG(mode):
        yield _fault(path, root, "not a regular file", None)
    else:
        yield _look_inside(path, root, status)


def _look_inside(path: bytes, root: bytes, status: os.stat_result) -> InboxFile | Fault:
    """A file whose suffix is read, or whose first bytes some reader knows; else a Fault."""
    suffix = suffix_of(os.path.basename(path))
    file = InboxFile(path, _relative(path, root), suffix or "", status.st_size, status.st_mtime_ns)
    try:
        if suffix is None and not is_known(file):
            return _fault(path, root, "file type not read", f"read are {', '.join(READ_SUFFIXES)}")
    except OSError as error:
        return _fault(path, root, "file cannot be opened", error.strerror)
    return file


def _relative(path: bytes, root: bytes) -> str:
    return show_path(os.path.relpath(path, root))


def _fault(path: bytes, root: bytes, reason: str, detail: str | None) -> Fault:
    return Fault(_relative(path, root), None, "read", reason, detail, None)
