"""Reading work: the one inbox, a unit's board, who had a thing and when it was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.clock import local, local_day
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import DueChange, Extension, Holding, Progress, Task
from tram.tasks.rules import Result, result_of
from tram.tasks.states import OPEN, STATE_NAMES, ExtensionState, State

PAGE = 25


def visible_to(actor: Actor, on: date) -> QuerySet[Task]:
    """Tasks a person may read: theirs, their unit's inbox, what they gave, and what they head or lead."""
    posts = actor.posts(on)
    hats = list(actor.worn(on))
    above = [g.unit for hat in hats for g in hat.grants if g.role in {*LEADERS, "office_chief"} and g.valid(on)]
    headed = [g.unit for hat in hats for g in hat.grants if g.role == "unit_head" and g.valid(on)]
    return Task.objects.filter(
        Q(post__in=posts)
        | Q(turn_post__in=posts)
        | Q(giver_post__in=posts)
        | Q(handed_by__in=posts)
        | Q(post=None, unit__in=[hat.unit for hat in hats])
        | Q(unit__in=headed)
        | Q(agency__in=above)
    )


@dataclass(frozen=True, slots=True)
class InboxRow:
    """Dòng trong “Việc của tôi”: everything the row shows, with no further query."""

    id: int
    kind: str
    kind_name: str
    state: str
    state_name: str
    title: str
    line: str
    giver: str
    url: str
    urgency: int
    due_on: date | None
    result: Result
    progress: int
    last_word: str
    is_read: bool
    in_unit_inbox: bool
    thay: str
    given_at: datetime

    @property
    def key(self) -> str:
        """Where the next page begins."""
        return f"{9 - self.urgency}.{(self.due_on or date.max).isoformat()}.{self.id}"


class Page(NamedTuple):
    """Một trang: rows, and the key of the next page when there is one."""

    rows: list[InboxRow]
    next: str


INBOX_FIELDS = (
    "t.id, t.kind, t.state, t.title, t.line, t.giver_name, t.url, t.urgency, t.due_on, t.progress, t.last_word,"
    " t.read_at IS NOT NULL, t.turn_post_id, t.given_at, t.submitted_at, t.due_key"
)
INBOX_ARM = (
    "(SELECT {fields} FROM tasks_task t WHERE {whose} AND t.ended_at IS NULL"
    " AND (t.hidden_until IS NULL OR t.hidden_until <= %(on)s) {after}"
    " ORDER BY t.urgency DESC, t.due_key, t.id LIMIT %(limit)s)"
)
AFTER = "AND (t.urgency < %(urgency)s OR (t.urgency = %(urgency)s AND (t.due_key, t.id) > (%(due)s, %(id)s)))"


def inbox(actor: Actor, on: date, after: str = "", limit: int = PAGE) -> Page:
    """Việc của tôi: what waits for this person in all their hats and in their units' inboxes, most urgent first.

    One query: each post and each unit's inbox is read from its own index, newest `limit + 1` rows at most.
    """
    hats = list(actor.worn(on))
    whose = [(f"t.turn_post_id = %(p{n})s", {f"p{n}": hat.post}) for n, hat in enumerate(hats)]
    units = list(dict.fromkeys(hat.unit for hat in hats))
    whose += [(f"t.turn_post_id IS NULL AND t.turn_unit_id = %(u{n})s", {f"u{n}": u}) for n, u in enumerate(units)]
    if not whose:
        return Page([], "")
    params: dict[str, Any] = {"on": on, "limit": limit + 1}
    if after:
        params |= _read_key(after)
    arms = []
    for condition, values in whose:
        arms.append(INBOX_ARM.format(fields=INBOX_FIELDS, whose=condition, after=AFTER if after else ""))
        params |= values
    statement = " UNION ALL ".join(arms) + " ORDER BY urgency DESC, due_key, id LIMIT %(limit)s"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found = cursor.fetchall()
    names = {hat.post: hat.principal_name for hat in hats}
    rows = [_inbox_row(row, names, on) for row in found[:limit]]
    return Page(rows, rows[-1].key if len(found) > limit else "")


def _read_key(key: str) -> dict[str, Any]:
    try:
        urgency, due, pk = key.split(".")
        return {"urgency": 9 - int(urgency), "due": date.fromisoformat(due), "id": int(pk)}
    except ValueError:
        return {"urgency": 9, "due": date.min, "id": 0}


def _inbox_row(row: tuple[Any, ...], principals: dict[int, str], on: date) -> InboxRow:
    pk, kind, state, title, line, giver, url, urgency, due_on, progress, word, is_read, post, given_at, done_at, _ = row
    return InboxRow(
        id=pk,
        kind=kind,
        kind_name=KIND_NAMES[Kind(kind)],
        state=state,
        state_name=STATE_NAMES[State(state)],
        title=title,
        line=line,
        giver=giver,
        url=url,
        urgency=urgency,
        due_on=due_on,
        result=result_of(due_on, local_day(done_at) if done_at else None, on),
        progress=progress,
        last_word=word,
        is_read=is_read,
        in_unit_inbox=post is None,
        thay=principals.get(post, ""),
        given_at=local(given_at),
    )


def waiting(actor: Actor, on: date) -> int:
    """How many tasks wait for this person, counted no further than 100 (open rows only, from the inbox's indexes)."""
    hats = list(actor.worn(on))
    statement = (
        "SELECT count(*) FROM (SELECT 1 FROM tasks_task WHERE ended_at IS NULL AND"
        " (turn_post_id = ANY(%(posts)s) OR (turn_post_id IS NULL AND turn_unit_id = ANY(%(units)s)))"
        " AND (hidden_until IS NULL OR hidden_until <= %(on)s) LIMIT 100) few"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"posts": [hat.post for hat in hats], "units": [hat.unit for hat in hats], "on": on})
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """Dòng “ai đang giữ”: who had the work, from when to when, and when they read it."""

    task: int
    kind_name: str
    holder: str
    how: str
    word: str
    since_at: datetime
    read_at: datetime | None
    until_at: datetime | None


HOW_NAMES = {"assigned": "được giao", "handed": "được phân", "claimed": "tự nhận", "transferred": "được chuyển"}


def holdings(about: str) -> list[HoldingRow]:
    """Who had the work about a thing, in the order of time: one query."""
    rows = Holding.objects.filter(task__about=about).order_by("since_at", "pk")
    fields = ("task_id", "task__kind", "holder_name", "how", "word", "since_at", "read_at", "until_at")
    return [
        HoldingRow(
            task,
            KIND_NAMES[Kind(kind)],
            holder,
            HOW_NAMES[how],
            word,
            local(since),
            read and local(read),
            until and local(until),
        )
        for task, kind, holder, how, word, since, read, until in rows.values_list(*fields)
    ]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Việc trong danh sách của đơn vị, của người giao, hoặc của một văn bản."""

    id: int
    ref: str
    kind: str
    kind_name: str
    state: str
    state_name: str
    title: str
    line: str
    note: str
    holder: str
    unit: int
    unit_name: str
    post: int | None
    turn_post: int | None
    giver: str
    url: str
    urgency: int
    due_on: date | None
    first_due_on: date | None
    result: Result
    progress: int
    last_word: str
    outcome: str
    given_at: datetime
    read_at: datetime | None
    ended_at: datetime | None
    is_open: bool


HOLDER = "(SELECT h.holder_name FROM tasks_holding h WHERE h.task_id = tasks_task.id ORDER BY h.id DESC LIMIT 1)"


def _task_rows(tasks: QuerySet[Task], today: date) -> list[TaskRow]:
    found = tasks.select_related("unit").extra(select={"holder": HOLDER})
    return [
        TaskRow(
            id=t.pk,
            ref=t.ref,
            kind=t.kind,
            kind_name=KIND_NAMES[Kind(t.kind)],
            state=t.state,
            state_name=STATE_NAMES[State(t.state)],
            title=t.title,
            line=t.line,
            note=t.note,
            holder=t.holder,
            unit=t.unit_id,
            unit_name=t.unit.name,
            post=t.post_id,
            turn_post=t.turn_post_id,
            giver=t.giver_name,
            url=t.url,
            urgency=t.urgency,
            due_on=t.due_on,
            first_due_on=t.first_due_on,
            result=result_of(t.due_on, local_day(t.submitted_at) if t.submitted_at else None, today),
            progress=t.progress,
            last_word=t.last_word,
            outcome=t.result,
            given_at=local(t.given_at),
            read_at=t.read_at and local(t.read_at),
            ended_at=t.ended_at and local(t.ended_at),
            is_open=t.state in OPEN,
        )
        for t in found
    ]


def tasks_about(about: str, today: date) -> list[TaskRow]:
    """Every task about a thing, in the order in which it was given."""
    return _task_rows(Task.objects.filter(about=about).order_by("pk"), today)


def card(task: int, today: date) -> TaskRow | None:
    """One task."""
    return next(iter(_task_rows(Task.objects.filter(pk=task), today)), None)


def open_of_unit(actor: Actor, unit: int, today: date, after: int = 0, limit: int = PAGE) -> tuple[list[TaskRow], int]:
    """A unit's open work that this person may see, latest deadline last; and the offset key of the next page."""
    tasks = visible_to(actor, today).filter(unit=unit, ended_at=None)
    if after:
        last = Task.objects.filter(pk=after).values("due_key").first()
        if last:
            tasks = tasks.filter(Q(due_key__gt=last["due_key"]) | Q(due_key=last["due_key"], pk__gt=after))
    rows = _task_rows(tasks.order_by("due_key", "pk")[: limit + 1], today)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def given_by(actor: Actor, today: date, after: int = 0, limit: int = PAGE) -> tuple[list[TaskRow], int]:
    """Theo dõi: work this person gave, newest first, still open first seen through its state."""
    tasks = Task.objects.filter(giver_post__in=actor.posts(today)).exclude(kind=Kind.INFORM)
    if after:
        tasks = tasks.filter(pk__lt=after)
    rows = _task_rows(tasks.order_by("-pk")[: limit + 1], today)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def loads(unit: int, today: date) -> dict[int | None, tuple[int, int]]:
    """Open and overdue work of each post of a unit: {post: (open, overdue)}, from open rows only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT post_id, count(*), count(*) FILTER (WHERE due_on < %s AND submitted_at IS NULL) FROM tasks_task"
            " WHERE unit_id = %s AND ended_at IS NULL AND kind <> 'inform' GROUP BY post_id",
            [today, unit],
        )
        return {post: (running, late) for post, running, late in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Báo cáo tiến độ trên màn hình."""

    at: datetime
    by: str
    percent: int
    text: str
    evidence: str
    evidence_name: str


def reports(tasks: Iterable[int]) -> list[ReportRow]:
    """Progress reports of tasks, oldest first."""
    rows = Progress.objects.filter(task__in=list(tasks)).select_related("evidence").order_by("pk")
    return [
        ReportRow(
            local(row.at),
            row.by_name,
            row.percent,
            row.text,
            str(row.evidence.pk) if row.evidence else "",
            row.evidence.name if row.evidence else "",
        )
        for row in rows
    ]


def due_history(task: int) -> list[dict[str, Any]]:
    """Every deadline a task has had, oldest first: before, after, reason, by_name, at."""
    return list(DueChange.objects.filter(task=task).order_by("pk").values("before", "after", "reason", "by_name", "at"))


def extension_waiting(request: int) -> dict[str, Any] | None:
    """The wish for more time that a request task asks to answer."""
    rows = Extension.objects.filter(request=request, state=ExtensionState.WAITING)
    return rows.values("id", "task_id", "wanted_on", "reason", "task__due_on", "task__given_due_on").first()
