"""The one person a paragraph is about, whose words stand free in it."""

import re
from collections.abc import Iterator

from transforms.speech.speakers import Candidate, Reading, Speaker, fits
from transforms.speech.verbs import read_sources

SENTENCES_ABOUT = 4  # a portrait rarely runs longer before its first words
PRONOUN_GENDER = {"Il": "m", "Elle": "f"}
CLEFT = re.compile(r"C’(?:est|était) (?=[A-ZÀ-Þ])")
TEXT_OF = re.compile(
    rf"\b(?:{'|'.join(read_sources('text_noun') + read_sources('speech_noun'))}) (?:[a-zà-ÿ]+ )?d(?:e |es |u |’)",
    re.IGNORECASE,
)


def find_person_of_paragraph(reading: Reading, sentence: int) -> Speaker | None:
    """The only person among the subjects of the sentences before this one, in its paragraph.

    « Anna Roy trie ses filets. Elle a tout vendu. « … » » is Anna Roy's. Null where two persons, somebody without a
    name (un passant) or several (les voisins) are among them, or where il or elle is of another gender.
    """
    found: list[Candidate] = []
    gender = "e"
    for index in list_sentences_before(reading, sentence):
        start, end = reading.sentences[index]
        gender = PRONOUN_GENDER.get(reading.frame[start : start + len("Elle ")].partition(" ")[0], gender)
        subjects = [c for c in reading.list_candidates(index) if c.kind in ("PER", "people")]
        if any(c.mention is None and not c.is_oblique and is_somebody_else(c) for c in subjects):
            return None
        cleft = CLEFT.match(reading.frame, start, end)
        found += [c for c in subjects if c.mention and (not c.is_oblique or (cleft and c.start == cleft.end()))]
    names = {c.mention.name for c in found if c.mention}
    if len(names) != 1 or not fits(found[0].gender, gender):
        return None
    return reading.resolve(found[0])._replace(rule="paragraph")


def is_somebody_else(candidate: Candidate) -> bool:
    """Whether a bare noun brings somebody new in: un passant, ses voisins, son père; not la bergère."""
    return not candidate.is_definite or candidate.determiner not in ("le", "la", "l", "ce", "cette", "cet")


def list_sentences_before(reading: Reading, sentence: int) -> Iterator[int]:
    """The sentences of the paragraph before this one, the nearest first; of the last paragraph, if it opens its own."""
    for index in range(sentence - 1, max(-1, sentence - 1 - SENTENCES_ABOUT), -1):
        start, end = reading.sentences[index]
        if reading.is_heading(start) or (index < sentence - 1 and "\n" in reading.frame[start:end]):
            return
        yield index


def find_author(reading: Reading, sentence: int) -> Speaker | None:
    """Whose letter, speech or post the two sentences before these words speak of: La lettre d’Anna Roy … On y lit :"""
    for index in range(sentence - 1, max(-1, sentence - 3), -1):
        start, end = reading.sentences[index]
        candidates = reading.list_candidates(index)
        text = TEXT_OF.search(reading.frame, start, end)
        if text is not None:
            owner = next((c for c in candidates if c.start == text.end() and c.kind == "PER"), None)
            return reading.resolve(owner)._replace(rule="author") if owner else None
        if any(not c.is_oblique and (c.mention is not None or c.kind == "people") for c in candidates):
            return None
    return None
