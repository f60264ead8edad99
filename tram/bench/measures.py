"""Figures: what was timed, beside the floor timed in the same run, as one JSON line."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

Timed = Callable[[], object]


def p(samples: Sequence[float], share: float) -> float:
    """The sample below which this share of them lies; no outlier is left out."""
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * share))]


def seconds_of(act: Timed) -> float:
    """How long one call takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


@dataclass(slots=True)
class Figure:
    """Con số đo: seconds of each call, and of each call of the floor, in rounds that alternate A B A B.

    `ratio` of a rate is ours / floor in calls a second (higher is better, 1 is the floor itself); `ratio` of anything
    else is ours / floor in time (lower is better). The line says which.
    """

    name: str
    ours: list[list[float]] = field(default_factory=list)
    floor: list[list[float]] = field(default_factory=list)
    is_rate: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    def line(self) -> dict[str, Any]:
        """What is printed: milliseconds and calls a second; the ratio is the median over the rounds."""
        told: dict[str, Any] = {"figure": self.name, "n": sum(map(len, self.ours)), **_summary(self.ours, "")}
        if any(self.floor):
            told |= _summary(self.floor, "floor_")
            ratios = [_ratio(a, b) for a, b in zip(self.ours, self.floor, strict=True) if a and b]
            ratios = [1 / one for one in ratios] if self.is_rate else ratios
            which = "rate: ours/floor" if self.is_rate else "time: ours/floor"
            told |= {
                "ratio": round(median(ratios), 3),
                "ratio_is": which,
                "ratio_range": [round(min(ratios), 3), round(max(ratios), 3)],
            }
        return told | self.more


def _summary(rounds: list[list[float]], before: str) -> dict[str, float]:
    every = [one for each in rounds for one in each]
    if not every:
        return {}
    return {
        f"{before}p50_ms": round(p(every, 0.5) * 1000, 3),
        f"{before}p95_ms": round(p(every, 0.95) * 1000, 3),
        f"{before}per_s": round(len(every) / sum(every), 1),
    }


def _ratio(ours: list[float], floor: list[float]) -> float:
    """How many times as long one of ours takes, by the sum of a round: what comes rarely counts too."""
    return (sum(ours) / len(ours)) / (sum(floor) / len(floor))


def written(line: dict[str, Any]) -> str:
    """One figure as a line of JSON."""
    return json.dumps(line, ensure_ascii=False)
