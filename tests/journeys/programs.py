"""What programs make of a page: the words of feeds, data blocks, calendars, tables; and which cells would be alive."""

import csv
import json
import re
from io import StringIO
from typing import Any
from xml.etree.ElementTree import fromstring

from tests.followup.sheets import cells
from tests.journeys.shelf import Page

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NAMES = ("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-", "REFRESH-INTERVAL", "UID", "DTSTAMP", "DTSTART", "DTEND",
         "SUMMARY", "DESCRIPTION", "URL", "LOCATION", "SEQUENCE", "TRANSP")  # fmt: skip
BLANKS = ("\t", "\r", "\n")
LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def told_to_programs(page: Page) -> str:
    """Every word of it as a program reads it; a page for people says what its data block says."""
    kind, text = page.headers["Content-Type"], page.body.decode("utf-8-sig", errors="replace")
    if "json" in kind:
        return "\n".join(_strings(json.loads(text)))
    if "xml" in kind and "sheet" not in kind:
        return "\n".join(word for one in fromstring(text).iter() for word in (one.text or "", *one.attrib.values()))
    if "calendar" in kind:
        return "\n".join(_unescaped(line) for line in _lines(text))
    if "csv" in kind or "sheet" in kind:
        return "\n".join(word for row in _table(page) for cell in row for word in _typed(str(cell)))
    return "\n".join(word for block in BLOCK.findall(text) for word in _strings(json.loads(block)))


def cells_alive(page: Page) -> list[str]:
    """Cells of a table for programs that a spreadsheet would reckon; in a workbook no text is one."""
    if "csv" not in page.headers["Content-Type"]:
        return []
    return [cell for row in _table(page) for cell in row if _is_live(cell)]


def _is_live(cell: str) -> bool:
    return cell.lstrip().startswith(LIVE) or cell.startswith(BLANKS)


def _typed(cell: str) -> set[str]:
    """As it stands, and without the apostrophe that keeps it dead; a workbook writes letters that XML has no place for as _x001B_."""
    whole = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell)
    return {whole, whole.removeprefix("'")}


def _table(page: Page) -> list[list[Any]]:
    if "csv" not in page.headers["Content-Type"]:
        return cells(page.body)
    return list(csv.reader(StringIO(page.body.decode("utf-8-sig"), newline="")))


def _lines(text: str) -> list[str]:
    """Of a calendar; each begins with a name of its own, none with a word that somebody typed."""
    lines = text.replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line and not line.startswith(NAMES)]
    return lines


def _unescaped(line: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line)


def _strings(told: Any) -> list[str]:
    if isinstance(told, dict | list):
        return [word for one in (told.values() if isinstance(told, dict) else told) for word in _strings(one)]
    return [told] if isinstance(told, str) else []
