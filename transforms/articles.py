"""Articles: what a careful reader would keep of each document, with what the rest says about it."""

from functools import cache
from typing import NamedTuple

import polars as pl

from schemas import lexicon
from schemas.blocks import KEPT_ROLES
from transforms.blocks import CutBlocks, cut_blocks
from transforms.given import read_given
from transforms.layout.bylines import find_agencies, read_byline
from transforms.layout.cues import DATE
from transforms.layout.dates import read_dated_line
from transforms.layout.languages import DetectLanguages, add_languages, is_surely_french
from transforms.layout.neighbours import from_above, from_below
from transforms.layout.repetition import fill_repeated_lines
from transforms.layout.roles import HEADER_PROSE
from transforms.layout.titles import recase_titles
from transforms.publications import add_publication, find_mastheads

LANGUAGE_SAMPLE = 250
"""Characters of text shown to the language detector: .998 right at 120 already."""


class Layout(NamedTuple):
    """What lay_out gives: documents with their repairs, and the rows of four tables made from them."""

    documents: pl.DataFrame
    blocks: pl.DataFrame
    articles: pl.DataFrame
    alignments: pl.DataFrame
    paragraphs: pl.DataFrame


def lay_out(documents: pl.DataFrame, detect_languages: DetectLanguages) -> Layout:
    """Take documents apart into blocks with roles, and put the articles together from those that are kept.

    In:  documents with document_id, source_path, text, given (JSON object or null), perhaps repeated_lines, and any
         others; detect_languages gives an ISO 639-1 code (or null) per text.
    Out: Layout: documents (same rows; repairs and repeated_lines filled), blocks, articles, alignments as in schemas/,
         and paragraphs: article_id, paragraph_index, role, language, start, end (in articles.text), text, one row per
         paragraph of articles.text.
    """
    numbered = documents.pipe(fill_repeated_lines).with_columns(doc=pl.int_range(pl.len(), dtype=pl.Int64))
    cut = cut_blocks(numbered)
    blocks = cut.blocks.pipe(detect_articles, detect_languages).pipe(add_languages, detect_languages)
    cut = cut._replace(blocks=settle_articles(blocks))
    kept = place_paragraphs(cut.blocks)
    articles = build_articles(numbered, cut.blocks, kept)
    ids = numbered.select("doc", "document_id")
    return Layout(
        add_repairs(numbered, cut.blocks).drop("doc"),
        list_blocks(cut.blocks, ids),
        articles,
        list_alignments(cut, kept, ids),
        list_paragraphs(kept, ids),
    )


def list_blocks(blocks: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Blocks as in schemas/blocks.py."""
    return (
        blocks.with_columns(block_index=pl.int_range(pl.len(), dtype=pl.Int64).over("doc"))
        .join(ids, on="doc", how="left", maintain_order="left")
        .select("document_id", "block_index", "role", "role_rule", "language", "start", "end", text="clean")
    )


def detect_articles(blocks: pl.DataFrame, detect_languages: DetectLanguages) -> pl.DataFrame:
    """Add article_language to blocks: what the first LANGUAGE_SAMPLE characters below the title are in."""
    below = pl.col("role").is_in(KEPT_ROLES) & (pl.col("role") != "title") & (pl.col("clean") != "")
    samples = (
        blocks.filter(below)
        .group_by("doc", maintain_order=True)
        .agg(sample=pl.col("clean").str.join(" ").str.slice(0, LANGUAGE_SAMPLE))
        .with_columns(is_french=is_surely_french(pl.col("sample")))
    )
    doubtful = samples.filter(~pl.col("is_french"))
    found = pl.concat(
        [
            samples.filter("is_french").select("doc", article_language=pl.lit("fr")),
            doubtful.select(
                "doc", article_language=pl.Series(detect_languages(doubtful["sample"].to_list()), dtype=pl.String)
            ),
        ]
    )
    return blocks.join(found, on="doc", how="left", maintain_order="left")


def settle_articles(blocks: pl.DataFrame) -> pl.DataFrame:
    """Make article_language that of most of the text where one language has more than half of its characters: an
    article may open with a foreign quotation."""
    text = blocks.filter(pl.col("role").is_in(KEPT_ROLES) & (pl.col("role") != "title"))
    sizes = text.group_by("doc", "language").agg(size=pl.col("clean").str.len_chars().sum())
    most = sizes.filter((pl.col("size") * 2 > pl.col("size").sum().over("doc")) & pl.col("language").is_not_null())
    return (
        blocks.join(most.select("doc", most="language"), on="doc", how="left", maintain_order="left")
        .with_columns(article_language=pl.coalesce("most", "article_language"))
        .drop("most")
    )


def place_paragraphs(blocks: pl.DataFrame) -> pl.DataFrame:
    """Blocks that are kept, title first, with their place in articles.text.

    Out: the blocks with text_start, text_end and paragraph_index. A paragraph that furniture cut in two is one again:
         the second block goes on in a small letter where the first has no end.
    """
    kept = blocks.filter(pl.col("role").is_in(KEPT_ROLES) & (pl.col("clean") != ""))
    body = kept.filter(pl.col("role").is_in(["lead", "body"]).any().over("doc")).pipe(recase_titles)
    text = pl.col("role").is_in(["lead", "body"]) & ~pl.col("is_bulleted")
    body = body.with_columns(is_below=pl.col("role") != "title", is_text=text).sort("doc", "is_below", "part_id")
    goes_on = (
        pl.col("is_text")
        & pl.col("is_text").pipe(from_above)
        & pl.col("clean").str.contains(r"^\p{Ll}")
        & ~pl.col("clean").pipe(from_above).str.contains(CLOSED)
        & ~pl.col("in_comments")
    ).fill_null(False)
    body = body.with_columns(goes_on=goes_on, size=pl.col("clean").str.len_chars().cast(pl.Int64))
    goes_on, size = pl.col("goes_on"), pl.col("size")
    gap = pl.when(goes_on.pipe(from_below).fill_null(False)).then(1).otherwise(2)
    return body.with_columns(
        text_start=(size + gap).cum_sum().over("doc") - size - gap,
        paragraph_index=(~goes_on).cum_sum().over("doc").cast(pl.Int64) - 1,
        text_end=(size + gap).cum_sum().over("doc") - gap,
    )


CLOSED = r"[.!?…:;»”\")\]]$"


def list_paragraphs(kept: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Paragraphs of articles.text, one row each."""
    return (
        kept.group_by("doc", "paragraph_index", maintain_order=True)
        .agg(
            pl.first("role"),
            pl.col("language").drop_nulls().first(),
            start=pl.col("text_start").first(),
            end=pl.col("text_end").last(),
            text=pl.col("clean").str.join(" "),
        )
        .join(ids, on="doc", how="left", maintain_order="left")
        .select(
            pl.col("document_id").alias("article_id"), "paragraph_index", "role", "language", "start", "end", "text"
        )
    )


def list_alignments(cut: CutBlocks, kept: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Alignments as in schemas/articles.py: the runs of each kept part, moved to where it stands in articles.text."""
    parts = kept.select("doc", "paragraph", "part_start", "part_end", "text_start", "is_part")
    runs = parts.join(cut.runs, on="paragraph", how="inner").filter(
        (pl.col("start") <= pl.col("part_end")) & (pl.col("end") >= pl.col("part_start"))
    )
    before = (pl.col("part_start") - pl.col("start")).clip(0)
    after = (pl.col("end") - pl.col("part_end")).clip(0)
    shift = pl.col("text_start") - pl.col("part_start")
    return (
        runs.with_columns(
            start=pl.col("start") + before + shift,
            end=pl.col("end") - after + shift,
            raw_start=pl.col("raw_start") + before,
            raw_end=pl.col("raw_end") - after,
        )
        .filter(pl.col("start") <= pl.col("end"))
        .join(ids, on="doc", how="left")
        .select(pl.col("document_id").alias("article_id"), "start", "end", "raw_start", "raw_end")
        .sort("article_id", "start", "end")
        .unique(["article_id", "start"], keep="last", maintain_order=True)
    )


def add_repairs(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """Add the names of the repairs to those that reading the file already gave."""
    found = (
        blocks.filter(pl.col("line_repairs").list.len() > 0)
        .select("doc", "line_repairs")
        .explode("line_repairs")
        .group_by("doc")
        .agg(pl.col("line_repairs").unique().sort().alias("_found"))
    )
    empty = pl.lit([], pl.List(pl.String))
    given = pl.col("repairs").fill_null(empty) if "repairs" in documents.columns else empty
    return (
        documents.join(found, on="doc", how="left", maintain_order="left")
        .with_columns(repairs=pl.concat_list(given, pl.col("_found").fill_null(empty)).list.unique(maintain_order=True))
        .drop("_found")
    )


def build_articles(documents: pl.DataFrame, blocks: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Articles as in schemas/articles.py, one row per document with kept text.

    What is given beside the text is used where the text has none.
    """
    joined = kept.group_by("doc", "paragraph_index", maintain_order=True).agg(
        pl.first("role", "title_printed", "article_language"), pl.col("clean").str.join(" ")
    )
    texts = joined.group_by("doc", maintain_order=True).agg(
        text=pl.col("clean").str.join("\n\n"),
        title=pl.col("clean").filter(pl.col("role") == "title").first(),
        title_printed=pl.col("title_printed").drop_nulls().first(),
        language=pl.col("article_language").first(),
    )
    facts = (
        texts.join(documents.select("doc", "document_id", "source_path", "given"), on="doc", how="left")
        .join(read_given(documents), on="doc", how="left")
        .join(find_dates(documents, blocks), on="doc", how="left")
        .join(find_authors(blocks), on="doc", how="left")
        .join(find_addresses(blocks), on="doc", how="left")
        .join(find_mastheads(blocks), on="doc", how="left")
        .with_columns(url=pl.coalesce("given_url", "printed_url"))
        .with_columns(site=_host(), **_signatures())
        .pipe(add_publication)
        .sort("doc")
    )
    empty = pl.lit([], pl.List(pl.String))
    return facts.select(
        article_id="document_id",
        document_id="document_id",
        source_path="source_path",
        title=pl.coalesce("title", "given_title"),
        title_printed="title_printed",
        authors=pl.col("authors").fill_null(empty),
        agencies=pl.col("agencies").fill_null(empty),
        published_at=pl.col("published_at"),
        published_precision=pl.col("published_precision"),
        published_evidence=pl.col("published_evidence"),
        updated_at=pl.col("updated_at"),
        url="url",
        site="site",
        publication="publication",
        publication_evidence="publication_evidence",
        section=pl.when("is_declared")
        .then(pl.coalesce("given_section", "section"))
        .otherwise(pl.coalesce("section", "given_section")),
        page=pl.coalesce("given_page", "printed_page"),
        language="language",
        is_machine_translated=pl.col("is_machine_translated").fill_null(False),
        text="text",
        words=pl.col("text").str.count_matches(WORD).cast(pl.Int64),
        duplicate_of=pl.lit(None, pl.String),
    )


WORD = r"[\p{L}\p{N}]+(?:[’-][\p{L}\p{N}]+)*"
"""What is counted in `words`: letters and digits, with the apostrophes and hyphens between them."""


def _host() -> pl.Expr:
    """The host of the address, without www.; else the one that the text prints."""
    host = pl.col("url").str.extract(r"^(?:https?://)?(?:www\.)?([^/:?#]+)").str.to_lowercase()
    return pl.coalesce(host, "printed_site")


def _signatures() -> dict[str, pl.Expr]:
    """Authors and agencies, from those printed and those given.

    What the head of a page or the header of an archive declares stands before the print, whose lines may be those of an
    embedded post; a column beside a text after it. A collective signs where nobody else does.
    """
    printed, given = (pl.when(pl.col(c).list.len() > 0).then(c) for c in ("authors", "given_authors"))
    signature = pl.when(pl.col("signature").is_not_null()).then(pl.concat_list("signature"))
    declared = pl.col("declared_by").is_not_null()
    agencies = pl.when(pl.col("agencies").list.len() > 0).then("agencies")
    return {
        "authors": pl.when(declared)
        .then(pl.coalesce(given, printed, signature))
        .otherwise(pl.coalesce(printed, given)),
        "agencies": pl.coalesce(agencies, "given_agencies"),
        "is_declared": declared,
    }


def find_dates(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """First publication and last update of each document, with the characters that say so.

    Best are dates that the header says to be of publication, then dates without a word there, others said to be of
    publication, that of a dateline, other date lines, a month, and what is given beside the text; but what a page
    or an archive declares stands before all of them. Of several such days the earliest, and of that day the finest. A
    date without a year takes it from another date of the same header, never from the calendar.
    Out: doc, published_at, published_precision, published_evidence, updated_at.
    """
    printed = (
        blocks.filter(
            pl.col("dated").is_not_null()
            & (pl.col("role").is_in(["date", "byline"]) | pl.col("role_rule").is_in(["print_header", "running_head"]))
        )
        .unique(["doc", "paragraph"], maintain_order=True)
        .filter(~pl.col("in_comments"))
        .with_columns(zone=pl.when(pl.col("prose_before") <= HEADER_PROSE).then(pl.lit("header")).otherwise("zone"))
        .select("doc", "zone", "place", dates=pl.col("dated").struct.field("dates"))
    )
    datelines = blocks.filter(pl.col("role") == "dateline").select(
        "doc", "place", zone=pl.lit("dateline"), text="clean"
    )
    read = _read_texts(pl.concat([datelines, list_given_dates(documents)]))
    return pl.concat([printed, read]).explode("dates").unnest("dates").pipe(_choose_dates)


def list_given_dates(documents: pl.DataFrame) -> pl.DataFrame:
    """The dates given beside a text: doc, place, zone (declared, by the head of a page or the header of an archive; or
    given), text; an update says that it is one."""
    given = read_given(documents).with_columns(
        place=pl.lit(0, pl.Int64),
        zone=pl.when(pl.col("declared_by").is_not_null()).then(pl.lit("declared")).otherwise(pl.lit("given")),
    )
    updates = pl.format("mis à jour le {}", "given_updated")
    texts = [given.select("doc", "place", "zone", text=text) for text in ("given_date", updates)]
    return pl.concat(texts).filter(pl.col("text").is_not_null())


def _read_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """The dates of short texts (datelines, given values), each distinct one read once.

    In:  doc, place, zone, text.
    Out: doc, zone, place, dates.
    """
    distinct = texts.select(pl.col("text").unique())
    read = []
    for text in distinct["text"]:
        dates = read_dated_line(text).dates
        names = ("cue", "year", "month", "day", "hour", "minute")
        read.append([{**{n: getattr(d, n) for n in names}, "evidence": text[d.start : d.end]} for d in dates])
    dated = distinct.with_columns(pl.Series("dates", read, pl.List(DATE)))
    return texts.join(dated, on="text", how="left").select("doc", "zone", "place", "dates")


def _choose_dates(dates: pl.DataFrame) -> pl.DataFrame:
    """Choose among the dates of each document."""
    dates = _date_today(dates)
    year = pl.coalesce("year", pl.col("year").drop_nulls().first().over("doc"))
    moment = pl.datetime(
        year, pl.col("month").fill_null(1), pl.col("day").fill_null(1), pl.col("hour").fill_null(0) % 24,
        pl.col("minute").fill_null(0), time_unit="us", ambiguous="null",
    )  # fmt: skip
    possible = pl.col("day").is_null() | (
        pl.col("day") <= pl.date(year, pl.col("month").fill_null(1), 1).dt.month_end().dt.day()
    )
    dates = dates.filter(year.is_not_null() & possible & pl.col("month").is_not_null()).with_columns(
        at=moment,
        precision=pl.when(pl.col("hour").is_not_null())
        .then(pl.lit("minute"))
        .when(pl.col("day").is_not_null())
        .then(pl.lit("day"))
        .otherwise(pl.lit("month")),
    )
    published = (pl.col("cue") == "published").fill_null(False)
    rank = (
        pl.when(pl.col("zone") == "declared").then(-1)
        .when(pl.col("zone") == "given").then(6)
        .when(pl.col("precision") == "month").then(5)
        .when(pl.col("zone") == "dateline").then(3)
        .when(published & (pl.col("zone") == "header")).then(0)
        .when(pl.col("zone") == "header").then(1)
        .when(published).then(2)
        .otherwise(4)
    )  # fmt: skip
    first = (
        dates.filter(~pl.col("cue").is_in(["updated", "reposted", "embargo"]).fill_null(False))
        .with_columns(rank=rank, is_coarse=pl.col("precision") != "minute")
        .sort("doc", "rank", pl.col("at").dt.date(), "is_coarse", "place")
        .group_by("doc", maintain_order=True)
        .agg(pl.first("at", "precision", "evidence"))
        .rename({"at": "published_at", "precision": "published_precision", "evidence": "published_evidence"})
    )
    last = dates.filter(pl.col("cue") == "updated").group_by("doc").agg(updated_at=pl.col("at").max())
    return first.join(last, on="doc", how="full", coalesce=True)


def _date_today(dates: pl.DataFrame) -> pl.DataFrame:
    """Give an hour of the day of reading (publié aujourd’hui à 16h10) the day of an update that the page tells too: who
    read the page on that day had not yet seen a later one. An hour after that of the update is of another day."""
    bare = pl.col("month").is_null() & pl.col("year").is_null() & pl.col("hour").is_not_null()
    if dates.filter(bare).is_empty():
        return dates
    updated = dates.filter((pl.col("cue") == "updated") & pl.col("year").is_not_null() & pl.col("hour").is_not_null())
    last = updated.group_by("doc").agg(
        pl.struct("year", "month", "day", "hour", "minute")
        .sort_by("year", "month", "day", "hour")
        .last()
        .alias("_last")
    )
    last_hour = pl.col("_last").struct.field("hour") * 60 + pl.col("_last").struct.field("minute")
    same = bare & (pl.col("hour") * 60 + pl.col("minute") <= last_hour)
    return (
        dates.join(last, on="doc", how="left", maintain_order="left")
        .with_columns(
            pl.when(same).then(pl.col("_last").struct.field(name)).otherwise(name).alias(name)
            for name in ("year", "month", "day")
        )
        .drop("_last")
    )


def find_authors(blocks: pl.DataFrame) -> pl.DataFrame:
    """Persons who signed and agencies credited, from bylines, credits of agencies and datelines.

    A person who posted (`écrit par`, `publié par`) is an author only where nobody else signed.
    Out: doc, authors, agencies.
    """
    lines = blocks.filter(
        pl.col("role").is_in(["byline", "agency_credit", "dateline"])
        | ((pl.col("role") == "credit") & (pl.col("role").pipe(from_above) != "caption") & (pl.col("zone") == "tail"))
    ).select("doc", "role", "clean")
    distinct = lines.select("role", "clean").unique()
    rows = []
    # Each distinct byline once: a few thousand in 36k articles.
    for role, text in distinct.iter_rows():
        byline = read_byline(text)
        signs = role == "byline"
        rows.append(
            {
                "signed": byline.authors if signs and not byline.is_poster else [],
                "posted": byline.authors if signs and byline.is_poster else [],
                "agencies": list(dict.fromkeys([*byline.agencies, *find_agencies(text)])),
            }
        )
    names = {"signed": pl.List(pl.String), "posted": pl.List(pl.String), "agencies": pl.List(pl.String)}
    read = pl.concat([distinct, pl.DataFrame(rows, schema=names)], how="horizontal")
    joined = lines.join(read, on=["role", "clean"], how="left", maintain_order="left")
    found = (
        joined.group_by("doc", maintain_order=True)
        .agg(*(pl.col(n).list.explode().drop_nulls().unique(maintain_order=True) for n in names))
        .with_columns(
            signed=pl.when(pl.col("signed").list.len() > 0).then("signed").otherwise("posted"),
        )
    )
    # A closing A. M. under a text by Aline Moreau is the same person.
    initial = pl.element().str.contains(r"^(?:\p{Lu}\.[ -]?){1,3}\p{Lu}\.?$")
    full = pl.col("signed").list.filter(~initial)
    return found.select("doc", "agencies", authors=pl.when(full.list.len() > 0).then(full).otherwise("signed"))


@cache
def _sections() -> pl.Series:
    """Names of sections; a kicker above a title (`PISCINE`) is none, nor is a genre."""
    return lexicon.read("sections").filter(pl.col("kind") == "section")["form"].implode()


def find_addresses(blocks: pl.DataFrame) -> pl.DataFrame:
    """Address, site and section as printed, and whether anything tells of a machine translation.

    Out: doc, printed_page, printed_url, printed_site, section, is_machine_translated.
    """
    notes = blocks.filter(~pl.col("role").is_in(["comment", "body", "heading"]))
    text = pl.col("clean")
    source = (pl.col("role") == "source").fill_null(False)
    raw, source_text = (pl.when(source).then(c).otherwise(pl.lit("")) for c in ("raw", "clean"))
    promo = pl.when(pl.col("role").is_in(["promo", "credit", "source"])).then("clean").otherwise(pl.lit(""))
    labelled = pl.when(pl.col("role_rule").is_in(["section_label", "breadcrumbs"])).then("clean").otherwise(pl.lit(""))
    told = pl.when(text.str.contains_any(TRANSLATION_WORDS, ascii_case_insensitive=True)).then("clean")
    raw_url = pl.coalesce(
        raw.str.extract(r'rel="canonical"[^>]*href="(https?://[^"]+)"'),
        source_text.str.extract(r"((?:https?://|www\.)[^\s<>()\"]+[^\s<>()\"\.,;:])"),
        raw.str.extract(r'href="(https?://[^"]+)"'),
    )
    host = source_text.str.to_lowercase().str.extract(HOST_ALONE).filter(source).drop_nulls().first()
    site = promo.str.to_lowercase().str.extract(
        r"©\s*(?:\d{4}\s*)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,8})\b"
    )
    crumb = promo.str.extract(r"(?i)^(?:accueil|home|actualités?)\s*[>›»/|→]\s*([^>›»/|→]{2,40}?)\s*(?:[>›»/|→]|$)")
    label = labelled.str.extract(r"^([^/|>›»–—•·]*[^/|>›»–—•·\s])")
    trace = told.otherwise(pl.lit("")).str.contains(MACHINE_TRANSLATION)
    page = pl.when(pl.col("role_rule").is_in(["print_header", "running_head"])).then("clean").otherwise(pl.lit(""))
    return notes.group_by("doc").agg(
        printed_page=page.str.extract(PRINTED_PAGE).drop_nulls().first(),
        printed_url=raw_url.filter(source & raw_url.str.contains(ARTICLE_ADDRESS)).drop_nulls().first(),
        printed_site=pl.coalesce(
            host,
            site.filter(pl.col("role").is_in(["promo", "credit", "source"])).drop_nulls().first(),
        ),
        section=pl.coalesce(
            crumb.filter(pl.col("role") == "promo").drop_nulls().first(),
            label.filter(
                pl.col("role_rule").is_in(["section_label", "breadcrumbs"])
                & label.str.to_lowercase().is_in(_sections())
            ).first(),
        ),
        is_machine_translated=trace.any(),
    )


PRINTED_PAGE = r"(?i)\b(?:page|p\.)\s?(\d{1,3}|[IVX]{1,5})\b"
ARTICLE_ADDRESS = r"^(?:https?://|www\.)[^/?#]+[/?][^/?#]"
"""An address without a path is that of the site."""

HOST_ALONE = r"^\W*(?:source\s*:\s*)?(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,8})/?\W*$"

TRANSLATION_WORDS = ["traduction", "tradui", "tagstotranslate", "(t)", "translat"]
MACHINE_TRANSLATION = (
    r"(?i)traduction\s*:\s*automatique|\(tagstotranslate\)|\(T\).+\(T\)|tradui(?:t|te|ction) (?:automatique"
    r"|par (?:une )?(?:machine|ia\b|l’ia|intelligence "
    r"artificielle|google|deepl|chatgpt))|traduction (?:automatique|par)"
    r"|translated (?:automatically|by (?:google|deepl|ai\b|machine))|"
    r"machine translation|automatically translated"
)
"""What translation software leaves behind: the labels of a WordPress plug-in, and notes on the translation."""
