"""Pages of figures for officials: the series, one series by periods, one figure, entering."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tram.audit.queries import history
from tram.indicators import forms
from tram.indicators.commands import figures
from tram.indicators.models import Series
from tram.indicators.pages.ways import offers, state_name
from tram.indicators.policy import may_enter, may_list
from tram.indicators.queries import figures as queries
from tram.indicators.queries.figures import Indicator, indicators
from tram.kernel.actors import wear
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import Unit
from tram.tasks import queries as tasks
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of, tell

WORDS = ("publisher", "document", "link", "note")


@require_GET
def listing(request: Asked) -> HttpResponse:
    """Series of this person's agencies, a page at a time."""
    on, after, here = request.at.date(), key_of(request.GET, "sau"), reverse("indicators:list")
    may_list(request.actor, on).or_refuse()
    rows, following = queries.rows(request.actor, on, after=after)
    pager = {
        "previous_url": here if after else "", "next_url": f"{here}?sau={following}" if following else "",
        "words": f"{len(rows)} chỉ tiêu trên trang này",
    }  # fmt: skip
    may_begin = bool(may_enter(request.actor, request.actor.agency, on))
    return render(request, "indicators/list.html", {"rows": rows, "pager": pager, "may_begin": may_begin})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Asked) -> HttpResponse:
    """Which indicator, about what; then its first figure."""
    may_enter(request.actor, request.actor.agency, request.at.date()).or_refuse()
    places = {unit.pk: unit for unit in queries.places(request.actor.agency)}
    names = [(pk, f"{unit.name} (toàn tỉnh)" if unit.parent_id is None else unit.name) for pk, unit in places.items()]
    asked = forms.Begin(request.GET if "code" in request.GET else None, places=names)
    context: dict[str, Any] = {
        "label": "Nhập số liệu của chỉ tiêu mới", "back_url": reverse("indicators:list"), "press": "Tiếp", "form": asked,
        "consequence": "Chọn chỉ tiêu trong danh mục. Chỉ tiêu đã có số thì mở ở danh sách rồi nhập kỳ mới.",
        "asks_which": True,
    }  # fmt: skip
    if not asked.is_bound or not asked.is_valid():
        return render(request, "indicators/step.html", context, status=422 if asked.is_bound else 200)
    told = asked.cleaned_data
    found = Series.objects.filter(code=told["code"], about=told["about"], agency=request.actor.agency).first()
    if found:
        return go(request, reverse("indicators:enter", args=[found.pk]))
    unit = Unit.objects.get(pk=request.actor.agency)
    return _entering(request, indicators()[told["code"]], unit, places[told["about"]], reverse("indicators:list"))


@require_http_methods(["GET", "HEAD", "POST"])
def enter_next(request: Asked, pk: int) -> HttpResponse:
    """The figure of another period of a series."""
    on = request.at.date()
    found = queries.series_of(request.actor, pk, on)
    if found.indicator is None:
        raise Hidden
    actor = wear(request.actor, found.agency_id, may_enter, on)
    may_enter(actor, found.agency_id, on).or_refuse()
    return _entering(
        request, found.indicator, found.agency, found.about, reverse("indicators:series", args=[pk])
    )  # fmt: skip


def _entering(request: Asked, indicator: Indicator, agency: Unit, about: Unit, back_url: str) -> HttpResponse:
    data = request.POST if request.method == "POST" and "value" in request.POST else None
    form = forms.Entered(data, indicator=indicator, today=request.at.date(), initial={"publisher": agency.name})
    if form.is_bound and form.is_valid():
        try:
            made = figures.enter(
                actor=request.actor, at=request.at, agency=agency, code=indicator.code, about=about, entry=entry_of(form),
                submits="trinh" in request.POST,
            )  # fmt: skip
        except Invalid as wrong:
            tell(form, wrong, amount="value")
        else:
            say_next(request, "Đã chuyển người duyệt." if "trinh" in request.POST else "Đã lưu nháp.")
            return go(request, reverse("indicators:figure", args=[made.pk]))
    context = {
        "form": form, "label": f"Nhập số liệu: {indicator.name}", "indicator": indicator, "about": about,
        "consequence": "Lưu nháp hoặc trình duyệt. Người khác duyệt thì công chúng mới đọc được.", "saves": True,
        "back_url": back_url,
    }  # fmt: skip
    return render(request, "indicators/step.html", context, status=422 if form.is_bound else 200)


def entry_of(form: forms.Entered) -> figures.Entry:
    """What the commands are told."""
    told = form.cleaned_data
    return figures.Entry(
        period=told["period"], amount=told["value"], reason=told.get("reason", ""), is_sure=told["is_sure"],
        **{name: told[name] for name in WORDS},
    )  # fmt: skip


@require_GET
def series(request: Asked, pk: int) -> HttpResponse:
    """One series: what it is, its figures by period."""
    on, after = request.at.date(), key_of(request.GET, "sau")
    found, here = queries.series_of(request.actor, pk, on), reverse("indicators:series", args=[pk])
    rows, following = queries.figures_of(found, after=after)
    may = may_enter(wear(request.actor, found.agency_id, may_enter, on), found.agency_id, on)
    context = {
        "series": found, "indicator": found.indicator, "rows": rows, "may_enter": bool(may and found.indicator),
        "is_public": any(row.public for row in rows), "back_url": reverse("indicators:list"),
        "pager": {
            "previous_url": here if after else "", "next_url": f"{here}?sau={following}" if following else "",
            "words": f"{len(rows)} kỳ trên trang này",
        },
    }  # fmt: skip
    return render(request, "indicators/series.html", context)


@require_GET
def figure(request: Asked, pk: int) -> HttpResponse:
    """One figure: what it says, the steps that are open, each time that it was public, what happened."""
    on = request.at.date()
    found = queries.one(request.actor, pk, on)
    out = queries.open_row(found)
    context = {
        "figure": found, "series": found.series, "indicator": found.series.indicator, "out": out,
        "state_name": state_name(found, out), "offers": offers(request.actor, found, out, on),
        "actions": [one for one in tasks.actions(request.actor, found.turn, on) if one["is_mine"]],
        "waits_for": next((held for held in tasks.holdings(found.turn) if held.until_at is None), None),
        "log": queries.log_of(found), "lines": history(found.ref),
        "back_url": reverse("indicators:series", args=[found.series_id]),
    }  # fmt: skip
    return render(request, "indicators/figure.html", context)
