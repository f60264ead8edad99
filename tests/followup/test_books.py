"""Thống kê văn bản: letters of a year by month, kind and unit, and nothing of the secret book."""

from datetime import timedelta

from django.test import Client

from tests.cast import AT, Cast
from tests.followup.sheets import cells
from tests.outgoing.office import Office, open_books
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.rules import Slip
from tram.followup.screens.books import year_of


def letters(cast: Cast) -> None:
    """Three letters that came: an official letter led by the telecoms, a plan and a secret one led by nobody."""
    for number, (kind, secrecy, days) in enumerate([("Công văn", 0, 0), ("Kế hoạch", 0, 20), ("Công văn", 1, 0)]):
        slip = Slip(
            organ_name="Bưu điện tỉnh", subject="V/v điểm bưu điện xã", type_name=kind, code_number=str(number + 1),
            issued_date=AT.date() - timedelta(days=30), secrecy=secrecy, keeping_place="Tủ 1" if secrecy else "",
        )  # fmt: skip
        at = AT - timedelta(days=days)
        letter = register(actor=cast.hoa, at=at, agency=cast.skhcn, slip=slip, present_to=cast.posts["son"])
        if number == 0:
            direct(actor=cast.son, at=at, document=letter, lead=Target(cast.telecoms), note="Giao phòng")


def test_letters_that_came_are_counted_by_month_kind_and_leading_unit(cast: Cast) -> None:
    letters(cast)
    kinds = {row.name: (row.months[9], row.months[10]) for row in year_of(cast.skhcn.pk, "den", "loai", 2026)}
    assert kinds == {"Công văn": (0, 1), "Kế hoạch": (1, 0), "Tất cả": (1, 1)}
    units = {row.name: row.total for row in year_of(cast.skhcn.pk, "den", "don-vi", 2026)}
    assert units == {"Phòng Bưu chính, Viễn thông": 1, "Chưa giao đơn vị": 1, "Tất cả": 2}
    assert [row.name for row in year_of(cast.stc.pk, "den", "loai", 2026)] == ["Tất cả"]


def test_letters_that_left_are_counted_and_the_sheet_says_the_same(cast: Cast, client: Client) -> None:
    letters(cast)
    open_books(cast, "outgoing")
    Office(cast).numbered()
    assert [(row.name, row.months[10]) for row in year_of(cast.skhcn.pk, "di", "loai", 2026)] == [
        ("Công văn", 1), ("Tất cả", 1),
    ]  # fmt: skip
    cast.signed_in(client, "hoa")
    assert "Công văn" in client.get("/thong-ke/van-ban?so=di&nam=2026").content.decode()
    table = cells(client.get("/thong-ke/van-ban/xlsx?nam=2026").content)
    assert [row[-1] for row in table if row[2] == "Tất cả"] == [2, 2, 1, 1]


def test_who_does_not_see_the_books_does_not_count_them(cast: Cast) -> None:
    for who, status in (("lan", 403), ("dung", 403), ("tam", 200), ("son", 200), ("hoa", 200)):
        assert cast.signed_in(Client(), who).get("/thong-ke/van-ban").status_code == status, who
