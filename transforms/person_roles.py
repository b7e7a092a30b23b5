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
STATE_BEFORE = re.compile(rf"(?:^|(?<=[\s’(]))(?:(?<=\b[Ll][ea] )plus )?(?:{STATE}[ -])+$", re.IGNORECASE)
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


# A participle with a complement of cause, aim, place or date is a clause of its own: « un homme arrêté pour vol ».
CLAUSE = r"(?:pour|par|après|depuis|lors|en (?:\d{4}|\w+ (?:dernier|\d{4}))|le \d)(?!\w)"
TITLE_PARTICIPLE = "délégué|député|chargé|employé|salarié|retraité|envoyé|attaché"
ADJECTIVE = rf"(?!(?!{TITLE_PARTICIPLE})[^\W\d_]+ée?s? {CLAUSE}){build_adjective()}"
DETERMINED = re.compile(r"(?:\b(?:le|la|les|un|une|du|au|son|sa|ce|cette) |[ld]’)$", re.IGNORECASE)
DETERMINED_REACH = len("cette ")  # a search for what stands at the end reads all that is before it
NOUN = r"(?:(?!(?:avoir|être)\b)[^\W_](?:[\w’&\-]|\.(?=\w))*)"
LINK = (
    r"(?:de la |de l’|de |du |des |d’|à la |à l’|à |au |aux |en |pour la |pour l’|pour |contre |sur |chez |"
    r"chargée? (?:de la |de l’|de |du |des ))(?:la |l’|les |le )?"
)
CAPITAL = r"[A-ZÀ-Þ0-9](?:[\w’&\-]|\.(?=\w))*"
ADJECTIVES = re.compile(rf"(?: {ADJECTIVE})* ?")
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
ELECTED = re.compile(r"(?:ré)?(?:élu|nommé|désigné|proclamé|sacré|intronisé)e? ")
APPOSITION = re.compile(rf"(?: \(|, )(?:(?:{STANDING}) )?(?:{DETERMINER})?")
# « a nommé Luc Foix préfet »
NAMING = re.compile(r"\b(?:nomm|désign|élu|élis|proclam|sacr)\w* (?:(?:M\.|Mme) )?$")
COPULA = re.compile(rf" (?:est|était|devient|deviendra|fut|reste|a été (?:nommée?|élue?)) (?:{DETERMINER})?")
# Words that end a role after a name: relatives, verbs of the main clause, adverbs of time.
ROLE_ENDERS = (
    "qui|dont|que|où|dans(?<!spécialisé dans)(?<!spécialisée dans)(?! (?:(?:le|la|les) |l’)[A-ZÀ-Þ])|"
    "a|ont|avait|avaient|ayant|étant|est|sont|était|sera|va|lors|après|"
    "avant|depuis|mais|ainsi|avec|alors|pendant|selon|parce|car|comme|afin|pas|ne|se|y|il|elle|ce|cet|cette|hier|aujourd’hui|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|pour (?:avoir|être)|en \\d{4}|le \\d+"
)
ACRONYM = re.compile(r" \([A-Z][\w-]{1,9}\)$")  # « directeur de la Banque du Nord (BDN), X »
ROLE_END = re.compile(
    rf"[,;:()«»\"“”!?\n–—]|\.(?=\s|$)| (?:{ROLE_ENDERS})(?!\w)| (?:qu|n|s|jusqu)’"
    r"| et (?=(?:le|la|les|un|une|son|sa|lui|elle|M\.|Mme) |l’)"
    rf"| (?!{TITLE_PARTICIPLE})[^\W\d_]+ée?s? (?={CLAUSE}|sous )"
)
# Nouns that are participles too: « Luc Foix, élu en mai », « accusé de vol » tell what happened, not what he is.
PARTICIPLE = re.compile(
    r"(?:(?:élu|envoyé|attaché|employé|délégué|invité|retraité)e? "
    r"(?:pour|par|en|le|la|dans|depuis|après|avec|sur|contre|comme|hier|plus)(?!\w)"
    r"|(?:accusé|condamné|prévenu|détenu|disparu|jugé)e?(?!\w))"
)
# Where it was said, behind a role that has its complement already: le porte-parole du syndicat sur Onde 2.
OUTLET = re.compile(
    rf" {OF}.+?( (?:sur (?:la |les )?(?=[A-ZÀ-Þ])|dans (?=[A-ZÀ-Þ])|au micro d|"
    rf"(?:à|auprès de) l’{either(lexicon.read('agencies')['form'].to_list())}(?!\w)))"
)
LOOSE_END = re.compile(r"(?: (?:de la|du|des|de|à|au|aux|en|la|le|les|un|une|et|ou|sur|pour|par|dans)| [dl]’)+$")
QUOTED = re.compile(r" ?(?:[\"“][^\"“”\n]{1,40}[\"”]|« [^»\n]{1,40} »)")
THE = "(?:(?:le|la|un|une|son|sa|ce|cet|cette|leur) |l’)"
# « Dans ce cadre, », « vous êtes responsable, »: no role of the name that follows.
NO_ROLE_LEFT = re.compile(rf"\b(?:[Dd]ans {THE}|(?:suis|es|est|sommes|êtes|sont|soit|été|comme) )$")
GROUP_BEFORE_NAME = re.compile(r"[ ’](?:couple|famille|clan|affaire|procès|dynastie|fratrie)$")  # l’ami du couple Foix
# « Selon le maire, Luc Foix a tort »: a complement, then the subject with its verb; an apposition closes with a comma.
SINCE = re.compile(r" (?:depuis|jusqu’en|de \d{4} à|pendant|en \d{4})(?: [\w’]+){0,4}$")
# « Maire de Lure depuis 2014, Luc Foix »: how long, between the role and the comma
OPENS = re.compile(r"(?:^|[.!?…»\n] ?)$")
TRADE = re.compile(r"(?!premier|dernier|entier)[a-zà-ÿ]{3,}(?:ier|ière|eur|euse|trice|iste|logue)(?![\w’-])")
# Trades by their suffix, that no list holds whole: vannier, perlière, sabotier
SECOND_ROLE = re.compile(r" et ")
LINKED = re.compile(r" (?:de|du|des|d’|à|au|aux)(?![\w-])|’")
OPENING_COMPLEMENT = re.compile(
    rf"\b(?:avec|selon|pour|chez|devant|après|face à|contre|d’après|sur|par|entre|sans) {THE}$", re.IGNORECASE
)
SUBJECT = re.compile(
    r" (?:(?:se |ne |[sn]’)\w|(?:(?:le|la|les|lui|y|en) |l’)?"
    rf"(?:{either(sorted(read_class('be') | read_class('have')))}|"
    r"\w+era|va|vont|veut|doit|peut|fait|dit|met|prend)(?!\w))"
)


def build_verb() -> str:
    """A pattern for the verb behind a whole phrase: one of speech, or a word, no adjective, with an object."""
    speech = either([word for word, form in read_speech_forms().items() if form.tense == "finite"])
    others = "|".join(sorted(read_class("preposition") | read_class("conjunction") | read_class("adverb")))
    no_verb = rf"(?!(?:{others})\b)(?!(?:{ADJECTIVE}|\w+(?:s|[iu]e?)) )"
    with_object = rf"{no_verb}[a-zà-ÿ]+(?= (?:en garde|{THE}|les |que |qu’))"
    return rf" (?:{speech}|{with_object})(?!\w)"


VERB = re.compile(build_verb())
# No role reaches over one of these, nor over a full stop that is no abbreviation's.
BREAK = re.compile(r"[,;:!?()«»\"“”…]|(?<=\w\w\w)\. ")


CAPITALISED = ("political", "justice", "nobility")  # Président X, Prince X; but Marine and Saint are names


BRACKETED = re.compile(r"\((\w+)\)(?= \w)")  # a party inside a role: maire (PS) de Lure


STATE_NOUN = r"^[ÉE]tat(?: |$)"  # no body that a role is in: secrétaire d’État grec
STRETCH = 500  # characters; few roles are longer than 100
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


def is_of_another(text: str, floor: int, role: tuple[int, int], name_end: int, has_comma: bool) -> bool:
    """Whether the role before a name is not the name's: of the name before it, of a complement, of nobody.

    In:  the text, the end of the name before, the role's place, the name's end, and whether a comma stands between.
    """
    start, end = role
    before = text[floor:start].rstrip()
    opens = text[start].isupper() and OPENS.search(before) is not None
    if opens and PARTICIPLE.match(text[start].lower() + text[start + 1 : end]):
        return True
    if (floor and before in (",", "(")) or (has_comma and not opens and (not before or before[-1] in ",(")):
        return True  # « Jean Foix, maire de Lure, Anne Roy »: the role of the name before it
    is_participle = PARTICIPLE.match(text, start, end) and not DETERMINED.search(text, floor, start)
    if is_participle or NO_ROLE_LEFT.search(text, floor, start):
        return True
    if not has_comma:
        return GROUP_BEFORE_NAME.search(text, start, end) is not None
    return OPENING_COMPLEMENT.search(text, floor, start) is not None and SUBJECT.match(text, name_end) is not None


def find_role_before(text: str, floor: int, name_start: int, name_end: int) -> tuple[int, int, str, str] | None:
    """The role before a name: « le ministre britannique de la Défense, Anne Colbert ».

    In:  the text, the place before which nothing belongs to it, and the name's start and end.
    Out: start, end, noun and gender of the role, or None. Without a comma the nearest noun that reaches the
         name is the role (fils du président Zaleski: président); with one, the farthest (le fils du président, X).
    """
    base = max(floor, name_start - LEFT_REACH)
    left = strip_civilities(text[base:name_start])
    has_comma = left.endswith(",")
    left = ACRONYM.sub("", left.rstrip(", ")) if has_comma else left
    left = SINCE.sub("", left) if has_comma else left
    cut = max((match.end() for match in BREAK.finditer(left)), default=0)
    base, left = base + cut, left[cut:]
    found = None
    for word in reversed(list(WORD.finditer(left))):
        former = len("ex-") if word.group().lower().startswith("ex-") else 0
        place = word.start() + former
        named = word.group()[former:]
        noun = match_noun(left, place, named)
        if noun is None and has_comma and OPENS.search(left, 0, place):
            noun = (
                match_noun(left.replace(named, named.lower(), 1), place, named.lower()) if named[0].isupper() else None
            )
        if noun is None or (word.group() in read_speech_forms() and not DETERMINED.search(left, 0, word.start())):
            continue  # a verb: « le maire critique Luc Foix »
        adjoins = found is not None and (noun[0] >= found[0] or ADJECTIVES.fullmatch(left, noun[0], found[0]))
        if not adjoins and (TAIL.fullmatch(left, noun[0]) is None or (found is not None and not has_comma)):
            break  # le fils du président X: président; but le directeur général adjoint X: both
        found = (place, left[place : noun[0]], noun[1])
    if found is None:
        return None
    state = STATE_BEFORE.search(left, 0, found[0])
    start = state.start() if state else found[0]
    if is_of_another(text, floor, (base + start, base + len(left)), name_end, has_comma):
        return None
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
    elected = ELECTED.match(text, place)
    limit = min(ceiling, name_end + RIGHT_REACH)
    role = (elected and read_role(text, elected.end(), limit)) or read_role(text, place, limit)
    opened = link[0] if link else ""
    is_open = opened.startswith(",") and opened != ", "
    if role and is_open and (SUBJECT.match(text, role[1]) or VERB.match(text, role[1])):
        return None  # « Selon Luc Foix, le maire a menti »: an apposition with an article is closed by a comma
    return role or (read_trade(text, place, limit) if age else None)


def read_trade(text: str, place: int, limit: int) -> tuple[int, int, str, str] | None:
    """The trade behind a name and its age that is known by its suffix alone: « Lise Roux, 44 ans, perlière à Lure »."""
    trade = TRADE.match(text, place)
    if trade is None or trade.group() in read_speech_forms():
        return None
    gender = "f" if trade.group().endswith(("ière", "euse", "trice")) else "m"
    return place, end_role(text, place, trade.end(), limit), trade.group(), gender


def read_role(text: str, place: int, limit: int) -> tuple[int, int, str, str] | None:
    """The role that begins at a place, up to a limit. Out: start, end, noun and gender of the role, or None."""
    state = re.compile(rf"(?:{STATE}[ -])+").match(text, place)
    word = WORD.match(text, state.end() if state else place)
    noun = match_noun(text, word.start(), word.group()) if word else None
    if word is None or noun is None:
        return None
    if PARTICIPLE.match(text, word.start()) and not DETERMINED.search(
        text, max(0, word.start() - DETERMINED_REACH), word.start()
    ):
        return None
    start = state.start() if state else word.start()
    return start, end_role(text, start, noun[0], limit), text[word.start() : noun[0]], noun[1]


def end_role(text: str, start: int, noun_end: int, limit: int) -> int:
    """Where the role after a name ends: before a verb, a relative, an outlet; behind the quoted word it calls for."""
    stop = ROLE_END.search(text, noun_end, limit)
    end = stop.start() if stop else limit
    if (outlet := OUTLET.search(text, noun_end, end)) is not None:
        end = outlet.start(1)
    phrase = TAIL.match(text, noun_end, end)
    if phrase is not None and (verb := VERB.match(text, phrase.end(), limit)) is not None and verb.start() < end:
        end = verb.start()
    loose = LOOSE_END.search(text, noun_end, noun_end + len(text[noun_end:end].rstrip()))
    if loose is None:
        return start + len(text[start:end].rstrip())
    quoted = QUOTED.match(text, end)
    return quoted.end() if quoted and loose else loose.start()


def read_age(text: str, name_end: int, gender: str) -> int | None:
    """The age after a name, in years; null where none is given, or another's: « la fille du roi X, âgée de 8 ans »."""
    age = AGE_AFTER.match(text, name_end)
    if age is None or ("âgée" in age[0] and gender == "m") or ("âgé " in age[0] and gender == "f"):
        return None
    return int(age[1] or age[2])


def read_roles(text: str, persons: list[tuple[int, int]], bodies: Sequence[tuple[int, int]] = ()) -> list[Role]:
    """The roles of the persons of one text.

    In:  the text, the persons' places in it, in order, and those of organisations and places.
    Out: at most one role before and one after each name; « A, le maire B » gives maire to B.
    """
    roles = []
    text = join_names(text, bodies)
    for index, (start, end) in enumerate(persons):
        floor = persons[index - 1][1] if index else 0
        floor = max(floor, text.rfind("\n", floor, start) + 1)
        line_end = text.find("\n", end, end + RIGHT_REACH)
        ceiling = len(text) if line_end < 0 else line_end
        before = find_role_before(text, floor, start, end)
        after = find_role_after(text, start, end, ceiling)
        if before is not None:
            roles.append(take_age(text, Role(index, *before, read_age(text, end, before[3]), True)))
        if after is not None:
            after = cut_at_next_name(text, after, persons[index + 1 : index + 2])
            first, second = split_roles(text, after, ceiling)
            roles.append(take_age(text, Role(index, *first, read_age(text, end, after[3]), False)))
            if second is not None:
                roles.append(Role(index, *second, None, False))
    taken = {role.start for role in roles if role.is_before}
    return [role for role in roles if role.is_before or role.start not in taken]


def join_names(text: str, names: Sequence[tuple[int, int]]) -> str:
    """The text with each name as one word of its length: Nations unies may have any words inside."""
    letters = list(text)  # a text made anew for each name takes time with the square of their number
    for start, end in names:
        if re.search(r"\W", text[start:end]):
            letters[start:end] = "X" * (end - start)
    return BRACKETED.sub(r"X\1x", "".join(letters)) if names else text


def split_roles(
    text: str, role: tuple[int, int, str, str], ceiling: int
) -> tuple[tuple[int, int, str, str], tuple[int, int, str, str] | None]:
    """The two roles that « et » joins, each with its complement: maire de Lure et sénatrice de la Loue.

    The second may stand behind the years of the first: trésorière de la mutuelle depuis 2014 et maire de Lure.
    """
    start, end, noun, gender = role
    stop = re.compile(r"[,;:().«»\n]").search(text, end, ceiling)
    tie = SECOND_ROLE.search(text, start + len(noun), stop.start() if stop else ceiling)
    if tie is None or LINKED.search(text, start + len(noun), tie.start()) is None:
        return role, None
    if tie.start() > end and SINCE.fullmatch(text[end : tie.start()]) is None:
        return role, None
    second = read_role(text, tie.end(), stop.start() if stop else ceiling)
    if second is None or LINKED.search(text, second[0], second[1]) is None:
        return role, None
    return (start, min(end, tie.start()), noun, gender), second


def take_age(text: str, role: Role) -> Role:
    """A role with the age that stands in it, or before it and the name: « âgé de 60 ans, le peintre »."""
    inside = AGE_INSIDE.search(text, role.start, role.end)
    first = max(role.start - LEFT_REACH, 0)
    before = AGE_BEFORE.search(text, first, role.start) if role.is_before else None
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
    near = near.join_asof(
        places.sort("article_id", "start").with_columns(start_paragraph="start"),
        on="start",
        by="article_id",
        suffix="_paragraph",
        check_sortedness=False,
    ).filter(pl.col("start") <= pl.col("end_paragraph"))
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
    """The organisations and places named in roles. Out: article_id, start (of the role), organisation_start, text.

    Only names of the stretches of text that a role touches are held against it, not all of its article.
    """
    named = mentions.filter(pl.col("entity_type").is_in(BODIES)).select(
        "article_id",
        "entity_type",
        "text",
        organisation_start="start",
        organisation_end="end",
        stretch=pl.col("start") // STRETCH,
    )
    touched = pl.int_ranges(pl.col("head_end") // STRETCH, pl.col("end") // STRETCH + 1)
    held = roles.select("article_id", "start", "end", "head_end").unique(maintain_order=True)
    both = held.with_columns(stretch=touched).explode("stretch").join(named, on=["article_id", "stretch"])
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
