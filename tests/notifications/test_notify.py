"""Who is told what, and what they do with it."""

from datetime import time, timedelta
from typing import Any

import pytest

from tests.search.conftest import NOW, somebody
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Hidden, Refused
from tram.notifications import commands, queries
from tram.notifications.sockets import Phrase, phrases

pytestmark = pytest.mark.django_db
LAN, DAY = somebody(post=3), NOW.date()
KIND = "tests.given"


@pytest.fixture(autouse=True)
def words() -> None:
    if KIND not in phrases:
        phrases.plug(KIND, Phrase("Việc được giao", "{actor} giao bạn việc “{title}”", "Bạn có một việc hạn chế mới"))


def tell(*, actor: Actor | None = None, kind: str = KIND, title: str = "Báo cáo quý", **options: Any) -> None:
    giver = actor or somebody(post=9)
    to = {"to_posts": [3]} | options
    commands.notify(actor=giver, at=NOW, kind=kind, about="tests.task/1", url="/viec/1", title=title, **to)


def test_the_holder_of_a_post_is_told_and_nobody_else() -> None:
    tell()
    assert [row.sentence for row in queries.notices(LAN, DAY).rows] == ["Hoa giao bạn việc “Báo cáo quý”"]
    assert queries.unread(LAN, DAY) == 1
    assert queries.unread(somebody(post=4), DAY) == 0


def test_an_account_is_told_and_nobody_of_their_own_act() -> None:
    boss = Actor(account=77, name="Sơn")
    tell(actor=boss, to_posts=[None], to_accounts=[1, 77, None])
    assert (queries.unread(LAN, DAY), queries.unread(boss, DAY)) == (1, 0)
    tell(actor=LAN)
    assert queries.unread(LAN, DAY) == 1


def test_what_is_restricted_is_never_quoted() -> None:
    tell(title="Tối kín", is_restricted=True)
    tell(kind="tests.unknown", title="Tối kín", is_restricted=True)
    assert not any("Tối kín" in row.sentence for row in queries.notices(LAN, DAY).rows)


def test_a_kind_without_words_is_told_as_the_audit_tells_it() -> None:
    tell(kind="notifications.preferred")
    assert queries.notices(LAN, DAY).rows[0].sentence == "Hoa đã đổi cách nhận thông báo"


def test_reading_marks_ones_own_and_only_those() -> None:
    for _ in range(3):
        tell()
    newest = queries.notices(LAN, DAY).rows[0]
    with pytest.raises(Hidden):
        commands.read(actor=somebody(post=4), at=NOW, notice=newest.pk)
    commands.read(actor=LAN, at=NOW, notice=newest.pk)
    commands.read(actor=LAN, at=NOW, notice=newest.pk)
    assert queries.unread(LAN, DAY) == 2
    commands.read_all(actor=LAN, at=NOW)
    assert queries.unread(LAN, DAY) == 0


def test_opening_a_thing_reads_what_was_said_about_it() -> None:
    tell()
    commands.read_about(actor=LAN, at=NOW, about="tests.task/2")
    assert queries.unread(LAN, DAY) == 1
    commands.read_about(actor=LAN, at=NOW, about="tests.task/1")
    assert queries.unread(LAN, DAY) == 0


def test_a_kind_switched_off_is_neither_shown_nor_counted() -> None:
    tell()
    on = {(one.kind, one.channel) for one in queries.preferences(1)} - {(KIND, "app")}
    commands.prefer(actor=LAN, at=NOW, switches_on=on)
    assert (queries.notices(LAN, DAY).rows, queries.unread(LAN, DAY)) == ([], 0)
    commands.prefer(actor=LAN, at=NOW, switches_on=on | {(KIND, "app")})
    assert queries.unread(LAN, DAY) == 1


def test_a_visitor_has_no_notices_and_tells_nobody() -> None:
    with pytest.raises(Refused):
        tell(actor=ANONYMOUS)
    with pytest.raises(Refused):
        commands.keep_quiet(actor=ANONYMOUS, at=NOW, since=time(21), until=time(6))


def test_pages_of_notices_join_without_gap_or_repeat() -> None:
    for number in range(45):
        tell(title=str(number))
    seen, below = [], 0
    while True:
        page = queries.notices(LAN, DAY, below)
        seen += [row.sentence for row in page.rows]
        below = page.next_below
        if not below:
            break
    assert seen == [f"Hoa giao bạn việc “{number}”" for number in reversed(range(45))]
    assert timedelta(0) <= NOW - queries.notices(LAN, DAY).rows[0].at


@pytest.mark.parametrize("rows", [1, 50])
def test_a_list_takes_the_same_number_of_queries(rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        tell()
    with django_assert_num_queries(1):  # the notices, with the silenced kinds as a part of the same query
        queries.notices(LAN, DAY)
    with django_assert_num_queries(1):  # the count for the menu
        queries.unread(LAN, DAY)
