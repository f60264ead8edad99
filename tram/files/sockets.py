"""Sockets of the files: the room that attaches a file says who may open it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.kernel.verdicts import Verdict


class FileHolder(Protocol):
    """A room whose things carry files. The link from thing to file lies in that room."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """Whether the actor may open the file as part of a thing; None when no thing here carries it."""


holders: Registry[FileHolder] = Registry()
