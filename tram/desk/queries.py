"""Reading for the desks: my work in groups, a unit's inbox beside its people, the board of what is late."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from tram.desk.policy import headed_units, led_agencies
from tram.desk.rules import guide_for
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.organisation.queries import UnitRow, calendar_of, divisions, seats_of_unit, unit_row
from tram.tasks import queries as tasks
from tram.vietnamese.calendar import WorkingCalendar

PAGE = 50
GROUPS = ("Quá hạn", "Hôm nay", "Tuần này", "Sau đó", "Không hạn")
CLASSES = {
    "overdue": "Đang làm, quá hạn",
    "running": "Đang làm, trong hạn",
    "done_on_time": "Hoàn thành đúng hạn trong tháng",
    "done_late": "Hoàn thành quá hạn trong tháng",
}


def _group(row: Any, on: date) -> str:
    sunday = on + timedelta(days=6 - on.weekday())
    if row.due_on is None:
        return GROUPS[4]
    if row.due_on < on:
        return GROUPS[0] if row.state != "submitted" else GROUPS[1]
    return GROUPS[1] if row.due_on == on else GROUPS[2] if row.due_on <= sunday else GROUPS[3]


def shown(rows: list[Any], on: date, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    """Rows with what the deadline chip wants."""
    return [
        {
            "row": row,
            "deadline": tasks.deadline_of(row, on, calendar)
            | {"done_on": getattr(row, "submitted_on", None) if getattr(row, "ended_at", None) else None},
        }
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class MyWork:
    """Việc của tôi: the groups of one page in their order, each urgent first; and the key of the next page."""

    groups: list[tuple[str, list[dict[str, Any]]]]
    nearest: dict[str, Any] | None
    next: str


def my_work(actor: Actor, on: date, after: str = "") -> MyWork:
    """The one inbox, grouped by when it is due. `nearest` is the first later piece of work when nothing is due today."""
    page = tasks.inbox(actor, on, after)
    rows = shown(page.rows, on, calendar_of(actor.agency))
    groups = [(name, [one for one in rows if _group(one["row"], on) == name]) for name in GROUPS]
    dated = sorted((one for one in rows if one["row"].due_on), key=lambda one: one["row"].due_on)
    pressing = groups[0][1] or groups[1][1]
    return MyWork([pair for pair in groups if pair[1]], None if pressing or not dated else dated[0], page.next)


@dataclass(frozen=True, slots=True)
class Share:
    """Phân việc: a unit's shared inbox and the people it can be given to."""

    unit: UnitRow
    rows: list[dict[str, Any]]
    people: list[dict[str, Any]]
    next: int


def to_share_out(actor: Actor, unit: int, on: date, after: int = 0) -> Share | None:
    """What lies in a unit's inbox, beside its people with their loads; None when the person does not head the unit."""
    if unit not in headed_units(actor, on) or (found := unit_row(unit)) is None:
        return None
    rows, following = tasks.in_unit_inbox(actor, unit, on, after)
    return Share(found, shown(rows, on, calendar_of(actor.agency)), tasks.people_of(unit, on), following)


@dataclass(frozen=True, slots=True)
class Board:
    """Bảng theo dõi: counts of the four classes by unit or by person, and the rows behind one number."""

    counts: list[dict[str, Any]]
    totals: dict[str, int]
    rows: list[dict[str, Any]]
    next: int


def units_headed(actor: Actor, on: date) -> list[UnitRow]:
    """The units that a person heads."""
    return [row for unit in headed_units(actor, on) if (row := unit_row(unit))]


def units_followed(actor: Actor, on: date) -> list[UnitRow]:
    """The units whose work a person may follow: those they head, and every part of the agencies they oversee."""
    found: dict[int, UnitRow] = {}
    for agency in led_agencies(actor, on):
        own = unit_row(agency)
        found |= {row.id: row for row in ([own] if own else []) + divisions(agency, on)}
    found |= {row.id: row for row in units_headed(actor, on)}
    return list(found.values())


def _month(on: date) -> tuple[datetime, datetime]:
    first = on.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return tuple(datetime.combine(day, time(), LOCAL) for day in (first, following))  # type: ignore[return-value]


DONE = "(submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
CLASS_IS = {
    "overdue": "ended_at IS NULL AND submitted_at IS NULL AND due_on < %(on)s",
    "running": "ended_at IS NULL AND (submitted_at IS NOT NULL OR due_on IS NULL OR due_on >= %(on)s)",
    "done_on_time": f"state = 'completed' AND (due_on IS NULL OR {DONE} <= due_on)",
    "done_late": f"state = 'completed' AND {DONE} > due_on",
}
IN_MONTH = (
    "unit_id = ANY(%(units)s) AND kind <> 'inform'"
    " AND (ended_at IS NULL OR ended_at >= %(first)s AND ended_at < %(end)s)"
)
COUNTS = (
    f"SELECT {{by}}, {', '.join(f'count(*) FILTER (WHERE {CLASS_IS[one]})' for one in CLASSES)}"
    f" FROM tasks_task WHERE {IN_MONTH} GROUP BY {{by}}"
)


def counts(units: list[int], on: date, *, by_person: bool) -> dict[int | None, dict[str, int]]:
    """The four result classes of each unit or person: open rows, and those that ended in the month of `on`."""
    first, end = _month(on)
    with connection.cursor() as cursor:
        statement = COUNTS.format(by="post_id" if by_person else "unit_id")
        cursor.execute(statement, {"on": on, "units": units, "first": first, "end": end})
        return {key: dict(zip(CLASSES, numbers, strict=True)) for key, *numbers in cursor.fetchall()}


def board(
    actor: Actor, on: date, *, unit: int = 0, post: int | None = None, result: str = "overdue", after: int = 0
) -> Board | None:
    """The board of one unit by person, or of all one may follow by unit; None for a unit that is not theirs.

    `post` narrows the rows to one person; 0 to the unit's own inbox.
    """
    followed = {row.id: row.name for row in units_followed(actor, on)}
    if unit and unit not in followed:
        return None
    units = [unit] if unit else list(followed)
    numbers = counts(units, on, by_person=bool(unit))
    people = {seat.post: seat.label for seat in seats_of_unit(unit, on)} | {0: "Hộp việc đơn vị"}
    names = people if unit else followed
    rows, following = _rows_behind(units, post, result, on, after)
    return Board(
        [
            {
                "key": key or 0,
                "name": names.get(key or 0, "Vị trí cũ"),
                "numbers": [(slug, CLASSES[slug], number) for slug, number in numbers[key].items()],
            }
            for key in sorted(numbers, key=lambda key: (-numbers[key]["overdue"], names.get(key or 0, "")))
        ],
        {name: sum(one[name] for one in numbers.values()) for name in CLASSES},
        shown(rows, on, calendar_of(actor.agency)),
        following,
    )


def _rows_behind(units: list[int], post: int | None, result: str, on: date, after: int) -> tuple[list[Any], int]:
    whose = "" if post is None else "AND post_id = %(post)s" if post else "AND post_id IS NULL"
    behind = "(due_key, id) > (%(due)s, %(id)s)"
    those = (
        f"SELECT * FROM tasks_task WHERE {IN_MONTH} AND {CLASS_IS[result]} {whose} AND {behind}"
        " ORDER BY due_key, id LIMIT %(limit)s"
    )
    first, end = _month(on)
    told = {"units": units, "post": post, "on": on, "first": first, "end": end, "limit": PAGE + 1}
    rows = tasks.rows_told(those, "t.due_key, t.id", on, **told, **tasks.place_of(after))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else 0


def own_guide(actor: Actor, on: date) -> str:
    """The guide of the help page that fits the post a person acts from."""
    hat = actor.acting
    if hat is None:
        return guide_for((), is_commune=False)
    agency = unit_row(hat.agency)
    is_commune = agency is not None and agency.kind.startswith("commune")
    return guide_for({grant.role for grant in hat.grants if grant.valid(on)}, is_commune=is_commune)
