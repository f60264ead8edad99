"""Parts that the commands of articles share: whose turn it is lies as work in an inbox, and the writer hears of the end."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from tram.kernel.actors import LEADERS, Actor
from tram.news.models import Article
from tram.news.policy import EDITORS
from tram.news.rules.desk import days as days_of
from tram.notifications.commands import notify
from tram.organisation.models import Post
from tram.organisation.queries import calendar_of, seat_asked, seats_of_agency
from tram.tasks.commands.give import Subject, assign
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind
from tram.tasks.models import Task

LETTING_OUT = (("publisher",), ("director", "chair"), sorted(LEADERS))
"""Who is asked to let an article out, the more fitting first."""


def ask_editor(actor: Actor, at: datetime, article: Article) -> None:
    """Part: the article waits for an editor, another person than who presents it where there is one."""
    seats = [[role] for role in EDITORS]
    word = f"Biên tập bản {article.number}"
    _ask(actor, at, article, Kind.REVIEW, seats, word, {actor.account}, {None}, days=days_of()["edit"])


def ask_publisher(actor: Actor, at: datetime, article: Article, author: int) -> None:
    """Part: the article waits for whoever lets it out: nobody who wrote of it. `author`: who saved the newest revision."""
    wrote = {article.writer_id, author, article.corrected_by_id}
    word = f"Duyệt đăng bản {article.number}"
    _ask(actor, at, article, Kind.APPROVE, LETTING_OUT, word, wrote, days=days_of()["publish"])


def ask_writer(actor: Actor, at: datetime, article: Article, reason: str) -> None:
    """Part: a returned article waits for its writer; for an editor where the writer has no seat in the agency any more."""
    seats = seats_of_agency(article.agency_id, at.date())
    own = next((seat for seat in seats if seat.account == article.writer_id), None)
    word = f"Sửa bài: {reason}"[:500]
    if own is None:
        _ask(actor, at, article, Kind.REVIEW, [[role] for role in EDITORS], word)
    elif actor.account != article.writer_id:
        _give(actor, at, article, Kind.REVIEW, own.post, word)


def end_duty(actor: Actor, at: datetime, article: Article, result: str) -> None:
    """Part: what was asked about the article has happened."""
    for task in Task.objects.filter(about=article.ref, ended_at=None).order_by("pk"):
        fulfil(actor=_giver(actor, article), at=at, task=task, result=result)


def tell_writer(actor: Actor, at: datetime, article: Article, kind: str, **words: Any) -> None:
    """Part: a notice to whoever began the article."""
    notify(
        actor=actor, at=at, kind=kind, about=article.ref, url=f"/tin-bai/{article.pk}", to_accounts=[article.writer_id],
        title=article.title, **words,
    )  # fmt: skip


def _ask(
    actor: Actor, at: datetime, article: Article, kind: Kind, roles: Sequence[Sequence[str]], word: str,
    *passed_over: Collection[int | None], days: int = 0,
) -> None:  # fmt: skip
    """For the first seat that is taken; `passed_over`: accounts that are not asked, the stricter choice first. `days`: working days to do it in."""
    choices = passed_over or ((),)
    found = (seat_asked(roles, article.agency_id, at.date(), but) for but in choices)
    seat = next((seat for seat in found if seat is not None), None)
    _give(actor, at, article, kind, seat.post if seat else None, word, days)


def _give(actor: Actor, at: datetime, article: Article, kind: Kind, post: int | None, word: str, days: int = 0) -> None:
    seat = Post.objects.select_related("unit").get(pk=post) if post else None
    about = Subject(article.ref, f"/tin-bai/{article.pk}", article.title, f"Tin bài · {article.writer_name}"[:300])
    unit = seat.unit if seat else article.agency
    due_on = calendar_of(article.agency_id).add(at.date(), days) if days else None
    giver = _giver(actor, article)
    assign(actor=giver, at=at, kind=kind, unit=unit, post=seat, about=about, note=word, due_on=due_on)


def _giver(actor: Actor, article: Article) -> Actor:
    """Who gives and ends the work: the actor in the agency itself; for the others, whose rights were asked, the installation."""
    return actor if actor.agency == article.agency_id else Actor.system()
