"""A Word file as blocks and measures: paragraphs with their own numbering, tables with their cells, margins, faces, sizes.

The file has been opened once by the reading room, which refuses what is broken or hostile.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tram.formats.rules.blocks import from_lines, table, text_of
from tram.formats.rules.said import Found
from tram.formats.rules.sheet import TABLE, Block
from tram.vietnamese.text import nfc, tidy

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST_PART = 40_000_000
MM = 1440 / 25.4
MARGINS = {"top": ("trên", 20, 25), "bottom": ("dưới", 20, 25), "left": ("trái", 30, 35), "right": ("phải", 15, 20)}
FACE = "Times New Roman"
LOWER = "abcdefghijklmnopqrstuvwxyz"
ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
UNSEEN = {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


@dataclass(slots=True)
class _Numbers:
    """Numbering that Word counts by itself: list and level -> its form, and how far it has come."""

    forms: dict[tuple[str, str], tuple[str, str, int]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """What Word prints before this paragraph: "Điều 1. ", "a) "; "" for none."""
        told = paragraph.find(f"{W}pPr/{W}numPr")
        if told is None:
            return ""
        key = (_value(told.find(f"{W}numId")), _value(told.find(f"{W}ilvl")) or "0")
        if key not in self.forms:
            return ""
        form, words, start = self.forms[key]
        self.counts[key] = self.counts.get(key, start - 1) + 1
        for deeper in [other for other in self.counts if other[0] == key[0] and int(other[1]) > int(key[1])]:
            del self.counts[deeper]
        if form == "bullet":
            return "- "
        for level in range(int(key[1]) + 1):
            above = (key[0], str(level))
            number = self.counts.get(above, 1)
            words = words.replace(f"%{level + 1}", _figure(number, self.forms.get(above, ("decimal", "", 1))[0]))
        return f"{words} "


def items_of_word(data: bytes) -> list[str | Block]:
    """Lines with the numbers that Word prints before them, and data tables, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = _part(archive, "word/document.xml")
        numbers = _numbers(_part(archive, "word/numbering.xml"))
    found: list[str | Block] = []
    for child in _children(body.find(f"{W}body") if body is not None else None):
        if child.tag == f"{W}tbl" and _is_data(child):
            found.append(table([[_words(cell) for cell in row.iter(f"{W}tc")] for row in child.iter(f"{W}tr")]))
            continue
        for paragraph in child.iter(f"{W}p"):
            words = _text(paragraph)
            if words.strip():
                found += (numbers.label(paragraph) + words).splitlines()
    return found


def blocks_of_items(items: list[str | Block]) -> tuple[Block, ...]:
    """The same as blocks."""
    found: list[Block] = []
    lines: list[str] = []
    for item in [*items, Block(TABLE)]:
        if isinstance(item, str):
            lines.append(item)
        else:
            found += [*from_lines(lines), item]
            lines = []
    return tuple(found[:-1])


def text_of_items(items: list[str | Block]) -> str:
    """The same as lines of a plain editor."""
    return "\n".join(item if isinstance(item, str) else text_of((item,)) for item in items)


def body_of_items(items: list[str | Block], first: str, last: str) -> tuple[Block, ...]:
    """The blocks from the line that says `first` to what says `last`; none where these are not found."""
    ends = (
        [at for at, item in enumerate(items) if _says(item, first)],
        [at for at, item in enumerate(items) if _says(item, last)],
    )
    return blocks_of_items(items[ends[0][0] : ends[1][-1] + 1]) if all(ends) else ()


def _says(item: str | Block, words: str) -> bool:
    if isinstance(item, Block):
        return any(words == cell for row in item.rows for cell in row)
    return tidy(item).endswith(words)


def _children(element: Element | None) -> Iterator[Element]:
    for child in element if element is not None else ():
        if child.tag == f"{W}sdt":
            yield from _children(child.find(f"{W}sdtContent"))
        elif child.tag in (f"{W}p", f"{W}tbl"):
            yield child


def _is_data(element: Element) -> bool:
    """A table with rows and columns and drawn edges; one that only sets two columns side by side is none."""
    rows = element.findall(f"{W}tr")
    columns = max((len(row.findall(f"{W}tc")) for row in rows), default=0)
    edges = [edge.get(f"{W}val") for edge in element.iterfind(f"{W}tblPr/{W}tblBorders/*")]
    drawn = any(edge not in (None, "none", "nil") for edge in edges)
    styled = element.find(f"{W}tblPr/{W}tblStyle") is not None and not edges
    cells = any(edge.get(f"{W}val") not in (None, "none", "nil") for edge in element.iterfind(f".//{W}tcBorders/*"))
    return len(rows) > 1 and columns > 1 and (drawn or styled or cells)


def _words(cell: Element) -> str:
    return tidy(" ".join(_text(paragraph) for paragraph in cell.iter(f"{W}p")))


def _text(paragraph: Element) -> str:
    return nfc("".join(_pieces(paragraph)))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield " " if child.tag == f"{W}tab" else SIGNS[child.tag]
        elif child.tag not in UNSEEN and child.tag not in (f"{W}p", f"{W}pPr"):
            yield from _pieces(child)


def _numbers(part: Element | None) -> _Numbers:
    numbers = _Numbers()
    if part is None:
        return numbers
    levels = {one.get(f"{W}abstractNumId"): one.findall(f"{W}lvl") for one in part.findall(f"{W}abstractNum")}
    for one in part.findall(f"{W}num"):
        for level in levels.get(_value(one.find(f"{W}abstractNumId")), ()):
            key = (one.get(f"{W}numId") or "", level.get(f"{W}ilvl") or "0")
            start = _value(level.find(f"{W}start"))
            numbers.forms[key] = (
                _value(level.find(f"{W}numFmt")) or "decimal", _value(level.find(f"{W}lvlText")), int(start) if start.isdigit() else 1
            )  # fmt: skip
    return numbers


def _figure(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = LOWER[(number - 1) % 26]
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("upperRoman", "lowerRoman"):
        words, rest = "", number
        for value, sign in ROMANS:
            words += sign * (rest // value)
            rest %= value
        return words if form == "upperRoman" else words.lower()
    return str(number)


def _value(element: Element | None) -> str:
    return (element.get(f"{W}val") or "") if element is not None else ""


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    if name not in archive.namelist():
        return None
    with archive.open(name) as stream:
        xml = stream.read(LARGEST_PART)
    try:
        return None if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml else ElementTree.fromstring(xml)
    except ElementTree.ParseError:
        return None


def measures(data: bytes) -> Iterator[Found]:
    """What breaks the paper's measures: size of the sheet, margins, face, size of letters, page numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = _part(archive, "word/document.xml")
        styles = _part(archive, "word/styles.xml")
        headers = [
            _part(archive, name) for name in archive.namelist() if re.match(r"word/(header|footer)\d*\.xml", name)
        ]
    if body is None:
        return
    section = next(iter(reversed(list(body.iter(f"{W}sectPr")))), None)
    if section is not None:
        yield from _sheet_measures(section)
    yield from _faces(body, styles)
    numbered = any(
        "PAGE" in (words.text or "") for part in headers if part is not None for words in part.iter(f"{W}instrText")
    )
    numbered = numbered or any(
        "PAGE" in (one.get(f"{W}instr") or "")
        for part in headers
        if part is not None
        for one in part.iter(f"{W}fldSimple")
    )
    breaks = sum(1 for one in body.iter(f"{W}lastRenderedPageBreak"))
    if breaks and not numbered:
        yield Found("page_number", "page", "Văn bản nhiều trang phải đánh số trang ở giữa lề trên, từ trang 2.")


def _sheet_measures(section: Element) -> Iterator[Found]:
    paper, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if paper is not None:
        sides = sorted(round(_twips(paper, side) / MM) for side in ("w", "h"))
        if abs(sides[0] - 210) > 1 or abs(sides[1] - 297) > 1:
            yield Found(
                "paper_size",
                "page",
                "Khổ giấy phải là A4 (210 mm x 297 mm).",
                f"{sides[0]} x {sides[1]} mm",
                "210 x 297 mm",
            )
    if margin is not None:
        for side, (name, least, most) in MARGINS.items():
            wide = _twips(margin, side) / MM
            if not least - 0.5 <= wide <= most + 0.5:
                yield Found(
                    "margins", "page", f"Lề {name} phải từ {least} đến {most} mm.", f"{wide:.0f} mm", f"{least} mm"
                )


def _twips(element: Element, name: str) -> float:
    try:
        return float(element.get(f"{W}{name}") or 0)
    except ValueError:
        return 0.0


def _faces(body: Element, styles: Element | None) -> Iterator[Found]:
    base = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts") if styles is not None else None
    usual = (base.get(f"{W}ascii") or "") if base is not None else ""
    faces: dict[str, int] = {}
    large: dict[float, int] = {}
    for run in body.iter(f"{W}r"):
        length = len("".join(_pieces(run)).strip())
        fonts, size = run.find(f"{W}rPr/{W}rFonts"), _value(run.find(f"{W}rPr/{W}sz"))
        face = (fonts.get(f"{W}ascii") or usual) if fonts is not None else usual
        faces[face] = faces.get(face, 0) + length
        if size.isdigit():
            large[int(size) / 2] = large.get(int(size) / 2, 0) + length
    strange = [face for face, length in faces.items() if face and face != FACE and length > 20]
    for face in strange[:3]:
        yield Found("font", "page", f"Phông chữ phải là {FACE}, bộ mã Unicode.", face, FACE)
    running = max(large, key=lambda size: large[size], default=14.0)
    if not 13 <= running <= 14 and large[running] > 200:
        yield Found("size", "page", "Cỡ chữ nội dung phải từ 13 đến 14.", f"{running:g}", "14")
