"""The tables against iconv, against each other and against real files."""

import json
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vietnamese.words import WORDS
from tram.vietnamese.codecs import READERS, TABLES, decode_bytes, decode_text, encode_text
from tram.vietnamese.repair import guess_encoding, read, repair, undo

ICONV = {"tcvn3": "TCVN5712-1", "viscii": "VISCII"}
SENTENCE = "Cộng hòa xã hội chủ nghĩa Việt Nam: Độc lập, ưỡn, kỷ, ỵ, Ăn Ở Ỷ"
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)


def shown(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ICONV)
def test_every_letter_of_a_table_is_what_iconv_says(name: str):
    if shutil.which("iconv") is None:
        pytest.skip("iconv is not here")
    letters = "".join(char for char in TABLES[name] if char.isprintable() and char.isalpha())
    command = ["iconv", "-f", ICONV[name], "-t", "UTF-8"]
    heard = subprocess.run(command, input=letters.encode(name), capture_output=True, check=True)
    assert heard.stdout.decode() == letters
    assert len(letters) >= 52 + 134 - 12


@pytest.mark.parametrize("name", ICONV)
def test_python_knows_the_codec_by_name(name: str):
    assert SENTENCE.encode(name).decode(name) == SENTENCE
    with pytest.raises(UnicodeEncodeError):
        "北京".encode(name)


def test_tcvn3_writes_a_missing_capital_as_letter_and_mark():
    assert "TỈNH ỦY".encode("tcvn3").decode("tcvn3") == "TỈNH ỦY"


@pytest.mark.parametrize("coding", READERS)
@given(text=texts)
def test_what_is_written_in_a_coding_is_read_back(coding: str, text: str):
    assert decode_text(encode_text(text, coding), coding) == text


def test_a_capitals_font_makes_every_letter_a_capital():
    assert decode_text(encode_text("ủy ban nhân dân", "tcvn3"), "tcvn3", capitals=True) == "ỦY BAN NHÂN DÂN"


def test_cp1252_and_latin1_readings_of_one_byte_are_the_same():
    assert decode_text("Š", "viscii") == decode_text("\x8a", "viscii") == "Ế"
    assert decode_text("viá»‡c", "mojibake") == decode_text("viá»\x87c", "mojibake") == "việc"


def test_utf8_misread_twice_is_read():
    twice = encode_text(encode_text("Sở Tài chính", "mojibake"), "mojibake")
    assert decode_text(twice, "mojibake") == "Sở Tài chính"


def test_vni_reads_capitals_and_mixed_case_pairs():
    assert decode_text("UÛY BAN NHAÂN DAÂN TÆNH Ñaø Naüng", "vni") == "ỦY BAN NHÂN DÂN TỈNH Đà Nẵng"


def test_viqr_reads_an_escaped_sign_as_itself():
    assert decode_text(r"DDo^.c la^.p\. Ai\?", "viqr") == "Độc lập. Ai?"


def test_an_unknown_coding_is_named():
    with pytest.raises(LookupError, match="vps"):
        decode_text("x", "vps")


def test_real_legacy_files_give_their_right_reading(real: Path, record_property):
    for entry in json.loads((real / "legacy" / "index.json").read_text()):
        legacy, right, *binary = (real / "legacy" / name for name in entry["files"])
        before, wanted = legacy.read_bytes().decode(), shown(right.read_text())
        done = repair(before)
        accuracy = SequenceMatcher(None, shown(done.text), wanted, autojunk=False).ratio()
        record_property(entry["id"], f"{accuracy:.4f}")
        assert (entry["id"], accuracy) == (entry["id"], 1.0)
        assert undo(done) == before
        for file in binary:
            assert shown(read(file.read_bytes())) == wanted
            assert shown(decode_bytes(file.read_bytes(), entry["encoding"])) == wanted


def test_whole_files_are_told_apart(real: Path):
    for entry in json.loads((real / "legacy" / "index.json").read_text()):
        if not entry["id"].startswith("tcvn3-in"):
            text = (real / "legacy" / entry["files"][0]).read_bytes().decode()
            named = {"Unicode, decomposed": "nfd", "UTF-8 read as Latin-1": "mojibake"}
            assert guess_encoding(text) == named.get(entry["encoding"], entry["encoding"])
