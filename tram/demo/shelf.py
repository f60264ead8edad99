"""The shelf: casts that the processes of one load share, so that each kind of story is tried once, by whoever claims it first."""

import pickle
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

from tram.demo.blanks import Cast
from tram.demo.shapes import Shape

PATIENCE, PAUSE = 600, 0.02
"""Seconds in which another process must have cast what it claimed; and between two looks."""


class Shelf:
    """A folder that lives as long as the load."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def claim(self, shape: Shape) -> bool:
        """Whether the shape is ours to cast: nobody claimed it before."""
        try:
            self._place(shape).with_suffix(".claimed").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def put(self, shape: Shape, cast: Cast) -> None:
        """Leave a cast for the others, whole or not at all."""
        fresh = self._place(shape).with_suffix(".new")
        fresh.write_bytes(pickle.dumps(cast))
        fresh.replace(self._place(shape))

    def take(self, shape: Shape) -> Cast:
        """The cast of a shape that another process claimed. TimeoutError when it does not come."""
        place, last = self._place(shape), monotonic() + PATIENCE
        while not place.exists():
            if monotonic() > last:
                raise TimeoutError(f"nobody brought the cast of {shape}")
            sleep(PAUSE)
        cast: Cast = pickle.loads(place.read_bytes())
        return cast

    def _place(self, shape: Shape) -> Path:
        return self.folder / sha256(repr(shape).encode()).hexdigest()
