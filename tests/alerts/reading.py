"""Readers of the stories: they ask, confirm by the link of their mail, and get what is new when the clock strikes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import AT, Cast
from tram.alerts import jobs
from tram.alerts.commands.asking import ask, confirm
from tram.alerts.models import Subscriber
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS

ADDRESS, NEWS = "qzlan.bao@example.com", "news/activity@0"
BEFORE = AT - timedelta(hours=2)
EVENING = AT.replace(hour=17)
LINK = re.compile(r"/cong/nhan-tin/(xac-nhan|cua-toi|thoi)/([\w-]+)")
JOBS: dict[str, Callable[..., None]] = {one.name: one for one in (jobs.send_confirmation, jobs.send_batch)}


def work(at: datetime) -> None:
    """Do what was put off until this moment, and what comes of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        while waiting := list(ProcrastinateJob.objects.filter(task_name__in=JOBS, status="todo").order_by("id")):
            due = [one for one in waiting if one.scheduled_at is None or one.scheduled_at <= at]
            for one in due:
                JOBS[one.task_name](**one.args)
                ProcrastinateJob.objects.filter(pk=one.pk)._raw_delete("default")
            if not due:
                return


def strike(at: datetime = EVENING) -> list[Any]:
    """The clock strikes: the mails that went out."""
    before = len(mail.outbox)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        jobs.open_rounds(0)
    work(at)
    return mail.outbox[before:]


def link_in(letter: Any, which: str = "xac-nhan") -> str:
    """The secret of a link in a mail."""
    return next(secret for kind, secret in LINK.findall(str(letter.body)) if kind == which)


@dataclass
class Reading:
    """Readers and what becomes of them, on the day of the cast."""

    cast: Cast

    def ask(self, address: str = ADDRESS, *topics: str, at: datetime = BEFORE, **more: Any) -> None:
        """Somebody types an address."""
        told = {"is_hourly": False, "consents": True} | more
        ask(actor=ANONYMOUS, at=at, address=address, topics=topics or [NEWS], **told)

    def asked(self, *told: Any, at: datetime = BEFORE, **more: Any) -> str:
        """The same; the secret of the link that came by mail."""
        self.ask(*told, at=at, **more)
        work(at)
        return link_in(mail.outbox[-1])

    def reads(self, address: str = ADDRESS, *topics: str, at: datetime = BEFORE, is_hourly: bool = False) -> str:
        """Confirmed by its owner; the secret of their page."""
        secret = self.asked(address, *topics, at=at, is_hourly=is_hourly)
        return confirm(actor=ANONYMOUS, at=at, secret=secret, topics=topics or [NEWS], is_hourly=is_hourly)

    def crowd(self, number: int) -> list[Subscriber]:
        """So many readers who confirmed long ago."""
        self.reads("nguoi-0@example.com")
        one = Subscriber.objects.get()
        more = [
            Subscriber(
                mark=b"m%d" % n, address=bytes(one.address), seed=b"s%d" % n, hash=b"h%d" % n, confirmed_by=b"c%d" % n,
                topics=[NEWS], is_hourly=False, confirmed_at=BEFORE, told_item=one.told_item,
            )
            for n in range(1, number)
        ]  # fmt: skip
        return [one, *Subscriber.objects.bulk_create(more)]
