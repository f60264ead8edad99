"""Forms: one effect for each POST, nothing typed is lost, suggestions by keyboard, a bar for each file."""

import json
from urllib.parse import parse_qs

from playwright.sync_api import Page, Request, expect

from tests.web.stage import Stage, body

FORM = """<form id="f" method="post" action="/vao-so" data-entry data-draft="thu" data-draft-url="/nhap" data-draft-local {more}>
<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="idempotency_key" value="{key}">
<input id="a" name="a"><input id="b" name="b"><textarea id="c" name="c"></textarea><span data-draft-state></span>
<button class="button">Vào sổ</button></form>"""


def done(request: Request) -> tuple[int, str]:
    return 200, body("<p>Xong</p>")


def saved(request: Request) -> tuple[int, str]:
    return 200, json.dumps({"content": {"a": ["Cũ"], "c": ["Dở dang"]}}) if request.method == "GET" else ""


def sent(request: Request) -> dict[str, list[str]]:
    return parse_qs(request.post_data or "")


def test_enter_goes_on_and_ctrl_enter_sends_once_with_a_key(page: Page) -> None:
    stage = Stage(page, body(FORM.format(key="", more="")), **{"vao-so": done, "nhap": saved})
    page.locator("#a").fill("1")
    page.keyboard.press("Enter")
    assert stage.focused() == "b"
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Xong")).to_be_visible()
    posts = [request for request in stage.asked if request.url.endswith("/vao-so")]
    assert len(posts) == 1 and len(sent(posts[0])["idempotency_key"][0]) == 36


def test_enter_sends_the_form_for_those_who_want_it_so(page: Page) -> None:
    stage = Stage(page, body(FORM.format(key="", more="")), **{"vao-so": done, "nhap": saved})
    page.keyboard.press("Shift+Slash")
    page.get_by_label("Enter sang ô sau khi nhập").uncheck()
    page.reload()
    page.locator("#a").fill("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Xong")).to_be_visible()
    assert sent(stage.asked[-1])["a"] == ["1"]


def test_the_server_s_own_key_is_kept(page: Page) -> None:
    stage = Stage(page, body(FORM.format(key="from-the-server", more="")), **{"vao-so": done, "nhap": saved})
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_text("Xong")).to_be_visible()
    assert sent(stage.asked[-1])["idempotency_key"] == ["from-the-server"]


def test_a_double_click_sends_once(page: Page) -> None:
    stage = Stage(page, body(FORM.format(key="k", more='target="_blank"')), **{"vao-so": done, "nhap": saved})
    with page.expect_popup():
        page.get_by_role("button", name="Vào sổ").dblclick()
    page.wait_for_timeout(200)
    assert page.locator("#f[data-sent]").count() == 1 and len(page.context.pages) == 2
    assert not stage.trouble


def test_a_form_that_answers_with_a_file_says_what_is_done_and_may_be_sent_anew(page: Page) -> None:
    page.clock.install()
    form = FORM.format(key="k", more='target="_blank" data-again').replace("<button ", '<button data-busy="Đang ký…" ')
    Stage(page, body(form), **{"vao-so": done, "nhap": saved})
    with page.expect_popup():
        page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_role("status").get_by_text("Đang ký…")).to_be_visible()
    assert page.locator("#f[data-sent]").count() == 1 and page.locator("#f [name=idempotency_key]").input_value() == "k"
    page.clock.fast_forward(5100)
    assert (
        page.locator("#f[data-sent]").count() == 0
        and len(page.locator("#f [name=idempotency_key]").input_value()) == 36
    )


def test_what_is_typed_is_drafted_without_secrets(page: Page) -> None:
    stage = Stage(page, body(FORM.format(key="k", more="")), **{"vao-so": done, "nhap": saved})
    page.locator("#c").fill("Đang soạn")
    expect(page.locator("[data-draft-state]")).to_contain_text("Đã lưu nháp", timeout=4000)
    draft = sent(stage.asked[-1])
    assert draft["name"] == ["thu"] and json.loads(draft["content"][0])["c"] == ["Đang soạn"]
    assert "idempotency_key" not in json.loads(draft["content"][0])


def test_a_draft_comes_back_when_asked_for(page: Page) -> None:
    more = 'data-draft-at="14:05 ngày 12/03/2026"'
    Stage(page, body(FORM.format(key="k", more=more)), **{"vao-so": done, "nhap": saved})
    expect(page.get_by_text("Có bản nháp lúc 14:05 ngày 12/03/2026.")).to_be_visible()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("#c")).to_have_value("Dở dang")


def test_offline_typing_stays_on_the_machine_and_is_told(page: Page) -> None:
    Stage(page, body(FORM.format(key="k", more="")), **{"vao-so": done, "nhap": saved})
    page.context.set_offline(True)
    page.locator("#c").fill("Giữ lấy")
    expect(page.locator("[data-draft-state]")).to_contain_text("Đã giữ trên máy này", timeout=4000)
    expect(page.locator("[data-line-words]")).to_contain_text("1 việc chưa gửi")
    page.context.set_offline(False)
    expect(page.locator("[data-draft-state]")).to_contain_text("Đã lưu nháp")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_suggestions_are_chosen_by_keyboard(page: Page) -> None:
    options = '<li role="option" data-value="7" data-label="Sở Tài chính">Sở Tài chính</li><li role="option" data-value="8" data-label="Sở Tư pháp">Sở Tư pháp</li>'
    html = '<form data-entry><label for="org">Nơi gửi</label><input id="org" data-suggest="/goi-y" data-suggest-target="oid"><input type="hidden" id="oid"><input id="next" aria-label="Sau"></form>'
    stage = Stage(page, body(html), **{"goi-y": lambda request: (200, options)})
    page.locator("#org").press_sequentially("st")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_text("Sở Tài chính")
    assert stage.violations() == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#org")).to_have_value("Sở Tư pháp")
    assert page.locator("#oid").input_value() == "8" and stage.focused() == "next"


def test_the_server_echoes_the_day_it_understood(page: Page) -> None:
    html = '<input id="d" data-echo="/ngay" aria-label="Ngày"><span class="echo" id="d-echo"></span>'
    Stage(page, body(html), ngay=lambda request: (200, "thứ năm, 05/03/2026"))
    page.locator("#d").fill("5/3")
    expect(page.locator("#d-echo")).to_have_text("thứ năm, 05/03/2026")


def test_each_file_has_its_own_verdict(page: Page) -> None:
    html = '<form class="drop" method="post" action="/tep" data-drop data-limit="100"><input class="unseen" type="file" name="file" multiple aria-label="Tệp"><ul class="uploads"></ul></form><script src="/tinh/web/uploads.js" defer></script>'

    def judge(request: Request) -> tuple[int, str]:
        return (
            (422, "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại.")
            if b"locked" in (request.post_data_buffer or b"")
            else (200, "Đã nhận")
        )

    stage = Stage(page, body(html), tep=judge)
    files = [("a.pdf", b"good"), ("b.pdf", b"locked"), ("c.pdf", b""), ("d.pdf", b"x" * 200)]
    page.locator("input[type=file]").set_input_files(
        [{"name": n, "mimeType": "application/pdf", "buffer": b} for n, b in files]
    )
    for words in ("Đã nhận", "Tệp có mật khẩu", "Tệp không có nội dung", "lớn hơn mức"):
        expect(page.locator(".uploads")).to_contain_text(words)
    assert len(stage.asked) == 2


def test_the_undo_bar_counts_and_goes(page: Page) -> None:
    Stage(page, body('<div class="toast" data-undo="2"><span data-undo-left>2</span></div>'))
    expect(page.locator("[data-undo]")).to_have_count(0, timeout=4000)


def test_the_copy_on_the_machine_goes_when_the_server_has_it_or_the_person_leaves(page: Page) -> None:
    html = '<form method="post" action="/ra" data-logout><button>Đăng xuất</button></form>'
    Stage(page, body(html), ra=done)
    keep = (
        """([name, key]) => localStorage.setItem(`tram:draft:1:${name}`, JSON.stringify({at: 0, content: {}, key}))"""
    )
    page.evaluate(keep, ["thu", "k1"])
    page.evaluate(keep, ["khác", "k2"])
    page.evaluate("document.cookie = 'tram_done=k1'")
    page.reload()
    assert page.evaluate("Object.keys(localStorage)") == ["tram:draft:1:khác"]
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("Xong")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
