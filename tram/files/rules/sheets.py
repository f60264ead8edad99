"""Sheets of figures: the cells of an XLSX or a CSV that passed the checks, as somebody typed them. Nothing is reckoned, nothing run.

Sources: ECMA-376 part 1, chapter 18 (SpreadsheetML: shared strings, styles, cells); RFC 4180.
"""

import csv
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Literal

from tram.files.rules.refusals import Limits, refusal, size_text
from tram.files.rules.xmls import read_part
from tram.vietnamese.repair import NAMES, guess_encoding
from tram.vietnamese.text import nfc, tidy

LIMITS = Limits(
    size=20 * 1024 * 1024, text_size=5 * 1024 * 1024, unpacked=200 * 1024 * 1024, elements=1_000_000, texts=("csv",)
)
"""Much of a workbook may be empty rows that somebody formatted: they are passed over, and all else is small."""
MOST_LINES, MOST_COLUMNS, MOST_LETTERS = 2000, 60, 2000
Kind = Literal["text", "number", "percent", "date", "month", "formula", "error"]
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001
SINCE_1904 = 1462
"""Days that the calendar of old Macintosh workbooks begins later."""
DAYS, MONTHS, PERCENTS = {14, 15, 16, 22, *range(27, 37), *range(50, 59)}, {17}, {9, 10}
"""Numbers of formats that every workbook knows."""
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
LETTERS = re.compile(r"[A-Z]{1,3}")
SEPARATORS = ";\t,"


@dataclass(frozen=True, slots=True)
class Cell:
    """Ô trong bảng: `text` of a number has a point before the fraction, of a day is 2008-09-30, of a percentage is in hundredths."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng trong bảng: its number as Excel shows it, what stands in it by the number of the column."""

    number: int
    cells: dict[int, Cell]


def read_sheet(path: Path, kind: str) -> list[Line]:
    """The lines of the first sheet that is not hidden, without empty ones. Raises FileRefused."""
    if kind == "csv":
        return _csv(path.read_bytes())
    if kind != "xlsx":
        raise refusal("sheet_kind", kind=kind.upper())
    try:
        with zipfile.ZipFile(path) as package:
            return _xlsx(package, {entry.filename: entry for entry in package.infolist()})
    except (ValueError, KeyError, IndexError, OverflowError) as error:
        raise refusal("sheet_damaged") from error


def _xlsx(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> list[Line]:
    book, links = Book(), dict[str, str]()
    read_part(package, parts["xl/workbook.xml"], see=book.see)
    if not book.sheets:
        raise refusal("sheet_none")
    read_part(
        package, parts["xl/_rels/workbook.xml.rels"],
        see=lambda element, told: links.update({told["Id"]: told["Target"]} if element == "Relationship" else {}),
    )  # fmt: skip
    strings, formats = Strings(), Formats()
    if entry := parts.get("xl/sharedStrings.xml"):
        read_part(package, entry, see=strings.see, hear=strings.hear, speak=("t",))
    if entry := parts.get("xl/styles.xml"):
        read_part(package, entry, see=formats.see)
    target = links[book.sheets[0]]
    place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = Cells(dict(enumerate(strings.all)), formats.cells, SINCE_1904 if book.is_1904 else 0)
    read_part(package, parts[place], see=found.see, hear=found.hear, speak=("f", "v", "t"))
    return found.lines()


class Book:
    """Which sheets a workbook shows."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.is_1904 = False

    def see(self, element: str, told: dict[str, str]) -> None:
        """Hear of an element."""
        if element == "workbookPr":
            self.is_1904 = told.get("date1904") in ("1", "true")
        if element == "sheet" and told.get("state", "visible") == "visible":
            self.sheets += [value for name, value in told.items() if name.endswith(":id")]


class Strings:
    """The texts that cells name by their number."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def see(self, element: str, _told: dict[str, str]) -> None:
        """Hear of an element."""
        if element == "si":
            self.all.append("")

    def hear(self, text: str) -> None:
        """A piece of the last one."""
        self.all[-1] = (self.all[-1] + text)[:MOST_LETTERS]


class Formats:
    """How the cells of each style show a number: as it is, as a percentage, as a day, as a month."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self._named: dict[int, str] = {}
        self._is_of_cells = False

    def see(self, element: str, told: dict[str, str]) -> None:
        """Hear of an element."""
        if element in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            self._is_of_cells = element == "cellXfs"
        elif element == "numFmt":
            self._named[int(told["numFmtId"])] = shown_as(told.get("formatCode", ""))
        elif element == "xf" and self._is_of_cells:
            number = int(told.get("numFmtId", 0))
            usual = (
                "date" if number in DAYS else "month" if number in MONTHS else "percent" if number in PERCENTS else ""
            )
            self.cells.append(self._named.get(number, usual))


def shown_as(code: str) -> str:
    """What a format makes of a number: "date", "month", "percent"; "" where it stays one."""
    bare = QUOTED.sub("", code.partition(";")[0]).lower()
    if "%" in bare:
        return "percent"
    if "general" in bare or not set(bare) & set("dmy"):
        return ""
    return "date" if "d" in bare or not {"m", "y"} <= set(bare) else "month"


@dataclass(slots=True)
class Raw:
    """One cell as its part has it."""

    type: str
    style: int
    text: str = ""
    is_formula: bool = False


@dataclass
class Cells:
    """The cells of one sheet, those that say something."""

    strings: dict[int, str]
    formats: list[str]
    shift: int
    found: dict[int, dict[int, Raw]] = field(default_factory=dict)
    row: int = 0
    column: int = -1
    cell: Raw | None = None
    element: str = ""

    def see(self, element: str, told: dict[str, str]) -> None:
        """Hear of an element."""
        self.element = element
        if element == "row":
            self.row, self.column = int(told.get("r", self.row + 1)), -1
        elif element == "c":
            named = LETTERS.match(told.get("r", ""))
            self.column = _column(named[0]) if named else self.column + 1
            self.cell = Raw(told.get("t", "n"), int(told.get("s", 0)))
        elif element == "f" and self.cell:
            self.cell.is_formula = True
            self._keep()

    def hear(self, text: str) -> None:
        """What stands in the last cell, or a piece of it."""
        if self.cell and self.element != "f" and text.strip():
            self.cell.text = (self.cell.text + text)[:MOST_LETTERS]
            self._keep()

    def _keep(self) -> None:
        if self.cell and self.column < MOST_COLUMNS:
            self.found.setdefault(self.row, {})[self.column] = self.cell
            if len(self.found) > MOST_LINES:
                raise refusal("sheet_many", limit=MOST_LINES)

    def lines(self) -> list[Line]:
        """All of them, from above. A text that many cells name counts for each of them."""
        found, letters = list[Line](), 0
        for number, row in sorted(self.found.items()):
            cells = {at: self._told(raw) for at, raw in row.items()}
            letters += sum(len(one.text) for one in cells.values())
            if letters > LIMITS.text_size:
                raise refusal("sheet_too_big", limit=size_text(LIMITS.text_size))
            if any(one.text for one in cells.values()):
                found.append(Line(number, cells))
        return found

    def _told(self, raw: Raw) -> Cell:
        if raw.is_formula:
            return Cell("formula", raw.text[:40] or "?")
        match raw.type:
            case "s":
                return _text(self.strings[int(raw.text)])
            case "e" | "b":
                return Cell("error", raw.text[:40])
            case "d":
                return Cell("date", date.fromisoformat(raw.text[:10]).isoformat())
            case "n":
                return self._number(raw)
            case _:
                return _text(raw.text)

    def _number(self, raw: Raw) -> Cell:
        value = float(raw.text)
        if not isfinite(value):
            return Cell("error", raw.text[:40])
        shown = self.formats[raw.style] if raw.style < len(self.formats) else ""
        exact = Decimal(f"{value:.15g}")
        if shown in ("date", "month") and 1 <= value < 2_958_466 - self.shift:
            day = (FIRST_DAY + timedelta(days=int(value) + self.shift)).date()
            return Cell("month" if shown == "month" and day.day == 1 else "date", day.isoformat())
        if shown == "percent":
            return Cell("percent", _plain(exact * 100))
        return Cell("number", _plain(exact))


def _plain(value: Decimal) -> str:
    told = f"{value:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _text(text: str) -> Cell:
    return Cell("text", tidy(nfc(text.replace("\x00", "")))[:MOST_LETTERS])


def _csv(data: bytes) -> list[Line]:
    text = _decoded(data)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=head.count)
    found = []
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), start=1):
            cells = {at: _text(word) for at, word in enumerate(row[:MOST_COLUMNS]) if word.strip()}
            if cells:
                found.append(Line(number, cells))
            if len(found) > MOST_LINES:
                raise refusal("sheet_many", limit=MOST_LINES)
    except csv.Error as error:
        raise refusal("csv_quotes", line=number + 1 if found else 1) from error
    return found


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        coding = guess_encoding(data[: 64 * 1024])
        raise refusal("csv_coding", coding=NAMES.get(coding, coding)) from error
