"""How far apart the mixes of roles of two runs lie: of one paper, and of two; and which of them are told as odd.

    python benchmarks/run_warnings.py WAREHOUSE COLUMN

WAREHOUSE holds articles of several papers; COLUMN is the given column that names the paper. For each size of run, each
paper has ten runs of its articles drawn by lot, and then one more of its own, and one of each other paper.
"""

import random
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from flows.run_warnings import LIMITS, find_warnings
from warehouse.ddl import all_statements
from warehouse.sql import read_sql

SIZES = (20, 50, 100)
ROUNDS = 40
Roles = dict[str, int]


def read_articles(warehouse: Path, column: str) -> dict[str, list[Roles]]:
    """Characters by role of each article, by paper."""
    with duckdb.connect(str(warehouse), read_only=True) as con:
        rows = con.execute(
            'select given ->> $column, document_id, role, sum("end" - start)::bigint '
            "from blocks join documents using (document_id) where given is not null group by all order by all",
            {"column": column},
        ).fetchall()
    papers: dict[str, dict[str, Roles]] = defaultdict(lambda: defaultdict(dict))
    for paper, document, role, characters in rows:
        papers[paper][document][role] = characters
    return {paper: list(documents.values()) for paper, documents in papers.items()}


def add_run(con: duckdb.DuckDBPyConnection, number: int, articles: list[Roles]) -> str:
    """A run that loaded these articles."""
    run_id, at = f"{number:02}", datetime(2026, 1, 1) + timedelta(days=number)
    con.execute(
        "insert into runs by name select $1 as run_id, $2::timestamp as started_at, $2::timestamp as ended_at, "
        "'published' as status, 'i' as inbox, $3 as found, $3 as loaded, 0 as unchanged, 0 as repeated, 0 as rejected, "
        "$3 as articles, '' as marbre_version, '' as engine, '' as versions",
        [run_id, at, len(articles)],
    )
    total: Roles = defaultdict(int)
    for article in articles:
        for role, characters in article.items():
            total[role] += characters
    con.executemany("insert into run_roles values (?, ?, ?)", [(run_id, role, n) for role, n in total.items()])
    return run_id


def hold_against(earlier: list[Roles], articles: list[Roles], size: int, draw: random.Random) -> tuple[bool, float]:
    """Whether a run after ten of `earlier` is told as odd, and its distance from their mix."""
    with duckdb.connect() as con:
        for statement in all_statements():
            con.execute(statement)
        for number in range(int(LIMITS["earlier_runs"])):
            add_run(con, number, draw.sample(earlier, size))
        run_id = add_run(con, 50, draw.sample(articles, size))
        is_odd = bool(find_warnings(con, run_id))
        unlimited = LIMITS | {"other_roles": 0, "times_roles": 0, "run_id": run_id}
        distance = con.execute(read_sql("watch/run_warnings"), unlimited).fetchall()[0][2]
    return is_odd, distance


def main(warehouse: Path, column: str) -> None:
    """Print a table: a row a size of run, for runs of the same paper and of another."""
    papers = read_articles(warehouse, column)
    draw = random.Random(20261130)
    print("articles | run of   | runs | median | largest | told as odd")
    for size in SIZES:
        large = {paper: articles for paper, articles in papers.items() if len(articles) >= 2 * size}
        pairs = [(one, other) for one in large for other in large]
        for name, chosen in (
            ("its own", [p for p in pairs if p[0] == p[1]]),
            ("another", [p for p in pairs if p[0] != p[1]]),
        ):
            found = [
                hold_against(large[one], large[other], size, draw)
                for one, other in chosen
                for _ in range(max(1, ROUNDS // len(chosen)))
            ]
            if found:
                distances = sorted(distance for _, distance in found)
                told = sum(is_odd for is_odd, _ in found)
                median = distances[len(distances) // 2]
                print(f"{size:8} | {name:8} | {len(found):4} | {median:6.3f} | {distances[-1]:7.3f} | {told}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
