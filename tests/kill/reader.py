"""A reader that keeps its connection: says when it has it, and once its input closes, how many articles it sees.

A process of its own: within one, a second connection to a file sees what the first sees (duckdb #15912).
"""

import sys

import duckdb

with duckdb.connect(sys.argv[1], read_only=True) as con:
    print("ready", flush=True)
    sys.stdin.read()
    (count,) = con.execute("select count(*) from articles").fetchone() or (0,)
    print(count)
