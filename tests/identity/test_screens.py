"""Screens of identity that journeys/test_axe.py does not open: nothing for axe to say, nothing wider than a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.cast import PASSWORD, build
from tests.journeys.axe import violations
from tram.identity.commands.invitations import invite
from tram.kernel import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def check(page: Page, name: str) -> None:
    """One screen, on a desk and on a phone."""
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == [], f"{name} {width}"
        assert page.evaluate("document.querySelector('main').scrollWidth") <= width, f"{name} {width}"


def test_the_screens_are_open_to_everybody_on_desk_and_phone(page: Page, live_server: Any) -> None:
    cast, site = build(), live_server.url
    link = invite(actor=cast.quan, at=clock.now(), account=cast.accounts["lan"])
    for path in (f"/moi/{link}", "/moi/khong-con"):
        page.goto(site + path)
        check(page, path)
    page.goto(f"{site}/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("quan")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"{site}/")
    for path in ("/toi/xac-nhan", "/quan-tri/tai-khoan?q=khong-co-ai"):
        page.goto(site + path)
        check(page, path)
