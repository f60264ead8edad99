""" "Việc của tôi": everything that waits for a person, in the order in which it presses, at the same price."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.tasks.work import given, keyed
from tram.desk.queries import my_work
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.organisation.commands.posts import set_absence
from tram.tasks.commands.work import submit
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.tasks.queries import given_by

TODAY = AT.date()
NOW = datetime.now(LOCAL).date()


def names(cast: Cast, who: str) -> list[tuple[str, list[str]]]:
    groups = my_work(cast.actor(who), TODAY).groups
    return [(name, [one["row"].title for one in rows]) for name, rows in groups]


def test_work_stands_in_groups_of_its_deadline_urgent_first(cast: Cast) -> None:
    days = {"hôm qua": -1, "hôm nay": 0, "chủ nhật": 6, "thứ hai sau": 7}
    for title, ahead in days.items():
        given(cast, to="lan", title=title, due_on=TODAY + timedelta(days=ahead))
    given(cast, to="lan", title="không hạn", due_on=None)
    given(cast, to="lan", title="hỏa tốc", due_on=TODAY + timedelta(days=7), urgency=3)
    assert names(cast, "lan") == [
        ("Quá hạn", ["hôm qua"]),
        ("Hôm nay", ["hôm nay"]),
        ("Tuần này", ["chủ nhật"]),
        ("Sau đó", ["hỏa tốc", "thứ hai sau"]),
        ("Không hạn", ["không hạn"]),
    ]


def test_work_handed_in_late_waits_for_today_not_among_the_overdue(cast: Cast) -> None:
    task = given(cast, to="lan", title="trễ", due_on=TODAY - timedelta(days=3))
    submit(actor=cast.lan, at=AT, task=task, result="Xong")
    assert names(cast, "son") == [("Hôm nay", ["trễ"])]
    (row,) = my_work(cast.son, TODAY).groups[0][1]
    assert row["deadline"]["paused"] == "Chờ xác nhận"


def test_days_left_are_working_days(cast: Cast) -> None:
    given(cast, to="lan", due_on=TODAY + timedelta(days=7))
    ((_, (row,)),) = my_work(cast.lan, TODAY).groups
    assert row["deadline"]["days_left"] == 5


def test_when_nothing_is_due_today_the_nearest_is_named(cast: Cast, client: Client) -> None:
    given(cast, to="lan", title="Báo cáo tháng 3", due_on=NOW + timedelta(days=300))
    page = cast.signed_in(client, "lan").get("/").content.decode()
    assert "Hết việc đến hạn hôm nay. Việc gần nhất: Báo cáo tháng 3, còn" in page
    assert "Không còn việc nào chờ bạn" in cast.signed_in(Client(), "nga").get("/").content.decode()


def test_the_work_of_others_never_shows(cast: Cast, client: Client) -> None:
    given(cast, to="lan", title="Chỉ của Lan")
    for who in ("nga", "phuc", "tuan", "hoa"):
        assert "Chỉ của Lan" not in cast.signed_in(Client(), who).get("/").content.decode()
    assert "Chỉ của Lan" in cast.signed_in(client, "lan").get("/").content.decode()


def test_the_substitute_sees_the_absent_leaders_work_labelled(cast: Cast, client: Client) -> None:
    set_absence(
        actor=cast.son, at=AT, post=cast.posts["son"], substitute=cast.posts["hung"],
        since=NOW - timedelta(days=1), until=NOW + timedelta(days=1), reason="Đi công tác",
    )  # fmt: skip
    given(cast, Kind.DIRECT, by="hoa", to="son", title="Thư của Bộ")
    page = cast.signed_in(client, "hung").get("/").content.decode()
    assert "Thư của Bộ" in page and "thay Nguyễn Văn Sơn" in page


def test_the_units_inbox_is_named_and_unread_work_is_bold(cast: Cast, client: Client) -> None:
    given(cast)
    page = cast.signed_in(client, "lan").get("/").content.decode()
    assert "Hộp việc đơn vị" in page and 'class="unread"' in page


@pytest.mark.parametrize(
    ("who", "kind", "keys"),
    [
        ("lan", Kind.HANDLE, {"e": "nop", "n": "nhan", "g": "gia-han", "h": "an"}),
        ("lan", Kind.INFORM, {"e": "xong", "h": "an"}),
        ("dung", Kind.HANDLE, {"e": "nop", "n": "nhan", "f": "phan", "g": "gia-han", "h": "an"}),
    ],
)
def test_each_row_answers_to_the_keys_of_triage(cast: Cast, who: str, kind: Kind, keys: dict[str, str]) -> None:
    given(cast, kind, to=who)
    ((_, (row,)),) = my_work(cast.actor(who), TODAY).groups
    assert {key.key: key.slug for key in row["row"].keys} == keys


def test_what_one_gave_stands_below(cast: Cast, client: Client) -> None:
    given(cast, to="lan", title="Đã giao cho Lan")
    page = cast.signed_in(client, "son").get("/").content.decode()
    assert "Chờ người khác" in page and "Theo dõi việc đã giao" in page
    for address in ("/viec/cho-nguoi-khac", "/viec/da-giao"):
        assert "Đã giao cho Lan" in client.get(address).content.decode()


def test_what_a_substitute_gave_from_both_posts_stands_in_one_list_newest_first(cast: Cast) -> None:
    days = {"since": TODAY - timedelta(days=1), "until": TODAY + timedelta(days=1)}
    set_absence(
        actor=cast.son, at=AT, post=cast.posts["son"], substitute=cast.posts["hung"], reason="Đi công tác", **days
    )
    made = [given(cast, by=by, to="lan").pk for by in ("son", "hung", "son", "hung", "hung")]
    rows, following = given_by(cast.actor("hung"), TODAY, limit=3)
    assert [row.id for row in rows] == made[:1:-1] and following == made[2]
    assert [row.id for row in given_by(cast.actor("hung"), TODAY, following, limit=3)[0]] == made[1::-1]
    assert given_by(Actor.system(), TODAY) == ([], 0)


def test_a_read_paper_goes_by_one_key(cast: Cast, client: Client) -> None:
    task = given(cast, Kind.INFORM, to="lan")
    cast.signed_in(client, "lan")
    assert f'action="/viec/{task.pk}/xong"' in client.get("/").content.decode()
    assert client.post(f"/viec/{task.pk}/xong", keyed(next="/"))["Location"] == "/"
    assert Task.objects.get().state == "completed"


def test_one_row_costs_what_fifty_cost(cast: Cast, client: Client) -> None:
    """Sign-in 3, hats 1, inbox 1, calendar 1, two lists 2, menu counts, their limits."""
    cast.signed_in(client, "lan")
    costs = []
    for more in (1, 49):
        for n in range(more):
            given(cast, to="lan", title=f"Việc {n}", due_on=TODAY + timedelta(days=n))
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 16


def test_the_pages_of_the_list_hold_every_row_once(cast: Cast) -> None:
    made = {given(cast, to="lan", urgency=n % 3, due_on=TODAY + timedelta(days=n % 5)).pk for n in range(60)}
    seen: list[int] = []
    after = ""
    while True:
        page = my_work(cast.lan, TODAY, after)
        seen += [one["row"].id for _, rows in page.groups for one in rows]
        after = page.next
        if not after:
            break
    assert sorted(seen) == sorted(made)


def test_a_visitor_is_led_to_the_first_door(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 302 and answer["Location"].startswith("/dang-nhap")
