"""The command line: what it prints, how it ends, and that no user's mistake is a traceback."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.outlook import Unchanged

MARBRE = [sys.executable, "-m", "flows"]
NOTHING_NEW = Unchanged({"status": "unchanged"}, 0)


def marbre(*arguments: str, given: str | bytes = "", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    raw = given.encode() if isinstance(given, str) else given
    wide = os.environ | {"COLUMNS": "200"}
    done = subprocess.run([*MARBRE, *arguments], input=raw, capture_output=True, cwd=cwd, env=wide, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def test_usage_errors_are_one_line_and_status_2(tmp_path):
    for arguments in (["run", "nowhere"], ["schedule", "nowhere", "--every", "1m"], ["status", "-w", "no.duckdb"]):
        done = marbre(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert len(done.stderr.decode().strip().splitlines()) == 1
    (tmp_path / "in").mkdir()
    assert marbre("schedule", "in", cwd=tmp_path).returncode == 2
    assert marbre("schedule", "in", "--every", "soon", cwd=tmp_path).returncode == 2
    assert marbre("schedule", "in", "--cron", "whenever", cwd=tmp_path).returncode == 2
    assert b"spacy:NAME" in marbre("extract", "--engine", "magic", given="x", cwd=tmp_path).stderr
    (tmp_path / "text.duckdb").write_text("no database")
    assert marbre("sql", "select 1", "-w", "text.duckdb", cwd=tmp_path).returncode == 2


def test_sql_prints_a_table_csv_json_and_parquet(samples_warehouse):
    query = "select 1 as a, 'é[x]' as b"
    warehouse = ["-w", str(samples_warehouse)]
    assert "é[x]" in marbre("sql", query, *warehouse).stdout.decode()
    assert marbre("sql", query, *warehouse, "-f", "csv").stdout.decode() == "a,b\n1,é[x]\n"
    assert json.loads(marbre("sql", *warehouse, "-f", "json", given=query).stdout) == {"a": 1, "b": "é[x]"}
    parquet = marbre("sql", query, *warehouse, "-f", "parquet").stdout
    assert pl.read_parquet(io.BytesIO(parquet)).rows() == [(1, "é[x]")]


def test_csv_writes_lists_and_structs_as_json(samples_warehouse):
    query = "select ['é', 'b'] as names, {'at': timestamp '2025-03-14 18:42:00'} as seen"
    printed = marbre("sql", query, "-w", str(samples_warehouse), "-f", "csv").stdout.decode()
    assert list(csv.reader(printed.splitlines()))[1] == ['["é", "b"]', '{"at": "2025-03-14 18:42:00"}']


def test_a_reader_that_has_enough_ends_the_answer_in_silence(samples_warehouse):
    command = [*MARBRE, "sql", "from range(1000000)", "-w", str(samples_warehouse), "-f", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"range\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize(
    "query",
    [
        "create table t as select 1",
        "delete from articles",
        "copy articles to 'stolen.csv'",
        "from read_csv('/etc/passwd')",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "select * from nothing",
    ],
)
def test_sql_neither_writes_nor_reads_other_files(samples_warehouse, query, tmp_path):
    done = marbre("sql", query, "-w", str(samples_warehouse), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr
    assert list(tmp_path.iterdir()) == []


def test_status_shows_tables_and_runs(samples_warehouse):
    shown = marbre("status", "-w", str(samples_warehouse)).stdout.decode()
    assert "quotations" in shown
    assert "published" in shown


def test_extract_answers_each_line_and_tells_of_bad_ones():
    lines = [
        {"id": "a", "text": "Le 3 mars, Odile Brancart a promis « un pont ».", "published_at": "2025-03-10"},
        {"id": "b", "text": 5},
    ]
    done = marbre("extract", given="\n".join(map(json.dumps, lines)) + "\n[]\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", None]
    text = lines[0]["text"]
    for kind in ("mentions", "figures", "quotations"):
        assert rows[0][kind]
        assert all(text[r["start"] : r["end"]] == r["text"] for r in rows[0][kind])
    assert rows[0]["figures"][0]["resolved_start"] == "2025-03-03"
    assert rows[1]["error"] == "no string in `text`"
    assert rows[2]["error"] == "not a JSON object"


def test_extract_prints_the_age_the_organisation_and_the_country_of_roles():
    text = "Ana Blin, 54 ans, directrice de la Banque de France, part. Le président de l'État ukrainien Ion Rusu dort."
    roles = json.loads(marbre("extract", given=text).stdout)["person_roles"]
    shown = [(r["person"], r["role"], r["age"], r["organisation"], r["country_code"]) for r in roles]
    assert shown == [
        ("Ana Blin", "directrice de la Banque de France", 54, "Banque de France", None),
        ("Ion Rusu", "président de l'État ukrainien", None, None, "UA"),
    ]
    assert all(text[r["start"] : r["end"]] == r["role"] for r in roles)


def test_extract_takes_plain_text_and_nothing():
    row = json.loads(marbre("extract", given="Il a payé 1,6 milliard d'euros.").stdout)
    assert [(f["value"], f["unit"]) for f in row["figures"]] == [(1.6e9, "EUR")]
    assert marbre("extract", given="").stdout == b""


def test_run_ends_with_1_where_nothing_could_be_loaded_and_with_0_where_there_was_nothing(tmp_path):
    for name in ("empty", "bad"):
        (tmp_path / name).mkdir()
    (tmp_path / "bad" / "image.txt").write_bytes(bytes(range(256)) * 9)
    bad = marbre("run", "bad", "-w", "b.duckdb", cwd=tmp_path)
    assert bad.returncode == 1
    assert "rejected: image.txt: not a text" in bad.stdout.decode()
    empty = marbre("run", "empty", "-w", "e.duckdb", cwd=tmp_path)
    assert empty.returncode == 0
    assert "The inbox is empty" in empty.stdout.decode()


def test_the_generation_before_is_kept_where_a_run_or_a_schedule_is_told_so(tmp_path, monkeypatch):
    given = []
    monkeypatch.setattr("flows.outlook.run_unless_new", lambda *arguments: given.append(arguments[-1]) or NOTHING_NEW)
    monkeypatch.setattr("flows.reports.print_unchanged", lambda *_: None)
    monkeypatch.setattr("flows.scheduling.serve", lambda *arguments: given.append(arguments[-1]["options"]))
    warehouse = ["-w", str(tmp_path / "w.duckdb"), "--keep", "1"]
    assert CliRunner().invoke(app, ["run", str(tmp_path), *warehouse]).exit_code == 0
    assert CliRunner().invoke(app, ["schedule", str(tmp_path), "--every", "1h", *warehouse]).exit_code == 0
    assert (given[0].keep, given[1]["keep"]) == (1, 1)
    assert CliRunner().invoke(app, ["run", str(tmp_path), "--keep", "2"]).exit_code == 2


def test_retry_of_nothing_is_one_line(small_warehouse):
    done = marbre("retry", "the tide was out", "-w", str(small_warehouse))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert b"marbre rejects" in done.stderr
