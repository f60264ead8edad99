"""Settling: the work begins, goes to other hands, comes back, is answered, and the document is closed (Điều 24)."""

import re
from datetime import date, datetime

from tram.audit.commands import atomic, record
from tram.documents.commands.cards import close_to, is_running, lock, open_to, report, show, tell_sender
from tram.documents.commands.direct import Target, give
from tram.documents.models import Incoming
from tram.documents.policy import may_answer, may_close, may_direct
from tram.documents.queries import visible_to
from tram.documents.states import MOVES, State
from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.organisation.models import Post
from tram.organisation.queries import seats_with_role
from tram.tasks.commands.give import recall
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind
from tram.tasks.models import Task

ANSWER = re.compile(r"\b(\d{1,6}[a-z]?/[A-ZĐ](?:[\w.&-]*\w)?)")


def _must_see(actor: Actor, document: Incoming, at: datetime) -> None:
    """Whoever moves the work about a document reads the document; nobody else moves it."""
    if not actor.is_system and not visible_to(actor, at.date()).filter(pk=document.pk).exists():
        raise Hidden


@atomic
def begin(*, actor: Actor, at: datetime, document: Incoming, task: Task) -> Incoming:
    """The lead took the work up."""
    document = lock(document)
    _must_see(actor, document, at)
    if task.kind == Kind.HANDLE and document.state in (State.DIRECTED, State.ASSIGNED):
        document.state = MOVES.after(document.state, "begin")
        document.save(update_fields=["state"])
        record(actor=actor, at=at, what="documents.begun", about=document.ref, agency=document.agency_id)
        tell_sender(document, actor=actor, at=at)
    return document


@atomic
def pass_on(*, actor: Actor, at: datetime, document: Incoming, task: Task) -> Incoming:
    """The work went to another holder, or to another who confirms it: the document opens to whose turn it is."""
    document = lock(document)
    _must_see(actor, document, at)
    target = Target(task.turn_unit, task.turn_post)
    open_to(document, target.key, at=at, cause=task.ref)
    closed = _close_to_unread(document, task)
    if task.kind == Kind.HANDLE and MOVES.can(document.state, "assign"):
        document.state = MOVES.after(document.state, "assign")
        document.save(update_fields=["state"])
    record(
        actor=actor, at=at, what="documents.assigned", about=document.ref, agency=document.agency_id,
        holder=target.name, closed_to=closed,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return document


def _close_to_unread(document: Incoming, task: Task) -> list[str]:
    """Who had the work last and never read it has no more to do with the document, unless other work keeps it open."""
    last = task.holdings.exclude(until_at=None).select_related("unit", "post").order_by("-pk").first()
    if last is None or last.read_at:
        return []
    return close_to(document, [task.ref], only=Target(last.unit, last.post).key)


@atomic
def settle(*, actor: Actor, at: datetime, document: Incoming, task: Task) -> Incoming:
    """The lead's work is confirmed: the document is settled, answered when the result names an answering paper."""
    document = lock(document)
    _must_see(actor, document, at)
    if task.kind == Kind.REVIEW and document.recall_reason and document.state != State.CANCELLED_BY_RECALL:
        return _refuse_recall(actor, at, document, task.result)
    if task.kind == Kind.DIRECT and document.state in (State.REGISTERED, State.PRESENTED):
        raise WrongState("Văn bản chưa có ý kiến chỉ đạo. Bấm Chuyển để cho ý kiến, hoặc trả lại văn thư.")
    if task.kind != Kind.HANDLE or not is_running(document):
        return document
    answer = ANSWER.search(task.result)
    if answer:
        document.state = MOVES.after(document.state, "answer")
        document.answer_code = answer.group(1)[:60]
        record(
            actor=actor,
            at=at,
            what="documents.answered",
            about=document.ref,
            agency=document.agency_id,
            answer=document.answer_code,
        )
    return _end(actor, at, document, task.result)


def _refuse_recall(actor: Actor, at: datetime, document: Incoming, reason: str) -> Incoming:
    """The clerk was asked to cancel what its sender recalls, and finished that work without cancelling it."""
    if not reason:
        raise Invalid({"result": "Ghi lý do không thu hồi được, ví dụ “Đã thực hiện xong ngày 12/11/2026”."})
    document.recall_reason = ""
    document.save(update_fields=["recall_reason"])
    record(
        actor=actor,
        at=at,
        what="documents.recall_refused",
        about=document.ref,
        agency=document.agency_id,
        reason=reason,
    )
    report(document, "16", reason, actor=actor, at=at)
    return document


@atomic
def answer(*, actor: Actor, at: datetime, document: Incoming, code: str) -> Incoming:
    """An answer left under this number: the clock stops, the lead's work is done without anybody's further word."""
    document = lock(document)
    may_answer(actor, document, at.date()).or_refuse()
    if not is_running(document):
        return document
    result = f"Đã trả lời bằng văn bản {code} ngày {at:%d/%m/%Y}"
    for task in Task.objects.filter(about=document.ref, ended_at=None, kind=Kind.HANDLE):
        fulfil(actor=actor, at=at, task=task, result=result)
    if MOVES.can(document.state, "answer"):
        document.state = MOVES.after(document.state, "answer")
    document.answer_code = code[:60]
    about = document.ref
    record(actor=actor, at=at, what="documents.answered", about=about, agency=document.agency_id, answer=code)
    return _end(actor, at, document, result)


@atomic
def close(*, actor: Actor, at: datetime, document: Incoming, outcome: str) -> Incoming:
    """Close a document that no running work is about, with a word on what became of it."""
    document = lock(document)
    may_close(actor, document, at.date()).or_refuse()
    if not outcome:
        raise Invalid({"outcome": "Ghi kết quả, ví dụ “Lưu hồ sơ, không phải trả lời”."})
    running = set(Task.objects.filter(about=document.ref, ended_at=None).values_list("kind", flat=True))
    if Kind.HANDLE in running:
        raise WrongState("Văn bản còn đơn vị đang chủ trì. Chờ xác nhận hoàn thành hoặc thu hồi ý kiến chỉ đạo trước.")
    if Kind.DIRECT in running and not may_direct(actor, document, at.date()):
        raise WrongState("Văn bản đang trình lãnh đạo. Chờ ý kiến chỉ đạo, hoặc rút việc trình trước.")
    return _end(actor, at, document, outcome)


def _end(actor: Actor, at: datetime, document: Incoming, outcome: str) -> Incoming:
    document.state = MOVES.after(document.state, "close")
    document.ended_at, document.outcome = at, outcome
    document.save(update_fields=["state", "ended_at", "outcome", "answer_code"])
    running = Task.objects.filter(about=document.ref, ended_at=None).exclude(kind=Kind.INFORM)
    for task in running.order_by("pk"):
        recall(actor=Actor.system(), at=at, task=task, reason="Văn bản đã giải quyết xong")
    record(actor=actor, at=at, what="documents.closed", about=document.ref, agency=document.agency_id, outcome=outcome)
    show(document, actor=actor, at=at)
    return document


@atomic
def take_back(*, actor: Actor, at: datetime, document: Incoming, task: Task, reason: str) -> Incoming:
    """A holder gave the work back: to the leader when the lead did, to the clerk when the last leader asked did."""
    document = lock(document)
    _must_see(actor, document, at)
    if task.kind not in (Kind.HANDLE, Kind.DIRECT) or not is_running(document):
        return document
    if task.kind == Kind.HANDLE:
        _ask_again(actor, at, document, task, f"{actor.name} trả lại: {reason}")
    elif not _still_asked(document):
        document.state = MOVES.after(document.state, "give_back")
        document.save(update_fields=["state"])
        note = f"{actor.name} trả lại: {reason}"
        clerk = _giver(document, task, ["clerk"], at.date())
        give(document, clerk, Kind.REVIEW, actor=Actor.system(), at=at, note=note, due_date=document.due_date)
    record(
        actor=actor, at=at, what="documents.given_back", about=document.ref, agency=document.agency_id, reason=reason
    )
    show(document, actor=actor, at=at)
    return document


@atomic
def stop(*, actor: Actor, at: datetime, document: Incoming, task: Task, reason: str) -> Incoming:
    """Work was recalled, or ended unfinished, on its giver's word.

    What the recalled task had opened is closed. Without its lead the document is before the leader again, or ended
    where the leader ended the work; recalled from the leader it is with the clerk.
    """
    document = lock(document)
    _must_see(actor, document, at)
    closed = [] if task.was_ended else close_to(document, [task.ref])
    record(
        actor=actor, at=at, what="documents.stopped", about=document.ref, agency=document.agency_id,
        reason=reason or "chưa ai xem", task=task.ref, closed_to=closed,
    )  # fmt: skip
    if is_running(document) and task.kind == Kind.HANDLE and task.was_ended:
        return _end(actor, at, document, f"Kết thúc khi chưa hoàn thành: {reason}")
    if is_running(document) and task.kind == Kind.HANDLE:
        _ask_again(actor, at, document, task, f"{actor.name} thu hồi: {reason or 'chưa ai xem'}")
    elif task.kind == Kind.DIRECT and MOVES.can(document.state, "give_back") and not _still_asked(document):
        document.state = MOVES.after(document.state, "give_back")
        document.save(update_fields=["state"])
    show(document, actor=actor, at=at)
    return document


def _still_asked(document: Incoming) -> bool:
    """Whether the document lies before another leader too."""
    return Task.objects.filter(about=document.ref, kind=Kind.DIRECT, ended_at=None).exists()


def _ask_again(actor: Actor, at: datetime, document: Incoming, task: Task, note: str) -> None:
    """The document has no lead: it is before the leader who named the last one."""
    document.state = MOVES.after(document.state, "undirect")
    document.save(update_fields=["state"])
    leader = _giver(document, task, list(LEADERS), at.date())
    give(document, leader, Kind.DIRECT, actor=Actor.system(), at=at, note=note, due_date=document.due_date)


def _giver(document: Incoming, task: Task, roles: list[str], on: date) -> Target:
    """Who gave the work, while that seat stands; else who has the role in the agency, a seat that is taken first."""
    post = Post.objects.select_related("unit").filter(pk=task.giver_post_id or 0).exclude(until__lt=on).first()
    if post is None:
        seats = sorted(seats_with_role(roles, document.agency_id, on), key=lambda seat: seat.account is None)
        post = Post.objects.select_related("unit").filter(pk__in=[seat.post for seat in seats[:1]]).first()
    return Target(post.unit, post) if post else Target(document.agency)
