"""Kinds: what a file is, told by its content alone, never by its name or by what a browser claims."""

import re
from collections.abc import Callable

from tram.files.rules.refusals import refusal

HEAD = 65536

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
}
EXTENSIONS = {
    "pdf": {"pdf"},
    "docx": {"docx"},
    "xlsx": {"xlsx"},
    "jpg": {"jpg", "jpeg", "jpe", "jfif"},
    "png": {"png"},
    "txt": {"txt"},
    "csv": {"csv"},
    "mp3": {"mp3"},
    "m4a": {"m4a", "mp4", "m4b", "mov", "3gp"},
    "ogg": {"ogg", "opus", "oga"},
}
WORDS = {
    "pdf": "PDF",
    "docx": "Word (DOCX)",
    "xlsx": "Excel (XLSX)",
    "jpg": "JPG",
    "png": "PNG",
    "txt": "chữ thường (TXT)",
    "csv": "bảng chữ (CSV)",
    "mp3": "MP3",
    "m4a": "M4A",
    "ogg": "Ogg Opus",
}
PICTURES = ("jpg", "png")
SOUNDS = ("mp3", "m4a", "ogg")
DRAWN = ("pdf", *PICTURES)
"""Kinds whose pages can be drawn."""
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

MAGIC: list[tuple[int, bytes, str]] = [
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"PK\x07\x08", "zip"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"MZ", "windows_program"),
    (0, b"\x7fELF", "linux_program"),
    (0, b"\xcf\xfa\xed\xfe", "linux_program"),
    (0, b"\xfe\xed\xfa\xcf", "linux_program"),
    (0, b"\xca\xfe\xba\xbe", "java_program"),
    (0, b"dex\n", "java_program"),
    (0, b"#!AMR", "audio"),
    (0, b"#!", "script"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "seven_zip"),
    (0, b"\x1f\x8b", "tar"),
    (0, b"BZh", "tar"),
    (0, b"\xfd7zXZ\x00", "tar"),
    (0, b"\x28\xb5\x2f\xfd", "tar"),
    (257, b"ustar", "tar"),
    (0, b"MSCF", "cabinet"),
    (0x8001, b"CD001", "cabinet"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (0, b"[InternetShortcut]", "shortcut"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "audio"),
    (8, b"AVI ", "video"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"BM", "bitmap"),
    (0, b"\x00\x00\x01\x00", "bitmap"),
    (0, b"8BPS", "photoshop"),
    (0, b"%!", "postscript"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\x1aE\xdf\xa3", "video"),
    (0, b"ID3", "audio"),
    (0, b"OggS", "audio"),
    (0, b"fLaC", "audio"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "audio"),
    (0, b"\x00\x01\x00\x00\x00", "font"),
    (0, b"OTTO", "font"),
    (0, b"wOF", "font"),
    (0, b"SQLite format 3", "database"),
    (0, b"\x00\x01\x00\x00Standard", "database"),
]
TEXT_SIGNS: list[tuple[re.Pattern[bytes], str]] = [
    (re.compile(rb"(?i)<\?php|<\?="), "php"),
    (re.compile(rb"(?i)<svg[\s>]"), "svg"),
    (re.compile(rb"(?i)http://www\.w3\.org/1999/xhtml"), "xhtml"),
    (re.compile(rb"(?is)^(?=.{0,4000}^MIME-Version:)(?=.{0,4000}multipart/related)", re.M), "mht"),
    (re.compile(rb"(?im)^(MIME-Version|Received|Return-Path|Message-ID):"), "email"),
    (re.compile(rb"(?i)<!doctype\s+html|<html[\s>]|<script[\s>]|<body[\s>]|<iframe[\s>]|<head[\s>]"), "html"),
    (re.compile(rb"(?i)^\s*<\?xml|^\s*<[a-z][\w:.-]*(\s+xmlns|>)"), "xml"),
]
SCRIPT_EXTENSIONS = {
    "bat",
    "cmd",
    "ps1",
    "psm1",
    "vbs",
    "vbe",
    "wsf",
    "wsh",
    "hta",
    "sh",
    "py",
    "pl",
    "rb",
    "reg",
    "inf",
}


def _ftyp(head: bytes) -> str | None:
    """ISO media files: pictures of telephones, films, sounds."""
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"):
        return "heic"
    return "audio" if brand == b"M4A " else "video"


def sniff(head: bytes) -> str:
    """What the first 64 KB say: "pdf", "zip", "ole", "jpg", "png", "text", an id of KINDS, or "unknown"."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if EICAR in head[:4096]:
        return "eicar"
    for offset, sign, kind in MAGIC:
        if head.startswith(sign, offset):
            return kind
    found = _ftyp(head)
    if found is not None:
        return found
    if re.search(rb"%PDF-[12]\.\d", head[:4096]):
        return "pdf_late"
    if re.match(rb"\xff[\xe2\xe3\xf0-\xf3\xf8-\xfb]", head):
        return "audio"
    return _sniff_text(head)


OTHER_SOUNDS = [
    (8, b"WAVE", "WAV"), (0, b"fLaC", "FLAC"), (0, b"#!AMR", "AMR"), (0, b"\x1aE\xdf\xa3", "WebM"), (8, b"AVI ", "AVI"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "WMA"),
]  # fmt: skip


def sound_kind(head: bytes) -> str:
    """Which of the accepted sounds a file says it is, of those that `sniff` calls sound or film. Raises FileRefused."""
    if head[4:8] == b"ftyp":
        return "m4a"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"ID3") or re.match(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", head):
        return "mp3"
    kind = next((name for offset, sign, name in OTHER_SOUNDS if head.startswith(sign, offset)), "AAC")
    raise refusal("sound_kind", kind=kind)


def _sniff_text(head: bytes) -> str:
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(bom):
            head = head[len(bom) :].decode(encoding, "ignore").encode()
    if b"\0" in head:
        return "unknown"
    for sign, kind in TEXT_SIGNS:
        if sign.search(head[:8192]):
            return kind
    return "text"


def refuse_kind(kind: str, extension: str) -> None:
    """Raise the refusal that fits content which is none of the accepted kinds."""
    if kind == "text":
        raise refusal(_text_kind(extension))
    if kind == "html" and extension == "txt":
        raise refusal("text_markup")
    if kind == "unknown" and extension == "txt":
        raise refusal("text_binary")
    raise refusal(kind)


def _text_kind(extension: str) -> str:
    if extension in ("js", "mjs", "jse"):
        return "javascript"
    if extension in SCRIPT_EXTENSIONS:
        return "script"
    damaged: dict[str, str] = {"pdf": "pdf_damaged", "jpg": "jpeg_damaged", "jpeg": "jpeg_damaged"}
    return damaged.get(extension, "unknown")


def kind_of_ole(contains: Callable[[bytes], bool]) -> str:
    """Which old Windows package this is; `contains` tells whether the file holds a byte string."""
    streams = [
        ("EncryptedPackage", "office_locked"),
        ("WordDocument", "old_word"),
        ("Workbook", "old_excel"),
        ("PowerPoint Document", "old_powerpoint"),
        ("__substg1.0_", "outlook_mail"),
        ("Book", "old_excel"),
    ]
    found = (id for name, id in streams if contains(name.encode("utf-16-le")))
    return next(found, "old_compound")


def check_extension(name: str, extension: str, kind: str) -> str:
    """The name with the extension that its content asks for when it has none; raises FileRefused when they disagree."""
    if not extension:
        return f"{name}.{kind}"
    if extension in EXTENSIONS[kind]:
        return name
    known = any(extension in group for group in EXTENSIONS.values())
    if known:
        raise refusal("name_extension", extension=extension, kind=WORDS[kind])
    raise refusal("name_unknown_extension", extension=extension, kind=WORDS[kind], right=kind)
