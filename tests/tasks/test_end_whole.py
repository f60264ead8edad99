"""When work ends, what hung on it ends too; and whose file is shown as evidence is asked."""

from datetime import timedelta
from io import BytesIO

import pytest

from tests.cast import AT, Cast
from tests.tasks.work import DUE, given
from tram.audit.queries import what_happened
from tram.files.commands import store
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.organisation.commands.posts import end_post
from tram.tasks.commands.due import ask_extension
from tram.tasks.commands.give import hand, order, recall, transfer, unhand
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import report_progress, submit
from tram.tasks.models import Extension, Task
from tram.tasks.queries import due_history

LATER = DUE + timedelta(days=3)


def wish(cast: Cast, task: Task) -> Extension:
    return ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=LATER, reason="Chờ số liệu")


def test_a_wish_for_more_time_falls_away_with_the_work(cast: Cast) -> None:
    task = given(cast, to="lan")
    asked = wish(cast, task)
    recall(actor=cast.son, at=AT, task=task, reason="Giao nhầm")
    asked.refresh_from_db()
    assert (asked.state, asked.request.state, asked.request.ended_at) == ("lapsed", "recalled", AT)
    assert what_happened(asked.request.ref)[-1] == "tasks.recalled"


def test_a_wish_falls_away_when_the_work_is_confirmed(cast: Cast) -> None:
    task = given(cast, to="lan")
    wish(cast, task)
    confirm(actor=cast.son, at=AT, task=submit(actor=cast.lan, at=AT, task=task, result="Xong"))
    assert not Task.objects.filter(ended_at=None).exists()


def test_a_wish_is_answered_and_not_recalled_or_moved(cast: Cast) -> None:
    request = wish(cast, given(cast, to="lan")).request
    with pytest.raises(WrongState, match="xin gia hạn"):
        recall(actor=cast.son, at=AT, task=request, reason="Thôi")
    with pytest.raises(WrongState, match="xin gia hạn"):
        transfer(actor=cast.son, at=AT, task=request, to=cast.it, word="Chuyển")


@pytest.mark.parametrize("way", ["confirmed", "recalled"])
def test_supporting_parts_of_an_order_end_with_it(cast: Cast, way: str) -> None:
    lead = order(
        actor=cast.son, at=AT, unit=cast.telecoms, post=cast.posts["lan"], title="Khảo sát", product="Báo cáo",
        due_on=DUE, coordinating=[cast.it],
    )  # fmt: skip
    if way == "recalled":
        recall(actor=cast.son, at=AT, task=lead)
    else:
        confirm(actor=cast.son, at=AT, task=submit(actor=cast.lan, at=AT, task=lead, result="Xong"))
    assert Task.objects.get(parent=lead).state == "recalled"


def test_nobody_shows_the_file_of_somebody_else_as_evidence(cast: Cast) -> None:
    file = store(actor=cast.tuan, at=AT, stream=BytesIO("dự toán".encode()), name="a.txt", agency=cast.stc.pk)
    with pytest.raises(Hidden):
        report_progress(actor=cast.lan, at=AT, task=given(cast, to="lan"), percent=9, text="Đã xem", evidence=file)


def test_work_is_not_handed_to_a_seat_that_is_no_more(cast: Cast) -> None:
    end_post(actor=Actor.system(), at=AT, post=cast.posts["lan"], until=AT.date() - timedelta(days=1))
    cast.posts["lan"].refresh_from_db()
    with pytest.raises(Invalid, match="đã kết thúc"):
        hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"])


def test_the_day_of_who_does_the_work_is_in_the_history_of_its_days(cast: Cast) -> None:
    task, earlier = given(cast), DUE - timedelta(days=2)
    hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"], due_on=earlier)
    unhand(actor=cast.dung, at=AT, task=task)
    assert [(row["before"], row["after"]) for row in due_history(task.pk)] == [(DUE, earlier), (earlier, DUE)]
