"""Judging work: done is not confirmed until somebody says so."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.tasks.commands.holding import complete, end, lock, must_not_be_a_wish, notice, tell
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.tasks.policy import entitled, may_judge, may_recall
from tram.tasks.states import MOVES


@atomic
def confirm(*, actor: Actor, at: datetime, task: Task) -> Task:
    """Confirm that submitted work is done."""
    task = lock(task)
    actor = entitled(actor, task, may_judge, at.date())
    record(actor=actor, at=at, what="tasks.confirmed", about=task.ref, agency=task.agency_id)
    return complete(actor, at, task, "confirm")


@atomic
def send_back(*, actor: Actor, at: datetime, task: Task, reason: str) -> Task:
    """Not done yet: back to the holder with the reason; the deadline stays."""
    task = lock(task)
    actor = entitled(actor, task, may_judge, at.date())
    if not reason:
        raise Invalid({"reason": "Nhập điều cần làm thêm để người làm biết."})
    task.state = MOVES[Kind(task.kind)].after(task.state, "send_back")
    task.turn_unit, task.turn_post = task.unit, task.post
    task.submitted_at, task.last_word = None, reason[:300]
    task.save()
    record(actor=actor, at=at, what="tasks.sent_back", about=task.ref, agency=task.agency_id, reason=reason)
    notice(task, "tasks.sent_back", actor=actor, at=at, reason=reason)
    return task


@atomic
def close_unfinished(*, actor: Actor, at: datetime, task: Task, reason: str) -> Task:
    """End work that will not be finished, on the giver's word."""
    task = lock(task)
    actor = entitled(actor, task, may_recall, at.date())
    must_not_be_a_wish(task)
    if not reason:
        raise Invalid({"reason": "Nhập lý do kết thúc khi việc chưa hoàn thành."})
    task.last_word = reason[:300]
    end(task, "close", at)
    record(actor=actor, at=at, what="tasks.closed_unfinished", about=task.ref, agency=task.agency_id, reason=reason)
    tell(task, "stopped", actor=actor, at=at, reason=reason)
    return task
