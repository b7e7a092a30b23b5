"""What a number counts: the head noun after it, in the singular.

Facts: schemas/lexicon/function_words.csv, irregular_plurals.csv.
"""

import re

from schemas import lexicon

ROLES = {r["form"]: r["role"] for r in lexicon.read("function_words").to_dicts()} | dict.fromkeys(
    lexicon.read("numerals")["form"], "no noun"
)
NUMBER_WORDS = frozenset(lexicon.read("numerals")["form"])
IRREGULAR = {r["plural"]: r["singular"] for r in lexicon.read("irregular_plurals").to_dicts()}
NEXT_WORD = re.compile(r"[\s]{0,2}[\[(«“\"]?\s?((?:d[’'])?[^\W\d_]+(?:[-‑][^\W\d_]+)*)([’']?)")
OF = re.compile(r"\s{1,2}(?:de\s+|d[’']\s?|des\s+)", re.IGNORECASE)
AMONG = re.compile(
    r"\s(?:des|d[’']entre\s(?:les|ces|nos|leurs|ses|mes)|de\s(?:ses|ces|leurs|nos|vos|mes|tes))(?=\s)", re.IGNORECASE
)
"""What stands between a number and the whole it is taken from: "deux des suspects"."""
NO_HEADS = tuple(lexicon.read("headless_adjectives")["stem"])
"""Adjectives that stand for no noun of their own: "trois cents autres" counts what was counted before."""
WHOLE = re.compile(r"\s\d[\d .\u00a0\u202f]*(?=\s)")
"""The whole in digits: "58 de ses 410 employés"."""
PARTICIPLE = re.compile(r"[^\W\d_]{2,}ée?s$")
AGENT_FOLLOWS = re.compile(r"\s(?:par|en|depuis|lors|à|au|aux|dans|sur|chez|pendant|durant)\b")
PERSONS = frozenset(
    [r["form"] for r in lexicon.read("aged_nouns").to_dicts() if r["role"] == "person"]
    + lexicon.read("role_nouns")["noun"].to_list()
)
"""Nouns of persons, many of which were participles: blessé, employé, réfugié."""
PARTICIPLE_NOUNS = frozenset(lexicon.read("participle_nouns")["form"])
"""Nouns in -é and -ée that count before a preposition all the same."""
MAX_WORDS = 4
"""A noun stands at most this many words after its number: "deux autres jeunes enfants"."""
SHORTEST = 2


PLURAL_ENDINGS = ("s", "x", "z")
SINGULAR_PLURALS = ("men", "aldi", "etti", "otti", "ieri")
"""Endings of foreign plurals: gentlemen, graffiti, paparazzi do not take s."""


def is_plural(word: str) -> bool:
    """Whether a word can be a plural noun: a word that cannot, after a number of two or more, is a verb or a name."""
    lower = word.lower()
    return lower.endswith(PLURAL_ENDINGS) or lower in IRREGULAR or lower.endswith(SINGULAR_PLURALS)


def find_noun(right: str, is_linked: bool, is_many: bool = True) -> str | None:
    """Find the counted noun after a number.

    In:  the text after the number, whether the number links its noun with de (millions de, une dizaine de), and
         whether it is two or more, so that its noun is a plural.
    Out: the head noun in the singular, as written but for its number; null where no noun follows.
    """
    of = OF.match(right)
    among = AMONG.match(right)
    if is_linked and of is None and among is None:
        return None
    position = of.end() if of and is_linked else among.end() if among else 0
    adjective = None
    for _ in range(MAX_WORDS):
        figure = WHOLE.match(right, position) if among else None
        match = NEXT_WORD.match(right, figure.end() if figure else position)
        if match is None:
            break
        word, elision = match.groups()
        role = ROLES.get(word.lower())
        if among and NUMBER_WORDS.issuperset(re.split("[-‑]", word.lower())):
            position = match.end()
            continue
        if is_participle(word, right, match.end()):
            break
        if elision or role == "no noun" or (len(word) < SHORTEST and word.islower()) or word.startswith(("d’", "d'")):
            break
        if role is None and is_many and not is_plural(word):
            return word if word[0].isupper() else None
        if role is None:
            return make_singular(word)
        adjective, position = word, match.end()
    return make_singular(adjective) if adjective and not adjective.lower().startswith(NO_HEADS) else None


def is_participle(word: str, right: str, end: int) -> bool:
    """Whether a word right after a number is a participle that stands for no noun: "dont 450 arrivés en 2023"."""
    if not PARTICIPLE.fullmatch(word) or not AGENT_FOLLOWS.match(right, end):
        return False
    single = word.removesuffix("s")
    masculine = single.removesuffix("e") if single.endswith("ée") else single
    return not {single, masculine} & (PERSONS | PARTICIPLE_NOUNS)


def make_singular(word: str) -> str:  # noqa: PLR0911 - one return for each form
    """The singular of a plural noun: by the lexicon, else by the regular endings -aux, -x and -s."""
    lower = word.lower()
    if lower in IRREGULAR:
        singular = str(IRREGULAR[lower])
        return singular.capitalize() if word[0].isupper() else singular
    head, hyphen, last = word.rpartition("-")
    if hyphen and head.endswith("s") and head.lower() not in IRREGULAR and len(head) > SHORTEST:
        return f"{make_singular(head)}-{make_singular(last)}"
    if lower.endswith("eaux"):
        return word[:-1]
    if lower.endswith("aux"):
        return word[:-3] + "al"
    if lower.endswith(("eux", "oux", "ss")) or (len(word) <= SHORTEST + 1 and not lower.endswith("s")):
        return word
    if lower.endswith("s") and len(word) > SHORTEST:
        return word[:-1]
    return word
