"""What the public may know of agencies and people: open rows of the log, and of people those alone who hold that post that day."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from itertools import groupby

from django.db.models import QuerySet

from tram.contacts.models import Publication
from tram.contacts.policy import LEADING
from tram.contacts.rules import Told, dialled
from tram.kernel.refs import ref_of
from tram.organisation.models import Post, Unit, WorkingHours
from tram.organisation.queries import Seat, seats_of_agency
from tram.vietnamese.calendar import OFFICE_HOURS
from tram.vietnamese.dates import WEEKDAYS, hour
from tram.web.rows import read


@dataclass(frozen=True, slots=True)
class Card:
    """Thông tin liên hệ của một cơ quan, as everybody may read it; the name is today's."""

    agency: int
    name: str
    kind: str
    parent: int | None
    search_key: str
    words: str
    address: str
    phone: str
    email: str
    hours: str
    since_at: datetime

    @property
    def dialled(self) -> str:
        """Its number as a telephone dials it."""
        return dialled(self.phone)


@dataclass(frozen=True, slots=True)
class Person:
    """Người đang được công bố: who holds a leading post today and was told of for it."""

    agency: int
    agency_name: str
    post: int
    title: str
    unit: int
    name: str
    words: str
    phone: str
    email: str
    hours: str
    speaks: bool

    @property
    def dialled(self) -> str:
        """Their number as a telephone dials it."""
        return dialled(self.phone)


CARDS = """
SELECT c.agency_id, u.name, u.kind, u.parent_id, u.search_key, c.words, c.address, c.phone, c.email, c.hours, c.since_at
FROM contacts_publication c JOIN organisation_unit u ON u.id = c.agency_id
WHERE c.until_at IS NULL AND c.post_id IS NULL AND (u.abolished_on IS NULL OR u.abolished_on >= %(on)s)
    AND (%(agency)s = 0 OR c.agency_id = %(agency)s)
ORDER BY u.parent_id IS NOT NULL, u."order", u.search_key
"""
PEOPLE = """
SELECT c.agency_id, g.name, p.id, p.title, p.unit_id, c.name, c.words, c.phone, c.email, c.hours, c.speaks
FROM contacts_publication c
JOIN organisation_unit g ON g.id = c.agency_id AND (g.abolished_on IS NULL OR g.abolished_on >= %(on)s)
JOIN organisation_post p ON p.id = c.post_id AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)
JOIN organisation_appointment a ON a.post_id = p.id AND a.account_id = c.account_id
    AND a.since <= %(on)s AND (a.until IS NULL OR a.until >= %(on)s)
JOIN identity_account who ON who.id = a.account_id AND who.closed_at IS NULL
WHERE c.until_at IS NULL AND c.post_id IS NOT NULL AND (%(agency)s = 0 OR c.agency_id = %(agency)s) AND (c.speaks OR NOT %(speak)s)
ORDER BY g.parent_id IS NOT NULL, g."order", g.search_key, p.rank, p.id
"""


def cards(on: date, agency: int = 0) -> list[Card]:
    """The agencies (or one) that are public, the province's committee first, in the order of the organisation. One query."""
    return [Card(*row) for row in read(CARDS, on=on, agency=agency)]


def people(on: date, agency: int = 0, *, speak: bool = False) -> list[Person]:
    """The people who are public, of every agency or of one, in the order of protocol; only spokespersons where asked. One query."""
    return [Person(*row) for row in read(PEOPLE, on=on, agency=agency, speak=speak)]


def open_rows(agency: int) -> QuerySet[Publication]:
    """What is public of an agency and of its people now, for the house."""
    return Publication.objects.filter(agency=agency, until_at=None)


def public_rows(after: int, limit: int) -> list[Publication]:
    """What is public now, in the order of keys, for whoever looks through the portal. One query."""
    return list(Publication.objects.filter(until_at=None, pk__gt=after).order_by("pk")[:limit])


def about_of(row: Publication) -> str:
    """Of what the record tells: the post, or the agency itself."""
    return ref_of("organisation", "post", row.post_id) if row.post_id else ref_of("organisation", "unit", row.agency_id)


def words_of(row: Publication) -> list[str]:
    """What everybody may read of it."""
    return [row.name, row.words, row.address, row.phone, row.email, row.hours, row.decision]


def digest(row: Publication) -> str:
    """The hash of what everybody may read of it, and of whose it is."""
    told = [row.name if row.post_id else "", row.account_id, *Told.of(row)]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def log_of(agency: int, post: int | None) -> list[Publication]:
    """Every time that an agency, or the person in a post, was public, the last first."""
    return list(Publication.objects.filter(agency=agency, post=post).order_by("-pk"))


def listable(agency: int, on: date) -> list[tuple[Seat, Publication | None]]:
    """The leading posts of an agency that day, each with what is public of it. Two queries."""
    out = {row.post_id: row for row in open_rows(agency)}
    return [(seat, out.get(seat.post)) for seat in seats_of_agency(agency, on) if seat.rank < LEADING]


def own_agency(agency: int) -> Unit | None:
    """The agency from which somebody acts."""
    return Unit.objects.filter(pk=agency, is_agency=True, abolished_on=None).first()


def post_of(agency: int, post: int) -> Post | None:
    """A post of this agency."""
    return Post.objects.select_related("unit").filter(pk=post, unit__agency=agency).first()


def office_hours(agency: int, on: date) -> list[tuple[str, str]]:
    """The hours an agency keeps that day, weekdays with the same hours together: ("Thứ Hai đến Thứ Sáu", "7:30–11:30, …"). One query."""
    own = {row.weekday: row for row in WorkingHours.objects.filter(agency=agency, since__lte=on).order_by("since")}
    usual = ", ".join(f"{hour(opens)}–{hour(closes)}" for opens, closes in OFFICE_HOURS)
    told = {day: _told(own[day]) if day in own else usual for day in range(1, 8) if day in own or day < 6}
    runs = [list(run) for _, run in groupby(enumerate(told), key=lambda one: (one[1] - one[0], told[one[1]]))]
    return [(_days(run[0][1], run[-1][1]), told[run[0][1]]) for run in runs]


def _days(first: int, last: int) -> str:
    return WEEKDAYS[first - 1] if first == last else f"{WEEKDAYS[first - 1]} đến {WEEKDAYS[last - 1]}"


def _told(row: WorkingHours) -> str:
    opens, lunch, returns, closes = (time(*divmod(at, 60)) for at in (row.opens, row.lunch, row.returns, row.closes))
    if lunch == returns:
        return f"{hour(opens)}–{hour(closes)}"
    return f"{hour(opens)}–{hour(lunch)}, {hour(returns)}–{hour(closes)}"
