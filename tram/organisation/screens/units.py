"""Reads of the organisation's own screens and API: the tree on a day, a unit's and a seat's whole story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tram.audit.queries import Line, history
from tram.kernel.actors import ROLES
from tram.organisation.models import AgencyCode, Appointment, Post, RoleGrant, Unit, UnitSuccession, UnitVersion
from tram.organisation.queries import Seat, seats_of_units
from tram.organisation.states import CODE_SCHEMES, UNIT_KINDS
from tram.vietnamese.text import fold

PAGE = 50
VERSION = ("unit_id", "name", "abbr", "parent_id", "unit__kind", "unit__is_agency", "unit__order")


def held(on: date) -> Q:
    """Rows with `since` and `until` that hold on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Dòng trong sơ đồ tổ chức: a unit as it was called on a day, how deep it lies, and who sits highest in it."""

    id: int
    name: str
    abbr: str
    kind_name: str
    is_agency: bool
    parent: int | None
    depth: int
    head: str
    seats: int
    order: int

    @property
    def key(self) -> str:
        """Where the next page begins."""
        return f"{self.order}.{self.id}"

    @property
    def indent(self) -> str:
        """How far it is moved to the right in a list."""
        return "\u2003" * (self.depth - 1) + "└ " if self.depth else ""


def _lines(rows: Iterable[tuple[dict[str, Any], int]], on: date) -> list[UnitLine]:
    rows = list(rows)
    seats: dict[int, list[Seat]] = {}
    for seat in seats_of_units((row["unit_id"] for row, _ in rows), on):
        seats.setdefault(seat.unit, []).append(seat)
    return [
        UnitLine(
            id=row["unit_id"],
            name=row["name"],
            abbr=row["abbr"],
            kind_name=UNIT_KINDS.get(row["unit__kind"], "Đơn vị"),
            is_agency=row["unit__is_agency"],
            parent=row["parent_id"],
            depth=depth,
            head=next((seat.label for seat in seats.get(row["unit_id"], [])), ""),
            seats=len(seats.get(row["unit_id"], [])),
            order=row["unit__order"],
        )
        for row, depth in rows
    ]


def branch(agency: int, on: date) -> list[UnitLine]:
    """An agency and its parts as they were on a day, each part below the one it belongs to: three queries."""
    versions = UnitVersion.objects.filter(held(on), unit__agency=agency).order_by("unit__order", "unit_id")
    below: dict[int | None, list[dict[str, Any]]] = {}
    top: list[dict[str, Any]] = []
    for row in versions.values(*VERSION):
        (top if row["unit_id"] == agency else below.setdefault(row["parent_id"], [])).append(row)

    def nested(row: dict[str, Any], depth: int) -> Iterable[tuple[dict[str, Any], int]]:
        yield row, depth
        for part in below.get(row["unit_id"], []):
            yield from nested(part, depth + 1)

    return _lines((pair for row in top for pair in nested(row, 0)), on)


def agencies_below(unit: int, on: date, after: str = "", limit: int = PAGE) -> tuple[list[UnitLine], str]:
    """Agencies right below one on a day, in their order; and the key of the next page ("" = none)."""
    versions = UnitVersion.objects.filter(held(on), parent=unit, unit__is_agency=True)
    return _page(versions, on, after, limit)


def find(text: str, on: date, after: str = "", limit: int = PAGE) -> tuple[list[UnitLine], str]:
    """Units of a day by abbreviation, by words with or without marks, or by a name of another day as it was written."""
    words = Q()
    for word in fold(text).split():
        words &= Q(unit__search_key__contains=word)
    named = UnitVersion.objects.filter(name__icontains=text).values("unit")
    return _page(UnitVersion.objects.filter(held(on)).filter(words | Q(unit__in=named)), on, after, limit)


def _page(versions: QuerySet[UnitVersion], on: date, after: str, limit: int) -> tuple[list[UnitLine], str]:
    order, _, pk = after.partition(".")
    if all(part.isascii() and part.isdigit() and len(part) < 18 for part in (order, pk)):
        versions = versions.filter(Q(unit__order__gt=order) | Q(unit__order=order, unit__gt=pk))
    found = list(versions.order_by("unit__order", "unit_id").values(*VERSION)[: limit + 1])
    lines = _lines(((row, 0) for row in found[:limit]), on)
    return lines, lines[-1].key if len(found) > limit else ""


@dataclass(frozen=True, slots=True)
class UnitCard:
    """Thẻ đơn vị: a unit's names, codes and successions through time."""

    id: int
    ref: str
    name: str
    abbr: str
    kind: str
    kind_name: str
    is_agency: bool
    agency: int
    agency_name: str
    parent: int | None
    parent_name: str
    founded_on: date
    abolished_on: date | None
    versions: list[dict[str, Any]]
    codes: list[dict[str, Any]]
    successions: list[dict[str, Any]]


def unit_card(unit: int, on: date) -> UnitCard | None:
    """One unit, told as on a day; None when there is none. Four queries."""
    found = Unit.objects.select_related("agency", "parent").filter(pk=unit).first()
    if found is None or found.agency is None:
        return None
    versions = UnitVersion.objects.filter(unit=unit).select_related("parent").order_by("since")
    that_day = next((v for v in versions if v.since <= on and (v.until is None or v.until >= on)), versions[0])
    codes = AgencyCode.objects.filter(unit=unit).order_by("scheme", "since")
    return UnitCard(
        id=found.pk, ref=found.ref, name=that_day.name, abbr=that_day.abbr, kind=found.kind,
        kind_name=UNIT_KINDS.get(found.kind, "Đơn vị"), is_agency=found.is_agency,
        agency=found.agency.pk, agency_name=found.agency.name,
        parent=that_day.parent_id, parent_name=that_day.parent.name if that_day.parent else "",
        founded_on=found.founded_on, abolished_on=found.abolished_on,
        versions=[
            {"name": v.name, "abbr": v.abbr, "parent_name": v.parent.name if v.parent else "", "since": v.since,
             "until": v.until, "decision": v.decision}
            for v in versions
        ],
        codes=[
            {"scheme": c.scheme, "scheme_name": CODE_SCHEMES.get(c.scheme, c.scheme), "code": c.code,
             "since": c.since, "until": c.until}
            for c in codes
        ],
        successions=_successions(unit),
    )  # fmt: skip


def _successions(unit: int) -> list[dict[str, Any]]:
    rows = UnitSuccession.objects.filter(Q(old=unit) | Q(new=unit)).select_related("old", "new").order_by("on", "pk")
    return [
        {
            "unit": row.new_id if row.old_id == unit else row.old_id,
            "name": row.new.name if row.old_id == unit else row.old.name,
            "came_after": row.old_id == unit,
            "on": row.on,
            "decision": row.decision,
        }
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Dòng vị trí: a post of a unit with its holder and its roles on a day."""

    post: int
    title: str
    rank: int
    account: int | None
    name: str
    roles: list[str]

    @property
    def key(self) -> str:
        """Where the next page begins."""
        return f"{self.rank}.{self.post}"


def seat_lines(unit: int, on: date, after: str = "", limit: int = PAGE) -> tuple[list[SeatLine], str]:
    """Posts of a unit on a day, highest rank first, with holders and roles; and the next key. Three queries."""
    posts = Post.objects.filter(held(on), unit=unit)
    rank, _, pk = after.partition(".")
    if all(part.isascii() and part.isdigit() and len(part) < 18 for part in (rank, pk)):
        posts = posts.filter(Q(rank__gt=rank) | Q(rank=rank, pk__gt=pk))
    found = list(posts.order_by("rank", "pk")[: limit + 1])
    shown = [post.pk for post in found[:limit]]
    sitting = {row.post_id: row.account for row in _sitting(shown, on)}
    roles: dict[int, list[str]] = {}
    for grant in RoleGrant.objects.filter(held(on), post__in=shown).order_by("pk"):
        roles.setdefault(grant.post_id, []).append(ROLES.get(grant.role, grant.role))
    lines = [
        SeatLine(
            post.pk, post.title, post.rank,
            sitting[post.pk].pk if post.pk in sitting else None,
            sitting[post.pk].name if post.pk in sitting else "",
            roles.get(post.pk, []),
        )
        for post in found[:limit]
    ]  # fmt: skip
    return lines, lines[-1].key if len(found) > limit else ""


def _sitting(posts: list[int], on: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(held(on), post__in=posts).select_related("account")


def post_card(post: int) -> dict[str, Any] | None:
    """A seat through time: its unit, who held it, its roles, both newest first; None when there is none."""
    found = Post.objects.select_related("unit__agency").filter(pk=post).first()
    if found is None:
        return None
    appointments = found.appointments.select_related("account").order_by("-since", "-pk")
    grants = found.grants.select_related("unit").order_by("-since", "-pk")
    return {
        "id": found.pk, "ref": found.ref, "title": found.title, "rank": found.rank, "since": found.since,
        "until": found.until, "unit": found.unit_id, "unit_name": found.unit.name, "agency": found.unit.agency_id,
        "appointments": [
            {"id": a.pk, "account": a.account_id, "name": a.account.name, "since": a.since, "until": a.until,
             "decision": a.decision}
            for a in appointments[:PAGE]
        ],
        "grants": [
            {"id": g.pk, "role": g.role, "role_name": ROLES.get(g.role, g.role), "unit": g.unit_id,
             "unit_name": g.unit.name, "since": g.since, "until": g.until, "cause": g.cause}
            for g in grants[:PAGE]
        ],
    }  # fmt: skip


def story(*refs: str) -> list[Line]:
    """What happened to units and seats, newest first."""
    return history(*refs, limit=PAGE)[::-1]
