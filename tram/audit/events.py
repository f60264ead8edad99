"""What the audit records of itself, as sentences; and what is published of it."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

SENTENCES = {"audit.sealed": "đã niêm các dòng {first}–{last}, dấu kiểm {root}"}
COLUMNS = ("agency", "kind", "first", "last", "hash")
"""The columns of published marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Dấu kiểm: what was said of a chain's rows `first` to `last`: their Merkle root, or the chain's hash at `last`."""

    agency: int
    kind: str
    first: int
    last: int
    hash: bytes
    at: datetime | None = None

    @property
    def line(self) -> str:
        """As it is published."""
        return f"{self.agency},{self.kind},{self.first},{self.last},{self.hash.hex()}"


def marks_in(lines: Iterable[str]) -> list[Mark]:
    """Published marks read back; raises ValueError, with the number of the line, for what is none."""
    found = []
    for number, cells in enumerate(csv.reader(lines), start=1):
        if not cells or cells == list(COLUMNS):
            continue
        try:
            agency, kind, first, last, told = (cell.strip() for cell in cells)
            mark = Mark(int(agency), kind, int(first), int(last), bytes.fromhex(told))
        except ValueError as wrong:
            raise ValueError(f"dòng {number} không phải một dấu kiểm") from wrong
        if kind not in ("root", "head") or not 1 <= mark.first <= mark.last or len(mark.hash) != 32:
            raise ValueError(f"dòng {number} không phải một dấu kiểm")
        found.append(mark)
    return found
