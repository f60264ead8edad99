"""Pages that belong to no room: health, and what people see when something cannot be done."""

import logging
import secrets
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from tram.web.after import place_here
from tram.web.sockets import guides
from tram.web.style import sample

log = logging.getLogger("tram.web")
CODE_LETTERS = "23456789ACDEFGHKLMNPRTVXY"
READ_ONLY = "Hệ thống tạm chỉ đọc, đang xử lý. Việc đang soạn vẫn được giữ."
DISK_FULL = "53100"
NEVER_SHOWN = {"csrfmiddlewaretoken", "idempotency_key", "password", "again", "code", "credential"}


def _answer(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    """The same words as a page, or as JSON for programs."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": context.get("reason", ""), "errors": context.get("errors", {})}, status=status)
    return render(request, template, {**_way_back(request), **context}, status=status)


def _way_back(request: HttpRequest) -> dict[str, object]:
    """Where a form that was not taken stands, and what was typed into it; nothing of other sites."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
        if request.method != "POST" or before.netloc != request.get_host():
            return {}
        fields = request.POST.lists()
    except (SuspiciousOperation, BadRequest, UnreadablePostError, MultiPartParserError, ValueError):
        return {}
    typed = [(name, value) for name, values in fields for value in values if name not in NEVER_SHOWN]
    path = f"{before.path}?{before.query}" if before.query else before.path
    return {"back_url": place_here(path, "/"), "typed": typed}


def _whom(request: HttpRequest) -> str:
    """Whom this person may ask, from the rooms that know people."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.account is None or request.path.startswith("/api/"):
        return ""
    return next((name for _room, guide in guides.items() if (name := guide(request))), "")


def hidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not there, or not for you: one answer for both, to the letter."""
    return _answer(request, "web/403.html", 404, reason="Bạn không thấy được mục này.", hidden=True, ask=_whom(request))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read: too many files at once are told so; all else is not there."""
    if isinstance(exception, TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return invalid(request, {"files": f"Mỗi lần gửi không quá {most} tệp. Chia thư mục ra, gửi nhiều lần."})
    return hidden(request, exception)


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """You see it, but may not do this."""
    return _answer(request, "web/403.html", 403, reason=reason, ask=_whom(request))


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: a page opened leads to the first door and back; what was sent, or a script, is told so."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    is_opened = request.method in ("GET", "HEAD") and mode == "navigate" and not request.headers.get("HX-Request")
    if is_opened and not request.path.startswith("/api/"):
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    return _answer(request, "web/401.html", 401, reason="Chưa đăng nhập, hoặc phiên đã hết. Đăng nhập rồi gửi lại.")


def wrong_state(request: HttpRequest, reason: str) -> HttpResponse:
    """The thing has moved on."""
    return _answer(request, "web/409.html", 409, reason=reason)


def invalid(request: HttpRequest, errors: dict[str, str]) -> HttpResponse:
    """Input breaks a rule that only the command could see."""
    return _answer(request, "web/422.html", 422, errors=errors, reason=" ".join(errors.values()))


def no_key(request: HttpRequest) -> HttpResponse:
    """A POST without its idempotency key."""
    sentence = "Biểu mẫu thiếu mã chống gửi lặp. Tải lại trang rồi gửi lại; nội dung đã nhập vẫn giữ trong bản nháp."
    if request.path.startswith("/api/"):
        sentence = (
            "Thiếu tiêu đề Idempotency-Key. Gửi kèm một UUID mới cho mỗi việc; gửi lại việc cũ thì dùng lại mã cũ."
        )
    return _answer(request, "web/422.html", 422, errors={"idempotency_key": sentence}, reason=sentence)


def trouble(request: HttpRequest) -> HttpResponse:
    """Our own fault: a short code to read out on the telephone, which the log also carries."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(6)]
    code = "".join(letters[:4]) + "-" + "".join(letters[4:])
    log.error("trouble %s %s %s", code, request.method, request.path)
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": f"Có trục trặc ở hệ thống, mã {code}.", "errors": {}}, status=500)
    # without the shell, whose menu asks the database, which may be what is down
    return HttpResponse(render_to_string("web/500.html", {"code": code}), status=500)


def away(request: HttpRequest) -> HttpResponse:
    """The database does not answer just now. Sending again is safe: the key knows what was done."""
    reason = (
        "Hệ thống đang khởi động lại. Nội dung đã nhập còn nguyên; chờ ít giây rồi gửi lại, không sợ bị ghi hai lần."
    )
    return _later(request, reason, seconds=3)


def read_only(request: HttpRequest) -> HttpResponse:
    """The disk is nearly full: everything can be read, nothing is written."""
    return _later(request, READ_ONLY, seconds=30)


def lost(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database could not do it: its disk is full, or it is away."""
    is_full = getattr(error.__cause__, "sqlstate", "") == DISK_FULL
    return read_only(request) if is_full else away(request)


def _later(request: HttpRequest, reason: str, *, seconds: int) -> HttpResponse:
    """Come back in so many seconds; without the shell, whose menu asks the database."""
    headers = {"Retry-After": str(seconds)}
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason, "errors": {}}, status=503, headers=headers)
    context = {**_way_back(request), "reason": reason, "request": request}
    return HttpResponse(render_to_string("web/503.html", context), status=503, headers=headers)


def too_long(request: HttpRequest) -> HttpResponse:
    """More than somebody who is not signed in may send. Nothing of the body is read, not even for the way back."""
    reason = "Nội dung gửi lên lớn hơn 20 MB nên không được nhận. Chọn tệp nhỏ hơn, hoặc đăng nhập rồi gửi."
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason, "errors": {}}, status=413)
    context = {"title": "Tệp quá lớn", "reason": reason, "request": request}
    return HttpResponse(render_to_string("web/503.html", context), status=413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is from another sign-in, or from another site."""
    return _answer(request, "web/csrf.html", 403, reason="Biểu mẫu này đã cũ hoặc không phải từ Trạm. Tải lại trang.")


def style(request: HttpRequest) -> HttpResponse:
    """Every component in all its states, for those who build screens."""
    return render(request, "web/style.html", sample())


def alive(request: HttpRequest) -> HttpResponse:
    """The web process answers."""
    return HttpResponse("sống", content_type="text/plain; charset=utf-8")


def ready(request: HttpRequest) -> HttpResponse:
    """The web process and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("sẵn sàng", content_type="text/plain; charset=utf-8")
