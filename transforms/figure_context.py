"""What the words around a figure say: its modifier, whether it is an age, a year or a time, and what is no figure.

Facts: schemas/lexicon/modifiers.csv, number_labels.csv, aged_nouns.csv, change_stems.csv.
"""

import re
from dataclasses import replace

from schemas import lexicon
from transforms.counted_nouns import ROLES, find_noun
from transforms.figure_grammar import Reading

TIGHT_APOSTROPHE = re.compile(r"[’'ʼ]\s?")
LAST_WORDS = re.compile(r"[^\s]+")
LONGEST_MODIFIER = 5
OPENERS = ' \t(«"“[–—-:,;…‘'
WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*[’']?")


def split_context(text: str) -> list[str]:
    """Split the text before a figure into lower-case words, an elided one apart from the next."""
    return TIGHT_APOSTROPHE.sub("’ ", text.lower()).split()


def index_modifiers(position: str) -> dict[tuple[str, ...], str]:
    """Modifiers of one position, by their words."""
    rows = lexicon.read("modifiers").to_dicts()
    return {tuple(split_context(r["form"])): r["modifier"] for r in rows if r["position"] == position}


BEFORE = index_modifiers("before")
AFTER = index_modifiers("after")
LABELS = frozenset(lexicon.read("number_labels")["form"])
AGED = {r["form"]: r["role"] for r in lexicon.read("aged_nouns").to_dicts()}
CHANGE_STEMS = tuple(lexicon.read("change_stems")["stem"])
TIMELESS = {("vers",), ("vers", "les"), ("vers", "le"), ("sur", "les", "coups", "de"), ("sur", "le", "coup", "de")}
"""Modifiers of times, dates and years only."""
DATED_KINDS = ("date", "time", "year")
TIME_WORDS = frozenset("à vers dès jusqu’à avant après depuis entre aux".split())
CLOCK_WORDS = frozenset("à vers dès".split())
WEEKDAYS = frozenset([*lexicon.read("weekdays")["form"], "matin", "soir", "midi", "nuit", "demain", "hier", "dimanche"])
DAY_PARTS = re.compile(
    r"\s(?:du\s(?:matin|soir)|de\sl[’']après-midi|(?:précises|pile|tapantes|GMT|locales?|heure\slocale|\(heure)\b)"
)
SPAN_FOLLOWS = re.compile(r"\s(?:de\s|d[’']|plus\stard|plus\stôt|après\b|avant\b|durant\b|en\s)")
YEAR_WORDS = frozenset(
    "en depuis fin début mi année années an dès été hiver printemps automne saison courant millésime horizon rentrée".split()
)
PRISON = re.compile(r"\s(?:de\s|d[’'])(?!âge)")
AGE_FOLLOWS = re.compile(r"\s(?:d[’']âge|révolus)\b")
TEXT_LABELS = frozenset("article articles alinéa page pages chapitre paragraphe n° nº".split())
"""Labels that always name; others, such as porte, may be verbs before a counted noun."""
LISTED = re.compile(r"([^\W\d_]+)\s(?:\d+\s?(?:bis|ter)?(?:,\s|\set\s|\sou\s|\sà\s))+$")
"""A label before a list of numbers: "les lignes 3, 5 et 12"."""
SCORE_CUES = re.compile("|".join(rf"\b{re.escape(s)}" for s in lexicon.read("score_stems")["stem"]), re.IGNORECASE)
ADULT = 13
LENGTH_FOLLOWS = re.compile(r"\s(?:de\s(?!la\s|l[’'])|d[’'])")
CLOCK_NOUNS = frozenset(
    "bulletin journal train vol messe séance flash jt édition départ navette bateau ferry rendez-vous".split()
)
APPOSED_AGE = re.compile(r"(?:^|[.,:;«\"“(]\s?)[àÀA]\s$")
HOURS_OF_DAY = 24
OF = ("de", "d’")
SPAN_WORDS = frozenset("pendant durant en duré dure après".split())
LIMIT_WORDS = frozenset("avant après depuis entre et".split())
CLOCK_PHRASES = frozenset({("à", "partir"), ("jusqu’", "à"), ("partir", "de"), ("peu", "avant"), ("peu", "après"),
                           ("coups", "de"), ("coup", "de"), ("alentours", "de"), ("environs", "de")})  # fmt: skip
CONTRASTS = frozenset({("contre",), ("au", "lieu", "de"), ("puis",), ("loin", "des"), ("loin", "de"), ("contre", "seulement"),
                       ("plutôt", "que"), ("à", "la", "place", "de"), ("après",), ("au", "lieu", "des")})  # fmt: skip
BRACKET = re.compile(r"(?:[(\[]|,?\ssoit\s)\s?(?:(?:soit|environ|près|plus|moins|de|d[’']|à|peu|quelque|un)[\s]?)*$")
EARLIEST_DEPARTURE = 5
"""After de, 2h15 is a length ("un film de 2h15") and 7h48 a time ("le train de 7h48")."""
HAVING = frozenset("a ai as ont avait avaient aura auront avais aurait eu ayant avoir avons avez auraient".split())
HAVING_ADVERBS = frozenset(
    "alors seulement juste tout déjà bientôt presque que peine à aujourd’hui aujourd hui encore plus moins environ de d’ près".split()
)


def last_words(left: str, count: int) -> list[str]:
    """The last words before a figure, lower case, without opening marks."""
    return [w.strip(OPENERS) or w for w in split_context(left[-60:])[-count:]]


def find_modifier(left: str, right: str, reading: Reading) -> str:
    """The modifier that stands before a figure, else after it; "exact" where none does."""
    words = last_words(left, LONGEST_MODIFIER)
    is_dated = reading.kind in DATED_KINDS
    if is_dated and words and words[-1] == "le":
        words = words[:-1]
    for length in range(len(words), 0, -1):
        form = tuple(words[-length:])
        modifier = BEFORE.get(form)
        if modifier and (form in TIMELESS) <= is_dated and (not is_dated or modifier == "approx"):
            return modifier
    modifier = find_modifier_after(right)
    if modifier and (not is_dated or modifier == "approx"):
        return modifier
    return "approx" if reading.is_approximate else "exact"


def find_modifier_after(right: str) -> str | None:
    """The modifier right after a figure, or after one word: "30 pays environ"."""
    words = [w.strip(",;.)") for w in split_context(right[:40])]
    for start in (0, 1):
        for length in (3, 2, 1):
            modifier = AFTER.get(tuple(words[start : start + length]))
            if (
                modifier
                and len(words) >= start + length
                and not (words[start] in ("près", "plus", "et") and length == 1)
            ):
                if words[start + length : start + length + 1] in (["de"], ["que"], ["d’"]):
                    continue
                return modifier
    return None


def is_change(left: str) -> bool:
    """Whether a verb of change stands in the clause before "de X à Y"."""
    clause = re.split(r"[.;:!?]\s", left)[-1]
    return any(w.startswith(CHANGE_STEMS) for w in split_context(clause)[-9:])


NO_CUES: frozenset[str] = frozenset()


def find_cues(left: str, right: str, opening: str) -> frozenset[str]:
    """What the words around a run say of its pairs of numbers: change from one to the other, score of a match."""
    cues = set()
    if opening in ("de", "d’") and is_change(left):
        cues.add("change")
    if SCORE_CUES.search(left) or SCORE_CUES.search(right):
        cues.add("score")
    return frozenset(cues) if cues else NO_CUES


def settle_kind(reading: Reading, left: str, right: str, run_text: str) -> Reading | None:
    """Settle what the grammar leaves open: time or duration, duration or age, count or year; null for no figure."""
    if reading.kind == "time":
        return settle_time(reading, left, right)
    if reading.kind == "duration" and reading.unit in ("year", "month") and is_age(reading, left, right, run_text):
        return replace(reading, kind="age")
    if reading.kind == "ordinal" and not is_ordinal(reading, left, right):
        return None
    if reading.kind == "score" and reading.marks == {"dash"} and not SCORE_CUES.search(left + right):
        noun = find_noun(right, False)
        is_range = (reading.value or 0) < (reading.value_high or 0) and noun is not None and noun.islower()
        return replace(reading, kind="count") if is_range else reading
    if reading.kind == "count":
        return settle_count(reading, left, right, run_text)
    return reading


def settle_time(reading: Reading, left: str, right: str) -> Reading:
    """Tell "à 6 heures" from "pendant 6 heures"; ranges and midi are times."""
    if reading.iso_high or reading.value is None or "named" in reading.marks:
        return reading
    words = last_words(left, 3)
    last = words[-1] if words else ""
    is_day = last in WEEKDAYS
    if last == "environ" and len(words) > 1:
        last = words[-2]
    duration = replace(reading, kind="duration", iso=None)
    if LENGTH_FOLLOWS.match(right) and not DAY_PARTS.match(right):
        return duration
    if DAY_PARTS.match(right):
        return reading
    is_spread = last in SPAN_WORDS or SPAN_FOLLOWS.match(right)
    if "clock" in reading.marks:
        is_length = last in OF and int((reading.iso or "0")[:2]) < EARLIEST_DEPARTURE
        is_span = is_length or last == "environ" or (is_spread and last not in CLOCK_WORDS)
        return duration if is_span and not is_day else reading
    if SPAN_FOLLOWS.match(right) or reading.value == HOURS_OF_DAY:
        return duration
    is_clock = (
        is_day
        or (last in OF and words[-2:-1] and words[-2] in CLOCK_NOUNS)
        or last in CLOCK_WORDS
        or tuple(words[-2:]) in CLOCK_PHRASES
    )
    is_limit = last in LIMIT_WORDS and reading.form == "digits"
    is_sign = reading.unit_form == "h" and not last
    return reading if is_clock or is_limit or is_sign else duration


def is_contrast(left: str) -> bool:
    """Whether a bare number is set against the figure before it: contre 3,9, au lieu de 110."""
    words = tuple(last_words(left, 3))
    return any(words[-n:] in CONTRASTS for n in (1, 2, 3))


def is_bracketed(left: str) -> bool:
    """Whether a figure opens a bracket, or follows soit, perhaps after a modifier."""
    return bool(BRACKET.search(left))


def is_age(reading: Reading, left: str, right: str, run_text: str) -> bool:
    """Whether "N ans" is somebody's age.

    After âgé de, à l’âge de, in apposition (", 67 ans,"), after a noun of persons with de, among "les moins de";
    a noun of a span of time, or a complement ("de prison"), makes it a duration.
    """
    if AGE_FOLLOWS.match(right):
        return True
    if PRISON.match(right):
        return False
    words = split_context(left[-70:])
    if reading.unit == "month" and not any(w.startswith(("âgé", "âge", "bébé", "nourrisson")) for w in words[-6:]):
        return False
    if (
        re.search(r",\s$", left)
        and re.match(r"\s?[,).;]|$|\s(?:et|a|est|dont|qui)\b", right)
        and reading.value
        and reading.value >= 3
    ):
        return (
            bool(re.search(r"[A-ZÀ-Ý][\w’'-]+\)?,\s$", left))
            or words[-1:] == [","]
            or is_person(words[-1].rstrip(",") if words else "")
        )
    if re.search(r"\($", left) and re.match(r"\)", right):
        return True
    if any(w.startswith(("âgé", "âge")) for w in words[-4:]):
        return True
    if words[-1:] == ["à"] and APPOSED_AGE.search(left) and re.match(r"\s?,", right):
        return True
    if words[-3:-1] == ["fêter", "ses"] or words[-1:] == ["ses"] or words[-2:-1] == ["ses"]:
        return True
    if reading.unit == "year" and had(words):
        return True
    while words and (
        words[-1] in ("presque", "peine", "près", "et", "ou", "de", "d’", "moins", "plus", "environ", "entre", "à")
    ):
        words.pop()
        while words and words[-1].isdigit():
            words.pop()
    if words:
        words[-1] = words[-1].rstrip(",")
    original = WORD.findall(left)
    if not words or words[-1] in ("les", "des", "aux"):
        return bool(words) and left.rstrip().endswith(("moins de", "plus de", "moins d’", "plus d’", "de"))
    if not re.search(r"(?:de\s|d[’'])(?:\w+\set\s|presque\s|environ\s|près\sde\s|à\speine\s)?$", left):
        return False
    noun = next((w for w in reversed(original) if w.lower() == words[-1]), words[-1])
    if AGED.get(words[-1]) == "period":
        return False
    if is_person(words[-1]) or is_person_name(noun):
        return True
    return (
        reading.form == "digits"
        and (reading.value or 0) >= ADULT
        and not words[-1].endswith(("tion", "ment", "age", "sion", "ure", "é", "er"))
        and words[-1] not in ROLES
    )


def had(words: list[str]) -> bool:
    """Whether somebody had the years: a form of avoir, perhaps with an adverb, and not "il y a"."""
    rest = list(words[-6:])
    while rest and rest[-1] in HAVING_ADVERBS and rest[-1] not in HAVING:
        rest.pop()
    return bool(rest) and rest[-1] in HAVING and rest[-2:-1] not in (["y"], ["n’"], ["qu’"])


def is_person(noun: str) -> bool:
    """Whether a noun is of persons: listed, or by its ending."""
    stem = noun.rstrip("s")
    return (
        AGED.get(stem) == "person"
        or AGED.get(noun) == "person"
        or stem.endswith(("iste", "aste", "ienne", "éenne", "ologue", "euse", "trice"))
    )


def is_person_name(noun: str) -> bool:
    """Whether a capitalised noun is one of persons by origin: "un Toulousain de 24 ans"."""
    return noun[:1].isupper() and noun.rstrip("es").endswith(
        ("ai", "oi", "ais", "ois", "ien", "ain", "in", "enn", "and", "an", "on", "ol", "ec", "ard", "éen", "e")
    )


def is_ordinal(reading: Reading, left: str, right: str) -> bool:
    """Whether an ordinal ranks: not in Premier ministre, premier plan, and not glued to a name."""
    following = WORD.match(right.lstrip())
    word = following.group().lower() if following else ""
    return not (reading.form == "first" and word in ("ministre", "ministres", "plan"))


def is_many(reading: Reading) -> bool:
    """Whether a count takes a plural noun: two or more, or an indefinite amount."""
    return reading.value is None or reading.value >= PLURAL_FROM or reading.form == "group"


PLURAL_FROM = 2
ENUMERATION = re.compile(r"[.)°]\s")
CODE = re.compile(r"[A-ZÀ-Ý][\w’'-]+\s\($")


def settle_count(reading: Reading, left: str, right: str, run_text: str) -> Reading | None:
    """Tell a count from a year and from a number that is a name; null for the last."""
    pounds = POUNDS.match(right)
    if pounds and (reading.is_scaled or BRITISH.search(left + right)):
        return replace(reading, kind="money", unit="GBP", unit_form="livres", end=reading.end + pounds.end())
    if POINTS.match(right) and reading.form != "group" and is_percentage_point(reading, left):
        end = reading.end + (POINTS.match(right).end() if POINTS.match(right) else 0)  # type: ignore[union-attr]
        return replace(reading, kind="percent", unit="percentage_point", end=end)
    noun = find_noun(right, reading.is_scaled, is_many(reading))
    words = last_words(left, 2)
    last = words[-1].rstrip(",") if words else ""
    if re.fullmatch(r"1[0-9]\d\d|20\d\d", run_text) and (last in YEAR_WORDS or noun is None):
        return replace(reading, kind="year", unit="year")
    if last in ("années",) and re.fullmatch(r"\d0", run_text):
        return replace(reading, kind="year", unit="year", value=1900 + (reading.value or 0))
    if (
        reading.value_high is None
        and reading.form == "digits"
        and not reading.is_scaled
        and is_name(left, last, noun, run_text)
    ):
        return None
    if last in ("numéro", "n°", "numéros") or is_code(left, right, run_text) or is_name_part(left, right, run_text):
        return None
    if run_text.lower() == "neuf" and noun is None and last not in ROLES and last:
        return None
    if run_text.lower() in ("neuf", "cent") and last in ("à", "de", "quoi", "tout", "flambant") and noun is None:
        return None
    return reading


POINTS = re.compile(
    r"\s{1,2}points?(?!\w)(?!\s(?:de\s(?:vente|départ|vue|contrôle|passage|rencontre|livraison)|d[’']))"
)
POINT_CONTEXT = re.compile(r"%|pour\scent|taux|sondage|intentions|inflation|croissance|cote|popularité|opinion|chômage")


def is_percentage_point(reading: Reading, left: str) -> bool:
    """Whether points are of percentage: decimals, or after a change "de N points" of a rate; else they score or index."""
    value = reading.value or 0
    if value % 1:
        return True
    return (
        value <= LARGEST_POINT_CHANGE
        and last_words(left, 1)[-1:] in (["de"], ["d’"], ["gagne"], ["perd"], ["gagné"], ["perdu"])
        and (bool(POINT_CONTEXT.search(left)))
    )


LARGEST_POINT_CHANGE = 30


def is_code(left: str, right: str, run_text: str) -> bool:
    """Whether a bare number is the mark of a list item ("3. Emma"), or a department after its town ("Céret (66)")."""
    if not left.strip() and ENUMERATION.match(right):
        return True
    return len(run_text) == DEPARTMENT_DIGITS and right.startswith(")") and bool(CODE.search(left))


DEPARTMENT_DIGITS = 2


def is_name_part(left: str, right: str, run_text: str) -> bool:
    """Whether a number word with a capital inside a sentence belongs to a name: Trois-Rivières, les Deux Alpes."""
    if not run_text[:1].isupper() or not run_text.isalpha():
        return False
    before = left.rstrip()
    return (
        bool(before)
        and before[-1] not in '.!?…:«"“(–—-*•\n'
        and not left.endswith("\n")
        and right.lstrip()[:1].isupper()
    )


POUNDS = re.compile(r"\s{1,2}(?:de\s)?livres?\b")
BRITISH = re.compile(r"£|sterling|britanni|Londres|Royaume-Uni|Angleterre")


def is_name(left: str, last: str, noun: str | None, run_text: str) -> bool:
    """Whether a bare number names: after a label (article 49), an acronym (SBF 120) or a capitalised word (France 2)."""
    if not left[-1:].isspace() or not last:
        return False
    listed = LISTED.search(left)
    is_label = last in LABELS or (listed is not None and listed.group(1).lower() in LABELS)
    if is_label and (noun is None or last in TEXT_LABELS):
        return True
    word = left.split()[-1].lstrip('(«"“[’‘')
    word = re.split(r"[’']", word)[-1]
    if noun is not None or not word[:1].isupper() or not word.isalnum():
        return False
    is_acronym = len(word) > 1 and word.isupper()
    before = left.rstrip()[: -len(word)].rstrip()
    is_first = not before or before[-1] in ".!?…:\n«"
    is_word = is_first and word.lower() in ROLES
    return is_acronym or (len(run_text) <= 3 and not is_word and run_text.isdigit())


FUTURE = re.compile(r"(?:r(?:a|ont|ez|ai)|rait|raient)$")
NO_FUTURE = frozenset("opéra caméra choléra sahara aura-t front affront".split())
PAST_AUXILIARIES = frozenset("a ont est sont avait avaient était étaient fut furent ai avons avez".split())
PLANNED = ("prévu", "attendu", "fixé", "programmé", "prochain", "reporté", "espéré", "annoncé")


def find_tense(left: str, right: str) -> str | None:
    """The tense of the clause around a date: past, future, or null."""
    clause = re.split(r"[.;:!?»]\s", left)[-1]
    words = [w.strip(OPENERS + ".,)»") for w in split_context(clause)]
    for word in reversed(words[-10:]):
        if word in NO_FUTURE or len(word) < 2:
            if word == "a":
                return "past"
            continue
        if FUTURE.search(word) and len(word) > 3:
            return "future"
        if word.startswith(PLANNED):
            return "future"
        if (
            word in PAST_AUXILIARIES
            or re.search(r"(?:é|ée|és|ées|ait|aient|i|ie|is|u|ue|us)$", word)
            and len(word) > 3
            and word not in ROLES
        ):
            return "past"
    following = split_context(re.split(r"[.;:!?]\s", right + " ")[0])[:8]
    for word in following:
        if FUTURE.search(word) and len(word) > 3 and word not in NO_FUTURE:
            return "future"
        if word in PAST_AUXILIARIES:
            return "past"
    return None
