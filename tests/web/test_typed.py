"""A form that was not taken: the page that says so leads back to it, and everything typed stands in it again."""

from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.stage import Stage, body, render

FORM = """<details><summary>Hủy số</summary><form id="f" method="post" action="/so/huy">
<input name="number" aria-label="Số"><input name="reason" aria-label="Lý do"><textarea name="note" aria-label="Ghi chú"></textarea>
<input type="checkbox" name="sure" value="1" aria-label="Chắc chắn"><button class="button">Hủy số</button></form></details>"""
TYPED = [("number", "bảy"), ("reason", 'Ghi "nhầm" <b>'), ("note", "dòng một\ndòng hai"), ("sure", "1")]


def test_what_was_typed_stands_in_the_form_again_once(page: Page) -> None:
    told = {"errors": {"number": "Nhập một số, ví dụ 118."}, "typed": TYPED, "back_url": "/so"}
    refusal = render("web/422.html", **told).replace('data-typed="/"', 'data-typed="/so/huy"')
    stage = Stage(page, body(FORM), **{"so/huy": lambda request: (422, refusal)})
    page.get_by_text("Hủy số").first.click()
    page.locator("#f").get_by_role("button").click()
    expect(page.get_by_text("Nhập một số, ví dụ 118.")).to_be_visible()
    assert stage.focused() == "Về biểu mẫu, còn nguyên nội dung đã nhập" and stage.violations() == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nhập một số, ví dụ 118.")
    assert page.get_by_label("Lý do").input_value() == 'Ghi "nhầm" <b>'
    assert page.get_by_label("Ghi chú").input_value() == "dòng một\ndòng hai"
    assert page.get_by_label("Chắc chắn").is_checked() and stage.focused().startswith("Có một chỗ cần sửa")
    assert stage.violations() == []
    page.reload()
    expect(page.get_by_label("Lý do")).to_have_value("")
    assert [line for line in stage.trouble if "422" not in line] == []


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    return cast.signed_in(client, "hoa")


def refused(clerk: Client, referer: str, **fields: str) -> str:
    told = {"number": "bảy", "reason": "Ghi nhầm", "password": "mật khẩu", "idempotency_key": str(uuid4()), **fields}
    answer = clerk.post("/so/incoming/2026/huy", told, headers={"Referer": referer})
    assert answer.status_code == 422
    return answer.content.decode()


def test_the_way_back_is_the_page_of_the_form(clerk: Client) -> None:
    page = refused(clerk, "http://testserver/so/incoming/2026?tu=1#cuoi")
    assert 'href="/so/incoming/2026?tu=1"' in page and 'value="Ghi nhầm"' in page
    assert "mật khẩu" not in page and 'name="idempotency_key" value="' not in page.partition("data-typed")[2][:400]


@pytest.mark.parametrize("referer", ["", "http://xau.example/so", "javascript:alert(1)", "http://[", "//xau.example/"])
def test_a_form_of_another_site_is_not_led_back_to(clerk: Client, referer: str) -> None:
    page = refused(clerk, referer)
    assert "Về biểu mẫu" not in page and "xau.example" not in page and "javascript" not in page


def test_who_may_not_is_told_whom_to_ask(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "lan")
    for address in ("/so", "/viec/giao"):
        page = client.get(address)
        assert page.status_code == 403 and "Mai Đức Quản, Quản trị hệ thống" in page.content.decode(), address
    page = cast.signed_in(Client(), "quan").get("/viec/giao")
    assert "phân quyền của cơ quan: Cao Thị Tỉnh, Quản trị tỉnh." in page.content.decode()
    stranger = cast.signed_in(Client(), "tuan").get("/to-chuc/987654/doi-ten")
    assert stranger.status_code == 404 and "Cao Thị Tỉnh, Quản trị tỉnh" in stranger.content.decode()
