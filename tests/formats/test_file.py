"""Papers that come as files: what we draw is read back without a finding; what is typed wrong is found; real letters."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from tests.formats.sheets import DECISION, LETTER, REPORT
from tram.formats.queries import Sheet, as_docx, as_pdf, check_file

WHOLE = {"letter": LETTER, "decision": DECISION, "report": REPORT}
SAME = ("kind", "superior", "notation", "place", "subject", "urgency", "addressees", "signature", "recipients")


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("sheet", WHOLE.values(), ids=WHOLE)
def test_what_we_draw_is_read_back_and_right(sheet: Sheet, form: str) -> None:
    done = check_file(as_pdf(sheet) if form == "pdf" else as_docx(sheet), f"van-ban.{form}")
    assert done.findings == [] and done.law == "Nghị định số 30/2020/NĐ-CP" and not done.is_machine_read
    for name in SAME:
        assert getattr(done.sheet, name) == getattr(sheet, name), name
    if form == "docx" and sheet is not LETTER:
        assert [one.kind for one in done.sheet.body if one.kind == "table"] == [
            one.kind for one in sheet.body if one.kind == "table"
        ]


TYPED = """ỦY BAN NHÂN DÂN
XÃ BẢN LẦU
Số 5 /UBND-VP
V/v Báo cáo kết quả công tác.
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Bản Lầu, ngày 5 tháng 03 năm 2026

Kính gửi
- Sở Nội vụ,
- Sở Tài chính;

Theo quy định tại Khoản 2 Điều 7 của Luật, Ủy ban nhân dân xã báo cáo.
1. Kết quả đã đạt được theo kế hoạch.
3. Các việc còn lại sẽ làm trong tháng sau.
Nơi nhận
- Như trên
- Lưu: VP.
KT CHỦ TỊCH
PHÓ CHỦ TỊCH

ThS. Lò Văn Páo
"""
WANTED = {
    "motto", "number_label", "number_padded", "day_padded", "month_padded", "subject_end", "matter_capital", "address_label",
    "address_marks", "clause_order", "end_mark", "cited_parts", "titles_mark", "name_title", "copies_marks", "copies_kept",
}  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_each_slip_of_a_typed_letter_is_found(form: str) -> None:
    found = check_file(unicodedata.normalize(form, TYPED).encode(), "cv.txt").findings
    assert {one.rule for one in found} == WANTED
    fixes = {one.rule: one.fix for one in found}
    assert fixes["day_padded"] == "ngày 05" and fixes["month_padded"] == "tháng 3" and fixes["number_padded"] == "05"
    assert fixes["titles_mark"] == "KT. CHỦ TỊCH" and fixes["copies_kept"] == "Lưu: VT, VP"
    assert fixes["name_title"] == "Lò Văn Páo"


def test_older_papers_are_judged_by_their_own_law() -> None:
    old = TYPED.replace("2026", "2012")
    rules = {one.rule for one in check_file(old.encode(), "cv.txt").findings}
    assert check_file(old.encode(), "cv.txt").law == "Thông tư số 01/2011/TT-BNV"
    assert "cited_parts" not in rules and "day_padded" in rules
    assert check_file(TYPED.replace("2026", "1999").encode(), "cv.txt").findings == []


def rules_of(text: str) -> list[str]:
    return [one.rule for one in check_file(text.encode(), "cv.txt").findings]


def test_what_cannot_be_asked_is_not_asked() -> None:
    party = "TỈNH ỦY LÀO CAI\nVĂN PHÒNG\nSố 12-CV/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nLào Cai, ngày 5 tháng 10 năm 2026\n\nKính gửi: Đảng ủy xã.\n\nĐề nghị.\n"
    assert check_file(party.encode(), "cv.txt").law == "" and rules_of(party) == []
    head = "\n".join(TYPED.splitlines()[:2]) + "\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    minutes = f"{head}Số: 05/BB-UBND\nBIÊN BẢN\nHọp giao ban tháng 3 năm 2026\n\nThời gian bắt đầu: 8 giờ.\nTHƯ KÝ\nLò Văn Páo\nCHỦ TỌA\nTrần Văn Bình\n"
    assert rules_of(minutes) == ["footless"]
    attached = f"{head}QUY CHẾ\nLàm việc của Ủy ban nhân dân xã\n(Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm 2026)\n\nĐiều 1. Phạm vi điều chỉnh\n1. Quy chế này áp dụng tại xã.\n"
    assert rules_of(attached) == ["headless", "footless"]


REAL = {
    "001": ["nation", "ground_full", "capitals", "capitals", "copies_marks", "copies_drafter"],
    "002": ["footless", "kind_unknown", "cited_full", "cited_parts"],
    "003": ["capitals", "copies_marks", "copies_drafter"],
    "010": ["motto", "cited_full", "copies_marks", "copies_drafter"],
    "013": [],
    "016": ["headless", "footless"],
    "020": ["machine_read", "month_padded", "matter_capital"],
    "022": ["machine_read"],
    "025": ["machine_read", "notation_letter", "matter_capital", "copies_above", "copies_kept"],
    "027": ["machine_read", "subject_end", "cited_full", "cited_full"],
}
"""What docs/form-check.md judges, letter by letter."""


def test_real_letters_are_judged_as_a_careful_reader_does(real: Path) -> None:
    for name, rules in REAL.items():
        done = check_file(real / "letters" / f"{name}.txt")
        assert [one.rule for one in done.findings] == rules, name
        assert as_pdf(done.sheet).startswith(b"%PDF") and as_docx(replace(done.sheet)).startswith(b"PK")
