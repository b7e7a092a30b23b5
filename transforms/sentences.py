"""Sentences: paragraphs cut where a French reader would stop.

A vectorised pass marks every space that follows a final mark; each marked place is then judged by the word before it
and the word after it. Only the marked places are looked at, about one in a hundred characters.
"""

from functools import cache

import polars as pl

from schemas import lexicon

# A final mark, the closing marks that go with it (« Oui. » has a space before its closing mark), and the space.
FINAL = r"([.!?…]+[\"»”’'\)\]]*(?: [»”]+)* )"
# The same where the space was lost: "Il part.Elle reste": 73 places in 5,000 press articles, all faults of typing.
FINAL_WITHOUT_SPACE = r"([\p{Ll}\p{Nd}]{2}[\"»”)]*[.!?…]+[»”)]*)([\"«“(]?\p{Lu}[\p{Ll}’' ])"
# Put at each place to judge: a noncharacter of Unicode. One that the text holds is hidden behind another first.
MARK, HIDDEN = "\ufdd0", "\ufdd2"
NO_ROW = 0xFFFFFFFF
OPENING = r"^[\s«\"“‘'’(\[—–-]*"
CAPITAL_OR_NUMBER = OPENING + r"[\p{Lu}\p{Lt}\p{N}]"
# A passage left out, "(...) Le maire", and the dash of a list or of a reply open a sentence whatever follows.
OMISSION = r"^[(\[](?:\.\.\.|…)[)\]]"
DASH = r"^[-–—•] "
# Typing faults: a full stop, then a small letter. A word cut short ends before a vowel ("chap.", "trad.") and keeps few
# letters; any other word ends its sentence (1 sentence in 200 of UD French dev opens with a small letter).
UNCUT_WORD = r"(?:\p{Ll}{5,}|\p{Ll}{2,}[aeiouyéèêàù])\.$"
# A straight quotation mark between two spaces after a final mark: only its rank tells whether it opens or closes.
LONE_QUOTE = '" '


@cache
def _abbreviations(follows: str | None) -> list[str]:
    """Abbreviations without their point, by what follows them; with a capital too, as at the head of a sentence."""
    rows = lexicon.read("abbreviations").filter(pl.col("follows").eq_missing(pl.lit(follows)))
    words = rows["abbreviation"].str.strip_suffix(".").to_list()
    return sorted({*words, *(word[0].upper() + word[1:] for word in words)})


@cache
def _openers(also: str | None) -> list[str]:
    """Words that open a sentence and so tell, after an initial or an acronym, its end: "le plan B. Il part".

    Those that open family names too (J. Le Goff) have `also` = name.
    """
    return lexicon.read("sentence_openers").filter(pl.col("also").eq_missing(pl.lit(also)))["word"].to_list()


def split_sentences(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Cut paragraphs into sentences.

    In:  article_id, start (in articles.text), text; paragraphs of one article in reading order.
    Out: one row per sentence: article_id, sentence_index (through the article), start, end, text; blank paragraphs
         have none. The white space at the ends of a sentence is left out, so `articles.text[start:end] == text`.
    """
    return (
        paragraphs.select("article_id", paragraph_start="start", paragraph="text")
        .pipe(_cut_at_final_marks)
        .pipe(_judge_cuts)
        .pipe(_join_pieces)
        .pipe(_number_sentences)
    )


def _cut_at_final_marks(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Give every piece between two places to judge: row (of the paragraph), piece, offset (in the paragraph)."""
    marked = (
        pl.col("paragraph")
        .str.replace_all(MARK, HIDDEN, literal=True)
        .str.replace_all(FINAL, "${1}" + MARK)
        .str.replace_all(MARK + LONE_QUOTE, MARK + LONE_QUOTE + MARK, literal=True)
        .str.replace_all(FINAL_WITHOUT_SPACE, "${1}" + MARK + "${2}")
    )
    pieces = paragraphs.with_row_index("row").with_columns(piece=marked.str.split(MARK)).explode("piece")
    size = pl.col("piece").str.len_chars().cast(pl.Int64)
    is_first = pl.col("row") != pl.col("row").shift(fill_value=NO_ROW)
    # One running sum serves the whole column: a paragraph is as long as its pieces.
    return pieces.with_columns(is_first=is_first, offset=size.cum_sum() - size).with_columns(
        offset=pl.col("offset") - pl.when("is_first").then("offset").forward_fill()
    )


def _judge_cuts(pieces: pl.DataFrame) -> pl.DataFrame:
    """Add is_break: the piece opens a sentence."""
    left = pl.col("piece").shift().str.strip_chars_end()
    word = left.str.extract(r"([\p{L}\p{N}][\p{L}\p{N}.’'-]*)\.$")
    head = pl.col("piece").str.replace(OPENING, "").str.extract(r"^([\p{L}\p{N}]+)")
    opens = pl.any_horizontal(pl.col("piece").str.contains(mark) for mark in (CAPITAL_OR_NUMBER, OMISSION, DASH))
    plain_stop = left.str.contains(UNCUT_WORD) & pl.col("piece").str.contains(r"^\p{L}")
    abbreviated = _is_abbreviation(word, head) | _is_inside_name(word, head, left)
    list_mark = left.str.contains(r"^\s*\(?(?:\p{N}{1,2}|\p{Lu})[.)]+$") | left.str.contains(OMISSION + "$")
    return pieces.with_columns(
        is_break=pl.col("is_first") | ((opens | plain_stop) & ~(abbreviated | list_mark).fill_null(False))
    ).pipe(_judge_lone_quotes)


def _is_abbreviation(word: pl.Expr, head: pl.Expr) -> pl.Expr:
    """Tell whether the point after `word` only shortens it, given the word that follows."""
    with_point = [*_abbreviations("number"), *_abbreviations(None)]
    return word.is_in(_abbreviations("name")) | (word.is_in(with_point) & head.str.contains(r"^\p{N}"))


def _is_inside_name(word: pl.Expr, head: pl.Expr, left: pl.Expr) -> pl.Expr:
    """Tell whether the point follows an initial or acronym and the name goes on: J. Le Goff, the U.S. Army.

    A surname cut to its initial ("Anna B. Le parquet ...") is followed by no second surname.
    """
    is_short = word.str.contains(r"^(?:\p{L}\.-?)*\p{Lu}$")
    after_first_name = left.str.contains(r"\p{Lu}\p{Ll}+ \p{Lu}\.$")
    return is_short & ~head.is_in(_openers(None)) & ~(after_first_name & head.is_in(_openers("name")))


def _judge_lone_quotes(pieces: pl.DataFrame) -> pl.DataFrame:
    """Move a break before a lone straight quotation mark that opens, the first, third, ... of its paragraph."""
    quotes = pl.col("piece").str.count_matches('"', literal=True).cast(pl.Int64)
    before = quotes.cum_sum() - quotes
    rank = before - pl.when("is_first").then(before).forward_fill()
    opens = (pl.col("piece") == LONE_QUOTE) & ~pl.col("is_first") & (rank % 2 == 0)
    return pieces.with_columns(
        is_break=pl.when(opens)
        .then(pl.col("is_break").shift(-1, fill_value=False))
        .otherwise(pl.col("is_break") & ~opens.shift(1, fill_value=False))
    )


def _join_pieces(pieces: pl.DataFrame) -> pl.DataFrame:
    """Give each run of pieces up to the next break as one sentence, sliced from the paragraph."""
    end = pl.col("offset") + pl.col("piece").str.len_chars()
    return (
        pieces.with_columns(sentence=pl.col("is_break").cum_sum(), stop=end)
        .group_by("sentence", maintain_order=True)
        .agg(pl.first("article_id", "paragraph_start", "paragraph", "offset"), pl.last("stop"))
        .with_columns(text=pl.col("paragraph").str.slice(pl.col("offset"), pl.col("stop") - pl.col("offset")))
    )


def _number_sentences(sentences: pl.DataFrame) -> pl.DataFrame:
    """Trim each sentence, drop the blank ones, give places in articles.text and the running number."""
    trimmed = pl.col("text").str.strip_chars_start()
    margin = (pl.col("text").str.len_chars() - trimmed.str.len_chars()).cast(pl.Int64)
    text = pl.col("text").str.strip_chars()
    return (
        sentences.with_columns(text=text, start=pl.col("paragraph_start") + pl.col("offset") + margin)
        .filter(pl.col("text") != "")
        .select(
            "article_id",
            pl.int_range(pl.len(), dtype=pl.Int64).over("article_id").alias("sentence_index"),
            "start",
            (pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)).alias("end"),
            "text",
        )
    )
