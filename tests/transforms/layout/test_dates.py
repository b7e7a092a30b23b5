"""Dates that header lines print, with their cues."""

import pytest

from transforms.layout.dates import read_dated_line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Publié le 3 mai 2023 à 18h07", [("published", "2023-05-03 18:07", "minute")]),
        ("Publié le 20.04.2021 à 9h30", [("published", "2021-04-20 09:30", "minute")]),
        ("Mis en ligne le dimanche 4 juin 2023", [("published", "2023-06-04 00:00", "day")]),
        ("1er mars 2022 | 12h00", [(None, "2022-03-01 12:00", "minute")]),
        ("Le 3 mai 2023 à 16 h 05 HAE", [(None, "2023-05-03 16:05", "minute")]),
        ("Mon 8 May 2023 17.20 GMT", [(None, "2023-05-08 17:20", "minute")]),
        ("March 3, 2023 6:05 p.m.", [(None, "2023-03-03 18:05", "minute")]),
        ("2023-05-03T09:30:00+02:00", [(None, "2023-05-03 09:30", "minute")]),
        ("12/05/23", [(None, "2023-05-12 00:00", "day")]),
        ("date 2023-05 Une halle", [("archived", "2023-05-01 00:00", "month")]),
        (
            "Publié le 3 mai 2023 à 9h - Mis à jour le 4 mai 2023",
            [("published", "2023-05-03 09:00", "minute"), ("updated", "2023-05-04 00:00", "day")],
        ),
        (
            "Le 12/05/2023 à 23:10 | Mis à jour à 23:45",
            [(None, "2023-05-12 23:10", "minute"), ("updated", "2023-05-12 23:45", "minute")],
        ),
    ],
)
def test_a_header_line_gives_its_dates_and_nothing_is_left_over(line, expected):
    read = read_dated_line(line)
    assert [(d.cue, str(d.at())[:16], d.precision) for d in read.dates] == expected
    assert not read.rest.replace("HAE", "").strip() or "halle" in read.rest


def test_a_year_that_is_not_printed_is_not_guessed():
    (date,) = read_dated_line("publié le 31 juillet").dates
    assert (date.year, date.month, date.day, date.at()) == (None, 7, 31, None)
    assert str(date.at(2019)) == "2019-07-31 00:00:00"


@pytest.mark.parametrize("line", ["Il reste 20 mètres", "31/31/2023", "version 1.2.3", "12 marsouins"])
def test_what_only_looks_like_a_date_is_none(line):
    assert not read_dated_line(line).dates
