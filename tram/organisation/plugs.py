"""What the organisation plugs into lower rooms: who is asking."""

from django.http import HttpRequest

from tram.identity import queries as identity
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS, Actor
from tram.organisation.queries import actor_of


def who_asks(request: HttpRequest) -> Actor:
    """The actor of a request: by its API token, else by its session; the anonymous visitor otherwise."""
    today = clock.local_day(request.at)  # type: ignore[attr-defined]
    bearer = identity.token_bearer(request.headers.get("Authorization", ""))
    if bearer is not None:
        account, post = bearer
        return actor_of(account, today, post)
    signed_in = identity.signed_in(request)
    return actor_of(signed_in, today, request.session.get("post")) if signed_in else ANONYMOUS
