"""Reading the state of background work: what waits, what hangs, what broke, what still beats."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tram.jobs.models import Beat, Parked
from tram.jobs.rules import STALLED_AFTER
from tram.jobs.sockets import declared
from tram.web.rows import read


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """Một việc hỏng đang chờ người xử lý."""

    pk: int
    title: str
    args: dict[str, Any]
    tries: int
    reason: str
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class BeatRow:
    """Nhịp của một việc định kỳ; `late` khi đã lỡ hai giờ chạy liền."""

    name: str
    title: str
    ran_at: datetime | None
    failed_at: datetime | None
    reason: str
    late: bool


def backlog(at: datetime) -> int:
    """How many jobs are due and wait for a worker."""
    return ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=at), status="todo").count()


def stalled(at: datetime) -> QuerySet[ProcrastinateJob]:
    """Jobs that are being done by a worker that no longer beats."""
    silent = Q(worker=None) | Q(worker__last_heartbeat__lt=at - STALLED_AFTER)
    return ProcrastinateJob.objects.filter(silent, status="doing").order_by("id")


def unparked() -> QuerySet[ProcrastinateJob]:
    """Jobs that failed for good without leaving word: their worker could not write, or does not know them."""
    known = Parked.objects.values("job")
    clockwork = [name for name, kind in declared.items() if kind.cron]
    return ProcrastinateJob.objects.filter(status="failed").exclude(id__in=known).exclude(task_name__in=clockwork)


def parked(limit: int = 100) -> list[ParkedRow]:
    """Broken jobs that wait for a person, newest first."""
    rows = Parked.objects.filter(settled_at=None).order_by("-parked_at", "-pk")[:limit]
    return [ParkedRow(row.pk, row.title, row.args, row.tries, row.reason, row.parked_at) for row in rows]


def beats(at: datetime) -> list[BeatRow]:
    """The pulse of every periodic job that this installation knows, also of those that never ran."""
    found = Beat.objects.in_bulk()
    rows = []
    for (name, _), task in app.periodic_registry.periodic_tasks.items():
        beat = found.get(name)
        if name in declared:
            ran_at = beat.ran_at if beat else None
            ticks = task.croniter
            ticks.set_current(at.timestamp())
            missed = datetime.fromtimestamp([ticks.get_prev(float) for _ in range(2)][-1], UTC)
            late = ran_at is None or ran_at < missed
            failed_at, reason = (beat.failed_at, beat.reason) if beat else (None, "")
            rows.append(BeatRow(name, declared[name].title, ran_at, failed_at, reason, late))
    return rows


LEFT = """
SELECT EXISTS (
    SELECT FROM procrastinate_jobs j WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
    AND NOT EXISTS (
        SELECT FROM procrastinate_jobs other WHERE other.lock = j.lock AND other.id <> j.id
        AND (other.status = 'doing' OR (other.status = 'todo' AND other.scheduled_at > now()))
    )
)
"""


def is_left() -> bool:
    """Whether some job could be done at once: due, and no other of its lock is under way or put off."""
    [(found,)] = read(LEFT)
    return bool(found)
