"""Who stands before the doors in the bench: browsers with a person's session, programs with a person's token."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from secrets import token_urlsafe
from time import monotonic
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from tram.identity.commands.entering import sign_in
from tram.identity.commands.invitations import accept_invitation, invite
from tram.identity.commands.tokens import issue_token
from tram.identity.models import Account, SignIn
from tram.identity.queries import sign_in_of
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.site.trouble import Trouble

IDLE = 2.0
"""Seconds after which a connection is made anew: the server may have closed it."""
AGENT, ADDRESS = "tram bench", "127.0.0.1"
WRONG = "Bài đo hỏi {what} nhưng trang trả lời {status}: {told}"


def enter(account: Account, password: str = "") -> str:
    """Give the account a password and sign in with it; returns the key of the sign-in."""
    at, password = now(), password or token_urlsafe(18)
    secret = invite(actor=Actor.system(), at=at, account=account)
    accept_invitation(actor=Actor.system(), at=at, secret=secret, password=password, address=ADDRESS)
    entry = sign_in(actor=Actor.system(), at=at, login=account.login, password=password, address=ADDRESS, agent=AGENT)
    if not entry.is_admitted:
        raise Trouble(f"Bài đo không vào được bằng {account.login}: {entry.problem or 'cần bước hai'}")
    return entry.key


def sign_in_by(key: str) -> SignIn:
    """The sign-in of that key, as a request of its browser finds it."""
    row = sign_in_of(cast(HttpRequest, SimpleNamespace(session={"sign_in": key}, at=now())))
    assert row is not None
    return row


def cookie_of(key: str) -> str:
    """The cookie of a browser in which that sign-in was made."""
    session = SessionStore()
    session["sign_in"] = key
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def token_of(actor: Actor, key: str, name: str) -> str:
    """A writing token of that person, from the post in which they act."""
    row, hat = sign_in_by(key), actor.acting
    assert hat is not None
    return issue_token(
        actor=actor, at=now(), sign_in=row, name=name, post=hat.post, may_write=True, life=timedelta(days=1)
    )


@dataclass(slots=True)
class Door:
    """One connection that is kept open, as a browser or a program keeps it."""

    port: int
    headers: dict[str, str]
    wire: HTTPConnection = field(init=False)
    used_at: float = 0.0

    def __post_init__(self) -> None:
        self.wire = HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.headers = {"Host": "localhost", "Accept-Encoding": "gzip", **self.headers}

    def get(self, path: str, **query: object) -> bytes:
        """The page, whole; Trouble when it is not there."""
        return self._ask("GET", f"{path}?{urlencode(query)}" if query else path, None, {})

    def post(self, path: str, told: Mapping[str, Any]) -> dict[str, Any]:
        """Send JSON under a key of its own; the answer as JSON."""
        more = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4()), "Accept-Encoding": "identity"}
        answer: dict[str, Any] = json.loads(self._ask("POST", path, json.dumps(told, default=_plain).encode(), more))
        return answer

    def _ask(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> bytes:
        if monotonic() - self.used_at > IDLE:
            self.wire.close()
        self.used_at = monotonic()
        self.wire.request(method, path, body, {**self.headers, **more})
        answer = self.wire.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise Trouble(WRONG.format(what=path, status=answer.status, told=told[:300].decode("utf-8", "replace")))
        return told


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def browser(port: int, cookie: str) -> Door:
    """A browser of somebody who has signed in."""
    return Door(port, {"Cookie": cookie})


def program(port: int, token: str) -> Door:
    """A program with somebody's token."""
    return Door(port, {"Authorization": f"Bearer {token}"})
