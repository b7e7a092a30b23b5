"""The tables run_roles and run_warnings: what a run's texts were made of, and what was odd about it."""

import pandera.polars as pa

from schemas.blocks import ROLES

MEASURES = ("records", "articles", "rejects", "roles")
"""What is compared with earlier runs: records found, articles loaded, share set aside, mix of roles."""


class RunRoles(pa.DataFrameModel):
    """What the texts that a run loaded were made of. One row per run and role of block."""

    run_id: str = pa.Field(description="The run.", metadata={"references": "runs"})
    role: str = pa.Field(isin=ROLES, description="Role of the blocks.")
    characters: int = pa.Field(ge=0, description="Characters of documents.text in blocks of this role.")

    class Config:
        name = "run_roles"
        strict = True
        unique = ["run_id", "role"]


class RunWarnings(pa.DataFrameModel):
    """Runs that differ much from the ten before them in the same inbox. One row per run and measure."""

    run_id: str = pa.Field(description="The run.", metadata={"references": "runs"})
    measure: str = pa.Field(
        isin=MEASURES,
        description="records: far fewer found; articles: far fewer loaded; rejects: a far greater share set aside; "
        "roles: another mix of roles of blocks.",
    )
    value: float = pa.Field(
        description="Of this run: a count; the share set aside (0 to 1); or how much of the text would have to change "
        "its role to give the usual mix (0 to 1)."
    )
    usual: float = pa.Field(
        description="Of the earlier runs: the median count; their share set aside; or the greatest such distance."
    )
    message: str = pa.Field(description="The same in words.")

    class Config:
        name = "run_warnings"
        strict = True
        unique = ["run_id", "measure"]
