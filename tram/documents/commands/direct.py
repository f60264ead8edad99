"""Direction: a document is put before a leader, who names lead, helpers and those told (Điều 23, phiếu giải quyết)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from tram.audit.commands import atomic, record
from tram.documents.commands.cards import lock, open_to, show
from tram.documents.models import Direction, Incoming, Share
from tram.documents.policy import may_direct, may_present, may_recall_direction
from tram.documents.states import MOVES
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Post, Unit
from tram.tasks.commands.give import assign, recall
from tram.tasks.commands.work import finish
from tram.tasks.models import Task
from tram.tasks.states import Kind


class Target(NamedTuple):
    """Nơi nhận phân xử lý: a unit, or one person of it."""

    unit: Unit
    post: Post | None = None

    @property
    def name(self) -> str:
        """How it is called in the record."""
        return self.post.title if self.post else self.unit.name

    @property
    def key(self) -> str:
        """The reader key that opens the document for it."""
        return f"post.{self.post.pk}" if self.post else f"unit.{self.unit.pk}"


PARTS = {"lead": Kind.HANDLE, "coordinating": Kind.COORDINATE, "informed": Kind.INFORM}


def give(
    document: Incoming,
    target: Target,
    kind: Kind,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
    due_date: date | None = None,
    parent: Task | None = None,
) -> Task:
    """Give one part of a document as a task, and open the document to whoever gets it."""
    line = " · ".join(part for part in (document.code, document.organ_name) if part)
    task = assign(
        actor=actor,
        at=at,
        kind=kind,
        unit=target.unit,
        post=target.post,
        title=document.subject or document.code,
        about=document.ref,
        url=document.url,
        due_on=due_date,
        note=note,
        line=line,
        urgency=document.urgency,
        parent=parent,
    )
    open_to(document, target.key, at=at, cause=task.ref)
    return task


@atomic
def present(*, actor: Actor, at: datetime, document: Incoming, to: Post) -> Task:
    """Put a registered document before a leader for direction; the same day, urgent ones at once (Điều 23.1)."""
    document = lock(document)
    may_present(actor, document, at.date()).or_refuse()
    document.state = MOVES.after(document.state, "present")
    document.to_places = document.to_places or to.title
    document.save(update_fields=["state", "to_places"])
    task = give(document, Target(to.unit, to), Kind.DIRECT, actor=actor, at=at, due_date=document.due_date)
    record(actor=actor, at=at, what="documents.presented", about=document.ref, agency=document.agency_id, to=to.title)
    return task


@atomic
def direct(
    *,
    actor: Actor,
    at: datetime,
    document: Incoming,
    lead: Target | None,
    coordinating: Sequence[Target] = (),
    informed: Sequence[Target] = (),
    note: str = "",
    due_date: date | None = None,
) -> Direction:
    """A leader's direction: exactly one lead, any number of helpers and of those told, a note and a day.

    Without a lead the document is for information only, unless its work is running already (then helpers join).
    """
    document = lock(document)
    actor = _wear_presented(actor, document)
    may_direct(actor, document, at.date()).or_refuse()
    running = _open_lead(document)
    _check_direction(document, lead, coordinating, informed, running, due_date, at)
    document.state = MOVES.after(document.state, "direct" if lead or running else "inform")
    document.due_date = due_date or document.due_date
    document.to_places = _places(lead, coordinating) or document.to_places
    if not (lead or running):
        document.ended_at = at
    document.save(update_fields=["state", "due_date", "to_places", "ended_at"])
    given = Direction.objects.create(
        document=document,
        by_post_id=actor.acting.post if actor.acting else None,
        by_name=f"{actor.name}, {actor.acting.title}" if actor.acting else actor.name,
        note=note,
        due_date=due_date,
        at=at,
    )
    task = None
    if lead:
        task = give(document, lead, Kind.HANDLE, actor=actor, at=at, note=note, due_date=document.due_date)
        Share.objects.create(direction=given, task=task, part="lead")
    for part, targets in (("coordinating", coordinating), ("informed", informed)):
        due = document.due_date if part == "coordinating" else None
        for target in targets:
            share = give(
                document, target, PARTS[part], actor=actor, at=at, note=note, due_date=due, parent=task or running
            )
            Share.objects.create(direction=given, task=share, part=part)
    _end_presentation(actor, at, document, note)
    what = "documents.directed" if lead or running else "documents.kept_for_information"
    record(
        actor=actor,
        at=at,
        what=what,
        about=document.ref,
        agency=document.agency_id,
        note=note or "không ghi",
        lead=lead.name if lead else "như cũ",
        due_date=due_date,
    )
    show(document, actor=actor, at=at)
    return given


def _wear_presented(actor: Actor, document: Incoming) -> Actor:
    """Act from the hat before which the document was put, so that a substitute directs for the absent leader."""
    asked = Task.objects.filter(about=document.ref, kind=Kind.DIRECT, ended_at=None).values_list("post", flat=True)
    mine = next((hat.post for hat in actor.hats if hat.post in set(asked)), None)
    return actor.wearing(mine)


def _open_lead(document: Incoming) -> Task | None:
    return Task.objects.filter(about=document.ref, kind=Kind.HANDLE, ended_at=None).first()


def _check_direction(
    document: Incoming,
    lead: Target | None,
    coordinating: Sequence[Target],
    informed: Sequence[Target],
    running: Task | None,
    due_date: date | None,
    at: datetime,
) -> None:
    wrong = {}
    targets = [target for target in (lead, *coordinating, *informed) if target]
    if not targets:
        wrong["lead"] = "Chọn đơn vị chủ trì, hoặc ít nhất một nơi nhận để biết."
    if lead and running:
        wrong["lead"] = f"{running.unit.name} đang chủ trì. Thu hồi ý kiến cũ trước khi giao đơn vị khác."
    if coordinating and not (lead or running):
        wrong["lead"] = "Chọn một đơn vị chủ trì để các đơn vị khác phối hợp."
    if any(target.unit.agency_id != document.agency_id for target in targets):
        wrong["lead"] = "Chỉ phân xử lý trong cơ quan mình; cơ quan khác thì gửi bằng văn bản."
    keys = [target.key for target in targets]
    if len(set(keys)) < len(keys):
        wrong["coordinating"] = "Mỗi đơn vị chỉ có một vai: chủ trì, phối hợp hoặc để biết."
    if due_date and due_date < at.date():
        wrong["due_date"] = f"Hạn xử lý phải từ hôm nay ({at:%d/%m/%Y}) trở đi."
    if wrong:
        raise Invalid(wrong)


def _places(lead: Target | None, coordinating: Sequence[Target]) -> str:
    return "; ".join(target.name for target in (lead, *coordinating) if target)[:1000]


def _end_presentation(actor: Actor, at: datetime, document: Incoming, note: str) -> None:
    """The leader's own duty to direct is done; those of others before whom it lay fall away."""
    for task in Task.objects.filter(about=document.ref, kind=Kind.DIRECT, ended_at=None):
        if task.post_id in {hat.post for hat in actor.hats}:
            finish(actor=actor, at=at, task=task, result=note or "Đã cho ý kiến chỉ đạo")
        else:
            recall(actor=Actor.system(), at=at, task=task, reason=f"{actor.name} đã cho ý kiến chỉ đạo")


@atomic
def recall_direction(*, actor: Actor, at: datetime, direction: Direction, reason: str = "") -> Direction:
    """Take a direction back. Nothing more is asked before anybody read it; after that the reason is, and they are told."""
    document = lock(direction.document)
    direction = Direction.objects.select_for_update().get(pk=direction.pk)
    may_recall_direction(actor, direction, at.date()).or_refuse()
    if direction.recalled_at:
        return direction
    tasks = [share.task for share in direction.shares.select_related("task") if share.task.ended_at is None]
    readers = [task for task in tasks if task.read_at]
    if readers and not reason:
        raise Invalid({"reason": f"{readers[0].unit.name} đã xem. Nhập lý do thu hồi để báo cho các đơn vị."})
    for task in tasks:
        recall(actor=Actor.system(), at=at, task=task, reason=reason or "Thu hồi ý kiến chỉ đạo")
    direction.recalled_at, direction.recall_reason = at, reason
    direction.save(update_fields=["recalled_at", "recall_reason"])
    document.access.filter(cause__in=[task.ref for task in tasks]).delete()
    if _open_lead(document) is None:
        document.state = MOVES.after(document.state, "undirect")
        document.save(update_fields=["state"])
        assert direction.by_post is not None
        again = Target(direction.by_post.unit, direction.by_post)
        give(
            document, again, Kind.DIRECT, actor=Actor.system(), at=at, note="Cho ý kiến lại", due_date=document.due_date
        )
    record(
        actor=actor,
        at=at,
        what="documents.direction_recalled",
        about=document.ref,
        agency=document.agency_id,
        reason=reason or "chưa ai xem",
    )
    show(document, actor=actor, at=at)
    return direction
