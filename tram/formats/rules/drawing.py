"""A sheet made ready to be drawn: what each cell says, in capitals where the decree wants them, and how wide a table's columns are."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import segno
import yaml

from tram.formats.rules.sheet import COPIES, Appendix, Block, Proof, Sheet, Signature
from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import nfc

STAMP_WIDTHS = {"KHẨN": 20, "THƯỢNG KHẨN": 40, "HỎA TỐC": 30}
"""Millimetres; 8 high (Phụ lục I, Mục III, khoản 2)."""
HEADING_WORDS = {"part": "Phần", "chapter": "Chương", "section": "Mục", "subsection": "Tiểu mục"}
RESOLVES = {"decision": "QUYẾT ĐỊNH:", "resolution": "QUYẾT NGHỊ:"}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
NUMERIC = re.compile(r"[\d.,%+\-–\s/]*")
UNDRAWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\ud800-\udfff\ufffe\uffff]")
END = re.compile(r"[\s./;,]+$")
SHORT_CELL, LONGEST_CELL = 14, 80
LETTER_WIDTH, PADDING, NARROWEST_SHARE, WIDEST_TABLE = 2.5, 4.0, 25.0, 165.0
"""Millimetres: a letter of 13 points at its widest average, both sides of a cell, a column of sentences, the text."""


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """Code -> row of catalogue/document_kinds.yaml: administrative kinds and copies."""
    told = yaml.safe_load((CATALOGUE / "document_kinds.yaml").read_text("utf-8"))
    return {row["code"]: row for group in ("administrative", "copies") for row in told[group]}


def number_words(number: str) -> str:
    """Numbers below ten with a nought before them."""
    return number.zfill(2) if number.isdigit() else number


def day_words(day: int) -> str:
    """Days below ten with a nought before them."""
    return f"{day:02}"


def month_words(month: int) -> str:
    """January and February with a nought before them, the others without (khoản 4, điểm b)."""
    return f"{month:02}" if month < 3 else str(month)


def ended(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same words with "./." at their very end."""
    if not body or body[-1].kind == "table":
        return body
    last = body[-1]
    if last.text:
        return (*body[:-1], replace(last, text=f"{END.sub('', last.text)}./."))
    return (*body[:-1], replace(last, title=f"{END.sub('', last.title)}./."))


def data_of(sheet: Sheet) -> dict[str, Any]:
    """What page.typ and the Word writer draw, as JSON values."""
    kind = kinds().get(sheet.kind, {"name": sheet.kind})
    is_copy = sheet.kind in COPIES
    day = sheet.day
    year = day.year if day else sheet.year
    is_letter = sheet.kind == "official_letter"
    return {
        "title": inked(sheet.subject or kind["name"]),
        "author": inked(sheet.organ),
        "is_copy": is_copy,
        "has_date": sheet.kind != "minutes",
        "superior": [part.upper() for part in _lines(sheet.superior)],
        "organ": [part.upper() for part in _lines(sheet.organ)],
        "number": number_words(sheet.number),
        "notation": inked(sheet.notation),
        "place": inked(sheet.place),
        "day": day_words(day.day) if day else "",
        "month": month_words(day.month) if day else "",
        "year": str(year) if year else "",
        "matter": inked(sheet.subject) if is_letter else "",
        "kind_name": "" if is_letter else kind["name"].upper(),
        "subject": "" if is_letter else inked(sheet.subject),
        "urgency": inked(sheet.urgency),
        "urgency_width": STAMP_WIDTHS.get(inked(sheet.urgency), 0),
        "circulation": inked(sheet.circulation),
        "address_label": f"{inked(sheet.authority)} điện" if sheet.kind == "telegram" else "Kính gửi",
        "addressees": [bare(one) for one in sheet.addressees],
        "authority": "" if sheet.kind == "telegram" else inked(sheet.authority).upper(),
        "grounds": [bare(one) for one in sheet.grounds],
        "resolves": RESOLVES.get(sheet.kind, "") if sheet.authority or sheet.grounds else "",
        "body": [_block(one) for one in ended(sheet.body)],
        "signature": _signature(sheet.signature),
        "secretary": _signature(sheet.secretary) if sheet.secretary else None,
        "recipients": [bare(one) for one in sheet.recipients],
        "drafter": inked(sheet.drafter),
        "contact": inked(sheet.contact),
        "proof": _proof(sheet.proof) if sheet.proof else None,
        "appendices": [_appendix(sheet, at, one) for at, one in enumerate(sheet.appendices)],
    }


def _proof(proof: Proof) -> dict[str, str]:
    """The square code as a picture that may be drawn at any size, and the words beside it."""
    drawn = BytesIO()
    segno.make(proof.address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return {
        "square": drawn.getvalue().decode(),
        "words": f"Xác minh văn bản tại {proof.site}",
        "code": f"Mã: {proof.code}",
    }


def bare(words: str) -> str:
    """A line of a list without its dash and its end."""
    return re.sub(r"^[-–+•\s]+", "", END.sub("", inked(words)))


def inked(words: str) -> str:
    """NFC, without what neither paper nor XML can hold; the box of forms in the shape that the fonts have."""
    return UNDRAWN.sub("", nfc(words)).replace("\u2610", "\u25a1")


def _lines(words: str) -> list[str]:
    return [part.strip() for part in inked(words).splitlines() if part.strip()]


def _signature(signature: Signature) -> dict[str, Any]:
    titles = [inked(line).upper() for line in signature.titles]
    return {"titles": titles, "name": inked(signature.name), "post": inked(signature.post).upper()}


def _appendix(sheet: Sheet, at: int, appendix: Appendix) -> dict[str, Any]:
    """The line that leads back to the paper is filled on paper alone (Mục III, khoản 1, điểm c): with number and day."""
    number = (
        f"{number_words(sheet.number)}/{inked(sheet.notation)}" if sheet.number else f"      /{inked(sheet.notation)}"
    )
    dated = (
        f"ngày {day_words(sheet.day.day)} tháng {month_words(sheet.day.month)} năm {sheet.day.year}"
        if sheet.day
        else f"ngày      tháng      năm {sheet.year or '      '}"
    )
    of = " ".join(_lines(sheet.organ))
    kind = kinds().get(sheet.kind, {"name": sheet.kind})["name"]
    return {
        "name": f"Phụ lục {ROMAN[at] if at < len(ROMAN) else at + 1}" if len(sheet.appendices) > 1 else "Phụ lục",
        "title": inked(appendix.title).upper(),
        "reference": f"(Kèm theo {kind} số {number} {dated} của {of})",
        "is_landscape": appendix.is_landscape,
        "body": [_block(one) for one in ended(appendix.body)],
    }


def _block(block: Block) -> dict[str, Any]:
    wide = max((len(row) for row in block.rows), default=0)
    rows = [[inked(cell) for cell in (*row, *[""] * (wide - len(row)))] for row in block.rows]
    upper = block.kind in ("part", "chapter", "section", "subsection", "heading")
    title = inked(block.title)
    return {
        "kind": block.kind,
        "word": HEADING_WORDS.get(block.kind, ""),
        "number": inked(block.number),
        "title": title.upper() if upper else title,
        "text": inked(block.text),
        "rows": rows,
        "has_head": block.has_head,
        "columns": _columns(rows, block.has_head),
    }


def _columns(rows: list[list[str]], has_head: bool) -> list[dict[str, Any]]:
    """Columns of short words as wide as these (millimetres), the others sharing what is left; numbers to the right."""
    columns: list[dict[str, Any]] = []
    for cells in zip(*rows, strict=True):
        body = [cell for cell in cells[has_head:] if cell]
        numeric = bool(body) and all(NUMERIC.fullmatch(cell) for cell in body)
        longest = max((len(cell) for cell in body), default=1)
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        width = max(word, longest) * LETTER_WIDTH + PADDING
        is_short = longest <= SHORT_CELL
        align = "center" if numeric and longest < 4 else "right" if numeric else "left"
        columns.append({
            "width": round(width, 1),
            "share": 0 if is_short else round(min(longest, LONGEST_CELL) ** 0.7, 1),
            "align": align,
        })  # fmt: skip
    wide = sum(bool(column["share"]) for column in columns)
    short = sum(column["width"] for column in columns if not column["share"])
    if not wide or short + wide * NARROWEST_SHARE > WIDEST_TABLE:
        columns = [column | {"share": column["width"]} for column in columns]
    return columns
