"""Every command refuses whoever may not, a stranger first; and who may read a task is told the same twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import AT, PEOPLE, Cast
from tests.tasks.work import DUE, given
from tram.kernel.verdicts import Refused
from tram.tasks.commands.due import answer_extension, ask_extension, change_due
from tram.tasks.commands.give import Subject, assign, claim, hand, order, recall, transfer, unhand
from tram.tasks.commands.judge import close_unfinished, confirm, send_back
from tram.tasks.commands.work import accept, finish, give_back, hide, read, report_progress, show, submit
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.tasks.policy import may_see
from tram.tasks.queries import visible_to

LATER = DUE + timedelta(days=7)
STEPS: list[tuple[Callable[..., object], dict[str, Any]]] = [
    (read, {}),
    (accept, {}),
    (report_progress, {"percent": 10, "text": "Đang làm"}),
    (submit, {"result": "Xong"}),
    (finish, {"result": "Xong"}),
    (give_back, {"reason": "Không đúng phần việc"}),
    (hide, {"until": LATER}),
    (show, {}),
    (claim, {}),
    (unhand, {}),
    (recall, {"reason": "Nhầm"}),
    (confirm, {}),
    (send_back, {"reason": "Thiếu"}),
    (close_unfinished, {"reason": "Dừng"}),
    (change_due, {"due_on": LATER, "reason": "Chậm"}),
    (ask_extension, {"wanted_on": LATER, "reason": "Chậm"}),
]


@pytest.mark.parametrize(("command", "words"), STEPS, ids=[command.__name__ for command, _ in STEPS])
@pytest.mark.parametrize("who", ["tuan", "thu", "nga", "hoa"])
def test_a_stranger_may_do_nothing_with_the_work_of_others(
    cast: Cast, command: Callable[..., object], words: dict[str, Any], who: str
) -> None:
    task = given(cast, to="lan")
    with pytest.raises(Refused):
        command(actor=cast.actor(who), at=AT, task=task, **words)
    assert Task.objects.get(pk=task.pk).state == "assigned"


def test_a_stranger_may_not_hand_on_or_move_work(cast: Cast) -> None:
    task = given(cast)
    for who in ("tuan", "thu", "lan", "phuc"):
        with pytest.raises(Refused, match="lãnh đạo đơn vị"):
            hand(actor=cast.actor(who), at=AT, task=task, to=cast.posts["lan"])
        with pytest.raises(Refused):
            transfer(actor=cast.actor(who), at=AT, task=task, to=cast.it, word="Thuộc phòng khác")


def test_a_head_hands_work_to_people_of_the_unit_only(cast: Cast) -> None:
    with pytest.raises(Refused, match="trong đơn vị mình"):
        hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["nga"])


def test_work_leaves_an_agency_by_no_hand(cast: Cast) -> None:
    with pytest.raises(Refused, match="cùng cơ quan"):
        transfer(actor=cast.son, at=AT, task=given(cast), to=cast.budget, word="Việc của Sở Tài chính")


@pytest.mark.parametrize(("who", "kind"), [("lan", Kind.HANDLE), ("hoa", Kind.HANDLE), ("thu", Kind.DIRECT)])
def test_who_may_not_give_work_is_told_who_may(cast: Cast, who: str, kind: Kind) -> None:
    with pytest.raises(Refused, match="lãnh đạo"):
        assign(
            actor=cast.actor(who),
            at=AT,
            kind=kind,
            unit=cast.telecoms,
            about=Subject("organisation.unit/1", "", "Việc"),
        )
    with pytest.raises(Refused, match="lãnh đạo"):
        order(actor=cast.lan, at=AT, unit=cast.telecoms, title="Việc", product="Báo cáo", due_on=DUE)


def test_a_clerk_may_lay_a_letter_before_the_director(cast: Cast) -> None:
    assert given(cast, Kind.DIRECT, by="hoa", to="son").turn_post_id == cast.posts["son"].pk


def test_only_who_is_asked_grants_more_time(cast: Cast) -> None:
    asked = ask_extension(actor=cast.lan, at=AT, task=given(cast, to="lan"), wanted_on=LATER, reason="Chờ số liệu")
    for who in ("lan", "dung", "tuan"):
        with pytest.raises(Refused, match="người giao"):
            answer_extension(actor=cast.actor(who), at=AT, extension=asked, granted=True, answer="")


def test_out_of_a_units_inbox_only_the_head_gives_back_or_hides(cast: Cast) -> None:
    task = given(cast)
    with pytest.raises(Refused, match="lãnh đạo đơn vị"):
        hide(actor=cast.lan, at=AT, task=task, until=LATER)
    with pytest.raises(Refused, match="lãnh đạo đơn vị"):
        give_back(actor=cast.lan, at=AT, task=task, reason="Không thuộc phòng")
    assert give_back(actor=cast.dung, at=AT, task=task, reason="Không thuộc phòng").state == "returned"


def test_the_list_and_the_single_check_agree_over_the_whole_cast(cast: Cast) -> None:
    handed = hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"])
    tasks = [given(cast), handed, given(cast, to="nga"), given(cast, Kind.DIRECT, by="hoa", to="son")]
    for login, *_ in PEOPLE:
        actor = cast.actor(login)
        seen = set(visible_to(actor, AT.date()).values_list("pk", flat=True))
        assert seen == {task.pk for task in tasks if may_see(actor, task, AT.date())}, login
