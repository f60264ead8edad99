"""Taking work back: freely before anybody read it, with a reason and a word to the holder afterwards."""

import pytest

from tests.cast import AT, Cast
from tests.tasks.work import given
from tram.kernel.verdicts import Invalid, WrongState
from tram.notifications.models import Notice
from tram.tasks.commands.give import recall
from tram.tasks.commands.judge import close_unfinished, confirm
from tram.tasks.commands.work import give_back, read, submit
from tram.tasks.queries import inbox


def told(cast: Cast, who: str) -> list[str]:
    return list(
        Notice.objects.filter(post=cast.posts[who].pk, kind="tasks.recalled").values_list("sentence", flat=True)
    )


def test_unread_work_is_recalled_without_a_reason_and_without_noise(cast: Cast) -> None:
    task = recall(actor=cast.son, at=AT, task=given(cast, to="lan"))
    assert (task.state, told(cast, "lan"), inbox(cast.lan, AT.date()).rows) == ("recalled", [], [])


def test_read_work_is_recalled_with_a_reason_which_the_holder_is_told(cast: Cast) -> None:
    task = given(cast, to="lan")
    read(actor=cast.lan, at=AT, task=task)
    with pytest.raises(Invalid, match="đã được xem lúc 09:00 16/11/2026"):
        recall(actor=cast.son, at=AT, task=task)
    recall(actor=cast.son, at=AT, task=task, reason="Giao nhầm phòng")
    assert [sentence.endswith("Giao nhầm phòng") for sentence in told(cast, "lan")] == [True]


def test_the_head_is_told_when_work_of_the_units_inbox_is_recalled(cast: Cast) -> None:
    task = given(cast)
    read(actor=cast.dung, at=AT, task=task)
    recall(actor=cast.son, at=AT, task=task, reason="Giao nhầm phòng")
    assert len(told(cast, "dung")) == 1


def test_whoever_acted_on_work_has_read_it(cast: Cast) -> None:
    task = submit(actor=cast.lan, at=AT, task=given(cast, to="lan"), result="Xong")
    with pytest.raises(Invalid, match="đã được xem"):
        recall(actor=cast.son, at=AT, task=task)


def test_ended_work_is_not_recalled(cast: Cast) -> None:
    task = submit(actor=cast.lan, at=AT, task=given(cast, to="lan"), result="Xong")
    confirm(actor=cast.son, at=AT, task=task)
    with pytest.raises(WrongState, match="Hoàn thành"):
        recall(actor=cast.son, at=AT, task=task, reason="Nhầm")


def test_work_given_back_says_why_and_the_giver_is_told(cast: Cast) -> None:
    task = given(cast, to="lan")
    with pytest.raises(Invalid, match="lý do trả lại"):
        give_back(actor=cast.lan, at=AT, task=task, reason="")
    give_back(actor=cast.lan, at=AT, task=task, reason="Không thuộc chức năng của phòng")
    notice = Notice.objects.get(post=cast.posts["son"].pk)
    assert "Không thuộc chức năng của phòng" in notice.sentence


def test_work_that_will_not_be_finished_ends_on_the_givers_word(cast: Cast) -> None:
    task = given(cast, to="lan")
    with pytest.raises(Invalid, match="lý do kết thúc"):
        close_unfinished(actor=cast.son, at=AT, task=task, reason="")
    assert close_unfinished(actor=cast.son, at=AT, task=task, reason="Dừng đề án").state == "closed_unfinished"
