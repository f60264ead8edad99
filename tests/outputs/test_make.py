"""A long list is made by the worker: how far it is, what stops it, what becomes of the file."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import connection, connections
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.api.program import Program, token
from tests.cast import Cast
from tests.documents.letters import post
from tests.jobs.working import work
from tests.outputs.shelf import ROWS, asked, killed_worker, lay_book
from tram.audit.models import Event
from tram.jobs import commands as jobs
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.kernel.verdicts import WrongState
from tram.notifications.models import Notice
from tram.organisation.commands.posts import end_appointment
from tram.organisation.models import Appointment
from tram.outputs import commands, queries, rules
from tram.outputs.commands import Stopped
from tram.outputs.models import Output

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system()


@pytest.fixture(autouse=True)
def house(settings: Any, tmp_path: Path, transactional_db: None) -> None:
    settings.TRAM_DATA = tmp_path
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


@pytest.fixture
def hoa(cast: Cast) -> Client:
    lay_book(cast)
    return cast.signed_in(Client(), "hoa")


def ordered(cast: Cast, last: int = ROWS) -> Output:
    return commands.order(actor=cast.actor("hoa", now()), at=now(), wanted=asked(cast, last))


def elsewhere(act: Callable[[], Any]) -> Any:
    """Done by somebody else, on a line of their own to the database."""

    def alone() -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(alone).result()


def rows_of(content: bytes) -> list[Any]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_long_book_is_printed_by_the_worker_and_taken_by_who_asked(hoa: Client, cast: Cast) -> None:
    year, span = now().year, {"first": "1", "last": str(ROWS)}
    answer = post(hoa, f"/so/incoming/{year}/in", span)
    assert answer.status_code == 303, answer.content.decode()[:500]
    assert post(hoa, f"/so/incoming/{year}/in", span)["Location"] == answer["Location"], "asked for twice, it is one"
    row = Output.objects.get()
    waiting = hoa.get(row.url).content.decode()
    assert f'<progress max="{ROWS}" value="0"' in waiting and 'http-equiv="refresh"' in waiting
    assert "Đang chờ tới lượt" in waiting and "Thôi" in waiting and "Tải về" not in waiting
    bar = hoa.get(row.url, HTTP_HX_REQUEST="true")
    assert 'hx-trigger="every 2s"' in bar.content.decode() and "HX-Retarget" not in bar
    assert hoa.get(f"{row.url}/so.pdf").status_code == 409
    work()
    ended = hoa.get(row.url, HTTP_HX_REQUEST="true")
    assert ended["HX-Retarget"] == "#ket-xuat" and "every 2s" not in ended.content.decode()
    page = hoa.get(row.url).content.decode()
    row.refresh_from_db()
    file = f"{row.url}/{row.name}"
    assert "Đã xong" in page and f'href="{file}"' in page and "http-equiv" not in page
    paper = b"".join(hoa.get(file).streaming_content)
    pages = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(paper)]
    assert f"{ROWS}/STC-NS" in pages[-1] and f"đến số {ROWS}" in pages[0] and "Trần Thị Hoa" in pages[-1]
    part = hoa.get(file, HTTP_RANGE="bytes=5-9")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, paper[5:10])
    printed = Event.objects.get(what="documents.book_printed")
    assert printed.actor_name == "Trần Thị Hoa" and printed.detail["last"] == ROWS
    assert Notice.objects.get(kind="outputs.made", read_at=None).account == cast.accounts["hoa"].pk
    post(hoa, f"{row.url}/doc")
    assert not Notice.objects.filter(read_at=None, about=row.ref).exists()
    for login in ("son", "tuan"):
        other = cast.signed_in(Client(), login)
        answers = [other.get(row.url), other.get(file), post(other, f"{row.url}/thoi"), post(other, f"{row.url}/doc")]
        assert [one.status_code for one in answers] == [404] * 4, login


def test_a_program_orders_a_book_and_fetches_it(cast: Cast) -> None:
    lay_book(cast, rows=3)
    program, path = Program(token(cast, "hoa")), f"/api/books/{now().year}/incoming/file"
    wrong = program.send(path, {"form": "xlsx", "last": 4}, status=422)
    assert wrong["errors"] == {"last": "Sổ mới có đến số 3."}
    wrong = program.send(path, {"form": "xlsx", "first": 3, "last": 2}, status=422)
    assert wrong["errors"] == {"first": "Số đầu nhiều nhất là 2."}
    made = program.send(path, {"form": "xlsx", "first": 2})
    assert (made["state"], made["total"]) == ("waiting", 2), "also a short one is ordered"
    assert program.send(path, {"form": "xlsx", "first": 2})["id"] == made["id"]
    work()
    told = program.get(f"/api/outputs/{made['id']}")
    assert told["state"] == "ready" and told["done"] == 2 and told["size"]
    file = program.client.get(told["file_url"], headers=program.headers())
    found = rows_of(b"".join(file.streaming_content))
    assert [row[1] for row in found[1:]] == [2.0, 3.0]


def test_how_far_it_is_is_seen_by_all_and_thoi_ends_it(hoa: Client, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "PAUSE", 0)
    row = ordered(cast)
    begun = commands.begin(actor=SYSTEM, at=now(), output=row.pk)
    assert begun
    with commands.telling(begun) as tell, queries.one_moment():
        tell(400)
        page = elsewhere(lambda: hoa.get(row.url, HTTP_HX_REQUEST="true").content.decode())
        assert f"Đã làm 400 trên {ROWS} dòng" in page and 'value="400"' in page and "ket-xuat-loi" in page
        told = elsewhere(lambda: hoa.get(f"{row.url}?den=2", HTTP_HX_REQUEST="true").content.decode())
        assert "ket-xuat-loi" not in told, "who listens is told at each quarter, not every two seconds"
        answer = elsewhere(lambda: post(hoa, f"{row.url}/thoi"))
        assert answer["Location"] == row.back_url
        with pytest.raises(Stopped):
            tell(500)
    assert "Đã thôi" in hoa.get(row.url).content.decode() and post(hoa, f"{row.url}/thoi").status_code == 409
    work()
    assert Output.objects.get().state == "stopped" and not list(queries.folder().iterdir())
    again = ordered(cast)
    assert again.pk != row.pk, "what was stopped does not stand in the way"


@pytest.mark.parametrize("point", ["outputs.told", "outputs.kept"])
def test_a_worker_killed_in_the_middle_loses_nothing(hoa: Client, cast: Cast, tmp_path: Path, point: str) -> None:
    row = ordered(cast)
    armoury = tmp_path / "points"
    armoury.mkdir()
    (armoury / point).touch()
    killed_worker(armoury)
    row.refresh_from_db()
    assert (row.state, row.tries) == ("making", 1)
    assert row.done > 0 or point == "outputs.kept"
    assert not Notice.objects.filter(about=row.ref).exists() and hoa.get(f"{row.url}/{row.name}").status_code == 409
    assert jobs.rescue(actor=SYSTEM, at=now() + timedelta(seconds=60)) >= 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    work()
    row.refresh_from_db()
    assert (row.state, row.tries, row.done) == ("ready", 2, ROWS)
    found = rows_of(b"".join(hoa.get(f"{row.url}/{row.name}").streaming_content))
    assert len(found) == ROWS + 1 and found[-1][3] == f"{ROWS}/STC-NS"
    assert Notice.objects.filter(about=row.ref).count() == 1
    assert [left.name for left in queries.folder().iterdir()] == [str(row.pk)], "nothing is left of the killed run"


def test_a_run_given_up_for_dead_cannot_finish(hoa: Client, cast: Cast, tmp_path: Path) -> None:
    row = ordered(cast)
    commands.begin(actor=SYSTEM, at=now(), output=row.pk)
    commands.begin(actor=SYSTEM, at=now(), output=row.pk)
    with pytest.raises(Stopped):
        commands.finish(actor=SYSTEM, at=now(), output=row.pk, tries=1, part=tmp_path / "old")


def test_rights_are_those_of_the_moment(hoa: Client, cast: Cast) -> None:
    taken = ordered(cast)
    work()
    late = ordered(cast, last=ROWS - 1)
    seat = Appointment.objects.get(post=cast.posts["hoa"])
    end_appointment(actor=SYSTEM, at=now(), appointment=seat, until=now().date() - timedelta(days=1))
    refused = hoa.get(f"{taken.url}/{taken.name}")
    assert refused.status_code == 403 and "Chỉ văn thư" in refused.content.decode()
    work()
    late.refresh_from_db()
    assert late.state == "failed" and "Chỉ văn thư" in late.reason
    assert Notice.objects.filter(kind="outputs.failed", account=cast.accounts["hoa"].pk).exists()


def test_a_file_stays_a_day_and_a_locked_list_takes_it_along(hoa: Client, cast: Cast) -> None:
    row, other = ordered(cast), ordered(cast, last=ROWS - 1)
    work()
    commands.sweep(actor=SYSTEM, at=now() + timedelta(hours=23))
    assert hoa.get(f"{row.url}/{row.name}").status_code == 200
    commands.withdraw(actor=SYSTEM, at=now(), agency=cast.units["stc"].pk)
    assert len(list(queries.folder().iterdir())) == 2, "another agency's list"
    Output.objects.filter(pk=other.pk).update(state="making", ended_at=None)
    commands.withdraw(actor=SYSTEM, at=now(), agency=cast.units["skhcn"].pk)
    assert not list(queries.folder().iterdir())
    assert sorted(Output.objects.values_list("state", flat=True)) == ["failed", "swept"]
    gone = hoa.get(f"{row.url}/{row.name}")
    assert gone.status_code == 409 and "bị khóa" in gone.content.decode()
    third, stray = ordered(cast), queries.folder() / f"{row.pk}.7"
    work()
    for place in (stray, queries.place_of(third.pk)):
        place.touch()
        os.utime(place, (0, 0))
    commands.sweep(actor=SYSTEM, at=now())
    assert queries.place_of(third.pk).exists() and not stray.exists(), "what a broken run left, and nothing else"
    assert commands.sweep(actor=SYSTEM, at=now() + timedelta(hours=24, minutes=1)) == 1
    assert "dọn sau một ngày" in hoa.get(third.url).content.decode()


def test_nobody_fills_the_queue_and_what_nobody_makes_is_given_up(hoa: Client, cast: Cast) -> None:
    rows = [ordered(cast, last=ROWS - number) for number in range(rules.MOST_AT_ONCE)]
    with pytest.raises(WrongState, match="5 tệp"):
        ordered(cast, last=550)
    commands.begin(actor=SYSTEM, at=now(), output=rows[0].pk)
    commands.sweep(actor=SYSTEM, at=now() + timedelta(minutes=31))
    assert list(Output.objects.exclude(state="waiting").values_list("pk", "state")) == [(rows[0].pk, "failed")]
    assert "Máy dừng giữa chừng" in hoa.get(rows[0].url).content.decode()
    commands.sweep(actor=SYSTEM, at=now() + timedelta(hours=25))
    assert not Output.objects.filter(ended_at=None).exists()


def test_the_page_asks_the_database_as_little_whatever_is_on_its_way(
    hoa: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    rows = [ordered(cast, last=ROWS - number) for number in range(4)]
    hoa.get(rows[0].url)
    with django_assert_max_num_queries(9):  # who asks, session, menu, unread notices; the row, its book
        hoa.get(rows[0].url, HTTP_HX_REQUEST="true")
    assert (
        rules.left_words(5000, 20000, 10.0) == "còn khoảng 30 giây"
        and rules.left_words(100, 20000, 5.0) == "còn khoảng 17 phút"
    )
    assert rules.left_words(0, 20000, 60.0) == "" and "ghép" in rules.done_words(20000, 20000)
