"""The words of a file, whatever its form, with their places."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.generated import as_word_text, letter
from tests.reading.printed import docx_of, docx_with, pdf_of
from tram.kernel.verdicts import Invalid
from tram.reading.queries import text_of

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def test_a_printed_letter_gives_its_columns_apart_and_in_reading_order() -> None:
    one = letter(3)
    text = text_of(pdf_of(one), "thu.pdf")
    lines = [line for line in text.lines if line.text]
    left = next(line for line in lines if line.text == one.parent)
    right = next(line for line in lines if line.text.startswith("CỘNG HÒA"))
    number = next(line for line in lines if line.text.startswith("Số:"))
    assert (text.source, text.pages, left.page) == ("pdf-text", 1, 1)
    assert left.box and right.box and number.box
    assert left.box.x1 < right.box.x0 and abs(left.box.y0 - right.box.y0) < 0.01
    assert lines.index(left) < lines.index(number) < lines.index(right)
    assert all(0 <= side <= 1 for line in lines if line.box for side in line.box)


def test_the_cells_of_a_word_table_come_in_their_order() -> None:
    row = "<w:tr>{}{}</w:tr>".format(*(f"<w:tc>{PARAGRAPH.format(text)}</w:tc>" for text in ("Một", "Hai")))
    file = docx_with(PARAGRAPH.format("Trên") + f"<w:tbl>{row}{row}</w:tbl>" + PARAGRAPH.format("Dưới"))
    text = text_of(file, "bang.docx")
    assert [line.text for line in text.lines] == ["Trên", "Một", "Hai", "Một", "Hai", "Dưới"]
    assert (text.source, text.pages) == ("docx", None)


def test_deleted_words_and_field_codes_of_word_are_not_read() -> None:
    body = "<w:p><w:del><w:r><w:t>bỏ</w:t></w:r></w:del><w:r><w:t>giữ</w:t><w:tab/><w:t>lại</w:t></w:r></w:p>"
    assert text_of(docx_with(body), "a.docx").plain == "giữ lại"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"  \n", "không có nội dung"),
        (b"%PDF-1.7 hong", "Không mở được tệp PDF"),
        (b"\xff\xd8\xff\xe0 hong", "Không mở được ảnh"),
        (b"\x00\x01\x02MZ", "Tệp phải là PDF, DOCX, TXT, JPG hoặc PNG"),
        (b"PK\x03\x04 hong", "Không mở được tệp Word"),
        (docx_with("", before='<!DOCTYPE a [<!ENTITY b "c">]>'), "DOCTYPE"),
        (docx_with("", **{"word/vbaProject.bin": "x"}), "macro"),
        (docx_with("<w:p>"), "bị hỏng"),
        (docx_with("<w:tbl>" * 5000 + "</w:tbl>" * 5000), "lồng quá nhiều lớp"),
        (docx_with(" " * 40_000_001), "40 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(data: bytes, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        text_of(data, "tep.bin")


def test_old_vietnamese_codings_are_read_rightly() -> None:
    plain = as_word_text(letter(5))
    assert text_of(plain.encode("utf-16"), "a.txt").plain == plain
    legacy = "Céng hßa x· héi chñ nghÜa ViÖt Nam\nñy ban nh©n d©n tØnh ®Ò nghÞ c¸c ®¬n vÞ b¸o c¸o"
    assert text_of(legacy.encode("latin-1"), "a.txt").plain.startswith("Cộng hòa xã hội chủ nghĩa Việt Nam")


def test_pages_of_a_text_are_counted_where_it_marks_them() -> None:
    text = text_of("một\n\fhai".encode(), "a.txt")
    assert (text.pages, [line.page for line in text.lines]) == (2, [1, 2])


def test_what_any_text_gives_is_a_text_or_a_refusal() -> None:
    chance = random.Random(7)
    for size in range(1, 200):
        data = bytes(chance.randrange(256) for _ in range(size))
        try:
            assert text_of(data, "x").lines is not None
        except Invalid as error:
            assert str(error).endswith(".")


def test_the_machine_readers_are_not_loaded_before_a_scan_comes() -> None:
    asked = (
        "import sys, tram.reading.queries; print([m for m in ('trueocr', 'cv2', 'onnxruntime') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=root)
    assert ran.stdout.strip() == "[]"


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Không tìm thấy"):
        text_of(tmp_path / "khong-co.pdf")


def test_a_long_word_file_is_read_whole() -> None:
    lines = [f"Dòng thứ {number}" for number in range(3000)]
    assert text_of(docx_of("\n".join(lines)), "dai.docx").plain.split("\n") == lines
