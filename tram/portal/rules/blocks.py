"""How the blocks of an article stand on a page for readers."""

from collections.abc import Mapping, Sequence
from typing import Any

PLACES = ("start", "middle", "end")


def focus_class(focus: Sequence[float]) -> str:
    """Which of nine parts of a picture stays in sight where it is cut: the pages carry no styles of their own."""
    across, down = (PLACES[min(2, int(part * 3))] for part in focus)
    return f"x-{across} y-{down}"


def has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names its columns: it has words in every cell and no number."""
    return len(rows) > 1 and all(cell.strip() and not _is_number(cell) for cell in rows[0])


def _is_number(cell: str) -> bool:
    return bool(cell.strip()) and not any(letter.isalpha() for letter in cell)


def picture_of(block: Mapping[str, Any] | None) -> dict[str, str] | None:
    """A picture beside a line of a list: its file, what it shows, where it may be cut; None for none."""
    if not block or not block.get("file"):
        return None
    return {
        "file": str(block["file"]),
        "alt": str(block.get("alt", "")),
        "cut": focus_class(block.get("focus", (0.5, 0.5))),
    }
