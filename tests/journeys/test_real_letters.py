"""What it must show: the clerk drops every real letter as a PDF and registers it; each is directed, handled, closed."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cast import build
from tests.documents.letters import pdf_of
from tests.journeys.conftest import Enter
from tests.journeys.people import PHONE, Person
from tram.documents.models import Incoming
from tram.vietnamese.text import fold

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_KEYS = 12
NAMED = {
    "number": "code_number", "symbol": "code_notation", "kind": "type_name", "issuer": "organ_name",
    "subject": "subject", "signer_name": "signer_full_name",
}  # fmt: skip


def dropped(real: Path) -> list[dict[str, Any]]:
    found = sorted((real / "letters").glob("*.txt"))
    return [
        {"name": f"{path.stem}.pdf", "mimeType": "application/pdf", "buffer": pdf_of(path.read_text("utf-8"))}
        for path in found
    ]


def register_all(clerk: Person, count: int) -> None:
    """One letter after the other, with nothing typed but what the letter lacks."""
    page = clerk.page
    for number in range(1, count + 1):
        page.wait_for_function("document.querySelector('#phieu-vao-so').contains(document.activeElement)")
        before = clerk.counted("keys")
        if not page.locator("#id_organ_name").input_value():
            page.keyboard.type("stc")
            expect(page.get_by_role("option", name="Sở Tài chính")).to_be_visible()
            page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#vua-vao-so")).to_contain_text(f"số đến {number}")
        assert clerk.counted("keys") - before <= MOST_KEYS


def right_fields(real: Path) -> tuple[int, int]:
    """How many fields that the letters hold stand rightly in the book, untouched by a hand."""
    right = asked = 0
    by_name = {row.files.get(place=0).file.name: row for row in Incoming.objects.all()}
    for path in sorted((real / "truth").glob("L-*.json")):
        truth = json.loads(path.read_text("utf-8"))
        row = by_name[f"{Path(truth['text']).stem}.pdf"]
        pairs = [(truth[name], getattr(row, field)) for name, field in NAMED.items() if truth[name]]
        if truth["date"] and len(truth["date"]) == 10:
            pairs.append((truth["date"], f"{row.issued_date}"))
        asked += len(pairs)
        right += sum(fold(told) == fold(found) for told, found in pairs)
    return right, asked


def test_every_real_letter_is_registered_directed_handled_and_closed(real: Path, enter: Enter) -> None:
    build()
    clerk = enter("hoa")
    letters = dropped(real)
    page = clerk.open("/van-ban-den/ban-van-thu")
    page.locator("#drop-file").set_input_files(letters)
    expect(page.locator(".uploads .result")).to_have_count(len(letters), timeout=60_000)
    expect(page.locator(".uploads .result.error")).to_have_count(0)
    expect(page.locator("#slip")).to_be_visible()
    register_all(clerk, len(letters))
    right, asked = right_fields(real)
    assert right >= 0.9 * asked, f"{right} of {asked}"
    leader = enter("son", PHONE)
    head, specialist = (enter(login) for login in ("dung", "lan"))
    for document in Incoming.objects.order_by("pk"):
        settle(document, leader, head, specialist)
    assert set(Incoming.objects.values_list("state", flat=True)) == {"closed"}


def settle(document: Incoming, leader: Person, head: Person, specialist: Person) -> None:
    """Director, division, specialist, and the division's word that it is done."""
    page, before = leader.open(document.url), leader.counted("taps")
    page.get_by_role("button", name="Chuyển").tap()
    page.get_by_role("radio", name="Phòng Bưu chính, Viễn thông").tap()
    page.get_by_role("button", name="Gửi").tap()
    expect(page.locator("[data-undo]")).to_be_visible()
    assert leader.counted("taps") - before <= 3
    page = head.open(document.url)
    page.locator("[data-verb=phan]").click()
    page.get_by_role("button", name="Hoàng Thị Lan").click()
    expect(page.locator("main")).to_contain_text("Hoàng Thị Lan, Chuyên viên")
    page = specialist.open(document.url)
    page.locator("[data-verb=nop]").click()
    page.locator("dialog[open] textarea").fill("Đã trả lời bằng công văn 153/SKHCN-BCVT.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notices")).to_contain_text("Đã nộp kết quả.")
    page = head.open(document.url)
    page.locator("[data-verb=xac-nhan]").click()
    expect(page.locator("#notices")).to_contain_text("Đã xác nhận hoàn thành.")
