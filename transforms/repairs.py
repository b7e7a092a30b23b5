"""Repairs of a printed line, with a trace: what each clean character was made from.

Most lines of clean sources need only one-to-one replacements (apostrophes, no-break spaces) and go through Polars alone.
The others - markup, entities, mojibake, soft hyphens, doubled spaces - are repaired one by one, each distinct line once.
"""

import html
import re
import unicodedata
from typing import NamedTuple

import ftfy
import polars as pl

RUN = pl.Struct({"start": pl.Int64, "end": pl.Int64, "raw_start": pl.Int64, "raw_end": pl.Int64})
"""A run of characters kept as they were, from the start of the clean line and of the raw one."""

SPACES = "[\\t\\x0b\\x0c\\r\\x1c-\\x1f\\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]"
UNSEEN = "\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff"
"""Characters that print nothing: soft hyphen, zero-width space and joiners, direction marks, byte-order mark."""

ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
TAG = r"<!--.*?-->|</?[A-Za-z][^<>]*>|<![A-Za-z][^<>]*>"
MOJIBAKE = "[ÂÃÅâÐÎ][\\x80-\\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]|ï»¿|\\ufffd"
"""UTF-8 read as cp1252 or Latin-1: a lead byte and what a continuation byte becomes. Flagged 8 of 41,149 clean texts."""

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
        MOJIBAKE,
    ]
)
"""What a one-to-one replacement cannot repair. 3.6% of the lines of 36k clean news texts."""

LINK = re.compile(r"!?\[(?P<label>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\](?P<target>\([^()\s]*(?:\s+\"[^\"]*\")?\))")
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])(.+?)(?<=[^\s*_])(\1)(?![\w*])")
STRAY_STARS = re.compile(r"^\*{1,3}(?=\S)|(?<=\S)\*{1,3}$|(?<![\w*])\*\*(?=\w)|(?<=[\w.,;:!?»”’])\*\*(?![\w*])")
ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!>|~])")
CODE = re.compile(r"`+(?=[^`])|(?<=[^`])`+")
LINE_START = re.compile(r"^\s*(?:>\s?)*(?:#{1,6}\s+|[•·▪►‣◦●■]\s*|[*+–\-]\s+|\(?\d{1,2}[.)]\s+(?=\D))?")
DASHED_HEADING = re.compile(r"^\s*[-–—]\s+.{1,80}?(\s+[-–—]\s*)$")
APOSTROPHE_LIKE = re.compile(r"(?<=[^\W\d_])[`´‘ʹ](?=[^\W\d_])")
SCAN = re.compile(
    rf"(?P<entity>{ENTITY})|(?P<autolink><(?:https?://|www\.)[^<>\s]+>)|(?P<tag>{TAG})|(?P<space>(?:[ \n]|{SPACES})+)"
    rf"|(?P<unseen>[{UNSEEN}\x00-\x08\x0e-\x1b\x7f]+)|(?P<comma>(?<=[^\W\d_]),(?=[^\W\d_]))|(?P<other>(?s:.))"
)
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
    """A clean character (or none, where something was inserted) and the raw passage that it was made from."""

    text: str
    start: int
    end: int


class Repaired(NamedTuple):
    """A clean line, its runs as (start, end, raw_start, raw_end), and the names of the repairs."""

    clean: str
    runs: list[tuple[int, int, int, int]]
    repairs: list[str]


def replace_one_to_one(text: pl.Expr) -> pl.Expr:
    """Apostrophes as U+2019 and every kind of space as U+0020: no character moves."""
    return text.str.replace_all("['ʼ]", "’").str.replace_all(SPACES, " ")


def repair_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Clean each line and keep the trace.

    In:  raw (String, no white space at its ends).
    Out: same rows, same order, plus clean (String), runs (List of RUN; null where clean is raw one to one) and
         line_repairs (List of String: the names of the repairs that DESIGN.md wants told; null where none).
    """
    hard = lines.filter(pl.col("raw").str.contains(NEEDS_REPAIR)).select(pl.col("raw").unique())
    # 3.6% of clean lines come here, 60,000 a second; markup and mojibake documents are rare.
    repaired = [repair_line(raw) for raw in hard["raw"]]
    fixed = hard.with_columns(
        pl.Series("_clean", [r.clean for r in repaired], dtype=pl.String),
        pl.Series(
            "runs", [[dict(zip(RUN.to_schema(), run, strict=True)) for run in r.runs] for r in repaired], pl.List(RUN)
        ),
        pl.Series("line_repairs", [r.repairs or None for r in repaired], dtype=pl.List(pl.String)),
    )
    return (
        lines.join(fixed, on="raw", how="left", maintain_order="left")
        .with_columns(clean=pl.coalesce("_clean", replace_one_to_one(pl.col("raw"))))
        .drop("_clean")
    )


def repair_line(raw: str) -> Repaired:
    """Clean one line: decoding, composed accents, Markdown, HTML, entities, spaces, apostrophes, comma."""
    pieces, repairs = undo_mojibake(raw)
    pieces = compose_accents(pieces)
    text = "".join(p.text for p in pieces)
    dropped = find_markdown(text)
    made = join_passages(text, pieces, dropped, repairs)
    return Repaired("".join(p.text for p in made), list_runs(made), sorted(set(repairs)))


def undo_mojibake(raw: str) -> tuple[list[Piece], list[str]]:
    """Undo a wrong decoding, if there was one; each repaired character keeps its raw passage."""
    single = [Piece(c, i, i + 1) for i, c in enumerate(raw)]
    if not re.search(MOJIBAKE + "|[\\x80-\\x9f]", raw):
        return single, []
    fixed = ftfy.fix_text(raw, FTFY)
    if fixed == raw:
        return single, []
    return align_decoding(raw, fixed), ["mojibake"]


def align_decoding(raw: str, fixed: str) -> list[Piece]:
    """Align a line with its repaired decoding: each clean character took as many raw ones as it has UTF-8 bytes.

    Where that does not fit, the ASCII between the repaired places is common to both and holds the two together.
    """
    pieces: list[Piece] = []
    i = 0
    for j, char in enumerate(fixed):
        if i < len(raw) and raw[i] == char:
            width = 1
        else:
            width = len(char.encode("utf-8"))
            following = fixed[j + 1 : j + 2]
            if following.isascii() and following and raw[i + width : i + width + 1] != following:
                found = raw.find(following, i + 1, i + 8)
                width = found - i if found > 0 else width
        end = min(i + width, len(raw))
        pieces.append(Piece(char, min(i, len(raw)), end))
        i = end
    if pieces and i < len(raw):
        pieces[-1] = pieces[-1]._replace(end=len(raw))
    return pieces


def compose_accents(pieces: list[Piece]) -> list[Piece]:
    """Join a letter and the combining accents after it into one character (NFC)."""
    composed: list[Piece] = []
    for piece in pieces:
        if composed and unicodedata.combining(piece.text[:1] or " "):
            joined = unicodedata.normalize("NFC", composed[-1].text + piece.text)
            if len(joined) == 1:
                composed[-1] = Piece(joined, composed[-1].start, piece.end)
                continue
        composed.append(piece)
    return composed


def find_markdown(text: str) -> set[int]:
    """Places of the characters that are Markdown, not text: marks of heading, list, quote, link, emphasis, code."""
    dropped: set[int] = set()
    if not re.search(r"[*_`\\\[#>•·▪►‣◦●■–—\-).]", text):
        return dropped
    if not re.fullmatch(r"[\s*_\-–—=#>.]*", text):
        heading = DASHED_HEADING.match(text)
        if heading:
            dropped.update(range(heading.start(1), heading.end(1)))
        start = LINE_START.match(text)
        dropped.update(range(start.end() if start else 0))
    for link in LINK.finditer(text):
        dropped.update(range(link.start(), link.start("label")))
        dropped.update(range(link.end("label"), link.end()))
    for pattern in (STRAY_STARS, ESCAPE, CODE):
        for match in pattern.finditer(text):
            dropped.update(range(*match.span()))
    find_emphasis(text, dropped)
    return dropped


def find_emphasis(text: str, dropped: set[int]) -> None:
    """Add the paired marks of emphasis, nested ones too, to the places that are dropped."""
    begin = 0
    while match := EMPHASIS.search(text, begin):
        dropped.update(range(*match.span(1)))
        dropped.update(range(*match.span(3)))
        begin = match.end(1)


def join_passages(text: str, pieces: list[Piece], dropped: set[int], repairs: list[str]) -> list[Piece]:
    """Make the clean characters: entities decoded, tags and marks gone, one space where there was white space."""
    made: list[Piece] = []
    for match in SCAN.finditer(text):
        first, end = match.span()
        kind = match.lastgroup
        raw_start, raw_end = pieces[first].start, pieces[end - 1].end
        if kind == "other":
            if first not in dropped:
                char = "’" if text[first] in "'ʼ" or APOSTROPHE_LIKE.match(text, first) else text[first]
                made.append(Piece(char, raw_start, raw_end))
        elif kind == "autolink":
            made.extend(pieces[first + 1 : end - 1])
            repairs.append("html tags")
        elif kind == "comma":
            made.extend([Piece(",", raw_start, raw_end), Piece(" ", raw_end, raw_end)])
            repairs.append("missing space after comma")
        else:
            new = read_passage(kind or "", match.group(), repairs)
            if new.strip() or (new and made and made[-1].text != " "):
                made.extend(Piece(c, raw_start, raw_end) for c in new)
    while made and made[-1].text == " ":
        made.pop()
    while made and made[0].text == " ":
        made.pop(0)
    return drop_double_spaces(made)


def drop_double_spaces(made: list[Piece]) -> list[Piece]:
    """Leave one space where dropped marks left two side by side."""
    return [p for i, p in enumerate(made) if p.text != " " or made[i - 1].text != " "]


def read_passage(kind: str, passage: str, repairs: list[str]) -> str:
    """What an entity, a tag, white space or an unseen character becomes."""
    if kind == "space":
        return " "
    if kind == "entity":
        repairs.append("html entities")
        read = html.unescape(passage)
        if read == passage:
            return passage
        read = re.sub(SPACES, " ", read).replace("'", "’")
        return re.sub(f"[{UNSEEN}\\x00-\\x1f]", "", read)
    if kind == "tag":
        repairs.append("html tags")
        return " " if re.match(r"</?(?:br|p|div|li|td|th|tr|h[1-6])\b", passage, re.IGNORECASE) else ""
    repairs.append("nul bytes" if "\x00" in passage else "soft hyphens" if "\u00ad" in passage else "unseen characters")
    return ""


def list_runs(made: list[Piece]) -> list[tuple[int, int, int, int]]:
    """Join characters kept as they were into runs; empty runs mark the edges of repaired ones that touch none."""
    runs: list[tuple[int, int, int, int]] = []
    for i, piece in enumerate(made):
        kept = piece.end - piece.start == 1
        if kept and runs and runs[-1][1] == i and runs[-1][3] == piece.start and runs[-1][0] < i:
            runs[-1] = (runs[-1][0], i + 1, runs[-1][2], piece.end)
        elif kept:
            if runs and runs[-1][0] == i:
                runs.pop()
            runs.append((i, i + 1, piece.start, piece.end))
        else:
            touches = runs and runs[-1][1] == i and (runs[-1][3] == piece.start or runs[-1][0] == i)
            if not touches:
                runs.append((i, i, piece.start, piece.start))
            runs.append((i + 1, i + 1, piece.end, piece.end))
    return runs
