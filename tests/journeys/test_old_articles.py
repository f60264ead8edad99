"""Old articles through the screen: dropped, looked through beside their text, agreed to change by change, made into drafts."""

import pytest
from playwright.sync_api import expect

from tests.cast import build
from tests.journeys.conftest import Enter
from tests.news.pages import HTML, OLD
from tram.news.models import Article, OldFile

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_old_article_is_looked_through_and_becomes_a_draft(enter: Enter) -> None:
    build()
    tam = enter("tam")
    page = tam.open("/tin-bai")
    page.get_by_role("link", name="Nhập bài cũ").first.click()
    page.get_by_label("Các tệp bài cũ").set_input_files([
        {"name": "cu.txt", "mimeType": "text/plain", "buffer": OLD.encode()},
        {"name": "trang.html", "mimeType": "text/html", "buffer": HTML.encode()},
        {"name": "xau.html", "mimeType": "text/html", "buffer": b"<html><script>alert(1)</script></html>"},
    ])  # fmt: skip
    page.get_by_role("button", name="Đưa vào").click()
    expect(page.locator("main")).to_contain_text("Đã nhận 2 tệp")
    expect(page.locator("main")).to_contain_text("xau.html: Tệp HTML có mã chạy (thẻ <script>, dòng 1)")
    page.get_by_role("link", name="Sở Thông tin Bình Sơn").click()
    expect(page.locator("mark", has_text="lµnh")).to_have_count(1)
    page.get_by_label("Chú thích ảnh dính liền đoạn dẫn").check()
    page.get_by_role("button", name="Xem theo lựa chọn này").click()
    expect(page.locator("main article")).to_contain_text("Ảnh: Bí thư Đoàn xã trao giấy chứng nhận cho học viên")
    page.get_by_role("button", name="Xác nhận thành bản nháp").click()
    expect(page.locator("main article strong").first).to_have_text(
        "Sáng ngày 3/12, Sở Thông tin Bình Sơn khai giảng lớp tập huấn cho sáu mươi cán bộ xã."
    )
    assert (Article.objects.count(), OldFile.objects.count(), tam.trouble) == (1, 2, [])
