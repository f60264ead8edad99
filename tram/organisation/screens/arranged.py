"""What an administrator works on: the unit, seat, appointment or role, for whoever arranges it; Hidden to all others."""

from datetime import date

from django.db.models import Q, QuerySet

from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Appointment, Post, RoleGrant, Unit
from tram.organisation.policy import may_arrange
from tram.organisation.queries import lasting


def unit(actor: Actor, key: int, on: date) -> Unit:
    """A unit this person may arrange; the same answer as for none otherwise."""
    found = Unit.objects.select_related("agency", "parent").filter(pk=key).first()
    if found is None or not may_arrange(actor, found, on):
        raise Hidden
    return found


def post(actor: Actor, key: int, on: date) -> Post:
    """A seat of such a unit."""
    found = Post.objects.select_related("unit__agency").filter(pk=key).first()
    if found is None or not may_arrange(actor, found.unit, on):
        raise Hidden
    return found


def appointment(actor: Actor, key: int, on: date) -> Appointment:
    """Somebody in such a seat."""
    found = Appointment.objects.select_related("post__unit", "account").filter(pk=key).first()
    if found is None or not may_arrange(actor, found.post.unit, on):
        raise Hidden
    return found


def grant(actor: Actor, key: int, on: date) -> RoleGrant:
    """A role over such a unit."""
    found = RoleGrant.objects.select_related("post__unit", "unit").filter(pk=key).first()
    if found is None or not may_arrange(actor, found.unit, on):
        raise Hidden
    return found


def people(seat: Post) -> QuerySet[Account]:
    """Open accounts of the seat's agency, who may be put into it, in the order of Vietnamese names."""
    return Account.objects.filter(agency=seat.unit.agency_id, closed_at=None).order_by("name_key", "pk")


def beside(unit: Unit, on: date) -> QuerySet[Unit]:
    """Units that a unit may go below or be taken over by: parts of its agency and the agency; for an agency, agencies."""
    whose = Q(is_agency=True) if unit.is_agency else Q(agency=unit.agency_id)
    return Unit.objects.filter(lasting(on), whose).exclude(pk=unit.pk).order_by("order", "pk")
