"""What hangs on a unit: seats, parts, books, codes, and what higher rooms say of theirs; read before it moves or ends."""

from datetime import date

from django.db.models import Q

from tram.organisation.models import AgencyCode, NumberBook, Post, Unit, UnitVersion
from tram.organisation.queries import seats_by_post
from tram.organisation.sockets import Tie, ties_above

NAMED = 5
"""Names told in a sentence before it says how many more there are."""


def ties(unit: Unit, on: date) -> list[Tie]:
    """Everything that hangs on a unit after a day, a sentence each; five queries and those of the higher rooms."""
    return [*_seats(unit, on), *_parts(unit, on), *_books(unit), *_codes(unit, on), *ties_above(unit, on)]


def _told(names: list[str]) -> str:
    more = f" và {len(names) - NAMED} nữa" if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + more


def _seats(unit: Unit, on: date) -> list[Tie]:
    posts = Post.objects.filter(Q(until=None) | Q(until__gt=on), unit=unit).values_list("pk", flat=True)
    seats = seats_by_post(posts, on).values()
    if not seats:
        return []
    held = sum(1 for seat in seats if seat.name)
    words = f"{len(seats)} vị trí, {held} đang có người giữ: {_told([seat.label for seat in seats])}"
    return [Tie(words, "Kết thúc cùng ngày; người giữ thôi giữ, các quyền của vị trí hết cùng ngày.")]


def _parts(unit: Unit, on: date) -> list[Tie]:
    below = UnitVersion.objects.filter(Q(until=None) | Q(until__gt=on), parent=unit)
    names = list(below.order_by("unit__order", "unit_id").values_list("name", flat=True))
    words = f"{len(names)} đơn vị trực thuộc: {_told(names)}"
    return [Tie(words, "Phải chuyển đi hoặc chấm dứt trước.", is_open=True)] if names else []


def _books(unit: Unit) -> list[Tie]:
    late = "Không tự đóng: vào sổ nốt văn bản đến muộn, in, ký rồi đóng sổ."
    books = NumberBook.objects.filter(agency=unit, closed_on=None).order_by("year", "code")
    return [Tie(f"{book.name} năm {book.year}, số tiếp theo {book.next_number}", late) for book in books]


def _codes(unit: Unit, on: date) -> list[Tie]:
    codes = AgencyCode.objects.filter(Q(until=None) | Q(until__gt=on), unit=unit).order_by("scheme")
    return [Tie(f"Mã định danh {code.code}", "Vẫn tra ra đơn vị này; không cấp cho đơn vị khác.") for code in codes]
