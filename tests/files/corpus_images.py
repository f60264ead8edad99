"""Hostile pictures: floods of pixels, notes that run, strangers behind the last row."""

import struct
import zlib

from tests.files.builders import Hostile, block, chunk, docx, jpeg, pdf, png
from tests.files.corpus_kinds import EXE

PHOTO = jpeg()
GREY = png()


def resized(width: int, height: int) -> bytes:
    """A small photograph that says it is large."""
    at = PHOTO.find(b"\xff\xc0")
    return PHOTO[: at + 5] + struct.pack(">HH", height, width) + PHOTO[at + 9 :]


def noted(marker: int, content: bytes) -> bytes:
    """A photograph with one more block."""
    return PHOTO[:2] + block(marker, content) + PHOTO[2:]


def two_sizes() -> bytes:
    """A photograph with two frames."""
    at = PHOTO.find(b"\xff\xc0")
    frame = bytearray(PHOTO[at : at + 19])
    frame[5:9] = struct.pack(">HH", 9, 9)
    return PHOTO[:at] + bytes(frame) + PHOTO[at:]


def jpegs() -> list[Hostile]:
    """Photographs."""
    rotten = bytearray(PHOTO)
    scan = PHOTO.find(b"\xff\xda")
    rotten[4:6] = b"\0\x01"
    rows: list[tuple[str, bytes, str]] = [
        ("50,000 squared", resized(50_000, 50_000), "image_pixels"),
        ("no width", resized(0, 48), "image_no_size"),
        ("two sizes", two_sizes(), "jpeg_two_sizes"),
        ("cut in the picture", PHOTO[:-200], "jpeg_cut"),
        ("cut in the head", PHOTO[:40], "jpeg_cut"),
        ("rotten head", bytes(rotten), "jpeg_damaged"),
        ("no picture", PHOTO[:scan] + b"\xff\xd9", "jpeg_damaged"),
        ("no tables", PHOTO[: PHOTO.find(b"\xff\xdb")] + PHOTO[PHOTO.find(b"\xff\xc0") :], "jpeg_damaged"),
        ("script in comment", noted(0xFE, b"<script>alert(1)</script>"), "image_markup"),
        ("php in exif", noted(0xE1, b"Exif\0\0<?php system($_GET[0]); ?>"), "image_markup"),
        ("large notes", PHOTO[:2] + block(0xE5, b"x" * 65000) * 300 + PHOTO[2:], "image_metadata"),
        ("zip behind", PHOTO + docx(), "image_zip"),
        ("rar behind", PHOTO + b"Rar!\x1a\x07\0", "image_zip"),
        ("page behind", PHOTO + b"<script>alert(1)</script>", "image_script"),
        ("script behind", PHOTO + b"*/=alert(1)//", "image_script"),
        ("program behind", PHOTO + EXE, "image_program"),
        ("pdf behind", PHOTO + pdf(), "jpeg_tail"),
        ("second picture without index", PHOTO + PHOTO, "jpeg_tail"),
    ]
    return [Hostile(label, "a.jpg", content, id) for label, content, id in rows]


def pngs() -> list[Hostile]:
    """Drawings."""
    rotten = bytearray(GREY)
    rotten[-25] ^= 0xFF
    bomb = b"note\0\0" + zlib.compress(b"\0" * 20_000_000, 9)
    rows: list[tuple[str, bytes, str]] = [
        ("50,000 squared", png(50_000, 50_000, b""), "image_pixels"),
        ("no height", png(8, 0), "image_no_size"),
        ("cut", GREY[:-20], "png_cut"),
        ("rotten", bytes(rotten), "png_damaged"),
        ("missing rows", png(8, 8, b"\0" * 9), "png_short"),
        ("more rows than declared", png(8, 8, b"\0" * 9_000_000), "png_long"),
        ("moving", png(8, 8, None, chunk(b"acTL", struct.pack(">II", 100_000, 0))), "png_animated"),
        ("packed note", png(8, 8, None, chunk(b"zTXt", bomb)), "png_text_bomb"),
        ("packed profile", png(8, 8, None, chunk(b"iCCP", bomb)), "png_text_bomb"),
        ("script in note", png(8, 8, None, chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")), "image_markup"),
        ("script in packed note", png(8, 8, None, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"<?php a();"))), "image_markup"),
        ("large note", png(8, 8, None, chunk(b"tEXt", b"x" * 17_000_000)), "image_metadata"),
        ("zip behind", GREY + docx(), "image_zip"),
        ("page behind", GREY + b"<html><script>", "image_script"),
        ("strangers behind", GREY + b"abcdef", "png_tail"),
        ("rows before head", b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b"") + chunk(b"IEND", b""), "png_damaged"),
    ]  # fmt: skip
    return [Hostile(label, "a.png", content, id) for label, content, id in rows]
