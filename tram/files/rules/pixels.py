"""Pictures: their declared size, their blocks one by one, and what hides after or between them.

Nothing is decoded here but the packed rows of PNG, counted as they unpack, so a small file cannot grow large.
"""

import re
import struct
import zlib
from typing import BinaryIO

from tram.files.rules.refusals import FileRefused, Limits, refusal, size_text

PNG = b"\x89PNG\r\n\x1a\n"
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
METADATA_LIMIT = 16 * 1024 * 1024
NOTE_LIMIT = 4 * 1024 * 1024
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
MARKUP = re.compile(rb"(?i)<script[\s>]|<\?php|<html[\s>]|<svg[\s>]|<!doctype|javascript:|<iframe[\s>]")
STEP = 256 * 1024


def declared_size(head: bytes) -> int:
    """Pixels that a PNG, JPEG or GIF says it has, from its first bytes; 0 when it is none of them or does not say."""
    if head.startswith(PNG) and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
    elif head.startswith(b"GIF8") and len(head) >= 10:
        width, height = struct.unpack("<HH", head[6:10])
    elif head.startswith(b"\xff\xd8"):
        frame = re.search(rb"\xff[\xc0-\xc3]\x00[\x08-\x20]\x08(.{4})", head, re.S)
        height, width = struct.unpack(">HH", frame[1]) if frame else (0, 0)
    else:
        return 0
    return int(width * height)


def check_pixels(width: int, height: int, limits: Limits) -> None:
    """Refuse pictures without an area and floods of pixels."""
    if not width or not height:
        raise refusal("image_no_size")
    if width * height > limits.pixels or max(width, height) > 65_000:
        raise refusal("image_pixels", size=width * height, limit=limits.pixels)


def refuse_tail(tail: bytes, kind: str) -> FileRefused:
    """The refusal that fits what stands after the end of a picture."""
    start = tail.lstrip(b"\0\r\n\t ")
    if b"PK\x05\x06" in tail or start.startswith((b"PK", b"Rar!", b"7z")):
        return refusal("image_zip")
    if start.startswith((b"MZ", b"\x7fELF")):
        return refusal("image_program")
    if start.startswith((b"<", b"/*", b"*/", b"=", b"#!")) or MARKUP.search(tail):
        return refusal("image_script")
    return refusal(f"{kind}_tail")


def tail_of(file: BinaryIO, end: int) -> bytes:
    """What stands after the end of a picture: its first megabyte, and its last 64 KB where a zip's end would be."""
    file.seek(end)
    tail = file.read(4 * STEP)
    if len(tail) == 4 * STEP:
        file.seek(-65557, 2)
        tail += file.read()
    return tail


def check_jpeg(file: BinaryIO, size: int, limits: Limits) -> None:
    """Walk a JPEG marker by marker to its end; raises FileRefused."""
    walk = Jpeg(file, size, limits)
    walk.headers()
    walk.scans()
    tail = tail_of(file, walk.end)
    multi_picture = walk.multi_picture and tail.lstrip(b"\0").startswith(b"\xff\xd8\xff")
    if tail.strip(b"\0\r\n\t ") and not multi_picture:
        raise refuse_tail(tail, "jpeg")


class Jpeg:
    """The place reached in a JPEG, and what was learnt on the way."""

    def __init__(self, file: BinaryIO, size: int, limits: Limits) -> None:
        self.file, self.size, self.limits = file, size, limits
        self.dimensions: set[tuple[int, int]] = set()
        self.multi_picture = False
        self.end = 2
        self.notes = 0

    def headers(self) -> None:
        """The blocks before the first scan."""
        while True:
            marker = self._marker()
            if marker == 0xDA:
                break
            if marker == 0xD9:
                raise refusal("jpeg_damaged")
            self._block(marker)
        if not self.dimensions:
            raise refusal("jpeg_damaged")
        self._skip_block()

    def scans(self) -> None:
        """The packed picture itself, up to the end marker; progressive pictures have blocks in between."""
        while True:
            self._skip_packed()
            marker = self._marker()
            if marker == 0xD9:
                return
            self._skip_block() if marker == 0xDA else self._block(marker)

    def _marker(self) -> int:
        self.file.seek(self.end)
        head = self.file.read(2)
        while len(head) == 2 and head == b"\xff\xff":
            head = head[1:] + self.file.read(1)
            self.end += 1
        if len(head) < 2:
            raise refusal("jpeg_cut")
        if head[0] != 0xFF or head[1] == 0:
            raise refusal("jpeg_damaged")
        self.end += 2
        return head[1]

    def _length(self) -> int:
        self.file.seek(self.end)
        head = self.file.read(2)
        if len(head) < 2:
            raise refusal("jpeg_cut")
        length: int = struct.unpack(">H", head)[0]
        if length < 2:
            raise refusal("jpeg_damaged")
        if self.end + length > self.size:
            raise refusal("jpeg_cut")
        return length

    def _skip_block(self) -> None:
        self.end += self._length()

    def _block(self, marker: int) -> None:
        if marker in ALONE:
            return
        length = self._length()
        content = self.file.read(length - 2)
        if marker in FRAMES:
            self._frame(content)
        elif marker == 0xFE or 0xE0 <= marker <= 0xEF:
            self._note(marker, content)
        self.end += length

    def _frame(self, content: bytes) -> None:
        if len(content) < 6:
            raise refusal("jpeg_damaged")
        height, width = struct.unpack(">HH", content[1:5])
        check_pixels(width, height, self.limits)
        self.dimensions.add((width, height))
        if len(self.dimensions) > 1:
            raise refusal("jpeg_two_sizes")

    def _note(self, marker: int, content: bytes) -> None:
        self.notes += len(content)
        self.multi_picture |= marker == 0xE2 and content.startswith(b"MPF\0")
        if MARKUP.search(content):
            raise refusal("image_markup")
        if self.notes > METADATA_LIMIT:
            raise refusal("image_metadata", size=size_text(self.notes))

    def _skip_packed(self) -> None:
        """To the next real marker: FF followed by neither 00 (a packed FF) nor a restart."""
        carry = b""
        self.file.seek(self.end)
        while piece := self.file.read(STEP):
            text = carry + piece
            found = re.search(rb"\xff[^\x00\xd0-\xd7\xff]", text)
            if found:
                self.end += found.start() - len(carry)
                return
            self.end += len(piece)
            carry = text[-1:]
        raise refusal("jpeg_cut")


def check_png(file: BinaryIO, size: int, limits: Limits) -> None:
    """Walk a PNG chunk by chunk, every checksum, every packed row; raises FileRefused."""
    file.seek(len(PNG))
    rows: Rows | None = None
    notes = 0
    while True:
        kind, content = _chunk(file, size, rows)
        if kind == b"IHDR":
            rows = Rows(content, limits)
        elif rows is None:
            raise refusal("png_damaged", chunk=kind.decode("latin-1"))
        elif kind in (b"acTL", b"fcTL", b"fdAT"):
            raise refusal("png_animated")
        elif kind == b"IEND":
            break
        elif kind != b"IDAT":
            notes += len(content)
            _check_note(kind, content, notes)
    rows.finish()
    tail = tail_of(file, file.tell())
    if tail.strip(b"\0\r\n\t "):
        raise refuse_tail(tail, "png")


def _chunk(file: BinaryIO, size: int, rows: "Rows | None") -> tuple[bytes, bytes]:
    """The next chunk, its checksum checked; picture data goes straight to `rows`, piece by piece."""
    head = file.read(8)
    if len(head) < 8:
        raise refusal("png_cut")
    length, kind = struct.unpack(">I4s", head)
    if file.tell() + length + 4 > size:
        raise refusal("png_cut")
    if kind != b"IDAT" and length > METADATA_LIMIT:
        raise refusal("image_metadata", size=size_text(length))
    checksum, content, left = zlib.crc32(kind), b"", length
    while left:
        piece = file.read(min(left, STEP))
        checksum, left = zlib.crc32(piece, checksum), left - len(piece)
        if kind == b"IDAT" and rows is not None:
            rows.take(piece)
        else:
            content += piece
    if struct.pack(">I", checksum) != file.read(4):
        raise refusal("png_damaged", chunk=kind.decode("latin-1"))
    return kind, content


def _check_note(kind: bytes, content: bytes, total: int) -> None:
    if total > METADATA_LIMIT:
        raise refusal("image_metadata", size=size_text(total))
    if kind in (b"zTXt", b"iCCP", b"iTXt"):
        content += _unpacked_note(content)
    if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP") and MARKUP.search(content):
        raise refusal("image_markup")


def _unpacked_note(content: bytes) -> bytes:
    """The packed part of a note, wherever it starts; raises FileRefused when it grows past its limit."""
    start = content.find(b"\x78")
    if start < 0:
        return b""
    worker = zlib.decompressobj()
    try:
        text = worker.decompress(content[start:], NOTE_LIMIT)
    except zlib.error:
        return b""
    if worker.unconsumed_tail:
        raise refusal("png_text_bomb")
    return text


class Rows:
    """The packed rows of a PNG, counted as they unpack and thrown away."""

    def __init__(self, header: bytes, limits: Limits) -> None:
        if len(header) != 13:
            raise refusal("png_damaged", chunk="IHDR")
        width, height, depth, colour, _packing, _filter, interlace = struct.unpack(">IIBBBBB", header)
        check_pixels(width, height, limits)
        if colour not in CHANNELS or depth not in (1, 2, 4, 8, 16) or interlace > 1:
            raise refusal("png_damaged", chunk="IHDR")
        bits = depth * CHANNELS[colour]
        self.expected = sum(h * (1 + (w * bits + 7) // 8) for w, h in self._passes(width, height, interlace) if w and h)
        self.count = 0
        self._worker = zlib.decompressobj()

    @staticmethod
    def _passes(width: int, height: int, interlace: int) -> list[tuple[int, int]]:
        """Widths and heights of the pictures that are packed: one, or the seven of Adam7."""
        if not interlace:
            return [(width, height)]
        steps = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        return [((width - x + dx - 1) // dx, (height - y + dy - 1) // dy) for x, y, dx, dy in steps]

    def take(self, piece: bytes) -> None:
        """Unpack one piece; raises FileRefused when there is more than the picture declared, or it is damaged."""
        try:
            while piece:
                self.count += len(self._worker.decompress(piece, STEP))
                piece = self._worker.unconsumed_tail
                if self.count > self.expected or self._worker.unused_data:
                    raise refusal("png_long")
        except zlib.error as error:
            raise refusal("png_damaged", chunk="IDAT") from error

    def finish(self) -> None:
        """All rows must have come."""
        self.count += len(self._worker.flush())
        if self.count < self.expected:
            raise refusal("png_short")
