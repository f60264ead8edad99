"""The official page and its form: a sheet drawn as PDF and as Word, a text cut into blocks, and what breaks the decree."""

from dataclasses import dataclass
from pathlib import Path

from tram.formats.rules import drawing
from tram.formats.rules.blocks import blocks_of as blocks_of
from tram.formats.rules.judging import judged
from tram.formats.rules.judging import mended as mended
from tram.formats.rules.sheet import Appendix as Appendix
from tram.formats.rules.sheet import Block as Block
from tram.formats.rules.sheet import Finding as Finding
from tram.formats.rules.sheet import Sheet as Sheet
from tram.formats.rules.sheet import Signature as Signature
from tram.formats.rules.sheet import sheet_from as sheet_from
from tram.signing.commands.wanted import Box
from tram.signing.queries import seal_box
from tram.web import paper

PAGE = Path(__file__).parent / "templates" / "formats" / "page.typ"
HEIGHT = 297 * 72 / 25.4


@dataclass(frozen=True, slots=True)
class Printed:
    """Bản in: the PDF and where things stand on it.

    `places`: `so`, `ngay`, `thang` where they were left blank; `nguoi_ky` and `co_quan` for the pictures of the two
    signatures (domain.md 2.4). The names are those of the fields that `signing.reserve_fields` makes.
    """

    pdf: bytes
    places: dict[str, Box]


def as_pdf(sheet: Sheet) -> bytes:
    """The sheet as tagged PDF/A-2a in the cells and measures of NĐ 30/2020/NĐ-CP, Phụ lục I."""
    return paper.pdf(PAGE, drawing.data_of(sheet))


def printed(sheet: Sheet) -> Printed:
    """The same, with the places of blanks and signatures."""
    made = as_pdf(sheet)
    places = {}
    for mark in paper.marks(PAGE, "place"):
        left, top = mark["x"], HEIGHT - mark["y"]
        places[mark["name"]] = Box(mark["page"] - 1, left, top - mark["height"], left + mark["width"], top)
    if "nguoi_ky" in places:
        places["co_quan"] = seal_box(places["nguoi_ky"])
    return Printed(made, places)


def check(sheet: Sheet) -> list[Finding]:
    """What breaks the form of NĐ 30/2020 in a sheet, cell by cell; nothing where all is right."""
    return judged(sheet)
