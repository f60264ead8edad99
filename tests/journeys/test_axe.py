"""Every screen is open to everybody: what axe finds wrong on it, in light and dark, at 1280 and 390 px."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.province import Province
from tests.journeys.screens import DESK, KEYS, PASSWORDS, PHONE, SCREENS, Screen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = Axe()
ALL = {"resultTypes": ["violations"]}
COLOURS = ALL | {"runOnly": ["color-contrast", "link-in-text-block"]}
LIGHT_AND_DARK = [(DESK, "light", ALL), (DESK, "dark", COLOURS), (PHONE, "light", ALL)]
"""Darkness changes colours alone; a narrow window changes what is shown, and where."""


def wrong(page: Page, screen: Screen) -> list[str]:
    """What axe finds, one line each; and where the page is wider than the window."""
    lines: list[str] = []
    for size, scheme, options in LIGHT_AND_DARK:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        where = f"{screen.name} {size['width']} {scheme}"
        found = AXE.run(page, options=options).response["violations"]
        lines += [f"{where}: {rule['id']} {node['target']}" for rule in found for node in rule["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            lines.append(f"{where}: wider than the window")
    return lines


def test_axe_finds_nothing_on_any_screen(browser: Browser, live_server: Any) -> None:
    province = Province(letters=80)
    KEYS.update(province.keys)
    PASSWORDS.update(province.passwords)
    lines: list[str] = []
    for who in dict.fromkeys(screen.who for screen in SCREENS):
        page = province.enter(browser, live_server.url, who, viewport=DESK, reduced_motion="reduce").new_page()
        page.set_default_timeout(6000)
        for screen in [one for one in SCREENS if one.who == who and not one.is_print]:
            answer = page.goto(screen.address.format(**KEYS))
            assert answer and answer.status == screen.status, screen.name
            if screen.act:
                screen.act(page)
            lines += wrong(page, screen)
        page.context.close()
    assert lines == [], "\n".join(lines)
