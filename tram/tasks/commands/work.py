"""Doing work: read, accept, report, submit, finish, return, hide."""

from datetime import date, datetime
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.files.models import File
from tram.files.queries import opened
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.notifications.commands import forget_about, read_about
from tram.organisation.queries import Seat, answering
from tram.tasks.commands.holding import (
    complete,
    end,
    lock,
    mark_read,
    must_be_running,
    must_not_be_a_wish,
    notice,
    tell,
)
from tram.tasks.events import Kind
from tram.tasks.models import DueChange, Progress, Task
from tram.tasks.policy import entitled, may_answer_for, may_blank, may_fulfil, may_work
from tram.tasks.states import MOVES, OPEN


@atomic
def read(*, actor: Actor, at: datetime, task: Task) -> Task:
    """The holder opened the work: the first time is kept, for the task and for this holder. Again changes nothing."""
    task = lock(task)
    actor = entitled(actor, task, may_work, at.date())
    read_about(actor=actor, at=at, about=task.ref)
    if not mark_read(task, at):
        return task
    task.save(update_fields=["read_at"])
    record(actor=actor, at=at, what="tasks.read", about=task.ref, agency=task.agency_id)
    return task


@atomic
def accept(*, actor: Actor, at: datetime, task: Task) -> Task:
    """Take the work up."""
    task = lock(task)
    actor = entitled(actor, task, may_work, at.date())
    task.state = MOVES[Kind(task.kind)].after(task.state, "accept")
    mark_read(task, at)
    task.save(update_fields=["state", "read_at"])
    record(actor=actor, at=at, what="tasks.accepted", about=task.ref, agency=task.agency_id)
    tell(task, "began", actor=actor, at=at)
    return task


@atomic
def report_progress(
    *, actor: Actor, at: datetime, task: Task, percent: int, text: str, evidence: File | None = None
) -> Progress:
    """Say how far the work is, in percent and in words, with a file that shows it.

    Whoever reads the task will read the file, so it must be open to this person: Hidden when it is not.
    """
    task = lock(task)
    actor = entitled(actor, task, may_work, at.date())
    if evidence and evidence.uploaded_by_id != actor.account:
        opened(actor, evidence.pk, at)
    errors = {}
    if not 0 <= percent <= 100:
        errors["percent"] = "Tiến độ là số từ 0 đến 100."
    if not text:
        errors["text"] = "Nhập việc đã làm được, ví dụ “Đã khảo sát 12/20 xã”."
    if errors:
        raise Invalid(errors)
    task.state = MOVES[Kind(task.kind)].after(task.state, "report")
    task.progress, task.last_word = percent, text[:300]
    mark_read(task, at)
    task.save(update_fields=["state", "progress", "last_word", "read_at"])
    report = Progress.objects.create(
        task=task, percent=percent, text=text, evidence=evidence, by_name=actor.name, at=at
    )
    record(
        actor=actor,
        at=at,
        what="tasks.progress_reported",
        about=task.ref,
        agency=task.agency_id,
        percent=percent,
        text=text,
        evidence=evidence and evidence.ref,
    )
    tell(task, "began", actor=actor, at=at)
    return report


@atomic
def submit(*, actor: Actor, at: datetime, task: Task, result: str) -> Task:
    """Hand the work in. Done is not yet confirmed: it is now the turn of who handed it out (or gave it)."""
    task = lock(task)
    actor = entitled(actor, task, may_work, at.date())
    if not result:
        raise Invalid({"result": "Nhập kết quả, ví dụ “Đã trả lời bằng công văn 153/SKHCN-BCVT ngày 12/11/2026”."})
    task.state = MOVES[Kind(task.kind)].after(task.state, "submit")
    task.result, task.last_word, task.submitted_at, task.progress = result, result[:300], at, 100
    task.hidden_until = None
    mark_read(task, at)
    judge = _judge(task, at.date())
    record(actor=actor, at=at, what="tasks.submitted", about=task.ref, agency=task.agency_id, result=result)
    if judge is None:
        return complete(actor, at, task, "confirm")
    task.turn_unit_id, task.turn_post_id = judge.unit, judge.post
    task.save()
    notice(task, "tasks.submitted", actor=actor, at=at, result=result)
    return task


def _judge(task: Task, on: date) -> Seat | None:
    """Who confirms: who handed the work out, else who gave it; for an empty seat who answers for it. Never its holder."""
    asked = (post for post in (task.handed_by_id, task.giver_post_id) if post and post != task.post_id)
    seats = (answering(post, on) for post in asked)
    return next((seat for seat in seats if seat and seat.post != task.post_id), None)


@atomic
def finish(*, actor: Actor, at: datetime, task: Task, result: str = "") -> Task:
    """Finish work that needs no confirmation: a direction given, an opinion, a check, a thing read."""
    task = lock(task)
    actor = entitled(actor, task, may_work, at.date())
    must_not_be_a_wish(task)
    if not result and task.kind in (Kind.COMMENT, Kind.COORDINATE):
        raise Invalid({"result": "Nhập ý kiến hoặc phần việc đã phối hợp."})
    task.result, task.last_word, task.progress = result, result[:300] or task.last_word, 100
    mark_read(task, at)
    complete(actor, at, task, "finish")
    record(actor=actor, at=at, what="tasks.finished", about=task.ref, agency=task.agency_id, result=result or "đã xem")
    return task


@atomic
def fulfil(*, actor: Actor, at: datetime, task: Task, result: str) -> Task:
    """What the work asked for came about by another way, as an answer that left or a check made on its own page: done.

    Nobody confirms it. The room that gave the work calls this itself, so it is not told. Ended work stays as it is.
    """
    task = lock(task)
    may_fulfil(actor, task).or_refuse()
    if task.state not in OPEN:
        return task
    moves = MOVES[Kind(task.kind)]
    if moves.can(task.state, "submit"):
        task.state = moves.after(task.state, "submit")
    task.result, task.last_word, task.progress = result, result[:300], 100
    task.submitted_at = task.submitted_at or at
    if task.post_id in actor.posts(at.date()):
        mark_read(task, at)
    end(task, "confirm" if moves.can(task.state, "confirm") else "finish", at)
    record(actor=actor, at=at, what="tasks.fulfilled", about=task.ref, agency=task.agency_id, result=result)
    return task


@atomic
def give_back(*, actor: Actor, at: datetime, task: Task, reason: str) -> Task:
    """Return work to who gave it, with the reason (trả lại)."""
    task = lock(task)
    actor = entitled(actor, task, may_answer_for, at.date())
    must_not_be_a_wish(task)
    if not reason:
        raise Invalid({"reason": "Nhập lý do trả lại, ví dụ “Không thuộc chức năng của phòng”."})
    mark_read(task, at)
    task.last_word = reason[:300]
    end(task, "return", at)
    record(actor=actor, at=at, what="tasks.returned", about=task.ref, agency=task.agency_id, reason=reason)
    tell(task, "returned", actor=actor, at=at, reason=reason)
    notice(task, "tasks.returned", actor=actor, at=at, to=[task.giver_post_id], reason=reason)
    return task


@atomic
def hide(*, actor: Actor, at: datetime, task: Task, until: date) -> Task:
    """Hide work from one's list until a day; its deadline runs on."""
    task = lock(task)
    actor = entitled(actor, task, may_answer_for, at.date())
    must_be_running(task)
    if until <= at.date():
        raise Invalid({"until": "Chọn một ngày sau hôm nay."})
    task.hidden_until = until
    task.save(update_fields=["hidden_until"])
    record(actor=actor, at=at, what="tasks.hidden", about=task.ref, agency=task.agency_id, until=until)
    return task


@atomic
def show(*, actor: Actor, at: datetime, task: Task) -> Task:
    """Bring hidden work back into the list before its day."""
    task = lock(task)
    actor = entitled(actor, task, may_answer_for, at.date())
    task.hidden_until = None
    task.save(update_fields=["hidden_until"])
    record(actor=actor, at=at, what="tasks.shown", about=task.ref, agency=task.agency_id)
    return task


@atomic
def lose_evidence(*, actor: Actor, at: datetime, file: UUID) -> None:
    """The file of a report bears a stamp of secrecy and is destroyed: the report stands without it."""
    for report in Progress.objects.select_related("task").filter(evidence=file).order_by("pk"):
        Progress.objects.filter(pk=report.pk).update(evidence=None)
        task = report.task
        record(actor=actor, at=at, what="tasks.evidence_destroyed", about=task.ref, agency=task.agency_id)


@atomic
def blank(*, actor: Actor, at: datetime, about: str, title: str) -> None:
    """Take every word of the work about a thing away, because the thing was a state secret; who and when stay."""
    may_blank(actor).or_refuse()
    for task in Task.objects.filter(about=about).order_by("pk"):
        task = lock(task)
        if task.state in OPEN:
            end(task, "recall", at)
        Task.objects.filter(pk=task.pk).update(title=title, line="", note="", last_word="", result="", product="")
        task.holdings.update(word="")
        task.reports.update(text=title)
        task.extensions.update(reason=title, answer="")
        DueChange.objects.filter(task=task).update(reason=title)
        forget_about(actor=actor, at=at, about=task.ref)
        record(actor=actor, at=at, what="tasks.blanked", about=task.ref, agency=task.agency_id)
