"""Quá hạn, sắp đến hạn: what is late, who holds it since when, and nothing of whom one does not follow."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.tasks.work import given
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.rules import Slip
from tram.followup.queries import DUE_SOON, Filter, counts, late
from tram.kernel.clock import LOCAL
from tram.tasks.commands.work import accept, report_progress, submit
from tram.tasks.events import Kind
from tram.tasks.models import Task

TODAY, LATE = AT.date(), Filter()


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def titles(cast: Cast, who: str, asked: Filter = LATE) -> list[str]:
    rows, following = late(cast.actor(who), TODAY, asked)
    assert following == 0
    return [row.task.title for row in rows]


@pytest.fixture
def work(cast: Cast) -> Cast:
    """Late, due today, due in two working days, due later; handed in, to be read; another unit's."""
    given(cast, to="lan", title="Trễ ba ngày", due_on=day(-3))
    given(cast, title="Trễ ở hộp chung", due_on=day(-1))
    given(cast, to="lan", title="Hôm nay", due_on=day(0))
    given(cast, to="lan", title="Hai ngày nữa", due_on=day(2))
    given(cast, to="lan", title="Còn lâu", due_on=day(9))
    given(cast, to="lan", title="Không hạn", due_on=None)
    given(cast, Kind.INFORM, to="lan", title="Để biết", due_on=day(-2))
    handed_in = given(cast, to="lan", title="Đã nộp", due_on=day(-2))
    submit(actor=cast.lan, at=AT, task=handed_in, result="Xong")
    given(cast, to="nga", title="Phòng khác", due_on=day(-4))
    return cast


def test_a_head_sees_what_is_late_and_what_is_soon_due(work: Cast) -> None:
    assert titles(work, "dung") == ["Trễ ba ngày", "Trễ ở hộp chung"]
    assert titles(work, "dung", Filter(DUE_SOON)) == ["Hôm nay", "Hai ngày nữa"]
    assert counts(work.dung, TODAY) == {work.telecoms.pk: (2, 2)}


def test_a_leader_and_the_office_chief_see_every_unit_and_narrow_it(work: Cast) -> None:
    for who in ("son", "tam"):
        assert titles(work, who) == ["Phòng khác", "Trễ ba ngày", "Trễ ở hộp chung"]
    assert titles(work, "son", Filter(unit=work.it.pk)) == ["Phòng khác"]
    assert titles(work, "son", Filter(kind="coordinate")) == []
    accept(actor=work.nga, at=AT, task=Task.objects.get(title="Phòng khác"))
    assert titles(work, "son", Filter(state="in_progress")) == ["Phòng khác"]


def test_each_row_says_who_holds_it_since_when_and_the_last_word(cast: Cast) -> None:
    task = given(cast, to="lan", due_on=day(-3))
    report_progress(actor=cast.lan, at=AT, task=task, percent=30, text="Mới khảo sát hai xã")
    row = late(cast.dung, TODAY, Filter())[0][0]
    assert (row.task.holder, row.since, row.task.last_word) == ("Hoàng Thị Lan, Chuyên viên", AT, "Mới khảo sát hai xã")
    assert row.deadline["days_left"] == -1, "13/11/2026 was a Friday, AT is the Monday after"


def test_a_clerk_follows_the_work_on_letters_and_no_other(cast: Cast) -> None:
    given(cast, to="lan", title="Giao miệng", due_on=day(-1))
    slip = Slip(organ_name="Bưu điện tỉnh", subject="V/v điểm bưu điện xã", issued_date=day(-5), code_number="9")
    letter = register(
        actor=cast.hoa, at=AT - timedelta(days=4), agency=cast.skhcn, slip=slip, present_to=cast.posts["son"]
    )
    direct(
        actor=cast.son, at=AT - timedelta(days=4), document=letter, lead=Target(cast.telecoms), due_date=day(-1),
        note="Giao phòng",
    )  # fmt: skip
    assert titles(cast, "hoa") == ["V/v điểm bưu điện xã"]
    assert titles(cast, "tuan") == []


def test_who_follows_nobodys_work_is_told_so(cast: Cast, client: Client) -> None:
    assert cast.signed_in(client, "lan").get("/don-doc").status_code == 403
    client = cast.signed_in(Client(), "dung")
    assert client.get(f"/don-doc?don-vi={cast.it.pk}").status_code == 404
    assert "Đôn đốc" in client.get("/").content.decode()


def test_pages_follow_each_other_without_gap_or_double(work: Cast) -> None:
    seen, after = list[str](), 0
    while True:
        rows, after = late(work.son, TODAY, Filter(), after, limit=2)
        seen += [row.task.title for row in rows]
        if not after:
            break
    assert seen == ["Phòng khác", "Trễ ba ngày", "Trễ ở hộp chung"]


def test_one_row_costs_what_fifty_cost(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "son")
    costs = []
    for more in (1, 49):
        for _ in range(more):
            given(cast, to="lan", due_on=datetime.now(LOCAL).date() - timedelta(days=1))
        client.get("/don-doc")
        with CaptureQueriesContext(connection) as asked:
            client.get("/don-doc")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 16
