"""The printed page against the numbers of Phụ lục I: cells, margins, sizes, rules, blanks, tags."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from tests.formats.measured import Piece, pieces, rules
from tests.formats.sheets import COPY, DECISION, LETTER, REPORT, RIGHT
from tram.formats.queries import Block, as_paper_copy, as_pdf, printed, sheet_from
from tram.kernel.verdicts import Invalid

NEAR = 1.0
LEFT, RIGHT_EDGE = 30.0, 195.0


def one(found: list[Piece], text: str) -> Piece:
    return next(piece for piece in found if text in piece.text)


@pytest.fixture(scope="module")
def letter() -> list[Piece]:
    return pieces(as_pdf(LETTER))


@pytest.fixture(scope="module")
def decision() -> list[Piece]:
    return pieces(as_pdf(DECISION))


@pytest.mark.parametrize("sheet", RIGHT.values(), ids=RIGHT)
def test_everything_stands_between_the_margins(sheet) -> None:
    made = as_pdf(sheet)
    with pypdfium2.PdfDocument(made) as document:
        count = len(document)
        assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    for page in range(count):
        found = pieces(made, page)
        number = [piece for piece in found if piece.base < 20]
        body = [piece for piece in found if piece not in number]
        assert min(piece.left for piece in body) > LEFT - 0.3
        assert max(piece.right for piece in body) < RIGHT_EDGE + 0.5
        assert max(piece.base for piece in body) < 297 - 20 + 0.3


def test_the_head_stands_in_its_cells(letter) -> None:
    nation, motto = one(letter, "CỘNG HÒA XÃ HỘI"), one(letter, "Độc lập - Tự do")
    organ, parent = one(letter, "SỞ KHOA HỌC"), one(letter, "UBND TỈNH")
    number, day = one(letter, "Số:"), one(letter, "Lào Cai, ngày")
    assert (nation.size, motto.size, organ.size, parent.size, number.size, day.size) == (12, 13, 12, 12, 13, 13)
    assert "Bold" in nation.font and "Bold" in organ.font and "Bold" not in parent.font and "Italic" in day.font
    assert nation.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert nation.middle == pytest.approx(motto.middle, abs=NEAR)
    assert organ.middle == pytest.approx(parent.middle, abs=NEAR)
    assert number.base == pytest.approx(day.base, abs=0.2)
    assert organ.right < nation.left


def test_the_rules_are_as_long_as_the_decree_says(decision) -> None:
    drawn = rules(as_pdf(DECISION))
    organ, motto, subject = one(decision, "TỈNH LÀO CAI"), one(decision, "Độc lập"), one(decision, "giai đoạn")
    for words, low, high in ((organ, 1 / 3, 1 / 2), (motto, 0.97, 1.03), (subject, 1 / 3, 1 / 2)):
        left, right, height = next(
            line
            for line in drawn
            if words.base < line[2] < words.base + 4
            and line[0] > words.left - 1 < words.right
            and abs((line[0] + line[1]) / 2 - words.middle) < 2
        )
        assert low <= (right - left) / (words.right - words.left) <= high, words.text
        assert height > words.base + 1, "a rule must not cross the letters above it"


def test_numbers_and_days_below_ten_have_a_nought(decision) -> None:
    assert one(decision, "Số: 07/QĐ-UBND")
    assert one(decision, "Lào Cai, ngày 05 tháng 02 năm 2026")
    march = pieces(as_pdf(replace(DECISION, day=date(2026, 3, 12))))
    assert one(march, "ngày 12 tháng 3 năm 2026")


def test_the_subject_of_a_letter_stands_six_points_under_its_number(letter) -> None:
    matter = one(letter, "V/v")
    assert matter.size == 12 and matter.middle == pytest.approx(one(letter, "SỞ KHOA").middle, abs=NEAR)
    apart = (matter.base - one(letter, "Số:").base) / 25.4 * 72
    assert 12 * 0.7 + 6 <= apart <= 12 * 0.7 + 6 + 8


def test_the_body_is_set_as_the_decree_says(letter) -> None:
    running = [piece for piece in letter if piece.size == 14 and "Bold" not in piece.font]
    first = one(running, "1. Trong kỳ")
    assert first.left == pytest.approx(LEFT + 12.7, abs=0.3)
    below = [piece for piece in running if piece.base > first.base]
    pitch = (below[0].base - first.base) / 25.4 * 72
    assert 14 * 1.149 <= pitch <= 14 * 1.149 * 1.5, "from a single line to one and a half"
    assert below[0].right == pytest.approx(RIGHT_EDGE, abs=NEAR), "both sides are even"
    paragraphs = [one(running, "a) Năm"), one(running, "b) Năm")]
    apart = (paragraphs[1].base - paragraphs[0].base) / 25.4 * 72
    assert apart >= pitch + 5.9


def test_the_end_is_marked_once(letter, decision) -> None:
    for found in (letter, decision):
        assert sum(piece.text.count("./.") for piece in found) == 1


def test_recipients_and_signature_stand_side_by_side(letter) -> None:
    label, titles, name = one(letter, "Nơi nhận:"), one(letter, "KT. GIÁM ĐỐC"), one(letter, "Nguyễn Thị")
    assert label.left == pytest.approx(LEFT, abs=0.3) and label.size == 12 and "BoldItalic" in label.font
    assert label.base == pytest.approx(titles.base, abs=NEAR)
    assert titles.size == name.size == 14 and "Bold" in name.font
    assert titles.middle == pytest.approx(name.middle, abs=NEAR)
    items = [piece for piece in letter if piece.size == 11 and piece.base > label.base and piece.right < 110]
    assert [item.text for item in items][:3] == ["- Như trên;", "- UBND tỉnh (để báo cáo);", "- Lưu: VT, CĐS."]
    assert one(letter, "Địa chỉ").base > 265


def test_several_addressees_stand_under_the_colon() -> None:
    found = pieces(as_pdf(REPORT))
    label, first, second = one(found, "Kính gửi:"), one(found, "Ủy ban nhân dân tỉnh;"), one(found, "Bộ Khoa học")
    assert second.text.endswith("Công nghệ.") and first.left == pytest.approx(second.left, abs=0.2)
    assert first.left == pytest.approx(label.right, abs=2)


def test_chapters_and_sections_are_as_large_as_the_text() -> None:
    blocks = (
        Block("chapter", number="I", title="Quy định chung"),
        Block("section", number="1", title="Văn bản đi"),
        Block("article", "Văn bản đi.", "1"),
    )
    found = pieces(as_pdf(replace(REPORT, addressees=(), body=blocks)))
    for words in ("Chương I", "QUY ĐỊNH CHUNG", "Mục 1", "VĂN BẢN ĐI"):
        line = one(found, words)
        assert line.size == 14 and "Bold" in line.font
        assert line.middle == pytest.approx((LEFT + RIGHT_EDGE) / 2, abs=NEAR)
    assert one(found, "Điều 1.").left == pytest.approx(LEFT + 12.7, abs=0.3)


def test_page_numbers_begin_on_the_second_page_and_anew_in_an_appendix() -> None:
    made = as_pdf(REPORT)
    above = [[piece for piece in pieces(made, page) if piece.base < 20] for page in range(2)]
    assert not above[0]
    assert above[1][0].text == "2" and above[1][0].size == 13
    assert above[1][0].middle == pytest.approx((LEFT + RIGHT_EDGE) / 2, abs=NEAR)
    assert not [piece for piece in pieces(as_pdf(DECISION), 1) if piece.base < 20]


def test_blanks_and_signatures_have_their_places() -> None:
    made = printed(LETTER)
    so, ngay, seal, signer = (made.places[name] for name in ("so", "ngay", "co_quan", "nguoi_ky"))
    found = pieces(made.pdf)
    slash = one(found, "/SKHCN-CĐS")
    assert so.right * 25.4 / 72 == pytest.approx(slash.left, abs=NEAR)
    assert so.bottom < (297 - slash.base) * 72 / 25.4 < so.top
    assert ngay.bottom == pytest.approx(so.bottom, abs=1)
    titles, name = one(found, "PHÓ GIÁM ĐỐC"), one(found, "Nguyễn Thị")
    assert (297 - name.base) * 72 / 25.4 < signer.bottom < signer.top < (297 - titles.base) * 72 / 25.4
    assert (signer.left + signer.right) / 2 * 25.4 / 72 == pytest.approx(name.middle, abs=NEAR)
    assert (seal.right - signer.left) / (signer.right - signer.left) == pytest.approx(1 / 3, abs=0.01)
    assert seal.left > 0 and set(printed(DECISION).places) == {"nguoi_ky", "co_quan"}


def test_two_desks_may_print_at_once() -> None:
    with ThreadPoolExecutor(4) as desks:
        made = list(desks.map(printed, [LETTER, DECISION] * 8))
    assert ["so" in one.places for one in made] == [True, False] * 8


def test_a_copy_bears_its_block_under_a_line() -> None:
    made = as_pdf(COPY)
    found = pieces(made)
    left, right, height = rules(made)[0]
    assert (left, right) == pytest.approx((LEFT, RIGHT_EDGE), abs=NEAR)
    assert one(found, "SAO Y").base > height and one(found, "SAO Y").size == 14
    assert one(found, "Số: 05/SY-SKHCN") and not any("CỘNG HÒA" in piece.text for piece in found)


def test_a_copy_on_paper_stands_under_the_last_words_of_what_is_copied() -> None:
    whole = as_paper_copy(as_pdf(DECISION), COPY)
    found = pieces(whole, 1)
    last, block = one(found, "Phó Chủ tịch"), one(found, "SAO Y")
    assert 10 <= block.base - last.base < 25 and one(found, "Phạm Thu Hà").base < 297 - 20
    full = as_paper_copy(as_pdf(LETTER), COPY)
    assert one(pieces(full, 1), "SAO Y").base < 40, "the address at the foot leaves no room on the first page"
    with pytest.raises(Invalid):
        as_paper_copy(b"%PDF-1.4 nothing", COPY)


@pytest.mark.parametrize("sheet", RIGHT.values(), ids=RIGHT)
def test_the_file_is_tagged_and_says_that_it_is_pdf_a(sheet) -> None:
    made = as_pdf(sheet)
    assert b"<pdfaid:part>2</pdfaid:part>" in made and b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    with pypdfium2.PdfDocument(made) as document:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
        words = "".join(page.get_textpage().get_text_range() for page in document)
        assert {piece.font.partition("+")[2] for piece in pieces(made)} <= FACES
    assert re.search("Nơi nhận", words) and not re.search("[\\u0300-\\u036f]", words)


FACES = {
    f"{face}{style}"
    for face in ("Tinos", "TimesNewRoman")
    for style in ("", "-Regular", "-Bold", "-Italic", "-BoldItalic")
}


def test_a_number_and_its_notation_stay_on_one_line() -> None:
    for fill in range(12):
        text = "ở" * 3 + " xa" * fill + " theo Công văn số 15/TTr-SKHCN ngày " * 4
        found = pieces(as_pdf(replace(LETTER, body=(Block(text=text),))))
        assert not [piece.text for piece in found if piece.text.endswith("/")]


def test_a_sheet_comes_back_from_json() -> None:
    for sheet in RIGHT.values():
        assert sheet_from(sheet.as_json()) == sheet
