"""The province's portal: a handful of articles, each written, edited and let out by three people through the commands."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
from tram.news.commands.old import confirm, take_in
from tram.news.commands.publish import pass_on, present, publish
from tram.news.commands.write import Content, begin, body_of, translate, write
from tram.news.models import Article
from tram.news.queries.articles import content as content_of
from tram.organisation.queries import actor_of

BELL = Path(__file__).parent / "bell.mp3"
"""Three strokes of a bell, made by code: no recording of anything."""
OLD_AGO = 33
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
    recording: Mapping[str, str] | None = None
    """Caption and words of the bell that is heard in it: nobody speaks."""
    also: tuple[str, ...] = ()
    """Further categories that list it."""
    procedure: str = ""
    """To what it is the guide."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language -> title, lead, body, and the caption of the recording."""


@cache
def _told() -> dict[str, Any]:
    return dict(yaml.safe_load((Path(__file__).parent / "articles.yaml").read_text(encoding="utf-8")))


@cache
def stories() -> tuple[Story, ...]:
    """The articles of the demo, the oldest first."""
    return tuple(Story(**row) for row in _told()["articles"])


def told(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done for each article, and when: of each, all in the minute in which it is let out."""
    for number, story in enumerate(stories()):
        at = on_hour(later(today, -story.ago, works), MINUTES_OF_DAY[number % len(MINUTES_OF_DAY)])
        yield at, partial(_tell, town, story, at, number)
    at = on_hour(later(today, -OLD_AGO, works), MINUTES_OF_DAY[0])
    yield at, partial(_bring_back, town, at)


def _bring_back(town: Town, at: datetime) -> None:
    """An old article: read by the machine, confirmed by an editor, let out by another person; it stands at its own day."""
    editor, leader = (actor_of(town.accounts[login].pk, at.date()) for login in ("minh", "son"))
    file = take_in(actor=editor, at=at, agency=town.units[HOME], name="bai-cu-2007.txt", data=_told()["old"].encode())
    _let_out(confirm(actor=editor, at=at, file=file), editor, editor, leader, at)


def _tell(town: Town, story: Story, at: datetime, number: int) -> None:
    code, names = (HOME, ("lan", "minh", "son")) if story.whose == "home" else (COMMUNE, _commune())
    writer, editor, leader = (actor_of(town.accounts[login].pk, at.date()) for login in names)
    content = Content(
        title=story.title, lead=story.lead, body=body_of(story.body), byline=writer.name, procedure=story.procedure
    )
    told: dict[str, Any] = {
        "agency": town.units[code],
        "category": story.category,
        "also": story.also,
        "content": content,
    }
    brought = _brought(story, number)
    article = _illustrated(writer, at, told, *brought) if brought else begin(actor=writer, at=at, **told)
    _let_out(article, writer, editor, leader, at)
    for language, words in story.translations.items():
        made = translate(actor=writer, at=at, article=article, language=language)
        sounds = [block for block in content_of(made).body if block.kind == "recording"]
        said = [replace(block, caption=words["caption"], written="vi") for block in sounds]
        own = replace(content, title=words["title"], lead=words["lead"], body=(*body_of(words["body"]), *said))
        write(actor=writer, at=at, article=made, base=1, content=own)
        _let_out(made, writer, editor, leader, at)


def _let_out(article: Article, writer: Actor, editor: Actor, leader: Actor, at: datetime) -> None:
    present(actor=writer, at=at, article=article)
    pass_on(actor=editor, at=at, article=article)
    publish(actor=leader, at=at, article=article)


def _brought(story: Story, number: int) -> tuple[str, bytes, dict[str, str]] | None:
    """A picture or a sound for an article: its name, its bytes, what is said of it."""
    if story.picture:
        said = {"credit": "Tranh minh họa", "consent": "none_seen", **story.picture}
        return "ruong-bac-thang.jpg", terraces(number), said
    if story.recording:
        return "chuong.mp3", BELL.read_bytes(), {"consent": "none_heard", "written": "vi", **story.recording}
    return None


def _illustrated(
    writer: Actor, at: datetime, told: dict[str, Any], name: str, data: bytes, said: dict[str, str]
) -> Article:
    """Begun with a file, which is then described and moved below the first paragraph."""
    article = begin_with(actor=writer, at=at, files=[(name, io.BytesIO(data))], **told).article
    *body, block = content_of(article).body
    body.insert(1, replace(block, **said))  # type: ignore[arg-type]
    write(actor=writer, at=at, article=article, base=1, content=replace(told["content"], body=tuple(body)))
    return article


def _commune() -> tuple[str, str, str]:
    """Who writes, edits and lets out in the commune of the cast."""
    writer, chief = holders(COMMUNE + ".vhxh", "specialist")[0], holders(COMMUNE + ".vp", "office-chief")[0]
    return writer.login, chief.login, "binh"
