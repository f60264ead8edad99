"""Sockets of the files: the room that attaches a file says who may open it; an examiner asks the gate of state secrets."""

from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from tram.files.rules.refusals import FileRefused
from tram.files.rules.secrecy import refuse_marked_secret
from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.kernel.verdicts import Verdict

__all__ = ["FileRefused", "refuse_marked_secret"]


class FileHolder(Protocol):
    """A room whose things carry files. The link from thing to file lies in that room."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """Whether the actor may open the file as part of a thing; None when no thing here carries it."""

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """A stamp of secrecy was seen on the file: show nothing of it, and nothing that was read from it."""

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """It was none: show the file again."""

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """It was one: let the file go with all that was read or typed from it, for it is destroyed in this transaction."""


class Examiner(Protocol):
    """Reads what comes for marks of secrecy: what it says in text before it is kept, what only an eye sees afterwards."""

    def printed(self, content: Path, name: str) -> str:
        """The text of the file, pages apart by form feeds; "" for a file that says nothing by itself."""

    def stamp(self, content: Path) -> str:
        """The level: "secret", "top_secret", "absolute_secret"; "" when there is none."""


examiners: Registry[Examiner] = Registry()
holders: Registry[FileHolder] = Registry()
