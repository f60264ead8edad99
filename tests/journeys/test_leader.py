"""The leader on a phone: a direction in three taps, taken back in one."""

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, build
from tests.documents.letters import letter
from tests.journeys.conftest import Enter
from tests.journeys.people import PHONE
from tram.documents.commands.arrive import bring
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.models import Incoming
from tram.documents.rules import Slip
from tram.kernel import clock
from tram.tasks.models import Task

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class Upload:
    """A file in hand."""

    def __init__(self, content: bytes) -> None:
        self.rest = content

    def read(self, size: int, /) -> bytes:
        """The next piece."""
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece


def presented(cast: Cast, number: int = 482) -> Incoming:
    """A letter with its PDF, before the director."""
    at = clock.now()
    waiting = bring(actor=cast.hoa, at=at, agency=cast.skhcn, stream=Upload(letter(number)), name="cong-van.pdf")
    told = Slip(
        organ_name="Sở Tài chính", code_number=str(number), code_notation="STC-QLNS", type_name="Công văn",
        subject="V/v rà soát dự toán chi thường xuyên quý II năm 2026", urgency=1,
    )  # fmt: skip
    leader = cast.posts["son"]
    return register(actor=cast.hoa, at=at, agency=cast.skhcn, slip=told, document=waiting, present_to=leader)


def test_a_direction_takes_three_taps_and_one_more_takes_it_back(enter: Enter) -> None:
    cast = build()
    document = presented(cast)
    leader = enter("son", PHONE)
    with leader.page.expect_response(lambda answer: "/trang/1.jpg" in answer.url) as image:
        page = leader.open(document.url)
    assert len(image.value.body()) <= 90_000
    before = leader.counted("taps")
    expect(page.get_by_role("button", name="Chuyển")).to_be_in_viewport()
    page.get_by_role("button", name="Chuyển").tap()
    page.get_by_role("radio", name="Phòng Bưu chính, Viễn thông").tap()
    page.get_by_role("button", name="Gửi").tap()
    expect(page.locator("[data-undo]")).to_contain_text("Phòng Bưu chính, Viễn thông")
    assert leader.counted("taps") - before <= 3
    task = Task.objects.get(about=document.ref, kind="handle")
    assert task.unit == cast.telecoms and task.due_on is not None and task.note
    page.get_by_role("button", name="Hoàn tác").tap()
    expect(page.locator("#notices")).to_contain_text("Đã thu hồi ý kiến chỉ đạo.")
    document.refresh_from_db()
    assert document.state == "presented" and not leader.trouble


def test_units_that_led_such_papers_before_stand_first(enter: Enter) -> None:
    cast = build()
    for number in (1, 2):
        direct(actor=cast.son, at=clock.now(), document=presented(cast, number), lead=Target(cast.it))
    leader = enter("son", PHONE)
    page = leader.open(presented(cast, 3).url)
    page.get_by_role("button", name="Chuyển").tap()
    first = page.locator(".roles tbody tr").first
    expect(first).to_contain_text("Phòng Chuyển đổi số")
    expect(first).to_contain_text("2 lần, cùng nơi gửi, cùng loại")
