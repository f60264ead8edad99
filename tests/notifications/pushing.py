"""The outside world of push: a browser that can open what is sealed for it, and a push service on this machine."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tram.identity.models import SignIn
from tram.identity.rules import hash_of
from tram.kernel.actors import Actor
from tram.notifications import commands, jobs
from tram.notifications.models import Device
from tram.notifications.rules.sealing import bytes64, text64

FCM = "https://fcm.googleapis.com/fcm/send/"


class Browser:
    """A browser's half of a subscription, which never leaves it."""

    def __init__(self, private: ec.EllipticCurvePrivateKey | None = None, auth: bytes = b"16 bytes of auth") -> None:
        self.private, self.auth = private or ec.generate_private_key(ec.SECP256R1()), auth
        self.point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def fields(self) -> dict[str, str]:
        """What it gives away."""
        return {"point": text64(self.point), "auth": text64(self.auth)}

    def opened(self, body: bytes) -> bytes:
        """The plain text of a message, its filling taken off (RFC 8291, section 3.4)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size and length == 65
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = HKDF(SHA256(), 32, self.auth, b"WebPush: info\0" + self.point + theirs).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02", "the last record ends so"
        return plain[:-1]

    def told(self, body: bytes) -> dict[str, str]:
        """What its service worker would show."""
        found: dict[str, str] = json.loads(self.opened(body))
        return found


def claims(authorization: str) -> dict[str, Any]:
    """Who a message says it is from, after the signature was held against the key beside it (RFC 8292)."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, body, signature = parts["t"].split(".")
    raw = bytes64(signature)
    assert scheme == "vapid" and json.loads(bytes64(head)) == {"typ": "JWT", "alg": "ES256"} and len(raw) == 64
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes64(parts["k"]))
    whole = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(whole, f"{head}.{body}".encode(), ec.ECDSA(SHA256()))
    found: dict[str, Any] = json.loads(bytes64(body))
    return found


@dataclass
class Service:
    """A push service: what it was sent, and the statuses that it will answer, 201 when none is left."""

    url: str = ""
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)


@contextmanager
def service() -> Iterator[Service]:
    """A real HTTP server on this machine."""
    told = Service()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.taken.append((self.path, dict(self.headers), body))
            status, headers = told.answers.pop(0) if told.answers else (201, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    told.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def signs_in(account: int, browser: str, at: datetime, **more: Any) -> SignIn:
    """Somebody was let in in a browser."""
    return SignIn.objects.create(
        account_id=account, key_hash=hash_of(f"{browser} {at} {account}"), device="Chrome trên Windows", address="",
        browser=hash_of(browser), started_at=at, seen_at=at, admitted_at=at, proved_at=at, proved_by="password", **more,
    )  # fmt: skip


def device_of(actor: Actor, at: datetime, name: str, endpoint: str = "", browser: Browser | None = None) -> Device:
    """A device of theirs; the browser is called `name`."""
    return commands.subscribe(
        actor=actor, at=at, browser=hash_of(name), device="Chrome trên Windows", endpoint=endpoint or FCM + hash_of(name).hex(),
        **(browser or Browser()).fields,
    )  # fmt: skip


def waiting() -> list[tuple[str, dict[str, Any], datetime | None]]:
    """What of pushing is put off: (job, arguments, not before)."""
    rows = ProcrastinateJob.objects.filter(task_name__startswith="tram.notifications.jobs.push", status="todo")
    return [(row.task_name.rpartition(".")[2], row.args, row.scheduled_at) for row in rows.order_by("id")]


def work(at: datetime) -> int:
    """Do what waits for this hour, and what follows from it; how many pushes were tried."""
    tried = 0
    while due := [one for one in waiting() if one[2] is None or one[2] <= at]:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'tram.notifications.jobs.push%%'"
                " AND coalesce(scheduled_at, %s) <= %s",
                [at, at],
            )
        for name, args, _ in due:
            getattr(jobs, name)(**args)
            tried += name == "push_to"
    return tried
