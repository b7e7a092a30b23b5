"""The tables articles and alignments: the article that a careful reader would keep, and where its characters came from."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

PRECISIONS = ("minute", "day", "month", "year")
PUBLICATION_EVIDENCES = ("given", "header", "head", "masthead", "site")
"""What names a newspaper: a column beside the text, the header that an archive prints, the head of a page, a line of the
text, or the list of outlets by host (schemas/lexicon/outlets.csv)."""


class Articles(pa.DataFrameModel):
    """Articles without their furniture. One row per document that holds an article."""

    article_id: str = pa.Field(description="The document_id of its document.")
    document_id: str = pa.Field(description="The document it was taken from.", metadata={"references": "documents"})
    source_path: str = pa.Field(description="Path relative to the inbox where its document was first seen.")
    title: str = pa.Field(
        nullable=True,
        description="The title as in `text`: printed, or given beside the text; null where there is none.",
    )
    title_printed: str = pa.Field(nullable=True, description="The title as printed, where re-cased; else null.")
    authors: Annotated[pl.List, pl.String()] = pa.Field(
        description="Persons who signed it; agencies and re-posters apart."
    )
    agencies: Annotated[pl.List, pl.String()] = pa.Field(description="News agencies credited.")
    published_at: Annotated[pl.Datetime, "us", None] = pa.Field(
        nullable=True,
        description="First publication as printed, local time of the paper; null where the text does not say.",
    )
    published_precision: str = pa.Field(
        nullable=True, isin=PRECISIONS, description="How exactly `published_at` was printed."
    )
    published_evidence: str = pa.Field(nullable=True, description="The characters that `published_at` was read from.")
    updated_at: Annotated[pl.Datetime, "us", None] = pa.Field(
        nullable=True, description="Last update as printed; null where the text does not say."
    )
    url: str = pa.Field(nullable=True, description="Address of the article: given, or printed in the text.")
    site: str = pa.Field(nullable=True, description="Host of the publisher, without www.")
    publication: str = pa.Field(
        nullable=True, description="The newspaper's name, as given or printed; null where only a host is known."
    )
    publication_evidence: str = pa.Field(
        nullable=True,
        isin=PUBLICATION_EVIDENCES,
        description="What names it: a column beside the text (given), the header of an archive (header), the head of a "
        "page (head), a line of the text (masthead), the list of outlets by host (site).",
    )
    section: str = pa.Field(nullable=True, description="Section as given or printed; null where nothing says it.")
    page: str = pa.Field(nullable=True, description="Page as given or printed, such as 4 or 12-13; null where unknown.")
    language: str = pa.Field(nullable=True, description="ISO 639-1; null where the text is too short to tell.")
    is_machine_translated: bool = pa.Field(description="True where the text shows traces of machine translation.")
    text: str = pa.Field(
        description="Title, blank line, then lead, headings and body, a blank line between paragraphs."
    )
    words: int = pa.Field(ge=0, description="Number of words of `text`.")
    is_current: bool = pa.Field(description="As that of its document: false where it was edited away or is gone.")
    duplicate_of: str = pa.Field(
        nullable=True,
        description="The article_id of the representative of its copies; null where it is its own.",
        metadata={"references": "articles"},
    )

    class Config:
        name = "articles"
        strict = True
        unique = ["article_id"]
        metadata = {"key": "checked"}


class Alignments(pa.DataFrameModel):
    """Which characters of articles.text came from which of documents.text. One row per run of characters kept as they were.

    A character between two runs was repaired; its passage ends where the next run begins.
    """

    article_id: str = pa.Field(description="The article.", metadata={"references": "articles"})
    start: int = pa.Field(ge=0, description="First character of the run in articles.text; code points from 0.")
    end: int = pa.Field(ge=0, description="One past its last character in articles.text.")
    raw_start: int = pa.Field(ge=0, description="First character of the run in documents.text.")
    raw_end: int = pa.Field(ge=0, description="One past its last character in documents.text.")

    class Config:
        name = "alignments"
        strict = True
        unique = ["article_id", "start"]
        metadata = {"key": "checked"}
