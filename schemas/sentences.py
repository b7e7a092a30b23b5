"""The table sentences."""

import pandera.polars as pa


class Sentences(pa.DataFrameModel):
    """Sentences of the articles. One row per sentence."""

    article_id: str = pa.Field(description="The article.", metadata={"references": "articles"})
    sentence_index: int = pa.Field(ge=0, description="Place in the article, from 0.")
    start: int = pa.Field(ge=0, description="First character in articles.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past the last character in articles.text.")
    text: str = pa.Field(description="The sentence, white space at its ends left out.")

    class Config:
        name = "sentences"
        strict = True
        unique = ["article_id", "sentence_index"]
        metadata = {"key": "checked"}
