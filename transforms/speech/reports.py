"""Reported speech without marks: Foix affirme que …; …, affirme Foix; Foix assure vouloir …; selon Foix, …"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.grammar import read_class
from transforms.speech.attributions import Attribution, Attributor, Verb
from transforms.speech.verbs import INFINITIVE

REPORTED_WORDS = 3  # a reported clause of fewer words says nothing: « a dit que oui »
# Between a verb and its que: whom, when, how (précise également mardi à la presse que); no object of the verb.
THAT = re.compile(
    r"(?: (?!(?:les?|la|une?|des|cette|ce|ces|son|sa|ses|tant|plus|moins|aussi|si|même|autre|mieux|quand) |l’)[a-zà-ÿ]+"
    r"| (?:à|de|au|aux|sur|devant|dans) (?:la |l’|les )?[^\W\d_]+(?: [A-ZÀ-Þ][^\W\d_]+)*"
    r"| le fait| \d+){0,5}? (?:que |qu’)(?!oui\b|non\b|si\b)"
)
# Verbs that say something to an object: informer les élus que.
TOLD = read_class("verb that tells somebody")
THAT_OF_TOLD = re.compile(r" (?:les? |la |l’|ses? |son |sa )(?:[^\W\d_]+ ){1,3}?(?:que |qu’)")
TO = re.compile(
    r"(?: (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|aussi|également|ainsi))*"
    rf"(?= (?:ne (?:pas|plus|jamais) |n’|en |y |s’|se )?{INFINITIVE}) "
)
SAYS_TO_BE = read_class("verb before infinitive")  # Foix assure vouloir …
OF = re.compile(rf" (?:de |d’)(?={INFINITIVE}|ne |n’|s’|se |en |y |l[ea]s? |l’)")
PROMISES = read_class("verb before de and infinitive")  # Foix promet de …
PHASES = read_class("verb of phase")  # they speak where somebody follows at once: …, poursuit Anna Roy
RELATIVE = re.compile(r"(?:qu’|que )(?:ils?|elles?|on) $")  # les travaux qu’il souhaite lancer
NEGATED = re.compile(r"(?:n’|ne )")
OPINIONS = read_class("verb of opinion")  # Foix ne pense pas que …: an opinion all the same
# A clause that depends on the main one: Alors que Foix répète que …, la ville …
DEPENDENT = re.compile(r"(?:Alors|Tandis|Bien|Après|Avant|Dès|Lorsqu|Quand|Si|Comme|Puisqu)\b|(?:Lorsqu|Puisqu|S)’")
GOES_ON = re.compile(rf", (?:à |au |aux |en |dans |sur |pour |par |avec |{INFINITIVE})")
# What may stand between an inverted verb and its subject; an object or an infinitive says that it is not inverted.
NO_INVERSION = re.compile(rf" (?:que |qu’)| {INFINITIVE}")
PLURAL_VERB = re.compile(r"\b(?:ont|avaient|auront|sont|étaient)\b|(?:[^m]ent|ront)$")
PLURAL_SUBJECT = re.compile(r"(?:les|des|ses|leurs|ces|plusieurs|certaine?s|deux|trois|quatre|[\w-]+s) ", re.IGNORECASE)
OPENS_CLAUSE = re.compile(
    r"(?:l[ea]s? |l’|une? |des |ce |c’|cette |ces |il |elle |ils |elles |on |nous |son |sa |ses |[A-ZÀ-Þ\d])"
)
FINITE = re.compile(
    r"\b(?:est|sont|a|ont|était|étaient|sera|seront|serait|va|vont|doit|peut|fait|faut|[a-zà-ÿ]+(?:ait|aient|era|eront|ira|iront))\b"
)
END_SIGNS = " \n.!?…"


class Report(NamedTuple):
    """A clause reported, with the word of speech it depends on."""

    start: int
    end: int
    attribution: Attribution


def find_report(attributor: Attributor, sentence: int) -> Report | None:
    """The first clause that a sentence reports."""
    frame = attributor.frame
    start, end = attributor.reading.sentences[sentence]
    stop = start + len(frame[start:end].rstrip(END_SIGNS))
    for attribution in attributor.attribute(sentence):
        for span in list_spans(attributor, attribution, start, stop):
            is_long = frame.count(" ", *span) >= REPORTED_WORDS - 1
            if is_long and "\n" not in frame[span[0] : span[1]]:
                return Report(*span, attribution)
    return None


def list_spans(attributor: Attributor, attribution: Attribution, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where the clause of a word of speech may lie, within its sentence."""
    verb, frame = attribution.verb, attributor.frame
    if verb.kind == "source":
        yield from list_source_spans(frame, verb, start, stop)
    elif attribution.is_inverted:
        if verb.kind in ("say", "incise") and is_inverted(attributor, attribution, start, stop):
            after = frame.find(",", verb.end, stop)
            is_inside = after > 0 and verb.end + 60 > after and FINITE.search(frame, start, verb.start) is None
            yield (start, stop if is_inside else start + len(frame[start : verb.start].rstrip(" ,–—")))
    elif verb.kind == "say" and (verb.lemma in OPINIONS or not NEGATED.match(frame, verb.start)):
        that = THAT.match(frame, verb.end, stop)
        if that is None and verb.lemma in TOLD:
            that = THAT_OF_TOLD.match(frame, verb.end, stop)
        if that is not None:
            yield (that.end(), cut_incise(attributor, that.end(), start, stop))
        to = TO if verb.lemma in SAYS_TO_BE else OF if verb.lemma in PROMISES else None
        is_object = to is None or verb.form != "finite" or RELATIVE.search(frame[max(0, verb.start - 12) : verb.start])
        infinitive = None if to is None or is_object else to.match(frame, verb.end, stop)
        if infinitive is not None:
            yield (infinitive.end(), cut_incise(attributor, infinitive.end(), start, stop))


def cut_incise(attributor: Attributor, place: int, start: int, stop: int) -> int:
    """Where a clause that begins at a place ends.

    Before somebody else's incise: … que la ligne ferme, révèle un quotidien; before the main clause of its sentence.
    """
    for other in attributor.attribute(attributor.reading.locate(place)):
        if other.is_inverted and other.verb.start > place and attributor.frame.endswith(", ", place, other.verb.start):
            return other.verb.start - len(", ")
    comma = attributor.frame.find(", ", place, stop) if DEPENDENT.match(attributor.frame, start) else -1
    return comma if comma > 0 else stop


def list_source_spans(frame: str, verb: Verb, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The clause beside a source: Selon Foix, la digue tient; La digue tient, selon Foix."""
    if verb.start == start:
        comma = frame.find(", ", verb.end, stop)
        while comma > 0:
            place = comma + len(", ")
            following = frame.find(", ", place, stop)
            segment = frame[place : following if following > 0 else stop]
            if OPENS_CLAUSE.match(segment) and (following < 0 or FINITE.search(segment)):
                yield (place, stop)
                return
            comma = following
    elif frame.endswith(", ", start, verb.start) and FINITE.search(frame, verb.end, stop) is None:
        yield (start, stop if GOES_ON.search(frame, verb.end, stop) else verb.start - len(", "))


def is_inverted(attributor: Attributor, attribution: Attribution, start: int, stop: int) -> bool:
    """Whether a verb is the incise of a report rather than the verb of « Foix, maire de Lure, a annoncé son départ ».

    It stands after a comma or a dash, its subject follows, and agrees with it.
    """
    verb, frame = attribution.verb, attributor.frame
    if verb.start <= start or not frame[start : verb.start].rstrip().endswith((",", "–", "—", "»")):
        return False
    if verb.pronoun:
        return not frame.startswith((" à ", " a ", " de ", " d’", " que ", " qu’"), verb.end)
    after = [c for c in attributor.candidates(verb) if verb.end <= c.head and not c.is_oblique]
    if not after:
        return False
    gap = frame[verb.end : after[0].start]
    if verb.lemma in PHASES and (gap.strip() or after[0].kind != "PER"):
        return False
    if NO_INVERSION.search(gap + " "):
        return False
    is_plural = PLURAL_VERB.search(frame[verb.start : verb.end]) is not None
    subject = frame[after[0].start : after[0].end]
    is_joint = " et " in frame[after[0].end : stop] or PLURAL_SUBJECT.match(subject) is not None
    has_own_subject = (
        after[0].mention is None
        and after[0].determiner in ("sa", "son", "cette", "ce")
        and "," in frame[start : verb.start - 2]
    )
    return (is_joint or not is_plural) and not (has_own_subject and FINITE.search(frame, start, verb.start) is None)
