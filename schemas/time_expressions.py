"""The table time_expressions."""

import pandera.polars as pa
import polars as pl

TIME_UNITS = ("day", "weekend", "week", "month", "year")


class TimeExpressions(pa.DataFrameModel):
    """Words that name a time by its distance from publication: hier, jeudi, la semaine dernière. One row per expression."""

    time_expression_id: str = pa.Field(description="From the article and the place.")
    article_id: str = pa.Field(description="Where it was read.", metadata={"references": "articles"})
    start: int = pa.Field(ge=0, description="First character in articles.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past the last character in articles.text.")
    text: str = pa.Field(description="The expression as written.")
    unit: str = pa.Field(isin=TIME_UNITS, description="How long a time it names.")
    anchor: pl.Date = pa.Field(
        nullable=True,
        description="The day it is counted from: the day of publication; null where unknown, never today.",
    )
    resolved_start: pl.Date = pa.Field(nullable=True, description="First day meant; null without an anchor.")
    resolved_end: pl.Date = pa.Field(nullable=True, description="Last day meant.")
    resolved_rule: str = pa.Field(
        nullable=True, description="How it was found: distance, weekday and tense, the date beside it."
    )
    raw_start: int = pa.Field(ge=0, description="First character in documents.text; code points from 0.")
    raw_end: int = pa.Field(ge=1, description="One past the last character in documents.text.")

    class Config:
        name = "time_expressions"
        strict = True
        unique = ["time_expression_id"]
        metadata = {"key": "checked"}
