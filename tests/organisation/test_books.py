"""Books: a number is given once and never again, whatever becomes of it (NĐ 30/2020 Điều 15, 22)."""

from datetime import datetime, timedelta

import pytest

from tests.cast import AT, Cast
from tram.audit.queries import what_happened
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.commands.books import (
    close_book,
    lock_book,
    open_book,
    reserve_number,
    take_number,
    use_reserved,
    void_number,
)
from tram.organisation.models import NumberBook

NEXT_YEAR = datetime(2027, 1, 4, 8, tzinfo=LOCAL)


@pytest.fixture
def book(cast: Cast) -> NumberBook:
    return NumberBook.objects.get(agency=cast.skhcn, code="incoming", year=2026)


def give(cast: Cast, number: int, about: str) -> int:
    return use_reserved(actor=cast.hoa, at=AT, agency=cast.skhcn.pk, code="incoming", number=number, about=about)


def take(cast: Cast, count: int = 1, at: datetime = AT) -> list[int]:
    return [
        take_number(actor=cast.hoa, at=at, agency=cast.skhcn.pk, code="incoming", about="x/1") for _ in range(count)
    ]


def test_numbers_rise_by_one_and_step_over_a_reserved_one(cast: Cast, book: NumberBook) -> None:
    assert take(cast, 2) == [1, 2]
    kept = reserve_number(actor=cast.hoa, at=AT, book=book, reason="Chờ ký lại Tờ trình 45")
    assert (kept.number, take(cast)) == (3, [4])
    assert give(cast, 3, "documents.incoming/9") == 3
    with pytest.raises(WrongState, match="đã dùng"):
        give(cast, 3, "documents.incoming/10")
    with pytest.raises(Invalid, match="chưa được giữ"):
        give(cast, 77, "documents.incoming/10")


def test_a_void_number_stays_with_its_reason_and_is_never_given_again(cast: Cast, book: NumberBook) -> None:
    take(cast, 3)
    void_number(actor=cast.hoa, at=AT, book=book, number=3, reason="Vào nhầm sổ")
    assert take(cast) == [4]
    assert book.numbers.get(number=3).reason == "Vào nhầm sổ"
    with pytest.raises(WrongState, match="hủy"):
        void_number(actor=cast.hoa, at=AT, book=book, number=3, reason="Lần nữa")
    with pytest.raises(Invalid, match="lý do"):
        void_number(actor=cast.hoa, at=AT, book=book, number=2, reason="")
    assert what_happened(book.ref)[-1] == "organisation.number_voided"


def test_what_is_printed_and_locked_is_not_voided(cast: Cast, book: NumberBook) -> None:
    take(cast, 5)
    lock_book(actor=cast.hoa, at=AT, book=book, until=3)
    with pytest.raises(WrongState, match="khóa đến số 3"):
        void_number(actor=cast.hoa, at=AT, book=book, number=3, reason="Nhầm")
    for until in (3, 6):
        with pytest.raises(Invalid, match="từ 4 đến 5"):
            lock_book(actor=cast.hoa, at=AT, book=book, until=until)


def test_a_closed_book_gives_no_number(cast: Cast, book: NumberBook) -> None:
    take(cast, 2)
    closed = close_book(actor=cast.tam, at=AT, book=book)
    assert (closed.locked_until, closed.closed_on) == (2, AT.date())
    with pytest.raises(WrongState, match="đã đóng ngày 16/11/2026"):
        take(cast)
    with pytest.raises(WrongState, match="đã đóng"):
        reserve_number(actor=cast.hoa, at=AT, book=book, reason="Chờ")
    with pytest.raises(WrongState, match="đã đóng"):
        close_book(actor=cast.tam, at=AT, book=book)


def test_the_year_turns_with_the_local_day_and_begins_at_one(cast: Cast) -> None:
    take(cast, 3)
    assert take(cast, at=datetime(2026, 12, 31, 23, 59, tzinfo=LOCAL)) == [4]
    with pytest.raises(Invalid, match="năm 2027"):
        take(cast, at=NEXT_YEAR)
    for _ in range(2):
        open_book(actor=cast.hoa, at=NEXT_YEAR, agency=cast.skhcn, code="incoming", name="Văn bản đến", year=2027)
    assert take(cast, at=NEXT_YEAR) == [1]


def test_a_clock_set_back_over_new_year_gets_no_number_of_the_old_year(cast: Cast) -> None:
    take(cast, 2)
    open_book(actor=cast.hoa, at=NEXT_YEAR, agency=cast.skhcn, code="incoming", name="Văn bản đến", year=2027)
    take(cast, at=NEXT_YEAR + timedelta(days=1))
    with pytest.raises(WrongState, match="đồng hồ máy chủ chỉ năm 2026"):
        take(cast, at=AT)
    assert take(cast, at=NEXT_YEAR + timedelta(days=1)) == [2]


def test_a_stranger_keeps_no_book_of_ours(cast: Cast, book: NumberBook) -> None:
    take(cast, 2)
    for stranger in (cast.tuan, cast.lan):
        with pytest.raises(Refused, match="văn thư"):
            reserve_number(actor=stranger, at=AT, book=book, reason="Chờ")
        with pytest.raises(Refused, match="văn thư"):
            void_number(actor=stranger, at=AT, book=book, number=1, reason="Nhầm")
        with pytest.raises(Refused, match="khóa sổ"):
            lock_book(actor=stranger, at=AT, book=book, until=1)
        with pytest.raises(Refused, match="khóa sổ"):
            close_book(actor=stranger, at=AT, book=book)
    with pytest.raises(Refused):
        open_book(actor=cast.tuan, at=AT, agency=cast.skhcn, code="incoming", name="Sổ", year=2027)
