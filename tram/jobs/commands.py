"""Every write about background work: rescue, park, retry, dismiss, sweep."""

from datetime import datetime
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from tram.audit.commands import atomic, record
from tram.jobs import queries, rules
from tram.jobs.models import Beat, Parked
from tram.jobs.policy import may_mend, may_run_jobs
from tram.jobs.sockets import declared
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import WrongState
from tram.web.answers import forget

UNRECORDED = {"beat": "a pulse is no act; it leaves its own row"}
"""Commands that leave no audit record, each with the reason."""


@atomic
def park(*, actor: Actor, at: datetime, job: int, name: str, args: dict[str, Any], tries: int, reason: str) -> None:
    """Set a job aside that failed at every try; parking it twice changes nothing."""
    may_run_jobs(actor).or_refuse()
    kind = declared.find(name)
    title = kind.title if kind else name
    row, is_new = Parked.objects.get_or_create(
        job=job,
        defaults={"name": name, "title": title, "args": args, "tries": tries, "reason": reason, "parked_at": at},
    )
    if is_new:
        about = ref_of("jobs", "parked", row.pk)
        record(actor=actor, at=at, what="jobs.parked", about=about, agency=0, title=title, tries=tries, reason=reason)


@atomic
def retry_parked(*, actor: Actor, at: datetime, parked: int) -> int:
    """Give a parked job another five tries; returns the new job's number. WrongState when somebody settled it before."""
    may_mend(actor, local_day(at)).or_refuse()
    row = _settle(parked, at, "retried")
    job = app.configure_task(row.name).defer(**row.args)
    about = ref_of("jobs", "parked", parked)
    record(actor=actor, at=at, what="jobs.retried", about=about, agency=0, title=row.title, job=job)
    return job


@atomic
def dismiss_parked(*, actor: Actor, at: datetime, parked: int) -> None:
    """Let a parked job rest for good; its row stays. WrongState when somebody settled it before."""
    may_mend(actor, local_day(at)).or_refuse()
    row = _settle(parked, at, "dismissed")
    about = ref_of("jobs", "parked", parked)
    record(actor=actor, at=at, what="jobs.dismissed", about=about, agency=0, title=row.title)


@atomic
def rescue(*, actor: Actor, at: datetime) -> int:
    """Take up jobs whose worker died: try them again, or park them after the last try. Returns how many there were."""
    may_run_jobs(actor).or_refuse()
    stalled = list(queries.stalled(at))
    for job in stalled:
        kind = declared.find(job.task_name)
        if kind and not kind.cron and job.attempts + 1 < kind.tries:
            _run("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", job.pk, at)
            about = ref_of("jobs", "job", job.pk)
            record(actor=actor, at=at, what="jobs.rescued", about=about, agency=0, title=kind.title)
        else:
            _run("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", job.pk)
    for job in queries.unparked():
        tries = job.attempts
        reason = rules.KILLED.format(tries=tries) if job.task_name in declared else rules.UNKNOWN
        park(actor=actor, at=at, job=job.pk, name=job.task_name, args=job.args, tries=tries, reason=reason)
    return len(stalled)


@atomic
def beat(*, actor: Actor, at: datetime, name: str, reason: str = "") -> None:
    """Leave the pulse of a periodic job; with `reason`, the pulse of its failure."""
    may_run_jobs(actor).or_refuse()
    fields = {"failed_at": at, "reason": reason} if reason else {"ran_at": at, "reason": ""}
    Beat.objects.update_or_create(name=name, defaults=fields)


@atomic
def purge(*, actor: Actor, at: datetime) -> None:
    """Sweep out the answers of old requests and the queue's finished jobs; parked jobs stay readable."""
    may_run_jobs(actor).or_refuse()
    answers = forget(at - rules.ANSWERS_KEPT)
    old = (
        "DELETE FROM procrastinate_jobs job WHERE status = ANY(%s::procrastinate_job_status[])"
        " AND NOT EXISTS (SELECT FROM procrastinate_events event WHERE event.job_id = job.id AND event.at >= %s)"
    )
    finished = _run(old, ["succeeded", "cancelled"], at - rules.FINISHED_KEPT)
    finished += _run(old, ["failed", "aborted"], at - rules.FAILED_KEPT)
    record(actor=actor, at=at, what="jobs.purged", about="jobs.queue/0", agency=0, answers=answers, finished=finished)


def _settle(parked: int, at: datetime, outcome: str) -> Parked:
    row = Parked.objects.select_for_update().get(pk=parked)
    if row.settled_at is not None:
        raise WrongState("Việc này đã có người xử lý. Tải lại trang để xem.")
    row.settled_at, row.outcome = at, outcome
    row.save(update_fields=["settled_at", "outcome"])
    return row


def _run(statement: str, *values: int | datetime | list[str]) -> int:
    """The queue's own tables are written through its SQL; returns the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
