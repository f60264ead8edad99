"""How outgoing documents speak upward: who offers a step on a letter's page, who is told what became of it."""

from datetime import date, datetime
from typing import Protocol

from tram.documents.sockets import Offer
from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.outgoing.models import Outgoing


class Offering(Protocol):
    """A room that can do something with an outgoing letter, as put it into a file."""

    def __call__(self, *, actor: Actor, document: Outgoing, on: date) -> Offer | None:
        """What this person may do there with the letter that day; None when nothing."""


offerings: Registry[Offering] = Registry()


class Standing(Protocol):
    """A room that shows letters which left, told in the same transaction."""

    def changed(self, *, actor: Actor, at: datetime, document: Outgoing) -> None:
        """The letter was recalled, replaced or corrected."""


standings: Registry[Standing] = Registry()
