"""Verbs of saying in two words: a fait savoir, laisse entendre."""

import re
from functools import cache

from schemas import lexicon

LIGHT_FORMS = {
    "faire": re.compile(r"(?:fai(?:t|sait|saient|sant|re)|font|fit|firent|fer(?:a|ont|ait|aient))"),
    "laisser": re.compile(r"laiss(?:e|ent|ait|aient|a|èrent|er|era|eront|erait|é|ant)"),
}
"""The first verb of the two, in the third person, the participles and the infinitive."""
INVERTED_LIGHT = re.compile(r"(?P<verb>.+?)-(?:t-)?(?P<pronoun>ils?|elles?|on)")


@cache
def read_compounds() -> dict[str, list[tuple[str, list[str]]]]:
    """Second verb -> (the whole, the words before it, the last first): savoir -> [(faire savoir, [faire])]."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    verbs = lexicon.read("speech_verbs")
    for lemma in verbs.filter(verbs["kind"] == "compound")["lemma"]:
        *before, last = lemma.split(" ")
        found.setdefault(last, []).append((lemma, before[::-1]))
    return found


def match_compound(words: list[str], index: int) -> tuple[str, int] | None:
    """The verb in two words that ends at a word.

    Out: the verb and how many words stand before its last one; null where there is none.
    """
    for lemma, before in read_compounds().get(words[index], ()):
        here = words[max(0, index - len(before)) : index][::-1]
        if len(here) == len(before) and all(is_form(*pair) for pair in zip(here, before, strict=True)):
            return lemma, len(before)
    return None


def is_form(word: str, wanted: str) -> bool:
    """Whether a word is a form of the light verb wanted, inverted or not; or that very word."""
    forms = LIGHT_FORMS.get(wanted)
    if forms is None:
        return word == wanted
    inverted = INVERTED_LIGHT.fullmatch(word)
    return forms.fullmatch(inverted.group("verb") if inverted else word) is not None
