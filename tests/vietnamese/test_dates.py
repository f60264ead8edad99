from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tram.vietnamese.dates import ago, in_words, parse_typed, period_name, place_and_date, short

TODAY = date(2026, 3, 12)
HANOI = timezone(timedelta(hours=7))
NOW = datetime(2026, 3, 12, 14, 5, tzinfo=HANOI)
days = st.dates(date(2007, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_take_a_zero(day: date, words: str):
    assert in_words(day) == words


def test_a_paper_names_its_place_before_its_date():
    assert place_and_date("Lào Cai", date(2026, 2, 5)) == "Lào Cai, ngày 05 tháng 02 năm 2026"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5", date(2026, 3, 5)),
        ("5/2", date(2026, 2, 5)),
        ("05.02", date(2026, 2, 5)),
        ("0502", date(2026, 2, 5)),
        ("050226", date(2026, 2, 5)),
        ("05022026", date(2026, 2, 5)),
        (" 5-2-26 ", date(2026, 2, 5)),
        ("5/2/2026", date(2026, 2, 5)),
        ("5/2/99", date(1999, 2, 5)),
        ("29/2/24", date(2024, 2, 29)),
        ("h", TODAY),
        ("H-1", date(2026, 3, 11)),
        ("h+20", date(2026, 4, 1)),
    ],
)
def test_a_clerk_types_as_little_as_needed(typed: str, meant: date):
    assert parse_typed(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "hôm qua", "5/3/026", "32", "31/2", "29/2/2026", "5/13", "0/3", "12345", "h1", "mai"]
)
def test_what_is_no_date_is_answered_with_how_to_type_one(typed: str):
    with pytest.raises(ValueError, match="Gõ ngày như 5, 5/3, 050326 hoặc 5/3/2026; h là hôm nay"):
        parse_typed(typed, TODAY)


def test_a_day_that_no_calendar_has_is_named():
    with pytest.raises(ValueError, match="Ngày 31/02/2026 không có trong lịch"):
        parse_typed("31/2", TODAY)


@given(days)
def test_every_way_of_typing_a_full_date_gives_it_back(day: date):
    ways = [short(day), f"{day:%d%m%Y}", f"{day:%d%m%y}", f"{day.day}-{day.month}-{day.year}"]
    assert {parse_typed(way, TODAY) for way in ways} == {day}


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), "quý IV năm 2026"),
        (date(2026, 1, 1), date(2026, 3, 31), "quý I năm 2026"),
        (date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        (date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        (date(2026, 1, 1), date(2026, 9, 30), "9 tháng đầu năm 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        (date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024"),
        (date(2026, 11, 16), date(2026, 11, 22), "tuần 47 (16/11 – 22/11/2026)"),
        (date(2025, 12, 29), date(2026, 1, 4), "tuần 1 (29/12/2025 – 04/01/2026)"),
        (date(2026, 2, 5), date(2026, 2, 5), "ngày 05/02/2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "từ 01/02/2026 đến 30/04/2026"),
        (date(2026, 2, 5), date(2026, 2, 9), "từ 05/02/2026 đến 09/02/2026"),
    ],
)
def test_a_period_is_named_as_reports_name_it(first: date, last: date, name: str):
    assert period_name(first, last) == name


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=-30), "vừa xong"),
        (timedelta(seconds=59), "vừa xong"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(hours=2, minutes=59), "2 giờ trước"),
        (timedelta(hours=15), "hôm qua lúc 23:05"),
        (timedelta(days=3), "3 ngày trước"),
        (timedelta(days=7), "05/03/2026"),
        (timedelta(hours=-2), "16:05 ngày 12/03/2026"),
    ],
)
def test_how_long_ago_is_said_in_the_nearest_unit(before: timedelta, said: str):
    assert ago(NOW - before, NOW) == said
    assert ago((NOW - before).astimezone(UTC), NOW) == said
