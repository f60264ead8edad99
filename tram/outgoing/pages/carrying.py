"""Paper that leaves by post or hand: envelopes, slips that come back signed, and the book of what was carried (Phụ lục IV)."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from tram.kernel.actors import entitled
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.outgoing import forms
from tram.outgoing.models import Outgoing
from tram.outgoing.policy import PERMITS, may_see_book
from tram.outgoing.queries import carrying
from tram.outgoing.queries.documents import carried_places, one
from tram.outgoing.queries.sheets import STAMPS, place_name
from tram.outgoing.rules import day_words, kinds
from tram.outgoing.states import Way
from tram.outputs.commands import have
from tram.vietnamese.numbers import format_number
from tram.web.asked import Asked
from tram.web.paper import pdf
from tram.web.sending import handed

TEMPLATES = Path(__file__).parents[1] / "templates" / "outgoing"
SIZES = {"nho": (220, 110), "vua": (229, 162), "to": (324, 229)}
"""Millimetres: envelopes DL, C5 and C4, as they are sold here."""


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


@require_POST
def book(request: Asked) -> HttpResponse:
    """What left by post, or by hand, between two days, for the post office or the receivers to sign."""
    may_see_book(request.actor, request.actor.agency, request.at.date()).or_refuse()
    form = forms.Carried(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    told = form.cleaned_data
    book = carrying.wanted(request.actor.agency, Way(told["way"]), told["since"], told["until"])
    if book.rows > carrying.MOST:
        raise Invalid({"until": f"Có hơn {format_number(carrying.MOST)} dòng trong những ngày này. Chọn ít ngày hơn."})
    made = have(actor=request.actor, at=request.at, wanted=book)
    return handed(request, made, name=book.name, media_type=book.media_type)


def _shown(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
