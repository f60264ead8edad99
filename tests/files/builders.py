"""Builders of small files: packages, Office documents, PDFs and pictures, whole or wrong in one chosen place."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image

from tram.files.rules.refusals import STANDARD, Limits

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DATE = (2026, 3, 12, 8, 0, 0)
Parts = dict[str, bytes | str]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file that must be refused, and the id of the refusal."""

    label: str
    name: str
    content: bytes
    id: str
    limits: Limits = STANDARD


def zipped(parts: Parts, *, stored: bool = False) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return out.getvalue()


def types(main: str, part: str, more: str = "") -> str:
    """The list of content types."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>{more}</Types>'
    )


def relations(*links: tuple[str, str] | tuple[str, str, str]) -> str:
    """Relations (kind, target[, mode])."""
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{DOC}/{link[0]}" Target="{link[1]}"'
        + (f' TargetMode="{link[2]}"' if len(link) > 2 else "")
        + "/>"
        for n, link in enumerate(links)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELS}">{rows}</Relationships>'


def body(inner: str = "<w:p><w:r><w:t>Kính gửi</w:t></w:r></w:p>") -> str:
    """The main part of a Word document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def docx_parts(more: Parts | None = None, *, types_more: str = "", main: str = WORD) -> Parts:
    """The parts of a small Word document."""
    parts: Parts = {
        "[Content_Types].xml": types(main, "word/document.xml", types_more),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": body(),
    }
    return parts | (more or {})


def xlsx_parts(more: Parts | None = None, *, types_more: str = "", main: str = EXCEL) -> Parts:
    """The parts of a small workbook."""
    parts: Parts = {
        "[Content_Types].xml": types(main, "xl/workbook.xml", types_more),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}"><sheets/></workbook>',
    }
    return parts | (more or {})


def sheet(formula: str) -> str:
    """A sheet with one formula."""
    return f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1"><f>{formula}</f></c></row></sheetData></worksheet>'


def docx(more: Parts | None = None, **options: str) -> bytes:
    """A small Word document."""
    return zipped(docx_parts(more, **options))


def xlsx(more: Parts | None = None, **options: str) -> bytes:
    """A small workbook."""
    return zipped(xlsx_parts(more, **options))


def pdf(*objects: bytes, root: bytes = b"", page: bytes = b"", pages: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF with a right cross-reference table; `objects` are numbered from 10 on."""
    kids = b" ".join(b"%d 0 R" % (1000 + n) for n in range(pages))
    table = {1: b"<</Type/Catalog/Pages 2 0 R%s>>" % root, 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)}
    table |= {10 + n: content for n, content in enumerate(objects)}
    table |= {1000 + n: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % page for n in range(pages)}
    return assembled(table, trailer)


def assembled(table: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Objects by number, written out with their table and trailer."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in table.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(table) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), dictionary, content)


def object_stream(number: int, content: bytes) -> bytes:
    """One object packed in an object stream."""
    head = b"%d 0 " % number
    packed = zlib.compress(head + content)
    return stream(packed, b"/Type/ObjStm/N 1/First %d/Filter/FlateDecode" % len(head))


def jpeg(size: tuple[int, int] = (64, 48)) -> bytes:
    """A small photograph."""
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def block(marker: int, content: bytes) -> bytes:
    """A JPEG block."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 8, height: int = 8, rows: bytes | None = None, *chunks: bytes) -> bytes:
    """A grey PNG; `chunks` stand between the header and the rows."""
    rows = (b"\0" + b"\x80" * width) * height if rows is None else rows
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
