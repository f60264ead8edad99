"""Where readers ask an agency, and see by a code what became of it. Never kept; nothing that was typed is shown to others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from tram.identity.queries import address_of
from tram.kernel import clock
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.organisation.models import Unit
from tram.portal import forms
from tram.portal.pages.keeping import absent, answered
from tram.portal.screens import drafts
from tram.portal.screens import questions as screens
from tram.voices.commands.asking import ask as send
from tram.voices.commands.asking import comment as say
from tram.voices.commands.asking import opine as say_of_draft
from tram.voices.queries import followed, settled, takers
from tram.web.after import go
from tram.web.asked import Asked, is_of_this_site
from tram.web.fields import key_of, tell
from tram.web.middleware import repeatable
from tram.web.throttle import Throttle, neighbourhood

ASKED = Throttle(settled()["hurry"]["most"], timedelta(minutes=settled()["hurry"]["minutes"]))
TRIED = Throttle(30, timedelta(minutes=1))
"""Codes that nobody has: guessing one of 2^80 is hopeless anyway."""
MOST_BYTES = 64 * 1024
TOO_OFTEN = "Mạng của bạn vừa gửi nhiều lần. Lời đã gõ vẫn còn ở dưới; chờ {minutes} phút rồi gửi lại."
FOREIGN = "Chỉ gửi được từ chính trang này. Điền vào các ô dưới đây rồi bấm gửi."
"""What another site sent is not even shown again: it would be somebody's words under our name."""
UNREADABLE = "Không đọc được phần đã gửi: nó quá dài hoặc có tệp kèm. Chỉ gửi được chữ."
GUESSED = "Mạng của bạn vừa gõ sai nhiều mã. Chờ một phút rồi gõ lại."
NO_SUCH_CODE = "Không có câu hỏi nào mang mã này. Xem lại từng chữ; mã có mười sáu chữ và số."
NO_CODE = "Nhập mã bạn nhận được khi gửi câu hỏi."


@csrf_exempt
@repeatable
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Asked) -> HttpResponse:
    """The form of a question; POST takes one and leads to the page of its code, also when the same form comes twice."""
    return _taken(request, "ask", _form, lambda told: send(**_of_agency(told)), screens.shelf("portal:ask"))


@csrf_exempt
@repeatable
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: Asked, slug: str) -> HttpResponse:
    """The same of what a reader says of a public article."""
    try:
        around = screens.opinion(slug, request.at)
    except Hidden:
        return absent(request)
    return _taken(request, "comment", _opinion, lambda told: say(slug=slug, **told), around)


@csrf_exempt
@repeatable
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def opine(request: Asked, address: str) -> HttpResponse:
    """The same of what a reader says of a draft, while it takes opinions; after that a sentence."""
    try:
        if "\x00" in address:
            raise Hidden
        around = drafts.opinion(address, request.at)
    except Hidden:
        return absent(request)
    if not around["is_open"]:
        return answered("opine", around, 200 if request.method != "POST" else 422)
    return _taken(request, "opine", _opinion, lambda told: say_of_draft(slug=address, **told), around)


def _of_agency(told: dict[str, Any]) -> dict[str, Any]:
    return told | {"agency": Unit.objects.get(pk=told["agency"])}


@sensitive_variables()
def _taken(
    request: Asked, page: str, make: Callable[[Asked, Any], forms.Ask], take: Callable[[dict[str, Any]], str],
    around: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Show a form that anybody may fill in; take what is sent with it."""

    def shown(form: forms.Ask, key: UUID, status: int = 200, trouble: str = "") -> HttpResponse:
        return answered(
            page, {"form": form, "key": key, "trouble": trouble, "days": settled()["days"], **around}, status
        )

    if request.method != "POST":
        return shown(make(request, None), uuid4())
    if not is_of_this_site(request):
        return shown(make(request, None), uuid4(), 403, FOREIGN)
    if not is_plain(request):
        return shown(make(request, None), uuid4(), 422, UNREADABLE)
    form, key = make(request, request.POST), _key(request.POST.get("idempotency_key", ""))
    who, now = neighbourhood(address_of(request)), clock.now()
    if ASKED.is_full(who, now):
        return _later(shown(form, key, 429, TOO_OFTEN.format(minutes=settled()["hurry"]["minutes"])))
    if not form.is_valid():
        return shown(form, key, 422)
    told = {name: value for name, value in form.cleaned_data.items() if name != "page"}
    try:
        code = take({"actor": request.actor, "at": request.at, "key": key, **told})
    except Invalid as wrong:
        tell(form, wrong)
        return shown(form, key, 422)
    except (Refused, WrongState) as no:
        return shown(form, key, 422, str(no))
    ASKED.note(who, now)
    return go(request, reverse("portal:follow", args=[code]))


def _later(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(settled()["hurry"]["minutes"] * 60)
    return response


def is_plain(request: Asked) -> bool:
    """Whether a body is short and of words alone; asked before anything reads it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return (
        request.content_type == "application/x-www-form-urlencoded" and length.isdecimal() and int(length) <= MOST_BYTES
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _form(request: Asked, data: Any) -> forms.Ask:
    units = [(unit.pk, unit.name) for unit in takers(request.at.date())]
    chosen = key_of(request.GET, "co-quan")
    return forms.Ask(data, agencies=units, consent=settled()["consent"], initial={"agency": chosen or ""})


def _opinion(request: Asked, data: Any) -> forms.Ask:
    return forms.Comment(data, consent=settled()["consent"])


@csrf_exempt
@repeatable
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Asked) -> HttpResponse:
    """Where a code is typed in; POST leads to its page."""
    if request.method == "POST" and not is_of_this_site(request):
        return answered(
            "find", {"form": forms.Code(), "trouble": FOREIGN, **screens.shelf("portal:find_question")}, 403
        )
    if request.method != "POST" or not is_plain(request):
        return answered("find", {"form": forms.Code(), **screens.shelf("portal:find_question")}, 200)
    form = forms.Code(request.POST)
    if form.is_valid():
        if not form.cleaned_data["code"]:
            form.add_error("code", NO_CODE)
        else:
            try:
                code = _followed(request, form.cleaned_data["code"]).code.replace("-", "")
                return go(request, reverse("portal:follow", args=[code]))
            except Hidden:
                form.add_error("code", NO_SUCH_CODE)
            except Refused as often:
                form.add_error("code", str(often))
    return answered("find", {"form": form, **screens.shelf("portal:find_question")}, 422)


@require_safe
def follow(request: Asked, code: str) -> HttpResponse:
    """What became of a question: for whoever has its code, and without a word of it, for this address can be passed on."""
    try:
        found = _followed(request, code)
    except Refused as no:
        trouble, status = (NO_SUCH_CODE, 404) if isinstance(no, Hidden) else (str(no), 429)
        context = {"form": forms.Code(), "trouble": trouble, **screens.shelf("portal:find_question")}
        return answered("find", context, status)
    response = answered("followed", screens.followed(found, request.at), 200)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _followed(request: Asked, code: str) -> Any:
    """Raises Hidden for a code that no question bears, Refused for whoever has guessed too often, right or wrong."""
    who, now = neighbourhood(address_of(request)), clock.now()
    if TRIED.is_full(who, now):
        raise Refused(GUESSED)
    try:
        return followed(code)
    except Hidden:
        TRIED.note(who, now)
        raise
