"""The official page and its form: a sheet drawn as PDF and as Word, a text cut into blocks, and what breaks the decree."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from tram.formats.rules import drawing, lettering
from tram.formats.rules.blocks import blocks_of as blocks_of
from tram.formats.rules.blocks import text_of as text_of_blocks
from tram.formats.rules.copying import copied, picked
from tram.formats.rules.judging import is_mendable as is_mendable
from tram.formats.rules.judging import judged
from tram.formats.rules.judging import mended as mended
from tram.formats.rules.recognising import Read, recognised
from tram.formats.rules.sheet import Appendix as Appendix
from tram.formats.rules.sheet import Block as Block
from tram.formats.rules.sheet import Finding as Finding
from tram.formats.rules.sheet import Proof as Proof
from tram.formats.rules.sheet import Sheet as Sheet
from tram.formats.rules.sheet import Signature as Signature
from tram.formats.rules.sheet import sheet_from as sheet_from
from tram.formats.rules.word_reading import FACE, blocks_of_items, items_of_word, measures, text_of_items
from tram.formats.rules.word_writing import word_file
from tram.formats.rules.words import law_on
from tram.kernel.verdicts import Invalid
from tram.reading.queries import Reading, opened_pdf, read_letter, text_of
from tram.signing.commands.wanted import Box
from tram.signing.queries import seal_box
from tram.web import paper

PAGE = Path(__file__).parent / "templates" / "formats" / "page.typ"
LETTERS = PAGE.with_name("letters.typ")
NO_WORD = "Tệp phải là Word (.docx)."
HEIGHT = 297 * 72 / 25.4


@dataclass(frozen=True, slots=True)
class Printed:
    """Bản in: the PDF and where things stand on it.

    `places`: `so`, `ngay`, `thang` where they were left blank; `nguoi_ky` and `co_quan` for the pictures of the two
    signatures. The names are those of the fields that `signing.reserve_fields` makes.
    """

    pdf: bytes
    places: dict[str, Box]


def as_pdf(sheet: Sheet) -> bytes:
    """The sheet as tagged PDF/A-2a in the cells and measures of NĐ 30/2020/NĐ-CP, Phụ lục I.

    Raises Invalid (field "body") for a letter that no font of the decree has: PDF/A keeps no empty boxes.
    """
    return printed(sheet).pdf


def as_pictures(sheet: Sheet) -> list[bytes]:
    """The pages as SVG, for who still writes. A letter that no font has is an empty box here; `as_pdf` refuses it."""
    return paper.pictures(PAGE, drawing.data_of(sheet))


def as_paper_copy(original: bytes, sheet: Sheet) -> bytes:
    """A paper (PDF) with the block of a copy under its last words, to be printed, signed and sealed (Phụ lục III, mẫu 3.1).

    `sheet.kind`: true_copy, forwarded_copy or extract_copy. An electronic copy (mẫu 3.2) has no block: `signing` writes
    its words into the corner. Raises Invalid (field "file") when the PDF is locked or damaged.
    """
    block = as_pdf(sheet)
    with opened_pdf(original) as document:
        return copied(document, pypdfium2.PdfDocument(block))


def as_extract(original: bytes, pages: Sequence[int]) -> bytes:
    """Some pages of a paper (PDF), counted from 1, which are what an extract copies.

    Raises Invalid (field "body") when it has no such page.
    """
    with opened_pdf(original) as document:
        if not pages or pages[0] < 1 or pages[-1] > len(document):
            raise Invalid({"body": f"Bản gốc có {len(document)} trang. Ghi lại các trang cần trích, ví dụ “Trang 1”."})
        return picked(document, pages)


def as_docx(sheet: Sheet) -> bytes:
    """The sheet as an editable Word file of the same measures; the same sheet gives the same bytes."""
    return word_file(drawing.data_of(sheet))


def printed(sheet: Sheet) -> Printed:
    """The same, with the places of blanks and signatures."""
    try:
        made, marks = paper.pdf_with_marks(PAGE, drawing.data_of(sheet), "place")
    except paper.Undrawable as error:
        raise Invalid(
            {
                "body": f"Ký tự {lettering.named(str(error))} không có trong phông chữ {FACE}. Bỏ hoặc thay bằng chữ khác."
            }
        ) from error
    places = {}
    for mark in marks:
        left, top = mark["x"], HEIGHT - mark["y"]
        places[mark["name"]] = Box(mark["page"] - 1, left, top - mark["height"], left + mark["width"], top)
    if "nguoi_ky" in places:
        places["co_quan"] = seal_box(places["nguoi_ky"])
    return Printed(made, places)


def check(sheet: Sheet) -> list[Finding]:
    """What breaks the form of NĐ 30/2020 in a sheet, cell by cell; nothing where all is right.

    So also each letter for which `as_pdf` would refuse the sheet.
    """
    strange = paper.undrawn(LETTERS, lettering.letters_of(sheet))
    return judged(sheet, beside=tuple(lettering.strange_letters(sheet, strange)))


@dataclass(frozen=True, slots=True)
class Checked:
    """Kết quả kiểm tra một tệp: the sheet that was recognised, what breaks its law, and that law's name ("" when none
    that we know was in force).
    """

    sheet: Sheet
    findings: list[Finding]
    law: str
    is_machine_read: bool


def check_file(file: Path | bytes, name: str = "") -> Checked:
    """Recognise a paper that came as PDF, Word, text or picture, and check it under the law of its day.

    Raises Invalid (field "file") as `reading.text_of` does.
    """
    reading = read_letter(file, name)
    word = (file if isinstance(file, bytes) else file.read_bytes()) if reading.text.source == "docx" else b""
    sheet, said, day = recognised(_read(reading, tuple(items_of_word(word)) if word else ()))
    law = None if said.is_of_the_party else law_on(day)
    beside = tuple(measures(word)) if word else ()
    findings = judged(sheet, said, day, beside) if law else []
    return Checked(sheet, findings, law["name"] if law else "", said.is_machine_read)


def blocks_of_docx(data: bytes) -> tuple[Block, ...]:
    """The body that somebody wrote in Word as blocks; raises Invalid (field "file") for what is no safe Word file."""
    if text_of(data).source != "docx":
        raise Invalid({"file": NO_WORD})
    return blocks_of_items(items_of_word(data))


@dataclass(frozen=True, slots=True)
class Written:
    """Dự thảo viết bằng Word: subject ("" when it has no head) and grounds as they stand there, and `body` as lines of the
    plain editor: numbers that Word counts by itself are written out, a row of a table is a line.
    """

    subject: str
    grounds: tuple[str, ...]
    body: str
    is_whole: bool


def written_in_word(data: bytes, name: str = "") -> Written:
    """What somebody wrote in Word. `is_whole`: a paper with its head, whose body alone is told; else all that it says.

    Raises Invalid as `blocks_of_docx` does.
    """
    if text_of(data).source != "docx":
        raise Invalid({"file": NO_WORD})
    sheet = check_file(data, name).sheet
    if sheet.body and (sheet.organ or sheet.addressees):
        return Written(sheet.subject, sheet.grounds, text_of_blocks(sheet.body), True)
    return Written("", (), text_of_items(items_of_word(data)), False)


def _read(reading: Reading, items: tuple[str | Block, ...]) -> Read:
    values: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    at, raw = {}, {}
    for field in reading.fields.__slots__:
        found = getattr(reading.fields, field)
        if isinstance(found.value, tuple):
            lists[field] = found.value
        elif isinstance(found.value, str):
            values[field] = found.value
        if found.place:
            at[field], raw[field] = found.place.line, found.raw
    return Read(tuple(line.text for line in reading.text.lines), values, lists, at, raw, items)
