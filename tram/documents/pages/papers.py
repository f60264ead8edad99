"""Phiếu giải quyết văn bản đến as paper: who directed what, who was given it, what they propose (Phụ lục IV)."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tram.documents import queries
from tram.documents.screens.cards import card
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit
from tram.tasks.events import Kind
from tram.tasks.queries import holdings, reports, tasks_about
from tram.web.asked import Asked
from tram.web.paper import pdf

TEMPLATE = Path(__file__).parents[1] / "templates" / "documents" / "handling_slip.typ"


@require_GET
def handling_slip(request: Asked, pk: int) -> HttpResponse:
    """The slip of one document as tagged PDF/A, for whoever may read the document."""
    today = local_day(request.at)
    document = queries.visible_to(request.actor, today).select_related("agency__parent").filter(pk=pk).first()
    if document is None:
        raise Hidden
    content = pdf(TEMPLATE, _data(request, card(document), document.agency, document.ref))
    name = f"phieu-giai-quyet-{document.arrival_number or document.pk}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _data(request: Asked, card: dict[str, Any], agency: Unit, ref: str) -> dict[str, Any]:
    row = card["row"]
    shown = dict(card["fields"])
    fields = [
        ("Số đến, ngày đến", f"{row.arrival_number or '…'}, {shown['Ngày đến']}"),
        ("Tác giả", row.organ_name),
        ("Số, ký hiệu, ngày", ", ".join(part for part in (row.code, shown["Ngày văn bản"]) if part)),
        ("Trích yếu", row.subject),
        ("Hạn giải quyết", shown["Hạn xử lý"] or "không ghi"),
    ]
    return {
        "agency": agency.name,
        "parent": agency.parent.name if agency.parent else "",
        "number": str(row.arrival_number or ""),
        "fields": fields,
        "parts": _parts(card, ref, request),
        "printed_by": request.actor.name,
        "printed_at": _moment(request.at),
    }


def _parts(card: dict[str, Any], ref: str, request: Asked) -> list[dict[str, Any]]:
    given = [d for d in card["directions"] if d["recalled_at"] is None]
    work = tasks_about(ref, local_day(request.at))
    made = [task for task in work if task.kind in (Kind.HANDLE, Kind.COORDINATE)]
    leader = [{"words": d["note"] or "(không ghi ý kiến)", "by": f"{d['by_name']}, {_moment(d['at'])}"} for d in given]
    heads = [
        {"words": f"{held.holder}: {held.word or 'được phân việc'}", "by": _moment(held.since_at)}
        for held in holdings(ref)
        if held.how == "được phân"
    ]
    proposals = [
        {"words": f"{report.text} ({report.percent} %)", "by": f"{report.by}, {_moment(report.at)}"}
        for report in reports(request.actor, (task.id for task in made), local_day(request.at))
    ] + [{"words": task.outcome, "by": task.holder} for task in made if task.outcome]
    titles = (
        "Ý kiến chỉ đạo của lãnh đạo cơ quan",
        "Ý kiến của lãnh đạo đơn vị",
        "Ý kiến đề xuất của người giải quyết",
    )
    return [
        {"title": f"{place}. {title}", "entries": entries}
        for place, (title, entries) in enumerate(zip(titles, (leader, heads, proposals), strict=True), start=1)
    ]


def _moment(at: datetime) -> str:
    return at.strftime("%H:%M %d/%m/%Y")
