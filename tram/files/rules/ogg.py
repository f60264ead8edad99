"""Ogg Opus (RFC 3533, 6716, 7845): page by page; one voice, its head written anew, no comments, no pictures, padding blank."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tram.files.rules.sounds import Sound, Unsound, foreign

CONTINUED, FIRST, LAST = 1, 2, 4
TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
RATE = 48_000
LONGEST_PACKET = 5760
"""Samples: 120 ms."""
A_PAGE = 50
"""Packets on a page of ours: a second of speech."""
OTHERS = {b"\x01vorbis": "Vorbis", b"\x7fFLAC": "FLAC", b"Speex": "Speex", b"\x80theora": "phim Theora"}


@dataclass(frozen=True, slots=True)
class Page:
    """Trang Ogg."""

    flags: int
    granule: int
    serial: int
    number: int
    sizes: bytes
    body: bytes


def checksum(page: bytes) -> int:
    """The sum of a page whose own field is zero: CRC-32 with the bits the other way round, without turning them at the ends."""
    return int(f"{zlib.crc32(page.translate(TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF:032b}"[::-1], 2)


def rewritten(data: bytes) -> Sound:
    """The packets of the voice alone, on new pages; raises Unsound."""
    pages = list(_pages(data))
    packets = list(_packets(pages))
    if not packets or not packets[0].startswith(b"OpusHead"):
        head = packets[0] if packets else b""
        codec = next((name for sign, name in OTHERS.items() if head.startswith(sign)), "không rõ")
        raise Unsound("ogg_codec", codec=codec)
    head, skip = _head(packets[0])
    if len(packets) < 3 or not packets[1].startswith(b"OpusTags"):
        raise Unsound("sound_empty")
    voice = [packet_of(packet) for packet in packets[2:]]
    total = sum(samples for samples, _ in voice)
    end = pages[-1].granule if 0 <= total - pages[-1].granule <= LONGEST_PACKET else total
    tags = b"OpusTags" + struct.pack("<II", 0, 0)
    written = [page(FIRST, 0, 0, [head]), page(0, 0, 1, [tags])]
    written += _voice_pages(voice, end)
    return Sound(max(0, end - skip) / RATE, b"".join(written))


def _pages(data: bytes) -> Iterator[Page]:
    at, number, serial, flags = 0, 0, -1, 0
    while at < len(data):
        if data[at : at + 5] != b"OggS\0":
            raise foreign(data[at:]) if flags & LAST else Unsound("ogg_damaged")
        if len(data) < at + 27 or len(data) < at + 27 + data[at + 26]:
            raise Unsound("ogg_cut")
        flags, granule, own, told, crc, count = struct.unpack_from("<xxxxxBqIIIB", data, at)
        sizes = data[at + 27 : at + 27 + count]
        body = at + 27 + count
        end = body + sum(sizes)
        if end > len(data):
            raise Unsound("ogg_cut")
        if serial >= 0 and (own != serial or flags & FIRST):
            raise Unsound("ogg_several")
        if told != number or checksum(data[at : at + 22] + bytes(4) + data[at + 26 : end]) != crc:
            raise Unsound("ogg_damaged")
        yield Page(flags, granule, own, told, sizes, data[body:end])
        at, number, serial = end, number + 1, own
    if not flags & LAST:
        raise Unsound("ogg_cut")


def _packets(pages: list[Page]) -> Iterator[bytes]:
    """Packets out of their pieces. None may begin on one page of the head and end among those of the voice."""
    parts: list[bytes] = []
    for one in pages:
        if bool(one.flags & CONTINUED) != bool(parts):
            raise Unsound("ogg_damaged")
        at = 0
        for size in one.sizes:
            parts.append(one.body[at : at + size])
            at += size
            if size < 255:
                yield b"".join(parts)
                parts = []
    if parts:
        raise Unsound("ogg_cut")


def _head(packet: bytes) -> tuple[bytes, int]:
    """The head as it is written anew, and how many samples are not played at the start."""
    if len(packet) < 19 or packet[8] >> 4 or packet[9] not in (1, 2) or packet[18]:
        raise Unsound("ogg_channels")
    channels, skip, rate, gain = struct.unpack_from("<BHIh", packet, 9)
    return b"OpusHead" + struct.pack("<BBHIhB", 1, channels, skip, rate, gain, 0), skip


def packet_of(packet: bytes) -> tuple[int, bytes]:
    """How many samples a packet lasts, and the packet with its padding blank; raises Unsound."""
    if not packet:
        raise Unsound("ogg_damaged")
    kind = packet[0] >> 3
    each = 480 << (kind & 3) if kind < 12 else 480 << (kind & 1) if kind < 16 else 120 << (kind & 3)
    if kind < 12 and kind & 3 == 3:
        each = 2880
    count, rest = (1, 2, 2, packet[1] & 63 if len(packet) > 1 else 0)[packet[0] & 3], packet
    if packet[0] & 3 == 3 and len(packet) > 1 and packet[1] & 64:
        rest = _blank(packet)
    if not count or each * count > LONGEST_PACKET or (packet[0] & 3 == 1 and not len(packet) & 1):
        raise Unsound("ogg_damaged")
    return each * count, rest


def _blank(packet: bytes) -> bytes:
    """The packet with zeros for what it says is padding."""
    at, padding = 2, 0
    while at < len(packet) and packet[at] == 255:
        padding, at = padding + 254, at + 1
    if at >= len(packet) or padding + packet[at] > len(packet) - at - 1:
        raise Unsound("ogg_damaged")
    padding += packet[at]
    return packet[: len(packet) - padding] + bytes(padding)


def _voice_pages(voice: list[tuple[int, bytes]], end: int) -> Iterator[bytes]:
    number, place, waiting, segments = 2, 0, [], 0
    for at, (samples, packet) in enumerate(voice):
        place += samples
        waiting.append(packet)
        segments += len(packet) // 255 + 1
        is_last = at == len(voice) - 1
        following = 0 if is_last else len(voice[at + 1][1]) // 255 + 1
        if is_last or len(waiting) == A_PAGE or segments + following > 255:
            yield page(LAST if is_last else 0, end if is_last else place, number, waiting)
            number, waiting, segments = number + 1, [], 0


def page(flags: int, granule: int, number: int, packets: list[bytes]) -> bytes:
    """A page with whole packets and its checksum."""
    sizes = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    if len(sizes) > 255:
        raise Unsound("ogg_damaged")
    head = b"OggS\0" + struct.pack("<BqIIIB", flags, granule, 1, number, 0, len(sizes)) + sizes
    whole = head + b"".join(packets)
    return whole[:22] + struct.pack("<I", checksum(whole)) + whole[26:]
