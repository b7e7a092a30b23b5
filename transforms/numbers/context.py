"""What the words around a figure say: its modifier, the tense beside a date, change, score, contrast, brackets.

Facts: schemas/lexicon/modifiers.csv, change_stems.csv, score_stems.csv.
"""

import re

from schemas import lexicon
from transforms.numbers.counted_nouns import ROLES
from transforms.numbers.dates import LAST, NEXT, YEAR
from transforms.numbers.grammar import Reading

OPENERS = ' \t(«"“[–—-:,;…‘'
LONGEST_MODIFIER = 5
LEFT_WIDTH, RIGHT_WIDTH = 50, 40
"""Characters of the context that hold the longest modifier."""


def split_words(text: str) -> list[str]:
    """Split a text into lower-case words, an elided one apart from the next."""
    text = text.lower()
    if "’" in text or "'" in text:
        text = text.replace("'", "’").replace("’", "’ ")
    return text.split()


def split_last_words(text: str) -> list[str]:
    """The last words of a text, as many as the longest modifier has, as split_words splits them."""
    text = text.lower()
    if "’" in text or "'" in text:
        text = text.replace("'", "’").replace("’", "’ ")
    return text.rsplit(None, LONGEST_MODIFIER)[-LONGEST_MODIFIER:]


class Context:
    """The text before and after a figure; the last words before it, lower case, without the marks that touch them."""

    __slots__ = ("last", "left", "noun", "right", "words")

    def __init__(self, left: str, right: str, words: list[str] | None = None) -> None:
        self.left, self.right = left, right
        self.words = (
            words if words is not None else [w.strip(OPENERS) or w for w in split_last_words(left[-LEFT_WIDTH:])]
        )
        self.last = self.words[-1] if self.words else ""
        self.noun: tuple[str | None] | None = None

    @property
    def marked_words(self) -> list[str]:
        """More words before, lower case, with the commas and brackets that touch them."""
        return split_words(self.left)

    @property
    def words_after(self) -> list[str]:
        """The words after, lower case, without the marks that touch them."""
        sentence = CLAUSE_END.split(self.right[:RIGHT_WIDTH], maxsplit=1)[0]
        return [w.strip(",;.)") for w in split_words(sentence)]

    @property
    def clause(self) -> str:
        """The text before, back to the last full stop, colon or semicolon."""
        return CLAUSE_END.split(self.left)[-1]


def index_modifiers(position: str) -> dict[tuple[str, ...], str]:
    """Modifiers of one position, by their words."""
    rows = lexicon.read("modifiers").to_dicts()
    return {tuple(split_words(r["form"])): r["modifier"] for r in rows if r["position"] == position}


BEFORE = index_modifiers("before")
AFTER = index_modifiers("after")
BEFORE_LAST = frozenset(form[-1] for form in BEFORE)
AFTER_FIRST = frozenset(form[0] for form in AFTER)
AFTER_FORMS = sorted((r"\s+".join(map(re.escape, form)) for form in AFTER), key=len, reverse=True)
AFTER_HINT = re.compile(r"\s*(?:[^\s]+\s+)?[,;.)]*(?:" + "|".join(AFTER_FORMS) + r")", re.IGNORECASE)
"""Whether a modifier may stand among the first two words after a figure: tried before the words are split."""
TIMES_ONLY = frozenset({("vers",), ("vers", "les"), ("vers", "le"), ("sur", "les", "coups", "de"),
                        ("sur", "le", "coup", "de")})  # fmt: skip
"""Modifiers of times, dates and years only: "vers 30 personnes" is a direction."""
MORE_THAN, NEGATIONS = ("plus", "que"), frozenset(["ne", "n’", "guère", "rien"])
""""gagné plus que 50 %" is more; "il ne reste plus que 3 jours" is only."""
ONLY = re.compile(r"\b(?:ne\s|n[’'])[^.;:!?]*\bplus\sque\s$", re.IGNORECASE)
"""« Il n’en reste hélas plus que 45 »: the negation may stand further off."""
QUOTES = frozenset(["«", "“", '"'])
"""Marks that may stand between a modifier and its figure: de l’ordre de « 30 euros »."""
MODIFYING_VERBS = ("dépass", "excéd", "avoisin", "frôl")
ADVERBS = frozenset(["désormais", "déjà", "encore", "souvent", "parfois", "toujours", "largement", "nettement", "même",
                     "allègrement", "légèrement", "régulièrement", "rarement", "maintenant", "ainsi"])  # fmt: skip
"""Between a verb that modifies and its figure."""
DATED_KINDS = ("date", "time", "year")
AMBIGUOUS_AFTER = ("près", "plus", "et")
COMPLEMENTS = ("de", "que", "d’")
"""After "au moins" and the like, these begin another phrase: "30 pays au moins que"."""
CLAUSE_END = re.compile(r"[.;:!?»]\s")
CHANGE_STEMS = tuple(lexicon.read("change_stems")["stem"])
CHANGE_WORDS = 9
MONEY_STEMS = tuple(lexicon.read("money_stems")["stem"])
MONEY_WORDS, MONEY_AFTER = 8, 3
SCORE_CUES = re.compile(r"\b(?:" + "|".join(re.escape(s) for s in lexicon.read("score_stems")["stem"]) + ")", re.I)
PRONOUN_WIDTH = 5
"""Words from the pronoun en to its number: "il en récoltera moins de deux"."""
SENTENCED = re.compile(r"\s(?:avec\ssursis|fermes?|assortis?)\b")
"""Parts of a prison sentence: "quatre ans de prison, dont deux ferme"."""
PRICED = re.compile(r"\s(?:pour|en|à|chez|au|aux|dans|le|la)\b")
CONTRASTS = frozenset({("contre",), ("voire",), ("puis",), ("après",), ("au", "lieu", "de"),
                       ("au", "lieu", "des"), ("loin", "des"), ("loin", "de"), ("contre", "seulement"),
                       ("plutôt", "que"), ("jusqu’", "à")})  # fmt: skip
PARALLEL = re.compile(r"\s(?:pour|chez)\s(?:les?|la|l[’'])")
""""85 ans pour les femmes et 80 pour les hommes"."""
LEVEL = re.compile(
    r"\b(?:seuil|limite|norme|plafond|plancher|objectif|moyenne|normale|valeur\sguide)\s(?:[^\s,;]+\s){0,3}(?:à|de)\s$",
    re.IGNORECASE,
)
"""A level that the figure before is set against: "78 µg/m3, pour un seuil d’alerte à 80"."""
BRACKET = re.compile(r"(?:[(\[]|\bsoit\s)\s?(?:(?:soit|environ|près|plus|moins|de|d[’']|à|peu|quelque|un)[\s]?){0,4}$")
BRACKET_WIDTH = 25
NO_CUES: frozenset[str] = frozenset()


def find_modifier(context: Context, reading: Reading) -> str:
    """The modifier that stands before a figure, else after it; "exact" where none does."""
    is_dated = reading.kind in DATED_KINDS
    modifier = find_modifier_before(context, is_dated)
    if modifier is None and context.last in ADVERBS:
        modifier = find_modifier_of_verb(context)
    if modifier is None and AFTER_HINT.match(context.right):
        modifier = find_modifier_after(context.words_after)
    if modifier and (not is_dated or modifier == "approx"):
        return modifier
    return "approx" if reading.is_approximate else "exact"


def find_modifier_before(context: Context, is_dated: bool) -> str | None:
    """The longest modifier that ends right before a figure; before a date, le may stand between."""
    words = context.words
    if words and words[-1] in QUOTES:
        words = words[:-1]
    if is_dated and words and words[-1] == "le":
        words = words[:-1]
    if not words or words[-1] not in BEFORE_LAST:
        return None
    for length in range(len(words), 0, -1):
        form = tuple(words[-length:])
        modifier = BEFORE.get(form)
        is_only = form == MORE_THAN and (not NEGATIONS.isdisjoint(words) or ONLY.search(context.left))
        if is_only and not words[-3].endswith("é"):
            return None
        if modifier and (form not in TIMES_ONLY or is_dated) and (not is_dated or modifier == "approx"):
            return modifier
    return None


def find_modifier_of_verb(context: Context) -> str | None:
    """The modifier that a verb gives across its adverb: "dépasse souvent 300 élus"."""
    verb = context.words[-2:-1]
    return BEFORE.get(tuple(verb)) if verb and verb[0].startswith(MODIFYING_VERBS) else None


def find_modifier_after(words: list[str]) -> str | None:
    """The modifier right after a figure, or after one word: "30 pays environ"."""
    for start, word in enumerate(words[:2]):
        if word not in AFTER_FIRST:
            continue
        for length in (3, 2, 1):
            modifier = AFTER.get(tuple(words[start : start + length]))
            following = words[start + length : start + length + 1]
            is_complete = len(words) >= start + length and not (word in AMBIGUOUS_AFTER and length == 1)
            if modifier and is_complete and not (following and following[0] in COMPLEMENTS):
                return modifier
    return None


LIST_BEFORE = re.compile(r"\d,\s$")
IN_LIST = frozenset(["list"])
PAIR = re.compile(r"\d\s?[-–]\s?\d|\sà\s|\d/\d")


def find_cues(context: Context, run: str, opening: str) -> frozenset[str]:
    """What the words around a run say of its pairs of numbers: change from one to the other, score of a match;
    "list" after a number and a comma."""
    if context.left.endswith(", ") and LIST_BEFORE.search(context.left):
        return IN_LIST
    if not PAIR.search(run):
        return NO_CUES
    cues = set()
    if opening in ("de", "d’") and is_change(context):
        cues.add("change")
    if SCORE_CUES.search(context.left) or SCORE_CUES.search(context.right):
        cues.add("score")
    return frozenset(cues) if cues else NO_CUES


INDEFINITES = frozenset({"un", "une", "des", "d’", "quelques", "plusieurs"})
PASSING = re.compile(r"(?:re)?(?:pass|tomb|descend)(?:ant|e|ent|é|ée|és|ées|er|ait|aient|era|eront)")
APPOSED = re.compile(r",\s(?:de\s|d[’']\s?)$")
SPANNING = ("âgé", "long", "large", "haut", "profond", "épais", "distant", "variant", "allant")
"""Words whose measure de X à Y is a range: "des patients âgés de 40 à 75 ans"."""
NOUN_WIDTH = 4
"""Words of a noun with its adjectives: "d’une puissance totale de"."""


def is_change(context: Context) -> bool:
    """Whether a verb of change stands in the clause before "de X à Y".

    What "de X à Y" measures directly after an indefinite noun is a range: "relever des fissures de 4 à 6 mm".
    """
    before = context.words[:-1] if context.last in ("de", "d’") else context.words
    if before and PASSING.fullmatch(before[-1]) and not APPOSED.search(context.left):
        return True
    if any(w in INDEFINITES for w in before[-NOUN_WIDTH:-1]) or (before and before[-1].startswith(SPANNING)):
        return False
    return any(w.startswith(CHANGE_STEMS) for w in split_words(context.clause)[-CHANGE_WORDS:])


def find_ellipsis(context: Context) -> str | None:
    """How a bare number leaves out what it counts or measures; null where nothing says so.

    "contrast": set against the figure before (contre 3,9, au lieu de 110); "part": of it (dont 75; il en reste
    quatre); "side": 31 cm sur 24; "price": one more of the same sort (13 euros, 10 pour les enfants).
    """
    words = tuple(context.words[-3:])
    if SENTENCED.match(context.right) or is_taken_up(context):
        return "contrast"
    if words[-1:] == ("dont",) or "en" in context.words[-PRONOUN_WIDTH:-1] or words[-1:] == ("n’en",):
        return "part"
    is_level = context.last in ("à", "de") and LEVEL.search(context.left)
    if is_level or (context.last == "et" and PARALLEL.match(context.right)):
        return "contrast"
    if any(words[-length:] in CONTRASTS for length in (1, 2, 3)):
        return "contrast"
    if words[-1:] == ("sur",):
        return "side"
    return "price" if context.left.endswith(", ") and PRICED.match(context.right) else None


IN_YEAR = re.compile(r"\s(?:en|fin|début)\s(?:1[5-9]\d\d|20\d\d)\b")
ROW = re.compile(r"\s(?:en|fin|début)\s(?:1[5-9]\d\d|20\d\d)(?:,|\set|,\spuis)\s$")
"""A row of years tells its unit once: "12 fermes en 1974, 31 en 1989"."""
TAKING = frozenset(["prend", "prenait", "prendra", "faut", "fallait", "faudra", "coûte", "coûtait", "coûtera", "met"])


def is_taken_up(context: Context) -> bool:
    """Whether a bare number takes up the unit just named: in a row of years, or by "prenez-en", "il en faut"."""
    if context.last.endswith("-en") or (context.last in TAKING and context.words[-2:-1] == ["en"]):
        return True
    return (
        context.left.endswith((", ", " et ", "puis "))
        and IN_YEAR.match(context.right) is not None
        and ROW.search(context.left) is not None
    )


REACH = 150
"""Characters back to a noun left out: of 94 nouns taken further off or from another paragraph, 3 in 4 were wrong."""
SENTENCE_END = re.compile(
    r".*[.!?…](?<![^\W\d_][A-ZÀ-Ý].)(?<!\s[A-ZÀ-Ý].)[»”\"]?\s+(?=[^\Wa-zà-ÿ]|[«“\"]|$)", re.DOTALL
)
REFERS_BACK = re.compile(
    r"\b(?:en|eux|elles|ils|dont|tous|toutes|parmi|ceux|celles|certain[es]s|(?:autre|premier|première|second|seconde|dernier|dernière)s)\b",
    re.IGNORECASE,
)
"""Words that take up what the sentence before counted: "il en reste quatre", "parmi eux, douze volaient"."""
TAKEN_UP = re.compile(r"\s(?:d[’']entre\s(?:eux|elles)|(?:autres|ont|sont|avaient|étaient|auront|seront|ne)\b|n[’'])")
"""After a number that stands for what the sentence before counted: "Deux ont été retrouvés"."""
FACTOR = re.compile(r"\bpar\s(?:(?:plus|près|moins|environ|presque|quasiment)\s)?(?:de\s|d[’'])?$")
"""Before what multiplies or divides, which counts nothing: "divisé par près de trois"."""
SINGULAR = frozenset(["le", "la", "du", "au", "ce", "cet", "cette"])
"""Before bare digits, which are then a name: "ceux du 93", "une vieille 205"."""


def find_reach(context: Context, form: str) -> int:
    """How many characters back a bare number may find the noun that it leaves out; 0 where it leaves out none.

    In its own sentence, or in the one before where a word refers back.
    """
    if ("par" in context.words[-3:] and FACTOR.search(context.left)) or (form == "digits" and context.last in SINGULAR):
        return 0
    end = SENTENCE_END.match(context.left)
    if end is None or REFERS_BACK.search(context.left, end.end()) or TAKEN_UP.match(context.right):
        return REACH
    return len(context.left) - end.end()


def speaks_of_money(context: Context) -> bool:
    """Whether the clause speaks of a sum: "coûterait entre 3 et 4 milliards", "4 milliards seront versés"."""
    return any(
        w.startswith(MONEY_STEMS)
        for w in split_words(context.clause)[-MONEY_WORDS:] + context.words_after[:MONEY_AFTER]
    )


def is_bracketed(context: Context) -> bool:
    """Whether a figure opens a bracket, or follows soit, perhaps after a modifier."""
    return BRACKET.search(context.left[-BRACKET_WIDTH:]) is not None


WEEKDAYS = frozenset(form for form in lexicon.read("weekdays")["form"] if form.endswith(("di", "che")))
FUTURE = re.compile(r".{2,}(?:ra|ront|rez|rai|rait|raient)$")
NO_FUTURE = frozenset(["opéra", "caméra", "choléra", "sahara", "tiara", "aura"])
PAST_FORM = re.compile(r".{2,}(?:é|ée|és|ées|ait|aient)$")
IRREGULAR_PAST = re.compile(
    r"(?:(?:dis)?paru|sorti|survenu|parti|repris|pris|appris|mis|élu|rendu|reçu|venu|revenu|devenu|conclu|perdu|vendu|tenu"
    r"|retenu|obtenu|intervenu|détenu|descendu|répandu|entendu|battu|abattu|subi|saisi|fini|rempli|établi|réuni|signé"
    r"|(?:re|ad|sou|com|trans|é|dé)mis|surpris|(?:re|dé)?couvert|ouvert|offert|né|mort|écrit|inscrit|dit|interdit|construit"
    r"|détruit|introduit|produit|atteint|éteint|rejoint|vu|lu|connu|reconnu|maintenu|suspendu|retrouvé)e?s?$"
)
"""Participles in -i, -is and -u; other words with these endings are mostly nouns: mairie, lieu, avis."""
AUXILIARIES = frozenset(
    ["a", "ont", "est", "sont", "avait", "avaient", "était", "étaient", "fut", "furent", "ai", "avons", "avez"]
)
PLANNED = ("prévu", "attendu", "fixé", "programmé", "prochain", "reporté", "espéré", "annoncé")
"""Participles that speak of what is to come: "la sortie est fixée au 16 octobre"."""
TENSE_WORDS = 10


def find_tense(context: Context) -> str | None:
    """What tells the year of a date: words that say it, else past or future by the nearest verb; else null."""
    said = find_said_year(context)
    if said:
        return said
    words = [word.strip(OPENERS + ".,)»") for word in split_words(context.clause)[-TENSE_WORDS:]]
    for index in range(len(words) - 1, -1, -1):
        tense = read_tense(words[index])
        if tense:
            return weigh_tense(tense, words, index, context)
    following = CLAUSE_END.split(context.right + " ")[0]
    for word in split_words(following)[:TENSE_WORDS]:
        if word in AUXILIARIES:
            return "past"
        if is_future(word):
            return "future"
    return None


SINCE = re.compile(r"\bdepuis\s(?:ce\s|cet\s|le\s|l[’'])?$", re.IGNORECASE)
DEADLINE = re.compile(r"(?:\bd[’']ici\s(?:au\s|le\s|à\s)?|\b(?:a|ont|avez|avons|ai)\sjusqu[’']au\s)$", re.IGNORECASE)
SIDE = re.compile(r"\s(?:(?P<last>dernier|passé)|(?P<next>prochain))\b")
YEARS_AWAY = re.compile(
    r"(?:\b(?:(?P<last>l[’']an\s(?:dernier|passé)|l[’']année\s(?:dernière|passée)|(?:il\sy\sa|voilà|voici)\sun\san)"
    r"|(?P<next>l[’']an\sprochain|l[’']année\sprochaine)|(?P<this>cette\sannée))),?\s(?:(?:dès\s|jour\spour\sjour,\s)?"
    r"(?:le|du|au|les|entre\sle)\s)?$",
    re.IGNORECASE,
)
"""Right before a date: "il y a un an, le 3 mars", "l’an dernier, le 20 octobre"."""
AWAY = {"last": "-1", "next": "1", "this": "0"}


def find_said_year(context: Context) -> str | None:
    """The words beside a date that leave no choice of its year: a weekday, depuis, dernier, l’an dernier."""
    if context.last in WEEKDAYS:
        return context.last
    side = SIDE.match(context.right)
    if side:
        return LAST if side["last"] else NEXT
    if SINCE.search(context.left):
        return LAST
    if DEADLINE.search(context.left):
        return "future"
    away = YEARS_AWAY.search(context.left)
    return YEAR + AWAY[away.lastgroup] if away and away.lastgroup else None


PASSIVE_WIDTH = 3
"""Words from an auxiliary in the future to its participle: "seront à nouveau déposés"."""
PLUPERFECT = frozenset(["avait", "avaient", "était", "étaient", "fut", "furent", "eut", "eurent"])
PERFECT = frozenset(["a", "ont"])
APPOSED_VERB = re.compile(r",\s[^\W\d_]+ées?\sdu\s$|,\s[^\W\d_]+és?\sdu\s$")
""", menée du 12 au 19 octobre,": a participle on its own, no noun in -é."""
BESIDE = 3
"""Words from a verb to its date: "s’étaient vus le 20 mars"; from further off it is mostly another’s."""


def is_beside(words: list[str], index: int, context: Context) -> bool:
    """Whether a date belongs to the verb before it: close, no limit of a time (jusqu’au), no noun's (la rentrée du)."""
    is_noun_before = context.last == "du" and not APPOSED_VERB.search(context.left)
    return len(words) - index <= BESIDE and context.words[-2:] != ["jusqu’", "au"] and not is_noun_before


def weigh_tense(tense: str, words: list[str], index: int, context: Context) -> str:
    """How a verb's tense tells the year.

    In the pluperfect ("s’était marié"), or as a participle before a perfect ("menée du 12 au 19 octobre, a touché"),
    the day is over; a participle alone may speak of what is to come ("organisée le 5 mars").
    """
    before = words[max(0, index - PASSIVE_WIDTH) : index]
    if tense != "past" or any(map(is_future, before)):
        return "future"
    if not is_beside(words, index, context):
        return tense
    if not PLUPERFECT.isdisjoint([*before, words[index]]):
        return LAST
    if not PERFECT.isdisjoint(before) or words[index] in AUXILIARIES:
        return tense
    following = split_words(CLAUSE_END.split(context.right + " ")[0])[:TENSE_WORDS]
    verbs = [word for word in following if word in AUXILIARIES or is_future(word)]
    is_over = bool(PERFECT.intersection(verbs[:1])) and not any(word.startswith(PLANNED) for word in following)
    return LAST if is_over else tense


def is_future(word: str) -> bool:
    """Whether a word has the ending of a future or a conditional."""
    return word not in NO_FUTURE and FUTURE.match(word) is not None


def read_tense(word: str) -> str | None:
    """The tense that a word shows; null for none."""
    if word.startswith(PLANNED) or is_future(word):
        return "future"
    if word in AUXILIARIES or (word not in ROLES and (PAST_FORM.match(word) or IRREGULAR_PAST.match(word))):
        return "past"
    return None
