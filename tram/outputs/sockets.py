"""Sockets of the outputs: a room whose lists are made into files says who may have them, makes them, keeps record of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Protocol

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.kernel.verdicts import Verdict
from tram.outputs.rules import AT_ONCE
from tram.web.sheets import MEDIA_TYPE

Keys = Mapping[str, Any]
"""What a room needs to know to make a list again: keys of things and how it was asked for, never contents."""
Tell = Callable[[int], None]
"""Told how many rows are done. What it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Tệp cần làm: which list (`maker`, `keys`), how many rows, what it is called, where one asked for it."""

    maker: str
    keys: Keys
    rows: int
    title: str
    name: str
    media_type: str
    back_url: str

    @property
    def is_long(self) -> bool:
        """Whether it is made by the worker: nobody waits for it with an open page."""
        return self.rows > AT_ONCE


FORMS = {"pdf": ("In", "application/pdf"), "xlsx": ("Xuất Excel", MEDIA_TYPE)}


def book_wanted(maker: str, book: int, first: int, last: int, form: str, *, title: str, stem: str, url: str) -> Wanted:
    """Numbers `first` to `last` of a book as a file; `form` is "pdf" or "xlsx", `stem` begins the file's name."""
    verb, media_type = FORMS[form]
    return Wanted(
        maker=maker, keys={"book": book, "first": first, "last": last, "form": form}, rows=last - first + 1,
        title=f"{verb} {title}, số {first} đến {last}", name=f"{stem}-{first}-{last}.{form}", media_type=media_type,
        back_url=url,
    )  # fmt: skip


class Maker(Protocol):
    """A room whose lists are made into files."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whether the actor may have this list: the right of the page that shows it."""

    def make(self, keys: Keys, *, by: str, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """Write the list, asked for by somebody of that name, into a file of the disk, few rows at a time; asks no rights."""

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """Keep on record what the law wants of a list that is on paper now."""


makers: Registry[Maker] = Registry()
