"""Drafts: nothing typed is lost. One row a person and form, overwritten as they type."""

import json
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden, Invalid
from tram.web.middleware import repeatable, request_actor
from tram.web.models import Draft

LARGEST = 200_000


@repeatable
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """GET ?name= gives the draft; POST name, content keeps it; POST name, drop=1 drops it. Always one's own."""
    account = request_actor(request).account
    if account is None:
        raise Hidden
    name = (request.POST if request.method == "POST" else request.GET).get("name", "").replace("\x00", "")[:120]
    own = Draft.objects.filter(account=account, name=name)
    if request.method == "GET":
        row = own.values("content", "saved_at").first()
        return JsonResponse(row or {"content": None})
    if request.POST.get("drop"):
        own.delete()
        return JsonResponse({"saved": False})
    content = _content(request.POST.get("content", ""))
    at = request.at  # type: ignore[attr-defined]
    Draft.objects.update_or_create(account=account, name=name, defaults={"content": content, "saved_at": at})
    return JsonResponse({"saved": True})


def kept_at(account: int | None, name: str) -> datetime | None:
    """When a person's draft of a form was kept; None when there is none."""
    return Draft.objects.filter(account=account or 0, name=name).values_list("saved_at", flat=True).first()


def forget(account: int | None, name: str) -> None:
    """Part of the door that took the form in: what was typed has been sent, so the draft goes."""
    Draft.objects.filter(account=account or 0, name=name).delete()


def _content(text: str) -> dict[str, object]:
    if len(text) > LARGEST:
        raise Invalid({"content": "Bản nháp dài hơn 200.000 ký tự nên chưa giữ được. Lưu bớt ra tệp."})
    try:
        content = json.loads(text)
        kept = json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        content, kept = None, b""
    if not isinstance(content, dict) or b"\\u0000" in kept:
        raise Invalid({"content": "Bản nháp gửi lên không đọc được. Tải lại trang."})
    return content


def forget_all(name: str) -> None:
    """Drop everybody's draft of a form, because what it is about must not stay."""
    Draft.objects.filter(name=name).delete()
