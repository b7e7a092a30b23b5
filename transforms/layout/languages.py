"""The language of each block: French is told by its small words, and only what has none of them is shown to a detector.

A block wrongly called foreign loses its names and figures, so that a second witness must agree with the detector: the
small words of that language, its script, or the language of the article.
"""

from collections.abc import Callable
from functools import cache

import polars as pl

from schemas import lexicon

DetectLanguages = Callable[[list[str]], list[str | None]]

LEAST_WORDS = 8
"""Words from which a language can be told: the detector is right in .987 of texts of 50 characters."""

FRENCH_WORDS = 2
"""Small words that no other language of the lexicon has, from which a text is French."""

SURE_WORDS = 4
"""Small words in 250 characters from which they are French; the detector agrees in all of the 5,256 among 6,000
articles that have three."""

FRENCH_SAMPLE = 400
"""Characters in which these words are looked for."""

SMALL_SHARE = 0.1
"""Least share of a language's own small words in its running text."""

NAME_SHARE = 0.6
"""Above this share of words with a capital a text is a list of names, which have no language; German has .45."""

UNQUOTED = r"^([^«“\"]{0,100})"
QUOTED = r"«[^»]*»|“[^”]*”|\"[^\"]*\""
OTHER_SCRIPT = r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Devanagari}]"


def add_languages(blocks: pl.DataFrame, detect_languages: DetectLanguages) -> pl.DataFrame:
    """Add language to blocks.

    In:  clean, article_language (null where unknown).
    Out: same rows, plus language: ISO 639-1, null where a block is too short to tell, or nothing agrees with the
         detector. What stands around quoted words decides, where there is anything.
    """
    distinct = blocks.select(text="clean", article="article_language").unique(maintain_order=True)
    distinct = distinct.with_columns(start=pl.col("text").str.slice(0, FRENCH_SAMPLE))
    # Words before any quotation mark are read, whatever follows.
    plain = pl.col("start").str.extract(UNQUOTED).str.count_matches(r"\p{L}+") >= LEAST_WORDS
    french = distinct.with_columns(is_french=_count_small(pl.col("start"), "fr") >= FRENCH_WORDS, is_plain=plain)
    others = french.filter(~(pl.col("is_french") & pl.col("is_plain")))
    others = others.with_columns(read=_read_around_quotes(pl.col("text")))
    others = others.with_columns(words=pl.col("read").str.count_matches(r"\p{L}+")).filter(
        pl.col("words") >= LEAST_WORDS
    )
    french = pl.concat([french.filter("is_french", "is_plain"), others.filter("is_french").select(french.columns)])
    doubtful = others.filter(~pl.col("is_french"))
    found = doubtful.with_columns(
        found=pl.Series(detect_languages(doubtful["read"].to_list()), dtype=pl.String)
    ).with_columns(language=pl.when(_is_confirmed()).then("found"))
    languages = pl.concat(
        [
            french.select("text", "article", language=pl.lit("fr")),
            found.select("text", "article", "language"),
        ]
    )
    return blocks.join(
        languages,
        left_on=["clean", "article_language"],
        right_on=["text", "article"],
        how="left",
        maintain_order="left",
        nulls_equal=True,
    )


def is_surely_french(text: pl.Expr) -> pl.Expr:
    """Whether a sample of a text has so many French small words that no detector is asked."""
    return _count_small(text, "fr") >= SURE_WORDS


def _read_around_quotes(text: pl.Expr) -> pl.Expr:
    """The text around quoted words; all of it where only a word or none stands there. Capitals, which mislead the
    detector, in small letters."""
    text = pl.when(text.str.contains(r"\p{Ll}")).then(text).otherwise(text.str.to_lowercase())
    around = text.str.replace_all(QUOTED, " ")
    return pl.when(around.str.count_matches(r"\p{L}+") >= 2).then(around).otherwise(text)


def _count_small(text: pl.Expr, language: str) -> pl.Expr:
    """How many small words of a language a text has; of two with one space between, one is counted."""
    return text.str.to_lowercase().str.replace_all("['ʼ]", "’").str.count_matches(_small_pattern(language))


@cache
def _small_pattern(language: str) -> str:
    words = lexicon.read("language_words").filter(pl.col("language") == language)["form"].to_list()
    return rf"(?:^|[^\p{{L}}’])(?:{'|'.join(words)})(?:[^\p{{L}}’]|$)"


def _is_confirmed() -> pl.Expr:
    """Whether anything agrees with the detector: French, the article, the script, the small words of what it found."""
    apart = pl.col("read").str.replace_all(" ", "  ", literal=True)
    named = pl.col("read").str.count_matches(r"(?:^|[^\p{L}])\p{Lu}") > pl.col("words") * NAME_SHARE
    small = pl.lit(False)
    for language in lexicon.read("language_words")["language"].unique(maintain_order=True):
        enough = _count_small(apart, language) >= pl.max_horizontal(2, pl.col("words") * SMALL_SHARE)
        small = small | ((pl.col("found") == language) & enough)
    script = pl.col("read").str.count_matches(OTHER_SCRIPT) * 2 >= pl.col("read").str.count_matches(r"\p{L}")
    return (
        (pl.col("found") == "fr") | (pl.col("found") == pl.col("article")).fill_null(False) | script | (small & ~named)
    )
