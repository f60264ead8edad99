"""The one way in which tasks speak upward: the room that gave the work is told what became of it."""

from datetime import date, datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.tasks.models import Task


class WorkGiver(Protocol):
    """The room that gave the work. Called in the same transaction, in the open."""

    def hold(self, *, about: str) -> None:
        """Lock the thing, before any work about it is locked: everybody locks in this order and none wait crosswise."""

    def ends_itself(self, *, kind: str) -> bool:
        """Whether work of this kind ends by a step on the thing's own page: the inbox then offers no "Xong"."""

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whether this person may read the thing, and so what is reported of the work about it."""

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The holder took the work up."""

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The work went to another holder, whose keys must now open the thing."""

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The work is done and, where its kind asks for it, confirmed."""

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """The holder gave the work back."""

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Whoever gave the work took it back or ended it unfinished. A room that recalls as the system is not told."""


givers: Registry[WorkGiver] = Registry()


def giver_of(about: str) -> WorkGiver | None:
    """Who gave work about this: the room and kind before the slash, as "documents.incoming"."""
    return givers.find(about.partition("/")[0])
