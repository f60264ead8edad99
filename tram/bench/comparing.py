"""Two runs beside each other: what got slower."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tram.site.trouble import Trouble

Line = dict[str, Any]
WORSE = 1.25
"""A figure this many times worse than before got slower; less than that is the machine's own unrest."""


def read(file: Path) -> dict[str, Line]:
    """The figures of an earlier run by name. Raises Trouble when the file holds none."""
    try:
        lines = [json.loads(text) for text in file.read_text("utf-8").splitlines() if text.strip()]
        return {line["figure"]: line for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble(f"Không đọc được các con số trong {file} ({error}). Cần tệp do tram bench in ra.") from None


def slower(before: dict[str, Line], now: Sequence[Line]) -> list[str]:
    """A sentence for each figure that got slower.

    Where both runs have a floor their ratios are compared: a busy machine slows product and floor alike.
    """
    pairs = [(before[line["figure"]], line) for line in now if line["figure"] in before]
    found = [(old, new, factor) for old, new in pairs if (factor := _factor(old, new)) > WORSE]
    return [f"! {new['figure']}: chậm đi {factor:.2f} lần ({_told(old)} → {_told(new)})" for old, new, factor in found]


def _factor(old: Line, new: Line) -> float:
    if old.get("ratio") and new.get("ratio"):
        is_rate = str(new["ratio_is"]).startswith("rate")
        return float(old["ratio"] / new["ratio"] if is_rate else new["ratio"] / old["ratio"])
    name = "value" if "value" in new else "p50_ms"
    return float(new[name] / old[name]) if old.get(name) and new.get(name) else 1.0


def _told(line: Line) -> str:
    if "ratio" in line:
        return f"tỷ lệ {line['ratio']}"
    return f"{line['value']}" if "value" in line else f"{line['p50_ms']} ms"
