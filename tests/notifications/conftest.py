"""The audit names the account that acted, so there is one."""

import pytest

from tests.search.conftest import NOW
from tram.identity.models import Account


@pytest.fixture(autouse=True)
def hoa(db: None, request: pytest.FixtureRequest) -> Account | None:
    return (
        None
        if "cast" in request.fixturenames
        else Account.objects.create(pk=1, login="hoa", name="Hoa", name_key="hoa", created_at=NOW)
    )
