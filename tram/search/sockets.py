"""How a room takes part in search: with cards that it can make again, or with a directory of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.search.rules.lexemes import CardInput as CardInput


class Source(Protocol):
    """Nguồn thẻ: one kind of thing in a room, walked in the order of its keys."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` things whose key is above `since_pk`; empty at the end.

        A thing that nobody may find has a card without readers.
        """


@dataclass(frozen=True, slots=True)
class Kind:
    """Loại thẻ: its word in the filter "loai:vanbanden", its Vietnamese name and icon, and where its cards come from."""

    word: str
    name: str
    icon: str
    source: Source


sources: Registry[Kind] = Registry()
"""Kind of card -> its source: "documents.incoming" -> Kind("vanbanden", "Văn bản đến", "inbox", ...)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Mục danh bạ: something that is found while typing and has no card, as a person or a unit."""

    kind: str
    title: str
    line: str
    url: str


class Directory(Protocol):
    """Danh bạ: what a room can find by a few letters; it answers only what this actor may see."""

    def find(self, actor: Actor, on: date, text: str, limit: int) -> list[Entry]:
        """The best entries for what is being typed, at most `limit` of each kind."""


directories: Registry[Directory] = Registry()
