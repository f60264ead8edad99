"""A number kept for a paper is given to it at the desk; the counter stays where it is, and the number is given once."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast
from tram.documents.models import Incoming
from tram.kernel import clock
from tram.organisation.commands.books import reserve_number
from tram.organisation.models import NumberBook
from tram.organisation.queries import numbers_aside


@pytest.fixture
def book(cast: Cast) -> NumberBook:
    at = clock.now()
    book = NumberBook.objects.get(agency=cast.skhcn, code="incoming", year=at.year)
    reserve_number(actor=cast.actor("hoa", at), at=at, book=book, reason="Chờ Sở Tài chính ký lại")
    return book


def typed(number: int | str, **more: Any) -> dict[str, Any]:
    slip = {"arrival_date": "h", "organ_name": "Sở Tài chính", "code": "45/STC-QLNS", "subject": "Rà soát dự toán"}
    return {**slip, "urgency": 0, "secrecy": 0, "kept_number": number, "idempotency_key": str(uuid4()), **more}


def test_the_book_leads_to_a_slip_that_uses_the_number(client: Client, cast: Cast, book: NumberBook) -> None:
    clerk = cast.signed_in(client, "hoa")
    page = clerk.get(f"/so/incoming/{book.year}?huy=1").content.decode()
    assert "Vào sổ bằng số này" in page and "giữ chỗ" in page and 'value="1"' in page
    slip = clerk.get("/van-ban-den/ban-van-thu?lan=paper&giu=1").content.decode()
    assert '<option value="1" selected>Số 1, đã giữ: Chờ Sở Tài chính ký lại</option>' in slip
    clerk.post("/van-ban-den/ban-van-thu/vao-so", typed(1))
    clerk.post("/van-ban-den/ban-van-thu/vao-so", typed("", code="46/STC-QLNS"))
    assert list(Incoming.objects.order_by("pk").values_list("arrival_number", flat=True)) == [1, 2]
    assert numbers_aside(book.pk) == []
    assert 'name="kept_number"' not in clerk.get("/van-ban-den/ban-van-thu?lan=paper").content.decode()


@pytest.mark.parametrize("number", ["7", "bảy"])
def test_a_number_that_nobody_keeps_is_told_beside_its_field(
    client: Client, cast: Cast, book: NumberBook, number: str
) -> None:
    page = cast.signed_in(client, "hoa").post("/van-ban-den/ban-van-thu/vao-so", typed(number))
    assert page.status_code == 422 and "Chọn số kế tiếp hoặc một số đang giữ." in page.content.decode()
    assert not Incoming.objects.exists()


def test_a_secret_paper_takes_no_number_of_the_open_book(client: Client, cast: Cast, book: NumberBook) -> None:
    told = typed(1, secrecy=1, keeping_place="Tủ 1")
    page = cast.signed_in(client, "hoa").post("/van-ban-den/ban-van-thu/vao-so", told)
    assert page.status_code == 422 and "chưa được giữ trong sổ" in page.content.decode()
    assert not Incoming.objects.exists()
