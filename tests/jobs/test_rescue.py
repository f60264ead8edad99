"""A killed worker loses no job."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.jobs.working import work
from tram.jobs import commands, queries
from tram.jobs.models import Parked
from tram.jobs.sockets import job
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.web.models import Answer

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system()
SLOW_WORKER = """
import time, django
from django.core.management import call_command
django.setup()
from procrastinate.contrib.django import app
@app.task(name="tests.slow")
def slow():
    print("started", flush=True)
    time.sleep(60)
call_command("worker")
"""
finished: list[str] = []


@job("Việc chậm")
def slow() -> None:
    finished.append("slow")


def url() -> str:
    place = connection.settings_dict
    query = urlencode({"host": place["HOST"], **({"port": place["PORT"]} if place["PORT"] else {})})
    return f"postgresql://{quote(place['USER'])}:{quote(place['PASSWORD'])}@/{place['NAME']}?{query}"


def killed_worker() -> None:
    """A worker of its own process takes the job and is killed in the middle of it."""
    environment = os.environ | {"DATABASE_URL": url(), "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    script = SLOW_WORKER.replace("tests.slow", slow.name)
    with subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"started\n"
        worker.send_signal(signal.SIGKILL)


def test_a_job_whose_worker_was_killed_is_done_by_the_next_one() -> None:
    finished.clear()
    slow.defer()
    killed_worker()
    assert ProcrastinateJob.objects.get(task_name=slow.name).status == "doing"
    commands.rescue(actor=SYSTEM, at=clock.now())
    assert ProcrastinateJob.objects.get(task_name=slow.name).status == "doing"
    commands.rescue(actor=SYSTEM, at=clock.now() + timedelta(seconds=60))
    assert ProcrastinateJob.objects.get(task_name=slow.name).status == "todo"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    work()
    assert finished == ["slow"]


def stall(attempts: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = %s", [attempts])


def test_a_job_that_kills_its_worker_five_times_is_parked() -> None:
    slow.defer()
    stall(attempts=4)
    commands.rescue(actor=SYSTEM, at=clock.now())
    assert "cả 5 lần" in queries.parked()[0].reason


def test_a_healthy_worker_keeps_its_job() -> None:
    slow.defer()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    assert commands.rescue(actor=SYSTEM, at=clock.now() + timedelta(seconds=30)) == 0


def test_a_periodic_job_left_hanging_is_neither_repeated_nor_parked() -> None:
    app.configure_task("tram.jobs.jobs.purge").defer(timestamp=0)
    stall(attempts=0)
    assert commands.rescue(actor=SYSTEM, at=clock.now()) == 1
    assert ProcrastinateJob.objects.get(task_name="tram.jobs.jobs.purge").status == "failed"
    assert not Parked.objects.exists()


def test_the_sweep_takes_old_answers_and_finished_jobs_and_nothing_else() -> None:
    now = clock.now()
    for days in (1, 8):
        Answer.objects.create(owner="1", key=uuid4(), path="/", given_at=now - timedelta(days=days))
    slow.defer()
    work()
    slow.defer()
    ours = ProcrastinateJob.objects.filter(task_name=slow.name)
    commands.purge(actor=SYSTEM, at=now)
    assert (Answer.objects.count(), ours.count()) == (1, 2)
    commands.purge(actor=SYSTEM, at=now + timedelta(days=2))
    assert [job.status for job in ours] == ["todo"]


def test_a_backlog_is_worked_off_whole() -> None:
    finished.clear()
    slow.batch_defer(*({} for _ in range(300)))
    work()
    assert len(finished) == 300
