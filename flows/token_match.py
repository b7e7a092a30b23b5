"""Loading spaCy's French tokeniser without the 1.7 CPU-seconds in which Python compiles one of its patterns.

The pattern says which words with hyphens are one token. It is 240 alternatives, each with its own copy of classes of
2,000 letters, 1.4 MB in all; those that differ only before the first such class say the same with one copy.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LONG_PATTERN = 500_000
"""Characters: no other pattern of spaCy or ours has a tenth of it."""
BIG_CLASS = re.compile(r"\[[^\]]{500,}\]")
ALTERNATIVES = re.compile(r"\(\?iu\)(?:\(\?:\^[^$]*\$\)\|?)+")
ALTERNATIVE = re.compile(r"\(\?:\^([^$]*)\$\)")


@contextmanager
def merging_alternatives() -> Iterator[None]:
    """While it lasts, such a pattern is compiled merged, wherever it comes from: the module or the model's files."""
    compile_as_given = re.compile

    def compile_merged(pattern: Any, flags: Any = 0) -> Any:
        is_long = isinstance(pattern, str) and len(pattern) > LONG_PATTERN
        return compile_as_given(merge_alternatives(pattern) if is_long else pattern, flags)

    re.compile = compile_merged
    try:
        yield
    finally:
        re.compile = compile_as_given


def merge_alternatives(pattern: str) -> str:
    """Merge the alternatives of a pattern that differ only before their first big class.

    In:  "(?iu)(?:^a-[...]+$)|(?:^b-[...]+$)|..."; a pattern of another form is given back as it is.
    Out: "(?iu)^(?:(?:a-|b-)[...]+|...)$", which matches the same texts.
    """
    if not ALTERNATIVES.fullmatch(pattern):
        return pattern
    heads: dict[str, list[str]] = {}
    for body in ALTERNATIVE.findall(pattern):
        first = BIG_CLASS.search(body)
        place = first.start() if first else len(body)
        heads.setdefault(body[place:], []).append(body[:place])
    return "(?iu)^(?:" + "|".join(f"(?:{'|'.join(head)}){tail}" for tail, head in heads.items()) + ")$"
