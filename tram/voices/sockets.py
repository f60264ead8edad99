"""How questions and drafts speak upward: to the rooms that show them to the public."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Face(Protocol):
    """A room that shows questions, answers and drafts to the public, as the portal."""

    def changed(self, *, actor: Actor, at: datetime, voice: int, agency: int) -> None:
        """What is public of a question is not what it was. Told in the transaction that changes it."""

    def draft_changed(self, *, actor: Actor, at: datetime, draft: int, agency: int) -> None:
        """The same of a draft."""


faces: Registry[Face] = Registry()
