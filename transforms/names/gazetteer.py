"""Names that everybody knows: countries, towns, regions, seas, institutions, parties, media, events."""

from functools import cache

import polars as pl

import schemas.lexicon
from transforms.names.words import CAPITALISED, either, fold, locate

LETTER = r"[\p{L}\p{N}]"


@cache
def listed_names() -> pl.DataFrame:
    """Every listed form, the first list wins where two hold it.

    Out: form, key (folded), name (canonical), entity_type, kind, country_code (countries only), geoname_id,
         wikidata_id, is_sure (may be found without the engine).
    """
    countries = schemas.lexicon.read("countries").with_columns(kind=pl.lit("country"), entity_type=pl.lit("LOC"))
    cities = schemas.lexicon.read("cities").with_columns(kind=pl.lit("town"), entity_type=pl.lit("LOC"))
    frames = [countries, schemas.lexicon.read("places"), schemas.lexicon.read("institutions"), cities]
    return (
        pl.concat(frames, how="diagonal")
        .drop("source", "country")
        .with_columns(key=fold(pl.col("form")))
        .filter(pl.col("key") != "")
    )


@cache
def listed_by_key() -> pl.DataFrame:
    """`listed_names`, one row per folded form and type."""
    return listed_names().unique(["key", "entity_type"], keep="first", maintain_order=True)


@cache
def findable_forms() -> pl.DataFrame:
    """The forms that may be found by sight alone. Out: form, first_word, entity_type."""
    sure = listed_names().filter("is_sure")
    plain = sure.with_columns(form=pl.col("form").str.replace("^É", "E").str.replace("^Î", "I"))
    return (
        pl.concat([sure, plain])
        .unique("form", keep="first", maintain_order=True)
        .select("form", "entity_type", first_word=pl.col("form").str.extract(f"({CAPITALISED})"))
        .drop_nulls()
        .filter(pl.col("form").str.starts_with(pl.col("first_word")))
    )


def list_words(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """List the capitalised words, articles cut off. Out: article_id, paragraph_index, start, end, text."""
    return locate(paragraphs, rf"((?:^|[^\p{{L}}\p{{N}}]))((?:[LD]’|Qu’)?{CAPITALISED})()").with_columns(
        start=pl.col("start")
        + pl.col("text").str.extract(r"^((?:[LDld]|Qu)’)").str.len_chars().fill_null(0).cast(pl.Int64),
        text=pl.col("text").str.replace(r"^(?:[LDld]|Qu)’", ""),
    )


def find_forms(paragraphs: pl.DataFrame, words: pl.DataFrame, forms: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """Find forms that start with a capitalised word.

    In:  words from `list_words`; forms: form, first_word, entity_type, and the columns of `on` beside first_word.
    Out: the columns of words, entity_type; text is the whole form. The text after it is no letter or hyphen.
    """
    text = pl.col("paragraph")
    relative = pl.col("start") - pl.col("offset")
    length = pl.col("form").str.len_chars().cast(pl.Int64)
    ends = ~text.str.slice(relative + length, 2).str.contains(rf"^(?:{LETTER}|[-’]{LETTER})")
    starts = ~text.str.slice(pl.max_horizontal(relative - 1, 0), 1).str.contains(rf"{LETTER}|-") | (relative == 0)
    places = paragraphs.select("article_id", "paragraph_index", offset="start", paragraph="text")
    return (
        words.rename({"text": "first_word"})
        .join(forms, on=["first_word", *on])
        .join(places, on=["article_id", "paragraph_index"])
        .filter(text.str.slice(relative, length) == pl.col("form"), starts, ends)
        .select(
            "article_id",
            "paragraph_index",
            "start",
            end=pl.col("start") + length,
            text="form",
            entity_type="entity_type",
        )
    )


SKY_AND_COMPASS = ("celestial body", "direction")


def find_capital_words(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find the words that only a capital makes a name, inside a sentence: Mars, la Lune, l’Ouest. Out: as `find_forms`.

    mars is a month, la terre is the ground, the ouest a direction: French print tells them by the capital alone.
    """
    forms = listed_names().filter(pl.col("kind").is_in(SKY_AND_COMPASS), ~pl.col("is_sure"))
    pattern = rf"([\p{{Ll}},] |[\p{{Ll}}]’)({either(forms['form'].to_list())})([ ,.;:!?)](?:\P{{Lu}}|$)|$)"
    found = locate(paragraphs, pattern)
    return found.join(forms.select(text="form", entity_type="entity_type").unique("text"), on="text")


@cache
def lower_forms() -> tuple[str, pl.DataFrame]:
    """A pattern for the sure forms that start in lower case (mer Noire, bande de Gaza), and their types."""
    forms = (
        listed_names().filter("is_sure", ~pl.col("form").str.contains(rf"^{CAPITALISED}")).unique("form", keep="first")
    )
    return either(forms["form"].to_list()), forms.select(text="form", entity_type="entity_type")


def find_lower_forms(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find the listed names that start in lower case. Out: as `find_forms`."""
    pattern, types = lower_forms()
    found = locate(paragraphs, rf"((?:^|[^\p{{L}}\p{{N}}-]))({pattern})((?:[^\p{{L}}\p{{N}}-]|$))")
    return found.join(types, on="text")
