import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vietnamese.words import WORDS
from tram.vietnamese.text import fold, folded_words, nfc, search_words, telex_repair, tidy, tone_normal


def test_decomposed_and_composed_text_are_one():
    assert nfc(unicodedata.normalize("NFD", "Hòa Bình")) == "Hòa Bình"


def test_of_a_tower_of_marks_the_foot_alone_stands():
    """Unicode orders a run of marks in the square of its length: a text of 2 MB would hold the machine for an hour."""
    tower = "\u0301\u0323" * 1000
    assert len(nfc(f"so{tower} o\u0302\u0301 {tower}")) < 70 and nfc(f"a{tower}.b").endswith(".b")


def test_hard_zero_width_and_repeated_spaces_become_one():
    assert tidy("\u00a0 Sở\u00a0\u2009TT&TT \u200b\r\n tỉnh\ufeff ") == "Sở TT&TT tỉnh"


@pytest.mark.parametrize(
    ("old", "new"),
    [("hoà", "hòa"), ("thuý", "thúy"), ("Uỷ ban", "Ủy ban"), ("toả", "tỏa"), ("khoẻ", "khỏe"), ("HOÀ", "HÒA")],
)
def test_old_and_new_tone_placement_are_equal(old: str, new: str):
    assert tone_normal(old) == tone_normal(new) == new


@pytest.mark.parametrize(
    "word", ["kỳ", "kì", "toàn", "quý", "giếng", "giặt gịa", "São", "café", "khuỷu", "thuở", "quốc"]
)
def test_what_has_one_placement_stays(word: str):
    assert tone_normal(word) == word


def test_a_tone_on_the_wrong_vowel_is_moved():
    assert tone_normal("qúa hòan múôn") == "quá hoàn muốn"


def test_i_and_y_stay_two_spellings():
    assert tone_normal("kì") != tone_normal("kỳ")


def test_folding_takes_every_mark_and_the_bar_of_d():
    assert fold("Đường Ưu Đãi, Ổ Ẵm") == "duong uu dai, o am"


@given(st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join))
def test_folding_twice_is_folding_once_and_leaves_ascii(text: str):
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()


@given(st.text())
def test_tone_placement_settles_at_once(text: str):
    assert tone_normal(tone_normal(text)) == tone_normal(text)


def test_search_words_survive_lost_spaces():
    assert search_words("hiệuquả, hợptriển khai; Thứ trưởngTrần 32máy/100") == [
        *("hiệu", "quả", "hợp", "triển", "khai", "thứ", "trưởng", "trần", "32", "máy", "100")
    ]


def test_search_words_keep_marks_and_folded_words_do_not():
    assert search_words("Án và An") == ["án", "và", "an"]
    assert folded_words("Án và An") == ["an", "va", "an"]


def test_a_symbol_is_found_by_its_parts():
    assert search_words("12/UBND-VX") == ["12", "ubnd", "vx"]


def test_foreign_words_are_not_taken_apart():
    assert search_words("internet wifi canon A4") == ["internet", "wifi", "canon", "a4"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("coong vawn ddeens", "công văn đến"),
        ("Sowr Thoong tin vaf Truyeefn thoong", "Sở Thông tin và Truyền thông"),
        ("luwowng luwong thuowr", "lương lương thuở"),
        ("uyr ban nhaan daan", "ủy ban nhân dân"),
    ],
)
def test_telex_typed_with_the_input_method_off_is_read(typed: str, meant: str):
    assert telex_repair(typed) == meant


@pytest.mark.parametrize("typed", ["công văn đến", "bao cao tuan", "internet", "12/UBND", "USB", "ban hanh", "xoong"])
def test_what_is_no_telex_stays(typed: str):
    assert telex_repair(typed) == typed
