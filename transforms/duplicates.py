"""Copies: which articles repeat another, how, and which of each group stands for all.

    articles -> shingle_articles -> find_candidates -> measure_pairs -> orient_pairs, choose_representatives

A shingle is SHINGLE_WORDS consecutive folded words (Broder 1997). What stands inside quotation marks is left out:
a text that cites another's sentences is no copy of it. Containment, not resemblance, decides, because an excerpt in its
furniture or an article with its comments shares little of the whole. Only some shingles of a text are kept to find
candidates (the smallest of each window: winnowing, Schleimer 2003); the pairs found are measured with all of them.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

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

CANDIDATE_SHARE = 0.12
"""Share of kept shingles, of the article with fewer, that makes a candidate; an estimate, so lower than CONTAINED.

On 35,967 articles of OrangeSum: 10,439 candidates for 3,310 of the 3,317 copies that .05 finds among 399,372."""

LEAST_MET = 2
"""Kept shingles that a candidate shares, unless the shorter text has fewer."""

TEXTS_AT_ONCE = 2_000
"""Texts cut together: 4 MB of text, 100 MB of words and shingles; slower where they no longer fit the cache."""

NEW_AT_ONCE = 20_000
"""New articles whose meetings are counted together: up to a million meetings each thousand, 500 MB in all."""

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

PAIRS_AT_ONCE = 10_000
"""Pairs measured together: the 3 million shingles of their texts, 500 MB."""

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


NumberWords = Callable[[pl.Series], pl.Series]
"""How distinct folded words become numbers (UInt64)."""


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
    kept = _winnow(_cut(articles["text"], _number_words)).unique().sort("row", "shingle")
    return kept.select(articles["article_id"].gather(kept["row"]), "shingle")


def find_candidates(new_shingles: pl.DataFrame, known_shingles: pl.DataFrame) -> pl.DataFrame:
    """Find the pairs worth measuring: each new article against all others, new or known.

    In:  article_id, shingle of the new articles; the same of the known ones (the new may be among them).
    Out: article_id, other_id (article_id < other_id); one row per pair.
    """
    known = known_shingles.join(new_shingles, on="article_id", how="anti")
    everything = pl.concat([known.select("article_id", "shingle"), new_shingles.select("article_id", "shingle")])
    rows = everything.select(pl.col("article_id").unique().sort()).with_row_index("row")
    held = everything.join(rows, on="article_id").select("row", "shingle")
    pairs = _meet(held, rows.join(new_shingles, on="article_id", how="semi").select("row"))
    ids = rows["article_id"]
    return pairs.select(ids.gather(pairs["row"]), ids.gather(pairs["other"]).alias("other_id"))


def _meet(held: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Pair each new article with those that hold enough of its shingles. Out: row, other (row < other), sorted."""
    holders = held.group_by("shingle").agg(holders=pl.len()).filter(pl.col("holders") > 1)
    frequent = holders.filter(pl.col("holders") > FREQUENT).select("shingle")
    common = held.join(frequent, on="shingle", how="semi")
    sizes = held.group_by("row").agg(size=pl.len())
    sizes = sizes.join(common.group_by("row").agg(common=pl.len()), on="row", how="left").select(
        "row", "size", rare_size=pl.col("size") - pl.col("common").fill_null(0)
    )
    asked = held.join(new, on="row", how="semi").join(holders, on="shingle", how="semi")
    answering = held.join(asked, on="shingle", how="semi").join(frequent, on="shingle", how="anti")
    hubs = common.sort("row").group_by("shingle", maintain_order=True).head(HUBS).select("row", "shingle")
    partners = pl.concat(
        [answering.with_columns(is_rare=pl.lit(True)), hubs.with_columns(is_rare=pl.lit(False))]
    ).rename({"row": "other"})
    chunks = [new.slice(start, NEW_AT_ONCE) for start in range(0, max(1, new.height), NEW_AT_ONCE)]
    parts = [_count_met(asked.join(chunk, on="row", how="semi"), partners, sizes) for chunk in chunks]
    return pl.concat(parts).unique().sort("row", "other")


def _count_met(shared: pl.DataFrame, partners: pl.DataFrame, sizes: pl.DataFrame) -> pl.DataFrame:
    """Keep the pairs that share enough of the kept shingles, and of the rare ones where these are most of both."""
    left = sizes.select("row", "size", "rare_size")
    right = sizes.select(other="row", other_size="size", other_rare_size="rare_size")
    least, rare = pl.min_horizontal("size", "other_size"), pl.min_horizontal("rare_size", "other_rare_size")
    is_mostly_rare = (2 * pl.col("rare_size") > pl.col("size")) & (2 * pl.col("other_rare_size") > pl.col("other_size"))
    return (
        shared.join(partners, on="shingle")
        .filter(pl.col("row") != pl.col("other"))
        .group_by("row", "other")
        .agg(met=pl.len(), rare_met=pl.col("is_rare").sum())
        .join(left, on="row")
        .join(right, on="other")
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


def _find_copies(candidates: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Measure some candidates and keep the copies, with all that KIND reads."""
    measured = _measure(candidates, texts, _number_words).pipe(_compare_letters, texts)
    likely = measured.filter(pl.col("is_equal") | IS_LIKELY).pipe(_add_places, texts)
    return likely.filter(pl.col("is_equal") | IS_COPY).pipe(_add_hidden, texts)


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


def _measure(pairs: pl.DataFrame, texts: pl.DataFrame, number: NumberWords) -> pl.DataFrame:
    """Add to each pair: size and other_size (distinct shingles), shared, jaccard, containment, length_ratio."""
    numbered, used = _number_rows(pairs, texts)
    keys = _cut_keys(used, number)
    shared = (
        numbered.select("row", "other")
        .join(keys, on="row")
        .select("row", "other", key=pl.col("key") + _offset("other") - _offset("row"))
        .join(keys, on="key", how="semi")
        .group_by("row", "other")
        .agg(shared=pl.len())
    )
    sizes = keys.group_by("row").agg(size=pl.len())
    size, other = pl.col("size"), pl.col("other_size")
    return (
        numbered.join(sizes, on="row")
        .join(sizes.rename({"row": "other", "size": "other_size"}), on="other")
        .join(shared, on=["row", "other"], how="left")
        .with_columns(pl.col("shared").fill_null(0))
        .with_columns(
            jaccard=pl.col("shared") / (size + other - pl.col("shared")),
            containment=pl.col("shared") / pl.min_horizontal(size, other),
            length_ratio=pl.min_horizontal(size, other) / pl.max_horizontal(size, other),
        )
        .drop("row", "other")
    )


def _cut_keys(used: pl.DataFrame, number: NumberWords) -> pl.DataFrame:
    """Cut the texts (row, text) into distinct shingles, each with its row in one number. Out: row, key."""

    def cut(part: pl.DataFrame) -> pl.DataFrame:
        cut = _cut(part["text"], number).with_columns(pl.col("row") + part["row"].first())
        return cut.select("row", key=pl.col("shingle") + _offset("row")).unique("key")

    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        parts = list(threads.map(cut, used.iter_slices(TEXTS_AT_ONCE)))
    return pl.concat(parts) if parts else cut(used)


def _number_rows(pairs: pl.DataFrame, texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Keep the texts that the pairs name, numbered (row, article_id, text), and add row and other to the pairs."""
    needed = pl.concat([pairs["article_id"], pairs["other_id"].alias("article_id")]).unique().sort().to_frame()
    used = needed.join(texts.select("article_id", "text"), on="article_id", maintain_order="left").with_row_index("row")
    left, right = used.select("article_id", "row"), used.select(other_id="article_id", other="row")
    return pairs.join(left, on="article_id").join(right, on="other_id"), used


def _offset(row: str) -> pl.Expr:
    """A number for each row that, added to its shingles, makes one key of both. Overflow wraps, as meant."""
    return pl.col(row).cast(pl.UInt64) * pl.lit(SPREAD, pl.UInt64)


def _add_places(likely: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Add where the shared shingles stand: opening and spread, the larger of both articles, from 0 to 1.

    Asked only where less than MOSTLY is shared; null for the others.
    """
    asked = likely.filter(pl.col("containment") < MOSTLY).select("article_id", "other_id")
    numbered, used = _number_rows(asked, texts)
    cut = _cut(used["text"], _number_words).with_columns(place=pl.int_range(pl.len(), dtype=pl.UInt32).over("row"))
    firsts = cut.group_by("row", "shingle").agg(pl.col("place").min())
    shared = numbered.join(firsts, on="row").join(
        firsts.rename({"row": "other", "place": "other_place"}), on=["other", "shingle"]
    )
    sizes = cut.group_by("row").agg(size=pl.len())
    sized = shared.join(sizes, on="row").join(sizes.rename({"row": "other", "size": "other_size"}), on="other")
    placed = sized.group_by("article_id", "other_id").agg(
        opening=pl.max_horizontal(_share_opening("place", "size"), _share_opening("other_place", "other_size")),
        spread=pl.max_horizontal(_share_blocks("place", "size"), _share_blocks("other_place", "other_size")),
    )
    return likely.join(placed, on=["article_id", "other_id"], how="left")


def _share_opening(place: str, size: str) -> pl.Expr:
    """Share of an article's first OPENING shingles that are among the shared ones."""
    return (pl.col(place) < OPENING).sum() / pl.min_horizontal(pl.col(size).first(), OPENING)


def _share_blocks(place: str, size: str) -> pl.Expr:
    """Share of an article's blocks that hold a shared shingle."""
    return (pl.col(place) // BLOCK).n_unique() / (pl.col(size).first() / BLOCK).ceil()


def _compare_letters(pairs: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Add is_equal: both articles have the same letters and digits, quoted or not, in the same order."""
    same = pairs.filter(pl.col("jaccard") >= NEAR)  # not 1: the marks of one may be broken, and quotations then count
    ids = pl.concat([same["article_id"], same["other_id"].alias("article_id")]).unique().to_frame()
    letters = ids.join(texts.select("article_id", "text"), on="article_id").select(
        "article_id", letters=_fold(pl.col("text")).str.replace_all(r"[^\p{L}\p{N}]+", "")
    )
    equal = (
        same.join(letters, on="article_id")
        .join(letters.rename({"article_id": "other_id", "letters": "other_letters"}), on="other_id")
        .filter(pl.col("letters") == pl.col("other_letters"))
        .select("article_id", "other_id", is_equal=pl.lit(True))
    )
    return pairs.join(equal, on=["article_id", "other_id"], how="left").with_columns(
        pl.col("is_equal").fill_null(False)
    )


def _add_hidden(copies: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Add hidden_jaccard, the Jaccard once every figure is hidden, and gained, the shingles that are shared only then.

    Asked only of rewritten texts of like length; null for the others.
    """
    asked = copies.filter(~pl.col("is_equal") & (pl.col("length_ratio") >= SAME_LENGTH))
    measured = _measure(asked.select("article_id", "other_id"), texts, _number_but_figures).select(
        "article_id", "other_id", hidden_jaccard="jaccard", hidden_shared="shared"
    )
    joined = copies.join(measured, on=["article_id", "other_id"], how="left")
    return joined.with_columns(gained=pl.col("hidden_shared").cast(pl.Int64) - pl.col("shared"))


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


def _cut(texts: pl.Series, number: NumberWords) -> pl.DataFrame:
    """Cut texts into all their shingles, in order. Out: row (place in texts), shingle; no words, no row."""
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
    exploded = words.with_columns(word=pl.when(is_tiny).then(padded).otherwise("word")).explode(
        "word", empty_as_null=False
    )
    distinct = exploded.select(pl.col("word").unique())
    numbered = distinct.with_columns(number(distinct["word"]).alias("number"))
    return _join_words(exploded.join(numbered, on="word", how="left", maintain_order="left").select("row", "number"))


def _fold(text: pl.Expr) -> pl.Expr:
    """Lower case without accents: "L’ÉTÉ" and "l'ete" have the same words."""
    return text.str.to_lowercase().str.replace_many(UNACCENTED)


def _number_words(words: pl.Series) -> pl.Series:
    """Give each word a number made of its first 24 bytes: not Polars' hash, which may change with its version."""
    plain = (pl.col("word").str.replace_all(r"[.\s]", "") + "\0" * 24).cast(pl.Binary)
    parts = words.to_frame("word").select(
        plain.bin.slice(start, 8).bin.reinterpret(dtype=pl.UInt64).alias(str(start)) for start in (0, 8, 16)
    )
    number = _mix(parts["0"])
    for start in ("8", "16"):
        number = _mix(number + parts[start])
    return number


def _number_but_figures(words: pl.Series) -> pl.Series:
    """As `_number_words`, but all figures have the same number."""
    return _number_words(words.set(words.str.contains(FIGURE), "0"))


def _join_words(words: pl.DataFrame) -> pl.DataFrame:
    """Turn the words of each row into shingles, in order. In: row, number. Out: row, shingle."""
    terms = [pl.col("number").shift(-step) * pl.lit(SPREAD**step % 2**64, pl.UInt64) for step in range(SHINGLE_WORDS)]
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
