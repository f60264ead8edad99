"""Where letters begin in one file: reckoned from blank sheets, separator sheets and heads of letters."""

import pytest

from tram.documents.rules import SEPARATOR, Cuts, dropped_pages, letters_of, page_words, proposed_cuts

BLANK, SHEET = "trang trắng", "tờ ngăn"


def test_blank_sheets_and_separators_fall_away_and_a_short_line_stays() -> None:
    looks = [(0.02, ""), (0.000006, ""), (0.0005, ""), (0.04, SEPARATOR), (0.04, "https://qr.vn")]
    assert dropped_pages(looks) == {2: BLANK, 4: SHEET}


@pytest.mark.parametrize(
    ("pages", "drops", "firsts", "starts"),
    [
        (3, {}, {}, {}),
        (4, {}, {1: "Số 45/UBND-KT", 3: "Số 7/STC"}, {1: "trang đầu: Số 45/UBND-KT", 3: "trang đầu: Số 7/STC"}),
        (4, {2: BLANK}, {}, {3: "sau trang trắng"}),
        (4, {2: SHEET, 3: SHEET}, {4: "Số 7/STC"}, {4: "sau tờ ngăn · trang đầu: Số 7/STC"}),
        (3, {1: SHEET, 3: BLANK}, {}, {}),
        # backs of sheets printed on one side part nothing; the heads do
        (
            6,
            {2: BLANK, 4: BLANK, 6: BLANK},
            {1: "Số 1/A", 5: "Số 2/A"},
            {1: "trang đầu: Số 1/A", 5: "trang đầu: Số 2/A"},
        ),
        # without the head of a letter nothing tells backs from blank sheets laid between
        (5, {2: BLANK, 4: BLANK}, {}, {3: "sau trang trắng", 5: "sau trang trắng"}),
    ],
)
def test_each_start_says_why(pages: int, drops: dict[int, str], firsts: dict[int, str], starts: dict[int, str]) -> None:
    assert proposed_cuts(pages, drops, firsts) == Cuts(starts, drops)


def test_a_mark_on_a_page_that_falls_away_holds_for_the_next() -> None:
    assert letters_of(6, {2, 5}, {2}) == [[1], [3, 4], [5, 6]]
    assert letters_of(3, {2, 3}, {1, 2, 3}) == []
    assert letters_of(4, set(), {2}) == [[1, 3, 4]]


def test_pages_are_told_as_people_write_them() -> None:
    assert [page_words(pages) for pages in ([3], [1, 2, 3, 5], [2, 4, 5])] == ["3", "1-3, 5", "2, 4-5"]
