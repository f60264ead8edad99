"""Searches that people keep: their own and those of their units, and what came today."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.search.models import Saved
from tram.search.queries import search
from tram.vietnamese.text import fold

MOST = 40
OF_TODAY = "den:homnay"
TIMED = "den:"


@dataclass(frozen=True, slots=True)
class SavedRow:
    """Một lần tìm đã lưu như hiện trên trang."""

    id: int
    name: str
    text: str
    is_own: bool
    owner_name: str
    is_shared: bool


def visible_to(actor: Actor, on: date) -> QuerySet[Saved]:
    """Searches that a person may use: their own, and those kept for a unit in which they sit that day."""
    units = [hat.unit for hat in actor.worn(on) if hat.principal is None]
    return Saved.objects.filter(Q(account=actor.account) | Q(unit__in=units))


def saved(actor: Actor, on: date) -> list[SavedRow]:
    """The searches that a person may use, by name, their own first: one query."""
    if actor.account is None:
        return []
    rows = [
        SavedRow(row.pk, row.name, row.text, row.account == actor.account, row.owner_name, row.unit is not None)
        for row in visible_to(actor, on).order_by("pk")[:MOST]
    ]
    return sorted(rows, key=lambda row: (not row.is_own, fold(row.name)))


def came_today(actor: Actor, at: datetime, pk: int) -> str:
    """How many things of a kept search came today, in words ("3 kết quả"); "" for none, or where the search names its
    own days. Never counts past what a page of the search reads. Raises Hidden for a search that is not theirs."""
    found = visible_to(actor, at.date()).filter(pk=pk).first() if actor.account is not None else None
    if found is None:
        raise Hidden
    if TIMED in found.text:
        return ""
    today = search(actor=actor, at=at, text=f"{found.text} {OF_TODAY}")
    return today.count if today.hits and not today.is_forgiving else ""
