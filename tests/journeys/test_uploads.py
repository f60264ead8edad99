"""Files over a bad line: ten cuts, a closed window, a line that is gone for a while."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import build
from tests.files.builders import assembled, stream
from tests.journeys.cutting import CuttingLine
from tests.journeys.people import Person
from tram.documents.models import Incoming
from tram.files.models import Upload

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/van-ban-den/ban-van-thu"
MB = 1024 * 1024
SIZE, CUTS = 20 * MB, 10


def scan(size: int) -> bytes:
    """A good PDF of one page and of about this size that does not compress."""
    noise = random.Random(7).randbytes(size)
    return assembled(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
            4: stream(b"BT /F1 12 Tf 40 400 Td (Ban quet) Tj ET"),
            5: stream(noise),
            6: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        }
    )


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "ban-quet.pdf"
    path.write_bytes(scan(SIZE))
    return path


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[CuttingLine]:
    line = CuttingLine(live_server.url, SIZE // (CUTS + 1), 0)
    yield line
    line.close()


@pytest.fixture
def desk(browser: Browser, line: CuttingLine) -> Iterator[Page]:
    build()
    clerk = Person(browser, line.url, "hoa")
    yield clerk.open(DESK)
    assert not clerk.trouble
    clerk.page.context.close()


def pick(page: Page, path: Path) -> None:
    page.locator("#drop-file").set_input_files(path)


def test_twenty_megabytes_pass_ten_cuts_and_less_than_two_percent_goes_twice(
    desk: Page, line: CuttingLine, paper: Path
) -> None:
    line.cuts_left, line.since, before = CUTS, 0, line.sent
    pick(desk, paper)
    expect(desk.locator(".uploads .result")).to_contain_text("Đã ", timeout=240_000)
    twice = (line.sent - before) / paper.stat().st_size - 1
    print(f"\n{paper.stat().st_size} bytes, {CUTS - line.cuts_left} cuts, {twice:.2%} sent twice")  # noqa: T201
    assert line.cuts_left == 0 and twice <= 0.02
    assert Incoming.objects.get().files.get().file.blob.size == paper.stat().st_size
    assert not Upload.objects.exists()


def test_a_line_that_is_gone_is_told_and_the_file_goes_on_by_itself(desk: Page, line: CuttingLine, paper: Path) -> None:
    line.every, line.cuts_left, line.since = 5 * MB, 1, 0
    pick(desk, paper)
    expect(desk.locator(".uploads .note")).to_have_text(re.compile(r"^[1-9]\d? %"))
    line.down()
    expect(desk.locator(".uploads .note")).to_have_text("Sẽ tự gửi tiếp khi có mạng", timeout=30_000)
    expect(desk.locator("[data-line-words]")).to_contain_text("1 việc chưa gửi")
    line.up()
    expect(desk.locator(".uploads .result")).to_contain_text("Đã ", timeout=60_000)
    expect(desk.locator("[data-line-words]")).to_have_text("Trực tuyến")


def test_a_closed_window_loses_nothing_that_was_sent(desk: Page, line: CuttingLine, paper: Path) -> None:
    pick(desk, paper)
    expect(desk.locator(".uploads .note")).to_have_text(re.compile(r"^[2-9]\d %"), timeout=30_000)
    desk.goto("about:blank")
    before = line.sent
    desk.goto(line.url + DESK)
    expect(desk.locator(".uploads .note")).to_contain_text("Chọn lại tệp này để gửi tiếp")
    pick(desk, paper)
    expect(desk.locator(".uploads .result")).to_contain_text("Đã ", timeout=60_000)
    expect(desk.locator(".uploads li")).to_have_count(1)
    assert line.sent - before < 0.85 * paper.stat().st_size


def test_a_small_file_is_one_request(desk: Page, line: CuttingLine, tmp_path: Path) -> None:
    small, posts = tmp_path / "nho.pdf", list[str]()
    small.write_bytes(scan(100 * 1024))
    desk.on("request", lambda request: posts.append(request.method) if request.method != "GET" else None)
    pick(desk, small)
    expect(desk.locator(".uploads .result")).to_contain_text("Đã ")
    assert posts == ["POST"]


def test_a_file_that_is_not_wanted_leaves_nothing(desk: Page, line: CuttingLine, paper: Path) -> None:
    pick(desk, paper)
    expect(desk.locator(".uploads .note")).to_have_text(re.compile(r"^\d+ %"))
    desk.get_by_role("button", name="Bỏ ban-quet.pdf").click()
    expect(desk.locator(".uploads li")).to_have_count(0)
    for _ in range(50):
        if not Upload.objects.exists():
            break
        desk.wait_for_timeout(100)
    assert not Upload.objects.exists()
