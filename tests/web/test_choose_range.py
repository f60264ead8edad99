"""The range of a printed book: what cannot be is told with what can."""

import pytest

from tram.web.fields import Range


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        (9999, 82, "first", "Sổ mới có đến số 82. Nhập số đầu từ 1 đến 82."),
        (9999, 9999, "first", "Sổ mới có đến số 82. Nhập số đầu từ 1 đến 82."),
        (40, 12, "last", "Chọn đến số từ 40 đến 82."),
        (40, 90, "last", "Chọn đến số từ 40 đến 82."),
        ("x", 82, "first", "Nhập số từ 1 đến 82."),
    ],
)
def test_a_range_outside_the_book_is_told_what_the_book_holds(
    first: object, last: object, field: str, words: str
) -> None:
    form = Range({"first": first, "last": last}, last=82)
    assert not form.is_valid() and form.errors == {field: [words]}


def test_a_range_of_the_book_is_taken() -> None:
    assert Range({"first": "1", "last": "82"}, last=82).is_valid()
