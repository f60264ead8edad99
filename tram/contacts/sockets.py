"""How contacts speak upward: to the rooms that show them to the public."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Face(Protocol):
    """A room that shows contacts, as the portal. Told in the transaction that changes what is public."""

    def changed(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """What is public of the agency or of its people is not what it was."""


faces: Registry[Face] = Registry()
