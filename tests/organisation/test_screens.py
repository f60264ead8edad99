"""Every screen of the organisation in the browser: nothing for axe to say, nothing wider than a phone."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.cast import AT, PASSWORD, Cast, build
from tests.journeys.axe import violations
from tests.organisation.test_pages_admin import addresses, send
from tests.organisation.test_pages_away import LENT, away
from tram.organisation.commands.units import give_code, rename_unit
from tram.organisation.models import Absence

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def check(page: Page, name: str) -> None:
    """One screen, on a desk and on a phone; kept as pictures where TRAM_SCREENS names a folder."""
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == [], f"{name} {width}"
        assert page.evaluate("document.querySelector('main').scrollWidth") <= width, f"{name} {width}"
        if folder := os.environ.get("TRAM_SCREENS"):
            page.screenshot(path=Path(folder) / f"organisation-{name}-{width}.png", full_page=True)


def furnish(cast: Cast) -> None:
    """A renaming, a code, an absence and a delegation."""
    day, decision = AT.date(), "12/QĐ-SKHCN ngày 01/11/2026"
    rename_unit(
        actor=cast.quan, at=AT, unit=cast.it, name="Phòng Công nghệ số", abbr="CNS", since=day, decision=decision
    )
    give_code(actor=cast.quan, at=AT, unit=cast.skhcn, scheme="qd20", code="H38.14", since=day)
    send(cast.signed_in(Client(), "lan"), "/to-chuc/vang-mat", **away(cast))
    role = f"director.{cast.skhcn.pk}"
    send(cast.signed_in(Client(), "son"), "/to-chuc/uy-quyen", role=role, taker=cast.posts["tam"].pk, **LENT)


def screens(cast: Cast) -> dict[str, str]:
    """Name -> address, as the agency's administrator sees them: what journeys/test_axe.py does not open."""
    forms = {f"form-{n}": address for n, address in enumerate(addresses(cast))}
    return {
        "province": f"/to-chuc?goc={cast.province.pk}",
        "found-nothing": "/to-chuc?q=khong-co-don-vi-nay",
        "before": "/to-chuc?ngay=01/01/2020",
        "end-absence": f"/to-chuc/vang-mat/{Absence.objects.get().pk}/ket-thuc",
        **forms,
    }


def test_the_screens_are_open_to_everybody_on_desk_and_phone(page: Page, live_server: Any) -> None:
    cast, site = build(), live_server.url
    furnish(cast)
    page.goto(f"{site}/dang-nhap?next=/to-chuc")
    page.get_by_label("Tên đăng nhập").fill("quan")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"{site}/to-chuc")
    for name, address in screens(cast).items():
        page.goto(site + address)
        check(page, name)
    page.goto(f"{site}/to-chuc/{cast.it.pk}/doi-ten")
    page.get_by_label("Tên mới").fill("")
    page.get_by_role("button", name="Đổi tên").click()
    page.get_by_role("alert").wait_for()
    check(page, "mend")
    page.goto(f"{site}/to-chuc/{cast.it.pk}/cham-dut")
    page.get_by_label("Ngày hoạt động cuối cùng").fill("31/12/2026")
    page.get_by_label("Đơn vị kế thừa").fill("bcvt")
    page.get_by_label("Quyết định").fill("12/QĐ-SKHCN ngày 20/11/2026")
    page.get_by_label("Lý do").fill("Sắp xếp theo Nghị quyết 18-NQ/TW")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Xem trước").wait_for()
    check(page, "foreseen")
    page.get_by_role("button", name="Ghi chấm dứt hoạt động").click()
    page.get_by_text("Chấm dứt hoạt động sau ngày 31/12/2026").wait_for()
    check(page, "ended")
    page.goto(f"{site}/viec/giao")
    page.get_by_text("hỏi người phân quyền").or_(page.get_by_text("Chỉ lãnh đạo cơ quan")).first.wait_for()
    check(page, "refused")
