"""From the bytes of a file to the text of an article, or to the sentence that says why not."""

import io
import json
import re
import zipfile
from dataclasses import dataclass

from tram.news.rules import markup
from tram.news.rules.changes import Change, Kind
from tram.news.rules.refusals import LARGEST_FILE, LONGEST_TEXT, ArticleRefused, thousands
from tram.vietnamese.codecs import decode_bytes
from tram.vietnamese.repair import NAMES, guess_encoding
from tram.vietnamese.syllables import is_syllable

MAGIC = {
    b"%PDF": "PDF", b"\x89PNG": "ảnh PNG", b"\xff\xd8\xff": "ảnh JPG", b"GIF8": "ảnh GIF", b"\xd0\xcf\x11\xe0": "Word cũ (.doc)",
    b"{\\rtf": "RTF", b"Rar!": "gói nén RAR", b"7z\xbc\xaf": "gói nén 7z", b"\x1f\x8b": "gói nén GZ",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")
BEFORE_HTML = r"(?>\s*(?:<\?xml[^<>]*>|<!--.*?-->))*+"
LOOKS_LIKE_HTML = re.compile(
    BEFORE_HTML + r"\s*(<!doctype html|<html|<head|<body|<(div|p|h[1-6]|table|article|script)\b)", re.I | re.S
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
FEWEST_SYLLABLES = 0.6
"""Of the words of a file whose coding had to be guessed, so many must be Vietnamese syllables, or the guess is wrong."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Tệp đã mở: its text, what HTML says of single lines (line from 0 -> kind), what opening it did."""

    text: str
    kinds: dict[int, Kind]
    changes: tuple[Change, ...] = ()


def opened(data: bytes) -> Opened:
    """Read a file; raises ArticleRefused with the sentence for whoever brought it."""
    _refuse_other_kinds(data)
    text, coding = _decoded(data)
    if CONTROL.search(text):
        raise ArticleRefused("other", what="tệp nhị phân")
    if _is_json(text):
        raise ArticleRefused("other", what="dữ liệu JSON")
    changes = []
    if coding:
        reason = f"Tệp viết bằng {coding}, được đọc sang Unicode. Tệp gốc được giữ nguyên."
        changes.append(Change(Kind.CODING, 0, 0, 1, coding, "Unicode", reason))
    kinds: dict[int, Kind] = {}
    if LOOKS_LIKE_HTML.match(text):
        page = markup.read(text)
        text, kinds = page.text, page.kinds
        changes += page.changes
    if len(text) > LONGEST_TEXT:
        raise ArticleRefused("long", letters=thousands(len(text)))
    return Opened(text, kinds, tuple(changes))


def _is_json(text: str) -> bool:
    """Data of a program lie beside articles in folders that were exported; a text that only begins with a bracket is one."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(b"PK"):
        raise _packed(data)
    if len(data) > LARGEST_FILE:
        raise ArticleRefused("large", size=f"{thousands(round(len(data) / 1_000_000))} MB")
    if not data.strip():
        raise ArticleRefused("empty")
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise ArticleRefused("other", what=what)


def _packed(data: bytes) -> ArticleRefused:
    """Only the list of a pack is read, nothing of it is unpacked."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ArticleRefused("broken_pack")
    if "word/document.xml" in names:
        return ArticleRefused("word")
    return ArticleRefused("packed", count=thousands(len(names)))


def _decoded(data: bytes) -> tuple[str, str]:
    """(text, name of the old coding or "")."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        if len(data) % 2:
            raise ArticleRefused("cut_letter")
        try:
            return _lines(data.decode("utf-16")), ""
        except UnicodeDecodeError as error:
            raise ArticleRefused("cut_letter" if error.end >= len(data) else "coding") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 3:
            raise ArticleRefused("cut_letter") from error
        return _guessed(data)
    return _lines(text), ""


def _guessed(data: bytes) -> tuple[str, str]:
    if b"\0" in data:
        raise ArticleRefused("other", what="tệp nhị phân")
    coding = guess_encoding(data)
    text = decode_bytes(data, coding)
    words = WORD.findall(text)
    if not words or sum(map(is_syllable, words)) < FEWEST_SYLLABLES * len(words):
        raise ArticleRefused("coding")
    return _lines(text), NAMES.get(coding, coding)


def _lines(text: str) -> str:
    """The one way to end a line: the file's own is no content."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
