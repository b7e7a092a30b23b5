"""Whatever ends a command is one line with its exit status."""

import errno
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows.failures import explain
from flows.isolation import NothingPasses
from flows.server import ServerLost
from warehouse.errors import WarehouseBusy

TARGET = Path("w.duckdb")


def catch(raiser) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - of any kind is what this is about
        raiser()
    return caught.value


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (WarehouseBusy("another run is writing"), 2, "another run is writing"),
        (OSError(errno.ENOSPC, "no space", "x/y"), 2, "x/y: No space left on device"),
        (FileNotFoundError(errno.ENOENT, "", "a"), 2, "a: not found. `marbre run INBOX --warehouse w.duckdb` makes it"),
        (ServerLost("no server"), 3, "Prefect: no server; w.duckdb is sound, run again"),
        (NothingPasses("no text can be processed"), 4, "no text can be processed"),
    ],
)
def test_errors_that_are_foreseen(error, status, line):
    assert explain(error, TARGET) == (line, status)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_full_disk_is_told_as_such_also_where_polars_meets_it():
    full = catch(lambda: pl.DataFrame({"a": list(range(99_999))}).write_parquet("/dev/full"))
    assert explain(full, TARGET) == ("w.duckdb: No space left on device", 2)


def test_errors_of_duckdb_and_prefect_are_their_first_line():
    assert explain(catch(lambda: duckdb.connect("/dev/null/w")), TARGET).line.startswith("w.duckdb: IO Error: ")
    import httpx

    lost = explain(catch(lambda: httpx.get("http://127.0.0.1:9")), TARGET)
    assert lost.status == 3
    assert len(lost.line.splitlines()) == 1


def test_what_nobody_foresaw_says_where_and_asks_for_a_report():
    told = explain(catch(lambda: {}["x"]), TARGET)
    assert told.status == 4
    assert told.line.startswith("a fault of Marbre: KeyError in test_failures.py:")
    assert told.line.endswith("please report it. w.duckdb is as it was")
