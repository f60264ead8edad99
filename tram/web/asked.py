"""The request as a page gets it: with its moment and its actor."""

from datetime import datetime

from django.http import HttpRequest

from tram.kernel.actors import Actor


class Asked(HttpRequest):
    """Yêu cầu: what the middleware made of a request. Pages write `def page(request: Asked)`."""

    at: datetime
    actor: Actor
