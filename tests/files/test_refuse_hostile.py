"""Every hostile file is refused for its own reason, in its own words, quickly."""

import io
import time
import unicodedata

import pytest

from tests.files.builders import Hostile, pdf
from tests.files.corpus import corpus
from tram.files.rules.inspecting import inspect
from tram.files.rules.refusals import FileRefused, Limits
from tram.files.rules.sentences import NAMES, SENTENCES

BANNED = ("không hợp lệ", "vui lòng", "rất tiếc", "lỗi", "error", "invalid", "exception")
ELSEWHERE = {
    "too_big", "upload_longer", "text_too_big", "secret", "top_secret", "absolute_secret", "pdf_restricted", "sound_slow", "sheet_kind",
    "sheet_too_big", "sheet_vast", "sheet_many", "sheet_none", "sheet_damaged", "csv_coding", "csv_quotes",
}  # fmt: skip


@pytest.mark.parametrize("file", corpus(), ids=lambda file: f"{file.id}: {file.label}")
def test_a_hostile_file_is_refused_for_its_own_reason_within_two_seconds(file: Hostile) -> None:
    started = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        inspect(io.BytesIO(file.content), file.name, file.limits)
    assert caught.value.id == file.id
    assert caught.value.sentence.startswith(SENTENCES[file.id].partition("{")[0])
    assert "{" not in caught.value.sentence
    assert time.monotonic() - started < 8 * 2, "two seconds are promised; eight times that on a busy machine"


def test_the_corpus_holds_at_least_120_files_in_60_situations() -> None:
    assert len(corpus()) >= 120
    assert len({file.id for file in corpus()}) >= 60


def test_every_reason_has_a_file_that_shows_it() -> None:
    assert set(SENTENCES) - {file.id for file in corpus()} - ELSEWHERE == set()


def test_no_two_reasons_share_a_sentence() -> None:
    assert len(set(SENTENCES.values())) == len(SENTENCES)


@pytest.mark.parametrize("id", SENTENCES)
def test_a_sentence_is_plain_vietnamese_and_says_how_to_mend(id: str) -> None:
    sentence = SENTENCES[id]
    assert sentence == unicodedata.normalize("NFC", sentence)
    assert not [word for word in BANNED if word in sentence.lower()]
    assert sentence.endswith(".")
    assert len(sentence.split(". ")) >= 2 or ":" in sentence


def test_hostile_facts_cannot_break_the_sentence() -> None:
    with pytest.raises(FileRefused) as caught:
        inspect(io.BytesIO(pdf()), "CON." + "{0}\u0085"[:3])
    assert caught.value.sentence == NAMES["name_device"].format(name="CON.{0}")


def test_a_file_over_the_limit_is_refused_before_it_is_read_to_its_end() -> None:
    class Endless:
        given = 0

        def read(self, size: int, /) -> bytes:
            self.given += size
            return b"\0" * size

    stream = Endless()
    with pytest.raises(FileRefused, match="lớn hơn mức 3 MB. Chia nhỏ hoặc gửi qua USB có ghi nhận."):
        inspect(stream, "a.pdf", Limits(size=3 * 1024 * 1024))
    assert stream.given <= 4 * 1024 * 1024


def test_a_text_over_its_own_limit_is_refused() -> None:
    with pytest.raises(FileRefused, match="Tệp chữ 2 MB lớn hơn mức 1 MB"):
        inspect(io.BytesIO(b"a" * 2 * 1024 * 1024), "a.txt", Limits(text_size=1024 * 1024))
