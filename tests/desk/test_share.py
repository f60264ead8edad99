"""Phân việc: a head gives several pieces of work at once, and takes them back while nobody read them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.tasks.work import DUE, given, keyed
from tram.tasks.commands.work import read
from tram.tasks.models import Task

PAGE = "/viec/phan-viec"


def test_chosen_rows_go_to_one_person_in_one_act(cast: Cast, client: Client) -> None:
    tasks = [given(cast, title=f"Việc {n}", due_on=AT.date() + timedelta(days=700)) for n in range(3)]
    cast.signed_in(client, "dung")
    assert "Việc 2" in client.get(PAGE).content.decode()
    chosen = [task.pk for task in tasks[:2]]
    answer = client.post(PAGE, keyed(task=chosen, to=cast.posts["lan"].pk, word="Nghiên cứu", days_before="2"))
    assert answer.status_code == 303
    held = Task.objects.filter(post=cast.posts["lan"]).order_by("pk")
    assert [task.pk for task in held] == chosen
    assert all(task.due_on and task.given_due_on and task.due_on < task.given_due_on for task in held)
    page = client.get(PAGE).content.decode()
    assert "Đã phân 2 việc cho Hoàng Thị Lan." in page and "Hoàn tác" in page


def test_the_handing_is_undone_as_a_whole_or_not_at_all(cast: Cast, client: Client) -> None:
    tasks = [given(cast), given(cast)]
    cast.signed_in(client, "dung")
    chosen = [task.pk for task in tasks]
    undo = f"{PAGE}/rut?viec={chosen[0]}-{chosen[1]}"
    client.post(PAGE, keyed(task=chosen, to=cast.posts["lan"].pk))
    assert client.post(undo, keyed()).status_code == 303
    assert Task.objects.filter(post=None).count() == 2
    client.post(PAGE, keyed(task=chosen, to=cast.posts["lan"].pk))
    read(actor=cast.lan, at=AT, task=tasks[1])
    answer = client.post(undo, keyed())
    assert answer.status_code == 409 and "đã xem việc này" in answer.content.decode()
    assert Task.objects.filter(post=None).count() == 0


def test_one_row_that_is_not_theirs_stops_all(cast: Cast, client: Client) -> None:
    mine, foreign = given(cast), given(cast, unit="it")
    cast.signed_in(client, "dung")
    answer = client.post(PAGE, keyed(task=[mine.pk, foreign.pk], to=cast.posts["lan"].pk))
    assert answer.status_code == 404 and Task.objects.filter(post=None).count() == 2
    answer = client.post(PAGE, keyed(task=[mine.pk], to=cast.posts["nga"].pk))
    assert answer.status_code == 403 and Task.objects.filter(post=None).count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [({}, "Chọn ít nhất một việc"), ({"task": "1"}, "Chọn người nhận việc"), ({"days_before": "x"}, "từ 0 đến 30")],
)
def test_what_is_missing_is_named(cast: Cast, client: Client, typed: dict[str, str], said: str) -> None:
    given(cast)
    answer = cast.signed_in(client, "dung").post(PAGE, keyed(**typed))
    assert answer.status_code == 422 and said in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("lan", 403), ("hoa", 403), ("tuan", 403)])
def test_only_heads_share_out(cast: Cast, client: Client, who: str, status: int) -> None:
    assert cast.signed_in(client, who).get(PAGE).status_code == status


def test_a_head_sees_no_other_units_inbox(cast: Cast, client: Client) -> None:
    given(cast, unit="it", title="Của phòng khác")
    cast.signed_in(client, "dung")
    assert "Của phòng khác" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}?don-vi={cast.it.pk}").status_code == 404


def test_one_row_costs_what_fifty_cost(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "dung")
    costs = []
    for more in (1, 49):
        for n in range(more):
            given(cast, due_on=DUE + timedelta(days=n))
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        costs.append(len(asked))
    assert costs[0] == costs[1]
