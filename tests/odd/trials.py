"""Runs over odd files beside a good one: it is loaded, everything is accounted for, and nothing is a fault of ours."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from tests.odd.kinds import Odd, list_kinds, make

GOOD_NAME = "zz_good.txt"
GOOD_TEXT = """La passerelle de Corvelle rouvre

La passerelle de Corvelle a rouvert jeudi après 14 mois de travaux, a annoncé la mairie. « Elle est plus large »,
a expliqué la maire, Yvonne Tessarin, devant une centaine d’habitants.
"""
OURS = """
select source_path, reason, detail from rejects
where reason like 'a fault of Marbre%' or reason like 'took longer than%' or reason like 'ended its process%'
"""
UNSAID = """
select file_path from (select unnest($names) as file_path)
anti join (select file_path from sightings union select split_part(source_path, '/', 1) from rejects) using (file_path)
"""


def choose(count: int, seed: int) -> Iterator[Odd]:
    """So many odd files: each kind in turn, then again with other bytes."""
    kinds = list_kinds()
    random.Random(seed).shuffle(kinds)
    for number in range(count):
        yield make(kinds[number % len(kinds)], seed * 100_000 + number)


def write_inbox(inbox: Path, files: list[Odd]) -> None:
    """Put odd files and the good one into an inbox."""
    inbox.mkdir(parents=True)
    for odd in files:
        (inbox / odd.name).write_bytes(odd.content)
    (inbox / GOOD_NAME).write_text(GOOD_TEXT)


def judge(target: Path, files: list[Odd]) -> list[str]:
    """What is wrong with a warehouse made from odd files and the good one."""
    wrong = []
    with duckdb.connect(str(target), read_only=True) as con:
        ask: Callable[..., list[tuple[object, ...]]] = lambda query, **values: con.execute(query, values).fetchall()  # noqa: E731
        if ask("select count(*) from articles where source_path = $name and title is not null", name=GOOD_NAME) != [
            (1,)
        ]:
            wrong.append("the good file is not loaded")
        unequal = ask("from runs where found <> loaded + unchanged + repeated + rejected")
        wrong += [f"accounts differ: {unequal}"] if unequal else []
        wrong += [f"fault of ours: {fault}" for fault in ask(OURS)]
        unsaid = ask(UNSAID, names=[odd.name for odd in files])
        wrong += [f"neither loaded nor rejected: {name}" for (name,) in unsaid]
    return wrong
