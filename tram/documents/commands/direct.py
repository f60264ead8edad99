"""Direction: a document is put before a leader, who names lead, helpers and those told (Điều 23, phiếu giải quyết)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from tram.audit.commands import atomic, record
from tram.documents.commands.cards import close_to, lock, open_to, show
from tram.documents.models import Direction, Incoming
from tram.documents.policy import may_direct, may_present, may_recall_direction
from tram.documents.rules import bare_title
from tram.documents.states import MOVES
from tram.kernel.actors import LEADERS, Actor
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Post, Unit
from tram.organisation.queries import seats_with_role
from tram.tasks.commands.give import Subject, assign, recall
from tram.tasks.commands.work import finish
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.web.rows import all_of, update


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

    def ended(self, today: date) -> bool:
        """Whether the unit, or the seat, is no more."""
        last = self.post.until if self.post else None
        return any(day is not None and day < today for day in (self.unit.abolished_on, last))


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
    """Part: give one share of a document as a task, and open the document to whoever gets it."""
    task = _assign(document, target, kind, actor=actor, at=at, note=note, due_date=due_date, parent=parent)
    for key in _opened(document, target):
        open_to(document, key, at=at, cause=task.ref)
    return task


def _opened(document: Incoming, target: Target) -> list[str]:
    """The keys that open the document to whoever gets a share: the unit's head reads what a person of theirs got."""
    unit, post = target
    head = post and not (document.secrecy or unit.is_agency)
    return [target.key, *([f"unit_head.{unit.pk}"] if head else [])]


def _assign(
    document: Incoming,
    target: Target,
    kind: Kind,
    *,
    actor: Actor,
    at: datetime,
    note: str,
    due_date: date | None,
    parent: Task | None,
) -> Task:
    line = " · ".join(part for part in (document.code, document.organ_name) if part)
    secret = bare_title(document.secrecy)
    title = secret or document.subject or document.code
    about = Subject(document.ref, document.url, title, "" if secret else line, document.urgency)
    unit, post = target
    return assign(
        actor=actor, at=at, kind=kind, unit=unit, post=post, about=about, due_on=due_date, note=note, parent=parent
    )


@atomic
def present(*, actor: Actor, at: datetime, document: Incoming, to: Post) -> Task:
    """Put a registered document before a leader for direction; the same day, urgent ones at once (Điều 23.1).

    Raises Invalid when it lies before this leader already, or the post does not lead this agency that day.
    """
    document = lock(document)
    may_present(actor, document, at.date()).or_refuse()
    if to.pk not in {seat.post for seat in seats_with_role(list(LEADERS), document.agency_id, at.date())}:
        raise Invalid({"to": "Chọn lãnh đạo của cơ quan mình."})
    open_now = _open_work(document)
    if any(task.kind == Kind.DIRECT and task.post_id == to.pk for task in open_now):
        raise Invalid({"to": f"Văn bản đang ở {to.title}. Chọn lãnh đạo khác, hoặc chờ ý kiến."})
    _end_asked(actor, at, open_now, (Kind.REVIEW,), f"Đã trình {to.title}")
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
    open_now = _open_work(document)
    actor = _wear(actor, {task.post_id for task in open_now if task.kind == Kind.DIRECT})
    may_direct(actor, document, at.date()).or_refuse()
    running = next((task for task in open_now if task.kind == Kind.HANDLE), None)
    order = Order(lead, tuple(coordinating), tuple(informed), note, due_date)
    wrong = _mistakes(document, order, running, at.date())
    if wrong:
        raise Invalid(wrong)
    _move(document, order, running, at)
    shares = _share_out(actor, at, document, order, running)
    crashpoint("documents.direct.shared")
    given = _write(actor, at, document, order, shares)
    crashpoint("documents.direct.written")
    _end_asked(actor, at, open_now, (Kind.DIRECT, Kind.REVIEW), note or "Đã cho ý kiến chỉ đạo")
    what = "documents.directed" if lead or running else "documents.kept_for_information"
    words: dict[str, Any] = {"note": note or "không ghi", "lead": lead.name if lead else "như cũ", "due_date": due_date}
    parts = {part: [target.key for target in targets] for part, targets in order.parts}
    words |= {"direction": given.pk, "parts": parts}
    record(actor=actor, at=at, what=what, about=document.ref, agency=document.agency_id, **words)
    show(document, actor=actor, at=at)
    return given


class Order(NamedTuple):
    """Nội dung ý kiến chỉ đạo."""

    lead: Target | None
    coordinating: tuple[Target, ...]
    informed: tuple[Target, ...]
    note: str
    due_date: date | None

    @property
    def parts(self) -> list[tuple[str, tuple[Target, ...]]]:
        """Who is named for which part, the lead first."""
        lead = (self.lead,) if self.lead else ()
        return [("lead", lead), ("coordinating", self.coordinating), ("informed", self.informed)]

    @property
    def targets(self) -> list[Target]:
        """Everybody named, the lead first."""
        return [target for _, targets in self.parts for target in targets]


def _move(document: Incoming, order: Order, running: Task | None, at: datetime) -> None:
    """Helpers who join running work change neither its state nor its day; the book names them after the lead."""
    places = [target.name for target in (order.lead, *order.coordinating) if target]
    if running:
        places = [document.to_places, *places]
    else:
        document.state = MOVES.after(document.state, "direct" if order.lead else "inform")
        document.due_date = order.due_date or document.due_date
        document.ended_at = None if order.lead else at
    document.to_places = "; ".join(places)[:1000] or document.to_places
    update(document, "state", "due_date", "to_places", "ended_at")


class Shared(NamedTuple):
    """Một phần đã giao."""

    task: Task
    part: str
    target: Target


WRITE = """
WITH given AS (
    INSERT INTO documents_direction (document_id, by_post_id, by_name, note, due_date, at, recall_reason)
    VALUES (%(document)s, %(by_post)s, %(by_name)s, %(note)s, %(due_date)s, %(at)s, '') RETURNING id
), shared AS (
    INSERT INTO documents_share (direction_id, task_id, part)
    SELECT given.id, one.task, one.part FROM given, unnest(%(tasks)s::bigint[], %(parts)s::text[]) AS one(task, part)
), opened AS (
    INSERT INTO documents_access (document_id, key, cause, since_at)
    SELECT %(document)s, one.key, one.cause, %(at)s FROM unnest(%(keys)s::text[], %(causes)s::text[]) AS one(key, cause)
    ON CONFLICT DO NOTHING
)
SELECT id FROM given
"""


def _write(actor: Actor, at: datetime, document: Incoming, order: Order, shares: Sequence[Shared]) -> Direction:
    """The direction, its shares and who may now read the document, however many they are in one statement."""
    hat = actor.acting
    given = Direction(
        document=document,
        by_post_id=hat.post if hat else None,
        by_name=f"{actor.name}, {hat.title}" if hat else actor.name,
        note=order.note,
        due_date=order.due_date,
        at=at,
    )
    opened = {key: task.ref for task, _, target in reversed(shares) for key in _opened(document, target)}
    values: dict[str, Any] = {
        "document": document.pk, "by_post": given.by_post_id, "by_name": given.by_name, "note": given.note,
        "due_date": given.due_date, "at": at, "tasks": [task.pk for task, _, _ in shares],
        "parts": [part for _, part, _ in shares], "keys": list(opened), "causes": list(opened.values()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
        (given.pk,) = cursor.fetchone()
    return given


def _share_out(actor: Actor, at: datetime, document: Incoming, order: Order, running: Task | None) -> list[Shared]:
    parent, due, shares = running, order.due_date or document.due_date, []
    for part, target in ((part, target) for part, targets in order.parts for target in targets):
        day = None if part == "informed" else due
        task = _assign(document, target, PARTS[part], actor=actor, at=at, note=order.note, due_date=day, parent=parent)
        shares.append(Shared(task, part, target))
        if part == "lead":
            parent = task
    return shares


def wear_presented(actor: Actor, document: Incoming) -> Actor:
    """Part: act from the hat before which the document was put, so that a substitute directs for the absent leader."""
    return _wear(actor, {task.post_id for task in _open_work(document) if task.kind == Kind.DIRECT})


def _wear(actor: Actor, asked: Collection[int | None]) -> Actor:
    return actor.wearing(next((hat.post for hat in actor.hats if hat.post in asked), None))


OPEN_WORK = "SELECT * FROM tasks_task WHERE about = %s AND ended_at IS NULL ORDER BY id"


def _open_work(document: Incoming) -> list[Task]:
    """The open tasks about a locked document: whoever changes one of them locks the document first."""
    return all_of(Task, OPEN_WORK, document.ref)


def _mistakes(document: Incoming, order: Order, running: Task | None, today: date) -> dict[str, str]:
    wrong = {}
    if not order.targets:
        wrong["lead"] = "Chọn đơn vị chủ trì, hoặc ít nhất một nơi nhận để biết."
    if order.lead and running:
        wrong["lead"] = f"{running.unit.name} đang chủ trì. Thu hồi ý kiến cũ trước khi giao đơn vị khác."
    if order.coordinating and not (order.lead or running):
        wrong["lead"] = "Chọn một đơn vị chủ trì để các đơn vị khác phối hợp."
    if any(target.unit.agency_id != document.agency_id for target in order.targets):
        wrong["lead"] = "Chỉ phân xử lý trong cơ quan mình; cơ quan khác thì gửi bằng văn bản."
    gone = next((target for target in order.targets if target.ended(today)), None)
    if gone:
        wrong["lead"] = f"{gone.name} đã kết thúc hoạt động. Chọn đơn vị hoặc người kế tục."
    keys = [target.key for target in order.targets]
    if len(set(keys)) < len(keys):
        wrong["coordinating"] = "Mỗi đơn vị chỉ có một vai: chủ trì, phối hợp hoặc để biết."
    if order.due_date and order.due_date < today:
        wrong["due_date"] = f"Hạn xử lý phải từ hôm nay ({today:%d/%m/%Y}) trở đi."
    return wrong


def _end_asked(actor: Actor, at: datetime, open_now: Sequence[Task], kinds: Sequence[Kind], done: str) -> None:
    """What this person was asked about the document is done; what others were asked in the same matter falls away."""
    for task in (task for task in open_now if task.kind in kinds):
        if task.post_id in actor.posts(at.date()):
            finish(actor=actor, at=at, task=task, result=done)
        else:
            recall(actor=Actor.system(), at=at, task=task, reason=f"{actor.name}: {done}"[:500])


@atomic
def recall_direction(*, actor: Actor, at: datetime, direction: Direction, reason: str = "") -> Direction:
    """Take a direction back. Nothing more is asked before anybody read it; after that the reason is, and they are told."""
    document = lock(direction.document)
    direction = Direction.objects.select_for_update().get(pk=direction.pk)
    may_recall_direction(actor, direction, at.date()).or_refuse()
    actor = actor.wearing(direction.by_post_id)
    if direction.recalled_at:
        return direction
    state = MOVES.after(document.state, "undirect")
    given = [share.task for share in direction.shares.select_related("task__unit")]
    tasks, readers = [task for task in given if task.ended_at is None], [task for task in given if task.read_at]
    if readers and not reason:
        raise Invalid({"reason": f"{readers[0].unit.name} đã xem. Nhập lý do thu hồi để báo cho các đơn vị."})
    for task in tasks:
        recall(actor=Actor.system(), at=at, task=task, reason=reason or "Thu hồi ý kiến chỉ đạo")
    direction.recalled_at, direction.recall_reason = at, reason
    direction.save(update_fields=["recalled_at", "recall_reason"])
    closed = close_to(document, [task.ref for task in tasks])
    if state != document.state and not any(task.kind == Kind.HANDLE for task in _open_work(document)):
        document.state, document.ended_at = state, None
        document.save(update_fields=["state", "ended_at"])
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
        direction=direction.pk,
        closed_to=closed,
    )
    show(document, actor=actor, at=at)
    return direction
