"""What the organisation plugs into lower rooms: who is asking, from which posts, whom they may ask, and the first administrator's seat."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import BooleanField, Case, Q, Value, When
from django.http import HttpRequest
from django.urls import reverse

from tram.identity import queries as identity
from tram.identity.models import Account
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS, Actor, Hat
from tram.notifications.sockets import Addressee
from tram.organisation.commands.posts import appoint, create_post
from tram.organisation.commands.units import create_unit
from tram.organisation.models import Absence, Appointment, Unit
from tram.organisation.queries import actor_of, posts_by_account, province_administrators, seats_with_role
from tram.search.sockets import Entry
from tram.vietnamese.text import fold
from tram.web.addresses import address
from tram.web.sockets import NavItem


def who_asks(request: HttpRequest) -> Actor:
    """The actor of a request: by its API token when it carries one, else by its session; else the anonymous visitor.

    A token that names a post wears that post's hat alone, and nobody's once its holder has left the post.
    """
    today = clock.local_day(request.at)  # type: ignore[attr-defined]
    bearer = identity.token_bearer(
        request.headers.get("Authorization", ""),
        method=request.method or "",
        address=identity.address_of(request),
        at=request.at,  # type: ignore[attr-defined]
    )
    if bearer is not None:
        account, post = bearer
        actor = actor_of(account, today, post)
        if post is None:
            return actor
        worn = tuple(hat for hat in actor.hats if hat.post == post)
        return replace(actor, hats=worn, acting=worn[0]) if worn else ANONYMOUS
    if request.path.startswith("/api/"):
        return ANONYMOUS
    signed_in = identity.signed_in(request)
    return actor_of(signed_in, today, request.session.get("post")) if signed_in else ANONYMOUS


def hats_of(account: int, on: date) -> Sequence[Hat]:
    """Every hat an account may choose that day."""
    return actor_of(account, on).hats


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for everybody who signed in."""
    return [NavItem(address("organisation:tree"), "Tổ chức", "people", 800)]


def whom_to_ask(request: HttpRequest) -> str:
    """Who gives rights in the agency of the person who asks, or in the province: at most two, by name and seat."""
    actor, on = request.actor, clock.local_day(request.at)  # type: ignore[attr-defined]
    for seats in (seats_with_role("admin_org", actor.agency, on), province_administrators(on)):
        named = [seat.label for seat in seats if seat.name and seat.account != actor.account]
        if named:
            return " hoặc ".join(named[:2])
    return ""


class Founding:
    """Gives the first administrator of an empty installation a province and a seat to administer it from."""

    def first_admin(self, *, actor: Actor, at: datetime, account: Account) -> None:
        """Found the province's committee where there is none, and seat the account there."""
        today = clock.local_day(at)
        root = Unit.objects.filter(parent=None, is_agency=True, abolished_on=None).order_by("pk").first()
        province = root or create_unit(
            actor=actor, at=at, kind="province_committee", name="Ủy ban nhân dân tỉnh", abbr="UBND", parent=None,
            since=today, is_agency=True,
        )  # fmt: skip
        post = create_post(
            actor=actor, at=at, unit=province, title="Quản trị tỉnh", rank=90, roles=["admin_province"], since=today
        )
        appoint(actor=actor, at=at, post=post, account=account, since=today)


def people_to_write_to(on: date, account: int | None = None) -> list[Addressee]:
    """Everybody with an address who may act from a post that day, substitutes included: two queries (notifications)."""
    whose = Q() if account is None else Q(pk=account)
    people = Account.objects.filter(whose, closed_at=None).exclude(email="").order_by("pk")
    posts = posts_by_account(on, account)
    return [
        Addressee(person.pk, person.name, person.email, tuple(posts[person.pk]))
        for person in people
        if person.pk in posts
    ]


def who_acts_from(post: int, on: date) -> list[int]:
    """The open accounts that may act from a post that day, its holder and substitutes: one query (notifications)."""
    held = Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
    substitutes = Absence.objects.filter(post=post, since__lte=on, until__gte=on).values("substitute")
    rows = Appointment.objects.filter(held, Q(post=post) | Q(post__in=substitutes), account__closed_at=None)
    return list(rows.order_by("account").values_list("account", flat=True).distinct())


class People:
    """Danh bạ: units and the holders of posts, found by a few letters; the tree is open to whoever has signed in."""

    def find(self, actor: Actor, on: date, text: str, limit: int) -> list[Entry]:
        """People then units whose words begin so, those of one's own agency first. Two queries."""
        if actor.account is None or not fold(text).split():
            return []
        return [*self._people(actor, on, text, limit), *self._units(actor, text, limit)]

    def _people(self, actor: Actor, on: date, text: str, limit: int) -> list[Entry]:
        named = identity.named_like(text, "account__")
        if not named:
            return []
        held = Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))
        found = Appointment.objects.filter(held, named, account__closed_at=None).select_related(
            "account", "post__unit__agency"
        )
        rows = found.order_by(_own("post__unit__agency", actor), "account__name_key", "pk")[:limit]
        return [
            Entry(
                "Người",
                row.account.name,
                ", ".join(dict.fromkeys([row.post.title, row.post.unit.name, *_agency_of(row.post.unit)])),
                reverse("organisation:post", args=[row.post_id]),
            )
            for row in rows
        ]

    def _units(self, actor: Actor, text: str, limit: int) -> list[Entry]:
        found = Unit.objects.filter(abolished_on=None).select_related("agency")
        for word in fold(text).split():
            found = found.filter(Q(search_key__startswith=word) | Q(search_key__contains=f" {word}"))
        rows = found.order_by(_own("agency", actor), "-is_agency", "order", "pk")[:limit]
        return [
            Entry(
                "Đơn vị",
                row.name,
                ", ".join([row.abbr, *(name for name in _agency_of(row) if name != row.name)]),
                reverse("organisation:unit", args=[row.pk]),
            )
            for row in rows
        ]


def _own(path: str, actor: Actor) -> Case:
    """Sorts what belongs to one's own agency first."""
    return Case(When(**{path: actor.agency}, then=Value(False)), default=Value(True), output_field=BooleanField())


def _agency_of(unit: Unit) -> list[str]:
    return [unit.agency.name] if unit.agency else []
