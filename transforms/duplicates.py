"""Copies: which articles repeat another, how, and which of each group stands for all.

    articles -> shingle_articles -> find_candidates -> measure_pairs -> orient_pairs, choose_representatives

A shingle is SHINGLE_WORDS consecutive folded words (Broder 1997). What stands inside quotation marks is left out:
a text that cites another's sentences is no copy of it. Containment, not resemblance, decides, because an excerpt in its
furniture or an article with its comments shares little of the whole. Only some shingles of a text are kept to find
candidates (the smallest of each window: winnowing, Schleimer 2003); the pairs found are measured with all of them.
"""

from typing import NamedTuple

import polars as pl

SHINGLE_WORDS = 4
"""Words per shingle: with one word in seven changed, half of the shingles of 4 survive, against 40 % of those of 5."""

WINDOW = 15
"""Shingles per winnowing window: one in eight is kept, and a shared passage of 18 words is always met."""

SHORT_SHINGLES = 30
"""A text with no more shingles than this keeps them all."""

FREQUENT = 50
"""A shingle in more articles than this is furniture, or a text printed everywhere: HUBS of its holders meet all."""

HUBS = 3
"""How many holders of a frequent shingle every other holder is compared with; joins grow linearly with them."""

CANDIDATE_SHARE = 0.1
"""Share of kept shingles, of the article with fewer, that makes a candidate; an estimate, so lower than CONTAINED."""

CONTAINED = 0.3
"""Least share of the shorter text's shingles found in the other. Chance and phrases of the trade stay below .15."""

LEAST_SHARED = 8
"""Fewer shared shingles (11 words in a row) may be a formula of the trade: only equal texts are copies then."""

CORE = 0.2
"""Least share of the longer text that a contained one makes up for two containers of it to be copies of each other."""

NEAR = 0.5
"""Jaccard, figures hidden, from which two texts have the same sentences."""

SAME_LENGTH = 0.67
"""A shorter text of at least this share of the longer one's shingles is a near copy; else one contains the other."""

OWN_WORDS = 1 / 3
"""Where less than this share of the words stands outside quotation marks (an interview), quotations count as well."""

MOSTLY = 0.65
"""Share of the shorter text from which the pair is a copy wherever the shared words stand."""

OPENING = 20
"""Shingles that make up the opening of a text: its first sentence, which an excerpt keeps."""

OPENED = 0.5
"""Share of one text's opening that must be found in the other where less than MOSTLY is shared."""

BLOCK = 10
"""Shingles per block, to see whether shared words stand all over a text (a rewrite) or in one place (a borrowing)."""

SPREAD_OUT = 0.8
"""Share of a text's blocks that hold a shared shingle in a rewrite."""

CHANGED = 3
"""Shared shingles gained by hiding the figures that make a pair an update: one changed figure makes up to four."""

MOST_CHANGES = 0.5
"""Share of the differing shingles of the shorter text that figures must explain in an update."""

PAIRS_AT_ONCE = 20_000
"""Pairs measured together: about 8 million shingles, 200 MB."""

QUOTED = r'«[^«»\n]*»|“[^“”\n]*”|"[^"\n]*"'
"""What stands between quotation marks in one paragraph."""

WORD = r"\d{1,3}(?:[.  ]\d{3})+|[\p{L}\p{N}]+"
"""A word or a number; thousands may be set apart by a point or any space."""

NUMERALS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
    "cinquante|soixante|septante|huitante|nonante|cents?|mille|millions?|milliards?"
)
"""The French numerals of one word; un is an article as well."""

SPREAD = 0xFF51AFD7ED558CCD
"""An odd factor that spreads bits (MurmurHash3)."""

UNACCENTED = dict(zip("àâäáãåçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy", strict=True)) | {
    "œ": "oe",
    "æ": "ae",
}


class _Shingled(NamedTuple):
    """All shingles of some articles, and how many each has. Articles are counted by `row`, shingles by `position`."""

    shingles: pl.DataFrame
    """row, position, shingle"""
    sizes: pl.DataFrame
    """row, article_id, shingle_count, digest (of all words, quoted or not)"""


def shingle_articles(articles: pl.DataFrame) -> pl.DataFrame:
    """Keep the shingles by which an article is compared with all others, now and later.

    In:  article_id, text. A text without words has no shingle, one with fewer than SHINGLE_WORDS has one.
    Out: article_id, shingle (UInt64, the same on every machine and with every version); no row twice.
    """
    shingled = _shingle(articles.select("article_id", "text"))
    wordy = shingled.sizes.filter((pl.col("shingle_count") == 0) & pl.col("digest").is_not_null())
    kept = pl.concat([_winnow(shingled), wordy.select("row", shingle="digest")])
    return (
        kept.join(shingled.sizes.select("row", "article_id"), on="row")
        .select("article_id", "shingle")
        .unique()
        .sort("article_id", "shingle")
    )


def find_candidates(new_shingles: pl.DataFrame, known_shingles: pl.DataFrame) -> pl.DataFrame:
    """Find the pairs worth measuring: each new article against all others, new or known.

    In:  article_id, shingle of the new articles; the same of the known ones (the new may be among them).
    Out: article_id, other_id (article_id < other_id); one row per pair.
    """
    everything = pl.concat([known_shingles, new_shingles]).unique()
    rows = everything.select(pl.col("article_id").unique().sort()).with_row_index("row")
    held = everything.join(rows, on="article_id").select("row", "shingle")
    new_rows = rows.join(new_shingles.select("article_id").unique(), on="article_id", how="semi").select("row")
    shared = _meet(held, new_rows)
    sizes = held.group_by("row").agg(size=pl.len())
    return (
        shared.join(sizes, on="row")
        .join(sizes.rename({"row": "other", "size": "other_size"}), on="other")
        .filter(pl.col("shared") >= CANDIDATE_SHARE * pl.min_horizontal("size", "other_size"))
        .join(rows, on="row")
        .join(rows.rename({"row": "other", "article_id": "other_id"}), on="other")
        .select("article_id", "other_id")
        .sort("article_id", "other_id")
    )


def _meet(held: pl.DataFrame, new_rows: pl.DataFrame) -> pl.DataFrame:
    """Count the kept shingles that a new article shares with another. Out: row, other (row < other), shared."""
    ranked = held.sort("row").with_columns(
        holders=pl.len().over("shingle"), place=pl.int_range(pl.len(), dtype=pl.UInt32).over("shingle")
    )
    several = ranked.filter(pl.col("holders") > 1)
    partners = several.filter((pl.col("holders") <= FREQUENT) | (pl.col("place") < HUBS))
    return (
        several.select("row", "shingle")
        .join(partners.select("shingle", other="row"), on="shingle")
        .filter(pl.col("row") != pl.col("other"))
        .filter(pl.col("row").is_in(new_rows["row"].implode()) | pl.col("other").is_in(new_rows["row"].implode()))
        .select("shingle", row=pl.min_horizontal("row", "other"), other=pl.max_horizontal("row", "other"))
        .unique()
        .group_by("row", "other")
        .agg(shared=pl.len())
    )


def measure_pairs(candidates: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Measure candidate pairs with all their shingles and keep those that are copies.

    In:  candidates article_id, other_id; texts article_id, text of all of these.
    Out: article_id, duplicate_of, kind, jaccard, containment; article_id < duplicate_of: `orient_pairs` says which is
         the copy. kind: schemas.duplicates.KINDS.
    """
    needed = pl.concat([candidates["article_id"], candidates["other_id"]]).unique()
    used = texts.select("article_id", "text").filter(pl.col("article_id").is_in(needed.implode())).sort("article_id")
    copies = _measure(candidates, used).filter(IS_COPY)
    masked = _measure(copies.select("article_id", "other_id"), used.with_columns(_hide_figures(pl.col("text"))))
    regained = masked.select("article_id", "other_id", masked_shared="shared", masked_jaccard="jaccard")
    judged = copies.join(regained, on=["article_id", "other_id"], how="left")
    return judged.select(
        "article_id", pl.col("other_id").alias("duplicate_of"), _name_kind().alias("kind"), "jaccard", "containment"
    ).sort("article_id", "duplicate_of")


IS_COPY = pl.col("is_equal") | (
    (pl.col("shared") >= LEAST_SHARED)
    & (
        (pl.col("containment") >= MOSTLY)
        | ((pl.col("containment") >= CONTAINED) & ((pl.col("opening") >= OPENED) | (pl.col("spread") >= SPREAD_OUT)))
    )
)
"""What makes a pair copies: equal words; or most of the shorter one; or a part that is no mere borrowing."""


def _name_kind() -> pl.Expr:
    """Say how one article of a pair copies the other."""
    differing = pl.min_horizontal("shingle_count", "other_shingle_count") - pl.col("shared")
    gained = pl.col("masked_shared").cast(pl.Int64) - pl.col("shared")
    is_update = (gained >= CHANGED) & (gained >= MOST_CHANGES * differing) & (pl.col("masked_jaccard") >= NEAR)
    is_near = pl.col("length_ratio") >= SAME_LENGTH
    return (
        pl.when("is_equal")
        .then(pl.lit("exact"))
        .when(is_update)
        .then(pl.lit("update"))
        .when(is_near)
        .then(pl.lit("near"))
        .otherwise(pl.lit("contained"))
    )


def _hide_figures(text: pl.Expr) -> pl.Expr:
    """Write every number, in digits or letters, as 0."""
    return text.str.replace_all(r"(?i)\d[\d.,\s]*\b|\b(?:" + NUMERALS + r")\b", "0 ")


def _measure(pairs: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Add to each pair: shared, jaccard, containment, length_ratio, opening, spread, is_equal."""
    shingled = _shingle(texts)
    ids = shingled.sizes.select("article_id", "row")
    numbered = pairs.join(ids, on="article_id").join(
        ids.rename({"article_id": "other_id", "row": "other"}), on="other_id"
    )
    places = shingled.shingles.group_by("row", "shingle").agg(pl.col("position").min())
    parts = [_count_shared(part, places) for part in numbered.iter_slices(PAIRS_AT_ONCE)]
    shared = pl.concat(parts) if parts else _count_shared(numbered, places)
    left = shingled.sizes.select("row", "shingle_count", "blocks", "digest")
    right = left.select(pl.all().name.prefix("other_")).rename({"other_row": "other"})
    joined = numbered.join(shared, on=["row", "other"], how="left").join(left, on="row").join(right, on="other")
    return joined.with_columns(pl.col("shared", "opened", "other_opened", "met", "other_met").fill_null(0)).pipe(_rate)


def _count_shared(pairs: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Count what the articles of each pair share.

    Out: row, other, shared (distinct shingles), opened (of the first OPENING), met (blocks of BLOCK that hold a shared
         one), and the same of the other article.
    """
    other = places.select(other="row", shingle="shingle", place="position")
    position, place = pl.col("position"), pl.col("place")
    return (
        pairs.select("row", "other")
        .join(places, on="row")
        .join(other, on=["other", "shingle"])
        .group_by("row", "other")
        .agg(
            shared=pl.len(),
            opened=(position < OPENING).sum(),
            other_opened=(place < OPENING).sum(),
            met=(position // BLOCK).n_unique(),
            other_met=(place // BLOCK).n_unique(),
        )
    )


def _rate(pairs: pl.DataFrame) -> pl.DataFrame:
    """Turn the counts of each pair into shares from 0 to 1."""
    size, other, shared = pl.col("shingle_count"), pl.col("other_shingle_count"), pl.col("shared")
    shorter, longer = pl.min_horizontal(size, other), pl.max_horizontal(size, other)
    is_equal = pl.col("digest") == pl.col("other_digest")
    return pairs.with_columns(
        is_equal=is_equal,
        jaccard=pl.when(is_equal).then(1.0).otherwise(shared / (size + other - shared)).fill_nan(0.0),
        containment=pl.when(is_equal).then(1.0).otherwise(shared / shorter).fill_nan(0.0),
        length_ratio=(shorter / longer).fill_nan(1.0),
        opening=pl.max_horizontal(
            pl.col("opened") / size.clip(1, OPENING), pl.col("other_opened") / other.clip(1, OPENING)
        ),
        spread=pl.max_horizontal(
            pl.col("met") / pl.col("blocks").clip(1), pl.col("other_met") / pl.col("other_blocks").clip(1)
        ),
    )


def choose_representatives(duplicates: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Choose, for each article that has copies, the one that stands for its group.

    The representative is the earliest published (undated last), then the longest, then the smallest article_id.
    Groups are the connected components of the pairs that share a core; an excerpt joins one of them, the best, and does
    not join those that quote it.

    In:  duplicates article_id, duplicate_of, jaccard, containment, all pairs of the articles concerned; articles
         article_id, published_at (null: unknown), length (of the text).
    Out: article_id, duplicate_of (null for a representative); one row per article that has a copy.
    """
    ranked = _rank(articles)
    grouped = _group(duplicates, ranked).join(ranked, on="article_id").sort("rank")
    first = pl.col("article_id").first().over("group")
    return grouped.select("article_id", duplicate_of=pl.when(pl.col("article_id") != first).then(first)).sort(
        "article_id"
    )


def orient_pairs(duplicates: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Put the copy of each pair first, by the rule of `choose_representatives`. Same rows and columns as duplicates."""
    ranks = _rank(articles).select("article_id", "rank")
    oriented = duplicates.join(ranks, on="article_id").join(
        ranks.rename({"article_id": "duplicate_of", "rank": "other_rank"}), on="duplicate_of"
    )
    is_copy = pl.col("rank") > pl.col("other_rank")
    return (
        oriented.with_columns(
            article_id=pl.when(is_copy).then("article_id").otherwise("duplicate_of"),
            duplicate_of=pl.when(is_copy).then("duplicate_of").otherwise("article_id"),
        )
        .select(duplicates.columns)
        .sort("article_id", "duplicate_of")
    )


def _rank(articles: pl.DataFrame) -> pl.DataFrame:
    """Add the place in the order of representatives: earliest, longest, smallest article_id."""
    by = ["published_at", "length", "article_id"]
    ranked = articles.sort(by, descending=[False, True, False], nulls_last=True)
    return ranked.with_row_index("rank")


def _group(duplicates: pl.DataFrame, ranked: pl.DataFrame) -> pl.DataFrame:
    """Group the copies. Out: article_id, group (an article_id).

    A pair where the shared part is a fair share (CORE) of both texts joins their groups. Then each group joins, through
    its best remaining pair, one group that holds a longer text.
    """
    share = 1 / (1 + 1 / pl.col("jaccard") - 1 / pl.col("containment"))
    is_core = share >= CORE
    cores = _connect(duplicates.filter(is_core), duplicates)
    by_length = ranked.sort("length", "article_id").with_row_index("bulk").select("article_id", "bulk", "rank")
    ends = duplicates.filter(~is_core).select("article_id", other="duplicate_of", containment="containment")
    both = pl.concat([ends, ends.select(article_id="other", other="article_id", containment="containment")])
    sized = cores.join(by_length, on="article_id").with_columns(longest=pl.col("bulk").max().over("group"))
    links = both.join(sized.select("article_id", "group", "longest"), on="article_id").join(
        sized.select(other="article_id", holder="group", holder_longest="longest", holder_rank="rank"), on="other"
    )
    upward = links.filter(pl.col("longest") < pl.col("holder_longest"))
    best = upward.sort("containment", "holder_rank", descending=[True, False]).unique(
        "group", keep="first", maintain_order=True
    )
    return (
        _connect(
            best.select(article_id="group", duplicate_of="holder"),
            cores.select(article_id="group", duplicate_of="group"),
        )
        .rename({"article_id": "core", "group": "whole"})
        .join(cores, left_on="core", right_on="group")
        .select("article_id", group="whole")
    )


def _connect(pairs: pl.DataFrame, everyone: pl.DataFrame) -> pl.DataFrame:
    """Name the connected components of the pairs. Out: article_id, group (its smallest article_id); all of everyone."""
    names = pl.concat([everyone["article_id"], everyone["duplicate_of"]]).unique().sort().to_list()
    parent = {name: name for name in names}

    def find(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    # Union-find in Python: about 1 µs a pair, and pairs are few (about 1,000 for the 36,000 articles of OrangeSum).
    for left, right in pairs.select("article_id", "duplicate_of").iter_rows():
        roots = sorted((find(left), find(right)))
        parent[roots[1]] = roots[0]
    schema = {"article_id": pl.String, "group": pl.String}
    return pl.DataFrame({"article_id": names, "group": [find(name) for name in names]}, schema=schema)


def _shingle(articles: pl.DataFrame) -> _Shingled:
    """Cut articles into all their shingles."""
    folded = articles.with_row_index("row").with_columns(text=_fold(pl.col("text")))
    own = pl.col("text").str.replace_all(QUOTED, " ").str.replace_all(QUOTED, " ")
    words = folded.select(
        "row", "article_id", every=pl.col("text").str.extract_all(WORD), own=own.str.extract_all(WORD)
    ).with_columns(
        own=pl.when(pl.col("own").list.len() < OWN_WORDS * pl.col("every").list.len()).then("every").otherwise("own")
    )
    hashed = _hash_words(words.select("row", word="own"))
    shingles = _join_words(hashed)
    everything = _hash_words(words.select("row", word="every"))
    digest = everything.group_by("row").agg(
        digest=(pl.col("word") * (2 * pl.int_range(pl.len(), dtype=pl.UInt64) + 1)).sum()
    )
    counts = shingles.group_by("row").agg(
        shingle_count=pl.col("shingle").n_unique(), blocks=(pl.col("position").max() // BLOCK) + 1
    )
    sizes = words.select("row", "article_id").join(counts, on="row", how="left").join(digest, on="row", how="left")
    return _Shingled(shingles, sizes.with_columns(pl.col("shingle_count", "blocks").fill_null(0)))


def _fold(text: pl.Expr) -> pl.Expr:
    """Lower case without accents: "L’ÉTÉ" and "l'ete" have the same words."""
    plain = text.str.to_lowercase().str.replace_many(UNACCENTED)
    return plain.str.replace_all("[\u0300-\u036f\u00ad\u200b]+", "")


def _hash_words(words: pl.DataFrame) -> pl.DataFrame:
    """Explode lists of words and give each word a number made of its first 24 bytes. In and out: row, word."""
    exploded = words.explode("word", empty_as_null=False)
    distinct = exploded.select(pl.col("word").unique())
    plain = (pl.col("word").str.replace_all(r"[.\s]", "") + "\0" * 24).cast(pl.Binary)
    parts = (
        distinct.select(
            pl.struct(
                plain.bin.slice(start, 8).bin.reinterpret(dtype=pl.UInt64).alias(str(start)) for start in (0, 8, 16)
            )
        )
        .to_series()
        .struct.unnest()
    )
    number = _mix(parts["0"])
    for start in ("8", "16"):
        number = _mix(number + parts[start])
    numbered = distinct.with_columns(number=number)
    joined = exploded.join(numbered, on="word", how="left", maintain_order="left")
    return joined.select("row", word="number")


def _join_words(words: pl.DataFrame) -> pl.DataFrame:
    """Turn the words of each row into shingles. A row with fewer words has none. Out: row, position, shingle."""
    terms = [pl.col("word").shift(-step) * pl.lit(SPREAD**step % 2**64, pl.UInt64) for step in range(SHINGLE_WORDS)]
    position = pl.int_range(pl.len(), dtype=pl.UInt32).over("row")
    joined = words.select("row", position=position, shingle=sum(terms[1:], terms[0]))
    is_whole = joined["row"] == joined["row"].shift(-(SHINGLE_WORDS - 1))
    return joined.with_columns(_mix(joined["shingle"]).alias("shingle")).filter(is_whole.fill_null(False))


def _mix(number: pl.Series) -> pl.Series:
    """Spread a number over 64 bits (the finaliser of MurmurHash3, public domain). Overflow wraps, as meant."""
    for factor in (SPREAD, 0xC4CEB9FE1A85EC53):
        number = (number ^ (number // 2**33)) * pl.Series([factor], dtype=pl.UInt64)
    return number ^ (number // 2**33)


def _winnow(shingled: _Shingled) -> pl.DataFrame:
    """Keep the smallest shingle of every WINDOW consecutive ones, all of a short text. Out: row, shingle."""
    sized = shingled.shingles.join(shingled.sizes.select("row", "shingle_count"), on="row", maintain_order="left")
    smallest, width = sized["shingle"], 1
    while width < WINDOW:
        step = min(width, WINDOW - width)
        shifted, width = smallest.shift(-step), width + step
        smallest = smallest.zip_with(smallest <= shifted, shifted)
    is_inside = sized["row"] == sized["row"].shift(-(WINDOW - 1))
    is_short = pl.col("shingle_count") <= SHORT_SHINGLES
    return sized.select(
        "row", shingle=pl.when(is_short).then("shingle").when(is_inside.fill_null(False)).then(smallest)
    ).drop_nulls()
