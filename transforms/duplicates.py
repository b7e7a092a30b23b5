"""Copies: which articles repeat another, how, and which of each group stands for all.

    articles -> shingle_articles -> find_candidates -> measure_pairs -> orient_pairs, choose_representatives

A shingle is SHINGLE_WORDS consecutive folded words (Broder 1997). What stands inside quotation marks is left out:
a text that cites another's sentences is no copy of it. Containment, not resemblance, decides, because an excerpt in its
furniture or an article with its comments shares little of the whole. Only some shingles of a text are kept to find
candidates (the smallest of each window: winnowing, Schleimer 2003); the pairs found are measured with all of them.

Numbers given with constants, where no other texts are named, are those of 3,141 invented variants of press texts and of
texts that only cite them: precision 1.000, recall .990 (excerpts .922) with all values as they are.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import polars as pl

SHINGLE_WORDS = 4
"""Words per shingle. With 3, three wrong pairs instead of two for one copy more; with 5, recall .986."""

WINDOW = 15
"""Shingles per winnowing window: one in eight is kept, and a shared passage of 18 words is always met.

With 10, recall .992 and half as many shingles again; with 20, recall .981."""

SHORT_SHINGLES = 30
"""A text with no more shingles than this keeps them all. With 15, recall .988; with 60 the same copies."""

KEPT_OF = (WINDOW + 1) // 2
"""Of so many shingles winnowing keeps one; a text that keeps all has so many fewer to share with one that does not.

Without this, recall .988 (excerpts .908)."""

NEVER_SAMPLED = 2**63
"""A shingle from here on is the smallest of its window once in 30,000: a text that keeps one keeps them all."""

FREQUENT = 50
"""A shingle in more articles than this is furniture, or a text printed everywhere: only its hubs meet all its holders.

With 25 or 100 the same copies: it bounds time, for meetings grow with the square of the holders."""

HUBS = 3
"""How many holders of a frequent shingle every other holder is compared with. With 1 or 5 the same copies."""

CANDIDATE_SHARE = 0.12
"""Share of kept shingles, of the article with fewer, that makes a candidate; an estimate, so lower than CONTAINED.

With .06, a tenth more candidates for the same copies; with .2, recall .989. Before KEPT_OF, on 35,967 articles of
OrangeSum: 10,439 candidates for 3,310 of the 3,317 copies that .05 finds among 399,372."""

LEAST_MET = 2
"""Kept shingles that a candidate shares, unless the shorter text has fewer.

With 1, recall .992 for a quarter more candidates, and more in a larger corpus; with 3, recall .982."""

TEXTS_AT_ONCE = 2_000
"""Texts cut together: 4 MB of text, 100 MB of words and shingles; slower where they no longer fit the cache."""

NEW_AT_ONCE = 20_000
"""New articles whose meetings are counted together: up to a million meetings each thousand, 500 MB in all."""

CONTAINED = 0.3
"""Least share of the shorter text's shingles found in the other.

With .2, precision .995 and four texts joined that only cite; with .4, recall .985."""

LEAST_SHARED = 8
"""Fewer shared shingles (11 words in a row) may be a formula of the trade: only equal texts are copies then.

With 4 the same copies, with 12 recall .989."""

CORE = 0.2
"""Least share of the longer text that a contained one makes up for two containers of it to be copies of each other.

With .1, precision .996; with .3 the same groups."""

NEAR = 0.5
"""Jaccard, figures hidden, from which two texts have the same sentences. With .4 or .6 the same copies and groups."""

SAME_LENGTH = 0.67
"""A shorter text of at least this share of the longer one's shingles is a near copy; else one contains the other.

It parts kinds, not copies: with .5 or .8 the same pairs."""

OWN_WORDS = 1 / 3
"""Where less than this share of the words stands outside quotation marks (an interview), quotations count as well.

With .2 the same copies, with .5 recall .988."""

MOSTLY = 0.65
"""Share of the shorter text from which the pair is a copy wherever the shared words stand.

With .55 or .75 the same groups; one pair more, three fewer."""

OPENING = 20
"""Shingles that make up the opening of a text: its first sentence, which an excerpt keeps.

With 10 the same groups, with 30 one copy more."""

OPENED = 0.5
"""Share of one text's opening that must be found in the other where less than MOSTLY is shared.

With .35, two copies more; with .65, one fewer."""

BLOCK = 10
"""Shingles per block, to see whether shared words stand all over a text (a rewrite) or in one place (a borrowing).

With 5, recall .987; with 20, two copies more."""

SPREAD_OUT = 0.8
"""Share of a text's blocks that hold a shared shingle in a rewrite.

With .7, two copies more; with .9, recall .988."""

CHANGED = 3
"""Shared shingles gained by hiding the figures that make a pair an update: one changed figure makes up to four.

It parts kinds, not copies: with 2 or 5 the same pairs."""

MOST_CHANGES = 0.5
"""Share of the differing shingles of the shorter text that figures must explain in an update.

With .3 or .7 the same pairs."""

PAIRS_AT_ONCE = 10_000
"""Pairs measured together: 3 million shingles of their texts."""

QUOTED = r'«[^«»\n]*»|“[^“”\n]*”|"[^"\n]*"'
"""What stands between quotation marks in one paragraph."""

WORD = r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*|[\p{L}\p{N}]+"
"""A word or a number; thousands may be set apart by a point or any space."""

FIGURE = (
    r"^(?:\d.*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|"
    r"quarante|cinquante|soixante|septante|huitante|nonante|cents?|mille|millions?|milliards?)$"
)
"""A folded word that is a figure: digits, or a French numeral; un is an article as well."""

SPREAD = 0xFF51AFD7ED558CCD
"""An odd factor that spreads bits (MurmurHash3)."""

UNACCENTED = (
    dict(zip("àâäáãåçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy", strict=True))
    | {"œ": "oe", "æ": "ae"}
    | dict.fromkeys("\u0300\u0301\u0302\u0303\u0308\u0327\u00ad\u200b", "")
)
"""Letters without their accents; combining accents, soft hyphens and zero-width spaces go."""


NumberWords = Callable[[pl.Series], pl.DataFrame]
"""How distinct folded words become numbers (UInt64), in one column or two."""

Shingles = npt.NDArray[np.uint64]
"""Shingles of one text."""


def shingle_articles(articles: pl.DataFrame) -> pl.DataFrame:
    """Keep the shingles by which an article is compared with all others, now and later.

    In:  article_id, text. A text without words has no shingle.
    Out: article_id, shingle (UInt64, the same on every machine and with every version); no row twice.
    """
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:  # cutting takes one core: Polars splits by column chunk
        parts = list(threads.map(_keep_shingles, articles.iter_slices(TEXTS_AT_ONCE)))
    return pl.concat(parts) if parts else _keep_shingles(articles)


def _keep_shingles(articles: pl.DataFrame) -> pl.DataFrame:
    """As `shingle_articles`, in one piece."""
    kept = _winnow(_cut(articles["text"])).unique().sort("row", "shingle")
    return kept.select(articles["article_id"].gather(kept["row"]), "shingle")


def count_holders(shingles: pl.DataFrame) -> pl.DataFrame:
    """Say of each shingle of a whole corpus how many articles hold it, and which of them are its hubs.

    The HUBS holders with the smallest ids are its hubs, so that no order of arrival changes them. For a part of a
    corpus `warehouse/ingest/related_shingles.sql` says the same.

    In:  article_id, shingle.
    Out: article_id, shingle, holders, is_hub; rows in another order.
    """
    counted = shingles.with_columns(holders=pl.len().over("shingle"))
    common = counted.filter(pl.col("holders") > FREQUENT).sort("article_id")
    return pl.concat(
        [
            counted.filter(pl.col("holders") <= FREQUENT).with_columns(is_hub=pl.lit(False)),
            common.with_columns(is_hub=pl.int_range(pl.len()).over("shingle") < HUBS),
        ]
    )


def find_candidates(asking: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Find the pairs worth measuring: each asking article against all others.

    Two articles meet in each shingle that both hold, of the frequent ones only where one of them is a hub. What is
    found of a pair depends on the corpus alone, not on who asks or when.

    In:  asking article_id; held article_id, shingle, holders, is_hub (as `count_holders`), all rows of the asking
         articles and of those that they meet.
    Out: article_id, other_id (article_id < other_id); one row per pair.
    """
    rows = held.select(pl.col("article_id").unique().sort()).with_row_index("row")
    rows = rows.join(asking.with_columns(is_asking=True), on="article_id", how="left", maintain_order="left")
    numbered = held.join(rows, on="article_id").select(
        "row", "shingle", "is_hub", is_asking=pl.col("is_asking").is_not_null(), is_shared=pl.col("holders") > 1,
        is_rare=pl.col("holders") <= FREQUENT,
    )  # fmt: skip
    sampled = pl.when(pl.col("shingle").max() < NEVER_SAMPLED).then(1.0).otherwise(1 / KEPT_OF)
    sizes = numbered.group_by("row").agg(size=sampled * pl.len(), rare_size=sampled * pl.col("is_rare").sum())
    shared = numbered.filter("is_shared")
    new = rows.filter(pl.col("is_asking").is_not_null()).select("row")
    chunks = [new.slice(start, NEW_AT_ONCE) for start in range(0, max(1, new.height), NEW_AT_ONCE)]
    pairs = pl.concat(_meet(shared.join(chunk, on="row", how="semi"), shared, sizes) for chunk in chunks)
    pairs = pairs.unique().sort("row", "other")
    ids = rows["article_id"]
    return pairs.select(ids.gather(pairs["row"]), ids.gather(pairs["other"]).alias("other_id"))


def _meet(asking: pl.DataFrame, shared: pl.DataFrame, sizes: pl.DataFrame) -> pl.DataFrame:
    """Keep the pairs that share enough of the kept shingles, and of the rare ones where these are most of both.

    In: shingles of the asking articles, and of all; sizes. Out: row, other (row < other).
    """
    is_open = pl.col("is_rare") | pl.col("is_hub")
    others = shared.select("shingle", "is_rare", "is_hub", other="row", is_asked="is_asking")
    through = asking.select("row", "shingle", "is_hub")
    met = pl.concat(
        [
            through.drop("is_hub").join(others.filter(is_open).drop("is_hub"), on="shingle"),
            through.filter("is_hub").drop("is_hub").join(others.filter(~is_open).drop("is_hub"), on="shingle"),
        ]
    )
    least, rare = pl.min_horizontal("size", "other_size"), pl.min_horizontal("rare_size", "other_rare_size")
    is_mostly_rare = (2 * pl.col("rare_size") > pl.col("size")) & (2 * pl.col("other_rare_size") > pl.col("other_size"))
    return (
        met.filter((pl.col("row") < pl.col("other")) | ~pl.col("is_asked") & (pl.col("row") != pl.col("other")))
        .group_by("row", "other")
        .agg(met=pl.len(), rare_met=pl.col("is_rare").sum())
        .join(sizes, on="row")
        .join(sizes.select(other="row", other_size="size", other_rare_size="rare_size"), on="other")
        .filter(pl.col("met") >= pl.max_horizontal(CANDIDATE_SHARE * least, pl.min_horizontal(least, LEAST_MET)))
        .filter(~is_mostly_rare | (pl.col("rare_met") >= CANDIDATE_SHARE * rare))
        .select(row=pl.min_horizontal("row", "other"), other=pl.max_horizontal("row", "other"))
    )


def measure_pairs(candidates: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Measure candidate pairs with all their shingles and keep those that are copies.

    In:  candidates article_id, other_id; texts article_id, text of all of these.
    Out: article_id, duplicate_of, kind, jaccard, containment; article_id < duplicate_of: `orient_pairs` says which is
         the copy. kind: schemas.duplicates.KINDS.
    """
    parts = [_find_copies(part, texts) for part in candidates.iter_slices(PAIRS_AT_ONCE)]
    found = pl.concat(parts) if parts else _find_copies(candidates, texts)
    return (
        found.with_columns(KIND, duplicate_of="other_id")
        .with_columns(pl.when("is_equal").then(1.0).otherwise(pl.col("jaccard", "containment")).name.keep())
        .select("article_id", "duplicate_of", "kind", "jaccard", "containment")
        .sort("article_id", "duplicate_of")
    )


IS_LIKELY = (pl.col("shared") >= LEAST_SHARED) & (pl.col("containment") >= CONTAINED)
"""What most candidates fail, and equal ones need not meet."""

IS_COPY = (pl.col("containment") >= MOSTLY) | (pl.col("opening") >= OPENED) | (pl.col("spread") >= SPREAD_OUT)
"""What makes a likely pair copies: most of the shorter one is shared, or a part that is no mere borrowing."""

IS_UPDATE = (
    (pl.col("gained") >= CHANGED)
    & (pl.col("gained") >= MOST_CHANGES * (pl.min_horizontal("size", "other_size") - pl.col("shared")))
    & (pl.col("hidden_jaccard") >= NEAR)
)
"""Once the figures are hidden, the sentences are the same; null where this was not asked."""

KIND = (
    pl.when("is_equal")
    .then(pl.lit("exact"))
    .when(IS_UPDATE)
    .then(pl.lit("update"))
    .when(pl.col("length_ratio") >= SAME_LENGTH)
    .then(pl.lit("near"))
    .otherwise(pl.lit("contained"))
    .alias("kind")
)
"""How one article of a pair copies the other."""


def _find_copies(candidates: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Measure some candidates and keep the copies, with all that KIND reads."""
    pairs, used = _number_rows(candidates, texts)
    plain, hidden = _cut_twice(used)
    distinct = [np.unique(shingles) for shingles in plain]
    measured = _compare_letters(_count_shared(pairs, distinct), used)
    likely = _add_places(measured.filter(pl.col("is_equal") | IS_LIKELY), plain, distinct)
    return _add_hidden(likely.filter(pl.col("is_equal") | IS_COPY), hidden)


def _number_rows(pairs: pl.DataFrame, texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Keep the texts that the pairs name, numbered (row, article_id, text), and add row and other to the pairs."""
    needed = pl.concat([pairs["article_id"], pairs["other_id"].alias("article_id")]).unique().sort().to_frame()
    used = needed.join(texts.select("article_id", "text"), on="article_id", maintain_order="left").with_row_index("row")
    left, right = used.select("article_id", "row"), used.select(other_id="article_id", other="row")
    return pairs.join(left, on="article_id").join(right, on="other_id"), used


def _cut_twice(used: pl.DataFrame) -> tuple[list[Shingles], list[Shingles]]:
    """Cut numbered texts into shingles, one array a text: as they are, and with every figure hidden."""

    def cut(part: pl.DataFrame) -> tuple[list[Shingles], list[Shingles]]:
        words = _number_distinct(_list_words(part["text"]), _number_and_hide)
        return tuple(_split(_join_words(words, column), part.height) for column in ("number", "hidden"))  # type: ignore[return-value]

    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        parts = list(threads.map(cut, used.iter_slices(TEXTS_AT_ONCE)))
    return [one for plain, _ in parts for one in plain], [one for _, hidden in parts for one in hidden]


def _split(cut: pl.DataFrame, count: int) -> list[Shingles]:
    """Part the shingles of `count` texts into one array each, in order."""
    ends = np.cumsum(np.bincount(cut["row"].to_numpy(), minlength=count))
    return np.split(cut["shingle"].to_numpy(), ends[:-1])


def _count_shared(pairs: pl.DataFrame, distinct: list[Shingles]) -> pl.DataFrame:
    """Add to each pair: size and other_size (distinct shingles), shared, jaccard, containment, length_ratio."""
    # A loop of 12 µs a pair; a join of the shingles of all pairs takes five times as long.
    shared = [
        _intersect(distinct[row], distinct[other]).size for row, other in pairs.select("row", "other").iter_rows()
    ]
    sizes = pl.Series([shingles.size for shingles in distinct], dtype=pl.Int64)
    size, other = pl.col("size"), pl.col("other_size")
    return pairs.with_columns(
        sizes.gather(pairs["row"]).alias("size"),
        sizes.gather(pairs["other"]).alias("other_size"),
        pl.Series("shared", shared, dtype=pl.Int64),
    ).with_columns(
        jaccard=pl.col("shared") / (size + other - pl.col("shared")),
        containment=pl.col("shared") / pl.min_horizontal(size, other),
        length_ratio=pl.min_horizontal(size, other) / pl.max_horizontal(size, other),
    )


def _intersect(one: Shingles, other: Shingles) -> Shingles:
    """What two sorted arrays without repeats share."""
    both: Shingles = np.sort(np.concatenate([one, other]))
    shared: Shingles = both[:-1][both[1:] == both[:-1]]
    return shared


def _add_places(likely: pl.DataFrame, plain: list[Shingles], distinct: list[Shingles]) -> pl.DataFrame:
    """Add where the shared shingles stand: opening and spread, the larger of both articles, from 0 to 1.

    Asked only where less than MOSTLY is shared; null for the others.
    """
    asked = likely.filter(pl.col("containment") < MOSTLY).select("row", "other")
    places = []
    for row, other in asked.iter_rows():  # a tenth of the candidates; 100 µs each
        shared = _intersect(distinct[row], distinct[other])
        places.append(np.max([_place(plain[row], shared), _place(plain[other], shared)], axis=0))
    found = pl.DataFrame(np.reshape(places, (-1, 2)), schema={"opening": pl.Float64, "spread": pl.Float64})
    return likely.join(pl.concat([asked, found], how="horizontal"), on=["row", "other"], how="left")


def _place(shingles: Shingles, shared: Shingles) -> tuple[float, float]:
    """Say what share of an article's opening, and of its blocks, the shared shingles make up."""
    distinct, first = np.unique(shingles, return_index=True)
    places = first[np.searchsorted(distinct, shared)]
    opening = np.count_nonzero(places < OPENING) / min(shingles.size, OPENING)
    return opening, np.unique(places // BLOCK).size / -(-shingles.size // BLOCK)


def _compare_letters(pairs: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    """Add is_equal: both articles have the same letters and digits, quoted or not, in the same order."""
    same = pairs.filter(pl.col("jaccard") >= NEAR)  # not 1: the marks of one may be broken, and quotations then count
    rows = pl.concat([same["row"], same["other"].alias("row")]).unique().to_frame()
    letters = used.join(rows, on="row", how="semi").select(
        "row", letters=_fold(pl.col("text")).str.replace_all(r"[^\p{L}\p{N}]+", "")
    )
    equal = (
        same.select("row", "other")
        .join(letters, on="row")
        .join(letters.rename({"row": "other", "letters": "other_letters"}), on="other")
        .filter(pl.col("letters") == pl.col("other_letters"))
        .select("row", "other", is_equal=pl.lit(True))
    )
    return pairs.join(equal, on=["row", "other"], how="left").with_columns(pl.col("is_equal").fill_null(False))


def _add_hidden(copies: pl.DataFrame, hidden: list[Shingles]) -> pl.DataFrame:
    """Add hidden_jaccard, the Jaccard once every figure is hidden, and gained, the shingles that are shared only then.

    Asked only of rewritten texts of like length; null for the others.
    """
    asked = copies.filter(~pl.col("is_equal") & (pl.col("length_ratio") >= SAME_LENGTH)).select("row", "other")
    needed = {*asked["row"], *asked["other"]}
    distinct = [np.unique(shingles) if row in needed else shingles for row, shingles in enumerate(hidden)]
    counted = _count_shared(asked, distinct).select("row", "other", hidden_jaccard="jaccard", hidden_shared="shared")
    return copies.join(counted, on=["row", "other"], how="left").with_columns(
        gained=pl.col("hidden_shared") - pl.col("shared")
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


def _cut(texts: pl.Series) -> pl.DataFrame:
    """Cut texts into all their shingles, in order. Out: row (place in texts), shingle; no words, no row."""
    return _join_words(_number_distinct(_list_words(texts), _number_words), "number")


def _list_words(texts: pl.Series) -> pl.DataFrame:
    """List the folded words that stand outside quotation marks. Out: row (place in texts), word; in order."""
    words = (
        pl.DataFrame({"text": texts})
        .with_row_index("row")
        .with_columns(text=_fold(pl.col("text")))
        .with_columns(own=pl.col("text").str.replace_all(QUOTED, " ").str.replace_all(QUOTED, " "))
        .with_columns(
            text=pl.when(pl.col("own").str.len_bytes() < OWN_WORDS * pl.col("text").str.len_bytes())
            .then("text")
            .otherwise("own")
        )
        .select("row", word=pl.col("text").str.extract_all(WORD))
    )
    is_tiny = pl.col("word").list.len().is_between(1, SHINGLE_WORDS - 1)
    padded = pl.col("word").list.concat(pl.lit([""] * (SHINGLE_WORDS - 1)))
    return words.with_columns(word=pl.when(is_tiny).then(padded).otherwise("word")).explode("word", empty_as_null=False)


def _number_distinct(words: pl.DataFrame, number: NumberWords) -> pl.DataFrame:
    """Number each distinct word once. In: row, word. Out: row and what `number` gives, in order."""
    keyed = words.select("row", "word", key=pl.col("word").hash())  # half the time of a join on the words themselves
    distinct = keyed.unique("key")
    numbered = pl.concat([distinct.select("key"), number(distinct["word"])], how="horizontal")
    return keyed.drop("word").join(numbered, on="key", how="left", maintain_order="left").drop("key")


def _fold(text: pl.Expr) -> pl.Expr:
    """Lower case without accents: "L’ÉTÉ" and "l'ete" have the same words."""
    return text.str.to_lowercase().str.replace_many(UNACCENTED)


def _number_words(words: pl.Series) -> pl.DataFrame:
    """Give each word a number made of its first 24 bytes: not Polars' hash, which may change with its version."""
    plain = (pl.col("word").str.replace_all(r"[.\s]", "") + "\0" * 24).cast(pl.Binary)
    parts = words.to_frame("word").select(
        plain.bin.slice(start, 8).bin.reinterpret(dtype=pl.UInt64).alias(str(start)) for start in (0, 8, 16)
    )
    number = _mix(parts["0"])
    for start in ("8", "16"):
        number = _mix(number + parts[start])
    return number.to_frame("number")


def _number_and_hide(words: pl.Series) -> pl.DataFrame:
    """As `_number_words`, and as hidden, where all figures have the same number."""
    number = _number_words(words)["number"]
    return pl.DataFrame({"number": number, "hidden": number.set(words.str.contains(FIGURE), 0)})


def _join_words(words: pl.DataFrame, number: str) -> pl.DataFrame:
    """Turn the words of each row into shingles, in order. In: row, number. Out: row, shingle."""
    terms = [pl.col(number).shift(-step) * pl.lit(SPREAD**step % 2**64, pl.UInt64) for step in range(SHINGLE_WORDS)]
    joined = words.select("row", shingle=sum(terms[1:], terms[0]))
    is_whole = joined["row"] == joined["row"].shift(-(SHINGLE_WORDS - 1))
    return joined.with_columns(_mix(joined["shingle"]).alias("shingle")).filter(is_whole.fill_null(False))


def _mix(number: pl.Series) -> pl.Series:
    """Spread a number over 64 bits (the finaliser of MurmurHash3, public domain). Overflow wraps, as meant."""
    for factor in (SPREAD, 0xC4CEB9FE1A85EC53):
        number = (number ^ (number // 2**33)) * pl.Series([factor], dtype=pl.UInt64)
    return number ^ (number // 2**33)


def _winnow(cut: pl.DataFrame) -> pl.DataFrame:
    """Keep the smallest shingle of every WINDOW consecutive ones, all of a short text. In and out: row, shingle."""
    smallest, width = cut["shingle"], 1
    while width < WINDOW:
        step = min(width, WINDOW - width)
        shifted, width = smallest.shift(-step), width + step
        smallest = smallest.zip_with(smallest <= shifted, shifted)
    is_inside = (cut["row"] == cut["row"].shift(-(WINDOW - 1))).fill_null(False)
    is_short = cut.select(pl.len().over("row") <= SHORT_SHINGLES).to_series()
    kept = cut.with_columns(cut["shingle"].zip_with(is_short, smallest)).filter(is_short | is_inside)
    is_repeat = (kept["shingle"] == kept["shingle"].shift()) & (kept["row"] == kept["row"].shift())
    return kept.filter(~is_repeat.fill_null(False))
