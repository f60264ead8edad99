"""Filing by keyboard: a selection of letters goes into a file without the mouse."""

import pytest
from playwright.sync_api import expect

from tests.cast import build
from tests.journeys.conftest import Enter
from tram.documents.commands.register import register
from tram.documents.models import Access
from tram.documents.rules import Slip
from tram.kernel import clock
from tram.workfiles.commands.keep import open_file
from tram.workfiles.models import Paper

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_twelve_letters_are_filed_without_the_mouse(enter: Enter) -> None:
    cast, at = build(), clock.now()
    for number in range(1, 13):
        slip = Slip(
            organ_name="Sở Tài chính", code_number=str(number), code_notation="STC-NS", type_name="Công văn",
            subject=f"V/v dự toán {number}", issued_date=at.date(),
        )  # fmt: skip
        letter = register(actor=cast.hoa, at=at, agency=cast.skhcn, slip=slip)
        Access.objects.create(document=letter, key=f"post.{cast.posts['lan'].pk}", cause="thử", since_at=at)
    file = open_file(actor=cast.lan, at=at, unit=cast.telecoms, title="Dự toán năm 2027", retention="budget")
    lan = enter("lan")
    page = lan.open("/van-ban-den")
    before = lan.counted("keys")
    page.keyboard.press("j")
    for _ in range(11):
        page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-batch-count]")).to_have_text("12")
    page.keyboard.press("l")
    page.wait_for_url("**/ho-so/xep**")
    page.keyboard.press("Alt+1")
    expect(page.locator("#notices")).to_contain_text("Đã đưa 12 văn bản vào hồ sơ 01.BCVT")
    assert page.url.endswith("/van-ban-den"), "back in the list, ready for the next selection"
    assert lan.counted("keys") - before <= 26, "J, eleven times Shift and an arrow, L, Alt and 1"
    assert Paper.objects.filter(file=file).count() == 12
    assert lan.trouble == []
