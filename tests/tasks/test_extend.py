"""More time is asked for, not taken; every deadline stays on record."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.tasks.work import DUE, given
from tram.kernel.verdicts import Invalid, WrongState
from tram.notifications.models import Notice
from tram.tasks.commands.due import answer_extension, ask_extension, change_due
from tram.tasks.commands.give import hand
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import finish, give_back, submit
from tram.tasks.models import Task
from tram.tasks.policy import verbs
from tram.tasks.queries import actions, due_history, inbox

LATER = DUE + timedelta(days=7)
TODAY = AT.date()


def test_the_wish_is_a_task_of_who_may_grant_it_and_granting_moves_the_day(cast: Cast) -> None:
    task = given(cast, to="lan")
    asked = ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=LATER, reason="Chờ số liệu 3 xã")
    (row,) = inbox(cast.son, TODAY).rows
    assert (row.title, row.verbs[0]) == ("Xin gia hạn: Trả lời xã Tả Phìn", "tra-loi-gia-han")
    assert (row.giver, row.due_on) == ("Hoàng Thị Lan", DUE)
    assert Task.objects.get(pk=task.pk).due_on == DUE
    answer_extension(actor=cast.son, at=AT, extension=asked, granted=True, answer="")
    assert Task.objects.get(pk=task.pk).due_on == LATER
    assert [(change["before"], change["after"]) for change in due_history(task.pk)] == [(DUE, LATER)]
    assert inbox(cast.son, TODAY).rows == []
    assert "được gia hạn" in Notice.objects.filter(post=cast.posts["lan"].pk).latest("pk").sentence


def test_a_refusal_says_why_and_leaves_the_day(cast: Cast) -> None:
    task = given(cast, to="lan")
    asked = ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=LATER, reason="Chờ số liệu")
    with pytest.raises(Invalid, match="lý do không đồng ý"):
        answer_extension(actor=cast.son, at=AT, extension=asked, granted=False, answer="")
    answer_extension(actor=cast.son, at=AT, extension=asked, granted=False, answer="Tỉnh cần gấp")
    assert Task.objects.get(pk=task.pk).due_on == DUE
    with pytest.raises(WrongState):
        answer_extension(actor=cast.son, at=AT, extension=asked, granted=True, answer="")


def test_a_wish_is_answered_and_in_no_other_way_ended(cast: Cast) -> None:
    asked = ask_extension(actor=cast.lan, at=AT, task=given(cast, to="lan"), wanted_on=LATER, reason="Chờ")
    for command, words in ((finish, {"result": "Xong"}), (give_back, {"reason": "Thôi"})):
        with pytest.raises(WrongState, match="đồng ý hoặc không đồng ý"):
            command(actor=cast.son, at=AT, task=asked.request, **words)
    with pytest.raises(WrongState, match="đồng ý hoặc không đồng ý"):
        ask_extension(actor=cast.son, at=AT, task=asked.request, wanted_on=LATER, reason="Chờ")
    assert "gia-han" not in verbs(cast.son, asked.request, TODAY)


def test_the_page_of_the_thing_offers_to_answer_the_wish(cast: Cast) -> None:
    task = given(cast, to="lan")
    ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=LATER, reason="Chờ")
    steps = [step["slug"] for action in actions(cast.son, task.ref, TODAY) for step in action["verbs"]]
    assert "tra-loi-gia-han" in steps


def test_within_the_givers_day_the_head_who_handed_it_out_answers(cast: Cast) -> None:
    early = DUE - timedelta(days=4)
    task = hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"], due_on=early)
    inside = ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=DUE, reason="Chờ số liệu")
    assert inside.request.post_id == cast.posts["dung"].pk
    answer_extension(actor=cast.dung, at=AT, extension=inside, granted=True, answer="Được")
    beyond = ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=LATER, reason="Chờ số liệu")
    assert beyond.request.post_id == cast.posts["son"].pk


@pytest.mark.parametrize(("wanted", "reason"), [(DUE, "Chờ"), (TODAY, "Chờ"), (LATER, "")])
def test_a_wish_names_a_later_day_and_a_reason(cast: Cast, wanted: object, reason: str) -> None:
    with pytest.raises(Invalid):
        ask_extension(actor=cast.lan, at=AT, task=given(cast, to="lan"), wanted_on=wanted, reason=reason)


def test_one_wish_at_a_time(cast: Cast) -> None:
    task = given(cast, to="lan")
    ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=LATER, reason="Chờ")
    with pytest.raises(Invalid, match="đang chờ trả lời"):
        ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=LATER, reason="Chờ nữa")


def test_the_giver_moves_the_day_and_a_head_only_to_an_earlier_one(cast: Cast) -> None:
    task = given(cast)
    with pytest.raises(Invalid, match="xin gia hạn"):
        change_due(actor=cast.dung, at=AT, task=task, due_on=LATER, reason="Nhiều việc")
    change_due(actor=cast.dung, at=AT, task=task, due_on=DUE - timedelta(days=1), reason="Trình sớm")
    task = change_due(actor=cast.son, at=AT, task=task, due_on=LATER, reason="Tỉnh lùi họp")
    assert (task.due_on, task.given_due_on, task.first_due_on) == (LATER, LATER, DUE)
    with pytest.raises(Invalid, match="lý do đổi hạn"):
        change_due(actor=cast.son, at=AT, task=task, due_on=DUE, reason="")


def test_the_day_of_ended_work_stays_as_it_was(cast: Cast) -> None:
    task = submit(actor=cast.lan, at=AT, task=given(cast, to="lan"), result="Xong")
    task = confirm(actor=cast.son, at=AT, task=task)
    with pytest.raises(WrongState, match="Hoàn thành"):
        change_due(actor=cast.son, at=AT, task=task, due_on=LATER, reason="Sửa sổ")
