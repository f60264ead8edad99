"""How documents speak upward: to where a letter came from, what became of it; and who offers a step on its page."""

from datetime import date, datetime
from typing import NamedTuple, Protocol

from tram.documents.models import Incoming
from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Sender(Protocol):
    """The room that sent the letter. Called in the same transaction, in the open; the same code again changes nothing."""

    def told(self, *, actor: Actor, at: datetime, origin: str, code: str, note: str) -> None:
        """The letter that was sent as `origin` has this status (QĐ 28/2018/QĐ-TTg: 02–06, 15, 16), with a word."""


senders: Registry[Sender] = Registry()
"""Room and kind before the slash of `Incoming.origin` -> its sender: "outgoing.recipient" -> ..."""


class Offer(NamedTuple):
    """Bước do phòng khác đưa ra: an address, the words on its button, its key and icon."""

    url: str
    label: str
    key: str = "d"
    icon: str = "pen"


class Offering(Protocol):
    """A room that can do something with an incoming letter, as draft its answer."""

    def __call__(self, *, actor: Actor, document: Incoming, on: date) -> Offer | None:
        """What this person may do there with the letter that day; None when nothing."""


offerings: Registry[Offering] = Registry()


class BatchOffering(Protocol):
    """A room that can do something with several letters picked in a list: it is asked by GET with `den` (letters that
    came) or `di` (letters that go) for each, and `next` for the way back.
    """

    def __call__(self, *, actor: Actor, on: date) -> Offer | None:
        """What this person may do there with letters; None when nothing."""


batches: Registry[BatchOffering] = Registry()


def offers_for_many(actor: Actor, on: date) -> list[Offer]:
    """What higher rooms do with letters picked in a list."""
    return [offer for _room, one in batches.items() if (offer := one(actor=actor, on=on))]
