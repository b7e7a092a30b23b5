"""Quotation marks: which opens, which closes, what lies between them."""

import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

MARKS = '«»“”„"'
MARK = re.compile(f"[{MARKS}]")
# The apostrophe opens the way for a mark: l’« inaction ».
BEFORE_OPENING = re.compile(r"[\s(\[’'—–:\-/]")
AFTER_CLOSING = re.compile(r"[\s,.;:!?)\]…—–\-/]")
LONGEST = 4000  # characters; a longer pair is two marks that have nothing to do with each other


class Marked(NamedTuple):
    """A passage between two marks: the marks' places, and the content without them and without blanks."""

    opening: int
    start: int
    end: int
    closing: int
    is_balanced: bool

    def shift(self, offset: int) -> "Marked":
        """The same passage in a text that begins so many characters earlier."""
        return Marked(
            self.opening + offset, self.start + offset, self.end + offset, self.closing + offset, self.is_balanced
        )


def opens(text: str, place: int, inside: str | None) -> bool:
    """Whether the mark at this place opens a passage.

    A guillemet says so itself (« opens, » closes; also “ ”, „ “). A straight mark opens after a blank and before
    a letter, closes after a letter and before a blank or a sign; where neither is plain it closes what is open.
    """
    mark = text[place]
    if mark in "«„":
        return True
    if mark in "»”":
        return mark == "”" and inside is None and is_free_before(text, place) and not is_free_after(text, place)
    if mark == "“":
        return inside != "„"
    if is_free_before(text, place) and not is_free_after(text, place):
        return True
    if is_free_after(text, place) and not is_free_before(text, place):
        return False
    return inside != '"'


def is_free_before(text: str, place: int) -> bool:
    """Whether a passage may begin here: the paragraph begins, or a blank or an elision stands before."""
    return place == 0 or BEFORE_OPENING.match(text, place - 1) is not None


def is_free_after(text: str, place: int) -> bool:
    """Whether a passage may end here: the paragraph ends, or a blank or a sign stands after."""
    return place + 1 >= len(text) or AFTER_CLOSING.match(text, place + 1) is not None


CLOSERS = {"«": "»", "“": '”"', "„": "“”", '"': '"”', "”": "”"}


def pair_marks(text: str) -> list[Marked]:
    """Passages between outermost marks in one paragraph.

    In:  a paragraph.
    Out: passages in order; nested ones stay inside. A mark that is never closed gives a passage up to the next
         opening's sentence or to the end of the paragraph, with is_balanced false; a mark never opened is left out.
    """
    found: list[Marked] = []
    stack: list[int] = []
    kinds: Counter[str] = Counter()  # of the marks in the stack
    balances: dict[str, Balance] = {}
    for match in MARK.finditer(text):
        place = match.start()
        mark = text[place]
        inside = text[stack[-1]] if stack else None
        if opens(text, place, inside):
            reopens = bool(stack) and (inside == mark or (mark == "«" and len(stack) == 1))
            if reopens and mark not in balances:
                balances[mark] = Balance(text, mark)
            if reopens and (mark == '"' or not balances[mark].closes_later(place, len(stack) + 1)):
                found.append(cut_open(text, stack[0], place))
                stack.clear()
                kinds.clear()
            stack.append(place)
            kinds[mark] += 1
        elif any(mark in CLOSERS[kind] for kind in kinds):
            depth = next(i for i in range(len(stack) - 1, -1, -1) if mark in CLOSERS[text[stack[i]]])
            if depth == 0:
                found.append(strip_blanks(text, stack[0], place))
            kinds -= Counter(text[closed] for closed in stack[depth:])  # drops kinds of which none is left
            del stack[depth:]
    if stack:
        found.append(cut_open(text, stack[0], len(text)))
    return [marked for marked in found if 0 < marked.end - marked.start <= LONGEST]


class Balance:
    """How often a mark of a paragraph opens more than it closes, read once for all its openings.

    Looking ahead from each opening anew took time with the square of their number: 4,000 that never close 1.2 s.
    """

    def __init__(self, text: str, mark: str) -> None:
        matches = list(re.finditer(f"[{mark}{CLOSERS[mark][0]}]", text))
        self.places = [match.start() for match in matches]
        self.open = list(accumulate(1 if match.group() == mark else -1 for match in matches))
        self.least_after = [*accumulate(reversed(self.open), min)][::-1]

    def closes_later(self, place: int, count: int) -> bool:
        """Whether enough closing marks follow for a nested pair of the same kind: « … « … » … »."""
        index = bisect_right(self.places, place)
        return index < len(self.places) and self.least_after[index] <= self.open[index - 1] - count


def strip_blanks(text: str, opening: int, closing: int) -> Marked:
    """The content of a pair without the blanks inside the marks."""
    content = text[opening + 1 : closing]
    start = opening + 1 + len(content) - len(content.lstrip())
    return Marked(opening, start, max(start, closing - (len(content) - len(content.rstrip()))), closing, True)


def cut_open(text: str, opening: int, limit: int) -> Marked:
    """The content after a mark that is not closed.

    A whole sentence runs to the last full stop before the limit, a fragment to its first comma.
    """
    content = text[opening + 1 : limit]
    if limit < len(text):
        is_sentence = content.lstrip()[:1].isupper()
        stops = [m.end() for m in re.finditer(r"[.!?…]+(?=\s)" if is_sentence else r"(?=[,;:.])", content)]
        if stops:
            content = content[: stops[-1] if is_sentence else stops[0]]
    marked = strip_blanks(text, opening, opening + 1 + len(content))
    return marked._replace(closing=marked.end, is_balanced=False)
