"""Jobs are done with a real worker: at least once, tried again, and parked when they fail for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.jobs.working import work
from tram.jobs import commands, queries
from tram.jobs.models import Beat
from tram.jobs.sockets import declared, job, periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Refused, WrongState

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system()
done: list[int] = []


@job("Ghi một con số")
def note(number: int) -> None:
    done.append(number)


@job("Việc luôn hỏng")
def poison(letter: int) -> None:
    raise ConnectionError(f"the text of letter {letter}")


@job("Giao thêm việc rồi hỏng")
def half() -> None:
    with transaction.atomic():
        note.defer(number=99)
        raise ValueError


@periodic("Nhịp thử", cron="0 0 1 1 *")
def pulse() -> None:
    if done:
        raise ValueError


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def run_out_of_tries() -> None:
    for _ in range(5):
        work()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def test_a_deferred_job_is_done_once() -> None:
    note.defer(number=7)
    assert queries.backlog(clock.now()) == 1
    work()
    work()
    assert done == [7]
    assert not ProcrastinateJob.objects.filter(task_name=note.name, status="todo").exists(), "others come by the clock"


def test_a_job_of_a_command_that_failed_is_never_done() -> None:
    with pytest.raises(ValueError), transaction.atomic():
        note.defer(number=7)
        raise ValueError
    work()
    assert done == []


def test_what_a_job_defers_belongs_to_the_jobs_own_transaction() -> None:
    half.defer()
    work()
    assert not ProcrastinateJob.objects.filter(task_name=note.name).exists()


def test_a_poison_job_is_parked_after_five_tries_and_its_reason_quotes_no_text() -> None:
    poison.defer(letter=12)
    run_out_of_tries()
    row = queries.parked()[0]
    assert (row.title, row.args, row.tries) == ("Việc luôn hỏng", {"letter": 12}, 5)
    assert "không trả lời" in row.reason and "letter" not in row.reason


def test_a_parked_job_gets_five_new_tries_and_is_settled_once() -> None:
    poison.defer(letter=12)
    run_out_of_tries()
    parked = queries.parked()[0].pk
    commands.retry_parked(actor=SYSTEM, at=clock.now(), parked=parked)
    assert queries.parked() == []
    assert queries.backlog(clock.now()) == 1
    with pytest.raises(WrongState):
        commands.dismiss_parked(actor=SYSTEM, at=clock.now(), parked=parked)


def test_a_dismissed_job_is_not_parked_again() -> None:
    poison.defer(letter=12)
    run_out_of_tries()
    commands.dismiss_parked(actor=SYSTEM, at=clock.now(), parked=queries.parked()[0].pk)
    commands.rescue(actor=SYSTEM, at=clock.now())
    assert queries.parked() == []


def test_a_job_of_an_unknown_kind_is_parked_with_its_own_sentence() -> None:
    app.configure_task("tram.gone.jobs.away").defer()
    work()
    commands.rescue(actor=SYSTEM, at=clock.now())
    assert "không còn loại việc này" in queries.parked()[0].reason


def test_a_periodic_job_leaves_its_pulse_and_its_fault_but_is_never_parked() -> None:
    app.configure_task(pulse.name).defer(timestamp=0)
    work()
    assert Beat.objects.get(name=pulse.name).failed_at is None
    done.append(1)
    app.configure_task(pulse.name).defer(timestamp=1)
    work()
    commands.rescue(actor=SYSTEM, at=clock.now())
    beat = next(row for row in queries.beats(clock.now()) if row.name == pulse.name)
    assert "ValueError" in beat.reason and beat.ran_at is not None and beat.failed_at is not None and not beat.late
    assert queries.parked() == []


def test_a_periodic_job_that_missed_two_hours_is_late() -> None:
    commands.beat(actor=SYSTEM, at=clock.now() - timedelta(days=3), name="tram.jobs.jobs.purge")
    late: dict[str, Any] = {row.name: row.late for row in queries.beats(clock.now())}
    assert late["tram.jobs.jobs.purge"]
    assert not declared["tram.jobs.jobs.purge"].title.isascii()


def test_nobody_else_may_run_the_clockwork_or_mend() -> None:
    stranger = Actor(account=1, name="Người lạ")
    with pytest.raises(Refused, match="quản trị tỉnh"):
        commands.retry_parked(actor=stranger, at=clock.now(), parked=1)
    with pytest.raises(Refused, match="hệ thống"):
        commands.rescue(actor=stranger, at=clock.now())
