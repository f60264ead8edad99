"""Working time of an agency: its hours from a day on, and days that only it has off or works."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.organisation.models import LocalDay, Unit, WorkingHours
from tram.organisation.policy import may_arrange
from tram.organisation.states import LocalKind


class Hours(NamedTuple):
    """Giờ làm việc của một ngày: morning from `opens` to `lunch`, afternoon from `returns` to `closes`."""

    opens: time
    lunch: time
    returns: time
    closes: time


@atomic
def set_hours(
    *, actor: Actor, at: datetime, agency: Unit, since: date, hours: Hours, weekdays: Sequence[int] = (1, 2, 3, 4, 5)
) -> None:
    """Set an agency's hours on these weekdays (1 = Monday) from a day on; the hours of other weekdays stay as they are."""
    may_arrange(actor, agency, at.date()).or_refuse()
    if not hours.opens < hours.lunch <= hours.returns < hours.closes:
        raise Invalid(
            {"hours": "Giờ phải theo thứ tự: vào sáng, nghỉ trưa, vào chiều, tan làm; ví dụ 7:30, 11:30, 13:30, 17:00."}
        )
    if not weekdays or not set(weekdays) <= set(range(1, 8)):
        raise Invalid({"weekdays": "Chọn ít nhất một ngày trong tuần, từ thứ hai (1) đến chủ nhật (7)."})
    minutes = [hour.hour * 60 + hour.minute for hour in hours]
    WorkingHours.objects.filter(agency=agency, since=since, weekday__in=weekdays).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(agency=agency, weekday=day, since=since, **dict(zip(Hours._fields, minutes, strict=True)))
        for day in weekdays
    )
    shown = [f"{hour:%H:%M}" for hour in hours]
    record(
        actor=actor,
        at=at,
        what="organisation.hours_set",
        about=agency.ref,
        agency=agency.pk,
        since=since,
        hours=shown,
        weekdays=list(weekdays),
    )


@atomic
def set_local_day(*, actor: Actor, at: datetime, agency: Unit, day: date, kind: LocalKind, source: str) -> LocalDay:
    """Say that an agency has a day off, works it, or works half of it, and by which paper; a later word replaces it."""
    may_arrange(actor, agency, at.date()).or_refuse()
    if not source:
        raise Invalid({"source": "Ghi văn bản quy định, ví dụ “Thông báo 12/TB-UBND ngày 05/03/2026”."})
    local, _ = LocalDay.objects.update_or_create(agency=agency, day=day, defaults={"kind": kind, "source": source})
    record(
        actor=actor,
        at=at,
        what="organisation.local_day_set",
        about=agency.ref,
        agency=agency.pk,
        day=day,
        kind=kind,
        source=source,
    )
    return local
