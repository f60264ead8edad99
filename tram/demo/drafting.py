"""The drafts that the demo's Sở puts to the public: one that takes opinions, one that was summed up; worded by one person, let out by another."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.people import HOME
from tram.kernel.actors import ANONYMOUS, Actor
from tram.organisation.queries import actor_of
from tram.voices.commands.asking import opine
from tram.voices.commands.drafts import propose, publish, summarise
from tram.voices.commands.publishing import publish as let_stand
from tram.voices.models import Draft, DraftPublication, Voice

WRITER, LEADER = "minh", "son"
MINUTE = 120
"""Into the working day."""


@cache
def drafts() -> tuple[dict[str, Any], ...]:
    """The drafts of the demo, the oldest first."""
    text = (Path(__file__).parent / "drafts.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)["drafts"])


def drafted(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done for each draft, and when: let out, spoken of, summed up."""
    for told in drafts():
        at = on_hour(later(today, -told["ago"], works), MINUTE)
        yield at, partial(_put, town, told, at)
        for said in told["opinions"]:
            at = on_hour(later(today, -said["ago"], works), MINUTE)
            yield at, partial(_said, town, told["title"], said, at)
        if "summary" in told:
            at = on_hour(later(today, -told["summed_ago"], works), MINUTE)
            yield at, partial(_summed, town, told, at)


def _who(town: Town, login: str, at: datetime) -> Actor:
    return actor_of(town.accounts[login].pk, at.date())


def _put(town: Town, told: dict[str, Any], at: datetime) -> None:
    words = {name: told[name] for name in ("kind", "title", "purpose", "text", "days")} | {"short_reason": ""}
    draft = propose(actor=_who(town, WRITER, at), at=at, agency=town.units[HOME], told=words)
    publish(actor=_who(town, LEADER, at), at=at, draft=draft, seen=draft.version)


def _said(town: Town, title: str, said: dict[str, Any], at: datetime) -> None:
    slug = DraftPublication.objects.get(title=title, until_at=None).slug
    told = {name: said[name] for name in ("text", "name", "shows_name")} | {"consents": True}
    opine(actor=ANONYMOUS, at=at, key=uuid5(NAMESPACE_URL, said["text"]), slug=slug, **told)
    if said["public"]:
        let_stand(actor=_who(town, WRITER, at), at=at, voice=Voice.objects.get(typed_text=said["text"]), seen=0)


def _summed(town: Town, told: dict[str, Any], at: datetime) -> None:
    draft = Draft.objects.get(title=told["title"])
    draft = summarise(
        actor=_who(town, WRITER, at), at=at, draft=draft, summary=told["summary"], seen=draft.version
    )  # fmt: skip
    publish(actor=_who(town, LEADER, at), at=at, draft=draft, seen=draft.version)
