"""Socket of the news: whoever shows articles to the public is told when what is public changes."""

from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


class Face(Protocol):
    """A room that shows articles, and may have kept pages of them."""

    def changed(self, *, actor: Actor, at: datetime, article: int, agency: int) -> None:
        """What is public of this article is another from this transaction on: show nothing older."""


faces: Registry[Face] = Registry()
