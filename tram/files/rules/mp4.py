"""M4A (ISO 14496-12 and -14): box by box; one track of AAC is taken out and written anew, with a short index before the sound."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from tram.files.rules.sounds import Sound, Unsound, foreign

Box = tuple[bytes, int, int]
"""Name, and where its content begins and ends."""
TOP = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"udta", b"meta", b"uuid", b"pnot"}
SPLIT = {b"moof", b"mfra", b"sidx", b"styp"}
RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
PLAIN, SPECTRAL, STEREO = 2, 5, 29
"""Kinds of AAC that telephones write: LC, and what HE adds to it."""
A_FRAME, LARGEST_FRAME, LONGEST_SETUP = 1024, 4096, 16
A_CHUNK = 50
DATA, FILL = 4, 6
"""Parts of a frame that are no sound (ISO 14496-3, 4.4.2)."""
NAMES = {b"alac": "ALAC", b"samr": "AMR", b"sawb": "AMR", b".mp3": "MP3", b"ac-3": "AC-3", b"ec-3": "AC-3", b"Opus": "Opus",
         b"fLaC": "FLAC", b"sowt": "PCM", b"twos": "PCM", b"lpcm": "PCM"}  # fmt: skip
LOCKED = {b"drms", b"enca"}


@dataclass(frozen=True, slots=True)
class Track:
    """Đường tiếng: how AAC is to be set up, and where each of its frames lies."""

    setup: bytes
    rate: int
    channels: int
    frames: list[tuple[int, int]]


def rewritten(data: bytes) -> Sound:
    """The frames of the sound alone, behind a new index; raises Unsound."""
    top = list(_top(data))
    movies = [box for box in top if box[0] == b"moov"]
    stores = [(start, end) for name, start, end in top if name == b"mdat"]
    if len(movies) != 1:
        raise Unsound("m4a_damaged" if movies else "m4a_cut")
    track = _track(data, movies[0])
    _within(track.frames, stores)
    sound = b"".join(_quiet(data[start : start + size]) for start, size in track.frames)
    sizes = [size for _, size in track.frames]
    head = _head(track, sizes, 0)
    whole = _head(track, sizes, len(head) + 8) + struct.pack(">I4s", len(sound) + 8, b"mdat") + sound
    return Sound(len(sizes) * A_FRAME / track.rate, whole)


def _top(data: bytes) -> Iterator[Box]:
    at = 0
    while at < len(data):
        name = data[at + 4 : at + 8]
        if name in SPLIT:
            raise Unsound("m4a_split")
        if name not in TOP:
            raise foreign(data[at:])
        box = _box(data, at, len(data))
        if box is None:
            raise Unsound("m4a_cut")
        yield box
        at = box[2]


def _box(data: bytes, at: int, end: int) -> Box | None:
    """The box that begins there; None when it is not whole. One that runs to the end of all is not taken: it could hold anything."""
    if end - at < 8:
        return None
    size, name = struct.unpack_from(">I4s", data, at)
    first = at + 8
    if size == 1 and end - at >= 16:
        size, first = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
    return (name, first, at + size) if first - at <= size <= end - at else None


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    while end - start >= 8:
        box = _box(data, start, end)
        if box is None:
            raise Unsound("m4a_damaged")
        yield box
        start = box[2]


def _one(data: bytes, parent: Box, *path: bytes) -> Box:
    """The one box at the end of a path."""
    for name in path:
        found = [box for box in _boxes(data, parent[1], parent[2]) if box[0] == name]
        if len(found) != 1:
            raise Unsound("m4a_damaged")
        parent = found[0]
    return parent


def _track(data: bytes, movie: Box) -> Track:
    voices = []
    for box in _boxes(data, movie[1], movie[2]):
        if box[0] == b"mvex":
            raise Unsound("m4a_split")
        if box[0] == b"trak":
            place = _one(data, box, b"mdia", b"hdlr")[1]
            kind = data[place + 8 : place + 12]
            if kind == b"vide":
                raise Unsound("m4a_film")
            if kind == b"soun":
                voices.append(box)
    if len(voices) != 1:
        raise Unsound("m4a_several" if voices else "sound_empty")
    table = _one(data, voices[0], b"mdia", b"minf", b"stbl")
    setup, rate, channels = _setup(data, _one(data, table, b"stsd"))
    return Track(setup, rate, channels, _frames(data, table))


def _setup(data: bytes, box: Box) -> tuple[bytes, int, int]:
    """How the decoder is set up (AudioSpecificConfig), core samples a second, channels."""
    entries = list(_boxes(data, box[1] + 8, box[2]))
    if len(entries) != 1:
        raise Unsound("m4a_several")
    name, start, end = entries[0]
    if name in LOCKED:
        raise Unsound("m4a_locked")
    if name != b"mp4a":
        raise Unsound("m4a_codec", codec=NAMES.get(name, name.decode("latin-1")))
    inner = start + {0: 28, 1: 44}.get(int.from_bytes(data[start + 8 : start + 10], "big"), end)
    found = [one for one in _boxes(data, inner, end) if one[0] in (b"esds", b"wave")]
    if found and found[0][0] == b"wave":
        found = [_one(data, found[0], b"esds")]
    if len(found) != 1:
        raise Unsound("m4a_damaged")
    setup = _described(data[found[0][1] + 4 : found[0][2]])
    return setup, *_read_setup(setup)


def _described(told: bytes) -> bytes:
    """The setup out of its nested descriptors (ISO 14496-1, 7.2.6)."""
    stream, _ = _descriptor(told, 3)
    flags = stream[2] if len(stream) > 2 else 0
    skip = 3 + 2 * (flags >> 7 & 1) + 2 * (flags >> 5 & 1)
    if flags >> 6 & 1:
        raise Unsound("m4a_damaged")
    decoder, _ = _descriptor(stream[skip:], 4)
    if decoder[:1] not in (b"\x40", b"\x67"):
        raise Unsound("m4a_codec", codec="MP3" if decoder[:1] in (b"\x69", b"\x6b") else "không rõ")
    setup, _ = _descriptor(decoder[13:], 5)
    return setup


def _descriptor(told: bytes, tag: int) -> tuple[bytes, bytes]:
    size, at = 0, 1
    while at < min(5, len(told)):
        size, at = size << 7 | told[at] & 127, at + 1
        if told[at - 1] < 128:
            break
    if not told or told[0] != tag or at + size > len(told):
        raise Unsound("m4a_damaged")
    return told[at : at + size], told[at + size :]


def _read_setup(setup: bytes) -> tuple[int, int]:
    if not 2 <= len(setup) <= LONGEST_SETUP:
        raise Unsound("m4a_damaged")
    told = int.from_bytes(setup[:2], "big")
    kind, rate, channels = told >> 11, told >> 7 & 15, told >> 3 & 15
    if kind not in (PLAIN, SPECTRAL, STEREO) or told >> 2 & 1 and kind == PLAIN:
        raise Unsound("m4a_codec", codec="AAC kiểu lạ")
    if rate >= len(RATES) or channels not in (1, 2):
        raise Unsound("m4a_channels")
    return RATES[rate], channels


def _numbers(data: bytes, table: Box, name: bytes, skip: int, width: int = 1) -> list[tuple[int, ...]]:
    """The rows of a table whose number of rows stands at `skip`, each of `width` numbers."""
    _, start, end = _one(data, table, name)
    if end - start < skip + 4:
        raise Unsound("m4a_damaged")
    count = int.from_bytes(data[start + skip : start + skip + 4], "big")
    first = start + skip + 4
    if count * 4 * width > end - first:
        raise Unsound("m4a_damaged")
    told = struct.unpack_from(f">{count * width}I", data, first)
    return [told[at : at + width] for at in range(0, len(told), width)]


def _sizes(data: bytes, table: Box) -> list[int]:
    _, start, end = _one(data, table, b"stsz")
    if end - start < 12:
        raise Unsound("m4a_damaged")
    same, count = struct.unpack_from(">II", data, start + 4)
    if same:
        if count * same > len(data):
            raise Unsound("m4a_damaged")
        return [same] * count
    return [size for (size,) in _numbers(data, table, b"stsz", 8)]


def _chunks(data: bytes, table: Box) -> list[int]:
    """Where the chunks begin."""
    if any(name == b"co64" for name, _, _ in _boxes(data, table[1], table[2])):
        return [high << 32 | low for high, low in _numbers(data, table, b"co64", 4, 2)]
    return [place for (place,) in _numbers(data, table, b"stco", 4)]


def _frames(data: bytes, table: Box) -> list[tuple[int, int]]:
    """Where each frame lies, and how large it is."""
    sizes, chunks = _sizes(data, table), _chunks(data, table)
    runs = _numbers(data, table, b"stsc", 4, 3)
    if not sizes:
        raise Unsound("sound_empty")
    if not 0 < min(sizes) <= max(sizes) <= LARGEST_FRAME or not runs or runs[0][0] != 1:
        raise Unsound("m4a_damaged")
    found: list[tuple[int, int]] = []
    for number, (first, count, _) in enumerate(runs):
        until = runs[number + 1][0] if number + 1 < len(runs) else len(chunks) + 1
        if not first < until <= len(chunks) + 1 or not count:
            raise Unsound("m4a_damaged")
        for place in chunks[first - 1 : until - 1]:
            for size in sizes[len(found) : len(found) + count]:
                found.append((place, size))
                place += size
    if len(found) != len(sizes):
        raise Unsound("m4a_damaged")
    return found


def _within(frames: list[tuple[int, int]], stores: list[tuple[int, int]]) -> None:
    """Every frame lies in a store of sound, none on another."""
    at, last = 0, 0
    stores = sorted(stores)
    for start, size in sorted(frames):
        while at < len(stores) and start >= stores[at][1]:
            at += 1
        if at == len(stores) or start < max(stores[at][0], last) or start + size > stores[at][1]:
            raise Unsound("m4a_cut" if at == len(stores) else "m4a_damaged")
        last = start + size


def _quiet(frame: bytes) -> bytes:
    """The frame with zeros for what may stand before its sound: data of others, fill, in which encoders leave their names."""
    if frame[0] >> 5 not in (DATA, FILL):
        return frame
    told, width, at = int.from_bytes(frame, "big"), 8 * len(frame), 0

    def bits(start: int, count: int) -> int:
        return told >> max(0, width - start - count) & ((1 << count) - 1)

    while (kind := bits(at, 3)) in (DATA, FILL) and at + 24 <= width:
        if kind == FILL:
            count, at = bits(at + 3, 4), at + 7
            if count == 15:
                count, at = 14 + bits(at, 8), at + 8
        else:
            is_aligned, count, at = bits(at + 7, 1), bits(at + 8, 8), at + 16
            if count == 255:
                count, at = 255 + bits(at, 8), at + 8
            at = -(-at // 8) * 8 if is_aligned else at
        at += 8 * count
        if at > width:
            raise Unsound("m4a_damaged")
        told &= ~(((1 << 8 * count) - 1) << width - at)
    return told.to_bytes(len(frame), "big")


def _made(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8, name) + content


def _full(name: bytes, content: bytes, flags: int = 0) -> bytes:
    return _made(name, struct.pack(">I", flags), content)


UNITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _head(track: Track, sizes: list[int], place: int) -> bytes:
    """The boxes before the sound, which begins at `place`."""
    length = len(sizes) * A_FRAME
    movie = _full(
        b"mvhd",
        struct.pack(">IIIIIH10x", 0, 0, track.rate, length, 0x10000, 0x100) + UNITY + bytes(24) + struct.pack(">I", 2),
    )
    header = _full(b"tkhd", struct.pack(">IIIII8xHHHH", 0, 0, 1, 0, length, 0, 0, 0x100, 0) + UNITY + bytes(8), flags=3)
    media = _full(b"mdhd", struct.pack(">IIIIHH", 0, 0, track.rate, length, 0x55C4, 0))
    handler = _full(b"hdlr", struct.pack(">I4s12xx", 0, b"soun"))
    links = _made(b"dinf", _full(b"dref", struct.pack(">I", 1) + _full(b"url ", b"", flags=1)))
    info = _made(b"minf", _full(b"smhd", bytes(4)), links, _table(track, sizes, place))
    return _made(b"ftyp", b"M4A \0\0\0\0M4A mp42isom") + _made(
        b"moov", movie, _made(b"trak", header, _made(b"mdia", media, handler, info))
    )


def _table(track: Track, sizes: list[int], place: int) -> bytes:
    starts = [0, *accumulate(sizes)][: len(sizes) : A_CHUNK]
    whole, rest = divmod(len(sizes), A_CHUNK)
    runs = [(1, A_CHUNK, 1)] * bool(whole) + [(whole + 1, rest, 1)] * bool(rest)
    entry = struct.pack(">6xH8xHHHHI", 1, track.channels, 16, 0, 0, min(track.rate, 65535) << 16)
    return _made(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1) + _made(b"mp4a", entry, _full(b"esds", _descriptors(track.setup)))),
        _full(b"stts", struct.pack(">III", 1, len(sizes), A_FRAME)),
        _full(b"stsc", struct.pack(">I", len(runs)) + b"".join(struct.pack(">III", *run) for run in runs)),
        _full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        _full(b"stco", struct.pack(f">I{len(starts)}I", len(starts), *(place + start for start in starts))),
    )


def _descriptors(setup: bytes) -> bytes:
    inner = bytes([5, len(setup)]) + setup
    decoder = struct.pack(">BBBHII", 0x40, 0x15, 0, 0, 0, 0) + inner
    stream = struct.pack(">HB", 1, 0) + bytes([4, len(decoder)]) + decoder + b"\x06\x01\x02"
    return bytes([3, len(stream)]) + stream
