"""Commands on several at once: each article, each old file goes its own step with its own record, or says why not."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from datetime import datetime
from functools import partial

from tram.audit.commands import atomic, together
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.news.commands.old import confirm
from tram.news.commands.publish import pass_on, present, publish
from tram.news.models import Article, OldFile


def _publish(*, actor: Actor, at: datetime, article: Article, seen: int) -> object:
    """Let one out as whoever let it out before chose."""
    until = article.expires_at if article.expires_at and article.expires_at > at else None
    return publish(
        actor=actor, at=at, article=article, seen=seen, expires_at=until,
        takes_comments=article.takes_comments, takes_ratings=article.takes_ratings,
    )  # fmt: skip


STEPS: dict[str, Callable[..., object]] = {"present": present, "pass_on": pass_on, "publish": _publish}
"""What several articles may do together."""
UNRECORDED = {
    "move_all": "each article leaves the record of its own step",
    "confirm_all": "each old file leaves the record of its own",
}
MOST = 100
"""At once; four pages of a list. Until the last is out, nobody in the province lets anything out."""
Left = list[tuple[str, str]]
"""Titles of what stayed as it was, each with the sentence that says why."""


@atomic
def move_all(*, actor: Actor, at: datetime, step: str, articles: Mapping[int, int]) -> tuple[int, Left]:
    """Take one of `STEPS` with several articles: how many went, and of each other one why not.

    `articles`: key -> the revision that was read. Raises Invalid for more than `MOST`.
    """
    _not_too_many(articles)
    originals = Article.objects.filter(pk__in=articles).exclude(original=None).values_list("original", flat=True)
    # all before the first is let out: from then on this holds the site of the portal, for which others wait with an article in hand
    held = Article.objects.select_for_update().filter(pk__in=[*articles, *originals]).order_by("pk")
    found = [one for one in held if one.pk in articles]
    return _each(
        (one.title, partial(STEPS[step], actor=actor, at=at, article=one, seen=articles[one.pk])) for one in found
    )


@atomic
def confirm_all(*, actor: Actor, at: datetime, files: Sequence[int], category: str) -> tuple[int, Left]:
    """Make the drafts of several old files, each with the changes agreed to so far: how many, and of each other one why not.

    Raises Invalid for more than `MOST`.
    """
    _not_too_many(files)
    found = OldFile.objects.filter(pk__in=files).order_by("pk")
    return _each((one.title, partial(confirm, actor=actor, at=at, file=one, category=category)) for one in found)


def _not_too_many(told: Sized) -> None:
    if len(told) > MOST:
        raise Invalid({"many": f"Đã đánh dấu {len(told)} dòng. Mỗi lần làm không quá {MOST}."})


def _each(acts: Iterable[tuple[str, Callable[[], object]]]) -> tuple[int, Left]:
    done, left = 0, []
    for title, act in acts:
        try:
            with together():
                act()
        except (Invalid, Refused, WrongState) as why:
            left.append((title, str(why)))
        else:
            done += 1
    return done, left
