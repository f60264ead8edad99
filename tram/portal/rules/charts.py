"""A chart of figures as shapes for an SVG: where points and bars stand. Plain arithmetic; how it looks is told by the style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

WIDTH, HEIGHT = 480, 220
LEFT, RIGHT, TOP, BOTTOM = 6, 6, 30, 30
FEWEST, MOST = 3, 24
"""So many figures make a chart; of more, the last are drawn."""
LETTER, LEAST_NEAR = 9.5, 46
"""Width of a letter; closer than the longest word and a letter, or than this, two words would touch."""


@dataclass(frozen=True, slots=True)
class Given:
    """Số liệu để vẽ: on which day its period ends, how it is printed, how its period is written under the axis."""

    on: date
    value: Decimal
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Một điểm hoặc cột: centre, top, height, left edge and width in units of the drawing, as text that no locale changes; which words stand at it."""

    x: str
    y: str
    height: str
    left: str
    width: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Biểu đồ: `line` is the path of a line chart, empty for bars; `zero` where the ground line stands."""

    marks: tuple[Mark, ...]
    line: str
    zero: str

    @property
    def is_line(self) -> bool:
        """A line for what is counted to a day, bars for what came about in a period."""
        return bool(self.line)


def chart(given: Sequence[Given], *, is_line: bool) -> Chart | None:
    """The drawing of some figures, in the order of time; None for too few of them."""
    shown = sorted(given, key=lambda one: one.on)[-MOST:]
    if len(shown) < FEWEST:
        return None
    values = [Decimal(0), *(one.value for one in shown)]
    lowest, highest = min(values), max(values)
    span = float(highest - lowest) or 1.0
    room = HEIGHT - TOP - BOTTOM

    def height(value: Decimal) -> float:
        return TOP + room * float(highest - value) / span

    zero, step = height(Decimal(0)), (WIDTH - LEFT - RIGHT) / len(shown)
    near = LETTER + max(LEAST_NEAR, LETTER * max(len(word) for one in shown for word in (one.text, one.label)))
    xs = _by_time([one.on for one in shown], near) if is_line else [LEFT + step * (n + 0.5) for n in range(len(shown))]
    named = _spaced(xs, near)
    marks = tuple(
        Mark(
            x=_unit(x), y=_unit(height(one.value) if is_line else min(height(one.value), zero)),
            height=_unit(abs(zero - height(one.value))), left=_unit(x - step * 0.3), width=_unit(step * 0.6),
            text=one.text if place in named else "", label=one.label if place in named else "",
        )
        for place, (x, one) in enumerate(zip(xs, shown, strict=True))
    )  # fmt: skip
    return Chart(marks, " ".join(f"{mark.x},{mark.y}" for mark in marks) if is_line else "", _unit(zero))


def _unit(length: float) -> str:
    return f"{round(length, 1):g}"


def _by_time(days: Sequence[date], near: float) -> list[float]:
    """Across the width by how far the days lie apart; room is left for words at both ends."""
    first, whole = days[0], (days[-1] - days[0]).days or 1
    left, right = LEFT + near / 2, WIDTH - RIGHT - near / 2
    return [left + (right - left) * (day - first).days / whole for day in days]


def _spaced(xs: Sequence[float], near: float) -> set[int]:
    """Which marks have words: the last, and from there each that is far enough from the one after it."""
    kept, edge = set[int](), float("inf")
    for place in range(len(xs) - 1, -1, -1):
        if edge - xs[place] >= near:
            kept.add(place)
            edge = xs[place]
    return kept


def told(given: Sequence[Given]) -> str:
    """What a chart shows, in a sentence, for whoever does not see it; the figures stand in the table beneath."""
    shown = sorted(given, key=lambda one: one.on)
    first, last = shown[0], shown[-1]
    ways = {(one.value > before.value) - (one.value < before.value) for before, one in pairwise(shown)} - {0}
    how = {frozenset({1}): "tăng qua các kỳ", frozenset({-1}): "giảm qua các kỳ"}.get(
        frozenset(ways), "lúc tăng lúc giảm"
    )
    return f"{len(shown)} kỳ, từ {first.text} ({first.label}) đến {last.text} ({last.label}), {how if ways else 'không đổi'}."
