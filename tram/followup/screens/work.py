"""Figures of work: how much came, was settled, lies open; how long it waited and how long it was worked on.

Nothing is kept for it: rows of work and the stream of events say it when asked. One condition stands for one column, in
the table and in the list behind each number, so they cannot differ.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from tram.followup.policy import headed_units, overseen_agencies
from tram.followup.queries import whole
from tram.followup.rules import Period
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.organisation.models import Unit
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import Task
from tram.tasks.queries import TaskRow, rows_of

PAGE = 50
DONE = "t.ended_at >= %(first)s AND t.ended_at < %(end)s AND t.state = 'completed'"
DAY_DONE = "(t.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
LIES = "(t.ended_at IS NULL OR t.ended_at >= %(end)s)"
MEASURES = {
    "opening": "t.given_at < %(first)s",
    "received": "t.given_at >= %(first)s",
    "on_time": f"{DONE} AND (t.due_on IS NULL OR {DAY_DONE} <= t.due_on)",
    "late": f"{DONE} AND {DAY_DONE} > t.due_on",
    "other": "t.ended_at >= %(first)s AND t.ended_at < %(end)s AND t.state <> 'completed'",
    "closing": LIES,
    "overdue": f"{LIES} AND t.due_on < %(measured)s AND (t.submitted_at IS NULL OR t.submitted_at >= %(end)s)",
}
"""Column -> the condition of a row that it counts. opening + received = on_time + late + other + closing."""
SETTLED = "settled"
BEHIND = {**MEASURES, SETTLED: DONE}
"""What a list can be asked for: every column, and the work whose times are measured."""
COLUMNS = {
    "opening": ("Tồn đầu kỳ", "Việc giao trước kỳ và chưa kết thúc khi kỳ bắt đầu."),
    "received": ("Nhận trong kỳ", "Việc được giao trong kỳ."),
    "on_time": (
        "Xong đúng hạn",
        "Việc hoàn thành trong kỳ, nộp kết quả chậm nhất vào ngày hạn; việc không ghi hạn tính ở đây.",
    ),
    "late": ("Xong quá hạn", "Việc hoàn thành trong kỳ, nộp kết quả sau ngày hạn."),
    "other": ("Kết thúc khác", "Việc trả lại, thu hồi hoặc kết thúc khi chưa hoàn thành, trong kỳ."),
    "closing": ("Tồn cuối kỳ", "Việc giao trước khi hết kỳ và chưa kết thúc khi hết kỳ (kỳ đang chạy: đến lúc xem)."),
    "overdue": ("Trong đó quá hạn", "Việc tồn cuối kỳ, đã qua ngày hạn mà chưa nộp kết quả."),
}
TIMES = {
    "wait_median": ("Chờ, trung vị", "Một nửa số việc xong trong kỳ chờ không quá chừng này ngày, từ lúc giao đến lúc bắt đầu làm."),
    "wait_p90": ("Chờ, 90 %", "90 % số việc xong trong kỳ chờ không quá chừng này ngày."),
    "work_median": ("Làm, trung vị", "Một nửa số việc xong trong kỳ làm không quá chừng này ngày, từ lúc bắt đầu đến lúc nộp kết quả."),
    "work_p90": ("Làm, 90 %", "90 % số việc xong trong kỳ làm không quá chừng này ngày."),
}  # fmt: skip
NOTES = (
    ("Đơn vị", "Đơn vị đang giữ việc, hoặc giữ việc khi việc kết thúc; việc chuyển đi tính ở đơn vị nhận."),
    ("Loại việc", "Không kể việc gửi để biết."),
    (
        "Bắt đầu làm",
        "Lần đầu có người nhận việc hoặc báo cáo tiến độ; việc không có bước đó thì từ lúc mở xem lần đầu.",
    ),
    (
        "Ngày",
        "Thời gian chờ và làm tính bằng ngày theo lịch (24 giờ), kể cả ngày nghỉ. Hạn tính theo hạn hiện ghi trên việc.",
    ),
    ("Cân đối", "Tồn đầu kỳ + Nhận trong kỳ = Xong đúng hạn + Xong quá hạn + Kết thúc khác + Tồn cuối kỳ."),
)
BEGINNINGS = "'tasks.accepted', 'tasks.claimed', 'tasks.progress_reported'"
TOUCHED = (
    " FROM tasks_task t WHERE t.unit_id = ANY(%(units)s) AND t.kind <> 'inform' AND t.given_at < %(end)s"
    " AND (t.ended_at IS NULL OR t.ended_at >= %(first)s)"
)
FIGURES = (
    "WITH t AS MATERIALIZED (SELECT t.*{touched}), timed AS MATERIALIZED ("
    "SELECT t.id, t.given_at, t.submitted_at, least(t.submitted_at, coalesce("
    "(SELECT min(e.at) FROM audit_event e WHERE e.about = 'tasks.task/' || t.id AND e.what IN ({beginnings})),"
    " t.read_at, t.submitted_at)) AS began_at FROM t WHERE {done}) "
    "SELECT t.unit_id, t.kind, grouping(t.unit_id, t.kind), {counts},"
    " percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM d.began_at - d.given_at) / 86400.0),"
    " percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM d.submitted_at - d.began_at) / 86400.0)"
    " FROM t LEFT JOIN timed d USING (id)"
    " GROUP BY GROUPING SETS ((t.unit_id, t.kind), (t.unit_id), (t.kind), ())"
).format(
    touched=TOUCHED, beginnings=BEGINNINGS, done=DONE,
    counts=", ".join(f"count(*) FILTER (WHERE {condition})" for condition in MEASURES.values()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """Số liệu của một đơn vị, một loại việc, hoặc cả hai; 0 and "" stand for all. Times are days."""

    unit: int
    kind: str
    name: str
    numbers: dict[str, int]
    times: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Workload:
    """Khối lượng việc của một kỳ."""

    total: Figures
    by_unit: list[Figures]
    by_kind: list[Figures]
    by_both: list[Figures]


def units_measured(actor: Actor, on: date) -> set[int]:
    """The units whose figures a person sees: those they head, and all that the agencies they oversee have or had."""
    own = overseen_agencies(actor, on)
    return headed_units(actor, on) | (whole(own) if own else set())


def _bounds(period: Period, at: datetime) -> dict[str, Any]:
    first, end = (datetime.combine(day, time(), LOCAL) for day in (period.first, period.end))
    return {"first": first, "end": end, "measured": min(period.end, at.date())}


def workload(units: set[int], period: Period, at: datetime) -> Workload:
    """The figures of these units in a period: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"units": sorted(units), **_bounds(period, at)})
        found = cursor.fetchall()
    names = dict(Unit.objects.filter(pk__in={row[0] for row in found if row[0]}).values_list("pk", "name"))
    place = {kind.value: number for number, kind in enumerate(Kind)}
    parts: dict[int, list[Figures]] = {0: [], 1: [], 2: [], 3: []}
    for unit, kind, level, *told in found:
        parts[level].append(_figures(unit or 0, kind or "", names, told))
    for rows in parts.values():
        rows.sort(key=lambda row: (row.name if row.unit else "", place.get(row.kind, 0)))
    total = next(iter(parts[3]), None) or _figures(0, "", names, [*(0 for _ in MEASURES), None, None])
    return Workload(total, parts[1], parts[2], parts[0])


def _figures(unit: int, kind: str, names: dict[int, str], told: list[Any]) -> Figures:
    *numbers, waits, works = told
    times = [*(waits or (None, None)), *(works or (None, None))]
    name = names[unit] if unit else KIND_NAMES[Kind(kind)] if kind else "Tất cả"
    return Figures(
        unit, kind, name, dict(zip(MEASURES, numbers, strict=True)),
        {slug: None if days is None else round(float(days), 1) for slug, days in zip(TIMES, times, strict=True)},
    )  # fmt: skip


ROWS = (
    "WITH t AS MATERIALIZED (SELECT t.*" + TOUCHED + ") SELECT {told} FROM t WHERE {condition}"
    " AND (%(kind)s = '' OR t.kind = %(kind)s)"
)
PART = " AND t.id > %(after)s ORDER BY t.id LIMIT %(limit)s"


def number(units: set[int], period: Period, at: datetime, measure: str, kind: str) -> int:
    """How many rows a number counts."""
    with connection.cursor() as cursor:
        asked = {"units": sorted(units), "kind": kind, **_bounds(period, at)}
        cursor.execute(ROWS.format(told="count(*)", condition=BEHIND[measure]), asked)
        return int(cursor.fetchone()[0])


def counted(
    units: set[int], period: Period, at: datetime, measure: str, kind: str, after: int = 0, limit: int = PAGE
) -> tuple[list[TaskRow], int]:
    """The very rows that a number counts, oldest first; and the key of the next page.

    Put together first and then cut, or the planner walks the work of every agency in the order of keys.
    """
    asked = {"units": sorted(units), "kind": kind, "after": after, "limit": limit + 1, **_bounds(period, at)}
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(told="t.id", condition=BEHIND[measure]) + PART, asked)
        keys = [pk for (pk,) in cursor.fetchall()]
    rows = rows_of(Task.objects.filter(pk__in=keys[:limit]).order_by("pk"), at.date())
    return rows, keys[limit - 1] if len(keys) > limit else 0
