"""Every screen of identity in the browser: nothing for axe to say, nothing wider than a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.cast import PASSWORD, Cast, build
from tram.identity.commands.invitations import invite
from tram.kernel import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def check(page: Page, name: str) -> None:
    """One screen, on a desk and on a phone."""
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name} {width}: {found.generate_report()}"
        assert page.evaluate("document.querySelector('main').scrollWidth") <= width, f"{name} {width}"


def paths(cast: Cast) -> list[str]:
    """The screens of somebody who is signed in."""
    person = cast.accounts["hoa"].pk
    people = "/quan-tri/tai-khoan"
    return ["/toi", "/toi/xac-nhan", people, f"{people}?q=khong-co-ai", f"{people}/mo", f"{people}/{person}"]


def test_the_screens_are_open_to_everybody_on_desk_and_phone(page: Page, live_server: Any) -> None:
    cast, site = build(), live_server.url
    link = invite(actor=cast.quan, at=clock.now(), account=cast.accounts["lan"])
    for path in (f"/moi/{link}", "/moi/khong-con", "/dang-nhap"):
        page.goto(site + path)
        check(page, path)
    page.get_by_label("Tên đăng nhập").fill("quan")
    page.get_by_label("Mật khẩu", exact=True).fill("sai")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    check(page, "wrong password")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"{site}/")
    for path in paths(cast):
        page.goto(site + path)
        check(page, path)
    page.goto(f"{site}/toi")
    page.get_by_role("button", name="Thêm ứng dụng mã").click()
    page.get_by_text("Quét mã vuông").wait_for()
    check(page, "square")
