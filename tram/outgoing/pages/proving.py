"""Where outsiders prove a letter: by its code, or by the file itself. Without sign-in and script; nothing is kept."""

from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from tram.files.queries import inspected
from tram.identity.queries import address_of
from tram.kernel import clock
from tram.kernel.verdicts import Invalid, WrongState
from tram.outgoing.queries.proofs import proved_by_code, proved_by_file
from tram.outgoing.rules import spoken_code, typed_code
from tram.signing.queries import report
from tram.web.middleware import repeatable
from tram.web.throttle import Throttle, neighbourhood

MOST_BYTES = 20 * 1024 * 1024
SPAN = timedelta(minutes=10)
WRONG_CODES, FILES = Throttle(20, SPAN), Throttle(10, SPAN)
AT_ONCE = BoundedSemaphore(1)
"""One file at a time for each web process, so that strangers never hold up those who work."""
UNKNOWN = (
    "Không có văn bản nào đã phát hành mang mã này. Xem lại từng chữ trên giấy: mã không có số 0, số 1, chữ I, chữ O."
)
TOO_OFTEN = "Máy ở địa chỉ này hỏi quá nhiều lần. Chờ 10 phút rồi thử lại."
BUSY = "Máy đang kiểm tra tệp của người khác. Chờ ít giây rồi gửi lại."
TOO_BIG = "Tệp lớn hơn 20 MB nên không kiểm tra ở đây được. Nhập mã in ở chân trang thay cho tệp."
NO_FILE = "Chọn tệp PDF cần xác minh."


@repeatable
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """The empty page; what a code that was typed leads to; what a file is."""
    if request.method == "POST":
        return _by_file(request)
    asked = request.GET.get("ma", "")[:40]
    return _by_code(request, asked) if asked else _page(request)


@require_GET
def prove_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the square code on the paper leads."""
    return _by_code(request, code[:40])


def _page(request: HttpRequest, status: int = 200, **words: Any) -> HttpResponse:
    """The page; whoever is held back is told for how long."""
    response = render(request, "outgoing/prove.html", words, status=status)
    if status in (429, 503):
        response["Retry-After"] = str(int(SPAN.total_seconds())) if status == 429 else "5"
    response["Cache-Control"] = "no-store"
    return response


def _by_code(request: HttpRequest, asked: str) -> HttpResponse:
    who, now = neighbourhood(address_of(request)), clock.now()
    if WRONG_CODES.is_full(who, now):
        return _page(request, 429, typed=asked, code_error=TOO_OFTEN)
    code = typed_code(asked)
    found = proved_by_code(code)
    if found is None:
        WRONG_CODES.note(who, now)
        return _page(request, 404, typed=asked, code_error=UNKNOWN)
    return _page(request, found=found, typed=spoken_code(code))


def _by_file(request: HttpRequest) -> HttpResponse:
    """Judged as every upload is, in the program that holds hostile files, and forgotten."""
    who, now = neighbourhood(address_of(request)), clock.now()
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES + 64 * 1024:
        return _page(request, 413, file_error=TOO_BIG)
    if FILES.is_full(who, now):
        return _page(request, 429, file_error=TOO_OFTEN)
    FILES.note(who, now)
    upload = request.FILES.get("tep")
    if upload is None:
        return _page(request, 422, file_error=NO_FILE)
    if not AT_ONCE.acquire(blocking=False):
        return _page(request, 503, file_error=BUSY)
    try:
        with inspected(upload, upload.name or "") as path:
            told = report(path, now)
    except (Invalid, WrongState) as refused:
        return _page(request, 422, file_error=str(refused))
    finally:
        AT_ONCE.release()
    return _page(request, found=proved_by_file(told.sha256), report=told, name=upload.name, by_file=True)
