"""Who reads public pages, and how every test of them begins; for the conftest of each room that has such pages."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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


def asked(reader: Client, address: str, says: str = "") -> list[str]:
    """What a page that is made anew asks of the database: the sites once, as each process reads them once a second. What the
    site wears is asked once for each generation of it: known by then."""
    queries.generations.forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "EVERY_SECONDS", 3600.0)
        for _ in range(2):
            for shelf in (KEPT, OLDER):
                shelf.forget()
            queries.generations._read = -3600.0
            with CaptureQueriesContext(connection) as found:
                answer = reader.get(address)
    queries.generations.forget()
    assert answer.status_code == 200 and says in answer.content.decode(), address
    return [one["sql"] for one in found.captured_queries]
