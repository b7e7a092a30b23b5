"""Who signs words between marks, or is set before them like a label: « … » – Anna Roy; Anna Roy : « … »"""

import re

from transforms.speech.speakers import Candidate, Reading, Speaker

DASH = re.compile(r"»?[.,!?]? ?(?:\n+ ?)?[–—-] ?")
BRACKET = re.compile(r"»?[.,!?]? ?\(")
STRANGER = re.compile(r"(?P<who>une? [a-zà-ÿ][^().«»]{2,60})\)")
# What may follow the name of a dash: nothing, or an apposition to the end of the paragraph.
SIGNED = re.compile(r"(?:, [^.!?;:«»\n]{2,100}| \([^()\n]{2,60}\))? ?\.?\s*(?:\n|$)")
IN_BRACKET = re.compile(r"(?:, ?[^()]{2,100})?\)")
BEFORE_LABEL = re.compile(r"(?:^|\n|[.!?|:] |[–—-] )$")
AFTER_LABEL = re.compile(r"(?:, [^,:;.«»\n]{2,80}| \([^()\n]{2,60}\))? ?: ?")
COLON = re.compile(r"»? ?: ?")


def find_signature(reading: Reading, opening: int, closing: int) -> Speaker | None:
    """Who signs the words whose marks stand at these places, behind a dash or in brackets.

    Null where the words do not open their sentence, or where more than an apposition follows the name.
    """
    start, _ = reading.sentences[reading.locate(opening)]
    if reading.frame[start:opening].strip():
        return None
    dash = DASH.match(reading.frame, closing)
    if dash is not None:
        signer = find_person_at(reading, dash.end())
        return reading.resolve(signer) if signer and SIGNED.match(reading.frame, signer.end) else None
    bracket = BRACKET.match(reading.frame, closing)
    if bracket is None:
        return None
    stranger = STRANGER.match(reading.frame, bracket.end())
    if stranger is not None:
        return Speaker(None, stranger.group("who"), "unnamed")
    signer = find_person_at(reading, bracket.end())
    return reading.resolve(signer) if signer and IN_BRACKET.match(reading.frame, signer.end) else None


def find_label(reading: Reading, opening: int) -> Speaker | None:
    """Whose name, perhaps with an apposition, stands before a colon and the words: Anna Roy, maire : « … »

    Only at the beginning of a line, behind a full stop or a dash: « Mort de Luc Roy : « … » » are another's words.
    """
    persons = [c for c in reading.list_candidates(reading.locate(opening)) if c.kind == "PER" and c.end <= opening]
    for person in reversed(persons):
        if AFTER_LABEL.fullmatch(reading.frame, person.end, opening):
            before = reading.frame[max(0, person.start - 3) : person.start]
            return reading.resolve(person) if BEFORE_LABEL.search(before) else None
    return None


def find_teller(reading: Reading, closing: int) -> Speaker | None:
    """Who is named right behind the words and a colon: « … » : Anna Roy raconte."""
    colon = COLON.match(reading.frame, closing)
    teller = find_person_at(reading, colon.end()) if colon else None
    return reading.resolve(teller) if teller else None


def find_person_at(reading: Reading, place: int) -> Candidate | None:
    """The person whose phrase, civility and role included, begins at a place."""
    persons = (c for c in reading.list_candidates(reading.locate(place)) if c.kind == "PER" and c.start == place)
    return next(persons, None)
