"""The words of speech: verbs such as déclarer with all their forms, and prepositions such as selon."""

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon

KINDS = ("say", "judge", "as", "incise")
"""say: everywhere; judge: takes the words as its object; as: needs comme; incise: beside the marks or a colon."""

# Infinitives by their endings (Le Bon Usage), less the words that share them.
INFINITIVE = (
    r"(?!(?:premier|dernier|janvier|février|hiver|hier|soir|avenir|désir|plaisir|loisir|souvenir|dossier|papier|métier)\b)"
    r"(?:[a-zà-ÿ]+(?:er|ir|oir)|être|faire|[a-zà-ÿ]*(?:prendre|mettre|tendre|rendre|pondre|perdre|crire|aître|battre|suivre|"
    r"vivre|duire|truire|soudre|indre|fendre|vendre|cendre|croire|boire|dire|lire|rire|plaire|taire|clure|rompre))\b"
)


class SpeechForm(NamedTuple):
    """One inflected form of a verb of speech."""

    lemma: str
    kind: str  # say, judge or incise, as in the lexicon
    tense: str  # finite, participle, gerund or infinitive
    is_reflexive: bool  # only with se: se féliciter, while annoncer needs none


def conjugate_er(infinitive: str) -> list[str]:
    """Principal parts of a regular verb in -er, with the spellings of placer, manger, céder, mener and payer.

    In:  an infinitive, such as "suggérer".
    Out: present singular, present plural, imperfect stem, simple past, future stem, participle.
    Rule: Le Bon Usage, verbs in -er (the spelling follows the sound before a, o and a silent e).
    """
    stem = infinitive[:-2]
    before_a = re.sub("c$", "ç", re.sub("g$", "ge", stem))
    before_silent = re.sub(r"é(?=[bcdfghjklmnpqrstvz]+u?$)", "è", stem)
    before_silent = re.sub(r"(?<![aeiouéèqg])e(?=[lmnprstv]$)", "è", before_silent)
    before_silent = re.sub(r"(?<=[ou])y$", "i", before_silent)
    future = stem if re.search(r"é[^aeiouéè]+u?$", stem) else before_silent  # il suggérera, but il mènera
    return [before_silent + "e", before_silent + "ent", before_a, before_a + "a", future + "er", stem + "é"]


def conjugate_ir(infinitive: str) -> list[str]:
    """Principal parts of a verb of the second group (finir), in the order of conjugate_er."""
    stem = infinitive[:-1]
    return [stem[:-1] + "it", stem + "ssent", stem + "ss", stem[:-1] + "it", stem + "r", stem]


def inflect(infinitive: str, parts: list[str]) -> dict[str, str]:
    """All forms of the third person, the participles and the infinitive.

    In:  an infinitive without se, and its six principal parts.
    Out: form -> tense.
    """
    singular, plural, imperfect, past, future, participle = parts
    past_plural = infinitive[:-2] + "èrent" if past.endswith("a") else past[:-1] + "rent"
    forms = dict.fromkeys((singular, plural, past, past_plural), "finite")
    forms |= {imperfect + ending: "finite" for ending in ("ait", "aient")}
    forms |= {future + ending: "finite" for ending in ("a", "ont", "ait", "aient")}
    plural_s = "" if participle.endswith("s") else "s"
    endings = (participle, participle + plural_s, participle + "e", participle + "es")
    forms |= {form: "participle" for form in endings if forms.get(form) != "finite"}
    forms |= {imperfect + "ant": "gerund", infinitive: "infinitive"}
    return forms


@cache
def read_speech_forms() -> dict[str, SpeechForm]:
    """Every inflected form of the verbs of the lexicon.

    Out: form -> SpeechForm. A form that is both present and participle (dit) counts as finite. Where two
         verbs share a form, the one without se wins, then the stronger kind (say, judge, incise).
    """
    found: dict[str, SpeechForm] = {}
    verbs = lexicon.read("speech_verbs").filter(pl.col("kind").is_in(KINDS))
    rank = pl.col("kind").replace_strict({kind: order for order, kind in enumerate(KINDS)})
    verbs = verbs.sort(pl.col("lemma").str.contains(r"^(?:se |s’)"), rank, maintain_order=True)
    for lemma, kind, *parts, _, _ in verbs.iter_rows():  # 400 rows, read once
        infinitive = re.sub(r"^(?:se |s’)", "", lemma)
        regular = conjugate_er(infinitive) if infinitive.endswith("er") else conjugate_ir(infinitive)
        for form, tense in inflect(infinitive, parts if parts[0] else regular).items():
            found.setdefault(form, SpeechForm(lemma, kind, tense, infinitive != lemma))
    return found


@cache
def read_reflexives() -> frozenset[str]:
    """Verbs of speech that also speak with se: se dire, se féliciter; but s’annoncer is no speech."""
    lemmas = lexicon.read("speech_verbs")["lemma"]
    return frozenset(re.sub(r"^(?:se |s’)", "", lemma) for lemma in lemmas if lemma.startswith(("se ", "s’")))


@cache
def read_sources(kind: str) -> tuple[str, ...]:
    """The expressions that name a source of words: selon, d’après; longest first."""
    sources = lexicon.read("speech_verbs")
    forms = [lemma for lemma, row_kind, *_ in sources.iter_rows() if row_kind == kind]  # a dozen rows, read once
    return tuple(sorted(forms, key=len, reverse=True))


@cache
def read_noun_forms() -> frozenset[str]:
    """Forms of the verbs of speech that are nouns too: demande, critique, note."""
    cells = lexicon.read("speech_verbs")["also_noun"].drop_nulls()
    return frozenset(form for cell in cells for form in cell.split(" "))
