"""What the words and marks of a line say about its role, whatever stands around it."""

import re
from functools import cache
from itertools import pairwise

import polars as pl

from schemas import lexicon
from transforms.layout.bylines import REPOSTER, agency_pattern, outlet_pattern, read_byline
from transforms.layout.dates import (
    CONNECTORS,
    PrintedDate,
    month_numbers,
    read_dated_line,
    read_relative_line,
    read_today,
)

LEADING_SYMBOLS = r"^(?:[◆♦●■★☆⚡▸▪▶►▷➤❯➔✚✓✔✱✦◂◀▼🔗🎧🎥📰🗞📌📍🚨✉📧📬⏱⏲⏳🕐🕑🕒🏠\x{FE0F}]|>{2,})+\s*"
"""Ornaments before a line; the words after them say what it is."""

LINE_END = r"[\s.!…»›>→:)\]★●🔎🔍🔒🔓🔔▾▼×✕]*$"
CUE_LENGTH = 400
"""Longer paragraphs are text, whatever words they hold."""

CUE_BYTES = 1600
TAIL = re.compile(r"\.\{0,(\d+)\}\$")
CUE_ROOM = 60
"""Bytes of the cue itself, beside what may follow it."""

ANYWHERE_BYTES = 220
"""Words such as newsletter make a short line furniture, wherever they stand; a paragraph may speak of newsletters."""

SIZES = (100, 140, ANYWHERE_BYTES, CUE_BYTES)
"""Lines are tried by the expressions that their length allows."""

FREE_STARTS = (".", "[^", r"(?:\p{L}", r"\p{L}")
"""An expression that begins so reads far into every line: for short ones only."""

LABEL_LINES = 4
"""Above a title, a word such as En direct is its section; further down it heads a box."""

BYLINE_LENGTH = 120
DATED_LENGTH = 200
DATED_SENTENCE = 90
"""A line that long and closed like a sentence is one."""

HEADER_LINES = 15
FOOTER_LINES = 6
"""A byline without the word `par` is believed among the first and the last lines only."""

PRIORITY = (
    "tags", "source", "agency_credit", "keypoints", "comment_header", "table",
    "counter", "byline_note", "promo", "comment_author", "caption", "credit",
)  # fmt: skip
"""Which cue wins where a line has several: the more specific first."""

SENTENCE_OF_TEXT = (
    r"^\p{Lu}\p{Ll}{0,9} ?\p{Ll}{2,10}\. \p{Lu}[^:]*[.!?]$|^\p{Lu}{4,} [-–—] \p{Lu}[^:]{50,}\.$|^[^«]{20,}[.!?…] ?»$"
)
"""No furniture: an answer of two words and a sentence (À voir. Car le maire hésite.), a lead behind its label
(SONDAGE - Le maire perd trois points.), speech that an earlier line began."""

RELATIVE_BYTES = 120
RELATIVE_WORDS = [
    "il y a ", "hier", "aujourd’hui", "à l’instant", "depuis ", " ago", "today", "publié", "mis à jour", "modifié",
]  # fmt: skip
"""In a short line one of these may tell when, from the day of reading."""

FIRM = ("tags", "comment_author", "agency_credit", "keypoints")
"""Cues that a date or a name in the same line does not outweigh."""

MAY_BE_NAMES = (
    r"^[^\p{L}\p{N}]*\p{Lu}\S*[ ,].*(?:[^.!?:»”]|[ -]\p{Lu}\.|\p{Lu}{3}\.)$|^(?:\p{Lu}{1,2}\.[ -]?){2,4}"
    r"(?:(?:et|,|/) ?(?:\p{Lu}{1,2}\.[ -]?){2,4})*$"
)
BULLET = r"^(?:[•·▪►‣◦●■♦◆]\s*|[*+–\-]\s+|\(?\d{1,2}[.)]\s)"
DATE = pl.Struct(
    {
        "cue": pl.String, "year": pl.Int64, "month": pl.Int64, "day": pl.Int64, "hour": pl.Int64, "minute": pl.Int64,
        "evidence": pl.String,
    }
)  # fmt: skip
PART = pl.Struct({"start": pl.Int64, "end": pl.Int64, "role": pl.String, "rule": pl.String})
DATED = pl.Struct({"dates": pl.List(DATE), "parts": pl.List(PART)})


@cache
def cue_patterns() -> dict[str, list[tuple[int, str]]]:
    """Expressions per role over the lower-case line, from the lexicon role_cues, each with the longest line in bytes.

    Those that hold at the start are one expression a length. Those that hold anywhere stand alone: joined to the others
    they made the whole twelve times slower (3.1 s instead of 0.25 s on 33,000 lines). How much may follow a cue
    (`.{0,60}$`) is told by the length of the line: counted in the expression it doubled the time.
    """
    agencies = agency_pattern().lower()
    anchored: dict[tuple[str, int], list[str]] = {}
    found: dict[str, list[tuple[int, str]]] = {}
    for role, place, pattern in lexicon.read("role_cues").select("role", "place", "pattern").iter_rows():
        tails = [int(n) for n in TAIL.findall(pattern)]
        form = f"(?:{TAIL.sub('', pattern.replace('@AGENCIES@', agencies))})" + (LINE_END if place == "whole" else "")
        bounded = tails or place != "start" or pattern.startswith(FREE_STARTS)
        room = max(tails, default=ANYWHERE_BYTES) if bounded else CUE_BYTES
        limit = next(size for size in SIZES if size >= min(room + CUE_ROOM, CUE_BYTES) or size == CUE_BYTES)
        limit = min(limit, ANYWHERE_BYTES) if place != "start" or (not tails and bounded) else limit
        if place == "any":
            found.setdefault(role, []).append((limit, form))
        elif pattern.startswith(FREE_STARTS):
            found.setdefault(role, []).append((limit, "^" + form))
        else:
            anchored.setdefault((role, limit), []).append(form)
    for (role, limit), forms in anchored.items():
        found.setdefault(role, []).append((limit, "^(?:" + "|".join(forms) + ")"))
    return found


def add_cues(lines: pl.DataFrame) -> pl.DataFrame:
    """Add what each line says by itself.

    In:  doc, line, raw, clean.
    Out: same rows, plus cue (a role, comment_header, comment_author, byline, date; null where the words say nothing),
         is_bulleted, dated (DATED or null: dates printed and the parts they cut the line into), byline_of (Boolean).
    """
    lines = lines.with_columns(is_bulleted=pl.col("raw").str.contains(BULLET)).with_row_index("_row")
    short = lines.filter(pl.col("clean").str.len_chars() <= CUE_LENGTH).select(
        "_row", "doc", "line", "raw", "clean", last_line=pl.col("line").max().over("doc")
    )
    word_cue = pl.coalesce(*(pl.when(_says(role)).then(pl.lit(role)) for role in PRIORITY))
    short = short.with_columns(
        folded=pl.col("clean")
        .str.to_lowercase()
        .str.replace(LEADING_SYMBOLS, "")
        .str.replace(r"^[(\[]\s*([^()\[\]]*[^()\[\]\s])\s*[)\]]$", "$1")
        .str.replace(r"^\[\s*([^\[\]]{3,30}[^\[\]\s])\s*\]\s+([^\[\s])", "$1 : $2"),
        is_image=pl.col("raw").str.contains(r"^<img\b[^<>]*>\s*\S|^!\[[^\]]*\]\([^)]*\)(?:\s*[*_][^*_]{1,250}[*_])?$"),
    )
    size = pl.col("folded").str.len_bytes()
    # An empty text in place of those too long: behind a null the expressions still run over the whole line.
    short = short.with_columns(
        pl.when(size <= limit).then("folded").otherwise(pl.lit("")).alias(f"folded_{limit}") for limit in SIZES
    )
    # Reportage alone is the kind of text, above a title.
    labels = lexicon.read("sections")["form"].implode()
    short = short.with_columns(word_cue=word_cue, signed=_says("byline") & ~pl.col("folded").is_in(labels))
    short = short.pipe(_add_dated).pipe(_add_bylines)
    promo = pl.col("word_cue") == "promo"
    line = pl.when(promo).then("clean").otherwise(pl.lit(""))
    above = pl.col("folded").is_in(labels) & (pl.col("line") < LABEL_LINES) & promo
    told = line.str.contains(SENTENCE_OF_TEXT) | (line.str.count_matches('"') % 2 == 1) & line.str.ends_with('"')
    short = short.with_columns(word_cue=pl.when((above | told).fill_null(False)).then(None).otherwise("word_cue"))
    cue = pl.coalesce(
        pl.when(pl.col("word_cue").is_in(FIRM) & ~_signs_and_dates()).then("word_cue"),
        pl.when(pl.col("dated").struct.field("parts").list.len() > 0).then(pl.lit("date")),
        pl.when(pl.col("is_byline") & (pl.col("signed") | (pl.col("has_cue") & _may_be_labelled()))).then(
            pl.lit("byline")
        ),
        pl.when(pl.col("word_cue") == "byline_note").then(pl.lit("byline")),
        "word_cue",
        pl.when("is_byline").then(pl.lit("name")),
        pl.when("is_image").then(pl.lit("caption")),
    )
    short = short.select("_row", cue=cue, dated="dated")
    stale = [c for c in ("cue", "dated") if c in lines.columns]
    return lines.drop(stale).join(short, on="_row", how="left", maintain_order="left").drop("_row")


def _signs_and_dates() -> pl.Expr:
    """Whether `X, publié le` is the only such line among the first ones: a byline with its date, no reader."""
    posted = (
        (pl.col("word_cue") == "comment_author")
        & (pl.col("dated").struct.field("parts").list.len() > 0)
        & (pl.col("line") < HEADER_LINES)
    ).fill_null(False)
    return posted & (posted.sum().over("doc") == 1)


def _may_be_labelled() -> pl.Expr:
    """A job or a label makes a byline below the first line only, and not where a picture’s words begin the line."""
    first = pl.col("line") == pl.col("line").min().over("doc")
    pictured = pl.col("word_cue").is_in(["caption", "credit"]) | pl.col("clean").str.contains(
        r"[.!?)]\s+\p{Lu}\p{L}+\s?:|,[^.!?]*[.!?]\s+(?i:photos?|clichés?)\b"
    )
    return ~first & ~pictured.fill_null(False)


def _says(role: str) -> pl.Expr:
    """Whether the lower-case line holds a cue of the role."""
    found = [pl.col(f"folded_{limit}").str.contains(pattern) for limit, pattern in cue_patterns()[role]]
    return pl.any_horizontal(*found)


@cache
def _may_hold_date() -> str:
    """A day or year beside the name of a month, or numbers parted like a date; lower case."""
    months = "|".join(sorted(re.escape(form) for form in month_numbers()))
    return (
        rf"\d(?:er|st|nd|rd|th)?[.,]?[ -]+(?:of )?(?:{months})|(?:{months})\.?,? \d|"
        r"\d[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d"
    )


def _add_dated(short: pl.DataFrame) -> pl.DataFrame:
    """Read the dates of lines that hold little else."""
    sentence = (pl.col("clean").str.len_chars() >= DATED_SENTENCE) & pl.col("clean").str.contains(r"[.!?…»”\"]$")
    brief = (pl.col("clean").str.len_chars() <= DATED_LENGTH) & ~sentence
    relative = (pl.col("clean").str.len_bytes() <= RELATIVE_BYTES) & pl.col("folded").str.contains_any(RELATIVE_WORDS)
    may = brief & (pl.col("folded").str.contains(_may_hold_date()) | relative)
    found = short.filter(may).select("clean", "folded").unique("clean").pipe(_add_templates)
    distinct = found["template"].unique().to_list()
    # About one line in thirty has a form of its own; the rest are a few hundred templates, of 36k bylines.
    read = pl.DataFrame({"template": distinct}, schema={"template": pl.String}).with_columns(
        pl.Series("dated", [cut_dated_line(text) for text in distinct], DATED)
    )
    found = found.join(read, on="template", how="left").pipe(_fill_templates)
    return short.join(found.select("clean", "dated"), on="clean", how="left", maintain_order="left")


@cache
def _closing_date() -> str:
    """A day with its year, and perhaps an hour, that closes a line: what nearly all bylines with a date have; lower
    case."""
    months = "|".join(sorted(map(re.escape, month_numbers()), key=len, reverse=True))
    days = "|".join(sorted(lexicon.read("weekdays")["form"].to_list(), key=len, reverse=True))
    return (
        rf"^(?P<before>[^0-9]*?)(?P<date>(?:(?:{days}) )?(?P<day>[0-3]?\d)(?:er)?"
        rf" (?P<month>{months}) (?P<year>20[0-4]\d)"
        r"(?: à (?P<hour>[01]?\d|2[0-3])h(?P<minute>[0-5]\d))?)$"
    )


TEMPLATE_DAY, TEMPLATE_HOUR = "1 mars 2001", " à 1h01"


def _add_templates(lines: pl.DataFrame) -> pl.DataFrame:
    """Add template: the line with its closing date, if that is its only one, put as 1 mars 2001 (à 1h01); else the
    line."""
    groups = pl.col("folded").str.extract_groups(_closing_date())
    same = pl.col("folded").str.len_chars() == pl.col("clean").str.len_chars()
    lines = lines.with_columns(_date=pl.when(same).then(groups)).unnest("_date")
    length = pl.col("before").str.len_chars()
    hour = pl.when(pl.col("hour").is_null()).then(pl.lit("")).otherwise(pl.lit(TEMPLATE_HOUR))
    possible = pl.col("day").cast(pl.Int64, strict=False).is_between(1, 31).fill_null(False)
    return lines.with_columns(before=pl.when(possible).then("before")).with_columns(
        template=pl.when(pl.col("before").is_null())
        .then("clean")
        .otherwise(pl.concat_str(pl.col("clean").str.slice(0, length), pl.lit(TEMPLATE_DAY), hour))
    )


def _fill_templates(lines: pl.DataFrame) -> pl.DataFrame:
    """Put the line's own date and length where its template had 1 mars 2001."""
    own = pl.col("dated").struct.field("dates").list.first().struct.field("evidence").str.len_chars()
    grown = pl.col("clean").str.len_chars().cast(pl.Int64) - pl.col("template").str.len_chars().cast(pl.Int64)
    size = own.cast(pl.Int64) + grown
    date = pl.struct(
        pl.col("dated").struct.field("dates").list.first().struct.field("cue").alias("cue"),
        pl.col("year").cast(pl.Int64),
        pl.col("month").replace_strict(month_numbers(), default=None, return_dtype=pl.Int64),
        pl.col("day").cast(pl.Int64),
        pl.col("hour").cast(pl.Int64),
        pl.col("minute").cast(pl.Int64),
        pl.col("clean").str.tail(size).alias("evidence"),
    )
    parts = pl.col("dated").struct.field("parts")
    moved = [_part_of(parts.list.get(i, null_on_oob=True), grown) for i in (0, 1)]
    filled = pl.struct(
        pl.concat_list(date).alias("dates"),
        pl.when(parts.list.len() == 2).then(pl.concat_list(*moved)).otherwise(pl.concat_list(moved[0])).alias("parts"),
    )
    single = pl.col("before").is_not_null() & parts.is_not_null()
    return lines.with_columns(dated=pl.when(single).then(filled).otherwise("dated"))


def _part_of(part: pl.Expr, grown: pl.Expr) -> pl.Expr:
    """A part of a template in its line: the last one ends where the line does."""
    end = part.struct.field("end")
    last = end == pl.col("template").str.len_chars().cast(pl.Int64)
    return pl.struct(
        part.struct.field("start"),
        pl.when(last).then(end + grown).otherwise(end).alias("end"),
        part.struct.field("role"),
        part.struct.field("rule"),
    )


def cut_dated_line(text: str) -> dict[str, object] | None:
    """The dates of a line and the parts it is cut into; null where it is text that happens to hold a date."""
    line = read_dated_line(text)
    if not line.dates:
        return _cut_relative_line(text)
    first, last = line.dates[0], line.dates[-1]
    before = LAST_LINK.sub("", text[: first.start].strip(" ,|·•–—-/:("))
    after = text[last.end :].strip(" ,|·•–—-/:().")
    cued = any(d.cue in ("published", "updated", "reposted") for d in line.dates)
    parts: list[dict[str, object]] = []
    gaps = [text[a.end : b.start] for a, b in pairwise(line.dates)]
    rest = [r for r in (before, *gaps, after) if any(c.isalnum() for c in CONNECTORS.sub(" ", r))]
    pieces = [p for r in rest for p in PIECES.split(r) if any(c.isalnum() for c in CONNECTORS.sub(" ", p))]
    signed = [p for p in pieces if not _counter_pattern().search(p.lower()) and not TIME_ZONE.fullmatch(p)]
    signed = [p for p in signed if not re.fullmatch(outlet_pattern(), p.strip(" ,"))]
    if not line.rest or not signed:
        parts = [_part(0, len(text), "date", "date_line")]
    elif len(pieces) > 1 and all(read_byline(p).is_byline for p in signed):
        parts = [_part(0, len(text), "byline", "byline_with_date")]
    elif DATELINE_ALONE.match(text[last.end :]) and _is_place(before):
        parts = [_part(0, len(text), "dateline", "dateline_alone")]
    elif rest == [before] and not cued and SOURCE_NOTE.match(before) and not CLAUSE.search(before):
        parts = [_part(0, len(text), "source", "source_with_date")]
    elif rest == [before] and _is_place(before) and text[len(before) :].lstrip()[:1] == ",":
        parts = [_part(0, len(text), "date", "place_with_date")]
    elif _is_print_header(rest):
        parts = [_part(0, len(text), "source", "print_header")]
    elif (
        len(rest) == 1
        and rest[0] in (before, after)
        and (
            read_byline(rest[0]).is_byline
            or (cued and rest[0] == before and len(before) <= 60 and not text.endswith("."))
        )
    ):
        middle = first.start if before else last.end
        roles = ("byline", "date") if before else ("date", "byline")
        parts = [_part(0, middle, roles[0], "byline_with_date"), _part(middle, len(text), roles[1], "byline_with_date")]
    elif side := _find_signed_side(text, first, last):
        middle = first.start if side == "before" else last.end
        roles = ("byline", "date") if side == "before" else ("date", "byline")
        parts = [_part(0, middle, roles[0], "byline_in_cells"), _part(middle, len(text), roles[1], "byline_in_cells")]
    elif _stands_before_text(text, first, before, after, last.end):
        end = len(text) - len(text[last.end :].lstrip(" –—-|:•·"))
        parts = [_part(0, end, "date", "date_before_text"), _part(end, len(text), None, "")]
    if not parts:
        return None
    dates = [_list_date(d, text) for d in line.dates]
    if REPOSTER.match(before):
        dates[0]["cue"] = "reposted"
    return {"dates": dates, "parts": parts}


CELL_MARK = re.compile(r"\s*[|•·]\s*|\s{2,}")


def _find_signed_side(text: str, first: PrintedDate, last: PrintedDate) -> str | None:
    """On which side of the dates of a line parted into cells its byline is; null where any cell is something else.

    Cells beside a byline and the dates are sections, outlets and counters: Lise Amar | 3 mai 2023 | Culture | 2 min.
    """
    before, after = (
        [c for c in CELL_MARK.split(t) if c.strip(" -–—,")] for t in (text[: first.start], text[last.end :])
    )
    if not CELL_MARK.search(text) or text[first.end : last.start].count("|") > 1:
        return None
    signed = [side for side, cells in (("before", before), ("after", after)) if any(map(_signs, cells))]
    known = all(_signs(c) or _is_cell(c) for c in [*before, *after])
    return signed[0] if len(signed) == 1 and known else None


def _signs(cell: str) -> bool:
    byline = read_byline(cell)
    return byline.is_byline and bool(byline.authors or byline.agencies or byline.has_cue)


def _is_cell(cell: str) -> bool:
    folded = cell.strip(" -–—,").lower()
    return (
        folded.isdigit()
        or folded in _section_names()
        or bool(_counter_pattern().search(folded))
        or bool(re.fullmatch(outlet_pattern(), cell.strip(" -–—,")))
    )


@cache
def _section_names() -> frozenset[str]:
    return frozenset(lexicon.read("sections")["form"])


def _cut_relative_line(text: str) -> dict[str, object] | None:
    """A line that tells when only from the day of reading (il y a 3 heures): a date line, but no date, or the hour
    alone (publié aujourd’hui à 16h10)."""
    rest = read_relative_line(text)
    if rest is None or (rest and not _counter_pattern().search(rest.lower())):
        return None
    today = read_today(text)
    dates = [_list_date(today, text)] if today else []
    return {"dates": dates, "parts": [_part(0, len(text), "date", "relative_date_line")]}


def _list_date(date: PrintedDate, text: str) -> dict[str, object]:
    """A date as DATE has it."""
    names = ("cue", "year", "month", "day", "hour", "minute")
    return {**{n: getattr(date, n) for n in names}, "evidence": text[date.start : date.end]}


PIECES = re.compile(r"\s*[|•·]\s*")
TIME_ZONE = re.compile(r"H[NA][ACEPRTY]")
"""Canadian zones: heure normale or avancée de l’Est, du Centre and so on."""


LAST_LINK = re.compile(r"[\s,|–—-]*\b(?:le|ce|du|on|at)\s*$", re.IGNORECASE)
"""What ties a date to the words before it."""

DATELINE_ALONE = re.compile(r"\s*\([^()]{2,40}\)\s*[–—:-]*\s*$")
"""The agency in brackets that closes a dateline on a line of its own."""

PLACE_NAME = re.compile(
    r"[A-ZÀ-Ý][\w’.À-ÿ-]*(?: (?:[A-ZÀ-Ý][\w’.À-ÿ-]*|de|du|des|la|le|les|sur|en|lès)){0,4}"
    r"(?:\s?[(/,]\s?[A-ZÀ-Ý][\w’ À-ÿ-]{2,25}\)?)?"
)
PRINT_HEADER = re.compile(r"^[\W_]*(?:(?:édition|numéro|no|page|p|supplément|cahier)\b\.?|n°)", re.IGNORECASE)
SOURCE_NOTE = re.compile(r"\W*(?:repris|republié|reproduit|extrait|tiré|copié|lu|vu|d’après|source)\b", re.IGNORECASE)


CLAUSE = re.compile(r",\s+(?:[ldsnc]’)?[a-zà-ÿ]")
"""After the comma a sentence goes on: D’après la marine, l’équipage tient jusqu’au 18 août."""


@cache
def _city_names() -> frozenset[str]:
    return frozenset(lexicon.read("cities")["form"].str.to_lowercase().to_list())


def _is_place(text: str) -> bool:
    """Whether a text reads as the place a text was written at: one name, or a known one; else it may be a person."""
    if not PLACE_NAME.fullmatch(text):
        return False
    return bool(re.search(r"[(/,]", text)) or not read_byline(text).is_byline or text.lower() in _city_names()


def _is_print_header(rest: list[str]) -> bool:
    """Whether what stands around a date is a paper's name and its edition or page: the running head of print."""
    pieces = [p.strip(" |") for text in rest for p in re.split(r"\s[–—|•·-](?:\s|$)|\s{2,}", text) if p.strip(" |")]
    numbered = [p for p in pieces if PRINT_HEADER.match(p) or p.isdigit()]
    names = [p for p in pieces if p not in numbered]
    return bool(numbered) and len(names) <= 1 and all(len(n) <= 40 and n[0].isupper() for n in names)


def _stands_before_text(text: str, first: PrintedDate, before: str, after: str, end: int) -> bool:
    """Whether a date with its year stands before a title: named as a date, or parted from it by a mark."""
    if before or len(after) < 15 or not first.year:
        return False
    parted = text[first.start].isdigit() and text[end:].lstrip()[:1] in tuple("-–—|:")
    return first.cue in ("archived", "published") or parted


def _part(start: int, end: int, role: str | None, rule: str) -> dict[str, object]:
    return {"start": start, "end": end, "role": role, "rule": rule}


@cache
def _counter_pattern() -> re.Pattern[str]:
    return re.compile("|".join(pattern for _, pattern in cue_patterns()["counter"] if pattern.startswith("^")))


def _add_bylines(short: pl.DataFrame) -> pl.DataFrame:
    """Say which lines are bylines: names and agencies after a cue, or alone among the first lines."""
    outer = (pl.col("line") < HEADER_LINES) | (pl.col("line") >= pl.col("last_line") - FOOTER_LINES)
    narrow = (pl.col("clean").str.len_chars() <= BYLINE_LENGTH) & pl.col("dated").is_null() & (pl.col("signed") | outer)
    capitals = pl.col("clean").str.count_matches(r"(?:^|[ ’(/,|-])\p{Lu}") >= 2
    few_others = pl.col("clean").str.count_matches(r"(?:^|[ ’])\p{Ll}{4,}") <= 3
    may = pl.col("signed") | (pl.col("clean").str.contains(MAY_BE_NAMES) & capitals & few_others)
    found = short.filter(narrow).filter(may).select(pl.col("clean").unique())
    # One or two short lines per document, each distinct one once, 60,000 a second.
    bylines = [read_byline(text) for text in found["clean"]]
    read = found.with_columns(
        is_byline=pl.Series([b.is_byline for b in bylines], dtype=pl.Boolean),
        has_cue=pl.Series([b.has_cue for b in bylines], dtype=pl.Boolean),
    )
    return short.join(read, on="clean", how="left", maintain_order="left").with_columns(
        pl.col("is_byline", "has_cue").fill_null(False)
    )
