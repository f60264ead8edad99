"""What is printed of work files: lists as tagged PDF/A by one template, the same rows as Excel (Phụ lục V)."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tram.kernel.verdicts import Hidden, WrongState
from tram.organisation.models import Unit
from tram.web.asked import Asked
from tram.web.paper import pdf
from tram.web.sheets import MEDIA_TYPE, sheet
from tram.workfiles.policy import may_list
from tram.workfiles.queries import archive, contents, files
from tram.workfiles.queries.files import Row
from tram.workfiles.states import PLAN_NAMES, Decision, PlanState

TEMPLATE = Path(__file__).parents[1] / "templates" / "workfiles" / "list.typ"
Columns = list[tuple[str, int]]
"""Words over a column, and its width in millimetres on paper, in half characters in Excel; 0: what is left."""
FILES: Columns = [
    ("STT", 10), ("Số, ký hiệu hồ sơ", 26), ("Tiêu đề hồ sơ", 0), ("Thời gian tài liệu", 42), ("Thời hạn bảo quản", 24),
    ("Số tờ, trang", 18), ("Ghi chú", 30),
]  # fmt: skip
PAPERS: Columns = [
    ("STT", 10), ("Số, ký hiệu", 30), ("Ngày tháng", 22), ("Tên loại và trích yếu nội dung", 0), ("Tác giả", 45),
    ("Số trang", 16), ("Ghi chú", 24),
]  # fmt: skip
PLANNED: Columns = [
    ("Số và ký hiệu hồ sơ", 30), ("Tiêu đề hồ sơ", 0), ("Thời hạn bảo quản", 28), ("Người lập hồ sơ", 60), ("Ghi chú", 28),
]  # fmt: skip
MOST = 2000


def _answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _day(day: Any) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _paper(request: Asked, agency: Unit, name: str, **told: Any) -> HttpResponse:
    """The list as a PDF."""
    parent = Unit.objects.filter(children=agency).values_list("name", flat=True).first() or ""
    data = {
        "agency": agency.name, "parent": parent, "printed_by": request.actor.name, "lines": [], "closing": [], "marks": [],
        "printed_at": request.at.strftime("%H:%M %d/%m/%Y"), **told,
    }  # fmt: skip
    data["rows"] = [[str(cell if cell is not None else "") for cell in row] for row in data["rows"]]
    return _answer(pdf(TEMPLATE, data), "application/pdf", name)


def _excel(request: Asked, title: str, columns: Columns, rows: list[list[Any]], name: str) -> HttpResponse:
    """The same rows as a workbook."""
    notes = [("Danh sách", title), ("Người xuất", request.actor.name), ("Lúc", request.at.strftime("%H:%M %d/%m/%Y"))]
    widths = [(words, width // 2 + 4 if width else 60) for words, width in columns]
    return _answer(sheet(title[:31], widths, rows, notes), MEDIA_TYPE, name)


def _files(rows: list[Row]) -> list[list[Any]]:
    return [
        [place, row.notation, row.title, row.span, row.maintenance, row.page_total or "", row.description]
        for place, row in enumerate(rows, start=1)
    ]


@require_GET
def contents_list(request: Asked, pk: int, form: str) -> HttpResponse:
    """Mục lục văn bản of a file, as this person may read it; what they may not is counted at the end."""
    found = files.one(request.actor, pk, request.at.date())
    papers, hidden, _ = contents.contents(request.actor, found, request.at.date(), limit=MOST)
    rows = [
        [row.ordinal or place, row.code, _day(row.issued_date) if form == "pdf" else row.issued_date,
         f"{row.type_name}: {row.subject}", row.organ_name, row.pages or "", ""]
        for place, row in enumerate(papers, start=1)
    ]  # fmt: skip
    if form == "xlsx":
        return _excel(request, "Mục lục văn bản", PAPERS, rows, f"muc-luc-van-ban-{found.pk}.xlsx")
    if form != "pdf":
        raise Hidden
    about = [f"Hồ sơ số {found.notation} năm {found.year}: {found.title}"]
    closing = [
        f"Mục lục này gồm {len(papers)} văn bản" + (f"; {hidden} văn bản người in không được xem." if hidden else ".")
    ]
    return _paper(
        request, found.agency, f"muc-luc-van-ban-{found.pk}.pdf", title="Mục lục văn bản trong hồ sơ", lines=about,
        columns=PAPERS, rows=rows, closing=closing, signers=[["NGƯỜI LẬP HỒ SƠ", found.creator_name.partition(",")[0]]],
    )  # fmt: skip


@require_GET
def hand_over_list(request: Asked, pk: int, form: str) -> HttpResponse:
    """Mục lục hồ sơ nộp lưu with the biên bản giao nhận, two copies are signed (Điều 30)."""
    found = archive.hand_over(request.actor, pk, request.at.date())
    listed = archive.handed(found)
    rows = _files(listed)
    if form == "xlsx":
        return _excel(request, "Mục lục hồ sơ nộp lưu", FILES, rows, f"muc-luc-nop-luu-{found.pk}.xlsx")
    if form != "pdf":
        raise Hidden
    day = found.decided_at if found.state == Decision.AGREED and found.decided_at else found.at
    papers, sheets = sum(row.doc_total for row in listed), sum(row.page_total for row in listed)
    taker = found.decided_by if found.state == Decision.AGREED else "…………………………"
    lines = [
        f"Hôm nay, ngày {day:%d/%m/%Y}, tại lưu trữ cơ quan {found.agency.name}, chúng tôi gồm:",
        f"Bên giao: {found.by_name}, đại diện {found.unit.name}.",
        f"Bên nhận: {taker}, người làm lưu trữ cơ quan.",
        f"Cùng giao nhận {len(listed)} hồ sơ điện tử gồm {papers} văn bản, {sheets} trang, theo mục lục dưới đây."
        + (f" {found.note}" if found.note else ""),
    ]
    closing = ["Biên bản lập thành 02 bản, mỗi bên giữ 01 bản."]
    if found.state == Decision.REFUSED:
        closing = [f"Lưu trữ đã trả lại, lý do: {found.reason}"]
    signers = [["ĐẠI DIỆN BÊN GIAO", found.by_name.partition(",")[0]], ["ĐẠI DIỆN BÊN NHẬN", found.decided_by]]
    return _paper(
        request, found.agency, f"bien-ban-giao-nhan-{found.pk}.pdf", signers=signers, columns=FILES, rows=rows,
        title="Biên bản giao nhận và mục lục hồ sơ nộp lưu", lines=lines, closing=closing,
    )  # fmt: skip


@require_GET
def disposal_list(request: Asked, pk: int) -> HttpResponse:
    """Danh mục hồ sơ hết thời hạn bảo quản, with the decision."""
    found = archive.disposal(request.actor, pk, request.at.date())
    rows = _files(archive.proposed(found))
    lines = [
        f"Người đề nghị: {found.proposed_by}, ngày {found.proposed_at:%d/%m/%Y}.",
        *([found.note] if found.note else []),
    ]
    agreed = f"Hủy theo {found.ground}; người quyết định: {found.decided_by}."
    closing = {Decision.AGREED: [agreed], Decision.REFUSED: [f"Không đồng ý hủy: {found.reason}"]}.get(
        Decision(found.state), []
    )
    signers = [["NGƯỜI ĐỀ NGHỊ", found.proposed_by], ["NGƯỜI QUYẾT ĐỊNH", found.decided_by]]
    return _paper(
        request, found.agency, f"danh-muc-huy-{found.pk}.pdf", title="Danh mục hồ sơ hết thời hạn bảo quản",
        lines=lines, columns=FILES, rows=rows, closing=closing, signers=signers,
    )  # fmt: skip


@require_GET
def plan_list(request: Asked, year: int, form: str) -> HttpResponse:
    """Danh mục hồ sơ of the year (Phụ lục V), headings in Roman numbers."""
    may_list(request.actor).or_refuse()
    if form not in ("pdf", "xlsx"):
        raise Hidden
    found = files.plan_in(request.actor.agency, year)
    if found is None:
        raise WrongState(f"Cơ quan chưa có danh mục hồ sơ năm {year}.")
    rows: list[list[Any]] = []
    for place, part in enumerate(files.plan_parts(found), start=1):
        rows.append([ROMAN[place - 1] if place <= len(ROMAN) else place, part.title.upper(), "", "", ""])
        rows += [[row.notation, row.title, row.maintenance, row.creator_name, row.description] for row in part.rows]
    if form == "xlsx":
        return _excel(request, f"Danh mục hồ sơ năm {year}", PLANNED, rows, f"danh-muc-ho-so-{year}.xlsx")
    state = f"Ban hành kèm theo {found.ground}" if found.ground else PLAN_NAMES[PlanState(found.state)]
    count = sum(1 for row in rows if row[2])
    return _paper(
        request, found.agency, f"danh-muc-ho-so-{year}.pdf", title=f"Danh mục hồ sơ năm {year}", lines=[f"({state})"],
        columns=PLANNED, rows=rows, closing=[f"Danh mục này có {count} hồ sơ."],
        signers=[["THỦ TRƯỞNG CƠ QUAN", found.approved_by]],
    )  # fmt: skip


ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX",
)  # fmt: skip
