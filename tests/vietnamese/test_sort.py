"""Stored keys against a comparator written independently, from the alphabet and the tone order alone."""

import random
from functools import cmp_to_key

from tests.vietnamese.words import AGENCIES, FAMILIES, GIVENS, MIDDLES, listed
from tram.vietnamese.sorting import person_key, sort_key

ROWS = listed(
    """aàảãáạ ăằẳẵắặ âầẩẫấậ b c d đ eèẻẽéẹ êềểễếệ f g h iìỉĩíị j k l m n oòỏõóọ ôồổỗốộ ơờởỡớợ p q r s t uùủũúụ
    ưừửữứự v w x yỳỷỹýỵ z"""
)
PLACE = {char: (letter, tone) for letter, row in enumerate(ROWS) for tone, char in enumerate(row)}


def weigh(word: str) -> tuple[list[int], int]:
    if word.isdecimal():
        return [-1, int(word)], 0
    places = [PLACE[char] for char in word.lower()]
    return [letter for letter, _ in places], max(tone for _, tone in places)


def compare(one: list[str], other: list[str]) -> int:
    for left, right in zip(one, other, strict=False):
        if weigh(left) != weigh(right):
            return -1 if weigh(left) < weigh(right) else 1
    return len(one) - len(other)


def compare_people(one: str, other: str) -> int:
    a, b = one.split(), other.split()
    return compare(a[-1:], b[-1:]) or compare(a[:1], b[:1]) or compare(a[1:-1], b[1:-1])


def test_two_thousand_names_sort_as_a_vietnamese_list():
    dice = random.Random(7)
    names = [
        " ".join([dice.choice(FAMILIES), *dice.sample(MIDDLES, dice.randint(0, 2)), dice.choice(GIVENS)])
        for _ in range(2000)
    ]
    ranked = sorted(names, key=cmp_to_key(compare_people))
    keyed = sorted(names, key=lambda name: person_key(name).encode("ascii"))
    assert all(compare_people(left, right) == 0 for left, right in zip(ranked, keyed, strict=True))


def test_equal_keys_mean_equal_rank():
    pairs = [(one, other) for one in GIVENS for other in GIVENS]
    for one, other in pairs:
        rank = compare([one], [other])
        assert (rank < 0, rank == 0) == (sort_key(one) < sort_key(other), sort_key(one) == sort_key(other))


def test_the_names_that_a_plain_server_sorts_wrong():
    names = ["Em", "Ánh", "Đức", "Âu", "Dũng", "Ăn", "Bình", "An"]
    assert sorted(names, key=sort_key) == ["An", "Ánh", "Ăn", "Âu", "Bình", "Dũng", "Đức", "Em"]


def test_the_six_tones_stand_in_order_below_the_letters():
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mai"]
    keys = [sort_key(word) for word in words]
    assert keys == sorted(set(keys))


def test_given_name_then_family_then_middle():
    names = ["Nguyễn Văn An", "Lê Thị An", "Lê Thị Bích An", "Nguyễn An", "Trần Ánh", "Bùi Thị Ân"]
    in_order = ["Lê Thị An", "Lê Thị Bích An", "Nguyễn An", "Nguyễn Văn An", "Trần Ánh", "Bùi Thị Ân"]
    assert sorted(names, key=person_key) == in_order


def test_both_tone_placements_give_one_key():
    assert person_key("Trần Thị Thuý Hoà") == person_key("Trần Thị Thúy Hòa")


def test_agencies_sort_by_word_and_numbers_by_value():
    by_comparator = sorted(AGENCIES, key=cmp_to_key(lambda one, other: compare(one.split(), other.split())))
    assert sorted(AGENCIES, key=sort_key) == by_comparator
    assert by_comparator.index("Phòng 2") < by_comparator.index("Phòng 10") < by_comparator.index("Phòng Ô tô")


def test_keys_are_plain_ascii_for_any_text():
    assert all(sort_key(text).isascii() for text in ["Пхеньян 北京", "Ñandú", "H'Mông", "…", "ﬁ ½ Ⅳ"])
