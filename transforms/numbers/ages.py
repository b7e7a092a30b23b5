"""Whether "N ans" is somebody's age or a length of time.

Facts: schemas/lexicon/aged_nouns.csv, demonyms.csv.
"""

import re

from schemas import lexicon
from transforms.numbers.context import Context
from transforms.numbers.counted_nouns import ROLES
from transforms.numbers.grammar import Reading

AGED = {row["form"]: row["role"] for row in lexicon.read("aged_nouns").to_dicts()}
PERSON_ENDINGS = ("iste", "aste", "ienne", "éenne", "ologue", "euse", "trice")
ORIGIN_ENDINGS = ("ais", "aise", "ois", "oise", "ien", "ienne", "ain", "aine", "éen", "éenne", "and", "ande", "an",
                  "ane", "in", "ine", "on", "onne", "ol", "ole", "ard", "arde", "ec", "ecque", "e")  # fmt: skip
SPAN_ENDINGS = ("tion", "ment", "age", "sion", "ure", "é", "er", "ance", "ence")
"""Endings of nouns of actions, which last, and of verbs."""
AGE_FOLLOWS = re.compile(r"\s(?:d[’']âge|révolus)\b")
OPEN_END = re.compile(r"\s(?:et|ou)\s(?:plus|moins)\b")
"""After "les 65 ans"."""
COMPLEMENT = re.compile(r"\s(?:de\s|d[’'])")
APPOSITION_ENDS = re.compile(r"\s?[,).;:]|$|\s(?:et|a|est|dont|qui)\b")
NAME_BEFORE = re.compile(r"[A-ZÀ-Ý][\w’'-]+\)?,\s$")
OPENS_WITH_AGE = re.compile(r"(?:^|[.,:;«\"“(]\s?)[àÀA]\s$")
LINKED = re.compile(r"(?:de\s|d[’'])(?:\w+\set\s|presque\s|environ\s|près\sde\s|à\speine\s)?(?:\d+(?:,|\set|\sou)\s)*$")
LISTED_AGES = re.compile(r"\b(?:les|des|aux)\s(?:\d+(?:,|\set|\sou)\s)+$")
"""Before the last of several: "les 6, 9 et 12 ans"."""
LINK_WIDTH = 40
BETWEEN = frozenset(["presque", "peine", "près", "et", "ou", "de", "d’", "moins", "plus", "environ", "entre", "à"])
HAVING = frozenset({"a", "ai", "as", "ont", "avait", "avaient", "aura", "auront", "avais", "aurait", "eu", "ayant",
                    "avoir", "avons", "avez", "auraient"})  # fmt: skip
HAVING_ADVERBS = frozenset({"alors", "seulement", "juste", "tout", "déjà", "bientôt", "presque", "que", "peine", "plus",
                            "aujourd", "hui", "encore", "moins", "environ", "de", "d’", "près", "à"})  # fmt: skip
NO_SUBJECTS = (["y"], ["n’"], ["qu’"])
BABIES = ("âgé", "âge", "bébé", "nourrisson", "enfant", "vaccin", "tout-petit")
BABY_WIDTH = 12
YOUNGEST_APPOSED = 3
ADULT = 13
"""From this age on, "un N de 34 ans" with an unknown noun is taken as an age."""


def is_age(reading: Reading, context: Context) -> bool:  # noqa: PLR0911 - one return for each form
    """Whether a number of years or months is somebody's age.

    After âgé de, à l’âge de, avoir; in apposition ("Paul Roy, 67 ans, ..."); after a noun of persons with de, and
    among "les moins de". A noun of a span of time, or a complement ("deux ans de prison"), makes it a duration.
    """
    if AGE_FOLLOWS.match(context.right) or (
        context.last in ("les", "des", "aux") and reading.unit == "year" and OPEN_END.match(context.right)
    ):
        return True
    words = context.marked_words
    if COMPLEMENT.match(context.right) or (reading.unit == "month" and not says_baby(words)):
        return False
    is_listed = words[-1:] != [] and words[-1].rstrip(",").isdigit()
    if context.left.endswith(", ") and not is_listed and APPOSITION_ENDS.match(context.right):
        return is_apposed(reading, context)
    if context.left.endswith("(") and context.right.startswith(")"):
        return True
    is_said = any(w.startswith(BABIES[:2]) for w in words[-4:]) or "ses" in words[-2:]
    is_said = is_said or (context.last in ("à", "dès") and (reading.unit == "month" or marks_life(words)))
    is_said = is_said or (reading.unit == "year" and is_limit(reading, words))
    is_said = is_said or AGE_CHANGES.search(context.left) is not None or is_living(reading, context)
    is_said = is_said or (context.last == "à" and words[-2:-1] == ["jusqu’"] and any(map(is_access, words[-8:])))
    if is_said or (context.right.startswith(",") and OPENS_WITH_AGE.search(context.left)):
        return True
    if reading.unit == "year" and is_had(words):
        return True
    return follows_person(reading, context)


AGE_CHANGES = re.compile(r"\bâges?\b[^.;:,\d]{0,60}\b(?:de|d[’']|à)\s(?:\d+\s(?:ans\s)?à\s)?$", re.IGNORECASE)
""""L’âge de l’élection recule de 21 à 20 ans"."""
STILL = frozenset(["encore", "déjà", "toujours"])
PEOPLE_WHO = re.compile(
    r"\b(?:personnes|femmes|hommes|gens|ceux|celles|filles|garçons|salariés?|salariées?|retraités?|jeunes)\s(?:qui\s)"
    r"(?:[^\W\d_]+\s){1,3}à\s$"
)


def is_living(reading: Reading, context: Context) -> bool:
    """Whether "à N ans" says when people still do something: "ceux qui courent encore à 70 ans"."""
    if reading.unit != "year" or context.last != "à" or (reading.value or 0) < ADULT:
        return False
    return context.words[-2:-1] != [] and (context.words[-2] in STILL or PEOPLE_WHO.search(context.left) is not None)


LIMITS = (["avant"], ["dès"], ["partir", "de"])
OLDEST_CHILD, LONG_SPAN = 10, 40


def is_limit(reading: Reading, words: list[str]) -> bool:
    """Whether years in digits are a limit of age: "détectée avant 50 ans", "permise dès 16 ans"."""
    years = reading.value or 0
    is_limited = any(words[-len(limit) :] == limit for limit in LIMITS) and years >= OLDEST_CHILD
    is_limited = is_limited or (words[-1:] == ["après"] and years >= LONG_SPAN)
    return is_limited and reading.form == "digits"


LIFE_STEMS = tuple(form for form, role in AGED.items() if role == "life")
LIFE_WIDTH = 6


def marks_life(words: list[str]) -> bool:
    """Whether a word just before speaks of a step in life, which comes at an age: "sa retraite à 62 ans et demi"."""
    return any(word.startswith(LIFE_STEMS) for word in words[-LIFE_WIDTH:])


ACCESS_STEMS = ("gratuit", "réservé", "accessible", "ouvert", "interdit", "destiné", "proposé", "remboursé")


def is_access(word: str) -> bool:
    """Whether a word tells who may come in: "gratuit jusqu’à 12 ans" is an age."""
    return word.startswith(ACCESS_STEMS)


def says_baby(words: list[str]) -> bool:
    """Whether the words before speak of an age in months."""
    return any(w.startswith(BABIES) for w in words[-BABY_WIDTH:])


def is_apposed(reading: Reading, context: Context) -> bool:
    """Whether an age stands between commas after a name or a noun of persons."""
    last = context.last
    is_named = NAME_BEFORE.search(context.left) is not None
    if (reading.value or 0) < YOUNGEST_APPOSED:
        return False
    head = PERSON_PHRASE.search(context.left)
    return is_named or is_person(last) or (head is not None and is_agent(head["noun"]))


PERSON_PHRASE = re.compile(
    r"(?:^|[.!?;:»]\s|,\s|[^\W\d_]\s)(?:une?|[LlDd][’']une?|la|le|La|Le|Une?|l[’']|L[’'])\s?(?P<noun>[^\W\d_]{3,})"
    r"\s(?:du|de\sla|de\sl[’']|des|de|d[’'])\s?[^\W\d_]+(?:\s[^\W\d_]+)?,\s$"
)
""""Un soudeur de la forge, 38 ans,": the person is the head of the phrase, not its last word."""
AGENT_ENDINGS = ("cheur", "teur", "geur", "veur", "seur", "deur", "leur", "neur", "reur", "euse", "trice", "iste",
                 "ière", "ier", "ien", "ienne", "ant", "ante")  # fmt: skip


def is_agent(noun: str) -> bool:
    """Whether a noun is of a person: listed, or with the ending of those who do something."""
    return is_person(noun.lower()) or noun.lower().endswith(AGENT_ENDINGS)


def is_had(words: list[str]) -> bool:
    """Whether somebody had the years: a form of avoir, perhaps with an adverb, and not "il y a"."""
    rest = list(words[-6:])
    while rest and (rest[-1] in HAVING_ADVERBS or rest[-1].rstrip(",").isdigit() or rest[-1] in ("et", "ou")):
        rest.pop()
    return bool(rest) and rest[-1] in HAVING and rest[-2:-1] not in NO_SUBJECTS


def follows_person(reading: Reading, context: Context) -> bool:
    """Whether the noun before "de N ans" is of persons, or "les moins de" stands before."""
    words = list(context.marked_words)
    while words and (words[-1] in BETWEEN or words[-1].rstrip(",").isdigit()):
        words.pop()
        while words and words[-1].rstrip(",").isdigit():
            words.pop()
    if not words:
        return False
    noun = words[-1].rstrip(",")
    if reading.value_high is not None and context.last in ("les", "des", "aux"):
        return True
    if noun in ("les", "des", "aux"):
        return context.last in ("de", "d’") or LISTED_AGES.search(context.left) is not None
    if AGED.get(noun) == "period" or not LINKED.search(context.left[-LINK_WIDTH:]):
        return False
    return is_person(noun) or is_of_origin(noun, context.left) or is_adult(reading, noun)


def is_person(noun: str) -> bool:
    """Whether a noun is of persons: listed, or by its ending."""
    stem = noun.rstrip("s")
    return "person" in (AGED.get(stem), AGED.get(noun)) or stem.endswith(PERSON_ENDINGS)


def is_of_origin(noun: str, left: str) -> bool:
    """Whether a noun is of a person by origin, with a capital: "un Toulousain de 24 ans"."""
    return noun.rstrip("s").endswith(ORIGIN_ENDINGS) and noun.capitalize() in left


def is_adult(reading: Reading, noun: str) -> bool:
    """Whether an unknown noun with the years of an adult, in digits as the press writes ages, is of a person."""
    years = reading.value or 0
    return reading.form == "digits" and years >= ADULT and not noun.endswith(SPAN_ENDINGS) and noun not in ROLES
