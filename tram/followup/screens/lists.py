"""The rows behind a number of work as Excel: however many they are, a page at a time."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from tram.followup.rules import Period
from tram.followup.screens import work
from tram.kernel.actors import Actor
from tram.outputs.sockets import Keys, Tell, Wanted, list_wanted
from tram.tasks.events import KIND_NAMES, Kind
from tram.web.binding import PART, counted
from tram.web.sheets import write_sheet

MAKER = "followup.work"
HEADINGS = [
    ("Việc", 60), ("Loại việc", 20), ("Đơn vị", 34), ("Ngày giao", 11), ("Hạn", 11), ("Nộp kết quả", 11),
    ("Trạng thái", 18),
]  # fmt: skip
"""What the page shows: no list ranks people by name."""


def name_of(measure: str, kind: str = "") -> str:
    """The number in words: "Nhận trong kỳ, góp ý"."""
    name = work.COLUMNS[measure][0] if measure in work.COLUMNS else "Xong trong kỳ"
    return f"{name}, {KIND_NAMES[Kind(kind)].lower()}" if kind else name


def wanted(actor: Actor, units: set[int], period: Period, at: datetime, measure: str, kind: str, *, url: str) -> Wanted:
    """What a number counts, as Excel."""
    keys = {"units": sorted(units), "period": period.key, "measure": measure, "kind": kind}
    return list_wanted(
        MAKER, keys, "xlsx", agency=actor.agency, rows=work.number(units, period, at, measure, kind),
        title=f"danh sách việc, {name_of(measure, kind).lower()}, {period.name.lower()}",
        stem=f"danh-sach-viec-{period.key}-{measure.replace('_', '-')}", url=url,
    )  # fmt: skip


def make(keys: Keys, *, by: str, at: datetime, out: IO[bytes], tell: Tell) -> None:
    """What was wanted, written into a file of the disk; asks no rights."""
    period = Period.of(keys["period"], at.date())
    notes = [
        ("Danh sách", name_of(keys["measure"], keys["kind"])), ("Kỳ", period.name), ("Người xuất", by),
        ("Lúc", at.strftime("%H:%M %d/%m/%Y")), *work.NOTES,
    ]  # fmt: skip
    write_sheet(out, f"Việc {period.key}", HEADINGS, counted(_rows(keys, period, at), tell), notes)


def _rows(keys: Keys, period: Period, at: datetime) -> Iterator[list[Any]]:
    after = 0
    while True:
        rows, after = work.counted(set(keys["units"]), period, at, keys["measure"], keys["kind"], after, PART)
        for row in rows:
            yield [
                row.title, row.kind_name, row.unit_name, row.given_at.date(), row.due_on, row.submitted_on, row.state_name,
            ]  # fmt: skip
        if not after:
            return
