"""Texts, changes to an inbox, and runs without a server, for the tests of what comes and goes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from flows.batches import process_rows
from flows.ingest import finish_run
from flows.planning import plan_run
from flows.runs import processed_by, start_run
from flows.settings import DEFAULT_ENGINE, RunOptions
from warehouse.lock import beside

Change = Callable[[Path], object]

HISTORY = ("runs", "run_roles", "run_warnings", "sightings", "files", "rejects", "entity_redirects")
"""Tables that tell what was, and so differ from those of a fresh warehouse."""

FERRY = """La mairie de Valbourg ouvre un second bac

Par Inès Corvol
Publié le 4 mai 2025 à 10h15

La ville de Valbourg a inauguré dimanche un second bac pour traverser la Lône. Il transporte 120 passagers par heure,
deux fois plus que le premier, et coûte 3,2 millions d’euros à la commune.

« Nous attendions ce jour depuis sept ans », a déclaré la maire, Odile Brancart, devant une trentaine de riverains.
Le passage restera gratuit jusqu’à la fin de l’été pour les habitants des deux rives.
"""
FERRY_LATER = FERRY.replace("4 mai 2025 à 10h15", "5 mai 2025 à 8h00").replace("120 passagers", "140 passagers")
DEBATE = """Deux Brancart au conseil

Publié le 6 mai 2025

Le conseiller Louis Brancart a voté le budget lundi soir, au terme d’un long débat sur les tarifs du bac de Valbourg.
Brancart juge la dépense trop lourde pour une commune de 4 200 habitants.
"""
LETTER = """Brancart renonce

Publié le 9 mai 2025

Au terme d’une semaine de tractations, Brancart renonce à la présidence du conseil et se retire dans sa commune.
"""
FIRE = """Incendie maîtrisé à Port-Clair

Publié le 12 mai 2025

À Port-Clair, les pompiers ont maîtrisé lundi l’incendie de l’entrepôt Delvaux, au bout du quai des Tonneliers.
Le feu a détruit 300 tonnes de liège. Le directeur Marius Delvaux parle d’une perte de deux millions d’euros.
"""
FIRE_TOO = """L’entrepôt Delvaux ravagé par les flammes

Publié le 13 mai 2025

Lundi, l’incendie qui a ravagé l’entrepôt Delvaux, à Port-Clair, a été maîtrisé par quarante pompiers.
Les 300 tonnes de liège entreposées sont perdues, selon Marius Delvaux.
"""
PLACES = ("Hautecombe", "Brissac", "Lormeau", "Valdieu", "Corvières")
OFFER = "La météo du jour est offerte par les glaces Tavernier, au bout du quai."
NOTES = (
    "La digue a cédé dans la nuit de mardi à mercredi, et douze maisons du bas quartier ont été évacuées.",
    "Le marché couvert rouvrira au printemps, après deux années de travaux qui ont coûté trois millions d’euros.",
    "Un troupeau de quarante vaches a traversé la voie ferrée lundi, ce qui a retardé quatre trains de la ligne.",
    "La bibliothèque prêtera désormais des outils de jardin, une idée venue d’une classe de l’école du centre.",
    "Le tribunal a relaxé hier le maire de la commune, poursuivi pour avoir fait abattre un tilleul centenaire.",
)


MANY = 1_000_000
"""More rows than any batch has."""


def note(n: int) -> str:
    """A short article of a site that prints the same line on every page."""
    return f"À {PLACES[n]}, une semaine qui compte\n\nPublié le {n + 1} mai 2025\n\n{NOTES[n]}\n\n{OFFER}\n"


def line(text: str, **given: str) -> str:
    """A line of a .jsonl file."""
    return json.dumps({"text": text, **given}, ensure_ascii=False) + "\n"


def run(inbox: Path, target: Path, **options: Any) -> dict:
    """A run in this process, without a server. In: RunOptions. Out: its row."""
    row = start_run(str(inbox), target, DEFAULT_ENGINE)
    plan = plan_run(inbox, target, processed_by(row), RunOptions(**options))
    folders = [process_here(batch) for batch in plan.batches]
    report = finish_run(target, plan, folders, row, RunOptions(**options))
    shutil.rmtree(beside(target, ".staging"), ignore_errors=True)
    return report.run


def process_here(batch: Path) -> Path:
    """Process a batch in this process. Out: the folder of its frames."""
    out = batch.with_suffix("")
    if not out.exists():
        process_rows(batch, (0, MANY), out, DEFAULT_ENGINE)
    return out


def ask(target: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(target), read_only=True) as con:
        return con.execute(query).fetchall()


def write(name: str, text: str, encoding: str = "utf-8") -> Change:
    def change(inbox: Path) -> None:
        path = inbox / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(text.encode(encoding))

    return change


def delete(name: str) -> Change:
    return lambda inbox: (inbox / name).unlink()


def move(old: str, new: str) -> Change:
    return lambda inbox: (inbox / old).rename(inbox / new)


def swap(one: str, two: str) -> Change:
    def change(inbox: Path) -> None:
        (inbox / one).rename(inbox / "x")
        (inbox / two).rename(inbox / one)
        (inbox / "x").rename(inbox / two)

    return change


def both(*changes: Change) -> Change:
    return lambda inbox: [change(inbox) for change in changes]


def put_away(name: str) -> Change:
    return lambda inbox: (inbox / name).rename(inbox.parent / "away")


def fetch_back(name: str) -> Change:
    return lambda inbox: (inbox.parent / "away").rename(inbox / name)
