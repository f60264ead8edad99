"""Rating a page, 1 to 5, by anybody: a vote of today is known by marks alone, and forgotten when the day is over."""

import secrets
from datetime import date, datetime
from math import ceil

from django.db import connection
from django.db.models import F

from tram.audit.commands import atomic
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid, WrongState
from tram.visits.models import DayKey, Rating, Vote
from tram.visits.policy import may_count, may_rate
from tram.visits.queries import named
from tram.visits.rules import Hurry, mark_of, network_of, settled

UNRECORDED = {
    "rate": "a record for ever would say when a stranger acted; only sums of votes are kept",
    "forget_votes": "marks of a day that is over go by the clock; the sums stay",
}
HELD = ("ones", "twos", "threes", "fours", "fives")
hurry = Hurry(**settled()["rating"]["hurry"])
TOO_OFTEN = "Mạng của bạn vừa gửi quá nhiều đánh giá. Chờ {minutes} phút rồi thử lại."
ENOUGH = "Hôm nay đã có đủ phiếu cho trang này từ mạng của bạn. Ngày mai bạn đánh giá được."
HOLD = (
    "INSERT INTO visits_rating (page, agency_id, ones, twos, threes, fours, fives)"
    " VALUES (%s, %s, 0, 0, 0, 0, 0) ON CONFLICT (page) DO UPDATE SET page = excluded.page"
)
"""The page's row, locked until the vote is in: votes of one page come one after the other."""


@atomic
def rate(*, actor: Actor, at: datetime, page: str, score: int, address: str, agent: str) -> int:
    """Give a public page a score, 1 to 5; a later one from the same browser on the same day replaces it. What it was
    before comes back, 0 for none.

    Of `address` and `agent` only two marks are kept, until the day is over. Raises Invalid, Refused (the page is not
    public, or asks for no score), WrongState (too many from one network).
    """
    if not 1 <= score <= 5:
        raise Invalid({"score": "Chọn một điểm từ 1 đến 5."})
    found = named([page]).get(page)
    may_rate(found is not None, found is None or found.is_rated).or_refuse()
    assert found
    if hurry.is_too_much(address):
        raise WrongState(TOO_OFTEN.format(minutes=ceil(hurry.seconds / 60)))
    on = local_day(at)
    key, network = _key_of(on), network_of(address)
    voter, house = mark_of(key, network, agent), mark_of(key, network)
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [page, found.agency])
    vote = Vote.objects.filter(page=page, on=on, voter=voter).first()
    before = vote.score if vote else 0
    if before == score:
        return before
    if vote is None:
        of_house = Vote.objects.filter(page=page, on=on, network=house).count()
        if of_house >= settled()["rating"]["voters_of_network"]:
            raise WrongState(ENOUGH)
        Vote.objects.create(page=page, on=on, voter=voter, network=house, score=score)
    else:
        Vote.objects.filter(pk=vote.pk).update(score=score)
    _move(page, before, score)
    return before


def _move(page: str, before: int, score: int) -> None:
    moved = {HELD[score - 1]: 1} | ({HELD[before - 1]: -1} if before else {})
    Rating.objects.filter(pk=page).update(**{name: F(name) + step for name, step in moved.items()})


def _key_of(day: date) -> bytes:
    """The key of a day, one for all processes: made by the first who asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO visits_daykey ("on", key) VALUES (%s, %s) ON CONFLICT ("on") DO NOTHING',
            [day, secrets.token_bytes(32)],
        )
    return bytes(DayKey.objects.get(on=day).key)


@atomic
def forget_votes(*, actor: Actor, at: datetime) -> None:
    """Throw away the marks and the key of every day that is over. No score changes."""
    may_count(actor).or_refuse()
    on = local_day(at)
    DayKey.objects.filter(on__lt=on).delete()
    Vote.objects.filter(on__lt=on).delete()
