"""A workbook read back: what stands in each cell of each sheet."""

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes, number: int = 1) -> list[list[Any]]:
    """The rows of a sheet, the first one unless another is named; an empty cell is None."""
    with ZipFile(BytesIO(content)) as package:
        root = ElementTree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
    rows = []
    for row in root.iter(f"{MAIN}row"):
        told = {_column(cell): _value(cell) for cell in row.iter(f"{MAIN}c")}
        rows.append([told.get(column) for column in range(max(told) + 1)])
    return rows


def _column(cell: ElementTree.Element) -> int:
    letters = re.match("[A-Z]+", cell.get("r", "A"))
    place = 0
    for letter in letters.group() if letters else "A":
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: ElementTree.Element) -> Any:
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    text = cell.findtext(f"{MAIN}v") or "0"
    return float(text) if "." in text else int(text)
