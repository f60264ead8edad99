"""What is found by which words."""

from datetime import timedelta
from typing import Any

import pytest

from tests.search.conftest import DAY, NOW, letter, plant, somebody
from tram.kernel.actors import ANONYMOUS
from tram.search.queries import Found, search

pytestmark = pytest.mark.django_db


def find(text: str, **options: Any) -> Found:
    return search(actor=somebody(), at=NOW, text=text, **options)


def refs(text: str) -> list[int]:
    return [int(hit.ref.split("/")[1]) for hit in find(text).hits]


def test_words_without_marks_find_those_with_marks_but_never_the_other_way_round() -> None:
    plant([letter(1, "Kết luận vụ án"), letter(2, "Ban an ninh"), letter(3, "Ấn phẩm")])
    assert refs("án") == [1]
    assert refs("an") == [2, 1, 3]


def test_wrong_marks_are_forgiven_only_when_nothing_else_is_found() -> None:
    plant([letter(1, "Trạm thu phát sóng")])
    found = find("trám thu phát sóng")
    assert [hit.ref for hit in found.hits] == ["tests.letter/1"] and found.is_forgiving
    assert not find("trạm thu phát sóng").is_forgiving


@pytest.mark.parametrize("typed", ["hoà bình", "hòa bình", "hoa binh", "HÒA BÌNH", "hoà bình"])
def test_tone_placement_case_and_code_form_make_no_difference(typed: str) -> None:
    plant([letter(1, "Phường Hoà Bình"), letter(2, "Phường Hòa Bình"), letter(3, "Phường Hòa Bình")])
    assert sorted(refs(typed)) == [1, 2, 3]


@pytest.mark.parametrize("typed", ["hợp triển", "hợptriển", "hop trien", "coong vawn", "công văn", "cong van"])
def test_joined_words_and_telex_leftovers_are_understood(typed: str) -> None:
    plant([letter(1, "Công văn phối hợptriển khai"), letter(2, "Họp giao ban")])
    assert refs(typed) == [1]


@pytest.mark.parametrize(
    "typed", ["12/UBND", "12/QĐ-UBND", "12 qd ubnd", "12-qđ/ubnd", "12 / QĐ - UBND", "012/ubn", "12QĐ-UBND"]
)
def test_a_number_is_found_however_it_is_written(typed: str) -> None:
    plant([letter(1, "Giao chỉ tiêu", number="12/QĐ-UBND"), letter(2, "Khác", number="112/QĐ-UBND")])
    plant([letter(3, "Khác", number="12/BC-STC"), letter(4, "12 xã báo cáo", number="7/UBND")])
    assert refs(typed)[0] == 1
    assert not {2, 3} & set(refs(typed))


def test_the_number_itself_comes_before_newer_letters_that_mention_its_parts() -> None:
    plant([letter(1, "UBND 12 xã"), letter(9, "Giao chỉ tiêu", number="12/QĐ-UBND")])
    assert refs("12/ubnd") == [9, 1]
    assert refs("12")[0] == 9


def test_words_side_by_side_come_before_newer_ones_apart() -> None:
    plant([letter(1, "Chính sách tài trợ của Sở"), letter(9, "Sở Tài chính báo cáo")])
    assert refs("so tai chinh") == [9, 1]
    assert refs('"tài chính"') == [9]


def test_text_that_is_not_shown_is_found_and_said_to_be_inside() -> None:
    plant([letter(1, "Báo cáo", body="trạm Nậm Cốc mất sóng")])
    assert find("nậm cốc").hits[0].is_inside
    assert not find("báo cáo").hits[0].is_inside


def test_hits_say_why_and_joined_together_are_the_very_line() -> None:
    title = "Báo cáo <b>kết quả</b> & kế hoạch"
    plant([letter(1, title)])
    pieces = find("ket qua").hits[0].title
    assert "".join(piece.text for piece in pieces) == title
    assert [piece.text for piece in pieces if piece.is_hit] == ["kết", "quả"]


def test_filters_narrow_and_are_chips_that_can_be_taken_away() -> None:
    old = NOW - timedelta(days=30)
    plant([letter(1, "Báo cáo", sender="Sở Tài chính"), letter(2, "Báo cáo", sender="Tài sở Chính", due_on=DAY)])
    plant([letter(3, "Báo cáo", sender="Sở Y tế", at=old, due_on=DAY - timedelta(days=1))])
    assert refs("den:tuannay") == [1, 2]
    assert refs("den:10/2026") == [3]
    assert refs("báo cáo han:qua") == [3]
    assert refs("han:homnay") == [2]
    assert refs('tu:"sở tài chính" bao cao') == [1]
    assert refs("loai:viecthu báo") == []
    chip = find("báo cáo den:tuannay").chips[0]
    assert (chip.label, chip.rest) == ("Đến: tuần này", "báo cáo")


def test_a_filter_that_is_not_understood_becomes_a_sentence() -> None:
    assert "Không có bộ lọc “ten:”" in find("ten:hoa báo").sentences[0]
    assert "den:homnay" in find("den:homkia").sentences[0]
    assert "loai:thu" in find("loai:xyz").sentences[0]


def test_nobody_finds_what_they_may_not_read_and_everybody_what_is_public() -> None:
    plant(
        [
            letter(1, "Báo cáo", readers=("unit.99",)),
            letter(2, "Báo cáo", readers=("public",)),
            letter(3, "Báo cáo", readers=()),
        ]
    )
    assert refs("báo cáo") == [2]
    assert [hit.ref for hit in search(actor=ANONYMOUS, at=NOW, text="báo cáo").hits] == ["tests.letter/2"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "'", "\\", "'; --", '"', "!!", ":*", "a & b | !c", "den:", "\x00", "😀", "x" * 5000, "<->"]
)
def test_no_text_breaks_the_search(typed: str) -> None:
    plant([letter(1, "Báo cáo")])
    assert find(typed).hits == []


@pytest.mark.parametrize("place", ["x", "1_2", "0_9999999999999999999_1", "99_1_1", "-1_0_0", "0_٣_1"])
def test_no_place_breaks_the_search(place: str) -> None:
    plant([letter(1, "Báo cáo")])
    assert len(find("báo cáo", place=place).hits) <= 1
