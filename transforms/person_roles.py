"""The roles that a text gives to persons: président ukrainien, maire de Vauxelles, astrophysicienne."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon
from transforms.grammar import read_class
from transforms.names.gazetteer import listed_by_key
from transforms.names.words import either, fold
from transforms.speech.verbs import read_speech_forms

LEFT_REACH = 140  # characters; the longest role before a name in the seed articles has 60
RIGHT_REACH = 200  # characters; a role after a name may hold an organisation's whole name
WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
# Adjectives of state that belong to the role: ancien ministre, future directrice.
STATE = (
    "(?:ancien(?:ne)?|ex|future?|nouveau|nouvel|nouvelle|actuel|actuelle|premier|première|jeune|célèbre|haute?|vice|"
    "double|triple)"
)
STATE_BEFORE = re.compile(rf"(?:^|(?<=[\s’(]))(?:{STATE}[ -])+$", re.IGNORECASE)
DETERMINER = r"(?:(?:le|la|les|un|une|son|sa|ses|leur|notre|nos|cet|cette|ce|mon|ma) |l’)"
# French adjectives by their endings, as they follow a role noun: britannique, général, délégué, européenne.
ADJECTIVE_ENDINGS = (
    "ais|aise|ois|oise|ien|ienne|éen|éenne|ain|aine|al|ale|aux|el|elle|if|ive|ique|aire|iste|é|ée|eur|eure|euse|eux|"
    "able|ible|in|an|on|and|ard|ol|ant|ec|esque|ic|ier|ière|ère|ine"
)
# Verbs with such an ending that take a person as their object: « le ministre croise Luc Foix »; participles that
# introduce a name: « un homme nommé Luc Foix ».
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
    "nommé",
    "nommée",
    "prénommé",
    "prénommée",
    "surnommé",
    "surnommée",
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
SIDE = "(?:gauche|droite)(?!\\w)"  # nouns that stand as adjectives: parti d’extrême droite
COMPLEMENT = (
    rf"{LINK}{NOUN}(?: (?:{ADJECTIVE}|{SIDE}|{CAPITAL}|et (?:de la |de l’|du |des |de |d’|à la |à l’|aux )?{NOUN}))*"
)
TAIL = re.compile(rf"(?: {ADJECTIVE})*(?: {CAPITAL}){{0,3}}(?: {COMPLEMENT})*(?: {ADJECTIVE})*")
# The phrase of a bare noun, for speakers: la mère de la victime, une source policière; no complement of place.
OF = r"(?:de la |de l’|de |du |des |d’)"
PHRASE = re.compile(rf"(?: {ADJECTIVE})*(?: {CAPITAL})*(?: {OF}{NOUN}(?: (?:{ADJECTIVE}|{CAPITAL}))*)*")
AGE_BEFORE = re.compile(r"(?:^|\W)[ÂâAa]gée? de (\d{1,3}) ans,? (?:(?:le|la|son|sa|cet|cette|ce) |l’)?$")
AGE_INSIDE = re.compile(r",? (?:âgée? )?de (\d{1,3}) ans$")  # « le retraité de 72 ans, Luc Foix »
AGE_AFTER = re.compile(r"(?:, (?:âgée? de )?(\d{1,3}) ans| \((\d{1,3}) ans\))")
STANDING = "qui est|alors|aujourd’hui|également|aussi|désormais|par ailleurs|lui-même|elle-même"
APPOSITION = re.compile(rf"(?: \(|, )(?:(?:{STANDING}) )?(?:{DETERMINER})?")
# « a nommé Luc Foix préfet »
NAMING = re.compile(r"\b(?:nomm|désign|élu|élis|proclam|sacr)\w* (?:(?:M\.|Mme) )?$")
COPULA = re.compile(rf" (?:est|était|devient|deviendra|fut|reste|a été (?:nommée?|élue?)) (?:{DETERMINER})?")
# Words that end a role after a name: relatives, verbs of the main clause, adverbs of time.
ROLE_ENDERS = (
    "qui|dont|que|où|dans(?! (?:(?:le|la|les) |l’)[A-ZÀ-Þ])|a|ont|avait|avaient|est|sont|était|sera|va|lors|après|"
    "avant|depuis|mais|ainsi|avec|alors|pendant|selon|parce|car|comme|afin|pas|ne|se|y|il|elle|ce|cet|cette|hier|aujourd’hui|"
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


BRACKETED = re.compile(r"\((\w+)\)(?= \w)")  # a party inside a role: maire (PS) de Lure


STATE_NOUN = r"^[ÉE]tat(?: |$)"  # no body that a role is in: secrétaire d’État grec
BODIES = ("ORG", "LOC")  # what a role may be in; prix Nobel de chimie is a role itself
ROLES = pl.Schema(
    {
        "article_id": pl.String,
        "mention_start": pl.Int64,
        "role": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "age": pl.Int64,
        "head_end": pl.Int64,  # where the role noun ends: secrétaire d’État is one
    }
)


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
        former = len("ex-") if word.group().lower().startswith("ex-") else 0
        place = word.start() + former
        noun = match_noun(left, place, word.group()[former:])
        if noun is None or (word.group() in read_speech_forms() and not DETERMINED.search(left, 0, word.start())):
            continue  # a verb: « le maire critique Luc Foix »
        if TAIL.fullmatch(left, noun[0]) is None:
            break
        if found is not None and not has_comma and noun[0] + 1 < found[0]:
            break  # le fils du président X: président; but le directeur général X: both
        found = (place, left[place : noun[0]], noun[1])
    if found is None:
        return None
    state = STATE_BEFORE.search(left, 0, found[0])
    start = state.start() if state else found[0]
    before = left[:start].rstrip()
    if has_comma and (not before or before[-1] in ",("):
        return None  # « Jean Foix, maire de Lure, Anne Roy »: the role of the name before it
    return base + start, base + len(left), found[1], found[2]


def find_role_after(text: str, name_start: int, name_end: int, ceiling: int) -> tuple[int, int, str, str] | None:
    """The role after a name: « Nadia Belkacem, 54 ans, astrophysicienne à l’observatoire ».

    In:  the text, the name's start and end, and the place where the next name or the paragraph ends the reach.
    Out: start, end, noun and gender of the role, or None.
    """
    age = AGE_AFTER.match(text, name_end)
    link = APPOSITION.match(text, age.end() if age else name_end) or (COPULA.match(text, name_end) if not age else None)
    is_named = link is None and NAMING.search(text, max(name_start - LEFT_REACH, 0), name_start) is not None
    if link is None and not is_named:
        return None
    place = link.end() if link else name_end + len(" ")
    state = re.compile(rf"(?:{STATE}[ -])+").match(text, place)
    word = WORD.match(text, state.end() if state else place)
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


def read_roles(text: str, persons: list[tuple[int, int]], bodies: Sequence[tuple[int, int]] = ()) -> list[Role]:
    """The roles of the persons of one text.

    In:  the text, the persons' places in it, in order, and those of organisations and places.
    Out: at most one role before and one after each name.
    """
    roles = []
    text = join_names(text, bodies)
    for index, (start, end) in enumerate(persons):
        floor = persons[index - 1][1] if index else 0
        floor = max(floor, text.rfind("\n", 0, start) + 1)
        line_end = text.find("\n", end)
        ceiling = len(text) if line_end < 0 else line_end
        age = read_age(text, end)
        before = find_role_before(text, floor, start)
        after = find_role_after(text, start, end, ceiling)
        if before is not None:
            roles.append(take_age(text, Role(index, *before, age, True)))
        if after is not None:
            roles.append(Role(index, *cut_at_next_name(text, after, persons[index + 1 :]), age, False))
    return roles


def join_names(text: str, names: Sequence[tuple[int, int]]) -> str:
    """The text with each name as one word of its length: Nations unies may have any words inside."""
    for start, end in names:
        if re.search(r"\W", text[start:end]):
            text = text[:start] + "X" * (end - start) + text[end:]
    return BRACKETED.sub(r"X\1x", text) if names else text


def take_age(text: str, role: Role) -> Role:
    """A role before a name with the age that stands in or before it: « âgé de 60 ans, le peintre »."""
    inside = AGE_INSIDE.search(text, role.start, role.end)
    before = AGE_BEFORE.search(text, max(role.start - LEFT_REACH, 0), role.start)
    age = inside or before
    if age is None:
        return role
    return role._replace(age=role.age or int(age[1]), end=inside.start() if inside else role.end)


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

    In:  paragraphs (article_id, paragraph_index, start, end, text) and mentions (article_id, start, end, text,
         entity_type).
    Out: article_id, mention_start (the name's place), role (without its article), start, end (in articles.text),
         age (years; null where the text gives none beside the name), organisation_start (the place of the
         organisation, else of the place, named in the role; null where none is), country_code (ISO 3166-1 alpha-2;
         null where the role names no country).
    """
    places = paragraphs.select("article_id", "start", "end", "text")
    mentions = mentions.filter(~pl.col("text").str.contains(STATE_NOUN))
    near = mentions.select("article_id", "start", "end", "entity_type").sort("article_id", "start")
    near = near.join(places, on="article_id", suffix="_paragraph")
    near = near.filter(pl.col("start").is_between("start_paragraph", "end_paragraph"))
    grouped = near.group_by("article_id", "start_paragraph", maintain_order=True).agg(
        "start", "end", pl.first("text"), "entity_type"
    )
    with_persons = grouped.filter(pl.col("entity_type").list.contains("PER"))
    rows = []
    # One call a paragraph with persons: 20 microseconds a person on the bench.
    for article_id, base, starts, ends, text, types in with_persons.iter_rows():
        spans = [(start - base, end - base, kind) for start, end, kind in zip(starts, ends, types, strict=True)]
        persons = [span[:2] for span in spans if span[2] == "PER"]
        bodies = [span[:2] for span in spans if span[2] in BODIES]
        for role in read_roles(text, persons, bodies):
            name = base + persons[role.mention][0]
            span = (base + role.start, base + role.end)
            head = span[0] + text[role.start : role.end].find(role.noun) + len(role.noun)
            rows.append((article_id, name, text[role.start : role.end], *span, role.age, head))
    found = pl.DataFrame(rows, schema=ROLES, orient="row").unique(
        ["article_id", "mention_start", "start"], maintain_order=True
    )
    return found.pipe(add_organisations, mentions).pipe(add_countries, mentions).drop("head_end")


def add_organisations(roles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Say what a role is in: the first organisation named in it, else the first place. Out: plus organisation_start."""
    first = (
        names_inside(roles, mentions)
        .sort("article_id", "start", pl.col("entity_type") == "LOC", "organisation_start")
        .unique(["article_id", "start"], keep="first", maintain_order=True)
        .select("article_id", "start", "organisation_start")
    )
    return roles.join(first, on=["article_id", "start"], how="left", maintain_order="left")


def names_inside(roles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """The organisations and places named in roles. Out: article_id, start (of the role), organisation_start, text."""
    named = mentions.filter(pl.col("entity_type").is_in(BODIES)).select(
        "article_id", "entity_type", "text", organisation_start="start", organisation_end="end"
    )
    both = roles.select("article_id", "start", "end", "head_end").join(named, on="article_id")
    return both.filter(pl.col("organisation_start") >= pl.col("head_end"), pl.col("organisation_end") <= pl.col("end"))


def add_countries(roles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Say which country a role names: by an adjective (président ukrainien), else by name. Out: plus country_code.

    Of two adjectives or names the first counts; adjectives of two countries (congolais) and halves of a compound
    (franco-malien) count for none.
    """
    pattern, peoples = country_adjectives()
    named = names_inside(roles, mentions).filter(pl.col("entity_type") == "LOC").with_columns(key=fold(pl.col("text")))
    countries = listed_by_key().drop_nulls("country_code").select("key", named_code="country_code").unique("key")
    first = (
        named.join(countries, on="key")
        .sort("article_id", "start", "organisation_start")
        .unique(["article_id", "start"], keep="first", maintain_order=True)
        .select("article_id", "start", "named_code")
    )
    return (
        roles.with_columns(adjective=pl.col("role").str.extract(pattern))
        .join(peoples, on="adjective", how="left", maintain_order="left")
        .join(first, on=["article_id", "start"], how="left", maintain_order="left")
        .with_columns(country_code=pl.coalesce("people_code", "named_code"))
        .drop("adjective", "people_code", "named_code")
    )


@cache
def country_adjectives() -> tuple[str, pl.DataFrame]:
    """A pattern for the adjectives of one country each, and their codes: adjective, people_code."""
    single = pl.col("country_code").n_unique().over("form") == 1
    forms = lexicon.read("demonyms").drop_nulls("country_code").filter(single).unique("form")
    pattern = rf"(?:^|[ ’])({either(forms['form'].to_list())})(?:$|[ ,)])"
    return pattern, forms.select(adjective="form", people_code="country_code")
