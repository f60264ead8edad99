"""Where readers ask for mail, confirm, choose anew and stop. Never kept. To open an address does nothing, for programs open them too; a
press does.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tram.alerts import queries
from tram.alerts.commands import asking
from tram.identity.queries import address_of
from tram.kernel import clock
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.portal import forms
from tram.portal.pages.asking import FOREIGN, MOST_BYTES, UNREADABLE, is_plain
from tram.portal.pages.keeping import answered
from tram.portal.queries import Face
from tram.portal.screens import alerts as screens
from tram.web.after import go
from tram.web.asked import Asked, is_of_this_site
from tram.web.fields import tell
from tram.web.middleware import repeatable
from tram.web.throttle import Throttle, neighbourhood

HURRY = queries.settled()["hurry"]
ASKED = Throttle(HURRY["most"], timedelta(minutes=HURRY["minutes"]))
TOO_OFTEN = f"Mạng của bạn vừa gửi nhiều lần. Điều đã chọn vẫn còn ở dưới; chờ {HURRY['minutes']} phút rồi gửi lại."
NOT_SO = "Không đọc được phần đã gửi. Mở lại liên kết trong thư rồi bấm nút trên trang."
ONE_CLICK = ("List-Unsubscribe", "One-Click")
Show = Callable[..., HttpResponse]


@csrf_exempt
@repeatable
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Asked) -> HttpResponse:
    """The form; POST has one mail sent, and says the same whoever was named and however often it comes."""
    site = _site(request)
    if not queries.is_offered():
        return _answered("alerts_closed", screens.around(site), 200 if request.method != "POST" else 422)
    if "da-gui" in request.GET:
        return _answered("alerts_sent", screens.sent(site))

    def shown(form: forms.Mail, status: int = 200, trouble: str = "") -> HttpResponse:
        return _answered(
            "alerts", {"form": form, "trouble": trouble, **screens.offered(site, form.picked, request.at)}, status
        )

    who, now = neighbourhood(address_of(request)), clock.now()
    code = request.GET.get("chu-de", "")
    form = forms.Mail(
        _sent(request), consent=queries.settled()["consent"],
        initial={"topics": [queries.topic_word(code, site.agency)], "rhythm": forms.rhythm(code == queries.PRESS)},
    )  # fmt: skip
    if form.is_bound and ASKED.is_full(who, now):
        response = shown(form, 429, TOO_OFTEN)
        response.headers["Retry-After"] = str(HURRY["minutes"] * 60)
        return response
    done = _done(request, form, shown, lambda told: asking.ask(**told))
    if done is None:
        ASKED.note(who, now)
        return go(request, f"{reverse('portal:alerts')}?da-gui")
    return done


@csrf_exempt
@repeatable
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Asked, secret: str) -> HttpResponse:
    """Where the link of the mail leads; POST confirms. A link that was used leads to the page on which one chooses anew."""
    if _is_foreign(request):
        return _lapsed(403, FOREIGN)
    asked, known = queries.asked_by(secret, request.at), queries.confirmed_with(secret)
    if asked is None:
        return go(request, reverse("portal:alerts_mine", args=[queries.secret_of(known)])) if known else _lapsed()
    site, here = _site(request), reverse("portal:alerts_confirm", args=[secret])

    def shown(form: forms.Reading, status: int = 200, trouble: str = "") -> HttpResponse:
        context = screens.chosen(site, form.picked, request.at, here) | {"is_asked": True}
        return _answered("alerts_choose", {"form": form, "trouble": trouble, **context}, status)

    led: list[str] = []
    initial = {"topics": [*asked.topics, *queries.chosen_before(asked)], "rhythm": forms.rhythm(asked.is_hourly)}
    form = forms.Reading(_sent(request), initial=initial)
    done = _done(request, form, shown, lambda told: led.append(asking.confirm(secret=secret, **told)))
    return done or go(request, reverse("portal:alerts_mine", args=led) + "?da-xac-nhan")


@csrf_exempt
@repeatable
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Asked, secret: str) -> HttpResponse:
    """What one gets, to be chosen anew."""
    if _is_foreign(request):
        return _lapsed(403, FOREIGN)
    try:
        one = queries.subscriber_of(secret)
    except Hidden:
        return _lapsed()
    site, here = _site(request), reverse("portal:alerts_mine", args=[secret])
    said = {"is_confirmed": "da-xac-nhan" in request.GET, "is_kept": "da-luu" in request.GET}

    def shown(form: forms.Reading, status: int = 200, trouble: str = "") -> HttpResponse:
        context = screens.chosen(site, form.picked, request.at, here) | said
        stop = reverse("portal:alerts_stop", args=[secret])
        return _answered("alerts_choose", {"form": form, "trouble": trouble, "stop": stop, **context}, status)

    form = forms.Reading(_sent(request), initial={"topics": one.topics, "rhythm": forms.rhythm(one.is_hourly)})
    done = _done(request, form, shown, lambda told: asking.choose(secret=secret, **told))
    return done or go(request, f"{here}?da-luu")


@csrf_exempt
@repeatable
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Asked, secret: str) -> HttpResponse:
    """Stop: POST erases the address, from the page or from a mail program (RFC 8058), which sends neither cookie nor origin: the secret
    is all that it needs. Whoever has stopped is told the same, also of a secret that nobody ever had."""
    site = screens.site_named("")
    if request.method != "POST":
        return _answered("alerts_stop", {"here": request.path, **screens.around(site)})
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_short = length.isdecimal() and int(length) <= MOST_BYTES
    if not is_short or not (is_of_this_site(request) or request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]):
        return _answered("alerts_stop", {"here": request.path, "trouble": NOT_SO, **screens.around(site)}, 403)
    asking.stop(actor=request.actor, at=request.at, secret=secret)
    return _answered("alerts_stopped", screens.around(site))


def _done(
    request: Asked, form: forms.Reading, shown: Show, act: Callable[[dict[str, Any]], object]
) -> HttpResponse | None:
    """The form again, with what is wrong; None where it was sent and what it asks for is done."""
    if request.method != "POST":
        return shown(form)
    if not form.is_bound:
        return shown(form, 422, UNREADABLE) if is_of_this_site(request) else shown(form, 403, FOREIGN)
    if not form.is_valid():
        return shown(form, 422)
    try:
        act({"actor": request.actor, "at": request.at, **form.told})
    except Invalid as wrong:
        tell(form, wrong)
        return shown(form, 422)
    except (Refused, WrongState) as no:
        return _lapsed() if isinstance(no, Hidden) else shown(form, 422, str(no))
    return None


def _sent(request: Asked) -> Any:
    """What was typed into a form of ours; None for what another site sent, and for what is no form."""
    return request.POST if request.method == "POST" and _is_ours(request) else None


def _is_foreign(request: Asked) -> bool:
    return request.method == "POST" and not is_of_this_site(request)


def _is_ours(request: Asked) -> bool:
    return is_of_this_site(request) and is_plain(request)


def _site(request: Asked) -> Face:
    return screens.site_named(request.GET.get("co-quan", ""))


def _lapsed(status: int = 404, trouble: str = "") -> HttpResponse:
    return _answered("alerts_lapsed", {"trouble": trouble, **screens.around(screens.site_named(""))}, status)


def _answered(template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = answered(template, context, status)
    response.headers["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # type: ignore[attr-defined]  # what is wrong with a form is written nowhere: the address is a secret
    return response
