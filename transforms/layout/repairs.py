"""Repairs of a printed line, with a trace: what each clean character was made from.

Most lines of clean sources need only one-to-one replacements (apostrophes, no-break spaces) and go through Polars
alone. The others - markup, entities, mojibake, soft hyphens, doubled spaces - are repaired one by one, each distinct
line once.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from typing import NamedTuple

import ftfy
import polars as pl

RUNS = pl.Schema(dict.fromkeys(("repaired", "start", "end", "raw_start", "raw_end"), pl.Int64))
"""Runs of characters kept as they were, from the start of the clean line and of the raw one, with the line's number."""

SPACES = "[\\t\\x0b\\x0c\\r\\x1c-\\x1f\\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]"
UNSEEN = "\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
"""Characters that print nothing: soft hyphen, zero-width space and joiners, direction marks, byte-order mark."""

ENTITY = r"&(?:amp;){0,3}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
"""An entity, also one whose ampersand was escaped again (&amp;eacute;)."""

TAG = r"<!--.*?-->|</?[A-Za-z][^<>]*>|<![A-Za-z][^<>]*>"
MOJIBAKE = (
    "[ÂÃÅâÐÎ][\\x80-\\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]|ï»¿|\\ufffd"
    "|√[^\\s\\w(]|√[ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü®≤ ]|‚Ä[^\\s\\w]|¬[´ª†]"
    "|Γ[^\\s\\w]|Ο[\u0080-\u00bf]|β€[\\u0080-\\u00bf™“”\\u0384-\\u03ce]"
)
"""UTF-8 read as cp1252 or Latin-1, as Mac Roman (√© for é, ‚Äô for ’), as Greek (Γ© for é): a lead byte and what a
continuation byte becomes. Flagged 8 of 41,149 clean texts, none of them for the forms of Mac Roman and Greek."""

LIGATURES = "[\\ufb00-\\ufb06]"
TERMINAL = r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\\\)|[()][A-Z0-9])"
"""Codes of a terminal: colours, titles, character sets. ECMA-48."""

NEEDS_REPAIR = "|".join(
    [
        ENTITY,
        r"</?[A-Za-z!]",
        r"\*",
        r"(?:^|\W)_|_(?:\W|$)",
        r"\]\(",
        r"`",
        r"\\",
        f"[{UNSEEN}\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\u0300-\\u036f]",
        f"(?:[ ]|{SPACES})(?:[ ]|{SPACES})",
        r"\p{L},\p{L}",
        r"^#{1,6}\s",
        r"^>",
        r"^[•·▪►‣◦●■–\-]\s",
        r"^\(?\d{1,2}[.)]\s",
        LIGATURES,
        MOJIBAKE,
    ]
)
"""What a one-to-one replacement cannot repair. 3.6% of the lines of 36k clean news texts."""

LINK = re.compile(r"!?\[(?P<label>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\](?P<target>\([^()\s]*(?:\s+\"[^\"]*\")?\))")
EMPHASIS_OPENS = re.compile(r"(?<![\w*])(?:\*{1,3}|_{1,3})(?=[^\s*_])")
EMPHASIS_CLOSES = re.compile(r"(?<=[^\s*_])(?:\*{1,3}|_{1,3})(?![\w*])")
STRAY_STARS = re.compile(r"^\*{1,3}(?=\S)|(?<=\S)\*{1,3}$|(?<![\w*])\*\*(?=\w)|(?<=[\w.,;:!?»”’])\*\*(?![\w*])")
ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!>|~])")
CODE = re.compile(r"(?<!`)(?:`+(?=[^`])|(?<=[^`])`+)")
LINE_START = re.compile(r"^\s*(?:>\s?)*(?:#{1,6}\s+|[•·▪►‣◦●■]\s*|[*+–\-]\s+|\(?\d{1,2}[.)]\s+(?=\D))?")
DASHED_HEADING = re.compile(r"^\s*[-–—]\s++.{1,80}?(\s+[-–—]\s*)$")
APOSTROPHE_LIKE = re.compile(r"(?<=[^\W\d_])[`´‘ʹ](?=[^\W\d_])")
SCAN = re.compile(
    rf"(?P<entity>{ENTITY})|(?P<autolink><(?:https?://|www\.)[^<>\s]+>)"
    rf"|(?P<tag>{TAG})|(?P<space>(?:[ \n]|{SPACES}){{2,}}|"
    rf"\n|{SPACES})|(?P<ligature>{LIGATURES})|(?P<terminal>{TERMINAL})|(?P<unseen>[{UNSEEN}\x00-\x08\x0e-\x1b\x7f]+)"
)
CONTROL_OF = {bytes([b]).decode("cp1252"): chr(b) for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""The control character that stands for a cp1252 one where bytes were read as Latin-1."""

ACCENT_RUN = re.compile("([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{30,})")
"""More accents than a letter bears; 30 are what Unicode lets a stream end a letter after (UAX 15, section 13)."""
TIGHT_COMMA = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
APOSTROPHES = str.maketrans({"'": "’", "ʼ": "’"})
MAY_BE_MARKDOWN = re.compile(r"[*_`\\\[#>•·▪►‣◦●■]|^\s*[-–—+(\d]")
FTFY = ftfy.TextFixerConfig(
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    unescape_html=False,
    remove_control_chars=False,
    remove_terminal_escapes=False,
    fix_surrogates=False,
    normalization=None,
)
"""Only what undoes a wrong decoding: ftfy's other repairs change clean French (300 of 300 clean texts untouched so)."""


class Piece(NamedTuple):
    """Clean characters and the passage they were made from; kept one to one, or made new as a whole."""

    text: str
    start: int
    end: int
    is_kept: bool


class Repaired(NamedTuple):
    """A clean line, its runs as (start, end, raw_start, raw_end), and the names of the repairs."""

    clean: str
    runs: list[tuple[int, int, int, int]]
    repairs: list[str]


def replace_one_to_one(text: pl.Expr) -> pl.Expr:
    """Apostrophes as U+2019 and every kind of space as U+0020: no character moves."""
    return text.str.replace_all("['ʼ]", "’").str.replace_all(SPACES, " ")


class RepairedLines(NamedTuple):
    """Lines with their clean text, and the runs of those that are not clean one to one."""

    lines: pl.DataFrame
    runs: pl.DataFrame


def repair_lines(lines: pl.DataFrame) -> RepairedLines:
    """Clean each line and keep the trace.

    In:  raw (String, no white space at its ends).
    Out: lines: same rows, same order, plus clean (String), repaired (Int64; null where clean is raw one to one) and
         line_repairs (List of String: the names of the repairs that DESIGN.md wants told; null where none). runs: a
         row for each run of a repaired line, as RUNS. They are no column of lists: Polars makes room for the longest
         list in every row that a join leaves null, 24 GB for a line of 20,000 runs beside 40,000 plain ones.
    """
    hard = lines.filter(pl.col("raw").str.contains(NEEDS_REPAIR)).select(pl.col("raw").unique())
    # 3.6% of clean lines come here, 60,000 a second; markup and mojibake documents are rare.
    repaired = [repair_line(raw) for raw in hard["raw"]]
    fixed = hard.with_columns(
        pl.Series("_clean", [r.clean for r in repaired], dtype=pl.String),
        pl.Series("line_repairs", [r.repairs or None for r in repaired], dtype=pl.List(pl.String)),
        repaired=pl.int_range(pl.len(), dtype=pl.Int64),
    )
    cleaned = lines.join(fixed, on="raw", how="left", maintain_order="left").with_columns(
        clean=pl.coalesce("_clean", replace_one_to_one(pl.col("raw")))
    )
    rows = [(number, *run) for number, line in enumerate(repaired) for run in line.runs]
    return RepairedLines(cleaned.drop("_clean"), pl.DataFrame(rows, schema=RUNS, orient="row"))


def repair_line(raw: str) -> Repaired:
    """Clean one line: decoding, composed accents, Markdown, HTML, entities, spaces, apostrophes, comma."""
    text, origin, repairs = decode_again(raw)
    pieces = space_commas(trim_spaces(make_pieces(text, find_markdown(text), repairs)), repairs)
    if origin is not None:
        pieces = [part for piece in pieces for part in _trace(piece, origin)]
    return Repaired("".join(p.text for p in pieces), list_runs(pieces), sorted(set(repairs)))


def decode_again(raw: str) -> tuple[str, list[tuple[int, int]] | None, list[str]]:
    """Undo a wrong decoding and compose accents, where there are any.

    Out: the text; the raw passage of each of its characters, null where it is the raw line itself; the repairs.
    """
    broken = re.search(MOJIBAKE + "|[\\x80-\\x9f]", raw)
    fixed = ftfy.fix_text(raw, FTFY) if broken else raw
    composed = compose(fixed)
    if composed == raw:
        return raw, None, []
    origin = align_decoding(raw, fixed) if fixed != raw else [(i, i + 1) for i in range(len(raw))]
    if composed != fixed:
        fixed, origin = compose_accents(fixed, origin)
    return fixed, origin, ["mojibake"] if broken else ["composed accents"]


def compose(text: str) -> str:
    """The text in NFC, but for runs of accents that no letter bears: ordering them takes their number squared."""
    return "".join(
        part if index % 2 else unicodedata.normalize("NFC", part) for index, part in enumerate(ACCENT_RUN.split(text))
    )


def align_decoding(raw: str, fixed: str) -> list[tuple[int, int]]:
    """The raw passage of each character of a line decoded again: as many raw characters as it has UTF-8 bytes.

    Where that does not fit, the next ASCII character, common to both, holds the two together.
    """
    origin: list[tuple[int, int]] = []
    i = 0
    for j, char in enumerate(fixed):
        single = raw[i : i + 1] in (char, CONTROL_OF.get(char))
        width = 1 if single else len(char.encode("utf-8"))
        following = fixed[j + 1 : j + 2]
        if width > 1 and following and following.isascii() and raw[i + width : i + width + 1] != following:
            found = raw.find(following, i + 1, i + 8)
            width = found - i if found > 0 else width
        origin.append((min(i, len(raw)), min(i + width, len(raw))))
        i += width
    if origin and i < len(raw):
        origin[-1] = (origin[-1][0], len(raw))
    return origin


def compose_accents(text: str, origin: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Join a letter and the combining accents after it into one character (NFC)."""
    chars: list[str] = []
    places: list[tuple[int, int]] = []
    for char, place in zip(text, origin, strict=True):
        joined = unicodedata.normalize("NFC", chars[-1] + char) if chars and unicodedata.combining(char) else ""
        if len(joined) == 1:
            chars[-1], places[-1] = joined, (places[-1][0], place[1])
        else:
            chars.append(char)
            places.append(place)
    return "".join(chars), places


def find_markdown(text: str) -> list[tuple[int, int]]:
    """Passages that are Markdown, not text: marks of heading, list, quote, link, emphasis, code; in order."""
    found: list[tuple[int, int]] = []
    if not MAY_BE_MARKDOWN.search(text):
        return found
    if any(c.isalnum() for c in text):
        heading, start = DASHED_HEADING.match(text), LINE_START.match(text)
        found += [heading.span(1)] if heading else []
        found += [start.span()] if start and start.end() else []
    for link in LINK.finditer(text):
        found += [(link.start(), link.start("label")), (link.end("label"), link.end())]
    for pattern in (STRAY_STARS, ESCAPE, CODE):
        found += [match.span() for match in pattern.finditer(text)]
    return sorted([*found, *find_emphasis(text)])


def find_emphasis(text: str) -> list[tuple[int, int]]:
    """Marks of emphasis, each opening and the first of its kind that closes behind it on the same line.

    The places that may close are found once: a pattern that looks for them from each opening anew takes 10 s for
    30,000 stars that nothing closes.
    """
    closing: dict[str, list[int]] = defaultdict(list)
    for match in EMPHASIS_CLOSES.finditer(text):
        closing[match.group()].append(match.start())
    breaks = [*(match.start() for match in re.finditer("\n", text)), len(text)] if closing else []
    found = []
    for match in EMPHASIS_OPENS.finditer(text) if closing else ():
        places = closing[match.group()]
        index = bisect_right(places, match.end())
        if index < len(places) and places[index] < breaks[bisect_right(breaks, match.end())]:
            found += [match.span(), (places[index], places[index] + len(match.group()))]
    return found


def make_pieces(text: str, dropped: list[tuple[int, int]], repairs: list[str]) -> list[Piece]:
    """Make the clean pieces: entities decoded, tags and marks gone, one space where there was white space."""
    changes = [(*span, "", "markdown") for span in dropped]
    changes += [(*m.span(), m.group(), m.lastgroup or "") for m in SCAN.finditer(hide_open_comments(text))]
    pieces: list[Piece] = []
    last = 0
    for start, end, passage, kind in sorted(changes):
        if start < last:
            last = max(last, end) if kind == "markdown" else last
            continue
        if start > last:
            pieces.append(Piece(_replace_apostrophes(text[last:start]), last, start, True))
        if kind == "autolink":
            pieces.append(Piece(text[start + 1 : end - 1], start + 1, end - 1, True))
            repairs.append("html tags")
        elif new := read_passage(kind, passage, repairs):
            pieces.append(Piece(new, start, end, len(new) == end - start == 1))
        last = end
    if last < len(text):
        pieces.append(Piece(_replace_apostrophes(text[last:]), last, len(text), True))
    return pieces


def hide_open_comments(text: str) -> str:
    """The text, character for character, without the openings of comments that no later one on their line closes.

    From each of them the search for tags would read to the end.
    """
    if text.count("<!--") < 2:
        return text
    cut = [(line, line.rfind("-->") + 1) for line in text.split("\n")]
    return "\n".join(line[:closed] + line[closed:].replace("<!--", "<¤--") for line, closed in cut)


def _replace_apostrophes(text: str) -> str:
    return APOSTROPHE_LIKE.sub("’", text.translate(APOSTROPHES))


def read_passage(kind: str, passage: str, repairs: list[str]) -> str:
    """What an entity, a tag, white space, a ligature or an unseen character becomes."""
    if kind == "entity":
        return _read_entity(passage, repairs)
    if kind == "tag":
        repairs.append("html tags")
        return " " if re.match(r"</?(?:br|p|div|li|td|th|tr|h[1-6])\b", passage, re.IGNORECASE) else ""
    if kind == "ligature":
        repairs.append("ligatures")
        return unicodedata.normalize("NFKC", passage)
    if kind in ("terminal", "unseen"):
        repairs.append(_name_unseen(kind, passage))
    return " " if kind == "space" else ""


def _read_entity(passage: str, repairs: list[str]) -> str:
    read = unescape_wholly(passage)
    if read == passage:
        return _replace_apostrophes(passage)
    repairs.append("html entities" if read == html.unescape(passage) else "html entities escaped twice")
    read = re.sub(SPACES + "|\n", " ", read).translate(APOSTROPHES)
    return re.sub(f"[{UNSEEN}\\x00-\\x1f]", "", read)


def _name_unseen(kind: str, passage: str) -> str:
    if kind == "terminal":
        return "terminal codes"
    return "nul bytes" if "\x00" in passage else "soft hyphens" if "\u00ad" in passage else "unseen characters"


def unescape_wholly(entity: str) -> str:
    """What an entity stands for, however often it was escaped; &amp;co; stands for &co;, which is none."""
    read = entity
    while (once := html.unescape(read)) != read:
        read = once
    return read


def space_commas(pieces: list[Piece], repairs: list[str]) -> list[Piece]:
    """Put the space that is missing between a comma and a letter where a letter stands before it, across pieces too."""
    clean = "".join(p.text for p in pieces)
    tight = [m.end() for m in TIGHT_COMMA.finditer(clean)]
    if not tight:
        return pieces
    repairs.append("missing space after comma")
    made: list[Piece] = []
    place = 0
    for piece in pieces:
        end = place + len(piece.text)
        cuts = tight[bisect_right(tight, place) : bisect_right(tight, end)] if piece.is_kept else []
        begin = place
        for cut in cuts:
            raw_start, raw_cut = piece.start + begin - place, piece.start + cut - place
            made += [Piece(clean[begin:cut], raw_start, raw_cut, True), Piece(" ", raw_cut, raw_cut, False)]
            begin = cut
        if begin < end:
            made.append(
                piece if begin == place else Piece(clean[begin:end], piece.start + begin - place, piece.end, True)
            )
        place = end
    return made


def trim_spaces(pieces: list[Piece]) -> list[Piece]:
    """Leave out spaces at the ends, and one of two that came to stand side by side."""
    made: list[Piece] = []
    space = True
    for piece in pieces:
        stripped = piece.text.lstrip(" ") if space else piece.text
        if not stripped:
            continue
        start = piece.start + (len(piece.text) - len(stripped) if piece.is_kept else 0)
        made.append(Piece(stripped, start, piece.end, piece.is_kept))
        space = stripped.endswith(" ")
    while made and made[-1].text.endswith(" "):
        last = made.pop()
        if left := last.text.rstrip(" "):
            made.append(Piece(left, last.start, last.start + len(left) if last.is_kept else last.end, last.is_kept))
    return made


def _trace(piece: Piece, origin: list[tuple[int, int]]) -> list[Piece]:
    """The same piece with its raw passage, through the characters of a line that was decoded again."""
    if not piece.is_kept:
        start = origin[piece.start][0] if piece.start < len(origin) else origin[-1][1]
        end = origin[piece.end - 1][1] if piece.end > piece.start else start
        return [Piece(piece.text, start, end, False)]
    places = origin[piece.start : piece.end]
    return [Piece(char, a, b, b - a == 1) for char, (a, b) in zip(piece.text, places, strict=True)]


def list_runs(pieces: list[Piece]) -> list[tuple[int, int, int, int]]:
    """Join what was kept into runs; empty runs mark the edges of new characters that touch none."""
    runs: list[tuple[int, int, int, int]] = []
    place = 0
    for piece in pieces:
        end = place + len(piece.text)
        before = runs[-1] if runs else None
        if piece.is_kept:
            if before and before[0] == place:
                before = runs.pop() and (runs[-1] if runs else None)
            if before and before[0] < before[1] == place and before[3] == piece.start:
                runs[-1] = (before[0], end, before[2], piece.end)
            else:
                runs.append((place, end, piece.start, piece.end))
        else:
            if not (before and before[1] == place and (before[3] == piece.start or before[0] == place)):
                runs.append((place, place, piece.start, piece.start))
            runs.append((end, end, piece.end, piece.end))
        place = end
    return runs
