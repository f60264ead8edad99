"""Hostile packages: bombs, overlaps, names that climb out, directories that lie."""

import io
import stat
import struct
import warnings
import zipfile

from tests.files.builders import DATE, Hostile, docx, docx_parts, pdf, zipped

ENTRY = struct.Struct("<4sHHHHHIIIHHHHHII")
LOCAL = struct.Struct("<4sHHHHHIIIHH")
END = struct.Struct("<4sHHHHIIH")


def with_entry(name: str, content: bytes = b"x", *, mode: int = 0, twice: bool = False) -> bytes:
    """A Word document with one more part of a chosen name and file mode."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for part, text in docx_parts().items():
            package.writestr(part, text)
        for _turn in range(2 if twice else 1):
            entry = zipfile.ZipInfo("placeholder", DATE)
            entry.filename, entry.external_attr = name, mode << 16
            package.writestr(entry, content)
    return out.getvalue()


def with_raw_entry(name: bytes) -> bytes:
    """The same with a name that the library would mend (NUL, backslash, colon)."""
    placeholder = "Q" * len(name)
    return with_entry(placeholder).replace(placeholder.encode(), name)


def flat_bomb() -> bytes:
    """10 MB of zeros, a thousand to one."""
    return docx({"word/media/a.bin": b"\0" * 10_000_000})


def declared_bomb(size: int, count: int = 1) -> bytes:
    """Parts that only say that they are huge."""
    parts = {f"word/media/{n}.bin": b"x" * 4000 for n in range(count)}
    content = bytearray(zipped(docx_parts(dict(parts)), stored=True))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        if b"media" in content[at + 46 : at + 66]:
            local = struct.unpack_from("<I", content, at + 42)[0]
            struct.pack_into("<I", content, at + 24, size)
            struct.pack_into("<I", content, local + 22, size)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def overlapping() -> bytes:
    """Two entries of the directory that unpack the same bytes (after D. Fifield's zip bomb)."""
    content = docx()
    end = content.rfind(b"PK\x05\x06")
    values = list(END.unpack(content[end:]))
    start, length = values[6], values[5]
    directory = content[start:end]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    twin = bytearray(last)
    twin[46:50] = b"word"[::-1]
    values[3] = values[4] = values[3] + 1
    values[5] = length + len(twin)
    return content[:end] + bytes(twin) + END.pack(*values)


def nested(floors: int) -> bytes:
    """Packages inside packages."""
    inner = zipped({"0.bin": b"\0" * 1000})
    for floor in range(floors):
        inner = zipped({f"{floor}.zip": inner})
    return docx({"word/media/a.zip": inner})


def patched(find: bytes, offset: int, value: bytes) -> bytes:
    """A Word document with bytes changed at an offset from a signature."""
    content = bytearray(docx())
    at = content.find(find) + offset
    content[at : at + len(value)] = value
    return bytes(content)


def with_gap() -> bytes:
    """A stranger between the last part and the directory."""
    content = docx()
    end = content.rfind(b"PK\x05\x06")
    values = list(END.unpack(content[end:]))
    start = values[6]
    values[6] = start + 500
    return content[:start] + b"<script>alert(1)</script>" * 20 + content[start:end] + END.pack(*values)


def with_wrong_checksum() -> bytes:
    """A part whose bytes have rotted."""
    content = bytearray(zipped(docx_parts({"word/media/a.bin": b"0123456789" * 50}), stored=True))
    at = content.find(b"0123456789")
    content[at] ^= 0xFF
    return bytes(content)


def crowd() -> bytes:
    """Six thousand parts."""
    return docx({f"word/media/{n}.bin": b"" for n in range(6000)})


GOOD = docx()
ROWS: list[tuple[str, str, bytes, str]] = [
    ("zip under a Word name", "a.docx", zipped({"a.txt": "xin chao"}), "zip_renamed"),
    ("zip", "a.zip", zipped({"a.txt": "xin chao"}), "zip_archive"),
    ("zip with program", "a.xlsx", zipped({"a.exe": b"MZ\x90"}), "zip_renamed"),
    ("cut in half", "a.docx", GOOD[: len(GOOD) // 2], "zip_cut"),
    ("cut by ten bytes", "a.docx", GOOD[:-10], "zip_cut"),
    ("flat bomb", "a.docx", flat_bomb(), "zip_ratio"),
    ("4 GB by declaration", "a.docx", declared_bomb(0xFFFF0000), "zip_ratio"),
    ("6 GB in many by declaration", "a.docx", declared_bomb(8_000_000, 800), "zip_total"),
    ("overlapping", "a.docx", overlapping(), "zip_overlap"),
    ("nested once", "a.docx", nested(0), "zip_nested"),
    ("nested ten times", "a.docx", nested(10), "zip_nested"),
    ("6,000 parts", "a.docx", crowd(), "zip_many"),
    ("symlink", "a.docx", with_entry("word/a", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "zip_symlink"),
    ("climbing", "a.docx", with_entry("../../evil.sh"), "zip_parent"),
    ("climbing with backslashes", "a.docx", with_raw_entry(b"..\\..\\evil.exe"), "zip_parent"),
    ("absolute", "a.docx", with_entry("/etc/cron.d/evil"), "zip_absolute"),
    ("drive", "a.docx", with_raw_entry(b"C:\\Windows\\evil"), "zip_absolute"),
    ("backslash", "a.docx", with_raw_entry(b"word\\evil"), "zip_backslash"),
    ("nul in name", "a.docx", with_raw_entry(b"word/a.xml\0.exe"), "zip_nul"),
    ("stream in name", "a.docx", with_raw_entry(b"word/a:evil.exe"), "zip_stream"),
    ("device in name", "a.docx", with_entry("word/CON"), "zip_device"),
    ("device with extension", "a.docx", with_entry("word/aux.xml"), "zip_device"),
    ("right to left in name", "a.docx", with_entry("word/\u202etxt.exe"), "zip_bidi"),
    ("300 bytes in name", "a.docx", with_entry("word/" + "a" * 300), "zip_long"),
    ("newline in name", "a.docx", with_entry("word/a\nb"), "zip_newline"),
    ("escape in name", "a.docx", with_entry("word/a\x1b[2J"), "zip_newline"),
    ("same name twice", "a.docx", with_entry("word/a.bin", twice=True), "zip_twice"),
    ("same name in capitals", "a.docx", with_entry("WORD/document.xml"), "zip_twice"),
    ("page behind", "a.docx", GOOD + b"<script>alert(1)</script>", "zip_tail"),
    ("comment", "a.docx", GOOD[:-2] + struct.pack("<H", 9) + b"<?php a()", "zip_tail"),
    ("hidden between", "a.docx", with_gap(), "zip_gap"),
    ("pdf behind", "a.docx", GOOD + pdf(), "zip_tail"),
    ("two names for one part", "a.docx", patched(b"PK\x03\x04", 30, b"X"), "zip_two_faces"),
    ("two methods for one part", "a.docx", patched(b"PK\x03\x04", 8, b"\0"), "zip_two_faces"),
    ("locked part", "a.docx", patched(b"PK\x01\x02", 8, b"\x01"), "zip_locked_part"),
    ("strange packing", "a.docx", patched(b"PK\x01\x02", 10, b"\x0e"), "zip_method"),
    ("many disks", "a.docx", patched(b"PK\x05\x06", 4, b"\x01"), "zip_split"),
    ("directory elsewhere", "a.docx", patched(b"PK\x05\x06", 16, b"\x01\x02"), "zip_directory"),
    ("rotten part", "a.docx", with_wrong_checksum(), "zip_damaged"),
    ("rotten main part", "a.docx", patched(b"word/document.xml", 25, b"\xff\xff"), "zip_damaged"),
    ("epub", "a.docx", zipped({"mimetype": "application/epub+zip", "a": "b"}, stored=True), "ebook"),
    ("odt", "a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, stored=True), "opendocument"),
]  # fmt: skip


def hostile() -> list[Hostile]:
    """All of them."""
    return [Hostile(*row) for row in ROWS]
