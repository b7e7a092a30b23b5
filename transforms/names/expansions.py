"""Acronyms and what they stand for, as French print gives them: Union des planteurs du Sud (UPS)."""

import re
import unicodedata
from functools import cache

import polars as pl

import schemas.lexicon
from transforms.names.words import locate

WORDS_BEFORE = r"(?:[\p{L}\p{N}’&-]+ ){2,13}"
BRACKETED = r"\(\p{Lu}[\p{L}\p{N}&-]{1,9}\)"
SMALL = frozenset(re.findall(r"\w+", "d de des du l la le les et en a au aux pour sur par contre dans sous of the and"))
"""Words that an acronym may pass over."""

PASSED = 2  # other words that an acronym may pass over behind its last letter: Agence … de santé d’Occitanie (ARS)
EVENTS = ("coupe", "championnat", "jeux", "traité", "accord", "convention", "plan", "festival", "grand", "salon")
"""Heads of what is an event or a treaty rather than a body."""


def find_expansions(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find the names that an acronym in brackets spells, and the acronyms.

    Out: article_id, paragraph_index, start, end, text, entity_type, type_rule; two rows, the name and its acronym.
    """
    runs = locate(paragraphs, rf"()({WORDS_BEFORE}{BRACKETED})()")
    # One Python call for each distinct run before brackets, one in two articles of news: 15 microseconds each.
    distinct = runs["text"].unique().to_list()
    schema = {"run": pl.String, "skip": pl.Int64}
    starts = pl.DataFrame([(run, spell(run)) for run in distinct], schema=schema, orient="row").drop_nulls()
    spelled = runs.join(starts, left_on="text", right_on="run")
    bracket = pl.col("text").str.extract(r"^(.*) \(").str.len_chars().cast(pl.Int64)
    name = pl.col("text").str.slice(pl.col("skip"), bracket - pl.col("skip"))
    head = name.str.extract(r"^([\p{L}]+)").str.to_lowercase()
    kind = pl.when(head.is_in(EVENTS)).then(pl.lit("MISC")).otherwise(pl.lit("ORG"))
    place = ["article_id", "paragraph_index"]
    full = spelled.select(*place, start=pl.col("start") + pl.col("skip"), text=name, entity_type=kind)
    short = spelled.select(
        *place,
        start=pl.col("start") + bracket + len(" ("),
        text=pl.col("text").str.extract(r"\((.*)\)$"),
        entity_type=kind,
    )
    finds = pl.concat([full, short])
    end = pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)
    return finds.with_columns(end=end, type_rule=pl.lit("expansion"))


COMMON_RUN = (
    r"((?:^|[ ’])(?:l’|d’|la |le |les |une? |de |du |des |en )?)((?:\p{Ll}[\p{L}]*[ ’-]){2,9}\(\p{Lu}{3,7}\))()"
)


def drop_common_acronyms(finds: pl.DataFrame, paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Drop the acronyms that words in lower case spell, no body at their head: zone à trafic limité (ZTL).

    Listed acronyms stay, and those of a body: union des commerçants (UC).
    """
    runs = locate(paragraphs, COMMON_RUN).select("article_id", run="text").unique()
    # One Python call for each distinct run in lower case before brackets, a few in a hundred articles.
    common = [(run, acronym) for run in runs["run"].unique().to_list() if (acronym := read_common(run))]
    names = pl.DataFrame(common, schema={"run": pl.String, "text": pl.String}, orient="row")
    dropped = runs.join(names, on="run").select("article_id", "text").unique()
    free = finds.filter(pl.col("type_rule").is_in(("acronym", "bracketed", "engine", "context", "announced")))
    free = free.join(dropped, on=["article_id", "text"], how="semi").select("article_id", "start", "end", "type_rule")
    return finds.join(free.unique(), on=["article_id", "start", "end", "type_rule"], how="anti")


def read_common(run: str) -> str | None:
    """The acronym at the end of a run in lower case that its last words spell; None where a body heads them."""
    words, _, bracket = run.rpartition("(")
    acronym = bracket.rstrip(")")
    parts = re.split(r"[ ’-]+", words.strip())
    for start in range(len(parts) - 1):
        initials = [plain(part) for part in parts[start:]]
        if parts[start] in SMALL or initials[0][:1] != plain(acronym[0]):
            continue
        if len(initials) <= len(acronym) * 2 + 1 and reads(plain(acronym), initials):
            return None if set(parts[: start + 1]) & body_heads() else acronym
    return None


@cache
def body_heads() -> frozenset[str]:
    """First words of bodies, in lower case: fédération, syndicat, agence."""
    nouns = schemas.lexicon.read("head_nouns").filter(pl.col("entity_type") == "ORG")["noun"].to_list()
    return lower_heads() | {noun.lower() for noun in nouns}


def spell(run: str) -> int | None:
    """Where the name begins that the acronym at the end of the run spells; None where it spells none.

    The nearest word with a capital from which all letters can be read off the words; in lower case only a head
    noun of institutions.
    """
    words, _, bracket = run.rpartition(" (")
    letters = plain(bracket.rstrip(")"))
    capitals = plain("".join(c for c in bracket if c.isupper()))
    for start in reversed([m.start() for m in re.finditer(r"(?<![^\W_])[^\W\d_]", words)]):
        head = re.match(r"[^\W\d_]+", words[start:])
        if head is None or plain(head[0][0]) != letters[0] or head[0].lower() in SMALL:
            continue
        if not (head[0][0].isupper() or head[0] in lower_heads()):
            continue
        initials = [plain(part) for part in re.split(r"[ ’-]+", words[start:])]
        if len(initials) > 1 and (reads(letters, initials) or (len(capitals) > 1 and reads(capitals, initials))):
            return start
    return None


def reads(letters: str, words: list[str]) -> bool:
    """Whether the letters are the words' initials, in order, from the first; small words may be passed over."""
    place = 0
    for letter in letters:
        while place < len(words) and words[place][:1] != letter and words[place] in SMALL:
            place += 1
        if place == len(words) or words[place][:1] != letter:
            return False
        place += 1
    return len([w for w in words[place:] if w not in SMALL]) <= PASSED and place > 1


def plain(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


@cache
def lower_heads() -> frozenset[str]:
    """First words of institutions that are written in lower case: agence régionale, chambre de commerce."""
    nouns = schemas.lexicon.read("head_nouns").filter(pl.col("complement") == "of_name", pl.col("entity_type") == "ORG")
    return frozenset(noun.split(" ")[0] for noun in nouns["noun"].to_list())
