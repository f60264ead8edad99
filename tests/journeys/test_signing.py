"""A letter of the demo leaves in four people's browsers: signed on a phone, numbered, sealed, issued; then it proves itself."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.province import Province
from tests.journeys.screens import DESK, PHONE
from tram.files.queries import open_blob
from tram.kernel import clock
from tram.outgoing.models import Outgoing
from tram.outgoing.states import State
from tram.signing.queries import report

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def signed(page: Page, url: str, button: str, password: str) -> None:
    """Open the page of the act, show the password, press; a wrong one first is told and keeps the page."""
    page.goto(url)
    page.get_by_label("Mật khẩu", exact=True).fill("nhớ nhầm")
    page.get_by_role("button", name=button).click()
    expect(page.locator(".errors")).to_be_visible()
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name=button).click()
    expect(page.locator("#notices")).to_contain_text("Đã ký")


def test_a_letter_is_signed_on_a_phone_sealed_and_issued(browser: Browser, live_server: Any, tmp_path: Path) -> None:
    province = Province.with_few(4)
    letter = Outgoing.objects.get(state=State.APPROVED)
    son = province.enter(browser, live_server.url, "son", viewport=PHONE, has_touch=True).new_page()
    son.goto(letter.url)
    expect(son.get_by_role("link", name="Ký", exact=True)).to_be_in_viewport()
    signed(son, f"{letter.url}/ky", "Ký", province.passwords["son"])
    hoa = province.enter(browser, live_server.url, "hoa", viewport=DESK).new_page()
    hoa.goto(f"{letter.url}/cap-so")
    hoa.get_by_role("button", name="Cấp số").click()
    expect(hoa.locator("#notices")).to_contain_text("Đã cấp số")
    signed(hoa, f"{letter.url}/dong-dau", "Ký số của cơ quan", province.passwords["hoa"])
    hoa.get_by_role("link", name="Phát hành").first.click()
    expect(hoa.locator("main")).to_contain_text("nơi nhận: ")
    hoa.get_by_role("button", name="Phát hành").click()
    expect(hoa.locator("#notices")).to_contain_text("Đã phát hành")
    letter.refresh_from_db()
    assert letter.state == State.ISSUED and letter.paper_id
    told = report(open_blob(letter.paper_id), clock.now())
    assert (told.verdict, len(told.signatures)) == ("valid", 2), told.summary
