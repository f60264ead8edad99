"""Sockets of identity: which posts somebody may act from, and what follows when the first administrator comes."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from tram.identity.models import Account
from tram.kernel.actors import Actor, Hat
from tram.kernel.registry import Registry


class Founder(Protocol):
    """A room that makes the first administrator able to administer, told when they have set their password."""

    def first_admin(self, *, actor: Actor, at: datetime, account: Account) -> None:
        """Give the account what it needs; called in the transaction of `accept_invitation`."""


hats: Registry[Callable[[int, date], Sequence[Hat]]] = Registry()
founders: Registry[Founder] = Registry()


def hats_of(account: int, on: date) -> list[Hat]:
    """Every hat an account may choose that day."""
    return [hat for _, choices in hats.items() for hat in choices(account, on) if hat.valid(on)]
