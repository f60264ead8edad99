"""Pages of sheets: one brought and looked at line by line, the mould to be filled in, what waits for another person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tram.indicators import forms
from tram.indicators.commands import sheets as commands
from tram.indicators.models import Sheet
from tram.indicators.policy import may_decide, may_enter, may_list, may_take
from tram.indicators.queries import figures, sheets
from tram.indicators.queries.figures import KINDS, indicators
from tram.indicators.rules.sheet import MOST, runs
from tram.kernel.actors import wear
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.organisation.models import Unit
from tram.tasks import queries as tasks
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_in, key_of, tell
from tram.web.sheets import MEDIA_TYPE, sheet

NAMES = {"refused": "Bị từ chối", "changed": "Đổi", "new": "Mới", "unchanged": "Không đổi"}
"""Of what a line does; first what has to be looked at."""
HOW = [
    (
        "Cách điền",
        "Mỗi dòng một số liệu. Điền cột Giá trị; dòng để trống Giá trị thì bỏ qua. Sửa số đã công bố thì ghi Lý do sửa.",
    ),
    (
        "Giá trị",
        "Gõ số trong ô Excel, hoặc chữ như 1.234,5; ≥ 11.900; ≈ 30. Thứ hạng: định dạng ô Văn bản (Text) rồi gõ 5/56.",
    ),
    ("Kỳ", "Chỉ tiêu tính đến một ngày: 30/9/2026. Chỉ tiêu theo kỳ: 2026, tháng 9/2026, quý III/2026, 6 tháng 2026."),
    (
        "Đưa vào",
        "Lưu lại, mở Chỉ tiêu, số liệu › Nhập từ bảng, chọn tệp này, xem từng dòng rồi nhập. Người khác duyệt mới công khai.",
    ),
]


@require_http_methods(["GET", "HEAD", "POST"])
def brought(request: Asked) -> HttpResponse:
    """Bring a sheet: read, then looked at; nothing is entered yet."""
    may_enter(request.actor, request.actor.agency, request.at.date()).or_refuse()
    agency = Unit.objects.get(pk=request.actor.agency)
    form = forms.Brought(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = commands.bring(
                actor=request.actor, at=request.at, agency=agency, name=file.name or "", content=file,
                document=form.cleaned_data["document"],
            )  # fmt: skip
        except Invalid as wrong:
            tell(form, wrong)
        except WrongState as full:
            form.add_error("file", str(full))
        else:
            return go(request, reverse("indicators:sheet", args=[made.pk]))
    context = {"form": form, "agency": agency, "most": MOST, "back_url": reverse("indicators:list")}
    return render(request, "indicators/sheets.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reviewed(request: Asked, pk: int) -> HttpResponse:
    """What each line of a sheet would do; POST enters it."""
    on = request.at.date()
    found = sheets.sheet_of(request.actor, pk, on)
    if found.taken_at and request.method != "POST":
        return go(request, f"{reverse('indicators:waiting')}?bang={pk}")
    may_take(wear(request.actor, found, may_take, on), found, on).or_refuse()
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _taken(request, found)
        except Invalid as wrong:
            errors = wrong.errors
    lines = sheets.review(found, on)
    return render(
        request, "indicators/sheet.html", _looked_at(request, found, lines, errors), status=422 if errors else 200
    )


def _taken(request: Asked, found: Sheet) -> HttpResponse:
    sure = [key_in(name.removeprefix("chac-")) for name in request.POST if name.startswith("chac-")]
    new, changed = commands.take(
        actor=request.actor, at=request.at, sheet=found, seen=request.POST.get("seen", ""), sure=sure,
        reason=request.POST.get("reason", "").replace("\x00", "").strip(),
    )  # fmt: skip
    say_next(request, f"Đã nhập {new} số mới, {changed} số đổi, chờ người khác duyệt.")
    return go(request, f"{reverse('indicators:waiting')}?bang={found.pk}")


def _looked_at(request: Asked, found: Sheet, lines: list[sheets.Judged], errors: dict[str, str]) -> dict[str, Any]:
    groups = [(key, name, [one for one in lines if one.verdict == key]) for key, name in NAMES.items()]
    return {
        "sheet": found, "blanks": runs(found.blanks), "counts": [(key, name, len(rows)) for key, name, rows in groups],
        "groups": [(key, name, [_line(one, request, errors) for one in rows]) for key, name, rows in groups if rows],
        "does": sum(one.does for one in lines), "refused": sum(one.verdict == "refused" for one in lines),
        "needs_reason": any(one.needs_reason and one.entry and not one.entry.reason for one in lines),
        "errors": errors, "reason": request.POST.get("reason", ""), "seen": sheets.mark(lines),
        "back_url": reverse("indicators:sheets"),
    }  # fmt: skip


def _line(one: sheets.Judged, request: Asked, errors: dict[str, str]) -> dict[str, Any]:
    told, typed = one.told, one.told.typed
    name = f"chac-{one.number}"
    return {
        "number": one.number, "name": told.indicator.name if told.indicator else typed.get("name") or typed.get("code", ""),
        "about": one.about.name if one.about else told.about,
        "period": told.period.name if told.period else typed.get("period", ""),
        "text": told.amount.text if told.amount else typed.get("value", ""),
        "unit": told.indicator.unit if told.indicator and told.indicator.type != "rank" else "",
        "former": one.former.text if one.former else "", "former_is": one.former_is,
        "differences": [row for row in one.differences if row[0] != "Giá trị"], "reason": one.entry.reason if one.entry else "",
        "source": ". ".join(word for word in (one.entry.publisher, one.entry.document) if word) if one.entry else "",
        "wrong": told.wrong, "asks": one.asks, "tick": name, "is_sure": name in request.POST, "error": errors.get(name, ""),
    }  # fmt: skip


@require_GET
def mould(request: Asked, pk: int = 0) -> HttpResponse:
    """A sheet to be filled in: of one series, or of all that the agency keeps."""
    on = request.at.date()
    series = figures.series_of(request.actor, pk, on) if pk else None
    if series is not None and series.indicator is None:
        raise Hidden
    if series is None:
        may_enter(request.actor, request.actor.agency, on).or_refuse()
    agency = series.agency if series else Unit.objects.get(pk=request.actor.agency)
    notes = HOW + [
        (one.code, f"{one.name}. Đơn vị: {one.unit}. {KINDS[one.kind].capitalize()}. {one.definition}")
        for one in ([series.indicator] if series and series.indicator else indicators().values())
    ]
    rows = sheets.mould(agency, on, series)
    made = sheet("Số liệu", list(sheets.COLUMNS.values()), rows, notes, texts=_texts(series))
    name = f"so-lieu-{series.slug if series else on.year}.xlsx"
    return HttpResponse(
        made, content_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _texts(series: Any) -> list[int]:
    """Columns in which nothing may become a day: the period but of a stock alone, the value of ranks."""
    names = list(sheets.COLUMNS)
    is_stock, is_rank = (
        (series.indicator.kind == "stock", series.indicator.type == "rank") if series else (False, False)
    )
    return [names.index("period")] * (not is_stock) + [names.index("value")] * is_rank


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: Asked) -> HttpResponse:
    """Figures that wait for another person; POST makes those that were ticked public."""
    on, bang, after = request.at.date(), key_of(request.GET, "bang"), key_of(request.GET, "sau")
    may_list(request.actor, on).or_refuse()
    one = sheets.sheet_of(request.actor, bang, on) if bang else None
    here = reverse("indicators:waiting") + (f"?bang={bang}" if bang else "")
    error = ""
    if request.method == "POST":
        try:
            done = _approved(request)
        except Invalid as wrong:
            error = str(wrong)
        else:
            say_next(request, f"Đã công bố {done} số liệu.")
            return go(request, here)
    rows, following = sheets.waiting(request.actor, on, sheet=bang, after=after, limit=MOST if bang else sheets.PAGE)
    context = {
        "rows": rows, "sheet": one, "error": error, "may_approve": _may_approve(request, rows), "back_url": reverse("indicators:list"),
        "actions": [act for act in tasks.actions(request.actor, one.ref, on) if act["is_mine"]] if one else [],
        "pager": {
            "previous_url": here if after else "", "words": f"{len(rows)} số liệu trên trang này",
            "next_url": f"{here}{'&' if bang else '?'}sau={following}" if following else "",
        },
    }  # fmt: skip
    return render(request, "indicators/waiting.html", context, status=422 if error else 200)


def _may_approve(request: Asked, rows: list[sheets.Waiting]) -> bool:
    """Whether some of these are this person's to approve."""
    on = request.at.date()
    some = next((row for row in rows if row.is_submitted and not row.is_own), None)
    if some is None:
        return False
    found = figures.one(request.actor, some.id, on)
    return bool(may_decide(wear(request.actor, found, may_decide, on), found, on))


def _approved(request: Asked) -> int:
    """Each tick says which figure, and which version of it was read."""
    ticks = [told.partition(".") for told in request.POST.getlist("so")]
    chosen = {key_in(pk): key_in(version) for pk, _, version in ticks}
    if not chosen:
        raise Invalid({"so": "Đánh dấu ít nhất một số liệu rồi bấm duyệt."})
    seen = figures.visible_to(request.actor, request.at.date()).filter(pk__in=chosen)
    if set(seen.values_list("pk", flat=True)) != set(chosen):
        raise Hidden
    return commands.approve_all(actor=request.actor, at=request.at, figures=chosen)
