"""Paragraphs cut into parts where they hold two roles: a dateline before the text, a credit after a caption, a date
and a name."""

import re
from functools import cache

import polars as pl

from schemas import lexicon
from transforms.layout.bylines import agency_names, agency_pattern, outlet_pattern
from transforms.layout.cues import PART
from transforms.layout.dates import month_numbers

CAPTION_LENGTH = 500
PLACE = r"(?:[A-ZÀ-Ý][\w’.À-ÿ-]*)(?:[ /](?:[A-ZÀ-Ý][\w’.À-ÿ-]*|de|du|des|la|le|les|sur|en|et|of|the|sous)){0,4}"
LABEL = re.compile(
    r"(?:vidéos?|photos?|sondages?|exclusi(?:f|vité)|en direct|direct"
    r"|interview|portrait|infographies?|cartes?|reportage|"
    r"témoignages?|enquête|analyse|documents?|audio|podcast|entretien|tribune|éditorial|édito|humeur|billet|vrai|faux|"
    r"football|rugby|tennis|cyclisme|météo|sport|politique|économie|culture|société|santé|justice|question|réponse)\b",
    re.IGNORECASE,
)
"""Labels of genre or section that stand before a dash like a place does."""

SENTENCE_END = re.compile(r"[.!?…»”\"]\s*[)\]]?$")
DATELINE_REACH = 110
MAY_HOLD_DATELINE = r"^\(?\p{Lu}.{0,90}?\s?[–—-]{1,2}\s+\S|^\([^()]{2,30}\)\s+\S"
MAY_HOLD_CREDIT = (
    r"©|\([Cc]\)|\)\s*\.?$|\s[-–—|]\s\p{Lu}[\p{L}. ]{1,20}$|(?i:crédits?|photos?|credit|ph\.)\s?:?\s|/|"
    r"[.!?»”]\s+[|–—-]?\s*\p{Lu}[^.!?]{1,60}(?:\.[^.!?]{1,40})?$|^(?:Archives|Dessin|Illustration|Infographie|Repro)"
)


CAPTION_SENTENCES = 3
SENTENCE_BREAK = re.compile(r"[^\W\d_]{3}[.!?…][»”\"]?(?=\s+[«“\"]?\s?[A-ZÀ-Ý]|\s*$)")
CLOCK_ENTRY = re.compile(r"\d{1,2} ?[h:] ?\d\d\s?[-–—:]")
"""An entry of a live report, or three sentences, are text that a credit closes; captions have one or two."""

TITLE_LINE = 4
"""The title of a page, with the name of its site behind a mark, is among the first lines."""

SCRIPT_WORDS = ["function(", "function (", "googletag", "adsbygoogle", ".push(", "document.write", ") => {"]
SCRIPT_START = re.compile(
    r"(?:\b[\w$.]+\s?=\s?)?\(?\bfunction\s?\w*\([^()]{0,80}\)\s?\{|\b[\w$]+(?:\.[\w$]+)+\(|"
    r"\(adsbygoogle\b|\b(?:var|let|const)\s\w+\s?=|\([\w$, ]{0,80}\)\s?=>\s?\{"
)
SCRIPT_END = re.compile(r"\)\s?;|\}\s?\)?\s?;?")
"""JavaScript that a page left in a line of its text: a call or a function, closed by `);` or a brace."""

SITE_MARK = re.compile(r"\s+[|–—·•-]\s+")
MAY_HOLD_SITE = r"\S\s+[|–—·•-]\s+\S.{2,40}$"


def cut_site(text: str) -> list[dict[str, object]] | None:
    """Cut the name of the site off a page's title: Le port rouvre | Le Phare de Brissac."""
    marks = list(SITE_MARK.finditer(text))
    if not marks or marks[-1].start() < LABEL_LEAST or not re.match(outlet_pattern(), text[marks[-1].end() :]):
        return None
    return [
        {"start": 0, "end": marks[-1].start(), "role": None, "rule": None},
        {"start": marks[-1].start(), "end": len(text), "role": "source", "rule": "site_after_title"},
    ]


def cut_script(text: str) -> list[dict[str, object]] | None:
    """Cut a script out of a line: Le quai rouvre. lecteur.push(function() { … }); null where there is none."""
    start = SCRIPT_START.search(text)
    ends = [match.end() for match in SCRIPT_END.finditer(text, start.end())] if start else []
    if start is None or not ends:
        return None
    cuts = [(0, start.start(), None), (start.start(), ends[-1], "markup"), (ends[-1], len(text), None)]
    return [
        {"start": begin, "end": end, "role": role, "rule": "script_in_text" if role else None}
        for begin, end, role in cuts
        if text[begin:end].strip()
    ]


LABEL_LEAST = 20
"""A shorter text before the name of a site is no title."""


@cache
def dateline_pattern() -> re.Pattern[str]:
    """A place, perhaps a date, perhaps an agency in brackets, and a dash: the head of a wire story.

    A place in plain letters without date or agency needs a long dash; so does one in capitals, since labels (BRAQUAGE
    -) have short ones.
    """
    months = "|".join(sorted(map(re.escape, month_numbers()), key=len, reverse=True))
    agency = rf"\s*\((?:{agency_pattern()}|[A-Z]{{2,5}})(?:[ /][^()]{{0,30}})?\)"
    date = rf"(?:,?\s*(?:le\s+)?\d{{1,2}}(?:er)?\s+(?i:{months})\b\.?(?:\s+\d{{4}})?)"
    country = r"(?:\s*(?:,\s*|\()[A-ZÀ-Ý][\w’ À-ÿ.-]{1,25}\)?)"
    capitals = r"[A-ZÀ-Ý][A-ZÀ-Ý’.-]{2,}(?:[ /](?:[A-ZÀ-Ý’.-]{2,}|SUR|DE|LA|LE))*"
    dash, long_dash = r"\s*[–—-]{1,2}\s+", r"\s*(?:[–—]|--)\s+"
    return re.compile(
        rf"(?:{agency}{dash}{PLACE}{country}?{date}?{dash}|{PLACE}{country}?{date}?{agency}{dash}|"
        rf"{PLACE}{country}?{date}{dash}|{capitals}{country}?{long_dash}"
        rf"|\({PLACE}{country}?{date}?,\s*{agency_pattern()}\){dash}|{agency}{dash}|{agency}\s+(?=[A-ZÀ-Ý«\"“])|\({PLACE}{country}?\)\s+(?:{dash})?(?=[A-ZÀ-Ý«\"“])|{PLACE}(?<!\.){country}?{long_dash}(?=[A-ZÀ-Ý«\"“]))"
    )


@cache
def credit_pattern() -> re.Pattern[str]:
    """The credit at the end of a caption: behind a mark (©, Photo :), in brackets, or a name, a slash and an agency."""
    forms = sorted(lexicon.read("photo_credits")["form"].to_list(), key=len, reverse=True)
    bank = "(?:" + "|".join(map(re.escape, forms)) + ")"
    mark = (
        r"(?:©|\([Cc]\)|(?:Crédits?|CRÉDITS?)(?:\s+(?i:photos?))?\s*:|Crédits?\s+photos?\b|Credits?\s*:|"
        r"(?:Photos?|PHOTOS?)(?:\s+d’illustration|\s+d’archives?)?\s*:|Ph\.|Photo\s+(?:by|par)\b)"
    )
    name = r"(?:[A-ZÀ-Ý]\.\s?|[^\s.!?()])(?:[^.!?()]|\b[A-Z]\.|\.(?=\w)){0,80}"
    holder = r"[A-ZÀ-Ý][\w’.À-ÿ-]*(?: [A-Za-zÀ-ÿ][\w’.À-ÿ-]*){0,4}"
    person = r"(?:[A-ZÀ-Ý][\w’À-ÿ-]*\.?[ -]?)(?:[A-ZÀ-Ý]\.[ -]?)*"
    person += r"(?:(?:de |du |le |la |van |von )?[A-ZÀ-Ý][\w’.À-ÿ-]*\s?){0,3}"
    names = r"(?:(?:[A-ZÀ-Ý][\w’.À-ÿ-]*|de|du|des|la|le|et|pour|d’[\w’À-ÿ-]+)[\s/,]*){1,8}"
    kind = (
        r"(?:PHOTOS?|Photos?|CRÉDITS?|Crédits?|Illustrations?|Images?|Archives|ARCHIVES|Dessins?|Infographies?|Repro|"
        r"Montage|Captures?)(?: d’archives?| d’illustrations?)?"
    )
    return re.compile(
        rf"\s*[(\[](?!avec |with |source)(?:{mark}\s*[^()\[\]]*|[^()\[\]]*\bvia\s+[A-Z][^()\[\]]*|"
        rf"(?i:photos?|images?|illustration|dessin|infographie|repro|archives?|capture|cliché|visuel)\b[^()\[\]]*|"
        rf"(?:[Cc]l|[Pp]h|[Ii]ll)\. ?[^()\[\]]+|(?:[^()\[\]]*[ /,])?{bank}(?:[ /,][^()\[\]]*)?)[)\]]\s*\.?$"
        rf"|(?<=[.!?»”])\s*[(\[]{holder}(?:\s?/\s?{holder})+[)\]]\s*\.?$"
        rf"|(?:(?<=[.!?»”\s])|^)(?:{mark})\s*{name}\.?$"
        rf"|(?<=[.!?»”])\s+[–—-]?\s*(?:{kind})\s+(?=[A-ZÀ-Ý])(?:[^.!?]|\b[A-Z]\.){{1,60}}\.?$"
        rf"|^(?:{kind})\s+{names}\.?$|^[A-Z]\.\s?[A-ZÀ-Ý][\w’À-ÿ-]+\s?/\s?\S.{{1,30}}$"
        rf"|^{bank}\s?/\s?[A-ZÀ-Ý][\w.-]+(?: [\w.-]+){{0,3}}$|(?<=[.!?»”])\s*\|\s*(?:[A-ZÀ-Ý]\.[ -]?){{2,3}}$"
        rf"|(?<=[.!?»”])\s+[–—-]?\s*{bank}$|(?<=[.!?»”])\s*\|\s*[A-ZÀ-Ý][^.!?|]{{2,60}}\.?$"
        rf"|(?<=[.!?»”])\s+[|–—-]?\s*{person}\s?(?:/\s?|(?:pour|via|for) ){holder}\s*$"
        rf"|(?:\s[-–—|]|\))\s*{bank}(?:\s?/\s?[^/.!?]{{2,40}})?$"
        r"|\s*/\s?(?:Photo|Archives|Image|Illustration)\b[^/]{0,40}(?:/.{1,60})?$"
        rf"|(?<=[.!?»”])\s+{holder}\s?/\s?(?:{holder}\s?/\s?)?{bank}(?:\s+\w+){{0,4}}\s*$"
    )


MAY_HOLD_FOOT = r"[.!?»”]\s*\([a-z]{2,5}(?:[/,-] ?[a-z]{2,5})+\)$|^\p{Lu}[^()]{1,40}\([^()]{2,30}\)\s*[–—-]$"
WIRE_FOOT = re.compile(r"(?<=[.!?»”])\s*\(([a-z]{2,5}(?:[/,-] ?[a-z]{2,5})+)\)$")
"""Initials of an agency and of who edited its story, behind the last sentence: (ats/abc)."""


@cache
def dateline_alone_pattern() -> re.Pattern[str]:
    """A place and its agency on a line of their own, with the dash that parted them from the text: Lyon (AFP) -."""
    return re.compile(rf"{PLACE}\s?\({agency_pattern()}\)\s*[–—-]")


def _find_foot(text: str) -> tuple[int, str, str] | None:
    """Where the initials of an agency begin behind a text, the role and the rule of what begins there."""
    if dateline_alone_pattern().fullmatch(text):
        return 0, "dateline", "dateline_alone"
    wire = WIRE_FOOT.search(text)
    if wire and any(piece in agency_names() for piece in re.split(r"[/,-] ?", wire[1])):
        return wire.start(), "agency_credit", "agency_after_text"
    return None


def cut_parts(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Cut paragraphs that hold two roles.

    In:  paragraph, clean, dated, cue, hint, start, end (in documents.text) and any other columns.
    Out: one row per part: part_id, part_start, part_end (in the paragraph's clean text), part_gap (white space before
         the next part), clean (of the part), part_role, part_rule (null where the rules for whole paragraphs decide),
         is_part.
    """
    width = pl.col("clean").str.len_chars().cast(pl.Int64)
    parts = (
        paragraphs.with_columns(paragraph_width=width)
        .pipe(_add_cuts)
        .explode("parts")
        .unnest("parts")
        .with_columns(
            part_start=pl.col("part_start").fill_null(0),
            part_end=pl.coalesce("part_end", "paragraph_width"),
            is_part=pl.col("part_end").is_not_null(),
        )
        .with_row_index("part_id")
    )
    whole = parts.filter(~pl.col("is_part")).with_columns(part_gap=pl.lit(0, pl.Int64))
    cut = parts.filter("is_part").with_columns(
        clean=pl.col("clean").str.slice(pl.col("part_start"), pl.col("part_end") - pl.col("part_start"))
    )
    lead = cut["clean"].str.len_chars() - cut["clean"].str.strip_chars_start().str.len_chars()
    trail = cut["clean"].str.len_chars() - cut["clean"].str.strip_chars_end().str.len_chars()
    cut = cut.with_columns(
        part_start=pl.col("part_start") + lead.cast(pl.Int64),
        part_end=pl.col("part_end") - trail.cast(pl.Int64),
        clean=pl.col("clean").str.strip_chars(),
        part_gap=pl.lit(0, pl.Int64),
    ).filter(pl.col("clean") != "")
    return pl.concat([whole, cut.select(whole.columns)]).sort("part_id")


def _add_cuts(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Add parts (List of PART, with start and end as part_start and part_end); null where the paragraph is one part."""
    dated = pl.col("dated").struct.field("parts")
    prose = (pl.col("paragraph_width") >= 80) & pl.col("cue").is_null()
    start = pl.when(prose).then(pl.col("clean").str.slice(0, DATELINE_REACH)).otherwise(pl.lit(""))
    dateline = start.str.contains(MAY_HOLD_DATELINE)
    free = pl.col("cue").is_null() | pl.col("cue").is_in(["caption", "credit", "name"])
    # The first line may be a title that ends in (AFP).
    below = pl.col("doc") == pl.col("doc").shift(1)
    tried = free & below.fill_null(False) & (pl.col("paragraph_width") <= CAPTION_LENGTH)
    credit = pl.when(tried).then("clean").otherwise(pl.lit("")).str.contains(MAY_HOLD_CREDIT)
    head = pl.when(free & (pl.col("line") <= TITLE_LINE)).then("clean").otherwise(pl.lit(""))
    site = head.str.contains(MAY_HOLD_SITE)
    script = pl.col("clean").str.contains_any(SCRIPT_WORDS)
    foot = free & below.fill_null(False) & pl.col("clean").str.contains(MAY_HOLD_FOOT)
    paragraphs = paragraphs.with_columns(_may_be_cut=dateline | credit | site | script | foot)
    candidates = paragraphs.filter("_may_be_cut").select(pl.col("clean").unique())
    # Paragraphs with a dash near their start or a mark of credits: 5% of clean texts, each distinct one once.
    cuts = candidates.with_columns(pl.Series("cuts", [cut_paragraph(t) for t in candidates["clean"]], pl.List(PART)))
    renamed = pl.element().struct.rename_fields(["part_start", "part_end", "part_role", "part_rule"])
    return (
        paragraphs.join(cuts, on="clean", how="left", maintain_order="left")
        .pipe(_add_entries)
        .with_columns(
            parts=pl.coalesce(
                "entry", pl.when(pl.col("cue") == "date").then(dated), pl.when("_may_be_cut").then("cuts")
            ).list.eval(renamed)
        )
        .drop("cuts", "_may_be_cut", "entry")
    )


ENTRY = r"^\d{1,2}(?:\s?h\s?\d\d\s*[–—:-]\s*|:\d\d(?::\d\d)?\s*[–—-]?\s+)(?:[«“\"\p{Lu}])"
HOUR_OF_ENTRY = re.compile(r"\d{1,2}(?P<hour>\s?h)?\s?:?\s?\d\d(?::\d\d)?\s*[–—:-]?\s*")
ENTRIES = 3
ENTRY_WIDTH = 80
"""From this number of lines on that open with an hour or a time code, each with text of its own, they are entries of a
live report or of a transcript. In an agenda one short line follows another."""


def _add_entries(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Add entry: the parts (list of PART) of a line that opens with its hour or time code; null elsewhere."""
    opens = pl.col("clean").str.contains(ENTRY)
    if paragraphs.filter(opens).height < ENTRIES:
        return paragraphs.with_columns(entry=pl.lit(None, pl.List(PART)))
    below = pl.col("doc") == pl.col("doc").shift(-1)
    text = (pl.col("paragraph_width") >= ENTRY_WIDTH) | (below & ~opens.shift(-1, fill_value=False))
    paragraphs = paragraphs.with_columns(_entry=opens & text.fill_null(False))
    paragraphs = paragraphs.with_columns(_entry=pl.col("_entry") & (pl.col("_entry").sum().over("doc") >= ENTRIES))
    found = paragraphs.filter("_entry").select(pl.col("clean").unique())
    cut = found.with_columns(entry=pl.Series([cut_entry(t) for t in found["clean"]], dtype=pl.List(PART)))
    joined = paragraphs.join(cut, on="clean", how="left", maintain_order="left")
    return joined.with_columns(entry=pl.when("_entry").then("entry")).drop("_entry")


def cut_entry(text: str) -> list[dict[str, object]] | None:
    """Cut the hour (a date) or the time code of a recording (a counter) off the start of a line."""
    match = HOUR_OF_ENTRY.match(text)
    if match is None:
        return None
    role, rule = ("date", "hour_of_entry") if match["hour"] else ("counter", "time_code")
    return [
        {"start": 0, "end": match.end(), "role": role, "rule": rule},
        {"start": match.end(), "end": len(text), "role": None, "rule": None},
    ]


def cut_paragraph(text: str) -> list[dict[str, object]] | None:
    """Cut a script out, a dateline off the start or a credit off the end; null where there is none of them."""
    if any(word in text for word in SCRIPT_WORDS) and (script := cut_script(text)):
        return script
    dateline = dateline_pattern().match(text) if len(text) >= 80 and SENTENCE_END.search(text) else None
    if dateline and not LABEL.match(text.lstrip("(")):
        end = dateline.end()
        return [
            {"start": 0, "end": end, "role": "dateline", "rule": "dateline_before_text"},
            {"start": end, "end": len(text), "role": None, "rule": None},
        ]
    if foot := _find_foot(text):
        place, role, rule = foot
        rest = [{"start": place, "end": len(text), "role": role, "rule": rule}]
        return rest if not place else [{"start": 0, "end": place, "role": None, "rule": None}, *rest]
    credit = credit_pattern().search(text)
    if credit and len(text) <= CAPTION_LENGTH:
        return _cut_credit(text, credit)
    return cut_site(text)


def _cut_credit(text: str, credit: re.Match[str]) -> list[dict[str, object]]:
    """Cut the credit of a picture, or of an agency, off the line that it closes."""
    if credit.start() == 0:
        return [{"start": 0, "end": len(text), "role": "credit", "rule": "credit_alone"}]
    if CLOCK_ENTRY.match(text) or len(SENTENCE_BREAK.findall(text, 0, credit.start())) >= CAPTION_SENTENCES:
        return [
            {"start": 0, "end": credit.start(), "role": None, "rule": None},
            {"start": credit.start(), "end": len(text), "role": "credit", "rule": "credit_after_text"},
        ]
    return [
        {"start": 0, "end": credit.start(), "role": "caption", "rule": "caption_before_credit"},
        {"start": credit.start(), "end": len(text), "role": "credit", "rule": "credit_after_caption"},
    ]
