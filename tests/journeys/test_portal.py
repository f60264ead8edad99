"""A reader in Chromium: without a script, without an account."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.cast import build
from tests.news.desk import TEXT, Desk
from tram.portal import queries
from tram.portal.rules.kept import KEPT

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def afresh() -> None:
    """Nothing is kept from other tests."""
    KEPT.forget()
    queries.generations.forget()


def test_a_reader_without_scripts_finds_and_reads_and_leaves_no_trace(browser: Browser, live_server: Any) -> None:
    desk = Desk(build())
    desk.public(replace(TEXT, lead="Nơi vui chơi lành mạnh cho thanh niên sáu mươi xã."))
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    assert page.url.endswith("/cong")
    page.get_by_label("Tìm trong tin bài").fill("lanh manh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=TEXT.title).click()
    page.get_by_text("Trích dẫn bài này").click()
    page.get_by_text(f"“{TEXT.title}”. Sở Khoa học và Công nghệ").wait_for()
    page.get_by_role("link", name="Cán bộ đăng nhập").wait_for()
    assert context.cookies() == []
    context.close()
