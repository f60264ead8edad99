"""How a room takes part in search: it names its kinds of card, and can make all its cards again."""

from dataclasses import dataclass
from typing import Protocol

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
