"""No step grows faster than the text: what once took time with its square, at a size and at four times it.

Ratios of CPU time with room to spare; benchmarks/linearity.py measures every step on a thousand such texts.
"""

import time
from collections.abc import Callable

import polars as pl
import pytest

from transforms.documents import undo_escapes
from transforms.layout.repairs import repair_line, repair_lines
from transforms.mentions import find_mentions
from transforms.names.spans import find_word_starts
from transforms.paragraphs import LONGEST, cut_long_paragraphs
from transforms.person_roles import join_names, read_roles
from transforms.quotations import find_in_text
from transforms.speech.marks import pair_marks
from transforms.speech.named import Mention
from transforms.speech.speakers import SENTENCE_END

PARTS = 4
MOST = 10  # times as long for four times the text: the square would be 16, from a size at which it takes seconds
LEAST = 0.05  # CPU-seconds; below them a clock tells little


def grows_with_square(work: Callable[[str], object], unit: str, times: int) -> bool:
    """Whether four times the text takes far more than four times as long, in the quickest of three tries."""

    def measure(text: str) -> float:
        begin = time.process_time()
        work(text)
        return time.process_time() - begin

    def least(count: int) -> float:
        return min(measure(unit * count) for _ in range(3))

    return least(times) > MOST * max(least(times // PARTS), LEAST)


@pytest.mark.parametrize("unit", ["« mot ", "“mot ", "«”", "„ “", '" mot'])
def test_marks_that_never_close_are_read_once(unit: str):
    assert not grows_with_square(pair_marks, unit, 16_000)


@pytest.mark.parametrize("unit", ["*. ", "_. ", "`", "<!--", "a,b<b>", "[a](", "\u0323\u0301", "*mot "])
def test_markup_that_never_closes_is_read_once(unit: str):
    assert not grows_with_square(repair_line, unit, 16_000)


@pytest.mark.parametrize("unit", ["\\", "\\u", "\\n"])
def test_escapes_are_undone_in_one_pass(unit: str):
    assert not grows_with_square(undo_escapes, unit, 60_000)


@pytest.mark.parametrize("unit", ["dit ", "« mot » dit ", "Il dit « oui ». ", "le maire dit que tout va, "])
def test_a_sentence_without_end_is_read_in_parts(unit: str):
    assert not grows_with_square(lambda text: find_in_text(text, [], [(0, len(text), "body")]), unit, 2_400)


@pytest.mark.parametrize("unit", [".", "…", "?!"])
def test_a_run_of_signs_that_ends_no_sentence_is_tried_once(unit: str):
    assert not grows_with_square(SENTENCE_END.findall, unit, 16_000)


def test_a_noun_is_looked_up_among_those_who_bear_it():
    unit = "Le maire dit que Lise Orvane, maire de Sarlune, ment. "

    def read(text: str) -> object:
        places = range(unit.index("Lise"), len(text), len(unit))
        named = [Mention(p, p + len("Lise Orvane"), "Lise Orvane", "PER", f"Lise Orvane{p}") for p in places]
        return find_in_text(text, named, [(0, len(text), "body")])

    assert not grows_with_square(read, unit, 800)


def test_names_are_joined_in_one_pass():
    unit = "Lise Orvane, "

    def read(text: str) -> object:
        return join_names(text, [(place, place + 11) for place in range(0, len(text), len(unit))])

    assert not grows_with_square(read, unit, 24_000)


def test_a_role_is_sought_near_its_person():
    unit = "Lise Orvane, maire, "

    def read(text: str) -> object:
        return read_roles(text, [(place, place + 11) for place in range(0, len(text), len(unit))])

    assert not grows_with_square(read, unit, 8_000)


def test_runs_of_one_long_line_take_no_room_beside_plain_ones():
    """As lists, they took 24 bytes for each run and plain line: 10 GB here."""
    lines = pl.DataFrame({"raw": ["mot &amp; " * 20_000, *(f"ligne {number}" for number in range(20_000))]})
    repaired = repair_lines(lines)
    assert not any(isinstance(dtype, pl.List) and dtype.inner == pl.Int64 for dtype in repaired.lines.schema.values())
    assert repaired.lines.height == lines.height
    assert repaired.runs.height < 80_000


def test_places_of_many_names_with_one_first_word_stay_few():
    """Each name against each place of its first word would be four million rows."""
    text = " ".join(f"Jean Orv{number:04d}a dit." for number in range(600))
    spans = [(place, place + 13) for place in range(0, len(text), 19)]
    paragraphs = pl.DataFrame({"article_id": ["a"], "paragraph_index": [0], "start": [0], "text": [text]})
    found = pl.DataFrame(
        [("a", 0, start, end, "PER") for start, end in spans],
        schema=["article_id", "paragraph_index", "start", "end", "label"],
        orient="row",
    )
    assert find_mentions(paragraphs, found).height >= len(spans) // 2


def test_many_words_are_found_as_few_are():
    text = "Le pont tient. la pontée\nil court"
    starts = ["pont", "tien", "la", "le", "il", "court", "ont"]
    few = find_word_starts(text, starts)
    assert few == find_word_starts(text, [*starts, *(f"zz{number}" for number in range(40))]) == {
        "pont", "tien", "la", "court",
    }  # fmt: skip


def test_a_paragraph_longer_than_any_is_cut_behind_a_sentence():
    sentence = "Le maire de Sarlune a ouvert le pont. "
    text = (sentence * (2 * LONGEST // len(sentence)) + "Fin.").strip()
    rows = {
        "article_id": ["a", "a", "b"], "paragraph_index": [0, 3, 2], "start": [0, 7, 0],
        "end": [5, 7 + len(text), 3], "text": ["Titre", text, "Mot"], "role": ["title", "body", "body"],
    }  # fmt: skip
    cut = cut_long_paragraphs(pl.DataFrame(rows))
    pieces = cut.filter(pl.col("article_id") == "a", pl.col("role") == "body")
    assert pieces.height > 1
    assert all(text[start - 7 : end - 7] == piece for start, end, piece in pieces.select("start", "end", "text").rows())
    assert all(piece.endswith(".") and len(piece) <= LONGEST for piece in pieces["text"])
    assert " ".join(pieces["text"]) == text
    assert cut.filter(pl.col("article_id") == "a")["paragraph_index"].to_list() == list(range(pieces.height + 1))
    assert cut.filter(pl.col("article_id") == "b").rows() == [("b", 2, 0, 3, "Mot", "body")]


def test_paragraphs_of_any_usual_length_stay_as_they_are():
    rows = {"article_id": ["a"], "paragraph_index": [4], "start": [2], "end": [5], "text": ["Mot"], "role": ["body"]}
    paragraphs = pl.DataFrame(rows)
    assert cut_long_paragraphs(paragraphs) is paragraphs
