"""Sounds for the tests: three real ones, whole or wrong in one chosen place."""

import struct
from pathlib import Path

from tests.files.builders import Hostile, zipped
from tests.files.corpus_kinds import EXE
from tram.files.rules.ogg import page
from tram.files.rules.refusals import Limits

SAMPLES = Path(__file__).with_name("samples")
MP3, M4A, OGG = ((SAMPLES / f"bell.{kind}").read_bytes() for kind in ("mp3", "m4a", "ogg"))
TAKEN = Limits(sound_seconds=1800)
SHORT = Limits(sound_seconds=1)
WHERE = b"22.3364 N 103.8438 E"
PICTURE = b"\0image/jpeg\0\x03\0\xff\xd8\xff" + b"x" * 300
ZIP = zipped({"a.txt": "xin chào"})
PAGE = b"<html><script>alert(1)</script>"
SETUP = b"\x13\x08\x56\xe5\x00"
"""How the encoder set up AAC: LC, 24 kHz, one channel."""


def tagged(frame: bytes, content: bytes) -> bytes:
    """A tag at the front (ID3v2.3) with one frame."""
    body = frame + struct.pack(">IH", len(content), 0) + content
    size = bytes(len(body) >> 7 * part & 127 for part in (3, 2, 1, 0))
    return b"ID3\x03\0\0" + size + body


def first_frame(sound: bytes) -> int:
    """Where the first frame of an MP3 begins that is heard: behind the tag and the frame that tells of the others."""
    tag = 10 + sum(part << 7 * (3 - at) for at, part in enumerate(sound[6:10]))
    return sound.index(sound[tag : tag + 2], tag + 2)


def with_bits(sound: bytes) -> bytes:
    """A frame that claims more bits than it has."""
    at = first_frame(sound) + 4
    return sound[:at] + b"\0\x7f\xff" + sound[at + 3 :]


def written_in(sound: bytes, words: bytes) -> bytes:
    """A sound with words among the bits of its last frames."""
    return sound[:-200] + words + sound[len(sound) - 200 + len(words) :]


def two_voices(sound: bytes) -> bytes:
    """An M4A with its track twice."""
    movie, track = sound.index(b"moov") - 4, sound.index(b"trak") - 4
    size, length = (int.from_bytes(sound[at : at + 4], "big") for at in (movie, track))
    own = sound[track : track + length]
    return sound[:movie] + struct.pack(">I", size + length) + sound[movie + 4 : track] + own + sound[track:]


def other(sound: bytes, before: bytes, after: bytes) -> bytes:
    """The same with some bytes for others, each time they come."""
    assert before in sound and len(before) == len(after)
    return sound.replace(before, after)


def boxed(name: bytes, content: bytes = b"") -> bytes:
    """A box."""
    return struct.pack(">I4s", len(content) + 8, name) + content


def voices(head: bytes) -> bytes:
    """An Ogg whose first packet is this."""
    return page(2, 0, 0, [head]) + page(0, 0, 1, [b"OpusTags" + bytes(8)]) + page(4, 960, 2, [b"\x08abc"])


SPLIT = boxed(b"ftyp", b"isom\0\0\0\0") + boxed(b"moof")
LIMITED = {"sound_long": SHORT, "sound_too_big": Limits(sound_seconds=9, sound_size=2048)}
TABLE: list[tuple[str, str, bytes, str]] = [
    ("wave", "a.wav", b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "sound_kind"),
    ("bare AAC", "a.aac", b"\xff\xf1\x50\x80" + bytes(40), "sound_kind"),
    ("AMR of an old telephone", "a.amr", b"#!AMR\n" + bytes(40), "sound_kind"),
    ("film of a browser", "a.webm", b"\x1aE\xdf\xa3" + bytes(40), "sound_kind"),
    ("mp3 without frames", "a.mp3", tagged(b"TIT2", b"\0Tin"), "sound_empty"),
    ("mp3 cut off", "a.mp3", MP3[:-40], "mp3_cut"),
    ("mp3 cut in its tag", "a.mp3", MP3[:20], "mp3_cut"),
    ("mp3 with a tag of false length", "a.mp3", b"ID3\x03\0\0\xff\xff\xff\xff" + MP3, "mp3_tag"),
    ("mp3 with a tag that ends where it begins", "a.mp3", MP3 + b"APETAGEX" + bytes(24), "mp3_tag"),
    ("mp3 with too many bits", "a.mp3", with_bits(MP3), "mp3_damaged"),
    ("mp3 and zip", "a.mp3", MP3 + ZIP, "sound_zip"),
    ("mp3 and page", "a.mp3", MP3 + PAGE, "sound_script"),
    ("mp3 and program", "a.mp3", MP3 + EXE, "sound_program"),
    ("mp3 and words", "a.mp3", MP3 + b"xin chao" * 9, "sound_foreign"),
    ("page behind a tag", "a.mp3", tagged(b"TIT2", b"\0Tin") + PAGE, "sound_script"),
    ("mp3 with a page in its bits", "a.mp3", written_in(MP3, PAGE), "sound_script"),
    ("mp3 with the end of a zip in its bits", "a.mp3", written_in(MP3, b"PK\x05\x06" + bytes(18)), "sound_zip"),
    ("mp3 that is too long", "a.mp3", MP3, "sound_long"),
    ("mp3 too large", "a.mp3", MP3, "sound_too_big"),
    ("m4a cut off", "a.m4a", M4A[:-40], "m4a_cut"),
    ("m4a without index", "a.m4a", M4A[: M4A.index(b"moov") - 4], "m4a_cut"),
    ("m4a whose index leads outside", "a.m4a", other(M4A, b"stco\0\0\0\0\0\0\0\x01\0\0", b"stco\0\0\0\0\0\0\0\x01\0\x7f"), "m4a_cut"),
    ("m4a whose frames are too large", "a.m4a", M4A[: M4A.index(b"stsz") + 16] + b"\x7f" + M4A[M4A.index(b"stsz") + 17 :], "m4a_damaged"),
    ("m4a without a table", "a.m4a", other(M4A, b"stsc", b"free"), "m4a_damaged"),
    ("m4a in pieces", "a.m4a", SPLIT, "m4a_split"),
    ("film", "a.mp4", other(M4A, b"soun", b"vide"), "m4a_film"),
    ("m4a of words alone", "a.m4a", other(M4A, b"soun", b"text"), "sound_empty"),
    ("m4a of two voices", "a.m4a", two_voices(M4A), "m4a_several"),
    ("m4a with ALAC", "a.m4a", other(M4A, b"mp4a", b"alac"), "m4a_codec"),
    ("m4a that is locked", "a.m4a", other(M4A, b"mp4a", b"drms"), "m4a_locked"),
    ("m4a of six channels", "a.m4a", other(M4A, SETUP, b"\x13\x30\x56\xe5\x00"), "m4a_channels"),
    ("m4a and zip", "a.m4a", M4A + ZIP, "sound_zip"),
    ("m4a and page", "a.m4a", M4A + PAGE, "sound_script"),
    ("ogg cut off", "a.ogg", OGG[:-40], "ogg_cut"),
    ("ogg without its last page", "a.ogg", OGG[: OGG.rindex(b"OggS")], "ogg_cut"),
    ("ogg with a changed bit", "a.ogg", OGG[:-9] + bytes([OGG[-9] ^ 1]) + OGG[-8:], "ogg_damaged"),
    ("ogg with a page that is none", "a.ogg", OGG[:4] + OGG[4:].replace(b"OggS", b"OggX"), "ogg_damaged"),
    ("two oggs", "a.ogg", OGG + OGG, "ogg_several"),
    ("ogg with Vorbis", "a.ogg", voices(b"\x01vorbis" + bytes(23)), "ogg_codec"),
    ("ogg of six channels", "a.opus", voices(b"OpusHead\x01\x06" + bytes(8) + b"\x01"), "ogg_channels"),
    ("ogg and page", "a.ogg", OGG + PAGE, "sound_script"),
]  # fmt: skip


def hostile() -> list[Hostile]:
    """Every sound that must be refused."""
    return [Hostile(*row, limits=LIMITED.get(row[3], TAKEN)) for row in TABLE]
