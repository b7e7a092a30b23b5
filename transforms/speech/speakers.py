"""Who may be speaking: names, pronouns and bare nouns of one text, and whom the last two stand for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from schemas import lexicon
from transforms.grammar import read_adjective_genders, read_class, read_determiners
from transforms.person_roles import PHRASE, WORD, Role, read_heads, strip_civilities
from transforms.speech.compounds import read_compounds
from transforms.speech.named import Mention, Named
from transforms.speech.verbs import read_sources, read_speech_forms

# It begins with a class of signs, so that the search leaps to the next of them: five times as fast. A run of signs is
# tried from its first alone: from each of 20,000 full stops, they took 4 s.
# A blank may be missing behind the full stop of a word: a dit la ministre.Devant le Sénat; not A.R. Roy.
SENTENCE_END = re.compile(
    r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)(?<![.!?…]{2})[.!?…]* ?»?(?: |(?=«))(?=[«–—\-(\[]? ?[A-ZÀ-Þ¤\d])"
    r"|(?<=[a-zà-ÿ]{2}[.!?])(?=[A-ZÀ-Þ](?:[a-zà-ÿ]|’)))"
)
# A full stop after these does not end a sentence: M. Colbert, Dr. Roy, J. K. Rowling.
# But the network X ends one: « a-t-il écrit sur X. ».
ABBREVIATION = re.compile(
    r"(?<!sur)(?<!eau)(?<!ial)(?:^|[\s’(.\-])(?:MM?|Mmes?|Mlles?|Drs?|Prs?|Mgr|Mes?|Ste?|[A-ZÀ-Þ]|av|art|env|no|p|vol|cf)$"
)
PREPOSITIONS = read_class("preposition")
DETERMINERS = read_determiners()
INDEFINITE = read_class("indefinite")
BEFORE_NOUN = read_class("adjective before noun")
ADJECTIVES = read_adjective_genders()
FORMER = ("ancien", "ex-", "ex ")
NO_NOUN = PREPOSITIONS | DETERMINERS.keys() | read_class("conjunction") | read_class("adverb") | BEFORE_NOUN
# Words right after a noun that end its phrase; half of all nouns are spared a long pattern.
NO_TAIL = (PREPOSITIONS | read_class("conjunction") | read_class("adverb")) - {"de", "du", "des", "d"}
INVERTED_ENDING = re.compile(r"-(?:il|elle|on|ils|elles)$")
PRONOUN_GENDER = dict.fromkeys(("il", "lui", "celui-ci", "ce dernier"), "m")
PRONOUN_GENDER |= dict.fromkeys(("elle", "celle-ci", "cette dernière"), "f")
PLURAL = {"les", "ses", "leurs", "ces", "nos", "des", "aux"}
COMPLEMENT_OF = re.compile(r"[ ’](?:de|du|des|d’)")
LATTER = {"ce dernier", "cette dernière", "celui-ci", "celle-ci"}
# As WORD, but a full stop before a capital and a small letter parts two words: t-il.Des, whose blank is missing.
WORD_BETWEEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+|\.(?![A-ZÀ-Þ][a-zà-ÿ’])[^\W\d_]+)*)")
# Nouns of those who do something, by their endings.
STRANGER = {
    "m": re.compile(r"\bun (?:jeune |autre |ancien )?[a-zà-ÿ]+(?:eur|ier|iste|ant|ien)\b"),
    "f": re.compile(r"\bune (?:jeune |autre |ancienne )?[a-zà-ÿ]+(?:euse|ière|rice|iste|ante|ienne)\b"),
}
ARTICLES = (" le ", " la ", "Le ", "La ", "l’", "L’")
APPOSED = re.compile(r", (?:l[ea] |l’)?")
LONGEST_APPOSED = len(", le ")
INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?){2,3}|[A-ZÀ-Þ]{2}")
TRADE = re.compile(
    r"(?:L[ea] |L’)[^\W\d_-]+(?: [a-zà-ÿ]+)? (?:de |d’)[a-zà-ÿ]{4,}", re.IGNORECASE
)  # le fabricant de jouets
ORGANISATIONS = ("organisation", "institution")
AGED = re.compile(r" de \d{1,3} ans\b")
AGENT = re.compile(r"\bpar (?:le |la |l’|un |une |son |sa )?$")
POSSESSIVE = ("son", "sa", "ses", "leur", "leurs")
BLOT = "¤"  # stands for every character between marks
LONGEST_SENTENCE = 4000  # characters; the longest of 37,000 news texts has 3,054
SENTENCES_BACK = 8  # how far back a pronoun may reach; farther ones were wrong more often than right


class Candidate(NamedTuple):
    """A name or a bare noun that may be the subject of a verb of speech."""

    start: int  # of the whole phrase: civility and role belong to it
    end: int
    mention: Mention | None
    noun: str
    kind: str  # PER, ORG, LOC; people, institution, document for bare nouns
    gender: str  # m, f or e
    is_definite: bool
    is_oblique: bool  # after a preposition
    head: int  # where the name or noun itself begins
    determiner: str
    is_apposed: bool = False  # a name right after a common noun that it completes: le sénateur UDI


class Speaker(NamedTuple):
    """Who says something. start is null where nobody is named."""

    mention: Mention | None
    text: str | None
    rule: str


@cache
def read_speaker_nouns() -> dict[str, tuple[str, str]]:
    """Bare nouns that may speak: word -> (kind, gender); role nouns are people."""
    nouns = lexicon.read("speaker_nouns").select("noun", "kind", "gender")
    found = dict.fromkeys(lexicon.read("demonyms")["form"].str.to_titlecase(), ("people", "e"))
    found |= {head: ("people", rests[-1][1]) for head, rests in read_heads().items() if rests[-1][0] == ""}
    for noun, kind, gender in nouns.iter_rows():  # 340 rows, read once
        if " " not in noun:
            known = found.get(noun)
            found[noun] = (kind, gender if known is None or known[1] == gender else "e")
    return found


@cache
def read_noun_words() -> frozenset[str]:
    """The bare nouns that may speak, singular and plural."""
    return frozenset(word for noun in read_speaker_nouns() for word in (noun, noun + "s"))


@cache
def read_source_keys() -> dict[str, list[tuple[str, str, int]]]:
    """The prepositions of the source by their longest word.

    Out: croire -> [(à en croire, source, 5)], the number being the place of the word in the expression.
    """
    keys: dict[str, list[tuple[str, str, int]]] = {}
    for kind in ("source", "person_source"):
        for form in read_sources(kind):
            word = max(WORD.findall(form), key=len)
            keys.setdefault(word, []).append((form, kind, form.index(word)))
    return keys


@cache
def read_source_words() -> frozenset[str]:
    """The longest words of the prepositions of the source, small and capitalised."""
    return frozenset(key for word in read_source_keys() for key in (word, word.capitalize()))


@cache
def read_telling_words() -> frozenset[str]:
    """All words that may be a speaker, a verb of speech or part of a preposition of the source."""
    return read_noun_words() | read_speech_forms().keys() | read_source_words() | read_compounds().keys()


@cache
def read_civility_gender() -> dict[str, str]:
    """Civility -> m, f or e."""
    return dict(lexicon.read("civilities").select("form", "gender").iter_rows())


@cache
def read_first_names() -> dict[str, str]:
    """First name -> m or f; names of both are not in the list."""
    return dict(lexicon.read("first_name_genders").select("name", "gender").iter_rows())


@cache
def read_relations() -> frozenset[str]:
    """Nouns of kinship and acquaintance: with a possessive they name somebody else (sa voisine)."""
    nouns = lexicon.read("role_nouns")
    return frozenset(nouns.filter(nouns["kind"] == "family")["noun"].to_list())


@cache
def read_offices() -> frozenset[str]:
    """Nouns of offices: there are many persons, but one mayor; he must have been named as such, or just before.

    A defendant or a candidate holds none.
    """
    nouns = lexicon.read("role_nouns")
    kinds = ["political", "justice", "police", "military", "religion", "nobility"]
    return frozenset(nouns.filter(nouns["kind"].is_in(kinds))["noun"].to_list()) - read_class("party")


@cache
def read_courts() -> frozenset[str]:
    """Nouns of justice and police: a judge is whom the text calls one, not whoever was named last."""
    nouns = lexicon.read("role_nouns")
    return read_offices() & frozenset(nouns.filter(nouns["kind"].is_in(["justice", "police"]))["noun"].to_list())


@cache
def read_bodies() -> frozenset[str]:
    """Names of the lists that are no firm's: states and their offices, parties, unions, events."""
    names = lexicon.read("institutions")
    kinds = ["event", "foreign state", "international", "party or union", "state"]
    return frozenset(names.filter(names["kind"].is_in(kinds))["name"].to_list())


def is_body(name: str) -> bool:
    """Whether a name is known to be no firm's: by the lists, or by its first word (Ministère, Association)."""
    head = name.partition(" ")[0].lower()
    return (
        name in read_bodies()
        or head in read_class("body that is no firm")
        or read_speaker_nouns().get(head, ("", ""))[0] == "institution"
    )


def is_kin(text: str, role: Role) -> bool:
    """Whether a role says whose kin somebody is: son grand-père; not « le père de famille », nor an acquaintance."""
    noun = role.noun.lower().rpartition(" ")[2]
    before = text[max(0, role.start - len("leurs ")) : role.start].lower().split()
    return noun in read_class("kin") and bool(before) and before[-1] in POSSESSIVE


def is_relation(candidate: Candidate) -> bool:
    """Whether a bare noun names somebody by what he is to another: sa voisine, leur père."""
    return candidate.determiner in POSSESSIVE and candidate.noun in read_relations()


class Reading:
    """One text with its sentences and all who may speak in it.

    frame is the text with the words between marks blotted out (¤), so that only the reporter's own words are read.
    """

    def __init__(
        self, text: str, frame: str, mentions: list[Mention], roles: list[Role], persons: list[Mention]
    ) -> None:
        self.text = text
        self.frame = frame
        self.headings: list[tuple[int, int]] = []
        self.mentions: list[Mention] = [m for m in mentions if m.end <= len(frame) and frame[m.start] != BLOT]
        self.starts = [m.start for m in self.mentions]
        self.roles: dict[int, list[Role]] = {}
        for role in roles:
            self.roles.setdefault(persons[role.mention].start, []).append(role)
        pieces = WORD_BETWEEN.split(frame)  # between, word, between, word, …: three times as fast as finditer
        self.words: list[str] = pieces[1::2]
        self.word_starts: list[int] = list(accumulate(map(len, pieces)))[:-1:2]
        told = read_telling_words()  # one pass over all words; nouns, verbs and sources choose among these
        self.telling_words = [index for index, word in enumerate(self.words) if word in told or "-" in word]
        nouns = read_noun_words()
        self.noun_words = [index for index in self.telling_words if self.words[index] in nouns]
        self.noun_starts = [self.word_starts[index] for index in self.noun_words]
        self.sentences = self.split()
        self.sentence_starts = [s for s, _ in self.sentences]
        self.genders = self.read_genders()
        self.known: dict[int, list[Candidate]] = {}
        self.last: Speaker | None = None
        self.seen: set[int] = set()
        self.understood: dict[int, list[tuple[int, Speaker, str]]] = {}
        self.has_roles: dict[str, bool] = {}

    @cached_property
    def named(self) -> Named:
        """The names, to be looked up."""
        return Named(self.mentions, self.roles, self.genders)

    def split(self) -> list[tuple[int, int]]:
        """Sentences of the frame; a paragraph ends one, and what is longer than any sentence is cut at blanks."""
        bounds, start = [], 0
        for match in SENTENCE_END.finditer(self.frame):
            place = match.start()
            if self.frame[place] == "." and ABBREVIATION.search(self.frame[max(0, place - 9) : place]):
                continue
            bounds.append((start, match.end()))
            start = match.end()
        bounds.append((start, len(self.frame)))
        return [cut for s, e in bounds if s < e for cut in cut_long(self.frame, s, e)]

    def is_heading(self, place: int) -> bool:
        """Whether a place lies in the title or a heading."""
        index = bisect_left(self.headings, (place + 1,)) - 1
        return index >= 0 and place < self.headings[index][1]

    def find_next_heading(self, place: int) -> int:
        """Where the next heading after the one at this place begins; for the title and the last one, the text's end."""
        index = bisect_left(self.headings, (place + 1,))
        is_title = index <= 1 and not self.text[: self.headings[0][0]].strip()
        return len(self.text) if is_title or index == len(self.headings) else self.headings[index][0]

    def locate(self, place: int) -> int:
        """Index of the sentence that holds this place."""
        return max(0, bisect_left(self.sentence_starts, place + 1) - 1)

    def read_genders(self) -> dict[str, str]:
        """Gender of each person by name: from a civility, else a role, else the first name; e where none tells it."""
        genders: dict[str, str] = {}
        weaker: dict[str, str] = {}
        for mention in self.mentions:
            if mention.entity_type != "PER" or mention.name in genders:
                continue
            left = self.frame[max(0, mention.start - 12) : mention.start].rstrip()
            civility = read_civility_gender().get(left.rpartition(" ")[2].rpartition("’")[2], "e")
            if civility != "e":
                genders[mention.name] = civility
                continue
            told = [role.gender for role in self.roles.get(mention.start, ()) if role.gender != "e"]
            first = mention.name.partition(" ")[0] if " " in mention.name else ""
            told += [read_first_names().get(first) or read_first_names().get(first.partition("-")[0], "e")]
            weaker.setdefault(mention.name, told[0])
        return weaker | genders

    def is_label(self, mention: Mention) -> bool:
        """Whether a name only says who answers: « A. R. : J’ai vu M. Foix. Il m’a dit : « Non. » »."""
        if not self.frame.startswith((" : ", ": "), mention.end):
            return False
        starts = mention.start == 0 or self.frame[mention.start - 1] == "\n"
        return starts and "«" not in self.frame[mention.end + 1 : mention.end + 5]

    def may_be_name(self, mention: Mention) -> bool:
        """Whether a single word after an article is a name: l’Élysée; not la Messine de 23 ans, nor a person's."""
        if " " in mention.text or not self.frame.endswith(ARTICLES, 0, mention.start):
            return True
        return mention.entity_type != "PER" and AGED.match(self.frame, mention.end) is None

    def phrase_start(self, mention: Mention) -> int:
        """Where the phrase of a name begins, civility and role before it included, its article not."""
        before = [role.start for role in self.roles.get(mention.start, []) if role.is_before]
        if before:
            return before[0]
        base = max(0, mention.start - 40)
        left = self.frame[base : mention.start]
        bare = strip_civilities(left)
        civility = left[len(bare) :].strip()
        return base + left.rindex(civility) if civility else mention.start

    def list_candidates(self, sentence: int) -> list[Candidate]:
        """Names and bare nouns of one sentence, in order."""
        if sentence not in self.known:
            start, end = self.sentences[sentence]
            names = list(self.list_names(start, end))
            taken = {place for c in names for place in range(c.start, c.end)}
            roles = (r for c in names if c.mention for r in self.roles.get(c.mention.start, ()))
            taken |= {place for role in roles for place in range(role.start, role.end)}
            persons = [self.phrase_start(c.mention) for c in names if c.mention and c.mention.entity_type == "PER"]
            nouns = [n for n in self.list_nouns(start, end) if n.head not in taken and not self.is_apposed(n, persons)]
            self.known[sentence] = sorted(names + nouns, key=lambda c: c.start)
        return self.known[sentence]

    def is_apposed(self, noun: Candidate, persons: list[int]) -> bool:
        """Whether the phrase of a person says who the noun is: son directeur, l’ingénieur Luc Foix.

        The name stands for both. `persons` are the starts of such phrases, in order.
        """
        if noun.determiner in PLURAL:
            return False
        near = persons[bisect_right(persons, noun.end) : bisect_right(persons, noun.end + LONGEST_APPOSED)]
        return any(APPOSED.fullmatch(self.text, noun.end, start) for start in near)

    def list_names(self, start: int, end: int) -> Iterator[Candidate]:
        """Names between two places."""
        for index in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            mention = self.mentions[index]
            if mention.entity_type == "MISC" or self.is_label(mention) or not self.may_be_name(mention):
                continue
            phrase = self.phrase_start(mention)
            apposed = mention.entity_type != "PER" and self.follows_noun(start, phrase)
            oblique = apposed or self.is_governed(start, phrase)
            gender = self.genders.get(mention.name, "e")
            yield Candidate(
                phrase, mention.end, mention, "", mention.entity_type, gender, True, oblique, mention.start, "", apposed
            )

    def list_nouns(self, start: int, end: int) -> Iterator[Candidate]:
        """Bare nouns that may speak between two places, with their determiner: la chercheuse, un riverain."""
        nouns = read_speaker_nouns()
        first_noun, last_noun = bisect_left(self.noun_starts, start), bisect_left(self.noun_starts, end)
        for index in self.noun_words[first_noun:last_noun]:
            word, place = self.words[index], self.word_starts[index]
            known = nouns.get(word) or (nouns.get(word[:-1]) if word[-1] == "s" else None)
            if known is None:
                continue
            first = self.find_determiner(index, start)
            if first is None or self.is_adjective(index):
                continue
            determiner, at = self.words[first].lower(), self.word_starts[first]
            oblique = determiner in ("du", "au", "aux", "de", "d") or self.is_governed(start, at)
            if determiner == "des":
                oblique = bool(first) and self.words[first - 1] in nouns and self.is_adjacent(first - 1, at)
            told = [DETERMINERS[determiner], *(ADJECTIVES.get(word, "e") for word in self.words[first + 1 : index])]
            gender = next((gender for gender in told if gender != "e"), known[1])
            phrase_end = place + len(word)
            follows = self.words[index + 1] if index + 1 < len(self.words) else ""
            if self.frame.startswith(" ", phrase_end) and follows not in NO_TAIL:
                tail = PHRASE.match(self.frame, phrase_end)
                phrase_end = tail.end() if tail else phrase_end
            definite = determiner not in INDEFINITE
            yield Candidate(
                at, min(phrase_end, end), None, word, known[0], gender, definite, oblique, place, determiner
            )

    def is_adjective(self, index: int) -> bool:
        """Whether a word that may be a noun stands before one: l’ancien ministre."""
        if self.words[index] not in BEFORE_NOUN or index + 1 == len(self.words):
            return False
        return self.words[index + 1] in read_noun_words() and self.is_adjacent(index, self.word_starts[index + 1])

    def follows_noun(self, floor: int, place: int) -> bool:
        """Whether a common noun stands right before a name: le groupe Orvane, la primaire Les Républicains."""
        index = bisect_left(self.word_starts, place) - 1
        if index < 0 or self.word_starts[index] < floor or not self.is_adjacent(index, place):
            return False
        word = self.words[index]
        if not word[0].islower() or word in NO_NOUN or word in read_speech_forms() or INVERTED_ENDING.search(word):
            return False
        return self.find_determiner(index, floor) is not None

    def is_adjacent(self, index: int, place: int) -> bool:
        """Whether nothing but a blank, an apostrophe or a hyphen stands between a word and a place."""
        return not self.frame[self.word_starts[index] + len(self.words[index]) : place].strip(" ’-")

    def find_determiner(self, index: int, floor: int) -> int | None:
        """The determiner of a noun, adjectives between them skipped; null where there is none."""
        for back in range(index - 1, max(-1, index - 4), -1):
            if self.word_starts[back] < floor or not self.is_adjacent(back, self.word_starts[back + 1]):
                return None
            word = self.words[back].lower()
            if word in DETERMINERS:
                has_article = back > 0 and self.words[back - 1].lower() in ("les", "ces", "ses", "leurs", "nos")
                return back - 1 if has_article else back  # les deux ministres
            if word not in BEFORE_NOUN:
                return None
        return None

    def is_governed(self, floor: int, place: int) -> bool:
        """Whether a preposition governs the phrase that begins here: avec le président X."""
        index = bisect_left(self.word_starts, place) - 1
        for _ in range(2):
            if index < 0 or self.word_starts[index] < floor or not self.is_adjacent(index, place):
                return False
            word = self.words[index].lower()
            if word in PREPOSITIONS:
                return True
            if word not in DETERMINERS:
                return False
            place = self.word_starts[index]
            index -= 1
        return False

    def resolve(self, candidate: Candidate) -> Speaker:
        """Whom a candidate stands for.

        A name stands for itself. A definite noun in the singular stands for the last person with that role, else for
        the nearest person of its gender; an institution or a document for the nearest organisation; others are unnamed.
        """
        phrase = self.text[candidate.start : candidate.end].strip(" .")
        if candidate.mention is not None:
            bearer = self.find_bearer(self.find_initialled(candidate.mention))
            return Speaker(bearer, candidate.mention.text, "name")
        if not candidate.is_definite or candidate.determiner in PLURAL:
            return Speaker(None, phrase, "unnamed")
        if candidate.kind != "people":
            return self.resolve_organisation(candidate, phrase)
        by_role = self.find_by_role(candidate, phrase)
        if by_role is None and candidate.determiner in POSSESSIVE:
            by_role = self.find_related(candidate)
        elif by_role is None:
            return self.resolve_person(candidate, phrase)
        return Speaker(by_role, phrase, "role" if by_role else "unnamed")

    def find_related(self, candidate: Candidate) -> Mention | None:
        """Whom a noun with a possessive may name: his lawyer is another than himself.

        « Présidé par Luc Roy, le jury … son président » is Luc Roy; « son adversaire » is not who spoke last.
        """
        if candidate.noun in read_class("opposite"):
            if self.last is None or self.last.mention is None:
                return None
            but = frozenset((self.last.mention.name,))
            other = self.find_back(candidate.gender, candidate.start, ("PER",), 3, but=but)
            return other.mention if other else None
        return None if is_relation(candidate) else self.find_agent(candidate.gender, candidate.start)

    def resolve_person(self, candidate: Candidate, phrase: str) -> Speaker:
        """Whom a definite noun in the singular stands for that is nobody's known role: the nearest fitting person."""
        is_bare = not any(word[:1].isupper() for word in phrase.split()[1:])
        is_office = candidate.noun in read_offices() and not self.is_former(candidate)
        reach = SENTENCES_BACK if is_bare and not is_office else 2
        others = self.kin if candidate.noun in read_relations() else frozenset()
        if self.last and self.last.mention and self.is_contrasted(candidate):
            others |= {self.last.mention.name}
        found = self.find_back(candidate.gender, candidate.start, ("PER",), reach, but=others, only_subjects=is_office)
        if found is None and self.last is not None and self.last.mention is not None and not is_office:
            # who spoke within the marks: « …, dit Luc Foix. » L’octogénaire …
            found = self.last if fits(self.genders.get(self.last.mention.name, "e"), candidate.gender) else None
        if (
            found is None
            or found.mention is None
            or (is_office and candidate.noun in read_courts() and not self.has_role(found.mention))
        ):
            return Speaker(None, phrase, "unnamed")
        return Speaker(found.mention, phrase, "noun")

    @cached_property
    def kin(self) -> frozenset[str]:
        """Persons the text brings in as somebody's kin: son grand-père, Lucien Roy. The grandson is another."""
        return frozenset(
            mention.name
            for mention in self.named.persons
            if any(is_kin(self.text, role) for role in self.roles.get(mention.start, ()))
        )

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of the full names of the text's persons."""
        return frozenset(person.name.rpartition(" ")[2] for person in self.named.persons if " " in person.name)

    def find_bearer(self, mention: Mention) -> Mention:
        """Who « M. Roy » is where two of the family are named: not the one brought in as kin of the other."""
        if mention.entity_type != "PER" or " " in mention.name:
            return mention
        if mention.name not in self.surnames:
            return mention
        gender = self.genders.get(mention.name, "e")
        family = [
            other
            for other in self.named.persons
            if other.start < mention.start and other.name.endswith(" " + mention.name) and other.name not in self.kin
        ]
        names = {other.name for other in family if fits(self.genders.get(other.name, "e"), gender)}
        return family[-1] if len(names) == 1 and family[-1].name in names else mention

    def has_role(self, mention: Mention) -> bool:
        """Whether the text gives a person any role, or a civility, or makes him the agent of a passive."""
        if mention.name not in self.has_roles:
            same = self.named.by_name[mention.name]
            self.has_roles[mention.name] = any(
                self.roles.get(m.start) or self.phrase_start(m) < m.start or self.is_agent_at(m.start) for m in same
            )
        return self.has_roles[mention.name]

    def find_initialled(self, mention: Mention) -> Mention:
        """The person named before whose initials a mention gives, as interviews do: A. R.; else the mention itself."""
        if mention.entity_type != "PER" or not INITIALS.fullmatch(mention.text):
            return mention
        letters = [letter for letter in mention.text if letter.isalpha()]
        return self.named.find_initialled(letters, mention.start) or mention

    def resolve_organisation(self, candidate: Candidate, phrase: str) -> Speaker:
        """The organisation a bare noun stands for: the last whose name has the noun (le ministère, la préfecture).

        A noun that says what an organisation is (le groupe, l’association), or what it says (le communiqué), stands
        for the nearest one; a noun that says no more than police, or has a complement of its own, for none.
        """
        says_what = candidate.kind == "organisation" and TRADE.fullmatch(phrase) is not None
        if says_what or COMPLEMENT_OF.search(phrase) is None:
            named = self.named.find_organisation(candidate.noun, candidate.start)
            if named is not None:
                return Speaker(named, phrase, "institution")
            if candidate.kind in ("organisation", "statement"):
                is_firm = candidate.noun in read_class("firm")
                found = self.find_back("e", candidate.start, ("ORG",), 4, only_subjects=True, is_firm=is_firm)
                found = found or self.find_back("e", candidate.start, ("ORG",), 4, is_firm=is_firm)
                if found is not None:
                    return Speaker(found.mention, phrase, candidate.kind)
        return Speaker(None, phrase, "unnamed")

    def is_contrasted(self, candidate: Candidate) -> bool:
        """Whether the text sets somebody against the one before: « le procureur, lui, … »."""
        return self.frame.startswith((", lui", ", elle", ", de son côté", ", quant à"), candidate.end)

    def find_by_role(self, candidate: Candidate, phrase: str) -> Mention | None:
        """The person whose role has the noun, and every capitalised word of the phrase.

        The last one before this place; where there is none, the first after it: a lead says « le ministre de la
        Santé » before the text names him. « L’ancien ministre » is whom the text calls so.
        """
        capitals = [word for word in WORD.findall(phrase)[1:] if word[0].isupper()]
        is_former = self.is_former(candidate)
        for mention, role in self.named.list_bearers(candidate.noun, candidate.start):
            words = self.text[role.start : role.end]
            fitting = fits(self.genders.get(mention.name, "e"), candidate.gender)
            fitting = fitting and (not is_former or words.startswith(FORMER))
            if fitting and all(word in words for word in capitals):
                return mention
        return None

    def is_former(self, candidate: Candidate) -> bool:
        """Whether a bare noun says what somebody was: l’ancien ministre. Many a person was one; it tells no office."""
        return "ancien" in self.text[candidate.start : candidate.head]

    def find_back(
        self,
        gender: str,
        place: int,
        types: tuple[str, ...],
        reach: int = SENTENCES_BACK,
        *,
        but: frozenset[str] = frozenset(),
        only_subjects: bool = False,
        is_firm: bool = False,
    ) -> Speaker | None:
        """The nearest fitting speaker before a place, other than those of the names `but`; a firm, if it must be.

        Backwards by sentence: the first that no preposition governs (as a rule the subject), else the last other.
        A pronoun or noun understood before counts as whom it stands for, be he named or not.
        """
        sentence = self.locate(place)
        types_of_nouns = ("people",) if "PER" in types else ()
        for index in range(sentence, max(-1, sentence - reach - 1), -1):
            if index < sentence and self.is_heading(self.sentences[index][0]):
                continue  # a pronoun does not reach into a heading or the title
            fitting: list[tuple[int, bool, Speaker]] = []
            for c in self.list_candidates(index):
                if c.mention is None and c.end <= place and not only_subjects and c.kind in types_of_nouns:
                    self.understand_subject(c)
                if c.mention is None or c.mention.name in but or (is_firm and is_body(c.mention.name)):
                    continue
                if c.end <= place and c.kind in types and fits(c.gender, gender):
                    is_oblique = c.is_oblique and not (only_subjects and c.kind == "PER" and self.is_agent(c))
                    fitting.append((c.start, is_oblique, Speaker(c.mention, c.mention.text, "name")))
            for at, speaker, its_gender in self.understood.get(index, ()):
                kind = speaker.mention.entity_type if speaker.mention else "PER"
                is_other = speaker.mention is not None and (
                    speaker.mention.name in but or (is_firm and is_body(speaker.mention.name))
                )
                if at < place and kind in types and fits(its_gender, gender) and not is_other:
                    fitting.append((at, False, speaker))
            subjects = [item for item in fitting if not item[1]]
            if subjects or (fitting and not only_subjects):
                return min(subjects, key=lambda item: item[0])[2] if subjects else max(fitting, key=lambda i: i[0])[2]
        return None

    def is_agent(self, candidate: Candidate) -> bool:
        """Whether somebody is the agent of a passive: présidé par X, who so is the president."""
        return self.is_agent_at(candidate.start)

    def is_agent_at(self, place: int) -> bool:
        """Whether the name at this place is the agent of a passive."""
        return AGENT.search(self.frame[max(0, place - 12) : place]) is not None

    def find_agent(self, gender: str, place: int) -> Mention | None:
        """The last agent of a passive in the sentences before: présidé par X, fondée par X."""
        for index in range(self.locate(place), max(-1, self.locate(place) - 3), -1):
            for c in reversed(self.list_candidates(index)):
                if c.kind == "PER" and c.end <= place and fits(c.gender, gender) and self.is_agent(c):
                    return c.mention
        return None

    def understand_subject(self, candidate: Candidate) -> None:
        """Note whom a bare noun that begins a sentence stands for: Un passant a tout vu; Le Japonais, lui, sourit."""
        begins = self.sentences[self.locate(candidate.start)][0] == candidate.start
        if not begins or candidate.start in self.seen or candidate.determiner in PLURAL:
            return
        self.seen.add(candidate.start)
        self.understand(candidate.start, self.resolve(candidate), candidate.gender)

    def understand(self, place: int, speaker: Speaker, gender: str = "e") -> None:
        """Note whom a pronoun or noun at this place stands for."""
        if speaker.mention is not None:
            gender = self.genders.get(speaker.mention.name, gender)
        self.understood.setdefault(self.locate(place), []).append((place, speaker, gender))

    def has_stranger(self, gender: str, place: int) -> bool:
        """Whether the two sentences before speak of somebody without a name: un promeneur, une voisine."""
        sentence = self.locate(place)
        before = [c for i in range(max(0, sentence - 2), sentence + 1) for c in self.list_candidates(i)]
        return (
            any(
                c.mention is None and c.kind == "people" and c.determiner in ("un", "une") and c.gender == gender
                for c in before
                if c.end <= place
            )
            or STRANGER[gender].search(self.frame, self.sentences[max(0, sentence - 2)][0], place) is not None
        )

    def find_forward(self, gender: str, place: int) -> Mention | None:
        """The first fitting person in the next sentences: « J’ai fui », raconte-t-elle. Anna Roy vit ici."""
        sentence = self.locate(place)
        for index in range(sentence + 1, min(sentence + 3, len(self.sentences))):
            for c in self.list_candidates(index):
                if c.mention is not None and c.kind == "PER" and not c.is_oblique and fits(c.gender, gender):
                    return c.mention
        return None

    def find_latter(self, gender: str, place: int) -> Mention | None:
        """The last person named before a place: whom « ce dernier » stands for."""
        return self.named.find_last(gender, place)

    def resolve_of_two(self, ordinal: str, place: int) -> Speaker:
        """Whom « le premier » or « la seconde » stands for: one of the two persons named last, in their order."""
        two = self.named.find_last_two(place)
        found = two[1 if ordinal.startswith("premi") else 0] if two else None
        gender = "f" if ordinal in ("première", "seconde") else "m"
        if found is None or not fits(self.genders.get(found.name, "e"), gender):
            return Speaker(None, ordinal, "unnamed")
        return Speaker(found, ordinal, "pronoun")

    def find_subject_organisation(self, gender: str, place: int) -> Speaker | None:
        """The organisation that is the subject of the sentence before: L’association porte plainte. « … », dit-elle."""
        sentence = self.locate(place)
        if not sentence:
            return None
        start = self.sentences[sentence - 1][0]
        here = [c for i in (sentence - 1, sentence) for c in self.list_candidates(i) if c.end <= place]
        if any(c.kind in ("PER", "people") and fits(c.gender, gender) for c in here):
            return None
        subject = next((c for c in here if c.start == start and c.kind in ORGANISATIONS), None)
        if subject is None or subject.gender != gender or subject.determiner in PLURAL:
            return None
        speaker = self.resolve(subject)
        return speaker if speaker.mention is not None else None

    def resolve_pronoun(self, pronoun: str, place: int, last: Speaker | None) -> Speaker:
        """Whom il, elle or lui stands for: the nearest fitting person, else the last speaker. Plurals are unnamed."""
        word = pronoun.lower()
        gender = PRONOUN_GENDER.get(word)
        if gender is None:
            return Speaker(None, pronoun, "unnamed")
        if word in LATTER:
            latter = self.find_latter(gender, place)
            return Speaker(latter, pronoun, "pronoun" if latter else "unnamed")
        found = self.find_subject_organisation(gender, place)
        found = (
            found or self.find_back(gender, place, ("PER",), 3) or last or self.find_back(gender, place, ("PER", "ORG"))
        )
        if found is None and self.has_stranger(gender, place):
            return Speaker(None, pronoun, "unnamed")
        if found is None:
            later = self.find_forward(gender, place)
            return Speaker(later, pronoun, "later name" if later else "unnamed")
        self.understand(place, found, gender)
        return Speaker(found.mention, pronoun, "pronoun") if found.mention else found


def fits(gender: str, wanted: str) -> bool:
    """Whether two genders agree; e agrees with both."""
    return gender in (wanted, "e") or wanted == "e"


def cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a passage that is longer than any sentence behind its last blanks.

    Each word of speech of a sentence is held against all who may speak in it.
    """
    while end - start > LONGEST_SENTENCE:
        stop = text.rfind(" ", start, start + LONGEST_SENTENCE) + 1 or start + LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end
