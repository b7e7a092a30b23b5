"""What stands between or below the paragraphs of an article and is told by its form and its neighbours: messages of a
chat, notices of books, who sends out a press release, the text of an embedded post; and verse, which is text."""

import polars as pl

from transforms.layout.neighbours import from_above, from_below

ASIDES = {
    "chat_message": "comment",
    "book_notice": "promo",
    "firm_below_release": "promo",
    "text_of_post": "promo",
    "verse": "body",
}
"""The role of each kind of aside; its name is the rule that says so."""

CHAT = r"^[💬🗨🗯]\x{FE0F}?\s*[^\s:]{2,25}\s?:\s"
"""A balloon, a pen name and a colon: a message of the chat beside a live report."""

BOOK = r"\d{2,4} ?p(?:\.|ages?)?\s*[,;–-]\s*\d[\d ,.]*(?:€|euros?|francs?|frs?\b|CHF|FB|\$).{0,12}$"
"""The number of pages and the price close the notice of a book."""

ABOUT = r"^À propos (?:de l’|de la |de |d’|du |des )(\p{Lu}[\p{L}\d’&-]*)[^.!?:]{0,50}\s?:?$"
"""The header of the paragraph on the firm; what it names is the subject of that paragraph."""

SHARED = (
    r"^(?:Une? |A )?(?:publication|photo|vidéo|post|reel|message) (?:partagée?|publiée?|shared|posted) (?:par|by) "
    r"[^@]{0,80}@"
)
"""Who posted, below the text of a post."""

NOTICE_WIDTH = 250
FIRM_PLACE = 3
"""A press release has a title and some paragraphs above the one on its sender."""

VERSE_WIDTH = 90
VERSE_LINES = 4
"""A stanza has at least so many lines, one right below the other."""

VERSE_MARK = r"[,;]$|^\p{Lu}.*[,;] \p{Lu}\p{Ll}"
"""Verse goes on over the end of its lines: a comma or a semicolon there, also where two of them were joined."""


def add_asides(parts: pl.DataFrame) -> pl.DataFrame:
    """Add aside: the kind, one of ASIDES; null for all else.

    In:  parts of documents in order, with doc, clean, raw, cue, part_role, blank_before, place, width.
    """
    brief = pl.when(pl.col("width") <= NOTICE_WIDTH).then("clean").otherwise(pl.lit(""))
    about = brief.str.extract(ABOUT).fill_null("")
    named = (about != "") & pl.col("clean").pipe(from_below).str.starts_with(about).fill_null(False)
    heads = (named & (pl.col("place") >= FIRM_PLACE)).fill_null(False)
    posts = brief.str.contains(SHARED)
    above_post = posts.pipe(from_below).fill_null(False) & pl.col("cue").is_null() & ~pl.col("is_ended")
    parts = parts.pipe(_add_verse).with_columns(_heads=heads, _above_post=above_post)
    return parts.with_columns(
        aside=pl.when(pl.col("raw").str.contains(CHAT))
        .then(pl.lit("chat_message"))
        .when(brief.str.contains(BOOK) & pl.col("cue").is_null() & (pl.col("place") > 1))
        .then(pl.lit("book_notice"))
        .when(pl.col("_heads") | pl.col("_heads").pipe(from_above).fill_null(False))
        .then(pl.lit("firm_below_release"))
        .when("_above_post")
        .then(pl.lit("text_of_post"))
        .when("_verse")
        .then(pl.lit("verse"))
    ).drop("_heads", "_above_post", "_verse")


def _add_verse(parts: pl.DataFrame) -> pl.DataFrame:
    """Add _verse: one of several short lines, none parted from the next, of which a quarter go on over their end."""
    line = (
        pl.col("cue").is_null() & pl.col("part_role").is_null() & (pl.col("width") <= 2 * VERSE_WIDTH)
        & ~pl.col("is_bulleted") & ~pl.col("is_part") & pl.col("hint").is_null() & pl.col("has_words")
    )  # fmt: skip
    begins = (
        pl.col("blank_before") | ~line | (~line).shift(1, fill_value=True) | (pl.col("doc") != pl.col("doc").shift(1))
    )
    parts = parts.with_columns(_line=line, _stanza=begins.fill_null(True).cum_sum())
    line_text = pl.when("_line").then("clean").otherwise(pl.lit(""))
    goes_on = line_text.str.contains(VERSE_MARK)
    wide = pl.col("width").max().over("_stanza") > 2 * VERSE_WIDTH
    several = (pl.len().over("_stanza") >= VERSE_LINES) & ~wide
    verse = several & (goes_on.sum().over("_stanza") * 4 >= pl.len().over("_stanza")) & pl.col("_line")
    digits = pl.col("holds_number").any().over("_stanza")
    return parts.with_columns(_verse=verse & ~digits & (pl.col("place") > 1)).drop("_line", "_stanza")
