"""Parts of personal names that look like other words: first names that are nouns, particles, hidden surnames."""

from functools import cache

import polars as pl

import schemas.lexicon
from transforms.names.full_names import list_surnames
from transforms.names.gazetteer import findable_forms
from transforms.names.words import CAPITALISED, in_latin

PLACE = ["article_id", "paragraph_index"]
NOBLE = rf"^( (?:d’|de |de La |de la |du ){CAPITALISED})(?:[^\p{{L}}\p{{N}}’-]|$)"
SURNAME_ARTICLE = r"^(?:Le|La|Les|Du|De|Des|Van|Von|Ben|Bel|El|Al|Aït|Mac|Mc|Ould|Da|Dos|Di|Del|Della|D’) ?\p{Lu}"
LONGEST_LEAD = len("Della ")
TAIL_REACH = 40
HIDDEN = r"^\p{Lu}\p{Ll}[\p{L}’-]* \p{Lu}$"
"""A first name and the initial of a surname that is not told: Simone R."""


@cache
def given_names() -> pl.Series:
    """Known first names that are no listed place or body: Florence and Vienne may be towns."""
    names = schemas.lexicon.read("first_names")["name"]
    return names.filter(~names.is_in(findable_forms()["form"].implode()))


def add_noble_tails(spans: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Add to a lone first name the surname behind d’ or de, before which the engine stops: Yvon d’Arcaigne.

    To a first name and surname only behind d’, where what follows is no listed place: Luc Ferrand d’Escource, but not
    le retour de Luc Ferrand d’Italie.
    """
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    end = pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64) - pl.col("offset")
    tail = pl.col("paragraph").str.slice(end, TAIL_REACH).str.extract(in_latin(NOBLE))
    first = pl.col("text").str.extract(r"(?:^|[ ’])(\p{Lu}[\p{L}-]+)$")
    is_known = tail.str.extract(rf"({CAPITALISED})$").is_in(findable_forms()["form"].implode())
    person = pl.col("entity_type") == "PER"
    lone = person & first.is_in(given_names().implode()) & ~pl.col("text").str.contains(rf"{CAPITALISED} \p{{Lu}}")
    full = person & pl.col("text").str.contains(rf"^{CAPITALISED} {CAPITALISED}$") & tail.str.starts_with(" d’")
    wanted = (tail.is_not_null() & ~is_known & (lone | full)).fill_null(False)
    seen = spans.join(places, on=PLACE, how="left", maintain_order="left")
    return seen.with_columns(text=pl.when(wanted).then(pl.concat_str("text", tail)).otherwise("text")).select(
        spans.columns
    )


def widen_to_surnames(mentions: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Widen a lone surname to the article that the full name has in the same article: Goff to Le Goff.

    In, out: article_id, paragraph_index, start, end, text, entity_type, type_rule.
    """
    full = list_surnames(mentions).filter(pl.col("text").str.contains(SURNAME_ARTICLE))
    last = pl.col("text").str.extract(rf"({CAPITALISED})$")
    lead = pl.col("text").str.len_chars() - last.str.len_chars()
    widened = full.select("article_id", text=last, surname="text", lead=lead.cast(pl.Int64)).unique(
        ["article_id", "text"], keep="first", maintain_order=True
    )
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    relative = pl.col("start") - pl.col("offset")
    joined = mentions.join(widened, on=["article_id", "text"], how="left", maintain_order="left").join(
        places, on=PLACE, how="left", maintain_order="left"
    )
    begins = pl.max_horizontal(relative - pl.col("lead"), 0)
    printed = pl.col("paragraph").str.slice(begins, pl.col("surname").str.len_chars())
    wide = ((pl.col("entity_type") == "PER") & (printed == pl.col("surname"))).fill_null(False)
    return joined.with_columns(
        text=pl.when(wide).then("surname").otherwise("text"),
        start=pl.when(wide).then(pl.col("start") - pl.col("lead")).otherwise("start"),
    ).select(mentions.columns)


def close_initials(mentions: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Give the initial of a hidden surname its full stop: Simone R."""
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    after = pl.col("paragraph").str.slice(pl.col("end") - pl.col("offset"), 1)
    hidden = (pl.col("entity_type") == "PER") & pl.col("text").str.contains(HIDDEN) & (after == ".")
    seen = mentions.join(places, on=PLACE, how="left", maintain_order="left").with_columns(
        hidden=hidden.fill_null(False)
    )
    return seen.with_columns(
        text=pl.when("hidden").then(pl.concat_str("text", pl.lit("."))).otherwise("text"),
        end=pl.col("end") + pl.col("hidden").cast(pl.Int64),
    ).select(mentions.columns)
