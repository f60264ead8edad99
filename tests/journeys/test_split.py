"""A scan of several letters is split by keyboard, on a phone by tap, and without a script by its form."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import build
from tests.documents.letters import letter
from tests.documents.scans import blank, drawn, long_letter, scan, together
from tests.journeys.conftest import Enter
from tests.journeys.people import PHONE
from tram.documents.jobs import find_starts
from tram.documents.models import Incoming, Part

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/van-ban-den/ban-van-thu"


def brought(page: Any, content: bytes) -> Incoming:
    """A file dropped on the desk, looked through as the job does."""
    page.locator("#drop-file").set_input_files(
        {"name": "tap-quet.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    expect(page.locator(".uploads .result")).to_have_count(1, timeout=30_000)
    document = Incoming.objects.latest("pk")
    find_starts(document.pk)
    return document


def test_a_mixed_scan_is_checked_cut_and_taken_back_by_keyboard(enter: Enter) -> None:
    build()
    clerk = enter("hoa")
    page = clerk.open(DESK)
    # text, a blank sheet, text of two pages, and a scanned letter
    scans = scan(blank(), drawn(letter(4))[0])
    document = brought(page, together(letter(1), scans, long_letter(2)))
    page = clerk.open(f"{DESK}?lan=scan&van-ban={document.pk}")
    expect(page.locator("#cho")).to_contain_text("Có thể gồm 3 văn bản")
    page.keyboard.press("F8")
    expect(page).to_have_url(re.compile(f"/{document.pk}/tach$"))
    sheets, button = page.locator("[data-sheet]"), page.locator("button[data-key='ctrl+enter']")
    expect(sheets).to_have_count(5)
    expect(sheets.nth(2)).to_be_focused()
    expect(sheets.nth(2)).to_contain_text("sau trang trắng · trang đầu: Số 4/STC-QLNS")
    expect(button).to_contain_text("Tách thành 3 văn bản")
    page.keyboard.press("Space")
    expect(button).to_contain_text("Tách thành 2 văn bản")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("d")
    expect(sheets.nth(1).locator("[name=drop]")).not_to_be_checked()
    page.keyboard.press("d")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert clerk.violations() == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#undo")).to_contain_text("Đã tách thành 3 văn bản.")
    expect(page.locator(".item[data-row]")).to_have_count(3)
    expect(page.locator("#id_code")).to_have_value("1/STC-QLNS")
    assert list(Part.objects.order_by("pk").values_list("pages", flat=True)) == ["1", "3", "4-5"]
    page.keyboard.press("Alt+z")
    expect(page.locator(".item[data-row]")).to_have_count(1)
    expect(page.locator("#trang")).to_contain_text("5 trang")
    assert clerk.counted("taps") == 0 and not clerk.trouble


def test_on_a_phone_marks_are_set_by_tap(enter: Enter) -> None:
    build()
    clerk = enter("hoa", PHONE)
    page = clerk.open(DESK)
    document = brought(page, together(letter(1), long_letter(2)))
    page = clerk.open(f"{DESK}/{document.pk}/tach")
    page.locator("[data-sheet]").nth(2).get_by_text("Văn bản mới").tap()
    button = page.locator("button[data-key='ctrl+enter']")
    expect(button).to_contain_text("Tách thành 3 văn bản")
    assert clerk.violations() == []
    button.tap()
    expect(page.locator("#undo")).to_contain_text("Đã tách thành 3 văn bản.")
    assert Part.objects.count() == 3 and not clerk.trouble


def test_without_a_script_it_is_a_form(enter: Enter, browser: Browser, live_server: Any) -> None:
    build()
    clerk = enter("hoa")
    document = brought(clerk.open(DESK), together(letter(1), letter(2)))
    plain = browser.new_context(java_script_enabled=False, storage_state=clerk.page.context.storage_state())
    page = plain.new_page()
    page.goto(f"{live_server.url}{DESK}/{document.pk}/tach")
    expect(page.locator("[data-split-keys]")).to_be_hidden()
    expect(page.get_by_label("Văn bản mới từ trang 2")).to_be_checked()
    page.get_by_role("button", name="Tách thành 2 văn bản").click()
    page.wait_for_url(re.compile("van-ban="))
    assert Part.objects.count() == 2
    plain.close()
