"""The staging folder as a ledger: what is on the disk of a run under way, and whether it is as it was written.

`BATCH.parquet` holds records to process, the folder `BATCH` what they came to. `ledger.jsonl` says of each in which
state it is, with the size and checksum of its files: pending, then done. The last line names the run that commits them
all; once the warehouse holds that run, they are committed. A line is appended and brought to the disk after its files,
so a cut of power can lose a state but never promise what is not there. A torn line is no line.
"""

import hashlib
import io
import json
import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.lock import beside
from warehouse.publish import sync

LEDGER = "ledger.jsonl"
NAMING = ("document_id", "source_path", "record", "sha256", "given", "repeated_lines")
"""What two batches differ in where they differ at all: the same record may lie elsewhere, or say another author."""


def staging_of(target: Path) -> Path:
    """The staging folder of a warehouse."""
    return beside(target, ".staging")


def write_batch(staging: Path, records: pl.DataFrame, processed_by: str) -> Path:
    """Write records to be processed together; the file's name is their content, so a killed run is taken up again.

    In:  records: the columns NAMING and what else is to be kept.
    """
    rows = records.select(NAMING).rows()
    content = "\n".join([processed_by, *map(str, rows)])
    path = staging / f"{hashlib.sha256(content.encode()).hexdigest()[:16]}.parquet"
    if not (path.exists() and is_sound(staging, path.stem, "pending", staging)):
        staging.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        checksum = write_frame(records, unfinished)
        unfinished.replace(path)
        sync(staging)
        append(staging, {"batch": path.stem, "state": "pending", "files": {path.name: checksum}})
    return path


def write_outcome(out: Path, frames: Mapping[str, pl.DataFrame]) -> Path:
    """Write what a batch, or a part of one, came to: a file a frame, in a folder made in one step at the end."""
    unfinished = out.with_suffix(".outcome")
    for former in (unfinished, out):
        shutil.rmtree(former, ignore_errors=True)
    unfinished.mkdir(parents=True)
    files = {f"{name}.parquet": write_frame(frame, unfinished / f"{name}.parquet") for name, frame in frames.items()}
    sync(unfinished)
    os.replace(unfinished, out)
    sync(out.parent)
    append(out.parent, {"batch": out.name, "state": "done", "files": files})
    return out


def is_done(out: Path) -> bool:
    """True where all that a batch came to is there, in the folder `out`, as it was written."""
    return out.exists() and is_sound(out.parent, out.name, "done", out)


def announce_commit(staging: Path, run_id: str) -> None:
    """Say, before the warehouse is published, which run commits what is staged."""
    if staging.is_dir():
        append(staging, {"state": "committed", "run_id": run_id})


def remove_committed(target: Path, ledger: duckdb.DuckDBPyConnection | None) -> bool:
    """Remove what a run has committed that was killed before it could remove it itself.

    In:  the published warehouse (null: there is none yet).
    Out: true where there was such a run. Were it left, nothing would be loaded twice: the records are in the warehouse,
         so no batch of them is asked for again.
    """
    staging = staging_of(target)
    runs = [line["run_id"] for line in read_lines(staging) if line.get("state") == "committed"]
    if ledger is None or not runs:
        return False
    held = ledger.execute("select count(*) from runs where run_id = $1", [runs[-1]]).fetchone()
    if held != (1,):
        return False
    remove(target)
    return True


def remove(target: Path) -> None:
    """Remove the staging folder; the ledger first, so that nothing half removed counts as done."""
    staging = staging_of(target)
    (staging / LEDGER).unlink(missing_ok=True)
    shutil.rmtree(staging, ignore_errors=True)


def is_sound(staging: Path, batch: str, state: str, folder: Path) -> bool:
    """True where the ledger has a batch in a state, and its files in `folder` are as they were written."""
    lines = [line for line in read_lines(staging) if line.get("batch") == batch and line.get("state") == state]
    return bool(lines) and all(read_checksum(folder / name) == held for name, held in lines[-1]["files"].items())


def write_frame(frame: pl.DataFrame, path: Path) -> list[int]:
    """Write a frame as parquet and bring it to the disk.

    Out: its size and CRC-32, which guards against tears and empty pages, not against people.
    """
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="lz4")
    content = buffer.getbuffer()
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return [len(content), zlib.crc32(content)]


def read_checksum(path: Path) -> list[int] | None:
    """The size and checksum of a file; null where it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return [len(content), zlib.crc32(content)]


def append(staging: Path, line: dict[str, Any]) -> None:
    """Append a line to the ledger and bring it to the disk. It begins with a line break: a torn one may have none."""
    content = "\n" + json.dumps(line, separators=(",", ":")) + "\n"
    handle = os.open(staging / LEDGER, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, content.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read_lines(staging: Path) -> list[dict[str, Any]]:
    """The sound lines of the ledger, in order; none where there is no ledger."""
    try:
        content = (staging / LEDGER).read_bytes()
    except OSError:
        return []
    return list(_parse(content.split(b"\n")))


def _parse(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            held = json.loads(line)
        except ValueError:
            continue
        if isinstance(held, dict):
            yield held
