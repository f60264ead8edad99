"""Every screen is open to everybody: what axe finds wrong on it, in light and dark, at 1280 and 390 px."""

import os
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.axe import ALL, COLOURS, SHAPES, violations
from tests.journeys.province import Province
from tests.journeys.screens import DESK, KEYS, PASSWORDS, PHONE, SCREENS, Screen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIGHT_AND_DARK = [(DESK, "light", ALL), (DESK, "dark", COLOURS), (PHONE, "light", SHAPES)]
"""Darkness changes colours alone; a narrow window changes what is shown, and where."""
EVERY = 1 if os.environ.get("TRAM_AXE") == "all" else 6
"""Of so many screens one is asked in the dark and one in the narrow window; all with TRAM_AXE=all. Widths: always."""


def wrong(page: Page, screen: Screen, number: int) -> list[str]:
    """What axe finds, one line each; and where the page is wider than the window. Of each person's first screen the
    narrow window is asked for its colours too: its own bar stands on every page."""
    lines: list[str] = []
    for turn, (size, scheme, options) in enumerate(LIGHT_AND_DARK):
        is_first, is_asked = number == 0, turn == 0 or number == 0 or (number + turn) % EVERY == 0
        if scheme == "dark" and not is_asked:
            continue
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        where = f"{screen.name} {size['width']} {scheme}"
        found = violations(page, ALL if is_first and options is SHAPES else options) if is_asked else []
        lines += [f"{where}: {line}" for line in found]
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
        for number, screen in enumerate(one for one in SCREENS if one.who == who and not one.is_print):
            answer = page.goto(screen.address.format(**KEYS))
            assert answer and answer.status == screen.status, screen.name
            if screen.act:
                screen.act(page)
            lines += wrong(page, screen, number)
        page.context.close()
    assert lines == [], "\n".join(lines)
