"""Names that French print announces: by a civility, a head noun, a role or quotation marks.

Every pattern has three groups: what stands before, the name, what stands after. None uses `\\b`: a Unicode word
boundary costs Rust's engine its fast automaton (measured: 0.17 s instead of 0.01 s a pattern on 2 MB).
"""

from functools import cache
from typing import NamedTuple

import polars as pl

import schemas.lexicon
from transforms.names import CAPITALISED, OF, PARTICLE, demonyms, either, locate, role_nouns

BEFORE = r"(?:^|[^\p{L}\p{N}-])"
AFTER = r"(?:[^\p{L}\p{N}-]|-[^\p{L}]|$)"
OPEN, CLOSE = r"(?:« ?|“|\")", r"(?: ?»|”|\")"
TITLE = r"\p{Lu}[^«»“”\"]{1,60}?[\p{L}\p{N}!?)]"
PERSON = rf"(?:(?:de |d’|du |la |le |van |von |el |al-)?{CAPITALISED}(?: (?:{PARTICLE} ?)*{CAPITALISED}){{0,3}})"
NOBILIARY = r"(?:de la |de |d’|du |van der |van den |van |von der |von |ben |bin |da |dos |di |della |del )"
FULL_NAME = rf"\p{{Lu}}[\p{{Ll}}’][\p{{L}}’-]*(?:(?: \p{{Lu}}\.)? {NOBILIARY}?{CAPITALISED}){{1,3}}"
PLACE_NAME = (
    r"(?:(?:La |Le |Les |L’|San |Santa |São |Los |Las |New |Port |Fort |Saint |El |Al |Tel |Rio |Abou |Addis |Novi |Villa )?"
    rf"{CAPITALISED}(?:(?: en | sur | sous | lès | les | la | le | de la | de | du | des | et | d’| de l’){CAPITALISED}){{0,2}})"
)
BARE = rf"(?:(?:La |Le |Les |L’)?{CAPITALISED}(?:[ –-]{CAPITALISED}){{0,3}}(?: \d{{1,3}})?)"
JOINED = rf"(?: (?:en |sur |sous |lès |les |la |le |de |du |des |de la |et |d’|de l’)?{CAPITALISED}|[–-]{CAPITALISED})"
PROPER = rf"(?:(?:La |Le |Les |L’)?{CAPITALISED}{JOINED}{{0,3}}(?: \d{{1,3}})?)"
ROUTE = (
    r"(?:(?:[Aa]utoroute|[Rr]oute nationale|[Rr]oute départementale|[Nn]ationale|[Dd]épartementale) [ANRD]{0,2} ?\d{1,4}"
    r"|[AN]\d{1,3}|R[ND] ?\d{1,4})"
)
NOT_BEFORE_PERSONS = ("M", "Miss", "Dame", "Don", "don", "Dom", "dom", "feu", "feue", "lady", "Lady", "sir", "Pre")
"""Civilities that are also other words: the engine decides there."""

MINISTERS = r"(?:[Mm]inistres?|[Ss]ecrétaires?|[Ss]ous-secrétaires?|[Cc]ommissaires?|[Cc]hargée?s?|[Pp]orte-parole|[Dd]éléguée?s?)"
QUOTING = (
    r"(?:[Aa]vec|[Dd]ans|[Pp]our|[Dd]e|[Dd]u|[Ii]ntitulée?s?|[Bb]aptisée?s?|titrée?s?|nommée?s?|appelée?s?|dite?s?|où|et|par"
    r"|que|voir|revoir|[Aa]près|[Ss]elon|jouer|chanter|signer?|présenter?|publier?|tourner?)"
)


class Pattern(NamedTuple):
    """One way to announce a name; entity_type is null where the words only look like a name."""

    rule: str
    entity_type: str | None
    regex: str


@cache
def heads(complement: str, entity_type: str | None = None) -> str:
    """A pattern for the head nouns that take this complement, capitalised or not."""
    nouns = schemas.lexicon.read("head_nouns").filter(pl.col("complement") == complement)
    if entity_type:
        nouns = nouns.filter(pl.col("entity_type") == entity_type)
    listed = nouns["noun"].to_list()
    return either([*listed, *(n[:1].upper() + n[1:] for n in listed)])


@cache
def portfolios() -> str:
    """A pattern for what a minister may be in charge of, joined by `et` and commas."""
    words = schemas.lexicon.read("head_nouns").filter(pl.col("entity_type") == "portfolio")["noun"].to_list()
    one = rf"(?i:{either(words)})"
    tie = rf"(?:{OF}|à la |à l’|à |aux |au )"
    return rf"{tie}{one}(?:(?:, | et |, et ){tie}?{one})*"


def organisations() -> list[Pattern]:
    """Ministries, institutions and offices."""
    people, adjective, noun = demonyms(), heads("adjective"), heads("institution_noun")
    ministry = (
        rf"(?:[Mm]inistère|[Ss]ecrétariat d’[ÉE]tat)(?: {people})?(?: chargé| délégué)? {portfolios()}(?: {people})?"
    )
    link = rf"(?:{OF}|pour (?:la |le |les |l’)?|contre (?:la |le |les |l’)?|à la |aux |sur (?:le |la |les |l’)?)"
    qualified = rf"(?: {adjective}| {people})*"
    subject = rf"(?:{link}{noun}|(?:de |d’)\p{{Ll}}[\p{{L}}-]{{2,}}s|(?:de la |de l’|du |des |d’)\p{{Ll}}[\p{{L}}-]{{3,}}|{OF}{BARE})"
    complement = rf" {subject}{qualified}(?: et (?:{link}|d’|l’)?{noun}{qualified})?"
    named = rf"{heads('institution')}{qualified}(?:{complement})+"
    party = rf"{heads('party')}(?:(?: {adjective}| {people})+(?: (?:{link}{noun}|(?:de la |de l’|du |des )\p{{Ll}}[\p{{L}}-]{{3,}}){qualified})*|(?: (?:pour )?(?:la |le |les |l’|de la |des |du )(?:{noun}|{BARE}){qualified})+)"
    return [
        Pattern("ministry", "ORG", rf"({BEFORE})({ministry})({AFTER})"),
        Pattern("institution", "ORG", rf"({BEFORE})({named})({AFTER})"),
        Pattern("institution", "ORG", rf"({BEFORE})({party})({AFTER})"),
        Pattern("qualified", "ORG", rf"({BEFORE})({heads('chamber')} {people})({AFTER})"),
        Pattern(
            "qualified",
            "ORG",
            rf"({BEFORE})({heads('institution')}(?: {adjective})* {people}(?: {adjective})*)({AFTER})",
        ),
        Pattern("office", "ORG", rf"({BEFORE})({heads('of_name', 'ORG')} {OF}{PROPER})({AFTER})"),
        Pattern("office", "ORG", rf"({BEFORE})({heads('bare_name', 'ORG')} {BARE})({AFTER})"),
        Pattern("announced", "ORG", rf"({BEFORE}{heads('announced', 'ORG')}(?: {people})? )({PROPER})({AFTER})"),
        Pattern("club", "ORG", rf"({BEFORE})({heads('club')} (?:{people}|{OF}?{BARE}))({AFTER})"),
        Pattern("bracketed", "ORG", r"(\()(\p{Lu}[\p{Lu}\p{N}-]{1,8})(\))"),
        Pattern("letter", "ORG", rf"({BEFORE}(?:[Ss]ur|réseau(?: social)?|plateforme|compte) )(X)((?:[ ,.;:!?)]|$))"),
    ]


def places_and_events() -> list[Pattern]:
    """Natural features, roads, stations, venues; festivals, prizes, storms, treaties; works and initiatives."""
    people = demonyms()
    epithet = rf"(?: {heads('adjective')}| {people}| (?:du |des |de la |de l’|de |d’)\p{{Ll}}[\p{{L}}-]{{3,}}){{0,3}}"
    initiative = rf"{heads('initiative')}(?: (?:{OF}|pour |contre )?\p{{L}}[\p{{L}}’-]*){{1,5}}"
    return [
        Pattern("feature", "LOC", rf"({BEFORE})({heads('name', 'LOC')}(?: {OF}| ){PROPER})({AFTER})"),
        Pattern(
            "feature",
            "LOC",
            rf"({BEFORE})({CAPITALISED}(?:[ -]{CAPITALISED}){{0,3}}[ -](?:Arena|Aréna|Stadium))({AFTER})",
        ),
        Pattern("route", "LOC", rf"({BEFORE})({ROUTE})({AFTER})"),
        Pattern(
            "announced", "LOC", rf"({BEFORE}{heads('announced', 'LOC')}(?: {people})?(?: {OF}| ))({BARE})({AFTER})"
        ),
        Pattern("event", "MISC", rf"({BEFORE})({heads('event')}{epithet} (?:{OF})?{BARE})({AFTER})"),
        Pattern("named event", "MISC", rf"({BEFORE})({heads('named_event')} {BARE})({AFTER})"),
        Pattern("treaty", "MISC", rf"({BEFORE})({heads('treaty')} {OF}{BARE})({AFTER})"),
        Pattern(
            "announced",
            "MISC",
            rf"({BEFORE}{heads('announced', 'MISC')}(?: {people}| {heads('adjective')}){{0,2}} )({BARE})({AFTER})",
        ),
        Pattern("guillemets", "MISC", rf"({BEFORE}{QUOTING} {OPEN})({TITLE})({CLOSE})"),
        Pattern(
            "guillemets",
            "MISC",
            rf"({BEFORE}{heads('announced', 'MISC')}(?: {people}| {heads('adjective')})?,? {OPEN})({TITLE})({CLOSE})",
        ),
        Pattern(
            "guillemets",
            "ORG",
            rf"({BEFORE}{heads('announced', 'ORG')}(?: {people}| {heads('adjective')})?,? {OPEN})({TITLE})({CLOSE})",
        ),
        Pattern("guillemets", "MISC", rf"({OPEN})({initiative})({CLOSE})"),
    ]


def persons() -> list[Pattern]:
    """Persons after a civility or a role."""
    people = demonyms()
    civilities = schemas.lexicon.read("civilities")["form"].to_list()
    civility = either([f for f in civilities if f not in NOT_BEFORE_PERSONS])
    topic = rf"(?: (?:{portfolios()}|(?:à la |à l’|aux |au |{OF})[\p{{L}}’-]+(?: \p{{Ll}}[\p{{L}}’-]+)?))"
    role = rf"(?:{role_nouns()})(?: {people}| adjointe?| régionale?| générale?| nationale?| déléguée?)?{topic}{{0,2}}"
    inhabitant = either([f[:1].upper() + f[1:] for f in schemas.lexicon.read("demonyms")["form"].to_list()])
    return [
        Pattern("civility", "PER", rf"({BEFORE}{civility} )({PERSON})({AFTER})"),
        Pattern("civility", "PER", rf"({BEFORE}(?:MM\.|Mmes) {PERSON}(?: et| puis|,) )({PERSON})({AFTER})"),
        Pattern("role", "PER", rf"({BEFORE}{role},? (?:{civility} )?)({FULL_NAME})({AFTER})"),
        Pattern("role", "PER", rf"({BEFORE}(?:[Ll]e |[Ll]a |[Ll]’){inhabitant} )({FULL_NAME})({AFTER})"),
    ]


def no_names() -> list[Pattern]:
    """Capitalised words that name nothing: ministre de la Défense, président de la République, Premier ministre."""
    return [
        Pattern("portfolio", None, rf"({BEFORE}{MINISTERS}(?: {demonyms()}| déléguée?s?| chargée?s?| d’[ÉE]tat| {heads('adjective')})? )({portfolios()})({AFTER})"),
        Pattern("portfolio", None, rf"({BEFORE})((?:[Pp]remi(?:er|ère) [Mm]inistre|[Gg]arde des Sceaux|[ÉE]tats? membres?))({AFTER})"),
    ]  # fmt: skip


@cache
def patterns() -> list[Pattern]:
    """All patterns."""
    return [*organisations(), *places_and_events(), *persons(), *no_names()]


def find_quoted_titles(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find whatever stands between quotation marks and could be a title. Out: as `locate`."""
    return locate(paragraphs, rf"({OPEN})({TITLE})({CLOSE})")


def find_announced(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find the names that the patterns announce.

    Out: article_id, paragraph_index, start, end, text, entity_type (null: no name), type_rule. Rows may overlap.
    """
    return pl.concat(
        locate(paragraphs, p.regex).with_columns(entity_type=pl.lit(p.entity_type, pl.String), type_rule=pl.lit(p.rule))
        for p in patterns()
    )
