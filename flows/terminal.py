"""What may reach a terminal: no value, file name or error acts on it, whatever characters it holds."""

import unicodedata
from typing import Any

from rich.text import Text

ACTING = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Categories that a terminal may obey or that hide what stands there: controls (ESC, BEL, C1), signs without a glyph
(U+202E turns a line around), halves of surrogates, unassigned code points, line and paragraph separators. The spaces
of French print, such as U+202F, are none of them."""


def harmless(text: str, kept: str = "") -> str:
    """A text whose acting characters are written as escapes, such as \\x1b; those of `kept` stay."""
    return "".join(escape(c) if c not in kept and unicodedata.category(c) in ACTING else c for c in text)


def escape(character: str) -> str:
    """A character as Python writes it: \\x1b, \\u202e."""
    return character.encode("unicode_escape").decode("ascii")


def one_line(text: str) -> str:
    """A text fit for one line of a terminal or a log: line breaks escaped too."""
    return harmless(text)


def some_lines(text: str) -> str:
    """A text fit for a terminal, its line breaks kept: a message, a cell of a table, a payload."""
    return harmless(text, kept="\n")


def as_text(value: Any, style: str = "") -> Text:
    """A value for rich that is no markup: `[/red]` is printed as it stands."""
    return Text(some_lines(str(value)), style=style)
