"""Between the wire and the doors: the moment, the person, one effect for each POST, and verdicts as pages."""

import uuid
from collections.abc import Callable
from contextlib import ExitStack, nullcontext, suppress
from time import monotonic, sleep

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve

from tram.kernel import clock, space
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.crashpoints import crashpoint
from tram.kernel.memory import one_reading
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.web import views
from tram.web.answers import hour_of_database
from tram.web.models import Answer
from tram.web.rows import one_of, update
from tram.web.sockets import brackets, identifiers, ready

Next = Callable[[HttpRequest], HttpResponse]
KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Trigger", "HX-Location", "HX-Push-Url")
UNKEPT = "Tram-Unkept"
"""A header of answers that hold a secret: it stays in the house, and the answer is not kept with the others."""
SAFE = {"GET", "HEAD"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
MOST_FROM_STRANGERS = 21 * 1024 * 1024
"""Bytes: a paper of 20 MB that somebody outside brings to be proved, and its form."""
WAIT_SECONDS = 3.0
LOST = (OperationalError, InterfaceError)
"""The database went away in the middle; whether the work was done is known to nobody but the key."""


def request_actor(request: HttpRequest) -> Actor:
    """Who asks; the anonymous visitor when nobody is signed in."""
    actor = getattr(request, "actor", ANONYMOUS)
    assert isinstance(actor, Actor)
    return actor


def repeatable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose POST may be repeated without harm (drafts, sign-in), so it needs no key."""
    view.repeatable = True  # type: ignore[attr-defined]
    return view


def is_repeatable(request: HttpRequest) -> bool:
    """Whether the address may be sent to again without harm; one that leads nowhere may."""
    try:
        return getattr(resolve(request.path_info).func, "repeatable", False)
    except Resolver404:
        return True


class Moment:
    """Give each request its moment, in local time, and what only reads a memory of its own."""

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        with one_reading() if request.method in SAFE else nullcontext():
            return self.following(request)


class Room:
    """While the disk is nearly full everything is read and nothing written, but for sign-ins and drafts: they are small."""

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        full = space.fullness(settings.TRAM_DATA, settings.TRAM_DATA / "pg")
        request.full = full  # type: ignore[attr-defined]
        if full >= space.READ_ONLY and request.method in UNSAFE and not is_repeatable(request):
            return views.read_only(request)
        return self.following(request)


class Headers:
    """Headers that every answer carries."""

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.following(request)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Pressed(GZipMiddleware):
    """Pages travel compressed; files keep their bytes and their length, so that a cut download goes on where it was."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what people and programs read as text."""
        is_page = response.headers.get("Content-Type", "").startswith(("text/html", "application/json"))
        return super().process_response(request, response) if is_page and not response.streaming else response


class Ready:
    """What lies ready for everybody is given before it is asked who they are: without a session, mostly without the database."""

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            for _name, lying in ready.items():
                if (page := lying(request)) is not None:
                    return page
        return self.following(request)


class Who:
    """Give each request its actor, from the room that knows (organisation plugs in).

    This is where a request first meets the database: one that is just coming back is waited for, a moment. What is
    asked here tries the connection too, so Django need not ask it first whether it lives; of a visitor nothing may
    have been asked.
    """

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        deadline = monotonic() + WAIT_SECONDS
        while True:
            try:
                connection.health_check_done = True  # type: ignore[attr-defined]
                actor = request.actor = self._who(request)  # type: ignore[attr-defined]
                connection.health_check_done = actor.account is not None  # type: ignore[attr-defined]
                break
            except LOST:
                connection.close()
                if monotonic() > deadline:
                    return views.away(request)
                sleep(0.1)
        return self.following(request)

    @staticmethod
    def _who(request: HttpRequest) -> Actor:
        actor = ANONYMOUS
        for _name, identify in identifiers.items():
            actor = identify(request)
        return actor


class Strangers:
    """Of who is not signed in, refuse a long body before anything reads it: nobody fills the disk from outside."""

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_long = not length.isdecimal() or int(length) > MOST_FROM_STRANGERS
        if is_long and request_actor(request).account is None:
            return views.too_long(request)
        return self.following(request)


class Verdicts:
    """Turn what a command says into a page: refused 403, hidden 404, wrong state 409, invalid 422."""

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.following(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django when a view raised."""
        match error:
            case Refused() if request_actor(request).account is None:
                return views.sign_in_first(request)
            case Hidden():
                return views.hidden(request)
            case Refused():
                return views.refused(request, error.reason)
            case WrongState():
                return views.wrong_state(request, str(error))
            case Invalid():
                return views.invalid(request, error.errors)
            case OperationalError() | InterfaceError():
                return views.lost(request, error)
        return None


def _storable_path(request: HttpRequest) -> str:
    return request.path.replace("\x00", "")[:500]


CLAIM = (
    "INSERT INTO web_answer (owner, key, path, given_at, status, headers, body)"
    " VALUES (%s, %s, %s, clock_timestamp(), 0, '{}', '') ON CONFLICT (owner, key) DO UPDATE SET owner = excluded.owner"
    " RETURNING id, owner, key, path, given_at, status, headers, body"
)
"""A key that is there already is written over with itself: so the row comes back, and is waited for, in any case."""


class _Undone(Exception):
    """What the door answered says that nothing was done, so nothing of it is kept."""


class Once:
    """One effect for each key: the same POST sent twice gets the first answer.

    The key's row is written in the transaction of the command itself, so either both are there or neither. All that a
    door does stands inside the brackets of higher rooms, so that two commands behind one door end as one.
    What is written bears the hour of the database: it is one for all, and a web server's own may be set wrong.
    """

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in UNSAFE:
            return self.following(request)
        if is_repeatable(request):
            return self._at_the_databases_hour(request)
        key = self._key(request)
        if key is None:
            return views.no_key(request)
        try:
            response = self._once(request, key)
        except LOST as error:
            return views.lost(request, error)
        crashpoint("web.once.committed")
        return response

    def _once(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        with suppress(_Undone), ExitStack() as whole:
            whole.enter_context(transaction.atomic())
            answer = self._claim(request, key)
            if answer.status:
                return self._again(request, answer)
            request.at = clock.local(answer.given_at)  # type: ignore[attr-defined]
            crashpoint("web.once.claimed")
            for _name, bracket in brackets.items():
                whole.enter_context(bracket(not request.path.startswith("/api/")))
            response = self.following(request)
            if response.status_code >= 400 or response.streaming:
                raise _Undone
            if response.headers.pop(UNKEPT, None):
                answer.delete()
            else:
                self._keep(answer, response)
            crashpoint("web.once.kept")
            response.set_cookie("tram_done", str(key), max_age=60, samesite="Lax")
        return response

    def _at_the_databases_hour(self, request: HttpRequest) -> HttpResponse:
        try:
            request.at = hour_of_database()  # type: ignore[attr-defined]
        except LOST:
            return views.away(request)
        response = self.following(request)
        crashpoint("web.repeatable.done")
        return response

    @staticmethod
    def _key(request: HttpRequest) -> uuid.UUID | None:
        text = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
        try:
            return uuid.UUID(text)
        except ValueError:
            return None

    @staticmethod
    def _claim(request: HttpRequest, key: uuid.UUID) -> Answer:
        account = request_actor(request).account
        owner = str(account) if account else f"khách {request.META.get('REMOTE_ADDR', '')}"
        return one_of(Answer, CLAIM, owner, key, _storable_path(request))

    @staticmethod
    def _keep(answer: Answer, response: HttpResponse) -> None:
        answer.status = response.status_code
        answer.headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        answer.body = bytes(response.content)
        update(answer, "status", "headers", "body")

    @staticmethod
    def _again(request: HttpRequest, answer: Answer) -> HttpResponse:
        if answer.path != _storable_path(request):
            return views.wrong_state(
                request, "Mã chống gửi lặp này đã dùng cho một việc khác. Tải lại trang rồi gửi lại."
            )
        response = HttpResponse(bytes(answer.body), status=answer.status)
        for name, value in answer.headers.items():
            response.headers[name] = value
        response.headers["Idempotent-Replay"] = "true"
        return response
