import unicodedata

import pytest

from tests.vietnamese.words import FAMILIES, GIVENS, MIDDLES, WORDS, listed
from tram.vietnamese.syllables import ONSETS, PLAIN, ROUNDED, is_syllable, parse, place_tone

GOOD = listed(
    """nghiêng nguyễn quyết giếng gì gìn giặt gịa khuya khuỷu ngoằn ngoèo yêu yết oách quỳnh thuở hươu kỷ buýt xoong
    Hòa Hoà THÚY thuý uỷ ủy quốc quở ỉa ì ý giữa rượu muỗng nhuộm loạng tuyệt huýt khuếch hoẵng uống xoắn quẩn què"""
)
BAD = listed(
    """bac thíc lµnh ce kăn ngi ghà gê nge c đ ng hành-chính café cafe Köln Inetrnet Microsoft phối2 trưởngTrần qúa hòan
    bằc mèc đíh uơn boà coa kuy w f j z iêu iên ưong nghanh quo"""
)


@pytest.mark.parametrize("word", [*GOOD, *WORDS, *FAMILIES, *MIDDLES, *GIVENS])
def test_a_real_word_is_a_syllable(word: str):
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word.upper()))


@pytest.mark.parametrize("word", BAD)
def test_what_breaks_the_spelling_is_no_syllable(word: str):
    assert not is_syllable(word)


@pytest.mark.parametrize("rhyme", ["ac", "êch", "up", "oat"])
def test_a_stopped_syllable_bears_only_the_sharp_or_the_heavy_tone(rhyme: str):
    tones = [tone for tone in range(6) if is_syllable(place_tone("h" + rhyme, tone))]
    assert tones == [4, 5]


def test_every_syllable_that_can_be_built_is_read_back():
    built = [(onset, rhyme, tone) for onset in ONSETS for rhyme in PLAIN | ROUNDED for tone in range(6)]
    read = [(place_tone(onset + rhyme, tone), parse(onset + rhyme)) for onset, rhyme, tone in built]
    wrong = [word for word, found in read if found and not is_syllable(word)]
    assert not wrong
    assert 6000 < sum(is_syllable(word) for word in {word for word, _ in read}) < 20000
