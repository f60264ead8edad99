"""Work goes from the unit to a person, to another unit, back again; of two who claim at once one holds it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import AT, Cast, build
from tests.tasks.work import DUE, given
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.tasks.commands.give import claim, hand, transfer, unhand
from tram.tasks.commands.work import accept, hide, read, show, submit
from tram.tasks.models import Task
from tram.tasks.queries import awaited, holdings_of, in_unit_inbox, inbox, loads

TODAY = AT.date()


def test_a_units_inbox_is_everybodys_there_until_one_claims(cast: Cast) -> None:
    task = given(cast)
    assert [row.in_unit_inbox for row in inbox(cast.lan, TODAY).rows] == [True]
    claim(actor=cast.lan, at=AT, task=task)
    assert inbox(cast.dung, TODAY).rows == []
    assert [row.in_unit_inbox for row in inbox(cast.lan, TODAY).rows] == [False]
    with pytest.raises(Refused, match="hộp việc chung"):
        claim(actor=cast.dung, at=AT, task=task)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_holds_it(transactional_db: None) -> None:
    cast = build()
    task = given(cast)

    def tries(actor: Actor) -> bool:
        try:
            return bool(claim(actor=actor, at=AT, task=task))
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        outcomes = list(two.map(tries, [cast.actor("lan"), cast.actor("dung")]))
    assert sorted(outcomes) == [False, True]
    assert task.holdings.filter(until_at=None).count() == 1
    assert [hold.how for hold in holdings_of(task.pk)] == ["được giao", "tự nhận"]


def test_handed_work_is_new_to_its_new_holder(cast: Cast) -> None:
    task = given(cast)
    read(actor=cast.dung, at=AT, task=task)
    hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"], word="Lan dự thảo trả lời")
    (row,) = inbox(cast.lan, TODAY).rows
    assert (row.is_read, row.last_word) == (False, "Lan dự thảo trả lời")
    read(actor=cast.lan, at=AT, task=task)
    assert inbox(cast.lan, TODAY).rows[0].is_read


def test_a_head_sets_an_earlier_day_never_a_later_one(cast: Cast) -> None:
    task = given(cast)
    with pytest.raises(Invalid, match="xin gia hạn"):
        hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"], due_on=DUE + timedelta(days=1))
    task = hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"], due_on=DUE - timedelta(days=2))
    assert (task.due_on, task.given_due_on) == (DUE - timedelta(days=2), DUE)


def test_handing_to_who_already_holds_it_changes_nothing(cast: Cast) -> None:
    with pytest.raises(WrongState, match="Hoàng Thị Lan"):
        hand(actor=cast.dung, at=AT, task=given(cast, to="lan"), to=cast.posts["lan"])


def test_a_handing_is_taken_back_while_nobody_read_it(cast: Cast) -> None:
    task = hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"], due_on=DUE - timedelta(days=2))
    task = unhand(actor=cast.dung, at=AT, task=task)
    assert (task.post_id, task.due_on, task.handed_by_id) == (None, DUE, None)
    assert [row.id for row in in_unit_inbox(cast.dung, cast.telecoms.pk, TODAY)[0]] == [task.pk]
    task = hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"])
    accept(actor=cast.lan, at=AT, task=task)
    with pytest.raises(WrongState, match="đã xem"):
        unhand(actor=cast.dung, at=AT, task=task)


def test_transferred_work_lies_in_the_other_units_inbox_with_its_reason(cast: Cast) -> None:
    task = transfer(actor=cast.dung, at=AT, task=given(cast), to=cast.it, word="Thuộc phòng Chuyển đổi số")
    assert [row.last_word for row in inbox(cast.nga, TODAY).rows] == ["Thuộc phòng Chuyển đổi số"]
    assert inbox(cast.lan, TODAY).rows == []
    assert Task.objects.get(pk=task.pk).unit_id == cast.it.pk
    with pytest.raises(Invalid, match="lý do chuyển"):
        transfer(actor=cast.phuc, at=AT, task=task, to=cast.telecoms, word="")


def test_hidden_work_comes_back_on_its_day_or_when_it_changes_hands(cast: Cast) -> None:
    task = given(cast, to="lan")
    hide(actor=cast.lan, at=AT, task=task, until=TODAY + timedelta(days=3))
    assert inbox(cast.lan, TODAY).rows == [] and inbox(cast.lan, TODAY + timedelta(days=3)).rows
    show(actor=cast.lan, at=AT, task=task)
    assert inbox(cast.lan, TODAY).rows
    hide(actor=cast.lan, at=AT, task=task, until=TODAY + timedelta(days=3))
    submit(actor=cast.lan, at=AT, task=task, result="Xong")
    assert [row.id for row in inbox(cast.son, TODAY).rows] == [task.pk]


def test_loads_count_what_is_open_and_what_is_late(cast: Cast) -> None:
    for day in (TODAY, TODAY - timedelta(days=1), None):
        given(cast, to="lan", due_on=day)
    given(cast)
    assert loads(cast.telecoms.pk, TODAY) == {cast.posts["lan"].pk: (3, 1), None: (1, 0)}


def test_what_lies_with_others_is_awaited_by_who_gave_handed_or_handed_in(cast: Cast) -> None:
    task = hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"])
    assert [[row.id for row in awaited(who, TODAY)[0]] for who in (cast.son, cast.dung, cast.lan)] == [
        [task.pk],
        [task.pk],
        [],
    ]
    submit(actor=cast.lan, at=AT, task=task, result="Dự thảo")
    assert [len(awaited(who, TODAY)[0]) for who in (cast.son, cast.dung, cast.lan, cast.nga)] == [1, 0, 1, 0]
