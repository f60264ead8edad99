"""Sockets of the visits: whoever shows pages to the public says which of them are there, and what they are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Page:
    """Trang của cổng: what a ref stands for in public. `url` is a path of this site."""

    title: str
    url: str
    agency: int
    is_rated: bool = True
    """Whether readers may give it a score."""


class Pages(Protocol):
    """A room whose pages are counted and rated."""

    def public(self, pages: Iterable[str]) -> dict[str, Page]:
        """Of these refs, those that the public may see now: ref -> page. One query, whatever their number."""


shown: Registry[Pages] = Registry()
"""By the beginning of a ref, up to its slash: "news.article" -> who shows articles."""


class Board(Protocol):
    """A room that shows published rankings, and may have kept pages of them."""

    def published(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """An agency published a ranking in this transaction: show nothing older."""


boards: Registry[Board] = Registry()
