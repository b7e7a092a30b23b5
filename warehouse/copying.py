"""A copy of a file at the least cost that its file system offers."""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path
from typing import BinaryIO

FICLONE = 0x40049409
"""ioctl of Linux: share the blocks of another file until one of the two is written (Btrfs, XFS, bcachefs)."""


def copy_file(source: Path, copy: Path) -> None:
    """Copy a file: as a clone that shares its blocks, else within the kernel, else through memory.

    785 MB on ext4 took 1.3 to 1.8 CPU-s through memory, .2 within the kernel.
    Errors: OSError, such as a full disk; what was written until then is left to the caller.
    """
    with open(source, "rb") as read, open(copy, "wb") as write:
        if not (_clone(read, write) or _copy_in_kernel(read, write)):
            read.seek(0)
            write.truncate(0)
            shutil.copyfileobj(read, write)


def _clone(read: BinaryIO, write: BinaryIO) -> bool:
    with contextlib.suppress(OSError):
        fcntl.ioctl(write.fileno(), FICLONE, read.fileno())
        return True
    return False


def _copy_in_kernel(read: BinaryIO, write: BinaryIO) -> bool:
    """False where the kernel or the file system cannot; a full disk will tell itself once more."""
    left = os.fstat(read.fileno()).st_size
    with contextlib.suppress(OSError, AttributeError):
        while left > 0:
            copied = os.copy_file_range(read.fileno(), write.fileno(), left)
            if not copied:
                return False
            left -= copied
        return True
    return False
