"""Lịch hạn: a secret address opens one person's deadlines and nothing else, until they end it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, Cast
from tests.tasks.work import given, keyed
from tram.followup.commands import close_feed, open_feed
from tram.followup.models import Feed
from tram.followup.rules import Deadline, calendar_text
from tram.identity.commands.accounts import close_account
from tram.kernel.actors import Actor

SATURDAY = date(2026, 11, 21)


def calendar(secret: str) -> str:
    answer = Client().get(f"/lich-han/{secret}.ics")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content.decode().replace("\r\n ", "")


def test_a_calendar_shows_own_deadlines_on_working_days(cast: Cast) -> None:
    task = given(cast, to="lan", title="Báo cáo; gấp", due_on=SATURDAY)
    given(cast, to="lan", title="Không hạn", due_on=None)
    given(cast, to="nga", title="Của Nga")
    text = calendar(open_feed(actor=cast.lan, at=AT, shows_titles=True))
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261120\r\nDTEND;VALUE=DATE:20261121\r\n" in text
    assert "SUMMARY:Chủ trì xử lý: Báo cáo\\; gấp" in text and "DESCRIPTION:Hạn 21/11/2026" in text
    assert f"/viec/{task.pk}\r\n" in text


def test_without_the_wish_it_tells_no_title(cast: Cast) -> None:
    task = given(cast, to="lan", title="Đề án hợp nhất")
    text = calendar(open_feed(actor=cast.lan, at=AT, shows_titles=False))
    assert "hợp nhất" not in text and f"SUMMARY:Chủ trì xử lý: việc {task.pk}" in text


def test_an_address_ends_when_another_is_made_when_it_is_closed_and_with_the_account(cast: Cast) -> None:
    first = open_feed(actor=cast.lan, at=AT, shows_titles=False)
    second = open_feed(actor=cast.lan, at=AT, shows_titles=False)
    assert Client().get(f"/lich-han/{first}.ics").status_code == 404 and calendar(second)
    close_feed(actor=cast.lan, at=AT)
    assert Client().get(f"/lich-han/{second}.ics").status_code == 404
    third = open_feed(actor=cast.nga, at=AT, shows_titles=False)
    close_account(actor=Actor.system(), at=AT, account=cast.accounts["nga"])
    assert Client().get(f"/lich-han/{third}.ics").status_code == 404


def test_the_secret_is_kept_nowhere_and_shown_once(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "lan")
    page = client.post("/lich-han/tao", keyed(shows_titles="1")).content.decode()
    secret = page.split("/lich-han/")[-1].split(".ics")[0] if ".ics" in page else pytest.fail("no address")
    assert secret not in client.get("/lich-han").content.decode()
    with connection.cursor() as cursor:
        for table in ("followup_feed", "audit_event", "web_answer"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{secret}%"])
            assert cursor.fetchone()[0] == 0, table
    client.post("/lich-han/thu-hoi", keyed())
    assert not Feed.objects.exists()


def test_a_line_has_at_most_75_octets_and_no_letter_is_cut() -> None:
    one = Deadline("1@tram", "Đề nghị hợp nhất " * 20, "Hạn, ngày; a\\b\nc", "https://tram/viec/1", SATURDAY)
    lines = calendar_text("Lịch", [one], datetime(2026, 11, 16, 2, tzinfo=UTC)).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    whole = "\r\n".join(lines).replace("\r\n ", "")
    assert f"SUMMARY:{'Đề nghị hợp nhất ' * 20}\r\n" in whole and "DTSTAMP:20261116T020000Z" in whole
    assert "DESCRIPTION:Hạn\\, ngày\\; a\\\\b\\nc\r\n" in whole


def test_many_deadlines_cost_what_one_costs(cast: Cast) -> None:
    secret, costs = open_feed(actor=cast.lan, at=AT, shows_titles=True), []
    for more in (1, 49):
        for day in range(more):
            given(cast, to="lan", due_on=AT.date() + timedelta(days=day))
        with CaptureQueriesContext(connection) as asked:
            calendar(secret)
        costs.append(len(asked))
    assert costs[0] == costs[1]
