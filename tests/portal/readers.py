"""Who reads public pages, and how every test of them begins; for the conftest of each room that has such pages."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tram.portal import queries
from tram.portal.pages.finding import ASKED
from tram.portal.rules.kept import KEPT, OLDER


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody without an account."""
    return client


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is kept from other tests, and no second passes between what is published and what is read."""
    monkeypatch.setattr(queries, "EVERY_SECONDS", 0.0)
    for shelf in (KEPT, OLDER):
        shelf.forget()
    ASKED._seen.clear()
    yield
    for shelf in (KEPT, OLDER):
        shelf.forget()
    queries.generations.forget()
