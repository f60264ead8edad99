"""The province's portal: a handful of articles, each written, edited and let out by three people through the commands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

import yaml

from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.people import COMMUNE, HOME, holders
from tram.news.commands.publish import pass_on, present, publish
from tram.news.commands.write import Content, begin, body_of
from tram.organisation.queries import actor_of

MINUTES_OF_DAY = (20, 95, 160, 215, 250, 300, 340, 370)


@dataclass(frozen=True, slots=True)
class Story:
    """Bài của tỉnh mẫu: as articles.yaml tells it."""

    ago: int
    whose: str
    category: str
    title: str
    lead: str
    body: str


@cache
def stories() -> tuple[Story, ...]:
    """The articles of the demo, the oldest first."""
    text = (Path(__file__).parent / "articles.yaml").read_text(encoding="utf-8")
    return tuple(Story(**row) for row in yaml.safe_load(text)["articles"])


def told(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done for each article, and when: of each, all in the minute in which it is let out."""
    for number, story in enumerate(stories()):
        at = on_hour(later(today, -story.ago, works), MINUTES_OF_DAY[number % len(MINUTES_OF_DAY)])
        yield at, partial(_tell, town, story, at)


def _tell(town: Town, story: Story, at: datetime) -> None:
    code, names = (HOME, ("lan", "minh", "son")) if story.whose == "home" else (COMMUNE, _commune())
    writer, editor, leader = (actor_of(town.accounts[login].pk, at.date()) for login in names)
    content = Content(title=story.title, lead=story.lead, body=body_of(story.body), byline=writer.name)
    article = begin(actor=writer, at=at, agency=town.units[code], category=story.category, content=content)
    present(actor=writer, at=at, article=article)
    pass_on(actor=editor, at=at, article=article)
    publish(actor=leader, at=at, article=article)


def _commune() -> tuple[str, str, str]:
    """Who writes, edits and lets out in the commune of the cast."""
    writer, chief = holders(COMMUNE + ".vhxh", "specialist")[0], holders(COMMUNE + ".vp", "office-chief")[0]
    return writer.login, chief.login, "binh"
