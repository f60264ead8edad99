"""A reader in Chromium: without a script, without an account."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.cast import build
from tests.journeys.people import PHONE
from tests.news.desk import TEXT, Desk
from tram.portal import queries
from tram.portal.rules.kept import KEPT

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IN_MENU = """() => {
  const link = document.activeElement, place = link.getBoundingClientRect();
  return link.closest(".sections") && [link.textContent, place.left >= 0 && place.right <= innerWidth];
}"""


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


def test_on_a_phone_the_keyboard_brings_each_link_of_the_menu_wholly_into_sight(
    browser: Browser, live_server: Any
) -> None:
    build()
    page = browser.new_context(base_url=live_server.url, viewport=PHONE).new_page()
    page.goto("/cong")
    seen = {}
    for key in ["Tab"] * 24 + ["Shift+Tab"] * 20:
        page.keyboard.press(key)
        if told := page.evaluate(IN_MENU):
            seen[(key, told[0])] = told[1]
    assert len(seen) > 30 and all(seen.values()), [place for place, is_whole in seen.items() if not is_whole]
    page.context.close()
