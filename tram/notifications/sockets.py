"""How higher rooms take part: their words, who sits behind a post, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from tram.kernel.registry import Registry
from tram.notifications.rules.digests import DigestLine as DigestLine


class Push(StrEnum):
    """When a kind of notice goes to devices at once: never, when the thing is urgent, whenever it waits for its reader."""

    NEVER, URGENT, WAITS = "", "urgent", "waits"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Lời thông báo: the name of the kind in the preferences, its sentence, and what is said of restricted things.

    On a device only the name is shown, so it never says more than the kind.
    """

    name: str
    sentence: str
    veiled: str
    push: Push = Push.NEVER


@dataclass(frozen=True, slots=True)
class Addressee:
    """Người nhận: an account that can be written to, with the posts it may act from that day."""

    account: int
    name: str
    email: str
    posts: tuple[int, ...]


class Addressees(Protocol):
    """Who can be written to on a day: everybody, or one account."""

    def __call__(self, on: date, account: int | None = None) -> list[Addressee]: ...


class Holders(Protocol):
    """The open accounts that may act from a post on a day, substitutes included."""

    def __call__(self, post: int, on: date) -> list[int]: ...


class Due(Protocol):
    """What is due or overdue for the holders of these posts on a day, most pressing first."""

    def __call__(self, posts: Sequence[int], on: date) -> list[DigestLine]: ...


phrases: Registry[Phrase] = Registry()
"""Kind of notice -> its words. A kind without a phrase is told as the audit tells it."""
addressees: Registry[Addressees] = Registry()
holders: Registry[Holders] = Registry()
digests: Registry[Due] = Registry()
