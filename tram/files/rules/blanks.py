"""Empty cells and rows of a sheet, left out before anybody looks at each: many programs write a million of them below the last figure.

Sources: ECMA-376 part 1, 18.3.1.4 (`c`) and 18.3.1.73 (`row`). Those that name their places may go; the last of a run stays, for what
comes after it may name none and be counted from there.
"""

import re
from collections.abc import Iterable, Iterator

CELL = rb'<c r="[A-Z]{1,3}\d{1,7}"[^>]{0,200}+(?<=/)>\s*+'
ROW = rb'<row r="\d{1,7}"[^>]{0,200}+>(?:(?<=/>)|\s*+(?:' + CELL + rb")*+</row>)\s*+"
"""Bounded: a part without the end of a tag would else be read to its end from each of its beginnings."""
CELLS, ROWS = (re.compile(b"(?:" + one + b")+(" + one + b")") for one in (CELL, ROW))


def without_blanks(content: Iterable[bytes]) -> Iterator[bytes]:
    """The part with the last one alone of each run of empty rows, of empty cells. Once a `<` may begin something else than a tag
    (comments, CDATA, letters of two bytes) all stays as it is.
    """
    held, is_plain = b"", True
    for piece in content:
        held += piece
        is_plain = is_plain and b"<!" not in held and b"\0" not in held
        cut = held.rfind(b"<")
        cut = cut if cut > 0 else len(held) - 1
        yield _thinned(held[:cut]) if is_plain else held[:cut]
        held = held[cut:]
    yield _thinned(held) if is_plain else held


def _thinned(piece: bytes) -> bytes:
    return CELLS.sub(rb"\1", ROWS.sub(rb"\1", piece))
