"""How an agency says what its site looks like: one screen with the page beside the form; letting out, dropping, putting back."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tram.files.queries import cards_there
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Unit
from tram.skins import commands, forms
from tram.skins.models import Skin
from tram.skins.queries import log_of, mark_of, open_skin, own_agency, told_of, tried, worn_with
from tram.skins.rules import DARK, LEAST, LIGHT, Told, choices, colour_of, contrast, figure, in_the_dark, nearest
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import done, tell

HOME = "skins:look"
DEFAULT = "mặc định"


def _agency(request: Asked) -> Unit:
    return own_agency(request.actor, local_day(request.at))


@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: Asked) -> HttpResponse:
    """What the site looks like, tried or worn; POST keeps another look to be seen beside the form."""
    agency = _agency(request)
    row, out = tried(agency.pk), open_skin(agency.pk)
    shown = row or out
    data = _typed(request.POST) if request.method == "POST" else None
    form = forms.Look(data, request.FILES or None, initial=forms.initial(told_of(shown) if shown else Told()))
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            commands.try_on(
                actor=request.actor, at=request.at, agency=agency, told=form.told(),
                logo=(file.name, file) if file else None, drops_logo=form.cleaned_data["drops_logo"],
            )  # fmt: skip
        except Invalid as wrong:
            tell(form, wrong, colour="other")
        else:
            say_next(request, "Đã lưu. Xem trang bên cạnh; ngoài cổng chưa đổi gì cho tới khi bấm Cho hiện.")
            return go(request, reverse(HOME))
    return render(
        request, "skins/look.html", _context(agency, row, out, form) | {"is_lost": bool(request.FILES)},
        status=422 if form.is_bound else 200,
    )  # fmt: skip


def _typed(posted: QueryDict) -> QueryDict:
    """What was typed; the colour that was offered, where its button was pressed."""
    if not (offered := colour_of(posted.get("lay", ""))):
        return posted
    data = posted.copy()
    data["colour"], data["other"] = forms.OTHER, offered
    return data


def _context(agency: Unit, row: Skin | None, out: Skin | None, form: forms.Look) -> dict[str, Any]:
    above = worn_with(None, agency)
    shown = row or out
    logos = cards_there([shown.logo]) if shown and shown.logo else []
    chosen = str(form["colour"].value() or "")
    typed = colour_of(str(form["other"].value() or ""))
    colour = (typed if chosen == forms.OTHER else colour_of(chosen)) or above.shade
    return {
        "agency": agency, "tried": row, "out": out, "form": form, "logo": logos[0] if logos else None,
        "seen": mark_of(row) if row else "",
        "colours": [
            ("", f"Theo {_whose(above.whose, 'colour')}", above.shade, not chosen),
            *((one.hex, one.name, one.hex, chosen == one.hex) for one in choices()),
            (forms.OTHER, "Màu khác", typed, chosen == forms.OTHER),
        ],
        "offer": nearest(typed) if form.is_bound and typed and contrast(typed, LIGHT) < LEAST else "",
        "above": above, "whose": {name: _whose(above.whose, name) for name in ("colour", "slogan", "foot", "logo")},
        "light": (colour, figure(contrast(colour, LIGHT))),
        "dark": (dark := in_the_dark(colour), figure(contrast(dark, DARK))),
        "log": log_of(agency.pk),
    }  # fmt: skip


def _whose(whose: dict[str, tuple[int, str]], field: str) -> str:
    return whose[field][1] if field in whose else DEFAULT


@require_POST
def publish(request: Asked) -> HttpResponse:
    """Let everybody see what is being tried."""
    agency, form = _agency(request), forms.Seen(request.POST)
    if done(form, lambda: _publish(request, agency, form)):
        say_next(request, "Diện mạo mới đã ở trên cổng, cả ở trang các cơ quan cấp dưới lấy theo.")
    return go(request, reverse(HOME))


def _publish(request: Asked, agency: Unit, form: forms.Seen) -> None:
    commands.publish(actor=request.actor, at=request.at, agency=agency, seen=form.cleaned_data["seen"])


@require_POST
def drop(request: Asked) -> HttpResponse:
    """Let go of what is being tried."""
    commands.drop(actor=request.actor, at=request.at, agency=_agency(request))
    say_next(request, "Đã bỏ diện mạo đang xem thử. Trang trên cổng giữ nguyên.")
    return go(request, reverse(HOME))


@require_POST
def put_back(request: Asked, pk: int) -> HttpResponse:
    """Let everybody see an earlier look again."""
    commands.put_back(actor=request.actor, at=request.at, agency=_agency(request), skin=pk)
    say_next(request, "Diện mạo cũ đã hiện lại trên cổng.")
    return go(request, reverse(HOME))
