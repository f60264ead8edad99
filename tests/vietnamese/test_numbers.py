from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tram.vietnamese.numbers import format_number, in_words, money_in_words, parse_number

ONES = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}


def heard(words: str) -> int:
    """Add up what is said: a second reader, which knows nothing of how the words were made."""
    total, part, last = 0, 0, 0
    for word in words.split():
        if word in ONES:
            last = ONES[word]
        elif word == "mười":
            part, last = part + 10, 0
        elif word in ("mươi", "trăm"):
            part, last = part + last * (10 if word == "mươi" else 100), 0
        elif word in ("nghìn", "triệu"):
            total, part, last = total + (part + last) * (1000 if word == "nghìn" else 10**6), 0, 0
        elif word == "tỷ":
            total, part, last = (total + part + last) * 10**9, 0, 0
    return total + part + last


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1010, "một nghìn không trăm mười"),
        (21_021, "hai mươi mốt nghìn không trăm hai mươi mốt"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_000_034_000, "một tỷ không trăm ba mươi tư nghìn"),
        (10**12, "một nghìn tỷ"),
        (2 * 10**18, "hai tỷ tỷ"),
        (-3, "âm ba"),
    ],
)
def test_a_number_is_said_as_at_school(number: int, words: str):
    assert in_words(number) == words


def test_the_south_says_another_word_for_the_empty_ten():
    assert in_words(105, zero_ten="lẻ") == "một trăm lẻ năm"


@given(st.integers(1, 10**18 - 1))
def test_what_is_said_adds_up_to_the_number(number: int):
    assert heard(in_words(number)) == number
    assert "  " not in in_words(number)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_two_numbers_never_sound_alike(one: int, other: int):
    assert (in_words(one) == in_words(other)) == (one == other)


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (1_500_000, "Một triệu năm trăm nghìn đồng"),
        (0, "Không đồng"),
        (20_005, "Hai mươi nghìn không trăm linh năm đồng"),
        (-50_000, "Âm năm mươi nghìn đồng"),
    ],
)
def test_money_begins_with_a_capital_and_ends_in_dong(dong: int, words: str):
    assert money_in_words(dong) == words


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234.5, "1.234,5"),
        (1_500_000, "1.500.000"),
        (12.0, "12"),
        (-0.0, "0"),
        (-1234567, "-1.234.567"),
        (Decimal("12.50"), "12,50"),
        (1e16, "10.000.000.000.000.000"),
        (0.1, "0,1"),
    ],
)
def test_a_number_takes_dots_and_a_comma(value: int | float | Decimal, written: str):
    assert format_number(value) == written


@given(st.decimals(-(10**12), 10**12, places=3))
def test_what_is_written_is_read_back(value: Decimal):
    assert parse_number(format_number(value)) == value


def test_a_dot_before_three_figures_is_a_thousand():
    assert parse_number("11.900") == 11900
    assert parse_number("1 234 567,25") == Decimal("1234567.25")


@pytest.mark.parametrize("typed", ["", "12.5", "1.23.456", "1,234,567", "1.2345", "ba", "12,", "--1"])
def test_what_may_mean_two_things_is_refused_with_the_way_to_type_it(typed: str):
    with pytest.raises(ValueError, match=r"Gõ dấu phẩy trước phần lẻ \(12,5\), dấu chấm giữa hàng nghìn \(12\.500\)"):
        parse_number(typed)
