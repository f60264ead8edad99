"""Legacy runs inside Unicode text: repaired with proof, reversible, and clean text never touched."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vietnamese.words import FOREIGN, WORDS
from tram.vietnamese.codecs import READERS, encode_text
from tram.vietnamese.repair import guess_encoding, read, repair, undo
from tram.vietnamese.syllables import ONSETS, PLAIN, ROUNDED, is_syllable, place_tone

BUILT = [
    place_tone(onset + rhyme, tone)
    for onset in sorted(ONSETS)
    for rhyme in sorted(PLAIN | ROUNDED)
    for tone in range(6)
]
SYLLABLES = [word for word in BUILT if is_syllable(word)]
sentences = st.lists(st.sampled_from(WORDS), min_size=25, max_size=60, unique=True).map(" ".join)


def words_of(changes) -> list[tuple[str, str]]:
    return [(change.before, change.after) for change in changes]


def test_the_debris_of_seed_003_is_repaired_and_the_lossy_word_only_proposed(real: Path):
    text = next((real / "seeds").glob("003_*.txt")).read_text()
    done = repair(text)
    assert words_of(done.changes) == [("lµnh", "lành"), ("m¹nh", "mạnh")]
    assert words_of(done.proposals) == [("thíc", "thước")]
    assert "lành mạnh" in done.text and "thíc đo" in done.text
    assert undo(done) == text


@pytest.mark.parametrize("folder", ["seeds", "articles", "letters"])
def test_clean_real_texts_stay_as_they_are(real: Path, folder: str):
    for file in sorted((real / folder).glob("*.txt")):
        done = repair(file.read_text())
        touched = {change.before for change in done.changes if change.encoding != "nfd"}
        assert (file.name, touched - {"lµnh", "m¹nh"}) == (file.name, set())
        assert undo(done) == file.read_text()


@given(st.lists(st.sampled_from([*WORDS, *SYLLABLES, *FOREIGN]), max_size=60).map(" ".join))
def test_clean_text_with_foreign_words_is_never_touched(text: str):
    done = repair(text)
    assert done.text == text and done.changes == ()


@pytest.mark.parametrize("coding", READERS)
@given(text=sentences)
def test_a_text_wholly_in_one_coding_is_read_back(coding: str, text: str):
    legacy = encode_text(text, coding)
    done = repair(legacy)
    assert done.text == text
    assert undo(done) == legacy


@pytest.mark.parametrize("coding", ["tcvn3", "vni", "viscii", "viqr", "cp1258", "mojibake"])
@given(text=sentences)
def test_a_file_in_one_coding_is_recognised_from_its_bytes(coding: str, text: str):
    assume(not text.isascii())
    assert read(encode_text(text, coding).encode("latin-1")) == text


@given(before=sentences, run=st.lists(st.sampled_from(WORDS), min_size=3, max_size=9), after=sentences)
def test_a_run_changes_nothing_outside_itself(before: str, run: list[str], after: str):
    mixed = f"{before} {encode_text(' '.join(run), 'tcvn3')} {after}"
    done = repair(mixed)
    assert done.text.startswith(before) and done.text.endswith(after)
    assert undo(done) == mixed


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_undone_letter_for_letter(text: str):
    done = repair(text)
    assert undo(done) == text
    assert all(text[change.start : change.end] == change.before for change in (*done.changes, *done.proposals))


def test_every_change_tells_its_place_and_reason():
    (change,) = repair("lối sống lµnh và cũ").changes
    assert (change.start, change.end, change.encoding) == (9, 13, "tcvn3")
    assert change.reason == "“lµnh” viết bằng TCVN3 (ABC), đọc đúng là “lành”."


def test_a_header_of_a_letter_is_repaired_beside_clean_text():
    assert (
        repair("Quyết định số 15/Q§-UBND cña UBND tØnh về việc").text
        == "Quyết định số 15/QĐ-UBND của UBND tỉnh về việc"
    )
    assert repair("UÛY BAN NHAÂN DAÂN TÆNH").text == "ỦY BAN NHÂN DÂN TỈNH"


def test_what_has_no_proof_is_only_proposed():
    done = repair("Trường Céng đồng và dû án ở tỉnh")
    assert done.changes == ()
    assert ("Céng", "Cộng") in words_of(done.proposals)


def test_a_half_lost_letter_of_misread_utf8_is_proposed():
    done = repair("lÃ m viá»‡c táº¡i ThÃ¡i NguyÃªn")
    assert done.text == "lÃ m việc tại Thái Nguyên"
    assert words_of(done.proposals) == [("lÃ m", "làm")]


def test_clean_text_is_named_unicode_and_its_bytes_utf8():
    assert guess_encoding("Sở Thông tin") == "unicode"
    assert guess_encoding("Sở Thông tin".encode()) == guess_encoding("\ufeffSở".encode()) == "utf-8"
    assert guess_encoding("Sở".encode("utf-16")) == "utf-16"
    assert read("Sở Thông tin".encode("utf-16")) == "Sở Thông tin"
