"""What the quotations of a text tell of each other: one goes on in the next paragraph, one waits for its speaker."""

import re
from itertools import pairwise
from typing import NamedTuple

from transforms.speech.marks import Marked
from transforms.speech.speakers import Reading, Speaker

# Somebody whom the text has not named and does not mean to: une voisine, cette famille, deux élèves.
CROWD = re.compile(
    r"(?:une?|des|cet|cette|ce|ces|certain(?:e?s|)|plusieurs|beaucoup|d’autres|deux|trois|quatre) ", re.IGNORECASE
)


class Quotation(NamedTuple):
    """One quotation at its place."""

    start: int
    end: int
    kind: str
    speaker: Speaker | None
    verb: str | None


def share_across_paragraphs(text: str, passages: list[Marked], quotations: list[Quotation]) -> list[Quotation]:
    """Give a quotation that goes on in the next paragraph the speaker found there.

    Each paragraph of a long quotation opens with a mark and only the last one closes; the speaker may come last.
    """
    open_ends = {p.start for p in passages if not p.is_balanced and text[p.end : p.end + 1] in ("\n", "")}
    shared: list[Quotation] = []
    for found in reversed(quotations):
        quotation = found
        follows = shared[-1] if shared else None
        if follows and quotation.start in open_ends and quotation.verb is None and follows.verb is not None:
            gap = text[quotation.end : follows.start]
            if not gap.strip(' \n«“"'):
                speaker = follows.speaker._replace(rule="continued") if follows.speaker else None
                quotation = quotation._replace(speaker=speaker)
        shared.append(quotation)
    return shared[::-1]


def name_openings(reading: Reading, quotations: list[Quotation]) -> list[Quotation]:
    """Give a quotation that opens a paragraph before anybody has spoken to who speaks next in that paragraph."""
    named = list(quotations)
    for index, (quotation, after) in enumerate(pairwise(quotations)):
        line = reading.text.rfind("\n", 0, quotation.start) + 1
        opens = quotation.speaker is None and not reading.text[line : quotation.start].strip(' «“„"')
        speaker = after.speaker if after.verb is not None else None
        is_first = opens and quotation.kind == "direct" and not reading.is_heading(quotation.start)
        if is_first and speaker and speaker.mention and "\n" not in reading.text[quotation.end : after.start]:
            named[index] = quotation._replace(speaker=speaker._replace(rule="later name"))
    return named


def part_from_paragraph_before(reading: Reading, quotations: list[Quotation]) -> list[Quotation]:
    """Take a quotation that opens a paragraph from who spoke before it, where the same paragraph makes another speak.

    « Il fait froid ! » Pour cette famille, « c’est le premier bain »: a voice of the crowd, not the one of the
    paragraph before.
    """
    parted = list(quotations)
    for index, (quotation, after) in enumerate(pairwise(quotations)):
        line = reading.text.rfind("\n", 0, quotation.start) + 1
        opens = not reading.text[line : quotation.start].strip(' «“„"')
        is_carried = quotation.speaker is not None and quotation.speaker.rule == "continued" and quotation.verb is None
        if not (opens and line and is_carried) or "\n" in reading.text[quotation.end : after.start]:
            continue
        other = after.speaker if after.verb is not None else None
        if other is not None and other.mention is None and CROWD.match(other.text or ""):
            parted[index] = quotation._replace(speaker=None)
    return parted


def name_headings(reading: Reading, quotations: list[Quotation]) -> list[Quotation]:
    """Give the words of a heading to the only one who speaks in the part below it, those of the title in the text."""
    named = list(quotations)
    for index, quotation in enumerate(quotations):
        if quotation.speaker is not None or not reading.is_heading(quotation.start):
            continue
        end = reading.find_next_heading(quotation.start)
        below = [q.speaker for q in quotations[index + 1 :] if q.start < end and q.kind != "indirect"]
        names = {speaker.mention.name if speaker and speaker.mention else None for speaker in below}
        if len(names) == 1 and below[0] is not None and below[0].mention is not None:
            named[index] = quotation._replace(speaker=below[0]._replace(rule="later name"))
    return named
