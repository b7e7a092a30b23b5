"""The engine's spans, trimmed, split and relabelled; what is no name dropped."""

from bisect import bisect_left
from functools import cache

import polars as pl

import schemas.lexicon
from transforms.names.gazetteer import findable_forms, listed_by_key, listed_names
from transforms.names.patterns import find_quoted_titles, heads
from transforms.names.personal import add_noble_tails
from transforms.names.words import CAPITALISED, civilities, demonyms, either, fold, in_latin, inhabitants, role_nouns

PLACE = ["article_id", "paragraph_index"]
LONGEST_ARTICLE = len("Les ")
LONGEST_BEFORE = len("à Les ")
FEW_WORDS = 20
"""Words of a text up to which searching it for each is as fast as sorting its own."""
PRIZE = r"^((?:[LlDd]es? |[Dd]u |[Aa]ux? )?)(?:[Gg]rand )?[Pp]rix (?:de la |de l’|du |des |de |d’)?\p{Lu}"
ACRONYM = r"^\p{Lu}{3,6}$"


def correct_spans(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Trim, split and relabel the engine's spans, and drop what is no name."""
    return trim_spans(paragraphs, spans).pipe(correct_types).pipe(drop_weak_works)


def trim_spans(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Trim and split the engine's spans, and drop common words; the engine's types stand.

    Out: article_id, paragraph_index, start, end, text, entity_type.
    """
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    relative = pl.col("start") - pl.col("offset")
    texts = spans.join(places, on=PLACE).select(
        *PLACE,
        "start",
        text=pl.col("paragraph").str.slice(relative, pl.col("end") - pl.col("start")),
        entity_type="label",
        inside=pl.col("paragraph").str.slice(pl.max_horizontal(relative - 2, 0), 2).str.contains(r"^[\p{Ll},] $"),
    )
    return (
        texts.pipe(cut_at_marks)
        .pipe(cut_common_heads)
        .pipe(cut_portfolios)
        .pipe(add_hyphened_articles, paragraphs)
        .pipe(add_noble_tails, paragraphs)
        .pipe(split_pairs)
        .pipe(trim)
        .drop("inside")
        .filter(pl.col("text").str.contains(r"\p{Lu}"), pl.col("text").str.len_chars() > 1)
        .pipe(drop_common)
        .pipe(drop_sentence_starts, paragraphs)
        .pipe(add_place_articles, paragraphs)
    )


OTHER_HALF = (
    r" et (?:le |la |un |une |son |sa |ses |leurs? |deux |trois |quatre |cinq |six |sept |huit |dix |\p{Ll}+ze ).*$"
)
"""A second thing behind `et`, with its own determiner."""


EDITOR = r"[ ,;–-]*(?:NDLR|NdlR|Ndlr|ndlr|NDT|NDA)$"
"""The mark of a note by the editor, the translator, the author."""


def cut_at_marks(spans: pl.DataFrame) -> pl.DataFrame:
    """End a span before a dash, colon or semicolon between spaces, a person also before words in lower case."""
    text = (
        pl.col("text")
        .str.replace(EDITOR, "")
        .str.replace(r"(?: [-–—:/|] | ?[:;] ).*$", "")
        .str.replace(r"(\p{Ll}{3,})\. \p{Lu}.*$", "$1")
    )
    lower_tail = r"(?: \p{Ll}[\p{L}’-]{3,})+$"
    other = text.str.replace(r"(\p{Lu})\. \p{Lu}.*$", "$1").str.replace(OTHER_HALF, "")
    return spans.with_columns(
        text=pl.when(pl.col("entity_type") == "PER").then(text.str.replace(lower_tail, "")).otherwise(other)
    )


ARAB_ARTICLE = r"(?:(?:[aAeE][lnrstdz]|[aAeE]sh)-|[aAeE]l |[oO]uld |[bB]en |[bB]in )"


PLACE_ARTICLE = r"(?:\p{Ll} |\p{Ll}’)(L[ae] |Les |L’)$"


def add_place_articles(spans: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Give a place the article that print gives a capital inside a sentence: née à La Morlaye."""
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    relative = pl.col("start") - pl.col("offset")
    before = pl.col("paragraph").str.slice(pl.max_horizontal(relative - LONGEST_BEFORE, 0), LONGEST_BEFORE)
    article = before.str.head(relative).str.extract(PLACE_ARTICLE)
    is_town = (pl.col("entity_type") == "LOC") & pl.col("text").str.contains(r"^\p{Lu}[^ ]*$") & article.is_not_null()
    is_town = is_town & ~fold(pl.col("text")).is_in(listed_by_key()["key"].implode())
    lead = pl.when(is_town).then(article).fill_null("")
    seen = spans.join(places, on=PLACE, how="left", maintain_order="left").with_columns(lead=lead)
    return seen.with_columns(
        text=pl.concat_str("lead", "text"), start=pl.col("start") - pl.col("lead").str.len_chars().cast(pl.Int64)
    ).select(spans.columns)


def add_hyphened_articles(spans: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Add to a person the surname with its Arabic article, before which the engine stops: Samir al-Haddad."""
    places = paragraphs.select(*PLACE, offset="start", paragraph="text")
    end = pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64) - pl.col("offset")
    tail = pl.col("paragraph").str.slice(end, 30).str.extract(rf"^( {ARAB_ARTICLE}{CAPITALISED})")
    person = (pl.col("entity_type") == "PER") & ~pl.col("text").str.contains(r"\p{P}$")
    seen = spans.join(places, on=PLACE, how="left", maintain_order="left")
    return seen.with_columns(
        text=pl.when(person & tail.is_not_null()).then(pl.concat_str("text", tail)).otherwise("text")
    ).select(spans.columns)


def cut_portfolios(spans: pl.DataFrame) -> pl.DataFrame:
    """Cut a minister’s or a committee’s field off an organisation: Finances du Sénat is Sénat."""
    words = schemas.lexicon.read("head_nouns").filter(pl.col("entity_type") == "portfolio")["noun"].to_list()
    head = pl.col("text").str.extract(rf"^({either(words)} (?:de la |de l’|du |de |d’))\p{{Lu}}")
    cut = head.str.len_chars().fill_null(0).cast(pl.Int64)
    kept = ~pl.col("text").str.replace(r"^(?:l[ae] |les |l’)", "").is_in(words)
    return spans.filter(kept).with_columns(start=pl.col("start") + cut, text=pl.col("text").str.slice(cut))


def cut_common_heads(spans: pl.DataFrame) -> pl.DataFrame:
    """Cut a common noun off a place, unless it is a head of names: Tram de Lille is Lille, Gare de Lille stays."""
    pair = r"^(\p{Lu}\p{Ll}+ (?:de |d’|du ))(\p{Lu}[\p{L}-]+)$"
    head, place = pl.col("text").str.extract(pair, 1), pl.col("text").str.extract(pair, 2)
    noun = head.str.extract(r"^(\S+)").str.to_lowercase()
    is_common = noun.is_in(schemas.lexicon.read("common_words")["word"].implode())
    is_head = noun.is_in(schemas.lexicon.read("head_nouns")["noun"].str.to_lowercase().implode())
    is_place = place.is_in(findable_forms().filter(pl.col("entity_type") == "LOC")["form"].implode())
    whole = fold(pl.col("text")).is_in(listed_by_key()["key"].implode())
    wanted = (pl.col("entity_type") == "LOC") & is_common & ~is_head & is_place & ~whole
    cut = pl.when(wanted.fill_null(False)).then(head.str.len_chars()).otherwise(0).cast(pl.Int64)
    return spans.with_columns(start=pl.col("start") + cut, text=pl.col("text").str.slice(cut))


def split_pairs(spans: pl.DataFrame) -> pl.DataFrame:
    """Split persons and places that `et` joins: Macron et Starmer."""
    pair = rf"^((?:\P{{Lu}}*{CAPITALISED}[^,]*?)) et ({CAPITALISED}.*)$"
    joined = pl.col("entity_type").is_in(["PER", "LOC"]) & pl.col("text").str.contains(pair)
    both = spans.filter(joined)
    left, right = pl.col("text").str.extract(pair, 1), pl.col("text").str.extract(pair, 2)
    skipped = left.str.len_chars().cast(pl.Int64) + len(" et ")
    halves = [both.with_columns(text=left), both.with_columns(start=pl.col("start") + skipped, text=right)]
    return pl.concat([spans.filter(~joined), *halves])


@cache
def leading_words() -> str:
    """What may stand at the start of an engine's span and is no part of the name."""
    small = (
        r"(?:Les?|La|Une?|Des?|Du|Aux?|À|A|En|Dans|Selon|Pour|Avec|Chez|Par|Sur|Et|Mais|Ce|Cette|Son|Sa|"
        r"Faux|Fausse|Vraie?)"
    )
    other = r"\p{Ll}[\p{L}’-]* |[^\p{L}\p{N}]+"
    role = rf"(?:{role_nouns()})(?: {demonyms()})?,? "
    state = r"[ÉE]tat (?:de |du |d’)"
    return rf"^(?:{civilities()} |{state}|{role}|{demonyms()} |{inhabitants()} |(?:[LlDd]’|{small} )|{other})+"


def trim(spans: pl.DataFrame) -> pl.DataFrame:
    """Cut civilities, ranks, roles and articles from the start, marks from the end. Out: plus end."""
    spans = spans.join(read_leads(spans.select("text").unique()), on="text", how="left", maintain_order="left")
    is_prize = pl.col("text").str.contains(PRIZE)
    article = pl.col("text").str.contains(r"^(?:L[ae] |Les |L’)\p{Lu}") & pl.col("entity_type").is_in(["ORG", "MISC"])
    other = pl.when(~(article & pl.col("inside") & ~pl.col("listed_bare"))).then("other")
    lead = pl.when(is_prize).then(pl.col("text").str.extract(PRIZE).fill_null("")).otherwise(other)
    cut = lead.str.len_chars().fill_null(0).cast(pl.Int64)
    initials = pl.col("text").str.contains(r"\p{Lu}\.$")
    text = pl.col("text").str.slice(cut)
    text = pl.when(initials).then(text).otherwise(text.str.replace(r"[^\p{L}\p{N}+)]+$", "")).str.replace(r" HQ$", "")
    trimmed = spans.with_columns(start=pl.col("start") + cut, text=text).drop("other", "listed_bare")
    return trimmed.with_columns(end=pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64))


def read_leads(texts: pl.DataFrame) -> pl.DataFrame:
    """Read what stands before the name in distinct spans. Out: text, other (null in listed names), listed_bare."""
    text, keys = pl.col("text"), listed_by_key()["key"].implode()
    lead = text.str.extract(in_latin(f"({leading_words()})"))
    bare = fold(text.str.replace(r"^(?:L[ae] |Les |L’)", "")).is_in(keys)
    return texts.with_columns(other=pl.when(~fold(text).is_in(keys)).then(lead), listed_bare=bare)


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
    trade = schemas.lexicon.read("trade_words")["word"].to_list()
    return pl.Series([*forms, *(f[:1].upper() + f[1:] for f in forms), *trade]).unique().sort()


@cache
def places_in_capitals() -> pl.Series:
    """Countries and regions as datelines print them: VALAIS."""
    regions = listed_names().filter("is_sure", pl.col("entity_type") == "LOC", pl.col("kind") != "town")
    return regions["form"].str.to_uppercase().unique().sort()


NO_NAME = (
    r"^(?:[ÉE]tats \p{Ll}[\p{L}-]{4,}s(?: \p{Ll}[\p{L}-]+)*|"
    r"\d[\d  ]* (?:heures?|minutes|secondes|jours|mois|ans)|Blancs|Noirs|Blanches|Noires|NDLR|Ndlr|[A-WYZ])$"
)
"""Spans of time (24 heures is a newspaper only behind its noun), people by their skin, one letter (X is a network);
states in general: les États riverains."""


@cache
def role_titles() -> pl.Series:
    """Roles with a capital: le Président."""
    return schemas.lexicon.read("role_nouns").select(
        pl.concat_str(pl.col("noun").str.head(1).str.to_uppercase(), pl.col("noun").str.slice(1))
    )["noun"]


def drop_common(finds: pl.DataFrame) -> pl.DataFrame:
    """Drop what is no name: no capital, one letter, a demonym, a role, a day, a word of the trade."""
    text = pl.col("text")
    is_name = pl.col("entity_type").is_not_null()
    is_common = text.is_in(common_names().implode())
    expanded = pl.col("type_rule") == "expansion" if "type_rule" in finds.columns else pl.lit(False)
    is_shouted = (
        ~expanded
        & text.str.contains(r"^\p{Lu}{2,}$")
        & text.str.to_lowercase().is_in(schemas.lexicon.read("common_words")["word"].implode())
    )
    contracted = pl.col("type_rule") == "contracted" if "type_rule" in finds.columns else pl.lit(False)
    bare = text.str.replace(r"^(?:[Ll]e |[Ll]a |[Ll]es |[Ll]’)", "")
    is_role = (bare != text) & bare.is_in(role_titles().implode())
    announced = pl.col("type_rule") == "announced" if "type_rule" in finds.columns else pl.lit(False)
    is_common = is_common | is_role | (text.str.contains(NO_NAME) & ~(announced & text.str.contains(r"^\d")))
    is_century = text.str.contains(r"^(?:[IVXL]{2,}|[IVXL]+(?:er|e|ème|è))$")
    is_unlisted = ~text.is_in(findable_forms()["form"].implode()) & ~text.is_in(places_in_capitals().implode())
    return finds.filter(~(is_name & ((is_common & ~contracted) | is_century | (is_shouted & is_unlisted))))


AHEAD = 12
PARTICIPLE = r"^\p{Lu}\p{Ll}{2,}(?:ée?s?|ies?|ues?)$"
BEHIND_PARTICIPLE = (
    r"^ (?:par|après|avant|depuis|dans|pendant|lors|sur|sous|en|à|au|aux|il y a|pour|avec|de|du|dès|hier) "
)
"""What a participle that opens a sentence has behind it: Bâtie après la crue, la halle …"""

PREFIXED = r"^(?:Contre|Non|Mi|Demi|Sous|Sur|Vice|Mini|Auto|Anti|Ultra|Semi|Quasi|Arrière|Avant|Après)-\p{Ll}\p{Ll}+$"
"""A common noun with its prefix: Contre-enquête."""


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
    after = pl.col("paragraph").str.slice(pl.col("end") - pl.col("offset"), AHEAD)
    participle = pl.col("text").str.contains(PARTICIPLE) & after.str.contains(BEHIND_PARTICIPLE)
    common = common | participle | pl.col("text").str.contains(PREFIXED)
    opening = spans.join(places, on=PLACE, how="left", maintain_order="left").filter(opens & ~known)
    openings = opening.select("article_id", "text", is_common=common.fill_null(False), word=lower).unique()
    echoes = pl.concat([openings.filter("is_common"), keep_echoed(openings.filter(~pl.col("is_common")), paragraphs)])
    false_starts = opening.join(echoes, on=["article_id", "text"], how="semi")
    return spans.join(false_starts, on=["article_id", "start", "end"], how="anti")


def keep_echoed(openings: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Keep the openings whose word, in lower case, begins another word of their article, behind a space.

    In:  openings: article_id, word (null: none), and others.
    """
    asked = openings.drop_nulls("word").group_by("article_id", maintain_order=True).agg("word")
    texts = paragraphs.group_by("article_id").agg(text=pl.col("text").str.join("\n"))
    # One call an article with such openings, half of them: 5 microseconds.
    found = [
        (article, word)
        for article, words, text in asked.join(texts, on="article_id").iter_rows()
        for word in find_word_starts(text, words)
    ]
    echoed = pl.DataFrame(found, schema={"article_id": pl.String, "word": pl.String}, orient="row")
    return openings.join(echoed, on=["article_id", "word"], how="semi")


def find_word_starts(text: str, starts: list[str]) -> set[str]:
    """Which of these begin a word of the text, behind a space: some are searched for, many looked up."""
    if len(starts) <= FEW_WORDS:
        return {start for start in starts if f" {start}" in text}
    words = sorted({word for line in text.split("\n") for word in line.split(" ")[1:]})
    places = ((start, bisect_left(words, start)) for start in starts)
    return {start for start, place in places if place < len(words) and words[place].startswith(start)}


@cache
def first_names() -> pl.Series:
    """Known first names."""
    return schemas.lexicon.read("first_names")["name"]


HALL = r"^\p{Lu}.* (?:Square|Gardens?|Hall|Street|Avenue|Road|Airport|Square Garden)$"
"""English places by their last word; a single word before Hall may be a first name: Stuart Hall."""


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
    is_hall = text.str.contains(HALL) & ~text.str.contains(r"^\S+ Hall$")
    has_ending = text.str.contains(rf" {heads('ending')}$")
    rule = (
        pl.when(pl.col("listed_type").is_not_null()).then(pl.lit("listed"))
        .when(is_hall).then(pl.lit("place"))
        .when(is_person).then(pl.lit("first name"))
        .when(is_acronym).then(pl.lit("acronym"))
        .when(has_ending).then(pl.lit("suffix"))
        .otherwise(pl.lit("engine"))
    )  # fmt: skip
    kind = (
        pl.when(pl.col("listed_type").is_not_null()).then("listed_type")
        .when(is_hall).then(pl.lit("LOC"))
        .when(is_person).then(pl.lit("PER"))
        .when(is_acronym | has_ending).then(pl.lit("ORG"))
        .otherwise("entity_type")
    )  # fmt: skip
    sure = pl.concat([sure, sure.select(pl.col("text").str.to_uppercase(), "listed_type")]).unique("text", keep="first")
    doubted = listed_names().filter(~pl.col("is_sure"), pl.col("entity_type") == "ORG")
    sure = pl.concat([sure, doubted.select(text="form", listed_type="entity_type")]).unique("text", keep="first")
    joined = spans.join(sure, on="text", how="left", maintain_order="left")
    return joined.with_columns(type_rule=rule, entity_type=kind).drop("listed_type")


NO_WORK = (
    r"siècle$|^C[PEM][12]$|^[VW]\d{1,2}$|^[^\p{Ll}\p{N}]+ [^\p{Ll}\p{N}]+$|"
    r" (?:de|du|des|le|la|les|sa|son|ses|sur|et|en|à|au|aux|par|pour)$"
)
"""Centuries, school classes, engines, words in capitals, phrases that stop before their noun."""


def drop_weak_works(spans: pl.DataFrame) -> pl.DataFrame:
    """Drop of the engine's works and events what names none, and call a first name a person.

    A single common word (a title cut short, a word that opens a sentence), a common noun with its place at the head
    of a title (Incendie de Lure), what NO_WORK lists.
    """
    text = pl.col("text")
    words = schemas.lexicon.read("common_words")["word"].implode()
    heads_listed = schemas.lexicon.read("head_nouns")["noun"].str.to_lowercase().implode()
    noun = text.str.extract(r"^(\p{Lu}\p{Ll}+) (?:de |d’|du |à )\p{Lu}").str.to_lowercase()
    is_phrase = (noun.is_in(words) & ~noun.is_in(heads_listed)).fill_null(False)
    is_word = text.str.to_lowercase().is_in(words) & text.str.contains(r"\p{Ll}")
    guessed = (pl.col("entity_type") == "MISC") & (pl.col("type_rule") == "engine")
    is_first = guessed & text.is_in(first_names().implode()) & ~is_word
    weak = guessed & ~is_first & (is_word | is_phrase | text.str.contains(NO_WORK))
    return spans.with_columns(
        entity_type=pl.when(is_first).then(pl.lit("PER")).otherwise("entity_type"),
        type_rule=pl.when(is_first).then(pl.lit("first name")).otherwise("type_rule"),
    ).filter(~weak)


def widen_to_titles(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Widen the engine's works to the quotation marks around them: the engine leaves the article out.

    A work starts with the first or second word between the marks; a quoted sentence names things further on.
    """
    titles = find_quoted_titles(paragraphs)
    works = spans.filter(pl.col("entity_type") == "MISC", pl.col("type_rule").is_in(("engine", "context")))
    inside = works.select(*PLACE, work_start="start", work_end="end")
    held = pl.col("work_start").is_between("start", pl.col("start") + LONGEST_ARTICLE) & (
        pl.col("work_end") <= pl.col("end")
    )
    return (
        titles.join(inside, on=PLACE)
        .filter(held, pl.col("text").str.contains(r"\p{Ll}"))
        .select(titles.columns)
        .unique()
        .with_columns(entity_type=pl.lit("MISC"), type_rule=pl.lit("title"))
    )
