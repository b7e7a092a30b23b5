"""What lies in an inbox: the files, in a stable order, whatever their names, and nothing outside it."""

import os
import stat
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from flows.readers import suffix_of
from flows.readers.records import PAYLOAD_BYTES, Fault
from flows.settings import BY_HAND, Limits
from flows.terminal import one_line

__all__ = ["PAYLOAD_BYTES", "Fault", "InboxFile", "is_own", "list_files", "one_line", "show_path"]

IGNORED_NAMES = (b"__pycache__", b"node_modules")
OWN_SUFFIXES = (b".foreign-wal", b".journal", b".lock", b".previous", b".schedule", b".staging", b".wal", b".work")
"""What Marbre and DuckDB write beside a warehouse, after its name."""
UNLOOKED = ("file cannot be opened", "file too large", "folder cannot be read", "folders too deep")
"""Faults of what could not be looked at: what it held may still be there, so nothing of it is gone."""


class InboxFile(NamedTuple):
    """A file to read: where it is, its name as shown, what its name says it holds, and how it looked when listed.

    An empty `suffix`: only its content can say what it holds.
    """

    path: bytes
    source_path: str
    suffix: str
    size: int = 0
    modified_ns: int = 0


def show_path(path: bytes) -> str:
    r"""A path as text: UTF-8, each undecodable byte as \xHH.

    A backslash before an x is \x5c, so that two paths are never shown alike: \xe9 is a byte, \x5cxe9 those characters.
    """
    return path.replace(b"\\x", b"\\x5cx").decode("utf-8", "backslashreplace")


def is_own(warehouse: Path) -> Callable[[bytes], bool]:
    """A question to ask of a path: is it the warehouse, beside it and ours, or a file of corrections by hand?

    A warehouse may lie in its inbox; none of these is a text then.
    """
    places = {os.path.realpath(os.fsencode(warehouse)), os.path.abspath(os.fsencode(warehouse))}
    names = {(os.path.dirname(place), os.path.basename(place)) for place in places}
    by_hand = tuple(name.encode() for name in BY_HAND.values())

    def answer(path: bytes) -> bool:
        folder, name = os.path.split(path)
        return any(
            folder == beside
            and (name in (own, *by_hand) or name.startswith(tuple(own + suffix for suffix in OWN_SUFFIXES)))
            for beside, own in names
        )

    return answer


def list_files(
    inbox: Path, limits: Limits | None = None, is_ours: Callable[[bytes], bool] = lambda path: False
) -> Iterator[InboxFile | Fault]:
    """Walk an inbox, recursively, in the order of its paths; what links lead to comes last.

    In:  limits of depth and size; `is_ours` says which paths are passed over, as hidden ones are.
    Out: one item per file: an InboxFile, or a Fault where it cannot be looked at, is too large or no regular file.
         A link that leads to what is read under its own name is passed over; one that leads out of the inbox is a
         Fault, and not followed.
    Errors: none; whatever goes wrong is a Fault of that file or folder.
    """
    yield from _Walk(os.path.realpath(os.fsencode(inbox)), limits or Limits(), is_ours)


class _Walk:
    """One walk, without recursion: folders may lie hundreds deep."""

    def __init__(self, root: bytes, limits: Limits, is_ours: Callable[[bytes], bool]) -> None:
        self._root, self._limits, self._is_ours = root, limits, is_ours
        self._links: deque[bytes] = deque()
        self._followed: set[bytes] = set()

    def __iter__(self) -> Iterator[InboxFile | Fault]:
        yield from self._descend([self._root])
        while self._links:
            yield from self._follow(self._links.popleft())

    def _descend(self, paths: list[bytes]) -> Iterator[InboxFile | Fault]:
        waiting = paths[::-1]
        while waiting:
            found = self._look(waiting.pop())
            if isinstance(found, list):
                waiting.extend(reversed(found))
            elif found is not None:
                yield found

    def _follow(self, link: bytes) -> Iterator[InboxFile | Fault]:
        """What a link leads to, where no other way leads there."""
        try:
            target = os.path.realpath(link, strict=True)
            status = os.stat(target)
        except OSError as error:
            yield self._fault(link, "file cannot be opened", error.strerror)
            return
        if target != self._root and not target.startswith(os.path.join(self._root, b"")):
            yield self._fault(link, "link leads outside the inbox", f"to {show_path(target)}; copy it into the inbox")
        elif target not in self._followed and not self._is_walked(target):
            self._followed.add(target)
            found = self._sort(link, status)
            yield from self._descend(found) if isinstance(found, list) else [found]

    def _look(self, path: bytes) -> list[bytes] | InboxFile | Fault | None:
        """A file, the paths of a folder, or what is wrong; null for a link, which waits for the end of the walk."""
        try:
            status = os.lstat(path)
        except OSError as error:
            return self._fault(path, "file cannot be opened", error.strerror)
        if stat.S_ISLNK(status.st_mode):
            self._links.append(path)
            return None
        return self._sort(path, status)

    def _sort(self, path: bytes, status: os.stat_result) -> list[bytes] | InboxFile | Fault:
        if stat.S_ISDIR(status.st_mode):
            return self._list(path)
        if not stat.S_ISREG(status.st_mode):
            return self._fault(path, "not a regular file", None)
        if status.st_size > self._limits.file_bytes:
            detail = f"{status.st_size} bytes, at most {self._limits.file_bytes} (MARBRE_FILE_BYTES)"
            return self._fault(path, "file too large", detail)
        suffix = suffix_of(os.path.basename(path)) or ""
        return InboxFile(path, self._shown(path), suffix, status.st_size, status.st_mtime_ns)

    def _list(self, folder: bytes) -> list[bytes] | Fault:
        if self._depth(folder) > self._limits.depth:
            detail = f"at most {self._limits.depth} within each other (MARBRE_DEPTH)"
            return self._fault(folder, "folders too deep", detail)
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            return self._fault(folder, "folder cannot be read", error.strerror)
        paths = [os.path.join(folder, name) for name in names if _is_visible(name)]
        return [path for path in paths if not self._is_ours(path)]

    def _is_walked(self, target: bytes) -> bool:
        """True where the walk comes to a path of the inbox by its own name."""
        parts = target[len(self._root) + 1 :].split(b"/") if target != self._root else []
        ways = [os.path.join(self._root, *parts[: n + 1]) for n in range(len(parts))]
        return all(map(_is_visible, parts)) and not any(map(self._is_ours, ways)) and len(parts) <= self._limits.depth

    def _depth(self, folder: bytes) -> int:
        return folder.count(b"/") - self._root.count(b"/")

    def _shown(self, path: bytes) -> str:
        return show_path(path[len(self._root) + 1 :]) or "."

    def _fault(self, path: bytes, reason: str, detail: str | None) -> Fault:
        return Fault(self._shown(path), None, "read", reason, detail, None)


def _is_visible(name: bytes) -> bool:
    return not name.startswith(b".") and name not in IGNORED_NAMES
