"""Documents cut into blocks: lines, repaired, joined to paragraphs, cut again where a line holds two roles."""

from typing import NamedTuple

import polars as pl

from transforms.alignments import add_raw_offsets
from transforms.layout.cues import DATED, add_cues
from transforms.layout.line_kinds import add_line_kinds
from transforms.layout.markup import cut_markup
from transforms.layout.neighbours import from_above, from_below
from transforms.layout.parts import cut_parts
from transforms.layout.repairs import repair_lines
from transforms.layout.repetition import add_furniture, mark_repeated
from transforms.layout.roles import add_roles
from transforms.layout.titles import mark_given_titles, mark_title_lines

WRAP_WIDTH = 120
"""No mail or text program wraps wider; a document with longer lines was not wrapped."""

CONTINUES = (
    r"(?i)(?:^|[\s’(«])(?:le|la|les|l’|un|une|des|du|de|d’|à|au|aux"
    r"|en|et|ou|où|que|qu’|qui|dont|par|pour|avec|sans|sous|sur|"
    r"dans|chez|vers|entre|contre|depuis|ce|cet|cette|ces|son|sa"
    r"|ses|leur|leurs|se|s’|ne|n’|y|il|elle|on|ni|si|plus|très|"
    r"the|a|an|of|to|in|and|or|with|for|by|at|from|that)$"
)
"""A line that ends in one of these function words cannot be the end of a paragraph."""

TERMINATED = r"[.!?…:;»”\"]\s*[)\]]?$"
BROKEN_WIDTH = 20
"""A shorter line that ends in a function word or is followed by a small letter may be a label."""

STANDS_ALONE = (
    r"^(?:https?:|www\.|[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*\.[a-z]{2,8}(?:\s|/|$)|[a-z]{2,5}(?:[/-][a-z]{2,5})+$|"
    r"l’essentiel\s+\p{Lu})"
)
"""In small letters, but going on with nothing: the address of a site, initials of a wire story, a label."""

CAPITALS_GO_ON = (
    r"^(?:DANS|ET|OU|OÙ|AU|AUX|À|DE|DU|DES|(?:D|QU|JUSQU|LORSQU)’\p{Lu}+|EN|POUR|PAR|SUR|SOUS|AVEC|SANS|CONTRE|ENTRE|"
    r"VERS|CHEZ|APRÈS|AVANT|DEPUIS|QUI|QUE|MAIS|MALGRÉ|SELON|FACE)\s[^\p{Ll}]+$"
)
CAPITALS_BEGIN = (
    r"^(?:APRÈS|AVANT|AVEC|SANS|POUR|À|AU|AUX|EN|DANS|SUR|SOUS|CONTRE|MALGRÉ|FACE|QUAND|SI|DEPUIS|ENTRE|CHEZ|PAR) "
    r"(?:\S+ ){2,}\S+$"
)
"""A line in capitals that opens so is no label: the sentence goes on below it."""

HEADLINE_WIDTH = 30
"""A line in capitals that wide is no label; the next one in capitals goes on with it."""

TITLE_LINES = 6
"""Among the first lines, one in lower case goes on with a title, also after a colon."""

KEPT_PREFIX = (
    r"(?i)(?:^|[^\p{L}])(?:porte|vice|ex|non|mi|demi|semi|contre|avant|après|sous|sus|quasi|grand|haut|bas|tout|peut|"
    r"rendez|c’est|au|là|celui|celle|ceux|celles|lui|elle|eux|nous"
    r"|vous|soi|dix|vingt|trente|quarante|cinquante|soixante|"
    r"quatre|saint|sainte|anti|inter|franco|anglo|russo|sino|belgo"
    r"|israélo|gréco|italo|libre|chef|pro|outre|est|était)-$"
)
KEPT_SUFFIX = (
    r"^(?:je|tu|il|elle|on|nous|vous|ils|elles|t|ce|y|en|la|le|les|lui|leur|moi|toi|là|ci|même|mêmes|être|parole|"
    r"d’|de|du|et|à|un|deux|trois|quatre|cinq|six|sept|huit|neuf)(?:[^\p{L}]|$)"
)
"""Hyphens that French spells, so that a line may break after one without anything being cut."""


class CutBlocks(NamedTuple):
    """Blocks, and the runs that map their paragraphs' clean text to documents.text."""

    blocks: pl.DataFrame
    runs: pl.DataFrame


def cut_blocks(documents: pl.DataFrame) -> CutBlocks:
    """Cut documents into blocks with their roles.

    In:  doc (Int64, place of the document in its batch), text and, where they are known, repeated_lines, line_kinds and
         given (a title in it is the title).
    Out: blocks, one row each, in order: doc, paragraph, part_start, part_end (in the paragraph's clean text), start,
         end (in documents.text), clean, role, role_rule, line_repairs, dates, hint; runs: paragraph, start, end,
         raw_start, raw_end. Every non-blank character of documents.text is in exactly one block.
    """
    repaired = repair_lines(cut_lines(documents).pipe(mark_title_lines, documents))
    placed = repaired.lines.with_row_index("line_id").pipe(add_cues).pipe(_mark_continuations).pipe(_place_lines)
    runs = list_paragraph_runs(placed, repaired.runs)
    parts = placed.pipe(_join_texts).pipe(cut_parts).pipe(_find_raw_edges, runs).pipe(mark_given_titles)
    return CutBlocks(parts.pipe(add_furniture).pipe(add_roles), runs)


def cut_lines(documents: pl.DataFrame) -> pl.DataFrame:
    """Cut texts at their line breaks, and at block tags where there are any.

    Out: doc, line (from 0), start, raw (white space at its ends left out), blank_before, is_repeated_line, hint; blank
         lines left out.
    """
    lines = documents.select("doc", raw=pl.col("text").str.split("\n")).explode("raw")
    width = pl.col("raw").str.len_chars().cast(pl.Int64)
    indent = width - pl.col("raw").str.strip_chars_start().str.len_chars().cast(pl.Int64)
    return (
        lines.with_columns(
            line=pl.int_range(pl.len()).over("doc"), start=(width + 1).cum_sum().over("doc") - width - 1 + indent
        )
        .with_columns(raw=pl.col("raw").str.strip_chars())
        .filter(pl.col("raw") != "")
        .with_columns(blank_before=(pl.col("line").diff().over("doc") != 1).fill_null(True))
        .pipe(mark_repeated, documents)
        .pipe(cut_markup)
        .pipe(add_line_kinds, documents)
    )


def _mark_continuations(lines: pl.DataFrame) -> pl.DataFrame:
    """Add joins: whether a line continues the one before it; and paragraph, numbered over the batch."""
    lines = lines.with_columns(
        width=pl.col("clean").str.len_chars().cast(pl.Int64),
        is_ended=pl.col("clean").str.contains(TERMINATED),
        is_lower=pl.col("clean").str.contains(r"^[«“\"(—–-]?\s?(?:\p{Ll}|[,;:.!?»”)])")
        & ~pl.col("clean").str.contains(STANDS_ALONE),
        is_marked=pl.col("cue").is_not_null() | pl.col("hint").is_not_null() | pl.col("is_bulleted"),
        is_open=pl.col("clean").str.contains(CONTINUES) | pl.col("clean").str.contains(r",$|\p{L}{2}-$"),
        is_unnamed=(pl.col("cue").is_null() | (pl.col("cue") == "name")) & ~pl.col("is_bulleted"),
        is_capitals=~pl.col("clean").str.contains(r"\p{Ll}")
        & pl.col("clean").str.contains(r"\p{Lu}{2,}.*\s.*\p{Lu}{3,}"),
        first_word=pl.col("clean").str.extract(r"^(\S+)").str.len_chars().cast(pl.Int64).fill_null(0),
    )
    lines = lines.with_columns(
        pl.col("width", "is_ended", "is_open", "is_marked", "is_capitals", "is_unnamed", "hint")
        .pipe(from_above)
        .name.prefix("before_"),
        doc_width=pl.col("width").max().over("doc"),
    )
    inner = ~pl.col("blank_before") & ~pl.col("before_is_ended") & (pl.col("before_width") >= 40)
    wrapped_doc = (inner.sum().over("doc") >= 2) & (pl.col("doc_width") <= WRAP_WIDTH)
    full = pl.col("before_width") + 1 + pl.col("first_word") > pl.col("doc_width")
    long = (pl.col("before_width") >= 0.6 * pl.col("doc_width")) & ~pl.col("before_is_ended")
    wrapped = wrapped_doc & ~pl.col("blank_before") & (full | long)
    unfinished = ~pl.col("before_is_ended") & (pl.col("is_lower") | pl.col("before_is_open"))
    tight = ~pl.col("blank_before") & unfinished & (pl.col("before_width") >= 20)
    broken = unfinished & (pl.col("before_width") >= BROKEN_WIDTH)
    title = (
        ~pl.col("blank_before") & (pl.col("line") <= TITLE_LINES) & pl.col("is_lower") & (pl.col("before_width") <= 80)
    )
    # A headline in capitals over two lines: the second begins with a preposition or a conjunction.
    unfinished_line = pl.col("clean").pipe(from_above).str.ends_with(",") & pl.col("is_capitals")
    wide = (pl.col("before_width") >= HEADLINE_WIDTH) & pl.col("is_capitals") & pl.col("cue").is_null()
    opened = pl.col("clean").pipe(from_above).str.contains(CAPITALS_BEGIN).fill_null(False) & pl.col("is_capitals")
    printed = pl.col("clean").str.contains(CAPITALS_GO_ON) | unfinished_line | wide | opened
    printed = printed & ~pl.col("blank_before") & (pl.col("line") <= TITLE_LINES)
    printed = printed & pl.col("before_is_capitals") & ~pl.col("before_is_ended") & pl.col("is_unnamed")
    printed = printed & pl.col("before_is_unnamed")
    bare = ~pl.col("is_marked") & (
        ~pl.col("before_is_marked") | (pl.col("is_bulleted").shift(1) & ~pl.col("blank_before"))
    )
    joins = (bare & pl.col("hint").is_null() & (wrapped | tight | broken | title)).fill_null(False)
    joins = joins | (printed & pl.col("hint").is_null()).fill_null(False)
    # The lines of a given title are one paragraph, and nothing else is in it.
    rank, above = pl.col("title_row"), pl.col("title_row").pipe(from_above)
    joins = (
        pl.when((rank > 0) & above.is_not_null())
        .then(True)
        .when(above.is_not_null() | (rank == 0))
        .then(False)
        .otherwise(joins)
    )
    return lines.with_columns(joins=joins).with_columns(paragraph=(~pl.col("joins")).cum_sum().cast(pl.Int64))


def _place_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Say what each line adds to its paragraph, hyphenation undone: piece, and shift, its place there."""
    following = pl.col("clean").pipe(from_below, within="paragraph")
    hyphened = pl.col("clean").str.contains(r"\p{L}-$") & following.str.contains(r"^\p{L}")
    cut = (
        hyphened
        & following.str.contains(r"^\p{Ll}")
        & ~pl.col("clean").str.contains(KEPT_PREFIX)
        & ~following.str.contains(KEPT_SUFFIX)
    )
    several = lines.filter(pl.col("joins") | pl.col("joins").shift(-1, fill_value=False))
    piece = (
        pl.when(cut)
        .then(pl.col("clean").str.head(-1))
        .when(following.is_null() | hyphened)
        .then("clean")
        .otherwise(pl.col("clean") + " ")
    )
    several = (
        several.with_columns(piece=piece, is_cut=cut.fill_null(False))
        .with_columns(size=pl.col("piece").str.len_chars().cast(pl.Int64))
        .with_columns(shift=pl.col("size").cum_sum().over("paragraph") - pl.col("size"))
    )
    single = lines.join(several, on="line_id", how="anti").with_columns(
        piece=pl.col("clean"), is_cut=pl.lit(False), size=pl.col("width"), shift=pl.lit(0, pl.Int64)
    )
    return pl.concat([single, several.select(single.columns)]).sort("line_id")


def list_paragraph_runs(lines: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Runs of every paragraph: which of its clean characters came from which of documents.text.

    In:  the lines, and the runs of those that were repaired, as repair_lines gives them.
    """
    plain = lines.filter(pl.col("repaired").is_null()).select(
        "paragraph",
        start=pl.col("shift"),
        end=pl.col("shift") + pl.min_horizontal("width", "size"),
        raw_start=pl.col("start"),
        raw_end=pl.col("start") + pl.min_horizontal("width", "size"),
    )
    repaired = (
        lines.drop_nulls("repaired")
        .select("paragraph", "shift", "size", "repaired", raw="start")
        .join(runs, on="repaired")
        .filter(pl.col("start") < pl.col("size") + (pl.col("end") == pl.col("start")).cast(pl.Int64))
        .with_columns(over=(pl.col("end") - pl.col("size")).clip(0))
        .select(
            "paragraph",
            start=pl.col("start") + pl.col("shift"),
            end=pl.col("end") - pl.col("over") + pl.col("shift"),
            raw_start=pl.col("raw_start") + pl.col("raw"),
            raw_end=pl.col("raw_end") - pl.col("over") + pl.col("raw"),
        )
    )
    return pl.concat([plain, repaired]).filter(pl.col("start") <= pl.col("end")).sort("paragraph", "start", "end")


def _join_texts(lines: pl.DataFrame) -> pl.DataFrame:
    """One row per paragraph: its clean text, its edges in documents.text, and its cues; joined lines have none."""
    lines = lines.with_columns(
        end=pl.col("start") + pl.col("raw").str.len_chars().cast(pl.Int64), is_wrapped=pl.lit(False)
    )
    several = lines.filter(pl.col("joins") | pl.col("joins").shift(-1, fill_value=False))
    if several.is_empty():
        return lines
    joined = (
        several.with_columns(pl.col("line_repairs").fill_null(pl.lit([], pl.List(pl.String))))
        .group_by("paragraph", maintain_order=True)
        .agg(
            pl.first("doc", "line", "line_id", "start", "raw", "blank_before", "hint", "is_bulleted", "title_row"),
            pl.last("end"),
            pl.col("piece").str.join("").alias("clean"),
            pl.col("line_repairs").list.explode().alias("line_repairs"),
            pl.col("is_cut").any(),
            pl.col("is_repeated_line").all(),
        )
        .with_columns(
            line_repairs=pl.concat_list(
                "line_repairs",
                pl.lit(["hard wraps"], pl.List(pl.String)),
                pl.when("is_cut").then(pl.lit(["hyphenation"])).otherwise(pl.lit([], pl.List(pl.String))),
            ).list.unique(maintain_order=True),
            is_wrapped=pl.lit(True),
            cue=pl.lit(None, pl.String),
            dated=pl.lit(None, DATED),
        )
    )
    single = lines.join(several.select("line_id"), on="line_id", how="anti")
    common = [c for c in joined.columns if c in single.columns]
    return pl.concat([single.select(common), joined.select(common)]).sort("paragraph")


def _find_raw_edges(parts: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """Turn the edges of parts of a paragraph into edges in documents.text.

    A part begins where its first character was printed and ends where the next part begins, so that nothing is lost.
    """
    inner = parts.filter(pl.col("part_start") > 0)
    if inner.is_empty():
        return parts
    spans = inner.select("part_id", article_id="paragraph", start="part_start", end=pl.col("part_start") + 1)
    edges = add_raw_offsets(spans, runs.rename({"paragraph": "article_id"})).select("part_id", edge="raw_start")
    parts = parts.join(edges, on="part_id", how="left", maintain_order="left")
    following = pl.col("edge").pipe(from_below, within="paragraph")
    return parts.with_columns(
        start=pl.coalesce("edge", "start"), end=pl.coalesce(following - pl.col("part_gap"), "end")
    ).drop("edge")
