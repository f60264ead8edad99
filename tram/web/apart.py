"""A host of its own for files that somebody brought: it gives those, nothing else, and knows no cookie."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from tram.web.sending import locked

View = Callable[..., HttpResponseBase]
GIVEN = (200, 206, 304, 416)
NOTHING = "Không có tệp ở địa chỉ này.\n"


def file_url(path: str) -> str:
    """Where a file that everybody may have is linked to: on the host of files where there is one."""
    return settings.TRAM_FILES_URL + path


def apart(view: View) -> View:
    """Mark a view that gives a file to everybody. Where files have a host of their own, ours leads there."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.TRAM_FILES_URL and not is_host_of_files(request):
            return HttpResponseRedirect(file_url(request.get_full_path()), headers={"Cache-Control": "no-cache"})
        return view(request, *args, **kwargs)

    answer.is_apart = True  # type: ignore[attr-defined]
    return answer


def is_host_of_files(request: HttpRequest) -> bool:
    """Whether this was asked of the host of files."""
    return bool(settings.TRAM_FILES_URL) and _plain(request.get_host()) == _plain(
        urlsplit(settings.TRAM_FILES_URL).netloc
    )


def _plain(host: str) -> str:
    """A host without what may be written either way: capitals, the dot at its end, a port that goes without saying."""
    name = host.lower().removesuffix(":443").removesuffix(":80")
    return re.sub(r"\.(?=$|:)", "", name)


class FilesHost:
    """On the host of files everything but files is not there, and nobody is known: cookies are neither read nor set."""

    def __init__(self, following: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_host_of_files(request):
            return self.following(request)
        if request.method not in ("GET", "HEAD") or not _is_file(request.path_info):
            return locked(HttpResponse(NOTHING, status=404, content_type="text/plain; charset=utf-8"))
        request.META.pop("HTTP_COOKIE", None)
        request.META.pop("HTTP_AUTHORIZATION", None)
        response = self.following(request)
        response.cookies.clear()
        response.headers.pop("Vary", None)
        if response.status_code not in GIVEN:
            return locked(HttpResponse(NOTHING, status=404, content_type="text/plain; charset=utf-8"))
        return response


def _is_file(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "is_apart", False)
    except Resolver404:
        return False
