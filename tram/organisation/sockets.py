"""How changes of units and of seats speak upward: what of a room's things hangs on a unit; who sits where now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class Tie:
    """Điều gắn với đơn vị: what hangs on a unit, what becomes of it when the unit ends, and whether it is unfinished."""

    words: str
    when_ended: str
    is_open: bool = False


class Succession(Protocol):
    """A room with things that hang on units. Merging and splitting will ask it here to carry them over and back."""

    def foresee(self, *, unit: Unit, on: date) -> Sequence[Tie]:
        """What of this room hangs on the unit, and on its parts when it is an agency; nothing is changed."""


successions: Registry[Succession] = Registry()


def ties_above(unit: Unit, on: date) -> list[Tie]:
    """What higher rooms say hangs on a unit."""
    return [tie for _room, room in successions.items() for tie in room.foresee(unit=unit, on=on)]


class Seating(Protocol):
    """A room that shows who sits where. Told in the transaction that seats somebody, or lets them leave."""

    def changed(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """A seat of the agency has another holder, or none, from some day on."""


seatings: Registry[Seating] = Registry()
