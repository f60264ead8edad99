"""Deadlines against a naive reference that reads the same file on its own."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tram.vietnamese.calendar import CATALOGUE, OFFICE_HOURS, Day, WorkingCalendar, read_days

CALENDAR = WorkingCalendar.load()
YEARS = yaml.safe_load((CATALOGUE / "holidays.yaml").read_text(encoding="utf-8"))["years"]
ROWS = {
    key: [row for year in YEARS.values() for row in year.get(key, [])] for key in ("holidays", "compensatory", "swaps")
}
OFF = {row["day"] for key in ("holidays", "compensatory") for row in ROWS[key]} | {row["rest"] for row in ROWS["swaps"]}
WORKED = {row["work"] for row in ROWS["swaps"]}
days = st.dates(date(2007, 1, 1), date(2030, 10, 1))
moments = st.datetimes(datetime(2007, 1, 1), datetime(2030, 10, 1))


def works(on: date) -> bool:
    return on in WORKED or (on.weekday() < 5 and on not in OFF)


@pytest.mark.parametrize(
    ("accepted", "n", "due"),
    [
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2026, 4, 29), 2, date(2026, 5, 5)),
        (date(2026, 11, 23), 1, date(2026, 11, 25)),
        (date(2026, 1, 1), 1, date(2026, 1, 5)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
    ],
)
def test_a_deadline_falls_where_the_law_puts_it(accepted: date, n: int, due: date):
    assert CALENDAR.add(accepted, n) == due
    assert CALENDAR.between(accepted, due) == n


@given(days, st.integers(1, 60))
def test_a_deadline_is_the_one_a_naive_count_finds(on: date, n: int):
    due, counted = on, 0
    while counted < n:
        due += timedelta(days=1)
        counted += works(due)
    assert CALENDAR.add(on, n) == due
    assert CALENDAR.between(on, due) == n == -CALENDAR.between(due, on)


@given(days, st.integers(-60, 60).filter(bool))
def test_counting_back_undoes_counting_on(on: date, n: int):
    start = CALENDAR.add(on, 0)
    assert CALENDAR.add(CALENDAR.add(start, n), -n) == start


@given(days, days)
def test_the_days_between_add_up(one: date, other: date):
    middle = min(one, other) + abs(other - one) / 2
    assert CALENDAR.between(one, other) == CALENDAR.between(one, middle) + CALENDAR.between(middle, other)


@given(moments, st.integers(0, 60 * 40))
def test_hours_pass_only_while_the_office_is_open(at: datetime, minutes: int):
    due = CALENDAR.add_hours(at, minutes / 60)
    assert round(CALENDAR.hours_between(at, due) * 60) == minutes
    opens = [hours for hours in OFFICE_HOURS if hours[0] <= due.time() <= hours[1]]
    assert opens and works(due.date())


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        (datetime(2026, 4, 24, 16, 30), 2, datetime(2026, 4, 28, 8, 30)),
        (datetime(2026, 4, 24, 6, 0), 1, datetime(2026, 4, 24, 8, 30)),
        (datetime(2026, 4, 24, 12, 0), 0, datetime(2026, 4, 24, 13, 30)),
        (datetime(2026, 4, 24, 7, 30), 8, datetime(2026, 4, 24, 17, 30)),
        (datetime(2026, 4, 24, 17, 30), 0, datetime(2026, 4, 28, 7, 30)),
    ],
)
def test_a_deadline_in_hours_waits_for_lunch_night_and_holiday(at: datetime, hours: float, due: datetime):
    assert CALENDAR.add_hours(at, hours) == due


def test_a_half_day_works_one_half_and_counts_as_a_day():
    storm = Day(date(2026, 9, 8), "holiday", "Nghỉ tránh bão", "Công điện của tỉnh")
    eve = Day(date(2026, 9, 9), "half_day", "Làm việc buổi sáng", "Công văn của tỉnh", "morning")
    province = WorkingCalendar.load(extra=[storm, eve])
    assert province.add(date(2026, 9, 7), 1) == date(2026, 9, 9)
    assert province.add_hours(datetime(2026, 9, 7, 16, 30), 6) == datetime(2026, 9, 10, 8, 30)
    assert province.sessions(eve.on) == [(time(7, 30), time(11, 30))]
    assert CALENDAR.is_working(storm.on)


def test_a_province_reads_its_own_file(tmp_path: Path):
    file = tmp_path / "holidays.yaml"
    half = "{day: 2026-06-05, half: afternoon, name: Lễ hội buổi sáng, source: t}"
    file.write_text(f"sources: {{t: Công văn của tỉnh}}\nyears: {{2026: {{half_days: [{half}]}}}}", encoding="utf-8")
    (day,) = read_days(file)
    assert WorkingCalendar.load(extra=[day]).day(date(2026, 6, 5)).source == "Công văn của tỉnh"
    assert WorkingCalendar.load(extra=[day]).sessions(day.on) == [(time(13, 30), time(17, 30))]


@pytest.mark.parametrize("row", ["{day: 2026-06-05, name: Lễ}", "{day: 2026-06-05, name: Lễ, source: x}"])
def test_a_line_without_its_paper_is_refused_by_name(tmp_path: Path, row: str):
    file = tmp_path / "holidays.yaml"
    file.write_text(f"sources: {{t: T}}\nyears: {{2026: {{holidays: [{row}]}}}}", encoding="utf-8")
    with pytest.raises(ValueError, match="holidays.yaml, năm 2026, holidays: dòng .* còn thiếu"):
        read_days(file)


@pytest.mark.parametrize(
    ("on", "kind", "name"),
    [
        (date(2026, 11, 24), "holiday", "Ngày Văn hóa Việt Nam"),
        (date(2026, 4, 27), "compensatory", "Nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2026, 1, 2), "swap_off", "Nghỉ hoán đổi, làm bù ngày 10/01/2026"),
        (date(2026, 8, 22), "swap_work", "Làm bù cho ngày 31/08/2026"),
        (date(2026, 3, 14), "weekend", "Ngày nghỉ hằng tuần"),
        (date(2026, 3, 13), "working", "Ngày làm việc"),
    ],
)
def test_a_day_tells_its_kind_and_name(on: date, kind: str, name: str):
    assert (CALENDAR.day(on).kind, CALENDAR.day(on).name) == (kind, name)


def test_years_not_compared_with_announcements_say_so():
    assert CALENDAR.is_checked(2026) and not CALENDAR.is_checked(2027) and not CALENDAR.is_checked(2031)


def test_hours_below_zero_or_a_day_without_hours_are_refused():
    with pytest.raises(ValueError, match="Số giờ"):
        CALENDAR.add_hours(datetime(2026, 3, 12), -1)
    with pytest.raises(ValueError, match="giờ làm việc"):
        CALENDAR.add_hours(datetime(2026, 3, 12), 1, [])
