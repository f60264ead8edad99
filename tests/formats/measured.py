"""What stands where on a printed page, in millimetres from its left and upper edges."""

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72


class Piece(NamedTuple):
    """A run of letters of one size on one line. `base` is the height of its baseline."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def pieces(pdf: bytes, page: int = 0) -> list[Piece]:
    """The text objects of a page as they were drawn, those of one line and face put together."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height, words = sheet.get_height(), sheet.get_textpage()
        found = [_piece(words, height, at) for at in range(words.count_chars())]
    lines: list[Piece] = []
    for one in found:
        if one is None:
            continue
        last = lines[-1] if lines else None
        same = last and abs(last.base - one.base) < 0.3 and last[4:] == one[4:] and -1 < one.left - last.right < 6
        if last and same:
            lines[-1] = last._replace(
                text=last.text + one.text, right=last.right if one.text.isspace() else max(last.right, one.right)
            )
        else:
            lines.append(one)
    return [line._replace(text=" ".join(line.text.split())) for line in lines if line.text.strip()]


def _piece(words: pypdfium2.PdfTextPage, height: float, at: int) -> Piece | None:
    x, y = ctypes.c_double(), ctypes.c_double()
    code = pdfium.FPDFText_GetUnicode(words.raw, at)
    if code in (0, 13, 10) or not pdfium.FPDFText_GetCharOrigin(words.raw, at, x, y):
        return None
    left, _bottom, right, _top = words.get_charbox(at, loose=True)
    name = ctypes.create_string_buffer(100)
    pdfium.FPDFText_GetFontInfo(words.raw, at, name, 100, ctypes.c_int())
    size = round(pdfium.FPDFText_GetFontSize(words.raw, at), 1)
    return Piece(chr(code), left * MM, right * MM, (height - y.value) * MM, size, name.value.decode())


def rules(pdf: bytes, page: int = 0) -> list[tuple[float, float, float]]:
    """Horizontal lines: left, right, height."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height = sheet.get_height()
        for one in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = one.get_bounds()
            if top - bottom < 3 and right - left > 20:
                found.append((left * MM, right * MM, (height - (bottom + top) / 2) * MM))
    return sorted(found, key=lambda line: line[2])
