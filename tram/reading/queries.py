"""What a file says: its text with places, and the fields of a letter proposed from it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from PIL import Image

from tram.files.sockets import FileRefused, refuse_marked_secret
from tram.kernel.verdicts import Invalid
from tram.reading.rules import docx, pdf, pictures, plain, stamps, starts
from tram.reading.rules.fields import Field, Fields
from tram.reading.rules.letter import fields_of
from tram.reading.rules.page import Line, Text, in_reading_order
from tram.reading.sockets import engines

LARGEST_FILE = 500_000_000
opened_pdf = pdf.opened
"""The one door to PDFium: a document for one thread at a time, closed afterwards; raises Invalid (field "file")."""
LETTER_KEYS = (
    "number",
    "symbol",
    "kind",
    "issuer",
    "parent",
    "place",
    "date",
    "subject",
    "signer_name",
    "signer_title",
    "recipients",
    "addressed_to",
)


def text_of(file: Path | bytes, name: str = "", *, engine: str = "trueocr") -> Text:
    """The text of a PDF, DOCX, TXT, JPG or PNG in reading order, NFC, boxes as fractions of the page.

    Pages without a text layer are read by the named engine of `sockets.engines`.
    Raises Invalid (field "file") with a sentence for the person who brought the file.
    """
    data = file if isinstance(file, bytes) else _bytes_of(file)
    if not data.strip():
        raise Invalid({"file": "Tệp không có nội dung."})
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return _text_of_pdf(data, engine)
    if data.startswith(b"PK\x03\x04"):
        return Text(None, tuple(plain.repaired(docx.lines_of(data))), "docx")
    if data.startswith((b"\xff\xd8", b"\x89PNG")):
        return Text(1, tuple(_read(pictures.opened(data), 1, engine)), "ocr", engine)
    return _text_of_plain(data, name or (file.name if isinstance(file, Path) else ""))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Invalid({"file": "Tệp lớn hơn mức 500 MB. Chia nhỏ hoặc gửi qua USB có ghi nhận."})
        return path.read_bytes()
    except OSError as error:
        raise Invalid({"file": "Không tìm thấy tệp này. Kiểm tra lại tên tệp và thư mục."}) from error


def _text_of_plain(data: bytes, name: str) -> Text:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        suffix = Path(name).suffix.lstrip(".").upper() or "loại khác"
        raise Invalid({"file": f"Tệp phải là PDF, DOCX, TXT, JPG hoặc PNG. Tệp này là {suffix}."})
    pages, lines = plain.lines_of(data)
    return Text(pages, tuple(lines), "txt")


def _text_of_pdf(data: bytes, engine: str) -> Text:
    lines: list[Line] = []
    read_by, number = "", 0
    for number, page in enumerate(pdf.pages_of(data), 1):
        if isinstance(page, list):
            lines += page
        else:
            lines += _read(page, number, engine)
            read_by = engine
    return Text(number, tuple(lines if read_by else plain.repaired(lines)), "ocr" if read_by else "pdf-text", read_by)


def _read(image: Image.Image, page: int, engine: str) -> list[Line]:
    reader = engines.find(engine)
    if reader is None or not reader.ready():
        raise Invalid({"file": f"Máy này chưa có bộ đọc chữ {engine}. Chọn bộ đọc khác hoặc gõ tay."})
    return in_reading_order(Line(line.text, page, line.box, line.sure) for line in reader.read(image))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one file: its text, the proposed fields and the seconds it took."""

    file: str
    fields: Fields
    text: Text
    seconds: float

    def as_json(self) -> dict[str, object]:
        """The twelve fields of a letter as plain values, and `confidence` for each of them."""
        proposed = {name: getattr(self.fields, name) for name in LETTER_KEYS}
        values = {name: _value(field) for name, field in proposed.items()}
        return {"file": self.file, **values, "confidence": {name: one.confidence for name, one in proposed.items()}}


def read_letter(file: Path | bytes, name: str = "", *, engine: str = "trueocr") -> Reading:
    """Read one letter from a .pdf, .docx, .txt, .jpg or .png; raises Invalid as `text_of` does."""
    began = perf_counter()
    text = text_of(file, name, engine=engine)
    fields = fields_of(text)
    called = name or (file.name if isinstance(file, Path) else "")
    return Reading(called, fields, text, round(perf_counter() - began, 3))


def read_printed(file: Path | bytes, name: str = "") -> Reading | None:
    """Read a letter without a machine reader, in an instant; None when its first page is a picture.

    Raises Invalid as `text_of` does. Later pages that are pictures give no text.
    """
    began = perf_counter()
    data = file if isinstance(file, bytes) else _bytes_of(file)
    if data.startswith((b"\xff\xd8", b"\x89PNG")):
        return None
    if b"%PDF-" in data[:1024]:
        pages = pdf.printed_pages_of(data)
        if not pages or not pages[0]:
            return None
        text = Text(len(pages), tuple(line for page in pages for line in page), "pdf-text")
    else:
        text = text_of(data, name)
    return Reading(name, fields_of(text), text, round(perf_counter() - began, 3))


def printed_text(file: Path | bytes, name: str = "") -> str:
    """What every page says by itself, without a machine reader, pages apart by form feeds; raises Invalid as `text_of`."""
    data = file if isinstance(file, bytes) else _bytes_of(file)
    if data.startswith((b"\xff\xd8", b"\x89PNG")):
        return ""
    if b"%PDF-" in data[:1024]:
        return "\f".join("\n".join(line.text for line in page) for page in pdf.text_pages_of(data))
    return text_of(data, name).plain


def stamp_seen(file: Path | bytes, *, engine: str = "trueocr") -> str:
    """The level of secrecy that a machine reader sees stamped on the scanned pages of a file: "secret", "top_secret",
    "absolute_secret"; "" when there is none, or nothing is scanned.

    It sees too much rather than too little; a person decides. Raises Invalid as `text_of` does.
    """
    data = file if isinstance(file, bytes) else _bytes_of(file)
    for number, page in _pictures(data):
        top = stamps.upper_part(page, number)
        lines = _read(top, number, engine)
        red = stamps.red_part(top)
        level = stamps.level_of(lines + (_read(red, number, engine) if red else []))
        try:
            refuse_marked_secret("\n".join(line.text for line in lines), "")
        except FileRefused as error:
            level = level or error.id
        if level:
            return level
    return ""


def _pictures(data: bytes) -> Iterator[tuple[int, Image.Image]]:
    if data.startswith((b"\xff\xd8", b"\x89PNG")):
        return iter([(1, pictures.opened(data, "RGB"))])
    return pdf.pictures_of(data) if b"%PDF-" in data[:1024] else iter(())


def first_pages(file: Path, pages: Iterable[int], *, engine: str = "trueocr") -> dict[int, str]:
    """Those of the pages (from 1) of a PDF that look like the first of a letter -> its number and symbol as printed.

    A scanned page is read by the machine in its upper part alone. Raises Invalid as `text_of` does.
    """
    data, found = _bytes_of(file), {}
    for number in pages:
        top = pdf.top_of(data, number, starts.TOP)
        # the picture is the top of the page already, so its places say nothing of the page
        lines = top if isinstance(top, list) else [replace(line, box=None) for line in _read(top, number, engine)]
        if words := starts.head_number(lines):
            found[number] = words
    return found


def letters_as_json(paths: Iterable[Path | str]) -> Iterator[str]:
    """One JSON object a file on one line; an unreadable file gives {"file": …, "error": sentence}."""
    for path in paths:
        try:
            found = read_letter(Path(path)).as_json()
        except Invalid as error:
            found = {"file": Path(path).name, "error": str(error)}
        yield json.dumps({**found, "file": str(path)}, ensure_ascii=False)


def _value(field: Field[str | None] | Field[tuple[str, ...]]) -> str | list[str] | None:
    return list(field.value) if isinstance(field.value, tuple) else field.value
