"""The whole way on one page: documents in, the frames of every table out."""

from typing import NamedTuple

import polars as pl

from transforms.alignments import add_raw_offsets
from transforms.articles import lay_out
from transforms.duplicates import shingle_articles
from transforms.engine import Engine
from transforms.figures import find_figures
from transforms.layout.languages import DetectLanguages
from transforms.mentions import find_mentions
from transforms.names.capitals import recase
from transforms.paragraphs import cut_long_paragraphs
from transforms.person_roles import find_person_roles
from transforms.quotations import find_quotations
from transforms.sentences import split_sentences
from transforms.time_expressions import find_time_expressions
from transforms.tokens import list_stems, split_tokens

EXTRACTED_LANGUAGE = "fr"
IS_FOREIGN = (pl.col("language").fill_null(EXTRACTED_LANGUAGE) != EXTRACTED_LANGUAGE) & (pl.col("role") != "title")
"""A paragraph in another language; a title may be that of a work."""


class Frames(NamedTuple):
    """One frame a table, as in schemas/, but for what only the whole corpus can tell.

    mentions lack entity_id and link_rule, quotations speaker_id, person_roles entity_id; articles.duplicate_of is null.
    """

    documents: pl.DataFrame
    blocks: pl.DataFrame
    articles: pl.DataFrame
    alignments: pl.DataFrame
    sentences: pl.DataFrame
    tokens: pl.DataFrame
    stems: pl.DataFrame
    mentions: pl.DataFrame
    person_roles: pl.DataFrame
    figures: pl.DataFrame
    time_expressions: pl.DataFrame
    quotations: pl.DataFrame
    shingles: pl.DataFrame


class Extracted(NamedTuple):
    """What paragraphs say; each row has its article_id, start, end and id."""

    mentions: pl.DataFrame
    person_roles: pl.DataFrame
    figures: pl.DataFrame
    time_expressions: pl.DataFrame
    quotations: pl.DataFrame


def process_documents(documents: pl.DataFrame, engine: Engine, detect_languages: DetectLanguages) -> Frames:
    """Take documents apart into the rows of every table.

    In:  documents as in schemas/documents.py, without repairs; the entity engine; the language detector.
    Out: Frames. Mentions, figures and quotations come from French articles only, and there not from paragraphs in
         another language.
    """
    layout = lay_out(documents, detect_languages)
    sentences = split_sentences(cut_long_paragraphs(layout.paragraphs))
    tokens = split_tokens(sentences)
    french = layout.articles.filter(pl.col("language") == EXTRACTED_LANGUAGE)
    paragraphs = layout.paragraphs.join(french.select("article_id"), on="article_id", how="semi").filter(~IS_FOREIGN)
    extracted = extract(paragraphs, french, engine)
    return Frames(
        documents=layout.documents,
        blocks=layout.blocks,
        articles=layout.articles.with_columns(duplicate_of=pl.lit(None, pl.String)),
        alignments=layout.alignments,
        sentences=sentences,
        tokens=tokens,
        stems=list_stems(tokens),
        shingles=shingle_articles(layout.articles),
        **{name: add_raw_offsets(spans, layout.alignments) for name, spans in extracted._asdict().items()},
    )


def extract(paragraphs: pl.DataFrame, articles: pl.DataFrame, engine: Engine) -> Extracted:
    """Find who is named, in what role, which figures and times are given and who says what, in French paragraphs.

    In:  paragraphs of the articles: article_id, paragraph_index, role, start, end, text; articles: article_id,
         published_at, site, url.
    Out: Extracted, each row with its id: the same text always gives the same ids.
    """
    paragraphs = cut_long_paragraphs(paragraphs)
    mentions = find_mentions(paragraphs, recognise(paragraphs, engine))
    roles = find_person_roles(paragraphs, mentions)
    figures = find_figures(paragraphs, articles)
    times = find_time_expressions(paragraphs, articles)
    quotations = find_quotations(paragraphs, mentions)
    return Extracted(
        mentions=mentions.with_columns(mention_id=place_id("m")),
        person_roles=roles.with_columns(
            mention_id=place_id("m", "mention_start"), organisation_mention_id=place_id("m", "organisation_start")
        ),
        figures=figures.with_columns(figure_id=place_id("f"), equivalent_of=place_id("f", "equivalent_of_start")),
        time_expressions=times.with_columns(time_expression_id=place_id("t")),
        quotations=quotations.with_columns(
            quotation_id=place_id("q"), speaker_mention_id=place_id("m", "speaker_start")
        ),
    )


def recognise(paragraphs: pl.DataFrame, engine: Engine) -> pl.DataFrame:
    """Run the engine over the paragraphs, each distinct text once, runs of capitals written small.

    Out: article_id, paragraph_index, start and end (in articles.text), label.
    """
    texts = paragraphs.select("text").unique(maintain_order=True).with_row_index("text_index")
    spans = engine.extract(texts.select(recase(pl.col("text"))).to_series().to_list())
    places = paragraphs.select("article_id", "paragraph_index", "text", offset="start")
    return (
        places.join(texts.cast({"text_index": pl.Int64}), on="text")
        .join(spans, on="text_index")
        .select(
            "article_id",
            "paragraph_index",
            start=pl.col("start") + pl.col("offset"),
            end=pl.col("end") + pl.col("offset"),
            label="label",
        )
        .sort("article_id", "start")
    )


def place_id(letter: str, start: str = "start") -> pl.Expr:
    """An id from the article and the place in it. Null where `start` is."""
    return pl.format(f"{{}}-{letter}{{}}", pl.col("article_id"), pl.col(start))
