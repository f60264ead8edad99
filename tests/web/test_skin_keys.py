"""Keys: a clerk works without a mouse, and Telex never fires a command."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.web.stage import Stage, body, render
from tram.web.style import sample

LIST = """<button type="button" id="done" data-key="e" data-key-label="Xong">Xong</button><output id="told"></output>
<ul data-list>{}</ul><div data-batch hidden><b data-batch-count></b></div><input id="box">""".format(
    "".join(
        f'<li data-row><input type="checkbox" data-pick aria-label="Chọn {n}"><a data-open href="#r{n}">Dòng {n}</a></li>'
        for n in range(1, 6)
    )
)
TELL = "document.getElementById('done').addEventListener('click', () => { document.getElementById('told').textContent += 'x' })"

TYPE_AT_ONCE = """(box, words) => { for (const letter of words) {
    box.value += letter; box.dispatchEvent(new InputEvent("input", { bubbles: true })); } }"""
"""Letter by letter without a pause, however slow the machine."""


@pytest.fixture
def stage(page: Page) -> Stage:
    stage = Stage(page, body(LIST))
    page.evaluate(TELL)
    return stage


def test_j_and_k_walk_the_list_and_enter_opens(stage: Stage) -> None:
    for key in ("j", "j", "j", "k"):
        stage.page.keyboard.press(key)
    assert stage.focused() == "Dòng 2"
    stage.page.keyboard.press("Enter")
    assert stage.page.url.endswith("#r2")


def test_space_and_shift_select_a_range_and_the_batch_bar_counts(stage: Stage) -> None:
    for key in ("j", "j", "Shift+ArrowDown", "Shift+ArrowDown"):
        stage.page.keyboard.press(key)
    expect(stage.page.locator("[data-batch-count]")).to_have_text("3")
    stage.page.keyboard.press("Space")
    expect(stage.page.locator("[data-batch-count]")).to_have_text("2")


def test_a_single_letter_acts_outside_fields_only(stage: Stage) -> None:
    stage.page.keyboard.press("e")
    stage.page.locator("#box").focus()
    stage.page.keyboard.press("e")
    expect(stage.page.locator("#told")).to_have_text("x")
    expect(stage.page.locator("#box")).to_have_value("e")


def test_what_telex_sends_is_left_alone(stage: Stage) -> None:
    composed = "new KeyboardEvent('keydown', {code: 'KeyE', key: 'e', isComposing: true, bubbles: true})"
    nameless = "new KeyboardEvent('keydown', {code: '', key: 'ê', bubbles: true})"
    for event in (composed, nameless):
        stage.page.evaluate(f"document.body.dispatchEvent({event})")
    stage.page.keyboard.press("Backspace")
    expect(stage.page.locator("#told")).to_have_text("")


def test_single_letters_can_be_switched_off_and_stay_off(stage: Stage) -> None:
    stage.page.keyboard.press("Shift+Slash")
    expect(stage.page.locator("#help")).to_contain_text("Xong")
    stage.page.locator("[data-keys-switch]").uncheck()
    stage.page.reload()
    stage.page.evaluate(TELL)
    stage.page.keyboard.press("e")
    expect(stage.page.locator("#told")).to_have_text("")


def test_the_palette_finds_by_first_letters_and_teaches_the_key(stage: Stage) -> None:
    stage.page.keyboard.press("Control+k")
    stage.page.keyboard.type("xo")
    expect(stage.page.locator("#palette-list li").first).to_have_text("XongE")
    stage.page.keyboard.press("Enter")
    expect(stage.page.locator("#told")).to_have_text("x")
    stage.page.keyboard.press("Control+k")
    stage.page.keyboard.type("vbd")
    expect(stage.page.locator("#palette-list li").first).to_contain_text("Văn bản đến")


def test_the_palette_asks_once_a_pause_and_opens_what_the_server_found(page: Page) -> None:
    hits = {"hits": [{"kind": "Người", "title": "Lê Thị Hoa", "line": "Văn thư, Văn phòng", "url": "/nguoi/7"}]}
    stage = Stage(page, body(LIST), **{"tim/goi-y": lambda request: (200, json.dumps(hits))})
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Tìm văn bản")
    box.evaluate(TYPE_AT_ONCE, "le thi hoa")
    option = page.get_by_role("option", name="Lê Thị Hoa Văn thư, Văn phòng Người")
    expect(option).to_be_visible()
    assert len(stage.asked) == 1
    expect(box).to_have_attribute("aria-activedescendant", "palette-0")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-palette-told]")).to_have_text("2 mục")
    assert stage.violations() == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/nguoi/7")


def test_the_palette_offers_what_the_row_under_the_cursor_offers_and_help_says_it_once(page: Page) -> None:
    row = '<li data-row><a data-open href="#r{0}">Dòng {0}</a><a href="#ket-{0}" data-key="e">Kết thúc</a></li>'
    Stage(page, body(f"<ul data-list>{row.format(1)}{row.format(2)}</ul>"))
    option = page.get_by_role("option", name="Kết thúc")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    expect(option).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#palette input")).not_to_be_focused()
    for number in (1, 2):
        page.keyboard.press("j")
        expect(page.locator("[data-row].here")).to_contain_text(f"Dòng {number}")
    page.keyboard.press("Control+k")
    expect(option).to_have_count(1)
    option.click()
    expect(page.locator("#palette")).to_be_hidden()
    assert page.url.endswith("#ket-2")
    page.keyboard.press("Shift+Slash")
    expect(page.locator("[data-keys-list] dd", has_text="Kết thúc")).to_have_count(1)


def test_late_answers_move_neither_the_choice_nor_what_was_typed_since(page: Page) -> None:
    stage = Stage(page, body(LIST), **{"tim/goi-y": lambda request: (200, '{"hits": []}')})
    page.keyboard.press("Control+k")
    page.keyboard.type("vb")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_contain_text("Văn bản đi")
    expect(page.locator("[data-palette-told]")).to_contain_text("Không có")
    expect(page.locator("[aria-selected=true]")).to_contain_text("Văn bản đi")
    assert len(stage.asked) == 1


def test_the_cursor_starts_in_what_is_wrong_and_the_page_shows_where_it_was_read(page: Page) -> None:
    stage = Stage(page, render("web/style_desk.html", **sample()))
    assert stage.focused() == "id_symbol"
    page.keyboard.press("Enter")
    assert stage.focused() == "id_issued_on"
    expect(page.locator(".page .place")).to_be_visible()


def test_f4_brings_the_last_value_back(page: Page) -> None:
    Stage(page, body('<input id="box" data-last="Sở Tài chính">'))
    page.locator("#box").focus()
    page.keyboard.press("F4")
    expect(page.locator("#box")).to_have_value("Sở Tài chính")
