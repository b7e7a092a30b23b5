"""Every reason that the code can give has its advice."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from schemas.reasons import ADVICE_BY_PATTERN, advise
from schemas.runs import STAGES

ROOT = Path(__file__).parent.parent.parent
SOURCES = [path for folder in ("flows", "transforms", "warehouse") for path in (ROOT / folder).rglob("*.py")]


def constant(node: ast.expr) -> str | None:
    """A string of the code, also where it is pl.lit("…"), an f-string or pl.format("…", …): its holes are `X`."""
    if isinstance(node, ast.Call) and node.args and name_of(node) in ("lit", "format"):
        inner = constant(node.args[0])
        return inner and inner.replace("{}", "X")
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def reason_places(trees: list[ast.Module]) -> dict[str, int]:
    """Functions of ours that are given a reason, and the place of that argument."""
    places = {}
    for node in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in node.args.args]
        if "reason" in names and node.name != "advise":
            places[node.name] = names.index("reason") - (names[0] in ("self", "cls"))
    return places


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def reasons_given(call: ast.Call, places: dict[str, int]) -> Iterator[str]:
    """The reasons that a call gives: after a stage, as `reason=`, or where a function of ours takes one."""
    values = [constant(argument) for argument in call.args]
    for stage, reason in pairwise(values):
        if stage in STAGES and isinstance(reason, str) and name_of(call) in ("Fault", "reject", *places):
            yield reason
    place = places.get(name_of(call), len(values))
    yield from filter(None, values[place : place + 1])
    yield from filter(None, [constant(word.value) for word in call.keywords if word.arg == "reason"])


def all_reasons() -> set[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCES]
    places = reason_places(trees)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    tuples = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Tuple))
    in_tuples = {
        reason
        for node in tuples
        for stage, reason in pairwise(map(constant, node.elts))
        if stage in ("read", "decode") and reason and " " in reason
    }
    return in_tuples | {reason for call in calls for reason in reasons_given(call, places)}


REASONS = sorted(all_reasons())


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_in_the_code_has_an_advice(reason):
    assert advise(reason), f"{reason!r} is given in the code: say in schemas/reasons.py what to do"


def test_the_reasons_of_the_code_are_found():
    assert {"empty", "not JSON", "file is damaged", "not a text", "no text in the page"} <= set(REASONS)


def test_reasons_that_name_a_table_have_an_advice_and_others_none():
    assert "left out" in (advise("row of figures breaks slices_figures") or "")
    assert "report" in (advise("row of figures breaks its schema") or "")
    assert advise("the moon was full") is None
    assert not any(pattern in REASONS for pattern in ADVICE_BY_PATTERN)
