"""What people see of a warehouse: status, rejects with their advice, differences between runs, events as JSON."""

import contextlib
import io
import json
from datetime import UTC, datetime

import duckdb
import pytest
from rich.console import Console

from flows import differences, logs, rejected, status
from flows.differences import RunUnknown, Span, print_differences, read_span
from flows.due_times import read_schedule
from flows.logs import LogFormat, choose_format, say_error, say_progress, say_warning, write_event
from flows.rejected import RejectUnknown, print_reasons, print_rejects_of, write_payload
from flows.served import announced, find_served
from flows.status import print_status
from warehouse.lock import beside
from warehouse.publish import working_copy
from warehouse.reader import connect_reader

FIRST, SECOND = "2026-11-01T06:00:00-aaaaaa", "2026-11-02T06:00:00-bbbbbb"


@pytest.fixture
def out(monkeypatch):
    """What is printed, as wide as it needs."""
    printed = io.StringIO()
    for module in (differences, rejected, status):
        monkeypatch.setattr(module, "console", Console(file=printed, width=250, color_system=None))
    return printed


def cells(printed: str) -> list[list[str]]:
    lines = (line for line in printed.splitlines() if "│" in line)
    return [[cell.strip() for cell in line.strip("│ ").split("│")] for line in lines]


def test_status_tells_of_the_newest_article_runs_rejects_and_the_next_run(small_warehouse, out):
    beside(small_warehouse, ".previous").write_bytes(b"x" * 2_000_000)
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        print_status(con, small_warehouse)
    told = out.getvalue()
    assert "(beside it .previous 2.0 MB)" in told
    assert "newest article: 2026-11-01 11:00 DIGUE2" in told
    assert ["documents", "4"] in [row[:2] for row in cells(told)]
    assert any(row[2:4] == ["published", "5"] for row in cells(told))
    assert ["read", "not JSON", "1", "breves.jsonl"] in cells(told)
    assert "no schedule serves this warehouse" in told
    assert "Odd runs" not in told


def test_status_tells_of_odd_runs(small_warehouse, out):
    with working_copy(small_warehouse) as con:
        con.execute(
            "insert into run_warnings values (?, 'articles', 2, 80, '2 articles loaded; usual are 80')", [SECOND]
        )
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        print_status(con, small_warehouse)
    assert [SECOND, "articles", "2 articles loaded; usual are 80"] in cells(out.getvalue())


def test_an_empty_warehouse_has_a_status(tmp_path, out):
    target = tmp_path / "w.duckdb"
    with working_copy(target):
        pass
    with contextlib.closing(connect_reader(target)) as con:
        print_status(con, target)
    assert "no article with a date yet" in out.getvalue()


def test_a_schedule_is_told_while_it_lives_and_not_after(small_warehouse, tmp_path):
    schedule = read_schedule("0 6 * * *", None, "Europe/Paris", datetime(2026, 11, 30, tzinfo=UTC))
    assert find_served(small_warehouse) is None
    with announced(small_warehouse, tmp_path, schedule) as is_announced:
        assert is_announced
        served = find_served(small_warehouse)
        assert served is not None
        assert served.schedule == schedule
        noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
        assert f"{served.next_run(noon):%d %H:%M %Z}" == "02 06:00 CET"
        told = status.describe_next_run(small_warehouse)
        assert '"0 6 * * *" Europe/Paris' in told
        with announced(small_warehouse, tmp_path, schedule) as is_second:
            assert not is_second
        assert find_served(small_warehouse) is not None
    assert find_served(small_warehouse) is None
    assert not beside(small_warehouse, ".schedule").exists()


def test_the_file_of_a_schedule_that_was_killed_is_ignored(small_warehouse):
    beside(small_warehouse, ".schedule").write_text('{"pid": 1, "inbox": "x", "cron": "0 6 * * *"}')
    assert find_served(small_warehouse) is None


def test_each_reason_has_its_count_and_what_to_do(small_warehouse, out):
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        print_reasons(con)
    rows = {row[1]: row for row in cells(out.getvalue())}
    assert rows["not JSON"][2:4] == ["1", "breves.jsonl"]
    assert rows["not JSON"][4].startswith("mend the record")
    assert rows["the moon was full"][4] == rejected.UNKNOWN_REASON


@pytest.mark.parametrize(("wanted", "count"), [("not JSON", 1), ("lot", 2), ("lot/b.txt", 1)])
def test_rejects_are_listed_by_reason_file_or_folder(small_warehouse, out, wanted, count):
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        print_rejects_of(con, wanted)
        with pytest.raises(RejectUnknown):
            print_rejects_of(con, "lo")
    assert len(cells(out.getvalue())) == count


class Output(io.TextIOWrapper):
    """Standard output that says whether it is a terminal."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal

    def written(self) -> bytes:
        self.flush()
        return self.buffer.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("is_terminal", "expected"),
    [(False, b'{"texte": "[/red]\x1b[2J\x07'), (True, b'{"texte": "[/red]\\x1b[2J\\x07\n')],
)
def test_a_payload_is_whole_in_a_file_and_harmless_on_a_terminal(small_warehouse, monkeypatch, is_terminal, expected):
    output = Output(is_terminal)
    monkeypatch.setattr("sys.stdout", output)
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        write_payload(con, "0a1b")
    assert output.written() == expected


@pytest.mark.parametrize(
    ("reject_id", "told"), [("0a", "2 rejects"), ("zz", "0 rejects"), ("", "0 "), ("ffff", "image.txt")]
)
def test_a_payload_that_cannot_be_shown_is_told(small_warehouse, reject_id, told):
    with contextlib.closing(connect_reader(small_warehouse)) as con, pytest.raises(RejectUnknown, match=told):
        write_payload(con, reject_id)


def test_runs_are_named_by_the_beginning_of_their_id_or_as_last(small_warehouse):
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        assert read_span(con, "last", None) == Span(FIRST, SECOND)
        assert read_span(con, "2026-11-01", None) == Span(None, FIRST)
        assert read_span(con, "2026-11-02", "2026-11-01") == Span(FIRST, SECOND)
        for wrong in ("2026", "1999", ""):
            with pytest.raises(RunUnknown):
                read_span(con, wrong, None)


def test_the_ledger_tells_what_came_went_and_was_edited(small_warehouse, out):
    with working_copy(small_warehouse) as con:
        con.execute("update sightings set missed_run_id = $1 where document_id = 'bac'", [SECOND])
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        print_differences(con, small_warehouse, Span(FIRST, SECOND), with_rows=True)
    told = cells(out.getvalue())
    assert "by the ledger" in out.getvalue()
    assert ["documents", "1", "1", "1"] in told
    assert ["blocks", "1", "1", "1"] in told
    assert ["rejects", "2", "0", "0"] in told
    assert [row[:2] for row in told if row[0] in ("came", "went", "changed")] == [
        ["came", "halle"],
        ["changed", "digue2"],
        ["went", "bac"],
    ]


def test_with_the_generation_before_it_rows_are_compared(small_warehouse, out):
    beside(small_warehouse, ".previous").write_bytes(small_warehouse.read_bytes())
    third = "2026-11-03T06:00:00-cccccc"
    with working_copy(small_warehouse) as con:
        con.execute(
            "insert into runs by name select * replace ($1 as run_id) from runs where run_id = $2", [third, SECOND]
        )
        con.execute("delete from blocks where document_id = 'bac'")
        con.execute("update articles set language = 'be' where article_id = 'halle'")
        con.execute("insert into entities by name select 'v' as entity_id, 'Valbourg' as name, 'LOC' as entity_type")
    with contextlib.closing(connect_reader(small_warehouse)) as con:
        print_differences(con, small_warehouse, Span(SECOND, third), with_rows=True)
    assert "row by row" in out.getvalue()
    told = cells(out.getvalue())
    assert {row[0]: row[1:] for row in told if row[0] in ("blocks", "articles", "entities", "documents")} == {
        "blocks": ["0", "1", "0"],
        "articles": ["0", "0", "1"],
        "entities": ["1", "0", "0"],
    }
    assert ["changed", "halle"] in told
    assert ["went", "bac", "0"] in told


@pytest.fixture
def json_events():
    choose_format(LogFormat.json)
    yield
    choose_format(LogFormat.text)


@pytest.mark.usefixtures("json_events")
def test_each_event_is_a_json_object_on_a_line_of_ascii(capsys):
    say_progress("lecture de l’été")
    say_warning("deux\nlignes")
    say_error("\x1b[2J")
    write_event("reject", "warning", source_path="a\u202e.txt", record=None, at=datetime(2026, 11, 30))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.isascii()
    assert "\x1b" not in told.err
    events = [json.loads(line) for line in told.err.splitlines()]
    assert [(event["event"], event["level"]) for event in events] == [
        ("progress", "info"),
        ("problem", "warning"),
        ("error", "error"),
        ("reject", "warning"),
    ]
    assert events[0]["message"] == "lecture de l’été"
    assert events[3]["source_path"] == "a\u202e.txt"
    assert all(datetime.fromisoformat(event["time"]).tzinfo == UTC for event in events)


def test_in_text_events_are_lines_that_do_not_act(capsys):
    assert not logs.is_json()
    say_warning("un\x1b[2J\ndeux")
    assert capsys.readouterr().err == "un\\x1b[2J\\ndeux\n"


def test_a_temporary_table_of_differences_needs_no_write(small_warehouse):
    with duckdb.connect(str(small_warehouse), read_only=True) as con:
        differences.compare_ledger(con, Span(None, SECOND), with_rows=False)
        assert con.execute("select count(*) from changed_documents").fetchall() == [(4,)]
