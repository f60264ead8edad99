"""Reading work: the one inbox, a unit's board, who had a thing and when it was read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from tram.files.queries import Card, cards
from tram.kernel.actors import LEADERS, Actor
from tram.kernel.clock import local, local_day
from tram.kernel.refs import parse_ref
from tram.organisation.queries import calendar_of, divisions, seats_of_unit, taken_posts
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import Extension, Holding, Task
from tram.tasks.policy import is_request, may_see, verbs
from tram.tasks.rules.results import result_of
from tram.tasks.rules.rows import HoldingRow as HoldingRow
from tram.tasks.rules.rows import InboxRow, ReportRow, task_row
from tram.tasks.rules.rows import TaskRow as TaskRow
from tram.tasks.rules.verbs import step_of
from tram.tasks.sockets import giver_of
from tram.tasks.states import RUNNING, STATE_NAMES, ExtensionState, State
from tram.vietnamese.calendar import WorkingCalendar
from tram.web.rows import all_of, read

PAGE = 25
NO_KEY = 2**63 - 1


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


def reported_to(actor: Actor, tasks: Iterable[Task], on: date) -> set[int]:
    """Of these tasks, those whose reports with their evidence a person may read: whoever reads the task, or the thing
    that it is about. Files, pages and programs all ask here.
    """
    mine: set[int] = set()
    others: dict[str, set[int]] = defaultdict(set)
    for task in tasks:
        (mine if may_see(actor, task, on) else others[task.about]).add(task.pk)
    for about, keys in others.items():
        giver = giver_of(about)
        if giver and giver.reads(actor=actor, about=about, on=on):
            mine |= keys
    return mine


class Page(NamedTuple):
    """Một trang: rows, and the key of the next page when there is one."""

    rows: list[InboxRow]
    next: str


INBOX_ARM = (
    "(SELECT t.* FROM tasks_task t WHERE {whose} AND t.ended_at IS NULL"
    " AND (t.hidden_until IS NULL OR t.hidden_until <= %(on)s) {after}"
    " ORDER BY t.urgency DESC, t.due_key, t.id LIMIT %(limit)s)"
)
INBOX = (
    "SELECT waits.*, EXISTS (SELECT 1 FROM tasks_holding h WHERE h.task_id = waits.id AND h.until_at IS NULL"
    " AND h.read_at IS NOT NULL) AND waits.state <> 'submitted' AS is_read FROM ({arms}) waits"
    " ORDER BY urgency DESC, due_key, id LIMIT %(limit)s"
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
        arms.append(INBOX_ARM.format(whose=condition, after=AFTER if after else ""))
        params |= values
    found = all_of(Task, INBOX.format(arms=" UNION ALL ".join(arms)), **params)
    names = {hat.post: hat.principal_name for hat in hats}
    rows = [_inbox_row(actor, task, names.get(task.turn_post_id or 0, ""), on) for task in found[:limit]]
    return Page(rows, rows[-1].key if len(found) > limit else "")


def _read_key(key: str) -> dict[str, Any]:
    try:
        urgency, due, pk = key.split(".")
        return {"urgency": 9 - int(urgency), "due": date.fromisoformat(due), "id": int(pk)}
    except ValueError:
        return {"urgency": 9, "due": date.min, "id": 0}


def _inbox_row(actor: Actor, task: Task, principal: str, on: date) -> InboxRow:
    is_read = task.is_read  # type: ignore[attr-defined]
    return InboxRow(
        id=task.pk, kind=task.kind, kind_name=KIND_NAMES[Kind(task.kind)], state=task.state,
        state_name=STATE_NAMES[State(task.state)], title=task.title, line=task.line, giver=task.giver_name,
        url=task.url, urgency=task.urgency, due_on=task.due_on,
        result=result_of(task.due_on, local_day(task.submitted_at) if task.submitted_at else None, on),
        progress=task.progress, last_word=task.last_word, is_read=is_read,
        in_unit_inbox=task.turn_post_id is None, thay=principal, given_at=local(task.given_at),
        verbs=tuple(verbs(actor, task, on)),
    )  # fmt: skip


def orphaned(on: date) -> list[int]:
    """Open work whose move it is of a seat in which nobody sits; what is only to be read waits for nobody."""
    waiting = Task.objects.filter(ended_at=None, turn_post__isnull=False).exclude(kind=Kind.INFORM)
    return list(waiting.exclude(turn_post__in=taken_posts(on)).order_by("pk").values_list("pk", flat=True)[:500])


OPEN = "(SELECT 1 FROM tasks_task WHERE {whose} AND ended_at IS NULL AND (hidden_until IS NULL OR hidden_until <= %(on)s) LIMIT 100)"
WAITING = (
    f"SELECT count(*) FROM ({OPEN.format(whose='turn_post_id = ANY(%(posts)s)')} UNION ALL"
    f" {OPEN.format(whose='turn_post_id IS NULL AND turn_unit_id = ANY(%(units)s)')} LIMIT 100) few"
)


def waiting(actor: Actor, on: date) -> int:
    """How many tasks wait for this person, counted no further than 100 (open rows only, from the inbox's indexes)."""
    hats = list(actor.worn(on))
    return int(read(WAITING, posts=[hat.post for hat in hats], units=[hat.unit for hat in hats], on=on)[0][0])


HOW_NAMES = {
    "returned": "được rút về", "assigned": "được giao", "handed": "được phân", "claimed": "tự nhận",
    "transferred": "được chuyển", "inherited": "nhận lại",
}  # fmt: skip


HOLDINGS = (
    "SELECT h.task_id, t.kind, h.holder_name, h.how, h.word, h.since_at, h.read_at, h.until_at FROM tasks_holding h"
    " JOIN tasks_task t ON t.id = h.task_id WHERE {which} = %s ORDER BY h.since_at, h.id"
)


def holdings(about: str) -> list[HoldingRow]:
    """Who had the work about a thing, in the order of time: one query."""
    return [_holding_row(*row) for row in read(HOLDINGS.format(which="t.about"), about)]


def holdings_of(task: int) -> list[HoldingRow]:
    """Who had one piece of work, in the order of time."""
    return [_holding_row(*row) for row in read(HOLDINGS.format(which="t.id"), task)]


def _holding_row(
    task: int, kind: str, holder: str, how: str, word: str, since: datetime, read: datetime | None, until: datetime | None
) -> HoldingRow:  # fmt: skip
    times = (local(since), read and local(read), until and local(until))
    return HoldingRow(task, KIND_NAMES[Kind(kind)], holder, HOW_NAMES[how], word, *times)


LAST_HOLDER = Holding.objects.filter(task=OuterRef("pk")).order_by("-pk").values("holder_name")[:1]


def rows_of(tasks: QuerySet[Task], today: date, limit: int | None = None) -> list[TaskRow]:
    """The first tasks as rows, each with its last holder's name; one query."""
    found = tasks.annotate(unit_name=F("unit__name"), holder=Subquery(LAST_HOLDER))[:limit]
    return [task_row(task, today) for task in found]


ROWS = (
    "SELECT t.*, u.name AS unit_name, (SELECT h.holder_name FROM tasks_holding h WHERE h.task_id = t.id"
    " ORDER BY h.id DESC LIMIT 1) AS holder FROM ({tasks}) t JOIN organisation_unit u ON u.id = t.unit_id ORDER BY {order}"
)


def rows_told(tasks: str, order: str, today: date, **named: Any) -> list[TaskRow]:
    """What `rows_of` reads, of the tasks that a statement reads, for the pages that are opened most."""
    return [task_row(task, today) for task in all_of(Task, ROWS.format(tasks=tasks, order=order), **named)]


def tasks_about(about: str, today: date) -> list[TaskRow]:
    """Every task about a thing, in the order in which it was given."""
    return rows_told("SELECT * FROM tasks_task WHERE about = %(about)s", "t.id", today, about=about)


def card(task: int, today: date) -> TaskRow | None:
    """One task."""
    return next(iter(rows_of(Task.objects.filter(pk=task), today)), None)


def behind(tasks: QuerySet[Task], after: int) -> QuerySet[Task]:
    """The part of tasks that lies behind the task `after` in the order of deadlines."""
    last = Task.objects.filter(pk=after).values("due_key").first() if after else None
    if last is None:
        return tasks
    return tasks.filter(Q(due_key__gt=last["due_key"]) | Q(due_key=last["due_key"], pk__gt=after))


def in_unit_inbox(actor: Actor, unit: int, today: date, after: int = 0, limit: int = PAGE) -> tuple[list[TaskRow], int]:
    """What lies in a unit's inbox and this person may see, earliest deadline first; and the key of the next page."""
    tasks = visible_to(actor, today).filter(unit=unit, post=None, ended_at=None, state__in=RUNNING)
    rows = rows_of(behind(tasks, after).order_by("due_key", "pk"), today, limit + 1)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


def parts_of(task: int, today: date) -> list[TaskRow]:
    """The supporting parts of a lead's work."""
    return rows_of(Task.objects.filter(parent=task).order_by("pk"), today)


def place_of(after: int) -> dict[str, Any]:
    """Where the task `after` stands in the order of deadlines, before all others when it is none: `due`, `id`."""
    found = read("SELECT due_key, id FROM tasks_task WHERE id = %s", after) if after else []
    return dict(zip(("due", "id"), found[0] if found else (date.min, 0), strict=True))


AWAITED_ARM = (
    "(SELECT t.id, t.due_key FROM tasks_task t WHERE {whose} AND t.ended_at IS NULL AND t.kind <> 'inform'"
    " AND (t.turn_post_id <> ALL(%(posts)s) OR (t.turn_post_id IS NULL AND t.turn_unit_id <> ALL(%(units)s)))"
    " AND (t.due_key, t.id) > (%(due)s, %(id)s) ORDER BY t.due_key, t.id LIMIT %(limit)s)"
)


def awaited(actor: Actor, today: date, after: int = 0, limit: int = PAGE) -> tuple[list[TaskRow], int]:
    """Chờ người khác: open work that this person gave, handed out or handed in, and whose turn is somebody else's.

    The earliest deadline first; and the key of the next page. Each of the three is read from its own index.
    """
    posts, units = actor.posts(today), [hat.unit for hat in actor.worn(today)]
    told: dict[str, Any] = {"posts": posts, "units": units, "limit": limit + 1, **place_of(after)}
    whose = [f"t.giver_post_id = {int(post)}" for post in posts]
    whose.append("t.unit_id = ANY(%(units)s) AND t.handed_by_id = ANY(%(posts)s)")
    whose.append("t.unit_id = ANY(%(units)s) AND t.post_id = ANY(%(posts)s) AND t.state = 'submitted'")
    arms = " UNION ".join(AWAITED_ARM.format(whose=one) for one in whose)
    page = f"SELECT id FROM ({arms}) found ORDER BY due_key, id LIMIT %(limit)s"
    tasks = f"SELECT * FROM tasks_task WHERE id IN ({page})"
    rows = rows_told(tasks, "t.due_key, t.id", today, **told)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


GIVEN_ARM = (
    "(SELECT * FROM tasks_task WHERE giver_post_id = %(p{n})s AND kind <> 'inform' AND id < %(below)s"
    " ORDER BY id DESC LIMIT %(limit)s)"
)


def given_by(actor: Actor, today: date, after: int = 0, limit: int = PAGE) -> tuple[list[TaskRow], int]:
    """Theo dõi: work this person gave, open and ended, newest first; and the key of the next page.

    Each post's is read from its own index, however few of all are theirs.
    """
    posts = {f"p{n}": post for n, post in enumerate(actor.posts(today))}
    if not posts:
        return [], 0
    arms = " UNION ALL ".join(GIVEN_ARM.format(n=n) for n in range(len(posts)))
    tasks = f"SELECT * FROM ({arms}) given ORDER BY id DESC LIMIT %(limit)s"
    rows = rows_told(tasks, "t.id DESC", today, below=after or NO_KEY, limit=limit + 1, **posts)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else 0


LOADS = (
    "SELECT post_id, count(*), count(*) FILTER (WHERE due_on < %s AND submitted_at IS NULL) FROM tasks_task"
    " WHERE unit_id = %s AND ended_at IS NULL AND kind <> 'inform' GROUP BY post_id"
)


def loads(unit: int, today: date) -> dict[int | None, tuple[int, int]]:
    """Open and overdue work of each post of a unit: {post: (open, overdue)}, from open rows only."""
    return {post: (running, late) for post, running, late in read(LOADS, today, unit)}


REPORTS = (
    "SELECT task_id, at, by_name, percent, text, evidence_id FROM tasks_progress WHERE task_id = ANY(%s::bigint[])"
    " ORDER BY id"
)
THESE = "SELECT * FROM tasks_task WHERE id = ANY(%s::bigint[])"


def reports(actor: Actor, tasks: Iterable[int], on: date) -> list[ReportRow]:
    """Progress reports of tasks that this person may read, oldest first."""
    told = read(REPORTS, list(tasks))
    asked = list({task for task, *_ in told})
    readable = reported_to(actor, all_of(Task, THESE, asked), on) if asked else set()
    told = [row for row in told if row[0] in readable]
    keys = [row[5] for row in told if row[5]]
    files = {card.id: card for card in cards(keys) if not card.is_locked} if keys else {}
    return [
        ReportRow(local(at), by_name, percent, text, *_evidence(files.get(file)))
        for _, at, by_name, percent, text, file in told
    ]


def _evidence(file: Card | None) -> tuple[str, str]:
    return (str(file.id), file.name) if file else ("", "")


DUES = "SELECT before, after, reason, by_name, at FROM tasks_duechange WHERE task_id = %s ORDER BY id"


def due_history(task: int) -> list[dict[str, Any]]:
    """Every deadline a task has had, oldest first: before, after, reason, by_name, at."""
    names = ("before", "after", "reason", "by_name")
    return [{**dict(zip(names, row, strict=True)), "at": local(at)} for *row, at in read(DUES, task)]


def extension_waiting(request: int) -> dict[str, Any] | None:
    """The wish for more time that a request task asks to answer."""
    rows = Extension.objects.filter(request=request, state=ExtensionState.WAITING)
    found = rows.values("id", "task_id", "wanted_on", "reason", "task__due_on", "task__given_due_on").first()
    return dict(found) if found else None


OPEN_ABOUT = (
    "SELECT t.*, (SELECT h.holder_name FROM tasks_holding h WHERE h.task_id = t.id ORDER BY h.id DESC LIMIT 1) AS holder,"
    " EXISTS (SELECT FROM tasks_holding h WHERE h.task_id = t.id AND h.until_at IS NULL AND h.read_at IS NULL) AS is_unread"
    " FROM tasks_task t WHERE t.ended_at IS NULL AND t.id = ANY (ARRAY(SELECT id FROM tasks_task WHERE about = %(about)s"
    " UNION ALL SELECT e.request_id FROM tasks_extension e JOIN tasks_task w ON w.id = e.task_id"
    " WHERE w.about = %(about)s AND e.state = 'waiting' UNION ALL SELECT unnest(%(tasks)s::bigint[]))) ORDER BY t.id"
)
"""A union: each is found by its own index, which an OR over two tables would not use. Asked as an array it takes a
quarter of the time of an IN."""


def actions(actor: Actor, about: str, on: date) -> list[dict[str, Any]]:
    """What this person may do with the open work about a thing ("documents.incoming/12", or a task's own ref).

    One dict a task, in the order of `_actions.html`: id, kind_name, title, holder, state_name, note, deadline (for the
    tag), thay (whose work one does as substitute), is_unread, verbs [{slug, label, key, is_grave, url, asks}], and
    where work can be handed on, people [{post, name, title, running, late}] and units [{id, name}].
    """
    tasks = [parse_ref(about).pk] if about.startswith("tasks.task/") else []
    found = [task for task in all_of(Task, OPEN_ABOUT, about=about, tasks=tasks) if may_see(actor, task, on)]
    offered = []
    for task in found:
        action = _action(actor, task, on)
        deadline = deadline_of(task, on, calendar_of(task.agency_id))
        is_unread = action["is_mine"] and task.is_unread  # type: ignore[attr-defined]
        holder = task.holder  # type: ignore[attr-defined]
        offered.append(action | {"holder": holder, "deadline": deadline, "is_unread": is_unread})
    return sorted((one for one in offered if one["verbs"]), key=lambda one: not one["is_mine"])


def _action(actor: Actor, task: Task, on: date) -> dict[str, Any]:
    hat = next((hat for hat in actor.worn(on) if hat.post == task.turn_post_id), None)
    shared = task.turn_post_id is None and any(hat.unit == task.turn_unit_id for hat in actor.worn(on))
    slugs = verbs(actor, task, on)
    steps = [step_of(task, slug) for slug in slugs]
    return {
        "id": task.pk,
        "kind_name": KIND_NAMES[Kind(task.kind)],
        "title": task.title,
        "state_name": STATE_NAMES[State(task.state)],
        "wish": task.line if is_request(task) else "",
        "note": task.note,
        "giver": task.giver_name,
        "thay": hat.principal_name if hat else "",
        "is_mine": hat is not None or shared,
        "verbs": steps,
        "people": people_of(task.unit_id, on, without=task.post_id) if "phan" in slugs else [],
        "units": units_beside(task, on) if "chuyen" in slugs else [],
    }


def deadline_of(task: Task | TaskRow | InboxRow, on: date, calendar: WorkingCalendar) -> dict[str, Any]:
    """What the deadline chip wants; days are working days of the agency whose calendar is given."""
    handed_in = task.state == State.SUBMITTED
    days = calendar.between(on, task.due_on) if task.due_on and not handed_in else 0
    return {"due_on": task.due_on, "today": on, "days_left": days, "paused": "Chờ xác nhận" if handed_in else ""}


def people_of(unit: int, on: date, without: int | None = None) -> list[dict[str, Any]]:
    """Who in a unit can be given work, in the order of rank: post, name, title, running and late pieces of work."""
    load = loads(unit, on)
    seats = [seat for seat in seats_of_unit(unit, on) if seat.name and seat.post != without]
    return [
        {"post": seat.post, "name": seat.name, "title": seat.title}
        | dict(zip(("running", "late"), load.get(seat.post, (0, 0)), strict=True))
        for seat in seats
    ]


def units_beside(task: Task, on: date) -> list[dict[str, Any]]:
    """The other units of the task's agency: id, name."""
    return [{"id": row.id, "name": row.name} for row in divisions(task.agency_id, on) if row.id != task.unit_id]
