"""What sort of figure a number is, where the grammar leaves it open, and which numbers are none.

Facts: schemas/lexicon/number_labels.csv, weekdays.csv.
"""

import re
from collections.abc import Callable

from schemas import lexicon
from transforms.numbers.ages import is_age
from transforms.numbers.context import PRONOUN_WIDTH, SCORE_CUES, Context
from transforms.numbers.counted_nouns import ROLES, find_noun
from transforms.numbers.dates import MONTH, MONTHS, read_month, write_iso
from transforms.numbers.grammar import Reading
from transforms.numbers.numerals import read_number
from transforms.numbers.units import BARE_DIRHAMS, BARE_DOLLARS

PLURAL_FROM = 2


def settle_kind(reading: Reading, context: Context, text: str) -> Reading | None:
    """Settle what the grammar leaves open; null for a number that is no figure.

    In:  the reading, the text around it, and the figure as written.
    """
    settle = SETTLERS.get(reading.kind)
    return reading if settle is None else settle(reading, context, text)


# times and durations

WEEKDAYS = frozenset([*lexicon.read("weekdays")["form"], "matin", "soir", "midi", "nuit", "demain", "hier"])
DAY_PARTS = re.compile(
    r"\s(?:du\s(?:matin|soir)|de\sl[’']après-midi|(?:précises|pile|tapantes|GMT|locales?|heure\slocale|\(heure)\b)"
)
LENGTH_FOLLOWS = re.compile(r"\s(?:de\s(?!la\s|l[’']|[A-ZÀ-Ý])|d[’'](?![A-ZÀ-Ý]))")
"""What lasts: "2h30 de retard", but not "à 7h45 de Genève"."""
SPAN_FOLLOWS = re.compile(
    r"\s(?:de\s(?![A-ZÀ-Ý])|d[’'](?![A-ZÀ-Ý])|plus\stard|plus\stôt|après\b|avant\b|durant\b|en\s)"
)
RATE_FOLLOWS = re.compile(r"\spar\s(?:jour|nuit|semaine|mois|an|trajet|séance)\b")
EACH_FOLLOWS = re.compile(r"\s(?:chaque|tous\sles|toutes\sles)\s")
""""6 h 15 par jour" lasts; "à 6 h 15 chaque jour" does not."""
AFTER_DAY = re.compile(
    rf"(?<![^\W_])(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)(?:\s(?:soir|matin|après-midi))?"
    rf"(?:\s(?:1er|\d{{1,2}})\s(?:{MONTH}))?(?:\s\(|,\s)$",
    re.IGNORECASE,
)
"""A day before an hour that stands alone: "jeudi (18 heures)"."""
TOLD = re.compile(r"\bil\s(?:est|était|n[’']est|n[’']était|sera)\s(?:[^\W\d_]+\s){0,3}(?:de\s)?$", re.IGNORECASE)
""""il est presque 7 heures", "il était à peine plus de 6 heures"."""
SPAN_WORDS = frozenset({"pendant", "durant", "en", "duré", "dure", "durera", "après", "environ", "fallu", "faut",
                        "faudra", "mis", "met", "mettra", "compter", "comptez", "reste", "restait", "attendre",
                        "contre"})  # fmt: skip
CLOCK_WORDS = frozenset(["à", "vers", "dès"])
CLOCK_PHRASES = frozenset({("à", "partir"), ("jusqu’", "à"), ("partir", "de"), ("peu", "avant"), ("peu", "après"),
                           ("coups", "de"), ("coup", "de"), ("alentours", "de"), ("environs", "de")})  # fmt: skip
CLOCK_NOUNS = frozenset(
    [
        "bulletin",
        "journal",
        "train",
        "vol",
        "messe",
        "séance",
        "flash",
        "jt",
        "édition",
        "départ",
        "navette",
        "bateau",
        "ferry",
        "rendez-vous",
    ]
)
LIMIT_WORDS = frozenset(["avant", "après", "depuis", "entre", "et"])
OF = ("de", "d’")
NAMED_HOURS = ("le", "du", "au", "ce")
"""A singular article before hours in the plural names a time: le 20 heures, le train du 7 heures."""
HOURS_OF_DAY, NOON = 24, 12
"""After de, 20h is a time ("le concert de 20h"), 7h may last."""
EARLIEST_DEPARTURE = 5
"""After de, 2h15 is a length ("un film de 2h15") and 7h48 a time ("le train de 7h48")."""


def settle_time(reading: Reading, context: Context, _: str) -> Reading:
    """Tell "à 6 heures" from "pendant 6 heures"; ranges and midi are times."""
    if reading.iso_high or reading.value is None or "named" in reading.marks or DAY_PARTS.match(context.right):
        return reading
    is_time = not LENGTH_FOLLOWS.match(context.right) and (
        is_time_with_minutes(reading, context) if "clock" in reading.marks else is_full_hour(reading, context)
    )
    return reading if is_time else reading._replace(kind="duration", iso=None)


def is_time_with_minutes(reading: Reading, context: Context) -> bool:
    """Whether 2h15 is a time: unless a word of duration stands beside it."""
    last = context.last
    if last in WEEKDAYS or last in CLOCK_WORDS or context.words[-2:] == ["vers", "environ"]:
        return True
    if RATE_FOLLOWS.match(context.right) or EACH_FOLLOWS.match(context.right):
        return False
    is_length = last in OF and int((reading.iso or "0")[:2]) < EARLIEST_DEPARTURE
    return not (is_length or last in SPAN_WORDS or SPAN_FOLLOWS.match(context.right))


def is_full_hour(reading: Reading, context: Context) -> bool:
    """Whether 6 heures is a time: only where a word of time stands before it."""
    words, last = context.words, context.last
    if last in NAMED_HOURS and reading.form == "digits":
        return True
    if SPAN_FOLLOWS.match(context.right) or RATE_FOLLOWS.match(context.right) or reading.value == HOURS_OF_DAY:
        return False
    if last == "environ" and len(words) > 1:
        last = words[-2]
    is_of_event = last in OF and len(words) > 1 and words[-2] in CLOCK_NOUNS
    is_evening = last in OF and reading.unit_form == "h" and (reading.value or 0) >= NOON
    is_limit = last in LIMIT_WORDS and reading.form == "digits"
    if AFTER_DAY.search(context.left) or TOLD.search(context.left):
        return True
    is_clock = last in WEEKDAYS or last in MONTHS or last in CLOCK_WORDS or tuple(words[-2:]) in CLOCK_PHRASES
    return is_clock or is_of_event or is_limit or is_evening


def settle_duration(reading: Reading, context: Context, _: str) -> Reading:
    """Tell an age from a duration."""
    is_of_age = reading.unit in ("year", "month") and is_age(reading, context)
    return reading._replace(kind="age") if is_of_age else reading


# ordinals, fractions, scores

FIRST_IN_NAMES = frozenset({"ministre", "ministres", "plan"})
CAPITAL_RANK = re.compile(r"[A-ZÀ-Ý]")
NAMED_RANK = re.compile(
    r"\s(?:Guerre|République|Empire|Reich|Internationale|Restauration|[Gg]uerre\smondiale|[Rr]épublique\b)"
)
"""After a rank with a capital, the name of an age: an ordinal in a name ranks nothing."""
NOT_A_SHARE = re.compile(
    r"\s(?!de\s|d[’']|des\s|du\s|et\s|à\s|au\s|en\s|par\s|sur\s|dans\s|pour\s|seulement)[a-zàâéèêîôœ]"
)
ARTICLE = re.compile(r"une?\s+", re.IGNORECASE)
BARE_SHARES = frozenset({"tiers", "quart", "quarts", "demi", "demie", "une demie", "une demi", "un demi"})
SHARE_ARTICLES = frozenset(["le", "au", "du", "ce", "chaque", "premier", "dernier", "un"])
SHARE_FOLLOWS = re.compile(r"\s(?:de|des|du|d[’'])")
PART_OF_POINT = re.compile(r"(?:\sde\s|-|\s)points?\b")
FINALS = re.compile(r"\s(?:de\s(?:finale|temps)|d[’']heure)")


def settle_ordinal(reading: Reading, context: Context, text: str) -> Reading | None:
    """Drop what does not rank: Premier ministre, premier plan, Deuxième Guerre mondiale, Ve République."""
    if CAPITAL_RANK.match(text) and NAMED_RANK.match(context.right):
        return None
    is_name = reading.form == "first" and context.words_after[:1] and context.words_after[0] in FIRST_IN_NAMES
    return None if is_name else reading


def settle_fraction(reading: Reading, context: Context, text: str) -> Reading | None:
    """Tell shares from "un quatrième secrétaire", an ordinal, and from quarts de finale and pays tiers, no figures."""
    is_point = PART_OF_POINT.match(context.right) is not None
    if FINALS.match(context.right) or (not is_point and text.lower() in BARE_SHARES and not is_share(context)):
        return None
    points = PART_OF_POINT.match(context.right)
    if points:
        return reading._replace(kind="percent", unit="percentage_point", end=reading.end + points.end())
    article = ARTICLE.match(text)
    if article is None or "ième" not in text or not NOT_A_SHARE.match(context.right):
        return reading
    rank = round(1 / (reading.value or 1))
    return reading._replace(kind="ordinal", start=reading.start + article.end(), value=float(rank), form="words")


def is_share(context: Context) -> bool:
    """Whether a bare tiers, quart or demi is a share: "le tiers des élus", or a text of its own."""
    if not context.left.strip() and not context.right.strip():
        return True
    is_named = not context.words or context.last in SHARE_ARTICLES
    return is_named and SHARE_FOLLOWS.match(context.right) is not None


LAW_CODE = re.compile(r"\b[LRDA]\.\s?\*?$")
LAW_WIDTH = 3
LAW_LABELS = frozenset(["loi", "décret", "ordonnance", "arrêté", "règlement", "directive"])


def settle_score(reading: Reading, context: Context, _: str) -> Reading | None:
    """Tell "2-3 personnes", a range, from a score; null for articles of law and numbers of laws."""
    if LAW_CODE.search(context.left) or context.last in TEXT_LABELS or context.last in LAW_LABELS:
        return None
    if reading.marks != {"dash"} or SCORE_CUES.search(context.left) or SCORE_CUES.search(context.right):
        return reading
    noun = find_noun(context.right, is_linked=False)
    is_range = (reading.value or 0) < (reading.value_high or 0) and noun is not None and noun.islower()
    return reading._replace(kind="count") if is_range else reading


# counts, years, points, pounds and names

ROUND_THE_CLOCK = frozenset({("heures", "sur"), ("jours", "sur"), ("h", "sur"), ("j", "sur")})
"""24 heures sur 24, 7 jours sur 7: an idiom, its second number counts nothing."""
YEAR = re.compile(r"1\d\d\d|20\d\d")
OLD_YEAR = re.compile(r"[1-9]\d\d")
FROM_YEAR = re.compile(r"\b(?:de\s|d[’'])(?:1[5-9]|20)\d\d\sà\s$")
"""Before the second of two years: "de 1961 à 1974 des tisserands"."""
DECADE = re.compile(r"\d0")
YEAR_DIGITS = 4
OPENING_MARKS = frozenset('«“"')
YEAR_WORDS = frozenset(
    "en depuis fin début mi année années an dès été hiver printemps automne saison millésime horizon rentrée".split()  # noqa: SIM905
)
POINTS = re.compile(
    r"\s{1,2}(?:points?|pts?)(?!\w)(?!\s(?:de\s(?:vente|départ|vue|contrôle|passage|rencontre|livraison)|d[’']))"
)
POINT_CONTEXT = re.compile(r"%|pour\scent|taux|sondage|intentions|inflation|croissance|cote|popularité|opinion|chômage")
POINT_VERBS = frozenset(["de", "d’", "perd"])
POINT_STEMS = ("gagn", "perd", "cèd", "céd", "recul", "grappill", "engrang")
"""Beginnings of verbs of winning and losing; beside a rate their points are of percentage, else of a game."""
LARGEST_POINT_CHANGE = 30
POUNDS = re.compile(r"\s{1,2}(?:de\s)?livres?\b")
BRITISH = re.compile(r"£|sterling|britanni|Londres|Royaume-Uni|Angleterre")
LABELS = frozenset(lexicon.read("number_labels")["form"])
TEXT_LABELS = frozenset(
    ["article", "articles", "alinéa", "page", "pages", "chapitre", "paragraphe", "n°", "nº", "numéro", "numéros"]
)
"""Labels that always name; others, such as porte, may be verbs before a counted noun."""
NUMBER_SIGNS = ("n°", "nº")
"""They may touch their number."""
LISTED = re.compile(r"([^\W\d_]+)\s(?:\d+\s?(?:bis|ter)?(?:,\s|\set\s|\sou\s|\sà\s))+$")
"""A label before a list of numbers: "les lignes 3, 5 et 12"."""
LIST_LINKS = ("et", "ou", "à")
NAMED_IN_MARKS = re.compile(
    r"\b(?:opération|plan|programme|projet|dispositif|campagne|film|livre|roman|label|collectif|association|émission"
    r"|exposition|spectacle|pièce|chanson|album|mouvement|fonds|initiative|concours|défi|prix|série|documentaire|appel)s?"
    r"\s[«“\"]\s?$",
    re.IGNORECASE,
)
"""A number that opens a name in quotation marks: l’opération « 10 000 arbres »."""
ENUMERATION = re.compile(r"[.)°]\s")
TOWN = re.compile(r"[A-ZÀ-Ý][\w’'-]+\s\($")
DEPARTMENT_DIGITS = 2
LONGEST_NAME_DIGITS = 3
SENTENCE_OPENERS = '.!?…:«"“(–—-*•\n'


def is_many(reading: Reading) -> bool:
    """Whether a count takes a plural noun: two or more, or an indefinite amount."""
    return reading.value is None or reading.value >= PLURAL_FROM or reading.form == "group"


def settle_count(reading: Reading, context: Context, text: str) -> Reading | None:
    """Tell counts from pounds, percentage points and years; null for a number that is a name."""
    measured = (
        settle_signed(reading, context)
        or settle_pounds(reading, context)
        or settle_shared_money(reading, context)
        or settle_points(reading, context)
        or settle_miles(reading, context, text)
    )
    if measured is not None:
        return measured
    if reading.form == "point":
        return None
    noun = read_noun(reading, context)
    settled = (
        settle_temperature(reading, context, noun)
        or settle_day(reading, context, text, noun)
        or settle_month_year(reading, context, text, noun)
        or settle_year(reading, context, text, noun)
    )
    if settled is None and not is_name(reading, context, text, noun):
        return reading
    return settled


def settle_year(reading: Reading, context: Context, text: str, noun: str | None) -> Reading | None:
    """A year: 1987, "vers 860", "les années 80"; null for another number."""
    if not text.isdigit() or len(text) > YEAR_DIGITS:
        return None
    last = context.last
    if YEAR.fullmatch(text) and (
        FROM_YEAR.search(context.left) or last in YEAR_WORDS or noun is None or noun[0].isupper()
    ):
        return reading._replace(kind="year", unit="year")
    if OLD_YEAR.fullmatch(text) and noun is None and (last == "vers" or context.words[-2:] == ["l’", "an"]):
        return reading._replace(kind="year", unit="year")
    if last == "années" and DECADE.fullmatch(text):
        return reading._replace(kind="year", unit="year", value=1900 + (reading.value or 0))
    return None


MONTH_BEFORE = re.compile(
    rf"(?<![^\W_])(?:en|de|d[’']|courant|fin|mi-|\d)\s?(?P<month>{MONTH})(?:\s(?P<year>\d{{4}}))?\b[^.;:!?\d]*?\ble\s$",
    re.IGNORECASE,
)
"""A month before "le 28": "en juin, probablement le 28"."""
DAY_DIGITS, LAST_DAY = 2, 31


def settle_day(reading: Reading, context: Context, text: str, noun: str | None) -> Reading | None:
    """A day of the month named just before: "en juin, probablement le 28"; null for another number."""
    if context.last != "le" or not text.isdigit() or len(text) > DAY_DIGITS or noun is not None:
        return None
    month = MONTH_BEFORE.search(context.left)
    if month is None or not 1 <= int(text) <= LAST_DAY:
        return None
    return reading._replace(kind="date", iso=write_iso(int(text), read_month(month["month"]), month["year"]))


SHORT_YEAR = re.compile(
    rf"\b(?:en|depuis|dès|de|d[’']|fin|début|mi-|jusqu[’']en|courant)\s?(?P<month>{MONTH})\s$", re.IGNORECASE
)
YEAR_ENDS = re.compile(r"\s?(?:[.,;:)»]|$)")
LAST_SHORT_YEAR = 31
"""Two digits up to here are of this century: "octobre 22" and "mai 68"."""


def settle_month_year(reading: Reading, context: Context, text: str, noun: str | None) -> Reading | None:
    """A year in two digits after its month: "en mai 68"; null where the number counts."""
    if len(text) != DAY_DIGITS or not text.isdigit() or noun is not None or context.last not in MONTHS:
        return None
    month = SHORT_YEAR.search(context.left)
    if month is None or not YEAR_ENDS.match(context.right):
        return None
    century = "20" if int(text) <= LAST_SHORT_YEAR else "19"
    start = reading.start - (len(context.left) - month.start("month"))
    iso = write_iso(None, read_month(month["month"]), century + text)
    return reading._replace(kind="date", start=start, iso=iso)


def is_name(reading: Reading, context: Context, text: str, noun: str | None) -> bool:
    """Whether a number names or is part of an idiom, and counts nothing."""
    if tuple(context.words[-2:]) in ROUND_THE_CLOCK or context.last == "virgule":
        return True
    if context.left[-2:].rstrip()[-1:] in OPENING_MARKS and NAMED_IN_MARKS.search(context.left):
        return True
    if reading.form == "digits" and not reading.is_scaled:
        return reading.value_high is None and (is_code(context, text) or is_digit_name(context, noun, text))
    return is_word_name(context, noun, text)


def read_noun(reading: Reading, context: Context) -> str | None:
    """The noun after a count, read once for a place: asked for when settling the kind and when completing."""
    if context.noun is None:
        context.noun = (find_noun(context.right, reading.is_scaled, is_many(reading)),)
    return context.noun[0]


def settle_pounds(reading: Reading, context: Context) -> Reading | None:
    """Bare livres are pounds sterling in millions, or where Britain is spoken of; else books or weight."""
    pounds = POUNDS.match(context.right)
    if pounds is None:
        return None
    if not reading.is_scaled and speaks_of_weight(context, pounds.end()):
        return reading._replace(kind="measure", unit="[lb_av]", unit_form="livres", end=reading.end + pounds.end())
    if not (reading.is_scaled or BRITISH.search(context.left + context.right)):
        return None
    return reading._replace(kind="money", unit="GBP", unit_form="livres", end=reading.end + pounds.end())


ISSUERS: dict[str, dict[str, str]] = {}
for row in lexicon.read("shared_currencies").to_dicts():
    ISSUERS.setdefault(row["name"], {})[row["country"] or ""] = row["currency"]
SHARED_MONEY = re.compile(rf"\s{{1,2}}(?:de\s|d[’'])?(?P<name>{'|'.join(ISSUERS)})\b")


def settle_shared_money(reading: Reading, context: Context) -> Reading | None:
    """Crowns, rupees and other names that also mean something else are money in millions, or beside their country."""
    money = SHARED_MONEY.match(context.right)
    if money is None:
        return None
    unit = find_issuer(money["name"], context)
    if unit is None and not reading.is_scaled:
        return None
    unit = unit or ISSUERS[money["name"]].get("")
    return reading._replace(kind="money", unit=unit, unit_form=money["name"], end=reading.end + money.end())


def find_issuer(name: str, context: Context) -> str | None:
    """The currency of the country named beside a sum; null where none is."""
    around = f"{context.left} {context.right}".lower().replace("’", " ").replace("'", " ")
    return next((code for country, code in ISSUERS[name].items() if country and f" {country}" in around), None)


WEIGHT = re.compile(
    r"\b(?:p[eè]s(?:e|ent|ait|aient|ant|er|é|a|era)|poids|maigri|grossi|kilos?|kilogrammes?|kg)\b",
    re.IGNORECASE,
)
CONVERTED = re.compile(r"\s?[(,]\s?(?:soit\s|environ\s|près\sde\s|quelque\s)*\d[\d ,.]*\s?(?:kg|kilo|gramme|g\b)")


def speaks_of_weight(context: Context, end: int) -> bool:
    """Whether livres weigh: beside a verb of weight or a conversion into kilograms."""
    return bool(WEIGHT.search(context.clause) or CONVERTED.match(context.right[end:]))


GAME = re.compile(
    r"match|classement|championnat|ligue|club|buts?\b|équipe|victoire|manche|finale|tournoi", re.IGNORECASE
)


def find_points(reading: Reading, context: Context) -> str | None:
    """The word of points won or lost, where only the rest of the paragraph can tell whether they are of percentage."""
    points = POINTS.match(context.right)
    is_small = reading.value is not None and reading.value <= LARGEST_POINT_CHANGE and reading.form != "group"
    if points is None or not is_small or not is_point_change(context) or GAME.search(context.left + context.right):
        return None
    return points.group()


SIGNED_AFTER_SHARE = re.compile(r"(?:%|pour\scent|points?)\s\(\+?$")


def settle_signed(reading: Reading, context: Context) -> Reading | None:
    """A signed number alone in brackets after a percentage is its change in points: "27 % (-2)"."""
    is_alone = context.right.startswith(")") and reading.form == "digits" and not reading.is_scaled
    is_signed = (reading.value or 0) < 0 or context.left.endswith("+")
    if not (is_alone and is_signed and SIGNED_AFTER_SHARE.search(context.left)):
        return None
    return reading._replace(kind="percent", unit="percentage_point")


def is_point_change(context: Context) -> bool:
    """Whether points were won, lost or lie between two: "perd 3 points", "à 4 points du premier"."""
    last = context.last
    if last in POINT_VERBS or last.startswith(POINT_STEMS):
        return True
    return last == "à" and re.match(r"\s(?:points?|pts?)\s(?:de|du|des|d[’'])", context.right) is not None


def settle_points(reading: Reading, context: Context) -> Reading | None:
    """Points are of percentage with decimals, or in a change "de N points" of a rate; else of a game or an index."""
    points = POINTS.match(context.right)
    value = reading.value or 0
    if points is None or reading.form == "group":
        return None
    is_change = is_point_change(context) and POINT_CONTEXT.search(f"{context.left}|{context.right}") is not None
    if value > LARGEST_POINT_CHANGE or not (value % 1 or is_change):
        return None
    return reading._replace(kind="percent", unit="percentage_point", end=reading.end + points.end())


MILES = re.compile(r"(?P<number>.*?)\s(?:nautiques\s)?milles", re.DOTALL)
OFF_SHORE = re.compile(
    r"\s(?:de\s(?:la|l[’']|son|sa|ses|leur|leurs|nos)\b|du\b|des\b|de\s[A-ZÀ-Ý]|d[’'][A-ZÀ-Ý]|au\s(?:large|nord|sud)"
    r"|à\sl[’'](?:est|ouest))"
)


def settle_miles(reading: Reading, context: Context, text: str) -> Reading | None:
    """Nautical miles: mille as a number takes no s, so that "14 milles de la côte" measures."""
    miles = MILES.fullmatch(text) if text.endswith("milles") else None
    number = read_number(miles["number"]) if miles and OFF_SHORE.match(context.right) else None
    if number is None:
        return None
    return reading._replace(kind="measure", value=number, unit="[nmi_i]", unit_form="milles", is_scaled=False)


def is_code(context: Context, text: str) -> bool:
    """Whether digits mark a list item ("3. Emma"), or a department after its town ("Céret (66)")."""
    if not context.left.strip() and ENUMERATION.match(context.right):
        return True
    if "." in context.left[-LAW_WIDTH:] and LAW_CODE.search(context.left):
        return True
    is_bracketed = len(text) == DEPARTMENT_DIGITS and context.right.startswith(")")
    return is_bracketed and TOWN.search(context.left) is not None


def is_digit_name(context: Context, noun: str | None, text: str) -> bool:
    """Whether digits name: after a label (article 49), an acronym (SBF 120) or a capitalised word (France 2)."""
    if not context.left[-1:].isspace() or not context.last:
        return context.last.endswith(NUMBER_SIGNS)
    if is_labelled(context, noun):
        return True
    chunk = context.left.rsplit(None, 1)[-1].lstrip('(«"“[’‘')
    word = chunk.replace("'", "’").rpartition("’")[2]
    is_counting = noun is not None and noun.islower()
    if is_counting or not word[:1].isupper() or not word.isalnum():
        return False
    is_acronym = len(word) > 1 and word.isupper()
    before = context.left.rstrip()[: -len(word)].rstrip()
    is_plain_word = (not before or before[-1] in ".!?…:\n«") and word.lower() in ROLES
    return is_acronym or (len(text) <= LONGEST_NAME_DIGITS and not is_plain_word and text.isdigit())


def is_labelled(context: Context, noun: str | None) -> bool:
    """Whether a label stands before a number, or before the list that it ends."""
    last = context.last
    if last in LABELS:
        return noun is None or last in TEXT_LABELS
    is_listed = last in LIST_LINKS or context.left.endswith(", ")
    listed = LISTED.search(context.left) if is_listed else None
    return listed is not None and listed.group(1).lower() in LABELS and noun is None


def is_word_name(context: Context, noun: str | None, text: str) -> bool:
    """Whether a number in words is a name or no number: numéro deux, les Deux Alpes, flambant neuf."""
    last, word = context.last, text.lower()
    if last in TEXT_LABELS or is_distributed(context, word):
        return True
    if word in WEEKS_AWAY and last == "en" and context.words[-2:-1] and context.words[-2] in WEEKDAYS:
        return True
    if (
        word == "neuf"
        and noun is None
        and last
        and "en" not in context.words[-PRONOUN_WIDTH:]
        and (last not in ROLES or last in ("à", "de", "tout"))
    ):
        return True
    if not text[:1].isupper() or not text.isalpha():
        return False
    before = context.left.rstrip(" \u00a0")
    return bool(before) and before[-1] not in SENTENCE_OPENERS and context.right.lstrip()[:1].isupper()


def is_distributed(context: Context, word: str) -> bool:
    """Whether a number word is one of a pair that tells a manner: "un à un", "deux par deux"."""
    before, after = context.left[-LONGEST_PAIR:].lower(), context.right[:LONGEST_PAIR].lower().split()
    follows = len(after) > 1 and after[0] in DISTRIBUTING and after[1].strip(",.;:!?)»") == word
    return follows or (context.last in DISTRIBUTING and before.split()[-2:-1] == [word])


WEEKS_AWAY = frozenset(["huit", "quinze"])
"""« jeudi en huit », « en quinze »: one and two weeks after the next Thursday."""
DISTRIBUTING, LONGEST_PAIR = ("à", "par"), 20


WARMTH = re.compile(
    r"\b(?:thermom[èe]tres?|mercure|chaud|chaleur|caniculaire|canicule|froid|frais|fra[iî]che?s?|fraîcheur"
    r"|g[eè]l\w*|glacial\w*|météo\w*|minimales?|maximales?|doux|douceur|redoux|fièvre|saison|réchauff\w+|tièdes?"
    r"|ensoleill\w+|normales?|lave|magma|brûlant\w*|chauffé\w*|four|atmosphère|climat\w*)\b|\bil\s(?:a\s(?:[^\W\d_]+\s)?fait|fait|fera|faisait)\s",
    re.IGNORECASE,
)
"""Words of weather, ovens and fevers: degrees beside them are of temperature."""
TEMPERATURE = re.compile(r"\btemp[ée]ratures?\b", re.IGNORECASE)
IN_TOWN = re.compile(r"\s(?:à|au|aux|sur|en|dans)\s(?:l[aes]s?\s|l[’'])?[A-ZÀ-Ý]")
COLDEST, WARMEST = -60, 50
FULL_TURN = 360
"""More degrees are no angle."""
FRAGMENT = 36
"""Characters around degrees; in fewer, the word temperature alone is a command to a thermostat, of any scale."""


def settle_degrees(reading: Reading, context: Context, _: str) -> Reading:
    """Bare degrees are Celsius beside words of warmth; else of an angle, of alcohol or unknown."""
    if reading.unit != "deg":
        return reading
    around = f"{context.left}|{context.right}"
    is_measured = len(around) > FRAGMENT and TEMPERATURE.search(around)
    is_warm = (reading.value or 0) > FULL_TURN or WARMTH.search(around) or is_measured
    return reading._replace(unit="Cel") if is_warm else reading


def settle_temperature(reading: Reading, context: Context, noun: str | None) -> Reading | None:
    """A bare number below zero beside words of warmth, or one of a town after another, is a temperature."""
    value = reading.value
    if noun is not None or value is None or reading.form != "digits" or not COLDEST <= value <= WARMEST:
        return None
    is_told = (value < 0 and not context.left.endswith("(")) or (
        "°" in context.left and context.left.endswith(", ") and IN_TOWN.match(context.right)
    )
    around = f"{context.left}|{context.right}"
    if not is_told or not (WARMTH.search(around) or TEMPERATURE.search(around)):
        return None
    return reading._replace(kind="measure", unit="Cel")


CANADIAN = re.compile(r"Québec|québécois|Montréal|Canada|canadien|Ottawa|Ontario|Toronto")
EMIRATES = re.compile(r"Dubaï|Abou Dh?abi|Abu Dhabi|Émirats|Emirats|émirati")


def find_cents(context: Context) -> str:
    """Cents are of the dollar where Canada or dollars are spoken of, else of the euro."""
    if CANADIAN.search(context.left + context.right):
        return "CAD"
    return "USD" if "$" in context.left or "dollar" in context.left else "EUR"


def settle_dollar(reading: Reading, context: Context, _: str) -> Reading:
    """A bare dollar where Canada is spoken of is Canadian, a bare dirham is of the Emirates where they are."""
    form = (reading.unit_form or "").lower()
    if form == "cents":
        return reading._replace(unit=find_cents(context))
    if reading.unit is None and form in ISSUERS:
        return reading._replace(unit=find_issuer(form, context))
    if form in BARE_DIRHAMS and EMIRATES.search(context.left + context.right):
        return reading._replace(unit="AED", unit_form=None)
    is_bare = reading.unit == "USD" and form in BARE_DOLLARS
    if not is_bare or not CANADIAN.search(context.left + context.right):
        return reading
    return reading._replace(unit="CAD", unit_form=None)


SETTLERS: dict[str, Callable[[Reading, Context, str], Reading | None]] = {
    "time": settle_time,
    "duration": settle_duration,
    "ordinal": settle_ordinal,
    "fraction": settle_fraction,
    "score": settle_score,
    "count": settle_count,
    "money": settle_dollar,
    "measure": settle_degrees,
}
