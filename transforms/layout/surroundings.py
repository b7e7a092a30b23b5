"""What the lines around a part say about it: running heads, quoted articles, stamps of comments, boxes, signatures."""

import re

import polars as pl

from schemas import lexicon
from transforms.layout.neighbours import from_below

RUNNING_WIDTH = 120
"""The running head of a printed page is a line."""

PAGE_HEAD = r"\||\s{3,}|\s[–—·•-]\s|(?:19|20)\d\d|(?i:\bpage\b)|^\d{1,3}\s|\s\d{1,3}$"
"""What parts the pieces of such a line, or its number at an end; Étape 1 and Étape 2 are headings."""

RUNNING_LETTERS = 8
"""Fewer letters beside its numbers are a date, a score or a count."""

READER_DATED = (
    r"^[^.!?:«»]{2,35}\s?[,|·•–—-]?\s(?:le )?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2} \p{L}{3,9}\.? 20\d\d)"
    r"(?:[ ,à–-]+\d{1,2} ?[h:] ?\d\d)?$"
)
"""A reader and the date, on one line."""

PEN_NAME_DATED = r"^(?:\p{Ll}[\p{L}._-]*|\S*[\d_]\S*)\s?[,|·•–—-]\s(?:le )?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
"""A single word in small letters or with a figure, and a date: one such line is enough for a comment."""

CLOCK = r"^\d{1,2} ?[h:] ?\d\d$"
"""The hour alone: an entry of a live report."""

QUOTED = r"^>\s*[^\s>\[!*_]"
"""A line quoted as mail and forums do."""

QUOTED_SHARE = 0.4
"""From this share of the characters on, what is quoted is the article, and the rest is what its poster says."""

DIGEST_WIDTH = 20
DIGEST_ITEMS = 3
"""A feed has several items; a header may print two dates."""

STAMP = (
    r"(?i)^(?:il y a .{1,20}|avant-hier|(?:hier|aujourd’hui)(?:\s*,?\s*(?:à\s*)?\d.{1,8})?|"
    r"\d{1,2}\s?(?:min|h|j|sem|mois|ans?)\.?|(?:le )?\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?:[ ,à–-]+\d{1,2}[h:]\d\d)?)$"
)
"""When a reader wrote, on a line of its own."""

READER_WIDTH = 45
READER_WORDS = 6
"""Names of readers are shorter than titles; that of one who answers another is longest."""

READERS_FIRST = 0.3
"""Where the first reader comes before this share and the second soon after, there is nothing but comments."""

COMMENTS_AFTER = 0.4
"""Reader comments begin after at least this share of the text."""


TOP_LINES = 12
SECTIONED = r"\s[|‹›•·–—-]\s"
CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
PROSE_BYTES = 100
STEM = 5
"""Letters that the forms of a word have in common, near enough."""

TAG_SHARE = 0.5
"""From this share of their words on that the text has, lines below it are its tags; menus tell of other things."""

TAG_WIDTH = 35
TAG_WORDS = 4
MENU_WIDTH = 25
MENU_LINES = 3
"""From this number of short lines above a title on, they are a menu; one or two are its sections."""

MENU_PLACES = 15
COMMON_WORDS = {
    "sous",
    "dans",
    "avec",
    "pour",
    "plus",
    "cette",
    "leur",
    "sans",
    "entre",
    "après",
    "avant",
    "tous",
    "tout",
}
WEAK_WORDS = 4
"""A name of a site or a section has few words, or marks between them."""

LAST_LINES = 6
BIOGRAPHY = (
    r"^(?:Par )?(\p{Lu}[\p{L}’-]+ (?:(?:de|du|van|von|le|la|el) )*\p{Lu}[\p{L}’-]+)(?: \p{Lu}[\p{L}’-]+)*,? "
    r"(?:est|a (?:publié|écrit|travaillé|rejoint|couvert|enseigné|été)|"
    r"couvre|suit|travaille|enseigne|dirige|collabore|vit|écrit|anime|signe|journaliste|correspondante?|rejoint)\b"
)
"""What closes a text with who wrote it: a name, and what that person does."""

JOURNALISM = r"(?i)\bjournalis|chroniqueu|correspondant|rédact|pigiste|reporter|éditorialiste|photographe"


def add_weak_titles(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_weak: a line among the first that may name a site or a section, none of its words coming back in the text;
    and is_below_weak.

    In:  doc, part_id, clean, raw, prose_lines.
    """
    text = pl.col("clean")
    top = parts.filter((pl.col("prose_lines") == 0) & (pl.col("line") < TOP_LINES) & (text.str.len_bytes() <= 100))
    mark = pl.col("cue").is_in(["date", "byline", "name"]) | pl.col("part_role").is_in(["date", "byline"])
    above_mark = mark.fill_null(False).pipe(from_below).fill_null(False)
    marked = parts.filter(
        above_mark & (pl.col("prose_lines") == 0) & pl.col("cue").is_null() & (text.str.len_bytes() > 40)
    )
    other = (pl.col("part_id") < pl.col("_mark")) & pl.col("cue").is_null() & ~pl.col("_above")
    other_heads = (
        parts.with_columns(_above=above_mark)
        .filter((pl.col("prose_lines") == 0) & (pl.col("line") < TOP_LINES))
        .join(marked.group_by("doc").agg(_mark=pl.col("part_id").min()), on="doc")
        .filter(other)
        .select("part_id", "doc", "clean")
    )
    head = top.filter((text.str.count_matches(r"[\p{L}\p{N}]+") <= WEAK_WORDS) | text.str.contains(SECTIONED)).select(
        "part_id", "doc", "clean"
    )
    head = pl.concat([head, other_heads]).unique("part_id")
    weak = pl.col("part_id").is_in(_find_echoes(head, parts, 0).implode())
    return parts.with_columns(is_weak=weak).with_columns(
        is_below_weak=(pl.col("is_weak").cum_sum().over("doc") > 0) & ~pl.col("is_weak")
    )


def _find_echoes(lines: pl.DataFrame, parts: pl.DataFrame, least: float) -> pl.Series:
    """The part_id of lines whose words come back in the long lines of their document: none of them, other
    than where the whole line is printed again (least is 0), or at least this share."""
    texts = (
        parts.filter(pl.col("clean").str.len_bytes() >= PROSE_BYTES)
        .join(lines, on="doc", how="semi")
        .group_by("doc")
        .agg(text=pl.col("clean").str.join("\n").str.to_lowercase())
    )
    rows = lines.join(texts, on="doc").select("part_id", "clean", "text")
    # One document in ten has such a line.
    shares = [
        (part, share_echoed(line.lower(), text if least else text.replace(line.lower(), "")))
        for part, line, text in rows.iter_rows()
    ]
    found = [part for part, share in shares if (share >= least if least else share == 0)]
    return pl.Series(found, dtype=parts["part_id"].dtype)


def share_echoed(line: str, text: str) -> float:
    """The share of a line’s words that are in the text."""
    words = [word for word in CONTENT_WORD.findall(line) if word not in COMMON_WORDS]
    return sum(word[:STEM] in text for word in words) / max(len(words), 1)


def add_surroundings(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_running, is_foreign and is_reader.

    In:  parts of documents in order, with width, cue, is_ended, holds_number, is_part, place.
    Out: same rows, plus is_running (the head of a printed page), is_foreign (around a quoted article), is_reader
         (the name of a reader above the time of the comment).
    """
    return parts.pipe(_add_running).pipe(_add_digest).pipe(_add_foreign).pipe(_add_readers).pipe(_add_biographies)


def add_menus(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_menu_line, one of several short lines at the top, and is_tag: words of the text alone on a line below it.

    In:  the columns of add_surroundings, with zone, is_unclosed, is_name_list, is_menu.
    """
    short = (
        (pl.col("width") <= MENU_WIDTH) & ~pl.col("is_ended") & (pl.col("place") < MENU_PLACES)
        & pl.col("part_role").is_null() & (pl.col("cue").is_null() | pl.col("cue").is_in(["promo", "name"]))
    )  # fmt: skip
    parts = parts.with_columns(_short=short & (pl.col("zone") == "head")).with_columns(
        _run=(pl.col("_short") != pl.col("_short").shift(1)).fill_null(True).cum_sum().over("doc")
    )
    sections = lexicon.read("sections")["form"].implode()
    line = pl.when("_short").then("clean").otherwise(pl.lit(""))
    first_word = line.str.to_lowercase().str.extract(r"^([\p{L}-]+)")
    last = (pl.col("_run") != pl.col("_run").shift(-1)).fill_null(True) & first_word.is_in(sections).fill_null(False)
    last = last & ~pl.col("is_bulleted")
    menu = pl.col("_short") & (pl.len().over("doc", "_run") >= MENU_LINES) & ~last
    parts = parts.with_columns(is_menu_line=menu)
    return parts.drop("_short", "_run").pipe(_add_tags)


def _add_tags(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_echoed and is_tag: below the text, a list of its words, or several short lines most of which are such or
    name a section."""
    brief = pl.col("is_unclosed") & (pl.col("width") <= TAG_WIDTH) & ~pl.col("ends_in_colon")
    narrow = pl.when(brief).then("clean").otherwise(pl.lit(""))
    brief = (brief & (narrow.str.count_matches(r"\S+") <= TAG_WORDS)).fill_null(False)
    parts = parts.with_columns(_brief=brief & (pl.col("zone") == "tail"))
    below = parts.filter(pl.col("zone") == "tail").filter(
        pl.col("_brief") | pl.col("is_name_list") | pl.col("is_menu") | pl.col("is_name_line")
    )
    below = below.select("part_id", "doc", "clean")
    echoed, wholly = (pl.col("part_id").is_in(_find_echoes(below, parts, n).implode()) for n in (TAG_SHARE, 1))
    line = pl.when("_brief").then("clean").otherwise(pl.lit(""))
    known = line.str.to_lowercase().is_in(lexicon.read("sections")["form"].implode())
    parts = parts.with_columns(
        is_echoed=echoed,
        _good=(wholly | known) & pl.col("_brief"),
        _run=(pl.col("_brief") != pl.col("_brief").shift(1)).fill_null(True).cum_sum().over("doc"),
    )
    several = (pl.len().over("doc", "_run") > 1) & (pl.col("_good").mean().over("doc", "_run") >= TAG_SHARE)
    tag = (pl.col("_brief") & several) | (pl.col("is_echoed") & pl.col("is_name_list"))
    return parts.with_columns(is_tag=tag).drop("_brief", "_good", "_run")


def _add_running(parts: pl.DataFrame) -> pl.DataFrame:
    """A line that comes back with other numbers or in another order of them: the head of a printed page."""
    numbered = parts.filter(
        pl.col("holds_number")
        & ~pl.col("is_ended")
        & pl.col("width").is_between(RUNNING_LETTERS, RUNNING_WIDTH)
        & (pl.col("cue").is_null() | pl.col("cue").is_in(["date", "name"]))
    ).filter(pl.col("raw").str.contains(PAGE_HEAD))
    numbered = numbered.select(
        "part_id", "doc", letters=pl.col("clean").str.to_lowercase().str.replace_all(r"[^\p{L}]+", "")
    )
    again = (pl.len().over("doc", "letters") > 1) & (pl.col("letters").str.len_chars() >= RUNNING_LETTERS)
    stamped = pl.col("letters").str.contains(
        r"^(?:le)?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\p{L}{3,9}$"
    )
    running = numbered.filter(again & ~stamped)["part_id"]
    return parts.with_columns(is_running=pl.col("part_id").is_in(running.implode()))


def _add_digest(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_digest_title: a line of some words right above a date, where several items are printed so."""
    below = ((pl.col("part_rule") == "date_line") & (pl.col("width") <= READER_WIDTH)).pipe(from_below)
    title = (
        below.fill_null(False) & pl.col("cue").is_null() & pl.col("part_role").is_null() & ~pl.col("is_ended")
        & pl.col("width").is_between(DIGEST_WIDTH, RUNNING_WIDTH)
    )  # fmt: skip
    parts = parts.with_columns(is_digest_title=title)
    return parts.with_columns(is_digest_title=pl.col("is_digest_title") & (title.sum().over("doc") >= DIGEST_ITEMS))


def _add_foreign(parts: pl.DataFrame) -> pl.DataFrame:
    """Where most of a document is quoted, its other lines are the poster’s, and so is what answers quote again."""
    quoted = pl.col("raw").str.contains(QUOTED)
    size = pl.col("width").cast(pl.Float64)
    share = (size.filter(quoted).sum() / size.sum()).over("doc")
    parts = parts.with_columns(_quoted=quoted)
    if not parts["_quoted"].any():
        return parts.drop("_quoted").with_columns(is_foreign=pl.lit(False))
    says = pl.when(~pl.col("_quoted")).then(pl.col("clean").str.contains(r"(?:a écrit|écrivait|wrote|dit)\s*:?$"))
    again = says.forward_fill().over("doc").fill_null(False)
    return parts.with_columns(
        is_foreign=(share >= QUOTED_SHARE) & (~pl.col("_quoted") | again) & pl.col("has_words")
    ).drop("_quoted")


def _add_readers(parts: pl.DataFrame) -> pl.DataFrame:
    """A short line above the time of a comment, where there are several such pairs or one below most of the text."""
    date_line = (pl.col("part_rule") == "date_line").fill_null(False)
    stamp = date_line | pl.col("clean").str.contains(STAMP) | pl.col("clean").str.contains(READER_DATED)
    brief = (pl.col("width") <= 2 * READER_WIDTH) & ~pl.col("is_ended")
    stamped = parts.filter(brief | date_line).filter(stamp).select("part_id")
    if stamped.height <= parts["doc"].n_unique():
        few = parts.filter(pl.col("part_id").is_in(stamped["part_id"].implode()))
        alone = few.filter(pl.col("clean").str.contains(PEN_NAME_DATED))
        if few.group_by("doc").len().filter(pl.col("len") > 1).is_empty() and alone.is_empty():
            return parts.with_columns(is_reader=pl.lit(False))
    line = pl.when(pl.col("width") <= 2 * READER_WIDTH).then("clean").otherwise(pl.lit(""))
    name = (
        (pl.col("width") <= READER_WIDTH)
        & ~line.str.contains(r"[.!?:»]$")
        & (line.str.count_matches(r"\S+") <= READER_WORDS)
        & (pl.col("cue").is_null() | (pl.col("cue") == "name"))
        & pl.col("part_role").is_null()
    )
    below = pl.col("part_id").is_in(stamped["part_id"].implode()).pipe(from_below).fill_null(False)
    # A name and a day with nothing below them sign the text.
    below = below & pl.col("part_id").pipe(from_below, 2).is_not_null()
    dated = line.str.contains(READER_DATED) & ~pl.col("part_role").is_in(["date", "source"]).fill_null(False)
    dated = dated & ~pl.col("cue").is_in(["source", "date"]).fill_null(False)
    dated = dated & (pl.col("part_rule") != "date_line").fill_null(True)
    penned = pl.col("clean").str.contains(PEN_NAME_DATED) & (pl.col("place") > 1)
    dated = dated & ((dated.sum().over("doc") >= 2) | penned)
    long = pl.when(pl.col("is_ended")).then("width").otherwise(0)
    share = long.cum_sum().over("doc") / long.sum().over("doc").clip(1)
    parts = parts.with_columns(_pair=(name & below) | dated, _share=share)
    shares = pl.col("_share").filter(pl.col("_pair"))
    # Two pairs with nothing said between them are the lines of a header.
    gap = shares.unique().sort().get(1, null_on_oob=True) - shares.min()
    brief = pl.col("width").max() < PROSE_BYTES
    at_once = (brief & (gap > 0)) | ((gap < COMMENTS_AFTER) & (shares.min() < READERS_FIRST))
    at_once = at_once.over("doc").fill_null(False)
    late = pl.col("_share") >= COMMENTS_AFTER
    return parts.with_columns(is_reader=pl.col("_pair") & (at_once | late)).drop("_pair", "_share")


def _add_biographies(parts: pl.DataFrame) -> pl.DataFrame:
    """Among the last lines, who the author is: it begins with a name of the byline, or tells of journalism."""
    bottom = pl.len().over("doc") - pl.int_range(pl.len()).over("doc") <= LAST_LINES
    last = parts.filter(bottom & (pl.col("width") <= 500) & pl.col("cue").is_null()).select(
        "part_id", "doc", "clean", "raw", _name=pl.col("clean").str.extract(BIOGRAPHY)
    )
    last = last.filter(pl.col("_name").is_not_null())
    if last.is_empty():
        return parts.with_columns(is_biography=pl.lit(False))
    signed = pl.col("cue").is_in(["byline", "name"]) | (pl.col("part_role") == "byline").fill_null(False)
    authors = parts.filter(signed).group_by("doc").agg(_by=pl.col("clean").str.join("\n").str.to_lowercase())
    known = pl.col("_by").str.contains(pl.col("_name").str.to_lowercase(), literal=True).fill_null(False)
    told = (
        pl.col("raw").str.contains(r"^[*_]")
        & pl.col("clean").str.contains(JOURNALISM)
        & pl.col("clean").str.contains(r"^\S+ \S+(?: \S+)?,? (?:est |journalis)")
    )
    found = last.join(authors, on="doc", how="left").filter(known | told)["part_id"]
    return parts.with_columns(is_biography=pl.col("part_id").is_in(found.implode()))
