"""A reader in Chromium: without a script, without an account; and nothing that was written into an article runs."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.cast import build
from tests.news.desk import TEXT, Desk
from tests.portal.payloads import PAYLOADS, attacked
from tram.portal import queries
from tram.portal.rules.kept import KEPT

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LISTEN = "addEventListener('securitypolicyviolation', (event) => (window.reports ??= []).push(event.violatedDirective))"


@pytest.fixture(autouse=True)
def afresh() -> None:
    """Nothing is kept from other tests."""
    KEPT.forget()
    queries.generations.forget()


def watched(page: Page, home: str) -> list[str]:
    """What the page asks of anybody else, and what it says in a dialog."""
    troubles: list[str] = []
    page.on("request", lambda asked: asked.url.startswith((home, "data:")) or troubles.append(asked.url))
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    return troubles


def test_nothing_of_an_article_runs_with_or_without_the_policy(browser: Browser, live_server: Any) -> None:
    desk = Desk(build())
    articles = [desk.public(attacked(payload)) for payload in PAYLOADS]
    for is_off in (True, False):
        context = browser.new_context(base_url=live_server.url, bypass_csp=is_off)
        context.add_init_script(LISTEN)
        page = context.new_page()
        troubles = watched(page, live_server.url)
        for address in ("/cong", "/cong/tim?q=window.ran", *(f"/cong/tin/{one.slug}" for one in articles)):
            page.goto(address)
            assert page.evaluate("[window.ran, window.reports, location.pathname]") == [
                None,
                None,
                address.split("?")[0],
            ]
        assert not troubles
        context.close()


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
