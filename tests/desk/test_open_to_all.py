"""The desks in Chromium: nothing for axe to find, nothing sticking out, the keys do what the screen says."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast, build
from tests.journeys.axe import violations
from tests.tasks.work import given
from tram.kernel.clock import LOCAL
from tram.tasks.commands.due import ask_extension
from tram.tasks.events import Kind
from tram.tasks.models import Task

NOW = datetime.now(LOCAL)
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DAYS = {"Báo cáo số liệu điểm bưu điện": -3, "Góp ý dự thảo kế hoạch": 0, "Trả lời UBND xã Tả Phìn": 40}


@pytest.fixture
def office(transactional_db: None, settings: Any) -> Iterator[Cast]:
    """A division with work on every kind of day."""
    settings.CSRF_COOKIE_HTTPONLY = False
    cast = build()
    for title, ahead in DAYS.items():
        due_on = NOW.date() + timedelta(days=ahead)
        given(cast, to="lan", title=title, due_on=due_on, note="Làm kỹ phần số liệu")
        given(cast, title=f"{title} của phòng", due_on=due_on, urgency=2, note="Phòng tham mưu")
    task = given(cast, by="dung", to="lan", title="Rà soát điểm phát sóng", due_on=NOW.date() + timedelta(days=2))
    ask_extension(
        actor=cast.lan, at=NOW, task=task, wanted_on=NOW.date() + timedelta(days=9), reason="Chờ số liệu 3 xã"
    )
    given(cast, Kind.DIRECT, by="hoa", to="son", title="Thư của Bộ về chuyển đổi số", due_on=NOW.date())
    yield cast


def enter(page: Page, cast: Cast, live_server: LiveServer, who: str, path: str) -> None:
    cookie = cast.signed_in(Client(), who).cookies["phien"].value
    page.context.add_cookies([{"name": "phien", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + path)


def pages_of(cast: Cast) -> list[tuple[str, str]]:
    """What journeys/test_axe.py does not open."""
    lan = Task.objects.get(title="Rà soát điểm phát sóng").pk
    return [("lan", "/"), ("lan", f"/viec/{lan}"), ("dung", f"/viec/{lan}")]


def test_every_page_is_open_to_everybody_on_a_phone(browser: Browser, live_server: LiveServer, office: Cast) -> None:
    troubles = []
    for who, path in pages_of(office):
        with browser.new_context(**PHONE) as context:
            page = context.new_page()
            enter(page, office, live_server, who, path)
            troubles += [f"{who} {path} {trouble}" for trouble in violations(page)]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            troubles += [f"{who} {path} sticks out by {wide}"] if wide > 0 else []
    assert troubles == []


def test_a_head_shares_out_by_keys_alone(page: Page, live_server: LiveServer, office: Cast) -> None:
    enter(page, office, live_server, "dung", "/viec/phan-viec")
    for key in ("j", "Space", "j", "Space", "Alt+2"):
        page.keyboard.press(key)
    page.get_by_text("Đã phân 2 việc cho Hoàng Thị Lan.").wait_for()
    assert Task.objects.filter(post=office.posts["lan"], holdings__how="handed").count() == 2
    page.keyboard.press("Alt+z")
    page.get_by_text("Đã rút lại 2 việc").wait_for()
    assert not Task.objects.filter(holdings__how="handed", holdings__until_at=None).exists()


def test_e_reports_the_row_that_has_the_cursor(page: Page, live_server: LiveServer, office: Cast) -> None:
    enter(page, office, live_server, "lan", "/")
    for key in ("j", "e"):
        page.keyboard.press(key)
    page.get_by_label("Kết quả").fill("Công văn 153/SKHCN-BCVT")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Đã nộp kết quả.").wait_for()
    assert Task.objects.filter(state="submitted").count() == 1


def test_a_dialog_takes_a_step_and_reading_is_kept(page: Page, live_server: LiveServer, office: Cast) -> None:
    task = Task.objects.get(title="Rà soát điểm phát sóng")
    enter(page, office, live_server, "lan", task.url)
    page.wait_for_load_state("networkidle")
    assert Task.objects.get(pk=task.pk).read_at is not None
    page.keyboard.press("t")
    page.get_by_role("dialog").get_by_label("Đã làm được (%)").fill("60")
    page.get_by_role("dialog").get_by_label("Việc đã làm").fill("Đã khảo sát 12/20 xã")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    page.get_by_text("Đã ghi tiến độ.").wait_for()
    assert Task.objects.get(pk=task.pk).progress == 60
