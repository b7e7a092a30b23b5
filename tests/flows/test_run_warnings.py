"""A run that differs from the ten before it is told, and one that does not is not."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import duckdb
import pytest

from flows import run_warnings
from flows.run_warnings import call_command, find_warnings
from warehouse.ddl import all_statements

FIRST = datetime(2026, 11, 1, 6)
USUAL = {"found": 100, "loaded": 100, "articles": 95}
USUAL_ROLES = {"body": 80_000, "title": 6_000, "comment": 4_000}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for statement in all_statements():
            con.execute(statement)
        yield con


def add_run(con, day: int, *, inbox="depeches", rejects=0, roles=USUAL_ROLES, **counts: int) -> str:
    run = USUAL | counts
    run_id = f"run-{day:02}"
    at = FIRST + timedelta(days=day)
    con.execute(
        "insert into runs (run_id, started_at, ended_at, status, inbox, found, loaded, unchanged, repeated, rejected, "
        "articles, marbre_version, engine, versions) "
        "values (?, ?, ?, 'published', ?, ?, ?, 0, 0, ?, ?, '1', 'e', '{}')",
        [run_id, at, at, inbox, run["found"], run["loaded"], rejects, run["articles"]],
    )
    for number in range(rejects):
        con.execute(
            "insert into rejects (reject_id, run_id, source_path, stage, reason) values (?, ?, ?, 'read', 'empty')",
            [f"{run_id}/{number}", run_id, f"{run_id}/{number}.txt"],
        )
    for role, characters in roles.items():
        con.execute("insert into run_roles values (?, ?, ?)", [run_id, role, characters])
    return run_id


def warned(con, run_id: str) -> dict[str, tuple[float, float]]:
    return {row["measure"]: (row["value"], row["usual"]) for row in find_warnings(con, run_id)}


def test_a_usual_run_warns_of_nothing(con):
    for day in range(10):
        add_run(con, day, articles=80 + 3 * day, rejects=day % 3)
    assert warned(con, add_run(con, 11, articles=70, rejects=4)) == {}


def test_far_fewer_records_and_articles_are_told_with_what_is_usual(con):
    for day in range(10):
        add_run(con, day)
    assert warned(con, add_run(con, 11, found=20, loaded=20, articles=19)) == {
        "articles": (19, 95),
        "records": (20, 100),
    }
    [first, _] = find_warnings(con, "run-11")
    assert first["message"] == "19 articles loaded; usual are 95"


@pytest.mark.parametrize(("earlier", "told"), [(2, 0), (3, 1)])
def test_fewer_than_three_earlier_runs_are_no_usual(con, earlier, told):
    for day in range(earlier):
        add_run(con, day)
    assert len(warned(con, add_run(con, 11, articles=0))) == told


def test_where_runs_often_bring_nothing_bringing_nothing_is_usual(con):
    for day in range(10):
        add_run(con, day, articles=95 if day % 3 == 0 else 0)
    assert warned(con, add_run(con, 11, articles=0)) == {}


def test_far_more_rejects_are_told_and_a_single_one_is_not(con):
    for day in range(10):
        add_run(con, day, rejects=2)
    assert warned(con, add_run(con, 11, rejects=25)) == {"rejects": (pytest.approx(0.2), pytest.approx(20 / 1020))}
    assert warned(con, add_run(con, 12, loaded=4, articles=60, rejects=1)) == {}


def test_another_mix_of_roles_is_told_with_the_role_that_grew(con):
    for day in range(10):
        add_run(con, day, roles=USUAL_ROLES | {"comment": 4_000 + 300 * day})
    odd = add_run(con, 11, roles={"body": 40_000, "title": 6_000, "comment": 44_000})
    [warning] = find_warnings(con, odd)
    assert warning["measure"] == "roles"
    assert warning["value"] > 0.4 > 10 * warning["usual"]
    assert "comment is 49 % of the text; usual are 6 %" in warning["message"]
    assert warned(con, add_run(con, 12, articles=19, found=90, roles={"body": 1, "comment": 9})).get("roles") is None


def test_runs_of_another_inbox_and_runs_after_it_do_not_count(con):
    for day in range(1, 11):
        add_run(con, day, inbox="archives", articles=5000)
        add_run(con, day + 20, articles=5000)
    for day in range(11, 15):
        add_run(con, day, articles=30)
    assert warned(con, add_run(con, 16, articles=28)) == {}


def test_only_the_ten_before_it_are_usual(con):
    for day in range(10):
        add_run(con, day, articles=5000)
    for day in range(10, 20):
        add_run(con, day, articles=30)
    assert warned(con, add_run(con, 21, articles=28)) == {}


def test_a_command_has_the_warning_on_its_input(tmp_path):
    out = tmp_path / "told.json"
    command = f"{sys.executable} -c \"import sys; open({str(out)!r}, 'w').write(sys.stdin.read())\""
    assert call_command(command, {"measure": "articles", "message": "à peine 3"}) is None
    assert json.loads(out.read_text()) == {"measure": "articles", "message": "à peine 3"}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-command-here", "No such file"),
        (f"{sys.executable} -c 'import sys; sys.exit(\"le relais est muet\")'", "exit status 1: le relais est muet"),
        ("'", "No closing quotation"),
        ("", "list index out of range"),
    ],
)
def test_a_command_that_fails_is_told_in_one_line(command, said):
    told = call_command(command, {"message": "x"})
    assert told is not None
    assert said in told or command == ""
    assert "\n" not in told


def test_a_command_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(run_warnings, "COMMAND_SECONDS", 0.3)
    started = time.monotonic()
    assert "ended after" in (call_command("sleep 60", {}) or "")
    assert time.monotonic() - started < 30
