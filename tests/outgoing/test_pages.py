"""The doors: a reply written, checked, approved and issued by four people in their browsers; what is wrong is told."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import AT
from tests.documents.letters import post
from tests.outgoing.office import Office
from tram.documents.commands.register import Slip, register
from tram.kernel import clock
from tram.outgoing.commands.cards import content_of
from tram.outgoing.commands.check import submit
from tram.outgoing.commands.draft import save_version
from tram.outgoing.models import Opinion, Outgoing
from tram.outgoing.states import State, Way
from tram.tasks.models import Task
from tram.web import middleware

TYPED = {
    "kind": "official_letter", "field": "", "urgency": "1", "subject": "Rà soát dự toán", "addressed": "Sở Tài chính",
    "bases": "", "body": "Đoạn một.\nĐoạn hai./.", "handling": "Phòng Chuyển đổi số",
    "others": "Bưu điện tỉnh (2 bản); Số 1 Hoàng Liên", "due_date": "", "kept_copies": "1",
}  # fmt: skip


class Browsers(dict[str, Client]):
    """Signed in when first used."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    def __missing__(self, who: str) -> Client:
        self[who] = self.office.cast.signed_in(Client(), who)
        return self[who]


@pytest.fixture
def browsers(office: Office, monkeypatch: pytest.MonkeyPatch) -> Browsers:
    """A browser for each person of the story, at the hour of the cast."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(middleware, "hour_of_database", lambda: AT)
    monkeypatch.setattr(middleware, "CLAIM", middleware.CLAIM.replace("clock_timestamp()", f"timestamptz '{AT}'"))
    return Browsers(office)


def said(answer: Any) -> str:
    return answer.content.decode()


def test_a_letter_goes_its_way_through_the_pages(office: Office, browsers: Browsers) -> None:
    lan = browsers["lan"]
    assert "Bắt đầu từ mẫu" in said(lan.get("/van-ban-di/soan?loai=plan"))
    answer = post(lan, "/van-ban-di/soan", TYPED)
    letter = Outgoing.objects.get()
    assert answer.status_code == 303 and answer["Location"] == letter.url
    page = said(lan.get(letter.url))
    assert "gửi trên hệ thống, để thực hiện" in page and "Trình kiểm tra" in page and "bưu chính" in page
    steps = (
        ("lan", "trinh-kiem-tra"), ("dung", "kiem-tra-noi-dung"), ("tam", "kiem-tra-the-thuc"), ("lan", "trinh-ky"),
        ("son", "duyet"), ("hoa", "ky-giay"), ("hoa", "cap-so"), ("hoa", "phat-hanh"),
    )  # fmt: skip
    for who, slug in steps:
        data = {"seen": "1", "to": office.cast.posts["son"].pk} if slug == "trinh-ky" else {"seen": "1"}
        answer = post(browsers[who], f"{letter.url}/{slug}", data)
        assert answer.status_code == 303, f"{who} {slug}: {said(answer)[:2000]}"
    letter.refresh_from_db()
    assert (letter.state, letter.code, letter.urgency) == (State.ISSUED, "01/SKHCN-BCVT", 1)
    done = said(browsers["hoa"].get(letter.url))
    assert "/thu-hoi" in done and 'data-key-label="Thu hồi"' not in done, "what is grave is never the main button"
    row = letter.recipients.get(way=Way.POST, copies=2)
    assert (row.name, row.address) == ("Bưu điện tỉnh", "Số 1 Hoàng Liên")
    carry = f"{letter.url}/noi-nhan/{row.pk}"
    assert "Ghi chuyển đi" in said(browsers["hoa"].get(f"{letter.url}?the=noi-nhan"))
    assert post(browsers["hoa"], f"{carry}/chuyen", {"way": "hand", "note": "Anh Nam"}).status_code == 303
    assert post(browsers["hoa"], f"{carry}/da-nhan", {"note": "Chị Hạnh"}).status_code == 303
    for tab in ("noi-dung", "y-kien", "ky", "noi-nhan", "nhat-ky"):
        assert lan.get(f"{letter.url}?the={tab}").status_code == 200
    assert "Anh Nam" in said(lan.get(f"{letter.url}?the=noi-nhan"))
    assert "01/SKHCN-BCVT" in said(browsers["hoa"].get("/van-ban-di/so/outgoing/2026"))
    assert lan.get("/van-ban-di/so/outgoing/2026").status_code == 403
    work = Task.objects.get(about=letter.ref, kind="handle")
    assert f"/viec/{work.pk}/nhan-ve-minh" in said(browsers["nga"].get(letter.url)), (
        "the unit does its work from the letter"
    )


def test_an_approval_takes_two_presses_from_the_inbox(office: Office, browsers: Browsers) -> None:
    letter = office.presented()
    assert letter.url in said(browsers["son"].get("/"))
    page = said(browsers["son"].get(letter.url))
    assert f'action="{letter.url}/duyet"' in page, "one press on the letter's page"
    assert post(browsers["son"], f"{letter.url}/duyet", {"seen": "1"}).status_code == 303


def test_what_is_wrong_comes_back_beside_its_field_with_what_was_typed(
    office: Office, browsers: dict[str, Client]
) -> None:
    lan = browsers["lan"]
    answer = post(lan, "/van-ban-di/soan", {**TYPED, "kept_copies": "0", "subject": "Rà soát kỹ"})
    assert answer.status_code == 422 and "từ 1 đến 99" in said(answer) and "Rà soát kỹ" in said(answer)
    letter = office.draft()
    assert post(lan, f"{letter.url}/sua", {**TYPED, "seen": "1"}).status_code == 303
    answer = post(lan, f"{letter.url}/sua", {**TYPED, "seen": "1", "subject": "Bản của tôi"})
    assert answer.status_code == 422 and "vừa lưu bản 2" in said(answer) and "Bản của tôi" in said(answer)
    assert "<ins>" in said(lan.get(f"{letter.url}/ban/2"))
    answer = post(lan, f"{letter.url}/thoi", {"reason": ""})
    assert answer.status_code == 422 and "Nhập lý do" in said(answer)
    assert post(lan, f"{letter.url}/duyet").status_code == 403
    assert post(lan, f"{letter.url}/thu-nghiem").status_code == 404


def test_a_clerk_opens_a_book_keeps_a_number_and_lets_it_go(office: Office, browsers: Browsers) -> None:
    hoa, here = browsers["hoa"], "/van-ban-di/so/outgoing-decisions/2026"
    assert "Mở sổ năm 2026" in said(hoa.get(here)) and hoa.get("/van-ban-di/so/la/2026").status_code == 404
    assert post(hoa, f"{here}/mo").status_code == 303
    assert post(hoa, f"{here}/giu", {"reason": ""}).status_code == 422
    assert post(hoa, f"{here}/giu", {"reason": "Chờ ký lại"}).status_code == 303
    assert "đang giữ, Chờ ký lại" in said(hoa.get(here))
    empty = post(hoa, f"{here}/huy", {"number": "", "reason": "Thôi"})
    assert empty.status_code == 422 and "Nhập số đang giữ" in said(empty)
    assert post(hoa, f"{here}/huy", {"number": "1", "reason": "Thôi"}).status_code == 303
    assert "hủy, Thôi" in said(hoa.get(here))
    assert post(browsers["son"], f"{here}/giu", {"reason": "Chờ"}).status_code == 403
    office.numbered()
    answer = post(hoa, "/van-ban-di/so/outgoing/2026/huy", {"number": "1", "reason": "Thôi"})
    assert answer.status_code == 422 and "mở văn bản ấy" in said(answer)


def test_marks_name_lines(office: Office, browsers: Browsers) -> None:
    letter = office.presented()
    answer = post(browsers["son"], f"{letter.url}/tra-lai", {"reason": "Sửa", "marks": "dòng đầu nêu số"})
    assert answer.status_code == 422 and "số dòng rồi dấu hai chấm" in said(answer)
    assert post(browsers["son"], f"{letter.url}/tra-lai", {"reason": "Sửa", "marks": "1: nêu 12 xã"}).status_code == 303
    page = said(browsers["lan"].get(letter.url))
    first, second = content_of(letter).body.splitlines()[:2]
    assert f"<li>{first}<div" in page and "nêu 12 xã" in page and f"<li>{second}</li>" in page
    asked = said(browsers["lan"].get(f"{letter.url}/sua"))
    assert f"Dòng 1 <q>{first}" in asked and "<strong>nêu 12 xã</strong>" in asked


def test_what_the_head_marked_stands_beside_the_line_too(office: Office, browsers: Browsers) -> None:
    letter = submit(actor=office.who("lan"), at=AT, document=office.draft(), seen=1)
    assert post(browsers["dung"], f"{letter.url}/tra-lai", {"reason": "Sửa", "marks": "2: đủ 12 xã"}).status_code == 303
    page = said(browsers["lan"].get(letter.url))
    assert "Dũng trả lại bản 1" in page and page.count("đủ 12 xã") == 1
    save_version(actor=office.who("lan"), at=AT, document=letter, content=office.content(subject="Khác"), seen=1)
    page = said(browsers["lan"].get(letter.url))
    assert "Dũng trả lại bản 1" in page and "đủ 12 xã" not in page, "the lines of another version are others"
    assert "đủ 12 xã" in said(browsers["lan"].get(f"{letter.url}/sua")), "beside the form, with the words it was about"


def test_opinions_through_the_pages(office: Office, browsers: Browsers) -> None:
    letter = office.draft()
    units = [office.cast.units["it"].pk, office.cast.units["office"].pk]
    assert "Phòng Chuyển đổi số" in said(browsers["lan"].get(f"{letter.url}/xin-y-kien"))
    answer = post(browsers["lan"], f"{letter.url}/xin-y-kien", {"units": units, "due_on": "20/11/2026"})
    assert answer.status_code == 303, said(answer)
    one, other = (Opinion.objects.get(unit=unit) for unit in units)
    assert "Góp ý" in said(browsers["nga"].get(letter.url))
    answer = post(browsers["nga"], f"{letter.url}/y-kien/{one.pk}/tra-loi", {"stance": "disagrees"})
    assert answer.status_code == 422 and "lý do không nhất trí" in said(answer)
    told = {"stance": "agrees_with_changes", "text": "Thêm số máy"}
    assert post(browsers["nga"], f"{letter.url}/y-kien/{one.pk}/tra-loi", told).status_code == 303
    assert browsers["nga"].get(f"{letter.url}/y-kien/{other.pk}/tra-loi").status_code == 403
    assert post(browsers["lan"], f"{letter.url}/y-kien/{other.pk}/thoi", {"reason": "Đã hỏi"}).status_code == 303
    assert "Thêm số máy" in said(browsers["lan"].get(f"{letter.url}?the=y-kien"))


def test_a_reply_begins_with_what_the_letter_says(office: Office, browsers: Browsers) -> None:
    units = office.cast.units
    slip = Slip(
        organ_name="Sở Tài chính",
        organ_unit=units["stc"].pk,
        code_number="45",
        code_notation="STC-NS",
        subject="Hỏi dự toán",
        due_date=AT.date(),
    )
    asked = register(actor=office.who("hoa"), at=AT, agency=units["skhcn"], slip=slip)
    page = said(browsers["son"].get(f"/van-ban-di/soan?tra-loi={asked.pk}"))
    assert "Trả lời 45/STC-NS của Sở Tài chính" in page and "trả lời văn bản số 45/STC-NS" in page
    assert "Sở Khoa học và Công nghệ có ý kiến như sau" in page
    assert 'name="due_date" value' not in page, "by when we must answer is not by when they must"
    assert browsers["lan"].get(f"/van-ban-di/soan?tra-loi={asked.pk}").status_code == 404
    assert post(browsers["son"], f"/van-ban-di/soan?tra-loi={asked.pk}", TYPED).status_code == 303
    assert Outgoing.objects.get().answers_id == asked.pk


def test_a_stranger_finds_nothing(office: Office, browsers: Browsers) -> None:
    letter = office.issued()
    for path in ("", "/trang.pdf", "/ban/1", "/sua", "/ky", "/tra-lai", "/xin-y-kien"):
        answer = browsers["thu"].get(f"{letter.url}{path}")
        assert answer.status_code == 404 and letter.subject not in said(answer)
    assert letter.subject not in said(browsers["thu"].get("/van-ban-di"))


def test_the_page_is_a_pdf_and_files_come_and_go(office: Office, browsers: Browsers) -> None:
    lan, letter = browsers["lan"], office.draft()
    assert lan.get(f"{letter.url}/trang.pdf").content.startswith(b"%PDF")
    assert lan.get(f"{letter.url}/trang.docx").content.startswith(b"PK")
    assert lan.get(f"{letter.url}?the=the-thuc").status_code == 200
    assert post(lan, f"{letter.url}/tep-kem", {"file": annex("phu-luc.txt")}).status_code == 303
    held = letter.attachments.get()
    assert "Bỏ " in said(lan.get(letter.url))
    assert post(lan, f"{letter.url}/tep-kem/{held.pk}/bo", {"reason": "Nhầm"}).status_code == 303
    assert not letter.attachments.exists()
    answer = post(lan, f"{letter.url}/tep-word", {"file": annex("du-thao.pdf"), "seen": "1"})
    assert answer.status_code == 422 and "Word .docx" in said(answer)


def annex(name: str) -> SimpleUploadedFile:
    """A small file as a browser sends it."""
    return SimpleUploadedFile(name, "Phụ lục một".encode())


def test_who_does_not_draft_is_offered_no_draft(office: Office, browsers: Browsers) -> None:
    assert "/van-ban-di/soan" in said(browsers["lan"].get("/van-ban-di"))
    assert "/van-ban-di/soan" not in said(browsers["hoa"].get("/van-ban-di"))
