"""The audit names the account that acted, so there is one."""

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from tests.search.conftest import NOW
from tram.identity.models import Account


@pytest.fixture(autouse=True)
def hoa(db: None, request: pytest.FixtureRequest) -> Account | None:
    return (
        None
        if "cast" in request.fixturenames
        else Account.objects.create(pk=1, login="hoa", name="Hoa", name_key="hoa", created_at=NOW)
    )


@pytest.fixture(scope="module", autouse=True)
def empty_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Nothing waits from before: these tests count all that is put off, and a browser of earlier ones may send late."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True, allow_cascade=True)
