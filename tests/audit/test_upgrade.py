"""Rows of the audit that were there before a migration are there after it."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.cast import build
from tram.audit.models import Chain, Event
from tram.audit.queries import Break, verify


@pytest.mark.django_db(transaction=True)
def test_chains_learn_their_last_moment_on_data_that_is_there() -> None:
    build()
    call_command("migrate", "audit", "0002", verbosity=0)
    try:
        call_command("migrate", "audit", verbosity=0)
        last = Event.objects.order_by("agency", "-seq").distinct("agency")
        assert dict(Chain.objects.values_list("agency", "at")) == {row.agency: row.at for row in last}
        assert not [found for found in verify() if isinstance(found, Break)]
        with pytest.raises(Exception, match="chỉ được tiến lên"), connection.cursor() as cursor:
            cursor.execute("UPDATE audit_chain SET seq = 0")
    finally:
        call_command("migrate", "audit", verbosity=0)
