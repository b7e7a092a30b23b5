"""What people know better: aliases.csv and corrections.csv beside the warehouse, read at every run, never written."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from flows.validation import REJECTS, check_frame, model_of
from warehouse.ddl import columns

FILES = {"aliases": "aliases.csv", "corrections": "corrections.csv"}


class Corrections(NamedTuple):
    """The sound lines of both files, and REJECTS for the others."""

    aliases: pl.DataFrame
    corrections: pl.DataFrame
    rejects: pl.DataFrame


def read_corrections(target: Path) -> Corrections:
    """Read both files from the folder of the warehouse; a file that is not there has no lines.

    Errors: none; a file that is no CSV with the columns of its table, and a line that breaks the schema, are rejects.
    """
    aliases, bad_aliases = read_table(target, "aliases")
    corrections, bad_corrections = read_table(target, "corrections")
    is_date = pl.col("value").map_elements(is_iso, return_dtype=pl.Boolean)
    wrong = corrections.filter((pl.col("corrected") == "published_at") & ~is_date)
    undated = [reject("corrections", None, f"published_at: {value!r} is no ISO date") for value in wrong["value"]]
    corrections = corrections.join(wrong, on=corrections.columns, how="anti", nulls_equal=True)
    faults = pl.DataFrame([*bad_aliases, *bad_corrections, *undated], schema=REJECTS, orient="row")
    return Corrections(aliases, corrections, faults)


def read_table(target: Path, table: str) -> tuple[pl.DataFrame, list[tuple[object, ...]]]:
    """The sound lines of one file, once each, and a reject for each of the others."""
    names = list(columns(model_of(table)))
    nothing = check_frame(pl.DataFrame(schema=dict.fromkeys(names, pl.String)), table).valid
    path = target.parent / FILES[table]
    if not path.exists():
        return nothing, []
    try:
        rows = pl.read_csv(path, infer_schema=False)
        rows = rows.select([pl.col(name).replace("", None) for name in names]).unique(maintain_order=True)
    except (OSError, pl.exceptions.PolarsError) as error:
        detail = f"needs the columns {', '.join(names)}; {str(error).splitlines()[0]}"
        return nothing, [reject(table, None, detail[:300])]
    checked = check_frame(rows, table)
    rejects = [reject(table, index, why) for index, why in checked.broken.iter_rows()]
    return checked.valid.sort(names), rejects


def reject(table: str, line: int | None, detail: str) -> tuple[object, ...]:
    """A row of REJECTS for a line of one of the files."""
    return (FILES[table], line, "read", "correction cannot be read", detail, None)


def is_iso(value: str) -> bool:
    """True for an ISO date or time."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
