"""Reading what is late or soon due: of whom, since when, what was said last, and who was reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from tram.followup.models import Reminder, Urging
from tram.followup.policy import LETTERS, headed_units, kept_agencies, overseen_agencies
from tram.followup.rules import SOON, UrgedLine, week_of
from tram.kernel.actors import Actor
from tram.kernel.clock import local, local_day
from tram.organisation.models import Unit
from tram.organisation.queries import Seat, calendar_of, divisions, seats_with_role, unit_row
from tram.tasks import queries as tasks
from tram.tasks.events import Kind
from tram.tasks.models import Holding, Task
from tram.vietnamese.calendar import WorkingCalendar

PAGE = 50
LATE, DUE_SOON = "qua-han", "sap-den-han"
UNTOUCHED = "drafting"
"""The state of a letter of which there is a draft and nothing else."""
FOLDERS = {LATE: "Quá hạn", DUE_SOON: "Sắp đến hạn"}


def units_followed(actor: Actor, on: date) -> dict[int, str]:
    """The units whose work a person follows that day, those of their agencies first: key -> name."""
    found: dict[int, str] = {}
    for agency in sorted(overseen_agencies(actor, on) | kept_agencies(actor, on)):
        own = unit_row(agency)
        found |= {row.id: row.name for row in ([own] if own else []) + divisions(agency, on)}
    rows = (unit_row(unit) for unit in sorted(headed_units(actor, on) - found.keys()))
    return found | {row.id: row.name for row in rows if row}


def whole(agencies: Iterable[int]) -> set[int]:
    """Every unit that an agency has or had: work may lie in one that has ended."""
    found = Unit.objects.filter(Q(agency__in=agencies) | Q(pk__in=agencies))
    return set(found.values_list("pk", flat=True))


def followed(actor: Actor, on: date) -> QuerySet[Task]:
    """Open work that asks to be done, of the units that a person follows; a clerk follows what came by letter.

    By unit, because open work lies in an index by unit and deadline.
    """
    own, kept = overseen_agencies(actor, on), kept_agencies(actor, on)
    heads = headed_units(actor, on) | (whole(own) if own else set())
    whose = Q(unit__in=heads)
    if kept - own:
        whose |= Q(unit__in=whole(kept - own), about__startswith=LETTERS)
    return Task.objects.filter(whose, ended_at=None).exclude(kind=Kind.INFORM)


def in_folder(found: QuerySet[Task], folder: str, on: date, soon: date) -> QuerySet[Task]:
    """Of open work what its holder has not handed in and is late, or due from today until the day `soon`."""
    days = {"due_on__lt": on} if folder == LATE else {"due_on__gte": on, "due_on__lte": soon}
    return found.filter(submitted_at=None, **days)


def soon_day(calendar: WorkingCalendar, on: date) -> date:
    """The last day that is due soon."""
    return calendar.add(on, SOON)


@dataclass(frozen=True, slots=True)
class LateRow:
    """Việc quá hạn hoặc sắp đến hạn: a piece of work, who holds it since when, and when it was reminded last."""

    task: tasks.TaskRow
    since: datetime | None
    deadline: dict[str, Any]
    reminded_at: datetime | None
    is_reminded_today: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """Lọc: what a list is narrowed to; 0 and "" narrow nothing."""

    folder: str = LATE
    unit: int = 0
    kind: str = ""
    state: str = ""


def late(actor: Actor, on: date, asked: Filter, after: int = 0, limit: int = PAGE) -> tuple[list[LateRow], int]:
    """What is late or soon due among the work one follows, the earliest day first; and the key of the next page."""
    calendar = calendar_of(actor.agency)
    found = in_folder(followed(actor, on), asked.folder, on, soon_day(calendar, on))
    for name, value in (("unit", asked.unit), ("kind", asked.kind), ("state", asked.state)):
        found = found.filter(**{name: value}) if value else found
    rows = tasks.rows_of(tasks.behind(found, after).order_by("due_key", "pk"), on, limit + 1)
    return _late_rows(actor, rows[:limit], on, calendar), rows[limit - 1].id if len(rows) > limit else 0


def _late_rows(actor: Actor, rows: list[tasks.TaskRow], on: date, calendar: WorkingCalendar) -> list[LateRow]:
    keys, posts, heads = [row.id for row in rows], actor.posts(on), headed_units(actor, on)
    since = dict(Holding.objects.filter(task__in=keys, until_at=None).values_list("task", "since_at"))
    told = dict(Reminder.objects.filter(task__in=keys).values_list("task").annotate(last=Max("at")))
    return [
        LateRow(
            task=row, since=local(since[row.id]) if row.id in since else None,
            deadline=tasks.deadline_of(row, on, calendar),
            reminded_at=local(told[row.id]) if row.id in told else None,
            is_reminded_today=row.id in told and local_day(told[row.id]) == on,
            is_own=row.turn_post in posts if row.turn_post else row.unit in heads,
        )
        for row in rows
    ]  # fmt: skip


def counts(actor: Actor, on: date) -> dict[int, tuple[int, int]]:
    """Late and soon due work of each unit one follows: {unit: (late, soon)}, from open rows near their day alone."""
    soon = soon_day(calendar_of(actor.agency), on)
    found = followed(actor, on).filter(submitted_at=None, due_on__lte=soon)
    numbers = found.values_list("unit").annotate(
        late=Count("pk", filter=Q(due_on__lt=on)), soon=Count("pk", filter=Q(due_on__gte=on))
    )
    return {unit: (many, few) for unit, many, few in numbers}


def urged_lines(agency: int, on: date) -> list[UrgedLine]:
    """What a letter of the agency urges: late work, and in the units that are late also what is soon due."""
    calendar = calendar_of(agency)
    found = Task.objects.filter(
        unit__in=whole([agency]), ended_at=None, submitted_at=None, due_on__lte=soon_day(calendar, on)
    ).exclude(kind=Kind.INFORM)
    rows = found.exclude(unit=agency).order_by("unit__order", "unit", "due_key", "pk")
    fields = ("unit", "unit__name", "title", "given_at", "due_on")
    lines = [
        UrgedLine(unit, name, title, local_day(given), due, calendar.between(on, due), due < on)
        for unit, name, title, given, due in rows.values_list(*fields)
        if due
    ]
    behind = {line.unit for line in lines if line.is_late}
    return [line for line in lines if line.unit in behind]


def agencies_late(on: date) -> list[int]:
    """The agencies in which work is late that day."""
    found = Task.objects.filter(ended_at=None, submitted_at=None, due_on__lt=on).exclude(kind=Kind.INFORM)
    return [agency for agency in found.order_by("agency").values_list("agency", flat=True).distinct() if agency]


def drafter_of(agency: int, on: date) -> Seat | None:
    """In whose drafts the letter of an agency is laid: its office chief's; without one, those of who leads it."""
    roles = ("office_chief", ["director", "chair"], ["deputy_director", "vice_chair"])
    return next((seat for role in roles for seat in seats_with_role(role, agency, on) if seat.account), None)


def urging(agency: int, on: date) -> Urging | None:
    """The letter drafted this week for an agency, if any."""
    return Urging.objects.filter(agency=agency, week=week_of(on)).select_related("letter").first()


def lies_unused(agency: int) -> bool:
    """Whether the last letter drafted for an agency is still nothing but that draft."""
    last = Urging.objects.filter(agency=agency).order_by("-week").values("letter__state", "letter__version").first()
    return last is not None and last["letter__state"] == UNTOUCHED and last["letter__version"] == 1


def digest_of(secret: str) -> str:
    """What is kept of the secret address of a calendar."""
    return sha256(secret.encode()).hexdigest()
