"""Parts that the commands of work share: the lock, the holder, the giver who is told."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from tram.audit.commands import record
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import WrongState
from tram.notifications.commands import notify
from tram.organisation.models import Post, Unit
from tram.organisation.queries import posts_carrying, seat
from tram.tasks.events import Kind
from tram.tasks.models import DueChange, Holding, Task
from tram.tasks.policy import is_request
from tram.tasks.rules.results import NO_DUE
from tram.tasks.sockets import giver_of
from tram.tasks.states import EXTENSION_MOVES, MOVES, RUNNING, STATE_NAMES, ExtensionState, State
from tram.web.rows import insert, one_of

LOCK = "SELECT * FROM tasks_task WHERE id = %s FOR NO KEY UPDATE"


def lock(task: Task) -> Task:
    """The task as it is now, locked until the command commits; the thing it is about is locked before it."""
    giver = giver_of(task.about)
    if giver:
        giver.hold(about=task.about)
    return one_of(Task, LOCK, task.pk)


def must_be(task: Task, states: Collection[State]) -> None:
    """Raise WrongState, with the present state's name, unless the task is in one of the states."""
    if task.state not in states:
        raise WrongState(f"Việc này đang ở trạng thái “{STATE_NAMES[State(task.state)]}” nên không làm được bước này.")


def must_be_running(task: Task) -> None:
    """Raise WrongState unless the holder has the work in hand."""
    must_be(task, RUNNING)


def must_not_be_a_wish(task: Task) -> None:
    """Raise WrongState for a wish for more time: it is answered, and in no other way ended by who must answer."""
    if is_request(task):
        raise WrongState("Đây là một lần xin gia hạn: chọn đồng ý hoặc không đồng ý.")


def mark_read(task: Task, at: datetime) -> bool:
    """Keep when this holder first saw the work, and when anybody did; whoever acts on it has seen it."""
    task.read_at = task.read_at or at
    return bool(task.holdings.filter(until_at=None, read_at=None).update(read_at=at))


def posts_told(task: Task, on: date) -> list[int]:
    """Who hears of a task: whose turn it is; for a unit's inbox its head."""
    if task.turn_post_id:
        return [task.turn_post_id]
    return posts_carrying("unit_head", task.turn_unit_id, on)


def notice(
    task: Task, kind: str, *, actor: Actor, at: datetime, to: Collection[int | None] | None = None, **words: Any
) -> None:
    """Tell the holders of posts what became of a task; without `to`, whoever's turn it is."""
    posts = posts_told(task, at.date()) if to is None else to
    notify(
        actor=actor, at=at, to_posts=posts, kind=kind, about=task.ref, url=task.url, title=task.title,
        is_urgent=task.urgency > 0, **words,
    )  # fmt: skip


def holder_name(unit: Unit, post: Post | None, on: date) -> str:
    """How the holder is called: the person and title, or the unit."""
    found = seat(post.pk, on) if post else None
    return found.label if found else unit.name


def put(
    task: Task, *, at: datetime, unit: Unit, post: Post | None, how: str, word: str = "", read: bool = False
) -> Holding:
    """Lay a task with a unit or person: one holder at a time, and the line of who had it grows. A new task is saved."""
    is_new = task.pk is None
    if not is_new:
        task.holdings.filter(until_at=None).update(until_at=at)
    task.unit, task.post = unit, post
    task.turn_unit, task.turn_post = unit, post
    task.hidden_until = None
    name = holder_name(unit, post, local_day(at))
    holding = Holding(
        task=task, unit=unit, post=post, holder_name=name, how=how, word=word, since_at=at, read_at=at if read else None
    )
    insert(*((task, holding) if is_new else (holding,)))
    return holding


def set_due(task: Task, due_on: date | None) -> None:
    """Set the deadline and the key by which lists sort."""
    task.due_on, task.due_key = due_on, due_on or NO_DUE


def move_due(actor: Actor, at: datetime, task: Task, after: date | None, reason: str) -> None:
    """Set another deadline and keep the one before, with who and why; the same day changes nothing."""
    if after != task.due_on:
        DueChange.objects.create(
            task=task, before=task.due_on, after=after, reason=reason[:500], by_name=actor.name, at=at
        )
        set_due(task, after)


def tell(task: Task, word: str, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Tell the room that gave the work."""
    giver = giver_of(task.about)
    if giver is None:
        return
    if word in ("returned", "stopped"):
        getattr(giver, word)(actor=actor, at=at, task=task, reason=reason)
    else:
        getattr(giver, word)(actor=actor, at=at, task=task)


def end(task: Task, verb: str, at: datetime) -> None:
    """End a task by its last verb: nobody holds it any more, and what hung on it falls away.

    Those are a wish for more time, and the supporting parts, unless the room that gave the work sees to them itself.
    """
    task.state = MOVES[Kind(task.kind)].after(task.state, verb)
    task.ended_at = at
    task.save()
    task.holdings.filter(until_at=None).update(until_at=at)
    for asked in task.extensions.filter(state=ExtensionState.WAITING).select_related("request"):
        asked.state = EXTENSION_MOVES.after(asked.state, "lapse")
        asked.save(update_fields=["state"])
        _fall_away(asked.request, at)
    for part in task.parts.filter(ended_at=None).order_by("pk") if giver_of(task.about) is None else ():
        _fall_away(part, at)


def _fall_away(task: Task, at: datetime) -> None:
    task, reason = lock(task), "Việc chính đã kết thúc"
    task.last_word = reason
    end(task, "recall", at)
    about, agency = task.ref, task.agency_id
    record(actor=Actor.system(), at=at, what="tasks.recalled", about=about, agency=agency, reason=reason)


def complete(actor: Actor, at: datetime, task: Task, verb: str) -> Task:
    """End a task as done and tell who gave it."""
    task.submitted_at = task.submitted_at or at
    end(task, verb, at)
    tell(task, "finished", actor=actor, at=at)
    return task
