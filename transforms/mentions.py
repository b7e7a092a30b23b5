"""Named mentions: the engine's spans, corrected and completed by what French print shows."""

import polars as pl

import schemas.lexicon
from transforms.names.borders import cut_opponents, free_owners, widen_features
from transforms.names.contexts import retype_by_cues
from transforms.names.expansions import drop_common_acronyms, find_expansions
from transforms.names.full_names import add_full_names, list_surnames
from transforms.names.gazetteer import (
    find_capital_words,
    find_forms,
    find_lower_forms,
    findable_forms,
    list_words,
    listed_names,
)
from transforms.names.overlaps import add_trust, keep_best
from transforms.names.patterns import find_announced
from transforms.names.personal import close_initials, widen_to_surnames
from transforms.names.place_cues import retype_by_context
from transforms.names.spans import correct_spans, drop_common, first_names, widen_to_titles
from transforms.names.words import CAPITALISED, OF

MOST_FORMS = 50
"""Names of an article that begin with one word: each is held against each place of that word."""
COLUMNS = ["article_id", "start", "end", "text", "entity_type", "type_rule", "name"]
FIRM_RULES = (
    "civility", "role", "announced", "ministry", "institution", "office", "letter", "guillemets", "title", "expansion",
    "nickname", "town",
)  # fmt: skip
"""Rules that look at this one place: what they say there stands, whatever the same word is elsewhere."""

EXTENDED = ("institution", "office", "event", "named event", "feature", "qualified", "firm")
LONGEST_ARTICLE = len("Les ")
TAIL = r"^(?:[ ’-](?:d’|l’)?\p{Ll}[\p{L}’-]*)*(?: (?:de |d’|du |des |de la |et )?\p{L}[\p{L}’-]*)?$"
"""What an engine's span may add to a name: words without marks, in lower case but for the last."""


def find_mentions(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Find the named mentions of each article.

    In:  paragraphs (article_id, paragraph_index, start, text); the engine's spans (article_id, paragraph_index,
         start, end, label), offsets in articles.text.
    Out: article_id, start, end, text, entity_type, type_rule, name (the fullest form in the document). Sorted by
         place; mentions do not overlap. An article's mentions depend on nothing but the article itself.
    """
    words = list_words(paragraphs)
    corrected = correct_spans(paragraphs, spans)
    announced = find_announced(paragraphs).pipe(cut_strangers).pipe(drop_common).pipe(drop_misread)
    announced = announced.pipe(drop_unsure_portfolios).pipe(drop_announced_features).pipe(cut_leaders)
    announced = drop_common_nouns(announced, paragraphs).pipe(free_owners, paragraphs).pipe(widen_features, paragraphs)
    finds = pl.concat(
        [
            corrected,
            extend_to_spans(announced, paragraphs, spans),
            find_expansions(paragraphs).pipe(drop_common).pipe(drop_misread),
            find_forms(paragraphs, words, findable_forms(), []).with_columns(type_rule=pl.lit("listed")),
            find_lower_forms(paragraphs).with_columns(type_rule=pl.lit("listed")),
            find_capital_words(paragraphs).with_columns(type_rule=pl.lit("listed")),
        ],
        how="diagonal",
    )
    finds = split_persons(finds).pipe(cut_opponents).pipe(close_initials, paragraphs)
    typed = retype_by_cues(paragraphs, retype_by_context(paragraphs, finds))
    typed = pl.concat([typed, widen_to_titles(paragraphs, typed)], how="diagonal")
    typed = drop_common_acronyms(typed, paragraphs)
    first = (
        keep_best(typed)
        .pipe(keep_expanded_acronyms)
        .pipe(agree_on_type)
        .pipe(type_heads)
        .pipe(widen_to_surnames, paragraphs)
    )
    repeated = find_forms(paragraphs, words, repeatable_names(first), ["article_id"])
    repeated = drop_repeated_starts(repeated, paragraphs)
    every = pl.concat([first, repeated.with_columns(type_rule=pl.lit("repeated"))], how="diagonal")
    kept = keep_best(every).pipe(widen_to_surnames, paragraphs).pipe(keep_best).drop_nulls("entity_type")
    kept = drop_inhabitants(kept)
    return add_full_names(kept, paragraphs).sort("article_id", "start").select(COLUMNS)


def drop_inhabitants(mentions: pl.DataFrame) -> pl.DataFrame:
    """Drop regions that are the people of a person right behind: le Boulonnais Jean Duroc."""
    ordered = mentions.sort("article_id", "start")
    of_person = (pl.col("end") + 1 == pl.col("start").shift(-1).over("article_id")) & (
        pl.col("entity_type").shift(-1).over("article_id") == "PER"
    )
    people = (pl.col("entity_type") == "LOC") & pl.col("text").str.contains(r"^\p{Lu}\p{Ll}+(?:ais|ois)e?$") & of_person
    return ordered.filter(~people.fill_null(False))


def keep_expanded_acronyms(mentions: pl.DataFrame) -> pl.DataFrame:
    """Keep of the acronyms in brackets those that stand right behind a name: Agence régionale de santé (ARS).

    A short word that the engine found there is the name’s acronym where both begin with one letter: (Inrap).
    """
    ordered = mentions.sort("article_id", "start")
    previous = pl.col("end").shift(1).over("article_id") + len(" (") == pl.col("start")
    before = pl.col("entity_type").shift(1).over("article_id")
    bodies = before.is_in(["ORG", "MISC"])
    initial = pl.col("text").str.head(1) == pl.col("text").shift(1).over("article_id").str.head(1).str.to_uppercase()
    unplaced = ~pl.col("text").is_in(listed_names().filter(pl.col("entity_type") == "LOC")["form"].implode())
    initial = initial & unplaced
    is_short = pl.col("text").str.contains(r"^\p{Lu}[\p{L}]{1,6}$") & (pl.col("type_rule") == "engine") & initial
    expanded = previous & bodies & ((pl.col("type_rule") == "bracketed") | is_short)
    return ordered.with_columns(entity_type=pl.when(expanded).then(before).otherwise("entity_type")).filter(
        (pl.col("type_rule") != "bracketed") | expanded.fill_null(False)
    )


def cut_strangers(finds: pl.DataFrame) -> pl.DataFrame:
    """Cut the word before a first name off a person: the town or party of the role (maire de Paris Anne Lenoir).

    A find that opens with a common word instead is the rest of the role: président de la République.
    """
    pair = r"^((?:Les? |La |L’)?\S+ )(\S+) \p{Lu}"
    stranger, second = pl.col("text").str.extract(pair, 1), pl.col("text").str.extract(pair, 2)
    is_stranger = (
        (pl.col("type_rule") == "role")
        & second.is_in(first_names().implode())
        & ~stranger.str.strip_chars().is_in(first_names().implode())
    ).fill_null(False)
    opening = pl.col("text").str.extract(r"^(\S+)")
    is_common = opening.str.to_lowercase().is_in(schemas.lexicon.read("common_words")["word"].implode())
    is_phrase = (pl.col("type_rule") == "role") & is_common & ~opening.is_in(first_names().implode()) & ~is_stranger
    cut = pl.when(is_stranger).then(stranger.str.len_chars()).otherwise(0).cast(pl.Int64)
    kept = finds.with_columns(is_phrase=is_phrase, start=pl.col("start") + cut, text=pl.col("text").str.slice(cut))
    return kept.filter(~pl.col("is_phrase").fill_null(False)).drop("is_phrase")


def cut_leaders(finds: pl.DataFrame) -> pl.DataFrame:
    """Cut the person who leads it off an organisation: Forces du progrès de Paul Ndong."""
    pair = r"^(.*?) (?:de |d’)(\p{Lu}\S+) \p{Lu}"
    leader = pl.col("text").str.extract(pair, 2)
    led = pl.col("type_rule").is_in(("institution", "qualified", "directorate", "announced")) & leader.is_in(
        first_names().implode()
    )
    listed = pl.col("text").str.extract(r"^(.*?) et \p{Lu}").is_in(findable_forms()["form"].implode())
    led = (led & ~leader.is_in(findable_forms()["form"].implode())).fill_null(False)
    two = ((pl.col("type_rule") == "announced") & listed).fill_null(False)
    first = pl.col("text").str.extract(r"^(.*?) et \p{Lu}")
    text = pl.when(led).then(pl.col("text").str.extract(pair, 1)).when(two).then(first).otherwise("text")
    return finds.with_columns(text=text, end=pl.col("start") + text.str.len_chars().cast(pl.Int64))


def split_persons(finds: pl.DataFrame) -> pl.DataFrame:
    """Split a body and the person who leads it: Conseil régional du Vernet Anne Lenoir."""
    pair = r"^(.* (?:de la |de l’|des |du |de |d’)\p{Lu}[\p{L}’-]+) ((\p{Lu}[\p{L}-]+) \p{Lu}[\p{L}’-]+)$"
    body, person, first = (pl.col("text").str.extract(pair, group) for group in (1, 2, 3))
    given, listed = first_names().implode(), findable_forms()["form"].implode()
    led = finds.filter(pl.col("entity_type") == "ORG").select("text").unique().filter(first.is_in(given))
    led = led.filter(~pl.col("text").is_in(listed)).with_columns(body=body, person=person)
    joined = (pl.col("entity_type") == "ORG") & pl.col("text").is_in(led["text"].implode())
    both = finds.filter(joined).join(led, on="text")
    ahead = both.with_columns(text="body", end=pl.col("start") + pl.col("body").str.len_chars().cast(pl.Int64))
    behind = both.with_columns(
        text="person",
        start=pl.col("end") - pl.col("person").str.len_chars().cast(pl.Int64),
        entity_type=pl.lit("PER"),
        type_rule=pl.lit("first name"),
    )
    return pl.concat(
        [finds.filter(~joined.fill_null(False)), *(half.select(finds.columns) for half in (ahead, behind))]
    )


COMMON_BEFORE = (
    r"(?:^|[^\p{L}])(?:[Uu]ne?|[Ss]on|[Ss]a|[Ss]es|[Ll]eurs?|[Nn]otre|[Nn]os|[Vv]otre|[Vv]os|[Mm]on|[Mm]a|[Mm]es|[Dd]eux|"
    r"[Tt]rois|[Qq]uatre|[Cc]inq|[Pp]lusieurs|[Cc]haque|[Qq]uelques|[Cc]ertaine?s|[Aa]ucune?|[Dd]’autres) $"
)
"""Determiners that leave a noun common: un pont de Drouvel, ses halles de Drouvel."""

ALLIANCE = "(?:alliance|coalition|mouvement|pacte|collectif)"
QUOTED_BEFORE = (
    r"(?:^|[^\p{L}])(?:[Uu]ne?|[Ll][ea]|[Cc]et?|[Cc]ette|[Aa]ucune?)(?: nouvel(?:le)?| nouveau)? (?:« ?|“|\")$"
)
"""Determiners before quotation marks."""


def drop_common_nouns(finds: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Drop features and offices behind a determiner that leaves them unnamed: une plage de Drouvel is Drouvel.

    Words in lower case that a determiner puts before quotation marks are somebody’s wording: une « charte de
    conduite »; an alliance is named so.
    """
    places = paragraphs.select("article_id", "paragraph_index", offset="start", paragraph="text")
    doubtful = pl.col("type_rule").is_in(("feature", "office")) & pl.col("text").str.contains(
        r"^\p{Ll}[\p{Ll} ’-]* (?:de |d’|du )"
    )
    quoted = (pl.col("type_rule") == "guillemets") & ~pl.col("text").str.contains(rf"\p{{Lu}}|^{ALLIANCE} ")
    relative = pl.col("start") - pl.col("offset")
    width = pl.min_horizontal(relative, len(" plusieurs « "))
    before = pl.col("paragraph").str.slice(relative - width, width)
    common = (
        finds.filter(doubtful | quoted)
        .join(places, on=["article_id", "paragraph_index"])
        .filter(before.str.contains(pl.when(quoted).then(pl.lit(QUOTED_BEFORE)).otherwise(pl.lit(COMMON_BEFORE))))
        .select("article_id", "start", "end", "type_rule")
    )
    return finds.join(common, on=["article_id", "start", "end", "type_rule"], how="anti")


def drop_misread(finds: pl.DataFrame) -> pl.DataFrame:
    """Drop announced organisations and works that read as a person, and titles that are listed names."""
    first = pl.col("text").str.extract(r"^(\S+) \p{Lu}\S+$")
    person = first.is_in(first_names().implode()) & ~first.is_in(findable_forms()["form"].implode())
    listed = pl.col("text").is_in(findable_forms()["form"].implode())
    addressed = pl.col("type_rule") == "civility"
    is_name = (pl.col("type_rule") == "club") & pl.col("text").str.contains(r"^\p{Lu}\p{Ll}+ \p{Lu}\S+ \p{Lu}")
    named = is_name & pl.col("text").str.extract(r"^(\S+)").is_in(first_names().implode())
    return finds.filter(~((pl.col("type_rule") == "announced") & person.fill_null(False)), ~listed | addressed, ~named)


def drop_unsure_portfolios(finds: pl.DataFrame) -> pl.DataFrame:
    """Keep of the single words behind a minister those that are common words: la ministre de la Mobilité."""
    word = pl.col("text").str.extract(rf"^{OF}({CAPITALISED})$", 1)
    listed = schemas.lexicon.read("head_nouns").filter(pl.col("entity_type") == "portfolio")["noun"]
    common = word.str.to_lowercase().is_in(schemas.lexicon.read("common_words")["word"].implode())
    unsure = (pl.col("type_rule") == "portfolio") & ~(common | word.is_in(listed.implode()))
    return finds.filter(~unsure.fill_null(False))


def drop_announced_features(finds: pl.DataFrame) -> pl.DataFrame:
    """Drop natural features that are announced as something else: le groupe Vallée Noire."""
    announced = finds.filter(pl.col("type_rule") == "announced", pl.col("entity_type") != "LOC")
    echoes = announced.select("article_id", "text", type_rule=pl.lit("feature")).unique()
    return finds.join(echoes, on=["article_id", "text", "type_rule"], how="anti")


def extend_to_spans(finds: pl.DataFrame, paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Extend institutions, events and features to the end of an engine's span of the same type that begins there.

    The engine has read longer names than the patterns know adjectives and nouns for.
    """
    longer = spans.select("article_id", span_start="start", span_end="end", entity_type="label").sort("span_start")
    ends = pl.col("type_rule").is_in(EXTENDED)
    head = pl.col("text").str.extract(r"^(\S+)").str.len_chars()
    reach = finds.filter(ends).with_columns(last=pl.col("start") + head).sort("last")
    joined = reach.join_asof(
        longer, left_on="last", right_on="span_start", by=["article_id", "entity_type"], check_sortedness=False
    )
    places = paragraphs.select("article_id", "paragraph_index", offset="start", paragraph="text")
    grown = joined.filter(
        pl.col("span_end") > pl.col("end"), pl.col("span_start") >= pl.col("start") - LONGEST_ARTICLE
    ).join(places, on=["article_id", "paragraph_index"])
    tail = pl.col("paragraph").str.slice(pl.col("end") - pl.col("offset"), pl.col("span_end") - pl.col("end"))
    return pl.concat(
        [
            finds,
            grown.with_columns(tail=tail)
            .filter(pl.col("tail").str.contains(TAIL))
            .with_columns(text=pl.concat_str("text", "tail"), end="span_end")
            .select(finds.columns),
        ]
    )


def type_heads(mentions: pl.DataFrame) -> pl.DataFrame:
    """Type a lone head noun as the body that the article names in full: le Consistoire, as Consistoire de Drouvel."""
    heads = (
        mentions.filter(pl.col("entity_type") == "ORG", pl.col("text").str.contains(r"^\p{Lu}\p{Ll}+ (?:\p{Ll}|d’)"))
        .select("article_id", text=pl.col("text").str.extract(r"^(\S+)"), body=pl.lit("ORG"))
        .unique()
    )
    common = pl.col("text").str.to_lowercase().is_in(schemas.lexicon.read("common_words")["word"].implode())
    listed = pl.col("text").is_in(listed_names()["form"].implode())
    joined = mentions.join(heads.filter(common, ~listed), on=["article_id", "text"], how="left", maintain_order="left")
    return joined.with_columns(entity_type=pl.coalesce("body", "entity_type")).drop("body")


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
    firm = pl.col("type_rule").is_in(FIRM_RULES)
    typed = typed.with_columns(entity_type=pl.when(firm).then("entity_type").otherwise("agreed")).drop("agreed")
    return pl.concat([typed, mentions.filter(pl.col("entity_type").is_null())])


def drop_repeated_starts(repeated: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Drop surnames that are common words where they open a sentence: there the capital tells nothing."""
    places = paragraphs.select("article_id", "paragraph_index", offset="start", paragraph="text")
    common = pl.col("text").str.to_lowercase().is_in(schemas.lexicon.read("common_words")["word"].implode())
    relative = pl.col("start") - pl.col("offset")
    before = pl.col("paragraph").str.slice(pl.max_horizontal(relative - 2, 0), 2)
    seen = repeated.join(places, on=["article_id", "paragraph_index"], how="left", maintain_order="left")
    return seen.filter(~common | before.str.contains(r"^(?:[\p{Ll},] |[dl]’)$")).select(repeated.columns)


def repeatable_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """The names to look for elsewhere in their article, and the surnames of its persons."""
    names = mentions.drop_nulls("entity_type").select(
        "article_id", "entity_type", form="text", is_surname=pl.lit(False)
    )
    surnames = list_surnames(names.rename({"form": "text"})).select(
        "article_id", entity_type=pl.lit("PER"), form="text", is_surname=pl.lit(True)
    )
    common = pl.col("form").str.to_lowercase().is_in(schemas.lexicon.read("common_words")["word"].implode())
    return (
        pl.concat([names, surnames])
        .filter(pl.col("form").str.len_chars() > 2, ~common | pl.col("is_surname"))
        .unique(["article_id", "form"], keep="first", maintain_order=True)
        .with_columns(first_word=pl.col("form").str.extract(f"^({CAPITALISED})"))
        .drop_nulls("first_word")
        .filter(pl.int_range(pl.len()).over("article_id", "first_word") < MOST_FORMS)
    )
