"""Without a line: what was opened can be read, what is restricted cannot, what was typed is sent when the line is back."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast, build
from tests.journeys.conftest import Enter
from tests.journeys.cutting import CuttingLine
from tests.journeys.people import PHONE, Person
from tests.journeys.test_leader import presented
from tram.documents.commands.register import register
from tram.documents.models import Incoming
from tram.documents.rules import Slip
from tram.kernel import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAPER = "/van-ban-den/ban-van-thu?lan=paper"
KEPT = (
    "caches.open('tram-trang').then((pages) => pages.keys()).then((all) => all.map((one) => new URL(one.url).pathname))"
)


def registered(cast: Cast) -> Incoming:
    told = Slip(organ_name="Sở Tài chính", code_number="8", code_notation="STC", subject="V/v báo để biết")
    return register(actor=cast.hoa, at=clock.now(), agency=cast.skhcn, slip=told)


def secret(cast: Cast) -> Incoming:
    told = Slip(
        organ_name="Công an tỉnh",
        code_number="9",
        code_notation="CAT",
        subject="Việc mật",
        secrecy=1,
        keeping_place="Tủ 2",
    )
    return register(actor=cast.hoa, at=clock.now(), agency=cast.skhcn, slip=told)


def watched(person: Person, path: str) -> Page:
    """A page of theirs, once the worker stands before it: at the latest with the first load after it woke up."""
    page = person.open(path)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller")
    return page


def kept(page: Page, path: str) -> None:
    """Wait until the page lies in the browser."""
    in_browser(page, lambda paths: path in paths)


def in_browser(page: Page, holds: Callable[[list[str]], bool]) -> None:
    """Wait until it holds of the pages in the browser; a promise is truthy to `wait_for_function`, so it is polled."""
    for _ in range(100):
        if holds(page.evaluate(KEPT)):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"in the browser: {page.evaluate(KEPT)}")


def test_opened_letters_stay_readable_and_secret_ones_do_not(enter: Enter) -> None:
    cast = build()
    paper, hidden = presented(cast), secret(cast)
    son = enter("son", PHONE)
    page = watched(son, "/")
    for url in (paper.url, hidden.url):
        son.open(url)
    kept(page, paper.url)
    assert page.evaluate(f"async () => (await {KEPT}).includes('{hidden.url}')") is False
    page.context.set_offline(True)
    son.open(paper.url)
    expect(page.get_by_role("heading", name=re.compile("rà soát dự toán"))).to_be_visible()
    expect(page.locator("#toast")).to_contain_text("trang giữ trên máy lúc")
    expect(page.locator("[data-line-words]")).to_contain_text("Mất mạng")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Be Vietnam Pro"')
    for url in (hidden.url, "/to-chuc"):
        son.open(url)
        expect(page.get_by_role("heading", name="Máy này đang mất mạng")).to_be_visible()
    assert not son.trouble


def test_signing_out_empties_the_browser(enter: Enter) -> None:
    cast = build()
    paper = presented(cast)
    son = enter("son")
    page = watched(son, "/")
    son.open(paper.url)
    kept(page, paper.url)
    page.locator(".bar .menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap*")
    in_browser(page, lambda paths: not paths)
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED|Timeout"):
        page.goto(son.site + paper.url, timeout=5_000)
        expect(page.get_by_role("heading", name="Máy này đang mất mạng")).to_have_count(0, timeout=100)


def test_a_slip_typed_without_a_line_is_sent_once_when_it_is_back(enter: Enter) -> None:
    build()
    hoa = enter("hoa")
    page = hoa.open(PAPER)
    page.context.set_offline(True)
    page.keyboard.type("Công an tỉnh")
    for name, value in {"code": "45/CAT-PV", "issued_date": "2/9", "subject": "V/v phối hợp bảo vệ mạng"}.items():
        page.locator(f"#id_{name}").fill(value)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast")).to_contain_text("Đã giữ")
    expect(page.locator("[data-line-words]")).to_contain_text("(1 việc chưa gửi)")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Alt+g")
    expect(page.locator("[data-unsent] li")).to_have_count(1)
    assert not hoa.violations()
    assert not Incoming.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#toast")).to_contain_text("Đã gửi: Vào sổ")
    expect(page.locator("[data-line-words]")).to_have_text("Trực tuyến")
    assert [row.code for row in Incoming.objects.all()] == ["45/CAT-PV"]
    page.reload()
    assert Incoming.objects.count() == 1 and not hoa.trouble


def test_what_the_server_refuses_later_is_told_and_nothing_typed_is_lost(enter: Enter) -> None:
    build()
    hoa = enter("hoa")
    page = hoa.open(PAPER)
    page.context.set_offline(True)
    page.keyboard.type("Công an tỉnh")
    page.keyboard.press("Control+Enter")
    page.context.set_offline(False)
    expect(page.locator("#toast")).to_contain_text("Chưa gửi được")
    page.locator("[data-line]").click()
    page.get_by_role("link", name="Mở lại").click()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("#id_organ_name")).to_have_value("Công an tỉnh")
    page.locator("[data-line]").click()
    page.get_by_role("button", name=re.compile("^Bỏ Vào sổ")).click()
    expect(page.locator("[data-line-words]")).to_have_text("Trực tuyến")


def test_a_line_that_is_back_before_the_page_heard_that_it_was_away_sends_what_waits(enter: Enter) -> None:
    build()
    hoa = enter("hoa")
    page = hoa.open(PAPER)
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })")
    page.keyboard.type("Công an tỉnh")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast")).to_contain_text("Đã giữ")
    page.evaluate("delete navigator.onLine; dispatchEvent(new Event('online'))")
    expect(page.locator("#toast")).to_contain_text("Chưa gửi được")


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[CuttingLine]:
    line = CuttingLine(live_server.url, 1, 0)
    yield line
    line.close()


def test_a_form_sent_into_a_line_that_just_died_is_kept_too(browser: Browser, line: CuttingLine) -> None:
    cast = build()
    paper = registered(cast)
    hoa = Person(browser, line.url, "hoa")
    page = watched(hoa, f"{paper.url}/ket-thuc")
    hoa.open(f"{paper.url}/ket-thuc")
    page.locator("main form [name=outcome]").fill("Đã trả lời bằng công văn 12/SKHCN.")
    line.down()
    page.locator("main form button.button").first.click()
    expect(page.get_by_role("heading", name="Máy này đang mất mạng")).to_be_visible()
    line.up()
    hoa.open("/")
    expect(page.locator("#toast")).to_contain_text("Đã gửi")
    assert Incoming.objects.get().state == "closed"
    page.context.close()
