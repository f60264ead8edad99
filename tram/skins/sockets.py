"""How skins speak upward: to the rooms whose pages wear them."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Wearer(Protocol):
    """A room whose pages wear skins, as the portal. Told in the transaction that changes what is worn."""

    def changed(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """The agency's site, and each that takes after it, looks otherwise than it did."""


wearers: Registry[Wearer] = Registry()
