"""How figures speak upward: to the rooms that show them to the public."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Face(Protocol):
    """A room that shows figures to the public, as the portal. Told in the transaction that changes what is public."""

    def changed(self, *, actor: Actor, at: datetime, series: int, agency: int) -> None:
        """What is public of a series ("indicators.series/12") is not what it was."""


faces: Registry[Face] = Registry()
