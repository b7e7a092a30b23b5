"""What a name is made of in French print: the words, the ways to compare them, the patterns that others build on."""

import re
from functools import cache, lru_cache

import polars as pl

import schemas.lexicon

CAPITALISED = r"\p{Lu}[\p{L}\p{M}\p{N}]*(?:[-’&][\p{L}\p{M}\p{N}]+)*"
"""One capitalised word, hyphens and inner apostrophes included: Jean-Pierre, N’Djamena, Saint-Brieuc."""

PARTICLE = r"(?:de|du|des|d’|di|da|do|dos|del|della|la|le|van|von|der|den|ten|ter|el|al|ben|bin|ibn|abou|y|e|zu|af|av)"
"""Lower-case words inside personal names (closed class)."""

OF = r"(?:de la |de l’|du |des |de |d’)"
"""The prepositions that tie a complement to its noun."""

SHORT_WORDS = r"(?:^| )(?:(?:d|l|de|du|des|la|le|les|et|en|a|au|aux|pour|sur|the|of)(?: |$))+"
"""Articles and prepositions inside names, as `fold` writes them."""

SENTINEL = "\x1f"  # ASCII unit separator: no printed text holds it, the decoder drops control characters

LIGATURES = ("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i"), ("ß", "ss")
"""Letters that Unicode does not decompose (NFKD keeps them)."""


def fold(name: pl.Expr) -> pl.Expr:
    """Compare names: lower case, no accents, hyphens and marks as one space. Støre, STORE and store are equal."""
    folded = name.str.to_lowercase()
    for letter, plain in LIGATURES:
        folded = folded.str.replace_all(letter, plain, literal=True)
    folded = folded.str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    return folded.str.replace_all(r"[^\p{L}\p{N}+&]+", " ").str.strip_chars()


def significant(key: pl.Expr) -> pl.Expr:
    """A folded name without its articles and prepositions."""
    return key.str.replace_all(SHORT_WORDS, " ").str.replace_all(r" +", " ").str.strip_chars()


def spell_initials(key: pl.Expr) -> pl.Expr:
    """The initials of a folded name, less articles and prepositions."""
    return significant(key).str.split(" ").list.eval(pl.element().str.head(1)).list.join("")


def either(words: list[str]) -> str:
    """A pattern for any of the words, the longest first, so that `procureur général` wins over `procureur`."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


LATIN = {
    r"\p{L}": r"[\p{L}&&\p{Latin}]",
    r"\p{Lu}": r"[\p{Lu}&&\p{Latin}]",
    r"\p{Ll}": r"[\p{Ll}&&\p{Latin}]",
    r"\p{N}": "[0-9]",
    r"\p{M}": r"[\u{300}-\u{36f}]",
}  # fmt: skip
NEGATED = re.compile(r"(\[\^[^\]]*\])")


@lru_cache(maxsize=128)
def in_latin(pattern: str) -> str:
    """Narrow the letters, digits and accents of a pattern to those of the Latin script; what it excludes stays.

    No name in French print is written in another, and the automata shrink: the patterns of names take 1.2 s instead
    of 1.9 on 1,000 articles, and find the same. The patterns last asked for are kept: with the words of its batch in
    them they are new each time, a megabyte a batch.
    """
    pieces = NEGATED.split(pattern)  # every other piece is a negated class
    for wide, narrow in LATIN.items():
        pieces[::2] = [piece.replace(wide, narrow) for piece in pieces[::2]]
    return "".join(pieces)


def locate(paragraphs: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Find a pattern in every paragraph.

    In:  article_id, paragraph_index, start, text. `pattern` has three groups: what must stand before, the span
         wanted, what must follow (either may be empty). Matches do not overlap.
    Out: article_id, paragraph_index, start, end (code points in articles.text), text; one row per match.
    Rust's regex engine gives bytes only, so the matches are marked with a sentinel, split off and measured.
    """
    pattern = in_latin(pattern)
    marked = pl.col("text").str.replace_all(pattern, f"${{1}}{SENTINEL}${{2}}{SENTINEL}${{3}}")
    pieces = (
        paragraphs.lazy()
        .filter(pl.col("text").str.contains(pattern))
        .select("article_id", "paragraph_index", offset="start", piece=marked.str.split(SENTINEL))
        .collect()
        .with_row_index("row")
        .explode("piece")
    )
    length = pl.col("piece").str.len_chars().cast(pl.Int64)
    end = pl.col("offset") + length.cum_sum().over("row")
    is_match = pl.int_range(pl.len()).over("row") % 2 == 1
    return (
        pieces.with_columns(start=end - length, end=end, is_match=is_match)
        .filter("is_match")
        .select("article_id", "paragraph_index", "start", "end", text="piece")
    )


@cache
def demonyms() -> str:
    """A pattern for any adjective of a people or place, in lower case."""
    return either(schemas.lexicon.read("demonyms")["form"].to_list())


@cache
def inhabitants() -> str:
    """A pattern for any name of a people, with its capital: Québécoise, Ukrainiens."""
    forms = [form[:1].upper() + form[1:] for form in schemas.lexicon.read("demonyms")["form"].to_list()]
    return either([form for form in forms if form not in NAMESAKES])


NAMESAKES = frozenset(
    {"Benjamin", "Germain", "Lorraine", "Marin", "Marine", "Normand", "Philippine", "Reine", "Romain"}
)
"""First names that are also roles or peoples: with a capital before a surname they are the name."""


@cache
def civilities() -> str:
    """A pattern for the words of respect before a name: M., Mme, Dr, Me, Sir."""
    return either([f for f in schemas.lexicon.read("civilities")["form"].to_list() if f != "M"])


@cache
def role_nouns() -> str:
    """A pattern for the nouns of roles and ranks, singular or plural, lower case or capitalised."""
    nouns = schemas.lexicon.read("role_nouns")["noun"].to_list()
    nouns += [n + "s" for n in nouns if n[-1] not in "sx" and " " not in n]
    return either([*nouns, *(n for n in (n[:1].upper() + n[1:] for n in nouns) if n not in NAMESAKES)])
