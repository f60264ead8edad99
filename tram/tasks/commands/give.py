"""Giving work: assign, hand to a person, claim, transfer, recall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.clock import local
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Post, Unit
from tram.tasks.commands.holding import (
    end,
    holder_name,
    lock,
    mark_read,
    move_due,
    must_be_running,
    must_not_be_a_wish,
    notice,
    posts_told,
    put,
    set_due,
    tell,
)
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import Task
from tram.tasks.policy import (
    entitled,
    holds_task,
    may_assign,
    may_claim,
    may_hand,
    may_recall,
    may_transfer,
    may_unhand,
)
from tram.tasks.states import MOVES, RUNNING


@dataclass(frozen=True, slots=True)
class Subject:
    """Nội dung việc: the thing a task is about and what its row shows of it; `product` is what must come out."""

    ref: str
    url: str
    """Where its page is; "" for work about nothing else, whose page is its own."""
    title: str
    line: str = ""
    urgency: int = 0
    product: str = ""
    is_key: bool = False


@atomic
def assign(
    *,
    actor: Actor,
    at: datetime,
    kind: Kind,
    unit: Unit,
    about: Subject,
    post: Post | None = None,
    due_on: date | None = None,
    note: str = "",
    parent: Task | None = None,
    on_behalf: Post | None = None,
) -> Task:
    """Give a piece of work to a unit's inbox, or to a person of it when `post` is named.

    `parent` is the lead's task that this one supports. `on_behalf`: whose signed paper gives the work; they judge it.
    Raises Invalid when the work has no title.
    """
    may_assign(actor, Kind.DIRECT if on_behalf else kind, unit, at.date()).or_refuse()
    if not about.title:
        raise Invalid({"title": "Nhập tên việc, ví dụ “Trả lời công văn 45 của Sở Tài chính”."})
    if post is not None and post.unit_id != unit.pk:
        raise Invalid({"post": f"Người nhận phải thuộc {unit.name}."})
    task = _new_task(actor, at, kind, unit, about, note, on_behalf)
    task.parent, task.given_due_on, task.first_due_on = parent, due_on, due_on
    set_due(task, due_on)
    holding = put(task, at=at, unit=unit, post=post, how="assigned", word=note[:500])
    if not task.url:
        task.url = f"/viec/{task.pk}"
        task.save(update_fields=["url"])
    words: dict[str, Any] = {
        "kind": kind, "kind_name": KIND_NAMES[kind], "title": about.title, "cause": about.ref,
        "to_unit": unit.pk, "to_post": post and post.pk,
    }  # fmt: skip
    holder, due = holding.holder_name, _day(due_on)
    agency = task.agency_id
    record(actor=actor, at=at, what="tasks.assigned", about=task.ref, agency=agency, holder=holder, due_on=due, **words)
    _announce(actor, at, task)
    return task


def _new_task(
    actor: Actor, at: datetime, kind: Kind, unit: Unit, about: Subject, note: str, on_behalf: Post | None
) -> Task:  # fmt: skip
    hat = actor.acting
    name = f"{actor.name}, {hat.title}" if hat else actor.name
    return Task(
        kind=kind,
        about=about.ref,
        url=about.url,
        title=about.title,
        line=about.line,
        urgency=about.urgency,
        product=about.product,
        is_key=about.is_key,
        agency_id=unit.agency_id or unit.pk,
        giver_post_id=on_behalf.pk if on_behalf else hat.post if hat else None,
        giver_name=holder_name(on_behalf.unit, on_behalf, at.date())[:240] if on_behalf else name,
        note=note,
        last_word=note[:300],
        given_at=at,
    )


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else "không ghi"


def _announce(actor: Actor, at: datetime, task: Task) -> None:
    """Tell the holder; for a unit's inbox its head."""
    notice(
        task,
        "tasks.assigned",
        actor=actor,
        at=at,
        kind_name=KIND_NAMES[Kind(task.kind)],
        due_on=_day(task.due_on),
        urgency=task.urgency,
    )


@atomic
def order(
    *,
    actor: Actor,
    at: datetime,
    unit: Unit,
    title: str,
    product: str,
    due_on: date | None,
    post: Post | None = None,
    coordinating: Sequence[Unit] = (),
    note: str = "",
    is_key: bool = False,
) -> Task:
    """Give work that no paper asks for, with the "6 rõ": who, what, by when, who answers for it, what comes out, and
    who decides on it (whoever gives it). Supporting units get their own part, reporting to the lead.
    """
    wrong = {}
    if due_on is None or due_on < at.date():
        wrong["due_on"] = "Rõ thời gian: chọn hạn từ hôm nay trở đi."
    if not product:
        wrong["product"] = "Rõ sản phẩm: nhập thứ phải có khi xong, ví dụ “Báo cáo kèm số liệu 12 xã”."
    if wrong:
        raise Invalid(wrong | ({} if title else {"title": "Rõ việc: nhập tên việc."}))
    hat = actor.acting
    about = Subject(
        ref=ref_of("organisation", "unit", hat.unit if hat else unit.pk),
        url="", title=title, line=product[:300], product=product, is_key=is_key,
    )  # fmt: skip
    given: dict[str, Any] = {"actor": actor, "at": at, "about": about, "due_on": due_on, "note": note}
    lead = assign(kind=Kind.HANDLE, unit=unit, post=post, **given)
    for helper in coordinating:
        if helper.pk != unit.pk:
            assign(kind=Kind.COORDINATE, unit=helper, parent=lead, **given)
    return lead


@atomic
def claim(*, actor: Actor, at: datetime, task: Task) -> Task:
    """Take a task out of the unit's inbox for oneself."""
    task = lock(task)
    actor = entitled(actor, task, may_claim, at.date())
    assert actor.acting is not None
    post = Post.objects.get(pk=actor.acting.post)
    task.state = MOVES[Kind(task.kind)].after(task.state, "accept")
    put(task, at=at, unit=task.unit, post=post, how="claimed")
    mark_read(task, at)
    task.save()
    record(actor=actor, at=at, what="tasks.claimed", about=task.ref, agency=task.agency_id)
    tell(task, "handed", actor=actor, at=at)
    tell(task, "began", actor=actor, at=at)
    return task


@atomic
def hand(*, actor: Actor, at: datetime, task: Task, to: Post, word: str = "", due_on: date | None = None) -> Task:
    """Give a unit's task to a person (phiếu giải quyết, part 2), with a word and perhaps an earlier day."""
    task = lock(task)
    actor = entitled(actor, task, lambda who, one, on: may_hand(who, one, to, on), at.date())
    must_be_running(task)
    if to.until and to.until < at.date():
        raise Invalid({"to": f"Vị trí {to.title} đã kết thúc ngày {to.until:%d/%m/%Y}. Chọn người khác."})
    if to.pk == task.post_id:
        raise WrongState(f"Việc này đang ở {holder_name(to.unit, to, at.date())}.")
    if due_on and task.given_due_on and due_on > task.given_due_on:
        latest = f"{task.given_due_on:%d/%m/%Y}"
        raise Invalid({"due_on": f"Hạn của người làm phải từ {latest} trở về trước; muốn muộn hơn thì xin gia hạn."})
    if holds_task(actor, task, at.date()):
        mark_read(task, at)
    if due_on:
        move_due(actor, at, task, due_on, word or "Hạn của người làm")
    task.handed_by_id = actor.acting.post if actor.acting else None
    task.last_word = word[:300] or task.last_word
    holding = put(task, at=at, unit=to.unit, post=to, how="handed", word=word[:500])
    task.save()
    record(
        actor=actor,
        at=at,
        what="tasks.handed",
        about=task.ref,
        agency=task.agency_id,
        holder=holding.holder_name,
        to_unit=to.unit_id,
        to_post=to.pk,
        word=word,
        due_on=due_on,
    )
    tell(task, "handed", actor=actor, at=at)
    _announce(actor, at, task)
    return task


@atomic
def unhand(*, actor: Actor, at: datetime, task: Task) -> Task:
    """Take back what one handed out, while the new holder has not read it; it lies where it lay before."""
    task = lock(task)
    actor = entitled(actor, task, may_unhand, at.date())
    must_be_running(task)
    now, before = task.holdings.order_by("-pk").select_related("unit", "post")[:2]
    if now.how != "handed" or now.read_at:
        raise WrongState(f"{now.holder_name} đã xem việc này. Phân lại cho người khác thì được.")
    put(task, at=at, unit=before.unit, post=before.post, how="returned", read=True)
    move_due(actor, at, task, task.given_due_on, "Rút lại việc đã phân")
    task.handed_by = None
    task.save()
    record(actor=actor, at=at, what="tasks.unhanded", about=task.ref, agency=task.agency_id, holder=now.holder_name)
    tell(task, "handed", actor=actor, at=at)
    return task


@atomic
def transfer(*, actor: Actor, at: datetime, task: Task, to: Unit, word: str) -> Task:
    """Move a task to another unit of the same agency, where it lies in the unit's inbox."""
    task = lock(task)
    actor = entitled(actor, task, lambda who, one, on: may_transfer(who, one, to, on), at.date())
    must_not_be_a_wish(task)
    if not word:
        raise Invalid({"word": "Nhập lý do chuyển, ví dụ “Thuộc chức năng của phòng Bưu chính, Viễn thông”."})
    must_be_running(task)
    if holds_task(actor, task, at.date()):
        mark_read(task, at)
    holding = put(task, at=at, unit=to, post=None, how="transferred", word=word[:500])
    task.handed_by = None
    task.last_word = word[:300]
    task.save()
    record(
        actor=actor,
        at=at,
        what="tasks.transferred",
        about=task.ref,
        agency=task.agency_id,
        holder=holding.holder_name,
        to_unit=to.pk,
        word=word,
    )
    tell(task, "handed", actor=actor, at=at)
    _announce(actor, at, task)
    return task


@atomic
def recall(*, actor: Actor, at: datetime, task: Task, reason: str = "") -> Task:
    """Take work back. Before anybody read it nothing more is asked; after that the reason is, and holders are told."""
    task = lock(task)
    actor = entitled(actor, task, may_recall, at.date())
    must_not_be_a_wish(task)
    was_read = task.read_at is not None
    if task.read_at and not reason:
        raise Invalid({"reason": f"Việc này đã được xem lúc {local(task.read_at):%H:%M %d/%m/%Y}. Nhập lý do thu hồi."})
    told = posts_told(task, at.date()) if task.state in RUNNING else [task.post_id] if task.post_id else []
    task.last_word = reason[:300]
    end(task, "recall", at)
    record(
        actor=actor, at=at, what="tasks.recalled", about=task.ref, agency=task.agency_id, reason=reason or "chưa ai xem"
    )
    if was_read:
        notice(task, "tasks.recalled", actor=actor, at=at, to=told, reason=reason)
    if not actor.is_system:
        tell(task, "stopped", actor=actor, at=at, reason=reason)
    return task
