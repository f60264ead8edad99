"""The clerk's day: with keys and clicks counted."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cast import build
from tests.documents.letters import letter
from tests.journeys.conftest import Enter
from tram.documents.models import Incoming

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/van-ban-den/ban-van-thu"
SUBJECT = "V/v góp ý dự thảo kế hoạch chuyển đổi số tỉnh năm 2027 đợt 1"


def files(count: int) -> list[dict[str, Any]]:
    return [
        {"name": f"cong-van-{n}.pdf", "mimeType": "application/pdf", "buffer": letter(n, f"triển khai việc số {n}")}
        for n in range(1, count + 1)
    ]


def test_letters_with_text_take_two_keys_each_where_twelve_are_allowed(enter: Enter) -> None:
    build()
    clerk = enter("hoa")
    page = clerk.open(DESK)
    broken = {"name": "hong.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hong"}
    page.locator("#drop-file").set_input_files([*files(3), broken])
    expect(page.locator(".uploads .result")).to_have_count(4)
    expect(page.locator(".uploads .result.error")).to_have_count(1)
    expect(page.locator("#id_code")).to_have_value(re.compile("^[123]/STC-QLNS$"))
    for number in (1, 2, 3):
        page.keyboard.press("Control+Enter")
        expect(page.locator("#flash .number")).to_have_text(str(number))
        expect(page.locator("#vua-vao-so")).to_contain_text(f"số đến {number}")
        assert clerk.counted("keys") == 2 * number
    expect(page.locator("#phieu-vao-so")).to_contain_text("Không còn văn bản nào chờ vào sổ. Văn bản cuối: số 3")
    expect(page.locator(".uploads .result.error")).to_have_count(1)
    assert clerk.counted("taps") == 0 and not clerk.trouble


PRESS = """() => {
  window.kept = true;
  let pressed = false;
  new MutationObserver(() => {
    const flash = document.querySelector("#flash .number");
    if (pressed || !flash) return;
    pressed = true;
    const key = { code: "Enter", key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
  }).observe(document.body, { childList: true, subtree: true });
}"""


def test_who_is_quicker_than_the_next_slip_keeps_the_page(enter: Enter) -> None:
    """The key comes in the very moment in which the slip is drawn: the page is not loaded anew, nothing on it is lost."""
    build()
    page = enter("hoa").open(DESK)
    page.locator("#drop-file").set_input_files(files(2))
    expect(page.locator(".uploads .result")).to_have_count(2)
    expect(page.locator("#id_code")).to_have_value(re.compile("^[12]/STC-QLNS$"))
    page.evaluate(PRESS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#phieu-vao-so")).to_contain_text("Văn bản cuối: số 2")
    assert page.evaluate("window.kept") and page.locator(".uploads .result").count() == 2


def test_a_letter_typed_from_paper_takes_no_more_than_ninety_keys(enter: Enter) -> None:
    build()
    clerk = enter("hoa")
    page = clerk.open(f"{DESK}?lan=paper")
    expect(page.locator("#id_organ_name")).to_be_focused()
    page.keyboard.type("stc")
    expect(page.get_by_role("option", name="Sở Tài chính")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("45/STC-NS")
    page.keyboard.press("Enter")
    page.keyboard.type("2/9")
    expect(page.locator("#id_issued_date-echo")).to_have_text("Thứ Tư, 02/09/2026")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert len(SUBJECT) == 60
    page.keyboard.type(SUBJECT)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flash .number")).to_have_text("1")
    assert clerk.counted("keys") <= 90 and clerk.counted("taps") == 0
    row = Incoming.objects.get()
    assert (row.organ_name, row.code, row.subject, row.state) == ("Sở Tài chính", "45/STC-NS", SUBJECT, "presented")
    expect(page.locator("#id_organ_name")).to_be_focused()


def test_twenty_letters_are_picked_and_registered_together(enter: Enter) -> None:
    build()
    clerk = enter("hoa")
    page = clerk.open(DESK)
    page.locator("#drop-file").set_input_files(files(20))
    expect(page.locator(".uploads .result")).to_have_count(20, timeout=60_000)
    expect(page.locator(".item[data-row]")).to_have_count(20)
    page.locator("main").focus()
    for _ in range(19):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Alt+s")
    expect(page.locator("#cho .notice.good")).to_contain_text("20 văn bản", timeout=30_000)
    assert clerk.counted("keys") <= 140
    assert Incoming.objects.filter(state="presented").count() == 20


def test_what_was_typed_is_offered_again_after_the_window_was_lost(enter: Enter) -> None:
    build()
    clerk = enter("hoa")
    page = clerk.open(f"{DESK}?lan=paper")
    page.keyboard.type("Công an tỉnh")
    expect(page.locator("[data-draft-state]")).to_contain_text("Đã lưu nháp", timeout=6_000)
    page.reload()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("#id_organ_name")).to_have_value("Công an tỉnh")


def test_a_secret_level_hides_the_drop_and_asks_for_the_cupboard(enter: Enter) -> None:
    build()
    clerk = enter("hoa")
    page = clerk.open(f"{DESK}?lan=paper")
    expect(page.locator("#id_keeping_place")).to_be_hidden()
    page.locator("#id_secrecy").select_option("3")
    expect(page.locator("#id_keeping_place")).to_be_visible()
    expect(page.locator(".drop")).to_be_hidden()
    expect(page.locator("#id_subject")).to_be_hidden()
    expect(page.locator(".secret-note")).to_contain_text("Văn bản mật không được tải lên hệ thống này.")
    page.locator("#id_secrecy").select_option("0")
    page.locator("#id_urgency").select_option("3")
    expect(page.locator("#id_arrival_time")).to_be_visible()
