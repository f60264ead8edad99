"""What readers of the demo's portal ask, and how far each question has come: answered by one person, let out by another."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.people import COMMUNE, HOME, holders
from tram.kernel.actors import ANONYMOUS
from tram.news.queries.public import public
from tram.organisation.queries import actor_of
from tram.voices.commands.answering import answer, entrust
from tram.voices.commands.asking import ask, comment
from tram.voices.commands.publishing import publish
from tram.voices.models import Voice
from tram.voices.queries import settled

EARLY, LATE = 75, 300
"""Minutes into the working day."""
DIVISION = f"{HOME}.bcvt"
OPINION = "Mong tỉnh có thêm lớp học buổi tối cho bà con ở xa, ban ngày còn đi nương."


@cache
def questions() -> tuple[dict[str, Any], ...]:
    """The questions of the demo, the oldest first."""
    text = (Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)["questions"])


def asked(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done for each question, and when: all of it within the hour in which it is asked; and for what is said
    of an article.
    """
    for told in questions():
        at = on_hour(later(today, -told["ago"], works), EARLY)
        yield at, partial(_ask, town, told, at)
    at = on_hour(later(today, -1, works), LATE)
    yield at, partial(_said, town, at)


def _said(town: Town, at: datetime) -> None:
    """Of the newest article of the Sở that takes opinions; an editor lets it stand."""
    lines, _ = public(at, agency=town.units[HOME].pk)
    line = next(one for one in lines if one.category in settled()["comments"]["categories"])
    told: dict[str, Any] = {"text": OPINION, "name": "Phàn A Tỉn", "shows_name": True, "consents": True}
    comment(actor=ANONYMOUS, at=at, key=uuid5(NAMESPACE_URL, OPINION), slug=line.slug, **told)
    editor = actor_of(town.accounts["minh"].pk, at.date())
    publish(actor=editor, at=at + timedelta(minutes=30), voice=Voice.objects.get(typed_text=OPINION), seen=0)


def _ask(town: Town, told: dict[str, Any], at: datetime) -> None:
    is_home = told["whose"] == "home"
    chief = "minh" if is_home else holders(f"{COMMUNE}.vp", "office-chief")[0].login
    writer, leader = ("lan", "minh") if is_home else (chief, "binh")
    contact = {name: told.get(name, "") for name in ("email", "phone")}
    ask(
        actor=ANONYMOUS, at=at, key=uuid5(NAMESPACE_URL, told["title"]), agency=town.units[HOME if is_home else COMMUNE],
        title=told["title"], text=told["text"], name=told["name"], shows_name=told["shows_name"], consents=True, **contact,
    )  # fmt: skip
    if told["path"] == "waiting":
        return
    voice = Voice.objects.get(typed_title=told["title"])
    who = {login: actor_of(town.accounts[login].pk, at.date()) for login in (writer, leader)}
    if is_home:
        entrust(actor=who[leader], at=at, voice=voice, unit=town.units[DIVISION])
    words = {name: told[name] for name in ("title", "text", "answer")}
    voice = answer(actor=who[writer], at=at + timedelta(minutes=20), voice=voice, seen=voice.version, **words)
    if told["path"] == "published":
        publish(actor=who[leader], at=at + timedelta(minutes=40), voice=voice, seen=voice.version)
