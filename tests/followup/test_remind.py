"""Nhắc: one tap, on record, and nobody hears of it twice a day."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.tasks.work import given, keyed
from tram.audit.queries import history
from tram.followup.commands import remind
from tram.followup.models import Reminder
from tram.kernel.verdicts import Hidden, Refused, WrongState
from tram.notifications.models import Notice
from tram.tasks.commands.work import submit

YESTERDAY = AT.date() - timedelta(days=3)


def notices(cast: Cast, who: str) -> list[str]:
    rows = Notice.objects.filter(kind="followup.reminded", post=cast.posts[who].pk).order_by("pk")
    return [row.sentence for row in rows]


def test_the_holder_is_told_and_the_reminder_is_on_record(cast: Cast) -> None:
    task = given(cast, to="lan", title="Báo cáo điểm bưu điện", due_on=YESTERDAY)
    assert remind(actor=cast.dung, at=AT, task=task)
    assert notices(cast, "lan") == ["Lê Tiến Dũng nhắc bạn: Báo cáo điểm bưu điện, hạn 13/11/2026"]
    assert history(task.ref)[-1].sentence == "đã nhắc Hoàng Thị Lan, Chuyên viên: việc đến hạn 13/11/2026"


def test_work_in_a_units_inbox_reminds_its_head(cast: Cast) -> None:
    remind(actor=cast.son, at=AT, task=given(cast, due_on=YESTERDAY))
    assert len(notices(cast, "dung")) == 1


def test_the_same_work_is_reminded_once_a_day_by_anybody(cast: Cast) -> None:
    task = given(cast, to="lan", due_on=YESTERDAY)
    remind(actor=cast.dung, at=AT, task=task)
    with pytest.raises(WrongState, match="đã được nhắc hôm nay"):
        remind(actor=cast.son, at=AT, task=task)
    assert remind(actor=cast.son, at=AT + timedelta(days=1), task=task)
    assert len(notices(cast, "lan")) == 2


def test_nobody_hears_twice_a_day_of_two_pieces_of_work(cast: Cast) -> None:
    first, second = (given(cast, to="lan", due_on=YESTERDAY) for _ in range(2))
    assert remind(actor=cast.dung, at=AT, task=first)
    assert not remind(actor=cast.son, at=AT, task=second)
    assert len(notices(cast, "lan")) == 1
    assert Reminder.objects.filter(on=AT.date()).count() == 2


def test_who_does_not_follow_it_cannot_tell_it_from_nothing(cast: Cast) -> None:
    task = given(cast, to="lan", due_on=YESTERDAY)
    for who in ("phuc", "nga", "thu", "hoa"):
        with pytest.raises(Hidden):
            remind(actor=cast.actor(who), at=AT, task=task)


def test_nobody_reminds_themselves(cast: Cast) -> None:
    for to, why in (("dung", "đang ở chính bạn"), (None, "hộp chung của đơn vị bạn")):
        with pytest.raises(Refused, match=why):
            remind(actor=cast.dung, at=AT, task=given(cast, to=to, due_on=YESTERDAY))


def test_what_was_handed_in_is_not_reminded(cast: Cast) -> None:
    task = given(cast, to="lan", due_on=YESTERDAY)
    submit(actor=cast.lan, at=AT, task=task, result="Đã trả lời")
    with pytest.raises(WrongState, match="chờ xác nhận"):
        remind(actor=cast.dung, at=AT, task=task)


def test_one_tap_on_the_list_reminds_and_a_second_says_why_not(cast: Cast, client: Client) -> None:
    task = given(cast, to="lan", due_on=YESTERDAY)
    cast.signed_in(client, "dung")
    page = client.get("/don-doc").content.decode()
    assert f"/don-doc/{task.pk}/nhac" in page and "Hoàng Thị Lan, Chuyên viên" in page
    assert client.post(f"/don-doc/{task.pk}/nhac", keyed(next="/don-doc")).headers["Location"] == "/don-doc"
    page = client.get("/don-doc").content.decode()
    assert "Đã nhắc" in page and f"/don-doc/{task.pk}/nhac" not in page
    assert client.post(f"/don-doc/{task.pk}/nhac", keyed()).status_code == 409
