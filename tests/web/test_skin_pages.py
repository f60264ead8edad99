"""Every component in every mode: nothing for axe to find, nothing sticking out, nothing against the policy."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.stage import Stage, render
from tram.web.style import sample

MODES: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "contrast": {"viewport": {"width": 1280, "height": 800}, "contrast": "more"},
    "forced": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "zoomed": {"viewport": {"width": 320, "height": 256}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("template", ["web/style.html", "web/style_desk.html"])
def test_every_component_is_open_to_everybody(browser: Browser, template: str, mode: str) -> None:
    with browser.new_context(**MODES[mode]) as context:
        stage = Stage(context.new_page(), render(template, **sample()))
        assert stage.violations() == []
        assert stage.trouble == []
        assert stage.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


TROUBLES: dict[str, dict[str, object]] = {
    "403": {"hidden": True},
    "409": {"reason": "Chị Hoa vừa sửa hạn xử lý thành 20/03."},
    "422": {"errors": {"subject": "Nhập trích yếu, ví dụ câu sau chữ V/v trên văn bản."}},
    "500": {"code": "7F3K-22"},
    "csrf": {},
    "offline": {},
}


@pytest.mark.parametrize("name", TROUBLES)
def test_pages_of_trouble_are_open_to_everybody(page: Page, name: str) -> None:
    stage = Stage(page, render(f"web/{name}.html", **TROUBLES[name]))
    assert stage.violations() == [] and stage.trouble == []


def test_help_and_palette_are_open_to_everybody(page: Page) -> None:
    stage = Stage(page, render("web/style.html", **sample()))
    page.keyboard.press("Shift+Slash")
    assert page.locator("#help").is_visible() and stage.violations() == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    assert page.locator("#palette").is_visible() and stage.violations() == []


def test_print_leaves_the_paper_and_takes_the_menus_away(page: Page) -> None:
    Stage(page, render("web/style.html", **sample()))
    page.emulate_media(media="print")
    assert not page.locator(".bar, .nav, .bottom, .toasts, .actions").filter(visible=True).count()
    assert page.get_by_text("In bởi Lê Thị Hoa").is_visible()


def test_a_page_of_trouble_for_htmx_is_a_fragment() -> None:
    whole = render("web/409.html", reason="Đã chuyển.")
    part = render("web/409.html", reason="Đã chuyển.", request={"headers": {"hx_request": "true"}})
    assert "<html" in whole and "<html" not in part and "Đã chuyển." in part


def test_targets_on_a_phone_are_wide_enough_for_a_thumb(browser: Browser) -> None:
    with browser.new_context(**MODES["phone"]) as context:
        stage = Stage(context.new_page(), render("web/style_desk.html", **sample()))
        boxes = [
            each.bounding_box()
            for each in stage.page.locator(".button, .bottom a, .bottom summary, .steps a").filter(visible=True).all()
        ]
        assert boxes and all(box and box["height"] >= 44 for box in boxes)


def test_at_four_hundred_percent_nothing_that_sticks_covers_the_slip(browser: Browser) -> None:
    page = browser.new_page(**MODES["zoomed"])
    Stage(page, render("web/style_desk.html", **sample()))
    stuck = "() => [...document.querySelectorAll('body *')].filter((el) => ['fixed', 'sticky'].includes(getComputedStyle(el).position) && el.offsetHeight > 0 && !el.closest('.toasts')).map((el) => el.className)"
    assert page.evaluate(stuck) == []
    page.close()
