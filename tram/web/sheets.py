"""Sheets: lists as Excel, with true dates and numbers, a frozen heading, and a note on what was exported."""

import csv
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import IO, Any

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(
    title: str, headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], notes: Sequence[tuple[str, str]],
    texts: Collection[int] = (),
) -> bytes:  # fmt: skip
    """A small workbook, whole: as `write_sheet` writes it."""
    out = BytesIO()
    write_sheet(out, title, headings, rows, notes, texts)
    return out.getvalue()


def write_sheet(
    out: IO[bytes], title: str, headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]],
    notes: Sequence[tuple[str, str]], texts: Collection[int] = (),
) -> None:  # fmt: skip
    """A workbook of one table and a sheet "Ghi chú". `headings` are (words, width in characters); `texts`: columns in which what
    people type stays text: no "9/2008" becomes a day.

    Text is written as text, so a cell that begins with = + - @ is never a formula. Rows lie on the disk until all are there.
    """
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    page.freeze_panes(1, 0)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, (words, width) in enumerate(headings):
        page.set_column(column, column, width, text if column in texts else None)
        page.write_string(0, column, words, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(page, last, column, value, text if column in texts else wrapped, day)
    page.autofilter(0, 0, max(last, 1), len(headings) - 1)
    remarks = book.add_worksheet("Ghi chú")
    remarks.set_column(0, 1, 40)
    for line, (name, words) in enumerate(notes):
        remarks.write_string(line, 0, name, bold)
        remarks.write_string(line, 1, words, wrapped)
    book.close()


CSV = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With which a formula begins, in whatever width; programs that read CSV pass over blanks, tabs and new lines before it."""
BLANKS = ("\t", "\r", "\n")


def separated(headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same table as CSV for programs (RFC 4180, UTF-8 with its mark): days as 2026-10-31, numbers with a point.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = StringIO()
    book = csv.writer(out)
    book.writerow([words for words, _ in headings])
    book.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    is_live = isinstance(value, str) and (value.lstrip().startswith(FORMULA) or value.startswith(BLANKS))
    return f"'{value}" if is_live else value


def _write(page: Any, line: int, column: int, value: Any, text: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        page.write_datetime(line, column, value.replace(tzinfo=None), day)
    elif isinstance(value, date):
        page.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif isinstance(value, int | float):
        page.write_number(line, column, value, text)
    else:
        page.write_string(line, column, str(value), text)
