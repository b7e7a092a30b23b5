"""What the words around a figure say: its modifier, the tense beside a date, change, score, contrast, brackets.

Facts: schemas/lexicon/modifiers.csv, change_stems.csv, score_stems.csv.
"""

import re

from schemas import lexicon
from transforms.counted_nouns import ROLES
from transforms.figure_grammar import Reading

OPENERS = ' \t(«"“[–—-:,;…‘'
LONGEST_MODIFIER = 5
LEFT_WIDTH, RIGHT_WIDTH = 50, 40
"""Characters of the context that hold the longest modifier."""


def split_words(text: str) -> list[str]:
    """Split a text into lower-case words, an elided one apart from the next."""
    return text.lower().replace("'", "’").replace("’", "’ ").split()


class Context:
    """The text before and after a figure; the last words before it, lower case, without the marks that touch them."""

    __slots__ = ("last", "left", "right", "words")

    def __init__(self, left: str, right: str) -> None:
        self.left, self.right = left, right
        self.words = [w.strip(OPENERS) or w for w in split_words(left[-LEFT_WIDTH:])[-LONGEST_MODIFIER:]]
        self.last = self.words[-1] if self.words else ""

    @property
    def marked_words(self) -> list[str]:
        """More words before, lower case, with the commas and brackets that touch them."""
        return split_words(self.left)

    @property
    def words_after(self) -> list[str]:
        """The words after, lower case, without the marks that touch them."""
        return [w.strip(",;.)") for w in split_words(self.right[:RIGHT_WIDTH])]

    @property
    def clause(self) -> str:
        """The text before, back to the last full stop, colon or semicolon."""
        return CLAUSE_END.split(self.left)[-1]


def index_modifiers(position: str) -> dict[tuple[str, ...], str]:
    """Modifiers of one position, by their words."""
    rows = lexicon.read("modifiers").to_dicts()
    return {tuple(split_words(r["form"])): r["modifier"] for r in rows if r["position"] == position}


BEFORE = index_modifiers("before")
AFTER = index_modifiers("after")
BEFORE_LAST = frozenset(form[-1] for form in BEFORE)
AFTER_FIRST = frozenset(form[0] for form in AFTER)
TIMES_ONLY = frozenset({("vers",), ("vers", "les"), ("vers", "le"), ("sur", "les", "coups", "de"),
                        ("sur", "le", "coup", "de")})  # fmt: skip
"""Modifiers of times, dates and years only: "vers 30 personnes" is a direction."""
DATED_KINDS = ("date", "time", "year")
AMBIGUOUS_AFTER = ("près", "plus", "et")
COMPLEMENTS = ("de", "que", "d’")
"""After "au moins" and the like, these begin another phrase: "30 pays au moins que"."""
CLAUSE_END = re.compile(r"[.;:!?»]\s")
CHANGE_STEMS = tuple(lexicon.read("change_stems")["stem"])
CHANGE_WORDS = 9
MONEY_STEMS = tuple(lexicon.read("money_stems")["stem"])
MONEY_WORDS = 8
SCORE_CUES = re.compile(r"\b(?:" + "|".join(re.escape(s) for s in lexicon.read("score_stems")["stem"]) + ")", re.I)
CONTRASTS = frozenset({("contre",), ("dont",), ("voire",), ("puis",), ("après",), ("au", "lieu", "de"),
                       ("au", "lieu", "des"), ("loin", "des"), ("loin", "de"), ("contre", "seulement"),
                       ("plutôt", "que")})  # fmt: skip
BRACKET = re.compile(r"(?:[(\[]|\bsoit\s)\s?(?:(?:soit|environ|près|plus|moins|de|d[’']|à|peu|quelque|un)[\s]?){0,4}$")
BRACKET_WIDTH = 25
NO_CUES: frozenset[str] = frozenset()


def find_modifier(context: Context, reading: Reading) -> str:
    """The modifier that stands before a figure, else after it; "exact" where none does."""
    is_dated = reading.kind in DATED_KINDS
    modifier = find_modifier_before(context, is_dated) or find_modifier_after(context.words_after)
    if modifier and (not is_dated or modifier == "approx"):
        return modifier
    return "approx" if reading.is_approximate else "exact"


def find_modifier_before(context: Context, is_dated: bool) -> str | None:
    """The longest modifier that ends right before a figure; before a date, le may stand between."""
    words = context.words
    if is_dated and words and words[-1] == "le":
        words = words[:-1]
    if not words or words[-1] not in BEFORE_LAST:
        return None
    for length in range(len(words), 0, -1):
        form = tuple(words[-length:])
        modifier = BEFORE.get(form)
        if modifier and (form not in TIMES_ONLY or is_dated) and (not is_dated or modifier == "approx"):
            return modifier
    return None


def find_modifier_after(words: list[str]) -> str | None:
    """The modifier right after a figure, or after one word: "30 pays environ"."""
    for start, word in enumerate(words[:2]):
        if word not in AFTER_FIRST:
            continue
        for length in (3, 2, 1):
            modifier = AFTER.get(tuple(words[start : start + length]))
            following = words[start + length : start + length + 1]
            is_complete = len(words) >= start + length and not (word in AMBIGUOUS_AFTER and length == 1)
            if modifier and is_complete and not (following and following[0] in COMPLEMENTS):
                return modifier
    return None


def find_cues(context: Context, run: str, opening: str) -> frozenset[str]:
    """What the words around a run say of its pairs of numbers: change from one to the other, score of a match."""
    has_dash = "-" in run or "–" in run
    if not has_dash and " à " not in run:
        return NO_CUES
    cues = set()
    if opening in ("de", "d’") and is_change(context):
        cues.add("change")
    if SCORE_CUES.search(context.left) or SCORE_CUES.search(context.right):
        cues.add("score")
    return frozenset(cues) if cues else NO_CUES


def is_change(context: Context) -> bool:
    """Whether a verb of change stands in the clause before "de X à Y"."""
    return any(w.startswith(CHANGE_STEMS) for w in split_words(context.clause)[-CHANGE_WORDS:])


def is_contrast(context: Context) -> bool:
    """Whether a bare number is set against the figure before it: contre 3,9, au lieu de 110."""
    words = tuple(context.words[-3:])
    return any(words[-length:] in CONTRASTS for length in (1, 2, 3))


def speaks_of_money(context: Context) -> bool:
    """Whether the clause before speaks of a sum: "coûterait entre 3 et 4 milliards"."""
    return any(w.startswith(MONEY_STEMS) for w in split_words(context.clause)[-MONEY_WORDS:])


def is_bracketed(context: Context) -> bool:
    """Whether a figure opens a bracket, or follows soit, perhaps after a modifier."""
    return BRACKET.search(context.left[-BRACKET_WIDTH:]) is not None


WEEKDAYS = frozenset(form for form in lexicon.read("weekdays")["form"] if form.endswith(("di", "che")))
FUTURE = re.compile(r".{2,}(?:ra|ront|rez|rai|rait|raient)$")
NO_FUTURE = frozenset(["opéra", "caméra", "choléra", "sahara", "tiara", "aura"])
PAST_FORM = re.compile(r".{2,}(?:é|ée|és|ées|ait|aient|i|ie|is|u|ue|us)$")
AUXILIARIES = frozenset(
    ["a", "ont", "est", "sont", "avait", "avaient", "était", "étaient", "fut", "furent", "ai", "avons", "avez"]
)
PLANNED = ("prévu", "attendu", "fixé", "programmé", "prochain", "reporté", "espéré", "annoncé")
"""Participles that speak of what is to come: "la sortie est fixée au 16 octobre"."""
TENSE_WORDS = 10


def find_tense(context: Context) -> str | None:
    """What tells the year of a date: the weekday before it, else past or future by the nearest verb; else null."""
    if context.last in WEEKDAYS:
        return context.last
    for word in reversed(split_words(context.clause)[-TENSE_WORDS:]):
        tense = read_tense(word.strip(OPENERS + ".,)»"))
        if tense:
            return tense
    following = CLAUSE_END.split(context.right + " ")[0]
    for word in split_words(following)[:TENSE_WORDS]:
        if word in AUXILIARIES:
            return "past"
        if word not in NO_FUTURE and FUTURE.match(word):
            return "future"
    return None


def read_tense(word: str) -> str | None:
    """The tense that a word shows; null for none."""
    if word.startswith(PLANNED) or (FUTURE.match(word) and word not in NO_FUTURE):
        return "future"
    if word in AUXILIARIES or (word not in ROLES and PAST_FORM.match(word)):
        return "past"
    return None
