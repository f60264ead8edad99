"""What was on the pages: lines of text with their places, in the order in which a person reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page as fractions 0..1 of its width and height, the origin at the top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Line:
    """One line as printed. An empty text is a visible gap; `sure` is what the machine reader says of itself, 0..1."""

    text: str
    page: int | None = None
    box: Box | None = None
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a file: `source` is pdf-text, docx, txt or ocr; `pages` is None where the format has none."""

    pages: int | None
    lines: tuple[Line, ...]
    source: str
    engine: str = ""

    @property
    def plain(self) -> str:
        """The text alone, one line a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def paged(self) -> str:
        """The text alone, pages apart by form feeds."""
        pages = groupby(self.lines, key=lambda line: line.page)
        return "\f".join("\n".join(line.text for line in page) for _number, page in pages)


def in_reading_order(lines: Iterable[Line]) -> list[Line]:
    """Order the lines of one page: top to bottom, but two columns that stand side by side one after the other.

    A visible gap between two lines becomes an empty line, so that scans and PDFs show paragraphs as texts do.
    """
    placed = [(line, line.box) for line in lines if line.box and line.text.strip()]
    if not placed:
        return []
    height = median(box.height for _, box in placed)
    ordered: list[Line] = []
    for column in _columns(_rows(placed)):
        if ordered:
            ordered += _gap(ordered[-1], column[0], height)
        for line in column:
            if line is not column[0]:
                ordered += _gap(ordered[-1], line, height)
            ordered.append(line)
    return ordered


def _gap(above: Line, below: Line, height: float) -> list[Line]:
    if above.box is None or below.box is None:
        return []
    apart = below.box.y0 - above.box.y1
    wide = apart > 0.85 * height or apart < -2 * height
    return [replace(below, text="", box=None)] if wide else []


def _rows(placed: list[tuple[Line, Box]]) -> list[list[tuple[Line, Box]]]:
    """Lines whose middles lie on one height, left to right."""
    rows: list[list[tuple[Line, Box]]] = []
    for line, box in sorted(placed, key=lambda one: one[1].middle):
        last = rows[-1][0][1] if rows else None
        if last and abs(box.middle - last.middle) < 0.5 * min(box.height, last.height):
            rows[-1].append((line, box))
        else:
            rows.append([(line, box)])
    return [sorted(row, key=lambda one: one[1].x0) for row in rows]


def _columns(rows: list[list[tuple[Line, Box]]]) -> Iterator[list[Line]]:
    """Runs of lines to be read one after the other: a full-width run, or the left and then the right column."""
    left: list[Line] = []
    right: list[Line] = []
    full: list[Line] = []
    for row in rows:
        sides = [_side(box) for _, box in row]
        if "full" in sides and len(row) != 2 or len(row) > 2 or (len(row) == 2 and not _apart(row)):
            yield from _one_after_the_other(left, right)
            left, right = [], []
            full += [line for line, _ in row]
            continue
        if full:
            yield full
            full = []
        for at, (line, _) in enumerate(row):
            onto_right = at == 1 if len(row) == 2 else sides[0] == "right"
            (right if onto_right else left).append(line)
    yield from _one_after_the_other(left, right)
    yield from [full] if full else []


def _one_after_the_other(left: list[Line], right: list[Line]) -> list[list[Line]]:
    """Left, then right; but what begins on the left below a gap, under the end of the right column, comes last."""
    bottom = max((line.box.y1 for line in right if line.box), default=1.0)
    for at, (above, below) in enumerate(pairwise(left), 1):
        if above.box and below.box and below.box.y0 > max(bottom, above.box.y1 + 0.85 * below.box.height):
            return [left[:at], right, left[at:]]
    return [column for column in (left, right) if column]


def _apart(row: list[tuple[Line, Box]]) -> bool:
    return row[0][1].centre < 0.48 and row[1][1].centre > 0.52


def _side(box: Box) -> str:
    if box.x1 <= 0.58 and box.centre < 0.44:
        return "left"
    return "right" if box.x0 >= 0.38 and box.centre > 0.58 else "full"
