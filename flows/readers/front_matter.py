"""What stands above a Markdown text: YAML between lines of ---, or TOML between lines of +++."""

import math
import re
import tomllib
from typing import Any

import yaml

from flows.readers.columns import name_columns

YAML_HEAD = re.compile(r"---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TOML_HEAD = re.compile(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
DEEPEST = 16
"""Brackets within brackets of a value; one beyond is left out: thousands would exhaust the parser's stack."""
LONGEST = 1_000_000
"""Characters that a front matter may come to once each reference is written out: ten lines can mean nine billion."""
LINE = re.compile(r"^(?P<key>[^\W\d][\w .:-]{0,60}?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")


class PlainLoader(yaml.SafeLoader):
    """YAML whose dates stay as they are written: 2021-02-30 is for the reader of dates to judge, not an error."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Part a text from its front matter.

    Out: the given columns by meaning, and the text below. A value that cannot be read is left out, the others stand;
    where no line of the head is a name and a value, all of it is text.
    """
    for pattern, read in ((YAML_HEAD, _read_yaml), (TOML_HEAD, _read_toml)):
        match = pattern.match(text)
        if match and (found := read(match["head"])):
            written, given = name_columns(found)
            return given if written is None else given | {"text": written}, text[match.end() :]
    return {}, text


def _read_yaml(head: str) -> dict[str, Any]:
    found = _load(head)
    if found is not None:
        return found
    readable: dict[str, Any] = {}
    for entry in re.split(r"\n(?=[^\s#-])", head):
        readable |= _load(entry) or _read_line(entry)
    return readable


def _load(head: str) -> dict[str, Any] | None:
    """What YAML says, where it says names with values, at no more than LONGEST."""
    if _nesting(head) > DEEPEST:
        return None
    try:
        found = yaml.load(head, PlainLoader)  # a SafeLoader
        return found if isinstance(found, dict) and _length(found, {}) <= LONGEST else None
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        return None


def _nesting(head: str) -> int:
    """Most brackets open at once."""
    deepest = depth = 0
    for bracket in re.findall(r"[\[{\]}]", head):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _length(value: Any, lengths: dict[int, float]) -> float:
    """Characters of a value with each reference written out, each counted once; what holds itself has no end."""
    if not isinstance(value, dict | list):
        return len(str(value)) + 1
    if id(value) not in lengths:
        lengths[id(value)] = math.inf
        inner = value.values() if isinstance(value, dict) else value
        lengths[id(value)] = 1 + sum(_length(item, lengths) for item in inner)
    return lengths[id(value)]


def _read_line(entry: str) -> dict[str, Any]:
    """A name and a value in one line, read as they stand, where YAML does not read them."""
    match = LINE.match(entry.split("\n", maxsplit=1)[0])
    value = (match["value"] or "").strip().strip("\"'") if match else ""
    return {match["key"]: value} if match and value and _nesting(entry) <= DEEPEST and value[0] not in "&*[{" else {}


def _read_toml(head: str) -> dict[str, Any]:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return {}
