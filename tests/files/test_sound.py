"""A sound comes in where a room asks for one, and is written anew: what is heard stays, nothing else does."""

import io
from pathlib import Path

import pytest

from tests.cast import AT, Cast
from tests.files.conftest import kept
from tests.files.sounds import M4A, MP3, OGG, PAGE, PICTURE, SHORT, TAKEN, WHERE, ZIP, first_frame, tagged
from tram.files.commands import store, store_shown
from tram.files.queries import card, open_blob
from tram.files.rules import mp3, mp4, ogg
from tram.files.rules.inspecting import inspect
from tram.files.rules.refusals import FileRefused, length_text
from tram.files.rules.sentences import SENTENCES
from tram.files.rules.sounds import Unsound

DRESSED = {
    "mp3": tagged(b"APIC", PICTURE) + tagged(b"PRIV", ZIP + PAGE) + b"\0" * 40 + MP3 + b"TAG".ljust(128, b"x"),
    "m4a": M4A + b"\0\0\0\x14udta" + WHERE[:12] + b"\0\0\0\x0cfree" + b"PK\x03\x04",
    "ogg": OGG,
}
WRITERS = {"mp3": mp3.rewritten, "m4a": mp4.rewritten, "ogg": ogg.rewritten}


@pytest.mark.parametrize("kind", DRESSED)
def test_what_is_kept_is_what_is_heard(kind: str, cast: Cast, data: Path) -> None:
    actor = cast.actor("hoa")
    assert WHERE in DRESSED[kind]
    file = store_shown(
        actor=actor, at=AT, stream=io.BytesIO(DRESSED[kind]), name=f"Bản ghi.{kind}", agency=actor.agency, longest=100, size=10**7,
        pixels=1, sound_seconds=60, sound_size=10**6,
    )  # fmt: skip
    told, bytes_ = card(file.pk), open_blob(file.pk).read_bytes()
    assert (told.kind, told.seconds, told.length, told.pages, told.image) == (kind, 1, "1 giây", None, "")
    assert len(bytes_) < len(DRESSED[kind])
    for left in (WHERE, WHERE[:12], b"Lan", b"ID3", b"Lav", b"LAME", b"JFIF", b"<script", b"PK\x03", b"TAG"):
        assert left not in bytes_, left
    again = WRITERS[kind](bytes_)
    assert again.content == bytes_ and round(again.seconds, 1) in (1.2, 1.3)
    with pytest.raises(FileRefused, match="Tệp này là (âm thanh|phim)"):
        store(actor=actor, at=AT, stream=io.BytesIO(bytes_), name=f"a.{kind}", agency=actor.agency)
    assert len(kept(data)) == 1


def test_what_stands_between_the_frames_goes_blank() -> None:
    """A frame's bits end before the next one's begin; what an encoder leaves there says nothing."""
    start = first_frame(MP3)
    silent = bytearray(MP3[:start] + MP3[start:])
    while (shape := mp3.shape_of(int.from_bytes(MP3[start : start + 4], "big"))) and start + shape.size <= len(MP3):
        begin = start + shape.side[1]
        silent[start + shape.side[0] : begin] = bytes(9)
        silent[begin : start + shape.size] = b"Nghe len!".ljust(shape.size - shape.side[1], b"?")
        start += shape.size
    assert b"Ngh" not in mp3.rewritten(bytes(silent)).content and b"??" not in mp3.rewritten(bytes(silent)).content


def test_padding_of_a_packet_goes_blank() -> None:
    assert ogg.packet_of(b"\x0b\x41\x04abcXYZW") == (960, b"\x0b\x41\x04abc\0\0\0\0")
    with pytest.raises(Unsound):
        ogg.packet_of(b"\x0b\x41\xffabc")


def test_bytes_that_were_changed_end_nobody() -> None:
    """Whatever stands there, a sound is read or refused."""
    for kind, sound in (("mp3", MP3), ("m4a", M4A), ("ogg", OGG)):
        for at in range(len(sound)):
            changed = sound[:at] + (b"\xff\0\xff", b"\0\xff\xff", b"")[at % 3] + sound[at + 3 :]
            try:
                WRITERS[kind](changed)
            except Unsound as refused:
                assert refused.id in SENTENCES


def test_a_sound_is_named_by_what_it_is_and_measured() -> None:
    assert inspect(io.BytesIO(M4A), "Ghi âm 01.mp4", TAKEN).seconds == 1
    assert inspect(io.BytesIO(OGG), "Ghi âm", TAKEN).name == "Ghi âm.ogg"
    with pytest.raises(FileRefused, match="đuôi .mp3"):
        inspect(io.BytesIO(OGG), "a.mp3", TAKEN)
    with pytest.raises(FileRefused, match="dài 2 giây, vượt mức 1 giây"):
        inspect(io.BytesIO(MP3), "a.mp3", SHORT)
    assert [length_text(seconds) for seconds in (5, 60, 200)] == ["5 giây", "1 phút", "3 phút 20 giây"]
