"""The printed register: its ten columns, numbers without a letter explained, parts bound into one, Excel with true dates."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cast import AT
from tests.documents.letters import post
from tests.outgoing.office import Office
from tram.audit.models import Event
from tram.kernel import clock
from tram.organisation.commands.books import reserve_number
from tram.organisation.models import NumberBook
from tram.outgoing.commands.number import void
from tram.outgoing.models import Outgoing, Recipient
from tram.outgoing.queries.books import book_rows
from tram.outgoing.queries.carrying import wanted
from tram.outgoing.rules import Place
from tram.outgoing.states import Way
from tram.outputs.sockets import makers
from tram.web import middleware
from tram.web.binding import PART, Column, Cover, Row, bind, cells

HERE = "/van-ban-di/so/outgoing/2026"


@pytest.fixture
def clerk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(middleware, "hour_of_database", lambda: AT)
    monkeypatch.setattr(middleware, "CLAIM", middleware.CLAIM.replace("clock_timestamp()", f"timestamptz '{AT}'"))
    return office.cast.signed_in(Client(), "hoa")


def words(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_the_register_prints_letters_and_numbers_without_one(office: Office, clerk: Client) -> None:
    office.issued()
    kept = NumberBook.objects.get(code="outgoing", year=2026)
    reserve_number(actor=office.who("hoa"), at=AT, book=kept, reason="chờ ký lại")
    void(actor=office.who("hoa"), at=AT, document=office.numbered(), reason="sai căn cứ")
    answer = post(clerk, f"{HERE}/in", {"first": "1", "last": "3"})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf", answer.content.decode()[:500]
    text = words(answer.content)
    for said in ("SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Từ số 1 đến số 3", "01/SKHCN", "Nguyễn Văn Sơn", "Sở Tài chính; Phòng Chuyển đổi",
                 "Số giữ: chờ ký lại", "Đã hủy số", "sai căn cứ", "gồm 1 văn bản", "2 (giữ: chờ ký lại)", "Trang 1 / 1"):  # fmt: skip
        assert " ".join(said.split()) in " ".join(text.split()), said
    assert b"pdfaid" in answer.content, "one part is PDF/A"
    assert Event.objects.filter(what="outgoing.book_printed").count() == 1
    wrong = post(clerk, f"{HERE}/in", {"first": "3", "last": "9"})
    assert wrong.status_code == 422 and "Chọn đến số từ 3 đến 3" in wrong.content.decode()
    assert post(clerk, "/van-ban-di/so/outgoing-copies/2026/in", {"first": "1", "last": "1"}).status_code == 422
    assert "In sổ (PDF)" in clerk.get(HERE).content.decode()


def test_excel_holds_days_as_days_and_no_formula(office: Office, clerk: Client) -> None:
    office.issued(office.draft(subject="=1+1 rà soát"))
    content = post(clerk, f"{HERE}/xlsx").content
    [_heads, row] = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert row[:3] == ["01/SKHCN-BCVT", date(2026, 11, 16), "Công văn =1+1 rà soát"] and row[6] == 2


def test_rows_come_in_parts_with_few_queries(office: Office) -> None:
    letter = office.issued()
    book = NumberBook.objects.get(code="outgoing", year=2026)
    fields = {one.attname: getattr(letter, one.attname) for one in Outgoing._meta.fields if one.attname != "id"}
    more = Outgoing.objects.bulk_create(
        Outgoing(**{**fields, "number": number, "code_number": str(number), "paper_id": None, "proof_code": None})
        for number in range(2, PART + 20)
    )
    Recipient.objects.bulk_create(
        Recipient(document=one, place=1, name="Sở Nội vụ", way="post", work="inform", sent_at=AT) for one in more
    )
    with CaptureQueriesContext(connection) as asked:
        rows = list(book_rows(book.pk, book.agency_id, "outgoing", 2026, 1, PART + 19))
    assert len(rows) == PART + 19 and len(asked) == 5 and rows[-1].places == "Sở Nội vụ"
    assert (
        next(iter(book_rows(book.pk, book.agency_id, "outgoing", 2026, PART + 20, PART + 20))).remark == "Số bỏ trống"
    )

    day = AT.date()
    sent = wanted(book.agency_id, Way.POST, day, day)
    assert sent.rows == PART + 18 and sent.is_long
    with CaptureQueriesContext(connection) as asked, TemporaryFile() as out:
        told: list[int] = []
        makers[sent.maker].make(sent.keys, actor=office.who("hoa"), at=AT, out=out, tell=told.append)
        out.seek(0)
        pages = pypdfium2.PdfDocument(out.read())
    assert told == [0, 0, 0] and f"gồm {PART + 18} văn bản" in pages[len(pages) - 1].get_textpage().get_text_range()
    assert len(asked) == 9, (
        "who asks, the agency, how many, three marks of the record; the rows, the notes of each part"
    )


def bound(cover: Cover, columns: list[Column], rows: Iterable[Row]) -> list[str]:
    """The pages of a book as text."""
    with TemporaryFile() as out:
        bind(out, cover, columns, rows)
        out.seek(0)
        return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out.read())]


def test_a_book_of_several_parts_is_bound_with_its_pages_counted_on(db: Any) -> None:
    cover = Cover("Sổ", "Sở", "UBND", 2026, 1, PART + 1, "", "", PART + 1, (), (), "Hoa", "10:00")
    rows = (cells((f"{number}/TB", date(2026, 1, 2))) for number in range(1, PART + 2))
    pages = bound(cover, [Column("Số", "1fr"), Column("Ngày", "21mm", "center")], rows)
    assert "Năm: 2026" in pages[0] and f"{PART + 1}/TB" in pages[-1] and "Sổ này từ số 1" in pages[-1]
    assert [f"Trang {number}" in text for number, text in enumerate(pages)] == [False] + [True] * (len(pages) - 1)
    assert all("02/01/2026" in text for text in pages[1:])


def test_a_letter_that_no_font_has_does_not_keep_a_book_from_being_printed(db: Any) -> None:
    cover = Cover("Sổ", "Sở", "UBND", 2026, 1, 2, "", "", 2, (), (), "Hoa", "10:00")
    rows = [cells(("Về chữ 漢 và 🙂",)), cells(("Nghị quyết",))]
    text = "".join(bound(cover, [Column("Trích yếu", "1fr")], rows))
    assert "Về chữ ? và ?" in text and "Nghị quyết" in text


def test_envelopes_slips_and_the_book_of_what_was_carried(office: Office, clerk: Client) -> None:
    letter = office.issued()
    answer = clerk.get(f"{letter.url}/phong-bi.pdf?co=vua")
    text = words(answer.content)
    assert "Số: 01/SKHCN-BCVT" in text and "Bưu điện tỉnh Lào Cai" in text and "Số 1 Hoàng Liên" in text
    assert "Phòng Chuyển đổi số" not in text, "who reads it here needs no envelope"
    width, height = pypdfium2.PdfDocument(answer.content)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (229, 162)
    slip = words(clerk.get(f"{letter.url}/phieu-gui.pdf").content)
    assert "PHIẾU GỬI" in slip and "Rà soát dự toán" in slip and "ngày 16 tháng 11 năm 2026" in slip
    page = clerk.get(f"{letter.url}?the=noi-nhan").content.decode()
    assert "/phong-bi.pdf" in page and "/phieu-gui.pdf" in page
    row = letter.recipients.get(name="Bưu điện tỉnh Lào Cai")
    assert post(clerk, f"{letter.url}/noi-nhan/{row.pk}/chuyen", {"way": "post", "note": "RB 12 VN"}).status_code == 303
    asked = {"since": "2026-11-16", "until": "2026-11-16", "way": "post"}
    book = " ".join(words(post(clerk, "/van-ban-di/so-gui", asked).content).split())
    assert "SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN" in book and "01/SKHCN-BCVT" in book and "RB 12 VN" in book
    assert "01/SKHCN-BCVT" not in words(post(clerk, "/van-ban-di/so-gui", {**asked, "way": "hand"}).content)
    always = {**asked, "since": "0001-01-01", "until": "9999-12-31"}
    assert "01/SKHCN-BCVT" in words(post(clerk, "/van-ban-di/so-gui", always).content)
    wrong = post(clerk, "/van-ban-di/so-gui", {**asked, "since": "2026-11-17"})
    assert wrong.status_code == 422 and "Ngày cuối phải từ ngày đầu" in wrong.content.decode()
    inside = office.issued(office.draft(places=(Place("Phòng Chuyển đổi số", unit=office.cast.units["it"].pk),)))
    assert clerk.get(f"{inside.url}/phong-bi.pdf").status_code == 409
