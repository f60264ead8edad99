"""The fields of a letter, proposed from its text: right where the text has them, null where it has not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reading.corpus import KEYS, LISTS, Sample, samples
from tests.reading.generated import Letter, as_side_by_side, as_word_text, letter
from tests.reading.printed import pdf_of, word_file
from tram.reading.queries import letters_as_json, read_letter

TEXTS: dict[str, Callable[[Letter], bytes]] = {
    "side by side": lambda one: as_side_by_side(one).encode(),
    "one under the other": lambda one: as_word_text(one).encode(),
}


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_a_letter_in_our_own_words_is_read_whole(sample: Sample) -> None:
    found = read_letter(sample.text.encode(), "thu.txt")
    beside = {key: getattr(found.fields, key).value for key in ("urgency", "secrecy", "due_on")}
    read = {key: found.as_json()[key] for key in KEYS} | beside
    assert read == sample.right


def test_there_are_at_least_forty_letters_in_our_own_words() -> None:
    assert len(samples()) >= 40


def share_right(letters: range, made: Callable[[Letter], bytes], name: str) -> float:
    right = 0
    for number in letters:
        one = letter(number)
        read = read_letter(made(one), name).as_json()
        right += sum(read[key] == value for key, value in one.fields.items())
    return right / (len(letters) * len(KEYS))


@pytest.mark.parametrize("layout", TEXTS)
def test_generated_letters_are_read_right_in_98_of_100_fields(layout: str) -> None:
    assert share_right(range(250), TEXTS[layout], "thu.txt") >= 0.98


def test_printed_letters_are_read_as_well_as_texts() -> None:
    assert share_right(range(500, 540), pdf_of, "thu.pdf") >= 0.98


def test_word_files_are_read_as_well_as_texts() -> None:
    assert share_right(range(600, 640), word_file, "thu.docx") >= 0.98


def test_every_value_says_how_sure_it_is_and_where_it_was_read() -> None:
    text = read_letter(pdf_of(letter(1)), "thu.pdf")
    for key in KEYS:
        field = getattr(text.fields, key)
        if not field.value:
            assert (field.confidence, field.place) == (0.0, None)
            continue
        assert 0 < field.confidence <= 1 and field.raw
        assert field.place.page == 1 and field.place.box == text.text.lines[field.place.line].box
    assert text.fields.page_count.value == 1


def test_doubt_lowers_confidence() -> None:
    right = as_word_text(letter(4))
    worn = right.replace("ỦY BAN NHÂN DÂN", "UY BAN NHAN DAN").replace("UBND TỈNH", "UBND TINH")
    sure, doubtful = (read_letter(text.encode(), "a.txt").fields.parent for text in (right, worn))
    assert sure.value == doubtful.value and doubtful.confidence < sure.confidence


def test_json_has_exactly_the_keys_of_a_letter() -> None:
    read = read_letter(as_word_text(letter(2)).encode(), "thu.txt").as_json()
    assert set(read) == {"file", *KEYS, "confidence"}
    assert isinstance(read["confidence"], dict) and set(read["confidence"]) == set(KEYS)
    assert all(isinstance(read[key], list) for key in LISTS)


def test_many_files_give_one_line_each_and_a_bad_one_says_why(tmp_path: Path) -> None:
    good, bad = tmp_path / "tot.txt", tmp_path / "hong.pdf"
    good.write_text(as_word_text(letter(2)), "utf-8")
    bad.write_bytes(b"%PDF-1.4 hong")
    first, second = (json.loads(line) for line in letters_as_json([good, bad]))
    assert first["kind"] == letter(2).fields["kind"] and first["file"] == str(good)
    assert set(second) == {"file", "error"} and second["error"].startswith("Không mở được tệp PDF")


@pytest.mark.parametrize("day", ["", "  ", "....", "3O", "£0", "31"])
def test_a_blank_or_damaged_day_is_left_out(day: str) -> None:
    text = f"SỞ NỘI VỤ\nSố: 1/SNV\nSơn Bình, ngày {day} tháng 6 năm 2025\nKính gửi: Ủy ban nhân dân tỉnh"
    assert read_letter(text.encode(), "a.txt").fields.date.value == "2025-06"


@pytest.mark.parametrize("number", ["", "     ", ".....", "96°", "1?3", "Z#_"])
def test_a_blank_or_damaged_number_is_null_but_the_symbol_stays(number: str) -> None:
    text = f"SỞ NỘI VỤ\nSố: {number}/SNV-TC\nSơn Bình, ngày 2 tháng 6 năm 2025\nKính gửi: Ủy ban nhân dân tỉnh"
    fields = read_letter(text.encode(), "a.txt").fields
    assert (fields.number.value, fields.symbol.value) == (None, "SNV-TC")


def test_a_date_without_a_year_keeps_what_it_has() -> None:
    text = "SỞ NỘI VỤ\nSố: 1/SNV\nSơn Bình, ngày 24 tháng 9 năm\nKính gửi: Ủy ban nhân dân tỉnh"
    assert read_letter(text.encode(), "a.txt").fields.date.value == "----09-24"


def test_a_news_item_is_no_letter() -> None:
    text = (
        "Sáng 12/3, Sở Nội vụ tổ chức hội nghị\n\nTheo Quyết định số 12/QĐ-TTg ngày 3 tháng 2 năm 2009, các sở báo cáo."
    )
    read = read_letter(text.encode(), "a.txt").as_json()
    assert not any(read[key] for key in KEYS)


@pytest.mark.parametrize("opening", ["Đề nghị hỗ trợ", "Thực hiện việc nâng", "Nhằm mở rộng", "Căn cứ"])
def test_what_stands_between_title_and_address_is_the_subject_with_whatever_word_it_begins(opening: str) -> None:
    subject = f"{opening} Internet tốc độ cao cho 20 nhà văn hóa thôn của xã"
    head = "ỦY BAN NHÂN DÂN\nXÃ MỎ VÀNG\nSố: 40/TTr-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    text = f"{head}\nMỏ Vàng, ngày 23 tháng 11 năm 2026\nTỜ TRÌNH\n{subject}\nMỏ Vàng\n\nKính gửi: Sở Khoa học và Công nghệ.\nXã có 42 thôn."
    assert read_letter(text.encode(), "thu.txt").as_json()["subject"] == f"{subject} Mỏ Vàng"
