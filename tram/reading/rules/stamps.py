"""Stamps of secrecy on scanned pages, looked for by whoever rather asks once too often.

A machine reader sees capitals in a frame badly: of MẬT it loses the marks and often the vowel ("MDT", "TUI MOT",
"TUYOTMT"), while the consonants stand. So the shape of the word is looked for, in the place of the stamp (NĐ 30/2020
Phụ lục I, ô 10a), and in red ink by itself once more.
"""

import re
from collections.abc import Iterable

from PIL import Image, ImageChops

from tram.reading.rules.page import Line
from tram.vietnamese.text import fold

SHAPES = {
    "absolute_secret": re.compile(r"TU?[YVT][A-Z0-9]{0,3}TM[A-Z0-9]{0,2}T{1,2}"),
    "top_secret": re.compile(r"T[A-Z0-9]{0,2}[IL1]M[A-Z0-9]{0,2}T{1,2}"),
    "secret": re.compile(r"M[A-Z0-9]{0,2}T{1,2}"),
}
"""The graver first."""
UPPER_PART, LATER_PART = 0.5, 0.3
"""How much of the first page, and of each later one, a stamp may stand in."""
REDDER = 50
FEWEST_RED = 200
AROUND = 100


def level_of(lines: Iterable[Line]) -> str:
    """The gravest level whose stamp a line may be: "secret", "top_secret", "absolute_secret"; "" when none is."""
    shapes = {_compact(line.text) for line in lines}
    return next((level for level, shape in SHAPES.items() if any(shape.fullmatch(one) for one in shapes)), "")


def _compact(text: str) -> str:
    """Letters and digits without marks, in capitals; "" for words that are not printed in capitals."""
    bare = "".join(letter for letter in text if letter.isalnum())
    if not bare or bare[0] != bare[0].upper() or bare[-1] != bare[-1].upper():
        return ""
    return fold(bare).upper()


def upper_part(page: Image.Image, number: int) -> Image.Image:
    """The part of a page, from 1, in which a stamp may stand."""
    return page.crop((0, 0, page.width, round(page.height * (UPPER_PART if number == 1 else LATER_PART))))


def red_part(page: Image.Image) -> Image.Image | None:
    """The red ink alone, black on white with room around it, also where it lies over print; None where there is none."""
    red, green, blue = page.convert("RGB").split()
    ink = ImageChops.subtract(red, ImageChops.lighter(green, blue)).point(lambda one: 255 if one > REDDER else 0)
    box = ink.getbbox()
    if box is None or ink.histogram()[255] < FEWEST_RED:
        return None
    cut = ImageChops.invert(ink).crop(box)
    spread = Image.new("L", (cut.width + 2 * AROUND, cut.height + 2 * AROUND), "white")
    spread.paste(cut, (AROUND, AROUND))
    return spread
