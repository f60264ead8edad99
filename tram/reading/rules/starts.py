"""Whether a page is the first of a letter: the nation's title with number and symbol at the top (NĐ 30/2020 Phụ lục I)."""

from collections.abc import Sequence

from tram.reading.rules.letterhead import head_of
from tram.reading.rules.page import Line

TOP = 0.4
"""The part of a page that holds the head of a letter."""


def head_number(lines: Sequence[Line]) -> str:
    """Số, ký hiệu in the head of a first page ("Số 45/UBND-KT"); "" where the page is not the first of a letter.

    The lines are those of one page. A letter that another one quotes or appends has no title of the nation over it, or
    stands lower on the page.
    """
    head = head_of([line for line in lines if line.box is None or line.box.middle < TOP])
    if not head.nation or head.number is None:
        return ""
    symbol = head.number.symbol
    return f"Số {head.number.number}/{symbol}" if head.number.number else f"Ký hiệu {symbol}"
