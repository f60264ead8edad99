"""PDF: the text layer as lines with their places, and pages as pictures where there is no text layer."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from tram.kernel.verdicts import Invalid
from tram.reading.rules.page import Box, Line, in_reading_order
from tram.vietnamese.text import nfc

DPI = 200
FEWEST_CHARACTERS = 60
"""A page with less text than this is a scan, perhaps with a signature's stamp over it."""
LARGEST_SIDE = 4000
BEFORE_A_BLANK = re.compile(r"(?:\bsố ?:?|\bngày|\btháng)$", re.IGNORECASE)
AFTER_A_BLANK = re.compile(r"/|tháng\b|năm\b", re.IGNORECASE)
"""Letters leave room for a number or a day to be written by hand: "Số:        /QĐ-UBND", "ngày      tháng 5"."""
WIDEST_BLANK = 8
END_HYPHEN = "\x02"
"""PDFium's sign for a hyphen at the end of a line; Vietnamese words are never broken, so it is one of the text."""
PDFIUM = Lock()
"""PDFium must not be entered by two threads at once."""


@dataclass(slots=True)
class Run:
    """Characters that stand beside one another, in page points from the lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float
    characters: list[str] = field(default_factory=list)


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, closed afterwards; raises Invalid (field "file") when it is locked or damaged."""
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            locked = "assword" in str(error)
            raise Invalid(
                {"file": "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại."}
                if locked
                else {"file": "Không mở được tệp PDF. Xuất lại hoặc quét lại rồi tải lên."}
            ) from error
        try:
            yield document
        finally:
            document.close()


def pages_of(data: bytes) -> Iterator[list[Line] | Image.Image]:
    """Of each page its lines in reading order, or its picture (grey, 200 dpi) when it bears no text.

    One after the other: of a scan of 500 pages one picture is in memory, and nobody waits for PDFium while it is read.
    """
    with opened(data) as document:
        count = len(document)
    for index in range(count):
        with opened(data) as document:
            try:
                page = _page(document[index], index + 1)
            except pdfium.PdfiumError as error:
                raise Invalid({"file": f"Không mở được trang {index + 1}. Quét lại từ trang này."}) from error
        yield page


def pictures_of(data: bytes) -> Iterator[tuple[int, Image.Image]]:
    """Each page that is a picture, with its number from 1, in colour; also where a scanner laid its own text under it."""
    with opened(data) as document:
        count = len(document)
    for index in range(count):
        with opened(data) as document:
            page = document[index]
            if _is_text(in_reading_order(_lines(page, index + 1))) and not _is_pictured(page):
                continue
            picture: Image.Image = page.render(scale=min(DPI / 72, LARGEST_SIDE / max(page.get_size()))).to_pil()
        yield index + 1, picture


def _is_pictured(page: pdfium.PdfPage) -> bool:
    """Whether one image covers half of the page or more."""
    wide, high = page.get_size()
    boxes = (one.get_bounds() for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
    return any((right - left) * (top - bottom) >= wide * high / 2 for left, bottom, right, top in boxes)


def text_pages_of(data: bytes) -> list[list[Line]]:
    """For each page the lines of its text layer, however few; no page is drawn, so it is quick."""
    with opened(data) as document:
        return [in_reading_order(_lines(document[index], index + 1)) for index in range(len(document))]


def printed_pages_of(data: bytes) -> list[list[Line]]:
    """For each page the lines of its text layer, none for a scan."""
    return [lines if _is_text(lines) else [] for lines in text_pages_of(data)]


def top_of(data: bytes, number: int, part: float) -> list[Line] | Image.Image:
    """The lines of a page (from 1) with a text layer, else the picture (grey, 200 dpi) of its upper `part` (0..1)."""
    with opened(data) as document:
        page = document[number - 1]
        lines = in_reading_order(_lines(page, number))
        if _is_text(lines):
            return lines
        high = page.get_height()
        scale = min(DPI / 72, LARGEST_SIDE / max(page.get_size()))
        picture: Image.Image = page.render(scale=scale, grayscale=True, crop=(0, high * (1 - part), 0, 0)).to_pil()
        return picture


def _is_text(lines: list[Line]) -> bool:
    return sum(len(line.text) for line in lines) >= FEWEST_CHARACTERS


def _page(page: pdfium.PdfPage, number: int) -> list[Line] | Image.Image:
    lines = in_reading_order(_lines(page, number))
    if _is_text(lines):
        return lines
    scale = min(DPI / 72, LARGEST_SIDE / max(page.get_size()))
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def _lines(page: pdfium.PdfPage, number: int) -> Iterator[Line]:
    left, bottom, right, top = page.get_bbox()
    wide, high = max(right - left, 1.0), max(top - bottom, 1.0)
    for run in _joined(_runs(page)):
        text = nfc("".join(run.characters)).strip()
        box = Box((run.x0 - left) / wide, (top - run.y1) / high, (run.x1 - left) / wide, (top - run.y0) / high)
        if text:
            yield Line(text, number, Box(*(round(min(max(side, 0.0), 1.0), 4) for side in box)))


def _runs(page: pdfium.PdfPage) -> list[Run]:
    """Cut the characters into runs at line breaks, and where the next one stands far off or on another height."""
    text = page.get_textpage()
    runs: list[Run] = []
    open_run = False
    space = False
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index)).replace(END_HYPHEN, "-")
        if character in "\r\n\0\ufffe":
            open_run = open_run and character in "\0\ufffe"
            continue
        if character.isspace():
            space = True
            continue
        x0, y0, x1, y1 = _character_box(text, index)
        run = runs[-1] if runs else None
        if run and open_run and _follows(run, x0, y0, y1):
            run.characters += [" "] if space or x0 - run.x1 > 0.25 * (y1 - y0) else []
            run.characters.append(character)
            run.x1, run.y0, run.y1 = max(run.x1, x1), min(run.y0, y0), max(run.y1, y1)
        else:
            runs.append(Run(x0, y0, x1, y1, [character]))
        open_run, space = True, False
    return runs


def _character_box(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    rectangle = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _follows(run: Run, x0: float, y0: float, y1: float) -> bool:
    height = max(min(run.y1 - run.y0, y1 - y0), 1.0)
    level = min(run.y1, y1) - max(run.y0, y0) > 0.5 * height
    return level and -0.6 * height < x0 - run.x1 < 1.6 * height


def _within(run: Run, small: Run) -> bool:
    """Whether a run is drawn over another: a letter printed twice to make it bold."""
    middle = (small.y0 + small.y1) / 2
    return run.x0 - 0.5 <= small.x0 and small.x1 <= run.x1 + 0.5 and run.y0 <= middle <= run.y1


def _joined(runs: list[Run]) -> list[Run]:
    """Put together runs of one line that a program drew word by word; columns stay apart."""
    done: list[Run] = []
    single, longer = ([run for run in runs if (len(run.characters) == 1) is alone] for alone in (True, False))
    overprinted = {id(run) for run in single if any(_within(other, run) for other in longer)}
    for run in sorted((run for run in runs if id(run) not in overprinted), key=lambda one: (-round(one.y0), one.x0)):
        before = done[-1] if done else None
        if before and _follows(before, run.x0, run.y0, run.y1) and run.x0 - before.x1 < 0.45 * (run.y1 - run.y0):
            before.characters += [" ", *run.characters] if run.x0 - before.x1 > 1 else run.characters
            before.x1 = max(before.x1, run.x1)
            before.y0, before.y1 = min(before.y0, run.y0), max(before.y1, run.y1)
        elif before and _blank_between(before, run):
            before.characters += ["   ", *run.characters]
            before.x1, before.y0, before.y1 = run.x1, min(before.y0, run.y0), max(before.y1, run.y1)
        else:
            done.append(run)
    return done


def _blank_between(before: Run, run: Run) -> bool:
    """Whether two runs of one line are parted by the blank of a number or a day that nobody filled in."""
    height = max(min(before.y1 - before.y0, run.y1 - run.y0), 1.0)
    level = min(before.y1, run.y1) - max(before.y0, run.y0) > 0.5 * height
    words = nfc("".join(before.characters)).strip(), nfc("".join(run.characters)).strip()
    near = 0 < run.x0 - before.x1 < WIDEST_BLANK * height
    return level and near and bool(BEFORE_A_BLANK.search(words[0]) and AFTER_A_BLANK.match(words[1]))
