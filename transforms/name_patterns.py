"""Names that French print announces: by a civility, a head noun, a role or quotation marks."""

from functools import cache

import polars as pl

import schemas.lexicon
from transforms.names import CAPITALISED, OF, PARTICLE, demonyms, either, locate, role_nouns

BEFORE = r"(?:^|[^\p{L}\p{N}’-]|\b[dDlL]’|\b[Qq]u’)"
PERSON = rf"(?:(?:de |d’|du |la |le |van |von |el |al-)?{CAPITALISED}(?: (?:{PARTICLE} ?)*{CAPITALISED}){{0,3}})"
PROPER = rf"(?:(?:La |Le |Les |L’)?{CAPITALISED}(?:(?: (?:en |sur |sous |lès |les |la |le |de |du |des |de la |et |d’|de l’)?|[-–]){CAPITALISED}){{0,3}}(?: \d{{1,3}}\b)?)"
PROPER_STRICT = rf"(?:(?:La |Le |Les |L’)?{CAPITALISED}(?:[ -]{CAPITALISED}){{0,3}})"
ROUTE = r"(?:(?:autoroute|nationale|départementale|RN|RD|route nationale|route départementale) ?[AaNnDd]? ?\d{1,4}|\b[AN]\d{1,3}\b|\bRN ?\d{1,4}\b)"
NO_PERSON = ("Miss", "Dame", "Don", "don", "Dom", "dom", "feu", "feue", "lady", "Lady", "sir", "Pre", "maître", "abbé")


@cache
def heads(complement: str, entity_type: str | None = None) -> str:
    """A pattern for the head nouns that take this complement."""
    nouns = schemas.lexicon.read("head_nouns").filter(pl.col("complement") == complement)
    if entity_type:
        nouns = nouns.filter(pl.col("entity_type") == entity_type)
    return either(nouns["noun"].to_list())


@cache
def patterns() -> list[tuple[str, str, str]]:
    """(rule, entity_type, pattern of three groups) of each way to announce a name, the surest first."""
    portfolios = schemas.lexicon.read("head_nouns").filter(pl.col("entity_type") == "portfolio")["noun"].to_list()
    portfolio = either([*portfolios, *(p[:1].lower() + p[1:] for p in portfolios)])
    people = demonyms()
    ministry = (
        rf"(?:[Mm]inistère|[Ss]ecrétariat d’[ÉE]tat)(?: {people})?(?: chargé| délégué)? ?(?:à la |à l’|{OF}){portfolio}"
        rf"(?:,? (?:et )?(?:{OF}|à la |à l’)?{portfolio})*(?: {people})?"
    )
    adjective, noun = heads("adjective"), heads("institution_noun")
    link = rf"(?:{OF}|pour (?:la |le |les |l’)?|contre (?:la |le |les |l’)?|à la |aux |sur (?:le |la |les |l’)?)"
    step = rf"(?:(?:,|, et| et)? {link}(?:{noun}|{PROPER_STRICT})|(?: et| et {OF})? ?(?:{adjective}|{noun})\b)"
    institution = rf"{heads('institution')}(?: {adjective}\b)*(?: {link}(?:{noun}\b|{PROPER_STRICT})(?: {adjective}\b)*(?: et (?:{link}|d’)?(?:{noun})\b)?)+"
    civil = either([f for f in schemas.lexicon.read("civilities")["form"].to_list() if f not in ("M", *NO_PERSON)])
    demonym_role = rf"(?:{role_nouns()})(?: (?:{people}|adjointe?|régionale?|générale?|nationale?|déléguée?))*"
    topic = rf"(?: (?:à la |à l’|aux |{OF})[\p{{L}}’-]+(?: [\p{{Ll}}][\p{{L}}’-]+)?)"
    full_name = rf"{CAPITALISED}(?: (?:{PARTICLE} ?)*{CAPITALISED}){{1,3}}"
    quoted_title = r"\p{Lu}[^«»“”\"]{1,60}?[\p{L}\p{N}!?)]"
    quoting = r"(?:avec|dans|pour|de|du|intitulée?|baptisée?|titrée?|nommée?|film|roman|livre|album|chanson|série|pièce|émission|spectacle|exposition|comédie|documentaire|où|et|par|opération|programme|projet|plan|dispositif|collectif|association|mouvement)"
    return [
        ("ministry", "ORG", rf"({BEFORE})({ministry})()"),
        ("institution", "ORG", rf"({BEFORE})({institution}|{heads('institution')}(?: {adjective}\b)+)()"),
        ("office", "ORG", rf"({BEFORE})({heads('of_name', 'ORG')}(?: {OF}| ){PROPER})()"),
        ("office", "ORG", rf"({BEFORE})({heads('bare_name', 'ORG')} {PROPER_STRICT})()"),
        (
            "event",
            "MISC",
            rf"({BEFORE})({heads('event', 'MISC')}(?: (?:du |des |de la |de |d’|de l’)?[\p{{Ll}}]+){{0,3}} (?:de la |de l’|du |des |de |d’)?{PROPER_STRICT})()",
        ),
        ("feature", "LOC", rf"({BEFORE})({heads('name', 'LOC')}(?: {OF}| ){PROPER})()"),
        ("route", "LOC", rf"({BEFORE})({ROUTE})()"),
        ("civility", "PER", rf"({BEFORE}{civil} )({PERSON})()"),
        ("civility", "PER", rf"({BEFORE}(?:MM\.|Mmes) {PERSON}(?: et| puis|,) )({PERSON})()"),
        ("role", "PER", rf"({BEFORE}{demonym_role}{topic}{{0,2}},? )({full_name})()"),
        ("guillemets", "MISC", rf"(\b{quoting} (?:« ?|“|\"))({quoted_title})( ?»|”|\")"),
    ]


def find_announced(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find the names that the patterns announce.

    Out: article_id, paragraph_index, start, end, text, entity_type, type_rule. Rows may overlap.
    """
    return pl.concat(
        locate(paragraphs, pattern).with_columns(entity_type=pl.lit(label), type_rule=pl.lit(rule))
        for rule, label, pattern in patterns()
    )
