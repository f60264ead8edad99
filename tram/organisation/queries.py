"""Reading the organisation: who somebody is on a day, who holds what, where things stand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from tram.identity.models import Account
from tram.kernel.actors import ANONYMOUS, Actor, Grant, Hat
from tram.organisation.models import Appointment, BookNumber, NumberBook, Post, Unit, UnitVersion
from tram.vietnamese.text import fold

HATS = """
WITH seats AS (
    SELECT a.post_id, a.since, a.until, NULL::bigint AS principal, '' AS principal_name
    FROM organisation_appointment a WHERE a.account_id = %(account)s
      AND a.since <= %(on)s AND (a.until IS NULL OR a.until >= %(on)s)
    UNION ALL
    SELECT v.post_id, v.since, v.until, held.account_id, person.name
    FROM organisation_absence v
    JOIN organisation_appointment mine ON mine.post_id = v.substitute_id AND mine.account_id = %(account)s
      AND mine.since <= %(on)s AND (mine.until IS NULL OR mine.until >= %(on)s)
    JOIN organisation_appointment held ON held.post_id = v.post_id
      AND held.since <= %(on)s AND (held.until IS NULL OR held.until >= %(on)s)
    JOIN identity_account person ON person.id = held.account_id
    WHERE v.since <= %(on)s AND v.until >= %(on)s
), lent AS (
    SELECT taker_id AS post_id, role, unit_id, since, until FROM organisation_delegation
    WHERE since <= %(on)s AND until >= %(on)s
), granted AS (
    SELECT post_id, role, unit_id, since, until FROM organisation_rolegrant
    WHERE since <= %(on)s AND (until IS NULL OR until >= %(on)s)
    UNION ALL SELECT * FROM lent
)
SELECT s.post_id, p.title, p.unit_id, u.name, u.agency_id, g.name, s.since, s.until, s.principal, s.principal_name,
       COALESCE((SELECT json_agg(json_build_array(r.role, r.unit_id, r.since, r.until))
                 FROM granted r WHERE r.post_id = s.post_id), '[]'::json)
FROM seats s
JOIN organisation_post p ON p.id = s.post_id
JOIN organisation_unit u ON u.id = p.unit_id
JOIN organisation_unit g ON g.id = u.agency_id
ORDER BY s.principal IS NOT NULL, p.rank, s.since, s.post_id
"""


def actor_of(account_id: int, on: date, post: int | None = None) -> Actor:
    """The actor an account is on a day, acting from `post` where they hold it, else from their first seat.

    One query, whatever the number of seats. A closed or unknown account is the anonymous visitor.
    """
    person = Account.objects.filter(pk=account_id, closed_at=None).values("name").first()
    if person is None:
        return ANONYMOUS
    hats = _hats(account_id, on)
    acting = next((hat for hat in hats if hat.post == post), hats[0] if hats else None)
    return Actor(account=account_id, name=person["name"], hats=hats, acting=acting)


def _hats(account_id: int, on: date) -> tuple[Hat, ...]:
    with connection.cursor() as cursor:
        cursor.execute(HATS, {"account": account_id, "on": on})
        rows = cursor.fetchall()
    return tuple(
        Hat(
            post=post,
            title=title,
            unit=unit,
            unit_name=unit_name,
            agency=agency,
            agency_name=agency_name,
            grants=tuple(_grant(*grant) for grant in grants),
            since=since,
            until=until,
            principal=principal,
            principal_name=principal_name,
        )
        for post, title, unit, unit_name, agency, agency_name, since, until, principal, principal_name, grants in rows
    )


def _grant(role: str, unit: int, since: str, until: str | None) -> Grant:
    return Grant(role, unit, date.fromisoformat(since), date.fromisoformat(until) if until else None)


@dataclass(frozen=True, slots=True)
class Seat:
    """Vị trí và người giữ: a post with who sits there on a day."""

    post: int
    title: str
    rank: int
    unit: int
    unit_name: str
    account: int | None
    name: str

    @property
    def label(self) -> str:
        """How a person is called on screen: "Nguyễn Văn A, Trưởng phòng"."""
        return f"{self.name}, {self.title}" if self.name else f"{self.title} (khuyết)"


def _seats(posts: Any, on: date) -> list[Seat]:
    held = {
        row.post_id: row.account
        for row in Appointment.objects.filter(
            Q(until=None) | Q(until__gte=on), post__in=posts, since__lte=on
        ).select_related("account")
    }
    return [
        Seat(
            post.pk,
            post.title,
            post.rank,
            post.unit_id,
            post.unit.name,
            held[post.pk].pk if post.pk in held else None,
            held[post.pk].name if post.pk in held else "",
        )
        for post in posts.select_related("unit").order_by("rank", "pk")
    ]


def seats_with_role(role: str | list[str], unit: int, on: date) -> list[Seat]:
    """Every post that carries the role over the unit that day, highest rank first, with its holder."""
    roles = [role] if isinstance(role, str) else role
    current = Q(grants__until=None) | Q(grants__until__gte=on)
    posts = Post.objects.filter(current, grants__role__in=roles, grants__unit=unit, grants__since__lte=on).distinct()
    return _seats(posts, on)


def seats_of_unit(unit: int, on: date) -> list[Seat]:
    """Every post of a unit that day, highest rank first."""
    return _seats(Post.objects.filter(Q(until=None) | Q(until__gte=on), unit=unit, since__lte=on), on)


def seats_of_agency(agency: int, on: date) -> list[Seat]:
    """Every post of an agency that day."""
    return _seats(Post.objects.filter(Q(until=None) | Q(until__gte=on), unit__agency=agency, since__lte=on), on)


def seat(post: int, on: date) -> Seat | None:
    """One post with its holder that day."""
    return next(iter(_seats(Post.objects.filter(pk=post), on)), None)


def holder(post: int, on: date) -> int | None:
    """The account that sits in a post that day."""
    rows = Appointment.objects.filter(Q(until=None) | Q(until__gte=on), post=post, since__lte=on)
    return rows.values_list("account_id", flat=True).first()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Đơn vị trên màn hình: a unit in a list."""

    id: int
    name: str
    abbr: str
    kind: str
    is_agency: bool
    parent: int | None


def _unit_rows(units: Any) -> list[UnitRow]:
    fields = ("id", "name", "abbr", "kind", "is_agency", "parent_id")
    return [UnitRow(*row) for row in units.values_list(*fields)]


def divisions(agency: int) -> list[UnitRow]:
    """The living parts of an agency in their order, the agency itself left out."""
    return _unit_rows(Unit.objects.filter(agency=agency, abolished_on=None).exclude(pk=agency).order_by("order", "pk"))


def unit_row(unit: int) -> UnitRow | None:
    """One unit."""
    return next(iter(_unit_rows(Unit.objects.filter(pk=unit))), None)


def find_units(text: str, limit: int = 8) -> list[UnitRow]:
    """Agencies by letters of each word (`stttt`), by abbreviation, or by words with or without marks."""
    words = fold(text).split()
    units = Unit.objects.filter(abolished_on=None, is_agency=True)
    for word in words:
        units = units.filter(search_key__contains=word)
    return _unit_rows(units.order_by("order", "pk")[:limit])


def name_on(unit: int, on: date) -> str:
    """The name a unit bore on a day; its first name for days before it was founded."""
    versions = UnitVersion.objects.filter(unit=unit)
    found = (
        versions.filter(Q(until=None) | Q(until__gte=on), since__lte=on).first() or versions.order_by("since").first()
    )
    return found.name if found else ""


def path_above(unit: int) -> list[int]:
    """The unit and everything above it, nearest first (today's tree)."""
    statement = (
        "WITH RECURSIVE line AS (SELECT id, parent_id, 0 AS depth FROM organisation_unit WHERE id = %s UNION ALL"
        " SELECT u.id, u.parent_id, depth + 1 FROM organisation_unit u JOIN line ON u.id = line.parent_id)"
        " SELECT id FROM line ORDER BY depth"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [unit])
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class BookRow:
    """Sổ trên màn hình: a book with its next number."""

    id: int
    agency: int
    code: str
    name: str
    year: int
    is_secret: bool
    next_number: int
    locked_until: int
    closed_on: date | None


BOOK_FIELDS = ("id", "agency_id", "code", "name", "year", "is_secret", "next_number", "locked_until", "closed_on")


def books(agency: int, year: int) -> list[BookRow]:
    """An agency's books of a year."""
    rows = NumberBook.objects.filter(agency=agency, year=year).order_by("is_secret", "code")
    return [BookRow(*row) for row in rows.values_list(*BOOK_FIELDS)]


def book(agency: int, code: str, year: int) -> BookRow | None:
    """One book of an agency, or None when it is not open."""
    rows = NumberBook.objects.filter(agency=agency, code=code, year=year)
    return next((BookRow(*row) for row in rows.values_list(*BOOK_FIELDS)), None)


def numbers_aside(book: int) -> list[dict[str, Any]]:
    """Numbers of a book that carry no paper, each with its reason: reserved and void ones, in order."""
    rows = BookNumber.objects.filter(book=book).exclude(state="used").order_by("number")
    return list(rows.values("number", "state", "reason", "given_at"))
