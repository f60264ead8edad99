"""What is printed of work files: lists as tagged PDF/A by one template, the same rows as Excel (Phụ lục V).

A hand-over and a proposal hold two hundred files at most and come at once; what lies in a file, and a plan, may be long.
"""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from tram.kernel.verdicts import Hidden, WrongState
from tram.organisation.models import Unit
from tram.outputs.commands import have
from tram.outputs.sockets import Wanted
from tram.web.asked import Asked
from tram.web.paper import pdf
from tram.web.sending import handed
from tram.web.sheets import MEDIA_TYPE
from tram.workfiles.policy import may_list
from tram.workfiles.queries import archive, files, printing
from tram.workfiles.queries.files import Row
from tram.workfiles.queries.printing import TEMPLATE, Columns
from tram.workfiles.states import Decision

FILES: Columns = [
    ("STT", 10), ("Số, ký hiệu hồ sơ", 26), ("Tiêu đề hồ sơ", 0), ("Thời gian tài liệu", 42), ("Thời hạn bảo quản", 24),
    ("Số tờ, trang", 18), ("Ghi chú", 30),
]  # fmt: skip


def _paper(request: Asked, agency: Unit, name: str, rows: list[list[Any]], **told: Any) -> HttpResponse:
    """The list as a PDF."""
    told = printing.paper(agency, request.actor.name, request.at, columns=FILES, **told)
    content = pdf(TEMPLATE, told | {"rows": [printing.words(row) for row in rows]})
    return handed(request, content, name=name, media_type="application/pdf")


def _files(rows: list[Row]) -> list[list[Any]]:
    return [
        [place, row.notation, row.title, row.span, row.maintenance, row.page_total or "", row.description]
        for place, row in enumerate(rows, start=1)
    ]


def _made(request: Asked, wanted: Wanted) -> HttpResponse:
    """A short list at once; a long one on the page that shows how far it is."""
    made = have(actor=request.actor, at=request.at, wanted=wanted)
    return handed(request, made, name=wanted.name, media_type=wanted.media_type)


@require_POST
def contents_list(request: Asked, pk: int, form: str) -> HttpResponse:
    """Mục lục văn bản of a file, as this person may read it."""
    found = files.one(request.actor, pk, request.at.date())
    if form not in printing.FORMS:
        raise Hidden
    return _made(request, printing.contents_wanted(found, form))


@require_POST
def plan_list(request: Asked, year: int, form: str) -> HttpResponse:
    """Danh mục hồ sơ of the year."""
    may_list(request.actor).or_refuse()
    if form not in printing.FORMS:
        raise Hidden
    found = files.plan_in(request.actor.agency, year)
    if found is None:
        raise WrongState(f"Cơ quan chưa có danh mục hồ sơ năm {year}.")
    return _made(request, printing.plan_wanted(found, form))


@require_GET
def hand_over_list(request: Asked, pk: int, form: str) -> HttpResponse:
    """Mục lục hồ sơ nộp lưu with the biên bản giao nhận, two copies are signed (Điều 30)."""
    found = archive.hand_over(request.actor, pk, request.at.date())
    listed = archive.handed(found)
    rows = _files(listed)
    if form == "xlsx":
        out = BytesIO()
        printing.sheet(out, "Mục lục hồ sơ nộp lưu", FILES, rows, request.actor.name, request.at)
        return handed(request, out.getvalue(), name=f"muc-luc-nop-luu-{found.pk}.xlsx", media_type=MEDIA_TYPE)
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
        request, found.agency, f"bien-ban-giao-nhan-{found.pk}.pdf", rows, signers=signers, lines=lines, closing=closing,
        title="Biên bản giao nhận và mục lục hồ sơ nộp lưu",
    )  # fmt: skip


@require_GET
def disposal_list(request: Asked, pk: int) -> HttpResponse:
    """Danh mục hồ sơ hết thời hạn bảo quản, with the decision."""
    found = archive.disposal(request.actor, pk, request.at.date())
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
        request, found.agency, f"danh-muc-huy-{found.pk}.pdf", _files(archive.proposed(found)), lines=lines,
        title="Danh mục hồ sơ hết thời hạn bảo quản", closing=closing, signers=signers,
    )  # fmt: skip
