"""The printed book of incoming documents: ten columns, what was corrected struck through, numbers aside explained; Excel."""

from io import BytesIO
from typing import Any

import pypdfium2
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.documents.letters import post
from tram.audit.models import Event
from tram.documents.commands.register import Slip, correct, register
from tram.kernel.clock import now
from tram.organisation.commands.books import reserve_number, void_number
from tram.organisation.models import NumberBook


def registered(cast: Cast, number: str) -> Any:
    slip = Slip(organ_name="Sở Tài chính", code_number=number, code_notation="STC-NS", subject=f"Dự toán {number}")
    return register(actor=cast.hoa, at=now(), agency=cast.skhcn, slip=slip)


def test_the_book_is_printed_with_what_was_struck_and_left_out(client: Client, cast: Cast) -> None:
    at, hoa = now(), cast.signed_in(client, "hoa")
    first = registered(cast, "45")
    correct(actor=cast.hoa, at=at, document=first, changes={"subject": "Quyết toán"}, reason="Ghi nhầm")
    book = NumberBook.objects.get(agency=cast.skhcn, code="incoming", year=at.year)
    void_number(actor=cast.hoa, at=at, book=book, number=reserve_number(actor=cast.hoa, at=at, book=book, reason="chờ").number, reason="thôi")  # fmt: skip
    registered(cast, "46")
    answer = post(hoa, f"/so/incoming/{at.year}/in", {"first": "1", "last": "3"})
    assert answer.status_code == 200, answer.content.decode()[:800]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)]
    text = " ".join(" ".join(pages).split())
    for said in (
        "Từ số 1 đến số 3",
        "Quyết toán",
        "Dự toán 45",
        "46/STC-NS",
        "gồm 2 văn bản",
        "2 (hủy: thôi)",
        "Trang 1 / 1",
    ):
        assert said in text, said
    assert b"pdfaid" in answer.content and Event.objects.filter(what="documents.book_printed").exists()
    excel = post(hoa, f"/so/incoming/{at.year}/xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(excel)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == [1, 3] and rows[2][3] == "46/STC-NS"
