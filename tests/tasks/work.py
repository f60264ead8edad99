"""Work for the tests: one task, given to the telecoms division or to one of its people."""

import uuid
from datetime import date, timedelta
from typing import Any

from tests.cast import AT, Cast
from tram.organisation.models import Post, Unit
from tram.tasks.commands.give import Subject, assign
from tram.tasks.events import Kind
from tram.tasks.models import Task

DUE = AT.date() + timedelta(days=7)


def given(
    cast: Cast,
    kind: Kind = Kind.HANDLE,
    *,
    by: str = "son",
    unit: str = "telecoms",
    to: str | None = None,
    due_on: date | None = DUE,
    title: str = "Trả lời xã Tả Phìn",
    urgency: int = 0,
    note: str = "",
) -> Task:
    """A task that the director, or another, gave to a unit or to one person."""
    post: Post | None = cast.posts[to] if to else None
    place: Unit = post.unit if post else cast.units[unit]
    about = Subject(ref="organisation.unit/1", url="", title=title, urgency=urgency)
    return assign(actor=cast.actor(by), at=AT, kind=kind, unit=place, post=post, about=about, due_on=due_on, note=note)


def keyed(**fields: Any) -> dict[str, Any]:
    """Fields of a form, with the key that makes it count once."""
    return {"idempotency_key": str(uuid.uuid4()), **fields}
