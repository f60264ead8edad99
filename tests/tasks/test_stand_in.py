"""Who stands in for somebody sees their work, labelled, and acts in their stead; the record says "A thay B"."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.tasks.work import given
from tram.audit.queries import history
from tram.kernel.verdicts import Refused
from tram.organisation.commands.posts import set_absence
from tram.tasks.commands.give import recall
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import finish, submit
from tram.tasks.events import Kind
from tram.tasks.queries import inbox

TODAY = AT.date()


@pytest.fixture
def away(cast: Cast) -> Cast:
    """The director is away for three days and his deputy stands in."""
    set_absence(
        actor=cast.son, at=AT, post=cast.posts["son"], substitute=cast.posts["hung"],
        since=TODAY, until=TODAY + timedelta(days=2), reason="Đi công tác",
    )  # fmt: skip
    return cast


def test_the_substitute_sees_the_work_and_whose_it_is(away: Cast) -> None:
    given(away, Kind.DIRECT, by="hoa", to="son")
    given(away, to="hung")
    rows = inbox(away.hung, TODAY).rows
    assert sorted(row.thay for row in rows) == ["", "Nguyễn Văn Sơn"]
    assert len(inbox(away.son, TODAY).rows) == 1


def test_an_act_in_anothers_stead_is_recorded_with_both_names(away: Cast) -> None:
    task = given(away, Kind.DIRECT, by="hoa", to="son")
    finish(actor=away.hung, at=AT, task=task, result="Giao phòng BCVT")
    assert history(task.ref)[-1].who == "Phạm Quốc Hùng thay Nguyễn Văn Sơn"


def test_the_substitute_confirms_and_recalls_what_the_absent_one_gave(away: Cast) -> None:
    task = submit(actor=away.lan, at=AT, task=given(away, to="lan"), result="Xong")
    confirm(actor=away.hung, at=AT, task=task)
    other = recall(actor=away.hung, at=AT, task=given(away, to="lan"))
    assert {history(one.ref)[-1].who for one in (task, other)} == {"Phạm Quốc Hùng thay Nguyễn Văn Sơn"}


def test_one_acts_in_the_hat_that_may_whichever_is_on(away: Cast) -> None:
    """The one inbox shows the work of all hats, so no step asks to change the hat first."""
    task = given(away, by="hung", to="lan")
    recall(actor=away.hung.wearing(away.posts["son"].pk), at=AT, task=task)
    assert history(task.ref)[-1].who == "Phạm Quốc Hùng"


def test_the_stand_in_ends_with_its_last_day(away: Cast) -> None:
    task = given(away, Kind.DIRECT, by="hoa", to="son")
    after = AT + timedelta(days=3)
    hung = away.actor("hung", after)
    assert inbox(hung, after.date()).rows == []
    with pytest.raises(Refused):
        finish(actor=hung, at=after, task=task, result="Muộn")
