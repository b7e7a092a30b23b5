"""Other ways to write one name: transliterations, and slips of one or two letters inside one article."""

import polars as pl
from rapidfuzz.distance import OSA

import schemas.lexicon
from transforms.names.words import fold

RESPELLINGS = (
    ("tsch", "ch"), ("tch", "ch"), ("sch", "ch"), ("sh", "ch"), ("cz", "ch"), ("zh", "j"), ("dj", "j"),
    ("gue", "ge"), ("gui", "gi"), ("ph", "f"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("ck", "k"), ("q", "k"),
    ("x", "ks"), ("oo", "u"), ("ou", "u"), ("y", "i"), ("ij", "i"), ("ff", "v"),
)  # fmt: skip
"""Ways to write one foreign sound in Latin letters: French, English and German transliterations of Cyrillic, Arabic
and the like. Applied in this order to folded words; a key, never shown. w and v stay two: Weil is not Veil."""

SOUNDED = 5  # letters of a surname from which two that sound alike are one, in one article
SLIP = 7  # letters from which two surnames with one letter of difference are one, in one article
TWO_SLIPS = 10
FEMININE = "aá"
"""Letters that make a woman's surname of a man's: Ivanov and Ivanova, Kowalski and Kowalska are two persons."""

MOST_FORMS = 300
"""Surnames of one first letter in an article, each held against all others; lists of results have 100."""


def respell(word: pl.Expr) -> pl.Expr:
    """A key under which transliterations of one word meet: Tkatchenko, Tkachenko; Serguiy, Sergii."""
    key = word
    for spelling, sound in RESPELLINGS:
        key = key.str.replace_all(spelling, sound, literal=True)
    for letter in "abdefgklmnoprstuvz":
        key = key.str.replace_all(f"{letter}{letter}+", letter)
    return key.str.replace(r"([^aeiouvx])ii+$", "${1}i")


def respell_surname(word: pl.Expr) -> pl.Expr:
    """Khodorine and Khodorin meet, Tadić and Tadich; at the end of a name only: Martine Roux is not Martin Roux."""
    return word.str.replace(r"(.{2,}[ai]n)e$", "$1").str.replace(r"(.{2}i)c$", "${1}ch")


def respell_name(key: pl.Expr) -> pl.Expr:
    """The key of a whole folded name."""
    return respell_surname(key.str.split(" ").list.eval(respell(pl.element())).list.join(" "))


def unify_surnames(mentions: pl.DataFrame) -> pl.DataFrame:
    """Write a person's surname in one way in one article: Kadyrov, not Kadirov, if it is more frequent or comes first.

    In:  article_id, start, entity_type, name.
    Out: the same rows, in the same order; a surname is changed only where no first name speaks against it.
    """
    parts = mentions.with_columns(
        first=pl.col("name").str.extract(r"^(.+) \S+$").fill_null(""), last=pl.col("name").str.extract(r"(\S+)$")
    )
    better = best_surnames(parts.filter(pl.col("entity_type") == "PER"))
    joined = parts.join(better, on=["article_id", "entity_type", "first", "last"], how="left", maintain_order="left")
    written = pl.concat_str("first", "better", separator=" ").str.strip_chars()
    return joined.with_columns(name=pl.coalesce(written, "name")).select(mentions.columns)


def best_surnames(persons: pl.DataFrame) -> pl.DataFrame:
    """The surnames to write differently. Out: article_id, entity_type, first, last, better."""
    forms = (
        persons.group_by("article_id", "entity_type", "first", "last")
        .agg(count=pl.len().cast(pl.Int64), start=pl.col("start").min())
        .with_columns(key=fold(pl.col("last")), given=respell(fold(pl.col("first"))))
        .with_columns(sound=respell_surname(respell(pl.col("key"))), letter=pl.col("key").str.head(1))
        .filter(pl.col("key").str.len_chars() >= SOUNDED, ~pl.col("key").str.contains(" "))
        .filter(pl.len().over("article_id", "entity_type", "letter") <= MOST_FORMS)
    )
    pairs = forms.join(forms, on=["article_id", "entity_type", "letter"], suffix="_better").filter(
        pl.col("key") != pl.col("key_better"), is_better(), is_same_given(forms)
    )
    near = pairs.join(near_surnames(pairs), on=["key", "key_better"])
    return (
        near.sort("article_id", "first", "last", -pl.col("count_better"), "start_better")
        .unique(["article_id", "first", "last"], keep="first", maintain_order=True)
        .select("article_id", "entity_type", "first", "last", better="last_better")
    )


def is_better() -> pl.Expr:
    """The other form is the more frequent one, or as frequent and earlier."""
    more = pl.col("count_better") > pl.col("count")
    return more | (pl.col("count_better") == pl.col("count")) & (pl.col("start_better") < pl.col("start"))


def is_same_given(forms: pl.DataFrame) -> pl.Expr:
    """The first names sound alike, or one surname stands alone, is no first name and no other person's."""
    taken = forms.filter(pl.col("given") != "").select(pl.concat_str("article_id", "key", separator=" ")).to_series()
    known = schemas.lexicon.read("first_names")["name"].implode()

    def is_free(suffix: str) -> pl.Expr:
        place = pl.concat_str("article_id", f"key{suffix}", separator=" ")
        alone = pl.col(f"given{suffix}") == ""
        return alone & ~pl.col(f"last{suffix}").is_in(known) & ~place.is_in(taken.implode())

    return (pl.col("given") == pl.col("given_better")) | is_free("") | is_free("_better")


def near_surnames(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs of folded surnames that are one name written in two ways. Out: key, key_better."""
    distinct = pairs.select("key", "key_better", "sound", "sound_better").unique()
    # One call for each distinct pair of persons of one article and first letter, 1 microsecond each.
    near = [sound == other or is_slip(key, better) for key, better, sound, other in distinct.iter_rows()]
    return distinct.filter(pl.Series(near, dtype=pl.Boolean)).select("key", "key_better")


def is_slip(key: str, other: str) -> bool:
    """True where two long surnames differ by a letter or a swap, by two if very long; not a woman's and a man's."""
    shorter = min(len(key), len(other))
    if shorter < SLIP or (key[-1] != other[-1] and (key[-1] in FEMININE or other[-1] in FEMININE)):
        return False
    return OSA.distance(key, other, score_cutoff=2) <= (2 if shorter >= TWO_SLIPS else 1)
