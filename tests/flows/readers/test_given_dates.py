"""Dates in every form that tools write."""

from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers.dates import read_given_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-06-08", "2021-06-08"),
        ("2021-06-08T18:20:00+02:00", "2021-06-08T18:20:00+02:00"),
        ("2021-06-08 18:20:05", "2021-06-08T18:20:05"),
        ("2021-06-08T18:20:05.123Z", "2021-06-08T18:20:05Z"),
        ("2021-06-08 00:00:00", "2021-06-08"),
        ("20210608", "2021-06-08"),
        (20210608, "2021-06-08"),
        ("20210608T182000Z", "2021-06-08T18:20:00Z"),
        ("20210608182000", "2021-06-08T18:20:00"),
        ("2021/06/08", "2021-06-08"),
        ("2021 06 08T18:20:00", "2021-06-08T18:20:00"),
        ("08/06/2021", "2021-06-08"),
        ("8.6.2021", "2021-06-08"),
        ("08/06/21 18:20", "2021-06-08T18:20:00"),
        ("06/28/2021", "2021-06-28"),
        ("2021-06", "2021-06"),
        ("1964", "1964"),
        ("1964-12-03", "1964-12-03"),
        (1623176400, "2021-06-08T18:20:00Z"),
        ("1623176400000", "2021-06-08T18:20:00Z"),
        (1623176400.5, "2021-06-08T18:20:00Z"),
        (44355, "2021-06-08"),
        ("44355.75", "2021-06-08T18:00:00"),
        (datetime(2021, 6, 8, 18, 20, tzinfo=timezone.utc), "2021-06-08T18:20:00+0000"),  # noqa: UP017
        (date(2021, 6, 8), "2021-06-08"),
        ("mardi 8 juin 2021", "2021-06-08"),
        ("mardi 8 juin 2021 à 18h20", "2021-06-08T18:20:00"),
        ("1er août 2021", "2021-08-01"),
        ("juin 8 2021", "2021-06-08"),
        ("8 juin 2021 mardi 6:20 PM GMT", "2021-06-08T18:20:00Z"),
        ("June 8, 2021 Tuesday", "2021-06-08"),
        ("Tue, 08 Jun 2021 18:20:00 +0200", "2021-06-08T18:20:00+0200"),
        ("8 Jun 2021", "2021-06-08"),
        ("juin 2021", "2021-06"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written, iso):
    assert read_given_date(written) == iso


@pytest.mark.parametrize("written", ["2021-02-30", "2021-13-04", "32/01/2021", "hier", "", None, True, 7, "12", 1e30])
def test_what_is_no_day_of_a_newspaper_is_no_date(written):
    assert read_given_date(written) is None


@given(st.dates(date(1990, 1, 1), date(2069, 1, 1)))
def test_every_day_is_the_same_in_each_form(day):
    forms = [
        day.isoformat(),
        day.strftime("%Y%m%d"),
        day.strftime("%d/%m/%Y"),
        day.strftime("%B %d, %Y"),
        (day - date(1899, 12, 30)).days,
    ]
    assert {read_given_date(form) for form in forms} == {day.isoformat()}


@given(st.text() | st.integers() | st.floats())
def test_nothing_given_raises(value):
    assert read_given_date(value) is None or read_given_date(value)[:4].isdigit()
