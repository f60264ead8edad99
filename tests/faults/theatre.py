"""The stage of the model machine: the product behind a real server, a fresh copy of the cast's house for each play."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from psycopg import sql

from tests.api.program import token
from tests.cast import Cast, build
from tests.faults.clock import SHADOW
from tests.testbed import shape_of_schema
from tram.identity.models import SignIn
from tram.kernel import clock

PEOPLE = ("hoa", "son", "hung", "tam", "dung", "lan", "phuc", "nga", "tuan")
FIRST_DAY = date(2026, 12, 28)
CSRF = "a" * 32


class Theatre:
    """Tokens, sessions and keys of the cast; `day` is the day of the play, for the product and its database alike."""

    def __init__(self, server: psycopg.Connection, address: dict[str, Any]) -> None:
        self.server, self.address = server, address
        self.cast_copy, self.play_copy = f"house_{os.getpid()}", f"play_{os.getpid()}"
        self.wall = clock.now
        self.gap = timedelta()
        self.cast: Cast
        self.tokens: dict[str, str] = {}
        self.sessions: dict[str, str] = {}
        self.port = 0

    def now(self) -> datetime:
        return self.wall() + self.gap

    def found(self) -> None:
        """Build the cast once, in the database that every play is copied from."""
        self._copy(f"template_{shape_of_schema()}", self.cast_copy)
        self._use(self.cast_copy)
        with connection.cursor() as cursor:
            cursor.execute(SHADOW)
            cursor.execute(f'ALTER DATABASE "{self.cast_copy}" SET search_path = shadow, pg_catalog, public')
        connections.close_all()
        self.cast = build()
        self.turn_to(FIRST_DAY)
        self.tokens = {login: token(self.cast, login) for login in PEOPLE}
        for login in ("hoa", "son", "quan"):
            client = self.cast.signed_in(Client(), login)
            self.sessions[login] = client.cookies["phien"].value
        connections.close_all()

    @contextmanager
    def play(self) -> Iterator[None]:
        """A fresh copy of the house, on its first day."""
        self._copy(self.cast_copy, self.play_copy)
        self._use(self.play_copy)
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{self.play_copy}" SET search_path = shadow, pg_catalog, public')
        connections.close_all()
        self.turn_to(FIRST_DAY)
        try:
            yield
        finally:
            connections.close_all()

    def turn_to(self, day: date) -> None:
        """It is nine o'clock of that day; sessions that a person would have renewed are renewed."""
        self.gap = datetime.combine(day, time(9), clock.LOCAL) - self.wall()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE shadow.clock SET gap = %s", [self.gap])
        SignIn.objects.update(seen_at=self.now(), started_at=self.now())

    def drop(self) -> None:
        connections.close_all()
        for name in (self.play_copy, self.cast_copy):
            self.server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _copy(self, source: str, name: str) -> None:
        connections.close_all()
        named = (sql.Identifier(name), sql.Identifier(source))
        self.server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named[0]))
        self.server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*named))

    def _use(self, name: str) -> None:
        connections.close_all()
        self.address["NAME"] = name

    # doors

    def ask(self, login: str, path: str) -> tuple[int, Any]:
        """Read through the API."""
        status, body, _ = self._send("GET", path, b"", {"Authorization": f"Bearer {self.tokens[login]}"})
        return status, json.loads(body)

    def do(self, login: str, path: str, told: Any, key: str = "") -> tuple[int, Any]:
        """Write through the API."""
        headers = {
            "Authorization": f"Bearer {self.tokens[login]}", "Content-Type": "application/json",
            "Idempotency-Key": key or str(uuid4()),
        }  # fmt: skip
        status, body, _ = self._send("POST", path, json.dumps(told).encode(), headers)
        return status, json.loads(body)

    def fill(self, login: str, path: str, form: dict[str, Any]) -> int:
        """Send a page's form, with the session of a person and the tokens that the page would carry."""
        told = urlencode({**form, "csrfmiddlewaretoken": CSRF, "idempotency_key": str(uuid4())}).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"phien={self.sessions[login]}; csrftoken={CSRF}",
        }
        return self._send("POST", path, told, headers)[0]

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes, str]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, {"Host": "localhost", "Connection": "close", **headers})
            answer = line.getresponse()
            return answer.status, answer.read(), answer.headers.get("Location", "")
        finally:
            line.close()


@contextmanager
def opened() -> Iterator[Theatre]:
    """A theatre whose server runs; Django speaks to its databases until it closes."""
    address = connections["default"].settings_dict
    before = address["NAME"]
    line = {"host": address["HOST"], "user": address["USER"], "password": address["PASSWORD"]}
    with psycopg.connect(dbname=before, port=address["PORT"] or None, autocommit=True, **line) as server:
        theatre = Theatre(server, address)
        clock.now = theatre.now
        web = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
        web.set_app(get_wsgi_application())
        theatre.port = web.server_port
        thread = threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            theatre.found()
            yield theatre
        finally:
            web.shutdown()
            web.server_close()
            theatre.drop()
            clock.now = theatre.wall
            theatre._use(before)
