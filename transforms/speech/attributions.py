"""Words of speech in a sentence, each with its subject: a déclaré M. Roy, selon elle, a-t-on appris."""

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from transforms.grammar import read_class, read_determiners
from transforms.person_roles import ADJECTIVE
from transforms.speech.compounds import match_compound, read_compounds
from transforms.speech.named import Mention
from transforms.speech.speakers import PLURAL, Candidate, Reading, Speaker, read_source_keys, read_source_words
from transforms.speech.verbs import INFINITIVE, SpeechForm, read_noun_forms, read_reflexives, read_speech_forms

HAVE = read_class("have")
BE = read_class("be")
CLITICS = read_class("clitic")
# Words after which a form that is also a noun is one: la demande, une critique, en réponse.
NOUN_BEFORE = read_class("definite") | read_class("indefinite") | read_class("preposition") | {"tout", "toute"}
NEVER_BEFORE_VERB = (read_class("indefinite") | read_class("preposition") | {"ce", "cette", "ces"}) - {"dont", "comme"}
NO_VERB = NOUN_BEFORE | HAVE | BE | read_class("conjunction") | read_class("adverb")
INVERTED = re.compile(r"^(?P<verb>.+?)-(?:t-)?(?P<pronoun>il|elle|ils|elles|on|je)$")
ADVERBS = read_class("adverb")
TIMES = read_class("time")
PREPOSITIONS = read_class("preposition")
FIRST_WORD = re.compile(
    rf"(?:(?:{'|'.join(sorted(read_determiners(), key=len, reverse=True))})(?: |(?<=l)’|(?<=d)’))?([^\W\d_][\w-]*)",
    re.IGNORECASE,
)
CLAUSE_BREAK = re.compile(r"[,;:.«»()!?]")
PRONOUNS = {"il", "elle", "ils", "elles", "celui-ci", "celle-ci", "ce dernier", "cette dernière"}
LATTER = {"dernier": "ce dernier", "dernière": "cette dernière"}
COORDINATIONS = {"et", "puis", "ou", "mais", "ni"}
SOURCE_PRONOUN = re.compile(r" (lui|elle|eux|elles|qui|ce dernier|cette dernière|celui-ci|celle-ci)\b")
SOURCE_STOP = re.compile(r"[,;:«»()]|\.(?: |$)")
AFTER_STOP = re.compile(r"[;:«»]")
# A subject of its own before a name: indique la vague 57 du baromètre pour Foix et …; but écrit le lendemain Foix.
OTHER_SUBJECT = re.compile(
    r" (?:l[ea] |les |l’|une? |cette |ce |ces |sa |son |ses )"
    r"(?!(?:jour|lendemain|veille|soir|nuit|matin|semaine|mois|année|"
    r"fin|début|week-end|même|mi-)\b|\d)[a-zà-ÿ-]{3,} [^,]*(?:,|\b(?:et|pour|parmi|figurent?)) [^,]*$"
)
# Two appositions: constate le directeur du parc, l’hydrologue Anna Roy.
APPOSED_ROLES = re.compile(r" (?:l[ea] |l’|s(?:on|a) )[^,;:.«»]{3,60}, (?:l[ea] |l’)")
VOICE = re.compile(r"par la (?:voix|bouche) (?:de |d’|du |des )")
# A subject that no name and no known noun gives: a dit un drôle de type.
START = (
    r"(?![Cc]e qu)(?:[Ll]es? |[Ll]a |[Ll]’|[Uu]ne? |[Dd]es |[Ss](?:on|a|es) |[Ll]eurs? |[Cc]e(?:tte|t|s)? |"
    r"[Cc]ertaine?s |[Pp]lusieurs )"
)
ANY_PHRASE = re.compile(rf"(?: (?P<lead>[^\W\d_]+))?? ?(?P<who>(?:{START}|[A-ZÀ-Þ])[^,;:.«»()]{{2,60}})")
BARE_NOUN = re.compile(
    r"(?P<article>le|la|l’|cet|cette|ce)[ ’]?(?:jeune |vieux |vieille |petite? |ancien(?:ne)? )?"
    rf"(?P<noun>[a-zà-ÿ-]{{4,}})(?: {ADJECTIVE})*(?: de \d+ ans)?(?: (?:ne|n’|y|en|se|s’|le|la|les|leur|lui))?",
    re.IGNORECASE,
)
# How the French form the names of those who do something (Le Bon Usage: derivation).
AGENT_ENDING = re.compile(r"(?:eur|euse|rice|ier|ière|iste|logue|ienne?|éenne?|ante?|naire|gère|ger|aire)$")
LEFT_PHRASE = re.compile(rf"(?:^|[,.;:] |\n|\bque |\bqu’)((?:{START}|[A-ZÀ-Þ])[^,;:.«»()]{{2,60}})$")
INFINITIVE_REACH = 20  # characters; the longest infinitives have fewer
LEFT_PHRASE_REACH = 80  # characters: a search for what stands at the end reads all that is before it
# From a name into the apposition that follows it, up to a name inside that: Luc Roy[, élu du ]Parti bleu.
APPOSED = re.compile(r", [a-zà-ÿ][^,;:.«»]*")
GAP_IN_NAME = re.compile(
    r"(?: (?:de |du |des |d’|à |aux? |en |chargée? )[^,;:.«»]{0,50}| ?[^,;:.«»]{0,50}, ?(?:l[ea] |l’)?)?"
)


# A closing mark with a comma or a final stop, then what may be a verb of the third person and its complement:
# philosophe, a fait savoir, met en garde.
# It begins with a class of signs, so that the search leaps to the next of them.
AFTER_MARK = re.compile(r"[.»](?:(?<=\.) ?» ?,?|(?<=») ?,) ?")
UNKNOWN_GROUP = re.compile(
    r"(?P<group>(?:s’|se )?(?P<said>(?:(?:a|est|ont|avait|avaient|aurait) (?P<verb>[a-zà-ÿ]+)"
    r"|(?P<present>[a-zà-ÿ]+(?:[etda]|ent)))(?: (?!qu|dont |et |mais )[a-zà-ÿ’]+){0,4})) "
)
# A closing mark and an inverted auxiliary: whatever participle follows is a verb of speech.
UNKNOWN_PARTICIPLE = re.compile(
    r"» ?,? ?(?P<group>(?:s’)?(?:a|est|avait|aurait|était)-(?:t-)?(?P<pronoun>il|elle|on) "
    r"(?:[a-zà-ÿ]+(?:ment)? ){0,1}?(?P<verb>[a-zà-ÿ]+(?:é|i|u|it|is)e?))\b"
)
LATTER_AFTER = re.compile(r"[^,;:.«»]{0,30}? (ce dernier|cette dernière|celui-ci|celle-ci)\b")


AND_TO = re.compile(r"(?:Et|Puis) (?P<who>(?:l[ea] |l’)[^,;:.«»]{3,40}?) d[e’] ?")  # Et le berger d’ajouter
PLURAL_VERB = re.compile(r"(?:\b(?:ont|sont|vont)|ent|ront)\b(?! ?-)")
# Between two names of one subject: Anna Roy[ et ]Luc Foix; Anna Roy[, maire de Lure, et son adjoint, ]Luc Foix.
TOGETHER = re.compile(
    r"(?:,? \([^()]*\)|, [^,;:.«»]{2,50})?,? (?:et|ainsi que) (?:l[ea] |l’|s(?:on|a) [^,;:.«»]{2,40},? )?|, "
)
BY = re.compile(r"» ?(?:hier |[a-zà-ÿ]+ment )?par ")
LAST_WORDS = re.compile(
    r"(?P<participle>[a-zà-ÿ]+(?:é|i|u|is|it|ert)e?s?) (?:comme |de |d’|à )?(?:une? |des |l[ea] |l’)?$"
)
OF_TWO = {"premier", "première", "second", "seconde"}  # le premier, la seconde: of the two persons named last


CLITIC_LEFT = re.compile(r"(?<=[ ,])(?:se |s’|lui |leur |l’|en |y )+$")


class Verb(NamedTuple):
    """A group of words of speech in the frame: a-t-il déclaré, indique, selon."""

    start: int
    end: int
    lemma: str
    kind: str  # say, judge, incise, unknown, source or person_source
    form: str  # finite, dependent (gerund, infinitive) or source
    pronoun: str  # the subject inside the group: a-t-il -> il


class Attribution(NamedTuple):
    """A word of speech with its subject."""

    verb: Verb
    speaker: Speaker
    is_inverted: bool  # the subject follows: déclare M. X
    is_adjacent: bool  # directly after a closing mark


def list_speech_words(reading: Reading) -> list[int]:
    """Places, among the words of a text, of forms that may be words of speech: déclaré, estime, note-t-elle."""
    forms, compounds = read_speech_forms(), read_compounds()
    words = ((index, reading.words[index]) for index in reading.telling_words)
    return [
        index
        for index, word in words
        if word in forms
        or ("-" in word and INVERTED.match(word))
        or (word in compounds and match_compound(reading.words, index))
    ]


def find_verbs(reading: Reading, indexes: list[int], floor: int) -> list[Verb]:
    """Groups of words of speech.

    In:  a text, places of words that may be one, in order, and where their sentence begins.
    Out: the groups in order. A verb that is not in the lexicon counts where it is inverted after a closing mark.
    """
    forms, compounds = read_speech_forms(), read_compounds()
    found: list[Verb] = []
    for index in indexes:
        word, place = reading.words[index], reading.word_starts[index]
        compound = read_compound(reading, index, floor) if word in compounds else None
        if compound is not None:
            found = [verb for verb in found if verb.end <= compound.start] + [compound]
            continue
        inverted = INVERTED.match(word) if "-" in word else None
        pronoun = inverted.group("pronoun") if inverted else ""
        base = inverted.group("verb") if inverted else word
        if base in forms:
            verb = read_group(reading, index, pronoun, floor)
            if verb is not None:
                found.append(verb)
        elif base not in HAVE and base not in BE and follows_mark(reading.frame, place):
            found.append(Verb(place, place + len(word), base, "unknown", "finite", pronoun))
    return found


def list_source_words(reading: Reading) -> list[int]:
    """Places, among the words of a text, of words that may belong to selon, d’après, pour."""
    told = read_source_words()
    return [index for index in reading.telling_words if reading.words[index] in told]


def reports(word: str) -> bool:
    """Whether a form may report speech: not an infinitive, nor a verb that only takes words as its object."""
    form = read_speech_forms().get(INVERTED.sub(r"\g<verb>", word) if "-" in word else word)
    return form is None or (form.kind in ("say", "incise") and form.tense != "infinitive")


@cache
def read_forms_before_infinitive() -> frozenset[str]:
    """Forms of the verbs that report with an infinitive: assure vouloir, promet de venir."""
    lemmas = read_class("verb before infinitive") | read_class("verb before de and infinitive")
    return frozenset(word for word, form in read_speech_forms().items() if form.lemma in lemmas)


def find_sources(reading: Reading, indexes: list[int], floor: int) -> list[Verb]:
    """Prepositions that name a source: selon, d’après; pour only where a clause begins.

    In:  a text, places of words that may belong to one, and where their sentence begins.
    """
    found = []
    for index in indexes:
        for form, kind, offset in read_source_keys()[reading.words[index].lower()]:
            start = reading.word_starts[index] - offset
            end = start + len(form)
            if reading.frame[start:end].lower() != form or reading.frame[end : end + 1] not in (" ", "’"):
                continue
            if kind == "source" or start <= floor + 1 or reading.frame[start - 2] in ".!?,;":
                found.append(Verb(start, end, form, kind, "source", ""))
                break
    return found


def follows_mark(frame: str, place: int) -> bool:
    """Whether a closing mark, perhaps with a comma and an object pronoun, stands before this place."""
    left = frame[max(0, place - 11) : place]
    return "»" in left and CLITIC_LEFT.sub("", left).rstrip(" ,.").endswith("»")


def read_group(reading: Reading, index: int, pronoun: str, floor: int) -> Verb | None:
    """A verb of speech with its auxiliary and clitics.

    In:  the place of its form among the words, the pronoun inside it (indique-t-il), where the sentence begins.
    Out: the group, or None where the form is a noun, an adjective, or a participle without its auxiliary.
    """
    word, place = reading.words[index], reading.word_starts[index]
    form = read_speech_forms()[INVERTED.sub(r"\g<verb>", word) if pronoun else word]
    end = place + len(word)
    if form.tense in ("gerund", "infinitive"):
        if not agrees_with_se(form, index > 0 and reading.words[index - 1] in ("s", "se")):
            return None
        return Verb(place, end, form.lemma, form.kind, "dependent", "")
    auxiliary = find_auxiliary(reading, index, floor)
    if auxiliary is None:
        if form.tense == "participle" or is_noun(reading, index, floor):
            return None
        first = index
    else:
        other = reading.words[auxiliary]
        inner = INVERTED.match(other)
        pronoun = inner.group("pronoun") if inner else pronoun
        before = reading.words[auxiliary - 1] if auxiliary else ""
        if (inner.group("verb") if inner else other) in BE and before not in ("s", "se", "m", "me", "nous"):
            return None  # a passive: est accusé
        first = auxiliary
    while first and reading.words[first - 1] in CLITICS and reading.word_starts[first - 1] >= floor:
        first -= 1
    if not agrees_with_se(form, any(word in ("s", "se") for word in reading.words[first:index])):
        return None
    return Verb(reading.word_starts[first], end, form.lemma, form.kind, "finite", pronoun)


def agrees_with_se(form: SpeechForm, has_se: bool) -> bool:
    """Whether a verb speaks with or without se, as it stands: se féliciter, annoncer; not s’annoncer."""
    return not form.is_reflexive if not has_se else form.is_reflexive or form.lemma in read_reflexives()


def read_compound(reading: Reading, index: int, floor: int) -> Verb | None:
    """A verb in two words that ends at this word, with its auxiliary: a fait savoir, fait-il valoir; else None."""
    matched = match_compound(reading.words, index)
    if matched is None or reading.word_starts[index - matched[1]] < floor:
        return None
    lemma, count = matched
    first = index - count
    light = reading.words[first]
    end = reading.word_starts[index] + len(reading.words[index])
    if light.endswith(("ant", "re", "er")):
        return Verb(reading.word_starts[first], end, lemma, "say", "dependent", "")
    auxiliary = find_auxiliary(reading, first, floor)
    first = first if auxiliary is None else auxiliary
    inverted = INVERTED.match(reading.words[first])
    while first and reading.words[first - 1] in CLITICS and reading.word_starts[first - 1] >= floor:
        first -= 1
    pronoun = inverted.group("pronoun") if inverted else ""
    return Verb(reading.word_starts[first], end, lemma, "say", "finite", pronoun)


def find_auxiliary(reading: Reading, index: int, floor: int) -> int | None:
    """The auxiliary of a participle: the word before it, adverbs left out."""
    for back in range(index - 1, max(-1, index - 6), -1):
        place = reading.word_starts[back]
        word = reading.words[back]
        if place < floor or CLAUSE_BREAK.search(reading.frame, place + len(word), reading.word_starts[back + 1]):
            return None
        base = INVERTED.sub(r"\g<verb>", word) if "-" in word else word
        if base in HAVE or base in BE:
            return back
        if word not in ADVERBS and not word.endswith("ment"):
            return None
    return None


def is_noun(reading: Reading, index: int, floor: int) -> bool:
    """Whether a finite form is a noun here: la demande, but Mme Roy la demande."""
    word = reading.words[index]
    place = reading.word_starts[index]
    if not index or reading.word_starts[index - 1] < floor or word[0].isupper():
        return word[0].isupper()
    if not reading.is_adjacent(index - 1, place):
        return False
    before = reading.words[index - 1].lower()
    if before in NEVER_BEFORE_VERB:
        return True
    return before in NOUN_BEFORE and word in read_noun_forms()


def can_speak(phrase: str) -> bool:
    """Whether a phrase may be somebody: not a date or a time (le 3 mai, la nuit)."""
    first = FIRST_WORD.match(phrase)
    return first is not None and not {first.group(1), first.group(1).removesuffix("s")} & TIMES


def is_thing(words: list[tuple[str, int]]) -> bool:
    """Whether the words before a verb make what was said its subject: voilà ce qui montre que."""
    told = [word.lower() for word, _ in words]
    return told[-1:] == ["qui"] and told[-2:-1] in (["ce"], ["cela"], ["voilà"])


def read_lemma(group: re.Match[str]) -> str:
    """The verb of a group outside the lexicon, as written."""
    return str(group.group("verb") or group.group("present"))


def ends_with_comma(frame: str, place: int) -> bool:
    """Whether a comma stands before this place, blanks left out."""
    while place and frame[place - 1].isspace():
        place -= 1
    return place > 0 and frame[place - 1] == ","


class Attributor:
    """Finds the words of speech of one text with their subjects; keeps who spoke last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.frame = reading.frame
        self.known: dict[int, list[Attribution]] = {}
        self.speech_words = list_speech_words(reading)
        self.speech_starts = [reading.word_starts[index] for index in self.speech_words]
        self.source_words = list_source_words(reading)
        self.source_starts = [reading.word_starts[index] for index in self.source_words]

    def has_speech(self, sentence: int) -> bool:
        """Whether a sentence may report speech without marks: a verb that does so with que or a comma, or a source."""
        start, end = self.reading.sentences[sentence]
        if bisect_left(self.source_starts, start) < bisect_left(self.source_starts, end):
            return True
        first, last = bisect_left(self.speech_starts, start), bisect_left(self.speech_starts, end)
        words = [self.reading.words[index] for index in self.speech_words[first:last]]
        if self.frame.find(" qu", start, end) < 0 and self.frame.find(", ", start, end) < 0:
            words = [word for word in words if word in read_forms_before_infinitive()]
        return any(reports(word) for word in words)

    def attribute(self, sentence: int) -> list[Attribution]:
        """Every word of speech of a sentence that has a subject, in order."""
        if sentence not in self.known:
            start, end = self.reading.sentences[sentence]
            first, last = bisect_left(self.speech_starts, start), bisect_left(self.speech_starts, end)
            verbs = find_verbs(self.reading, self.speech_words[first:last], start)
            first, last = bisect_left(self.source_starts, start), bisect_left(self.source_starts, end)
            verbs += find_sources(self.reading, self.source_words[first:last], start)
            verbs += self.find_unknown_verbs(start, end, {verb.end for verb in verbs if verb.form == "finite"})
            found: list[Attribution] = []
            for verb in sorted(verbs):
                attribution = self.attribute_verb(verb, start, end, found)
                if attribution is not None:
                    found.append(attribution)
            self.known[sentence] = found
        return self.known[sentence]

    def find_unknown_verbs(self, start: int, end: int, known: set[int]) -> list[Verb]:
        """Verbs outside the lexicon between a closing mark and their subject: « Il pleut », philosophe Anna Roy."""
        found: list[Verb] = []
        if self.frame.find("»", start, end) < 0:
            return found
        for match in UNKNOWN_PARTICIPLE.finditer(self.frame, start, end):
            if match.end() not in known:
                place = match.start("group")
                found.append(Verb(place, match.end(), match.group("verb"), "unknown", "finite", match.group("pronoun")))
        for mark in AFTER_MARK.finditer(self.frame, start, end):
            subject = next((c for c in self.candidates_in(start) if c.start > mark.end() and not c.is_oblique), None)
            group = UNKNOWN_GROUP.fullmatch(self.frame, mark.end(), subject.start) if subject else None
            if group is None or read_lemma(group) in NO_VERB or known & set(range(mark.end(), group.end() + 1)):
                continue
            found.append(Verb(group.start("group"), group.end() - 1, group.group("said"), "unknown", "finite", ""))
        return found

    def find_passive(self, opening: int, closing: int) -> Attribution | None:
        """A participle with its agent: un recours jugé « dilatoire » par Luc Foix."""
        by = BY.match(self.frame, closing)
        word = LAST_WORDS.search(self.frame[max(0, opening - 60) : opening]) if by else None
        form = read_speech_forms().get(word.group("participle")) if word else None
        if by is None or word is None or form is None or form.tense not in ("participle", "finite"):
            return None
        place = max(0, opening - 60) + word.start("participle")
        owner = next((c for c in self.candidates_in(opening) if by.end() <= c.head), None)
        if owner is None or owner.start - by.end() > len("le "):
            return None
        verb = Verb(place, place + len(word.group("participle")), form.lemma, form.kind, "passive", "")
        return Attribution(verb, self.resolve(owner), False, False)

    def candidates_in(self, place: int) -> list[Candidate]:
        """All who may speak in the sentence that holds a place."""
        return self.reading.list_candidates(self.reading.locate(place))

    def attribute_verb(self, verb: Verb, start: int, end: int, earlier: list[Attribution]) -> Attribution | None:
        """One word of speech with its subject; None where it has none."""
        if verb.form == "source":
            source = self.find_source(verb, end)
            if source is None:
                return None
            if source.mention is not None:
                self.reading.understand(verb.start, source)  # a preposition governs it, but it is who speaks
            return Attribution(verb, source, False, False)
        adjacent = follows_mark(self.frame, verb.start)
        if verb.pronoun:
            speaker = self.reading.resolve_pronoun(verb.pronoun, verb.start, self.reading.last)
            return Attribution(verb, speaker, True, adjacent)
        if verb.form == "dependent":
            return self.attribute_dependent(verb, start, earlier)
        if verb.form == "finite" and self.may_be_inverted(verb, start, adjacent):
            subject = self.find_subject_after(verb, end, adjacent)
            if subject is not None:
                return Attribution(verb, subject, True, adjacent)
        subject = self.find_voice(verb, end) or self.find_subject_before(verb, start, earlier)
        return Attribution(verb, subject, False, False) if subject else None

    def attribute_dependent(self, verb: Verb, start: int, earlier: list[Attribution]) -> Attribution | None:
        """A gerund or an infinitive: its subject is that of the verb before, of the sentence, or « Et d’ajouter ».

        A participle right behind somebody is his: contre Luc Roy réclamant « une trêve ».
        """
        owner = self.find_owner_of_participle(verb, start)
        if owner is not None:
            return Attribution(verb, self.resolve(owner), False, False)
        if earlier:
            return Attribution(verb, earlier[-1].speaker, False, False)
        words = [word for word, _ in self.words_before(verb, start)]
        noun = AND_TO.fullmatch(self.frame, start, verb.start)
        speaker = self.find_subject_before(verb, start, [])
        if noun is not None and (speaker is None or speaker.rule == "unnamed"):
            speaker = self.resolve_phrase(noun.group("who"), noun.start("who"), is_person=True)
        if words in (["Et", "d"], ["Et", "de"], ["Puis", "d"], ["Puis", "de"]):
            speaker = self.reading.find_back("e", verb.start, ("PER", "ORG"), 2) or self.reading.last
        return Attribution(verb, speaker, False, False) if speaker else None

    def find_owner_of_participle(self, verb: Verb, start: int) -> Candidate | None:
        """Who a present participle says something of: the one right before it; with en, the subject of the sentence."""
        if not self.frame.endswith("ant", verb.start, verb.end):
            return None
        before = [c for c in self.candidates(verb) if start <= c.start and c.end <= verb.start]
        if self.frame.endswith(" en ", start, verb.start):
            free = [c for c in before if not c.is_oblique and c.kind != "LOC"]
            return free[0] if len(free) > 1 and all(c.mention for c in free) else None
        last = before[-1] if before else None
        is_next = last is not None and self.frame[last.end : verb.start] == " "
        kinds = ("PER", "people") if last is not None and last.is_oblique else ("PER", "people", "ORG")
        return last if is_next and last is not None and last.kind in kinds else None

    def may_be_inverted(self, verb: Verb, start: int, adjacent: bool) -> bool:
        """Whether a verb stands where its subject may follow: after a closing mark, or after a comma.

        Not before que, a colon or a mark; and not after « Anne Roy, maire de Lure, », which is its subject.
        """
        if self.frame.startswith((" :", ": ", " que ", " qu’", " «"), verb.end):
            return False
        if adjacent:
            return True
        left = self.frame[start : verb.start]
        if left.endswith((" qu’", "Comme ", " comme ", " que ")):
            return not any(left.rfind("qu") + start <= c.start < verb.start for c in self.candidates(verb))
        if not left.rstrip().endswith((",", "–", "—")):
            return False
        subjects = [c for c in self.candidates(verb) if start <= c.start and c.end <= verb.start and not c.is_oblique]
        gap = self.frame[subjects[-1].end : verb.start].strip() if subjects else ""
        return not (gap.startswith((",", "(")) and "«" not in self.frame[start : verb.start])

    def candidates(self, verb: Verb) -> list[Candidate]:
        """All who may speak in the sentence of a verb."""
        return self.reading.list_candidates(self.reading.locate(verb.start))

    def find_source(self, verb: Verb, end: int) -> Speaker | None:
        """Whom selon, d’après or pour names: the pronoun, name or noun right after it."""
        pronoun = SOURCE_PRONOUN.match(self.frame, verb.end)
        if pronoun and pronoun.group(1) == "qui":
            antecedent = self.find_antecedent(verb.start, [c for c in self.candidates(verb) if c.end <= verb.start])
            return self.resolve(antecedent) if antecedent else None
        if pronoun:
            return self.reading.resolve_pronoun(pronoun.group(1), verb.start, self.reading.last)
        stop = SOURCE_STOP.search(self.frame, verb.end, end)
        limit = stop.start() if stop else end
        inside = [c for c in self.candidates(verb) if verb.end <= c.head and c.start < limit]
        if verb.kind == "person_source":
            inside = [c for c in inside[:1] if c.kind != "LOC" and c.start - verb.end <= len(" le ")]
        if inside:
            return self.resolve(inside[0])
        phrase = self.reading.text[verb.end : limit].strip(" .\n")
        head = FIRST_WORD.match(phrase)
        if head is not None and head.group(1) in read_class("measure after selon"):
            return None
        return Speaker(None, phrase, "unnamed") if verb.kind == "source" and can_speak(phrase) else None

    def join_others(self, verb: Verb, subject: Candidate) -> Speaker:
        """The speaker of a verb; where two names speak together, the first, with the words that name both."""
        speaker = self.resolve(subject)
        if subject.mention is None or PLURAL_VERB.search(self.frame, verb.start, verb.end) is None:
            return speaker
        names = [c for c in self.candidates(verb) if c.mention is not None and c.kind != "LOC"]
        first = last = names.index(subject) if subject in names else 0
        while first and TOGETHER.fullmatch(self.frame, names[first - 1].end, names[first].start):
            first -= 1
        while last + 1 < len(names) and TOGETHER.fullmatch(self.frame, names[last].end, names[last + 1].start):
            last += 1
        if first == last or not names:
            return speaker
        return self.resolve(names[first])._replace(text=self.reading.text[names[first].start : names[last].end])

    def resolve(self, candidate: Candidate) -> Speaker:
        """The speaker a candidate stands for; a bare noun followed by its name is that name."""
        named = self.find_apposed(candidate) if candidate.mention is None else None
        speaker = self.reading.resolve(named or candidate)
        is_one = candidate.mention is None and candidate.determiner not in PLURAL
        if is_one and named is None and candidate.kind == "people":
            self.reading.understand(candidate.start, speaker, candidate.gender)
        return speaker

    def find_apposed(self, candidate: Candidate) -> Candidate | None:
        """The name that stands with a bare noun: le groupe Orvane; la patronne des lieux, Lise Roy, …"""
        after = candidate.head + len(candidate.noun)
        for other in self.reading.list_candidates(self.reading.locate(candidate.head)):
            if other.mention is None or other.start < after or (other.is_oblique and not other.is_apposed):
                continue
            gap = self.frame[after : other.start]
            if other.kind == "PER":
                closes = self.frame[other.end : other.end + 2].strip()[:1] in ("", ",", ".", ";", ":", ")", "»")
                return other if gap == " " or (closes and GAP_IN_NAME.fullmatch(gap)) else None
            return other if gap == " " and candidate.kind != "people" else None
        return None

    def find_voice(self, verb: Verb, end: int) -> Speaker | None:
        """Who lends his voice: « a dénoncé la mairie, par la voix de son adjoint, Luc Roy »."""
        voice = VOICE.search(self.frame, verb.end, end)
        if voice is None:
            return None
        after = [c for c in self.candidates(verb) if c.head >= voice.end()]
        return self.resolve(after[0]) if after else None

    def find_subject_after(self, verb: Verb, end: int, adjacent: bool) -> Speaker | None:
        """The subject of an inverted verb: a déclaré M. X, confie au quotidien une voisine."""
        voice = self.find_voice(verb, end)
        if voice is not None:
            return voice
        latter = LATTER_AFTER.match(self.frame, verb.end, end)
        if latter is not None:
            return self.reading.resolve_pronoun(latter.group(1), verb.start, self.reading.last)
        stop = AFTER_STOP.search(self.frame, verb.end, end)
        limit = stop.start() if stop else end
        for candidate in self.candidates(verb):
            # A verb may look like a role noun: « Il pleut », philosophe Anna Roy.
            if verb.end <= candidate.head < limit and verb.start <= candidate.start and not candidate.is_oblique:
                gap = self.frame[verb.end : candidate.start]
                has_other = OTHER_SUBJECT.match(gap) and not APPOSED_ROLES.fullmatch(gap)
                if gap.count(",") > 1 or " que " in gap or " qu’" in gap or " qui " in gap or has_other:
                    break
                return self.join_others(verb, candidate)
        phrase = ANY_PHRASE.match(self.frame, verb.end, limit)
        if phrase is None or (phrase.group("lead") in PREPOSITIONS and not adjacent):
            return None  # a complement: un conte dit à la lueur des bougies
        return self.resolve_phrase(phrase.group("who"), phrase.start("who"), adjacent)

    def resolve_phrase(self, phrase: str, place: int, is_person: bool) -> Speaker | None:
        """Whom a phrase without a known noun stands for: la bergère; elsewhere than after a mark it may be a thing.

        Only the ending of an agent (-eur, -ière, -iste) then tells a person. A date is nobody.
        """
        phrase = phrase.strip()
        if not can_speak(phrase):
            return None
        bare = BARE_NOUN.match(phrase)
        if bare is not None and bare.group("noun")[0].isupper():
            named = self.reading.named.find_organisation(bare.group("noun"), place)
            if named is not None and self.is_subject(named, bare.group("noun")):
                return Speaker(named, phrase, "institution")  # Le Conseil, after « le Conseil des anciens »
        if bare is None or not (is_person or AGENT_ENDING.search(bare.group("noun"))):
            return Speaker(None, phrase, "unnamed")
        gender = {"le": "m", "la": "f", "cet": "m", "ce": "m", "cette": "f"}.get(bare.group("article").lower(), "e")
        found = self.reading.find_back(gender, place, ("PER",))
        if found is None or found.mention is None:
            return Speaker(None, phrase, "unnamed")
        self.reading.understand(place, found, gender)
        return Speaker(found.mention, phrase, "noun")

    def is_subject(self, named: Mention, noun: str) -> bool:
        """Whether an organisation begins with a noun and opened a sentence as its subject: not « en Conseil des … »."""
        if not named.text.startswith(noun):
            return False
        starts = [mention.start for mention in self.reading.named.by_name[named.name]]
        opened = [self.reading.sentences[self.reading.locate(start)][0] for start in starts]
        return any(0 <= start - first <= len("Le ") for start, first in zip(starts, opened, strict=True))

    def find_subject_before(self, verb: Verb, start: int, earlier: list[Attribution]) -> Speaker | None:
        """The subject of a verb in direct order: a name, a pronoun or a bare noun to its left."""
        words = self.words_before(verb, start)
        if is_thing(words):
            return None
        last, place = words[-1] if words else ("", start)
        linked = self.find_pronoun_before(verb, words) or self.find_coordinated(words, earlier)
        if linked is not None:
            return linked
        subject = self.choose_subject(verb, start, last, place)
        if subject is not None:
            return self.join_others(verb, subject)
        pronoun, at = next(((word, at) for word, at in reversed(words) if word.lower() in PRONOUNS), ("", 0))
        if pronoun:
            return self.reading.resolve_pronoun(pronoun, at, self.reading.last)
        return earlier[-1].speaker if earlier else self.find_phrase_before(verb, start)

    def find_coordinated(self, words: list[tuple[str, int]], earlier: list[Attribution]) -> Speaker | None:
        """Whose verb goes on behind et or puis: who spoke before it; where it opens the sentence, who spoke last."""
        last = words[-1][0].lower() if words else ""
        if last not in COORDINATIONS:
            return None
        if earlier:
            return earlier[-1].speaker
        return self.reading.last if len(words) == 1 else None

    def find_phrase_before(self, verb: Verb, start: int) -> Speaker | None:
        """Whom the words before a verb name without a known noun; not what is done: Baisser le prix suppose que."""
        left = self.frame[start : verb.start].rstrip()
        if re.match(INFINITIVE, left[:INFINITIVE_REACH].lower()):
            return None
        phrase = LEFT_PHRASE.search(left, max(0, len(left) - LEFT_PHRASE_REACH))
        return self.resolve_phrase(phrase.group(1), start + phrase.start(1), is_person=False) if phrase else None

    def find_pronoun_before(self, verb: Verb, words: list[tuple[str, int]]) -> Speaker | None:
        """Whom the pronoun right before a verb stands for: elle assure, ce dernier assure, le second assure."""
        last, place = words[-1] if words else ("", 0)
        pronoun = LATTER.get(last.lower(), last)
        if pronoun.lower() in PRONOUNS and "," not in self.frame[place : verb.start]:
            return self.reading.resolve_pronoun(pronoun, place, self.reading.last)
        if last == "Qui" and len(words) == 1:
            return self.reading.last  # a relative clause set apart: « … », dit Luc Foix. Qui ajoute : « … »
        if last in OF_TWO and len(words) > 1 and words[-2][0].lower() in ("le", "la"):
            return self.reading.resolve_of_two(last, place)
        return Speaker(None, last, "unnamed") if last in ("on", "On") else None

    def find_antecedent(self, place: int, before: list[Candidate]) -> Candidate | None:
        """Whom a relative pronoun at this place continues: the phrase that ends there.

        « Luc Roy, élu du Parti bleu, qui … » is Luc Roy; « la direction du Trésor, qui … » the direction; « l’élu du
        Parti bleu qui … » the nearest.
        """
        if not before or not ends_with_comma(self.frame, place):
            return before[-1] if before else None
        ending = next(c for c in before if c.end >= min(before[-1].end, place - 2))
        for c in reversed(before[: before.index(ending)]):
            if ending.is_oblique and c.kind == "PER" and APPOSED.fullmatch(self.frame, c.end, ending.start):
                return c
        return ending

    def choose_subject(self, verb: Verb, start: int, last: str, words_end: int) -> Candidate | None:
        """The candidate to the left that is the subject.

        The one before qui; else the nearest that no preposition governs, if it is next to the verb; else the first.
        """
        before = [c for c in self.candidates(verb) if start <= c.start and c.end <= verb.start]
        if last == "qui" and before:
            return self.find_antecedent(words_end, before)
        before = [c for c in before if not c.is_oblique]
        if not before or self.is_next_to(before[-1], verb):
            return before[-1] if before else None
        return next((c for c in before if c.kind != "LOC"), before[0])

    def words_before(self, verb: Verb, start: int) -> list[tuple[str, int]]:
        """The words of a sentence before a verb, with their places."""
        starts = self.reading.word_starts
        first, last = bisect_left(starts, start), bisect_left(starts, verb.start)
        return list(zip(self.reading.words[first:last], starts[first:last], strict=True))

    def is_next_to(self, candidate: Candidate, verb: Verb) -> bool:
        """Whether only an apposition, a relative pronoun or two words stand between a subject and its verb."""
        gap = self.frame[candidate.end : verb.start].strip()
        if not gap or (gap.startswith((",", "(")) and gap.endswith((",", ")"))):
            return True
        return gap == ", qui" or (gap.count(" ") < 2 and "," not in gap)
