"""`worker`: the process that does what was put off."""

import asyncio
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.middleware import SyncCallNext
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from tram.jobs import commands
from tram.jobs.queries import is_left
from tram.jobs.rules import reason_of
from tram.jobs.sockets import declared
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.crashpoints import crashpoint
from tram.web.answers import hour_of_database


class WorkerConnector(PsycopgConnector):
    """Fetches on its own connections; what a job defers goes through Django's, into the job's own transaction."""

    def __init__(self) -> None:
        super().__init__(kwargs=connector_params(), min_size=1, max_size=4)
        self._within_jobs = app.connector.get_sync_connector()

    def get_sync_connector(self) -> BaseConnector:
        return self._within_jobs


def watch(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Around every job: a periodic one leaves its pulse, one that failed at its last try is parked with the reason.

    Jobs go by the hour of the database.
    """
    kind, job = declared.find(context.job.task_name), context.job
    system = Actor.system()
    crashpoint("jobs.taken")
    clock.follow(hour_of_database())
    try:
        result = call_next()
    except Exception as error:
        if kind and kind.cron:
            commands.beat(actor=system, at=clock.now(), name=job.task_name, reason=reason_of(error))
        elif kind and job.id and job.attempts + 1 >= kind.tries:
            commands.park(
                actor=system, at=clock.now(), job=job.id, name=job.task_name, args=dict(job.task_kwargs),
                tries=job.attempts + 1, reason=reason_of(error),
            )  # fmt: skip
        raise
    if kind and kind.cron:
        commands.beat(actor=system, at=clock.now(), name=job.task_name)
    crashpoint("jobs.done")
    return result


class Command(BaseCommand):
    help = "Làm các việc nền: thư gộp, chỉ mục, dọn dẹp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết những gì đang chờ rồi dừng")
        parser.add_argument("--concurrency", type=int, default=int(os.environ.get("TRAM_JOBS", "2")))

    def handle(self, *args: Any, once: bool, concurrency: int, **options: Any) -> None:
        asyncio.run(self._work(once, concurrency))
        while (
            once and is_left()
        ):  # what waited for the lock of another was nobody's when the last of the others stopped looking
            asyncio.run(self._work(once, concurrency))

    @staticmethod
    async def _work(once: bool, concurrency: int) -> None:
        around = [*(app.worker_defaults.get("task_middleware") or []), watch]
        with app.replace_connector(WorkerConnector()):
            async with app.open_async():
                await app.run_worker_async(
                    wait=not once, concurrency=concurrency, task_middleware=around, shutdown_graceful_timeout=20,
                    listen_notify=not once,
                )  # fmt: skip
