"""Work outlives a seat: what waited for a seat that is empty now lies with who answers for it."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.organisation.models import Post
from tram.organisation.queries import answering
from tram.tasks.commands.holding import holder_name, lock, notice, put, tell
from tram.tasks.models import Task
from tram.tasks.policy import may_inherit
from tram.tasks.states import OPEN, State


@atomic
def inherit(*, actor: Actor, at: datetime, task: Task) -> Task:
    """Give work of an empty seat to who answers for it: the seat that follows, the unit's head, a leader, the office.

    Work handed in keeps its holder and gets another confirmer. Nothing changes where somebody sits, or nobody answers.
    """
    task = lock(task)
    may_inherit(actor).or_refuse()
    seat = answering(task.turn_post_id, at.date()) if task.turn_post_id and task.state in OPEN else None
    if seat is None or seat.post == task.turn_post_id:
        return task
    before, heir = task.turn_post, Post.objects.select_related("unit").get(pk=seat.post)
    assert before is not None
    if task.state == State.SUBMITTED:
        task.turn_unit, task.turn_post = heir.unit, heir
    else:
        put(task, at=at, unit=heir.unit, post=heir, how="inherited", word=f"Vị trí {before.title} không còn người giữ")
    task.save()
    record(
        actor=actor, at=at, what="tasks.inherited", about=task.ref, agency=task.agency_id,
        holder=holder_name(heir.unit, heir, at.date()), before=before.title, from_post=before.pk, to_post=heir.pk,
    )  # fmt: skip
    tell(task, "handed", actor=actor, at=at)
    notice(task, "tasks.inherited", actor=actor, at=at, before=before.title)
    return task
