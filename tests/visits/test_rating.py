"""Rating: one tap, one vote a browser and day, the last one; nobody can be found in it."""

from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection

from tests.cast import AT, Cast
from tests.visits.portal import ARTICLE
from tram.audit.models import Event
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.visits.commands.rating import forget_votes, rate
from tram.visits.models import DayKey, Rating, Vote
from tram.visits.queries import Stars, ratings_of

DRAFT = "tests.page/2"
pytestmark = pytest.mark.usefixtures("shown")


def tap(score: int, address: str = "203.0.113.7", agent: str = "Chrome", days: int = 0, page: str = ARTICLE) -> int:
    return rate(
        actor=ANONYMOUS, at=AT + timedelta(days=days), page=page, score=score, address=address, agent=agent
    )  # fmt: skip


def sums() -> tuple[int, ...]:
    row = Rating.objects.get(page=ARTICLE)
    return (row.ones, row.twos, row.threes, row.fours, row.fives)


def test_a_score_is_shown_from_five_votes_on(cast: Cast) -> None:
    for number in range(4):
        tap(5, f"203.0.113.{number}")
    assert ratings_of([ARTICLE, DRAFT]) == {}
    tap(2, "203.0.113.9")
    assert ratings_of([ARTICLE, DRAFT]) == {ARTICLE: Stars(Decimal("4.4"), 5, (0, 1, 0, 0, 4))}


def test_a_second_tap_replaces_the_first_and_the_same_one_changes_nothing(cast: Cast) -> None:
    assert (tap(1), tap(4), tap(4)) == (0, 1, 4)
    assert sums() == (0, 0, 0, 1, 0) and Vote.objects.count() == 1
    assert tap(4, days=1) == 0 and sums() == (0, 0, 0, 2, 0), "another day is another vote"


def test_one_network_has_ten_votes_for_a_page(cast: Cast) -> None:
    for number in range(10):
        tap(5, agent=f"trình duyệt {number}")
    with pytest.raises(WrongState, match="Ngày mai"):
        tap(5, agent="trình duyệt 10")
    assert tap(1, agent="trình duyệt 3") == 5, "whoever has voted may still think better of it"
    assert sums() == (1, 0, 0, 0, 9)
    assert tap(3, "203.0.113.8", "trình duyệt 10") == 0


def test_a_network_in_a_hurry_is_held_back_over_all_pages(cast: Cast) -> None:
    for number in range(20):
        tap(1 + number % 5)
    with pytest.raises(WrongState, match="10 phút"):
        tap(3)


def test_what_is_not_public_cannot_be_rated(cast: Cast) -> None:
    for page in (DRAFT, "nobody.page/1", "x", ""):
        with pytest.raises(Refused):
            tap(5, page=page)
    for score in (0, 6, -1):
        with pytest.raises(Invalid):
            tap(score)
    assert not Rating.objects.exists() and not Vote.objects.exists()


def test_nobody_is_found_in_what_is_kept_and_the_day_takes_its_marks(cast: Cast) -> None:
    before = Event.objects.count()
    tap(5, "198.51.100.23", "Chrome của Hoa")
    with connection.cursor() as cursor:
        told = ""
        for table in ("visits_vote", "visits_daykey", "visits_rating"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            told += str(cursor.fetchall())
        cursor.execute("SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'")
        unlogged = {name for (name,) in cursor.fetchall()}
    assert "198.51" not in told and "Chrome" not in told and unlogged == {"visits_vote", "visits_daykey"}
    assert Event.objects.count() == before, "no record says when a stranger acted"
    old = Vote.objects.get()
    forget_votes(actor=Actor.system(), at=AT)
    assert Vote.objects.count() == 1, "today's marks are needed yet"
    forget_votes(actor=Actor.system(), at=AT + timedelta(days=1))
    assert not Vote.objects.exists() and not DayKey.objects.exists() and sums() == (0, 0, 0, 0, 1)
    tap(5, "198.51.100.23", "Chrome của Hoa", days=1)
    assert bytes(Vote.objects.get().voter) != bytes(old.voter), "the mark of another day says nothing of this one"
    with pytest.raises(Refused):
        forget_votes(actor=cast.son, at=AT)


@pytest.mark.django_db(transaction=True)
def test_who_tap_at_once_add_up_and_one_who_taps_twice_at_once_is_one(transactional_db: None) -> None:
    faults: list[BaseException] = []

    def vote(number: int) -> None:
        try:
            tap(1 + number % 5, f"203.0.113.{number // 2}")
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [Thread(target=vote, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults and sum(sums()) == Vote.objects.count() == 6
    assert DayKey.objects.count() == 1
