"""Words given as somebody's: between marks, or reported."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from transforms.marks import MARKS, Marked, pair_marks
from transforms.person_roles import WORD, read_roles
from transforms.speakers import Candidate, Mention, Reading, Speaker
from transforms.speech_verbs import read_sources, read_speech_forms

AUXILIARIES = {
    "a", "ont", "avait", "avaient", "aura", "auront", "aurait", "auraient", "eut", "ayant", "avoir",
    "est", "sont", "était", "étaient", "serait", "fut", "étant",
}  # fmt: skip
ETRE = {"est", "sont", "était", "étaient", "serait", "fut", "étant"}
CLITICS = {"s", "se", "n", "ne", "l", "le", "la", "les", "lui", "leur", "y", "en", "m", "me", "nous", "vous"}
SUBJECTS = {"il", "elle", "ils", "elles", "on", "qui", "je", "celui-ci", "celle-ci"}
# Words that make the next word a noun, not a verb: la demande, une critique, en réponse.
NOUN_BEFORE = {"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "au", "aux", "ce", "cet", "cette", "ces", "son", "sa", "ses", "leur",
    "leurs", "notre", "nos", "par", "sur", "sans", "en", "à", "chaque", "quelques", "plusieurs", "aucun", "aucune", "avec", "toute", "tout", "premier",
    "première", "dernière", "dernier", "même", "grand", "grande", "jeune", "vice"}  # fmt: skip
INVERTED = re.compile(r"^(?P<verb>.+?)-(?:t-)?(?P<pronoun>il|elle|ils|elles|on|je)$")
ADVERB = re.compile(r"ment$|^(?:aussi|encore|ensuite|déjà|alors|toutefois|ainsi|bien|également|puis|enfin|d|ailleurs|par|pour|sa|part|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|soir|matin|été|elle|lui|notamment|plutôt|toujours|tout|même|quant|"
    r"à|son|tour|très|fort|cependant|pourtant|donc|néanmoins|depuis|souvent|jamais|pas|plus|longtemps|récemment|tenu|dû|pu|voulu|fait)$")  # fmt: skip
CLAUSE = re.compile(
    r"\b(?:je|j’|nous|vous|on|il|elle|ils|elles|c’est|c’était|ce sont|est|sont|a|ont|était|étaient|sera|seront|serait|seraient|va|vont|"
    r"faut|peut|peuvent|doit|doivent|ne|n’|avons|avez|sommes|êtes|ai|suis|veux|fait|avait|avaient|aura|auront|ça)(?:\b|(?<=’))",
    re.IGNORECASE,
)
# Words before a mark that introduce a name or a word as such: dit « ultime », baptisé « Grand Large ».
NAMING = re.compile(
    r"\b(?:dit|dite|dits|dites|baptisée?s?|rebaptisée?s?|intitulée?s?|surnommée?s?|nommée?s?|appelée?s?|dénommée?s?|prénommée?s?|"
    r"titrée?s?|mots?|termes?|expressions?|concepts?|notions?|soi-disant|label|labels|slogan|hashtag|mot-clé|"
    r"s’intitule|s’appelle|se nomme|intitulait|adjectif|verbe|mention|estampillée?s?|étiquetée?s?|sobriquet|surnom)"
    r"(?: (?:de|du|des|les|la|le|d’)| l’)? ?$",
    re.IGNORECASE,
)
GROUP_LABEL = re.compile(r"(?:^|[\s’(])(?:les|des|la|le|l’|cette|ces|ce|aux|du|ses|leurs) ?$", re.IGNORECASE)
FINAL = (".", "!", "?", "…")
FRAGMENT_WORDS = 5  # a fragment of fewer words without any word of speech is a scare quote
NAME_WORDS = 7  # titles of works are rarely longer


class Verb(NamedTuple):
    """A group of words of speech in the frame: a-t-il déclaré, indique, selon."""

    start: int
    end: int
    lemma: str
    kind: str  # say, judge, incise, unknown or source
    form: str  # finite, dependent (gerund, infinitive) or source
    pronoun: str  # the subject inside the group: a-t-il -> il


class Attribution(NamedTuple):
    """A word of speech with its subject."""

    verb: Verb
    speaker: Speaker
    is_inverted: bool  # the subject follows: déclare M. X
    is_adjacent: bool  # directly after the closing mark


class Quotation(NamedTuple):
    """One quotation at its place."""

    start: int
    end: int
    kind: str
    speaker: Speaker | None
    verb: str | None


def blot(text: str, passages: list[Marked]) -> str:
    """The text with the words between marks blotted out, offsets kept.

    Marks become « and »; a passage that ends with a full stop keeps one, so that sentences can still be told.
    """
    parts, place = [], 0
    for passage in passages:
        size = passage.closing - passage.opening - 1
        last = "." if text[passage.end - 1] in FINAL else "¤"
        filler = "¤" * (passage.end - 1 - passage.opening - 1) + last
        parts += [text[place : passage.opening], "«", filler + " " * (size - len(filler))]
        place = passage.closing
        if passage.is_balanced:
            parts.append("»")
            place += 1
    parts.append(text[place:])
    return "".join(parts)


def is_name(text: str, passage: Marked, spans: set[tuple[int, int]]) -> bool:
    """Whether the marks hold a name, a title or a word as such rather than somebody's words."""
    content = text[passage.start : passage.end]
    if (passage.start, passage.end) in spans:
        return True
    words = content.count(" ") + 1
    before = text[max(0, passage.opening - 40) : passage.opening]
    if words <= FRAGMENT_WORDS and NAMING.search(before):
        return True
    is_title = (
        content[:1].isupper()
        and words <= NAME_WORDS
        and not content.endswith((*FINAL, ","))
        and not CLAUSE.search(content)
    )
    before = before.rstrip()
    return is_title and bool(before) and before[-1] not in '.:!?…»\n"”' and not follows_speech(text, passage.closing)


def follows_speech(text: str, closing: int) -> bool:
    """Whether the mark is followed by a comma and an inverted verb."""
    return (
        re.match(
            r"[»”\"]? ?,? (?:[\w’]+ ){0,2}[\w’]+-(?:t-)?(?:il|elle|on)\b|[»”\"]? ?, (?:a|ont|avait) ",
            text[closing : closing + 60],
        )
        is not None
    )


def find_verbs(frame: str, start: int, end: int) -> list[Verb]:
    """Groups of words of speech between two places, in order."""
    tokens = [(m.group(), m.start(), m.end()) for m in WORD.finditer(frame, start, end)]
    forms = read_speech_forms()
    found = []
    for index, (word, word_start, word_end) in enumerate(tokens):
        inverted = INVERTED.match(word) if "-" in word else None
        base = inverted.group("verb") if inverted else word
        form = forms.get(base)
        if form is None:
            if inverted and base not in AUXILIARIES and follows_mark(frame, word_start):
                found.append(Verb(word_start, word_end, base, "unknown", "finite", inverted.group("pronoun")))
            continue
        if form.tense in ("gerund", "infinitive"):
            found.append(Verb(word_start, word_end, form.lemma, form.kind, "dependent", ""))
            continue
        group = find_group(frame, tokens, index)
        if group is None:
            continue
        first, auxiliary = group
        inner = INVERTED.match(auxiliary) if auxiliary else inverted
        pronoun = inner.group("pronoun") if inner else ""
        found.append(Verb(tokens[first][1], word_end, form.lemma, form.kind, "finite", pronoun))
    return found


def follows_mark(frame: str, place: int) -> bool:
    """Whether a closing mark, perhaps with a comma, stands before this place."""
    return frame[max(0, place - 6) : place].rstrip(" ,.").endswith("»")


def find_group(frame: str, tokens: list[tuple[str, int, int]], index: int) -> tuple[int, str] | None:
    """The first token of a verb's group, clitics and auxiliary included, and its auxiliary.

    In:  the tokens and the place of a form that may be a verb.
    Out: (index, auxiliary or ""), or None where the form is a noun or a participle without its auxiliary.
    """
    word = tokens[index][0]
    tense = read_speech_forms()[INVERTED.sub(r"\g<verb>", word)].tense
    auxiliary, first = "", index
    for back in range(index - 1, max(-1, index - 5), -1):
        other = tokens[back][0]
        if any(sign in ",;:.«»()" for sign in frame[tokens[back][2] : tokens[back + 1][1]]):
            break
        base = INVERTED.sub(r"\g<verb>", other)
        if base in AUXILIARIES:
            reflexive = back > 0 and tokens[back - 1][0] in ("s", "se", "m", "nous")
            if base in ETRE and not reflexive and word not in ("intervenu", "intervenue", "convenu", "convenus"):
                return None
            auxiliary, first = other, back
            break
        if not ADVERB.search(other):
            break
    if not auxiliary and tense == "participle":
        return None
    if not auxiliary and index and word[:1].islower():
        before = tokens[index - 1][0].lower()
        two = tokens[index - 2][0].lower() if index > 1 else ""
        if before in NOUN_BEFORE and not (before in CLITICS and (two in SUBJECTS or two in CLITICS)):
            return None
    while first and tokens[first - 1][0] in CLITICS and frame[tokens[first - 1][2] : tokens[first][1]] in (" ", "’"):
        first -= 1
    return first, auxiliary


def find_sources(frame: str, start: int, end: int) -> list[Verb]:
    """Prepositions that name a source between two places: selon, d’après, pour."""
    found = []
    for match in SOURCE.finditer(frame, start, end):
        word = match.group("source").lower()
        found.append(Verb(match.start("source"), match.end("source"), word, "source", "source", ""))
    for match in PERSON_SOURCE.finditer(frame, start, end):
        word = match.group("source").lower()
        found.append(Verb(match.start("source"), match.end("source"), word, "person_source", "source", ""))
    return found


def choose_pattern(kind: str, before: str) -> re.Pattern[str]:
    """A pattern for the prepositions of one kind."""
    forms = "|".join(re.escape(form) for form in read_sources(kind))
    return re.compile(rf"{before}(?P<source>(?i:{forms}))(?=[ ’])")


SOURCE = choose_pattern("source", r"(?:^|(?<=[\s(«»]))")
PERSON_SOURCE = choose_pattern("person_source", r"(?:^|(?<=[.!?,;] )|(?<=» )|(?<=\n))")
SOURCE_PRONOUN = re.compile(r" (lui|elle|eux|elles|ce dernier|cette dernière|celui-ci|celle-ci)\b")


class Finder:
    """Finds the quotations of one text; keeps who spoke last."""

    def __init__(self, reading: Reading, passages: list[Marked]) -> None:
        self.reading = reading
        self.frame = reading.frame
        self.passages = passages
        self.last: Speaker | None = None
        self.last_sentence = -10

    def find_source_speaker(self, verb: Verb, end: int) -> Speaker | None:
        """Whom selon, d’après or pour names: the pronoun, name or noun right after it."""
        pronoun = SOURCE_PRONOUN.match(self.frame, verb.end)
        if pronoun:
            return self.reading.resolve_pronoun(pronoun.group(1), verb.start, self.last)
        stop = re.compile(r"[,;:«»]|\.(?: |$)").search(self.frame, verb.end, end)
        limit = stop.start() if stop else end
        sentence = self.reading.locate(verb.start)
        inside = [c for c in self.reading.list_candidates(sentence) if verb.end <= c.start < limit]
        if verb.kind == "person_source":
            inside = [c for c in inside if c.kind in ("PER", "people", "ORG") and c.start - verb.end <= 6]
        if not inside:
            phrase = self.reading.text[verb.end : limit].strip()
            return Speaker(None, phrase, "unnamed") if phrase and verb.kind == "source" else None
        return self.name_behind(inside[0], sentence)

    def name_behind(self, candidate: Candidate, sentence: int) -> Speaker:
        """The speaker a candidate stands for; a bare noun followed by « , NAME, » is that name."""
        if candidate.mention is None:
            for other in self.reading.list_candidates(sentence):
                if other.kind == "PER" and 0 <= other.start - candidate.end <= 60 and not other.is_oblique:
                    gap = self.frame[candidate.end : other.start]
                    if re.fullmatch(r"(?:[^,;:.«»]{0,40})?, ?", gap):
                        return self.reading.resolve(other)
        return self.reading.resolve(candidate)

    def find_subject_after(self, verb: Verb, end: int) -> Speaker | None:
        """The subject of an inverted verb: a déclaré M. X, indique à l’AFP une porte-parole."""
        stop = re.compile(r"[;«»]|:").search(self.frame, verb.end, end)
        limit = stop.start() if stop else end
        sentence = self.reading.locate(verb.start)
        voice = re.compile(r"par la (?:voix|bouche) de").search(self.frame, verb.end, limit)
        for candidate in self.reading.list_candidates(sentence):
            if verb.end <= candidate.start < limit and not candidate.is_oblique:
                gap = self.frame[verb.end : candidate.start]
                if gap.count(",") > 1 or re.search(r"\bqu[e’]", gap):
                    break
                return self.name_behind(candidate, sentence)
        if voice:
            return None
        phrase = re.compile(
            r" ?((?:un|une|le|la|les|des|son|sa|ses|leur|ce|cette|certains|plusieurs|deux|trois) [^,;:.«»]{2,60}|l’[^,;:.«»]{2,60})"
        ).match(self.frame, verb.end, limit)
        return Speaker(None, phrase.group(1).strip(), "unnamed") if phrase else None

    def find_subject_before(self, verb: Verb, start: int, earlier: list[Attribution]) -> Speaker | None:
        """The subject of a verb in direct order: a name, a pronoun or a bare noun to its left."""
        left = self.frame[start : verb.start].rstrip()
        sentence = self.reading.locate(verb.start)
        pronoun = re.search(
            r"(?:^|[\s,(’»])(il|elle|ils|elles|celui-ci|celle-ci|ce dernier|cette dernière)$", left, re.IGNORECASE
        )
        if pronoun:
            return self.reading.resolve_pronoun(pronoun.group(1), start + pronoun.start(1), self.last)
        if re.search(r"(?:^|[\s,])(?:et|puis|ou|mais)$", left) and earlier:
            return earlier[-1].speaker
        candidates = [c for c in self.reading.list_candidates(sentence) if c.end <= verb.start and c.start >= start]
        subjects = [c for c in candidates if not c.is_oblique]
        persons = [c for c in subjects if c.kind != "LOC"]
        if subjects and self.is_next_to(subjects[-1], verb):
            return self.name_behind(subjects[-1], sentence)
        if persons:
            return self.name_behind(persons[0], sentence)
        if subjects:
            return self.name_behind(subjects[0], sentence)
        pronoun = re.search(r"(?:^|[\s,(])(il|elle|ils|elles)\s", left, re.IGNORECASE)
        if pronoun:
            return self.reading.resolve_pronoun(pronoun.group(1), start + pronoun.start(1), self.last)
        return earlier[-1].speaker if earlier else None

    def is_next_to(self, candidate: Candidate, verb: Verb) -> bool:
        """Whether only an apposition or an adverb stands between a subject and its verb."""
        gap = self.frame[candidate.end : verb.start].strip()
        if not gap or (gap.startswith((",", "(")) and gap.endswith((",", ")"))):
            return True
        return gap in ("qui", ", qui") or len(gap.split()) <= 2 and "," not in gap

    def attribute(self, sentence: int) -> list[Attribution]:
        """Every word of speech of a sentence with its subject, in order."""
        start, end = self.reading.sentences[sentence]
        verbs = sorted(find_verbs(self.frame, start, end) + find_sources(self.frame, start, end))
        found: list[Attribution] = []
        for verb in verbs:
            attribution = self.attribute_verb(verb, start, end, found)
            if attribution is not None:
                found.append(attribution)
        return found

    def attribute_verb(self, verb: Verb, start: int, end: int, earlier: list[Attribution]) -> Attribution | None:
        """One word of speech with its subject; None where it has none."""
        if verb.form == "source":
            speaker = self.find_source_speaker(verb, end)
            return Attribution(verb, speaker, False, False) if speaker else None
        adjacent = follows_mark(self.frame, verb.start)
        if verb.pronoun == "on":
            return Attribution(verb, Speaker(None, None, "unnamed"), True, adjacent)
        if verb.pronoun:
            return Attribution(verb, self.reading.resolve_pronoun(verb.pronoun, verb.start, self.last), True, adjacent)
        left = self.frame[start : verb.start].rstrip()
        if verb.form == "finite" and (adjacent or left.endswith((",", "–", "—", "-"))):
            right = self.frame[verb.end : verb.end + 12].lstrip()
            if not right.startswith((":", "que ", "qu’", "«")):
                speaker = self.find_subject_after(verb, end)
                if (
                    speaker
                    and (adjacent or speaker.mention or speaker.rule == "unnamed")
                    and not (not adjacent and self.has_subject_before(start, verb))
                ):
                    return Attribution(verb, speaker, True, adjacent)
        if verb.form == "dependent" and earlier:
            return Attribution(verb, earlier[-1].speaker, False, False)
        speaker = self.find_subject_before(verb, start, earlier)
        return Attribution(verb, speaker, False, False) if speaker else None

    def has_subject_before(self, start: int, verb: Verb) -> bool:
        """Whether a name and its apposition stand right before a comma and the verb: « Anne Roy, maire de Lure, a salué »."""
        sentence = self.reading.locate(verb.start)
        subjects = [
            c
            for c in self.reading.list_candidates(sentence)
            if start <= c.start and c.end <= verb.start and not c.is_oblique
        ]
        return (
            bool(subjects)
            and self.frame[subjects[-1].end : verb.start].strip().startswith(",")
            and "«" not in self.frame[start : verb.start]
        )

    def choose(self, passage: Marked, attributions: list[Attribution], others: list[Marked]) -> Attribution | None:
        """The word of speech that a passage depends on.

        The inverted verb right after it; else the nearest one before it; else the nearest inverted one or source after it.
        """
        before = [a for a in attributions if a.verb.end <= passage.opening and self.reaches(a, passage)]
        after = [
            a for a in attributions if a.verb.start >= passage.closing and (a.is_inverted or a.verb.form == "source")
        ]
        if (
            after
            and after[0].is_adjacent
            and not any(passage.closing < o.opening < after[0].verb.start for o in others)
        ):
            return after[0]
        return before[-1] if before else after[0] if after else None

    def reaches(self, attribution: Attribution, passage: Marked) -> bool:
        """Whether a word before a passage can introduce it: a verb of the incise needs a colon or nothing between."""
        if attribution.verb.kind != "incise" or attribution.is_inverted:
            return True
        gap = self.frame[attribution.verb.end : passage.opening].strip()
        return gap.endswith(":") or not gap

    def find_incise(self, passage: Marked) -> Attribution | None:
        """The incise inside a passage: « Ce pont, a-t-elle dit, tiendra »."""
        text = self.reading.text
        for match in INCISE.finditer(text, passage.start, passage.end):
            verbs = find_verbs(text, match.end(), min(passage.end, match.end() + 60))
            if not verbs or verbs[0].start - match.end() > 2:
                continue
            verb = verbs[0]
            if verb.pronoun and verb.pronoun not in ("on", "je"):
                return Attribution(
                    verb, self.reading.resolve_pronoun(verb.pronoun, passage.opening, self.last), True, True
                )
            if not verb.pronoun and verb.form == "finite":
                speaker = self.find_incise_subject(verb, passage)
                if speaker:
                    return Attribution(verb, speaker, True, True)
        return None

    def find_incise_subject(self, verb: Verb, passage: Marked) -> Speaker | None:
        """The subject right after the verb of an incise inside the marks: a name, or a bare noun."""
        stop = re.compile(r"[,.](?: |$)").search(self.reading.text, verb.end, passage.end)
        if stop is None:
            return None
        inner = Reading(self.reading.text, self.reading.text, self.everyone, [], [])
        inner.roles = self.roles_everywhere
        sentence = inner.locate(verb.start)
        for candidate in inner.list_candidates(sentence):
            if verb.end <= candidate.start <= verb.end + 40 and not candidate.is_oblique:
                if candidate.mention is None:
                    names = [
                        c
                        for c in inner.list_candidates(sentence)
                        if c.kind == "PER" and 0 <= c.start - candidate.end <= 3
                    ]
                    if names:
                        return inner.resolve(names[0])
                    return self.reading.resolve(candidate)
                return inner.resolve(candidate)
        return None

    everyone: list[Mention] = []
    roles_everywhere: dict[int, list] = {}

    def find(self) -> Iterator[Quotation]:
        """Quotations between marks, in order."""
        by_sentence: dict[int, list[Marked]] = {}
        for passage in self.passages:
            by_sentence.setdefault(self.reading.locate(passage.opening), []).append(passage)
        for sentence in range(len(self.reading.sentences)):
            if sentence not in by_sentence:
                continue
            attributions = self.attribute(sentence)
            for passage in by_sentence[sentence]:
                quotation = self.decide(passage, sentence, attributions, by_sentence[sentence])
                if quotation is not None:
                    yield quotation

    def decide(
        self, passage: Marked, sentence: int, attributions: list[Attribution], others: list[Marked]
    ) -> Quotation | None:
        """Whether a passage is a quotation, of which kind, and whose."""
        text = self.reading.text[passage.start : passage.end]
        attribution = self.find_incise(passage) or self.choose(passage, attributions, others)
        whole = self.is_whole(passage, sentence)
        kind = "direct" if self.is_direct(passage, text, whole, attribution) else "partial"
        if attribution is not None:
            self.remember(attribution.speaker, sentence)
            return Quotation(passage.start, passage.end, kind, attribution.speaker, attribution.verb.lemma)
        words = text.count(" ") + 1
        is_introduced = self.frame[: passage.opening].rstrip().endswith(":")
        if not (whole or is_introduced) and (words < FRAGMENT_WORDS or not CLAUSE.search(text)):
            return None
        speaker = self.continue_speaker(passage, sentence)
        if speaker is None and not (whole or is_introduced):
            return None
        if speaker is not None:
            self.remember(speaker, sentence)
        return Quotation(passage.start, passage.end, kind, speaker, None)

    def remember(self, speaker: Speaker, sentence: int) -> None:
        """Keep who spoke last."""
        self.last, self.last_sentence = speaker, sentence

    def is_whole(self, passage: Marked, sentence: int) -> bool:
        """Whether the passage begins its sentence and is all of it."""
        start, end = self.reading.sentences[sentence]
        outside = self.frame[start : passage.opening] + self.frame[passage.closing + 1 : end]
        return not outside.strip(" \n.,!?…-–—«»¤")

    def is_direct(self, passage: Marked, text: str, whole: bool, attribution: Attribution | None) -> bool:
        """Whether a passage is a clause or more rather than a fragment of the reporter's sentence."""
        before = self.frame[max(0, passage.opening - 3) : passage.opening].rstrip()
        if whole or before.endswith(":") or text[:1].isupper():
            return True
        return (
            attribution is not None
            and attribution.is_adjacent
            and attribution.is_inverted
            and bool(CLAUSE.search(text))
        )

    def continue_speaker(self, passage: Marked, sentence: int) -> Speaker | None:
        """Whose words a passage without a word of speech are.

        The subject of its own sentence; else of the sentence before it, if a person; else the last speaker.
        """
        start, _ = self.reading.sentences[sentence]
        own = [
            c
            for c in self.reading.list_candidates(sentence)
            if c.end <= passage.opening and not c.is_oblique and c.kind in ("PER", "people", "ORG")
        ]
        if own:
            found = self.name_behind(own[0], sentence)
            return found._replace(rule="subject")
        pronoun = re.match(r"[^«]*?\b(il|elle)\b", self.frame[start : passage.opening], re.IGNORECASE)
        if pronoun:
            return self.reading.resolve_pronoun(pronoun.group(1), start + pronoun.start(1), self.last)
        if self.last is not None and self.last_sentence >= sentence - 1:
            return self.last._replace(rule="continued")
        if sentence:
            stated = self.attribute(sentence - 1)
            if stated:
                return stated[-1].speaker._replace(rule="previous sentence")
            subjects = [c for c in self.reading.list_candidates(sentence - 1) if not c.is_oblique and c.kind == "PER"]
            if subjects:
                return self.reading.resolve(subjects[0])._replace(rule="previous sentence")
        return self.last._replace(rule="continued") if self.last else None


INCISE = re.compile(r",")


def find_in_text(text: str, mentions: list[Mention], bounds: list[tuple[int, int]]) -> list[Quotation]:
    """The quotations of one text.

    In:  the text, its mentions in order, and the bounds of its paragraphs.
    Out: quotations in order.
    """
    passages: list[Marked] = []
    for start, end in bounds:
        for p in pair_marks(text[start:end]):
            passages.append(Marked(p.opening + start, p.start + start, p.end + start, p.closing + start, p.is_balanced))
    spans = {(m.start, m.end) for m in mentions}
    passages = [p for p in passages if not is_name(text, p, spans)]
    passages = drop_labels(text, passages)
    if not passages:
        return []
    persons = [m for m in mentions if m.entity_type == "PER"]
    roles = read_roles(text, [(m.start, m.end) for m in persons])
    reading = Reading(text, blot(text, passages), mentions, roles, persons)
    finder = Finder(reading, passages)
    finder.everyone, finder.roles_everywhere = mentions, reading.roles
    return list(finder.find())


def drop_labels(text: str, passages: list[Marked]) -> list[Marked]:
    """Leave out fragments that the text repeats after an article: les « gilets bleus » … des « gilets bleus »."""
    counts: dict[str, int] = {}
    for passage in passages:
        if GROUP_LABEL.search(text[max(0, passage.opening - 8) : passage.opening]):
            content = text[passage.start : passage.end].lower()
            counts[content] = counts.get(content, 0) + 1
    labels = {content for content, count in counts.items() if count > 1 and content.count(" ") < FRAGMENT_WORDS}
    return [p for p in passages if text[p.start : p.end].lower() not in labels]


def find_quotations(paragraphs: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Words given as somebody's, one row per quotation.

    In:  paragraphs (article_id, start, end, text) and mentions (article_id, start, end, text, entity_type, name).
    Out: article_id, start, end, text, kind, speaker_start (the mention of the speaker in the same article; null where
         nobody is named), speaker_text, speaker_rule, verb.
    """
    marked = paragraphs.filter(pl.col("text").str.contains(f"[{MARKS}]")).select("article_id").unique()
    texts = (
        paragraphs.join(marked, on="article_id", how="semi")
        .sort("article_id", "start")
        .group_by("article_id", maintain_order=True)
        .agg("start", "end", "text")
    )
    named = (
        mentions.join(marked, on="article_id", how="semi")
        .sort("article_id", "start")
        .group_by("article_id", maintain_order=True)
        .agg("start", "end", "text", "entity_type", "name")
    )
    rows = []
    joined = texts.join(named, on="article_id", how="left", suffix="_mention", maintain_order="left")
    for article_id, starts, ends, parts, *columns in joined.iter_rows():
        text, base = lay_out(starts, parts)
        places = zip(*columns, strict=True) if columns[0] is not None else ()
        read = [Mention(s - base, e - base, t, k, n) for s, e, t, k, n in places]
        bounds = [(s - base, e - base) for s, e in zip(starts, ends, strict=True)]
        for q in find_in_text(text, read, bounds):
            who = q.speaker
            place = who.mention.start + base if who and who.mention else None
            said = (who.text, who.rule) if who else (None, None)
            rows.append((article_id, q.start + base, q.end + base, text[q.start : q.end], q.kind, place, *said, q.verb))
    return pl.DataFrame(rows, schema=OUT, orient="row")


OUT = {
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


def lay_out(starts: list[int], parts: list[str]) -> tuple[str, int]:
    """Paragraphs put back at their places, and the place of the first."""
    base, text = starts[0], ""
    pieces, place = [], base
    for start, part in zip(starts, parts, strict=True):
        pieces += ["\n" * (start - place), part]
        place = start + len(part)
    text = "".join(pieces)
    return text, base
