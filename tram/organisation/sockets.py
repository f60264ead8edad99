"""How a change of units speaks upward: each room says what of its things hangs on a unit (domain.md 7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

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
