"""How official documents speak upward: to the rooms that show them to the public."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Face(Protocol):
    """A room that shows documents to the public, as the portal. Told in the transaction that changes what is public."""

    def changed(self, *, actor: Actor, at: datetime, ref: str, agency: int, is_less: bool) -> None:
        """What is public of a letter ("gazette.document/12") or paper ("gazette.paper/3") is not what it was.

        `is_less`: something of it must stand nowhere any more.
        """


faces: Registry[Face] = Registry()
