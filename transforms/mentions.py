"""Named mentions: the engine's spans, corrected and completed by what French print shows."""

from functools import cache

import polars as pl

from transforms.gazetteer import find_forms, findable_forms, list_words, listed_by_key
from transforms.name_patterns import find_announced
from transforms.names import CAPITALISED, civilities, demonyms, fold, role_nouns

COLUMNS = ["article_id", "start", "end", "text", "entity_type", "type_rule", "name"]
PLACE = ["article_id", "paragraph_index"]
TRUST = {
    "ministry": 1, "institution": 1, "office": 1, "event": 1, "feature": 2, "route": 2, "civility": 2,
    "listed": 3, "engine": 3, "role": 4, "guillemets": 4, "repeated": 5,
}  # fmt: skip
"""Which of two overlapping finds is kept: the smaller number; of equals the longer, then the earlier."""

ROUNDS = 3  # overlapping finds rarely chain further; what still overlaps after them is dropped
NOT_NAMES = r"(?i)^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|internet|noël|pâques|dieu|état|etat|états|gouvernement|république|ville|covid|covid-19|coronavirus|smic|tva|rtt|sms|pib|adn|bac|cdi|cdd|ex|tgv|ter|hlm|pme|tpe|sdf|suv|wi-fi|wifi|web|ok|non|oui|bref|certes|photo|vidéo|direct|exclusif|interview|reportage|hq|pdg|drh|dg|vih|sida|vtc|ovni|rsa|csg|isf|ia|gps|pib|bd|dvd|cd|tv)$"


def find_mentions(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Find the named mentions of each article.

    In:  paragraphs (article_id, paragraph_index, start, text); the engine's spans (article_id, paragraph_index,
         start, end, label).
    Out: article_id, start, end, text, entity_type, type_rule, name (the fullest form in the document). Sorted by
         place; mentions do not overlap. Depends on nothing but the article itself.
    """
    words = list_words(paragraphs)
    finds = pl.concat(
        [
            correct_spans(paragraphs, spans),
            find_announced(paragraphs).pipe(drop_common),
            find_forms(paragraphs, words, findable_forms(), []).with_columns(type_rule=pl.lit("listed")),
        ],
        how="diagonal",
    )
    first = keep_best(finds).pipe(agree_on_type)
    repeated = find_forms(paragraphs, words, repeatable_names(first), ["article_id"])
    every = pl.concat([first, repeated.with_columns(type_rule=pl.lit("repeated"))], how="diagonal")
    return keep_best(every).pipe(add_full_names).sort("article_id", "start").select(COLUMNS)


@cache
def leading_words() -> str:
    """What may stand at the start of an engine's span and is no part of the name."""
    article = r"(?:[LlDd]’|(?:Le|La|Les|Un|Une|Des|Du|De|Au|Aux|À|A|En|Dans|Selon|Pour|Avec|Chez|Par|Sur|Et|Mais|Ce|Cette|Son|Sa) )"
    role = rf"(?:{role_nouns()})(?: {demonyms()})?,? "
    return rf"^(?:{civilities()} |{role}|{demonyms()} |{article}|\p{{Ll}}[\p{{L}}’-]* |[^\p{{L}}\p{{N}}]+)+"


def correct_spans(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Trim, split and relabel the engine's spans, and drop what is no name."""
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    texts = spans.join(places, on=PLACE).with_columns(
        text=pl.col("paragraph").str.slice(pl.col("start") - pl.col("offset"), pl.col("end") - pl.col("start"))
    )
    trimmed = texts.select(*PLACE, "start", "text", entity_type="label").pipe(split_pairs).pipe(trim)
    return trimmed.pipe(drop_common).pipe(relabel_listed)


def split_pairs(spans: pl.DataFrame) -> pl.DataFrame:
    """Split persons and places that `et` joins: Macron et Starmer."""
    pair = rf"^((?:\P{{Lu}}*{CAPITALISED}[^,]*?)) et ({CAPITALISED}.*)$"
    joined = pl.col("entity_type").is_in(["PER", "LOC"]) & pl.col("text").str.contains(pair)
    both = spans.filter(joined)
    left, right = pl.col("text").str.extract(pair, 1), pl.col("text").str.extract(pair, 2)
    skipped = left.str.len_chars().cast(pl.Int64) + len(" et ")
    return pl.concat(
        [
            spans.filter(~joined),
            both.with_columns(text=left),
            both.with_columns(start=pl.col("start") + skipped, text=right),
        ]
    )


def trim(spans: pl.DataFrame) -> pl.DataFrame:
    """Cut civilities, ranks, roles and articles from the start, marks from the end. Out: plus end."""
    is_listed = fold(pl.col("text")).is_in(listed_by_key()["key"].implode())
    lead = pl.when(~is_listed).then(pl.col("text").str.extract(f"({leading_words()})")).otherwise(pl.lit(None))
    cut = lead.str.len_chars().fill_null(0).cast(pl.Int64)
    text = pl.col("text").str.slice(cut).str.replace(r"[^\p{L}\p{N}+)]+$", "").str.replace(r" HQ$", "")
    return spans.with_columns(start=pl.col("start") + cut, text=text).with_columns(
        end=pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)
    )


def drop_common(finds: pl.DataFrame) -> pl.DataFrame:
    """Drop what is no name: no capital, one letter, a demonym, a role, a day, a word of the trade."""
    text = pl.col("text")
    common = (
        ~text.str.contains(r"\p{Lu}")
        | (text.str.len_chars() < 2)
        | text.str.contains(rf"^{demonyms()}$")
        | text.str.contains(rf"^{role_nouns()}$")
        | text.str.contains(rf"^{civilities()}$")
        | text.str.contains(NOT_NAMES)
    )
    return finds.filter(~common)


def relabel_listed(spans: pl.DataFrame) -> pl.DataFrame:
    """Give a listed name the type of the list, where the list is sure. Out: plus type_rule."""
    sure = findable_forms().select(text="form", listed_type="entity_type")
    return spans.join(sure, on="text", how="left").select(
        *PLACE, "start", "end", "text",
        entity_type=pl.coalesce("listed_type", "entity_type"),
        type_rule=pl.when(pl.col("listed_type").is_null()).then(pl.lit("engine")).otherwise(pl.lit("listed")),
    )  # fmt: skip


def keep_best(finds: pl.DataFrame) -> pl.DataFrame:
    """Keep, of finds that overlap, the most trusted (TRUST), then the longest."""
    ranked = finds.with_columns(trust=pl.col("type_rule").replace_strict(TRUST, default=9, return_dtype=pl.Int64))
    kept, rest = [], ranked.unique(["article_id", "start", "end", "trust"], keep="first", maintain_order=True)
    for _ in range(ROUNDS):
        best = best_of_groups(rest)
        kept.append(best)
        rest = drop_overlaps(rest, best)
        if rest.is_empty():
            break
    return pl.concat(kept).drop("trust")


def best_of_groups(finds: pl.DataFrame) -> pl.DataFrame:
    """The best find of every run of finds that overlap."""
    ordered = finds.sort("article_id", "start", "end")
    reach = pl.col("end").cum_max().shift(1).over("article_id")
    group = (reach.is_null() | (pl.col("start") >= reach)).cum_sum()
    length = pl.col("end") - pl.col("start")
    return (
        ordered.with_columns(group=group)
        .sort("group", "trust", -length, "start")
        .unique("group", keep="first", maintain_order=True)
        .drop("group")
    )


def drop_overlaps(finds: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Drop the finds that overlap a kept one. Kept ones do not overlap each other, so two neighbours tell."""
    ordered = finds.sort("article_id", "start")
    before = kept.select("article_id", kept_start="start", kept_end="end").sort("article_id", "kept_start")
    joined = (
        ordered.with_columns(last=pl.col("end") - 1)
        .sort("last")
        .join_asof(
            before.sort("kept_start"), left_on="last", right_on="kept_start", by="article_id", check_sortedness=False
        )
    )
    clear = pl.col("kept_end").is_null() | (pl.col("kept_end") <= pl.col("start"))
    return joined.filter(clear).select(finds.columns)


def agree_on_type(mentions: pl.DataFrame) -> pl.DataFrame:
    """Give one text one type in one article: the most trusted, then the most frequent."""
    trust = pl.col("type_rule").replace_strict(TRUST, default=9, return_dtype=pl.Int64)
    votes = (
        mentions.group_by("article_id", "text", "entity_type")
        .agg(trust=trust.min(), votes=pl.len().cast(pl.Int64))
        .sort("article_id", "text", "trust", -pl.col("votes"), "entity_type")
        .unique(["article_id", "text"], keep="first", maintain_order=True)
    )
    return mentions.drop("entity_type").join(
        votes.select("article_id", "text", "entity_type"), on=["article_id", "text"], how="left", maintain_order="left"
    )


def repeatable_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """The names to look for elsewhere in their article, and the surnames of its persons."""
    names = mentions.select("article_id", "entity_type", form="text")
    surname = pl.col("form").str.extract(rf" ({CAPITALISED})$")
    surnames = names.filter(pl.col("entity_type") == "PER").with_columns(form=surname).drop_nulls()
    long_enough = pl.col("form").str.len_chars() > 2
    return (
        pl.concat([names, surnames])
        .filter(long_enough)
        .unique(["article_id", "form"], keep="first", maintain_order=True)
        .with_columns(first_word=pl.col("form").str.extract(f"^({CAPITALISED})"))
        .drop_nulls("first_word")
    )


def add_full_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Add the fullest name that the article gives the same thing: Zelensky is Volodymyr Zelensky."""
    persons = mentions.filter(pl.col("entity_type") == "PER").select("article_id", full="text").unique()
    surnames = (
        persons.with_columns(text=pl.col("full").str.extract(rf"^{CAPITALISED}.*? ((?:{CAPITALISED}).*)$"))
        .drop_nulls()
        .filter(pl.len().over("article_id", "text") == 1)
        .with_columns(entity_type=pl.lit("PER"))
    )
    return (
        mentions.join(surnames, on=["article_id", "text", "entity_type"], how="left", maintain_order="left")
        .with_columns(name=pl.coalesce("full", "text"))
        .drop("full")
    )
