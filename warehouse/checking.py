"""The promises, proved: warehouse/checks as queries, over the frames of a batch, new rows, or a whole warehouse.

`batch` holds what a document proves by itself, and is run where it was processed; `commit` what its rows refer to in
the corpus; `whole` what no run looks at again.
"""

from pathlib import Path

import duckdb
import polars as pl

from warehouse.publish import open_ledger
from warehouse.sql import list_sql, read_sql, run_folder

FOLDERS = ("checks/batch", "checks/commit", "checks/whole")


def check_rows(con: duckdb.DuckDBPyConnection, folder: str) -> pl.DataFrame:
    """Run every query of a folder of checks over the articles in run_articles.

    Out: one row per row that breaks a promise: check_name, table_name, row_id, source_path, record, detail.
    """
    broken = [
        con.sql(read_sql(name)).pl().with_columns(check_name=pl.lit(name.rpartition("/")[2]))
        for name in list_sql(folder)
    ]
    return pl.concat(broken, how="vertical_relaxed")


def check_frames(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Run the checks of a batch over its frames by table. Out: as check_rows."""
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        run_folder(con, "functions")
        for table, frame in frames.items():
            con.register(table, frame)
        con.register("run_articles", frames["articles"].select("article_id"))
        return check_rows(con, "checks/batch")


def check_warehouse(target: Path) -> pl.DataFrame:
    """Run every check over every row of a published warehouse. Out: as check_rows.

    Errors: WarehouseUnfit; FileNotFoundError.
    """
    with open_ledger(target) as con:
        if con is None:
            raise FileNotFoundError(target)
        con.execute("create temp table run_articles as select article_id from articles")
        return pl.concat([check_rows(con, folder) for folder in FOLDERS], how="vertical_relaxed")
