"""Plain text: its code found out, its lines and pages cut."""

import re

from tram.reading.rules.page import Line
from tram.vietnamese.text import nfc

PAGE_BREAK = re.compile(r"\f|^-+ ?PAGE BREAK ?-+$", re.MULTILINE)


def lines_of(data: bytes) -> tuple[int | None, list[Line]]:
    """The number of pages (None when the text marks none) and the lines, in NFC."""
    sheets = PAGE_BREAK.split(_decoded(data))
    numbered = len(sheets) > 1
    lines = [
        Line(text.replace("\xa0", " "), number if numbered else None)
        for number, sheet in enumerate(sheets, 1)
        for text in sheet.splitlines()
    ]
    return (len(sheets) if numbered else None), lines


def _decoded(data: bytes) -> str:
    for start, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(start):
            return nfc(data.decode(code, "replace"))
    try:
        return nfc(data.decode("utf-8"))
    except UnicodeDecodeError:
        return nfc(data.decode("latin-1"))
