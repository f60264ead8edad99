"""Paper that leaves by post or hand: envelopes, slips that come back signed, and the book of what was carried (Phụ lục IV)."""

from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tram.audit.queries import printed
from tram.kernel.actors import entitled
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.outgoing import forms
from tram.outgoing.models import Outgoing
from tram.outgoing.policy import PERMITS, may_see_book
from tram.outgoing.queries.books import MOST_CARRIED, carried
from tram.outgoing.queries.documents import carried_places, one
from tram.outgoing.queries.sheets import STAMPS, place_name
from tram.outgoing.rules import day_words, kinds
from tram.outgoing.states import Way
from tram.web.asked import Asked
from tram.web.binding import Column, Cover, bound, cells, written
from tram.web.paper import pdf

TEMPLATES = Path(__file__).parents[1] / "templates" / "outgoing"
SIZES = {"nho": (220, 110), "vua": (229, 162), "to": (324, 229)}
"""Millimetres: envelopes DL, C5 and C4, as they are sold here."""
PAPER = [
    Column("Ngày chuyển", "24mm", "center"), Column("Số, ký hiệu văn bản", "45mm"), Column("Nơi nhận văn bản", "1fr"),
    Column("Số lượng bì", "20mm", "center"), Column("Ký nhận và dấu bưu điện", "48mm"), Column("Ghi chú", "45mm"),
]  # fmt: skip
TITLES = {Way.POST: "Sổ gửi văn bản đi bưu điện", Way.HAND: "Sổ chuyển giao văn bản đi"}


def _carried(request: Asked, pk: int) -> tuple[Outgoing, dict[str, Any]]:
    """A letter that its clerk sends on paper, and what stands on every paper that goes with it."""
    document = one(request.actor, pk, request.at.date())
    entitled(request.actor, document, PERMITS["issue"], request.at.date())
    places = carried_places(document)
    if not places or document.issued_date is None:
        raise WrongState("Văn bản này chưa phát hành đến nơi nào qua bưu chính hoặc chuyển tay.")
    agency = Unit.objects.select_related("area", "parent__area").get(pk=document.agency_id)
    day, month, year = day_words(document.issued_date)
    return document, {
        "code": document.code, "agency": agency.name, "parent": agency.parent.name if agency.parent else "",
        "urgency": STAMPS[document.urgency], "places": places, "clerk": request.actor.name,
        "day": f"{document.issued_date:%d/%m/%Y}", "title": f"{kinds()[document.kind].name} {document.subject}",
        "dateline": f"{place_name(agency)}, ngày {day} tháng {month} năm {year}",
    }  # fmt: skip


@require_GET
def envelopes(request: Asked, pk: int) -> HttpResponse:
    """An envelope for each place; `co`: nho, vua or to."""
    document, told = _carried(request, pk)
    width, height = SIZES.get(request.GET.get("co", ""), SIZES["nho"])
    content = pdf(TEMPLATES / "envelope.typ", told | {"width": width, "height": height})
    return _shown(content, f"phong-bi-{document.pk}.pdf")


@require_GET
def slips(request: Asked, pk: int) -> HttpResponse:
    """A slip for each place, two to a page."""
    document, told = _carried(request, pk)
    return _shown(pdf(TEMPLATES / "sending_slip.typ", told), f"phieu-gui-{document.pk}.pdf")


@require_GET
def book(request: Asked) -> HttpResponse:
    """What left by post, or by hand, between two days, for the post office or the receivers to sign."""
    may_see_book(request.actor, request.actor.agency, request.at.date()).or_refuse()
    form = forms.Carried(request.GET)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    since, until, way = form.cleaned_data["since"], form.cleaned_data["until"], Way(form.cleaned_data["way"])
    rows = carried(request.actor.agency, way, since, until)
    if len(rows) > MOST_CARRIED:
        raise Invalid({"until": f"Có hơn {MOST_CARRIED} dòng trong những ngày này. Chọn ít ngày hơn."})
    cover = _cover(request, TITLES[way], since, until, len(rows))
    with bound(cover, PAPER, (cells(row) for row in rows)) as made:
        return _shown(made.read(), f"so-gui-{way}-{since:%Y%m%d}-{until:%Y%m%d}.pdf")


def _cover(request: Asked, title: str, since: date, until: date, count: int) -> Cover:
    agency = Unit.objects.select_related("parent").get(pk=request.actor.agency)
    return Cover(
        title=title, agency=agency.name, parent=agency.parent.name if agency.parent else "", year=until.year, first=0,
        last=0, since=written(since), until=written(until), count=count, aside=(), marks=tuple(printed(agency.pk)),
        clerk=request.actor.name, printed_at=request.at.strftime("%H:%M %d/%m/%Y"),
    )  # fmt: skip


def _shown(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
