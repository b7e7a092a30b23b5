"""What `marbre forget` tells: what is meant, what was taken out, what stays."""

from pathlib import Path

import polars as pl
from rich.console import Console

from flows.forgetting import Meant
from flows.terminal import as_text, one_line

SHOWN = 20
"""Documents and persons listed one by one."""
console = Console(highlight=False)


def print_meant(meant: Meant) -> None:
    """What is to be forgotten: documents with their places, persons with what stays of them."""
    _list("document", meant.documents.select("source_path", "record", "title"))
    _list("person", meant.persons.select("name", "entity_id"))
    if not meant.persons.is_empty() and not meant.with_articles:
        console.print("The texts that name a person stay as they are; --articles forgets these as well.")
    if meant.documents.is_empty() and meant.persons.is_empty():
        console.print(as_text(f"what was set aside of {one_line(meant.wanted)}"))


def print_taken(taken: dict[str, int], meant: Meant, by_hand: list[str], warehouse: Path) -> None:
    """The rows taken out of each table, and what a person must look after themselves."""
    for table, rows in taken.items():
        console.print(as_text(f"{rows:>8} {table}"))
    console.print("Forgotten. What is found again is told once in rejects and not loaded.")
    if not meant.copies.is_empty():
        console.print("Copies of it stay; forget them as well where they should go:", style="yellow")
        _list("copy", meant.copies.select("source_path", "title", "article_id"))
    for name in by_hand:
        told = f"{warehouse.parent / name} names a person that is forgotten: take the line out yourself"
        console.print(as_text(told, "yellow"))
    told = "Backups, the files of the inbox and files that you exported are yours to look after."
    console.print(as_text(told, "yellow"))


def _list(noun: str, rows: pl.DataFrame) -> None:
    """The first rows, one a line, and how many more there are."""
    for row in rows.head(SHOWN).iter_rows():
        console.print(as_text(f"{noun}: {', '.join(one_line(str(value)) for value in row if value is not None)}"))
    if rows.height > SHOWN:
        console.print(as_text(f"… and {rows.height - SHOWN} more"))
