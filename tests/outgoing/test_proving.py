"""Outsiders prove a letter by its code or its file; nobody learns of one that has not left; asking too often is held back."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.outgoing.office import Office
from tests.signing.conftest import founded
from tests.signing.papers import Office as Keys
from tram.files.models import File
from tram.files.queries import open_blob
from tram.kernel import clock
from tram.outgoing.commands.after import recall
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.sign import seal, sign, wanted_from_clerk, wanted_from_signer
from tram.outgoing.models import Outgoing
from tram.outgoing.pages import proving
from tram.outgoing.rules import Place, new_proof_code, spoken_code, typed_code
from tram.outgoing.states import Relation
from tram.reading.queries import printed_text
from tram.web.throttle import Throttle, neighbourhood

__all__ = ["founded"]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has asked yet, and it is the hour of the cast."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    for name, times in (("WRONG_CODES", 20), ("FILES", 10)):
        monkeypatch.setattr(proving, name, Throttle(times, proving.SPAN))


def by_code(code: str, **more: Any) -> Any:
    return Client().get("/xac-minh", {"ma": code}, **more)


def by_file(content: bytes, name: str = "cong-van.pdf", **more: Any) -> Any:
    return Client().post("/xac-minh", {"tep": SimpleUploadedFile(name, content, "application/pdf")}, **more)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_code_tells_what_the_letter_is_without_sign_in(office: Office) -> None:
    letter = office.issued()
    assert letter.proof_code
    typed = spoken_code(letter.proof_code).lower().replace("-", " ")
    with CaptureQueriesContext(connection) as asked:
        answer = by_code(typed)
    assert answer.status_code == 200 and len(asked) <= 5 and "sessionid" not in answer.cookies
    for word in ("Sở Khoa học và Công nghệ", "01/SKHCN-BCVT", "16/11/2026", "Rà soát dự toán năm 2027", "Công văn",
                 "Giám đốc Nguyễn Văn Sơn", "ký trên bản giấy", "Còn hiệu lực"):  # fmt: skip
        assert word in said(answer), word
    assert "01/SKHCN-BCVT" in said(Client().get(f"/xac-minh/{spoken_code(letter.proof_code)}"))


def test_what_has_not_left_is_as_unknown_as_what_never_was(office: Office) -> None:
    letter = office.numbered()
    assert letter.proof_code
    known, unknown = by_code(letter.proof_code), by_code(new_proof_code())
    assert known.status_code == unknown.status_code == 404
    pages = [re.sub(r'value="[^"]*"', "", said(answer)) for answer in (known, unknown)]
    assert pages[0] == pages[1] and "Không có văn bản nào" in pages[0]
    assert by_code("<script>").status_code == 404 and "&lt;script&gt;" in said(by_code("<script>"))


@pytest.mark.parametrize("more", [{"field": "personnel"}, {"places": "inside"}])
def test_the_subject_is_not_told_of_what_outsiders_do_not_read(office: Office, more: dict[str, Any]) -> None:
    if "places" in more:
        more = {"places": (Place("Phòng Chuyển đổi số", unit=office.cast.units["it"].pk),)}
    letter = office.issued(office.draft(**more))
    page = said(by_code(letter.proof_code or ""))
    assert "không công khai" in page and "01/SKHCN-BCVT" in page and "Rà soát" not in page


def test_a_letter_recalled_or_replaced_says_so_and_not_why(office: Office) -> None:
    old = office.issued()
    office.issued(office.draft(before=old, relation=Relation.REPLACES))
    page = said(by_code(old.proof_code or ""))
    assert "Đã được thay thế bằng văn bản 02/SKHCN-BCVT" in page and 'role="alert"' in page
    third = office.issued()
    recall(actor=office.who("hoa"), at=AT, document=third, reason="Thông báo 12/TB-SKHCN: lộ danh sách")
    page = said(by_code(third.proof_code or ""))
    assert "Đã bị thu hồi ngày 16/11/2026" in page and "lộ danh sách" not in page


def test_wrong_codes_are_held_back_by_address(office: Office) -> None:
    letter = office.issued()
    for _ in range(20):
        assert by_code("AAAA-AAAA-AAAA", REMOTE_ADDR="203.0.113.9").status_code == 404
    held = by_code(letter.proof_code or "", REMOTE_ADDR="203.0.113.9")
    assert held.status_code == 429 and held["Retry-After"] == "600" and "Chờ 10 phút" in said(held)
    assert letter.code not in said(held)
    assert by_code(letter.proof_code or "", REMOTE_ADDR="203.0.113.10").status_code == 200
    assert neighbourhood("::ffff:203.0.113.7") == "203.0.113.7", "as a server tells it that listens on both kinds"
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff") != neighbourhood("2001:db8:0:1::1")


def test_a_new_approval_gives_a_new_code(office: Office) -> None:
    codes = {office.approved().proof_code for _ in range(2)}
    assert len(codes) == 2 and all(code and typed_code(spoken_code(code)) == code for code in codes)
    assert office.presented().proof_code is None


@pytest.fixture
def sealed(cast: Cast, office: Office, founded: Path, tmp_path: Path, settings: Any) -> Outgoing:
    """A letter drawn by us, signed, sealed and issued."""
    settings.TRAM_DATA = tmp_path / "data"
    shutil.copytree(founded, tmp_path / "data" / "signing" / "test")
    keys = Keys(cast)
    own, agency = keys.certificate("son").pk, keys.certificate("seal").pk
    son, hoa = office.who("son"), office.who("hoa")
    letter = office.approved()
    proof = keys.proof("son", wanted_from_signer(letter, own))
    letter = sign(actor=son, at=AT, document=letter, certificate=own, proof=proof)
    letter = number(actor=hoa, at=AT, document=letter)
    proof = keys.proof("hoa", wanted_from_clerk(letter, agency))
    return issue(actor=hoa, at=AT, document=seal(actor=hoa, at=AT, document=letter, certificate=agency, proof=proof))


def test_a_file_is_ours_byte_for_byte_or_it_is_not(sealed: Outgoing, settings: Any) -> None:
    assert sealed.paper_id and sealed.proof_code
    content, kept = open_blob(sealed.paper_id).read_bytes(), File.objects.count()
    words = printed_text(open_blob(sealed.paper_id), "van-ban.pdf")
    assert spoken_code(sealed.proof_code) in words and "localhost:8000/xac-minh" in words
    answer = by_file(content)
    assert answer.status_code == 200 and "trùng từng byte" in said(answer) and "Giám đốc Nguyễn Văn Sơn" in said(answer)
    assert "Phạm Thị Hoa" not in said(answer), "of the seal the agency alone is told"
    broken = bytearray(content)
    broken[broken.index(b"<?xpacket") + 20] ^= 1
    answer = by_file(bytes(broken))
    assert "không phát hành tệp nào đúng như tệp vừa gửi" in said(answer) and "Không hợp lệ" in said(answer)
    assert "trùng từng byte" not in said(answer)
    assert File.objects.count() == kept and not list((settings.TRAM_DATA / "files" / "incoming").glob("*"))


def test_files_that_are_none_are_refused_with_a_sentence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert by_file(b"PK\x03\x04rac", "a.pdf").status_code == 422
    empty = Client().post("/xac-minh", {})
    assert empty.status_code == 422 and "Chọn tệp PDF" in said(empty)
    big = Client().post("/xac-minh", {}, CONTENT_LENGTH=str(proving.MOST_BYTES * 2))
    assert big.status_code == 413 and "20 MB" in said(big)
    with proving.AT_ONCE:
        busy = by_file(b"%PDF-1.4")
    assert busy.status_code == 503 and busy["Retry-After"] == "5"
    for _ in range(10):
        held = by_file(b"x")
    assert held.status_code == 429
