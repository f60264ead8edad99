"""Figures and periods as they are typed: strictly, and as they are printed again."""

from datetime import date

import pytest

from tram.indicators.rules.catalogue import indicators
from tram.indicators.rules.reading import odd_jump, read_amount, read_period

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("code", "typed", "read"),
    [
        ("internet_subscribers", "≥ 11.900", "≥ 11.900"),
        ("internet_subscribers", ">=11.900", "≥ 11.900"),
        ("phone_density", "32,50", "32,5"),
        ("same_day_newspaper_centres", "100 %", "100"),
        ("portal_visit_rank", " 5 / 56", "5/56"),
        ("ict_budget", "~1.000.000.000", "≈ 1.000.000.000"),
        ("mobile_growth", "-3,5%", "-3,5"),
    ],
)
def test_a_figure_is_read_and_printed(code: str, typed: str, read: str) -> None:
    assert read_amount(typed, indicators()[code]).text == read


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("phone_density", "32.5", "dấu phẩy"),
        ("phone_density", "32,55", "tối đa 1 chữ số"),
        ("phone_density", "32 máy", "Không đọc được số"),
        ("agencies_with_lan", "4,5", "số nguyên"),
        ("agencies_with_lan", "-1", "không nhỏ hơn 0"),
        ("same_day_newspaper_centres", "101", "không lớn hơn 100"),
        ("portal_visit_rank", "57/56", "thứ hạng không lớn hơn"),
        ("portal_visit_rank", "5", "5/56"),
        ("ict_budget", "9" * 17, "không lớn hơn"),
    ],
)
def test_what_cannot_be_is_told(code: str, typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_amount(typed, indicators()[code])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("2008", "năm 2008"),
        ("Tháng 9/2008", "tháng 9 năm 2008"),
        ("quý III/2008", "quý III năm 2008"),
        ("q3 2008", "quý III năm 2008"),
        ("6 tháng 2008", "6 tháng đầu năm 2008"),
        ("9 tháng đầu năm 2008", "9 tháng đầu năm 2008"),
        ("năm 2026", "năm 2026"),
    ],
)
def test_a_period_is_read_and_can_be_typed_as_it_is_printed(typed: str, name: str) -> None:
    flow = indicators()["violations"]
    assert read_period(typed, flow, TODAY).name == name == read_period(name, flow, TODAY).name


@pytest.mark.parametrize(("code", "typed"), [("violations", "13/2008"), ("violations", "2027"), ("violations", "0000"),
                                             ("violations", "30/9/2008"), ("phone_density", "17/11/2026"), ("phone_density", "31/2/2020")])  # fmt: skip
def test_a_period_that_is_none_is_told(code: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        read_period(typed, indicators()[code], TODAY)


def test_an_odd_jump_is_asked_about_and_nothing_else() -> None:
    one = indicators()["phone_density"]
    now, before = read_amount("320", one), read_amount("32", one)
    assert odd_jump(now, before) == "Tăng 10 lần so với kỳ trước (32). Đúng chứ?"
    assert odd_jump(before, now).startswith("Giảm 10 lần") and not odd_jump(read_amount("40", one), before)
    assert not odd_jump(read_amount("0", one), before)
    rank = indicators()["portal_visit_rank"]
    assert not odd_jump(read_amount("50/56", rank), read_amount("1/56", rank))
