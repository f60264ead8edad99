"""Bàn văn thư (S1): lanes of papers that wait, the page image beside the slip, one paper after the other."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_GET, require_POST

from tram.documents import queries
from tram.documents.commands.arrive import bring, mark_duplicate, return_to_sender
from tram.documents.commands.register import register as register_paper
from tram.documents.commands.register import register_many
from tram.documents.forms import CODE, Reason, SlipForm
from tram.documents.models import Incoming
from tram.documents.pages.slip import OpenSlip, open_slip, twin_of
from tram.documents.policy import may_register
from tram.documents.screens import papers as screens
from tram.documents.states import BEFORE_THE_BOOK, Channel
from tram.files import queries as files
from tram.files.commands import end_upload
from tram.kernel.clock import LOCAL, local
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation import queries as organisation
from tram.organisation.models import Post, Unit
from tram.vietnamese.dates import WEEKDAYS
from tram.vietnamese.text import fold
from tram.web import drafts
from tram.web.after import go
from tram.web.asked import Asked
from tram.web.fields import key_in, key_of, tell

LANES = {Channel.EXCHANGE: "Liên thông", Channel.SCAN: "Bản quét", Channel.PAPER: "Chưa vào sổ giấy"}
MOST_PAGES = 60
LOOKING = timedelta(minutes=15)
"""So long the lane asks again for what is being found in a file of many pages."""


def agency_of(request: Asked) -> int:
    """The clerk's agency; refuses everybody else."""
    agency = request.actor.agency
    may_register(request.actor, agency, request.at.date()).or_refuse()
    return agency


def _waiting(request: Asked, pk: int) -> Incoming:
    """A paper of this desk that is not in the book yet."""
    agency = agency_of(request)
    found = queries.one(request.actor, pk, request.at.date())
    if found.agency_id != agency or found.state not in BEFORE_THE_BOOK:
        raise WrongState("Văn bản này đã rời bàn văn thư: có người vừa vào sổ hoặc trả lại.")
    return found


def address_of(lane: str, document: Incoming | None = None) -> str:
    return f"{reverse('documents:desk')}?{urlencode({'lan': lane, **({'van-ban': document.pk} if document else {})})}"


@require_GET
def desk(request: Asked) -> HttpResponse:
    """The desk with one paper open: the one asked for, else the first of the lane."""
    agency = agency_of(request)
    sizes = queries.lane_sizes(agency)
    asked = request.GET.get("lan", "")
    lane = asked if asked in LANES else next((name for name in LANES if sizes[name]), Channel.SCAN)
    wanted = key_of(request.GET, "van-ban")
    document = _waiting(request, wanted) if wanted else None
    if request.GET.get("phan") == "cho":
        return render(request, "documents/_waiting.html", {**_list(request, lane, sizes), "document": document})
    document = document or _first(agency, lane)
    if document and document.veiled:
        return go(request, reverse("documents:marked"))
    context = _open(request, lane, document)
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "documents/_desk.html" if fragment else "documents/desk.html", {**context, "oob": fragment})


def _first(agency: int, lane: str, after: int = 0) -> Incoming | None:
    rows, _ = queries.lane(agency, lane, after=after)
    open_ones = [row.id for row in rows if not row.asks]
    return Incoming.objects.get(pk=open_ones[0]) if open_ones else None


def _list(request: Asked, lane: str, sizes: dict[str, int] | None = None) -> dict[str, Any]:
    """The left pane: lanes, what waits in this one, the counters of the day."""
    agency, today = request.actor.agency, request.at.date()
    sizes = sizes or queries.lane_sizes(agency)
    rows, more = queries.lane(agency, lane, after=key_of(request.GET, "sau"))
    book = organisation.book(agency, "incoming", today.year)
    last = queries.last_registered(agency, today.year)
    return {
        "lane": lane,
        "drop_url": reverse("documents:drop"),
        "paper_url": address_of(Channel.PAPER),
        "empty_words": f"Không còn văn bản nào chờ vào sổ.{last_words(last)}",
        "lanes": [
            {"name": name, "count": sizes[code], "url": address_of(code), "current": code == lane}
            for code, name in LANES.items()
        ],
        "rows": [{**asdict(row), "url": f"{address_of(lane)}&van-ban={row.id}"} for row in rows],
        "more_url": f"{address_of(lane)}&sau={more}" if more else "",
        "marks": files.marks_waiting(agency),
        "is_reading": lane == Channel.SCAN
        and any(not row.is_read or not row.is_looked and row.arrived_at > request.at - LOOKING for row in rows),
        "book": book,
        "counts": {**queries.today_counts(agency, today, book.next_number if book else 1), "left": sum(sizes.values())},
        "self_url": address_of(lane),
    }


def _open(request: Asked, lane: str, document: Incoming | None, slip: OpenSlip | None = None) -> dict[str, Any]:
    """Everything of the desk with this paper open."""
    with_slip = document is not None or lane == Channel.PAPER
    slip = slip or (open_slip(request, document) if with_slip else None)
    draft = f"phieu-{'mat-' if document and document.secrecy else ''}{document.pk if document else 'giay'}"
    return {
        **_list(request, lane),
        **_paper(document),
        "document": document,
        "slip": slip,
        "draft": draft,
        "draft_at": drafts.kept_at(request.actor.account, draft) if slip and not slip.form.is_bound else None,
        "is_unread": document is not None and lane == Channel.SCAN and queries.proposal(document.pk) is None,
        "exclude": document.pk if document else "",
        "origin": screens.origin(document.pk) if document else None,
    }


def _paper(document: Incoming | None) -> dict[str, Any]:
    """The files of a paper with the addresses of their page images."""
    found = queries.files(document.pk) if document else []
    pages = [
        {"file": card, "number": number, "url": f"{card.image.rpartition('/')[0]}/{number}.jpg"}
        for card in found
        if card.image
        for number in range(1, (card.pages or 1) + 1)
    ]
    return {"files": found, "pages": pages[:MOST_PAGES]}


@require_POST
def drop(request: Asked) -> HttpResponse:
    """One dropped file. A refused one shows its own sentence beside its name; the others are not touched."""
    agency = Unit.objects.get(pk=agency_of(request))
    try:
        document = _brought(request, agency)
    except (Invalid, WrongState) as error:
        return HttpResponse(escape(str(error)), status=422)
    read = queries.proposal(document.pk)
    found = sum(1 for one in read[0].values() if one["value"] not in (None, "")) if read else 0
    context = {"url": address_of(Channel.SCAN, document), "is_read": read is not None, "found": found}
    return render(request, "documents/_dropped.html", context)


def _brought(request: Asked, agency: Unit) -> Incoming:
    """A small file comes whole, a large one in pieces before: then the form names its upload."""
    key, upload = request.POST.get("upload", ""), request.FILES.get("file")
    if key:
        with files.arrived(request.actor, key) as (name, stream):
            document = bring(actor=request.actor, at=request.at, agency=agency, stream=stream, name=name)
        end_upload(actor=request.actor, at=request.at, key=UUID(key))
        return document
    if upload is None:
        raise Invalid({"file": "Chọn một tệp rồi tải lên."})
    return bring(actor=request.actor, at=request.at, agency=agency, stream=upload, name=upload.name or "")


@require_POST
def register(request: Asked, pk: int | None = None) -> HttpResponse:
    """Save the slip: the number, and the next paper of the lane in the same answer."""
    agency = agency_of(request)
    document = _waiting(request, pk) if pk else None
    lane = document.channel if document else Channel.PAPER
    slip = open_slip(request, document, request.POST)
    made = _registered(request, agency, document, slip.form)
    if made is None:
        return _wrong(request, lane, document, slip)
    drafts.forget(request.actor.account, f"phieu-{pk or 'giay'}")
    drafts.forget(request.actor.account, f"phieu-mat-{pk}")
    return _next(request, lane, document, made)


def _registered(request: Asked, agency: int, document: Incoming | None, form: SlipForm) -> Incoming | None:
    """The paper in the book; None when the form now says what is wrong."""
    if not form.is_valid():
        return None
    leader = form.cleaned_data["present_to"]
    try:
        return register_paper(
            actor=request.actor,
            at=request.at,
            agency=Unit.objects.get(pk=agency),
            slip=form.slip(),
            document=document,
            present_to=Post.objects.select_related("unit").get(pk=leader) if leader else None,
            duplicate_reason=form.cleaned_data["duplicate_reason"],
            kept_number=form.cleaned_data.get("kept_number"),
        )
    except Invalid as error:
        tell(form, error, **CODE, duplicate="duplicate_reason")
        return None


def _wrong(request: Asked, lane: str, document: Incoming | None, slip: OpenSlip) -> HttpResponse:
    context = {**_open(request, lane, document, slip), "oob": False}
    if not request.headers.get("HX-Request"):
        return render(request, "documents/desk.html", context, status=422)
    return render(request, "documents/_slip.html", context, status=422)


def _next(request: Asked, lane: str, gone: Incoming | None, made: Incoming | None = None) -> HttpResponse:
    """The lane without the paper that left it, its next paper open; the number of the one just registered."""
    agency = request.actor.agency
    following = _first(agency, lane, gone.pk) or _first(agency, lane) if gone else None
    context = {**_open(request, lane, following), "oob": True}
    if made is not None:
        context |= {"flash": {"label": "Số đến", "number": made.arrival_number}, "arrival": arrival_of(request, made)}
    if not request.headers.get("HX-Request"):
        return render(request, "documents/desk.html", {**context, "oob": False})
    response = HttpResponse(render_to_string("documents/_desk.html", context, request))
    response.headers["HX-Push-Url"] = address_of(lane, following)
    return response


def arrival_of(request: Asked, document: Incoming) -> dict[str, Any]:
    """The stamp ĐẾN of a registered paper."""
    hour = document.arrival_time and datetime.combine(request.at.date(), document.arrival_time, LOCAL)
    agency = request.actor.acting.agency_name if request.actor.acting else ""
    return {
        "agency": agency,
        "number": document.arrival_number,
        "date": document.arrival_date,
        "hour": hour,
        "to": document.to_places,
        "file": document.file_code,
        "url": document.url,
    }


@require_POST
def register_picked(request: Asked) -> HttpResponse:
    """Batch: every picked paper that nothing is wrong or doubtful about; the others stay with their sentences."""
    agency = agency_of(request)
    lane = request.POST.get("lan", Channel.SCAN)
    picked = list(map(key_in, request.POST.getlist("pick")))
    papers = Incoming.objects.filter(agency=agency, pk__in=picked, state__in=BEFORE_THE_BOOK)
    sentences, ready = {}, []
    for document in papers.order_by("-urgency", "pk"):
        entry, sentence = _ready(request, document)
        if entry:
            ready.append(entry)
        else:
            sentences[document.pk] = sentence
    results = register_many(actor=request.actor, at=request.at, agency=Unit.objects.get(pk=agency), entries=ready)
    sentences |= {pk: str(error) for pk, error in results.items() if isinstance(error, Invalid)}
    numbers = [made.arrival_number for made in results.values() if isinstance(made, Incoming)]
    context = {**_open(request, lane, _first(agency, lane)), "oob": True, "numbers": numbers}
    context["rows"] = [{**row, "sentence": sentences.get(row["id"], "")} for row in context["rows"]]
    context["batch_words"] = f"Đã vào sổ và chuyển {len(numbers)} văn bản: số {', '.join(map(str, numbers))}."
    return render(request, "documents/_desk.html", context)


def _ready(request: Asked, document: Incoming) -> tuple[Any, str]:
    """The slip of a paper that may be registered unopened, or why it may not."""
    if queries.proposal(document.pk) is None:
        return None, "Máy chưa đọc xong. Chờ ít phút hoặc mở phiếu để gõ."
    slip = open_slip(request, document)
    if slip.doubts:
        return None, f"Còn {len(slip.doubts)} ô đọc chưa chắc. Mở phiếu để nhìn lại."
    if slip.twin:
        return None, f"Trùng số đến {slip.twin.arrival_number}. Mở phiếu để xem."
    form = SlipForm(
        {name: slip.form[name].value() for name in slip.form.fields},
        leaders=slip.form.fields["present_to"].choices[1:],  # type: ignore[attr-defined]
    )
    if not form.is_valid():
        return None, " ".join(str(errors[0]) for errors in form.errors.values())
    leader = form.cleaned_data["present_to"]
    return (document, form.slip(), Post.objects.select_related("unit").get(pk=leader) if leader else None), ""


@require_POST
def send_back(request: Asked, pk: int) -> HttpResponse:
    """Return a paper to its sender, with the reason."""
    document, form = _waiting(request, pk), Reason(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return_to_sender(actor=request.actor, at=request.at, document=document, reason=reason)
    return _next(request, document.channel, document)


@require_POST
def duplicate(request: Asked, pk: int) -> HttpResponse:
    """Take a paper out of the lane that is in the book already."""
    document = _waiting(request, pk)
    of = queries.one(request.actor, key_of(request.POST, "of"), request.at.date())
    mark_duplicate(actor=request.actor, at=request.at, document=document, of=of)
    return _next(request, document.channel, document)


@require_GET
def twin(request: Asked) -> HttpResponse:
    """While typing: whether the number of this sender is in the book already."""
    agency = agency_of(request)
    exclude = key_of(request.GET, "tru") or None
    found = twin_of(agency, request.GET, exclude)
    return render(request, "documents/_twin.html", {"twin": found, "exclude": exclude or ""})


@require_GET
def senders(request: Asked) -> HttpResponse:
    """Type-ahead of senders: agencies of the province, then names that past papers bore."""
    agency, text = agency_of(request), request.GET.get("q", "")[:200]
    units = organisation.find_units(text, request.at.date())
    options: list[dict[str, object]] = [{"value": unit.id, "label": unit.name, "note": unit.abbr} for unit in units]
    known = {fold(unit.name) for unit in units}
    past = [name for name in queries.senders(agency, text) if fold(name) not in known]
    options[:0] = [{"value": "", "label": name, "note": "đã gửi"} for name in past]
    return render(request, "web/_options.html", {"options": options[:8]})


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """What a typed day was understood as, shown back; or how to type it."""
    try:
        found = SlipForm.base_fields["issued_date"].clean(request.GET.get("value", "")[:40])
    except ValidationError as error:
        return HttpResponse(escape(" ".join(error.messages)))
    return HttpResponse(f"{WEEKDAYS[found.weekday()]}, {found:%d/%m/%Y}" if found else "")


def last_words(document: Incoming | None) -> str:
    """The last paper as the empty desk tells it."""
    if document is None or document.registered_at is None:
        return ""
    return f" Văn bản cuối: số {document.arrival_number}, {local(document.registered_at):%H:%M}."
