"""Numbers as written in French news: found by one vectorised pass, read by a small grammar.

Kinds, units and modifiers: schemas/figures.py. Facts: schemas/lexicon. The grammar: transforms/numbers/grammar.py.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from transforms.numbers.completion import complete_in_articles
from transforms.numbers.context import (
    Context,
    find_cues,
    find_ellipsis,
    find_modifier,
    find_reach,
    find_tense,
    is_bracketed,
    speaks_of_money,
)
from transforms.numbers.counted_nouns import NO_HEADS, ROLES, find_noun, make_singular
from transforms.numbers.currencies import settle_by_country
from transforms.numbers.dates import NUMERIC_DATE
from transforms.numbers.day_months import read_day_months
from transforms.numbers.grammar import Reading, read_run, read_simple
from transforms.numbers.kinds import find_points, read_noun, settle_kind
from transforms.numbers.runs import find_runs, lead_pattern, rest_pattern
from transforms.numbers.units import find_unit

FIGURES = {
    "article_id": pl.String, "start": pl.Int64, "end": pl.Int64, "text": pl.String, "kind": pl.String,
    "value": pl.Float64, "value_high": pl.Float64, "modifier": pl.String, "unit": pl.String, "noun": pl.String,
    "iso": pl.String, "iso_high": pl.String, "resolved_start": pl.Date, "resolved_end": pl.Date,
    "resolved_rule": pl.String, "equivalent_of_start": pl.Int64,
}  # fmt: skip


class Candidate(NamedTuple):
    """A figure read at its place in a run, with what is needed to complete it in its article."""

    offset: int
    length: int
    text: str
    kind: str
    value: float | None
    value_high: float | None
    modifier: str
    unit: str | None
    unit_form: str | None
    noun: str | None
    iso: str | None
    iso_high: str | None
    tense: str | None
    is_scaled: bool
    form: str
    ellipsis: str | None
    reach: int
    is_sum: bool
    is_bracketed: bool
    is_shared: bool
    is_list_comma: bool


NUMBERS = {"offset": pl.Int64, "length": pl.Int64, "reach": pl.Int64, "value": pl.Float64, "value_high": pl.Float64}
CANDIDATES = {
    name: pl.Boolean if name.startswith("is_") else NUMBERS.get(name, pl.String) for name in Candidate._fields
}


LONGEST_RUN = 300
"""No number in prose is longer: a trillion in words has 200 characters; beyond stand dumps of digits."""
PHONE = re.compile(
    r"(?<![\d,.])(?:\+\d{1,3}[ .\u00a0\u202f-]?(?:\(0\)[ .]?)?\d{1,4}(?:[ .\u00a0\u202f/-]{0,3}\d{2,4}){2,5}"
    r"|0\d{1,3}(?:[ .\u00a0\u202f/-]{0,3}\d{2,3}){3,5})(?!\d)"
)
"""Telephone numbers of France, Belgium and Switzerland, with or without the country."""
PHONE_START = re.compile(r"\+\d|(?<!\d)0\d")
NEAR = 16
WEB_MARKS = ("://", "www.", "@", "#", "_", "=")
OPENING = frozenset({"entre", "de", "du", "d’"})
ARTICLES = frozenset({"le", "la", "les", "l’"})
APOSTROPHES = ("’", "'")
CUT_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+$")
BELOW_ZERO = re.compile(r"\s(?:sous|(?:en|au)[- ]dessous\sde)\sz[ée]ro", re.IGNORECASE)
UNDER = re.compile(r"(?:sous|dessous\sde|dessus\sde|partir\sde|repart\sà)\s$")
COLD_WORDS = frozenset(["à", "fait", "de", "par", "jusqu’", "et", "entre", "les", "avec", "affiche"])
"""Before "moins 10 °C" where moins is the sign; elsewhere it compares ("10 % de moins", "au moins 10 %")."""
COMPARING = frozenset(["au", "du", "le", "ou", "à", "la", "les"]) - COLD_WORDS
"""Before "moins": a comparison. Before degrees, any other word leaves it the sign, since a comparison takes de."""
MIDDLE = re.compile(r"(?<![^\W_])mi-$", re.IGNORECASE)
"""Before a month: "mi-août 2025" is of August."""
GOOD_GROUP = re.compile(r"\bune\s(?:bonne|petite|grosse)\s$", re.IGNORECASE)
SHARED_NOUN = re.compile(
    r"\b(?:une?|\d+|deux|trois|quatre|cinq|six|sept|huit|neuf)\s([^\W\d_]+)(?:\s[^\W\d_]+)?\ssur\s$", re.IGNORECASE
)
ONE_THEN = re.compile(
    r"\bune?\s([^\W\d_]{2,})(?:,?\s(?:puis|voire|ou)\s[^\W\d_]+)*,?\s(?:puis|voire|ou)\s(?:même\s|peut-être\s)?$",
    re.IGNORECASE,
)
"""What is counted on from one: "une chèvre, puis deux, puis trois"."""
THEN = frozenset(["puis", "voire", "ou", "même", "peut-être"])
LISTED_NOUN = re.compile(r"\b(?:de\s|des\s|les\s|d[’'])([^\W\d_]+[sxz])\s\((?:plus\sde\s|près\sde\s|environ\s)?$")
"""A noun right before its number in brackets: "la hausse des décès (31)"."""
NUMBER_FOLLOWS = re.compile(r"\sle\s(?:nombre|total)(?=\s(?:de|des|d[’'])\b)", re.IGNORECASE)
""""porte à 158 le nombre de cas"."""
TOTAL_OF = re.compile(r"\b(?:total|bilan)\sdes\s([^\W\d_]+[sxz])\b[^.;:!?]*$", re.IGNORECASE)
NUMBER_OF = re.compile(
    r"\bnombre\s(?:[^\W\d_]+\s)?(?:de\s(?:ces\s|ses\s|leurs\s)?|des\s|d[’'])([^\W\d_]+[sxz])\b[^.;:!?]*$", re.IGNORECASE
)
SUMS = ("revenu", "recette", "bénéfice", "perte", "dette", "dividende", "subvention", "crédit",
        "investissement", "économie", "dépense", "cotisation", "impôt", "taxe", "pénalité", "dommage")  # fmt: skip
"""What is counted in millions of a currency: "120 millions de revenus"."""
UNIT_TITLES = ("Euro", "Euros", "Celsius", "Fahrenheit", "Kelvin")
LONGEST_SYMBOL = 3
REMEMBERED_RUNS = 10_000
"""Runs of digits and number words kept with their readings, 600 bytes each; 900 news articles hold 2,700 forms."""


@lru_cache(maxsize=REMEMBERED_RUNS)
def read_simple_once(run: str) -> tuple[Reading, ...]:
    """Read a run of a frequent form, whatever stands before it; empty where it is of another."""
    return tuple(read_simple(run))


@lru_cache(maxsize=REMEMBERED_RUNS)
def read_run_once(run: str, opening: str, cues: frozenset[str]) -> tuple[Reading, ...]:
    """Read a run; equal runs are read once."""
    return tuple(read_run(run, opening, cues))


def read_candidate(left: str, run: str, right: str) -> tuple[Candidate, ...]:
    """Read the figures of a run in its context; none where it holds none."""
    if len(run) > LONGEST_RUN:
        return ()
    shift = 0
    if run[0] in "-−" and left and not left[-1].isspace() and left[-1] not in "(«":
        left, run, shift = left + run[0], run[1:], 1
    run, right = give_back_cut_word(run, right)
    run, right = give_back_next_share(left, run, right)
    if not run or is_in_name(left, run):
        return ()
    run = mask_phones(left, run, right)
    context = Context(left, right)
    readings = read_simple_once(run) or read_in_context(run, context)
    if len(readings) == 1 and readings[0].end == len(run) and readings[0].start == 0:
        completed = [complete(readings[0], run, context)]
    else:
        whole, before = left + run + right, len(left)
        completed = [complete(reading, *place(reading, whole, before, context.words)) for reading in readings]
    if shift:
        return tuple(found._replace(offset=found.offset + shift) for found in completed if found is not None)
    return tuple(found for found in completed if found is not None)


def read_in_context(run: str, context: Context) -> tuple[Reading, ...]:
    """Read a run by the grammar, which asks what opens it and whether a match or a change is spoken of."""
    dates = read_day_months(run, context)
    if dates:
        return dates
    opening = find_opening(context)
    return read_run_once(run, opening, find_cues(context, run, opening))


def give_back_cut_word(run: str, right: str) -> tuple[str, str]:
    """Give back to the text after a run the letters that the ASCII boundary cut off a word: m of ménages, l of l’an."""
    if not run[-1].isalpha() or not (right[:1].isalpha() or right[:1] in APOSTROPHES):
        return run, right
    match = CUT_WORD.search(run)
    if match is None or (right[:1] in APOSTROPHES and len(match.group()) > 1):
        return run, right
    kept = run[: match.start()].rstrip()
    return kept, run[len(kept) :] + right


NEXT_SHARE = re.compile(r"\set\sune?$", re.IGNORECASE)
SHARE_AGAIN = re.compile(r"\s[^\W\d_]+(?:\s[^\W\d_]+)?\ssur\s", re.IGNORECASE)


def give_back_next_share(left: str, run: str, right: str) -> tuple[str, str]:
    """Give back "et un" that opens the next share: "une ferme sur trente et un hangar sur six"."""
    following = NEXT_SHARE.search(run) if left.endswith("sur ") else None
    if following is None or not SHARE_AGAIN.match(right):
        return run, right
    return run[: following.start()], run[following.start() :] + right


def mask_phones(left: str, run: str, right: str) -> str:
    """Put a mark for each character of a telephone number in a run, so that no figure is read in it."""
    if "0" not in run and "+" not in left[-NEAR:]:
        return run
    near = left[-NEAR:] + run
    if not PHONE_START.search(near):
        return run
    whole, before = near + right[:NEAR], len(near) - len(run)
    for match in PHONE.finditer(whole):
        start, end = max(match.start() - before, 0), min(match.end() - before, len(run))
        if start < end and not NUMERIC_DATE.fullmatch(match.group()):
            run = run[:start] + "_" * (end - start) + run[end:]
    return run


def is_in_name(left: str, run: str) -> bool:
    """Whether a run stands inside a word, a code, an address or a decimal: A9, F-16, CO2, www."""
    last = left[-1:]
    if not last or last.isspace():
        return False
    if last == "-" and MIDDLE.search(left) and run[0].isalpha():
        return False
    if (
        last.isalpha()
        or last == "/"
        or (last in "-‑+" and left[-2:-1].isalnum())
        or (last == "." and (left[-2:-1].isdigit() or run[0].isalpha()))
    ):
        return True
    chunk = left.rsplit(None, 1)[-1]
    return any(mark in chunk for mark in WEB_MARKS)


def find_opening(context: Context) -> str:
    """The word that opens a range before a run: entre, de, du; empty where none does."""
    words = [w for w in context.words[-2:] if w not in ARTICLES]
    return words[-1] if words and words[-1] in OPENING else ""


def complete(reading: Reading, text: str, context: Context) -> Candidate | None:
    """Complete a reading by the text around it; null where that says that it is no figure."""
    if is_no_number(reading, text, context):
        return None
    settled = settle_kind(reading, context, text)
    if settled is None:
        return None
    if settled.kind in SIGNED:
        settled = settle_price(settle_sign(settled, context), context)
        settled = settle_rate(settle_dash(settled, context), context)
    if settled.form == "group":
        settled = settle_start(settled, context)
    if settled.start != reading.start or settled.end != reading.end:
        text, context = move(reading, settled, text, context)
    kind = settled.kind
    is_bare = kind == "count"
    noun = read_noun(settled, context) or find_noun_around(context, settled) if is_bare else None
    if noun is not None and settled.is_scaled and noun.lower().startswith(SUMS):
        noun = None
    points = find_points(settled, context) if noun == "point" else None
    return Candidate(  # by position: by name took three times as long
        settled.start,
        settled.end - settled.start,
        text,
        kind,
        None if kind in ("date", "time") else settled.value,
        settled.value_high,
        find_modifier(context, settled),
        None if kind == "time" else settled.unit,
        points or settled.unit_form,
        noun,
        settled.iso,
        settled.iso_high,
        find_tense(context) if kind == "date" and not is_full(settled) else None,
        settled.is_scaled,
        settled.form,
        "points" if points else find_ellipsis(context) if is_bare and noun is None else None,
        find_reach(context, settled.form) if is_bare and noun is None else 0,
        is_bare
        and noun is None
        and settled.is_scaled
        and (speaks_of_money(context) or names_sum(context) or is_price(context)),
        kind in ("money", "measure") and is_bracketed(context),
        "shared" in settled.marks,
        context.right.startswith(", "),
    )


def is_full(date: Reading) -> bool:
    """Whether a date says its year, so that no verb need tell it."""
    return date.iso is not None and not date.iso.startswith("--") and not (date.iso_high or "").startswith("--")


def move(reading: Reading, settled: Reading, text: str, context: Context) -> tuple[str, Context]:
    """A figure that its context has made longer or shorter, and the text around it."""
    whole = context.left + text + context.right
    start = len(context.left) + settled.start - reading.start
    end = start + settled.end - settled.start
    known = context.words if settled.start == reading.start else None
    return whole[start:end], Context(whole[:start], whole[end:], known)


def place(reading: Reading, whole: str, before: int, words: list[str]) -> tuple[str, Context]:
    """A figure as written and the text around it; it may reach before or after its run.

    The words before its run are known: they are split once.
    """
    start, end = before + reading.start, before + reading.end
    known = words if reading.start == 0 else None
    return whole[start:end], Context(whole[:start], whole[end:], known)


def is_no_number(reading: Reading, text: str, context: Context) -> bool:
    """Whether a reading is cut out of a longer word, of a title (20 Minutes), or of "sous zéro"."""
    before, after = context.left[-1:], context.right[:2]
    if (before.isalpha() and text[0].isalpha()) or after[:1].isalnum():
        return True
    is_compound = after[:1] in ("-", "‑") and after[1:].isalpha() and reading.kind != "money"
    if is_compound and not context.right[1:].startswith("point"):
        return True
    if text.lower().startswith(("zéro", "zero")) and UNDER.search(context.left):
        return True
    form = reading.unit_form
    return (
        form is not None
        and len(form) > LONGEST_SYMBOL
        and form.isalpha()
        and form.istitle()
        and form not in UNIT_TITLES
    )


def settle_start(reading: Reading, context: Context) -> Reading:
    """Take the article into a group noun past an adjective: "une bonne vingtaine"."""
    article = GOOD_GROUP.search(context.left)
    return reading._replace(start=reading.start - len(article.group())) if article else reading


DASHES = frozenset("–−-")
DASHED = re.compile(r"(?:^|[\s(:])(?P<dash>[–−-]\s?)$")
DASHED_OPEN = re.compile(r"(?:[(:]|:\s)[–−-]\s?$")
DEGREES = ("Cel", "deg", "[degF]", "K")


def settle_dash(reading: Reading, context: Context) -> Reading:
    """Take in a dash that is a minus sign: « – 15 °C », « : –3 % », but no dash between two phrases.

    A true minus sign is one; a dash that touches its number is one; one with a space is before degrees or where a
    figure opens its phrase after a bracket or colon. At the head of a line it marks an item of a list.
    """
    if context.left[-2:].strip()[-1:] not in DASHES or reading.kind not in ("measure", "percent"):
        return reading
    if reading.value is None or reading.value <= 0:
        return reading
    dash = DASHED.search(context.left)
    if dash is None or (not context.left[: dash.start("dash")] and reading.unit not in DEGREES):
        return reading
    sign = dash["dash"]
    is_sign = sign[0] == "−" or not sign.endswith((" ", "\u00a0")) or reading.unit in DEGREES
    if not is_sign and not DASHED_OPEN.search(context.left):
        return reading
    value_high = None if reading.value_high is None else -reading.value_high
    return reading._replace(value=-reading.value, value_high=value_high, start=reading.start - len(sign))


RATES = {"hectare": "har", "ha": "har", "litre": "L", "heure": "h", "seconde": "s", "mètre carré": "m2",
         "mètre cube": "m3", "kilo": "kg", "kilogramme": "kg"}  # fmt: skip
RATE = re.compile(rf"\spar\s(?P<unit>{'|'.join(sorted(RATES, key=len, reverse=True))})(?![^\W\d_])")


def settle_rate(reading: Reading, context: Context) -> Reading:
    """Make one measure of a rate: "60 quintaux par hectare"."""
    rate = RATE.match(context.right) if reading.kind == "measure" and reading.unit and "/" not in reading.unit else None
    if rate is None:
        return reading
    return reading._replace(unit=f"{reading.unit}/{RATES[rate['unit']]}", end=reading.end + rate.end())


PRICE_DASH = re.compile(r"\.(?:[–—]|--?)(?![\w-])")
"""Swiss prices without centimes: 49.–"""


def settle_price(reading: Reading, context: Context) -> Reading:
    """Take in the dash of a Swiss price; a number with it and no currency is of francs."""
    dash = PRICE_DASH.match(context.right) if reading.form == "digits" else None
    if dash is None or reading.kind not in ("count", "money"):
        return reading
    return reading._replace(kind="money", unit=reading.unit or "CHF", end=reading.end + dash.end())


PRICE_END = re.compile(r"\s?(?:[.,;:)]|$|\sen\s(?:19|20)\d\d)")


def is_price(context: Context) -> bool:
    """Whether bare millions are what something was done for: "rebâti la halle pour 3 millions"."""
    return context.last == "pour" and PRICE_END.match(context.right) is not None


def names_sum(context: Context) -> bool:
    """Whether a sum of money is named after millions: "120 millions de revenus"."""
    return any(word.startswith(SUMS) for word in context.words_after[:2])


def find_noun_around(context: Context, reading: Reading) -> str | None:
    """The noun of "un enfant sur dix", "le nombre de cas atteint 300" and "porte à 300 le nombre de cas"."""
    follows = NUMBER_FOLLOWS.match(context.right)
    if follows:
        return find_noun(context.right[follows.end() :], is_linked=True)
    subject = find_subject(context, reading)
    if subject:
        return subject
    total = find_total(context, reading)
    if total:
        return make_singular(total)
    noun = find_noun_before(context)
    return None if noun is None or noun.lower() in ROLES or find_unit(noun) else make_singular(noun)


COPULAS = frozenset(["sont", "étaient", "seront", "seraient", "furent"])
SUBJECT = re.compile(
    r"\b(?:les|des|ces|ses|nos|vos|leurs|mes)\s(?P<noun>[^\W\d_]+[sxz])\s(?:[^\W\d_]+[sxz]\s)?(?:ne\s|n[’'])?"
    r"(?:sont|étaient|seront|seraient|furent)\s(?:(?:plus|déjà|environ|encore)\s)?(?:que\s)?(?:plus\sde\s|près\sde\s)?$",
    re.IGNORECASE,
)
"""The subject that a number counts: « Les plombiers ne sont que quatre »."""
AMONG = re.compile(r"\bparmi\s(?:les|ces|ses|leurs|nos|vos)\s([^\W\d_]+[sxz])\b[^.;:!?\d]*$", re.IGNORECASE)
"""« Parmi les brebis vaccinées, 220 ont mis bas »: the noun stands before."""


def find_subject(context: Context, reading: Reading) -> str | None:
    """The subject that a number counts after a form of être; null where a noun follows, or an adjective is one."""
    subject = None if COPULAS.isdisjoint(context.words) else SUBJECT.search(context.left)
    if subject is None or find_noun(context.right, reading.is_scaled):
        return None
    noun = subject["noun"]
    is_noun = ROLES.get(noun.lower()) is None and not noun.startswith(NO_HEADS)
    return make_singular(noun) if is_noun else None


def find_total(context: Context, reading: Reading) -> str | None:
    """The plural noun whose number, total, bilan or part is told."""
    if context.last == "par":
        return None
    is_total = not reading.is_scaled and ("otal" in context.left or "ilan" in context.left)
    pattern = NUMBER_OF if "ombre" in context.left else TOTAL_OF if is_total else None
    total = pattern.search(context.left) if pattern else None
    if total is None and "armi" in context.left:
        total = AMONG.search(context.left)
    return total.group(1) if total else None


def find_noun_before(context: Context) -> str | None:
    """The noun that stands before its number, where their words show it."""
    pattern = SHARED_NOUN if context.last == "sur" else ONE_THEN if context.last in THEN else None
    if pattern is None and "(" in context.left and context.right.startswith(")"):
        pattern = LISTED_NOUN
    match = pattern.search(context.left) if pattern else None
    return match.group(1) if match else None


SIGNED = frozenset({"measure", "count", "percent", "money"})
"""Kinds whose sign or price mark may stand outside their run."""


def settle_sign(reading: Reading, context: Context) -> Reading:
    """Give a figure the minus sign written in words: "moins 10 degrés", "10 degrés sous zéro"."""
    if reading.value is None or reading.value <= 0:
        return reading
    below = BELOW_ZERO.match(context.right) if "z" in context.right else None
    if below and reading.kind != "percent":
        end, unit = reading.end + below.end(), reading.unit or "deg"
        return reading._replace(kind="measure", value=-reading.value, unit=unit, end=end)
    if context.last != "moins" or not context.left[-1:].isspace():
        return reading
    is_first = len(context.words) == 1
    is_warmth = reading.unit in ("Cel", "deg") and not is_first and context.words[-2] not in COMPARING
    is_cold = is_warmth or (reading.kind != "count" and not is_first and context.words[-2] in COLD_WORDS)
    if not (is_first or is_cold):
        return reading
    start = reading.start - len(context.left) + context.left.lower().rindex("moins")
    return reading._replace(value=-reading.value, start=start)


def find_figures(paragraphs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Find and read the figures of articles.

    In:  paragraphs (article_id, start, text) and articles (article_id, published_at, site).
    Out: one row per figure, in order: the columns of schemas/figures.py without identifiers and raw offsets;
         equivalent_of_start is the start of the figure that a bracketed conversion repeats, else null.
    """
    runs = find_runs(paragraphs, lead_pattern(), rest_pattern())
    # Python reads each distinct run once, in 60 µs, and looks at the words around each figure, 20 µs; of 29,000 runs in
    # 3,000 articles 8,900 are distinct, with their context nearly all; a dump of one repeated text is read once.
    # Figures in one flat list, their places as integers: small tuples and lists kept the garbage collector busy.
    rows: list[Candidate] = []
    firsts = [0]
    for left, run, right in zip(runs.left, runs.run, runs.right, strict=True):
        rows += read_candidate(left, run, right)
        firsts.append(len(rows))
    return (
        lay_out_figures(runs.places, rows, runs.numbers, firsts)
        .pipe(complete_in_articles, articles)
        .pipe(settle_by_country, paragraphs)
        .select(pl.col(name).cast(kind) for name, kind in FIGURES.items())
    )


def lay_out_figures(places: pl.DataFrame, rows: list[Candidate], numbers: list[int], firsts: list[int]) -> pl.DataFrame:
    """Set the figures of distinct runs at every place of each.

    In:  places of runs; the figures of distinct runs in order; the number of the distinct run at each place; the first
         figure of each distinct run, and how many figures there are.
    Out: one row per figure and place: article_id, paragraph, base, start and end, and the columns of a Candidate.
    """
    columns = zip(*rows, strict=True) if rows else [()] * len(CANDIDATES)
    figures = pl.DataFrame(dict(zip(CANDIDATES, columns, strict=True)), schema=CANDIDATES)
    bounds, run = pl.Series(firsts, dtype=pl.Int64), pl.Series(numbers, dtype=pl.Int64)
    spans = places.select(
        "article_id", "paragraph", "base", figure=pl.int_ranges(bounds[run], bounds[run + 1], dtype=pl.Int64)
    )
    spans = spans.filter(pl.col("figure").list.len() > 0).explode("figure")
    placed = spans.drop("figure").hstack(figures[spans["figure"]])
    return placed.with_columns(start=pl.col("base") + pl.col("offset")).with_columns(
        end=pl.col("start") + pl.col("length")
    )
