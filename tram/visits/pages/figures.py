"""Lượt truy cập: a month of the agencies, as a page and as a file; an agency's pages; its population; publishing."""

from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tram.kernel.actors import Actor, wear
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Unit
from tram.visits import forms, queries
from tram.visits.commands.figures import enter_population, publish_ranking
from tram.visits.policy import may_enter, may_publish, may_see
from tram.visits.rules import (
    Placed,
    back,
    following,
    is_closed,
    kind_name,
    meanings,
    month_of,
    month_typed,
    must_be_closed,
)
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_in, tell
from tram.web.sending import handed
from tram.web.sheets import CSV, MEDIA_TYPE, separated, sheet

HEADINGS = [
    ("Thứ hạng", 9), ("Trong số", 9), ("Cơ quan", 44), ("Loại", 22), ("Lượt truy cập", 14), ("Lượt rô-bốt, không tính", 14),
    ("Dân số", 12), ("Lượt trên 1.000 dân", 14), ("Nguồn dân số", 40), ("Số liệu tính đến", 14),
]  # fmt: skip


def _month(request: Asked) -> date:
    """The month of the address line; else the one before this."""
    return month_typed(request.GET.get("thang", "")) or back(local_day(request.at), 1)


def _asked(month: date, **more: object) -> str:
    return "?" + urlencode({"thang": f"{month:%Y-%m}", **more})


def _may(actor: Actor, agency: Unit, permit: Any, on: date) -> bool:
    return bool(permit(wear(actor, agency, permit, on), agency, on))


@require_GET
def month(request: Asked) -> HttpResponse:
    """Every agency beside one's own in a month: visits, population, place."""
    may_see(request.actor).or_refuse()
    on, wanted = local_day(request.at), _month(request)
    above = queries.circle_of(request.actor.agency)
    placed = queries.month_of_agencies(above.pk, wanted)
    rows, next_key = _page(placed, request.GET.get("sau", ""))
    lines = [_row(request.actor, one, above, wanted, on) for one in rows]
    context = {
        "month": wanted, "above": above, "since": queries.counted_since(),
        "tables": [(kind, list(group)) for kind, group in groupby(lines, key=lambda line: line["kind_name"])],
        "pager": {"next_url": _asked(wanted, sau=next_key) if next_key else ""},
        "earlier": _asked(back(wanted, 1)), "later": _asked(following(wanted)) if following(wanted) <= on else "",
        "asked": _asked(wanted), "is_closed": is_closed(wanted, on), "published": queries.published(above.pk, wanted),
        "may_publish": request.actor.agency == above.pk and bool(may_publish(request.actor, above, on)), "meanings": meanings(), "back_url": "/",
    }  # fmt: skip
    return render(request, "visits/month.html", context)


def _page(placed: list[Placed], after: str) -> tuple[list[Placed], int]:
    """What follows an agency in the table, and the key of the next page; 0 for none."""
    keys = [one.line.agency for one in placed]
    key = key_in(after)
    start = keys.index(key) + 1 if key in keys else 0
    end = start + queries.PAGE
    return placed[start:end], keys[end - 1] if end < len(keys) else 0


def _row(actor: Actor, one: Placed, above: Unit, month: date, on: date) -> dict[str, Any]:
    line = one.line
    agency = Unit(pk=line.agency, parent_id=None if line.agency == above.pk else above.pk)
    return {
        "placed": one, "line": line, "kind_name": kind_name(line.kind),
        "url": reverse("visits:agency", args=[line.agency]) + _asked(month),
        "enter_url": reverse("visits:population", args=[line.agency]) if _may(actor, agency, may_enter, on) else "",
    }  # fmt: skip


@require_GET
def download(request: Asked) -> HttpResponse:
    """The table of a month: Excel, or CSV for programs."""
    may_see(request.actor).or_refuse()
    wanted = _month(request)
    above = queries.circle_of(request.actor.agency)
    rows = [_cells(one) for one in queries.month_of_agencies(above.pk, wanted)]
    stem = f"luot-truy-cap-{wanted:%Y-%m}"
    if request.GET.get("dang") == "csv":
        return handed(request, separated(HEADINGS, rows), name=f"{stem}.csv", media_type=CSV)
    notes = [
        ("Tháng", f"{wanted:%m/%Y}"), ("Cơ quan cấp trên", above.name), ("Người xuất", request.actor.name),
        ("Lúc", request.at.strftime("%H:%M %d/%m/%Y")), *meanings(),
    ]  # fmt: skip
    made = sheet(f"Lượt truy cập {wanted:%m-%Y}", HEADINGS, rows, notes)
    return handed(request, made, name=f"{stem}.xlsx", media_type=MEDIA_TYPE)


def _cells(one: Placed) -> list[Any]:
    line = one.line
    rate = None if line.rate is None else float(line.rate)
    return [
        one.place or None, one.of or None, line.name, kind_name(line.kind), line.visits, line.robots, line.people or None,
        rate, line.source, line.counted_on,
    ]  # fmt: skip


@require_GET
def agency(request: Asked, pk: int) -> HttpResponse:
    """The pages of an agency in a month, the most read first."""
    on, wanted = local_day(request.at), _month(request)
    found = queries.agency_of(request.actor, pk, on)
    visits, _, page = request.GET.get("sau", "").partition(":")
    after = (key_in(visits), page.replace("\x00", "")) if visits else None
    rows, more = queries.pages_of(pk, wanted, after)
    context = {
        "agency": found, "month": wanted, "rows": rows, "populations": queries.populations(pk),
        "pager": {"next_url": _asked(wanted, sau=f"{more[0]}:{more[1]}") if more else ""},
        "earlier": _asked(back(wanted, 1)), "later": _asked(following(wanted)) if following(wanted) <= on else "",
        "may_enter": _may(request.actor, found, may_enter, on), "back_url": reverse("visits:month") + _asked(wanted),
    }  # fmt: skip
    return render(request, "visits/agency.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def population(request: Asked, pk: int) -> HttpResponse:
    """Enter the population of an agency; what was entered before stands below."""
    on = local_day(request.at)
    found = queries.agency_of(request.actor, pk, on)
    may_enter(wear(request.actor, found, may_enter, on), found, on).or_refuse()
    before = list(queries.populations(pk))
    form = forms.Population(
        request.POST if request.method == "POST" else None, initial={"since": f"{month_of(back(on, 1)):%m/%Y}"}
    )
    if form.is_bound and form.is_valid():
        try:
            enter_population(actor=request.actor, at=request.at, agency=found, **form.cleaned_data)
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, f"Đã nhập dân số của {found.name}.")
            return go(request, reverse("visits:agency", args=[pk]))
    context = {"form": form, "agency": found, "populations": before, "back_url": reverse("visits:agency", args=[pk])}
    return render(request, "visits/population.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Asked) -> HttpResponse:
    """Publish a closed month: what will stand there is shown before."""
    on, wanted = local_day(request.at), _month(request)
    may_publish(request.actor, Unit(pk=request.actor.agency), on).or_refuse()
    own = queries.agency_of(request.actor, request.actor.agency, on)
    must_be_closed(wanted, on)
    before = queries.published(own.pk, wanted)
    form = forms.Publishing(request.POST if request.method == "POST" else None)
    if before is None:
        del form.fields["reason"]
    if form.is_bound and form.is_valid():
        try:
            publish_ranking(actor=request.actor, at=request.at, agency=own, month=wanted, **form.cleaned_data)
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, f"Đã công bố xếp hạng tháng {wanted:%m/%Y}.")
            return go(request, reverse("visits:month") + _asked(wanted))
    placed = [one for one in queries.month_of_agencies(own.pk, wanted) if one.place]
    context = {
        "form": form, "agency": own, "month": wanted, "placed": placed, "published": before,
        "back_url": reverse("visits:month") + _asked(wanted),
    }  # fmt: skip
    return render(request, "visits/publish.html", context, status=422 if form.is_bound else 200)
