"""The file of holidays obeys the law year by year."""

from datetime import date

import pytest

from tests.vietnamese.test_calendar import YEARS
from tram.vietnamese.calendar import WorkingCalendar

CALENDAR = WorkingCalendar.load()


def test_every_year_from_2007_to_2030_is_there():
    assert list(YEARS) == list(range(2007, 2031))


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_the_number_of_holidays_of_its_labour_code(year: int):
    tet, national = (4 if year < 2014 else 5), (1 if year < 2021 else 2)
    assert len(YEARS[year]["holidays"]) == 1 + tet + 1 + 2 + national + (year >= 2026)


@pytest.mark.parametrize("year", YEARS)
def test_a_holiday_on_a_rest_day_is_made_up_for(year: int):
    lost = [row for row in YEARS[year]["holidays"] if row["day"].weekday() >= 5]
    made_up = YEARS[year].get("compensatory", [])
    assert len(made_up) == len(lost)
    assert all(row["day"].weekday() < 5 for row in made_up)


@pytest.mark.parametrize("year", YEARS)
def test_a_swap_gives_a_weekday_for_a_rest_day(year: int):
    for row in YEARS[year].get("swaps", []):
        assert row["rest"].weekday() < 5 <= row["work"].weekday()
        assert abs((row["rest"] - row["work"]).days) <= 14


@pytest.mark.parametrize("year", YEARS)
def test_the_fixed_holidays_stand_on_their_days(year: int):
    fixed = [(1, 1), (4, 30), (5, 1), (9, 2), *([(11, 24)] if year >= 2026 else [])]
    assert all(CALENDAR.day(date(year, month, day)).kind == "holiday" for month, day in fixed)


@pytest.mark.parametrize("year", YEARS)
def test_no_day_is_written_twice(year: int):
    entry = YEARS[year]
    written = [row["day"] for key in ("holidays", "compensatory") for row in entry.get(key, [])]
    written += [day for row in entry.get("swaps", []) for day in (row["rest"], row["work"])]
    assert len(written) == len(set(written))
