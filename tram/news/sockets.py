"""Sockets of the news: whoever shows articles to the public is told when what is public changes, and says to what they may guide."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Face(Protocol):
    """A room that shows articles, and may have kept pages of them."""

    def changed(self, *, actor: Actor, at: datetime, article: int, agency: int) -> None:
        """What is public of this article is another from this transaction on: show nothing older."""


faces: Registry[Face] = Registry()
guided: Registry[Callable[[], Mapping[str, str]]] = Registry()
"""Procedures to which an article may be the guide: the room that shows them -> their names by their addresses."""
