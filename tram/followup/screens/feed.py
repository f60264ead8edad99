"""Lịch hạn: whose calendar a secret opens, and what it shows."""

from datetime import date

from django.db.models import Q

from tram.followup.models import Feed
from tram.followup.policy import headed_units
from tram.followup.queries import digest_of
from tram.followup.rules import Deadline
from tram.kernel.actors import Actor
from tram.organisation.queries import actor_of, calendar_of
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import Task

MOST = 500


def feed_of(account: int | None) -> Feed | None:
    """A person's own feed."""
    return Feed.objects.filter(account=account).first()


def owner_of(secret: str, on: date) -> tuple[Actor, Feed] | None:
    """Who reads by this secret, as they are that day; None for no secret of anybody who still has an account."""
    found = Feed.objects.filter(digest=digest_of(secret)).first()
    if found is None:
        return None
    owner = actor_of(found.account_id, on)
    return None if owner.account is None else (owner, found)


def deadlines(owner: Actor, on: date, home: str, *, shows_titles: bool) -> list[Deadline]:
    """The open work of this person that has a day, and of the inboxes they head, the earliest first: two queries."""
    theirs = Q(turn_post__in=owner.posts(on)) | Q(turn_post=None, turn_unit__in=headed_units(owner, on))
    found = Task.objects.filter(theirs, ended_at=None, due_on__isnull=False).exclude(kind=Kind.INFORM)
    calendar, host = calendar_of(owner.agency), home.partition("://")[2].rstrip("/")
    lines = []
    for task in found.order_by("due_key", "pk")[:MOST]:
        assert task.due_on is not None
        kind, number = KIND_NAMES[Kind(task.kind)], task.line.partition(" · ")[0] or f"việc {task.pk}"
        shown_on = task.due_on if calendar.is_working(task.due_on) else calendar.add(task.due_on, -1)
        lines.append(
            Deadline(
                key=f"task-{task.pk}@{host}", title=f"{kind}: {task.title if shows_titles else number}",
                words=f"Hạn {task.due_on:%d/%m/%Y}", url=f"{home.rstrip('/')}{task.url}", shown_on=shown_on,
            )
        )  # fmt: skip
    return lines
