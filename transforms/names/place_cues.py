"""Types that the words around a name give it: maire de X is a town, deux X a product, « X » a title."""

from functools import cache

import polars as pl

from transforms.names.gazetteer import findable_forms, listed_names
from transforms.names.patterns import BEFORE
from transforms.names.spans import first_names
from transforms.names.words import CAPITALISED, either

SEATS = (
    "maire", "maires", "mairesse", "bourgmestre", "préfet", "préfète", "sous-préfet", "sous-préfète", "évêque", "curé",
    "environs", "alentours", "abords", "habitants", "habitant", "habitante", "riverains", "ville", "village", "commune",
    "communes", "villes", "villages", "rues", "faubourgs", "près", "tribunal", "parquet", "aéroport", "gare", "port",
    "prison", "périphérie", "banlieue", "hauteur", "proximité", "handballeurs", "handballeuses", "footballeurs",
    "footballeuses", "basketteurs", "basketteuses", "rugbymen", "volleyeurs", "volleyeuses", "hockeyeurs", "pompiers",
    "gendarmes", "lycée", "collège", "hôpital", "école", "usine", "marché", "plage", "plages", "vignoble", "canton",
    "territoire", "secteur", "hameau", "bourg", "quartier", "quartiers",
)  # fmt: skip
"""Nouns whose complement is a place."""

DIRECTIONS = r"(?:nord|sud|est|ouest|large|centre|cœur|pied)"
AT = r"(?:[Àà]|jusqu’à|[Nn]é à|[Nn]ée à|[Vv]ers|[Ee]ntre)"
GO = r"(?:quitter?|quittent|quittait|rejoindre|rejoint|traverser?|gagner?|regagner?|dessert|desservir|relier?|relient)"
PLACED = rf"(?:{either(list(SEATS))}|{DIRECTIONS}) (?:de |d’|du )$"
NUMERAL = r"(?:[Dd]eux|[Tt]rois|[Qq]uatre|[Cc]inq|[Ss]ix|[Ss]ept|[Hh]uit|[Nn]euf|[Dd]ix|[Dd]ouze|[Vv]ingt|\d+) $"
TOWARDS = r"(?:[Àà]|[Dd]e|[Dd]ans|[Vv]ers|[Dd]epuis|[Pp]our|[Ee]ntre)"
LEADER = (
    r"(?:[Pp]résidente?|[Dd]irect(?:eur|rice))(?: technique| général| générale| commercial| commerciale| financier)?"
)
"""Who leads a body: behind de or d’ no person stands."""

SPOKEN_FOR = (
    r"(?:présidente?|directeur|directrice|coordinateur|coordinatrice|coordonnateur|coordonnatrice|maire|ministre|"
    r"députée?|sénateur|sénatrice|médecin|professeure?|procureure?|avocate?|chercheuse|chercheur|porte-parole|secrétaire|"
    r"habitante?|chef|cheffe|déléguée?|agriculteur|agricultrice|infirmière?|infirmier|enseignante?|ingénieure?|économiste|"
    r"politologue|sociologue|historienne?|historien|capitaine|entraîneure?|entraîneur|père|mère|fils|fille|responsable)"
)
"""Roles that only persons have: a name of two words before one is a person's."""

ROLE_NEXT = rf"^, (?:le |la |l’|une? )?{SPOKEN_FOR}(?:[ ,]|$)"
INNER_TIE = r"-(?:sur|sous|lès|lez|près|en|aux?|la|le|les|de|du|d’\p{Lu}\p{L}+)(?:-|$)"
WIDTH = 24  # characters before a name that the cues need
AHEAD = 26  # characters behind it


def retype_by_context(paragraphs: pl.DataFrame, finds: pl.DataFrame) -> pl.DataFrame:
    """Correct the engine's type of names of one word where the words before leave only one.

    In:  finds with article_id, paragraph_index, start, end, text, entity_type, type_rule.
    Out: the same rows; changed ones have the rule `place`, `person`, `product` or `title`.
    """
    places = paragraphs.select("article_id", "paragraph_index", offset="start", paragraph="text")
    relative = pl.col("start") - pl.col("offset")
    width = pl.min_horizontal(relative, WIDTH)
    persons = finds.join(person_words(finds), on=["article_id", "text"], how="left", maintain_order="left")
    seen = persons.join(places, on=["article_id", "paragraph_index"], how="left", maintain_order="left").with_columns(
        pl.col("is_person").fill_null(False),
        before=pl.col("paragraph").str.slice(relative - width, width),
        after=pl.col("paragraph").str.slice(pl.col("end") - pl.col("offset"), AHEAD),
    )
    text, before, after = pl.col("text"), pl.col("before"), pl.col("after")
    guessed = pl.col("type_rule") == "engine"
    one_word = text.str.contains(rf"^{CAPITALISED}$") & text.str.contains(r"\p{Ll}")
    known = text.is_in(first_names().implode()) | pl.col("is_person")
    stranger = one_word & ~known
    is_placed = before.str.contains(BEFORE + PLACED) | before.str.contains(rf"{BEFORE}{GO} $")
    is_at = before.str.contains(rf"{BEFORE}{AT} $") & after.str.contains(r"^(?:[,.;:)»]|$)")
    is_in = before.str.contains(rf"{BEFORE}[Dd]ans (?:l’|la |le |les )$") & pl.col("entity_type").is_in(["PER", "MISC"])
    is_compound = text.str.contains(INNER_TIE) & (pl.col("entity_type") == "PER")
    is_saint = text.str.contains(r"^Sainte?-\p{Lu}") & ~known & before.str.contains(rf"{BEFORE}{TOWARDS} $")
    is_place = guessed & (pl.col("entity_type") != "LOC")
    is_place = is_place & ((stranger & (is_placed | is_at | is_in)) | is_compound | is_saint)
    is_town = (pl.col("type_rule") != "civility") & text.is_in(towns().implode()) & pl.col("is_person")
    is_town = (
        is_town & before.str.contains(rf"{BEFORE}{AT} $") & after.str.contains(r"^(?:[,.;:)»]| (?:ou|et|puis) |$)")
    )
    is_led = (
        guessed & (pl.col("entity_type") == "PER") & stranger & before.str.contains(rf"{BEFORE}{LEADER} (?:de |d’)$")
    )
    counted = guessed & pl.col("entity_type").is_in(["PER", "LOC"]) & stranger & before.str.contains(BEFORE + NUMERAL)
    quoted = before.str.contains(r"(?:« ?|“)$") & after.str.contains(r"^(?: ?»|”)")
    titled = text.str.contains(" ") | before.str.contains(rf"{BEFORE}(?:[Ll]e|[Dd]u|[Aa]u) (?:« ?|“)$")
    unlisted = ~text.is_in(findable_forms()["form"].implode()) & pl.col("type_rule").is_in(["engine", "feature"])
    is_title = unlisted & quoted & titled & pl.col("entity_type").is_in(["PER", "LOC"])
    full = text.str.contains(rf"^{CAPITALISED}(?: {CAPITALISED})+$") & text.str.contains(r"^\p{Lu}\p{Ll}.*\p{Ll}")
    is_person = guessed & full & (pl.col("entity_type") != "PER") & after.str.contains(ROLE_NEXT)
    kind = (
        pl.when(is_person)
        .then(pl.lit("PER"))
        .when(is_title | counted)
        .then(pl.lit("MISC"))
        .when(is_place | is_town)
        .then(pl.lit("LOC"))
        .when(is_led)
        .then(pl.lit("ORG"))
        .otherwise("entity_type")
    )
    rule = (
        pl.when(is_person).then(pl.lit("person"))
        .when(is_title).then(pl.lit("title"))
        .when(counted).then(pl.lit("product"))
        .when(is_town).then(pl.lit("town"))
        .when(is_place).then(pl.lit("place"))
        .when(is_led).then(pl.lit("announced"))
        .otherwise("type_rule")
    )  # fmt: skip
    return seen.with_columns(entity_type=kind, type_rule=rule).select(finds.columns)


@cache
def towns() -> pl.Series:
    """The listed towns of one word."""
    forms = listed_names().filter(pl.col("kind") == "town", ~pl.col("form").str.contains(" "))["form"]
    return forms.unique().sort()


def person_words(finds: pl.DataFrame) -> pl.DataFrame:
    """List the words of the full names of each article's persons: who has one there is hardly a place.

    Out: article_id, text, is_person.
    """
    full = finds.filter(pl.col("entity_type") == "PER", pl.col("text").str.contains(" "))
    words = full.select("article_id", text=pl.col("text").str.split(" ")).explode("text")
    return words.unique().with_columns(is_person=pl.lit(True))
