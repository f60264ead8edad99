"""Plain text: its coding found out, its lines and pages cut."""

import re
from dataclasses import replace

from tram.reading.rules.page import Line
from tram.vietnamese.repair import read, repair

LONGEST_REPAIRED = 300_000
"""Characters: a letter is far shorter, and a book must not hold up the desk."""
PAGE_BREAK = re.compile(r"\f|^-+ ?PAGE BREAK ?-+$", re.MULTILINE)


def lines_of(data: bytes) -> tuple[int | None, list[Line]]:
    """The number of pages (None when the text marks none) and the lines, in NFC."""
    sheets = PAGE_BREAK.split(read(data))
    numbered = len(sheets) > 1
    lines = [
        Line(text.replace("\xa0", " "), number if numbered else None)
        for number, sheet in enumerate(sheets, 1)
        for text in sheet.splitlines()
    ]
    return (len(sheets) if numbered else None), repaired(lines)


def repaired(lines: list[Line]) -> list[Line]:
    """The same lines with what was typed in an old Vietnamese font (TCVN3, VNI …) read rightly."""
    whole = "\n".join(line.text for line in lines)
    if len(whole) > LONGEST_REPAIRED:
        return lines
    done = repair(whole)
    texts = done.text.split("\n")
    if not done.changes or len(texts) != len(lines):
        return lines
    return [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]
