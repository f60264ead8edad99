"""The province's portal: a handful of articles, each written, edited and let out by three people through the commands."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.painting import terraces
from tram.demo.people import COMMUNE, HOME, holders
from tram.kernel.actors import Actor
from tram.news.commands.bring import begin_with
from tram.news.commands.publish import pass_on, present, publish
from tram.news.commands.write import Content, begin, body_of, translate, write
from tram.news.models import Article
from tram.news.queries.articles import content as content_of
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
    picture: Mapping[str, str] | None = None
    """Caption and alt text of a picture that is painted for it."""
    english: Mapping[str, str] | None = None
    """Title, lead and body of its translation."""


@cache
def stories() -> tuple[Story, ...]:
    """The articles of the demo, the oldest first."""
    text = (Path(__file__).parent / "articles.yaml").read_text(encoding="utf-8")
    return tuple(Story(**row) for row in yaml.safe_load(text)["articles"])


def told(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done for each article, and when: of each, all in the minute in which it is let out."""
    for number, story in enumerate(stories()):
        at = on_hour(later(today, -story.ago, works), MINUTES_OF_DAY[number % len(MINUTES_OF_DAY)])
        yield at, partial(_tell, town, story, at, number)


def _tell(town: Town, story: Story, at: datetime, number: int) -> None:
    code, names = (HOME, ("lan", "minh", "son")) if story.whose == "home" else (COMMUNE, _commune())
    writer, editor, leader = (actor_of(town.accounts[login].pk, at.date()) for login in names)
    content = Content(title=story.title, lead=story.lead, body=body_of(story.body), byline=writer.name)
    told: dict[str, Any] = {"agency": town.units[code], "category": story.category, "content": content}
    if story.picture:
        article = _illustrated(writer, at, told, story.picture, number)
    else:
        article = begin(actor=writer, at=at, **told)
    _let_out(article, writer, editor, leader, at)
    if story.english:
        made = translate(actor=writer, at=at, article=article, language="en")
        own = replace(content, title=story.english["title"], lead=story.english["lead"])
        body = body_of(story.english["body"])
        write(actor=writer, at=at, article=made, base=1, content=replace(own, body=body))
        _let_out(made, writer, editor, leader, at)


def _let_out(article: Article, writer: Actor, editor: Actor, leader: Actor, at: datetime) -> None:
    present(actor=writer, at=at, article=article)
    pass_on(actor=editor, at=at, article=article)
    publish(actor=leader, at=at, article=article)


def _illustrated(writer: Actor, at: datetime, told: dict[str, Any], picture: Mapping[str, str], number: int) -> Article:
    """Begun with a picture, which is then described and moved below the first paragraph."""
    brought = [("ruong-bac-thang.jpg", io.BytesIO(terraces(number)))]
    article = begin_with(actor=writer, at=at, files=brought, **told).article
    *body, block = content_of(article).body
    body.insert(
        1, replace(block, credit="Tranh minh họa", consent="none_seen", alt=picture["alt"], caption=picture["caption"])
    )
    write(actor=writer, at=at, article=article, base=1, content=replace(told["content"], body=tuple(body)))
    return article


def _commune() -> tuple[str, str, str]:
    """Who writes, edits and lets out in the commune of the cast."""
    writer, chief = holders(COMMUNE + ".vhxh", "specialist")[0], holders(COMMUNE + ".vp", "office-chief")[0]
    return writer.login, chief.login, "binh"
