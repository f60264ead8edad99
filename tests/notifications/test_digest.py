"""One mail at 7:00 and one at 16:00, or one at the hour that somebody chose; once each."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.search.conftest import somebody
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Invalid
from tram.notifications import commands, jobs
from tram.notifications.models import Digest
from tram.notifications.rules import digests as rules
from tram.notifications.sockets import Addressee, DigestLine, addressees, digests

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
MORNING = datetime(2026, 11, 18, 7, 0, tzinfo=LOCAL)
PEOPLE: list[Addressee] = []
LINES: list[DigestLine] = []


def people(on: date, account: int | None = None) -> list[Addressee]:
    return [one for one in PEOPLE if account in (None, one.account)]


def due(posts: Sequence[int], on: date) -> list[DigestLine]:
    return LINES if 3 in posts else []


@pytest.fixture(autouse=True)
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(addressees, "_plugs", {"tests": people})
    monkeypatch.setattr(digests, "_plugs", {"tests": due})
    PEOPLE[:] = [Addressee(1, "Lan", "lan@example.vn", (3,)), Addressee(2, "Không có thư", "", (3,))]
    LINES[:] = [
        DigestLine("Đến hạn hôm nay: việc B", "/viec/2", False),
        DigestLine("Quá hạn 3 ngày: việc A", "/viec/1", True),
    ]
    yield


def send(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock strikes, and the worker does what was put off."""
    monkeypatch.setattr(clock, "now", lambda: at)
    jobs.send_digests(0)
    for put_off in ProcrastinateJob.objects.filter(task_name=jobs.send_digest.name):
        jobs.send_digest(**put_off.args)


def test_a_digest_lists_what_is_late_before_what_is_due_and_its_subject_has_numbers_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(MORNING, monkeypatch)
    assert mail.outbox[0].subject == "Trạm: 1 việc quá hạn, 1 việc đến hạn"
    body = str(mail.outbox[0].body)
    assert body.index("việc A") < body.index("việc B") and "/viec/1" in body


def test_each_digest_goes_out_once_however_often_the_clock_strikes(monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in (0, 5, 10):
        send(MORNING.replace(minute=minute), monkeypatch)
    assert [one.to for one in mail.outbox] == [["lan@example.vn"]]
    send(MORNING.replace(hour=16), monkeypatch)
    assert len(mail.outbox) == 2


def test_a_mail_that_fails_is_sent_at_the_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch, pytest.raises(ConnectionRefusedError):
        patch.setattr(jobs, "send_mail", broken)
        send(MORNING, patch)
    assert Digest.objects.get().settled_at is None
    send(MORNING, monkeypatch)
    assert len(mail.outbox) == 1


def test_who_has_nothing_due_and_nothing_unread_gets_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    LINES.clear()
    send(MORNING, monkeypatch)
    assert mail.outbox == [] and Digest.objects.get().lines == 0


def test_no_mail_in_quiet_hours_nor_to_who_switched_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    commands.keep_quiet(actor=somebody(), at=MORNING, since=time(21), until=time(7, 30))
    send(MORNING, monkeypatch)
    assert mail.outbox == []
    commands.keep_quiet(actor=somebody(), at=MORNING, since=None, until=None)
    commands.prefer(actor=somebody(), at=MORNING, switches_on=set())
    send(MORNING.replace(hour=16), monkeypatch)
    assert mail.outbox == []


def test_after_a_long_outage_the_digest_is_left_out() -> None:
    assert rules.slots(MORNING.replace(hour=9), rules.HOURS) == [MORNING]
    assert rules.slots(MORNING.replace(hour=11), rules.HOURS) == []
    assert rules.slots(MORNING.replace(hour=6, minute=59), rules.HOURS) == []


def test_who_chose_an_hour_gets_one_mail_a_day_then(monkeypatch: pytest.MonkeyPatch) -> None:
    commands.choose_hour(actor=somebody(), at=MORNING, hour=9)
    for hour, sent in ((7, 0), (9, 1), (10, 1), (16, 1)):
        send(MORNING.replace(hour=hour), monkeypatch)
        assert len(mail.outbox) == sent, hour
    commands.choose_hour(actor=somebody(), at=MORNING, hour=None)
    send(MORNING.replace(hour=16), monkeypatch)
    assert len(mail.outbox) == 2
    with pytest.raises(Invalid, match="5:00 đến 21:00"):
        commands.choose_hour(actor=somebody(), at=MORNING, hour=3)


@pytest.mark.parametrize(("hour", "quiet"), [(time(21), True), (time(3), True), (time(6), False), (time(12), False)])
def test_quiet_hours_run_over_midnight(hour: time, quiet: bool) -> None:
    assert rules.is_quiet(hour, time(21), time(6)) is quiet
    assert rules.is_quiet(hour, time(6), time(21)) is not quiet


def test_the_hours_are_those_of_viet_nam() -> None:
    midnight_utc = datetime.fromisoformat("2026-11-18T00:01:00+00:00")
    assert rules.slots(midnight_utc, rules.HOURS) == [MORNING]
