"""Readers of the demo who get mail of what is new: most of them of the press and of documents, one who has not confirmed yet."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from tram.alerts.commands.asking import ask, confirm
from tram.alerts.commands.sending import open_confirmation
from tram.alerts.models import Request
from tram.alerts.queries import topic_word
from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.people import HOME
from tram.kernel.actors import ANONYMOUS, Actor

READERS, DAYS_AGO, MINUTE = 14, 20, 90
CHOSEN = (
    ("news/press", "documents"),
    ("news/press",),
    ("drafts", "figures"),
    ("news/notice", "news/reform", "documents"),
)
"""What they chose, in turn; every third of the Sở alone."""


def subscribed(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done, and when: all of it in one morning."""
    at = on_hour(later(today, -DAYS_AGO, works), MINUTE)
    for number in range(READERS):
        agency = town.units[HOME].pk if number % 3 == 2 else 0
        yield at, partial(_subscribe, f"ban-doc-{number + 1}@tram.example", CHOSEN[number % len(CHOSEN)], agency, at)
    at = on_hour(today, 0)
    yield at, partial(_ask, "chua-xac-nhan@tram.example", [topic_word("news/press", 0)], False, at)


def _ask(address: str, topics: list[str], is_hourly: bool, at: datetime) -> None:
    ask(actor=ANONYMOUS, at=at, address=address, topics=topics, is_hourly=is_hourly, consents=True)


def _subscribe(address: str, codes: tuple[str, ...], agency: int, at: datetime) -> None:
    """Asked and confirmed: what lies in the mailbox is opened here, for the demo has none."""
    told: dict[str, Any] = {"topics": [topic_word(code, agency) for code in codes], "is_hourly": "news/press" in codes}
    _ask(address, at=at, **told)
    letter = open_confirmation(actor=Actor.system(), at=at, request=Request.objects.latest("pk").pk)
    assert letter is not None
    confirm(actor=ANONYMOUS, at=at, secret=letter.secret, **told)
