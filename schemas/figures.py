"""The table figures."""

import pandera.polars as pa
import polars as pl

KINDS = (
    "count",
    "money",
    "percent",
    "measure",
    "duration",
    "date",
    "year",
    "time",
    "age",
    "ordinal",
    "score",
    "fraction",
)
MODIFIERS = ("exact", "approx", "at_least", "more_than", "at_most", "less_than")
DURATION_UNITS = ("s", "min", "hour", "day", "week", "month", "year")


class Figures(pa.DataFrameModel):
    """Numbers as written. One row per number."""

    figure_id: str = pa.Field(description="From the article and the place.")
    article_id: str = pa.Field(description="Where it was read.", metadata={"references": "articles"})
    start: int = pa.Field(ge=0, description="First character in articles.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past the last character in articles.text.")
    text: str = pa.Field(
        description="The figure as written: number, multiplier and unit; of a count, the number alone."
    )
    kind: str = pa.Field(isin=KINDS, description="What sort of figure.")
    value: float = pa.Field(
        nullable=True,
        description="In base units of `unit`; null for dates, times and indefinite amounts (des dizaines).",
    )
    value_high: float = pa.Field(
        nullable=True, description="Upper end of a range; the second number of a score; else null."
    )
    modifier: str = pa.Field(isin=MODIFIERS, description="How exactly it was given.")
    unit: str = pa.Field(
        nullable=True,
        description="ISO 4217; percent or percentage_point; UCUM for measures; s, min, hour, day, week, month, year.",
    )
    noun: str = pa.Field(nullable=True, description="What is counted, singular; null where not told.")
    iso: str = pa.Field(nullable=True, description="Dates as stated: YYYY-MM-DD, YYYY-MM, --MM-DD; times HH:MM.")
    iso_high: str = pa.Field(nullable=True, description="Upper end of a range of dates or times; else null.")
    resolved_start: pl.Date = pa.Field(
        nullable=True, description="First day meant, the year implied; null without a date."
    )
    resolved_end: pl.Date = pa.Field(nullable=True, description="Last day meant.")
    resolved_rule: str = pa.Field(nullable=True, description="How the year was found: stated, nearest to publication.")
    equivalent_of: str = pa.Field(
        nullable=True,
        description="The figure_id that a bracketed conversion repeats.",
        metadata={"references": "figures"},
    )
    raw_start: int = pa.Field(ge=0, description="First character in documents.text; code points from 0.")
    raw_end: int = pa.Field(ge=1, description="One past the last character in documents.text.")

    class Config:
        name = "figures"
        strict = True
        unique = ["figure_id"]
        metadata = {"key": "checked"}
