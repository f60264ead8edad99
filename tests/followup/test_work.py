"""Thống kê công việc: the numbers add up, each stands for the very rows behind it, and time splits into waiting and working."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.documents.letters import post
from tests.followup.sheets import cells
from tests.tasks.work import given
from tram.followup.rules import Period
from tram.followup.screens.work import MEASURES, SETTLED, counted, units_measured, workload
from tram.outputs.models import Output
from tram.outputs.sockets import makers
from tram.tasks.commands.give import Subject, assign, recall
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import accept, submit
from tram.tasks.events import Kind
from tram.tasks.models import Task

NOVEMBER, TODAY = Period(2026, 11, 1), AT.date()


def moment(month: int, day: int, hour: int = 9) -> datetime:
    return AT.replace(month=month, day=day, hour=hour)


def work(cast: Cast, title: str, given_at: datetime, due_on: date | None = None, to: str = "lan") -> Task:
    post = cast.posts[to]
    about = Subject(ref="organisation.unit/1", url="", title=title)
    return assign(
        actor=cast.son, at=given_at, kind=Kind.HANDLE, unit=post.unit, post=post, about=about, due_on=due_on
    )  # fmt: skip


def done(cast: Cast, task: Task, began: datetime | None, ended: datetime, who: str = "lan") -> None:
    if began:
        accept(actor=cast.actor(who), at=began, task=task)
    submit(actor=cast.actor(who), at=ended, task=task, result="Xong")
    confirm(actor=cast.son, at=ended, task=task)


@pytest.fixture
def month(cast: Cast) -> Cast:
    """Lan: two of October, one settled late in November; three of November: in time, taken back, open and overdue.
    Nga: one settled in time; and what neither October nor later may count."""
    done(cast, work(cast, "Cũ, xong trễ", moment(10, 20), date(2026, 10, 30)), moment(10, 22), moment(11, 3))
    work(cast, "Cũ, còn", moment(10, 25))
    done(cast, work(cast, "Mới, kịp", moment(11, 2), date(2026, 11, 12)), moment(11, 3), moment(11, 9))
    recall(actor=cast.son, at=moment(11, 5), task=work(cast, "Thu hồi", moment(11, 4)), reason="Giao nhầm")
    work(cast, "Mới, quá hạn", moment(11, 2), date(2026, 11, 10))
    done(cast, work(cast, "Của Nga", moment(11, 2), to="nga"), None, moment(11, 4), "nga")
    done(cast, work(cast, "Tháng mười", moment(10, 1)), moment(10, 2), moment(10, 3))
    given(cast, Kind.INFORM, to="lan", title="Để biết")
    return cast


def scope(cast: Cast, who: str = "son") -> set[int]:
    return units_measured(cast.actor(who), TODAY)


def test_each_column_counts_what_it_says(month: Cast) -> None:
    found = workload(scope(month), NOVEMBER, AT)
    assert [row.name for row in found.by_unit] == ["Phòng Bưu chính, Viễn thông", "Phòng Chuyển đổi số"]
    assert list(found.total.numbers.values()) == [2, 4, 2, 1, 1, 2, 1]
    assert list(found.by_unit[0].numbers.values()) == [2, 3, 1, 1, 1, 2, 1]


@pytest.mark.parametrize("period", [NOVEMBER, Period(2026, 10, 1), Period(2026, 10, 3), Period(2026, 12, 1)])
def test_the_numbers_add_up(month: Cast, period: Period) -> None:
    found = workload(scope(month), period, AT)
    for row in (found.total, *found.by_unit, *found.by_kind, *found.by_both):
        one = row.numbers
        assert one["opening"] + one["received"] == one["on_time"] + one["late"] + one["other"] + one["closing"]
        assert one["overdue"] <= one["closing"]
    for part in (found.by_unit, found.by_kind, found.by_both):
        assert {m: sum(row.numbers[m] for row in part) for m in MEASURES} == found.total.numbers
    later = workload(scope(month), period.beside(1), AT).total.numbers["opening"]
    assert found.total.numbers["closing"] == later, "what one period leaves, the next one finds"


def test_behind_each_number_stand_its_very_rows(month: Cast) -> None:
    found = workload(scope(month), NOVEMBER, AT)
    for row in (found.total, *found.by_unit, *found.by_kind):
        units = {row.unit} if row.unit else scope(month)
        for measure, number in row.numbers.items():
            assert len(counted(units, NOVEMBER, AT, measure, row.kind)[0]) == number, (row.name, measure)
    late, _ = counted(scope(month), NOVEMBER, AT, "late", "")
    assert [row.title for row in late] == ["Cũ, xong trễ"]
    first, following = counted(scope(month), NOVEMBER, AT, SETTLED, "", limit=2)
    rest, end = counted(scope(month), NOVEMBER, AT, SETTLED, "", following, limit=2)
    assert ([row.title for row in first + rest], end) == (["Cũ, xong trễ", "Mới, kịp", "Của Nga"], 0)


def test_time_splits_into_waiting_and_working(month: Cast) -> None:
    telecoms, it = workload(scope(month), NOVEMBER, AT).by_unit
    assert telecoms.times == {"wait_median": 1.5, "wait_p90": 1.9, "work_median": 9.0, "work_p90": 11.4}
    assert it.times == {"wait_median": 2.0, "wait_p90": 2.0, "work_median": 0.0, "work_p90": 0.0}, "never taken up"


def test_a_head_counts_their_unit_alone_and_names_no_person(month: Cast, client: Client) -> None:
    assert scope(month, "dung") == {month.telecoms.pk}
    month.signed_in(client, "dung")
    page = client.get("/thong-ke/cong-viec?ky=2026-11").content.decode()
    assert "Phòng Chuyển đổi số" not in page and "Hoàng Thị Lan" not in page
    assert client.get(f"/thong-ke/cong-viec?don-vi={month.it.pk}").status_code == 404
    listed = client.get("/thong-ke/cong-viec/danh-sach?ky=2026-11&so=overdue").content.decode()
    assert "Mới, quá hạn" in listed and "Mới, kịp" not in listed
    assert client.get("/thong-ke/cong-viec/danh-sach?so=drop").status_code == 404
    assert month.signed_in(Client(), "lan").get("/thong-ke/cong-viec").status_code == 403


def test_the_sheet_holds_the_same_numbers_and_says_what_they_mean(month: Cast, client: Client) -> None:
    month.signed_in(client, "son")
    book = client.get("/thong-ke/cong-viec/xlsx?ky=2026-q4").content
    table = cells(book)
    total = workload(scope(month), Period(2026, 10, 3), AT).total
    assert table[-1][0] == "Tất cả" and table[-1][2:9] == list(total.numbers.values())
    for column in range(2, 9):
        assert sum(row[column] for row in table[1:-1]) == table[-1][column]
    meant = {row[0] for row in cells(book, 2)}
    assert set(table[0]) <= meant


def test_the_rows_behind_a_number_come_as_a_sheet_whole(
    month: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    month.signed_in(client, "son")
    asked = "/thong-ke/cong-viec/danh-sach/xlsx?ky=2026-11&so=settled"
    monkeypatch.setattr("tram.followup.screens.lists.PART", 2)
    sheet = post(client, asked).content
    assert [row[0] for row in cells(sheet)] == ["Việc", "Cũ, xong trễ", "Mới, kịp", "Của Nga"]
    assert "Hoàng Thị Lan" not in str(cells(sheet)) and post(client, f"{asked}&so=drop").status_code == 404
    assert post(month.signed_in(Client(), "lan"), asked).status_code == 403
    monkeypatch.setattr("tram.outputs.sockets.AT_ONCE", 2)
    page = post(client, asked)["Location"]
    assert "Xuất Excel danh sách việc, xong trong kỳ, tháng 11/2026" in client.get(page).content.decode()
    kept = Output.objects.get()
    dung = month.actor("dung", AT)
    assert not makers[kept.maker].may_take(dung, kept.keys, TODAY), "she heads one of the units that were counted"


def test_periods_follow_each_other() -> None:
    assert [Period.of(text, TODAY).name for text in ("2026-01", "2026-q3", "2026-13", "xyz")] == [
        "Tháng 1/2026", "Quý III/2026", "Tháng 11/2026", "Tháng 11/2026",
    ]  # fmt: skip
    assert (Period(2026, 1, 1).beside(-1).key, Period(2026, 10, 3).beside(1).key) == ("2025-12", "2027-q1")
    assert Period(2026, 12, 1).end == date(2027, 1, 1)


def test_few_and_many_cost_the_same(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "son")
    costs = []
    for more in (1, 49):
        for _ in range(more):
            given(cast, to="lan")
        for page in ("/thong-ke/cong-viec?ky=2026-11", "/thong-ke/cong-viec/danh-sach?ky=2026-11&so=received"):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            costs.append(len(asked))
    assert costs[:2] == costs[2:] and max(costs) <= 16
