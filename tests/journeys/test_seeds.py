"""Five reports of 2007-2009 come back: taken in, looked through, let out by two people, found with and without marks, rated."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.cast import build
from tests.journeys.conftest import Enter
from tests.journeys.people import Person
from tests.journeys.test_screens import keep
from tests.news.desk import Desk
from tests.news.test_bring import photograph
from tram.news.models import Article

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LOOKED_AT = {"width": 620, "height": 1100}
PROVEN = ("chú thích ảnh", "thước", "hiệu quả", "hợp triển", "trưởng Trần")
"""What a person agrees to of what is only proposed: the caption glued to the lead, the word that lost its ư, missing blanks."""


def test_the_five_seeds_are_read_repaired_published_found_and_rated(
    enter: Enter, browser: Browser, live_server: Any, real: Path
) -> None:
    seeds = sorted((real / "seeds").glob("*.txt"))
    Desk(build())
    editor, publisher = enter("nga"), enter("phuc")
    page = editor.open("/tin-bai/bai-cu")
    page.get_by_label("Các tệp bài cũ").set_input_files(seeds)
    page.get_by_role("button", name="Đưa vào").click()
    expect(page.locator("main")).to_contain_text("Đã nhận 5 tệp")
    reader = browser.new_page(base_url=live_server.url, viewport=LOOKED_AT)
    for seed in seeds:
        _let_out(editor, publisher, reader, seed)
    _repaired(reader)
    _found_and_rated(reader)
    assert (editor.trouble, publisher.trouble) == ([], [])
    reader.context.close()


def _let_out(editor: Person, publisher: Person, reader: Page, seed: Path) -> None:
    """One editor agrees to the repair and passes the article on; another person lets it out."""
    title = seed.read_text(encoding="utf-8").splitlines()[0].strip()
    page = editor.open("/tin-bai/bai-cu")
    page.get_by_role("link", name=title).first.click()
    for words in PROVEN:
        for choice in page.locator("label.choice").filter(has_text=words).all():
            choice.locator("input").check()
    page.get_by_role("button", name="Xem theo lựa chọn này").click()
    review = _seen(page, "lµnh")
    page.get_by_role("button", name="Xác nhận thành bản nháp").click()
    if "[Ảnh" in page.locator("main").inner_text() or page.get_by_text("chưa có ảnh").count():
        _bring_picture(page)
    for step in ("Trình biên tập", "Chuyển xuất bản"):
        page.get_by_role("button", name=step).click()
    page = publisher.open(page.url.removeprefix(publisher.site))
    page.get_by_role("link", name="Đăng", exact=True).click()
    page.get_by_role("button", name="Đăng").click()
    expect(page.locator("main")).to_contain_text("đang đăng")
    slug = Article.objects.order_by("-pk").values_list("slug", flat=True)[0]
    reader.goto(f"/cong/tin/{slug}")
    expect(reader.locator("h1")).to_have_text(title)
    _keep(seed, reader, review)


def _bring_picture(page: Page) -> None:
    """The caption of the old article waits for its picture."""
    page.get_by_role("button", name="Sửa bài").click()
    page.get_by_label("Đưa ảnh, bản ghi âm, tệp vào bài").set_input_files(
        [{"name": "luu-niem.jpg", "mimeType": "image/jpeg", "buffer": photograph((1200, 700), turned=1)}]
    )
    page.get_by_role("button", name="Lưu và đưa vào bài").click()
    body = page.get_by_label("Thân bài")
    told = body.input_value().replace("Mô tả:", "Mô tả: Thứ trưởng đứng giữa cán bộ Sở trước trụ sở.")
    body.fill(told.replace("Được đăng vì: chưa rõ", "Được đăng vì: hoạt động công cộng"))
    page.get_by_role("button", name="Lưu Ctrl+Enter").click()


def _repaired(reader: Page) -> None:
    """Old letters, a second printing, a caption glued to the lead, dates with the month first: all four are handled."""
    _open(reader, "lanh manh", "Lãnh đạo Tỉnh Hòa Bình làm việc với Sở Thông tin và Truyền thông")
    said = reader.locator("main").inner_text()
    assert "công bằng, bình đẳng và lành mạnh" in said and "chính là thước đo đánh giá hiệu quả" in said
    assert said.count("đã có buổi làm việc tại Sở Thông tin - Truyền thông tỉnh Hòa Bình") == 1
    assert "20:30 ngày 12/06/2009" in said and "ĐÁNH GIÁ BÀI VIẾT" not in said
    _open(reader, "Quảng Ngãi", "Sở BCVT Quảng Ngãi tổ chức Hội nghị triển khai công tác năm 2007")
    assert "14:07 ngày 30/01/2007" in reader.locator("main").inner_text()
    _open(reader, "Sơn La 2007", "Sở BCVT Sơn La triển khai kế hoạch năm 2007")
    said = reader.locator("main").inner_text()
    assert "Sơn LaNgày" not in said and "Hồ Hồng Hải" in said


def _found_and_rated(reader: Page) -> None:
    title = "Lãnh đạo Tỉnh Hòa Bình làm việc với Sở Thông tin và Truyền thông"
    for words in ("lanh manh", "lành mạnh"):
        _open(reader, words, title)
    reader.get_by_role("button", name="5").click()
    expect(reader.locator("main")).to_contain_text("Đã ghi")


def _open(reader: Page, words: str, title: str) -> None:
    """Find it as a reader does, and open it."""
    reader.goto("/cong/tim")
    reader.get_by_label("Tìm").first.fill(words)
    reader.keyboard.press("Enter")
    reader.get_by_role("link", name=title).first.click()
    expect(reader.locator("h1")).to_have_text(title)


def _seen(page: Page, words: str) -> bytes:
    """The screen as it stands, as wide as a third of the picture, where these words are, if they are."""
    size = page.viewport_size
    page.set_viewport_size(LOOKED_AT)
    page.evaluate("words => find(words)", words)
    taken = page.screenshot()
    page.set_viewport_size(size or LOOKED_AT)
    return taken


def _keep(seed: Path, reader: Page, review: bytes) -> None:
    """The raw text, the review and the page side by side, where TRAM_SCREENS names a folder."""
    folder = os.environ.get("TRAM_SCREENS")
    if not folder:
        return
    article = _seen(reader, "lành mạnh")
    reader.goto("about:blank")
    reader.set_content("<pre style='white-space: pre-wrap; font: 16px/1.5 monospace; padding: 12px'></pre>")
    reader.evaluate("text => document.querySelector('pre').textContent = text", seed.read_text(encoding="utf-8"))
    three = [Image.open(io.BytesIO(one)) for one in (_seen(reader, "lµnh m¹nh"), review, article)]
    whole = Image.new("RGB", (LOOKED_AT["width"] * 3, LOOKED_AT["height"]), "white")
    for place, one in enumerate(three):
        whole.paste(one, (place * LOOKED_AT["width"], 0))
    told = io.BytesIO()
    whole.save(told, "PNG")
    keep(told.getvalue(), Path(folder) / f"bai-cu-{seed.name[:3]}.webp")
