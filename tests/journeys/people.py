"""A person at the browser: signed in, with every key and tap counted."""

import re
from typing import Any

from playwright.sync_api import Browser, Page

from tests.cast import PASSWORD
from tests.journeys.axe import violations

COUNTERS = """
const count = (name) => sessionStorage.setItem(name, Number(sessionStorage.getItem(name) ?? 0) + 1);
let down = false;
addEventListener("keydown", (event) => { if (event.isTrusted) { count("keys"); down = true; } }, true);
/* letters with marks arrive without a key in tests: each counts as one */
addEventListener("beforeinput", () => { if (!down) count("keys"); down = false; }, true);
addEventListener("pointerdown", (event) => { if (event.isTrusted) count("taps"); }, true);
"""
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


class Person:
    """One signed-in person with a window of their own."""

    def __init__(self, browser: Browser, site: str, login: str, size: dict[str, int] = DESK) -> None:
        options: dict[str, Any] = {"viewport": size, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
        self.site, self.trouble = site, list[str]()
        self.page: Page = browser.new_context(has_touch=size == PHONE, **options).new_page()
        self.page.add_init_script(COUNTERS)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.goto(f"{site}/dang-nhap")
        self.page.get_by_label("Tên đăng nhập").fill(login)
        self.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_url(re.compile(r"^(?!.*dang-nhap).*$"))
        self.page.evaluate("for (const name of ['keys', 'taps']) sessionStorage.removeItem(name)")

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def counted(self, what: str) -> int:
        """How many "keys" or "taps" this window saw so far."""
        return int(self.page.evaluate(f"Number(sessionStorage.getItem('{what}') ?? 0)"))

    def violations(self) -> list[str]:
        """What axe finds, one line each; and what is wider than the window."""
        lines = violations(self.page)
        wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        return lines + (["wider than the window"] if wide else [])
