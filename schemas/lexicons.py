"""The table lexicons: which version of each lexicon the warehouse holds."""

import pandera.polars as pa


class Lexicons(pa.DataFrameModel):
    """Lexicons of schemas/lexicon, each loaded as the table ref_NAME. One row per lexicon."""

    lexicon: str = pa.Field(description="Its name: countries is the table ref_countries.")
    sha256: str = pa.Field(description="SHA-256 of its file, in hexadecimal; with another, a run loads it anew.")

    class Config:
        name = "lexicons"
        strict = True
        unique = ["lexicon"]
