"""What people know better: aliases.csv and corrections.csv beside the warehouse, read at every run, never written."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from flows.settings import BY_HAND
from flows.validation import REJECTS, check_frame, model_of
from schemas import lexicon
from warehouse.ddl import columns


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
    sound, bad_values = check_values(corrections)
    faults = pl.DataFrame([*bad_aliases, *bad_corrections, *bad_values], schema=REJECTS, orient="row")
    return Corrections(aliases, sound, faults)


def check_values(corrections: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[object, ...]]]:
    """The corrections whose value is a date or the code of a country where it must be, and rejects for the others."""
    corrected, value = pl.col("corrected"), pl.col("value")
    is_date = value.map_elements(is_iso, return_dtype=pl.Boolean)
    is_code = value.is_in(lexicon.read("countries")["country_code"].unique().implode())
    wanted = {"published_at": ("ISO date", is_date), "country": ("code of a country", is_code)}
    rejects = []
    for kind, (what, is_right) in wanted.items():
        wrong = corrections.filter((corrected == kind) & ~is_right)
        rejects += [reject("corrections", None, f"{kind}: {value!r} is no {what}") for value in wrong["value"]]
        corrections = corrections.filter((corrected != kind) | is_right)
    return corrections, rejects


def read_table(target: Path, table: str) -> tuple[pl.DataFrame, list[tuple[object, ...]]]:
    """The sound lines of one file, once each, and a reject for each of the others."""
    names = list(columns(model_of(table)))
    nothing = check_frame(pl.DataFrame(schema=dict.fromkeys(names, pl.String)), table).valid
    path = target.parent / BY_HAND[table]
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
    return (BY_HAND[table], line, "read", "correction cannot be read", detail, None, None)


def is_iso(value: str) -> bool:
    """True for an ISO date or time."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
