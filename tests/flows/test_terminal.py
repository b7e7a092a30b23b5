"""Nothing that is printed acts on the terminal or is taken for markup."""

import io

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from flows.console import make_table, print_csv, print_json
from flows.terminal import as_text, one_line, some_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("titre\x07", "titre\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("gpj.\u202egnp", "gpj.\\u202egnp"),
        ("a\u200bb", "a\\u200bb"),
        ("deux\nlignes\r", "deux\\nlignes\\r"),
        ("moitié \ud83d", "moitié \\ud83d"),
        ("« 12\u202f000\u00a0€ »", "« 12\u202f000\u00a0€ »"),
        ("Été, œuvre — l’an", "Été, œuvre — l’an"),
    ],
)
def test_acting_characters_are_written_as_escapes_and_french_print_stays(text, shown):
    assert one_line(text) == shown


def test_line_breaks_stay_where_there_may_be_several_lines():
    assert some_lines("un\ndeux\x1b") == "un\ndeux\\x1b"


@given(st.text())
def test_no_text_whatever_acts(text):
    shown = one_line(text)
    assert all(ord(c) >= 32 and not 127 <= ord(c) < 160 and c not in "\u2028\u2029\u202e" for c in shown)
    assert one_line(shown) == shown


@given(st.text(alphabet="[]/\\redbol x\x1b\n", max_size=30))
def test_markup_in_names_and_values_is_printed_as_it_stands(text):
    out = io.StringIO()
    console = Console(file=out, width=400, force_terminal=True, color_system=None)
    console.print(make_table([text], [[text], [[text]]], title=text))
    console.print(as_text(text))
    assert "\x1b" not in out.getvalue()
    for line in some_lines(text).split("\n"):
        assert line.rstrip() in out.getvalue()


@pytest.mark.parametrize("printer", [print_csv, print_json])
@pytest.mark.parametrize("is_terminal", [True, False])
def test_values_are_whole_in_a_file_and_harmless_on_a_terminal(printer, is_terminal, monkeypatch):
    class Output(io.StringIO):
        def isatty(self) -> bool:
            return is_terminal

    out = Output()
    monkeypatch.setattr("sys.stdout", out)
    printer(duckdb.sql("select 'a' || chr(155) || '2J' as x"))
    assert ("\x9b" in out.getvalue()) is not is_terminal
