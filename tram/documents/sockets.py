"""How a letter that came from another agency of this installation tells where it came from what became of it."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Sender(Protocol):
    """The room that sent the letter. Called in the same transaction, in the open; the same code again changes nothing."""

    def told(self, *, actor: Actor, at: datetime, origin: str, code: str, note: str) -> None:
        """The letter that was sent as `origin` has this status (QĐ 28/2018/QĐ-TTg: 02–06, 15, 16), with a word."""


senders: Registry[Sender] = Registry()
"""Room and kind before the slash of `Incoming.origin` -> its sender: "outgoing.recipient" -> ..."""
