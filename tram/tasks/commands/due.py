"""Deadlines: every change is kept, and more time is asked for, not taken."""

from datetime import date, datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Post
from tram.organisation.queries import answering
from tram.tasks.commands.give import Subject, assign
from tram.tasks.commands.holding import complete, lock, move_due, must_be, must_be_running, must_not_be_a_wish, notice
from tram.tasks.events import Kind
from tram.tasks.models import Extension, Task
from tram.tasks.policy import entitled, may_judge, may_recall, may_set_due, may_work
from tram.tasks.states import EXTENSION_MOVES, OPEN, ExtensionState


def _change(actor: Actor, at: datetime, task: Task, after: date | None, reason: str) -> None:
    move_due(actor, at, task, after, reason)
    task.save(update_fields=["due_on", "due_key", "given_due_on"])


@atomic
def change_due(*, actor: Actor, at: datetime, task: Task, due_on: date | None, reason: str) -> Task:
    """Set another deadline; the first one and every one since stay on record."""
    task = lock(task)
    actor = entitled(actor, task, may_set_due, at.date())
    must_be(task, OPEN)
    giver = bool(may_recall(actor, task, at.date()))
    if not reason:
        raise Invalid({"reason": "Nhập lý do đổi hạn."})
    if not giver and task.given_due_on and (due_on is None or due_on > task.given_due_on):
        raise Invalid({"due_on": f"Người giao đặt hạn {task.given_due_on:%d/%m/%Y}; muốn muộn hơn thì xin gia hạn."})
    if giver:
        task.given_due_on = due_on
    before = task.due_on
    _change(actor, at, task, due_on, reason)
    record(
        actor=actor,
        at=at,
        what="tasks.due_changed",
        about=task.ref,
        agency=task.agency_id,
        before=before,
        after=due_on,
        reason=reason,
    )
    return task


@atomic
def ask_extension(*, actor: Actor, at: datetime, task: Task, wanted_on: date, reason: str) -> Extension:
    """Ask for a later day. Who can grant it gets a task to answer; the deadline runs until they do."""
    task = lock(task)
    actor = entitled(actor, task, may_work, at.date())
    must_be_running(task)
    must_not_be_a_wish(task)
    judge = _answerer(task, wanted_on, at.date())
    wrong = _mistakes(task, wanted_on, reason, judge, at.date())
    if wrong or judge is None:
        raise Invalid(wrong)
    day = f"{wanted_on:%d/%m/%Y}"
    about = Subject(
        task.ref, task.url, f"Xin gia hạn: {task.title}"[:1000], f"{actor.name} xin đến {day}", task.urgency
    )
    due_on = max(task.due_on, at.date()) if task.due_on else None
    request = assign(
        actor=Actor.system(), at=at, kind=Kind.APPROVE, unit=judge.unit, post=judge, about=about, note=reason,
        due_on=due_on,
    )  # fmt: skip
    request.giver_name = actor.name
    request.save(update_fields=["giver_name"])
    asked = Extension.objects.create(task=task, request=request, wanted_on=wanted_on, reason=reason)
    agency = task.agency_id
    record(
        actor=actor, at=at, what="tasks.extension_asked", about=task.ref, agency=agency, wanted_on=day, reason=reason
    )
    return asked


def _mistakes(task: Task, wanted_on: date, reason: str, judge: Post | None, today: date) -> dict[str, str]:
    wrong = {}
    if judge is None:
        wrong["wanted_on"] = "Việc này không có người giao để xin; tự đổi hạn và ghi lý do."
    if task.extensions.filter(state=ExtensionState.WAITING).exists():
        wrong["wanted_on"] = "Đã có một lần xin gia hạn đang chờ trả lời."
    if task.due_on is None:
        wrong["wanted_on"] = "Việc này không có hạn nên không cần gia hạn."
    elif wanted_on <= max(task.due_on, today):
        wrong["wanted_on"] = f"Chọn ngày sau hạn hiện nay ({task.due_on:%d/%m/%Y}) và sau hôm nay."
    if not reason:
        wrong["reason"] = "Nhập lý do xin gia hạn."
    return wrong


def _answerer(task: Task, wanted_on: date, on: date) -> Post | None:
    """Who may grant the day: who handed the task out while it stays within the giver's day, else the giver.

    For an empty seat who answers for it now.
    """
    within = task.handed_by_id and task.given_due_on and wanted_on <= task.given_due_on
    posts = (task.handed_by_id, task.giver_post_id) if within else (task.giver_post_id, task.handed_by_id)
    seats = (answering(post, on) for post in posts if post and post != task.post_id)
    wanted = next((seat.post for seat in seats if seat and seat.post != task.post_id), 0)
    return Post.objects.select_related("unit").filter(pk=wanted).first()


@atomic
def answer_extension(*, actor: Actor, at: datetime, extension: Extension, granted: bool, answer: str) -> Extension:
    """Grant or refuse more time. Granting changes the deadline; both days stay visible."""
    task = lock(extension.task)
    request = lock(extension.request)
    extension = Extension.objects.get(pk=extension.pk)
    actor = entitled(actor, request, may_judge, at.date())
    extension.state = EXTENSION_MOVES.after(extension.state, "grant" if granted else "refuse")
    if not granted and not answer:
        raise Invalid({"answer": "Nhập lý do không đồng ý gia hạn."})
    extension.answer = answer
    extension.save(update_fields=["state", "answer"])
    if granted and task.state in OPEN:
        if task.given_due_on and extension.wanted_on > task.given_due_on:
            task.given_due_on = extension.wanted_on
        _change(actor, at, task, extension.wanted_on, extension.reason)
    complete(actor, at, request, "finish")
    what = "tasks.extension_granted" if granted else "tasks.extension_refused"
    record(
        actor=actor,
        at=at,
        what=what,
        about=task.ref,
        agency=task.agency_id,
        wanted_on=f"{extension.wanted_on:%d/%m/%Y}",
        answer=answer or "đồng ý",
    )
    notice(task, what, actor=actor, at=at, answer=answer, wanted_on=f"{extension.wanted_on:%d/%m/%Y}")
    return extension
