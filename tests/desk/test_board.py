"""Bảng theo dõi: four classes by unit and by person, and the rows behind each number."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.tasks.work import given
from tram.desk.queries import CLASSES, board, counts
from tram.kernel.clock import LOCAL
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import submit

TODAY = AT.date()
PAGE = "/viec/theo-doi"


def done(cast: Cast, who: str, days_late: int, *, ended: datetime = AT, title: str = "Xong") -> None:
    task = given(cast, to=who, title=title, due_on=TODAY - timedelta(days=days_late))
    submit(actor=cast.actor(who), at=ended, task=task, result="Đã làm")
    confirm(actor=cast.son, at=ended, task=task)


@pytest.fixture
def month(cast: Cast) -> Cast:
    """Lan: one late, one running, one done in time, one done late, one of last month; Nga: one late."""
    given(cast, to="lan", title="Lan trễ", due_on=TODAY - timedelta(days=3))
    given(cast, to="lan", title="Lan đang làm")
    done(cast, "lan", 0, title="Lan kịp")
    done(cast, "lan", 2, title="Lan xong trễ")
    done(cast, "lan", 0, ended=AT - timedelta(days=31), title="Tháng trước")
    given(cast, to="nga", title="Nga trễ", due_on=TODAY - timedelta(days=1))
    given(cast, title="Ở hộp chung", due_on=None)
    return cast


def test_the_four_classes_are_counted_by_person(month: Cast) -> None:
    numbers = counts([month.telecoms.pk], TODAY, by_person=True)
    assert [list(numbers[key].values()) for key in (month.posts["lan"].pk, None)] == [[1, 1, 1, 1], [0, 1, 0, 0]]


@pytest.mark.parametrize(
    ("result", "titles"),
    [
        ("overdue", ["Lan trễ"]),
        ("running", ["Lan đang làm", "Ở hộp chung"]),
        ("done_on_time", ["Lan kịp"]),
        ("done_late", ["Lan xong trễ"]),
    ],
)
def test_behind_each_number_stand_its_rows(month: Cast, result: str, titles: list[str]) -> None:
    found = board(month.dung, TODAY, unit=month.telecoms.pk, result=result)
    assert found is not None and [one["row"].title for one in found.rows] == titles
    assert found.totals[result] == len(titles)


def test_numbers_and_rows_agree_for_every_class_and_person(month: Cast) -> None:
    for result in CLASSES:
        whole = board(month.son, TODAY, unit=month.telecoms.pk, result=result)
        assert whole is not None
        for line in whole.counts:
            behind = board(month.son, TODAY, unit=month.telecoms.pk, post=line["key"], result=result)
            assert (
                behind is not None and len(behind.rows) == {slug: number for slug, _, number in line["numbers"]}[result]
            )


def test_a_leader_follows_every_unit_and_a_head_their_own(month: Cast, client: Client) -> None:
    assert [one["name"] for one in (board(month.son, TODAY) or pytest.fail()).counts] == [
        "Phòng Bưu chính, Viễn thông", "Phòng Chuyển đổi số",
    ]  # fmt: skip
    assert board(month.dung, TODAY, unit=month.it.pk) is None
    month.signed_in(client, "dung")
    assert client.get(f"{PAGE}?don-vi={month.it.pk}").status_code == 404
    assert "Nga trễ" not in client.get(PAGE).content.decode()


def test_only_who_oversees_work_has_the_board(cast: Cast) -> None:
    for who in ("lan", "hoa", "quan", "tuan"):
        assert cast.signed_in(Client(), who).get(PAGE).status_code == 403
    for who in ("dung", "son", "hung", "tam", "thu"):
        assert cast.signed_in(Client(), who).get(PAGE).status_code == 200


def test_one_row_costs_what_fifty_cost(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "dung")
    costs = []
    for more in (1, 49):
        for _ in range(more):
            given(cast, to="lan", due_on=datetime.now(LOCAL).date() - timedelta(days=1))
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        costs.append(len(asked))
    assert costs[0] == costs[1]
