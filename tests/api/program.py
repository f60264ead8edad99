"""A program with a token, and every operation of the API as its description names them."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve

from tests.cast import PASSWORD, Cast
from tram.identity.commands.entering import sign_in
from tram.identity.commands.tokens import issue_token
from tram.identity.models import SignIn
from tram.kernel import clock
from tram.kernel.actors import Actor


def token(cast: Cast, name: str, *, may_write: bool = True) -> str:
    """A token of one of the cast that acts from their seat."""
    at = clock.now()
    entry = sign_in(actor=Actor.system(), at=at, login=name, password=PASSWORD, address="127.0.0.1", agent="Chromium")
    assert entry.is_admitted, entry.problem
    row = SignIn.objects.filter(account=cast.accounts[name]).latest("pk")
    return issue_token(
        actor=cast.actor(name, at), at=at, sign_in=row, name=f"{name} {uuid4()}", post=cast.posts[name].pk,
        may_write=may_write, life=timedelta(days=30),
    )  # fmt: skip


@dataclass
class Program:
    """Someone's program. `reached` gathers the operations that answered it with 200."""

    secret: str = ""
    reached: set[tuple[str, str]] = field(default_factory=set)
    client: Client = field(default_factory=Client)

    def get(self, path: str, status: int = 200) -> Any:
        """Ask; the answer read from JSON."""
        return self._answer("GET", path, status, self.client.get(path, headers=self.headers()))

    def send(self, path: str, body: Any = None, status: int = 200, key: str = "") -> Any:
        """Send JSON; `...` in place of a body sends none."""
        content = b"" if body is ... else body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        answer = self.client.post(path, content, content_type="application/json", headers=self.headers(key))
        return self._answer("POST", path, status, answer)

    def upload(self, path: str, name: str, content: bytes, status: int = 200) -> Any:
        """Send one file."""
        told = {"file": SimpleUploadedFile(name, content)}
        return self._answer("POST", path, status, self.client.post(path, told, headers=self.headers(str(uuid4()))))

    def headers(self, key: str = "") -> dict[str, str]:
        """What every request of it carries."""
        told = {"Idempotency-Key": key or str(uuid4())}
        return {**told, "Authorization": f"Bearer {self.secret}"} if self.secret else told

    def _answer(self, method: str, path: str, status: int, answer: Any) -> Any:
        assert answer.status_code == status, (method, path, answer.status_code, answer.content.decode()[:1500])
        assert answer.headers["Content-Type"].startswith("application/json"), (path, answer.headers)
        if status == 200:
            self.reached.add((method, operation_of(path)))
        return answer.json()


def operation_of(path: str) -> str:
    """The path of the operation that answers an address, as the description writes it."""
    return "/" + resolve(path.partition("?")[0]).route.replace("<", "{").replace(">", "}")


def operations(client: Client) -> dict[tuple[str, str], dict[str, Any]]:
    """(method, path) -> what the published description says of it."""
    described = client.get("/api/openapi.json").json()
    return {
        (method.upper(), path): operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
