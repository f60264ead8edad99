"""What the stories of identity share: a visitor at the door, a form as the browser sends it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.test import Client

from tram.identity.commands.entering import Entry, sign_in
from tram.identity.models import SignIn
from tram.identity.rules import hash_of
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"
STRANGE = "203.0.113.7"


def enter(login: str, password: str, at: datetime | None = None, address: str = STRANGE) -> Entry:
    """A visitor tries the first door."""
    return sign_in(actor=ANONYMOUS, at=at or clock.now(), login=login, password=password, address=address, agent=CHROME)


def row_of(entry: Entry) -> SignIn:
    """The sign-in that an entry began."""
    return SignIn.objects.select_related("account").get(key_hash=hash_of(entry.key))


def own_row(client: Client) -> SignIn:
    """The sign-in behind a client's cookie."""
    return SignIn.objects.select_related("account").get(key_hash=hash_of(client.session["sign_in"]))


def send(client: Client, path: str, **fields: Any) -> Any:
    """A form as the browser sends it, with its idempotency key."""
    return client.post(path, {**fields, "idempotency_key": str(uuid4())})
