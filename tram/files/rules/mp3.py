"""MP3 (ISO 11172-3 and 13818-3, layer III): frame by frame; tags and what stands between frames are left behind.

A new first frame tells how many follow and where each hundredth begins, so that a player knows the length without reading all.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tram.files.rules.sounds import Sound, Unsound, foreign

RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
KBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MONO = 3
TABLE = 100
"""Entries of the table of places in the first frame."""
INDEX = 4 + 4 + 4 + 4 + TABLE


@dataclass(frozen=True, slots=True)
class Shape:
    """Dáng khung: what the four bytes at its head say. `side`: where what tells of the granules begins and ends in it."""

    head: int
    is_first_version: bool
    """MPEG-1: 1152 samples in two granules; else 576 in one."""
    rate: int
    kbits: int
    channels: int
    size: int
    side: tuple[int, int]

    @property
    def likeness(self) -> tuple[int, int, int]:
        """What is the same in every frame of one sound."""
        return self.head >> 19 & 3, self.rate, self.channels


Frame = tuple[int, Shape]
"""Where a frame begins, and its shape."""


@lru_cache(maxsize=4096)
def shape_of(head: int) -> Shape | None:
    """The shape of a frame of layer III; None where these are no four bytes at its head."""
    version, layer, kbits, rate = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or kbits in (0, 15) or rate == 3:
        return None
    is_first, speed = version == 3, RATES[version][rate]
    channels = 1 if head >> 6 & 3 == MONO else 2
    thousands = KBITS[is_first][kbits]
    size = (144_000 if is_first else 72_000) * thousands // speed + (head >> 9 & 1)
    first = 4 if head >> 16 & 1 else 6
    side = (first, first + ((17, 32) if is_first else (9, 17))[channels - 1])
    return Shape(head, is_first, speed, thousands, channels, size, side)


def rewritten(data: bytes) -> Sound:
    """The frames alone, behind a new first one; raises Unsound."""
    first, end = _without_tags(data)
    frames = list(_frames(data, first, end))
    if frames and _is_index(data, frames[0]):
        del frames[0]
    if not frames:
        raise Unsound("sound_empty")
    body = _blanked(data, frames)
    shape = frames[0][1]
    seconds = len(frames) * (1152 if shape.is_first_version else 576) / shape.rate
    return Sound(seconds, _index(frames, len(body)) + body)


def _without_tags(data: bytes) -> tuple[int, int]:
    """Where frames begin and end: behind the tags at the front (ID3v2), before those at the end (ID3v1, APE, Lyrics3)."""
    first, end = 0, len(data)
    while first < end and (not data[first] or data[first : first + 3] == b"ID3"):
        if not data[first]:
            first += 1
            continue
        size = data[first + 6 : first + 10]
        if len(size) < 4 or max(size) > 127:
            raise Unsound("mp3_tag")
        first += 10 + sum(part << 7 * (3 - at) for at, part in enumerate(size)) + 10 * (data[first + 5] >> 4 & 1)
        if first > end:
            raise Unsound("mp3_cut")
    while True:
        if data[end - 128 : end - 125] == b"TAG":
            end -= 128
        elif data[end - 32 : end - 24] == b"APETAGEX":
            size, flags = struct.unpack_from("<I4xI", data, end - 20)
            if size < 32:  # it counts its own end
                raise Unsound("mp3_tag")
            end -= size + (32 if flags >> 31 else 0)
        elif data[end - 9 : end] == b"LYRICS200" and data[end - 15 : end - 9].isdigit():
            end -= int(data[end - 15 : end - 9]) + 15
        else:
            break
        if end < first:
            raise Unsound("mp3_tag")
    return first, end


def _frames(data: bytes, at: int, end: int) -> Iterator[Frame]:
    like = None
    while at < end:
        shape = shape_of(int.from_bytes(data[at : at + 4], "big")) if end - at >= 4 else None
        if shape is None or (like is not None and shape.likeness != like):
            if data[at:end].strip(b"\0"):
                raise Unsound("mp3_cut") if end - at < 4 else foreign(data[at:end])
            return
        if at + shape.size > end or shape.side[1] > shape.size:
            raise Unsound("mp3_cut")
        like = shape.likeness
        yield at, shape
        at += shape.size


def _is_index(data: bytes, frame: Frame) -> bool:
    """Whether a frame is silent and tells of the others."""
    start, shape = frame
    tag = start + shape.side[1]
    return data[tag : tag + 4] in (b"Xing", b"Info") or data[start + 36 : start + 40] == b"VBRI"


def _blanked(data: bytes, frames: list[Frame]) -> bytes:
    """The frames, and zeros wherever no granule has its bits: what an encoder leaves there, anybody can write on."""
    pool = bytearray(b"".join(data[start + shape.side[1] : start + shape.size] for start, shape in frames))
    place, told = 0, 0
    for start, shape in frames:
        back, bits = _told(shape, data[start + shape.side[0] : start + shape.side[1]])
        begin = place - back
        if begin > told:
            pool[told:begin] = bytes(begin - told)
        told = max(told, begin + (bits + 7) // 8)
        place += shape.size - shape.side[1]
        if told > place:
            raise Unsound("mp3_damaged")
    pool[told:] = bytes(len(pool) - told)
    parts: list[bytes | bytearray] = []
    place = 0
    for start, shape in frames:
        more = shape.size - shape.side[1]
        parts += [data[start : start + shape.side[1]], pool[place : place + more]]
        place += more
    return b"".join(parts)


def _told(shape: Shape, side: bytes) -> tuple[int, int]:
    """How many bytes before its own place a frame's bits begin, and how many bits its granules have."""
    told, width = int.from_bytes(side, "big"), 8 * len(side)
    if shape.is_first_version:
        at, each, granules, back = (18 if shape.channels == 1 else 20), 59, 2, told >> width - 9
    else:
        at, each, granules, back = (9 if shape.channels == 1 else 10), 63, 1, told >> width - 8
    places = range(at, at + each * granules * shape.channels, each)
    return back, sum(told >> width - place - 12 & 0xFFF for place in places)


def _index(frames: list[Frame], size: int) -> bytes:
    """A silent frame that tells how many follow, how many bytes they are, and where each hundredth of them begins."""
    first_start, like = frames[0]
    bare = like.head & ~0xF200 | 1 << 16  # no checksum, no padding; else as the first one
    shapes = (shape_of(bare | kbits << 12) for kbits in range(1, 15))
    first = next(one for one in shapes if one and one.size >= one.side[1] + INDEX)
    starts = [start - first_start for start, _ in frames]
    table = bytes(min(255, 256 * starts[len(starts) * part // TABLE] // size) for part in range(TABLE))
    name = b"Info" if len({shape.kbits for _, shape in frames}) == 1 else b"Xing"
    told = name + struct.pack(">III", 7, len(frames), size + first.size) + table
    return (first.head.to_bytes(4, "big") + bytes(first.side[1] - 4) + told).ljust(first.size, b"\0")
