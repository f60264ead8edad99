"""The chain: what is written stays written, and whoever changes it all the same is found."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.writing import write
from tests.cast import AT
from tram.audit.commands import record, together
from tram.audit.models import Event
from tram.audit.queries import verify
from tram.kernel.actors import Actor

SYSTEM = Actor.system()


def test_each_agency_has_its_own_unbroken_chain(db: None) -> None:
    write(7, 5)
    write(8, 3)
    assert list(verify(7)) == [5]
    assert list(verify(8)) == [3]


@pytest.mark.parametrize(
    ("back", "told"), [(timedelta(hours=1), 0), (timedelta(days=2), 0), (timedelta(days=3660), 3660)]
)
def test_a_clock_set_back_does_not_turn_the_order_of_moments(db: None, back: timedelta, told: int) -> None:
    """A slip of up to two days is told as no time passed; what lies further back is another time, told as it is."""
    for at in (AT, AT - back, AT + timedelta(seconds=1)):
        with together():
            record(actor=SYSTEM, at=at, what="documents.closed", about="documents.incoming/1", agency=7, outcome="x")
    moments = list(Event.objects.filter(agency=7).order_by("seq").values_list("at", flat=True))
    assert moments == [AT, AT - timedelta(days=told), AT + timedelta(seconds=1)]
    assert list(verify(7)) == [3]


def test_a_command_that_fails_leaves_no_record(db: None) -> None:
    with pytest.raises(ZeroDivisionError), together():
        record(actor=SYSTEM, at=AT, what="documents.closed", about="documents.incoming/1", agency=7)
        raise ZeroDivisionError
    assert not Event.objects.filter(agency=7).exists()


def test_whatever_was_said_reads_back_as_it_was_chained(db: None) -> None:
    said = {
        "reason": "Nhầm \ud800 nơi\x00 gửi " + "dài " * 50_000,
        "days": [AT.date()],
        1: None,
        "n": 2**70,
        "yes": True,
    }
    with together():
        at = AT + timedelta(microseconds=123_457)
        record(actor=SYSTEM, at=at, what="documents.closed", about="documents.incoming/1", agency=7, said=said)
    assert list(verify(7)) == [1]
    assert Event.objects.get(agency=7).detail["said"]["reason"].startswith("Nhầm ? nơi gửi")


def test_an_inner_failure_that_is_caught_drops_only_its_own_record(db: None) -> None:
    with together():
        record(actor=SYSTEM, at=AT, what="documents.closed", about="documents.incoming/1", agency=7)
        with pytest.raises(ZeroDivisionError), together():
            record(actor=SYSTEM, at=AT, what="documents.closed", about="documents.incoming/2", agency=7)
            raise ZeroDivisionError
    assert list(Event.objects.filter(agency=7).values_list("about", flat=True)) == ["documents.incoming/1"]


def test_a_record_stands_inside_a_command() -> None:
    with pytest.raises(RuntimeError):
        record(actor=SYSTEM, at=AT, what="documents.closed", about="documents.incoming/1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET what = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "DELETE FROM audit_chain",
        "UPDATE audit_chain SET seq = 0",
    ],
)
def test_the_database_refuses_changes_from_its_console(db: None, statement: str) -> None:
    write(7, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="nhật ký"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
