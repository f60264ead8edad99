"""Lists of work files that may be long, as paper and as a sheet: what lies in a file, the plan of a year (Phụ lục V)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from tram.kernel.actors import Actor
from tram.organisation.models import Unit
from tram.outputs.sockets import Keys, Tell, Wanted, list_wanted
from tram.web.binding import bind_list, counted
from tram.web.sheets import write_sheet
from tram.workfiles.models import Plan, WorkFile
from tram.workfiles.queries import contents, files
from tram.workfiles.states import PLAN_NAMES, PlanState

TEMPLATE = Path(__file__).parents[1] / "templates" / "workfiles" / "list.typ"
CONTENTS, PLAN = "workfiles.contents", "workfiles.plan"
Columns = list[tuple[str, int]]
"""Words over a column, and its width in millimetres on paper, in half characters in Excel; 0: what is left."""
PAPERS: Columns = [
    ("STT", 10), ("Số, ký hiệu", 30), ("Ngày tháng", 22), ("Tên loại và trích yếu nội dung", 0), ("Tác giả", 45),
    ("Số trang", 16), ("Ghi chú", 24),
]  # fmt: skip
PLANNED: Columns = [
    ("Số và ký hiệu hồ sơ", 30), ("Tiêu đề hồ sơ", 0), ("Thời hạn bảo quản", 28), ("Người lập hồ sơ", 60), ("Ghi chú", 28),
]  # fmt: skip
ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX",
)  # fmt: skip
FORMS = ("pdf", "xlsx")


def contents_wanted(file: WorkFile, form: str) -> Wanted:
    """Mục lục văn bản of a file."""
    return list_wanted(
        CONTENTS, {"file": file.pk}, form, agency=file.agency_id, rows=contents.papers_of(file).count(),
        title=f"mục lục văn bản, hồ sơ {file.notation} năm {file.year}", stem=f"muc-luc-van-ban-{file.pk}", url=file.url,
    )  # fmt: skip


def plan_wanted(plan: Plan, form: str) -> Wanted:
    """Danh mục hồ sơ of a year."""
    return list_wanted(
        PLAN, {"plan": plan.pk}, form, agency=plan.agency_id, rows=files.lines_of(plan).count(),
        title=f"danh mục hồ sơ năm {plan.year}", stem=f"danh-muc-ho-so-{plan.year}", url=plan.url,
    )  # fmt: skip


def make_contents(keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
    """What lies in a file as this person may read it; what they may not is counted at the end."""
    found = WorkFile.objects.select_related("agency").get(pk=keys["file"])
    rows, hidden = _contents(actor, found, at.date())
    if keys["form"] == "xlsx":
        return sheet(out, "Mục lục văn bản", PAPERS, counted(rows, tell), actor.name, at)
    closing = f"Mục lục này gồm {len(rows)} văn bản" + (
        f"; {hidden} văn bản người in không được xem." if hidden else "."
    )
    told = paper(
        found.agency, actor.name, at, title="Mục lục văn bản trong hồ sơ", columns=PAPERS, closing=[closing],
        lines=[f"Hồ sơ số {found.notation} năm {found.year}: {found.title}"],
        signers=[["NGƯỜI LẬP HỒ SƠ", found.creator_name.partition(",")[0]]],
    )  # fmt: skip
    return bind_list(out, TEMPLATE, told, map(words, rows), tell)


def _contents(actor: Actor, file: WorkFile, on: date) -> tuple[list[list[Any]], int]:
    """The rows, and how many papers this person may not read; read page by page."""
    rows: list[list[Any]] = []
    hidden, after = 0, 0
    while True:
        page, unread, after = contents.contents(actor, file, on, after=after)
        hidden += unread
        for one in page:
            title = f"{one.type_name}: {one.subject}"
            place = one.ordinal or len(rows) + 1
            rows.append([place, one.code, one.issued_date, title, one.organ_name, one.pages or "", ""])
        if not after:
            return rows, hidden


def make_plan(keys: Keys, *, by: str, at: datetime, out: IO[bytes], tell: Tell) -> None:
    """The plan, headings in Roman numbers."""
    found = Plan.objects.select_related("agency").get(pk=keys["plan"])
    parts = files.plan_parts(found)
    title, rows = f"Danh mục hồ sơ năm {found.year}", _planned(parts)
    if keys["form"] == "xlsx":
        return sheet(out, title, PLANNED, counted(rows, tell), by, at)
    state = f"Ban hành kèm theo {found.ground}" if found.ground else PLAN_NAMES[PlanState(found.state)]
    told = paper(
        found.agency, by, at, title=title, lines=[f"({state})"], columns=PLANNED,
        closing=[f"Danh mục này có {sum(len(part.rows) for part in parts)} hồ sơ."],
        signers=[["THỦ TRƯỞNG CƠ QUAN", found.approved_by]],
    )  # fmt: skip
    return bind_list(out, TEMPLATE, told, map(words, rows), tell)


def _planned(parts: Iterable[files.PlanPart]) -> Iterator[list[Any]]:
    for place, part in enumerate(parts, start=1):
        yield [ROMAN[place - 1] if place <= len(ROMAN) else place, part.title.upper(), "", "", ""]
        for row in part.rows:
            yield [row.notation, row.title, row.maintenance, row.creator_name, row.description]


def paper(agency: Unit, by: str, at: datetime, **told: Any) -> dict[str, Any]:
    """What `list.typ` tells above and below the rows."""
    parent = Unit.objects.filter(children=agency).values_list("name", flat=True).first() or ""
    return {
        "agency": agency.name, "parent": parent, "printed_by": by, "printed_at": at.strftime("%H:%M %d/%m/%Y"), **told,
    }  # fmt: skip


def words(row: Iterable[Any]) -> list[str]:
    """A row as it stands on paper."""
    return [
        cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell if cell is not None else "") for cell in row
    ]


def sheet(out: IO[bytes], title: str, columns: Columns, rows: Iterable[list[Any]], by: str, at: datetime) -> None:
    """The rows as a workbook."""
    notes = [("Danh sách", title), ("Người xuất", by), ("Lúc", at.strftime("%H:%M %d/%m/%Y"))]
    widths = [(name, width // 2 + 4 if width else 60) for name, width in columns]
    write_sheet(out, title, widths, rows, notes)
