"""The request as a page gets it: with its moment and its actor; and whether a page of this site sent it."""

from datetime import datetime

from django.http import HttpRequest

from tram.kernel.actors import Actor


class Asked(HttpRequest):
    """Yêu cầu: what the middleware made of a request. Pages write `def page(request: Asked)`."""

    at: datetime
    actor: Actor


def is_of_this_site(request: HttpRequest) -> bool:
    """Whether the browser itself says that a page of this site sent this: a page that is the same for everybody carries no token."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
