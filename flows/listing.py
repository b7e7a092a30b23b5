"""The files of an inbox, sorted by what a run has to do with each: nothing, read it, or let it settle."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flows.inbox import UNLOOKED, Fault, InboxFile, is_own, list_files, show_path
from flows.ledger import KnownFile
from flows.readers.companions import is_companion
from flows.settings import RunOptions, read_limits

COARSE_SECONDS = 2.0
"""A file system that keeps no fractions of a second (FAT: every other one) shows no second change this soon after."""
TICK_SECONDS = 0.02
"""Others take the time from a clock that goes in steps of 4 to 10 ms."""


class Listing(NamedTuple):
    """What an inbox holds, by its files.

    `known` need not be read again; `waiting` were changed less than the time to settle ago, and are left to the next
    run; `faults` are files and folders that cannot be looked at or are none; `gone` names known files that are not
    there any more. Nothing is gone that lies in what cannot be looked at, from an inbox without any file (a disk that
    is not mounted looks so), or from a drop box.
    """

    known: list[InboxFile]
    to_read: list[InboxFile]
    waiting: list[InboxFile]
    faults: list[Fault]
    gone: list[str]

    @property
    def unlooked(self) -> list[str]:
        """Files and folders that could not be looked at."""
        return [fault.source_path for fault in self.faults if fault.reason in UNLOOKED]

    @property
    def there(self) -> set[str]:
        """The files that are there, by path."""
        return {file.source_path for file in (*self.known, *self.to_read, *self.waiting)}

    @property
    def is_empty(self) -> bool:
        """True where there is no file at all."""
        return not (self.known or self.to_read or self.waiting)


def name_inbox(inbox: Path) -> str:
    """An inbox as tables name it: its absolute path, undecodable bytes escaped."""
    return show_path(os.path.realpath(os.fsencode(inbox)))


def list_inbox(inbox: Path, warehouse: Path, known: dict[str, KnownFile], options: RunOptions) -> Listing:
    """Walk an inbox and sort its files. Errors: SettingUnfit, where a limit is no number."""
    listing = Listing([], [], [], [], [])
    now_ns = time.time_ns()
    for item in list_files(inbox, read_limits(), is_own(warehouse)):
        if isinstance(item, Fault):
            listing.faults.append(item)
        elif is_known(item, known.get(item.source_path)) and not options.reread:
            listing.known.append(item)
        elif abs(now_ns - item.modified_ns) < options.settle * 1e9:  # one dated in the future is no fresh one
            listing.waiting.append(item)
        else:
            listing.to_read.append(item)
    return _read_described_anew(listing._replace(gone=list(_find_gone(listing, known, options))))


def _read_described_anew(listing: Listing) -> Listing:
    """Have the files of a folder read again where one of them has changed and a table describes them."""
    changed = {os.path.dirname(path) for path in (*(file.source_path for file in listing.to_read), *listing.gone)}
    paths = [*(file.source_path for file in (*listing.known, *listing.to_read)), *listing.gone]
    described = changed & {os.path.dirname(path) for path in paths if is_companion(path)}
    if not described:
        return listing
    again = [file for file in listing.known if os.path.dirname(file.source_path) in described]
    known = [file for file in listing.known if os.path.dirname(file.source_path) not in described]
    to_read = sorted((*listing.to_read, *again), key=lambda file: file.path)
    return listing._replace(known=known, to_read=to_read)


def is_known(file: InboxFile, before: KnownFile | None) -> bool:
    """True where a file has the size and time that it had when it was read, and what it gave is held."""
    return before is not None and before.is_settled and before[:2] == (file.size, file.modified_ns)


def trusted_time(file: InboxFile, status: os.stat_result | None) -> int | None:
    """The time of modification of a file just read, if a later change is sure to show in it; else null.

    In:  how it looks after the reading; null where it is gone.
    """
    if status is None or (status.st_size, status.st_mtime_ns) != (file.size, file.modified_ns):
        return None
    is_coarse = file.modified_ns % 10**9 == 0
    age = time.time_ns() - file.modified_ns
    return None if 0 <= age < (COARSE_SECONDS if is_coarse else TICK_SECONDS) * 1e9 else file.modified_ns


def look_again(file: InboxFile) -> os.stat_result | None:
    """How a file looks now; null where it is gone."""
    try:
        return os.stat(file.path)
    except OSError:
        return None


def _find_gone(listing: Listing, known: dict[str, KnownFile], options: RunOptions) -> Iterator[str]:
    if options.drop_box or listing.is_empty:
        return
    there = listing.there
    unlooked = tuple(listing.unlooked)
    for path in known:
        if path not in there and not is_under(path, unlooked):
            yield path


def is_under(path: str, places: tuple[str, ...]) -> bool:
    """True where a path is one of the places, or lies in one."""
    return any(place in (".", path) or path.startswith(f"{place}/") for place in places)
