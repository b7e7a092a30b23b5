"""Named mentions: the engine's spans, corrected and completed by what French print shows."""

import re
from functools import cache

import polars as pl

import schemas.lexicon
from transforms.gazetteer import (
    find_capital_words,
    find_forms,
    find_lower_forms,
    findable_forms,
    list_words,
    listed_by_key,
)
from transforms.name_patterns import find_announced
from transforms.names import CAPITALISED, civilities, demonyms, either, fold, role_nouns

COLUMNS = ["article_id", "start", "end", "text", "entity_type", "type_rule", "name"]
PLACE = ["article_id", "paragraph_index"]
TIERS = (
    ("portfolio",),
    ("guillemets",),
    ("ministry", "institution", "office", "event", "named event", "treaty", "feature", "route", "letter", "civility"),
    ("listed", "qualified", "role", "announced", "engine", "first name", "acronym", "suffix"),
    ("repeated", "bracketed"),
)
"""Which of two overlapping finds is kept: that of the earlier tier; in a tier the longer; then as they stand here."""

ROUNDS = 4  # of choosing among overlapping finds; chains longer than this were not seen in 9,000 paragraphs
SHOUTED = r"[A-ZÀ-Þ]{2,}(?:[ ’,:-]+[A-ZÀ-Þ]+){2,}"  # three words in capitals; one or two may be an acronym
ACRONYM = r"^\p{Lu}{3,6}$"
ORGANISATION_ENDINGS = (
    "Métropole Agglo Agglomération Habitat Communauté FC SA SAS SE Inc Ltd Group Groupe Holding TV Radio Airlines Bank"
    " Motors Pharma Technologies Industries United Rugby Basket Handball Volley"
).split()
TRADE_WORDS = (
    "Internet État Etat États Etats Gouvernement République Ville Covid Covid-19 COVID-19 Smic SMIC TVA RTT SMS PIB ADN"
    " TGV TER HLM PME TPE SDF SUV Wi-Fi Web PDG DRH DG VIH VTC RSA CSG ISF IA GPS CDI CDD DVD CD HQ Alliés Photo Vidéo"
    " Dieu Noël Pâques Toussaint Ramadan Français Parlement Assemblée Chambre Président Opposition Premier Noir Blanc"
).split()
"""Capitalised words of newspapers that name nothing in particular, or nothing that the tables hold."""


def find_mentions(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Find the named mentions of each article.

    In:  paragraphs (article_id, paragraph_index, start, text); the engine's spans (article_id, paragraph_index,
         start, end, label), offsets in articles.text.
    Out: article_id, start, end, text, entity_type, type_rule, name (the fullest form in the document). Sorted by
         place; mentions do not overlap. An article's mentions depend on nothing but the article itself.
    """
    words = list_words(paragraphs)
    finds = pl.concat(
        [
            correct_spans(paragraphs, spans),
            find_announced(paragraphs).pipe(drop_common).pipe(drop_misread),
            find_forms(paragraphs, words, findable_forms(), []).with_columns(type_rule=pl.lit("listed")),
            find_lower_forms(paragraphs).with_columns(type_rule=pl.lit("listed")),
            find_capital_words(paragraphs).with_columns(type_rule=pl.lit("listed")),
        ],
        how="diagonal",
    )
    first = keep_best(finds).pipe(keep_expanded_acronyms).pipe(agree_on_type)
    repeated = find_forms(paragraphs, words, repeatable_names(first), ["article_id"])
    every = pl.concat([first, repeated.with_columns(type_rule=pl.lit("repeated"))], how="diagonal")
    kept = keep_best(every).drop_nulls("entity_type")
    return add_full_names(kept).sort("article_id", "start").select(COLUMNS)


def recase(texts: pl.Expr) -> pl.Expr:
    """Write runs of capitals as a newspaper would in its text, character for character, so that offsets hold.

    For the engine, which has learnt from ordinary print: LE MAIRE DE NANTES becomes le maire de Nantes. Common words
    get lower case, listed acronyms stay, the rest is taken for names.
    """
    # One Python call for each text with three words in capitals, 1 in 400 paragraphs of news: 10 microseconds each.
    changed = texts.map_elements(recase_text, return_dtype=pl.String)
    return pl.when(texts.str.contains(SHOUTED)).then(changed).otherwise(texts)


def recase_text(text: str) -> str:
    """Recase every run of capitals of one text."""
    return re.sub(SHOUTED, lambda run: re.sub(r"\w+", lambda word: recase_word(word[0]), run[0]), text)


@cache
def recase_word(word: str) -> str:
    """Recase one word in capitals; a word whose length would change stays."""
    lower = word.lower()
    if word in ("À", "A", "Y") or (lower in common_words() and word.title() not in listed_words()):
        return lower if len(lower) == len(word) else word
    if word in listed_words() or len(word) == 1:
        return word
    return word[:1] + lower[1:] if len(lower) == len(word) else word


@cache
def common_words() -> frozenset[str]:
    """Frequent words that are written in lower case."""
    return frozenset(schemas.lexicon.read("common_words")["word"].to_list())


@cache
def listed_words() -> frozenset[str]:
    """Listed names of one word."""
    return frozenset(w for w in findable_forms()["form"].to_list() if " " not in w)


@cache
def leading_words() -> str:
    """What may stand at the start of an engine's span and is no part of the name."""
    small = "Le La Les Un Une Des Du De Au Aux À A En Dans Selon Pour Avec Chez Par Sur Et Mais Ce Cette Son Sa".split()
    role = rf"(?:{role_nouns()})(?: {demonyms()})?,? "
    return rf"^(?:{civilities()} |{role}|{demonyms()} |(?:[LlDd]’|{either(small)} )|\p{{Ll}}[\p{{L}}’-]* |[^\p{{L}}\p{{N}}]+)+"


def correct_spans(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Trim, split and relabel the engine's spans, and drop what is no name."""
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    relative = pl.col("start") - pl.col("offset")
    texts = spans.join(places, on=PLACE).select(
        *PLACE,
        "start",
        text=pl.col("paragraph").str.slice(relative, pl.col("end") - pl.col("start")),
        entity_type="label",
    )
    return (
        texts.pipe(cut_at_marks)
        .pipe(split_pairs)
        .pipe(trim)
        .filter(pl.col("text").str.contains(r"\p{Lu}"), pl.col("text").str.len_chars() > 1)
        .pipe(drop_common)
        .pipe(drop_sentence_starts, paragraphs)
        .pipe(correct_types)
    )


def cut_at_marks(spans: pl.DataFrame) -> pl.DataFrame:
    """End a span before a dash, colon or semicolon between spaces, a person also before words in lower case."""
    text = pl.col("text").str.replace(r"(?: [-–—:/|] | ?[:;] ).*$", "").str.replace(r"(\p{Ll}{3,})\. \p{Lu}.*$", "$1")
    lower_tail = r"(?: \p{Ll}[\p{L}’-]{3,})+$"
    return spans.with_columns(
        text=pl.when(pl.col("entity_type") == "PER").then(text.str.replace(lower_tail, "")).otherwise(text)
    )


def split_pairs(spans: pl.DataFrame) -> pl.DataFrame:
    """Split persons and places that `et` joins: Macron et Starmer."""
    pair = rf"^((?:\P{{Lu}}*{CAPITALISED}[^,]*?)) et ({CAPITALISED}.*)$"
    joined = pl.col("entity_type").is_in(["PER", "LOC"]) & pl.col("text").str.contains(pair)
    both = spans.filter(joined)
    left, right = pl.col("text").str.extract(pair, 1), pl.col("text").str.extract(pair, 2)
    skipped = left.str.len_chars().cast(pl.Int64) + len(" et ")
    halves = [both.with_columns(text=left), both.with_columns(start=pl.col("start") + skipped, text=right)]
    return pl.concat([spans.filter(~joined), *halves])


def trim(spans: pl.DataFrame) -> pl.DataFrame:
    """Cut civilities, ranks, roles and articles from the start, marks from the end. Out: plus end."""
    is_listed = fold(pl.col("text")).is_in(listed_by_key()["key"].implode())
    lead = pl.when(~is_listed).then(pl.col("text").str.extract(f"({leading_words()})"))
    cut = lead.str.len_chars().fill_null(0).cast(pl.Int64)
    initials = pl.col("text").str.contains(r"\p{Lu}\.$")
    text = pl.col("text").str.slice(cut)
    text = pl.when(initials).then(text).otherwise(text.str.replace(r"[^\p{L}\p{N}+)]+$", "")).str.replace(r" HQ$", "")
    return spans.with_columns(start=pl.col("start") + cut, text=text).with_columns(
        end=pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)
    )


@cache
def common_names() -> pl.Series:
    """Capitalised forms that name nothing: demonyms, roles, civilities, days, months, words of the trade."""
    lexicons = [
        ("demonyms", "form"),
        ("role_nouns", "noun"),
        ("civilities", "form"),
        ("weekdays", "form"),
        ("months", "form"),
    ]
    forms = [w for name, column in lexicons for w in schemas.lexicon.read(name)[column].to_list()]
    forms += [w + "s" for w in schemas.lexicon.read("role_nouns")["noun"].to_list()]
    return pl.Series([*forms, *(f[:1].upper() + f[1:] for f in forms), *TRADE_WORDS]).unique().sort()


def drop_common(finds: pl.DataFrame) -> pl.DataFrame:
    """Drop what is no name: no capital, one letter, a demonym, a role, a day, a word of the trade."""
    text = pl.col("text")
    is_name = pl.col("entity_type").is_not_null()
    is_common = text.is_in(common_names().implode())
    is_shouted = text.str.contains(r"^\p{Lu}{2,}$") & text.str.to_lowercase().is_in(
        schemas.lexicon.read("common_words")["word"].implode()
    )
    is_century = text.str.contains(r"^(?:[IVXL]{2,}|[IVXL]+(?:er|e|ème|è))$")
    is_unlisted = ~text.is_in(findable_forms()["form"].implode())
    return finds.filter(~(is_name & (is_common | is_century | (is_shouted & is_unlisted))))


def keep_expanded_acronyms(mentions: pl.DataFrame) -> pl.DataFrame:
    """Keep of the acronyms in brackets those that stand right behind a name: Agence régionale de santé (ARS)."""
    ordered = mentions.sort("article_id", "start")
    previous = pl.col("end").shift(1).over("article_id") + len(" (") == pl.col("start")
    before = pl.col("entity_type").shift(1).over("article_id")
    expanded = previous & before.is_in(["ORG", "MISC"])
    return ordered.with_columns(
        entity_type=pl.when((pl.col("type_rule") == "bracketed") & expanded).then(before).otherwise("entity_type")
    ).filter((pl.col("type_rule") != "bracketed") | expanded.fill_null(False))


def drop_misread(finds: pl.DataFrame) -> pl.DataFrame:
    """Drop announced organisations and works that read as a person, and titles that are listed names."""
    first = pl.col("text").str.extract(r"^(\S+) \p{Lu}\S+$")
    person = first.is_in(first_names().implode()) & ~first.is_in(findable_forms()["form"].implode())
    listed = pl.col("text").is_in(findable_forms()["form"].implode())
    return finds.filter(~((pl.col("type_rule") == "announced") & person.fill_null(False)), ~listed)


def drop_sentence_starts(spans: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Drop a common word that opens a sentence, unless it is a first name or a listed name.

    A capital tells nothing there: Prochain adversaire, Bronchiolite : 31 500 doses.
    """
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    before = pl.col("paragraph").str.slice(pl.max_horizontal(pl.col("start") - pl.col("offset") - 3, 0), 3)
    relative = pl.col("start") - pl.col("offset")
    opens = (relative == 0) | before.str.head(relative).str.contains(r"(?:[.!?…:;«“\"–•]|[.!?…:;«“\"–•] ?)$")
    lower = pl.col("text").str.extract(r"^(\S+)[^\p{Lu}]*$").str.to_lowercase()  # null where a second capital stands
    common = lower.is_in(schemas.lexicon.read("common_words")["word"].implode())
    known = pl.col("text").is_in(first_names().implode()) | pl.col("text").is_in(findable_forms()["form"].implode())
    opening = spans.join(places, on=PLACE, how="left", maintain_order="left").filter(opens & ~known)
    echoes = (
        opening.select("article_id", "text", "entity_type")
        .unique()
        .join(paragraphs.select("article_id", paragraph="text"), on="article_id")
        .filter(common | pl.col("paragraph").str.contains(pl.format(" {}", lower), literal=True))
        .select("article_id", "text")
        .unique()
    )
    false_starts = opening.join(echoes, on=["article_id", "text"], how="semi")
    return spans.join(false_starts, on=["article_id", "start", "end"], how="anti")


@cache
def first_names() -> pl.Series:
    """Known first names."""
    return schemas.lexicon.read("first_names")["name"]


def correct_types(spans: pl.DataFrame) -> pl.DataFrame:
    """Correct the engine's type by lists, first names, acronyms and endings. Out: plus type_rule."""
    sure = findable_forms().select(text="form", listed_type="entity_type")
    text = pl.col("text")
    doubtful = pl.col("entity_type").is_in(["LOC", "MISC"])
    first = text.str.extract(r"^(\S+) \p{Lu}")
    common = schemas.lexicon.read("common_words")["word"].implode()
    full_name = text.str.contains(r"^\p{Lu}[\p{Ll}-]+(?: \p{Lu}[\p{L}’-]{2,})+$")
    known = first.is_in(first_names().implode()) & ~first.is_in(findable_forms()["form"].implode())
    is_person = doubtful & full_name & known & ~first.str.to_lowercase().is_in(common)
    is_acronym = text.str.contains(ACRONYM) & (pl.col("entity_type") != "ORG") & ~text.str.to_lowercase().is_in(common)
    has_ending = text.str.contains(rf" {either(ORGANISATION_ENDINGS)}$")
    rule = (
        pl.when(pl.col("listed_type").is_not_null()).then(pl.lit("listed"))
        .when(is_person).then(pl.lit("first name"))
        .when(is_acronym).then(pl.lit("acronym"))
        .when(has_ending).then(pl.lit("suffix"))
        .otherwise(pl.lit("engine"))
    )  # fmt: skip
    kind = (
        pl.when(pl.col("listed_type").is_not_null()).then("listed_type")
        .when(is_person).then(pl.lit("PER"))
        .when(is_acronym | has_ending).then(pl.lit("ORG"))
        .otherwise("entity_type")
    )  # fmt: skip
    sure = pl.concat([sure, sure.select(pl.col("text").str.to_uppercase(), "listed_type")]).unique("text", keep="first")
    joined = spans.join(sure, on="text", how="left", maintain_order="left")
    return joined.with_columns(type_rule=rule, entity_type=kind).drop("listed_type")


def add_trust(finds: pl.DataFrame) -> pl.DataFrame:
    """Add tier and order of TIERS: the smaller, the more trusted."""
    tiers = {rule: tier for tier, rules in enumerate(TIERS) for rule in rules}
    orders = {rule: order for order, rule in enumerate(rule for rules in TIERS for rule in rules)}
    rule = pl.col("type_rule")
    return finds.with_columns(
        tier=rule.replace_strict(tiers, return_dtype=pl.Int64), order=rule.replace_strict(orders, return_dtype=pl.Int64)
    )


def keep_best(finds: pl.DataFrame) -> pl.DataFrame:
    """Keep, of finds that overlap, the most trusted (TIERS)."""
    rest = add_trust(finds).unique(["article_id", "start", "end", "order"], keep="first", maintain_order=True)
    kept = []
    for _ in range(ROUNDS):
        best = best_of_groups(rest)
        kept.append(best)
        rest = drop_overlaps(rest, best)
        if rest.is_empty():
            break
    return pl.concat(kept).drop("tier", "order")


def best_of_groups(finds: pl.DataFrame) -> pl.DataFrame:
    """The best find of every run of finds that overlap."""
    ordered = finds.sort("article_id", "start", "end")
    reach = pl.col("end").cum_max().shift(1).over("article_id")
    group = (reach.is_null() | (pl.col("start") >= reach)).cum_sum()
    length = pl.col("end") - pl.col("start")
    return (
        ordered.with_columns(group=group)
        .sort("group", "tier", -length, "order", "start")
        .unique("group", keep="first", maintain_order=True)
        .drop("group")
    )


def drop_overlaps(finds: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Drop the finds that overlap a kept one. Kept ones do not overlap, so the last that starts before the end tells."""
    starts = kept.select("article_id", kept_start="start", kept_end="end").sort("article_id", "kept_start")
    joined = (
        finds.with_columns(last=pl.col("end") - 1)
        .sort("article_id", "last")
        .join_asof(starts, left_on="last", right_on="kept_start", by="article_id", check_sortedness=False)
    )
    clear = pl.col("kept_end").is_null() | (pl.col("kept_end") <= pl.col("start"))
    return joined.filter(clear).select(finds.columns)


def agree_on_type(mentions: pl.DataFrame) -> pl.DataFrame:
    """Give one text one type in one article: the most trusted, then the most frequent; to a surname its person's."""
    named = mentions.drop_nulls("entity_type")
    votes = (
        add_trust(named)
        .group_by("article_id", "text", "entity_type")
        .agg(votes=pl.len().cast(pl.Int64), order=pl.col("order").min())
        .sort("article_id", "text", "order", -pl.col("votes"), "entity_type")
        .unique(["article_id", "text"], keep="first", maintain_order=True)
        .select("article_id", "text", "entity_type")
    )
    known = findable_forms()["form"].implode()
    surnames = (
        list_surnames(votes).filter(~pl.col("text").is_in(known)).select("article_id", "text", surname=pl.lit("PER"))
    )
    agreed = votes.join(surnames, on=["article_id", "text"], how="left").select(
        "article_id", "text", agreed=pl.coalesce("surname", "entity_type")
    )
    typed = named.join(agreed, on=["article_id", "text"], how="left", maintain_order="left")
    typed = typed.with_columns(entity_type="agreed").drop("agreed")
    return pl.concat([typed, mentions.filter(pl.col("entity_type").is_null())])


def list_surnames(names: pl.DataFrame) -> pl.DataFrame:
    """List the surnames of the persons with a full name. Out: article_id, text (the surname), full."""
    persons = names.filter(pl.col("entity_type") == "PER").select("article_id", full="text").unique()
    surname = pl.col("full").str.extract(rf"^{CAPITALISED}(?: \p{{Lu}}\.)? (.*{CAPITALISED})$")
    last = pl.col("full").str.extract(rf" ({CAPITALISED})$")
    both = [persons.with_columns(text=surname), persons.with_columns(text=last)]
    return pl.concat(both).drop_nulls().unique().select("article_id", "text", "full")


def repeatable_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """The names to look for elsewhere in their article, and the surnames of its persons."""
    names = mentions.drop_nulls("entity_type").select("article_id", "entity_type", form="text")
    surnames = list_surnames(names.rename({"form": "text"})).select(
        "article_id", entity_type=pl.lit("PER"), form="text"
    )
    common = pl.col("form").str.to_lowercase().is_in(schemas.lexicon.read("common_words")["word"].implode())
    return (
        pl.concat([names, surnames])
        .filter(pl.col("form").str.len_chars() > 2, ~common)
        .unique(["article_id", "form"], keep="first", maintain_order=True)
        .with_columns(first_word=pl.col("form").str.extract(f"^({CAPITALISED})"))
        .drop_nulls("first_word")
    )


def add_full_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Add the fullest name that the article gives the same thing: Zelensky is Volodymyr Zelensky."""
    named = mentions.with_columns(name=recase_name(pl.col("text"), pl.col("entity_type")))
    texts = named.select("article_id", "entity_type", text="name").unique()
    full = pl.concat([full_persons(texts), full_acronyms(named), full_bodies(texts)]).unique(
        ["article_id", "entity_type", "name"], keep="first", maintain_order=True
    )
    return (
        named.join(full, on=["article_id", "entity_type", "name"], how="left", maintain_order="left")
        .with_columns(name=pl.coalesce("full", "name"))
        .drop("full")
    )


def full_persons(texts: pl.DataFrame) -> pl.DataFrame:
    """Give to surnames and first names the one full name that ends or begins so. Out: article_id, entity_type, name, full."""
    given = texts.filter(pl.col("entity_type") == "PER").select(
        "article_id", text=pl.col("text").str.extract(rf"^({CAPITALISED}) "), full="text"
    )
    known = pl.concat([list_surnames(texts).with_columns(rank=0), given.drop_nulls().with_columns(rank=1)])
    return (
        known.filter(pl.col("full").n_unique().over("article_id", "text", "rank") == 1)
        .sort("article_id", "text", "rank")
        .unique(["article_id", "text"], keep="first", maintain_order=True)
        .select("article_id", entity_type=pl.lit("PER"), name="text", full="full")
    )


def full_acronyms(named: pl.DataFrame) -> pl.DataFrame:
    """Give to an acronym in brackets the name before it, and to a name in brackets the acronym's place before it."""
    ordered = named.filter(pl.col("entity_type") != "PER").sort("article_id", "start")
    pairs = ordered.with_columns(
        before=pl.col("name").shift(1).over("article_id"),
        before_type=pl.col("entity_type").shift(1).over("article_id"),
        gap=pl.col("start") - pl.col("end").shift(1).over("article_id"),
    ).filter(pl.col("gap") == len(" ("), pl.col("before_type") == pl.col("entity_type"), pl.col("entity_type") != "LOC")
    acronym = r"^\p{Lu}[\p{L}\p{N}&-]{1,9}$"
    long = pl.col("before").str.contains(" ") & pl.col("name").str.contains(acronym)
    swapped = pl.col("name").str.contains(" ") & pl.col("before").str.contains(acronym)
    short = pl.when(long).then("name").when(swapped).then("before")
    full = pl.when(long).then("before").when(swapped).then("name")
    return (
        pairs.select("article_id", "entity_type", name=short, full=full)
        .drop_nulls()
        .unique(["article_id", "entity_type", "name"], keep="first", maintain_order=True)
    )


def full_bodies(texts: pl.DataFrame) -> pl.DataFrame:
    """Give to an organisation or event the longest name with the same first and last word that holds all its words."""
    words = fold(pl.col("text")).str.split(" ")
    bodies = texts.filter(pl.col("entity_type").is_in(["ORG", "MISC"])).with_columns(words=words)
    ends = [pl.col("words").list.first().alias("first"), pl.col("words").list.last().alias("last")]
    keyed = bodies.with_columns(*ends).filter(pl.col("words").list.len() > 1)
    longest = (
        keyed.sort("article_id", pl.col("words").list.len(), "text", descending=[False, True, False])
        .unique(["article_id", "entity_type", "first", "last"], keep="first", maintain_order=True)
        .select("article_id", "entity_type", "first", "last", full="text", all_words="words")
    )
    joined = keyed.join(longest, on=["article_id", "entity_type", "first", "last"])
    held = pl.col("words").list.set_difference("all_words").list.len() == 0
    return joined.filter(held, pl.col("text") != pl.col("full")).select(
        "article_id", "entity_type", name="text", full="full"
    )


def recase_name(text: pl.Expr, entity_type: pl.Expr) -> pl.Expr:
    """Write a name in capitals as names are written: Joël KERGUELEN, NANTES; an acronym stays."""
    shouted = text.str.contains(r"\p{Lu}{3,}") & (
        (entity_type == "PER")
        | (text.str.contains(r"^[^\p{Ll}]{7,}$") | ((entity_type == "LOC") & ~text.str.contains(r"\p{N}")))
    )
    return pl.when(shouted).then(text.str.to_titlecase()).otherwise(text)
