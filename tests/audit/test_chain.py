"""The chain: what is written stays written, and whoever changes it all the same is found."""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import AT
from tram.audit.commands import record, together
from tram.audit.models import Event
from tram.audit.queries import Break, verify
from tram.kernel.actors import Actor

SYSTEM = Actor.system()
TAMPERS = 1000


def write(agency: int, rows: int) -> None:
    for n in range(rows):
        with together():
            at = AT + timedelta(seconds=n)
            record(
                actor=SYSTEM,
                at=at,
                what="documents.closed",
                about=f"documents.incoming/{n}",
                agency=agency,
                outcome=f"việc {n}",
            )


def test_each_agency_has_its_own_unbroken_chain(db: None) -> None:
    write(7, 5)
    write(8, 3)
    assert list(verify(7)) == [5]
    assert list(verify(8)) == [3]


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


COLUMNS = {
    "what": "'documents.opened'",
    "about": "'documents.incoming/999'",
    "actor_name": "'Ai đó'",
    "at": "at + interval '1 microsecond'",
    "detail": '\'{"outcome": "khác"}\'::jsonb',
    "principal": "4",
    "post": "9",
    "principal_name": "'B'",
    "hash": "sha256('x')",
    "prev": "sha256('y')",
}


def tamper(dice: random.Random, rows: int) -> tuple[str, int]:
    """One random change with the triggers off, and the first row from which the chain no longer holds."""
    seq = dice.randint(1, rows)
    kind = dice.choice(["edit", "delete", "insert", "swap", "cut", "rewrite"])
    if kind == "edit":
        column = dice.choice(list(COLUMNS))
        return f"UPDATE audit_event SET {column} = {COLUMNS[column]} WHERE agency = 7 AND seq = {seq}", seq
    if kind == "delete":
        return f"DELETE FROM audit_event WHERE agency = 7 AND seq = {seq}", seq
    if kind == "cut":
        return f"DELETE FROM audit_event WHERE agency = 7 AND seq >= {seq}", seq
    if kind == "insert":
        columns = "at, what, about, actor_name, principal_name, detail, prev, hash"
        return (
            f"UPDATE audit_event SET seq = -seq - 1 WHERE agency = 7 AND seq >= {seq};"
            f"UPDATE audit_event SET seq = -seq WHERE agency = 7 AND seq < 0;"
            f"INSERT INTO audit_event (agency, seq, {columns}) SELECT agency, {seq}, {columns}"
            f" FROM audit_event WHERE agency = 7 AND seq <> {seq} + 1 LIMIT 1"
        ), seq
    if kind == "swap":
        other = seq % rows + 1
        return (
            f"UPDATE audit_event SET seq = -1 WHERE agency = 7 AND seq = {seq};"
            f"UPDATE audit_event SET seq = {seq} WHERE agency = 7 AND seq = {other};"
            f"UPDATE audit_event SET seq = {other} WHERE agency = 7 AND seq = -1"
        ), min(seq, other)
    return (
        f"UPDATE audit_event SET what = 'documents.opened', hash = sha256(prev) WHERE agency = 7 AND seq = {seq}",
        seq,
    )


def test_a_thousand_tampers_are_each_found_at_their_row(db: None) -> None:
    write(7, 40)
    dice = random.Random(2026)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        for _ in range(TAMPERS):
            statement, first = tamper(dice, 40)
            point = transaction.savepoint()
            cursor.execute(statement)
            (found,) = verify(7)
            transaction.savepoint_rollback(point)
            assert isinstance(found, Break), statement
            assert found.seq == first, statement
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    assert list(verify(7)) == [40]
