"""The tables tokens and stems."""

import pandera.polars as pa


class Tokens(pa.DataFrameModel):
    """Words, numbers and marks of the sentences. One row per token."""

    article_id: str = pa.Field(description="The article.", metadata={"references": "articles"})
    sentence_index: int = pa.Field(ge=0, description="The sentence in the article, from 0.")
    token_index: int = pa.Field(ge=0, description="Place in the sentence, from 0.")
    start: int = pa.Field(ge=0, description="First character in articles.text; code points from 0.")
    end: int = pa.Field(ge=1, description="One past the last character in articles.text.")
    text: str = pa.Field(description="The token as written.")
    stem: str = pa.Field(description="Snowball French stem of the folded word (lower case, no accents).")

    class Config:
        name = "tokens"
        strict = True
        unique = ["article_id", "sentence_index", "token_index"]
        metadata = {"key": "checked"}


class Stems(pa.DataFrameModel):
    """The stem of every word seen, so that SQL can stem a query. One row per folded word."""

    word: str = pa.Field(description="The word, folded: lower case, no accents, œ as oe.")
    stem: str = pa.Field(description="Its Snowball French stem.")

    class Config:
        name = "stems"
        strict = True
        unique = ["word"]
        metadata = {"key": "checked"}
