"""`marbre rejects`: what was set aside, why, what to do about it, and the bytes that were kept."""

import sys
from typing import Any

import duckdb
from rich.console import Console

from flows.console import make_table
from flows.terminal import as_text, some_lines
from schemas.reasons import advise
from warehouse.sql import read_sql

PAYLOAD_SHOWN = 20_000
"""Characters of a payload on a terminal; into a file or a pipe all its bytes go."""
UNKNOWN_REASON = "no advice: the reason is of another version of Marbre"
console = Console(highlight=False)


class RejectUnknown(ValueError):
    """No reject, or more than one, has such an id; or nothing of it was kept."""


def print_reasons(con: duckdb.DuckDBPyConnection) -> None:
    """Each reason with how often it was given, an example and what to do."""
    rows = con.execute(read_sql("queries/reasons")).fetchall()
    if not rows:
        console.print("nothing was set aside")
        return
    names = ("stage", "reason", "rejects", "first", "what to do")
    shown = [(*row, advise(row[1]) or UNKNOWN_REASON) for row in rows]
    console.print(make_table(names, shown, "Set aside, by reason"))
    console.print("`marbre rejects REASON` lists them, each with its id", style="dim")


def print_rejects_of(con: duckdb.DuckDBPyConnection, reason: str) -> None:
    """The rejects of a reason, a file or a folder, each with its id. Errors: RejectUnknown where there are none."""
    found = con.execute(read_sql("queries/rejects_like"), {"wanted": reason})
    names, rows = [column[0] for column in found.description or []], found.fetchall()
    if not rows:
        raise RejectUnknown(f"no reject has the reason or path {reason!r}; `marbre rejects` lists the reasons")
    console.print(make_table(names, rows))
    for told in dict.fromkeys(row[1] for row in rows):
        console.print(as_text(f"{told}: {advise(told) or UNKNOWN_REASON}"))
    console.print("`marbre rejects --payload ID` shows what was kept of one", style="dim")


def write_payload(con: duckdb.DuckDBPyConnection, reject_id: str) -> None:
    """What was kept of a reject: harmless text on a terminal, its very bytes into a file or a pipe.

    Errors: RejectUnknown.
    """
    payload = fetch_payload(con, reject_id)
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(payload)
        return
    text = payload.decode("utf-8", "backslashreplace")
    sys.stdout.write(some_lines(text[:PAYLOAD_SHOWN]) + "\n")
    if len(text) > PAYLOAD_SHOWN:
        told = f"… the first {PAYLOAD_SHOWN} of {len(text)} characters; > FILE at the end of the command gives all"
        console.print(told, style="dim")


def fetch_payload(con: duckdb.DuckDBPyConnection, reject_id: str) -> bytes:
    """The bytes kept of the reject whose id begins so. Errors: RejectUnknown."""
    rows: list[Any] = con.execute(read_sql("queries/payloads"), {"reject_id": reject_id}).fetchall()
    if len(rows) != 1:
        raise RejectUnknown(
            f"{len(rows)} rejects have an id that begins with {reject_id!r}; `marbre rejects REASON` lists ids"
        )
    [(source_path, payload)] = rows
    if payload is None:
        raise RejectUnknown(f"nothing is kept of it but its path: {source_path}")
    return bytes(payload)
