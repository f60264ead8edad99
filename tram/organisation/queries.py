"""Reading the organisation: who somebody is on a day, who holds what, where things stand."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from tram.identity.models import Account
from tram.kernel.actors import ANONYMOUS, Actor, Grant, Hat
from tram.kernel.memory import remembered
from tram.organisation.models import Appointment, Area, NumberBook, Post, RoleGrant, Unit, UnitVersion, WorkingHours
from tram.organisation.states import LOCAL_KIND_NAMES, LocalKind
from tram.vietnamese.calendar import OFFICE_HOURS, Day, WorkingCalendar
from tram.vietnamese.text import fold, tidy
from tram.web.rows import read

AREA_KINDS = ("thành phố", "tỉnh", "thị xã", "thị trấn", "đặc khu", "phường", "quận", "huyện", "xã")

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
SELECT who.name, s.post_id, p.title, p.unit_id, u.name, u.agency_id, g.name, s.since, s.until, s.principal,
       s.principal_name, COALESCE((SELECT json_agg(json_build_array(r.role, r.unit_id, r.since, r.until))
                                   FROM granted r WHERE r.post_id = s.post_id), '[]'::json)
FROM identity_account who
LEFT JOIN seats s ON true
LEFT JOIN organisation_post p ON p.id = s.post_id
LEFT JOIN organisation_unit u ON u.id = p.unit_id
LEFT JOIN organisation_unit g ON g.id = u.agency_id
WHERE who.id = %(account)s AND who.closed_at IS NULL
ORDER BY s.principal IS NOT NULL, p.rank, s.since, s.post_id
"""


def actor_of(account_id: int, on: date, post: int | None = None) -> Actor:
    """The actor an account is on a day, acting from `post` where they hold it, else from their first seat.

    One query, whatever the number of seats. A closed or unknown account is the anonymous visitor.
    """
    found = read(HATS, account=account_id, on=on)
    if not found:
        return ANONYMOUS
    hats = tuple(_hat(*row) for _, *row in found if row[0] is not None)
    acting = next((hat for hat in hats if hat.post == post), hats[0] if hats else None)
    return Actor(account=account_id, name=found[0][0], hats=hats, acting=acting)


def _hat(
    post: int, title: str, unit: int, unit_name: str, agency: int, agency_name: str, since: date, until: date | None,
    principal: int | None, principal_name: str, grants: list[tuple[str, int, str, str | None]],
) -> Hat:  # fmt: skip
    held = tuple(_grant(*grant) for grant in grants)
    return Hat(post, title, unit, unit_name, agency, agency_name, held, since, until, principal, principal_name)


def _grant(role: str, unit: int, since: str, until: str | None) -> Grant:
    return Grant(role, unit, date.fromisoformat(since), date.fromisoformat(until) if until else None)


def posts_by_account(on: date, account: int | None = None) -> dict[int, list[int]]:
    """The posts from which each account (or one) may act that day, own first, then those held as substitute: one query."""
    statement = (
        "WITH held AS (SELECT account_id, post_id FROM organisation_appointment"
        " WHERE since <= %(on)s AND (until IS NULL OR until >= %(on)s))"
        " SELECT account_id, post_id, 0 FROM held WHERE %(account)s::bigint IS NULL OR account_id = %(account)s"
        " UNION ALL SELECT h.account_id, a.post_id, 1 FROM organisation_absence a JOIN held h ON h.post_id = a.substitute_id"
        " WHERE a.since <= %(on)s AND a.until >= %(on)s AND (%(account)s::bigint IS NULL OR h.account_id = %(account)s)"
        " ORDER BY 3, 2"
    )
    posts: dict[int, list[int]] = {}
    for holder_id, post, _ in read(statement, on=on, account=account):
        posts.setdefault(holder_id, []).append(post)
    return posts


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


SEATS = (
    "SELECT p.id, p.title, p.rank, p.unit_id, u.name, held.account_id, coalesce(who.name, '') FROM organisation_post p"
    " JOIN organisation_unit u ON u.id = p.unit_id LEFT JOIN organisation_appointment held ON held.post_id = p.id"
    " AND held.since <= %(on)s AND (held.until IS NULL OR held.until >= %(on)s)"
    " LEFT JOIN identity_account who ON who.id = held.account_id WHERE {which} ORDER BY p.rank, p.id"
)
ON_THAT_DAY = "p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)"


def _seats(which: str, on: date, **named: Any) -> list[Seat]:
    """One query: nobody shares a post with anybody on the same day."""
    return [Seat(*row) for row in read(SEATS.format(which=which), on=on, **named)]


CARRYING = (
    "SELECT post_id FROM organisation_rolegrant WHERE role = ANY(%(roles)s) AND unit_id = %(unit)s AND since <= %(on)s"
    " AND (until IS NULL OR until >= %(on)s) UNION SELECT taker_id FROM organisation_delegation"
    " WHERE role = ANY(%(roles)s) AND unit_id = %(unit)s AND since <= %(on)s AND until >= %(on)s"
)


def seats_with_role(role: str | list[str], unit: int, on: date) -> list[Seat]:
    """Every post that carries the role over the unit that day, its own or lent, highest rank first, with its holder."""
    roles = [role] if isinstance(role, str) else role
    return _seats(f"p.id IN ({CARRYING})", on, roles=roles, unit=unit)


def seat_asked(roles: Iterable[Iterable[str]], unit: int, on: date, but: Collection[int | None] = ()) -> Seat | None:
    """The first seat in which a person sits among these roles, the more fitting group first. `but`: accounts passed over."""
    held = (seat for group in roles for seat in seats_with_role(list(group), unit, on))
    return next((seat for seat in held if seat.account is not None and seat.account not in but), None)


def posts_carrying(role: str, unit: int, on: date) -> list[int]:
    """The keys of the posts that carry the role over the unit that day, their own or lent."""
    return [post for (post,) in read(CARRYING, roles=[role], unit=unit, on=on)]


def province_administrators(on: date) -> list[Seat]:
    """The seats from which the whole installation is administered that day, with their holders: two queries."""
    over = RoleGrant.objects.filter(Q(until=None) | Q(until__gte=on), role="admin_province", since__lte=on)
    return list(seats_by_post(over.values_list("post", flat=True), on).values())


FOLLOWING = "p.unit_id = %(unit)s AND p.title = %(title)s AND p.since > %(after)s"


def answering(post: int, on: date) -> Seat | None:
    """Who answers for a seat that day: itself while a person sits there; else the seat of the same title that follows
    it in the unit, the unit's head, a leader of the agency, its office. None when nobody of them is there.
    """
    old = Post.objects.select_related("unit").get(pk=post)
    agency = old.unit.agency_id or old.unit_id
    ways: tuple[Callable[[], list[Seat]], ...] = (
        lambda: _seats("p.id = %(post)s", on, post=post),
        lambda: _seats(FOLLOWING, on, unit=old.unit_id, title=old.title, after=old.until or date.max),
        lambda: seats_with_role("unit_head", old.unit_id, on),
        lambda: seats_with_role(["director", "chair"], agency, on),
        lambda: seats_with_role(["deputy_director", "vice_chair"], agency, on),
        lambda: seats_with_role(["office_chief", "clerk"], agency, on),
    )
    return next((seat for way in ways for seat in way() if _sits(seat)), None)


def _sits(seat: Seat) -> bool:
    return seat.account is not None and Account.objects.filter(pk=seat.account, closed_at=None).exists()


def taken_posts(on: date) -> QuerySet[Any, Any]:
    """Posts in which a person sits that day, for use inside another query."""
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, account__closed_at=None)
    return held.values("post")


@remembered
def seats_of_unit(unit: int, on: date) -> list[Seat]:
    """Every post of a unit that day, highest rank first."""
    return _seats(f"p.unit_id = %(unit)s AND {ON_THAT_DAY}", on, unit=unit)


def seats_of_agency(agency: int, on: date) -> list[Seat]:
    """Every post of an agency that day."""
    return _seats(f"u.agency_id = %(agency)s AND {ON_THAT_DAY}", on, agency=agency)


def seats_of_units(units: Iterable[int], on: date) -> list[Seat]:
    """Every post of several units that day, highest rank first: one query."""
    return _seats(f"p.unit_id = ANY(%(units)s) AND {ON_THAT_DAY}", on, units=list(units))


def seats_by_post(posts: Iterable[int], on: date) -> dict[int, Seat]:
    """Posts with their holders that day, also posts that have ended: one query."""
    return {seat.post: seat for seat in _seats("p.id = ANY(%(posts)s)", on, posts=list(posts))}


def seat(post: int, on: date) -> Seat | None:
    """One post with its holder that day."""
    return next(iter(_seats("p.id = %(post)s", on, post=post)), None)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Đơn vị trên màn hình: a unit in a list."""

    id: int
    name: str
    abbr: str
    kind: str
    is_agency: bool
    parent: int | None


UNIT_FIELDS = ("id", "name", "abbr", "kind", "is_agency", "parent_id")
UNIT = f"SELECT {', '.join(UNIT_FIELDS)} FROM organisation_unit WHERE id = %s"
DIVISIONS = (
    f"SELECT {', '.join(UNIT_FIELDS)} FROM organisation_unit WHERE agency_id = %(agency)s AND id <> %(agency)s"
    ' AND (abolished_on IS NULL OR abolished_on >= %(on)s) ORDER BY "order", id'
)


def lasting(on: date) -> Q:
    """Units that have not ended before a day."""
    return Q(abolished_on=None) | Q(abolished_on__gte=on)


@remembered
def divisions(agency: int, on: date) -> list[UnitRow]:
    """The parts of an agency that have not ended that day, in their order, the agency itself left out."""
    return [UnitRow(*row) for row in read(DIVISIONS, agency=agency, on=on)]


@remembered
def unit_row(unit: int) -> UnitRow | None:
    """One unit."""
    return next((UnitRow(*row) for row in read(UNIT, unit)), None)


def find_units(text: str, on: date, limit: int = 8) -> list[UnitRow]:
    """Agencies of a day by the first letters of their words (`stttt`), by abbreviation, or by words with or without marks."""
    words = fold(text).split()
    units = Unit.objects.filter(lasting(on), is_agency=True)
    for word in words:
        units = units.filter(search_key__contains=word)
    return [UnitRow(*row) for row in units.order_by("order", "pk").values_list(*UNIT_FIELDS)[:limit]]


def name_on(unit: int, on: date) -> str:
    """The name a unit bore on a day; its first name for days before it was founded."""
    versions = UnitVersion.objects.filter(unit=unit)
    found = (
        versions.filter(Q(until=None) | Q(until__gte=on), since__lte=on).first() or versions.order_by("since").first()
    )
    return found.name if found else ""


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
BOOK = f"SELECT {', '.join(BOOK_FIELDS)} FROM organisation_numberbook WHERE agency_id = %s AND code = %s AND year = %s"
ASIDE = (
    "SELECT number, state, reason, given_at FROM organisation_booknumber WHERE book_id = %s AND state <> 'used'"
    " ORDER BY number"
)


def books(agency: int, year: int) -> list[BookRow]:
    """An agency's books of a year."""
    rows = NumberBook.objects.filter(agency=agency, year=year).order_by("is_secret", "code")
    return [BookRow(*row) for row in rows.values_list(*BOOK_FIELDS)]


def book(agency: int, code: str, year: int) -> BookRow | None:
    """One book of an agency, or None when it is not open."""
    return next((BookRow(*row) for row in read(BOOK, agency, code, year)), None)


def numbers_aside(book: int) -> list[dict[str, Any]]:
    """Numbers of a book that carry no paper, each with its reason: reserved and void ones, in order."""
    names = ("number", "state", "reason", "given_at")
    return [dict(zip(names, row, strict=True)) for row in read(ASIDE, book)]


def aside_words(one: Mapping[str, Any]) -> str:
    """A number without a paper as a printed book explains it: "12 (hủy: viết nhầm)"."""
    return f"{one['number']} ({'hủy' if one['state'] == 'void' else 'giữ'}: {one['reason']})"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Đơn vị hành chính trên màn hình: an area with where it lay; `until` is its last day, None today."""

    id: int
    code: str
    kind: str
    name: str
    within: str
    level: int
    until: date | None

    @property
    def label(self) -> str:
        """How it is called on screen: "xã Y Tý, tỉnh Lào Cai", with its last day when it is gone."""
        place = ", ".join(part for part in (f"{self.kind} {self.name}", self.within) if part)
        return f"{place} (đến {self.until:%d/%m/%Y})" if self.until else place


def _area_rows(areas: Any) -> list[AreaRow]:
    return [
        AreaRow(area.pk, area.code, area.kind, area.name, _lies_in(area), area.level, area.until)
        for area in areas.select_related("parent__parent")
    ]


def _lies_in(area: Area) -> str:
    parents = [area.parent, area.parent and area.parent.parent]
    return ", ".join(f"{parent.kind} {parent.name}" for parent in parents if parent)


def find_areas(text: str, limit: int = 8) -> list[AreaRow]:
    """Areas by their name of today or before, with or without marks, with or without their kind ("xa y ty").

    Those written exactly so come first, then those of today, the wider before the narrower.
    """
    typed = " ".join(tidy(text).casefold().split())
    kind = next((word for word in AREA_KINDS if typed.startswith((f"{word} ", f"{fold(word)} "))), "")
    name = typed[len(kind) :].strip()
    of_kind = Area.objects.filter(kind=kind) if kind else Area.objects.all()
    same = Q(search_key=fold(name)) | Q(search_key__startswith=fold(name))
    exact = Case(When(search_key=fold(name), then=0), default=1)
    order = (exact, F("until").desc(nulls_first=True), "level", "search_key", "code")
    found = (of_kind if name else Area.objects.none()).filter(same).order_by(*order)
    if name.isascii():
        return _area_rows(found[:limit])
    return [row for row in _area_rows(found[:200]) if row.name.casefold().startswith(name)][:limit]


def area_successors(area: int) -> list[AreaRow]:
    """Into which areas of today a former one went, the one that took it whole first."""
    return _area_rows(Area.objects.filter(predecessions__old=area).order_by("-predecessions__whole", "code"))


def area_predecessors(area: int) -> list[AreaRow]:
    """From which former areas, or parts of them, an area was made."""
    return _area_rows(Area.objects.filter(successions__new=area).order_by("-successions__whole", "code"))


@cache
def _national_calendar() -> WorkingCalendar:
    return WorkingCalendar.load()


@remembered
def calendar_of(agency: int) -> WorkingCalendar:
    """The working calendar of an agency: the national one with the agency's own days."""
    days = read("SELECT day, kind, source FROM organisation_localday WHERE agency_id = %s", agency)
    return _national_calendar().also(_local_day(day, LocalKind(kind), source) for day, kind, source in days)


def _local_day(day: date, kind: LocalKind, source: str) -> Day:
    shape = {LocalKind.OFF: "holiday", LocalKind.WORKED: "swap_work"}.get(kind, "half_day")
    return Day(day, shape, LOCAL_KIND_NAMES[kind], source, kind if shape == "half_day" else "")


def hours_on(agency: int, on: date) -> list[tuple[time, time]]:
    """The hours an agency keeps on a weekday, as set last before that day; the usual office hours where none are set."""
    rows = WorkingHours.objects.filter(agency=agency, weekday=on.isoweekday(), since__lte=on).order_by("-since")
    row = rows.values_list("opens", "lunch", "returns", "closes").first()
    if row is None:
        return list(OFFICE_HOURS)
    opens, lunch, returns, closes = (time(*divmod(minutes, 60)) for minutes in row)
    return [(opens, lunch), (returns, closes)]
