"""Clients of an installation: programs with tokens that keep history and never guess what became of a request."""

import json
import time
import uuid
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any
from urllib.parse import urlencode

from tests.faults.history import FAIL, INFO, OK, History, Operation, Try, now

TIMEOUT = 15.0
BUSY = {429, 503}
FORM = "application/x-www-form-urlencoded"
CSRF = "a" * 32
DONE = 303
"""What a page answers that did what its form asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `status` 0 when nothing did."""

    status: int
    body: bytes = b""

    def json(self) -> Any:
        return json.loads(self.body)


def multipart(name: str, content: bytes) -> tuple[bytes, str]:
    """One file as a form sends it: the body and its content type."""
    edge = uuid.uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    return head.encode() + content + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


class Client:
    """One person's program. Each request has a connection of its own, so that a fault touches one request.

    Its keys are drawn from its name, so that a proxy with the same seed does the same to its n-th operation.
    """

    def __init__(self, name: str, token: str, port: int, history: History, session: str = "") -> None:
        self.name, self.token, self.port, self.history, self.session = name, token, port, history, session
        self.dice = Random(name)

    def ask(self, path: str) -> Any:
        """Read something; None when no whole answer came."""
        answer = self._exchange("GET", path)
        try:
            return answer.json() if answer.status == 200 else None
        except ValueError:
            return None

    def write(self, verb: str, path: str, body: Any, *, mark: str = "", file: tuple[str, bytes] | None = None) -> Any:
        """Do something, once: tried again with the same key until the answer is known. The answer, or None."""
        operation = self.begin(verb, mark)
        content, kind = multipart(*file) if file else (json.dumps(body).encode(), "application/json")
        return self.settle(operation, path, content, kind)

    def press(self, verb: str, path: str, form: dict[str, Any], *, mark: str = "") -> Any:
        """Send a page's form with this person's session, as `write` does."""
        operation = self.begin(verb, mark)
        return self.settle(operation, path, self.filled(operation, form), FORM)

    def begin(self, verb: str, mark: str) -> Operation:
        """An intent with a key of its own."""
        key = uuid.UUID(int=self.dice.getrandbits(128), version=4)
        return self.history.begin(self.name, verb, str(key), mark)

    @staticmethod
    def filled(operation: Operation, form: dict[str, Any]) -> bytes:
        """A form with the tokens that its page would carry."""
        return urlencode({**form, "csrfmiddlewaretoken": CSRF, "idempotency_key": operation.key}).encode()

    def settle(self, operation: Operation, path: str, content: bytes, kind: str, patience: float = 180.0) -> Any:
        """Send until ok or fail, at most `patience` seconds."""
        deadline, pause = time.monotonic() + patience, 0.05
        while True:
            answer = self.once(operation, path, content, kind)
            if operation.tries[-1].outcome != INFO:
                return answer
            if time.monotonic() > deadline:
                self.history.put_off(lambda: self.settle(operation, path, content, kind))
                return None
            time.sleep(pause)
            pause = min(pause * 1.6, 1.0)

    def once(self, operation: Operation, path: str, content: bytes, kind: str) -> Any:
        """One try, written into the history."""
        invoked = now()
        answer = self._exchange("POST", path, content, {"Content-Type": kind, "Idempotency-Key": operation.key})
        outcome, told, value = self._judge(answer)
        operation.tries.append(Try(outcome, answer.status, invoked, now(), told))
        return value

    @staticmethod
    def _judge(answer: Answer) -> tuple[str, str, Any]:
        """2xx with a whole answer is ok, as is a page that leads on; 4xx is a fail; all else may or may not have happened."""
        if answer.status == DONE:
            return OK, "", {}
        if 400 <= answer.status < 500 and answer.status not in BUSY:
            return FAIL, answer.body.decode(errors="replace")[:200], None
        if not 200 <= answer.status < 300:
            return INFO, "", None
        try:
            value = answer.json()
        except ValueError:
            return INFO, "", None
        one = value.get("document", value) if isinstance(value, dict) else {}
        return OK, str(one.get("id", "")), value

    def _exchange(self, method: str, path: str, content: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        line = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            told = {"Host": "localhost", "Connection": "close"} | (headers or {})
            by = {"Authorization": f"Bearer {self.token}"}
            if told.get("Content-Type") == FORM:
                by = {"Cookie": f"phien={self.session}; csrftoken={CSRF}"}
            line.request(method, path, content, told | by)
            answer = line.getresponse()
            return Answer(answer.status, answer.read())
        except (OSError, HTTPException):
            return Answer(0)
        finally:
            line.close()
