"""What a program sends is one act: it stands or falls whole, and nobody waits for a book longer than they must."""

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Programs
from tram.audit.models import Event
from tram.documents.models import Incoming

SLIP = {"organ_name": "Sở Tài chính", "code_number": "45", "code_notation": "STC-NS", "subject": "Dự toán"}


def test_what_fails_half_way_leaves_nothing_and_may_be_sent_again(program: Programs) -> None:
    hoa, key, before = program("hoa"), str(uuid4()), Event.objects.count()
    wrong = hoa.send("/api/documents", {"slip": SLIP, "kept_number": 7}, 422, key)
    assert "chưa được giữ" in wrong["errors"]["kept_number"]
    assert not Incoming.objects.exists() and Event.objects.count() == before
    assert hoa.send("/api/documents", {"slip": SLIP}, key=key)["document"]["arrival_number"] == 1


def test_from_the_number_on_nothing_is_asked_while_others_wait_for_the_book(program: Programs) -> None:
    hoa = program("hoa")
    with CaptureQueriesContext(connection) as spoken:
        made = hoa.send("/api/documents", {"slip": SLIP})
    said = [query["sql"] for query in spoken.captured_queries]
    number = next(place for place, sql in enumerate(said) if "UPDATE organisation_numberbook" in sql)
    asked = [sql for sql in said[number + 1 :] if sql.startswith("SELECT")]
    assert len(asked) == 1 and "FROM audit_chain" in asked[0], asked
    assert sum("SAVEPOINT" in sql for sql in said) == 2, "only that which stands here for the transaction of the POST"
    assert len(said) <= 16
    again = hoa.get(f"/api/documents/{made['document']['id']}")
    assert again == made
