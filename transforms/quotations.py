"""Words given as somebody's: between marks, or reported."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import polars as pl

from transforms.grammar import read_class
from transforms.person_roles import Role, read_roles
from transforms.speech.attributions import INVERTED, Attribution, Attributor, Verb, find_verbs
from transforms.speech.marks import MARKS, Marked, pair_marks
from transforms.speech.named import Mention
from transforms.speech.neighbours import (
    Quotation,
    name_headings,
    name_openings,
    part_from_paragraph_before,
    share_across_paragraphs,
)
from transforms.speech.paragraph_subjects import find_author, find_person_of_paragraph
from transforms.speech.reports import find_report
from transforms.speech.signatures import find_label, find_signature, find_teller
from transforms.speech.speakers import BLOT, Reading, Speaker, read_speaker_nouns
from transforms.speech.verbs import read_sources, read_speech_forms

# A word that is a sure sign of a clause; a fragment without a word of speech needs one to be a quotation.
CLAUSE = re.compile(
    r"\b(?:je|j’|nous|vous|on|il|elle|ils|elles|c’est|c’était|ce sont|est|sont|a|ont|était|étaient|sera|seront|serait|"
    r"seraient|va|vont|faut|peut|peuvent|doit|doivent|ne|n’|avons|avez|sommes|êtes|ai|suis|veux|fait|avait|avaient|aura|"
    r"auront|ça)(?:\b|(?<=’))",
    re.IGNORECASE,
)
# Words before a mark that introduce a name: baptisé « Grand Large »; or a word as such: le mot « résilience ».
NAMING = re.compile(
    r"\b(?:(?:re)?baptisée?s?|intitulée?s?|surnommée?s?|nommée?s?|dénommée?s?|prénommée?s?|titrée?s?|"
    r"(?<! a )(?<!’a )(?<!ont )(?<!ait )(?<!ent )appelée?s?|"
    r"s’intitul(?:e|ait|era)|s’appel(?:le|ait|lera)|se nomm(?:e|ait))(?: (?:de|du|des|les|la|le|d’)| l’)? ?$",
    re.IGNORECASE,
)
# A passage without any of them before it is spared the pattern, which is slow for one anchored at the end.
NAMING_STEMS = ("baptis", "intitul", "nomm", "titr", "appel")
WORD_AS_SUCH = re.compile(
    r"\b(?:mots?|termes?|expressions?|concepts?|notions?|soi-disant|labels?|hashtag|mot-clé|adjectif|verbe|mention|"
    r"estampillée?s?|étiquetée?s?|sobriquet|surnom)(?: (?:de|du|des|les|la|le|d’)| l’)? ?$",
    re.IGNORECASE,
)
# A number of people that opens its clause: Une vingtaine de « bérets » ont défilé; not « relève dix « erreurs » ».
COUNTED_GROUP = re.compile(
    r"(?:^|[.!?;:,\n] ?|\b(?:que |qu’|et |où ))(?:une? (?:petite? )?|des |plusieurs |quelques |les |\d+ )"
    rf"(?:{'|'.join(sorted(read_class('number of people')))})s? (?:de |d’|des )$",
    re.IGNORECASE,
)
OF = (" de ", " d’", " des ")  # spares most passages the pattern
CALLED = re.compile(r"(?P<before>[\w’-]+) dite?s? ?$")
SPEAKING = re.compile(
    r"^(?:(?:.+’)?(?:a|ont|avait|avaient|aura|est|sont|était|étaient)|se|il|elle|on|qui|ils|elles|s’est|[A-ZÀ-Þ].*)$"
)
GROUP_LABEL = re.compile(r"(?:^|[\s’(])(?:les|des|la|le|l’|cette|ces|ce|aux|du|ses|leurs) ?$", re.IGNORECASE)
INVERTED_NEXT = re.compile(
    r"[»”\"]? ?,? ?(?:[\w’]+ ){0,2}[\w’]+-(?:t-)?(?:il|elle|on)\b|[»”\"]? ?, (?:s’)?(?:a|ont|avait|est) "
)
CLAUSE_CHANGE = re.compile(r"[,;:«»]| (?:et|mais|tandis|alors|puis) ")
THAT = re.compile(r"(?: [^\W\d_]+){0,4}? (?:que |qu’)")
FINAL = (".", "!", "?", "…")
FINAL_SIGN = re.compile(r"[.!?…:;,]\)?[\s»”\"]*$")
HEADING_ROLES = ("title", "heading")
HEADING_LENGTH = 80  # characters; a paragraph without a final sign that is longer is text
FRAGMENT_WORDS = 5  # a fragment of fewer words without any word of speech is a scare quote
TITLE_WORDS = 20  # the longest title that « intitulé » introduced in a thousand articles has 14
NAME_WORDS = 7  # titles of works are rarely longer
SENTENCE_SIGNS = " \n.,!?…-–—«»¤"


# A clause without its verb: ; lui, d’un « … »; , la seconde « … »; , Roy une aide « … ».
LEFT_OUT_PRONOUN = re.compile(
    r"[,;»] ?(?:et |mais |quand )?(?:(?P<who>lui|elle), |l[ea] (?P<ordinal>premier|première|second|seconde),? )"
    r"(?:d’|de |du |des |à )?(?:une? |la |le |l’)?$"
)
LEFT_OUT_BEFORE = re.compile(r"[,;»] (?:et |mais )?(?:l[ea] |l’)?$")
LEFT_OUT_AFTER = re.compile(r" (?:d’|de |du |des |à |sur )?(?:(?:une? |la |le |l’|les |des )(?:[a-zà-ÿ-]+ ){0,2})?")
# A verdict without a verb: Réponse de la mairie : « … »
WORDS_OF = re.compile(rf"\b(?:{'|'.join(read_sources('speech_noun'))}) (?:[a-zà-ÿ]+ )?d(?:e |es |u |’)", re.IGNORECASE)
POINTS_BACK = re.compile(
    r"(?:C’est|Ce sont|C’était) (?:ce qu|ainsi qu|par ces mots|en ces termes|avec ces mots|les mots)"
    r"|(?:La|Le|Les|L’|Ces?|Cette)(?: |(?<=’))"
    rf"(?P<of>{'|'.join(read_sources('speech_noun'))})(?: (?:est|sont|était|étaient)(?: signée?s?)?)? d(?:e |es |u |’)"
)


ASKING = ("demander", "interroger", "questionner", "s’enquérir")
REASON = re.compile(r"\b(?:parce qu(?:e |’)|car |puisqu(?:e |’))$")
WISHES = ("souhaiter", "espérer", "proposer")  # they take an infinitive: La Norvège souhaite clore « … »
POINTING = Verb(0, 0, "", "unknown", "finite", "")  # C’est par ces mots que …: no verb of speech


def blot(text: str, passages: list[Marked]) -> str:
    """The text with the words between marks blotted out, offsets kept.

    Marks become « and »; a passage that ends with a full stop keeps one, so that sentences can still be told.
    """
    parts, place = [], 0
    for passage in passages:
        inside = passage.end - passage.opening - 1
        last = "." if text[passage.end - 1] in FINAL else BLOT
        parts += [text[place : passage.opening], "«", BLOT * (inside - 1), last, " " * (passage.closing - passage.end)]
        place = passage.closing
        if passage.is_balanced:
            parts.append("»")
            place += 1
    parts.append(text[place:])
    return "".join(parts)


def is_name(text: str, passage: Marked, spans: set[tuple[int, int]]) -> bool:
    """Whether the marks hold a name, a title or a word as such rather than somebody's words.

    A name: a mention fills the marks, with a capital or after a definite article; or a word such as baptisé, mot, dit
    stands before them; or the content has a capital in the middle of a sentence, no final stop and no verb.
    """
    content = text[passage.start : passage.end]
    words = content.count(" ") + 1
    before = text[max(0, passage.opening - 40) : passage.opening]
    if (passage.start, passage.end) in spans and (content[0].isupper() or GROUP_LABEL.search(before)):
        return True
    if words <= TITLE_WORDS and any(stem in before.lower() for stem in NAMING_STEMS) and NAMING.search(before):
        return True
    if words <= FRAGMENT_WORDS:
        called = CALLED.search(before) if " dit" in before else None
        is_counted = before.endswith(OF) and content[0].islower() and COUNTED_GROUP.search(before) is not None
        if is_counted and not CLAUSE.search(content):
            return True
        if WORD_AS_SUCH.search(before) or (called and not speaks(called.group("before"))):
            return True
    if not content[0].isupper() or words > NAME_WORDS or content.endswith((*FINAL, ",")) or CLAUSE.search(content):
        return False
    before = before.rstrip()
    starts_sentence = not before or before[-1] in '.:!?…»\n"”'
    return not starts_sentence and INVERTED_NEXT.match(text, passage.closing) is None


def speaks(word: str) -> bool:
    """Whether dit after this word is a verb: elle dit, la direction dit; not le vaccin dit « … »."""
    return SPEAKING.match(word) is not None or word in read_speaker_nouns()


def drop_labels(text: str, passages: list[Marked]) -> list[Marked]:
    """Leave out fragments that the text repeats after an article: les « gilets bleus » … des « gilets bleus »."""
    counts: dict[str, int] = {}
    for passage in passages:
        if GROUP_LABEL.search(text[max(0, passage.opening - 8) : passage.opening]):
            content = text[passage.start : passage.end].lower()
            counts[content] = counts.get(content, 0) + 1
    labels = {content for content, count in counts.items() if count > 1 and content.count(" ") < FRAGMENT_WORDS}
    return [p for p in passages if text[p.start : p.end].lower() not in labels]


class Finder:
    """Finds the quotations of one text, from its passages between marks and its words of speech."""

    def __init__(self, reading: Reading, passages: list[Marked], mentions: list[Mention]) -> None:
        self.reading = reading
        self.mentions = mentions
        self.attributor = Attributor(reading)
        self.last_sentence = -1
        self.previous: Speaker | None = None
        self.asks = False
        self.passages: dict[int, list[Marked]] = {}
        for passage in passages:
            self.passages.setdefault(reading.locate(passage.opening), []).append(passage)

    def find(self) -> Iterator[Quotation]:
        """Quotations in order of sentences."""
        for sentence in range(len(self.reading.sentences)):
            found = [self.decide(passage, sentence) for passage in self.passages.get(sentence, ())]
            quotations = [q for q in found if q is not None]
            yield from quotations
            if not quotations and self.attributor.has_speech(sentence):
                report = find_report(self.attributor, sentence)
                if report is not None:
                    speaker, verb = report.attribution.speaker, report.attribution.verb
                    self.remember(speaker, sentence)
                    yield Quotation(report.start, report.end, "indirect", speaker, verb.lemma)

    def decide(self, passage: Marked, sentence: int) -> Quotation | None:
        """Whether a passage is a quotation, of which kind, and whose."""
        text = self.reading.text[passage.start : passage.end]
        is_whole = self.is_whole(passage, sentence)
        passive = self.attributor.find_passive(passage.opening, passage.closing)
        attribution = passive or self.find_incise(passage) or self.choose(passage, sentence)
        if attribution is None and is_whole:
            attribution = self.look_ahead(sentence)
        if attribution is None:
            attribution = self.find_signer(passage)
        elif attribution.speaker.text in ("on", "On"):
            author = find_author(self.reading, sentence)  # La lettre d’Anna Roy est là. On y lit : « … »
            attribution = attribution._replace(speaker=author or attribution.speaker)
        if attribution is not None:
            kind = "direct" if is_whole or self.is_clause(passage, text, attribution) else "partial"
            asks = text.endswith("?") and attribution.verb.lemma in ASKING
            self.remember(attribution.speaker, sentence, asks=asks)
            return Quotation(passage.start, passage.end, kind, attribution.speaker, attribution.verb.lemma or None)
        stands_alone = is_whole or self.before(passage).endswith(":") or self.is_announced(passage, sentence)
        if self.reading.is_heading(passage.opening):
            is_quoted = stands_alone and CLAUSE.search(text) is not None
            return Quotation(passage.start, passage.end, "direct", None, None) if is_quoted else None
        if not stands_alone and self.is_reason(passage, text):
            return Quotation(passage.start, passage.end, "direct", self.infer_reasoner(passage, sentence), None)
        if not stands_alone and (text.count(" ") + 1 < FRAGMENT_WORDS or not CLAUSE.search(text)):
            return None
        speaker = self.infer_speaker(passage, sentence)
        if speaker is None and not stands_alone:
            return None
        if speaker is not None:
            self.remember(speaker, sentence)
            if speaker.mention is not None:
                self.reading.understand(passage.opening, speaker)
        is_direct = stands_alone and self.may_be_clause(text)
        return Quotation(passage.start, passage.end, "direct" if is_direct else "partial", speaker, None)

    def find_signer(self, passage: Marked) -> Attribution | None:
        """Who is named beside a passage with no word of speech: a signature, a label before a colon, a name behind."""
        is_quoted = CLAUSE.search(self.reading.text, passage.start, passage.end) is not None
        closing = passage.closing
        signer = find_signature(self.reading, passage.opening, closing) or find_label(self.reading, passage.opening)
        if signer is None and self.reading.is_heading(passage.opening):
            signer = find_teller(self.reading, closing)
        return Attribution(POINTING, signer, False, False) if signer and is_quoted else None

    def is_reason(self, passage: Marked, text: str) -> bool:
        """Whether a passage is the reason of its sentence and a clause: parce que « trop, c’est trop »."""
        before = self.reading.frame[max(0, passage.opening - 12) : passage.opening]
        has_verb = CLAUSE.search(text) is not None or VERB_AFTER_SUBJECT.search(text) is not None
        return has_verb and REASON.search(before) is not None

    def infer_reasoner(self, passage: Marked, sentence: int) -> Speaker | None:
        """Whose reason a clause is: the subject's of its sentence, or, of a longer clause, who spoke before."""
        speaker = self.infer_speaker(passage, sentence)
        is_long = self.reading.text.count(" ", passage.start, passage.end) + 1 >= FRAGMENT_WORDS
        is_own = speaker is not None and speaker.rule in ("subject", "pronoun")
        return speaker if speaker is not None and speaker.mention is not None and (is_own or is_long) else None

    def may_be_clause(self, text: str) -> bool:
        """Whether words after a colon may be a clause: a few in small letters without a verb are a fragment."""
        return text[:1].isupper() or text.count(" ") >= FRAGMENT_WORDS or CLAUSE.search(text) is not None

    def is_announced(self, passage: Marked, sentence: int) -> bool:
        """Whether a passage opens its sentence and a colon follows: « Jamais » : le mot est d’elle."""
        start, _ = self.reading.sentences[sentence]
        after = self.reading.frame[passage.closing + 1 : passage.closing + 3].lstrip()
        return after.startswith(":") and not self.reading.frame[start : passage.opening].strip()

    def before(self, passage: Marked) -> str:
        """The frame just before a passage."""
        return self.reading.frame[max(0, passage.opening - 4) : passage.opening].rstrip()

    def remember(self, speaker: Speaker, sentence: int, *, asks: bool = False) -> None:
        """Keep who spoke last, who spoke before that, and whether it was a question to the other."""
        last = self.reading.last
        if last is not None and last.mention != speaker.mention:
            self.previous = last
        self.reading.last, self.last_sentence, self.asks = speaker, sentence, asks

    def is_whole(self, passage: Marked, sentence: int) -> bool:
        """Whether a passage is all of its sentence."""
        start, end = self.reading.sentences[sentence]
        frame = self.reading.frame
        return not (frame[start : passage.opening] + frame[passage.closing + 1 : end]).strip(SENTENCE_SIGNS)

    def is_clause(self, passage: Marked, text: str, attribution: Attribution) -> bool:
        """Whether a passage with a word of speech is a clause or more rather than a fragment."""
        before = self.before(passage)
        if before.endswith(":") or text[:1].isupper():
            return self.may_be_clause(text)
        if attribution.is_inverted and attribution.is_adjacent and attribution.verb.end <= passage.opening:
            return before.endswith(",")  # the second half of a quotation cut by its incise
        if attribution.verb.form != "source" and not attribution.is_inverted:
            return False
        has_verb = CLAUSE.search(text) is not None or VERB_AFTER_SUBJECT.search(text) is not None
        return has_verb and CLAUSE_START.match(text) is not None

    def choose(self, passage: Marked, sentence: int) -> Attribution | None:
        """The word of speech that a passage depends on.

        The inverted verb right after it; else the nearest word before it; else the nearest inverted verb or source
        after it. A pronoun that stands for nobody known is explained by a name later in the sentence.
        """
        found = self.attributor.attribute(sentence)
        before = [a for a in found if a.verb.end <= passage.opening and self.reaches(a.verb, passage, a.is_inverted)]
        after = [a for a in found if a.verb.start >= passage.closing and (a.is_inverted or a.verb.form == "source")]
        chosen = self.lift(before) if before else after[0] if after else None
        if after and after[0].is_adjacent and not self.is_parted(passage, after[0], sentence):
            chosen = after[0]
        if chosen is not None and after and self.is_told_by(chosen, after[-1]):
            chosen = after[-1]
        if chosen is not None and not chosen.is_inverted and chosen.verb.end <= passage.opening:
            chosen = chosen._replace(speaker=self.find_other(chosen, passage) or chosen.speaker)
        if chosen is not None and chosen.verb.pronoun and chosen.speaker.mention is None:
            named = [a.speaker for a in after if a.verb.form == "finite" and a.speaker.rule == "name"]
            return chosen._replace(speaker=named[0]._replace(rule="later name")) if named else chosen
        return chosen

    def is_told_by(self, judging: Attribution, telling: Attribution) -> bool:
        """Whether somebody tells what a place or a body wants: L’Italie veut « … », a dit la ministre, Anna Roy.

        Of a person who judges, the one who tells may be a reporter: Luc Roy juge « … », rapporte Anna Foix.
        """
        wants, tells = judging.speaker.mention, telling.speaker.mention
        if (judging.verb.kind != "judge" and judging.verb.lemma not in WISHES) or (
            wants is not None and wants.entity_type == "PER"
        ):
            return False
        is_said = telling.is_inverted and telling.verb.kind == "say" and not judging.verb.pronoun
        by_pronoun = judging.speaker.rule == "pronoun"
        return is_said and not by_pronoun and tells is not None and tells.entity_type == "PER"

    def find_other(self, attribution: Attribution, passage: Marked) -> Speaker | None:
        """The subject of a verb left out because it is said before: Foix veut « agir », Roy « une trêve »."""
        verb = attribution.verb
        gap = self.reading.frame[verb.end : passage.opening]
        other = LEFT_OUT_PRONOUN.search(gap)
        if other is not None:
            place = verb.end + other.start()
            if other.group("ordinal"):
                return self.reading.resolve_of_two(other.group("ordinal"), place)
            known = attribution.speaker.mention
            but = frozenset((known.name,)) if known else frozenset()
            gender = "f" if other.group("who") == "elle" else "m"
            return self.reading.find_back(gender, place, ("PER",), 3, but=but) or Speaker(None, "lui", "unnamed")
        for c in reversed(self.reading.list_candidates(self.reading.locate(passage.opening))):
            if c.mention is None or c.is_oblique or not (verb.end < c.start and c.end <= passage.opening):
                continue
            before, after = self.reading.frame[verb.end : c.start], self.reading.frame[c.end : passage.opening]
            if LEFT_OUT_BEFORE.search(before) and LEFT_OUT_AFTER.fullmatch(after):
                return self.attributor.resolve(c)
        return None

    def lift(self, before: list[Attribution]) -> Attribution:
        """The nearest word of speech, or the one it depends on: « X estime que Y veut « … » » gives X."""
        nearest = before[-1]
        if nearest.verb.kind != "judge" or nearest.is_inverted:
            return nearest
        for outer in reversed(before[:-1]):
            that = THAT.match(self.reading.frame, outer.verb.end) if outer.verb.kind == "say" else None
            if that and not CLAUSE_CHANGE.search(self.reading.frame, that.end(), nearest.verb.start):
                return outer
        return nearest

    def look_ahead(self, sentence: int) -> Attribution | None:
        """The word of speech of the next sentence, where that points back: « … » C’est ce qu’a affirmé Luc Foix."""
        if sentence + 1 == len(self.reading.sentences):
            return None
        start, end = self.reading.sentences[sentence + 1]
        pointing = POINTS_BACK.match(self.reading.frame, start, end)
        if pointing is None:
            return None
        if pointing.group("of"):
            speaker = self.find_owner(pointing.end(), end)
            return Attribution(POINTING, speaker, False, False) if speaker else None
        said = next(iter(self.attributor.attribute(sentence + 1)), None)
        if said is not None:
            return said
        subject = next((c for c in self.reading.list_candidates(sentence + 1) if not c.is_oblique), None)
        return Attribution(POINTING, self.reading.resolve(subject), False, False) if subject else None

    def find_owner(self, place: int, end: int) -> Speaker | None:
        """Who follows a noun of speech and its de: la question de sa fille."""
        candidates = self.reading.list_candidates(self.reading.locate(place))
        owner = next((c for c in candidates if place <= c.head < end), None)
        return self.attributor.resolve(owner) if owner else None

    def is_parted(self, passage: Marked, attribution: Attribution, sentence: int) -> bool:
        """Whether another passage lies between a passage and a word of speech."""
        return any(passage.closing < o.opening < attribution.verb.start for o in self.passages[sentence])

    def reaches(self, verb: Verb, passage: Marked, is_inverted: bool) -> bool:
        """Whether a word before a passage can introduce it: a verb of the incise needs a colon or nothing between."""
        gap = self.reading.frame[verb.end : passage.opening].strip()
        if verb.kind == "as":
            return "comme" in gap.split(" ")
        return verb.kind != "incise" or is_inverted or not gap or gap.endswith(":")

    def find_incise(self, passage: Marked) -> Attribution | None:
        """The incise inside a passage: « Ce pont, a-t-elle dit, tiendra »."""
        for match in INCISE.finditer(self.reading.text, passage.start, passage.end):
            word = match.group("participle") or match.group("verb")
            if (INVERTED.sub(r"\g<verb>", word) if "-" in word else word) not in read_speech_forms():
                continue
            inner = self.inner
            index = bisect_left(inner.word_starts, match.end() - len(word))
            for verb in find_verbs(inner, [index], match.start()):
                if verb.pronoun in ("il", "elle"):
                    speaker = self.reading.resolve_pronoun(verb.pronoun, passage.opening, self.reading.last)
                    return Attribution(verb, speaker, True, True)
                subject = self.find_incise_subject(verb, passage)
                if subject is not None:
                    return Attribution(verb, subject, True, True)
        return None

    @cached_property
    def inner(self) -> Reading:
        """The same text with nothing blotted out, for the incises inside marks."""
        reading = self.reading
        inner = Reading(reading.text, reading.text, self.mentions, [], [])
        inner.roles, inner.genders = reading.roles, reading.genders
        return inner

    def find_incise_subject(self, verb: Verb, passage: Marked) -> Speaker | None:
        """The subject right after the verb of an incise inside the marks: a name, or a bare noun."""
        for candidate in self.inner.list_candidates(self.inner.locate(verb.start)):
            if verb.end <= candidate.start <= passage.end and not candidate.is_oblique:
                gap = self.reading.text[verb.end : candidate.start]
                after = self.reading.text[candidate.end : min(candidate.end + INCISE_REACH, passage.end)]
                if "," in gap or gap.count(" ") > 7 or candidate.kind == "LOC" or not INCISE_END.match(after):
                    return None
                if candidate.mention is not None:
                    return self.inner.resolve(candidate)
                return self.reading.resolve(candidate)
        return None

    def infer_speaker(self, passage: Marked, sentence: int) -> Speaker | None:
        """Whose words a passage without a word of speech are.

        The subject of its own sentence; else who spoke in the sentence before; else the subject of that, if a person.
        """
        start, _ = self.reading.sentences[sentence]
        own = [c for c in self.reading.list_candidates(sentence) if c.end <= passage.opening and not c.is_oblique]
        own = [c for c in own if c.kind in ("PER", "ORG", "people")]
        is_introduced = self.before(passage).endswith(":")
        if not own and is_introduced:
            words = WORDS_OF.search(self.reading.frame, start, passage.opening)
            owner = self.find_owner(words.end(), passage.opening) if words else None
            if owner is not None:
                return owner
            named = [c for c in self.reading.list_candidates(sentence) if c.kind == "PER" and c.end <= passage.opening]
            own = named if len(named) == 1 else []  # no verb and one name: Seul reproche, celui de Foix : « … »
        if own:
            return self.attributor.resolve(own[0])._replace(rule="subject")
        pronoun = LEADING_PRONOUN.match(self.reading.frame, start, passage.opening)
        if pronoun:
            return self.reading.resolve_pronoun(pronoun.group(1), start + pronoun.start(1), self.reading.last)
        last = self.reading.last
        if last is not None and self.last_sentence >= sentence - 1 and self.asks:
            return self.previous._replace(rule="continued") if self.previous else None
        if last is not None and self.last_sentence >= sentence - 1:
            return last._replace(rule="continued")
        found = find_author(self.reading, sentence) if is_introduced else None
        found = found or self.infer_from_previous(sentence, is_introduced=is_introduced)
        found = found or find_person_of_paragraph(self.reading, sentence)
        return found or (last._replace(rule="continued") if last else None)

    def infer_from_previous(self, sentence: int, *, is_introduced: bool) -> Speaker | None:
        """Who speaks, or is the subject, in the sentence before this one."""
        if not sentence:
            return None
        stated = self.attributor.attribute(sentence - 1)
        if stated:
            return stated[-1].speaker._replace(rule="sentence before")
        persons = [c for c in self.reading.list_candidates(sentence - 1) if c.kind == "PER" and not c.is_oblique]
        if not persons and is_introduced:
            names = [c for c in self.reading.list_candidates(sentence - 1) if c.mention is not None]
            persons = [c for c in names[:1] if c.kind == "ORG" and (c.is_apposed or not c.is_oblique)]
        return self.reading.resolve(persons[0])._replace(rule="sentence before") if persons else None


# An incise begins after a comma with its verb: , a-t-elle martelé; , a aussitôt expliqué; , souligne-t-il; , dit
INCISE = re.compile(
    r", (?:(?:[nsl]’|se |lui |leur )?(?:a|ont|avait|est|était)(?:-t-(?:il|elle))? "
    r"(?P<adverb>[^\W\d_]+ )??(?P<participle>[^\W\d_]+)\b"
    r"|(?:s’|se )?(?P<verb>[^\W\d_]+(?:-t-il|-t-elle|-il|-elle)?)(?= |,|\.))"
)
LEADING_PRONOUN = re.compile(r"[^«]*?\b(il|elle)\b", re.IGNORECASE)
INCISE_REACH = 80  # characters after the speaker's name: a role or a relative clause may follow before the comma
INCISE_END = re.compile(r"[^.!?]*[,.;]|$")
# How a clause begins: with its subject (le recul, personne, nous) rather than with a verb or a preposition.
CLAUSE_START = re.compile(
    r"(?:et |mais |car )?(?:je|j’|tu|il|elle|on|nous|vous|ils|elles|ce|c’|ça|cela|ceci|personne|rien|tout|tous|chacun|"
    r"le|la|les|l’|un|une|des|mon|ma|mes|notre|nos|votre|vos|son|sa|ses|leur|leurs|ces|cette|cet|certains|beaucoup|qui|quand|si)(?:\b|(?<=’))",
    re.IGNORECASE,
)
VERB_AFTER_SUBJECT = re.compile(r"^(?:l’|\w+ )\w+ (?:s’|se )?\w+(?:e|ent|t|d)\b")


def is_heading(role: str, text: str) -> bool:
    """Whether a paragraph is the title or a heading: by its role, or short and without a final sign."""
    return role in HEADING_ROLES or (len(text) <= HEADING_LENGTH and not FINAL_SIGN.search(text))


def find_in_text(text: str, mentions: list[Mention], bounds: list[tuple[int, int, str]]) -> list[Quotation]:
    """The quotations of one text.

    In:  the text, its mentions in order, and the bounds and roles of its paragraphs.
    Out: quotations in order.
    """
    passages: list[Marked] = []
    for start, end, _ in bounds:
        part = text[start:end]
        if any(mark in part for mark in MARKS):
            passages += [p.shift(start) for p in pair_marks(part)]
    spans = {(m.start, m.end) for m in mentions}
    passages = drop_labels(text, [p for p in passages if not is_name(text, p, spans)])
    persons = [m for m in mentions if m.entity_type == "PER"]
    roles: list[Role] = read_roles(text, [(m.start, m.end) for m in persons])
    reading = Reading(text, blot(text, passages), mentions, roles, persons)
    reading.headings = [(start, end) for start, end, role in bounds if is_heading(role, text[start:end])]
    found = share_across_paragraphs(text, passages, list(Finder(reading, passages, mentions).find()))
    parted = part_from_paragraph_before(reading, name_openings(reading, found))
    return name_headings(reading, parted)


def find_quotations(paragraphs: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Words given as somebody's, one row per quotation.

    In:  paragraphs (article_id, start, end, text, role) and mentions (article_id, start, end, text, entity_type, name).
    Out: article_id, start, end, text, kind, speaker_start (the mention of the speaker in the same article; null where
         nobody is named), speaker_text, speaker_rule, verb.
    """
    ordered = paragraphs.sort("article_id", "start").group_by("article_id", maintain_order=True)
    texts = ordered.agg("start", "end", "text", "role")
    named = mentions.sort("article_id", "start").group_by("article_id", maintain_order=True)
    joined = texts.join(
        named.agg("start", "end", "text", "entity_type", "name"),
        on="article_id",
        how="left",
        suffix="_mention",
        maintain_order="left",
    )
    rows = []
    # One call an article: 0.8 ms of CPU each over 1,000 bench articles of 1.9 kB.
    for article_id, starts, ends, parts, roles, *columns in joined.iter_rows():
        base = starts[0]
        text = join_paragraphs(starts, parts)
        places = zip(*columns, strict=True) if columns[0] is not None else ()
        read = [Mention(start - base, end - base, *rest) for start, end, *rest in places]
        bounds = [(s - base, e - base, role) for s, e, role in zip(starts, ends, roles, strict=True)]
        for q in find_in_text(text, read, bounds):
            who = q.speaker.mention if q.speaker else None
            said = (q.speaker.text, q.speaker.rule) if q.speaker else (None, None)
            place = who.start + base if who else None
            rows.append((article_id, q.start + base, q.end + base, text[q.start : q.end], q.kind, place, *said, q.verb))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


COLUMNS = {
    "article_id": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "text": pl.String,
    "kind": pl.String,
    "speaker_start": pl.Int64,
    "speaker_text": pl.String,
    "speaker_rule": pl.String,
    "verb": pl.String,
}


def join_paragraphs(starts: list[int], parts: list[str]) -> str:
    """The article's text from its first paragraph on, with line breaks where no paragraph is."""
    pieces, place = [], starts[0]
    for start, part in zip(starts, parts, strict=True):
        pieces += ["\n" * (start - place), part]
        place = start + len(part)
    return "".join(pieces)
