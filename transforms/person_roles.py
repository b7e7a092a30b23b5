"""The roles that a text gives to persons: président ukrainien, maire de Vauxelles, astrophysicienne."""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon
from transforms.grammar import read_class
from transforms.speech.verbs import read_speech_forms

LEFT_REACH = 140  # characters; the longest role before a name in the seed articles has 60
RIGHT_REACH = 200  # characters; a role after a name may hold an organisation's whole name
WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
# Adjectives of state that belong to the role: ancien ministre, future directrice.
STATE = r"(?:ancien(?:ne)?|ex|future?|nouveau|nouvel|nouvelle|actuel|actuelle|premier|première|jeune|célèbre|haute?)"
STATE_BEFORE = re.compile(rf"(?:^|(?<=[\s’(]))(?:{STATE}[ -])+$", re.IGNORECASE)
DETERMINER = r"(?:(?:le|la|les|un|une|son|sa|ses|leur|notre|nos|cet|cette|ce|mon|ma) |l’)"
# French adjectives by their endings, as they follow a role noun: britannique, général, délégué, européenne.
ADJECTIVE_ENDINGS = (
    "ais|aise|ois|oise|ien|ienne|éen|éenne|ain|aine|al|ale|aux|el|elle|if|ive|ique|aire|iste|é|ée|eur|eure|euse|eux|"
    "able|ible|in|an|on|and|ard|ol|ant|ec|esque|ier|ière"
)
# Verbs with such an ending that take a person as their object: « le ministre croise Luc Foix ».
LOOKALIKES = (
    "accable",
    "active",
    "apaise",
    "croise",
    "entraîne",
    "épaule",
    "interpelle",
    "installe",
    "motive",
    "réveille",
)


def build_adjective() -> str:
    """A pattern for adjectives: the endings, less the verbs of speech that share them (critique), plus all demonyms."""
    ending = re.compile(rf"(?:{ADJECTIVE_ENDINGS})s?$")
    verbs = [word for word, form in read_speech_forms().items() if form.tense == "finite" and ending.search(word)]
    function_words = read_class("preposition") | read_class("conjunction") | read_class("adverb")
    no_verb = "|".join(sorted({*verbs, *LOOKALIKES, *function_words}))
    demonyms = {*lexicon.read("demonyms")["form"].str.to_lowercase().to_list()}
    rest = "|".join(sorted(re.escape(word) for word in demonyms if not ending.search(word)))
    return rf"(?!(?:{no_verb})\b)(?:[^\W\d_]+-)?(?:[^\W\d_A-ZÀ-Þ]*(?:{ADJECTIVE_ENDINGS})s?|{rest})(?!\w)"


ADJECTIVE = build_adjective()
DETERMINED = re.compile(r"(?:\b(?:le|la|les|un|une|du|au|son|sa|ce|cette) |[ld]’)$", re.IGNORECASE)
NOUN = r"(?:[^\W_](?:[\w’&\-]|\.(?=\w))*)"
LINK = (
    r"(?:de la |de l’|de |du |des |d’|à la |à l’|à |au |aux |en |pour la |pour l’|pour |contre |sur |chez |"
    r"chargée? (?:de la |de l’|de |du |des ))(?:la |l’|les |le )?"
)
CAPITAL = r"[A-ZÀ-Þ0-9](?:[\w’&\-]|\.(?=\w))*"
COMPLEMENT = rf"{LINK}{NOUN}(?: (?:{ADJECTIVE}|{CAPITAL}|et (?:de la |de l’|du |des |de |d’|à la |à l’|aux )?{NOUN}))*"
TAIL = re.compile(rf"(?: {ADJECTIVE})*(?: {CAPITAL}){{0,3}}(?: {COMPLEMENT})*(?: {ADJECTIVE})*")
# The phrase of a bare noun, for speakers: la mère de la victime, une source policière; no complement of place.
OF = r"(?:de la |de l’|de |du |des |d’)"
PHRASE = re.compile(rf"(?: {ADJECTIVE})*(?: {CAPITAL})*(?: {OF}{NOUN}(?: (?:{ADJECTIVE}|{CAPITAL}))*)*")
AGE_AFTER = re.compile(r"(?:, (?:âgée? de )?(\d{1,3}) ans| \((\d{1,3}) ans\))")
APPOSITION = re.compile(rf"(?: \(|, )(?:(?:qui est|alors|aujourd’hui|également|aussi) )?(?:{DETERMINER})?")
COPULA = re.compile(rf" (?:est|était|devient|deviendra|fut|reste|a été (?:nommée?|élue?)) (?:{DETERMINER})?")
# Words that end a role after a name: relatives, verbs of the main clause, adverbs of time.
ROLE_ENDERS = (
    "qui|dont|que|où|a|ont|avait|avaient|est|sont|était|sera|va|lors|après|avant|depuis|dans|mais|ainsi|avec|alors|pendant|"
    "selon|parce|car|comme|afin|pas|ne|se|y|il|elle|ce|cet|cette|hier|aujourd’hui|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
ACRONYM = re.compile(r" \([A-Z][\w-]{1,9}\)$")  # « directeur de la Banque du Nord (BDN), X »
ROLE_END = re.compile(
    rf"[,;:()«»\"“”!?\n–—]|\.(?=\s|$)| (?:{ROLE_ENDERS})(?!\w)| (?:qu|n|s|jusqu)’"
    r"| et (?=(?:le|la|les|un|une|son|sa|M\.|Mme) |l’)"
)
# No role reaches over one of these, nor over a full stop that is no abbreviation's.
BREAK = re.compile(r"[,;:!?()«»\"“”…]|(?<=\w\w\w)\. ")


CAPITALISED = ("political", "justice", "nobility")  # Président X, Prince X; but Marine and Saint are names


class Role(NamedTuple):
    """A role given to the person of one mention."""

    mention: int  # which of the persons
    start: int
    end: int
    noun: str
    gender: str  # m, f or e (either)
    age: int | None
    is_before: bool  # the role stands before the name


@cache
def read_heads() -> dict[str, list[tuple[str, str]]]:
    """Role nouns by their first word.

    Out: first word -> (rest of the noun, gender), longest rest first.
    """
    heads: dict[str, list[tuple[str, str]]] = defaultdict(list)
    nouns = lexicon.read("role_nouns").select("noun", "gender", "kind")
    for noun, gender, kind in nouns.iter_rows():  # 1,200 rows, read once
        match = WORD.match(noun)
        if match is not None:
            heads[match.group()].append((noun[match.end() :], gender))
            if kind in CAPITALISED:
                heads[match.group().capitalize()].append((noun[match.end() :], gender))
    return {head: sorted(set(rests), key=lambda rest: -len(rest[0])) for head, rests in heads.items()}


@cache
def read_civilities() -> frozenset[str]:
    """Civilities and titles that stand between a role and a name."""
    return frozenset(lexicon.read("civilities")["form"].to_list())


def match_noun(text: str, place: int, word: str) -> tuple[int, str] | None:
    """The role noun that begins at this place.

    In:  the text, the place and the word that stands there.
    Out: where the noun ends and its gender, or None.
    """
    for rest, gender in read_heads().get(word, ()):
        end = place + len(word)
        if text.startswith(rest, end) and not text[end + len(rest) : end + len(rest) + 1].isalnum():
            return end + len(rest), gender
    return None


def strip_civilities(left: str) -> str:
    """The text before a name without the civilities next to it."""
    left = left.rstrip()
    while (last := left.rpartition(" ")[2].rpartition("’")[2]) in read_civilities():
        left = left[: len(left) - len(last)].rstrip()
    return left


def find_role_before(text: str, floor: int, name_start: int) -> tuple[int, int, str, str] | None:
    """The role before a name: « le ministre britannique de la Défense, Anne Colbert ».

    In:  the text, the place before which nothing belongs to it, and the name's start.
    Out: start, end, noun and gender of the role, or None. Without a comma the nearest noun that reaches the
         name is the role (fils du président Zaleski: président); with one, the farthest (le fils du président, X).
    """
    base = max(floor, name_start - LEFT_REACH)
    left = strip_civilities(text[base:name_start])
    has_comma = left.endswith(",")
    left = ACRONYM.sub("", left.rstrip(", ")) if has_comma else left
    cut = max((match.end() for match in BREAK.finditer(left)), default=0)
    base, left = base + cut, left[cut:]
    found = None
    for word in reversed(list(WORD.finditer(left))):
        noun = match_noun(left, word.start(), word.group())
        if noun is None or (word.group() in read_speech_forms() and not DETERMINED.search(left, 0, word.start())):
            continue  # a verb: « le maire critique Luc Foix »
        if TAIL.fullmatch(left, noun[0]) is None:
            break
        if found is not None and not has_comma and noun[0] + 1 < found[0]:
            break  # le fils du président X: président; but le directeur général X: both
        found = (word.start(), left[word.start() : noun[0]], noun[1])
    if found is None:
        return None
    state = STATE_BEFORE.search(left, 0, found[0])
    start = state.start() if state else found[0]
    before = left[:start].rstrip()
    if has_comma and (not before or before[-1] in ",("):
        return None  # « Jean Foix, maire de Lure, Anne Roy »: the role of the name before it
    return base + start, base + len(left), found[1], found[2]


def find_role_after(text: str, name_end: int, ceiling: int) -> tuple[int, int, str, str] | None:
    """The role after a name: « Nadia Belkacem, 54 ans, astrophysicienne à l’observatoire ».

    In:  the text, the name's end and the place where the next name or the paragraph ends the reach.
    Out: start, end, noun and gender of the role, or None.
    """
    age = AGE_AFTER.match(text, name_end)
    link = APPOSITION.match(text, age.end() if age else name_end) or (COPULA.match(text, name_end) if not age else None)
    if link is None:
        return None
    state = re.compile(rf"(?:{STATE}[ -])+").match(text, link.end())
    word = WORD.match(text, state.end() if state else link.end())
    noun = match_noun(text, word.start(), word.group()) if word else None
    if word is None or noun is None:
        return None
    limit = min(ceiling, name_end + RIGHT_REACH)
    stop = ROLE_END.search(text, noun[0], limit)
    end = stop.start() if stop else limit
    start = state.start() if state else word.start()
    return start, start + len(text[start:end].rstrip()), text[word.start() : noun[0]], noun[1]


def read_age(text: str, name_end: int) -> int | None:
    """The age after a name, in years; null where none is given."""
    age = AGE_AFTER.match(text, name_end)
    return int(age.group(1) or age.group(2)) if age else None


def read_roles(text: str, persons: list[tuple[int, int]]) -> list[Role]:
    """The roles of the persons of one text.

    In:  the text and the persons' places in it, in order.
    Out: at most one role before and one after each name.
    """
    roles = []
    for index, (start, end) in enumerate(persons):
        floor = persons[index - 1][1] if index else 0
        floor = max(floor, text.rfind("\n", 0, start) + 1)
        line_end = text.find("\n", end)
        ceiling = len(text) if line_end < 0 else line_end
        age = read_age(text, end)
        before = find_role_before(text, floor, start)
        after = find_role_after(text, end, ceiling)
        if before is not None:
            roles.append(Role(index, *before, age, True))
        if after is not None:
            roles.append(Role(index, *cut_at_next_name(text, after, persons[index + 1 :]), age, False))
    return roles


def cut_at_next_name(
    text: str, role: tuple[int, int, str, str], later: list[tuple[int, int]]
) -> tuple[int, int, str, str]:
    """End a role before « et » and the next name: « maire de Lure et Anne Roy »."""
    start, end, noun, gender = role
    if later and later[0][0] < end:
        cut = text.rfind(" et ", start, later[0][0])
        end = cut if cut > start else end
    return start, end, noun, gender


def find_person_roles(paragraphs: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Roles given to persons, one row per role given.

    In:  paragraphs (article_id, paragraph_index, start, end, text) and mentions (article_id, start, end, entity_type).
    Out: article_id, mention_start (the name's place), role (without its article), start, end (in articles.text),
         age (years; null where the text gives none beside the name).
    """
    persons = (
        mentions.filter(pl.col("entity_type") == "PER").select("article_id", "start", "end").sort("article_id", "start")
    )
    near = persons.join(paragraphs.select("article_id", "start", "end", "text"), on="article_id", suffix="_paragraph")
    near = near.filter(pl.col("start").is_between("start_paragraph", "end_paragraph"))
    grouped = near.group_by("article_id", "start_paragraph", maintain_order=True).agg("start", "end", pl.first("text"))
    rows = []
    # One call a paragraph with persons: 20 microseconds a person on the bench.
    for article_id, base, starts, ends, text in grouped.iter_rows():
        places = [(start - base, end - base) for start, end in zip(starts, ends, strict=True)]
        for role in read_roles(text, places):
            span = (base + role.start, base + role.end)
            rows.append((article_id, starts[role.mention], text[role.start : role.end], *span, role.age))
    schema = {
        "article_id": pl.String,
        "mention_start": pl.Int64,
        "role": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "age": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row").unique(
        ["article_id", "mention_start", "start"], maintain_order=True
    )
