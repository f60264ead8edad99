"""Reads of the organisation's own screens and API: who is away, what was lent, working time."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Q

from tram.kernel.actors import ROLES, Actor
from tram.organisation.models import Absence, Delegation, LocalDay, Post, RoleGrant, WorkingHours
from tram.organisation.policy import may_set_absence
from tram.organisation.queries import Seat, seats_by_post
from tram.organisation.screens.units import PAGE, held
from tram.organisation.states import LOCAL_KIND_NAMES, WEEKDAYS, LocalKind
from tram.vietnamese.calendar import OFFICE_HOURS


@dataclass(frozen=True, slots=True)
class AwayLine:
    """Dòng vắng mặt: who is away, who acts for them, on which days; the reason only for those who may end it."""

    id: int
    post: int
    who: str
    unit_name: str
    substitute_post: int
    substitute: str
    since: date
    until: date
    reason: str
    may_end: bool


def absences(actor: Actor, on: date, after: int = 0, limit: int = PAGE) -> tuple[list[AwayLine], int]:
    """Absences in the agency one acts for, newest first; and the key of the next page (0 = none). Three queries."""
    rows = Absence.objects.filter(post__unit__agency=actor.agency).select_related("post__unit")
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: limit + 1])
    seats = seats_by_post({post for row in found for post in (row.post_id, row.substitute_id)}, on)
    lines = [_away(actor, row, seats, on) for row in found[:limit]]
    return lines, lines[-1].id if len(found) > limit else 0


def _away(actor: Actor, row: Absence, seats: dict[int, Seat], on: date) -> AwayLine:
    mine = bool(may_set_absence(actor, row.post, on))
    return AwayLine(
        id=row.pk, post=row.post_id, who=seats[row.post_id].label, unit_name=seats[row.post_id].unit_name,
        substitute_post=row.substitute_id, substitute=seats[row.substitute_id].label, since=row.since, until=row.until,
        reason=row.reason if mine else "", may_end=mine and row.until >= on,
    )  # fmt: skip


def seats_to_excuse(actor: Actor, on: date) -> list[Seat]:
    """Seats whose absence this person may set: their own first, then those of their people."""
    posts = Post.objects.filter(held(on), unit__agency=actor.agency).select_related("unit")
    mine = [post.pk for post in posts if may_set_absence(actor, post, on)]
    own = actor.acting.post if actor.acting else 0
    return sorted(seats_by_post(mine, on).values(), key=lambda seat: seat.post != own)


@dataclass(frozen=True, slots=True)
class LentLine:
    """Dòng ủy quyền: which role lies with whom instead of whom, until when, by which paper."""

    id: int
    role_name: str
    unit_name: str
    giver: str
    taker: str
    since: date
    until: date
    document: str
    may_end: bool


def delegations(actor: Actor, on: date, after: int = 0, limit: int = PAGE) -> tuple[list[LentLine], int]:
    """Delegations that concern this person, or all of the agency for its leaders and administrator; newest first."""
    rows = Delegation.objects.filter(giver__unit__agency=actor.agency).select_related("giver__unit", "unit")
    if not (actor.leads(actor.agency, on) or actor.holds("admin_org", actor.agency, on)):
        posts = actor.posts(on)
        rows = rows.filter(Q(giver__in=posts) | Q(taker__in=posts))
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: limit + 1])
    seats = seats_by_post({post for row in found for post in (row.giver_id, row.taker_id)}, on)
    lines = [
        LentLine(
            row.pk, ROLES.get(row.role, row.role), row.unit.name, seats[row.giver_id].label, seats[row.taker_id].label,
            row.since, row.until, row.document, bool(may_set_absence(actor, row.giver, on)) and row.until >= on,
        )
        for row in found[:limit]
    ]  # fmt: skip
    return lines, lines[-1].id if len(found) > limit else 0


def roles_to_lend(actor: Actor, on: date) -> list[tuple[str, str]]:
    """Roles of one's own seat that may be lent: ("director.12", "thủ trưởng cơ quan, Sở Khoa học và Công nghệ")."""
    hat = actor.acting
    if hat is None or hat.principal is not None:
        return []
    grants = RoleGrant.objects.filter(held(on), post=hat.post).select_related("unit").order_by("pk")
    return [(f"{g.role}.{g.unit_id}", f"{ROLES.get(g.role, g.role)}, {g.unit.name}") for g in grants]


def week(agency: int, on: date) -> list[dict[str, Any]]:
    """The hours of each weekday as they hold on a day: one query; `hours` is empty where the agency does not work."""
    rows = WorkingHours.objects.filter(agency=agency, since__lte=on).order_by("since")
    own = {row.weekday: row for row in rows}
    usual = {day: list(OFFICE_HOURS) for day in range(1, 6)}
    return [
        {
            "name": name,
            "hours": _hours(own[day]) if day in own else usual.get(day, []),
            "since": own[day].since if day in own else None,
        }
        for day, name in WEEKDAYS.items()
    ]


def _hours(row: WorkingHours) -> list[tuple[time, time]]:
    opens, lunch, returns, closes = (
        time(*divmod(minutes, 60)) for minutes in (row.opens, row.lunch, row.returns, row.closes)
    )
    return [(opens, lunch), (returns, closes)]


def local_days(agency: int, before: date | None = None, limit: int = PAGE) -> tuple[list[dict[str, Any]], str]:
    """An agency's own days, latest first; and the day below which the next page begins ("" = none)."""
    rows = LocalDay.objects.filter(agency=agency).order_by("-day")
    if before:
        rows = rows.filter(day__lt=before)
    found = list(rows[: limit + 1])
    days = [{"day": r.day, "kind_name": LOCAL_KIND_NAMES[LocalKind(r.kind)], "source": r.source} for r in found[:limit]]
    return days, found[limit - 1].day.isoformat() if len(found) > limit else ""
