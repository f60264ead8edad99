"""A letter is settled by an answer: seven people, from the draft to status 03 and into the file, all in Chromium."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, Cast, build
from tests.journeys.conftest import Enter
from tests.journeys.people import PHONE, Person
from tests.journeys.test_leader import presented
from tests.signing.conftest import founded
from tests.signing.papers import Office as Keys
from tram.documents.commands.direct import Target, direct
from tram.documents.models import Incoming
from tram.files.queries import open_blob
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.organisation.commands.books import open_book
from tram.organisation.commands.units import create_unit
from tram.outgoing.models import Outgoing
from tram.outgoing.states import MEANINGS
from tram.signing.queries import report
from tram.tasks.commands.give import hand
from tram.tasks.models import Task
from tram.workfiles.commands.keep import open_file

__all__ = ["founded"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
COMMUNES = (
    "Bảo Yên",
    "Bát Xát",
    "Mường Hum",
    "Mường Khương",
    "Nậm Chày",
    "Sa Pa",
    "Si Ma Cai",
    "Văn Bàn",
    "Võ Lao",
    "Y Tý",
)
BODY = "Sở Khoa học và Công nghệ báo cáo kết quả rà soát dự toán quý II năm 2026.\nTrân trọng./."


@pytest.fixture
def cast(db: None, founded: Path, tmp_path: Path, settings: Any) -> Cast:
    """The province of the tests with ten communes more, the Sở's books and its two certificates."""
    settings.TRAM_DATA = tmp_path / "data"
    shutil.copytree(founded, tmp_path / "data" / "signing" / "test")
    cast, at, system = build(), clock.now(), Actor.system()
    for order, name in enumerate(COMMUNES):
        create_unit(
            actor=system, at=at, kind="commune", name=f"Ủy ban nhân dân xã {name}", abbr="UBND", order=50 + order,
            since=at.date() - timedelta(days=30), is_agency=True, parent=cast.units["province"],
        )  # fmt: skip
    for code in ("outgoing", "outgoing-copies"):
        open_book(
            actor=system, at=at, agency=cast.units["skhcn"], code=code, name="Sổ đăng ký văn bản đi", year=at.year
        )
    keys = Keys(cast)
    keys.certificate("son")
    keys.certificate("seal")
    return cast


def press(person: Person, url: str, step: str, **typed: str) -> Page:
    """Open the letter, take its step by the name on the button, fill what it asks, and be back on the letter."""
    page = person.open(url)
    acts = page.locator(".actions.stuck")
    if not acts.get_by_text(step, exact=True).first.is_visible():
        acts.locator("summary").click()
    acts.get_by_text(step, exact=True).first.click()
    for label, value in typed.items():
        page.get_by_label(label, exact=True).fill(value)
    if not page.url.endswith(url):
        page.locator("main form button.button").first.click()
    page.wait_for_url(f"**{url}")
    return page


def drafted(lan: Person, paper: Incoming) -> str:
    """The answer, begun from the letter, to its sender and eleven more; its address."""
    page = lan.open(paper.url)
    page.get_by_role("link", name="Soạn trả lời").click()
    expect(page.get_by_label("Kính gửi")).to_have_value("Sở Tài chính")
    page.get_by_label("Nội dung", exact=True).fill(BODY)
    others = ["Ủy ban nhân dân xã Tả Phìn", *(f"Ủy ban nhân dân xã {name}" for name in COMMUNES)]
    page.get_by_label("Nơi nhận khác").fill("\n".join(others))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/van-ban-di/\d+$"))
    return page.url.removeprefix(lan.site)


def opinions(lan: Person, enter: Enter, url: str) -> None:
    """Two divisions are asked, in parallel, and answer."""
    page = lan.open(url)
    page.locator(".actions.stuck summary").click()
    page.get_by_role("link", name="Xin ý kiến").click()
    for unit in ("Văn phòng Sở", "Phòng Chuyển đổi số"):
        page.get_by_label(unit).check()
    page.get_by_label("Hạn trả lời").fill((clock.now() + timedelta(days=3)).strftime("%d/%m/%Y"))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{url}")
    for login in ("tam", "nga"):
        page = enter(login).open(url)
        page.locator(".actions.stuck").get_by_role("link", name="Góp ý").click()
        page.get_by_label("Nhất trí", exact=True).check()
        page.keyboard.press("Control+Enter")
        page.wait_for_url(f"**{url}")


def checked(lan: Person, dung: Person, tam: Person, url: str) -> None:
    """Content and form, by the two whom the decree names; then before the director."""
    press(lan, url, "Trình kiểm tra")
    press(dung, url, "Đã kiểm tra nội dung")
    press(tam, url, "Đã kiểm tra thể thức")
    press(lan, url, "Trình ký")


def sent_back(son: Person, url: str) -> None:
    """A line of the body is tapped, and what to change there is written."""
    page = son.open(f"{url}/tra-lai")
    page.get_by_label("Lý do").fill("Nêu rõ số liệu")
    page.get_by_role("button", name="Ghi chỗ cần sửa ở dòng 1").tap()
    expect(page.get_by_label("Chỗ cần sửa", exact=True)).to_be_focused()
    page.keyboard.type("nêu số máy")
    expect(page.get_by_label("Chỗ cần sửa", exact=True)).to_have_value("1: nêu số máy")
    page.locator("main form button.button").first.click()
    page.wait_for_url(f"**{url}")


def approved(son: Person, url: str) -> None:
    """On a phone, from the inbox: no more than three taps."""
    page, before = son.open("/"), son.counted("taps")
    page.locator(f'a[href="{url}"]').first.tap()
    page.get_by_role("button", name="Duyệt", exact=True).tap()
    expect(page.locator(".page-head")).to_contain_text("Đã duyệt")
    assert son.counted("taps") - before <= 3


def signed(son: Person, hoa: Person, url: str) -> None:
    """Signed by the director on the page that his approval drew; numbered, sealed, issued."""
    page = son.open(f"{url}/ky")
    page.get_by_label("Mật khẩu", exact=True).fill("nhớ nhầm")
    page.locator("main form button.button").first.click()
    expect(page.locator(".errors")).to_be_visible()
    press(son, url, "Ký", **{"Mật khẩu": PASSWORD})
    press(hoa, url, "Cấp số")
    press(hoa, url, "Ký số của cơ quan", **{"Mật khẩu": PASSWORD})
    page = press(hoa, url, "Phát hành")
    expect(page.locator(".page-head")).to_contain_text("01/SKHCN-BCVT")


def received(tuan: Person, hoa: Person, url: str) -> None:
    """In the clerk's lane of the addressee: registered in no more than three keys, told to the sender as status 03."""
    page = tuan.open("/van-ban-den/ban-van-thu")
    expect(page.locator("#id_code")).to_have_value("01/SKHCN-BCVT")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flash .number")).to_have_text("1")
    assert tuan.counted("keys") <= 3 and tuan.counted("taps") == 0
    page = hoa.open(f"{url}?the=noi-nhan")
    first = page.locator("article.item").first
    expect(first).to_contain_text("Sở Tài chính")
    expect(first).to_contain_text(MEANINGS["03"])


def filed(lan: Person, url: str) -> None:
    """The reply goes into the open file from its own page."""
    page = lan.open(url)
    page.locator(".actions.stuck summary").click()
    page.get_by_role("link", name="Đưa vào hồ sơ").click()
    expect(page.get_by_role("heading", name="Đưa vào hồ sơ")).to_be_visible()
    page.keyboard.press("Alt+1")
    expect(page.locator("#notices")).to_contain_text("vào hồ sơ 01.BCVT")


def test_a_reply_goes_its_whole_way(cast: Cast, enter: Enter) -> None:
    paper = presented(cast)
    direct(actor=cast.son, at=clock.now(), document=paper, lead=Target(cast.telecoms), note="Trả lời Sở Tài chính.")
    task = Task.objects.get(about=paper.ref, kind="handle")
    hand(actor=cast.dung, at=clock.now(), task=task, to=cast.posts["lan"])
    lan, dung, tam, hoa, son = enter("lan"), enter("dung"), enter("tam"), enter("hoa"), enter("son", PHONE)
    url = drafted(lan, paper)
    opinions(lan, enter, url)
    checked(lan, dung, tam, url)
    sent_back(son, url)
    page = lan.open(url)
    expect(page.locator(".lines > li").first).to_contain_text("nêu số máy")
    page = press(lan, url, "Sửa", **{"Nội dung": BODY.replace("báo cáo", "báo cáo 12 máy và")})
    checked(lan, dung, tam, url)
    approved(son, url)
    signed(son, hoa, url)
    received(enter("tuan"), hoa, url)
    open_file(actor=cast.lan, at=clock.now(), unit=cast.telecoms, title="Dự toán năm 2027", retention="budget")
    filed(lan, url)
    paper.refresh_from_db()
    letter = Outgoing.objects.get()
    assert paper.state == "closed" and letter.recipients.count() == 12 and letter.paper_id
    told = report(open_blob(letter.paper_id), clock.now())
    assert (told.verdict, len(told.signatures)) == ("valid", 2), told.summary
    assert not any(person.trouble for person in (dung, lan, hoa, tam, son))
