"""What the lines around a part say about it: running heads, quoted articles, stamps of comments, boxes, signatures."""

import re

import polars as pl

RUNNING_WIDTH = 120
"""The running head of a printed page is a line."""

RUNNING_LETTERS = 8
"""Fewer letters beside its numbers are a date, a score or a count."""

QUOTED = r"^>\s*[^\s>\[!*_]"
"""A line quoted as mail and forums do."""

QUOTED_SHARE = 0.4
"""From this share of the characters on, what is quoted is the article, and the rest is what its poster says."""

STAMP = (
    r"(?i)^(?:il y a .{1,20}|avant-hier|(?:hier|aujourd’hui)(?:\s*,?\s*(?:à\s*)?\d.{1,8})?|"
    r"\d{1,2}\s?(?:min|h|j|sem|mois|ans?)\.?|(?:le )?\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?:[ ,à–-]+\d{1,2}[h:]\d\d)?)$"
)
"""When a reader wrote, on a line of its own."""

READER_WIDTH = 45
READER_WORDS = 6
"""Names of readers are shorter than titles; that of one who answers another is longest."""

COMMENTS_AFTER = 0.4
"""Reader comments begin after at least this share of the text."""


TOP_LINES = 12
SECTIONED = r"\s[|‹›•·–-]\s"
CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
PROSE_BYTES = 100
WEAK_WORDS = 4
"""A name of a site or a section has few words, or marks between them."""

LAST_LINES = 6
BIOGRAPHY = (
    r"^(?:Par )?(\p{Lu}[\p{L}’-]+ (?:(?:de|du|van|von|le|la|el) )*\p{Lu}[\p{L}’-]+)(?: \p{Lu}[\p{L}’-]+)*,? "
    r"(?:est|a|couvre|suit|travaille|enseigne|dirige|collabore|vit|écrit|anime|signe|journaliste|correspondante?|rejoint)\b"
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
    head = top.filter((text.str.count_matches(r"\S+") <= WEAK_WORDS) | text.str.contains(SECTIONED)).select(
        "part_id", "doc", "clean"
    )
    texts = (
        parts.filter(text.str.len_bytes() >= PROSE_BYTES)
        .join(head, on="doc", how="semi")
        .group_by("doc")
        .agg(text=text.str.join("\n").str.to_lowercase())
    )
    pairs = head.join(texts, on="doc")
    weak = [
        part for part, line, below in pairs.select("part_id", "clean", "text").iter_rows() if not _echoes(line, below)
    ]
    is_weak = pl.col("part_id").is_in(pl.Series(weak, dtype=parts["part_id"].dtype).implode())
    return parts.with_columns(is_weak=is_weak).with_columns(
        is_below_weak=(pl.col("is_weak").cum_sum().over("doc") > 0) & ~pl.col("is_weak")
    )


def _echoes(line: str, text: str) -> bool:
    """Whether a word of the line is in the text, other than where the whole line is printed again."""
    line = line.lower()
    text = text.replace(line, "")
    return any(word in text for word in CONTENT_WORD.findall(line))


def add_surroundings(parts: pl.DataFrame) -> pl.DataFrame:
    """Add is_running, is_foreign and is_reader.

    In:  parts of documents in order, with width, cue, is_ended, holds_number, is_part, place.
    Out: same rows, plus is_running (the head of a printed page), is_foreign (around a quoted article), is_reader
         (the name of a reader above the time of the comment).
    """
    return parts.pipe(_add_running).pipe(_add_foreign).pipe(_add_readers).pipe(_add_biographies)


def _add_running(parts: pl.DataFrame) -> pl.DataFrame:
    """A line that comes back with other numbers or in another order of them: the head of a printed page."""
    numbered = parts.filter(
        pl.col("holds_number")
        & ~pl.col("is_ended")
        & pl.col("width").is_between(RUNNING_LETTERS, RUNNING_WIDTH)
        & (pl.col("cue").is_null() | pl.col("cue").is_in(["date", "name"]))
    ).select("part_id", "doc", letters=pl.col("clean").str.to_lowercase().str.replace_all(r"[^\p{L}]+", ""))
    again = (pl.len().over("doc", "letters") > 1) & (pl.col("letters").str.len_chars() >= RUNNING_LETTERS)
    stamped = pl.col("letters").str.contains(
        r"^(?:le)?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\p{L}{3,9}$"
    )
    running = numbered.filter(again & ~stamped)["part_id"]
    return parts.with_columns(is_running=pl.col("part_id").is_in(running.implode()))


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
    stamp = (pl.col("part_rule") == "date_line").fill_null(False) | pl.col("clean").str.contains(STAMP)
    stamped = parts.filter((pl.col("width") <= READER_WIDTH) & stamp).select("part_id")
    if stamped.height <= parts["doc"].n_unique():
        few = parts.filter(pl.col("part_id").is_in(stamped["part_id"].implode()))
        if few.group_by("doc").len().filter(pl.col("len") > 1).is_empty():
            return parts.with_columns(is_reader=pl.lit(False))
    name = (
        (pl.col("width") <= READER_WIDTH)
        & ~pl.col("clean").str.contains(r"[.!?:»]$")
        & (pl.col("clean").str.count_matches(r"\S+") <= READER_WORDS)
        & (pl.col("cue").is_null() | (pl.col("cue") == "name"))
        & pl.col("part_role").is_null()
    )
    below = pl.col("part_id").is_in(stamped["part_id"].implode()).shift(-1).over("doc").fill_null(False)
    long = pl.when(pl.col("is_ended")).then("width").otherwise(0)
    share = long.cum_sum().over("doc") / long.sum().over("doc").clip(1)
    parts = parts.with_columns(_pair=name & below, _share=share)
    shares = pl.col("_share").filter(pl.col("_pair"))
    alike = (shares.len() >= 2) & (shares.sort().get(1, null_on_oob=True) - shares.min() < COMMENTS_AFTER)
    at_once = (alike & (shares.min() < 0.1)).over("doc").fill_null(False)
    return parts.with_columns(is_reader=pl.col("_pair") & (at_once | (pl.col("_share") >= COMMENTS_AFTER))).drop(
        "_pair", "_share"
    )


def _add_biographies(parts: pl.DataFrame) -> pl.DataFrame:
    """Among the last lines, who the author is: it begins with a name of the byline, or tells of journalism."""
    bottom = pl.len().over("doc") - pl.int_range(pl.len()).over("doc") <= LAST_LINES
    last = parts.filter(bottom & (pl.col("width") <= 500) & pl.col("cue").is_null()).select(
        "part_id", "doc", "clean", _name=pl.col("clean").str.extract(BIOGRAPHY)
    )
    last = last.filter(pl.col("_name").is_not_null())
    if last.is_empty():
        return parts.with_columns(is_biography=pl.lit(False))
    signed = pl.col("cue").is_in(["byline", "name"]) | (pl.col("part_role") == "byline").fill_null(False)
    authors = parts.filter(signed).group_by("doc").agg(_by=pl.col("clean").str.join("\n").str.to_lowercase())
    known = pl.col("_by").str.contains(pl.col("_name").str.to_lowercase(), literal=True).fill_null(False)
    told = pl.col("clean").str.contains(JOURNALISM) & pl.col("clean").str.contains(
        r"^\S+ \S+(?: \S+)?,? (?:est |journalis)"
    )
    found = last.join(authors, on="doc", how="left").filter(known | told)["part_id"]
    return parts.with_columns(is_biography=pl.col("part_id").is_in(found.implode()))
