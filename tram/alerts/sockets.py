"""How mail to readers speaks upward: to the rooms that offer it."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Face(Protocol):
    """A room on whose pages readers ask for mail, as the portal."""

    def changed(self, *, actor: Actor, at: datetime) -> None:
        """It is offered from now on, or no more. Told in the transaction that changes it."""


faces: Registry[Face] = Registry()
