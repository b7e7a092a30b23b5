"""Invented articles in any number, the same for the same seed: names, figures, quotations, copies and updates."""

import random
from collections.abc import Iterator

TOWNS = ("Varlenne", "Port-Ambrin", "Sauvegré", "Malecourt", "Brissac-les-Eaux", "Ostrevant", "Corvelle", "Luzanges")
PEOPLE = ("Odile Maravel", "Bastien Quérou", "Nadège Ferlut", "Ismaël Tardif", "Hélène Vaucourt", "Pascal Drummer")
OFFICES = (
    "maire de {town}",
    "préfet de l’Orvanne",
    "directrice de l’hôpital de {town}",
    "président du conseil régional",
)
SUBJECTS = (
    ("La fermeture de la piscine de {town}", "La piscine de {town} fermera {day} pour {n} mois de travaux."),
    ("Crue à {town} : {n} maisons évacuées", "La crue de l’Orvanne a forcé {n} familles à quitter {town} {day}."),
    ("{town} ouvre un lycée de {n} places", "Le lycée neuf de {town} accueillera {n} élèves dès {day}."),
    ("Grève des bus à {town}", "Près de {n} conducteurs de {town} ont cessé le travail {day}, selon la préfecture."),
    (
        "{town} perd {n} habitants en dix ans",
        "La population de {town} a reculé de {p},{q} % en dix ans, d’après l’Insee.",
    ),
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SAID = ("a déclaré", "a expliqué", "a regretté", "s’est réjoui", "a prévenu")
WORDS = ("nous ne pouvions plus attendre", "c’est un effort de tous", "rien n’est encore décidé", "le calendrier tient")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre")


def invent_articles(count: int, seed: int = 1) -> Iterator[str]:
    """Raw texts: title, dateline, four paragraphs. Every tenth copies the one before, every eleventh updates it."""
    chance = random.Random(seed)
    text = ""
    for number in range(count):
        if text and number % 10 == 9:
            yield text + f"\nLire aussi : notre dossier n° {number}\n"
        elif text and number % 11 == 10:
            yield text.replace("habitants", "riverains") + f"\nMis à jour : le bilan est passé à {number}.\n"
        else:
            text = invent_article(chance, number)
            yield text


def invent_article(chance: random.Random, number: int) -> str:
    """One article."""
    town, person, other = chance.choice(TOWNS), *chance.sample(PEOPLE, 2)
    facts = {
        "town": town, "day": chance.choice(DAYS), "n": chance.randint(3, 900),
        "p": chance.randint(1, 40), "q": chance.randint(0, 9),
    }  # fmt: skip
    title, lead = (part.format(**facts) for part in chance.choice(SUBJECTS))
    office = chance.choice(OFFICES).format(**facts)
    date = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2019, 2025)}"
    return f"""{title}

Par {other}, publié le {date}

{lead} Le chantier n° {number} coûtera {facts["p"]},{facts["q"]} millions d’euros.

« {chance.choice(WORDS).capitalize()} », {chance.choice(SAID)} {person}, {office}, devant {facts["n"]} habitants.

Une trentaine de voisins, âgés de {facts["p"] + 20} à {facts["p"] + 45} ans, attendent une réponse avant {facts["day"]}.
"""
