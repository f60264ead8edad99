"""In Chromium: from the press to the file, and the page never loaded again."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, expect

from tests.cast import Cast
from tests.jobs.working import work
from tests.outputs.shelf import ROWS, lay_book
from tram.kernel.clock import now
from tram.notifications.models import Notice
from tram.outputs.models import Output

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_bar_moves_and_ends_in_the_file(
    browser: Browser, live_server: Any, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.TRAM_DATA = tmp_path
    lay_book(cast)
    name = django_settings.SESSION_COOKIE_NAME
    cookie = cast.signed_in(Client(), "hoa").cookies[name].value
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", base_url=live_server.url)
    context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/so/incoming/{now().year}")
    page.get_by_role("button", name="Xuất Excel").click()
    expect(page.get_by_text("Đang chờ tới lượt")).to_be_visible()
    page.evaluate("window.stayed = true")
    row = Output.objects.get()
    Output.objects.update(state="making", done=400, begun_at=now(), told_at=now())
    expect(page.get_by_text(f"Đã làm 400 trên {ROWS} dòng").first).to_be_visible()
    expect(page.locator("#ket-xuat-loi")).to_have_text(f"Đã làm 400 trên {ROWS} dòng")
    assert page.get_by_role("progressbar").get_attribute("value") == "400"
    Output.objects.update(state="waiting")
    work()
    expect(page.get_by_role("link", name="Tải về")).to_be_focused()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải về").click()
    assert taken.value.suggested_filename == row.name and Path(taken.value.path()).read_bytes()[:2] == b"PK"
    assert page.evaluate("window.stayed") and not Notice.objects.filter(read_at=None, about=row.ref).exists()
    context.close()
